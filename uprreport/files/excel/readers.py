"""The two readers of Excel's XML workbooks, and the plain copy that they are given.

calamine is quick, openpyxl patient; a property test holds them together.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from uprreport.files.excel.cells import Cells, Position, UnreadableError, plain_value
from uprreport.files.excel.parts import Parts
from uprreport.files.excel.scan import Scan, rewrite_sheet
from uprreport.files.excel.workbook import Limits
from uprreport.language import phrase
from uprreport.model import Raw

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

DENSE_AREA = 2_000_000
"""Cells of the rectangle that the quick reader builds in memory, about 32 bytes each."""


def read_cells(parts: Parts, scans: Sequence[Scan], limits: Limits) -> list[Cells]:
    """The filled cells of each worksheet, by the quick reader where it can, else by the patient one.

    Raises ``UnreadableError`` when neither can.
    """
    quick = None
    if max(scan.area for scan in scans) <= DENSE_AREA:
        quick = read_quickly(plain_copy(parts, [scan.xml for scan in scans]), len(scans))
    if quick is None:
        scans = [rewrite_sheet(sheet.xml, limits) for sheet in parts.sheets]
        quick = read_patiently(plain_copy(parts, [scan.xml for scan in scans]))
    return [{**cells, **scan.overlay} for cells, scan in zip(quick, scans, strict=True)]


# A copy without surprises -----------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def plain_copy(parts: Parts, sheets: Sequence[bytes]) -> bytes:
    """A package of nothing but worksheets (named by their position), texts and styles, not compressed.

    So readers never meet the names, links, drawings and properties at which they stumble, and no entry
    can unpack to more than was measured.
    """
    numbers = range(1, len(sheets) + 1)
    held = {f"xl/worksheets/sheet{n}.xml": xml for n, xml in zip(numbers, sheets, strict=True)}
    kinds = {f"worksheets/sheet{n}.xml": "worksheet" for n in numbers}
    for kind, xml in (("sharedStrings", parts.strings), ("styles", parts.styles)):
        if xml:
            held[f"xl/{kind}.xml"] = xml
            kinds[f"{kind}.xml"] = kind
    held["[Content_Types].xml"] = _content_types(kinds)
    held["_rels/.rels"] = _relationships({"xl/workbook.xml": "officeDocument"})
    held["xl/_rels/workbook.xml.rels"] = _relationships(kinds)
    held["xl/workbook.xml"] = _workbook(len(sheets), parts.date1904)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, xml in held.items():
            archive.writestr(zipfile.ZipInfo(name), xml)
    return target.getvalue()


def _content_types(kinds: dict[str, str]) -> bytes:
    overrides = "".join(
        f"<Override PartName={quoteattr('/xl/' + name)} ContentType={quoteattr(f'{_TYPE}.{kind}+xml')}/>"
        for name, kind in {**kinds, "workbook.xml": "sheet.main"}.items()
    )
    default = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{default}{overrides}</Types>'.encode()


def _relationships(kinds: dict[str, str]) -> bytes:
    nodes = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{name}"/>'
        for n, (name, kind) in enumerate(kinds.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{nodes}</Relationships>'.encode()


def _workbook(count: int, date1904: bool) -> bytes:
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, count + 1))
    settings = f'<workbookPr date1904="{int(date1904)}"/>'
    names = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
    return f"<workbook {names}>{settings}<sheets>{sheets}</sheets></workbook>".encode()


# The two readers --------------------------------------------------------------------------------------


def read_quickly(content: bytes, count: int) -> list[Cells] | None:
    """The filled cells of a plain copy with ``count`` worksheets, by calamine; None when it cannot."""
    from python_calamine import load_workbook

    try:
        book = load_workbook(io.BytesIO(content))
        return [_from_calamine(book.get_sheet_by_index(index)) for index in range(count)]
    except BaseException as problem:  # a panic of Rust code is no Exception
        if isinstance(problem, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        return None


def _from_calamine(sheet: CalamineSheet) -> Cells:
    start = sheet.start  # to_python() leaves out empty leading rows and columns
    if start is None:
        return {}
    top, left = start[0] + 1, start[1] + 1
    rows = sheet.to_python()
    return {
        (row, column): raw
        for row, cells in enumerate(rows, top)
        for column, value in enumerate(cells, left)
        if value != "" and (raw := plain_value(value)) is not None
    }


def read_patiently(content: bytes) -> list[Cells]:
    """The filled cells of a plain copy, row by row, by openpyxl. Raises ``UnreadableError``."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl warns of is left out of a plain copy
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return [dict(_from_openpyxl(sheet)) for sheet in book.worksheets]
    except Exception as problem:  # on odd files openpyxl fails with whatever it meets
        raise UnreadableError(phrase("its contents are damaged")) from problem


def _from_openpyxl(sheet: Any) -> Iterator[tuple[Position, Raw]]:
    sheet.reset_dimensions()  # some programs announce fewer rows than there are
    for row, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        for column, value in enumerate(cells, 1):
            if isinstance(value, str):
                value = _ESCAPED_RETURN.sub("\r", value)  # noqa: PLW2901  # as the quick reader gives it
            if value is not None and (raw := plain_value(value)) is not None:
                yield (row, column), raw


_ESCAPED_RETURN = re.compile("_x000D_", re.IGNORECASE)
