"""The coordinator's decisions: ``decisions.xlsx`` written, read back and applied.

A decision counts only with a reason and a name, and only for the answers that stood beside it: when an
agency changes its answer later, the question is open again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from uprreport.collect.questions import answers_mark, answers_text
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.table import find_table
from uprreport.files.excel.workbook import TableTab
from uprreport.findings import Finding, UprReportError
from uprreport.model import Choice, Decision, Question, Raw, Recommendation, Register, Row, Value
from uprreport.schema import TabSchema, join_or, read_row
from uprreport.text import fold, natural_key

TYPED = ("decision", "edited_text", "reason", "decided_by", "decided_on")
"""The columns that the coordinator fills in; everything in them is kept for ever."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rows of ``decisions.xlsx`` by question; ``own`` holds other columns: heading, question, cell."""

    rows: Mapping[str, Row]
    own: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)

    def on(self, question: Question) -> Decision | None:
        """The decision that holds for a question as it stands now; None while it is open."""
        row = self.rows.get(question.id)
        if row is None or answers_mark(question) not in row.text("answers"):
            return None
        chosen = _chosen(row.text("decision"), question.choices)
        decision = _decision(row, chosen.key if chosen else "")
        return decision if decision.counts else None


NO_DECISIONS = Decisions({})


def _chosen(typed: str, choices: Iterable[Choice]) -> Choice | None:
    wanted = fold(typed)
    return next((c for c in choices if wanted and wanted in (fold(c.label), fold(c.key))), None)


def _decision(row: Row, key: str) -> Decision:
    day = row.values.get("decided_on")
    return Decision(
        question=row.text("question"),
        decision=key,
        edited_text=row.text("edited_text"),
        reason=row.text("reason"),
        decided_by=row.text("decided_by"),
        decided_on=day if isinstance(day, datetime.date) else None,
    )


def read_decisions(path: Path, shown: str, schema: TabSchema) -> tuple[Decisions, tuple[Finding, ...]]:
    """The decisions of a file; none when there is no file yet.

    Raises ``UprReportError`` when the file cannot be read: it is the coordinator's own, and going on
    without it would undo what was decided.
    """
    if not path.exists():
        return NO_DECISIONS, ()
    workbook, findings = read_workbook(path, shown)
    table = None
    if workbook is not None:
        table = next((t for grid in workbook.grids if (t := find_table(grid, schema)) is not None), None)
    if table is None:
        told = findings[0].message if findings else "it has no table of decisions"
        raise UprReportError(f"{shown}: {told}", "close it and save it again, or take it back from a copy")
    rows: dict[str, Row] = {}
    own: dict[str, dict[str, Raw]] = {heading: {} for heading in table.unknown.values()}
    found = list(findings)
    for place, raw in table.rows(shown):
        row, problems = read_row(schema, place, raw)
        found += problems
        question = row.text("question")
        if question:
            rows[question] = row
            for position, heading in table.unknown.items():
                if (place.line, position) in table.grid.cells:
                    own[heading][question] = table.grid.cells[place.line, position]
    return Decisions(rows, own), tuple(found)


def check_decisions(decisions: Decisions, questions: Sequence[Question]) -> tuple[Finding, ...]:
    """Decisions on open questions that cannot count: none of the choices, or without reason or name."""
    found: list[Finding] = []
    for question in questions:
        row = decisions.rows.get(question.id)
        typed = row.text("decision") if row else ""
        if row is None or not typed or answers_mark(question) not in row.text("answers"):
            continue
        if _chosen(typed, question.choices) is None:
            choices = join_or(choice.label for choice in question.choices)
            at, number = row.at("decision"), question.number
            found.append(
                Finding("value-not-in-list", at, "", number, typed, "Decision", {"choices": choices})
            )
        for name, heading in (("reason", "Reason"), ("decided_by", "Decided by")):
            if not row.text(name):
                details = {"because": ", so the decision does not count"}
                found.append(
                    Finding("value-missing", row.at(name), "", question.number, "", heading, details)
                )
    return tuple(found)


# Writing ----------------------------------------------------------------------------------------------


def decisions_tab(questions: Sequence[Question], decisions: Decisions, schema: TabSchema) -> TableTab:
    """The table of questions, open and decided, with everything that the coordinator typed.

    What was decided on a question that no longer exists stays, below the others.
    """
    ordered = sorted(questions, key=lambda q: (natural_key(q.number), q.id))
    rows = [{**_question_row(question), **_typed(decisions, question.id)} for question in ordered]
    asked = {question.id for question in questions}
    rows += [
        dict(row.values)
        for question, row in sorted(decisions.rows.items())
        if question not in asked and any(name in row.values for name in TYPED)
    ]
    extra = {
        heading: {i: cells[q] for i, row in enumerate(rows) if (q := str(row["question"])) in cells}
        for heading, cells in decisions.own.items()
    }
    choices = {
        (index, "decision"): [choice.label for choice in question.choices]
        for index, question in enumerate(ordered)
    }
    title = schema.title
    return TableTab(schema=schema, title=title, rows=rows, row_choices=choices, extra=extra, protected=True)


def _question_row(question: Question) -> dict[str, Value]:
    return {
        "question": question.id,
        "number": question.number,
        "kind": question.kind,
        "agencies": question.agencies,
        "answers": answers_text(question),
    }


def _typed(decisions: Decisions, question: str) -> dict[str, Value]:
    row = decisions.rows.get(question)
    return {name: row.values[name] for name in TYPED if name in row.values} if row else {}


def is_current(questions: Sequence[Question], decisions: Decisions) -> bool:
    """Whether the file already asks exactly these questions about these answers: no need to write it."""
    asked = {question.id: question for question in questions}
    rows = {q: row for q, row in decisions.rows.items() if q in asked or any(n in row.values for n in TYPED)}
    same = all(
        question.id in rows and rows[question.id].text("answers") == answers_text(question).strip()
        for question in questions
    )
    return same and len(rows) == len(decisions.rows)


# Applying ---------------------------------------------------------------------------------------------


def reassigned(register: Register, decisions: Decisions) -> Register:
    """The register with the decisions of kind ``reassign`` applied: another agency in the same role."""
    moves = _moves(register, decisions)
    return replace(
        register,
        recommendations=tuple(_moved(item, moves) for item in register.recommendations),
        pledges=tuple(_moved(item, moves) for item in register.pledges),
        observations=tuple(_moved(item, moves) for item in register.observations),
    )


def _moves(register: Register, decisions: Decisions) -> dict[str, list[tuple[str, str]]]:
    """For each number, the agencies that go and those that come in their place."""
    known = [Choice(agency.id, agency.id) for agency in register.agencies]
    moves: dict[str, list[tuple[str, str]]] = {}
    for question, row in sorted(decisions.rows.items()):
        kind, _, rest = question.partition(":")
        number, _, agency = rest.partition("@")
        chosen = _chosen(row.text("decision"), known) if kind == "reassign" else None
        if chosen is not None and _decision(row, chosen.key).counts:
            moves.setdefault(number, []).append((agency, chosen.key))
    return moves


def _moved(item: Recommendation, moves: Mapping[str, Sequence[tuple[str, str]]]) -> Recommendation:
    for old, new in moves.get(item.number, ()):
        lead = new if item.lead == old else item.lead
        supporting = (new if agency == old else agency for agency in item.supporting)
        rest = tuple(dict.fromkeys(agency for agency in supporting if agency != lead))
        item = replace(item, lead=lead, supporting=rest)
    return item
