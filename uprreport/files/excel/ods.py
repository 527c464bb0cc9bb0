"""Read an OpenDocument spreadsheet (.ods) from its XML, row by row and within bounds.

The quick reader loses what people must be told of: errors, formulas without a result, truth values, and the
difference between a moment and a span of time. See ``docs/decisions/0010-old-formats.md``.
"""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element

from uprreport.files.excel.cells import Filling, UnreadableError, too_many
from uprreport.files.excel.guard import Package
from uprreport.files.excel.ods_cell import DRAWN, Looks, asides_of, attribute, count, drawn, value_of
from uprreport.files.excel.parts import local, parse, safe_xml
from uprreport.files.excel.workbook import Limits, Span
from uprreport.language import phrase

MOST_SHEETS = 1000
"""More worksheets than anybody has."""

MARKS = 4
"""Marks of XML that a filled cell takes up: those of the cell and of its paragraph, at both ends."""


def read_ods(package: Package, limits: Limits) -> tuple[Filling, ...]:
    """The worksheets of an .ods package.

    Raises ``UnreadableError``, ``parts.UnsafeXmlError``, one of ``guard.DAMAGE``, or ``ParseError``.
    """
    reading = _Reading(limits)
    content = safe_xml(package, "content.xml")
    if not content:
        raise UnreadableError(phrase("its contents are missing; perhaps it was not copied to the end"))
    if content.count(b"<") > MARKS * limits.cells:
        raise UnreadableError(phrase("it has far more blank cells than any sheet that people fill in"))
    _read(content, reading)
    return tuple(reading.sheets)


def ods_properties(package: Package) -> dict[str, str]:
    """The custom document properties as text; none where the part is damaged: they are not the answers."""
    try:
        root = parse(safe_xml(package, "meta.xml"))
    except (SyntaxError, ValueError):
        return {}
    own = [node for node in root.iter() if local(node) == "user-defined"]
    return {attribute(node, "name"): "".join(node.itertext()) for node in own if attribute(node, "name")}


class _Reading:
    """The worksheets read so far; ``around`` are the elements that are not complete yet.

    ``row`` is the last row of the present worksheet, ``before`` the number of cells in those before it.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[Filling] = []
        self.around: list[Element] = []
        self.hidden_styles: set[str] = set()
        self.looks = Looks()
        self.row = 0
        self.before = 0

    def begin(self, node: Element) -> None:
        """The start of an element."""
        if local(node) == "table" and [local(outer) for outer in self.around[1:]] == _OF_A_SHEET:
            hidden = attribute(node, "style-name") in self.hidden_styles
            self.before = sum(len(sheet.cells) for sheet in self.sheets)
            self.sheets.append(Filling(attribute(node, "name"), self.limits, hidden))
            self.row = 0
            if len(self.sheets) > MOST_SHEETS:
                raise UnreadableError(phrase("it has more than {count} worksheets", count=str(MOST_SHEETS)))
        self.around.append(node)

    def end(self, node: Element) -> None:
        """The end of an element, which is complete now."""
        self.around.pop()
        name = local(node)
        if name == "style":
            self._take_style(node)
        elif name in ("annotation", *DRAWN) and self.sheets:
            self._take_aside(node, name)
        elif name == "table-row" and self.sheets and self._is_of_a_sheet():
            self._take_row(node)
            del self.around[-1][:]  # a row is forgotten once it was read

    def _is_of_a_sheet(self) -> bool:
        names = [local(outer) for outer in self.around]
        return names[1:4] == [*_OF_A_SHEET, "table"] and set(names[4:]) <= _AROUND_ROWS

    def _take_style(self, node: Element) -> None:
        if any(attribute(child, "display") == "false" for child in node):
            self.hidden_styles.add(attribute(node, "name"))
        self.looks.take(node)

    def _take_aside(self, node: Element, name: str) -> None:
        """What is drawn on the worksheet itself; what stands in a cell is looked at with its row."""
        around = [local(outer) for outer in self.around]
        if "shapes" in around and not set(around[around.index("shapes") + 1 :]) & {*DRAWN}:
            self.sheets[-1].asides += drawn(node, name, None)

    def _take_row(self, node: Element) -> None:
        sheet, first, column = self.sheets[-1], self.row + 1, 1
        repeated = count(node, "number-rows-repeated")
        for cell in node:
            if local(cell) not in _CELLS:
                continue
            times = count(cell, "number-columns-repeated")
            value = value_of(cell, self.looks)
            if len(cell):
                sheet.asides += asides_of(cell, (first, column), self.looks)
            if value is not None:
                rows = range(first, first + min(repeated, max(1, self.limits.rows + 2 - first)))
                columns = range(column, column + min(times, max(1, self.limits.columns + 2 - column)))
                for line in rows:
                    for position in columns:
                        sheet.put(line, position, value)
            sheet.merged += _span(cell, first, column)
            column += times
        if self.before + len(sheet.cells) > self.limits.cells:
            raise UnreadableError(too_many(self.limits))
        self.row += repeated


_OF_A_SHEET = ["body", "spreadsheet"]
_AROUND_ROWS = {"table-header-rows", "table-row-group", "table-rows"}
_CELLS = {"table-cell", "covered-table-cell"}


def _read(xml: bytes, reading: _Reading) -> None:
    from defusedxml.ElementTree import iterparse

    for event, node in iterparse(io.BytesIO(xml), ("start", "end")):
        if event == "start":
            reading.begin(node)
        else:
            reading.end(node)


def _span(node: Element, row: int, column: int) -> tuple[Span, ...]:
    rows, columns = count(node, "number-rows-spanned"), count(node, "number-columns-spanned")
    return ((row, column, row + rows - 1, column + columns - 1),) if rows > 1 or columns > 1 else ()
