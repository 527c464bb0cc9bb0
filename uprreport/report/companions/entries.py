"""One recommendation after another, as the companions show it: everything called by its label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from uprreport.model import Outcome, Record
from uprreport.report import phrases
from uprreport.report.annex import asked_for, measures_of, needs_by_number, positions_of
from uprreport.report.given import Given
from uprreport.report.units import answered_elsewhere
from uprreport.report.voice import in_sequence
from uprreport.text import natural_key


@dataclass(frozen=True, slots=True)
class Entry:
    """A recommendation and what was answered on it; ``measures`` are paragraphs, ``agencies`` names.

    ``assessment`` is what OHCHR's list has no other room for: a position that changed, its reason, then the
    measures. ``see`` is the number under which it is answered, where that is another one's.
    """

    outcome: Outcome
    position: str
    status: str
    measures: tuple[str, ...]
    challenges: str
    assistance: str
    agencies: tuple[str, ...]
    targets: tuple[str, ...]
    assessment: tuple[str, ...] = ()
    see: str = ""

    @property
    def number(self) -> str:
        """Its number."""
        return self.outcome.item.number


def make_entries(given: Given) -> tuple[Entry, ...]:
    """Every recommendation, in the order of numbers."""
    outcomes = sorted(given.records.of_kind("recommendation"), key=lambda o: natural_key(o.item.number))
    needs, elsewhere = needs_by_number(given), answered_elsewhere(outcomes)
    return tuple(_entry(given, o, needs, elsewhere.get(o.item.number)) for o in outcomes)


def _entry(given: Given, outcome: Outcome, needs: Mapping[str, Sequence[str]], home: Outcome | None) -> Entry:
    item, answers = outcome.item, outcome.answers
    see = home.item.number if home else ""
    measures = (given.say(phrases.SEE, number=see),) if see else tuple(measures_of(given, outcome))
    return Entry(
        outcome=outcome,
        position="\n".join(positions_of(given, outcome)),
        status=given.status(outcome),
        measures=measures,
        challenges=in_sequence(answer.text("challenges") for answer in answers),
        assistance="\n".join(needs.get(item.number, ())) or asked_for(given, answers).strip("–"),
        agencies=tuple(given.agency(agency) for agency in item.agencies),
        targets=targets_of(outcome),
        assessment=(*_about_position(given, outcome), *measures),
        see=see,
    )


def _about_position(given: Given, outcome: Outcome) -> Iterator[str]:
    item = outcome.item
    if item.position_now and item.position_now != item.position:
        yield given.say(phrases.POSITION_NOW, position=given.position(item.position_now).lower())
    if item.position_reason:
        yield given.say(phrases.REASON, reason=item.position_reason)


def targets_of(outcome: Outcome) -> tuple[str, ...]:
    """The SDG targets: as the agencies corrected them, else as the register proposes them."""
    corrected = tuple(dict.fromkeys(_corrected(outcome.answers)))
    return tuple(sorted(corrected or outcome.item.sdg_targets, key=natural_key))


def _corrected(answers: Sequence[Record]) -> Iterator[str]:
    for answer in answers:
        yield from (line for line in answer.text("sdg_targets_corrected").split("\n") if line)
