"""A draft that came back, read as values: what it says, where, by whom; nothing is changed here."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from lxml import etree

from uprreport.files.word import properties
from uprreport.files.word.anchors import anchors_in
from uprreport.files.word.boxes import boxed_regions, read_boxes, read_region
from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.containers import (
    BOX,
    body_of,
    box_around,
    is_fixed,
    may_hold_fixed,
    own,
    top_paragraphs,
)
from uprreport.files.word.label_runs import label_runs
from uprreport.files.word.manifest import NAMESPACE, Manifest, read_manifest
from uprreport.files.word.notes import Notes
from uprreport.files.word.package import Parts, read_parts
from uprreport.files.word.plots import Drawn, find_drawn
from uprreport.files.word.regions import (
    Region,
    RegionText,
    StartsOf,
    cells_of,
    label_text,
    live_rows,
    raw_text,
    read_regions,
    reads_into_next,
)
from uprreport.files.word.styles import Styles
from uprreport.files.word.threads import Thread, read_threads, threads_in
from uprreport.files.word.xml import Element, element, get, parse, plain_text, w
from uprreport.findings import UprReportError

COMMENTS = "word/comments.xml"
"""The part that holds the comments."""


class Document:
    """A draft as somebody left it, held in memory and only read."""

    def __init__(self, content: bytes, shown: str) -> None:
        """Read a .docx, called ``shown``. Raises ``UprReportError`` when it cannot be read."""
        self._original = content
        try:
            self.parts: Parts = read_parts(content)
            self._root = parse(self.parts["word/document.xml"])
            self.styles = Styles(parse(self.parts["word/styles.xml"]))
            has_comments = COMMENTS in self.parts
            self._comments_root = parse(self.parts[COMMENTS]) if has_comments else element("comments")
            self.notes = Notes(self.parts, self.styles)
        except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, NotImplementedError) as problem:
            raise UprReportError(
                f"{shown} could not be read as a Word document",
                "open it in Word or LibreOffice and save it as .docx",
            ) from problem
        self.shown = shown
        self.body = body_of(self._root)

    def _stories(self) -> list[Element]:
        """The text and its notes."""
        return [self._root, *self.notes.roots.values()]

    def manifest(self) -> Manifest | None:
        """The manifest that the document carries; None when it is gone or damaged."""
        for name in properties.find_custom_xml(self.parts, NAMESPACE):
            if (found := read_manifest(self.parts[name])) is not None:
                return found
        return None

    def held(self) -> Mapping[str, str]:
        """The custom document properties."""
        return properties.read_custom(self.parts)

    def numbering(self) -> Element | None:
        """The lists of the document; None where it has none."""
        xml = self.parts.get("word/numbering.xml")
        return parse(xml) if xml else None

    def nodes(self) -> list[Element]:
        """The paragraphs of the body that stand in no table; behind them those of text boxes into which
        passages were moved."""
        found = top_paragraphs(self.body)
        if next(self.body.iter(BOX), None) is None:
            return list(found)
        held = {region.elements[0]: box_around(region.elements[0]) for region in boxed_regions(self.body)}
        boxed = [
            node for box in dict.fromkeys(held.values()) if box is not None for node in top_paragraphs(box)
        ]
        return [*found, *boxed]

    def regions(self, starts: StartsOf | None = None) -> list[Region]:
        """The regions of the body; ``starts`` tells anchors that the document itself has lost."""
        own = read_regions(self.body) if starts is None else read_regions(self.body, starts)
        return [*own, *boxed_regions(self.body, starts)]

    def threads(self) -> Mapping[str, Thread]:
        """The comments by their ids."""
        return read_threads(self._comments_root, self.parts)

    def anchors(self, node: Element) -> tuple[str, ...]:
        """The anchors that start in a paragraph."""
        return tuple(anchors_in(node))

    def is_struck(self, node: Element) -> bool:
        """Whether a paragraph's end was deleted."""
        return reads_into_next(node)

    def read(self, region: Region) -> RegionText:
        """What a region says, its notes too."""
        return read_region(region, self.styles, self.notes.read, self.parts)

    def boxes(self, region: Region) -> tuple[str, ...]:
        """What the text boxes and drawings of a region say."""
        return tuple(read_boxes(region.elements, self.styles, self.parts))

    def reads(self, node: Element) -> bool:
        """Whether a paragraph says anything."""
        return bool(raw_text(node, self.styles).strip())

    def is_held(self, region: Region) -> bool:
        """Whether a region stands in a text box, or in a control that is locked or filled in by a program."""
        return any(map(is_fixed, region.elements))

    def closed_cells(self, region: Region) -> frozenset[tuple[int, int]]:
        """The cells of a region's first table, by row and column from 0, in which nothing may be written."""
        if not region.tables or not may_hold_fixed(region.tables[0]):
            return frozenset()
        found = [(i, j, cell) for i, row in enumerate(self.rows(region.tables[0]))
                 for j, cell in enumerate(self.cells(row))]  # fmt: skip
        return frozenset((i, j) for i, j, cell in found if _is_closed(cell))

    def cells(self, row: Element) -> tuple[Element, ...]:
        """The cells of a row."""
        return cells_of(row)

    def rows(self, table: Element) -> list[Element]:
        """The rows of a table that were not deleted."""
        return list(live_rows(table))

    def label(self, region: Region, anchor: str) -> str:
        """The label of one block in a region as it reads, found by its anchor or as the one that opens it."""
        runs = label_runs(region.paragraphs, self.styles, anchor)
        found = "".join(plain_text(one) for one in runs).strip()
        alone = len(region.anchors) == 1 and region.elements[0].tag == w("p")
        return found or (label_text(region.elements[0], self.styles) if alone else "")

    def has_own_changes(self, region: Region) -> bool:
        """Whether tracked changes of the tool wait in a region for an editor."""
        marks = (node for one in region.elements for node in one.iter(w("ins"), w("del")))
        return any(get(node, "author") == AUTHOR for node in marks)

    def drawn(self, region: Region) -> tuple[Drawn, ...]:
        """The charts and pictures in a region, deleted ones left out."""
        return find_drawn(region.elements, self.parts)

    def last_author(self) -> str:
        """Who saved the document last, else who wrote most of its tracked changes; empty for nobody."""
        core = self.parts.get("docProps/core.xml", b"")
        names = [str(n.text or "") for n in parse(core).iter("{*}lastModifiedBy")] if core else []
        marks = [get(n, "author") for n in self._root.iter(w("ins"), w("del"))]
        others = [name for name in marks if name and name != AUTHOR]
        return (names[0] if names else "") or (max(set(others), key=others.count) if others else "")


def _is_closed(cell: Element) -> bool:
    return any(is_fixed(one) for one in (cell, *own(cell, w("t"))))


def comments_of(region: Region) -> tuple[str, ...]:
    """The ids of the comments that are marked in a region."""
    return tuple(number for node in region.elements for number in threads_in(node))
