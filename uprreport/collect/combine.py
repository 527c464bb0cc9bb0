"""Several rows of one agency on one recommendation become one answer.

Rows, not files, supersede: a higher round wins, then a later approval. A blank never overrides an answer,
absent rows stand, equal copies are one. Rows of equal rank (departments, copies) complete each other cell
by cell; where two of them hold different texts for one cell, the coordinator is asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from uprreport.findings import Finding
from uprreport.model import ANSWER_TEXTS, Row, Submission, Value

Rank = tuple[int, datetime.date]

CAUTION = ("internal", "needs clearance", "public")
"""Publications from the most to the least careful: of several, the most careful holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row with what its submission says for all of its rows. ``rank`` is round, then date of approval."""

    agency: str
    number: str
    row: Row
    rank: Rank
    publication: str

    @property
    def place(self) -> str:
        """Where the row stands, for people: file, tab and the cell of its status."""
        return str(self.row.at("status"))


@dataclass(frozen=True, slots=True)
class Combined:
    """One agency's answer to one recommendation.

    ``cells`` maps a field to the rows that gave it. ``rivals`` holds, when rows of equal rank contradict
    each other, those rows; ``disputed`` the fields in question.
    """

    agency: str
    number: str
    values: Mapping[str, Value]
    origin: Mapping[str, Row]
    publication: str
    rivals: tuple[Answer, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def is_answer(self) -> bool:
        """A status, or text in measures, challenges or next steps."""
        return any(self.values.get(name) for name in ("status", *ANSWER_TEXTS))


def combine_answers(submissions: Iterable[Submission]) -> tuple[list[Combined], list[Finding]]:
    """One answer for each agency and number, and notes about the rows that a later one replaced."""
    found: dict[tuple[str, str], list[Answer]] = {}
    for submission in submissions:
        for row in submission.rows.get("progress", ()):
            answer = _answer(submission, row)
            found.setdefault((answer.agency, answer.number), []).append(answer)
    combined: list[Combined] = []
    notes: list[Finding] = []
    for key in sorted(found):
        answers = sorted(_distinct(found[key]), key=lambda answer: (answer.rank, answer.place))
        current, superseded = _current(answers)
        combined.append(_combine(current, answers))
        notes += [_superseded(answer, current[0]) for answer in superseded]
    return combined, notes


def _answer(submission: Submission, row: Row) -> Answer:
    publication = row.text("publication") or submission.cover.text("publication_all")
    rank = (submission.round, submission.approved_on or datetime.date.min)
    return Answer(submission.agency, row.text("number"), row, rank, publication)


def _distinct(answers: Sequence[Answer]) -> list[Answer]:
    """Equal copies once: the one whose place comes first, so that order does not matter."""
    kept: dict[object, Answer] = {}
    for answer in sorted(answers, key=lambda answer: answer.place):
        key = (answer.rank, answer.publication, frozenset(answer.row.values.items()))
        kept.setdefault(key, answer)
    return list(kept.values())


def _current(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """The rows of the highest rank that answer anything, and the answers that they replace."""
    answering = [answer for answer in answers if _answers(answer.row)] or list(answers)
    rank = max(answer.rank for answer in answering)
    current = [answer for answer in answering if answer.rank == rank]
    return current, [a for a in answering if a.rank < rank and _answers(a.row)]


def _answers(row: Row) -> bool:
    return any(row.values.get(name) for name in ("status", *ANSWER_TEXTS))


def _combine(current: Sequence[Answer], answers: Sequence[Answer]) -> Combined:
    first = current[0]
    values: dict[str, Value] = {}
    origin: dict[str, Row] = {}
    disputed: list[str] = []
    for name in dict.fromkeys(name for answer in current for name in answer.row.values):
        rows = [answer.row for answer in current if name in answer.row.values]
        different = list(dict.fromkeys(row.values[name] for row in rows))
        if len(different) == 1 or name in ("publication", "remark", "unit"):
            values[name], origin[name] = different[0], rows[0]
        elif name in ANSWER_TEXTS:
            # Nothing is lost while the coordinator has not decided: both texts stand, one after the other.
            values[name], origin[name] = "\n".join(str(text) for text in different), rows[0]
            disputed.append(name)
        else:
            disputed.append(name)
    rivals = tuple(current) if disputed else ()
    publication = _publication(current, answers)
    return Combined(first.agency, first.number, values, origin, publication, rivals, tuple(disputed))


def _publication(current: Sequence[Answer], answers: Sequence[Answer]) -> str:
    """The most careful publication of the current rows; where they leave it blank, the latest one given.

    An earlier "internal" must not turn into "public" only because a later sheet left the cell blank.
    """
    given = [answer.publication for answer in current if answer.publication]
    if not given:
        earlier = [answer for answer in answers if answer.publication]
        if not earlier:
            return ""
        latest = max(answer.rank for answer in earlier)
        given = [answer.publication for answer in earlier if answer.rank == latest]
    return min(given, key=CAUTION.index)


def only(combined: Combined, chosen: Answer) -> Combined:
    """The answer as the coordinator decided it: one of the rival rows as it stands."""
    values = dict(chosen.row.values)
    return replace(combined, values=values, origin=dict.fromkeys(values, chosen.row), rivals=(), disputed=())


def _superseded(answer: Answer, by: Answer) -> Finding:
    return Finding(
        "superseded-submission",
        answer.row.at("status"),
        answer.agency,
        answer.number,
        answer.number,
        "Status",
        {"later": by.place},
    )
