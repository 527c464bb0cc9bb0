"""The rows of OHCHR's list as a table to be filled in: which row is which recommendation of the register.

Lists of the earlier cycles are known too, as far as filling in goes: their first column opens with the
number, and the later ones have a column for the level of implementation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from uprreport.files.word.tables import TableRow, WordTables
from uprreport.model import Recommendation
from uprreport.register.matrix import first_cell
from uprreport.register.wording import plain
from uprreport.text import fold

ASSESSMENT = "Assessment/comments on level of implementation"
"""The heading of the column in which a State says where it stands, as the third cycle's lists have it."""

_ALIKE = 0.5
"""A row is a recommendation's when it has its number and at least this part of its words."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """One table of a list: its place in the document, and its column for the level of implementation, if any.

    ``headings`` are the places of its heading rows, ``matched`` the numbers of recommendations by row.
    """

    table: int
    column: int | None
    headings: frozenset[int]
    matched: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class MatrixRows:
    """All rows of a list: ``rows`` = headings + themes + matched + unmatched.

    ``unmatched`` holds the number of a row in the list (from 1) and its text; ``missing`` the numbers that
    the register has and the list does not.
    """

    tables: tuple[TableRows, ...]
    rows: int
    headings: int
    themes: int
    unmatched: tuple[tuple[int, str], ...]
    missing: tuple[str, ...]

    @property
    def matched(self) -> int:
        """How many rows are recommendations of the register."""
        return sum(len(table.matched) for table in self.tables)


def match_rows(document: WordTables, items: Mapping[str, Recommendation]) -> MatrixRows:
    """Find the recommendations of a register in the tables of a document. A number counts once."""
    tables: list[TableRows] = []
    unmatched: list[tuple[int, str]] = []
    seen: set[str] = set()
    rows = headings = themes = 0
    column: int | None = None
    for index, table in enumerate(document.tables):
        if not _is_list(table, continued=bool(tables)):
            continue
        heads: set[int] = set()
        matched: dict[int, str] = {}
        for line, row in enumerate(table):
            if _is_heading(row):
                heads.add(line)
                column = _assessment(row)
            elif _is_theme(row):
                themes += 1
            elif (number := _number(row, items)) and number not in seen:
                seen.add(number)
                matched[line] = number
            else:
                unmatched.append((rows + line + 1, " | ".join(cell.text for cell in row)))
        rows, headings = rows + len(table), headings + len(heads)
        tables.append(TableRows(index, column, frozenset(heads), matched))
    missing = tuple(number for number in items if number not in seen)
    return MatrixRows(tuple(tables), rows, headings, themes, tuple(unmatched), missing)


def _is_list(table: tuple[TableRow, ...], *, continued: bool) -> bool:
    if table and _is_heading(table[0]):
        return True
    return continued and any(_is_theme(row) or (len(row) > 2 and first_cell(row[0])[0]) for row in table)


def _is_heading(row: TableRow) -> bool:
    told = [fold(cell.text) for cell in row]
    return told[0].startswith("recommendation") and any(text.startswith("position") for text in told)


def _assessment(row: TableRow) -> int | None:
    return next((i for i, cell in enumerate(row) if fold(cell.text).startswith("assessment")), None)


def _is_theme(row: TableRow) -> bool:
    filled = [cell.text for cell in row if cell.text]
    return len(filled) == 1 and bool(re.match(r"(theme|right or area)\s*:", plain(filled[0]), re.IGNORECASE))


def _number(row: TableRow, items: Mapping[str, Recommendation]) -> str:
    """The number of the recommendation that a row holds; empty where its words are another's."""
    number, text, _ = first_cell(row[0])
    if len(row) < 3 or number not in items:
        return ""
    wanted, found = set(fold(items[number].text).split()), set(fold(text).split())
    return number if len(wanted & found) >= _ALIKE * len(wanted) else ""
