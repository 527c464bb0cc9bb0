"""What an agency typed, put back into the cells of a fresh sheet: also what could not be read.

What has no cell there (a row without a known number, a text pasted over several rows, a second row for one
number) is kept beside it, to be quoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uprreport.collect.expected import FREE_TABLES, Expected
from uprreport.collect.submissions import tables_in
from uprreport.files.excel.cells import position
from uprreport.files.excel.table import is_called
from uprreport.files.excel.workbook import Workbook
from uprreport.findings import Finding, Location, Severity
from uprreport.model import BareFormula, Cells, ErrorCell, Filled, Raw, Submission, Value
from uprreport.schema import TabSchema

WITHOUT_A_ROW = frozenset({"number-unknown", "row-duplicate", "paste-spilled"})
"""Findings about rows of Progress that have no place in a fresh sheet, which has one row for each number."""

Line = tuple[str, str, int]
"""A row as it came: file, tab, line."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What an agency sent: its workbooks by file, what was read from them, and what that amounts to."""

    workbooks: Mapping[str, Workbook]
    submissions: Sequence[Submission]
    filled: Filled


@dataclass(frozen=True, slots=True)
class Target:
    """A cell of a fresh sheet: a tab by its schema's name, a row, a column.

    ``row`` is the number of a recommendation on Progress, the index of the row on a table, nothing on Cover.
    """

    tab: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A fresh sheet's cells, and what came: every row as it was typed, and where it stands now.

    ``schema`` is that of Progress. ``tabs`` gives the schema's name by file and tab, ``rows`` the index of
    each line in its table.
    """

    filled: Filled
    schema: TabSchema
    tabs: Mapping[tuple[str, str], str]
    typed: Mapping[Line, Cells]
    rows: Mapping[Line, int]

    def target(self, finding: Finding) -> Target | None:
        """The cell of the fresh sheet that a finding is about; None where there is none."""
        return _target(finding, self.tabs, self.rows)

    def lost(self, finding: Finding) -> Cells:
        """The row that a finding is about, as typed, where it has no place in the fresh sheet."""
        return self.typed.get(line_of(finding.at), {}) if _has_no_row(finding, self.tabs) else {}


def line_of(at: Location) -> Line:
    """The row of a cell; line 0 where no cell is named."""
    return at.file, at.sheet, position(at.cell)[0]


def restore(expected: Expected, returned: Returned, findings: Sequence[Finding]) -> Restored:
    """The cells of a fresh sheet: the answers as read, and beside them what could not be read, as typed."""
    tabs, typed = _as_typed(expected, returned.workbooks)
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    tables = {name: [dict(row) for row in returned.filled.tables.get(name, ())] for name in FREE_TABLES}
    rows = _rows(returned.submissions, tables)
    for line in dict.fromkeys(line_of(finding.at) for finding in wrong):
        tab = tabs.get(line[:2], "")
        if tab in FREE_TABLES and line in typed and line not in rows:
            rows[line] = len(tables[tab])
            tables[tab].append({name: raw for name, raw in typed[line].items() if _can_stand(raw)})
    cover, progress = dict(returned.filled.cover), {n: dict(c) for n, c in returned.filled.progress.items()}
    for finding in wrong:
        raw, target = _raw_at(finding.at, returned.workbooks), _target(finding, tabs, rows)
        if raw is None or target is None or not _can_stand(raw):
            continue
        if target.tab in FREE_TABLES:
            tables[target.tab][int(target.row)].setdefault(target.column, raw)
        else:
            row = progress.setdefault(target.row, {}) if target.tab == "progress" else cover
            row.setdefault(target.column, raw)
    filled = Filled(cover, progress, {name: tuple(table) for name, table in tables.items()})
    return Restored(filled, expected.schema("progress"), tabs, typed, rows)


def _as_typed(
    expected: Expected, workbooks: Mapping[str, Workbook]
) -> tuple[dict[tuple[str, str], str], dict[Line, Cells]]:
    """The schema of each tab that is read, and every filled row of its table as it was typed."""
    tabs: dict[tuple[str, str], str] = {}
    typed: dict[Line, Cells] = {}
    for file, workbook in workbooks.items():
        for grid in workbook.grids:
            if is_called(grid.name, expected.schema("cover").title):
                tabs[file, grid.name] = "cover"
        for name in ("progress", *FREE_TABLES):
            for table in tables_in(workbook, name, file, expected)[0]:
                tabs[file, table.grid.name] = name
                typed |= {(file, place.sheet, place.line): raw for place, raw in table.rows(file)}
    return tabs, typed


def _rows(
    submissions: Sequence[Submission], tables: Mapping[str, Sequence[Mapping[str, Value | Raw]]]
) -> dict[Line, int]:
    """Where each row of the tables that was read stands in the fresh sheet; equal rows are one there."""
    found: dict[Line, int] = {}
    for submission in submissions:
        for name in FREE_TABLES:
            for row in submission.rows.get(name, ()):
                values = dict(row.values)
                if values in tables[name]:
                    found[row.file, row.sheet, row.line] = list(tables[name]).index(values)
    return found


def _raw_at(at: Location, workbooks: Mapping[str, Workbook]) -> Raw | None:
    grids = workbooks[at.file].grids if at.file in workbooks else ()
    grid = next((grid for grid in grids if grid.name == at.sheet), None)
    return grid.cells.get(position(at.cell)) if grid else None


def _can_stand(raw: Value | Raw) -> bool:
    """Whether a cell of the fresh sheet can hold it: an error or a formula's lost result is no answer."""
    return not isinstance(raw, (ErrorCell, BareFormula))


def _target(finding: Finding, tabs: Mapping[tuple[str, str], str], rows: Mapping[Line, int]) -> Target | None:
    at = finding.at
    tab = tabs.get((at.file, at.sheet), "")
    if tab == "cover":
        return Target(tab, "", at.field) if at.field else None
    if tab in FREE_TABLES:
        row = rows.get(line_of(at))
        return None if row is None or not at.field else Target(tab, str(row), at.field)
    if not finding.recommendation or _has_no_row(finding, tabs):
        return None
    return Target("progress", finding.recommendation, at.field or "status")


def _has_no_row(finding: Finding, tabs: Mapping[tuple[str, str], str]) -> bool:
    return finding.code in WITHOUT_A_ROW and tabs.get((finding.at.file, finding.at.sheet)) == "progress"
