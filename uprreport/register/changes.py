"""A second import: what the list changed, with everything kept that the coordinator typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from uprreport.model import Recommendation, Register, Theme
from uprreport.register.matrix import Matrix

OWNED = (
    "text",
    "recommending_states",
    "position",
    "source_of_position",
    "theme",
    "themes",
    "persons",
    "sdgs",
)
"""The fields that the list gives; all others are the coordinator's."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one recommendation that the list changed."""

    number: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a second import brought; ``gone`` numbers stay in the register until a person deletes them."""

    new: tuple[str, ...]
    changed: tuple[Change, ...]
    gone: tuple[str, ...]


def merge_matrix(old: Register, matrix: Matrix, base: Matrix | None = None) -> tuple[Register, Changes]:
    """The register with a list merged into it, and what changed.

    With ``base``, the same list as imported before, a field that the coordinator corrected by hand keeps
    the correction as long as the list itself did not change there; without it the list wins.
    """
    before = {item.number: item for item in old.recommendations}
    earlier = {item.number: item for item in base.recommendations} if base else {}
    changed: list[Change] = []
    items: list[Recommendation] = []
    for item in matrix.recommendations:
        known = before.get(item.number)
        if known is None:
            items.append(item)
            continue
        merged = _merged(known, item, earlier.get(item.number))
        changed += _changes(known, merged)
        items.append(merged)
    listed = {item.number for item in matrix.recommendations}
    gone = [item for item in old.recommendations if item.number not in listed]
    new = tuple(item.number for item in matrix.recommendations if item.number not in before)
    register = replace(old, recommendations=(*items, *gone), themes=_themes(old, (*items, *gone)))
    return register, Changes(new, tuple(changed), tuple(item.number for item in gone))


def _merged(known: Recommendation, item: Recommendation, base: Recommendation | None) -> Recommendation:
    fields: dict[str, Any] = {}
    for name in OWNED:
        unchanged = base is not None and getattr(base, name) == getattr(item, name)
        fields[name] = getattr(known if unchanged else item, name)
    return replace(known, **fields)


def _changes(before: Recommendation, after: Recommendation) -> list[Change]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in OWNED)
    return [Change(after.number, name, _shown(old), _shown(new)) for name, old, new in pairs if old != new]


def _shown(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _themes(old: Register, items: tuple[Recommendation, ...]) -> tuple[Theme, ...]:
    """The themes as they stand, and below them new primary ones in the list's order."""
    known = {theme.theme for theme in old.themes}
    fresh = dict.fromkeys(item.theme for item in items if item.theme and item.theme not in known)
    return (*old.themes, *(Theme(name) for name in fresh))
