"""The headings of a document: their outline levels, their automatic numbers, their bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from uprreport.files.word.anchors import Bookmarks, anchors_in
from uprreport.files.word.containers import top_paragraphs
from uprreport.files.word.fields import readable
from uprreport.files.word.numbers import Number
from uprreport.files.word.regions import paragraph_text
from uprreport.files.word.speech import language_of
from uprreport.files.word.styles import Styles
from uprreport.files.word.toc import Entry
from uprreport.files.word.xml import Element, get, style_of, w


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at the top of the body; ``level`` is 0 for titles, which stand in no table of contents.

    ``text`` has fields as what they show: a count that stood in the contents, too, would be counted twice.
    """

    node: Element
    level: int
    text: str
    anchored: bool


def find_headings(body: Element, styles: Styles) -> Iterator[Heading]:
    """The headings that say anything, in order."""
    for node in top_paragraphs(body):
        level = styles.heading_level(style_of(node))
        text = readable(paragraph_text(node, styles)) if level is not None else ""
        if level is not None and text:
            yield Heading(node, level, text, any(anchors_in(node)))


def wrap(node: Element, name: str, bookmarks: Bookmarks) -> None:
    """Put a bookmark around all that a paragraph holds."""
    content = [child for child in node if child.tag != w("pPr")]
    for child in content:
        node.remove(child)
    node.extend(bookmarks.around(name, content))


def list_contents(
    headings: list[Heading], numbers: Mapping[Element, Number], bookmarks: Bookmarks
) -> list[Entry]:
    """The entries of the table of contents; each heading of levels 1 and 2 gets the bookmark it refers to.

    ``numbers`` are those of the headings, as ``automatic_numbers`` gives them.
    """
    entries: list[Entry] = []
    taken: set[str] = set()
    for heading in headings:
        if heading.level not in (1, 2):
            continue
        name = next((own for own in _marks_of(heading.node) if own not in taken), "")
        if not name:
            name = next(f"_Toc{n:09d}" for n in count(1) if f"_Toc{n:09d}" not in taken | bookmarks.names)
            wrap(heading.node, name, bookmarks)
        taken.add(name)
        number = numbers.get(heading.node)
        shown = f"{number.text}{number.separator}" if number is not None else ""
        entries.append(Entry(heading.level, shown, heading.text, name, language_of(heading.node)))
    return entries


def _marks_of(node: Element) -> Iterator[str]:
    """The bookmarks by which a table of contents refers to a heading already."""
    names = (get(start, "name") for start in node.iter(w("bookmarkStart")))
    return (name for name in names if name.startswith("_Toc"))
