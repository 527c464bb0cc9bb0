"""All submissions become one record set: what may be printed, what is open, where everything stands.

Nothing here depends on the order of the submissions, and the same submission twice changes nothing.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from uprreport.collect.combine import Combined, combine_answers, only
from uprreport.collect.decisions import Decisions
from uprreport.collect.expected import Expected
from uprreport.collect.ledger import agency_ledgers, outcome_of, share_groups
from uprreport.collect.publication import Published, edited_record, publish_answer, publish_free_rows
from uprreport.collect.questions import (
    REMOVE,
    conflict_question,
    double_question,
    reassign_question,
    rival_place,
    unasked_question,
)
from uprreport.findings import Finding, Location
from uprreport.language import code_of
from uprreport.model import (
    Decision,
    Outcome,
    Question,
    Recommendation,
    Record,
    RecordSet,
    Role,
    Source,
    Submission,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """The record set, all questions (open or decided), and what merging found."""

    records: RecordSet
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]

    def with_questions(self, more: tuple[Question, ...], decisions: Decisions) -> Merged:
        """The same with further questions, open ones counted."""
        opened = {question.id for question in more if decisions.on(question) is None}
        ids = tuple(sorted({*self.records.open_questions, *opened}))
        records = replace(self.records, open_questions=ids)
        return replace(self, records=records, questions=(*self.questions, *more))


def merge(
    submissions: Sequence[Submission], expected: Expected, decisions: Decisions, errors: Mapping[str, int]
) -> Merged:
    """Merge checked submissions; ``errors`` counts error findings by agency, for the ledger."""
    combined, notes = combine_answers(submissions, expected.settings.publication)
    questions: list[Question] = []
    findings: list[Finding] = list(notes)
    settled = [_settle(answer, expected, decisions, questions, findings) for answer in combined]
    given = {s.file: _given(s, expected) for s in submissions}
    published = {
        (a.agency, a.number): _dated(_taken(a, expected, decisions), given) for a in settled if a.is_answer
    }
    for done in published.values():
        questions += done.questions
        findings += done.findings
    came = {submission.agency for submission in submissions}
    on: dict[str, dict[str, Published]] = {}
    for (agency, number), done in published.items():
        on.setdefault(number, {})[agency] = done
    outcomes = []
    for item in expected.register.items:
        answers = _answers_to(item, on.get(item.number, {}))
        outcome, asked, told = _outcome(item, answers, came, expected, decisions)
        outcomes.append(outcome)
        questions += asked
        findings += told
    rows, rest, withheld = publish_free_rows(submissions, expected, decisions)
    tables = {name: _dated_records(records, given) for name, records in rows.items()}
    questions += rest.questions
    findings += rest.findings
    answered: dict[str, set[str]] = {}
    for agency, number in published:
        answered.setdefault(agency, set()).add(number)
    open_questions = sorted(question.id for question in questions if decisions.on(question) is None)
    records = RecordSet(
        outcomes=share_groups(outcomes),
        tables=tables,
        agencies=agency_ledgers(expected, answered, submissions, errors),
        open_questions=tuple(open_questions),
        withheld=withheld,
    )
    return Merged(records, tuple(questions), tuple(findings))


def _settle(
    answer: Combined,
    expected: Expected,
    decisions: Decisions,
    questions: list[Question],
    findings: list[Finding],
) -> Combined:
    """The answer after its own agency's contradictions are decided; what is open is added to the lists."""
    if answer.values.get("not_ours") == "yes":
        asked = reassign_question(answer, (agency.id for agency in expected.register.agencies))
        # Who is not asked any more has nothing to be taken away, unless that was decided here.
        if answer.agency in expected.items[answer.number].agencies or decisions.on(asked) is not None:
            questions.append(asked)
    if not answer.rivals:
        return answer
    question = double_question(answer, expected.schema("progress"))
    questions.append(question)
    settled = decide_double(answer, question, decisions)
    if settled is not None:
        return settled
    name = answer.disputed[0]
    heading = expected.schema("progress").heading(name)
    first, *later = (rival for rival in answer.rivals if name in rival.row.values)
    agency = expected.register.agency(answer.agency)
    details = {"agency_name": agency.name if agency else answer.agency, "first": str(first.row.at(name))}
    findings += [
        Finding(
            "double-text", row.row.at(name), answer.agency, answer.number, answer.number, heading, details
        )
        for row in later
    ]
    return answer


def decide_double(answer: Combined, question: Question, decisions: Decisions) -> Combined | None:
    """The answer as the coordinator decided a ``double-text`` question; None while that is open."""
    decision = decisions.on(question)
    if decision is None:
        return None
    chosen = next(r for r in answer.rivals if rival_place(r, answer) == decision.decision)
    return only(answer, chosen, decision)


def _taken(answer: Combined, expected: Expected, decisions: Decisions) -> Published:
    """What becomes of an answer; one of an agency that was not asked is printed only where that was decided.

    What of it is not for publication is guarded all the same.
    """
    done = _published(answer, expected, decisions)
    is_asked = answer.agency in expected.asked[answer.number]
    question = unasked_question(answer, expected.schema("progress"))
    if is_asked and question.id not in decisions.rows:
        return done
    decision = decisions.on(question)
    if is_asked and decision is None:
        return done
    asked = (*done.questions, question)
    if decision is not None and decision.decision != REMOVE.key:
        records = tuple(edited_record(record, decision) for record in done.records)
        return replace(done, records=records, questions=asked)
    return replace(done, records=(), withheld=(), questions=asked)


def _published(answer: Combined, expected: Expected, decisions: Decisions) -> Published:
    item = expected.items[answer.number]
    role: Role = "lead" if item.lead == answer.agency else "supporting"
    return publish_answer(answer, role, expected, decisions)


@dataclass(frozen=True, slots=True)
class _Given:
    """When a submission was approved, the letter that it was typed from, and its language."""

    approved: datetime.date | None
    letter: str
    language: str

    def told_by(self, source: Source) -> Source:
        """A source in this submission, with all three."""
        day = self.approved.isoformat() if self.approved else source.date
        return replace(source, date=day, letter=self.letter, language=self.language)


def _given(submission: Submission, expected: Expected) -> _Given:
    agency = expected.register.agency(submission.agency)
    usual = (agency.language if agency else "") or expected.settings.sheet_language
    own = code_of(submission.cover.text("language"))
    return _Given(submission.approved_on, submission.cover.text("on_behalf"), own or usual)


def _dated(published: Published, given: Mapping[str, _Given]) -> Published:
    return replace(published, records=_dated_records(published.records, given))


def _dated_records(records: Sequence[Record], given: Mapping[str, _Given]) -> tuple[Record, ...]:
    """The same records; each source tells when its submission was approved, its letter, its language."""
    return tuple(
        replace(r, sources=tuple(given[s.file].told_by(s) if s.file in given else s for s in r.sources))
        for r in records
    )


def _answers_to(
    item: Recommendation, published: Mapping[str, Published]
) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """The records on one recommendation, lead first, then by the register's order, then others by id.

    ``published`` are those on it, by agency.
    """
    order = {agency: index for index, agency in enumerate(item.agencies)}
    agencies = sorted(published, key=lambda agency: (order.get(agency, len(order)), agency))
    done = [(agency, published[agency]) for agency in agencies]
    records = tuple(record for _, published_ in done for record in published_.records)
    return records, tuple(agency for agency, published_ in done if published_.withheld)


def _outcome(
    item: Recommendation,
    answers: tuple[tuple[Record, ...], tuple[str, ...]],
    came: set[str],
    expected: Expected,
    decisions: Decisions,
) -> tuple[Outcome, list[Question], list[Finding]]:
    records, withheld_by = answers
    question = _conflict(item, records, expected)
    if question is None:
        return outcome_of(item, records, withheld_by, came, None), [], []
    decision = decisions.on(question)
    if decision is not None:
        kept = _with_edited_text(records, decision)
        decided = (decision.decision, decision.reason)
        outcome = outcome_of(item, kept, withheld_by, came, decided)
        chosen = decision.sources("status", number=item.number)
        return replace(outcome, sources=chosen), [question], []
    status = expected.schema("progress").column("status")
    told = "; ".join(f"{r.agency}: {status.label(r.text('status'))}" for r in records if r.text("status"))
    source = next(s for r in records for s in r.sources if s.field == "status")
    at = Location(source.file, source.sheet, source.cell, "status")
    finding = Finding("status-conflict", at, "", item.number, item.number, status.title, {"answers": told})
    return outcome_of(item, records, withheld_by, came, "open"), [question], [finding]


def _conflict(item: Recommendation, records: Sequence[Record], expected: Expected) -> Question | None:
    """The question that different statuses raise, unless the review's settings let them stand together."""
    stated = [record for record in records if record.text("status")]
    agree = expected.settings.agree
    pairs = itertools.combinations({record.text("status") for record in stated}, 2)
    if all(frozenset(pair) in agree for pair in pairs):
        return None
    return conflict_question(item.number, stated, expected.schema("progress"))


def _with_edited_text(records: tuple[Record, ...], decision: Decision) -> tuple[Record, ...]:
    """The coordinator's wording, when there is one, in place of all agencies' measures."""
    if not decision.edited_text or not records:
        return records
    first, *others = records
    edited = replace(
        first,
        fields={**first.fields, "measures": decision.edited_text},
        sources=(*first.sources, *decision.sources("measures", first.agency)),
    )
    silent = (_without_measures(record) for record in others)
    return (edited, *silent)


def _without_measures(record: Record) -> Record:
    fields = {name: value for name, value in record.fields.items() if name != "measures"}
    sources = tuple(source for source in record.sources if source.field != "measures")
    return replace(record, fields=fields, sources=sources)
