"""Who answers: agencies of whole themes, agencies of single recommendations, and what nobody answers yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from uprreport.model import Recommendation, Register, Theme


@dataclass(frozen=True, slots=True)
class Written:
    """What ``assign`` wrote into one recommendation: its agencies, and the supporting ones typed before."""

    lead: str
    supporting: tuple[str, ...]
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """What ``assign`` comes to: the register, and what it has written into it up to now, by number.

    ``kept`` are recommendations with a lead that a person typed, where the theme names another one.
    """

    register: Register
    written: Mapping[str, Written]
    kept: tuple[Recommendation, ...]


def assign(register: Register, written: Mapping[str, Written]) -> Assignment:
    """Give recommendations their themes' agencies, again where they still hold what was ``written`` before.

    So a lead that was changed on the tab Themes is applied, and nothing that a person typed is.
    """
    freed = {item.number: _freed(item, written.get(item.number)) for item in register.recommendations}
    proposed = propose(replace(register, recommendations=tuple(freed.values())))
    now = {
        item.number: Written(item.lead, item.supporting, freed[item.number].supporting)
        for item in proposed.recommendations
        if item != freed[item.number]
    }
    return Assignment(proposed, now, tuple(_kept(proposed, now)))


def _freed(item: Recommendation, written: Written | None) -> Recommendation:
    """The recommendation as it was before ``assign`` wrote into it, unless somebody typed over that."""
    if written is None or (item.lead, item.supporting) != (written.lead, written.supporting):
        return item
    return replace(item, lead="", supporting=written.typed)


def _kept(register: Register, written: Mapping[str, Written]) -> Iterator[Recommendation]:
    leads = {theme.theme: theme.lead for theme in register.themes}
    for item in register.recommendations:
        if (
            item.number not in written
            and item.lead
            and leads.get(item.theme, item.lead) not in ("", item.lead)
        ):
            yield item


def moved(before: Register, after: Register) -> list[tuple[Recommendation, Recommendation]]:
    """The recommendations of two registers, in the same order, whose agencies are not the same in both."""
    pairs = zip(before.recommendations, after.recommendations, strict=True)
    return [(old, new) for old, new in pairs if (old.lead, old.supporting) != (new.lead, new.supporting)]


def outdated(register: Register, written: Mapping[str, Written]) -> int:
    """How many recommendations hold what their theme named when ``assign`` was run, and would change now."""
    return sum(old.number in written for old, _ in moved(register, assign(register, written).register))


def effective(register: Register) -> Register:
    """The register as it holds: a recommendation without a lead of its own has its theme's agencies.

    A recommendation with its own lead keeps its own supporting agencies, none included; one without takes
    both from the theme, and what it names as supporting itself comes first. Ids that are not on the tab
    Agencies are left out.
    """
    return _with_known_agencies(propose(register))


def propose(register: Register) -> Register:
    """The typed register with the themes' agencies written into the recommendations that have none.

    A name on the tab Themes that no agency has stays there alone: written into each row, it would be as many
    errors.
    """
    known = {agency.id for agency in register.agencies}
    themes = {theme.theme: _of_known_agencies(theme, known) for theme in register.themes}
    items = tuple(_assigned(item, themes) for item in register.recommendations)
    return replace(register, recommendations=items)


def _of_known_agencies(theme: Theme, known: AbstractSet[str]) -> Theme:
    supporting = tuple(agency for agency in theme.supporting if agency in known)
    return replace(theme, lead=theme.lead if theme.lead in known else "", supporting=supporting)


def _assigned(item: Recommendation, themes: Mapping[str, Theme]) -> Recommendation:
    theme = themes.get(item.theme)
    if item.lead or theme is None:
        return item
    supporting = dict.fromkeys((*item.supporting, *theme.supporting))
    supporting.pop(theme.lead, None)
    return replace(item, lead=theme.lead, supporting=tuple(supporting))


def _with_known_agencies(register: Register) -> Register:
    known = {agency.id for agency in register.agencies}

    def kept(items: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
        return tuple(
            replace(
                item,
                lead=item.lead if item.lead in known else "",
                supporting=tuple(agency for agency in item.supporting if agency in known),
            )
            for item in items
        )

    return replace(
        register,
        recommendations=kept(register.recommendations),
        pledges=kept(register.pledges),
        observations=kept(register.observations),
    )


def unassigned(register: Register) -> tuple[Recommendation, ...]:
    """The recommendations that no agency answers; the register must be the effective one."""
    return tuple(item for item in register.recommendations if not item.agencies)
