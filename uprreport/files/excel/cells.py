"""Cells of any workbook: their addresses, and what a reader's value becomes."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from uprreport.files.excel.workbook import Aside, Limits, Span
from uprreport.language import phrase
from uprreport.model import BareFormula, ErrorCell, Raw, Shown, Struck
from uprreport.text import is_empty

Position = tuple[int, int]
"""Row and column, both counted from 1."""

Cells = dict[Position, Raw]


class UnreadableError(Exception):
    """No reader could make anything of a file; the reason is in words for people."""

    def __init__(self, reason: str) -> None:
        """Take the reason: a phrase, where it is to be told in another language."""
        super().__init__(reason)
        self.reason = reason


def too_many(limits: Limits) -> str:
    """That a workbook has more cells than are read."""
    return phrase("it has more than {count} filled cells", count=f"{limits.cells:,}")


@dataclass(slots=True)
class Filling:
    """One worksheet while it is read: filled cells inside the limits; ``beyond`` is the first one outside."""

    name: str
    limits: Limits
    hidden: bool = False
    cells: Cells = field(default_factory=dict)
    merged: tuple[Span, ...] = ()
    beyond: str = ""
    asides: list[Aside] = field(default_factory=list)
    _outside: Position | None = None

    def put(self, row: int, column: int, value: Raw | None) -> None:
        """Take a cell in. Raises ``UnreadableError`` when there are too many."""
        if value is None:
            return
        if row > self.limits.rows or column > self.limits.columns:
            self._outside = min(self._outside or (row, column), (row, column))
            self.beyond = address(*self._outside)
        elif len(self.cells) >= self.limits.cells:
            raise UnreadableError(too_many(self.limits))
        else:
            self.cells[row, column] = value


def address(row: int, column: int) -> str:
    """The address of a cell, both counted from 1: ``address(12, 6) == "F12"``."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"


def column_number(letters: str) -> int:
    """The number of a column, counted from 1: ``column_number("F") == 6``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def position(cell: str) -> Position:
    """Row and column of an address, both counted from 1: ``position("F12") == (12, 6)``; zeros for none."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]+)", cell)
    return (int(found[2]), column_number(found[1])) if found else (0, 0)


def plain_value(value: object) -> Raw | None:
    """A reader's value as a cell of ours; None for blank text. Spans of time become text, ``26:30:00``."""
    if isinstance(value, str):
        return None if is_empty(value) else value
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else value
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, ErrorCell | BareFormula | Shown | Struck):
        return value
    return value if isinstance(value, (bool, int, float, datetime.date, datetime.time)) else str(value)
