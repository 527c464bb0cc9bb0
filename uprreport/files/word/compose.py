"""Blocks as elements of a Word document: paragraphs with their labels and anchors, and tables."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uprreport.files.word import styles as names
from uprreport.files.word.anchors import Bookmarks
from uprreport.files.word.chart_parts import Charts
from uprreport.files.word.comments import Comments
from uprreport.files.word.notes import Notes
from uprreport.files.word.speech import direct, reads, write
from uprreport.files.word.styles import LOOKS, Styles
from uprreport.files.word.written import Writer
from uprreport.files.word.xml import Element, element, paragraph, w
from uprreport.model import Block, Foreign, Paragraph, Table, TableColumn, TableRow

LONG_ROW = 120
"""Words above which a row may be broken across pages: it would not fit on one of its own."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes elements in the styles of one document. ``anchors`` maps a block's id to its bookmark's name.

    ``rtl`` says whether the document's language runs from right to left.
    """

    styles: Styles
    bookmarks: Bookmarks
    comments: Comments
    notes: Notes
    anchors: Mapping[str, str]
    charts: Charts
    writer: Writer
    rtl: bool = False

    def block(self, block: Block, width: int) -> list[Element]:
        """The paragraphs of a block, then its table or chart; ``width`` is that of the text, in twips."""
        first, *others = block.paragraphs
        opened = self._paragraph(first, self._opening(block, first))
        made = [
            opened,
            *(
                self._paragraph(other, [*self._told(other, block.id), *self._notes(other)])
                for other in others
            ),
        ]
        if block.table is not None:
            made.append(self._table(block.table, width))
        if block.chart is not None:
            made.append(self.charts.paragraph(block.chart, block.id, width))
        return made

    def _opening(self, block: Block, first: Paragraph) -> list[Element]:
        """The label in its bookmark, then the text; a block without a label has the bookmark on its text."""
        told, notes = self._told(first, block.id), self._notes(first)
        anchor = self.anchors[block.id]
        if not block.label:
            return [*self.comments.around(self.bookmarks.around(anchor, told), block.comments), *notes]
        label = write(f"{block.label} ", self.styles.id(names.LABEL), rtl=self.rtl)
        marked = self.comments.around(told, block.comments)
        return [*self.bookmarks.around(anchor, label), *marked, *notes]

    def _paragraph(self, told: Paragraph, content: Sequence[Element]) -> Element:
        made = paragraph(self.styles.id(LOOKS[told.look]), *content)
        turned = reads(self.writer.plain(told.text), told.foreign, rtl=self.rtl)
        direct(made, self.styles, turned=turned)
        return made

    def _told(self, told: Paragraph, block: str) -> list[Element]:
        """The text of a paragraph."""
        style = self.styles.id(names.PLACEHOLDER) if told.placeholder else ""
        rtl = reads(self.writer.plain(told.text), told.foreign, rtl=self.rtl)
        tell = functools.partial(write, style=style, rtl=rtl, foreign=told.foreign)
        return self.writer.runs(told.text, tell, own=block if told.look == "caption" else "")

    def _notes(self, told: Paragraph) -> list[Element]:
        """The marks of a paragraph's notes, which stand behind its text and the comments on it."""
        made: list[Element] = []
        for index, note in enumerate(told.notes):
            made += [self.notes.gap(note.kind)] if index else []
            made.append(self.notes.add(note.kind, note.text, note.foreign))
        return made

    # Tables -------------------------------------------------------------------------------------------

    def _table(self, table: Table, width: int) -> Element:
        widths = share(table.columns, width)
        properties = element(
            "tblPr",
            element("tblStyle", val=self.styles.id(names.TABLE)),
            *([element("bidiVisual")] if self.rtl else []),
            element("tblW", w=str(sum(widths)), type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0",
                    noHBand="0", noVBand="1"),
        )  # fmt: skip
        grid = element("tblGrid", *(element("gridCol", w=str(column)) for column in widths))
        heading = TableRow("", tuple(column.heading for column in table.columns))
        rows = [self._row(table, row, widths) for row in (heading, *table.rows)]
        _keep_together(rows, sum(_lines(row, widths) for row in table.rows))
        return element("tbl", properties, grid, *rows)

    def _row(self, table: Table, row: TableRow, widths: Sequence[int]) -> Element:
        is_heading = not row.key
        style = self.styles.id(names.TABLE_HEADING if is_heading else names.TABLE_TEXT)
        properties = element("trPr")
        if is_heading or sum(len(cell.split()) for cell in row.cells) < LONG_ROW:
            properties.append(element("cantSplit"))
        if is_heading:
            properties.append(element("tblHeader"))
        made = element("tr", properties) if len(properties) else element("tr")
        for column, cell, width in zip(table.columns, row.cells, widths, strict=True):
            made.append(element("tc", element("tcPr", element("tcW", w=str(width), type="dxa"))))
            for line in cell.split("\n"):
                told = self._line(line, style, row.foreign)
                if column.digits and not self.rtl:  # from right to left they stand to the right anyway
                    told[0].append(element("jc", val="right"))
                made[-1].append(told)
        return made

    def _line(self, text: str, style: str, foreign: Foreign) -> Element:
        made = paragraph(style)
        turned = reads(self.writer.plain(text), foreign, rtl=self.rtl)
        direct(made, self.styles, turned=turned)
        tell = functools.partial(write, rtl=turned, foreign=foreign)
        made.extend(self.writer.runs(text, tell) if text else [])
        return made


SHORT_TABLE = 28
"""Lines of text up to which a table stays on one page: about two thirds of a page that lies on its side."""

_LETTER = 92
"""The width of a letter in a table, in twips: that of 8.5 points on average, rather more than less."""


def _lines(row: TableRow, widths: Sequence[int]) -> int:
    """How many lines of text a row takes up, about: the most of any of its cells."""
    return max(
        sum(1 + len(line) * _LETTER // width for line in cell.split("\n"))
        for cell, width in zip(row.cells, widths, strict=True)
    )


def _keep_together(rows: Sequence[Element], lines: int) -> None:
    """Let rows stay with the next: all of a short table; of a long one the headings with the first two, and
    the last with the one above it."""
    kept = rows[:-1] if lines <= SHORT_TABLE else [*rows[:2], *rows[-2:-1]]
    for row in kept:
        for properties in row.iter(w("pPr")):
            properties.insert(1, element("keepNext"))


def share(columns: Sequence[TableColumn], width: int) -> list[int]:
    """The widths of columns by their shares; together exactly ``width``."""
    whole = sum(column.width for column in columns)
    widths = [int(width * column.width / whole) for column in columns]
    widths[-1] += width - sum(widths)
    return widths
