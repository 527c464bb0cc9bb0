"""What an agency has answered so far, as the cells of a sheet that goes back to it.

Answers are those that ``merge`` would use. Where texts of equal rank differ both stand, one below the other;
of other cells that differ none does, and both cases are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from uprreport.collect.combine import Combined, combine_answers, most_careful
from uprreport.collect.decisions import NO_DECISIONS, Decisions
from uprreport.collect.expected import FREE_TABLES, Expected
from uprreport.collect.merge import decide_double
from uprreport.collect.publication import counting_rows
from uprreport.collect.questions import double_question
from uprreport.model import ANSWER_TEXTS, Filled, Raw, Row, Submission, Value

_CARRIED = ("filled_by", "email", "phone")
"""Cells of Cover that come along. Who approved what stands in the old files; a new one is approved anew."""

_Cell = Value | Raw


@dataclass(frozen=True, slots=True)
class Dispute:
    """A cell in which submissions of equal rank differ, with its places.

    ``keeps_both``: both texts stand in the new sheet; otherwise the cell is blank.
    """

    number: str
    field: str
    places: tuple[str, ...]
    keeps_both: bool


@dataclass(frozen=True, slots=True)
class Refill:
    """The content of a sheet, its edition, and the files that it is made from.

    ``origins`` gives, for each number, the files from which its answer comes, ``row_files`` that of each row
    of the other tabs.
    """

    filled: Filled = field(default_factory=Filled)
    edition: int = 0
    files: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    origins: Mapping[str, frozenset[str]] = field(default_factory=dict)
    row_files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def refill(
    submissions: Iterable[Submission],
    expected: Expected,
    decisions: Decisions = NO_DECISIONS,
) -> Refill:
    """The answers in the submissions of one agency; what the coordinator decided on them holds.

    Cells that could not be read are not among them: ``restore`` puts them back.
    """
    own = sorted(submissions, key=lambda s: (s.rank, s.file))
    if not own:
        return Refill()
    filler = _Filler(expected, decisions)
    cover = filler.cover(own)
    answers = {answer.number: filler.settle(answer) for answer in combine_answers(own)[0]}
    careful = {a.number: a.publication for a in combine_answers(own, expected.settings.publication)[0]}
    is_for_all = "publication_all" in cover
    progress = {n: filler.answer(a, careful[n], fills_in=is_for_all) for n, a in answers.items()}
    tables = {name: filler.table(own, name, fills_in=is_for_all) for name in FREE_TABLES}
    return Refill(
        Filled(cover, progress, {name: rows for name, rows in tables.items() if rows}),
        1 + max(submission.edition for submission in own),
        tuple(submission.file for submission in own),
        tuple(dispute for answer in answers.values() for dispute in _disputes(answer)),
        {number: frozenset(row.file for row in _rows(answer)) for number, answer in answers.items()},
        {name: tuple(row.file for row, _ in counting_rows(own, name)) for name in FREE_TABLES},
    )


def _rows(answer: Combined) -> list[Row]:
    return [*answer.origin.values(), *(rival.row for rival in answer.rivals)]


def _disputes(answer: Combined) -> Iterable[Dispute]:
    for name in answer.disputed:
        places = tuple(str(r.row.at(name)) for r in answer.rivals if name in r.row.values)
        yield Dispute(answer.number, name, places, name in ANSWER_TEXTS)


@dataclass(frozen=True, slots=True)
class _Filler:
    """Makes the cells of the new sheet."""

    expected: Expected
    decisions: Decisions

    def settle(self, answer: Combined) -> Combined:
        """The answer with the coordinator's decision, where there is one."""
        if not answer.rivals:
            return answer
        question = double_question(answer, self.expected.schema("progress"))
        return decide_double(answer, question, self.decisions) or answer

    def answer(self, answer: Combined, careful: str, *, fills_in: bool) -> dict[str, _Cell]:
        """One row of Progress; ``careful`` is its publication once blanks mean what they mean.

        A publication that nobody gave stays blank, but where the Cover would otherwise give another one.
        """
        cells: dict[str, _Cell] = dict(answer.values)
        publication = careful if answer.publication or fills_in else ""
        cells |= {"publication": publication}
        return {name: value for name, value in cells.items() if value != "" and name != "number"}

    def table(
        self, own: Sequence[Submission], name: str, *, fills_in: bool
    ) -> tuple[Mapping[str, _Cell], ...]:
        """The rows of a free table that count, equal ones once."""
        publishes = any(column.name == "publication" for column in self.expected.schema(name).columns)
        made: list[Mapping[str, _Cell]] = []
        for row, given in counting_rows(own, name):
            publication = given or (self.expected.settings.publication if fills_in else "")
            cells: dict[str, _Cell] = dict(row.values)
            cells |= {"publication": publication} if publishes and publication else {}
            made.append(cells)
        return tuple(made)

    def cover(self, own: Sequence[Submission]) -> dict[str, _Cell]:
        """Who filled in the sheets, one a line, and the most careful publication of all of them."""
        covers = [submission.cover for submission in own]
        cells: dict[str, _Cell] = {}
        for name in _CARRIED:
            told = dict.fromkeys(cover.text(name) for cover in covers if cover.text(name))
            cells |= {name: "\n".join(told)} if told else {}
        given = [s.cover.text("publication_all") for s in own if any(s.rows.values())]
        if any(given):
            default = self.expected.settings.publication
            cells["publication_all"] = most_careful(told or default for told in given)
        if all(cover.text("nothing_to_report") == "yes" for cover in covers):
            cells["nothing_to_report"] = "yes"
        return cells
