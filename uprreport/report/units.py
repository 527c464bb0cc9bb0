"""What is answered together: one recommendation, or a group of them, as one unit of the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uprreport.model import Outcome, Record
from uprreport.text import natural_key, number_ranges


@dataclass(frozen=True, slots=True)
class Unit:
    """Recommendations that one paragraph answers.

    ``answers`` are those of all members of the group, wherever they stand. ``see`` is the number under
    which the group is answered, when that is another place of the report.
    """

    outcomes: tuple[Outcome, ...]
    answers: tuple[Record, ...]
    see: str = ""

    @property
    def first(self) -> Outcome:
        """The member after which the unit is called."""
        return self.outcomes[0]

    @property
    def id(self) -> str:
        """``rec:<number>``, the first part of the ids of its blocks."""
        return f"rec:{self.first.item.number}"

    @property
    def members(self) -> tuple[str, ...]:
        """The numbers of its recommendations."""
        return tuple(outcome.item.number for outcome in self.outcomes)

    @property
    def numbers(self) -> str:
        """The numbers as UN documents cite them, whatever the language."""
        return number_ranges(self.members)


def group_members(outcomes: Iterable[Outcome]) -> Mapping[str, tuple[Outcome, ...]]:
    """The members of each group in natural order; groups of one are none."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=lambda o: natural_key(o.item.number)):
        if outcome.item.group:
            groups.setdefault(outcome.item.group, []).append(outcome)
    return {name: tuple(members) for name, members in groups.items() if len(members) > 1}


def answered_elsewhere(outcomes: Iterable[Outcome]) -> Mapping[str, Outcome]:
    """For members of groups without answers of their own, by their numbers, the first member that has any."""
    found: dict[str, Outcome] = {}
    for members in group_members(outcomes).values():
        home = next((member for member in members if member.answers), None)
        if home is not None:
            found |= {member.item.number: home for member in members if not member.answers}
    return found


def make_units(outcomes: Sequence[Outcome], groups: Mapping[str, tuple[Outcome, ...]]) -> tuple[Unit, ...]:
    """The units of one chapter's theme, in natural order of their first numbers."""
    units: list[Unit] = []
    done: set[str] = set()
    for outcome in sorted(outcomes, key=lambda o: natural_key(o.item.number)):
        name = outcome.item.group
        members = groups.get(name, ())
        if not members:
            units.append(Unit((outcome,), outcome.answers))
        elif name not in done:
            done.add(name)
            here = tuple(member for member in members if member in outcomes)
            home = members[0]
            if home in here:
                units.append(Unit(here, tuple(answer for member in members for answer in member.answers)))
            else:
                units.append(Unit(here, (), home.item.number))
    return tuple(units)
