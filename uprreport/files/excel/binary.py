"""Read a binary Excel workbook (.xlsb): records one after the other, each with a number and a length.

The layout of the records is that of [MS-XLSB]. The quick reader loses error cells of such a file, and ends
the whole program where one cell stands far from the others. See ``docs/decisions/0010-old-formats.md``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from uprreport.files.excel.beside import beside_cells, comment_of
from uprreport.files.excel.cells import Filling, Position, UnreadableError, plain_value
from uprreport.files.excel.formats import format_code
from uprreport.files.excel.guard import Package
from uprreport.files.excel.look import all_struck, number_at
from uprreport.files.excel.parts import addresses, relations
from uprreport.files.excel.workbook import Aside, Limits, Span
from uprreport.language import phrase
from uprreport.model import ErrorCell, Struck

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
_CELL_FORMATS, _CELL_FORMATS_END, _CELL_FORMAT, _FONT = 617, 618, 47, 43
_ROW, _MERGED, _BLANK, _SHORT, _RICH_VALUE, _LINK = 0, 176, 1, range(12, 19), 50, 494
_COMMENT, _COMMENT_TEXT, _AUTHOR, _ERROR = 635, 637, 632, 3


def read_xlsb(package: Package, limits: Limits) -> tuple[Filling, ...]:
    """The worksheets of an .xlsb package. Raises ``UnreadableError`` or one of ``guard.DAMAGE``."""
    book = _read_book(package)
    sheets = []
    for name, hidden, part in book.sheets:
        sheet = Filling(name, limits, hidden)
        links = _read_sheet(package.read(part), book, sheet)
        sheet.asides += beside_cells(package, part, b"")
        sheet.asides += [*_comments(package, part), *_links(links, addresses(package, part))]
        sheets.append(sheet)
    return tuple(sheets)


@dataclass(frozen=True, slots=True)
class _Style:
    """The number format of a cell, and whether its letters are struck through."""

    code: str
    struck: bool


@dataclass(slots=True)
class _Book:
    """What the cells of all worksheets refer to."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    texts: list[str | Struck] = field(default_factory=list)
    styles: list[_Style] = field(default_factory=list)
    fonts: list[bool] = field(default_factory=list)
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
    book.fonts, book.styles = _styles(package.read(parts.get("styles", "xl/styles.bin")))
    book.texts = _texts(package.read(parts.get("sharedStrings", "xl/sharedStrings.bin")), book.fonts)
    return book


def _texts(content: bytes, fonts: Sequence[bool]) -> list[str | Struck]:
    return [_rich_text(body, 0, fonts) for kind, body in _records(content) if kind == _TEXT_ITEM]


def _rich_text(body: bytes, at: int, fonts: Sequence[bool], *, struck: bool = False) -> str | Struck:
    """A text with its runs; ``struck`` where its cell is struck through, as its first run is then."""
    text, end = _wide_text(body, at + 1)
    if not _unpack("<B", body, at) & 1:
        return text
    units, count = text.encode("utf-16-le", "surrogatepass"), _unpack("<I", body, end)
    starts, lines = [0], [struck]
    for index in range(min(count, len(body) // 4)):
        start, font = _unpack("<H", body, end + 4 + 4 * index), _unpack("<H", body, end + 6 + 4 * index)
        starts.append(start)
        lines.append(font < len(fonts) and fonts[font])
    ends = [*starts[1:], len(units) // 2]
    runs = [
        (units[2 * start : 2 * stop].decode("utf-16-le", "replace"), line)
        for start, stop, line in zip(starts, ends, lines, strict=True)
        if stop > start
    ]
    return Struck(tuple(runs)) if any(line and run.strip() for run, line in runs) else text


def _styles(content: bytes) -> tuple[list[bool], list[_Style]]:
    """Which fonts have a line through their letters, and the styles of cells."""
    formats: dict[int, str] = {}
    fonts: list[bool] = []
    styles: list[_Style] = []
    inside = False
    for kind, body in _records(content):
        if kind == _FORMAT:
            formats[_unpack("<H", body, 0)] = _wide_text(body, 2)[0]
        elif kind == _FONT:
            fonts.append(bool(_unpack("<H", body, 2) & 8))
        elif kind in (_CELL_FORMATS, _CELL_FORMATS_END):
            inside = kind == _CELL_FORMATS
        elif kind == _CELL_FORMAT and inside:
            number, font = _unpack("<H", body, 2), _unpack("<H", body, 4)
            code = format_code(number, formats.get(number, ""))
            styles.append(_Style(code, font < len(fonts) and fonts[font]))
    return fonts, styles


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


def _read_sheet(content: bytes, book: _Book, sheet: Filling) -> list[bytes]:
    """Fill in a worksheet; the records of its links come back."""
    row = column = 0
    merged: list[Span] = []
    links: list[bytes] = []
    is_rich = False  # a picture, perhaps: the record before the cell says so
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
        elif kind == _LINK:
            links.append(body)
        elif kind in _VALUES:
            column = _unpack("<I", body, 0) + 1
            if kind == _ERROR and is_rich:
                sheet.asides.append(Aside((row, column), "picture", ""))
            else:
                _put(sheet, (row, column), _VALUES[kind](body, book), (_style(body, book), book.date1904))
        is_rich = kind == _RICH_VALUE
    sheet.merged = tuple(merged)
    return links


def _put(sheet: Filling, at: Position, value: object, shown: tuple[_Style, bool]) -> None:
    """Take a cell in as its style shows it; ``shown`` is that, and whether dates count from 1904."""
    style, date1904 = shown
    if isinstance(value, float):
        value, unseen = number_at(at, value, style.code, date1904=date1904)
        sheet.asides += unseen
    plain = plain_value(value) if value is not None else None
    sheet.put(*at, all_struck(plain) if style.struck and plain is not None else plain)


def _style(body: bytes, book: _Book) -> _Style:
    index = _unpack("<I", body, 4) & 0xFFFFFF
    return book.styles[index] if index < len(book.styles) else _Style("", struck=False)


def _compressed(body: bytes, _book: _Book) -> object:
    """A number in four bytes: a whole one, or the upper half of a long one, perhaps times a hundred."""
    packed = _unpack("<i", body, 8)
    value = (
        float(packed >> 2) if packed & 2 else struct.unpack("<d", struct.pack("<q", (packed & ~3) << 32))[0]
    )
    return value / 100 if packed & 1 else value


def _long(body: bytes, _book: _Book) -> object:
    if len(body) < 16:
        raise UnreadableError(phrase("its contents are damaged"))
    number: float = struct.unpack_from("<d", body, 8)[0]
    return number


def _shared(body: bytes, book: _Book) -> object:
    index = _unpack("<I", body, 8)
    return book.texts[index] if index < len(book.texts) else ""


def _error(body: bytes, _book: _Book) -> object:
    return ErrorCell(ERRORS.get(_unpack("<B", body, 8), "#N/A"))


def _truth(body: bytes, _book: _Book) -> object:
    return bool(_unpack("<B", body, 8))


def _own_text(body: bytes, _book: _Book) -> object:
    return _wide_text(body, 8)[0]


def _parted_text(body: bytes, book: _Book) -> object:
    return _rich_text(body, 8, book.fonts, struck=_style(body, book).struck)


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
    62: _parted_text,
}


# What stands at cells ---------------------------------------------------------------------------------


def _comments(package: Package, part: str) -> Iterator[Aside]:
    """The comments of a worksheet; conversations stand in parts that are XML."""
    for kind, name in relations(package, part).values():
        if kind == "comments" and name.endswith(".bin"):
            yield from _comments_in(package.read(name))


def _comments_in(content: bytes) -> Iterator[Aside]:
    authors: list[str] = []
    author, at = "", (0, 0)
    for kind, body in _records(content):
        if kind == _AUTHOR:
            authors.append(_wide_text(body, 0)[0])
        elif kind == _COMMENT:
            index = _unpack("<I", body, 0)
            author = authors[index] if index < len(authors) else ""
            at = (_unpack("<I", body, 4) + 1, _unpack("<I", body, 12) + 1)
        elif kind == _COMMENT_TEXT:
            yield from comment_of(at, _wide_text(body, 1)[0], author)


def _links(records: Sequence[bytes], targets: Mapping[str, str]) -> Iterator[Aside]:
    for body in records:
        target = targets.get(_wide_text(body, 16)[0], "")
        if target:
            yield Aside((_unpack("<I", body, 0) + 1, _unpack("<I", body, 8) + 1), "link", target)
