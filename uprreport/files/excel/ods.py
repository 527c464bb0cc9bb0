"""Read an OpenDocument spreadsheet (.ods) from its XML, row by row and within bounds.

The quick reader loses what people must be told of: errors, formulas without a result, truth values, and the
difference between a moment and a span of time. See ``docs/decisions/0010-old-formats.md``.
"""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from uprreport.files.excel.cells import Filling, UnreadableError, plain_value, too_many
from uprreport.files.excel.guard import Package
from uprreport.files.excel.parts import local, parse, safe_xml
from uprreport.files.excel.workbook import Limits, Span
from uprreport.language import phrase
from uprreport.model import BareFormula, ErrorCell, Raw

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
    return {_attribute(node, "name"): "".join(node.itertext()) for node in own if _attribute(node, "name")}


class _Reading:
    """The worksheets read so far; ``around`` are the elements that are not complete yet.

    ``row`` is the last row of the present worksheet, ``before`` the number of cells in those before it.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[Filling] = []
        self.around: list[Element] = []
        self.hidden_styles: set[str] = set()
        self.row = 0
        self.before = 0

    def begin(self, node: Element) -> None:
        """The start of an element."""
        if local(node) == "table" and [local(outer) for outer in self.around[1:]] == _OF_A_SHEET:
            hidden = _attribute(node, "style-name") in self.hidden_styles
            self.before = sum(len(sheet.cells) for sheet in self.sheets)
            self.sheets.append(Filling(_attribute(node, "name"), self.limits, hidden))
            self.row = 0
            if len(self.sheets) > MOST_SHEETS:
                raise UnreadableError(phrase("it has more than {count} worksheets", count=str(MOST_SHEETS)))
        self.around.append(node)

    def end(self, node: Element) -> None:
        """The end of an element, which is complete now."""
        self.around.pop()
        name = local(node)
        if name == "style" and any(_attribute(child, "display") == "false" for child in node):
            self.hidden_styles.add(_attribute(node, "name"))
        elif name == "table-row" and self.sheets and self._is_of_a_sheet():
            self._take_row(node)
            del self.around[-1][:]  # a row is forgotten once it was read

    def _is_of_a_sheet(self) -> bool:
        names = [local(outer) for outer in self.around]
        return names[1:4] == [*_OF_A_SHEET, "table"] and set(names[4:]) <= _AROUND_ROWS

    def _take_row(self, node: Element) -> None:
        sheet, first, column = self.sheets[-1], self.row + 1, 1
        repeated = _count(node, "number-rows-repeated")
        for cell in node:
            if local(cell) not in _CELLS:
                continue
            times = _count(cell, "number-columns-repeated")
            value = _value(cell)
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


def _attribute(node: Element, name: str) -> str:
    """An attribute by its name without its namespace; a cell has none twice that is asked for."""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _count(node: Element, name: str) -> int:
    text = _attribute(node, name)
    return max(1, int(text)) if re.fullmatch("[0-9]{1,9}", text) else 1


def _span(node: Element, row: int, column: int) -> tuple[Span, ...]:
    rows, columns = _count(node, "number-rows-spanned"), _count(node, "number-columns-spanned")
    return ((row, column, row + rows - 1, column + columns - 1),) if rows > 1 or columns > 1 else ()


# One cell ---------------------------------------------------------------------------------------------

_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}")
_TRUTH = {"of:=TRUE()": True, "of:=FALSE()": False}


def _value(node: Element) -> Raw | None:
    """What a cell holds; None for a blank one."""
    if not node.attrib and not len(node):
        return None
    formula, kind = _attribute(node, "formula"), _attribute(node, "value-type")
    paragraphs = [child for child in node if local(child) == "p"]
    text = "\n".join(_text(paragraph) for paragraph in paragraphs)
    if formula and _is_error(node, text):
        return ErrorCell(text or "#N/A")
    if formula and not kind and not paragraphs:
        return BareFormula(formula.partition(":=")[2] or formula)
    if formula in _TRUTH and kind == "float":
        return _TRUTH[formula]  # LibreOffice's way of a truth value that came from Excel
    return plain_value(_typed(node, kind, text))


def _is_error(node: Element, text: str) -> bool:
    return "error" in (value for key, value in node.attrib.items() if key.endswith("}value-type")) or bool(
        _ERROR.fullmatch(text)
    )


def _typed(node: Element, kind: str, text: str) -> Raw:
    if kind in ("float", "percentage", "currency"):
        return _number(_attribute(node, "value"), text)
    if kind == "boolean":
        return _attribute(node, "boolean-value") == "true"
    if kind == "date":
        return _date(_attribute(node, "date-value"), text)
    if kind == "time":
        return _time(_attribute(node, "time-value"), text)
    # Where LibreOffice writes the text as an attribute too, the paragraphs hold blanks that count.
    return (_attribute(node, "string-value") if kind == "string" else "") or text


def _number(value: str, text: str) -> Raw:
    try:
        number = float(value)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _date(value: str, text: str) -> Raw:
    try:
        return datetime.datetime.fromisoformat(value.removesuffix("Z")).replace(tzinfo=None)
    except ValueError:
        return text or value


def _time(value: str, text: str) -> Raw:
    """A time of the day; what is longer than a day stays a span of time."""
    match = re.fullmatch(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S", value)
    if not match:
        return text or value
    hours, minutes, seconds = (int(part) for part in match.groups())
    if hours < 24 and minutes < 60 and seconds < 60:
        return datetime.time(hours, minutes, seconds)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _text(node: Element) -> str:
    """The text of a paragraph: runs of blanks are one, several are counted, comments are no part of it."""
    return "".join(_pieces(node)).strip(" ")


def _pieces(node: Element) -> Iterator[str]:
    yield _BLANKS.sub(" ", node.text or "")
    for child in node:
        name = local(child)
        if name == "s":
            yield " " * min(_count(child, "c"), 1000)
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name not in ("annotation", "note", "ruby-text"):
            yield from _pieces(child)
        yield _BLANKS.sub(" ", child.tail or "")


_BLANKS = re.compile("[ \t\r\n]+")
_BREAKS: Mapping[str, str] = {"tab": "\t", "line-break": "\n"}
