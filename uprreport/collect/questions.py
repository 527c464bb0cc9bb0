"""What only the coordinator can decide, as questions; they may quote withheld text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from uprreport.collect.combine import Answer, Combined
from uprreport.model import AnswerText, Choice, Question, Record, Row
from uprreport.schema import TabSchema

KEEP = Choice("keep", "Keep the assignment")
LONGEST = 30_000
"""Characters of answers in one cell: a cell holds 32,767, and the rest can be read at its place."""

_QUOTED = (
    "status",
    "measures",
    "challenges",
    "next_steps",
    "action",
    "description",
    "title",
    "practice",
    "outcome",
)


def conflict_question(number: str, answers: Sequence[Record], progress: TabSchema) -> Question:
    """Agencies' publishable answers to one recommendation with different statuses."""
    status = progress.column("status")
    texts = tuple(
        AnswerText(
            answer.agency,
            f"{status.label(answer.text('status'))}. {answer.text('measures')}".strip(),
            next(f"{s.file} {s.sheet}!{s.cell}" for s in answer.sources if s.field == "status"),
        )
        for answer in answers
    )
    agencies = tuple(text.agency for text in texts)
    return Question(f"status-conflict:{number}", "status-conflict", number, agencies, texts, status.choices)


def double_question(combined: Combined) -> Question:
    """Different texts of one agency for one cell, at equal rank; the choices are the places of the rows."""
    texts = tuple(
        AnswerText(
            answer.agency,
            "; ".join(f"{name}: {answer.row.text(name)}" for name in combined.disputed),
            rival_place(answer, combined),
        )
        for answer in combined.rivals
    )
    choices = tuple(Choice(text.place, text.place) for text in texts)
    question = f"double-text:{combined.number}@{combined.agency}"
    return Question(question, "double-text", combined.number, (combined.agency,), texts, choices)


def rival_place(answer: Answer, combined: Combined) -> str:
    """The place by which one of several rival rows is chosen: its first disputed cell."""
    return str(answer.row.at(combined.disputed[0]))


def clearance_question(number: str, agency: str, row: Row, values: Iterable[tuple[str, object]]) -> Question:
    """An answer that waits to be cleared. ``number`` tells several rows of a table apart."""
    told = dict(values)
    text = "; ".join(f"{name}: {told[name]}" for name in _QUOTED if told.get(name))
    place = str(row.at(next((name for name in _QUOTED if name in row.values), "number")))
    choices = (Choice("public", "Public"), Choice("internal", "Internal"))
    answers = (AnswerText(agency, text, place),)
    return Question(
        f"needs-clearance:{number}@{agency}", "needs-clearance", number, (agency,), answers, choices
    )


def reassign_question(combined: Combined, agencies: Iterable[str]) -> Question:
    """An agency says that another one should answer."""
    suggested = str(combined.values.get("suggested_agency", ""))
    told = f"not ours; suggested: {suggested}" if suggested else "not ours"
    text = AnswerText(combined.agency, told, str(combined.origin["not_ours"].at("not_ours")))
    choices = (*(Choice(agency, agency) for agency in agencies if agency != combined.agency), KEEP)
    question = f"reassign:{combined.number}@{combined.agency}"
    return Question(question, "reassign", combined.number, (combined.agency,), (text,), choices)


def answers_text(question: Question) -> str:
    """The answers beside each other, with their cells, as the column *Answers* shows them."""
    text = "\n\n".join(f"{a.agency}: {a.text}\n({a.place})" for a in question.answers)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]} … (the whole text stands at its place)"
    return f"{text}\n\n{answers_mark(question)}"


def answers_mark(question: Question) -> str:
    """A short sum of the answers: a decision holds only for the answers it was made on."""
    told = "\x1f".join(f"{answer.agency}\x1e{answer.text}" for answer in question.answers)
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
    return f"[answers {digest[:8]}]"
