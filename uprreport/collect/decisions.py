"""The coordinator's decisions: ``decisions.xlsx`` read back and applied.

A decision counts only with a reason and a name, and only for the answers that stood beside it: when an
agency changes its answer later, the question is open again. What was decided moves to a row of its own
below the questions, and holds again if the agency goes back to that answer.

Two rows stand for others. The first one holds the reason and the name of every decision without its own. One
for each agency decides on all its answers that waited to be cleared when the file was written, each by its
mark; so an answer that came later, or was changed, is never cleared unseen.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from uprreport.collect.questions import (
    ALL,
    UNASKED,
    answer_token,
    answers_mark,
    assign_choice,
    bulk_id,
)
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.table import Table, find_table
from uprreport.files.excel.workbook import Grid
from uprreport.findings import Finding, UprReportError
from uprreport.model import Choice, Decision, Question, Raw, Recommendation, Register, Row
from uprreport.schema import TabSchema, read_row
from uprreport.text import fold
from uprreport.values import as_text

TYPED = ("decision", "edited_text", "reason", "decided_by", "decided_on")
"""The columns that the coordinator fills in; everything in them is kept for ever."""

DEFAULTS = "default"
"""The id of the first row: reason, name and date of every decision that has none of its own."""

FROM_DEFAULTS = ("reason", "decided_by", "decided_on")

SUMMED = (
    *("number", "text", "position", "theme", "lead", "kind", "answers", "answers_2", "answers_3"),
    "agencies",
)
"""The columns that the tool fills in for people, whose sums stand in the mark of their row."""

_DITTO = frozenset(
    {'"', "''", "\u201d", "\u201c", "\u3003", "-", "\u2013", "\u2014", "ditto", "idem", "id", "same"}
)
"""What people write for *as above*: rows may be sorted, so it is no reason and no name."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rows of ``decisions.xlsx`` by question, and what else a person put into the file.

    ``typed`` holds the coordinator's cells as they stand, by question; ``given`` those that the tool filled
    in, as text; ``own`` columns that are not ours: heading, question, cell; ``bulk`` the rows that decide for
    all of an agency's answers; ``loose`` rows without a question or with one that stands above already;
    ``own_tabs`` whole tabs. ``review`` is the id of the review that the file was written for, empty where it
    does not say it.
    """

    rows: Mapping[str, Row]
    own: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    typed: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bulk: tuple[Row, ...] = ()
    loose: tuple[Mapping[str, Raw], ...] = ()
    own_tabs: tuple[Grid, ...] = ()
    review: str = ""

    def on(self, question: Question) -> Decision | None:
        """The decision that holds for a question as it stands now; None while it is open."""
        row = self.deciding(question)
        chosen = chosen_of(row.text("decision"), question.choices) if row else None
        if row is None or chosen is None:
            return None
        decision = self.decision(row, chosen.key)
        return decision if decision.counts else None

    def deciding(self, question: Question) -> Row | None:
        """The row whose choice is about these very answers: the question's own, else one for several."""
        own = self.row_on(question)
        if own is not None and own.text("decision"):
            return own
        bulk = bulk_id(question.agencies[0]) if question.kind == "needs-clearance" else ""
        if not bulk or question.id == bulk:
            return own
        token = answer_token(question)
        about = (row for row in self.bulk if row.text("question").partition(" ")[0] == bulk)
        return next((row for row in about if token in row.text("mark").split()), own)

    def decision(self, row: Row, key: str) -> Decision:
        """What a row decides, with the first row's reason, name and date where it has none of its own."""
        words = {name: self._word(row, name) for name in ("reason", "decided_by")}
        given = (source.values.get("decided_on") for source in (row, self.rows.get(DEFAULTS)) if source)
        day = next((day for day in given if isinstance(day, datetime.date)), None)
        return Decision(
            question=row.text("question"),
            decision=key,
            edited_text=row.text("edited_text"),
            **words,
            decided_on=day,
            chosen_at=row.at("decision"),
            edited_at=row.at("edited_text"),
        )

    def _word(self, row: Row, name: str) -> str:
        first = self.rows.get(DEFAULTS)
        found = (source.text(name) for source in (row, first) if source is not None)
        return next((word for word in found if word and not is_ditto(word)), "")

    def row_on(self, question: Question) -> Row | None:
        """The row in which these very answers were asked about, as a question or as an earlier one."""
        mark = answers_mark(question)
        rows = (self.rows.get(question.id), self.rows.get(f"{question.id} {mark}"))
        asked = [row for row in rows if row is not None and mark_of(row) == mark]
        return next((row for row in asked if row.text("decision")), asked[0] if asked else None)


def is_bulk(question: str) -> bool:
    """Whether a row's id is that of one for all of an agency's answers."""
    return question.startswith(f"needs-clearance:{ALL}@")


def is_ditto(word: str) -> bool:
    """Whether a cell says *as above* and nothing else."""
    return fold(word) in _DITTO or word.strip() in _DITTO


def mark_of(row: Row) -> str:
    """The mark of the answers that a row is about; earlier files have it below the answers themselves."""
    mark, answers = row.text("mark"), row.text("answers")
    found = re.match(r"\[answers [0-9a-f]{8}\]", mark) or (
        None if mark else re.search(r"\[answers [0-9a-f]{8}\]$", answers)
    )
    return found[0] if found else ""


NO_DECISIONS = Decisions({})


def chosen_of(typed: str, choices: Iterable[Choice]) -> Choice | None:
    """The choice that somebody typed, by its label or key."""
    wanted = fold(typed)
    return next((c for c in choices if wanted and wanted in (fold(c.label), fold(c.key))), None)


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
    given: dict[str, dict[str, str]] = {}
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
        given[question] = {name: as_text(raw[name]) for name in SUMMED if name in raw}
        for position, heading in table.unknown.items():
            if (place.line, position) in table.grid.cells:
                own[heading][question] = table.grid.cells[place.line, position]
    bulk = tuple(row for name, row in sorted(rows.items()) if is_bulk(name) and row.text("decision"))
    return Decisions(rows, own, typed, given, bulk, tuple(loose)), found


def _again(row: Row, first: Row) -> Iterator[Finding]:
    question = row.text("question")
    if any(row.values.get(name) != first.values.get(name) for name in TYPED):
        at, details = row.at("question"), {"first": first.at("question").cell}
        yield Finding("row-duplicate", at, "", row.text("number"), question, "Question", details)


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
        chosen = chosen_of(row.text("decision"), [assign_choice(agency)])
        if chosen is not None and decisions.decision(row, chosen.key).counts:
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
        chosen = chosen_of(row.text("decision"), known) if kind == "reassign" else None
        if chosen is not None and decisions.decision(row, chosen.key).counts:
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
