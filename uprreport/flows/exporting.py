"""Companions of the report: the same answers for other readers and other programs."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from uprreport.collect.ledger import count_parts
from uprreport.collect.merge import Merged
from uprreport.files.word.filling import CellText, Filling, fill_tables
from uprreport.files.word.letter import write_letter
from uprreport.files.word.tables import read_tables
from uprreport.findings import Finding, Location, UprReportError
from uprreport.flows.base import Findings, Result, Review, collect, judge, load
from uprreport.flows.exported import drop_stale, write_exports
from uprreport.flows.importing import refuse_other
from uprreport.register.matrix import read_matrix
from uprreport.register.matrix_rows import ASSESSMENT, MatrixRows, match_rows
from uprreport.report.companions.assistance import assistance_page, split_needs
from uprreport.report.companions.document import export_document
from uprreport.report.companions.entries import Entry, make_entries
from uprreport.report.companions.listing import listing_tab, write_csv
from uprreport.report.companions.plan import plan_page, plan_tab, planned, without_action
from uprreport.report.companions.practices import long_practices, practices_page
from uprreport.report.companions.vnr import vnr_page
from uprreport.report.given import Given
from uprreport.review import ReviewFolder
from uprreport.schema import validator
from uprreport.steps import Step


@dataclass(frozen=True, slots=True)
class Opened:
    """A review folder with everything that companions are made of."""

    review: Review
    merged: Merged
    given: Given
    findings: Findings

    @property
    def folder(self) -> ReviewFolder:
        """The review folder."""
        return self.review.folder


@dataclass(frozen=True, slots=True)
class Made:
    """The content of the files of one companion by ending, and what is told of it beside their names."""

    name: str
    files: Mapping[str, bytes]
    told: Mapping[str, Any] = field(default_factory=dict)
    own: Findings = ()


def _open(path: Path, today: datetime.date) -> Opened:
    review = load(path, today)
    merged, findings = judge(review, collect(review))
    folder = review.folder
    given = Given(folder.settings, review.register, merged.records, folder.schema, today)
    return Opened(review, merged, given, findings)


# Where it goes ------------------------------------------------------------------------------------------


def _write(opened: Opened, made: Made, out: Path | None) -> Result:
    """Write the files of a companion: under ``build/exports/``, into the folder ``out``, or as that file."""
    folder = opened.folder
    name = f"{folder.settings.id}-{made.name}"
    written, kept = write_exports(folder, opened.merged, name, made.files, out)
    removed = drop_stale(folder, opened.merged)
    document = {
        "files": [folder.show(path) for path in written],
        **made.told,
        "recommendations": count_parts(opened.given.records),
    }
    findings = (*opened.findings, *made.own)
    step = Step("look through what was written, then send it", "", folder.show(written[0]))
    return Result(document, findings, written, kept, (step,), made.own, removed)


# For programs -------------------------------------------------------------------------------------------


def export_json(path: Path, out: Path | None, today: datetime.date) -> Result:
    """Write the record set as ``schemas/export.schema.json`` describes it."""
    opened = _open(path, today)
    document = export_document(opened.given)
    schema = json.loads(opened.folder.data("schemas", "export.schema.json").read_text(encoding="utf-8"))
    broken = [error.message for error in validator(schema).iter_errors(document)]
    if broken:
        raise AssertionError(f"the export breaks its own schema: {broken[:3]}")
    content = f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()
    return _write(opened, Made("records", {".json": content}), out)


def export_csv(path: Path, out: Path | None, today: datetime.date) -> Result:
    """Write Annex I as .csv."""
    opened = _open(path, today)
    content = write_csv(opened.given, make_entries(opened.given))
    return _write(opened, Made("recommendations", {".csv": content}), out)


def export_xlsx(path: Path, out: Path | None, today: datetime.date) -> Result:
    """Write Annex I as a workbook."""
    opened = _open(path, today)
    content = _workbook(opened, listing_tab(opened.given, make_entries(opened.given)))
    return _write(opened, Made("recommendations", {".xlsx": content}), out)


def _workbook(opened: Opened, *tabs: Any) -> bytes:
    from uprreport.files.excel.write import write_workbook

    properties = {"uprreport review": opened.folder.settings.id}
    is_rtl = opened.given.language.is_rtl
    return write_workbook(tabs, properties=properties, created=opened.given.today, right_to_left=is_rtl)


# OHCHR's list, filled in --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _List:
    """One file that may be the list, and its rows."""

    path: Path
    rows: MatrixRows


def export_matrix(path: Path, file: Path | None, out: Path | None, today: datetime.date) -> Result:
    """Write OHCHR's list back with the level of implementation in its column.

    ``file`` is the list; by default the one in ``sources/`` that has most of the register's recommendations.
    Raises ``UprReportError`` when there is none, several that have as many, or ``file`` is the list of
    another State, cycle or session.
    """
    opened = _open(path, today)
    found = _find_list(opened, file)
    entries = {entry.number: entry for entry in make_entries(opened.given)}
    fillings = [
        Filling(
            table=table.table,
            column=table.column,
            heading=ASSESSMENT,
            headings=table.headings,
            rows={row: _cell(entries[number]) for row, number in table.matched.items()},
        )
        for table in found.rows.tables
    ]
    content = fill_tables(found.path.read_bytes(), fillings)
    shown = opened.folder.show(found.path)
    told = {
        "list": shown,
        "rows": found.rows.rows,
        "headings": found.rows.headings,
        "themes": found.rows.themes,
        "filled": found.rows.matched,
        "unmatched": [{"row": row, "text": text} for row, text in found.rows.unmatched],
        "missing": list(found.rows.missing),
    }
    own = tuple(
        Finding("matrix-row-unread", Location(shown), value=text, details={"row": str(row)})
        for row, text in found.rows.unmatched
    )
    return _write(opened, Made("matrix", {".docx": content}, told, own), out)


def _cell(entry: Entry) -> CellText:
    return CellText(entry.status, entry.assessment)


def _find_list(opened: Opened, file: Path | None) -> _List:
    folder = opened.folder
    paths = [file] if file is not None else sorted(folder.sources.glob("*.docx"))
    if file is not None:
        _refuse_other(opened, file)
    lists = [found for path in paths if (found := _read_list(opened, path)) is not None]
    if not lists:
        where = folder.show(file) if file is not None else "sources/"
        raise UprReportError(
            f"{where} holds no list with recommendations of the register",
            "import OHCHR's list first, or name it: uprreport export matrix FILE",
        )
    most = max(found.rows.matched for found in lists)
    best = [found for found in lists if found.rows.matched == most]
    if len(best) > 1:
        names = ", ".join(folder.show(found.path) for found in best)
        raise UprReportError(
            f"several lists have the same recommendations: {names}",
            f"name the one that is meant: uprreport export matrix {folder.show(best[-1].path)}",
        )
    return best[0]


def _refuse_other(opened: Opened, file: Path) -> None:
    """Raise ``UprReportError`` for the list of another review, unless it was imported all the same."""
    imported = opened.folder.sources.resolve() in file.resolve().parents
    shown = opened.folder.show(file)
    matrix, _ = read_matrix(file, shown)
    if matrix is not None and not imported:
        refuse_other(shown, matrix, opened.folder.settings, "uprreport import --anyway takes this one")


def _read_list(opened: Opened, path: Path) -> _List | None:
    document, _ = read_tables(path, opened.folder.show(path))
    if document is None:
        return None
    items = {item.number: item for item in opened.review.register.recommendations}
    rows = match_rows(document, items)
    return _List(path, rows) if rows.matched else None


# Word documents -----------------------------------------------------------------------------------------


def export_vnr(path: Path, out: Path | None, today: datetime.date) -> Result:
    """Write the extract by goal and target for the Voluntary National Review."""
    opened = _open(path, today)
    page = vnr_page(opened.given, make_entries(opened.given))
    return _write(opened, Made("vnr", {".docx": write_letter(page)}), out)


def export_assistance(path: Path, out: Path | None, today: datetime.date) -> Result:
    """Write the request for assistance to the Voluntary Fund for UPR Implementation."""
    opened = _open(path, today)
    asked, others = split_needs(opened.given)
    told = {"needs": len(asked), "others": len(others)}
    return _write(
        opened, Made("assistance", {".docx": write_letter(assistance_page(opened.given))}, told), out
    )


def export_plan(path: Path, out: Path | None, today: datetime.date) -> Result:
    """Write the implementation plan, as a document and as a workbook."""
    opened = _open(path, today)
    given = opened.given
    files = {".docx": write_letter(plan_page(given)), ".xlsx": _workbook(opened, plan_tab(given))}
    told = {
        "actions": len(planned(given)),
        "without_action": list(without_action(given, make_entries(given))),
    }
    return _write(opened, Made("plan", files, told), out)


def export_practices(path: Path, out: Path | None, today: datetime.date) -> Result:
    """Write the good practices, each on a page of its own."""
    opened = _open(path, today)
    told = {
        "practices": len(opened.given.records.tables.get("practices", ())),
        "long": list(long_practices(opened.given)),
    }
    return _write(opened, Made("practices", {".docx": write_letter(practices_page(opened.given))}, told), out)
