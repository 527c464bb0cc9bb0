"""The coordinator's decisions: ``decisions.xlsx`` written, read back and applied.

A decision counts only with a reason and a name, and only for the answers that stood beside it: when an
agency changes its answer later, the question is open again. What was decided moves to a row of its own
below the questions, and holds again if the agency goes back to that answer.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from uprreport.collect.questions import UNASKED, answers_mark, answers_text, assign_choice
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.table import Table, find_table
from uprreport.files.excel.workbook import Grid, RawTab, Tab, TableTab
from uprreport.findings import Finding, UprReportError
from uprreport.model import Choice, Decision, Question, Raw, Recommendation, Register, Row, Value
from uprreport.schema import TabSchema, join_or, read_row
from uprreport.text import clean_text, fold, natural_key

TYPED = ("decision", "edited_text", "reason", "decided_by", "decided_on")
"""The columns that the coordinator fills in; everything in them is kept for ever."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rows of ``decisions.xlsx`` by question, and what else a person put into the file.

    ``typed`` holds the coordinator's cells as they stand, by question; ``own`` columns that are not ours:
    heading, question, cell; ``loose`` rows without a question or with one that stands above already;
    ``own_tabs`` whole tabs. ``review`` is the id of the review that the file was written for, empty where it
    does not say it.
    """

    rows: Mapping[str, Row]
    own: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    typed: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    loose: tuple[Mapping[str, Raw], ...] = ()
    own_tabs: tuple[Grid, ...] = ()
    review: str = ""

    def on(self, question: Question) -> Decision | None:
        """The decision that holds for a question as it stands now; None while it is open."""
        row = self.row_on(question)
        chosen = _chosen(row.text("decision"), question.choices) if row else None
        if row is None or chosen is None:
            return None
        decision = _decision(row, chosen.key)
        return decision if decision.counts else None

    def row_on(self, question: Question) -> Row | None:
        """The row in which these very answers were asked about, as a question or as an earlier one."""
        mark = answers_mark(question)
        rows = (self.rows.get(question.id), self.rows.get(f"{question.id} {mark}"))
        asked = [row for row in rows if row is not None and row.text("answers").endswith(mark)]
        return next((row for row in asked if row.text("decision")), asked[0] if asked else None)


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
        chosen_at=row.at("decision"),
        edited_at=row.at("edited_text"),
    )


def read_decisions(path: Path, shown: str, schema: TabSchema) -> tuple[Decisions, tuple[Finding, ...]]:
    """The decisions of a file; none when there is no file yet.

    Raises ``UprReportError`` when the file cannot be read: it is the coordinator's own, and going on
    without it would undo what was decided.
    """
    if not path.exists():
        return NO_DECISIONS, ()
    workbook, findings = read_workbook(path, shown)
    grids = workbook.grids if workbook is not None else ()
    table = next((t for grid in grids if (t := find_table(grid, schema)) is not None), None)
    if workbook is None or table is None:
        told = findings[0].message if findings else "it has no table of decisions"
        raise UprReportError(f"{shown}: {told}", "close it and save it again, or take it back from a copy")
    tabs = tuple(grid for grid in grids if grid is not table.grid and fold(grid.name) != "lists")
    decisions, found = _read_rows(table, shown)
    about = workbook.properties.get("uprreport review", "")
    return replace(decisions, own_tabs=tabs, review=about), (*findings, *found)


def _read_rows(table: Table, shown: str) -> tuple[Decisions, list[Finding]]:
    rows: dict[str, Row] = {}
    typed: dict[str, Mapping[str, Raw]] = {}
    loose: list[Mapping[str, Raw]] = []
    found: list[Finding] = []
    own: dict[str, dict[str, Raw]] = {heading: {} for heading in table.unknown.values()}
    for place, raw in table.rows(shown):
        row, problems = read_row(table.schema, place, raw)
        found += problems
        question = row.text("question")
        if not question or question in rows:
            loose.append(raw)
            found += _again(row, rows[question]) if question else ()
            continue
        rows[question] = row
        typed[question] = {name: raw[name] for name in TYPED if name in raw}
        for position, heading in table.unknown.items():
            if (place.line, position) in table.grid.cells:
                own[heading][question] = table.grid.cells[place.line, position]
    return Decisions(rows, own, typed, tuple(loose)), found


def _again(row: Row, first: Row) -> Iterator[Finding]:
    question = row.text("question")
    if any(row.values.get(name) != first.values.get(name) for name in TYPED):
        at, details = row.at("question"), {"first": first.at("question").cell}
        yield Finding("row-duplicate", at, "", row.text("number"), question, "Question", details)


def check_decisions(decisions: Decisions, questions: Sequence[Question]) -> tuple[Finding, ...]:
    """Decisions on open questions that cannot count: none of the choices, or without reason or name."""
    found: list[Finding] = []
    for question in questions:
        row = decisions.row_on(question)
        typed = row.text("decision") if row else ""
        if row is None or not typed:
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


def decisions_tabs(questions: Sequence[Question], decisions: Decisions, schema: TabSchema) -> list[Tab]:
    """All tabs of ``decisions.xlsx``: the table, and the tabs of the coordinator's own."""
    return [decisions_tab(questions, decisions, schema), *(RawTab(grid=grid) for grid in decisions.own_tabs)]


def decisions_tab(questions: Sequence[Question], decisions: Decisions, schema: TabSchema) -> TableTab:
    """The table of questions, open and decided, with everything that the coordinator typed.

    What was decided on a question that no longer exists, or on answers that were changed since, stays below.
    """
    ordered = _ordered(questions)
    rows: list[Mapping[str, Value | Raw]] = [*_rows(ordered, decisions), *decisions.loose]
    extra = {
        heading: {i: cells[q] for i, row in enumerate(rows) if (q := str(row.get("question", ""))) in cells}
        for heading, cells in decisions.own.items()
    }
    choices = {
        (index, "decision"): [choice.label for choice in question.choices]
        for index, question in enumerate(ordered)
    }
    title = schema.title
    return TableTab(schema=schema, title=title, rows=rows, row_choices=choices, extra=extra, protected=True)


def _ordered(questions: Iterable[Question]) -> list[Question]:
    return sorted(questions, key=lambda q: (natural_key(q.number), q.id))


def _rows(ordered: Sequence[Question], decisions: Decisions) -> list[dict[str, Value | Raw]]:
    """The rows as they are to stand: the questions, then what was typed on others or on other answers."""
    beside = {question.id: _beside(question, decisions) for question in ordered}
    rows = [{**_question_row(q), **_typed(decisions, beside[q.id])} for q in ordered]
    placed = set(beside.values())
    for question, row in sorted(decisions.rows.items()):
        typed = _typed(decisions, question)
        if typed and question not in placed:
            name = f"{question} {_mark_of(row)}" if question in beside else question
            rows.append({**row.values, **typed, "question": name})
    return rows


def _beside(question: Question, decisions: Decisions) -> str:
    """Whose typed cells belong beside a question: its own, unless they decide on other answers."""
    row = decisions.row_on(question)
    if row is not None:
        return row.text("question")
    earlier = decisions.rows.get(question.id)
    return question.id if earlier is not None and not earlier.text("decision") else ""


def _mark_of(row: Row) -> str:
    mark = re.search(r"\[answers [0-9a-f]{8}\]$", row.text("answers"))
    return mark[0] if mark else "[earlier answers]"


def _question_row(question: Question) -> dict[str, Value | Raw]:
    return {
        "question": question.id,
        "number": question.number,
        "kind": question.kind,
        "agencies": question.agencies,
        "answers": answers_text(question),
    }


def _typed(decisions: Decisions, question: str) -> dict[str, Value | Raw]:
    """The coordinator's cells in the row of a question, just as they were typed."""
    if question in decisions.typed:
        return dict(decisions.typed[question])
    row = decisions.rows.get(question)
    return {name: row.values[name] for name in TYPED if name in row.values} if row else {}


def is_current(questions: Sequence[Question], decisions: Decisions) -> bool:
    """Whether the file already asks exactly these questions about these answers: no need to write it."""
    wanted = _rows(_ordered(questions), decisions)
    found = {question: row.text("answers") for question, row in decisions.rows.items()}
    answers = {str(row["question"]): clean_text(str(row.get("answers", "")))[0] for row in wanted}
    return answers == found


# Applying ---------------------------------------------------------------------------------------------


def reassigned(register: Register, decisions: Decisions) -> Register:
    """The register with the decisions of kind ``reassign`` applied: another agency in the same role, or one
    that answered without being asked beside those that were."""
    moves, comers = _moves(register, decisions), _comers(register, decisions)
    if not moves and not comers:
        return register

    def settled(items: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
        return tuple(_joined(_moved(item, moves), comers.get(item.number, ())) for item in items)

    return replace(
        register,
        recommendations=settled(register.recommendations),
        pledges=settled(register.pledges),
        observations=settled(register.observations),
    )


def _comers(register: Register, decisions: Decisions) -> dict[str, list[str]]:
    """For each number, the agencies that were assigned because they had answered it."""
    comers: dict[str, list[str]] = {}
    for question, row in sorted(decisions.rows.items()):
        kind, _, rest = question.partition(":")
        number, _, agency = rest.partition("@")
        if kind != "reassign" or not number.endswith(UNASKED) or register.agency(agency) is None:
            continue
        chosen = _chosen(row.text("decision"), [assign_choice(agency)])
        if chosen is not None and _decision(row, chosen.key).counts:
            comers.setdefault(number.removesuffix(UNASKED), []).append(agency)
    return comers


def _joined(item: Recommendation, comers: Sequence[str]) -> Recommendation:
    """The item with further agencies: the first is the lead where there is none."""
    new = [agency for agency in comers if agency not in item.agencies]
    if not new:
        return item
    lead, *others = [*item.agencies, *new] if not item.agencies else [item.lead, *item.supporting, *new]
    return replace(item, lead=lead, supporting=tuple(others))


def _moves(register: Register, decisions: Decisions) -> dict[str, dict[str, str]]:
    """For each number, the agencies that go and those that come in their place."""
    known = [Choice(agency.id, agency.id) for agency in register.agencies]
    moves: dict[str, dict[str, str]] = {}
    for question, row in decisions.rows.items():
        kind, _, rest = question.partition(":")
        number, _, agency = rest.partition("@")
        chosen = _chosen(row.text("decision"), known) if kind == "reassign" else None
        if chosen is not None and _decision(row, chosen.key).counts:
            moves.setdefault(number, {})[agency] = chosen.key
    return moves


def _moved(item: Recommendation, moves: Mapping[str, Mapping[str, str]]) -> Recommendation:
    own = moves.get(item.number)
    if not own:
        return item
    lead = _followed(item.lead, own)
    supporting = (_followed(agency, own) for agency in item.supporting)
    return replace(item, lead=lead, supporting=tuple(dict.fromkeys(a for a in supporting if a != lead)))


def _followed(agency: str, moves: Mapping[str, str]) -> str:
    """Where a recommendation ends up that goes from one agency to the next, each decision applied once."""
    left = dict(moves)
    while agency in left:
        agency = left.pop(agency)
    return agency
