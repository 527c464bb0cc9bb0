"""One cause, one finding: what follows from another finding of the same file is not told beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uprreport.collect.needs import EVIDENCE
from uprreport.files.excel.cells import position
from uprreport.files.excel.table import is_called
from uprreport.findings import Finding, Severity

_OF_A_MISSING_CELL = frozenset({"value-missing", "row-incomplete", "evidence-missing"})
"""Codes that point at a cell which is not filled in; where its column is missing there is no such cell."""

_OF_UNKNOWN_ROWS = frozenset({"number-unknown", "row-missing"})
"""Codes of rows whose number is not known; where the column of numbers is missing they say nothing."""


def without_followers(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of one file, each cause once, in their order.

    A missing column or tab is told where it is missing, not once more for each row that it leaves open. A
    value that cannot be read is told as that, not as missing from what it would have shown.
    """
    columns = {(f.at.sheet, f.at.field) for f in findings if f.code == "column-missing" and f.at.field}
    tabs = {f.details.get("expected", "") for f in findings if f.code in ("sheet-missing", "column-missing")}
    unread = {
        (finding.at.sheet, position(finding.at.cell)[0], finding.at.field)
        for finding in findings
        if finding.severity is Severity.ERROR and finding.at.cell
    }
    return tuple(f for f in findings if not any(_follows(f, columns, tabs, unread)))


def _follows(
    finding: Finding,
    columns: set[tuple[str, str]],
    tabs: set[str],
    unread: set[tuple[str, int, str]],
) -> Iterator[bool]:
    """Whether a finding follows from a missing column or tab, or from a value that cannot be read."""
    code, at = finding.code, finding.at
    line = position(at.cell)[0]
    yield code in _OF_A_MISSING_CELL and (at.sheet, at.field) in columns
    yield code in _OF_UNKNOWN_ROWS and (at.sheet, "number") in columns
    yield code == "approval-missing" and ("Cover" in tabs or (at.sheet, "approved_by") in columns)
    if code == "assistance-undescribed":
        yield "Assistance" in tabs
        yield any(name == "numbers" and is_called(sheet, "Assistance") for sheet, name in columns)
    yield code == "evidence-missing" and any((at.sheet, line, name) in unread for name in EVIDENCE)
    yield code == "row-incomplete" and (at.sheet, line, "status") in unread
