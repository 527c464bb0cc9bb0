"""What may be printed: rows become records, and what is not public ends here.

A row is printed only when its own Publication, else its sheet's, else the review's default says *public*,
or the coordinator cleared it. Remarks are never part of a record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from uprreport.collect.combine import NEVER_PRINTED, Combined, most_careful
from uprreport.collect.decisions import Decisions
from uprreport.collect.expected import FREE_TABLES, REST, Expected
from uprreport.collect.questions import clearance_question
from uprreport.findings import Finding
from uprreport.language import phrase
from uprreport.model import Decision, Question, Record, Role, Row, Source, Submission, Value


@dataclass(frozen=True, slots=True)
class Published:
    """What became of some rows: records, or questions and notes where they are withheld."""

    records: tuple[Record, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    withheld: tuple[str, ...] = ()


def publish_answer(combined: Combined, role: Role, expected: Expected, decisions: Decisions) -> Published:
    """One agency's answer as a record, or nothing but its number when it is not for publication."""
    first = combined.origin[next(iter(combined.origin))]
    record = Record(
        "progress",
        combined.agency,
        combined.number,
        {name: value for name, value in combined.values.items() if name not in NEVER_PRINTED},
        (
            *(_source(combined.agency, row, n) for n, row in _origins(combined) if n not in NEVER_PRINTED),
            *combined.decided,
        ),
        role,
    )
    question = clearance_question(combined.number, record, first, expected.schema("progress"))
    return _publish(record, combined.publication, question, first, decisions)


def _origins(combined: Combined) -> Iterator[tuple[str, Row]]:
    """Every field with the row that gave it; a text that stands in dispute comes from several."""
    for name, row in combined.origin.items():
        yield name, row
        if name in combined.disputed:
            yield from ((name, r.row) for r in combined.rivals if name in r.row.values and r.row is not row)


def _source(agency: str, row: Row, name: str) -> Source:
    return Source(row.file, row.sheet, row.cells.get(name, ""), agency, name)


_REASONS = {"internal": phrase("internal"), "needs clearance": phrase("needs clearance")}


def _publish(
    record: Record, publication: str, question: Question, row: Row, decisions: Decisions
) -> Published:
    if publication == "public":
        return Published((record,))
    asked = (question,) if publication == "needs clearance" else ()
    decision = decisions.on(question) if asked else None
    if decision is not None and decision.decision == "public":
        return Published((edited_record(record, decision),), asked)
    number = record.number or question.number
    reason = phrase("cleared as internal") if decision is not None else _REASONS.get(publication, publication)
    told = record.number or phrase("row {line} of {tab}", line=str(row.line), tab=row.sheet)
    note = Finding(
        "publication-withheld", row.at("publication"), record.agency, record.number, number, "Publication",
        {"reason": reason, "value": told},
    )  # fmt: skip
    return Published((), asked, (note,), (number,))


_MAIN_TEXT = {
    "progress": "measures",
    "assistance": "description",
    "actions": "action",
    "practices": "practice",
    "consultations": "outcome",
}
_BESIDE_AN_EDITED_TEXT = ("numbers", "status", "kind", "date")


def edited_record(record: Record, decision: Decision) -> Record:
    """The record with the coordinator's own wording, when there is one: it replaces all of its texts."""
    if not decision.edited_text:
        return record
    kept = {name: value for name, value in record.fields.items() if name in _BESIDE_AN_EDITED_TEXT}
    name = _MAIN_TEXT[record.tab]
    fields: dict[str, Value] = {**kept, name: decision.edited_text}
    sources = tuple(source for source in record.sources if source.field in fields)
    own = decision.sources(name, record.agency)
    return Record(record.tab, record.agency, record.number, fields, (*sources, *own), record.role)


# Tables to which agencies add rows ------------------------------------------------------------------


@dataclass(slots=True)
class _Tables:
    records: dict[str, list[Record]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    withheld: dict[str, int] = field(default_factory=dict)


def publish_free_rows(
    submissions: Sequence[Submission], expected: Expected, decisions: Decisions
) -> tuple[Mapping[str, tuple[Record, ...]], Published, Mapping[str, int]]:
    """The rows of Assistance, Actions, Practices and Consultations: records by tab, the rest, and counts.

    Of one agency's submissions the highest round with rows in a tab counts, and in it the latest edition and
    what departments sent along with it or later; equal copies are one.
    """
    out = _Tables({name: [] for name in FREE_TABLES})
    for agency in sorted({submission.agency for submission in submissions}):
        own = [submission for submission in submissions if submission.agency == agency]
        for name in FREE_TABLES:
            for row, publication in counting_rows(own, name):
                _publish_free_row(out, agency, row, publication, (expected, decisions))
    records = {name: tuple(found) for name, found in out.records.items()}
    rest = Published((), tuple(out.questions), tuple(out.findings))
    return records, rest, out.withheld


def counting_rows(submissions: Sequence[Submission], tab: str) -> list[tuple[Row, str]]:
    """The rows of one agency's tab that count, equal ones once, each with its publication if one was given.

    Of equal rows the most careful publication holds; a blank one takes the latest that was given before.
    """
    filled = sorted((s for s in submissions if s.rows.get(tab)), key=lambda s: (s.round, s.file))
    counting = _counting(filled)
    given: dict[object, dict[tuple[int, int], list[str]]] = {}
    rows: dict[object, Row] = {}
    for submission in filled:
        for row in submission.rows[tab]:
            if not (content := frozenset(_printed(row).items())):
                continue
            publication = row.text("publication") or submission.cover.text("publication_all")
            given.setdefault(content, {}).setdefault(submission.rank[:2], []).append(publication)
            if submission in counting:
                rows.setdefault(content, row)
    found = [(row, _latest_given(given[content])) for content, row in rows.items()]
    return sorted(found, key=lambda one: (one[0].file, one[0].line))


def _counting(filled: Sequence[Submission]) -> list[Submission]:
    """The submissions whose rows of a tab count, of those that have any.

    A sheet that was filled in holds all rows that there were, so it takes their place; a department's begins
    without them, so it completes.
    """
    last = max((s.round for s in filled), default=0)
    whole = [s for s in filled if s.round == last and s.unit in ("", REST)]
    edition = max((s.edition for s in whole), default=0)
    return [s for s in filled if s.round == last and s.edition >= edition]


def _latest_given(by_rank: Mapping[tuple[int, int], Sequence[str]]) -> str:
    return next((p for r in sorted(by_rank, reverse=True) if (p := most_careful(by_rank[r]))), "")


def _printed(row: Row) -> dict[str, Value]:
    return {name: value for name, value in row.values.items() if name not in NEVER_PRINTED}


def _publish_free_row(
    out: _Tables, agency: str, row: Row, publication: str, given: tuple[Expected, Decisions]
) -> None:
    expected, decisions = given
    fields = _printed(row)
    sources = tuple(_source(agency, row, name) for name in fields)
    record = Record(row.tab, agency, "", fields, sources)
    question = clearance_question(_row_number(row, expected), record, row, expected.schema(row.tab))
    done = _publish(record, publication or expected.settings.publication, question, row, decisions)
    out.records[row.tab] += done.records
    out.questions += done.questions
    out.findings += done.findings
    if done.withheld:
        out.withheld[row.tab] = out.withheld.get(row.tab, 0) + 1


def _row_number(row: Row, expected: Expected) -> str:
    """What tells a row of a free table apart: its first recommendation, its tab and a sum of its content.

    Rows have no number of their own, and their order changes when others are added.
    """
    number = next((n for n in row.texts("numbers") if n in expected.items), "all")
    told = repr(sorted((name, str(value)) for name, value in _printed(row).items()))
    return f"{number}/{row.tab}-{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:6]}"
