"""Cells and rows: what a workbook gives, and what is read from it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from uprreport.findings import Location

Value: TypeAlias = str | int | float | datetime.date | tuple[str, ...]
"""What one cell holds once it has been read: text, number, date, or several texts."""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error of the office program, such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class BareFormula:
    """A cell with a formula whose result was not saved."""

    formula: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number or a date that its cell shows in another way: ``109%``, ``1-Feb``, ``2.3`` for 2.3456.

    ``text`` is what the eye sees. ``number`` is the number that stands in it, with its ``unit`` (``%``,
    ``€``) where it has one; None where the text is no number of the same size (``1/3``, ``1-Feb``,
    thousands alone).
    ``day`` is the date that the program keeps behind it, if it keeps one.
    """

    text: str
    number: float | None = None
    unit: str = ""
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Struck:
    """A cell with words that are struck through: its text in pieces, and whether each of them is."""

    runs: tuple[tuple[str, bool], ...]

    @property
    def whole(self) -> str:
        """The text as it was typed."""
        return "".join(text for text, _ in self.runs)

    @property
    def kept(self) -> str:
        """What is not struck."""
        return "".join(text for text, line in self.runs if not line)

    @property
    def struck(self) -> str:
        """What is struck."""
        return "".join(text for text, line in self.runs if line)


Raw: TypeAlias = (
    str
    | int
    | float
    | bool
    | datetime.date
    | datetime.datetime
    | datetime.time
    | ErrorCell
    | BareFormula
    | Shown
    | Struck
)
"""What a workbook gives for one filled cell, before anything is made of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, flat, with the place of every value.

    ``values`` holds only what is filled in, by field name; ``cells`` gives the address (``F12``) of every
    column that the table has, filled or not, so that a missing value can be pointed at.
    """

    tab: str
    file: str
    sheet: str
    line: int
    values: Mapping[str, Value]
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """The value of ``name`` as text; empty when it is not filled in."""
        value = self.values.get(name, "")
        return "\n".join(value) if isinstance(value, tuple) else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """The several values of ``name``; empty when it is not filled in."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else (str(value),)

    def at(self, name: str) -> Location:
        """Where ``name`` stands in the file."""
        return Location(self.file, self.sheet, self.cells.get(name, ""), name)


Cells: TypeAlias = Mapping[str, "Value | Raw"]
"""Cells of one row or form by column name: keys and typed values, or what somebody typed as it stands."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What already stands in a progress sheet: ``progress`` by number, other tabs by row."""

    cover: Cells = field(default_factory=dict)
    progress: Mapping[str, Cells] = field(default_factory=dict)
    tables: Mapping[str, tuple[Cells, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value of a list: its key, and the label that cells show."""

    key: str
    label: str
    definition: str = ""
    synonyms: tuple[str, ...] = ()
