"""What editors must know of many passages of a chapter, said once: by kind and by agency, with all numbers.

A comment beside each passage would say the same some hundred times in a first draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from uprreport.model import Block, Outcome, Record
from uprreport.report import phrases
from uprreport.report.given import Given
from uprreport.report.tongues import of_answers
from uprreport.report.units import Unit

_KINDS = (
    phrases.COMMENT_UNASSIGNED,
    phrases.COMMENT_WITHHELD,
    phrases.COMMENT_AWAITED,
    phrases.COMMENT_EMPTY,
    phrases.COMMENT_NO_MEASURES,
    phrases.COMMENT_UNTRANSLATED_ANSWERS,
)
"""The comments that are gathered, in their order."""

_WORDS = ("measures", "next_steps", "challenges")
"""The texts of an answer that a chapter prints."""


def with_gathered(given: Given, blocks: Sequence[Block], units: Sequence[Unit]) -> tuple[Block, ...]:
    """The blocks of a chapter, the first line of references (else the first block) with the comments on all
    of its ``units``."""
    comments = gather(given, units)
    if not blocks or not comments:
        return tuple(blocks)
    at = next((i for i, block in enumerate(blocks) if block.id.endswith("/reference")), 0)
    commented = replace(blocks[at], comments=(*comments, *blocks[at].comments))
    return (*blocks[:at], commented, *blocks[at + 1 :])


def gather(given: Given, units: Sequence[Unit]) -> tuple[str, ...]:
    """One comment for each kind and agency that anything is to be said of, in the register's order."""
    numbers: dict[tuple[str, str], list[str]] = {}
    for unit in units:
        for kind, agency, number in _of_unit(given, unit):
            numbers.setdefault((kind, agency), []).append(number)
    order = {agency.id: index for index, agency in enumerate(given.register.agencies)}
    keys = sorted(numbers, key=lambda key: (_KINDS.index(key[0]), order.get(key[1], len(order)), key[1]))
    return tuple(
        given.say(kind, numbers=given.ranges(numbers[kind, agency]), agencies=given.agency(agency))
        for kind, agency in keys
    )


def _of_unit(given: Given, unit: Unit) -> Iterator[tuple[str, str, str]]:
    """Kind, agency (empty for none) and number of each thing to be said; nothing of what stands elsewhere."""
    if unit.see:
        return
    for outcome in unit.outcomes:
        yield from _of_outcome(outcome)
    described = any(_describes(answer) for answer in unit.answers)
    for answer in unit.answers:
        number = answer.number or unit.first.item.number
        if answer.text("status") and not described:
            yield phrases.COMMENT_NO_MEASURES, answer.agency, number
        if of_answers(given, [answer], _WORDS):
            yield phrases.COMMENT_UNTRANSLATED_ANSWERS, answer.agency, number


def _of_outcome(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    number = outcome.item.number
    if outcome.part == "unassigned":
        yield phrases.COMMENT_UNASSIGNED, "", number
    for agency in outcome.withheld_by:
        yield phrases.COMMENT_WITHHELD, agency, number
    for agency in outcome.awaited_from:
        yield phrases.COMMENT_AWAITED, agency, number
    if outcome.part == "empty":
        yield phrases.COMMENT_EMPTY, outcome.item.agencies[0], number


def _describes(answer: Record) -> bool:
    return any(answer.text(name) for name in ("measures", "next_steps"))
