"""Several rows of one agency on one recommendation become one answer.

Rows, not files, supersede: a higher round wins, then a later edition (a sheet that was filled in from earlier
submissions), then a later approval. A blank never overrides an answer, absent rows stand, equal copies are
one. Rows of equal rank (departments, copies) complete each other cell
by cell; where two of them hold different texts for one cell, the coordinator is asked. See
``docs/decisions/0005-merging-answers.md``, ``0006-doubtful-publication.md`` and ``0009-sheets-over-time.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from uprreport.collect.unread import name_order
from uprreport.findings import Finding, Severity
from uprreport.model import ANSWER_TEXTS, Decision, Rank, Row, Source, Submission, Value

NEVER_PRINTED = frozenset({"number", "remark", "publication", "not_ours", "suggested_agency"})
"""Columns for the coordinator only."""

CAUTION = ("internal", "needs clearance", "public")
"""Publications from the most to the least careful: of several, the most careful holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row with what its submission says for all of its rows. ``rank`` is that of the submission."""

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

    ``origin`` maps a field to the row that gave it. ``disputed`` holds the fields in which rows of equal
    rank contradict each other, ``rivals`` the rows that hold any of these. ``decided`` are the cells in which
    the coordinator reworded it.
    """

    agency: str
    number: str
    values: Mapping[str, Value]
    origin: Mapping[str, Row]
    publication: str
    rivals: tuple[Answer, ...] = ()
    disputed: tuple[str, ...] = ()
    decided: tuple[Source, ...] = ()

    @property
    def is_answer(self) -> bool:
        """A status, or text in measures, challenges or next steps."""
        return is_answer(self.values)


def combine_answers(
    submissions: Iterable[Submission], default: str = ""
) -> tuple[list[Combined], list[Finding]]:
    """One answer for each agency and number, and notes about the rows that a later one replaced.

    ``default`` is what a blank Publication means.
    """
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
        combined.append(_combine(current, answers, default))
        by = next((answer for answer in current if is_answer(answer.row.values)), current[0])
        notes += [_superseded(answer, by) for answer in superseded]
    return combined, notes


def _answer(submission: Submission, row: Row) -> Answer:
    publication = row.text("publication") or submission.cover.text("publication_all")
    return Answer(submission.agency, row.text("number"), row, submission.rank, publication)


def _distinct(answers: Sequence[Answer]) -> list[Answer]:
    """Equal copies once: the one whose file comes first by its name, so that order does not matter."""
    kept: dict[object, Answer] = {}
    for answer in sorted(answers, key=lambda answer: (name_order(answer.row.file), answer.place)):
        key = (answer.rank, answer.publication, frozenset(answer.row.values.items()))
        kept.setdefault(key, answer)
    return list(kept.values())


def _current(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """The rows of the highest rank at which anything is answered, and the answers that they replace."""
    answering = [answer for answer in answers if is_answer(answer.row.values)] or list(answers)
    rank = max(answer.rank for answer in answering)
    current = [answer for answer in answers if answer.rank == rank]
    return current, [a for a in answering if a.rank < rank and is_answer(a.row.values)]


def is_answer(values: Mapping[str, Value]) -> bool:
    """Whether there is a status, or text in measures, challenges or next steps."""
    return any(values.get(name) for name in ("status", *ANSWER_TEXTS))


def _combine(current: Sequence[Answer], answers: Sequence[Answer], default: str) -> Combined:
    first = current[0]
    values, origin, disputed = _joined(current)
    later = [answer for answer in answers if answer.rank > first.rank]
    for answer in later:  # without an answer, but what it says of an act, or whose this is, still counts
        values |= answer.row.values
        origin |= dict.fromkeys(answer.row.values, answer.row)
    rivals = tuple(a for a in current if any(name in a.row.values for name in disputed))
    publication = most_careful(_publication(answer, answers, default) for answer in (*current, *later))
    return Combined(first.agency, first.number, values, origin, publication, rivals, disputed)


def _joined(current: Sequence[Answer]) -> tuple[dict[str, Value], dict[str, Row], tuple[str, ...]]:
    """The cells of rows of equal rank, the rows they come from, and the fields that are in dispute."""
    values: dict[str, Value] = {}
    origin: dict[str, Row] = {}
    disputed: list[str] = []
    for name in dict.fromkeys(name for answer in current for name in answer.row.values):
        rows = [answer.row for answer in current if name in answer.row.values]
        different = list(dict.fromkeys(row.values[name] for row in rows))
        if len(different) == 1 or name == "publication":
            values[name], origin[name] = different[0], rows[0]
        elif name in ("remark", "unit"):  # nobody is asked about these: all of them stand
            values[name], origin[name] = "\n".join(str(text) for text in different), rows[0]
        elif name in ANSWER_TEXTS:
            # Nothing is lost while the coordinator has not decided: both texts stand, one after the other.
            values[name], origin[name] = "\n".join(str(text) for text in different), rows[0]
            disputed.append(name)
        else:
            disputed.append(name)
    return values, origin, tuple(disputed)


def most_careful(publications: Iterable[str]) -> str:
    """Of several publications the most careful one; blank ones do not count."""
    return min(filter(None, publications), key=CAUTION.index, default="")


def without_doubt(row: Row, findings: Iterable[Finding], name: str = "publication") -> Row:
    """The row with a Publication that needs clearance where the one that was given cannot be read.

    Whoever typed "Confidential", or lost the whole column, must not get what a blank means.
    """
    unread = any(f.at.field == name and f.severity is Severity.ERROR for f in findings)
    if not unread and name in row.cells:
        return row
    return replace(row, values={**row.values, name: "needs clearance"})


def _publication(answer: Answer, answers: Sequence[Answer], default: str) -> str:
    """The publication of one row; a blank one is what a blank means, or the latest one given if more careful.

    An earlier "internal" must not turn into "public" only because a later sheet left the cell blank. A row
    that gives nothing to print restricts nothing by a blank.
    """
    if answer.publication or NEVER_PRINTED.issuperset(answer.row.values):
        return answer.publication
    earlier = [other for other in answers if other.publication and other.rank < answer.rank]
    latest = max((other.rank for other in earlier), default=None)
    return most_careful([default, *(other.publication for other in earlier if other.rank == latest)])


def only(combined: Combined, chosen: Answer, decision: Decision) -> Combined:
    """The answer as the coordinator decided it: disputed cells as one of the rivals has them, or reworded.

    What was not in dispute stays, whichever row it came from.
    """
    values = {name: v for name, v in combined.values.items() if name not in combined.disputed}
    taken = {name: chosen.row.values[name] for name in combined.disputed if name in chosen.row.values}
    origin = {**combined.origin, **dict.fromkeys(taken, chosen.row)}
    values |= taken
    decided: tuple[Source, ...] = ()
    if decision.edited_text:
        reworded = next((name for name in combined.disputed if name in ANSWER_TEXTS), "measures")
        values[reworded] = decision.edited_text
        decided = decision.sources(reworded, combined.agency)
        if reworded in chosen.row.cells:
            origin.setdefault(reworded, chosen.row)
    origin = {name: row for name, row in origin.items() if name in values}
    return replace(combined, values=values, origin=origin, rivals=(), disputed=(), decided=decided)


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
