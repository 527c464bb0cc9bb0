"""Formulas that refer to the columns of their own row, before anybody knows where these stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias


class Ref(NamedTuple):
    """The cell of a column, by name, in the row of the formula; without a name the formula's own cell."""

    column: str


Formula: TypeAlias = "tuple[str | Ref, ...]"
"""Pieces of text and references; together a formula without its equals sign."""


def quote(text: str) -> str:
    """A text as a formula holds it."""
    return '"' + text.replace('"', '""') + '"'


def spell(formula: Formula, cell: Callable[[str], str]) -> str:
    """The formula as the file holds it; ``cell`` gives the address of a column's cell."""
    return "=" + "".join(part if isinstance(part, str) else cell(part.column) for part in formula)
