"""Ids of blocks: stable across builds, made from what a block is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from uprreport.text import slug

_LONGEST = 40


def name_themes(themes: Iterable[str]) -> Mapping[str, str]:
    """A name for each theme, as it stands in ids: short Latin letters, each different.

    A name depends on its theme alone unless two themes would share it.
    """
    names: dict[str, str] = {}
    for theme in themes:
        name = slug(theme, _LONGEST)
        if not name or name in names.values():
            name = f"{name}-{digest(theme)[:6]}".strip("-")
        names[theme] = name
    return names


def row_keys(wanted: Iterable[str]) -> tuple[str, ...]:
    """Keys of a table's rows: the wanted ones, counted where several are equal."""
    seen: dict[str, int] = {}
    keys: list[str] = []
    for key in wanted:
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return tuple(keys)


def short_name(text: str, limit: int) -> str:
    """A text as it stands in ids: short Latin letters, or a sum where it is written in others."""
    return slug(text, limit) or (digest(text)[:8] if text.strip() else "")


def digest(text: str) -> str:
    """A short sum of a text: 16 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
