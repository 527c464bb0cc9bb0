"""``decisions.xlsx`` as the coordinator sees it: what is known, what is to be decided, then the choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from uprreport.collect.decisions import (
    DEFAULTS,
    FROM_DEFAULTS,
    SUMMED,
    TYPED,
    Decisions,
    is_ditto,
    mark_of,
)
from uprreport.collect.questions import (
    ALL,
    answer_texts,
    answer_token,
    answers_mark,
    answers_text,
    bulk_questions,
    cell_sum,
    shown_number,
)
from uprreport.files.excel.draw import shown
from uprreport.files.excel.workbook import RawTab, Tab, TableTab
from uprreport.model import Question, Raw, Recommendation, Register, Row, Value
from uprreport.schema import TabSchema
from uprreport.text import clean_text, natural_key

Cells = dict[str, Value | Raw]

ANSWERS = ("answers", "answers_2", "answers_3")
_WIDTHS = {1: 56.0, 2: 34.0, 3: 31.0}
"""Widths of the columns of answers by how many there are, so that a page across still holds them all."""


def decisions_tabs(
    questions: Sequence[Question], decisions: Decisions, schema: TabSchema, register: Register
) -> list[Tab]:
    """All tabs of ``decisions.xlsx``: the table, and the tabs of the coordinator's own."""
    table = decisions_tab(questions, decisions, schema, register)
    return [table, *(RawTab(grid=grid) for grid in decisions.own_tabs)]


def decisions_tab(
    questions: Sequence[Question], decisions: Decisions, schema: TabSchema, register: Register
) -> TableTab:
    """The table of questions, open and decided, with everything that the coordinator typed.

    What was decided on a question that no longer exists, or on answers that were changed since, stays below.
    """
    table = _Table(decisions, schema, register)
    ordered = table.ordered(questions)
    rows: list[Mapping[str, Value | Raw]] = [*table.rows(ordered), *decisions.loose]
    extra = {
        heading: {i: cells[q] for i, row in enumerate(rows) if (q := str(row.get("question", ""))) in cells}
        for heading, cells in table.beside_ours().items()
    }
    first = int(bool(rows) and rows[0].get("question") == DEFAULTS)
    choices = {
        (index, "decision"): [choice.label for choice in question.choices]
        for index, question in enumerate(ordered, first)
    }
    return TableTab(
        schema=_columns(schema, rows),
        title=schema.title,
        rows=rows,
        row_choices=choices,
        extra=extra,
        essential_first=True,
        protected=True,
    )


def is_current(
    questions: Sequence[Question], decisions: Decisions, schema: TabSchema, register: Register
) -> bool:
    """Whether the file already asks exactly these questions about these answers: no need to write it."""
    table = _Table(decisions, schema, register)
    names = [c.name for c in schema.columns if c.name in (*SUMMED, *TYPED, "mark")]
    names = [name for name in names if name != "agencies"]
    wanted = {str(row["question"]): _comparable(row, names) for row in table.rows(table.ordered(questions))}
    found = {
        question: _comparable({**row.values, **_typed(decisions, question)}, names)
        for question, row in decisions.rows.items()
    }
    return wanted == found


def _comparable(row: Mapping[str, object], names: Iterable[str]) -> dict[str, str]:
    cells = {name: clean_text(str(row[name]))[0] for name in names if name in row}
    return {name: text for name, text in cells.items() if text}


def _columns(schema: TabSchema, rows: Iterable[Mapping[str, object]]) -> TabSchema:
    """The schema with as many columns of answers as its rows need, each of a width to fit the page."""
    used = {name for row in rows for name in ANSWERS if row.get(name)} | {"answers"}
    kept = [column for column in schema.columns if column.name not in ANSWERS or column.name in used]
    width = _WIDTHS[len([column for column in kept if column.name in ANSWERS]) or 1]
    fitted = (replace(c, width=width) if c.name in ANSWERS else c for c in kept)
    return replace(schema, columns=tuple(fitted))


class _Table:
    """The rows of the table, made from the questions, what was typed, and the register."""

    def __init__(self, decisions: Decisions, schema: TabSchema, register: Register) -> None:
        self.decisions = decisions
        self.schema = schema
        self.names = {agency.id: agency.name or agency.id for agency in register.agencies}
        self.items = {item.number: item for item in register.items}
        self.has_mark = any(column.name == "mark" for column in schema.columns)
        self.columns = sum(column.name in ANSWERS for column in schema.columns)
        self.beside = 2  # the answers of one row stand in so many columns, where there are as many

    def ordered(self, questions: Iterable[Question]) -> list[Question]:
        """One question for all uncleared answers of each agency first, then each by number."""
        listed = sorted(questions, key=lambda q: (natural_key(q.number), q.id))
        open_ones = [question for question in listed if self.decisions.on(question) is None]
        self.beside = 3 if any(len(question.answers) > 2 for question in listed) else 2
        return [*(bulk_questions(open_ones) if self.has_mark else ()), *listed]

    def rows(self, ordered: Sequence[Question]) -> list[Cells]:
        """The rows as they are to stand: the questions, then what was typed on others or on other answers."""
        decisions = self.decisions
        beside = {question.id: self._beside(question) for question in ordered}
        rows = [{**self._question(q), **self._filled(beside[q.id])} for q in ordered]
        placed = {*beside.values(), DEFAULTS}
        touched = {question for question, _ in typed_over(decisions)}
        touched |= {question for cells in decisions.own.values() for question in cells}
        for question, row in sorted(decisions.rows.items()):
            typed = self._filled(question)
            if (typed or question in touched) and question not in placed:
                name = f"{question} {mark_of(row) or '[earlier answers]'}" if question in beside else question
                rows.append({**row.values, **typed, "question": name})
        first = self._default_row()
        return [first, *rows] if ordered or _typed(decisions, DEFAULTS) or DEFAULTS in touched else rows

    def _default_row(self) -> Cells:
        mark = {"mark": self._sums(_DEFAULT_ROW)} if self.has_mark else {}
        return {**_DEFAULT_ROW, **mark, **_typed(self.decisions, DEFAULTS)}

    def _beside(self, question: Question) -> str:
        """Whose typed cells belong beside a question: its own, unless they decide on other answers."""
        row = self.decisions.row_on(question)
        if row is not None:
            return row.text("question")
        earlier = self.decisions.rows.get(question.id)
        return question.id if earlier is not None and not earlier.text("decision") else ""

    def _question(self, question: Question) -> Cells:
        """What the tool fills in beside a question."""
        number = shown_number(question)
        item = self.items.get(number)
        cells: Cells = {
            "number": number,
            **(_about(item, self.names) if item else {}),
            **({"text": _BULK_TEXT} if question.number == ALL else {}),
            "kind": question.kind,
            **self._answers(question),
        }
        cells = {name: value for name, value in cells.items() if value not in ("", ())}
        cells["agencies"] = question.agencies
        token = question.answers[1].text if question.number == ALL else answer_token(question)
        mark = f"{answers_mark(question)} {token} {self._sums(cells)}"
        return {**cells, "mark": mark, "question": question.id}

    def _sums(self, cells: Mapping[str, Value | Raw]) -> str:
        """The sums of what the tool fills in, as the cells show it."""
        columns = (column for column in self.schema.columns if column.name in SUMMED and column.name in cells)
        return " ".join(f"{c.name}={cell_sum(str(shown(c, cells[c.name])))}" for c in columns)

    def _answers(self, question: Question) -> Cells:
        if not self.has_mark:  # a schema of the review's own, from an earlier version
            return {"answers": answers_text(question, self.names)}
        if question.number == ALL:
            return {"answers": f"{self.names.get(question.agencies[0])}:\n{question.answers[0].text}"}
        texts = answer_texts(question, self.names, max(1, min(self.beside, self.columns)))
        return dict(zip(ANSWERS, texts, strict=False))

    def _filled(self, question: str) -> Cells:
        """The coordinator's cells beside a question; a decision has the first row's reason and name for good.

        So another reason in the first row, later, is one for later decisions only.
        """
        typed = _typed(self.decisions, question)
        first = _typed(self.decisions, DEFAULTS)
        if not typed.get("decision"):
            return typed
        given = {
            name: first[name]
            for name in FROM_DEFAULTS
            if first.get(name) and (not typed.get(name) or is_ditto(str(typed[name])))
        }
        return {**typed, **given}

    def beside_ours(self) -> dict[str, dict[str, Raw]]:
        """Columns of the coordinator's own, and what somebody typed over cells that the tool fills in."""
        extra = {heading: dict(cells) for heading, cells in self.decisions.own.items()}
        for question, name in typed_over(self.decisions):
            text = self.decisions.given[question].get(name, "")
            column = extra.setdefault(f"Typed over: {self.schema.heading(name)}", {})
            column.setdefault(question, text)
        return extra


_DEFAULT_ROW: Cells = {
    "text": "For every decision below without a reason, a name or a date of its own:",
    "question": DEFAULTS,
}


_BULK_TEXT = (
    "For all answers of this agency that wait to be cleared, listed below; a decision in the row of one of "
    "them goes before this one:"
)


def _about(item: Recommendation, names: Mapping[str, str]) -> Cells:
    """What the register says of a recommendation."""
    return {
        "text": item.text,
        "position": item.current_position.capitalize(),
        "theme": item.theme,
        "lead": names.get(item.lead, item.lead),
    }


def _typed(decisions: Decisions, question: str) -> Cells:
    """The coordinator's cells in the row of a question, just as they were typed."""
    if question in decisions.typed:
        return dict(decisions.typed[question])
    row: Row | None = decisions.rows.get(question)
    return {name: row.values[name] for name in TYPED if name in row.values} if row else {}


def typed_over(decisions: Decisions) -> list[tuple[str, str]]:
    """The cells that the tool filled in and somebody changed since: question and column."""
    found: list[tuple[str, str]] = []
    for question, given in decisions.given.items():
        row = decisions.rows[question]
        sums = dict(part.split("=", 1) for part in row.text("mark").split() if "=" in part)
        if not sums:
            continue
        found += [
            (question, name)
            for name in SUMMED
            if given.get(name, "") and cell_sum(given[name]) != sums.get(name)
        ]
    return found
