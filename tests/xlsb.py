"""A small binary Excel workbook (.xlsb) for tests, record by record: [MS-XLSB]. LibreOffice writes none."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

Cell = str | float | int | bool | bytes
"""Bytes are the number of an error; a date is a ``float`` in a cell whose address ends in ``d``."""

_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>
<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/>
<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/></Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(body)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


PLAIN, DATE, PER_CENT, DAY_AND_MONTH, STRUCK = range(5)
"""Styles of cells."""


def xlsb(
    cells: Mapping[tuple[int, int], Cell],
    dates: frozenset[tuple[int, int]] = frozenset(),
    *,
    looks: Mapping[tuple[int, int], int] | None = None,
    comments: Mapping[tuple[int, int], str] | None = None,
    parted: Mapping[str, int] | None = None,
) -> bytes:
    """A workbook with one worksheet called Progress; ``dates`` are cells whose number is shown as a date.

    ``parted`` gives for a text the place from which on it is struck through.
    """
    texts = [value for value in cells.values() if isinstance(value, str)]
    styled = {**dict.fromkeys(dates, DATE), **(looks or {})}
    rows = b""
    for row in sorted({at[0] for at in cells}):
        rows += record(0, struct.pack("<IIHHBI", row - 1, 0, 300, 0, 0, 0))
        for at in sorted(at for at in cells if at[0] == row):
            rows += _cell(at[1] - 1, cells[at], texts, styled.get(at, PLAIN))
    area = struct.pack("<IIII", 0, max(r for r, _ in cells) - 1, 0, max(c for _, c in cells) - 1)
    sheet = record(129) + record(148, area) + record(145) + rows + record(146) + record(130)
    bundle = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Progress"))
    book = record(131) + record(153, bytes(12)) + record(143) + bundle + record(144) + record(132)
    strings = record(159, struct.pack("<II", len(texts), len(texts)))
    strings += b"".join(record(19, _text(text, (parted or {}).get(text, 0))) for text in texts) + record(160)
    styles = record(278) + b"".join(record(43, struct.pack("<HH", 200, line) + bytes(21)) for line in (0, 8))
    formats = ((0, 0), (14, 0), (9, 0), (16, 0), (0, 1))
    styles += record(617, struct.pack("<I", len(formats)))
    for number, font in formats:
        styles += record(47, struct.pack("<HHHHHBBHH", 0xFFFF, number, font, 0, 0, 0, 0, 0, 0))
    styles += record(618) + record(279)
    return _package(book, sheet, strings, styles, _comments(comments) if comments else b"")


def _text(text: str, struck_from: int) -> bytes:
    if not struck_from:
        return b"\0" + wide(text)
    return b"\1" + wide(text) + struct.pack("<IHH", 1, struck_from, 1)


def _comments(comments: Mapping[tuple[int, int], str]) -> bytes:
    told = record(628) + record(630) + record(632, wide("Ann")) + record(631) + record(633)
    for (row, column), text in comments.items():
        place = struct.pack("<IIIII", 0, row - 1, row - 1, column - 1, column - 1)
        told += record(635, place + bytes(16)) + record(637, b"\0" + wide(text)) + record(636)
    return told + record(634) + record(629)


def _cell(column: int, value: Cell, texts: list[str], style: int) -> bytes:
    head = struct.pack("<II", column, style)
    if isinstance(value, str):
        return record(7, head + struct.pack("<I", texts.index(value)))
    if isinstance(value, bytes):
        return record(3, head + value)
    if isinstance(value, bool):
        return record(4, head + bytes([value]))
    if isinstance(value, int):
        return record(2, head + struct.pack("<i", value << 2 | 2))
    return record(5, head + struct.pack("<d", value))


def _package(book: bytes, sheet: bytes, strings: bytes, styles: bytes, comments: bytes) -> bytes:
    def relations(*targets: tuple[str, str]) -> str:
        lines = "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets, 1)
        )
        return (
            f'<Relationships xmlns="{_OFFICE.replace("officeDocument", "package")}">{lines}</Relationships>'
        )

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.bin")))
        own = (("worksheet", "worksheets/sheet1.bin"), ("sharedStrings", "sharedStrings.bin"))
        package.writestr("xl/_rels/workbook.bin.rels", relations(*own, ("styles", "styles.bin")))
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        package.writestr("xl/sharedStrings.bin", strings)
        package.writestr("xl/styles.bin", styles)
        if comments:
            package.writestr("xl/comments1.bin", comments)
            package.writestr(
                "xl/worksheets/_rels/sheet1.bin.rels", relations(("comments", "../comments1.bin"))
            )
    return target.getvalue()
