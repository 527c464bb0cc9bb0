"""Read a workbook of any program: guarded, bounded, and without losing what quick readers leave out.

See ``docs/decisions/0002-reading-workbooks.md`` and ``0010-old-formats.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from uprreport.files.excel.apart import ApartError, ApartSheet, read_apart
from uprreport.files.excel.beside import beside_cells, comment_of, pictures_in
from uprreport.files.excel.binary import ERRORS, read_xlsb
from uprreport.files.excel.cells import Filling, Position, UnreadableError, plain_value, too_many
from uprreport.files.excel.guard import DAMAGE, Opened, Package, open_workbook
from uprreport.files.excel.look import all_struck, look_at, number_at, read_styles
from uprreport.files.excel.ods import ods_properties, read_ods
from uprreport.files.excel.parts import UnsafeXmlError, custom_properties, read_parts
from uprreport.files.excel.readers import read_cells
from uprreport.files.excel.scan import merged_spans, scan_sheet
from uprreport.files.excel.workbook import Aside, Grid, Limits, Workbook
from uprreport.findings import Finding, Location
from uprreport.language import phrase
from uprreport.model import ErrorCell, Shown, Struck
from uprreport.text import clean_text
from uprreport.values import as_text

Findings = tuple[Finding, ...]


def read_workbook(path: Path, shown: str, limits: Limits | None = None) -> tuple[Workbook | None, Findings]:
    """The filled cells of every worksheet; or None and what is wrong with the file.

    ``shown`` is the file's name in findings. A finding beside a workbook names a filled cell that lies
    beyond the limits and was not read.
    """
    limits = limits or Limits()
    opened, findings = open_workbook(path, shown, limits)
    if opened is None:
        return None, findings
    problem: str
    try:
        sheets, properties = _READERS[opened.kind](opened, limits)
        _measure(sheets, limits)
    except UnsafeXmlError:
        problem = phrase("it holds declarations that no office program writes and that are not safe to read")
    except UnreadableError as unreadable:
        problem = unreadable.reason
    except ApartError as failed:
        return None, (_told_apart(failed.reason, Location(shown), limits),)
    except (*DAMAGE, SyntaxError):
        problem = phrase("its contents are damaged")
    else:
        return _workbook(sheets, properties, shown, limits)
    return None, (Finding("workbook-unreadable", Location(shown), details={"problem": problem}),)


def _workbook(
    sheets: Sequence[Filling], properties: dict[str, str], shown: str, limits: Limits
) -> tuple[Workbook | None, Findings]:
    findings = tuple(_beyond(shown, sheet.name, sheet.beyond, limits) for sheet in sheets if sheet.beyond)
    if not sheets:
        details = {"problem": phrase("it has no worksheets")}
        return None, (Finding("workbook-unreadable", Location(shown), details=details),)
    if not any(sheet.cells or sheet.asides for sheet in sheets):
        return None, findings or (Finding("workbook-empty", Location(shown)),)
    grids = tuple(
        Grid(sheet.name, sheet.hidden, sheet.cells, sheet.merged, _in_order(sheet)) for sheet in sheets
    )
    return Workbook(grids, properties), findings


def _in_order(sheet: Filling) -> tuple[Aside, ...]:
    """What stands beside the cells, by place; nothing twice, and nothing that the cell itself says."""
    if not sheet.asides:
        return ()
    texts = {
        at: clean_text(as_text(raw))[0] for at, raw in sheet.cells.items() if isinstance(raw, (str, Shown))
    }
    own = (
        a
        for a in sheet.asides
        if a.at is None or a.kind == "unseen" or texts.get(a.at) != clean_text(a.text)[0]
    )
    return tuple(sorted(dict.fromkeys(own), key=lambda aside: (aside.at or (0, 0), aside.kind, aside.text)))


def _measure(sheets: Sequence[Filling], limits: Limits) -> None:
    """Raises ``UnreadableError`` where the cells hold more than the file: one text may stand in all."""
    if sum(len(sheet.cells) for sheet in sheets) > limits.cells:
        raise UnreadableError(too_many(limits))
    texts = (raw for sheet in sheets for raw in sheet.cells.values() if isinstance(raw, str))
    if sum(map(len, texts)) > limits.unpacked:
        raise UnreadableError(phrase("its cells hold more text than is read; one text stands in very many"))


def read_properties(content: bytes) -> dict[str, str]:
    """The custom document properties of a workbook's bytes as text; none where they cannot be read."""
    try:
        return custom_properties(Package(content))
    except DAMAGE:
        return {}


def _beyond(shown: str, sheet: str, cell: str, limits: Limits) -> Finding:
    problem = phrase(
        "this cell, and perhaps others, lies beyond the {rows} rows and {columns} columns that are read; "
        "the rest of the workbook was read",
        rows=f"{limits.rows:,}",
        columns=str(limits.columns),
    )
    return Finding("workbook-unreadable", Location(shown, sheet, cell), details={"problem": problem})


# Each kind of workbook --------------------------------------------------------------------------------


def _read_xlsx(opened: Opened, limits: Limits) -> tuple[Sequence[Filling], dict[str, str]]:
    parts = read_parts(opened.package)
    scans = tuple(scan_sheet(sheet.xml, limits) for sheet in parts.sheets)
    cells = read_cells(parts, scans, limits) if scans else []
    styles = read_styles(parts.styles)
    sheets = []
    for sheet, scan, found in zip(parts.sheets, scans, cells, strict=True):
        filling = Filling(sheet.name, limits, sheet.hidden, found, merged_spans(sheet.xml), scan.beyond)
        filling.asides += look_at(scan.xml, found, styles, parts.strings, date1904=parts.date1904)
        filling.asides += [
            *scan.asides,
            *pictures_in(found),
            *beside_cells(opened.package, sheet.part, sheet.xml),
        ]
        sheets.append(filling)
    return sheets, dict(parts.properties)


def _read_xlsb(opened: Opened, limits: Limits) -> tuple[Sequence[Filling], dict[str, str]]:
    return read_xlsb(opened.package, limits), custom_properties(opened.package)


def _read_ods(opened: Opened, limits: Limits) -> tuple[Sequence[Filling], dict[str, str]]:
    return read_ods(opened.package, limits), ods_properties(opened.package)


def _read_xls(opened: Opened, limits: Limits) -> tuple[Sequence[Filling], dict[str, str]]:
    """The properties are in a part of their own that is not read: the Cover tab says whose sheet it is."""
    date1904, sheets = read_apart(opened.content, limits.cells)
    return [_from_apart(sheet, limits, date1904=date1904) for sheet in sheets], {}


_READERS = {"xlsx": _read_xlsx, "xlsb": _read_xlsb, "ods": _read_ods, "xls": _read_xls}


def _from_apart(sheet: ApartSheet, limits: Limits, *, date1904: bool) -> Filling:
    merged = tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged)
    filling = Filling(sheet.name, limits, sheet.hidden, merged=merged)
    for row, column, kind, value in sheet.cells:
        at = (row + 1, column + 1)
        if kind == "number":
            number, code, struck = value
            seen, unseen = number_at(at, number, code, date1904=date1904)
            filling.put(*at, all_struck(seen) if struck and seen is not None else seen)
            filling.asides += unseen
        else:
            filling.put(*at, plain_value(_old_value(kind, value)))
    for row, column, kind, text in sheet.asides:
        filling.asides += _old_aside((row + 1, column + 1) if row >= 0 else None, kind, text)
    return filling


def _old_aside(at: Position | None, kind: str, text: str) -> list[Aside]:
    if kind == "comment":
        return comment_of(at, text)
    return [Aside(at, _OLD_KINDS.get(kind, "box"), text)]


_OLD_KINDS: dict[str, Literal["link", "picture", "unseen"]] = {
    "link": "link",
    "picture": "picture",
    "unseen": "unseen",
}


def _old_value(kind: str, value: Any) -> object:
    if kind == "parted":
        return Struck(tuple((text, line) for text, line in value))
    if kind == "error":
        return ErrorCell(ERRORS.get(value, "#N/A"))
    return bool(value) if kind == "bool" else value


def _told_apart(reason: str, at: Location, limits: Limits) -> Finding:
    if reason == "encrypted":
        return Finding("workbook-encrypted", at)
    if reason == "old":
        return Finding(
            "workbook-old-format", at, details={"format": phrase("the format of a very old Excel")}
        )
    cut = phrase("it is cut off or damaged; perhaps it was not copied or downloaded to the end")
    problem = too_many(limits) if reason == "large" else cut
    return Finding("workbook-unreadable", at, details={"problem": problem})
