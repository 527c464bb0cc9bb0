"""Read a binary Excel workbook (.xlsb): records one after the other, each with a number and a length.

The layout of the records is that of [MS-XLSB]. The quick reader loses error cells of such a file, and ends
the whole program where one cell stands far from the others. See ``docs/decisions/0010-old-formats.md``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from uprreport.files.excel.cells import Filling, UnreadableError, plain_value
from uprreport.files.excel.dates import as_moment, date_format
from uprreport.files.excel.guard import Package
from uprreport.files.excel.parts import relations
from uprreport.files.excel.workbook import Limits, Span
from uprreport.language import phrase
from uprreport.model import ErrorCell

ERRORS: Mapping[int, str] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Errors by the number that binary formats give them."""

_WORKBOOK_SETTINGS, _SHEET, _TEXT_ITEM, _FORMAT = 153, 156, 19, 44
_CELL_FORMATS, _CELL_FORMATS_END, _CELL_FORMAT = 617, 618, 47
_ROW, _MERGED, _BLANK, _SHORT = 0, 176, 1, range(12, 19)


def read_xlsb(package: Package, limits: Limits) -> tuple[Filling, ...]:
    """The worksheets of an .xlsb package. Raises ``UnreadableError`` or one of ``guard.DAMAGE``."""
    book = _read_book(package)
    sheets = []
    for name, hidden, part in book.sheets:
        sheet = Filling(name, limits, hidden)
        _read_sheet(package.read(part), book, sheet)
        sheets.append(sheet)
    return tuple(sheets)


@dataclass(slots=True)
class _Book:
    """What the cells of all worksheets refer to."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    date_formats: list[str] = field(default_factory=list)
    date1904: bool = False


def _read_book(package: Package) -> _Book:
    book = _Book()
    targets = relations(package, "xl/workbook.bin")
    for kind, body in _records(package.read("xl/workbook.bin")):
        if kind == _WORKBOOK_SETTINGS:
            book.date1904 = bool(_unpack("<I", body, 0) & 1)
        elif kind == _SHEET:
            related, at = _wide_text(body, 8)
            name, _ = _wide_text(body, at)
            what, part = targets.get(related, ("", ""))
            if what == "worksheet":
                book.sheets.append((name, _unpack("<I", body, 0) != 0, part))
    parts = dict(targets.values())  # what a part is, and its name
    book.texts = _texts(package.read(parts.get("sharedStrings", "xl/sharedStrings.bin")))
    book.date_formats = _date_formats(package.read(parts.get("styles", "xl/styles.bin")))
    return book


def _texts(content: bytes) -> list[str]:
    return [_wide_text(body, 1)[0] for kind, body in _records(content) if kind == _TEXT_ITEM]


def _date_formats(content: bytes) -> list[str]:
    """For each style of a cell the format that shows dates, else nothing."""
    formats: dict[int, str] = {}
    styles: list[str] = []
    inside = False
    for kind, body in _records(content):
        if kind == _FORMAT:
            formats[_unpack("<H", body, 0)] = _wide_text(body, 2)[0]
        elif kind in (_CELL_FORMATS, _CELL_FORMATS_END):
            inside = kind == _CELL_FORMATS
        elif kind == _CELL_FORMAT and inside:
            number = _unpack("<H", body, 2)
            styles.append(date_format(number, formats.get(number, "")))
    return styles


# Records ----------------------------------------------------------------------------------------------


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part. Raises ``UnreadableError`` where one is cut off."""
    at, end = 0, len(content)
    while at < end:
        kind, at = _variable(content, at, 2)
        length, at = _variable(content, at, 4)
        if at + length > end:
            raise UnreadableError(phrase("its contents are damaged"))
        yield kind, content[at : at + length]
        at += length


def _variable(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte; a kind of record keeps the mark that more follows, as names of it do."""
    number = 0
    for index in range(most):
        if at >= len(content):
            raise UnreadableError(phrase("its contents are damaged"))
        byte = content[at]
        at += 1
        number |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return number, at


def _unpack(form: str, body: bytes, at: int) -> int:
    if at + struct.calcsize(form) > len(body):
        raise UnreadableError(phrase("its contents are damaged"))
    number: int = struct.unpack_from(form, body, at)[0]
    return number


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; the length of no text is all ones."""
    length = _unpack("<I", body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(body):
        raise UnreadableError(phrase("its contents are damaged"))
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


# Cells ------------------------------------------------------------------------------------------------


def _read_sheet(content: bytes, book: _Book, sheet: Filling) -> None:
    row = column = 0
    merged: list[Span] = []
    for kind, body in _records(content):
        if kind in _SHORT:  # without a column: it is the next one
            kind, body = kind - 11, struct.pack("<I", column) + body  # noqa: PLW2901
        if kind == _ROW:
            row, column = _unpack("<I", body, 0) + 1, 0
        elif kind == _MERGED:
            top, bottom, left, right = (_unpack("<I", body, at) + 1 for at in (0, 4, 8, 12))
            merged.append((top, left, bottom, right))
        elif kind == _BLANK:
            column = _unpack("<I", body, 0) + 1
        elif kind in _VALUES:
            column = _unpack("<I", body, 0) + 1
            sheet.put(row, column, plain_value(_VALUES[kind](body, book)))
    sheet.merged = tuple(merged)


def _number(value: float, body: bytes, book: _Book) -> object:
    style = _unpack("<I", body, 4) & 0xFFFFFF
    code = book.date_formats[style] if style < len(book.date_formats) else ""
    return as_moment(value, code, date1904=book.date1904) if code else value


def _compressed(body: bytes, book: _Book) -> object:
    """A number in four bytes: a whole one, or the upper half of a long one, perhaps times a hundred."""
    packed = _unpack("<i", body, 8)
    value = (
        float(packed >> 2) if packed & 2 else struct.unpack("<d", struct.pack("<q", (packed & ~3) << 32))[0]
    )
    return _number(value / 100 if packed & 1 else value, body, book)


def _long(body: bytes, book: _Book) -> object:
    if len(body) < 16:
        raise UnreadableError(phrase("its contents are damaged"))
    return _number(struct.unpack_from("<d", body, 8)[0], body, book)


def _shared(body: bytes, book: _Book) -> object:
    index = _unpack("<I", body, 8)
    return book.texts[index] if index < len(book.texts) else ""


def _error(body: bytes, _book: _Book) -> object:
    return ErrorCell(ERRORS.get(_unpack("<B", body, 8), "#N/A"))


def _truth(body: bytes, _book: _Book) -> object:
    return bool(_unpack("<B", body, 8))


def _own_text(body: bytes, _book: _Book) -> object:
    return _wide_text(body, 8)[0]


_VALUES: Mapping[int, Callable[[bytes, _Book], object]] = {
    2: _compressed,
    3: _error,
    4: _truth,
    5: _long,
    6: _own_text,
    7: _shared,
    8: _own_text,  # the results of formulas from here on
    9: _long,
    10: _truth,
    11: _error,
    62: _own_text,  # a text with runs of its own
}
