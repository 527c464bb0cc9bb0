"""The headings of a document: their outline levels, their automatic numbers, their bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from uprreport.files.word.anchors import Bookmarks, anchors_in
from uprreport.files.word.regions import paragraph_text
from uprreport.files.word.styles import Styles
from uprreport.files.word.toc import Entry
from uprreport.files.word.xml import Element, get, style_of, w


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at the top of the body; ``level`` is 0 for titles, which stand in no table of contents."""

    node: Element
    level: int
    text: str
    anchored: bool


def find_headings(body: Element, styles: Styles) -> Iterator[Heading]:
    """The headings that say anything, in order."""
    for node in body.iterchildren(w("p")):
        level = styles.heading_level(style_of(node))
        text = paragraph_text(node, styles) if level is not None else ""
        if level is not None and text:
            yield Heading(node, level, text, any(anchors_in(node)))


def wrap(node: Element, name: str, bookmarks: Bookmarks) -> None:
    """Put a bookmark around all that a paragraph holds."""
    content = [child for child in node if child.tag != w("pPr")]
    for child in content:
        node.remove(child)
    node.extend(bookmarks.around(name, content))


def list_contents(
    headings: list[Heading], styles: Styles, bookmarks: Bookmarks, numbering: Element | None
) -> list[Entry]:
    """The entries of the table of contents; each heading of levels 1 and 2 gets the bookmark it refers to."""
    entries: list[Entry] = []
    counts: dict[str, int] = {}
    taken: set[str] = set()
    for heading in headings:
        if heading.level not in (1, 2):
            continue
        style = style_of(heading.node)
        counts[style] = counts.get(style, 0) + 1
        show = _number_format(styles, style, numbering)
        name = next((own for own in _marks_of(heading.node) if own not in taken), "")
        if not name:
            name = next(f"_Toc{n:09d}" for n in count(1) if f"_Toc{n:09d}" not in taken | bookmarks.names)
            wrap(heading.node, name, bookmarks)
        taken.add(name)
        entries.append(Entry(heading.level, show(counts[style]) if show else "", heading.text, name))
    return entries


def _marks_of(node: Element) -> Iterator[str]:
    """The bookmarks by which a table of contents refers to a heading already."""
    names = (get(start, "name") for start in node.iter(w("bookmarkStart")))
    return (name for name in names if name.startswith("_Toc"))


_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        while number >= value:
            made, number = made + letters, number - value
    return made


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: chr(ord("A") + (number - 1) % 26) * (1 + (number - 1) // 26),
    "lowerLetter": lambda number: chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26),
}


def _number_format(styles: Styles, style: str, numbering: Element | None) -> Callable[[int], str] | None:
    """How the first level of a style's own list is numbered; None where its headings have no numbers."""
    number = styles.numbering(style)
    if number is None or numbering is None:
        return None
    links = {get(num, "numId"): num.find(w("abstractNumId")) for num in numbering.iter(w("num"))}
    link = links.get(number)
    if link is None:
        return None
    for abstract in numbering.iter(w("abstractNum")):
        if get(abstract, "abstractNumId") == get(link, "val"):
            level = abstract.find(w("lvl"))
            return _level_format(level) if level is not None else None
    return None


def _level_format(level: Element) -> Callable[[int], str] | None:
    kind = level.find(w("numFmt"))
    text = level.find(w("lvlText"))
    show = _FORMATS.get(get(kind, "val")) if kind is not None else None
    if show is None or text is None or "%1" not in get(text, "val"):
        return None
    suffix = level.find(w("suff"))
    shown, pattern = show, get(text, "val")
    behind = {"space": " ", "nothing": ""}.get(get(suffix, "val") if suffix is not None else "", "\t")
    return lambda number: pattern.replace("%1", shown(number)) + behind
