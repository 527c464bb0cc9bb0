"""What may be printed: rows become records, and what is not public ends here.

A row is printed only when its own Publication, else its sheet's, else the review's default says *public*,
or the coordinator cleared it. Remarks are never part of a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from uprreport.collect.combine import Combined
from uprreport.collect.decisions import Decisions
from uprreport.collect.expected import FREE_TABLES, Expected
from uprreport.collect.questions import clearance_question
from uprreport.findings import Finding
from uprreport.model import Question, Record, Role, Row, Source, Submission, Value

NEVER_PRINTED = frozenset({"number", "remark", "publication", "not_ours", "suggested_agency"})


@dataclass(frozen=True, slots=True)
class Published:
    """What became of some rows: records, or questions and notes where they are withheld."""

    records: tuple[Record, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    withheld: tuple[str, ...] = ()


def publish_answer(combined: Combined, role: Role, expected: Expected, decisions: Decisions) -> Published:
    """One agency's answer as a record, or nothing but its number when it is not for publication."""
    publication = combined.publication or expected.settings.publication
    first = combined.origin[next(iter(combined.origin))]
    record = Record(
        "progress",
        combined.agency,
        combined.number,
        {name: value for name, value in combined.values.items() if name not in NEVER_PRINTED},
        tuple(
            _source(combined.agency, row, name)
            for name, row in combined.origin.items()
            if name not in NEVER_PRINTED
        ),
        role,
    )
    question = clearance_question(combined.number, combined.agency, first, combined.values.items())
    return _publish(record, publication, question, first, decisions)


def _source(agency: str, row: Row, name: str) -> Source:
    return Source(row.file, row.sheet, row.cells.get(name, ""), agency, name)


def _publish(
    record: Record, publication: str, question: Question, row: Row, decisions: Decisions
) -> Published:
    if publication == "public":
        return Published((record,))
    asked = (question,) if publication == "needs clearance" else ()
    decision = decisions.on(question) if asked else None
    if decision is not None and decision.decision == "public":
        return Published((_edited(record, decision.edited_text),), asked)
    number = record.number or question.number
    reason = "cleared as internal" if decision is not None else publication
    note = Finding(
        "publication-withheld", row.at("publication"), record.agency, record.number, number, "Publication",
        {"reason": reason},
    )  # fmt: skip
    return Published((), asked, (note,), (number,))


def _edited(record: Record, text: str) -> Record:
    """The record with the coordinator's own wording, when there is one: it replaces all of its texts."""
    if not text or record.tab != "progress":
        return record
    fields: dict[str, Value] = {"measures": text}
    if "status" in record.fields:
        fields = {"status": record.fields["status"], **fields}
    sources = tuple(source for source in record.sources if source.field in fields)
    return Record(record.tab, record.agency, record.number, fields, sources, record.role)


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

    Of one agency's submissions the highest round with rows in a tab counts; equal copies are one.
    """
    out = _Tables({name: [] for name in FREE_TABLES})
    for agency in sorted({submission.agency for submission in submissions}):
        own = [submission for submission in submissions if submission.agency == agency]
        for name in FREE_TABLES:
            for index, (row, publication) in enumerate(_latest_rows(own, name), start=1):
                _publish_free_row(out, (agency, index), row, publication, (expected, decisions))
    records = {name: tuple(found) for name, found in out.records.items()}
    rest = Published((), tuple(out.questions), tuple(out.findings))
    return records, rest, out.withheld


def _latest_rows(submissions: Sequence[Submission], tab: str) -> Iterable[tuple[Row, str]]:
    filled = [submission for submission in submissions if submission.rows.get(tab)]
    latest = max((submission.round for submission in filled), default=0)
    rows: dict[object, tuple[Row, str]] = {}
    for submission in sorted(filled, key=lambda submission: submission.file):
        if submission.round == latest:
            for row in submission.rows[tab]:
                publication = row.text("publication") or submission.cover.text("publication_all")
                rows.setdefault(frozenset(row.values.items()), (row, publication))
    return sorted(rows.values(), key=lambda found: (found[0].file, found[0].line))


def _publish_free_row(
    out: _Tables, which: tuple[str, int], row: Row, publication: str, given: tuple[Expected, Decisions]
) -> None:
    agency, index = which
    expected, decisions = given
    fields = {name: value for name, value in row.values.items() if name not in NEVER_PRINTED}
    sources = tuple(_source(agency, row, name) for name in fields)
    record = Record(row.tab, agency, "", fields, sources)
    number = f"{next(iter(row.texts('numbers')), 'all')}/{row.tab}-{index}"
    question = clearance_question(number, agency, row, row.values.items())
    done = _publish(record, publication or expected.settings.publication, question, row, decisions)
    out.records[row.tab] += done.records
    out.questions += done.questions
    out.findings += done.findings
    if done.withheld:
        out.withheld[row.tab] = out.withheld.get(row.tab, 0) + 1
