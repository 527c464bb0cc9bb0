"""What a document says, region by region: from one anchor's paragraph to just before the next one's.

Text reads with its tracked changes accepted; labels, deleted text, the table of contents and the draft mark
are not part of it. A paragraph whose end was deleted reads on into the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from uprreport.files.word.anchors import anchors_in
from uprreport.files.word.containers import (
    EQUATION,
    SYMBOL,
    blocks,
    cells,
    equation_text,
    paragraphs,
    pieces,
    pieces_of_run,
    rows,
)
from uprreport.files.word.fields import find_fields
from uprreport.files.word.styles import GENERATED, LABEL, Styles
from uprreport.files.word.xml import Element, get, style_of, w

SPECIAL = {
    w("tab"): "\t", w("br"): "\u2028", w("cr"): "\u2028", w("noBreakHyphen"): "-", w("softHyphen"): "",
    w("ptab"): "\t",
}  # fmt: skip
"""Elements of a run that stand for a character."""

_END, _ENDS = f"{w('pPr')}/{w('rPr')}", (w("del"), w("moveFrom"))
_ROW_DELETED = f"{w('trPr')}/{w('del')}"

StartsOf = Callable[[Element], tuple[str, ...]]
"""Gives the anchors that a paragraph opens with."""

NotesOf = Callable[[Element], Iterable[tuple[str, str]]]
"""Gives kind and text of the notes that an element refers to."""


@dataclass(frozen=True, slots=True)
class Region:
    """Whole paragraphs and tables of a document's body, in containers or not; ``anchors`` open its first
    paragraph.

    Section breaks belong to none. The region before the first anchor has no anchors.
    """

    anchors: tuple[str, ...]
    elements: tuple[Element, ...]

    @property
    def paragraphs(self) -> tuple[Element, ...]:
        """Its paragraphs, but those that only carry a section break."""
        return tuple(n for n in self.elements if n.tag == w("p") and not is_section_break(n))

    @property
    def tables(self) -> tuple[Element, ...]:
        """Its tables."""
        return tuple(node for node in self.elements if node.tag == w("tbl"))


def is_section_break(node: Element) -> bool:
    """Whether a paragraph only ends a section.

    LibreOffice takes an empty one away and lets the paragraph before it, with its words, end the section.
    """
    return node.find(f"{w('pPr')}/{w('sectPr')}") is not None and not is_readable(node)


def _anchors_of(node: Element) -> tuple[str, ...]:
    return tuple(anchors_in(node))


def read_regions(body: Element, starts: StartsOf = _anchors_of) -> list[Region]:
    """The regions of a body in their order; together they hold every paragraph and table of it.

    A paragraph that reads on from the one before, whose end was deleted, opens no region of its own: its
    anchors open the region of the paragraph that it has become part of.
    """
    regions: list[tuple[list[str], list[Element]]] = [([], [])]
    reads_on = False
    for node in blocks(body):
        names = list(starts(node)) if node.tag == w("p") else []
        if names and reads_on and len(regions[-1][1]) and regions[-1][0]:
            regions[-1][0].extend(names)
        elif names:
            regions.append((names, []))
        regions[-1][1].append(node)
        # A paragraph of which nothing is left is gone with its end, and nothing reads on from it.
        reads_on = node.tag == w("p") and reads_into_next(node) and (reads_on or is_readable(node))
    return [Region(tuple(names), tuple(elements)) for names, elements in regions if names or elements]


def is_readable(node: Element) -> bool:
    """Whether anything of a paragraph is left to read, its label included."""
    return bool("".join(_texts(pieces(node), (), {})).strip())


def reads_into_next(node: Element) -> bool:
    """Whether a paragraph's end was deleted."""
    end = node.find(_END)
    return end is not None and any(end.find(kind) is not None for kind in _ENDS)


@dataclass(frozen=True, slots=True)
class RegionText:
    """What a region says: paragraphs with the names of their styles, tables as rows of cells, its notes as
    pairs of kind and text, and what its text boxes say."""

    paragraphs: tuple[tuple[str, str], ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    boxes: tuple[str, ...] = ()


def _no_notes(_node: Element) -> tuple[tuple[str, str], ...]:
    return ()


def read_text(region: Region, styles: Styles, notes: NotesOf = _no_notes) -> RegionText:
    """The text of a region; empty paragraphs, the table of contents and the draft mark left out."""
    paragraphs = [
        (style, text) for style, text in read_paragraphs(region.paragraphs, styles) if style not in GENERATED
    ]
    tables = [tuple(read_rows(table, styles)) for table in region.tables]
    told = tuple(note for node in region.elements for note in notes(node))
    return RegionText(tuple(paragraphs), tuple(tables), told)


def read_paragraphs(nodes: Iterable[Element], styles: Styles) -> Iterator[tuple[str, str]]:
    """Name of style and text of the paragraphs that say anything."""
    before = ""
    for node in nodes:
        before += raw_text(node, styles)
        if reads_into_next(node):
            continue
        text, before = before.strip(), ""
        if text:
            yield styles.name(style_of(node)), text
    if before.strip():
        yield "", before.strip()


def live_rows(table: Element) -> Iterator[Element]:
    """The rows of a table that were not deleted; those of inner tables are not among them."""
    return (row for row in rows(table) if row.find(_ROW_DELETED) is None)


def cells_of(row: Element) -> tuple[Element, ...]:
    """The cells of a row."""
    return tuple(cells(row))


def read_rows(table: Element, styles: Styles) -> Iterator[tuple[str, ...]]:
    """The texts of a table's cells, paragraphs one a line."""
    for row in live_rows(table):
        yield tuple(
            "\n".join(text for _, text in read_paragraphs(paragraphs(cell), styles)) for cell in cells_of(row)
        )


def paragraph_text(node: Element, styles: Styles, without: Collection[str] = (LABEL,)) -> str:
    """A paragraph as it reads, trimmed: without runs in some character styles (by name)."""
    return raw_text(node, styles, without).strip()


def raw_text(node: Element, styles: Styles, without: Collection[str] = (LABEL,)) -> str:
    """A paragraph's characters as they stand, without runs in some character styles (by name)."""
    skipped = frozenset(styles.id(name) for name in without if not styles.missing([name]))
    return "".join(_texts(pieces(node), skipped, words_of_fields(node)))


def words_of_fields(node: Element) -> Mapping[Element, str]:
    """The elements of a paragraph's fields: the first of each reads as its word, all others as nothing."""
    found: dict[Element, str] = {}
    for told in find_fields(node):
        found |= dict.fromkeys(told.nodes, "")
        found[told.nodes[0]] = told.word
    return found


def _texts(
    found: Iterable[tuple[Element, Element]], skipped: Collection[str], words: Mapping[Element, str]
) -> Iterator[str]:
    for one, child in found:
        if skipped and run_style(one) in skipped:
            continue
        if child in words:
            yield words[child]
        else:
            yield sign(child)


def sign(child: Element) -> str:
    """The characters for which an element of a run, or an equation, stands."""
    if child.tag == w("t"):
        return child.text or ""
    if child.tag == EQUATION:
        return equation_text(child)
    if child.tag == SYMBOL:
        code = next((str(v) for k, v in child.attrib.items() if str(k).endswith("char")), "")
        return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else ""
    return SPECIAL.get(child.tag, "")


def run_style(node: Element) -> str:
    """The id of a run's character style; empty for none."""
    found = node.find(_RUN_STYLE)
    return get(found, "val") if found is not None else ""


_RUN_STYLE = f"{w('rPr')}/{w('rStyle')}"


def label_text(node: Element, styles: Styles) -> str:
    """The label that opens a paragraph, as it reads; empty for none."""
    if styles.missing([LABEL]):
        return ""
    label = styles.id(LABEL)
    runs = (run for run in node.iter(w("r")) if run_style(run) == label)
    return "".join("".join(_texts(pieces_of_run(run), (), {})) for run in runs if not is_deleted(run)).strip()


def is_deleted(node: Element) -> bool:
    """Whether an element stands in deleted or moved-away text."""
    return any(parent.tag in (w("del"), w("moveFrom")) for parent in node.iterancestors())
