"""The rules across cells, rows and tabs of one submission: small functions in two tuples.

What one cell or row must be stands in the schemas; here is what they cannot say. A rule takes a checked
row (or a whole submission) and what is expected, and gives findings.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from uprreport.collect.combine import is_answer
from uprreport.collect.expected import Expected
from uprreport.collect.needs import EVIDENCE
from uprreport.collect.plausible import check_cited, check_dates
from uprreport.findings import Finding
from uprreport.language import label, listed, phrase
from uprreport.model import Row, Submission
from uprreport.schema import nearest
from uprreport.text import words

RowRule = Callable[[Row, Expected], Iterator[Finding]]
SubmissionRule = Callable[[Submission, Expected], Iterator[Finding]]


def check_submission(submission: Submission, expected: Expected) -> tuple[Finding, ...]:
    """Everything that the rules find in one submission, row by row, then as a whole."""
    rows = [row for tab in submission.rows.values() for row in tab]
    found = [finding for row in rows for rule in ROW_RULES for finding in rule(row, expected)]
    found += [finding for rule in SUBMISSION_RULES for finding in rule(submission, expected)]
    return tuple(_of_agency(finding, submission.agency) for finding in found)


def _of_agency(finding: Finding, agency: str) -> Finding:
    return finding if finding.agency else replace(finding, agency=agency)


def _at(code: str, row: Row, name: str, expected: Expected, **details: str) -> Finding:
    heading = expected.schema(row.tab).heading(name)
    number = row.text("number")
    return Finding(code, row.at(name), "", number, row.text(name), heading, details)


# Rules of one row -------------------------------------------------------------------------------------


def check_end_before_start(row: Row, expected: Expected) -> Iterator[Finding]:
    """The end of a measure is not before its start."""
    start, end = row.values.get("start"), row.values.get("end")
    if isinstance(start, datetime.date) and isinstance(end, datetime.date) and end < start:
        yield _at("end-before-start", row, "end", expected, start=start.isoformat())


def check_period(row: Row, expected: Expected) -> Iterator[Finding]:
    """What is reported falls into the report's period, at least in part.

    A measure may have begun long before the review and still run, so only an end before the period and a
    start after the cut-off are told. ``expected`` and the plans on other tabs lie in the future.
    """
    settings = expected.settings
    if row.tab != "progress" or row.values.get("status") == "planned":
        return
    first, last = settings.period_start, settings.cut_off
    words_of = {"from": str(first or "…"), "to": str(last or "…")}
    start, end = row.values.get("start"), row.values.get("end")
    if first and isinstance(end, datetime.date) and end < first:
        yield _at("date-outside-period", row, "end", expected, **words_of)
    if last and isinstance(start, datetime.date) and start > last:
        yield _at("date-outside-period", row, "start", expected, **words_of)


def check_expected(row: Row, expected: Expected) -> Iterator[Finding]:
    """Nothing is expected any more of what is implemented, nor of what is reported as not planned."""
    due, status = row.values.get("expected"), row.text("status")
    told = min(day for day in (expected.settings.cut_off, expected.today) if day)
    if status in ("implemented", "not implemented") and isinstance(due, datetime.date) and due > told:
        shown = label(expected.schema(row.tab).column("status").label(status))
        yield _at("expected-against-status", row, "expected", expected, status=shown)


def check_evidence(row: Row, expected: Expected) -> Iterator[Finding]:
    """What is reported as implemented names an act, an end date or a link."""
    if row.values.get("status") == "implemented" and not any(row.values.get(name) for name in EVIDENCE):
        yield _at("evidence-missing", row, "legal_act", expected)


def check_incomplete(row: Row, expected: Expected) -> Iterator[Finding]:
    """Details of a measure belong to an answer: a status, or text in measures, challenges or next steps."""
    if row.tab != "progress" or is_answer(row.values) or row.text("not_ours") == "yes":
        return
    details = _DETAILS - ({"assistance_needed"} if row.text("assistance_needed") == "no" else set())
    named = [c.title for c in expected.schema("progress").columns if c.name in details & set(row.values)]
    if named:
        yield _at("row-incomplete", row, "status", expected, columns=listed(label(title) for title in named))


_DETAILS = {
    *("start", "end", "legal_act", "link", "indicator", "indicator_value", "indicator_year"),
    *("indicator_source", "budget", "challenge_type", "expected", "assistance_needed", "consulted"),
}
"""Columns that say nothing without an answer; a correction of targets or a remark stands for itself, and a
currency or a "no" is often filled in down the whole column."""


def check_length(row: Row, expected: Expected) -> Iterator[Finding]:
    """A text keeps to the word limit of its column."""
    for column in expected.schema(row.tab).columns:
        if column.max_words is None or column.name not in row.values:
            continue
        count = words(row.text(column.name))
        if count > column.max_words:
            yield _at(
                "value-too-long", row, column.name, expected, count=str(count), limit=str(column.max_words)
            )


def check_references(row: Row, expected: Expected) -> Iterator[Finding]:
    """Numbers that a row refers to stand in the register."""
    for number in row.texts("numbers"):
        if number not in expected.items:
            at = row.at("numbers")
            details = {"example": expected.example_number}
            yield Finding("reference-unknown", at, "", "", number, "Recommendations", details)


ROW_RULES: tuple[RowRule, ...] = (
    check_end_before_start,
    check_period,
    check_expected,
    check_evidence,
    check_length,
    check_references,
    check_incomplete,
    check_dates,
    check_cited,
)


# Rules of a whole submission --------------------------------------------------------------------------


def check_assigned_rows(submission: Submission, expected: Expected) -> Iterator[Finding]:
    """An agency answers what it was assigned; another answer waits for a decision, and is told.

    A row that only says "not ours" is right where the recommendation has gone to another agency. Where
    all rows seem to be another agency's, that is told once.
    """
    other = _whose_rows(submission, expected)
    for row in submission.rows["progress"]:
        agencies = expected.asked[row.text("number")]
        disowned = row.text("not_ours") == "yes" and not is_answer(row.values)
        if submission.agency not in agencies and not disowned and (not other or other not in agencies):
            yield _at("row-not-assigned", row, "number", expected)


MOSTLY = 0.8
"""The share of answered rows from which a sheet seems to be another agency's; three rows at least."""


def check_whose_sheet(submission: Submission, expected: Expected) -> Iterator[Finding]:
    """A sheet whose rows or name are those of another agency was perhaps sent under the wrong name."""
    other = _whose_rows(submission, expected)
    reason = phrase("most of the rows answered here are assigned to {other}", other=other)
    if not other:
        other = _whose_name(submission, expected)
        reason = phrase("the name of the file is that of the sheet of {other}", other=other)
    if other:
        details = {"other": other, "named": submission.agency, "reason": reason}
        at = submission.cover.at("agency")
        yield Finding("agency-doubtful", at, "", "", submission.agency, "Agency", details)


def _whose_rows(submission: Submission, expected: Expected) -> str:
    """The agency to which nearly all answered rows are assigned, and none to the sheet's own; or nothing."""
    items = [expected.items[r.text("number")] for r in submission.rows["progress"] if is_answer(r.values)]
    if len(items) < 3 or any(submission.agency in item.agencies for item in items):
        return ""
    counts = Counter(agency for item in items for agency in item.agencies)
    other, count = counts.most_common(1)[0] if counts else ("", 0)
    return other if count >= MOSTLY * len(items) else ""


def _whose_name(submission: Submission, expected: Expected) -> str:
    """The agency whose sheet has the name of this file, as sheets are sent (``moh-r1``); or nothing."""
    name = submission.file.rpartition("/")[2].lower()
    named = [a.id for a in expected.register.agencies if re.match(rf"{re.escape(a.id)}-r\d", name)]
    return "" if submission.agency in named else next(iter(named), "")


def check_suggested_agency(submission: Submission, expected: Expected) -> Iterator[Finding]:
    """The agency that should answer instead stands in the register."""
    known = [agency.id for agency in expected.register.agencies]
    for row in submission.rows["progress"]:
        suggested = row.text("suggested_agency")
        if suggested and suggested not in known:
            yield _at("agency-unknown", row, "suggested_agency", expected, near=nearest(suggested, known))


def check_assistance(submission: Submission, expected: Expected) -> Iterator[Finding]:
    """A need for assistance is described on the tab Assistance."""
    described = {number for row in submission.rows["assistance"] for number in row.texts("numbers")}
    for row in submission.rows["progress"]:
        number = row.text("number")
        if row.values.get("assistance_needed") == "yes" and number not in described:
            finding = _at("assistance-undescribed", row, "assistance_needed", expected)
            yield Finding(finding.code, finding.at, "", number, number, finding.heading)


def check_approval(submission: Submission, expected: Expected) -> Iterator[Finding]:
    """Answers are approved by somebody who is named, or come from an official letter."""
    cover = submission.cover
    if submission.rows["progress"] and not (cover.text("approved_by") or cover.text("on_behalf")):
        yield _at("approval-missing", submission.cover, "approved_by", expected)


SUBMISSION_RULES: tuple[SubmissionRule, ...] = (
    check_assigned_rows,
    check_whose_sheet,
    check_suggested_agency,
    check_assistance,
    check_approval,
)
