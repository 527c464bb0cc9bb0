"""An agency's departments: which rows are whose, and what their parts of a sheet are called.

A row names its department in the column ``unit``; where two share a row they stand one a line.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from uprreport.collect.expected import REST
from uprreport.model import Row
from uprreport.text import fold, slug

Units = Mapping[str, tuple[str, ...]]
"""The departments of each number."""


@dataclass(frozen=True, slots=True)
class Part:
    """One department's rows; ``unit`` is empty for those that belong to none."""

    unit: str
    slug: str
    numbers: tuple[str, ...]


def units_in(rows: Iterable[Row]) -> Units:
    """The departments that the rows of Progress name, by number."""
    named: dict[str, list[str]] = {}
    for row in rows:
        named.setdefault(row.text("number"), []).extend(row.text("unit").split("\n"))
    return {n: told for n, names in named.items() if (told := tuple(filter(None, map(str.strip, names))))}


def split(numbers: Iterable[str], units: Units, taken: Collection[str] = ()) -> tuple[Part, ...]:
    """The parts of a sheet in the order of its rows, those of no department last.

    Names that differ in case and blanks only are one. ``taken`` are slugs that already mean something else.
    """
    names: dict[str, str] = {}
    rows: dict[str, list[str]] = {}
    rest: list[str] = []
    for number in numbers:
        own = {fold(name): name for name in units.get(number, ())}
        for key, name in own.items():
            names.setdefault(key, name)
            rows.setdefault(key, []).append(number)
        if not own:
            rest.append(number)
    slugs = _slugs(names, taken)
    parts = [Part(name, slugs[key], tuple(rows[key])) for key, name in names.items()]
    return (*parts, Part("", REST, tuple(rest)))


def _slugs(names: Mapping[str, str], taken: Collection[str]) -> dict[str, str]:
    """The part of a file's name for each department; a short sum tells apart what would be called alike.

    So does it where letters were lost because they are not of the Latin alphabet.
    """
    plain = {key: slug(name, 30) for key, name in names.items()}
    counts = Counter(plain.values())
    made: dict[str, str] = {}
    for key, name in names.items():
        told = plain[key]
        letters = sum(char.isalnum() for char in name)
        is_whole = letters == sum(char.isalnum() for char in told) or (name.isascii() and len(told) > 20)
        if not (is_whole and counts[told] == 1 and told not in taken and told != REST):
            told = f"{told or 'unit'}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"
        made[key] = told
    return made
