"""The styles of a Word file, found by their names: ids differ between languages and programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from uprreport.files.word.xml import Element, get, w
from uprreport.model import Look

LOOKS: Mapping[Look, str] = {
    "numbered": "Numbered Paragraph",
    "continued": "Paragraph Continued",
    "reference": "Reference Line",
    "quote": "Quoted Text",
    "caption": "caption",
    "heading2": "heading 2",
    "heading3": "heading 3",
    "heading4": "heading 4",
}
"""The paragraph style, by name, of each look."""

LABEL, PLACEHOLDER = "UPR Label", "UPR Placeholder"
TABLE, TABLE_TEXT, TABLE_HEADING = "UPR Table", "Table Text", "Table Heading"
CHART = "Chart"
"""The style of the paragraph that holds a chart; a template need not have it."""
ANNEX_HEADING, DRAFT_MARK = "Annex Heading", "Draft Mark"
COMMENT_TEXT, COMMENT_REFERENCE = "annotation text", "annotation reference"
DRAFT_WORDS = "UPR Draft Mark"
"""The character style of words in headers and footers that say that this is a draft."""

TOC = ("toc 1", "toc 2")
GENERATED = (*TOC, DRAFT_MARK.lower())
"""Styles, by name, of paragraphs that are made anew with every draft and are part of no text."""

NEEDED = (
    *LOOKS.values(), LABEL, PLACEHOLDER, TABLE, TABLE_TEXT, TABLE_HEADING, ANNEX_HEADING,
    "heading 1", COMMENT_TEXT, COMMENT_REFERENCE, *TOC,
)  # fmt: skip
"""The styles that a template must have."""

HEADINGS: Mapping[str, int] = {
    "title": 0,
    "toc heading": 0,
    **{f"heading {level}": level for level in range(1, 7)},
    "annex heading": 1,
}
"""Names of styles whose paragraphs carry anchors of their own, and their outline level (0: in no outline)."""


class Styles:
    """The ids of a document's styles by name, and back; names are compared without case."""

    def __init__(self, root: Element) -> None:
        """Read ``word/styles.xml``."""
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._numbering: dict[str, str] = {}
        self._based_on: dict[str, str] = {}
        self._turned: dict[str, bool] = {}
        self._hidden: dict[str, bool] = {}
        self._default = ""
        usual = root.find(f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}/{w('bidi')}")
        self._turned[""] = is_on(usual)
        for style in root.iter(w("style")):
            self._read_direction(style)
            self._read_hidden(style)
            name = style.find(w("name"))
            if name is not None:
                self._ids.setdefault(get(name, "val").lower(), get(style, "styleId"))
                self._names[get(style, "styleId")] = get(name, "val").lower()
            based_on = style.find(w("basedOn"))
            if based_on is not None:
                self._based_on[get(style, "styleId")] = get(based_on, "val")
            number = style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            if number is not None:
                self._numbering[get(style, "styleId")] = get(number, "val")

    def _read_direction(self, style: Element) -> None:
        style_id, turned = get(style, "styleId"), style.find(f"{w('pPr')}/{w('bidi')}")
        if turned is not None:
            self._turned[style_id] = is_on(turned)
        if get(style, "type") == "paragraph" and get(style, "default") in ("1", "true", "on"):
            self._default = style_id

    def _read_hidden(self, style: Element) -> None:
        marks = [style.find(f"{w('rPr')}/{w(name)}") for name in ("vanish", "specVanish")]
        if any(mark is not None for mark in marks):
            self._hidden[get(style, "styleId")] = any(is_on(mark) for mark in marks)

    @property
    def hide_any(self) -> bool:
        """Whether any style hides text."""
        return any(self._hidden.values())

    def hides(self, style_id: str) -> bool:
        """Whether text in a style is hidden; in the default one of paragraphs for no id."""
        names = (name for name in self.lineage(style_id or self._default) if name in self._hidden)
        return self._hidden.get(next(names, ""), False)

    def is_rtl(self, style_id: str) -> bool:
        """Whether paragraphs of a style run from right to left; the default one's for no id."""
        names = (*self.lineage(style_id or self._default), "")
        return next(self._turned[name] for name in names if name in self._turned)

    def id(self, name: str) -> str:
        """The id of a style; ``KeyError`` when there is none of that name."""
        return self._ids[name.lower()]

    def name(self, style_id: str) -> str:
        """The name of a style in small letters; empty when there is none of that id."""
        return self._names.get(style_id, "")

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names that no style has."""
        return tuple(name for name in names if name.lower() not in self._ids)

    def heading_level(self, style_id: str) -> int | None:
        """The outline level of a heading's style; None for any other style."""
        return HEADINGS.get(self.name(style_id))

    def lineage(self, style_id: str) -> tuple[str, ...]:
        """The ids of a style and of those that it is based on, the nearest first."""
        found: list[str] = []
        while style_id and style_id not in found:
            found.append(style_id)
            style_id = self._based_on.get(style_id, "")
        return tuple(found)

    def numbering(self, style_id: str) -> str | None:
        """The id of the list that numbers a style's paragraphs; None where they have no numbers."""
        lists = (self._numbering[name] for name in self.lineage(style_id) if name in self._numbering)
        return next(lists, None)


def is_on(node: Element | None) -> bool:
    """Whether a property that is on or off is on."""
    return node is not None and get(node, "val") not in ("0", "false", "off")
