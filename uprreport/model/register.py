"""What was recommended and who answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from uprreport.findings import Location
from uprreport.text import fold

Kind = Literal["recommendation", "pledge", "observation"]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation; pledges and the Office's observations travel in the same type (see ``kind``).

    ``recommending_states`` are as printed. ``themes`` holds all, the primary one first. ``lead`` and
    ``supporting`` are ids of agencies and already include what the whole theme was assigned.
    """

    number: str
    text: str
    kind: Kind = "recommendation"
    text_local: str = ""
    recommending_states: tuple[str, ...] = ()
    position: str = ""
    source_of_position: str = ""
    theme: str = ""
    themes: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()
    lead: str = ""
    supporting: tuple[str, ...] = ()
    group: str = ""
    position_now: str = ""
    position_reason: str = ""

    @property
    def current_position(self) -> str:
        """The position today: at mid-term when it was re-decided, else that of the review."""
        return self.position_now or self.position

    @property
    def agencies(self) -> tuple[str, ...]:
        """Lead first, then supporting, each once."""
        return tuple(dict.fromkeys(a for a in (self.lead, *self.supporting) if a))


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme as the coordinator arranges it; ``order`` sorts the report, ``word_budget`` is in words."""

    theme: str
    lead: str = ""
    supporting: tuple[str, ...] = ()
    chapter: str = ""
    order: int | None = None
    word_budget: int | None = None
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that answers; ``id`` names it in every file name, column and JSON."""

    id: str
    name: str
    name_local: str = ""
    role: str = ""
    language: str = ""
    focal_point: str = ""
    alternate: str = ""
    approver: str = ""
    email: str = ""

    def called(self, language: str) -> str:
        """Its name for readers of a language: the national one for any but English."""
        own = self.name_local if language != "en" else ""
        return own or self.name or self.id


_BESIDE = re.compile(r"\(([^()\s]+)\)\s*\Z")


def with_id(name: str, own_id: str) -> str:
    """A name with its id, as people are shown what the tool knows by an id: ``Ministry of Justice (moj)``."""
    return f"{name} ({own_id})" if name and name != own_id else own_id


def id_beside(text: str) -> str:
    """The id in brackets that ends a text made by ``with_id``; empty where none does."""
    found = _BESIDE.search(text)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Link:
    """A recommendation's counterpart from another international or regional mechanism."""

    number: str
    mechanism: str = ""
    symbol: str = ""
    paragraph: str = ""
    text: str = ""
    year: int | None = None
    url: str = ""
    origin: str = ""
    reason: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation and what it stands for, as the coordinator has it."""

    abbreviation: str
    meaning: str


@dataclass(frozen=True, slots=True)
class OwnText:
    """The coordinator's own text for a part of the report: ``foreword``, ``summary`` and others."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Register:
    """What was recommended and who answers: the content of ``register.xlsx``.

    ``cells`` tells where a value was read, by tab, key of its row and column; empty where it came from no
    file.
    """

    recommendations: tuple[Recommendation, ...] = ()
    themes: tuple[Theme, ...] = ()
    agencies: tuple[Agency, ...] = ()
    links: tuple[Link, ...] = ()
    pledges: tuple[Recommendation, ...] = ()
    observations: tuple[Recommendation, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    texts: tuple[OwnText, ...] = ()
    cells: Mapping[tuple[str, str, str], Location] = field(default_factory=dict, compare=False)

    @property
    def items(self) -> tuple[Recommendation, ...]:
        """Everything an agency can be asked to answer: recommendations, pledges, observations."""
        return self.recommendations + self.pledges + self.observations

    def agency(self, agency_id: str) -> Agency | None:
        """The agency of that id, or None."""
        return next((a for a in self.agencies if a.id == agency_id), None)

    def own_text(self, part: str) -> str:
        """The coordinator's own text for a part of the report; empty for none."""
        return next((told.text for told in self.texts if told.part == part), "")

    def agency_meant(self, typed: str) -> Agency | None:
        """The agency that a person means: by its id in any case, by its name in either language where only
        one has it, or by both as sheets show them, ``Ministry of Justice (moj)``; None for no such agency.
        """
        told = fold(typed)
        exact = self.agency(typed)
        if exact is not None or not told:
            return exact
        named = [a for a in self.agencies if told in (fold(a.id), fold(a.name), fold(a.name_local))]
        if len(named) == 1:
            return named[0]
        return self.agency(fold(id_beside(typed)))

    def names(self, language: str) -> Mapping[str, str]:
        """What each agency is called for readers of a language, by its id; with the id where two share it."""
        called = {agency.id: agency.called(language) for agency in self.agencies}
        shared = Counter(fold(name) for name in called.values())
        return {id_: with_id(name, id_) if shared[fold(name)] > 1 else name for id_, name in called.items()}

    def assigned_to(self, agency_id: str) -> tuple[Recommendation, ...]:
        """The items that an agency answers, as lead or supporting, in the register's order."""
        return tuple(item for item in self.items if agency_id in item.agencies)
