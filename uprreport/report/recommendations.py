"""The blocks of recommendations, pledges and observations: one numbered paragraph for each, or a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uprreport.model import (
    NO_INFORMATION,
    UNDER_CLARIFICATION,
    Block,
    Foreign,
    Note,
    Outcome,
    Paragraph,
    Record,
)
from uprreport.report import phrases
from uprreport.report.given import Given, sources_of
from uprreport.report.notes import EVIDENCE, acts, cited, noted
from uprreport.report.tongues import of_answers, of_item
from uprreport.report.units import Unit
from uprreport.report.voice import in_sequence, lines

PRINTED = ("measures", "next_steps")
"""The texts of an answer that its paragraph prints, in this order; challenges follow by theme."""

_SHOWN = ("status", *PRINTED, *EVIDENCE)
"""Everything of an answer that its paragraph shows, in text, label and notes."""


def unit_blocks(given: Given, unit: Unit) -> Iterator[Block]:
    """The blocks of one unit: one in the government's voice, else one for each agency that answered."""
    attributed = _attributed(given, unit)
    if attributed:
        for index, answer in enumerate(attributed):
            comments = tuple(comments_on(given, unit)) if index == 0 else ()
            yield _agency_block(given, unit, answer, comments)
    else:
        yield _government_block(given, unit)


def _attributed(given: Given, unit: Unit) -> list[Record]:
    """The answers that have a block each; none in the government's one voice."""
    if given.settings.voice != "agencies" or unit.see:
        return []
    return [answer for answer in unit.answers if _texts([answer])]


def first_block(given: Given, unit: Unit) -> str:
    """The id of the first of a unit's blocks."""
    attributed = _attributed(given, unit)
    return f"{unit.id}/measures@{attributed[0].agency}" if attributed else f"{unit.id}/measures"


def _government_block(given: Given, unit: Unit) -> Block:
    return Block(
        id=f"{unit.id}/measures",
        title=unit.numbers,
        label=_label(given, unit),
        paragraphs=(
            *_asked(given, unit),
            *noted(_answer(given, unit), acts(given, unit.answers), _cited(given, unit)),
        ),
        sources=(
            *(source for answer in unit.answers for source in sources_of(answer, _SHOWN)),
            *(source for outcome in unit.outcomes for source in given.on_item(outcome)),
        ),
        comments=tuple(comments_on(given, unit)),
    )


def _agency_block(given: Given, unit: Unit, answer: Record, comments: tuple[str, ...]) -> Block:
    name, numbers = given.agency(answer.agency), given.ranges(unit.members)
    text = given.say(phrases.ATTRIBUTED, agency=name, text=_texts([answer]))
    told = numbered(text, of_answers(given, [answer], PRINTED))
    return Block(
        id=f"{unit.id}/measures@{answer.agency}",
        title=f"{unit.numbers}, {name}",
        label=f"[{numbers} · {given.status_label(answer.text('status'))} · {answer.agency}]",
        paragraphs=(*_asked(given, unit), *noted(told, acts(given, [answer]), _cited(given, unit))),
        sources=(
            *sources_of(answer, _SHOWN),
            *(source for outcome in unit.outcomes for source in given.on_item(outcome)),
        ),
        comments=comments,
    )


def _label(given: Given, unit: Unit) -> str:
    """``[140.7 · In progress · moh, moj]``: which recommendation, where it stands, whose words these are."""
    agencies = [answer.agency for answer in unit.answers]
    agencies = agencies or [agency for outcome in unit.outcomes for agency in outcome.item.agencies]
    statuses = dict.fromkeys(_where(given, outcome) for outcome in unit.outcomes)
    parts = (given.ranges(unit.members), given.listed(statuses), given.listed(dict.fromkeys(agencies)))
    return f"[{' · '.join(part for part in parts if part)}]"


def _cited(given: Given, unit: Unit) -> tuple[Note, ...]:
    """The endnote of a unit; pledges and observations have no paragraph in the Working Group's report."""
    items = [outcome.item for outcome in unit.outcomes if outcome.item.kind == "recommendation"]
    return cited(given, [item.number for item in items])


def _where(given: Given, outcome: Outcome) -> str:
    return given.say(phrases.CONTESTED) if outcome.part == "contested" else given.status(outcome)


def _asked(given: Given, unit: Unit) -> tuple[Paragraph, ...]:
    """What a pledge or an observation says, above its answer: no annex prints it."""
    item = unit.first.item
    if item.kind == "recommendation":
        return ()
    return (Paragraph(f"{item.number}. {given.wording(item)}", "quote", foreign=of_item(given, item)),)


def _answer(given: Given, unit: Unit) -> tuple[Paragraph, ...]:
    if unit.see:
        return numbered(given.say(phrases.SEE, number=unit.see))
    reasons = [outcome.item.position_reason for outcome in unit.outcomes]
    reason = in_sequence(given.say(phrases.REASON, reason=text) for text in reasons if text)
    text = in_sequence([reason, _texts(unit.answers)])
    if text:
        return numbered(text, of_answers(given, unit.answers, PRINTED))
    if any(answer.text("status") for answer in unit.answers):
        return numbered(_only_status(given, unit))
    return (Paragraph(_mark(given, unit), placeholder=True),)


def _only_status(given: Given, unit: Unit) -> str:
    """What is said where agencies told a level and nothing else: the level, once it is settled."""
    settled = [o for o in unit.outcomes if o.status not in (UNDER_CLARIFICATION, NO_INFORMATION)]
    if not settled:
        return given.say(phrases.ONLY_UNSETTLED)
    statuses = given.listed(dict.fromkeys(given.status(outcome) for outcome in settled))
    return given.say(phrases.ONLY_STATUS, status=statuses)


def _texts(answers: Sequence[Record]) -> str:
    return in_sequence(answer.text(name) for name in PRINTED for answer in answers)


def numbered(text: str, foreign: Foreign = ()) -> tuple[Paragraph, ...]:
    """A text as a numbered paragraph; further lines continue it."""
    first, *more = lines(text) or ("",)
    others = (Paragraph(line, "continued", foreign=foreign) for line in more)
    return (Paragraph(first, foreign=foreign), *others)


# What is missing ---------------------------------------------------------------------------------------

_MARKS = {
    "awaited": phrases.MARK_AWAITED,
    "withheld": phrases.MARK_WITHHELD,
    "unassigned": phrases.MARK_UNASSIGNED,
}


def _mark(given: Given, unit: Unit) -> str:
    parts = {outcome.part for outcome in unit.outcomes}
    mark = next((_MARKS[part] for part in _MARKS if part in parts), phrases.MARK_EMPTY)
    return given.say(mark, numbers=given.ranges(unit.members))


def comments_on(given: Given, unit: Unit) -> Iterator[str]:
    """What is to be settled on this passage alone; what is said of many is gathered by chapter."""
    for outcome in unit.outcomes if not unit.see else ():
        if outcome.part == "contested":
            told = given.listed_apart(
                given.say(phrases.ATTRIBUTED, agency=given.agency(a.agency), text=given.status_label(status))
                for a in outcome.answers
                if (status := a.text("status"))
            )
            yield given.say(phrases.COMMENT_CONTESTED, number=outcome.item.number, answers=told)
