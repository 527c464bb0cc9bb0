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


def xlsb(cells: Mapping[tuple[int, int], Cell], dates: frozenset[tuple[int, int]] = frozenset()) -> bytes:
    """A workbook with one worksheet called Progress; ``dates`` are cells whose number is shown as a date."""
    texts = [value for value in cells.values() if isinstance(value, str)]
    rows = b""
    for row in sorted({at[0] for at in cells}):
        rows += record(0, struct.pack("<IIHHBI", row - 1, 0, 300, 0, 0, 0))
        for at in sorted(at for at in cells if at[0] == row):
            rows += _cell(at[1] - 1, cells[at], texts, 1 if at in dates else 0)
    area = struct.pack("<IIII", 0, max(r for r, _ in cells) - 1, 0, max(c for _, c in cells) - 1)
    sheet = record(129) + record(148, area) + record(145) + rows + record(146) + record(130)
    bundle = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Progress"))
    book = record(131) + record(153, bytes(12)) + record(143) + bundle + record(144) + record(132)
    strings = record(159, struct.pack("<II", len(texts), len(texts)))
    strings += b"".join(record(19, b"\0" + wide(text)) for text in texts) + record(160)
    plain, dated = (struct.pack("<HHHHHBBHH", 0xFFFF, number, 0, 0, 0, 0, 0, 0, 0) for number in (0, 14))
    styles = record(278) + record(617, struct.pack("<I", 2)) + record(47, plain) + record(47, dated)
    styles += record(618) + record(279)
    return _package(book, sheet, strings, styles)


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


def _package(book: bytes, sheet: bytes, strings: bytes, styles: bytes) -> bytes:
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
    return target.getvalue()
