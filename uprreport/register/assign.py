"""Who answers: agencies of whole themes, agencies of single recommendations, and what nobody answers yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from uprreport.model import Recommendation, Register, Theme


def effective(register: Register) -> Register:
    """The register as it holds: a recommendation without a lead of its own has its theme's agencies.

    A recommendation with its own lead keeps its own supporting agencies, none included; one without takes
    both from the theme, and what it names as supporting itself comes first. Ids that are not on the tab
    Agencies are left out.
    """
    return _with_known_agencies(propose(register))


def propose(register: Register) -> Register:
    """The typed register with the themes' agencies written into the recommendations that have none."""
    themes = {theme.theme: theme for theme in register.themes}
    items = tuple(_assigned(item, themes) for item in register.recommendations)
    return replace(register, recommendations=items)


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
