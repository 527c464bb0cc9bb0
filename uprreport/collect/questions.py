"""What only the coordinator can decide, as questions; they may quote withheld text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from uprreport.collect.combine import NEVER_PRINTED, Answer, Combined
from uprreport.model import AnswerText, Choice, Question, Record, Row, Value
from uprreport.schema import TabSchema
from uprreport.text import clean_text

KEEP = Choice("keep", "Keep the assignment")
ACCEPT, REMOVE = Choice("accept", "Accept"), Choice("remove", "Remove")
ASSIGN = "assign"
UNASKED = "/answer"
"""Ends the number in the id of a question about an answer of an agency that was not asked."""

LONGEST = 30_000
"""UTF-16 units of answers in one cell: a cell holds 32,767, and the rest can be read at its place."""

PIECE_WIDTH, PIECE_LINES = 34, 30
"""Characters a line, and lines of an answer that the tallest row of Excel shows in one cell."""


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


def double_question(combined: Combined, progress: TabSchema) -> Question:
    """Different texts of one agency for one cell, at equal rank; the choices are the places of the rows."""
    texts = tuple(
        AnswerText(
            answer.agency,
            _told({name: v for name, v in answer.row.values.items() if name in combined.disputed}, progress),
            rival_place(answer, combined),
        )
        for answer in combined.rivals
    )
    choices = tuple(Choice(text.place, text.place) for text in texts)
    question = f"double-text:{combined.number}@{combined.agency}"
    return Question(question, "double-text", combined.number, (combined.agency,), texts, choices)


def rival_place(answer: Answer, combined: Combined) -> str:
    """The place by which one of several rival rows is chosen: the first disputed cell that it fills."""
    return str(answer.row.at(next(name for name in combined.disputed if name in answer.row.values)))


def clearance_question(number: str, record: Record, row: Row, schema: TabSchema) -> Question:
    """An answer that waits to be cleared, with everything that would be printed of it.

    ``number`` tells several rows of a table apart; ``row`` is where the answer stands.
    """
    agency = record.agency
    place = str(row.at(next((c.name for c in schema.columns if c.name in record.fields), "number")))
    choices = (Choice("public", "Public"), Choice("internal", "Internal"))
    answers = (AnswerText(agency, _told(record.fields, schema), place),)
    return Question(
        f"needs-clearance:{number}@{agency}", "needs-clearance", number, (agency,), answers, choices
    )


def _told(values: Mapping[str, Value], schema: TabSchema) -> str:
    """Values under their headings, one a line, in the order of the columns."""
    shown = ((c.title, c.show(values[c.name])) for c in schema.columns if c.name in values)
    return "\n".join(f"{title}: {value}" for title, value in shown)


def reassign_question(combined: Combined, agencies: Iterable[str]) -> Question:
    """An agency says that another one should answer."""
    suggested = str(combined.values.get("suggested_agency", ""))
    told = f"not ours; suggested: {suggested}" if suggested else "not ours"
    text = AnswerText(combined.agency, told, str(combined.origin["not_ours"].at("not_ours")))
    choices = (*(Choice(agency, agency) for agency in agencies if agency != combined.agency), KEEP)
    question = f"reassign:{combined.number}@{combined.agency}"
    return Question(question, "reassign", combined.number, (combined.agency,), (text,), choices)


def unasked_question(combined: Combined, progress: TabSchema) -> Question:
    """An agency answers what it was not asked: it is accepted, left out, or the agency is assigned."""
    agency = combined.agency
    values = {name: value for name, value in combined.values.items() if name not in NEVER_PRINTED}
    first = next(row for name, row in combined.origin.items() if name in values)
    place = str(first.at(next(c.name for c in progress.columns if c.name in values)))
    return Question(
        f"reassign:{combined.number}{UNASKED}@{agency}",
        "reassign",
        combined.number,
        (agency,),
        (AnswerText(agency, f"was not asked, and answers:\n{_told(values, progress)}", place),),
        (ACCEPT, REMOVE, assign_choice(agency)),
    )


def assign_choice(agency: str) -> Choice:
    """The choice that makes an agency answer for what it was not asked."""
    return Choice(ASSIGN, f"Assign to {agency}")


def answers_text(question: Question, names: Mapping[str, str] | None = None) -> str:
    """All answers in one text, each with its agency's name, if there is one, and its cell."""
    text = _shortened("\n\n".join(_answer_text(answer, names or {}) for answer in question.answers))
    return f"{text}\n\n{answers_mark(question)}"


def answer_texts(question: Question, names: Mapping[str, str], columns: int) -> list[str]:
    """The answers beside each other, for at most so many cells: one each, a long one in several.

    What does not fit beside stands below in the last cell.
    """
    pieces = [piece for answer in question.answers for piece in _pieces(_answer_text(answer, names))]
    beside, below = pieces[: columns - 1], pieces[columns - 1 :]
    return [_shortened(text) for text in (*beside, *(["\n\n".join(below)] if below else []))]


def _answer_text(answer: AnswerText, names: Mapping[str, str]) -> str:
    told = f"{names.get(answer.agency, answer.agency)}:\n{answer.text}"
    return f"{told}\n({answer.place})" if answer.place else told


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces that a row of the greatest height shows whole, parted between words."""
    words = re.findall(r"\s*\S+", text)
    piece, lines = "", 0.0
    for word in words:
        more = word.count("\n") + len(word) / PIECE_WIDTH
        if piece and lines + more > PIECE_LINES:
            yield f"{piece} …"
            piece, lines = f"… {word.strip()}", more
        else:
            piece, lines = piece + word, lines + more
    yield piece.strip()


def _shortened(text: str) -> str:
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * LONGEST:
        return text
    cut = units[: 2 * LONGEST].decode("utf-16-le", "ignore")
    return f"{cut} … (the whole text stands at its place)"


def answers_mark(question: Question) -> str:
    """A short sum of the answers: a decision holds only for the answers it was made on."""
    told = "\x1f".join(f"{answer.agency}\x1e{answer.text}" for answer in question.answers)
    return f"[answers {_sum(told, 8)}]"


def answer_token(question: Question) -> str:
    """A question and its answers in eight digits: by it a row that decides for several names each of them."""
    return _sum(f"{question.id}\x1f{answers_mark(question)}", 8)


def cell_sum(text: str) -> str:
    """A cell that the tool filled in, in four digits: by them it is seen that somebody typed over it."""
    return _sum(" ".join(clean_text(text)[0].split()), 4)


def _sum(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:digits]


# Several at once --------------------------------------------------------------------------------------

ALL = "all"


def bulk_questions(open_ones: Sequence[Question]) -> tuple[Question, ...]:
    """For each agency with several answers that wait to be cleared, one question about all of them."""
    by_agency: dict[str, list[Question]] = {}
    for question in open_ones:
        if question.kind == "needs-clearance":
            by_agency.setdefault(question.agencies[0], []).append(question)
    return tuple(_bulk_question(agency, own) for agency, own in sorted(by_agency.items()) if len(own) > 1)


def _bulk_question(agency: str, own: Sequence[Question]) -> Question:
    numbers = ", ".join(dict.fromkeys(shown_number(question) for question in own))
    told = f"{len(own)} answers: {numbers}"
    tokens = " ".join(answer_token(question) for question in own)
    # Its text is what it is about, so its mark is another one as soon as one of the answers is.
    about = (AnswerText(agency, told, ""), AnswerText("", tokens, ""))
    return Question(bulk_id(agency), "needs-clearance", ALL, (agency,), about, own[0].choices)


def shown_number(question: Question) -> str:
    """The number of the recommendation that a question is about, without what tells rows of a table apart."""
    return question.number.partition("/")[0] if question.kind == "needs-clearance" else question.number


def bulk_id(agency: str) -> str:
    """The id of the question about all of an agency's answers that wait to be cleared."""
    return f"needs-clearance:{ALL}@{agency}"
