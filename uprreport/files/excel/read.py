"""Read a workbook: guarded, bounded, and without losing what quick readers leave out.

See ``docs/decisions/0002-reading-workbooks.md``.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from uprreport.files.excel.guard import DAMAGE, Package, open_package
from uprreport.files.excel.parts import Parts, UnsafeXmlError, custom_properties, read_parts
from uprreport.files.excel.scan import Position, Scan, address, rewrite_sheet, scan_sheet
from uprreport.files.excel.workbook import Grid, Limits, Workbook
from uprreport.findings import Finding, Location
from uprreport.model import Raw

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["address", "read_properties", "read_workbook"]

DENSE_AREA = 2_000_000
"""Cells of the rectangle that the quick reader builds in memory, about 32 bytes each."""

Cells = dict[Position, Raw]


class UnreadableError(Exception):
    """No reader could make anything of the parts; the reason is in words for people."""


def read_workbook(
    path: Path, shown: str, limits: Limits | None = None
) -> tuple[Workbook | None, tuple[Finding, ...]]:
    """The filled cells of every worksheet; or None and what is wrong with the file.

    ``shown`` is the file's name in findings. A finding beside a workbook names a filled cell that lies
    beyond the limits and was not read.
    """
    limits = limits or Limits()
    package, findings = open_package(path, shown, limits)
    if package is None:
        return None, findings
    try:
        return _read(package, shown, limits)
    except UnsafeXmlError:
        problem = "it holds declarations that no office program writes and that are not safe to read"
    except UnreadableError as unreadable:
        problem = str(unreadable)
    except (*DAMAGE, SyntaxError):
        problem = "its contents are damaged"
    return None, (Finding("workbook-unreadable", Location(shown), details={"problem": problem}),)


def read_properties(content: bytes) -> dict[str, str]:
    """The custom document properties of a workbook's bytes as text; none where they cannot be read."""
    try:
        return custom_properties(Package(content))
    except DAMAGE:
        return {}


def _read(package: Package, shown: str, limits: Limits) -> tuple[Workbook | None, tuple[Finding, ...]]:
    parts = read_parts(package)
    if not parts.sheets:
        raise UnreadableError("it has no worksheets")
    scans = tuple(scan_sheet(sheet.xml, limits) for sheet in parts.sheets)
    grids = tuple(
        Grid(sheet.name, sheet.hidden, cells)
        for sheet, cells in zip(parts.sheets, read_cells(parts, scans, limits), strict=True)
    )
    findings = tuple(
        _beyond(shown, sheet.name, scan.beyond, limits)
        for sheet, scan in zip(parts.sheets, scans, strict=True)
        if scan.beyond
    )
    if not any(grid.cells for grid in grids):
        return None, findings or (Finding("workbook-empty", Location(shown)),)
    return Workbook(grids, parts.properties), findings


def _beyond(shown: str, sheet: str, cell: str, limits: Limits) -> Finding:
    problem = (
        f"this cell, and perhaps others, lies beyond the {limits.rows:,} rows and {limits.columns:,} columns"
        " that are read; the rest of the workbook was read"
    )
    return Finding("workbook-unreadable", Location(shown, sheet, cell), details={"problem": problem})


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
        raise UnreadableError("its contents are damaged") from problem


def _from_openpyxl(sheet: Any) -> Iterator[tuple[Position, Raw]]:
    sheet.reset_dimensions()  # some programs announce fewer rows than there are
    for row, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        for column, value in enumerate(cells, 1):
            if isinstance(value, str):
                value = _ESCAPED_RETURN.sub("\r", value)  # noqa: PLW2901  # as the quick reader gives it
            if value is not None and (raw := plain_value(value)) is not None:
                yield (row, column), raw


_ESCAPED_RETURN = re.compile("_x000D_", re.IGNORECASE)


def plain_value(value: object) -> Raw | None:
    """A reader's value as a cell of ours; None for blank text. Spans of time become text, ``26:30:00``."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else value
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value if isinstance(value, (bool, int, float, datetime.date, datetime.time)) else str(value)
