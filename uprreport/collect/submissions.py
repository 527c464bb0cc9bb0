"""From a workbook that came back to a submission: whose it is, its tabs, its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from uprreport.collect.combine import without_doubt
from uprreport.collect.computed import is_computed
from uprreport.collect.expected import FREE_TABLES, TEMPLATE_VERSION, Expected
from uprreport.collect.progress import in_doubt, read_progress
from uprreport.collect.stray import check_asides, check_table, check_tabs
from uprreport.files.excel.cells import address
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.table import Table, find_table, heading_names, is_called, name_of
from uprreport.files.excel.workbook import Grid, Workbook
from uprreport.findings import Finding, Location, Severity, has_errors
from uprreport.language import label, phrase
from uprreport.model import Raw, Row, Submission, id_beside
from uprreport.schema import RowPlace, TabSchema, nearest, read_row
from uprreport.text import fold
from uprreport.values import as_text, is_blank

Findings = tuple[Finding, ...]

IDENTITY = ("review", "agency", "round", "template_version")
"""What says whose sheet this is: on the Cover tab, and among the properties inside the file."""


def read_submission(path: Path, shown: str, expected: Expected) -> tuple[Submission | None, Findings]:
    """Read and check one workbook; ``shown`` names it in findings.

    None when it cannot be read, or is not a progress sheet of this review and of a known agency.
    """
    workbook, unreadable = read_workbook(path, shown)
    if workbook is None:
        return None, unreadable
    cover, cover_findings = _read_cover(workbook, shown, expected)
    found, identity_findings = _identify(workbook, cover, shown, expected)
    if found is None:
        about = [f for f in cover_findings if f.at.field in IDENTITY and has_errors([f])]
        return None, (*unreadable, *_without_echo(identity_findings, about, expected))
    agency, digits = found["agency"], found["round"]
    round_number = int(digits) if re.fullmatch("[1-9][0-9]{0,3}", digits) else 1
    rows, findings = _read_tabs(workbook, shown, agency, expected)
    version = found["template_version"]
    if version != TEMPLATE_VERSION:
        older = _of_older_version(findings, cover, version, agency)
        if older.severity is Severity.ERROR:
            return None, (*unreadable, *identity_findings, older)
        findings = (older, *findings)
    edition, unit = _edition(workbook)
    if unit:  # the agency's other rows are in the parts of its other departments
        findings = tuple(finding for finding in findings if finding.code != "row-missing")
    submission = Submission(
        shown, expected.settings.id, agency, round_number, TEMPLATE_VERSION, cover, rows, edition, unit
    )
    told = (*unreadable, *identity_findings, *cover_findings, *findings)
    return submission, tuple(_with_agency(finding, agency) for finding in told)


def _with_agency(finding: Finding, agency: str) -> Finding:
    return finding if finding.agency else replace(finding, agency=agency)


# Whose it is ------------------------------------------------------------------------------------------


def _read_cover(workbook: Workbook, shown: str, expected: Expected) -> tuple[Row, Findings]:
    """The Cover tab: each label with the value to its right; a missing tab is an empty row and a finding."""
    schema = expected.schema("cover")
    grid = _grid(workbook, schema.title)
    if grid is None:
        row = without_doubt(Row("cover", shown, schema.title, 0, {}, {}), (), "publication_all")
        return row, (Finding("sheet-missing", Location(shown), details={"expected": label(schema.title)}),)
    labels = heading_names(schema)
    raw: dict[str, Raw] = {}
    cells: dict[str, str] = {}
    for (line, column), told in sorted(grid.cells.items(), key=lambda cell: cell[0]):
        name = name_of(labels, told) if isinstance(told, str) else ""
        if name and name not in cells:
            cells[name] = address(line, column + 1)
            if (line, column + 1) in grid.cells:
                raw[name] = grid.cells[line, column + 1]
    raw |= {name: _id_of(as_text(raw[name]), name, expected) for name in _IN_WORDS if name in raw}
    row, findings = read_row(schema, RowPlace(shown, grid.name, 0, cells), raw)
    doubted = [finding for finding in findings if finding.at.field == "publication_all"]
    return (without_doubt(row, doubted, "publication_all") if doubted else row), findings


_IN_WORDS = ("review", "agency", "language")
"""Cells of Cover that show in words what the tool knows by an id."""


def _id_of(typed: str, name: str, expected: Expected) -> str:
    """The id that a cell of Cover shows in words, or of an agency by its name; else what was typed.

    Ids are small letters, whatever an office program made of the first one.
    """
    meant = expected.register.agency_meant(typed) if name == "agency" else None
    return meant.id if meant else (id_beside(typed) or typed).lower()


def _identify(
    workbook: Workbook, cover: Row, shown: str, expected: Expected
) -> tuple[dict[str, str] | None, Findings]:
    """Review, agency, round and version, from the properties inside the file and the Cover tab.

    These must agree. Either may be gone: some programs drop properties, some people delete tabs.
    """
    found: dict[str, str] = {}
    for name in IDENTITY:
        inside = workbook.properties.get(f"uprreport {name.replace('_', ' ')}", "").strip()
        typed = cover.text(name).strip()
        if inside and typed and fold(inside) != fold(typed):
            words = {"typed": typed, "inside": inside, "cell": cover.at(name).cell}
            problem = phrase("the Cover tab names {typed}, the file itself {inside} ({cell})", **words)
            return None, (_wrong(shown, cover, name, problem),)
        found[name] = inside or typed
    finding = _identity_problem(found, cover, shown, expected)
    if finding is not None:
        return None, (finding,)
    return found, ()


def _without_echo(found: Findings, about: Sequence[Finding], expected: Expected) -> Findings:
    """What is wrong with the identity, told once: an agency that could not be read is no missing one."""
    at = {finding.at.field for finding in about}
    kept = (finding for finding in found if finding.at.field not in at)
    known = [word for agency in expected.register.agencies for word in (agency.id, agency.name)]
    told = (
        replace(f, code="agency-unknown", details={"near": nearest(f.value, known)})
        if f.at.field == "agency"
        else f
        for f in about
    )
    return (*kept, *told)


def _edition(workbook: Workbook) -> tuple[int, str]:
    """What the sheet was made from and for; only the properties say it, so a sheet without is a first one."""
    typed = workbook.properties.get("uprreport edition", "").strip()
    edition = int(typed) if re.fullmatch("[1-9][0-9]{0,3}", typed) else 0
    return edition, workbook.properties.get("uprreport unit", "").strip()


def _identity_problem(found: Mapping[str, str], cover: Row, shown: str, expected: Expected) -> Finding | None:
    if not found["review"] and not found["agency"]:
        return _wrong(shown, cover, "review", phrase("it names no review and no agency"))
    if not found["agency"]:
        return _wrong(shown, cover, "agency", phrase("it names no agency"))
    if found["review"] != expected.settings.id:
        words = {"other": found["review"] or phrase("(none named)"), "review": expected.settings.id}
        problem = phrase("it belongs to the review {other}, not to {review}", **words)
        return _wrong(shown, cover, "review", problem)
    if expected.register.agency(found["agency"]) is None:
        near = nearest(found["agency"], (agency.id for agency in expected.register.agencies))
        at = cover.at("agency")
        return Finding("agency-unknown", at, value=found["agency"], heading="Agency", details={"near": near})
    if not _may_be_read(found["template_version"]):
        details = {"expected": TEMPLATE_VERSION, "agency": found["agency"]}
        value = found["template_version"] or phrase("(none named)")
        return Finding("version-unsupported", cover.at("template_version"), value=value, details=details)
    return None


def _may_be_read(version: str) -> bool:
    """Whether sheets of a template's version can be read: of this one, and of earlier ones that map."""
    return version == TEMPLATE_VERSION or (version.isdigit() and int(version) < int(TEMPLATE_VERSION))


def _of_older_version(findings: Findings, cover: Row, version: str, agency: str) -> Finding:
    """A note where every tab and column of today was found in an older sheet; an error where one was not."""
    is_whole = not any(finding.code in ("sheet-missing", "column-missing") for finding in findings)
    code = "version-older" if is_whole else "version-unsupported"
    details = {"expected": TEMPLATE_VERSION, "agency": agency}
    return Finding(code, cover.at("template_version"), agency, value=version, details=details)


def _wrong(shown: str, cover: Row, name: str, problem: str) -> Finding:
    at = cover.at(name) if name in cover.cells else Location(shown)
    return Finding("workbook-wrong", at, details={"problem": problem})


# Its tabs ---------------------------------------------------------------------------------------------


def _read_tabs(
    workbook: Workbook, shown: str, agency: str, expected: Expected
) -> tuple[dict[str, tuple[Row, ...]], Findings]:
    rows: dict[str, tuple[Row, ...]] = {}
    findings: list[Finding] = []
    read: list[str] = []
    for name in ("progress", *FREE_TABLES):
        tables, missing = tables_in(workbook, name, shown, expected)
        findings += missing
        read += [table.grid.name for table in tables]
        rows[name] = ()
        if not tables:
            continue
        for table in tables:
            findings += [*_heading_findings(table, shown), *check_table(table, shown)]
            findings += check_asides(table.grid, shown, table, expected.items)
        if name == "progress":
            rows[name], found = read_progress(tables, shown, agency, expected)
            findings += found
            continue
        for table in tables:
            more, found = _read_free_table(table, shown, agency, expected)
            rows[name] += more
            findings += found
    findings += check_tabs(workbook.grids, read, shown, expected)
    told = {*read, *(finding.at.sheet for finding in findings if finding.code == "tab-unknown")}
    for grid in workbook.grids:
        if grid.name not in told and not grid.hidden:
            findings += check_asides(grid, shown)
    return rows, tuple(findings)


def tables_in(workbook: Workbook, name: str, shown: str, expected: Expected) -> tuple[list[Table], Findings]:
    """The table of a tab, and those of tabs that are its copies or were renamed: nothing is lost there."""
    schema = expected.schema(name)
    own = _grid(workbook, schema.title)
    titles = [expected.schema(tab).title for tab in ("cover", "progress", *FREE_TABLES)]
    others = [g for g in workbook.grids if not any(is_called(g.name, title) for title in titles)]
    found = [find_table(grid, schema) for grid in ([own] if own else [])]
    copies = [t for grid in others if (t := find_table(grid, schema)) is not None and _is_whole(t)]
    tables = [table for table in (*found, *copies) if table is not None]
    if tables:
        return tables, ()
    at = Location(shown, own.name if own else "")
    if own is None:
        return [], (Finding("sheet-missing", at, details={"expected": label(schema.title)}),)
    return [], (Finding("column-missing", at, details={"expected": label(schema.columns[0].title)}),)


def _is_whole(table: Table) -> bool:
    """Whether nearly all of a tab's open columns are there: other tabs share some of them."""
    names = {column.name for column in table.schema.columns if not column.locked}
    return len(names & set(table.columns)) >= 0.8 * len(names)


def _grid(workbook: Workbook, title: str) -> Grid | None:
    return next((grid for grid in workbook.grids if is_called(grid.name, title)), None)


def _heading_findings(table: Table, shown: str) -> Iterator[Finding]:
    """Missing columns, each at the heading that is most like it; and further ones that hold anything."""
    told: set[int] = set()
    for name in table.missing:
        column = table.schema.column(name)
        if column.locked and name != "number":
            continue  # the register knows what stood there
        position = table.place_of_missing(name)
        told.add(position)
        at = Location(shown, table.grid.name, table.heading_cell(position or 1), name)
        details = {"expected": label(column.title), "near": table.near_missing(name)}
        yield Finding("column-missing", at, heading=column.title, details=details)
    missing = [table.schema.heading(name) for name in table.missing]
    for position, text in table.unknown.items():
        if position not in told and table.filled_below(position) and not is_computed(text):
            at = Location(shown, table.grid.name, table.heading_cell(position))
            near = nearest(text, missing)
            if table.is_repeated(position):
                near = phrase("; this heading stands twice, and the first column was read")
            yield Finding("column-unknown", at, value=text, details={"near": near})


def _read_free_table(
    table: Table, shown: str, agency: str, expected: Expected
) -> tuple[tuple[Row, ...], Findings]:
    schema = table.schema
    publishes = any(column.name == "publication" for column in schema.columns)
    rows: list[Row] = []
    findings: list[Finding] = []
    for place, raw in table.rows(shown, agency):
        if {name for name in raw if not is_blank(schema.column(name), raw[name])} <= {"publication"}:
            continue  # blank, or filled in down the whole column beside nothing
        row, found = _read_free_row(schema, place, raw, expected)
        findings += found
        if row.values and not (has_errors(found) and not _identifiable(row)):
            rows.append(without_doubt(row, found) if publishes else row)
    return tuple(rows), tuple(findings)


def _read_free_row(
    schema: TabSchema, place: RowPlace, raw: Mapping[str, Raw], expected: Expected
) -> tuple[Row, Findings]:
    """One row; a number of a recommendation that an office program made a number of is not guessed at."""
    number = raw.get("numbers", "")
    doubt = "" if isinstance(number, str) else in_doubt(as_text(number), expected)
    if not doubt:
        return read_row(schema, place, raw)
    row, found = read_row(schema, place, {name: value for name, value in raw.items() if name != "numbers"})
    at, heading = place.at("numbers"), schema.heading("numbers")
    details = {"example": expected.example_number, "value": doubt}
    unknown = Finding("number-unknown", at, place.agency, "", as_text(number), heading, details)
    return row, (unknown, *(finding for finding in found if finding.at.field != "numbers"))


def _identifiable(row: Row) -> bool:
    """Whether a row of a free table still says what it is about once its bad values are left out."""
    return any(isinstance(value, str) and len(value.split()) > 1 for value in row.values.values())
