"""Text boxes and whatever else holds words of its own beside a text: each reads as a story by itself.

They are no part of the sentence in which they are anchored, yet of its region: what an editor writes into one
is an edit. Passages that were moved into a text box have regions of their own there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from uprreport.files.word.containers import BOX, boxes, shown
from uprreport.files.word.plots import DOCUMENT, A, related
from uprreport.files.word.regions import (
    NotesOf,
    Region,
    RegionText,
    StartsOf,
    read_paragraphs,
    read_regions,
    read_rows,
    read_text,
)
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, R, parse

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_WORDS = f"{{{A}}}t"


def read_region(region: Region, styles: Styles, notes: NotesOf, parts: Mapping[str, bytes]) -> RegionText:
    """The text of a region with its notes and with what its text boxes and drawings say."""
    text = read_text(region, styles, notes)
    told = tuple(read_boxes(region.elements, styles, parts))
    return replace(text, boxes=told) if told else text


def read_boxes(nodes: Iterable[Element], styles: Styles, parts: Mapping[str, bytes]) -> Iterator[str]:
    """What the text boxes and drawings in some paragraphs and tables say, one text each; passages with an
    anchor of their own are left out."""
    for node in nodes:
        for box in boxes(node):
            free = (region for region in read_regions(box) if not region.anchors)
            if text := "\n".join(line for region in free for line in _lines(region, styles)):
                yield text
        for drawn in shown(node, _WORDS, _DIAGRAM):
            if text := _drawn(drawn, parts):
                yield text


def _lines(region: Region, styles: Styles) -> Iterator[str]:
    yield from (text for _, text in read_paragraphs(region.paragraphs, styles))
    for table in region.tables:
        yield from (" | ".join(row) for row in read_rows(table, styles))


def _drawn(node: Element, parts: Mapping[str, bytes]) -> str:
    """The words of a drawing, or of the diagram to which it leads."""
    if node.tag == _WORDS:
        return (node.text or "").strip()
    part = related(parts, DOCUMENT, node.get(f"{{{R}}}dm", ""))
    try:
        root = parse(parts[part]) if part else None
    except etree.XMLSyntaxError:
        return ""
    return (
        " ".join(" ".join(text.text or "" for text in root.iter(_WORDS)).split()) if root is not None else ""
    )


def boxed_regions(body: Element, starts: StartsOf | None = None) -> list[Region]:
    """The regions of passages that stand in text boxes."""
    if next(body.iter(BOX), None) is None:
        return []
    told = (read_regions(box) if starts is None else read_regions(box, starts) for box in boxes(body))
    return [region for regions in told for region in regions if region.anchors]
