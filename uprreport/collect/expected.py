"""What a progress sheet should hold: the side of a comparison that the register and the settings give."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from uprreport.counts import unit_of
from uprreport.model import Recommendation, Register, Value
from uprreport.review import Settings
from uprreport.schema import TabSchema
from uprreport.text import fold

TEMPLATE_VERSION = "1"
"""The version of the sheets that this tool writes and reads; it changes when columns change their meaning."""

FREE_TABLES = ("assistance", "actions", "practices", "consultations")
"""The tabs that begin empty: an agency adds rows of its own."""

REST = "rest"
"""The unit of the part that holds an agency's rows of no department, and its free tables."""

Schemas = Callable[[str], TabSchema]


@dataclass(frozen=True, slots=True)
class Expected:
    """The register, the settings and the schemas that submissions are checked against.

    ``prefixes`` are the first parts of the review's numbers, 140 of 140.7.

    ``asked`` tells who is asked about each number: its own agencies, and those of its group, which is
    answered once.
    """

    settings: Settings
    register: Register
    schema: Schemas
    today: datetime.date
    items: Mapping[str, Recommendation] = field(init=False)
    by_text: Mapping[str, str] = field(init=False)
    prefixes: frozenset[str] = field(init=False)
    asked: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the register once: by number, and by text where a text belongs to one number only."""
        items = {item.number: item for item in self.register.items}
        by_text: dict[str, str] = {}
        for item in (item for item in items.values() if fold(item.text)):
            for key in text_keys(item.text, "\n".join(item.recommending_states)):
                by_text[key] = "" if key in by_text else item.number
        object.__setattr__(self, "items", items)
        prefixes = frozenset(number.partition(".")[0] for number in items if "." in number)
        object.__setattr__(self, "prefixes", prefixes)
        object.__setattr__(self, "asked", _asked(self.register.items))
        object.__setattr__(self, "by_text", {key: number for key, number in by_text.items() if number})

    def number_of(self, text: str, states: str) -> str:
        """The number of a text, told by its recommending States where several have the same; else empty."""
        return next((self.by_text[key] for key in text_keys(text, states) if key in self.by_text), "")

    def could_be(self, damaged: str) -> tuple[str, ...]:
        """The numbers that an office program shows alike: 140.1 may have been 140.1, 140.10 or 140.100."""
        return tuple(n for n in (damaged, f"{damaged}0", f"{damaged}00") if n in self.items)

    @property
    def example_number(self) -> str:
        """A number that exists, for messages."""
        return next(iter(self.items), "1.1")


def _asked(items: Sequence[Recommendation]) -> Mapping[str, frozenset[str]]:
    of_unit: dict[str, set[str]] = {}
    for item in items:
        of_unit.setdefault(unit_of(item), set()).update(item.agencies)
    return {item.number: frozenset(of_unit[unit_of(item)]) for item in items}


def text_keys(text: str, states: str) -> tuple[str, str]:
    """How a recommendation is found again: by its text, and by its text and the States that made it."""
    return fold(text), f"{fold(text)}\n{fold(states)}"


def locked_values(item: Recommendation, agency: str, previous: str = "") -> dict[str, Value]:
    """The pre-filled cells of one Progress row, by column name; blank ones are left out."""
    values: dict[str, Value] = {
        "number": item.number,
        "text": item.text,
        "text_local": item.text_local,
        "recommending_states": item.recommending_states,
        "position": item.current_position,
        "source_of_position": item.source_of_position,
        "theme": item.theme,
        "themes": item.themes,
        "persons": item.persons,
        "sdgs": item.sdgs,
        "sdg_targets": item.sdg_targets,
        "lead": item.lead,
        "supporting": item.supporting,
        "group": item.group,
        "role": "lead" if item.lead == agency else "supporting",
        "previous": previous,
    }
    return {name: value for name, value in values.items() if value}
