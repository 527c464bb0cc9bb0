"""All counts of the report, made once: every sentence, table, chart, annex and companion takes from here.

A ``Tally`` parts recommendations by what is printed as their level of implementation, and holds their
numbers: its parts add up because nothing stands in two of them. What may be told of withheld answers is
decided here, too: see ``Counts.tells_apart`` and ``docs/decisions/0020-counts.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from uprreport.model import (
    NO_INFORMATION,
    UNDER_CLARIFICATION,
    Kind,
    Outcome,
    Part,
    Recommendation,
    RecordSet,
    Register,
)
from uprreport.text import natural_key

FEWEST = 3
"""Among so many others withheld answers must be able to hide before they are counted: the usual threshold
below which statistical offices publish no cell of a table."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Some recommendations, parted by their printed level: the numbers under each, in natural order."""

    numbers: Mapping[str, tuple[str, ...]]

    def count(self, level: str) -> int:
        """How many stand at a level."""
        return len(self.numbers.get(level, ()))

    @property
    def total(self) -> int:
        """How many they are."""
        return sum(len(numbers) for numbers in self.numbers.values())

    @property
    def informed(self) -> int:
        """How many the report gives information on: those at a level and those under clarification."""
        return self.total - self.count(NO_INFORMATION)

    @property
    def settled(self) -> int:
        """How many have a level of implementation."""
        return self.informed - self.count(UNDER_CLARIFICATION)

    @property
    def all_numbers(self) -> tuple[str, ...]:
        """All their numbers, in natural order."""
        return _in_order(number for numbers in self.numbers.values() for number in numbers)

    def among(self, numbers: Iterable[str]) -> Tally:
        """Only some of them."""
        wanted = frozenset(numbers)
        kept = {level: tuple(n for n in own if n in wanted) for level, own in self.numbers.items()}
        return Tally({level: own for level, own in kept.items() if own})


@dataclass(frozen=True, slots=True)
class Body:
    """One agency's recommendations: those it answers for, those it supports, those with information of its
    own in the report. A group that it answered once counts for all members."""

    leads: tuple[str, ...]
    supports: tuple[str, ...]
    informed: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many recommendations it was asked about."""
        return len(self.leads) + len(self.supports)

    @property
    def silent(self) -> int:
        """On how many of them the report has no information of its own."""
        return self.asked - len(self.informed)


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one record set; keys are those of the register and the lists, agencies' their ids.

    ``positions`` are the present ones; ``at_review`` counts those of the review,
    ``moves`` the changes between both. ``themes`` (the primary ones) and ``positions`` add up to ``whole``;
    goals, States and bodies share recommendations.
    ``asked`` are the agencies that were asked about anything, ``informing`` those with information on a
    recommendation in the report. ``parts`` is the ledger: it and the two below are for the coordinator's
    eyes, since they tell what is withheld. Of what is printed as no information ``unanswered`` is what nobody
    answered, ``withheld`` what was answered, but not for publication; ``tells_apart`` says whether all may
    read how many each of the two are.
    """

    whole: Tally
    positions: Mapping[str, Tally]
    at_review: Mapping[str, int]
    moves: Mapping[tuple[str, str], tuple[str, ...]]
    themes: Mapping[str, Tally]
    goals: Mapping[str, Tally]
    states: Mapping[str, Tally]
    bodies: Mapping[str, Body]
    challenges: Mapping[str, tuple[str, ...]]
    asked: tuple[str, ...]
    informing: tuple[str, ...]
    pledges: Tally
    observations: Tally
    parts: Mapping[Part, int]
    unanswered: tuple[str, ...]
    withheld: tuple[str, ...]
    tells_apart: bool

    @property
    def moved(self) -> tuple[str, ...]:
        """The recommendations whose position is another one than at the review."""
        return _in_order(number for numbers in self.moves.values() for number in numbers)


def count_records(register: Register, records: RecordSet) -> Counts:
    """Count a record set."""
    outcomes = records.of_kind("recommendation")
    unanswered, withheld = _not_printed(outcomes)
    informing = {answer.agency for outcome in outcomes for answer in outcome.answers}
    asked = tuple(agency.id for agency in register.agencies if register.assigned_to(agency.id))
    return Counts(
        whole=_tally(outcomes),
        positions=_tallies(outcomes, lambda item: (item.current_position,)),
        at_review=Counter(outcome.item.position for outcome in outcomes),
        moves=_moves(outcomes),
        themes=_tallies(outcomes, lambda item: (item.theme,)),
        goals=_tallies(outcomes, lambda item: item.sdgs),
        states=_tallies(outcomes, lambda item: item.recommending_states),
        bodies=_bodies(register, outcomes),
        challenges=_challenges(outcomes),
        asked=asked,
        informing=tuple(agency.id for agency in register.agencies if agency.id in informing),
        pledges=_of_kind(records, "pledge"),
        observations=_of_kind(records, "observation"),
        parts=Counter(outcome.part for outcome in outcomes),
        unanswered=_numbers(unanswered),
        withheld=_numbers(withheld),
        tells_apart=_may_tell_apart([*unanswered, *withheld], len(withheld)),
    )


def count_printed(records: RecordSet) -> dict[str, int]:
    """What the report prints of all recommendations, for the coordinator: parts that add up to the total."""
    outcomes = records.of_kind("recommendation")
    unanswered, withheld = _not_printed(outcomes)
    whole = _tally(outcomes)
    return {
        "total": whole.total,
        "settled": whole.settled,
        "under_clarification": whole.count(UNDER_CLARIFICATION),
        "unanswered": len(unanswered),
        "not_for_publication": len(withheld),
    }


def _not_printed(outcomes: Iterable[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """Of what is printed as no information, what nobody answered, and what is withheld; groups as a whole."""
    nothing = [outcome for outcome in outcomes if outcome.status == NO_INFORMATION]
    hidden = {unit_of(outcome.item) for outcome in nothing if outcome.withheld_by}
    unanswered = [outcome for outcome in nothing if unit_of(outcome.item) not in hidden]
    return unanswered, [outcome for outcome in nothing if unit_of(outcome.item) in hidden]


def _may_tell_apart(nothing: Sequence[Outcome], withheld: int) -> bool:
    """Whether it may be told how many of those without information are withheld, without pointing at one.

    Each of them must be able to hide among others: of recommendations that an agency answers for (others have
    no answer to withhold), and each by itself (a group is withheld as a whole). Which these are all can see;
    so whether it is told depends on nothing but what all can see, and on the number itself.
    """
    could_be = sum(bool(outcome.item.agencies) and not outcome.item.group for outcome in nothing)
    return withheld > 0 and could_be - withheld >= max(FEWEST, withheld)


# Parting ------------------------------------------------------------------------------------------------


def _in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(numbers, key=natural_key))


def _numbers(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    return _in_order(outcome.item.number for outcome in outcomes)


def _tally(outcomes: Iterable[Outcome]) -> Tally:
    by_level: dict[str, list[str]] = {}
    for outcome in outcomes:
        by_level.setdefault(outcome.status, []).append(outcome.item.number)
    return Tally({level: _in_order(numbers) for level, numbers in by_level.items()})


def _of_kind(records: RecordSet, kind: Kind) -> Tally:
    return _tally(records.of_kind(kind))


def _tallies(
    outcomes: Iterable[Outcome], keys: Callable[[Recommendation], Iterable[str]]
) -> Mapping[str, Tally]:
    """A tally for each key that any has; one recommendation counts once under each of its keys."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for key in dict.fromkeys(keys(outcome.item)):
            found.setdefault(key, []).append(outcome)
    return {key: _tally(mine) for key, mine in found.items()}


def _moves(outcomes: Iterable[Outcome]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for item in (outcome.item for outcome in outcomes):
        if item.current_position != item.position:
            found.setdefault((item.position, item.current_position), []).append(item.number)
    return {move: _in_order(numbers) for move, numbers in found.items()}


def _bodies(register: Register, outcomes: Sequence[Outcome]) -> Mapping[str, Body]:
    """The agencies that are asked about any recommendation, in the register's order."""
    told = {(answer.agency, unit_of(outcome.item)) for outcome in outcomes for answer in outcome.answers}
    asked: dict[str, list[Recommendation]] = {}
    for item in (outcome.item for outcome in outcomes):
        for agency in item.agencies:
            asked.setdefault(agency, []).append(item)
    return {
        agency.id: _body(agency.id, asked[agency.id], told)
        for agency in register.agencies
        if agency.id in asked
    }


def _body(agency: str, asked: Sequence[Recommendation], told: Collection[tuple[str, str]]) -> Body:
    return Body(
        leads=_in_order(item.number for item in asked if item.lead == agency),
        supports=_in_order(item.number for item in asked if item.lead != agency),
        informed=_in_order(item.number for item in asked if (agency, unit_of(item)) in told),
    )


def unit_of(item: Recommendation) -> str:
    """What is answered as one: a recommendation by itself, or its whole group."""
    return f"group {item.group}" if item.group else item.number


def _challenges(outcomes: Sequence[Outcome]) -> Mapping[str, tuple[str, ...]]:
    """The recommendations that met each type of challenge, with all of their groups."""
    met: dict[str, set[str]] = {}
    for outcome in outcomes:
        for kind in {answer.text("challenge_type") for answer in outcome.answers} - {""}:
            met.setdefault(kind, set()).add(unit_of(outcome.item))
    return {
        kind: _numbers(outcome for outcome in outcomes if unit_of(outcome.item) in units)
        for kind, units in met.items()
    }
