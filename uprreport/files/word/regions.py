"""What a document says, region by region: from one anchor's paragraph to just before the next one's.

Text reads with its tracked changes accepted; labels, deleted text and the table of contents are not part
of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from uprreport.files.word.anchors import anchors_in
from uprreport.files.word.styles import LABEL, TOC, Styles
from uprreport.files.word.xml import Element, get, style_of, w

_SKIPPED = {w(name) for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText")}
_SPECIAL = {
    w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "",
    w("ptab"): "\t",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """Whole paragraphs and tables at the top of a document's body; ``anchors`` open its first paragraph.

    Section breaks belong to none. The region before the first anchor has no anchors.
    """

    anchors: tuple[str, ...]
    elements: tuple[Element, ...]


def read_regions(body: Element) -> list[Region]:
    """The regions of a body in their order; together they hold every paragraph and table of it."""
    regions: list[tuple[tuple[str, ...], list[Element]]] = [((), [])]
    for node in body:
        if node.tag == w("sectPr"):
            continue
        names = tuple(anchors_in(node)) if node.tag == w("p") else ()
        if names:
            regions.append((names, []))
        regions[-1][1].append(node)
    return [Region(names, tuple(elements)) for names, elements in regions if names or elements]


@dataclass(frozen=True, slots=True)
class RegionText:
    """What a region says: paragraphs with the names of their styles, and tables as rows of cells."""

    paragraphs: tuple[tuple[str, str], ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def read_text(region: Region, styles: Styles) -> RegionText:
    """The text of a region; empty paragraphs and the table of contents left out."""
    paragraphs: list[tuple[str, str]] = []
    tables: list[tuple[tuple[str, ...], ...]] = []
    for node in region.elements:
        if node.tag == w("p"):
            style = styles.name(style_of(node))
            text = paragraph_text(node, styles)
            if text and style not in TOC:
                paragraphs.append((style, text))
        elif node.tag == w("tbl"):
            tables.append(tuple(_rows(node, styles)))
    return RegionText(tuple(paragraphs), tuple(tables))


def _rows(table: Element, styles: Styles) -> Iterator[tuple[str, ...]]:
    for row in table.iter(w("tr")):
        yield tuple(
            "\n".join(text for p in cell.iter(w("p")) if (text := paragraph_text(p, styles)))
            for cell in row.iter(w("tc"))
        )


def paragraph_text(node: Element, styles: Styles, without: Collection[str] = (LABEL,)) -> str:
    """A paragraph as it reads: changes accepted, without runs in some character styles (by name)."""
    skipped = frozenset(styles.id(name) for name in without if not styles.missing([name]))
    return "".join(_texts(node, skipped)).strip()


def _texts(node: Element, skipped: Collection[str]) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == w("r"):
            if _run_style(child) not in skipped:
                yield from _texts(child, skipped)
        elif child.tag == w("t"):
            yield child.text or ""
        elif child.tag in _SPECIAL:
            yield _SPECIAL[child.tag]
        else:
            yield from _texts(child, skipped)


def _run_style(node: Element) -> str:
    found = node.find(f"{w('rPr')}/{w('rStyle')}")
    return get(found, "val") if found is not None else ""
