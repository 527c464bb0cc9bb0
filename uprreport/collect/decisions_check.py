"""What is wrong in ``decisions.xlsx``, by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from uprreport.collect.decisions import DEFAULTS, TYPED, Decisions, chosen_of, is_bulk, mark_of
from uprreport.collect.decisions_sheet import typed_over
from uprreport.collect.questions import ALL, answer_token
from uprreport.findings import Finding
from uprreport.model import Question, Row
from uprreport.schema import TabSchema, join_or

Findings = tuple[Finding, ...]


def check_decisions(decisions: Decisions, questions: Sequence[Question], schema: TabSchema) -> Findings:
    """Decisions that cannot count: none of the choices, no reason or name, answers that changed since."""
    found: list[Finding] = []
    for question in questions:
        row = decisions.row_on(question)
        if row is not None:
            found += _check_row(decisions, question, row, schema)
    found += _check_bulk(decisions, questions, schema)
    found += _stale(decisions, questions, schema)
    found += (_typed_over(decisions, question, name, schema) for question, name in typed_over(decisions))
    first = decisions.rows.get(DEFAULTS)
    if first is not None and first.text("decision"):
        found.append(_not_asked("decision-unknown", first, "decision", DEFAULTS, schema))
    return tuple(found)


def _check_bulk(decisions: Decisions, questions: Sequence[Question], schema: TabSchema) -> Iterator[Finding]:
    """The rows that decide for all of an agency's answers, while any of them is about a question of today."""
    tokens = {answer_token(q): q for q in questions if q.kind == "needs-clearance"}
    for name, row in decisions.rows.items():
        about = [tokens[word] for word in row.text("mark").split() if word in tokens] if is_bulk(name) else []
        if about:
            yield from _check_row(decisions, replace(about[0], number=ALL), row, schema)


def _check_row(decisions: Decisions, question: Question, row: Row, schema: TabSchema) -> Iterator[Finding]:
    typed, number = row.text("decision"), question.number
    if not typed:
        for name in ("reason", "edited_text"):
            if row.text(name):
                because = f", so what stands under {schema.heading(name)} has no effect"
                yield _missing(row, "decision", number, because, schema)
                return
        return
    if chosen_of(typed, question.choices) is None:
        choices = {"choices": join_or(choice.label for choice in question.choices)}
        heading = schema.heading("decision")
        yield Finding("value-not-in-list", row.at("decision"), "", number, typed, heading, choices)
    decision = decisions.decision(row, typed)
    for name, word in (("reason", decision.reason), ("decided_by", decision.decided_by)):
        if not word:
            yield _missing(row, name, number, ", so the decision does not count", schema)


def _missing(row: Row, name: str, number: str, because: str, schema: TabSchema) -> Finding:
    heading = schema.heading(name)
    return Finding("value-missing", row.at(name), "", number, "", heading, {"because": because})


def _stale(decisions: Decisions, questions: Sequence[Question], schema: TabSchema) -> Iterator[Finding]:
    """A decision that stands on other answers than those of today, while the question is open."""
    rows: dict[str, list[Row]] = {}
    for name, row in decisions.rows.items():
        if row.text("decision"):
            rows.setdefault(_asked(name), []).append(row)
    for question in questions:
        if question.id in rows and decisions.on(question) is None:
            present, heading = decisions.row_on(question), schema.heading("decision")
            for row in rows[question.id]:
                if row is not present:
                    at, typed = row.at("decision"), row.text("decision")
                    yield Finding("decision-stale", at, "", question.number, typed, heading)


def _asked(name: str) -> str:
    """The question that a row is about; an earlier one has a mark behind its id."""
    return re.sub(r" \[(?:answers [0-9a-f]{8}|earlier answers)\]$", "", name)


def _typed_over(decisions: Decisions, question: str, name: str, schema: TabSchema) -> Finding:
    row, value = decisions.rows[question], decisions.given[question][name]
    heading = schema.heading(name)
    return Finding("decision-cell-changed", row.at(name), "", row.text("number"), value, heading)


def check_rows(decisions: Decisions, questions: Sequence[Question], schema: TabSchema) -> Findings:
    """Rows with something typed that are no question of today: unknown ones, and what was asked earlier."""
    asked = {question.id for question in questions}
    found: list[Finding] = []
    for name, row in decisions.rows.items():
        typed = next((column for column in TYPED if row.text(column)), "")
        if typed and _asked(name) not in asked and name != DEFAULTS and not is_bulk(name):
            code = "decision-idle" if mark_of(row) else "decision-unknown"
            found.append(_not_asked(code, row, typed, _asked(name), schema))
    return tuple(found)


def _not_asked(code: str, row: Row, column: str, question: str, schema: TabSchema) -> Finding:
    at, value, heading = row.at(column), row.text(column), schema.heading(column)
    return Finding(code, at, "", row.text("number"), value, heading, {"question": question})
