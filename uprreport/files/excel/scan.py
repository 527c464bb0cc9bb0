"""A look at a worksheet's XML before it is read: how far it reaches, and what a quick reader would not see.

A worksheet in which every cell is written the usual way is left as it is. Any other is written anew with
nothing but its filled cells inside the limits, and what the readers lose or cannot agree on (errors, formulas
whose result was not saved, dates written as text) is taken from the XML itself.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, unescape

from uprreport.files.excel.cells import Position, address, column_number
from uprreport.files.excel.look import parted_text
from uprreport.files.excel.parts import local
from uprreport.files.excel.workbook import Aside, Limits, Span
from uprreport.model import BareFormula, ErrorCell, Raw, Struck

__all__ = ["Scan", "address", "merged_spans", "rewrite_sheet", "scan_sheet"]


@dataclass(frozen=True, slots=True)
class Scan:
    """A worksheet that any reader may be given.

    ``overlay`` holds the cells that were read from the XML itself. ``area`` is the number of cells in the
    smallest rectangle from A1 that holds them all. ``beyond`` is the address of the first filled cell
    outside the limits, or empty. ``asides`` are pictures that stand in cells in place of a value.
    """

    xml: bytes
    area: int
    overlay: Mapping[Position, Raw] = field(default_factory=dict)
    beyond: str = ""
    asides: tuple[Aside, ...] = ()


def scan_sheet(xml: bytes, limits: Limits) -> Scan:
    """Look at a worksheet; raises ``ParseError`` when it is unusual and not XML either."""
    rows, bare = _without_formulas(_rows_of(xml))
    area = _usual_area(rows, limits, bare)
    return Scan(_HEAD + rows + _FOOT, area, bare) if area is not None else rewrite_sheet(xml, limits)


_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_FOOT = b"</sheetData></worksheet>"

# The usual way ----------------------------------------------------------------------------------------

_ANY_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_USUAL_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="[0-9]{1,9}")?(?: t="([a-zA-Z]+)")? ?/?>'
)
_UNUSUAL = re.compile(rb"<!|<(?:[\w.-]+:)?f[\s/>]")
_USUAL_TYPES = {b"", b"n", b"s", b"str", b"b", b"inlineStr"}


def _rows_of(xml: bytes) -> bytes:
    """The one part of a worksheet that holds cells; empty where it is not written the usual way."""
    first, last = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    return xml[first + 11 : last] if 0 <= first < last and xml.count(b"sheetData") == 2 else b""


_COUNTED = re.compile(rb"<f(?: [^<>]*)?(?:/>|>[^<>]*</f>)(?=<v>)")
_UNCOUNTED = re.compile(rb'<c r="[A-Z0-9]+"(?: s="[0-9]+")?(?: t="(?!str")[a-zA-Z]+")?><v></v>')


_BARE = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="[0-9]+")?(?: t="(?!str")[a-zA-Z]+")?>'
    rb"<f(?: [^<>]*)?>([^<]*)</f><v></v></c>"
)


def _without_formulas(xml: bytes) -> tuple[bytes, dict[Position, Raw]]:
    """Rows with the results of formulas in their place, and the formulas whose result was not saved.

    A formula that is written in another way is left for a closer look.
    """
    if b"<f" not in xml or b"<!" in xml:
        return xml, {}
    bare: dict[Position, Raw] = {
        (int(row), column_number(column.decode())): BareFormula(unescape(formula.decode()))
        for column, row, formula in _BARE.findall(xml)
    }
    plain = _COUNTED.sub(b"", _BARE.sub(b"", xml) if bare else xml)
    return (xml, {}) if _UNCOUNTED.search(plain) else (plain, bare)


def _usual_area(xml: bytes, limits: Limits, bare: Mapping[Position, Raw]) -> int | None:
    """The area of rows that are written as all office programs do; None for any others.

    ``bare`` are cells that were taken out of the rows.
    """
    if not xml or _UNUSUAL.search(xml) or not _are_usual_texts(xml):
        return None
    cells = _USUAL_CELL.findall(xml)
    if len(cells) != len(_ANY_CELL.findall(xml)):
        return None
    columns, rows, types = zip(*cells, strict=True) if cells else ((), (), ())
    if not _USUAL_TYPES.issuperset(types):
        return None
    lines = [int(row) for row in rows]
    width = max((column_number(letters.decode()) for letters in set(columns)), default=0)
    height = lines[-1] if lines else 0
    # Readers lose rows that stand out of order, and disagree on a cell that is given twice.
    in_order = all(map(int.__le__, lines, lines[1:]))
    places = set(zip(columns, lines, strict=True))
    if not in_order or len(places) != len(cells):
        return None
    if bare and any((line, column_number(letters.decode())) in bare for letters, line in places):
        return None
    width, height = max([width, *(at[1] for at in bare)]), max([height, *(at[0] for at in bare)])
    return width * height if width <= limits.columns and height <= limits.rows else None


_OWN_TEXT = re.compile(rb't="inlineStr" ?><is>(?:(?!</is>|strike).)*</is></c>', re.DOTALL)


def _are_usual_texts(xml: bytes) -> bool:
    """Whether all texts that stand in their cells are alone there, and none of their words is struck through.

    Quick readers lose a text that has a value beside it.
    """
    count = xml.count(b"inlineStr")
    if not count and b"<is" not in xml:
        return True
    return count == len(re.findall(rb"<is[\s/>]", xml)) == len(_OWN_TEXT.findall(xml))


# Merged cells -----------------------------------------------------------------------------------------

_MERGED = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s+ref=["']([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})["']"""
)


def merged_spans(xml: bytes) -> tuple[Span, ...]:
    """Which cells of a worksheet are merged; they are listed behind its rows."""
    listed = _MERGED.findall(xml, max(0, xml.rfind(b"sheetData>")))
    return tuple(
        (int(top), column_number(left.decode()), int(bottom), column_number(right.decode()))
        for left, top, right, bottom in listed
    )


# Any other way ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell as the XML has it; ``value`` is None where no value was saved."""

    at: Position
    kind: str
    style: str
    value: str | None
    formula: str | None
    struck: Struck | None = None
    drawn: bool = False

    @property
    def is_filled(self) -> bool:
        return bool(self.value) or self.is_bare or self.drawn

    @property
    def is_bare(self) -> bool:
        """A formula without a result; an empty text is a result."""
        return self.formula is not None and not self.value and not (self.kind == "str" and self.value == "")


def rewrite_sheet(xml: bytes, limits: Limits) -> Scan:
    """A worksheet with nothing but its filled cells inside the limits, in order and in the usual way.

    Raises ``ParseError`` when it is not XML, ``ValueError`` when it declares entities.
    """
    kept: dict[Position, _Cell] = {}
    overlay: dict[Position, Raw] = {}
    pictures: dict[Position, Aside] = {}
    beyond: Position | None = None
    for cell in _cells(xml):
        overlay.pop(cell.at, None)
        kept.pop(cell.at, None)
        if not cell.is_filled:
            continue
        if cell.at[0] > limits.rows or cell.at[1] > limits.columns:
            beyond = min(beyond or cell.at, cell.at)
        elif cell.drawn:
            pictures[cell.at] = Aside(cell.at, "picture", "")
        elif (own := _own_value(cell)) is not None:
            overlay[cell.at] = own
        else:
            kept[cell.at] = cell
    width = max((column for _, column in kept), default=0)
    height = max((row for row, _ in kept), default=0)
    outside = address(*beyond) if beyond else ""
    return Scan(_write(kept), width * height, overlay, outside, tuple(pictures.values()))


def _cells(xml: bytes) -> Iterator[_Cell]:
    """The cells in the order of the XML; one without an address follows the one before it."""
    from defusedxml.ElementTree import iterparse

    row = column = 0
    for event, node in iterparse(io.BytesIO(xml), ("start", "end")):
        name = local(node)
        if event == "start" and name == "row":
            row, column = _number(node.get("r")) or row + 1, 0
        elif event == "end" and name == "c":
            row, column = _position(node.get("r", "")) or (row, column + 1)
            yield _cell((row, column), node)
        elif event == "end" and name == "row":
            node.clear()


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else 0


def _position(reference: str) -> Position | None:
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,8})", reference)
    return (int(match[2]), column_number(match[1].upper())) if match else None


def _cell(at: Position, node: Element) -> _Cell:
    children = {local(child): child for child in node}
    kind, style = node.get("t", "n"), node.get("s", "")
    value = children["v"].text or "" if "v" in children else None
    formula = children["f"].text or "" if "f" in children else None
    struck = None
    if "is" in children:  # whatever the cell says of its kind, or stands beside it: this is its text
        kind, text = "inlineStr", parted_text(children["is"])
        value, struck = (text.whole, text) if isinstance(text, Struck) else (text, None)
    elif kind == "inlineStr":
        kind = "str"
    elif value:
        kind, value = _plainly(kind, value)
    drawn = kind == "e" and node.get("vm") is not None and value == "#VALUE!"
    return _Cell(at, kind, style if style.isdecimal() else "", value, formula, struck, drawn)


def _plainly(kind: str, value: str) -> tuple[str, str]:
    """A value as all readers know it: truth values as 1 and 0, numbers without blanks, others as text."""
    if kind == "b":
        return kind, {"true": "1", "false": "0"}.get(value.strip(), value.strip())
    if kind == "n":
        try:
            float(value)
        except ValueError:
            return "str", value
        return kind, value.strip()
    return kind, value


def _own_value(cell: _Cell) -> Raw | None:
    """What is taken from the XML itself; None for what a reader is left to read."""
    if cell.struck is not None:
        return cell.struck
    if cell.is_bare:
        return BareFormula(cell.formula or "")
    if cell.kind == "e":
        return ErrorCell(cell.value or "")
    if cell.kind == "d":
        return _date(cell.value or "")
    return None


def _date(text: str) -> Raw:
    try:
        when = datetime.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text
    return when if when.time() != datetime.time() else when.date()


def _write(cells: Mapping[Position, _Cell]) -> bytes:
    pieces: list[str] = []
    line = 0
    for at in sorted(cells):
        if at[0] != line:
            pieces.append("</row>" if line else "")
            line = at[0]
            pieces.append(f'<row r="{line}">')
        pieces.append(_written(cells[at]))
    pieces.append("</row>" if line else "")
    return _HEAD + "".join(pieces).encode("utf-8") + _FOOT


def _written(cell: _Cell) -> str:
    style = f' s="{cell.style}"' if cell.style else ""
    start = f'<c r="{address(*cell.at)}"{style} t="{escape(cell.kind)}">'
    text = escape(cell.value or "", {"\r": "&#13;"})
    if cell.kind == "inlineStr":
        return f'{start}<is><t xml:space="preserve">{text}</t></is></c>'
    return f"{start}<v>{text}</v></c>"
