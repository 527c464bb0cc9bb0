"""Find a table in a worksheet by its headings, wherever its columns and its heading row stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from uprreport.files.excel.cells import address
from uprreport.files.excel.workbook import Grid
from uprreport.language import english_of, phrase
from uprreport.model import Raw, Struck
from uprreport.schema import RowPlace, TabSchema, nearest_of
from uprreport.text import LABEL, fold

HEADING_ROWS = 40
"""The heading row is looked for in this many rows from the top; titles may stand above it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as found: its heading row, the position of each known column, and the rest.

    ``columns`` maps a column's name to its position; ``unknown`` the position of a heading that the schema
    does not have to its text; ``missing`` holds names of the schema's columns that were not found.
    """

    schema: TabSchema
    grid: Grid
    heading_row: int
    columns: Mapping[str, int]
    unknown: Mapping[int, str]
    missing: tuple[str, ...]

    def heading_cell(self, column: int) -> str:
        """The address of a heading."""
        return address(self.heading_row, column)

    def near_missing(self, name: str) -> str:
        """The unknown heading that is most like a missing column's, as words for a message."""
        near = nearest_of(self.schema.heading(name), self.unknown.values())
        return phrase("; there is a column {name}", name=near) if near else ""

    def place_of_missing(self, name: str) -> int:
        """Where the unknown heading stands that is most like a missing column's; 0 where none is."""
        near = nearest_of(self.schema.heading(name), self.unknown.values())
        return next((position for position, text in self.unknown.items() if near and text == near), 0)

    def is_repeated(self, position: int) -> bool:
        """Whether an unknown heading is that of a column that was found already, further to the left."""
        return name_of(heading_names(self.schema), self.unknown[position]) in self.columns

    def rows(self, file: str, agency: str = "") -> Iterator[tuple[RowPlace, dict[str, Raw]]]:
        """The rows that hold anything in a known column: their places, and the filled cells by name."""
        by_line: dict[int, dict[str, Raw]] = {}
        names = {position: name for name, position in self.columns.items()}
        locked = {column.name for column in self.schema.columns if column.locked}
        for (row, column), raw in self.grid.cells.items():
            if row > self.heading_row and column in names:
                typed = raw.whole if isinstance(raw, Struck) and names[column] in locked else raw
                by_line.setdefault(row, {})[names[column]] = typed
        for line in sorted(by_line):
            cells = {name: address(line, column) for name, column in self.columns.items()}
            yield RowPlace(file, self.grid.name, line, cells, agency), by_line[line]

    def filled_below(self, column: int) -> tuple[int, ...]:
        """The rows below the headings in which a column holds anything."""
        return tuple(sorted(row for row, at in self.grid.cells if at == column and row > self.heading_row))


def find_table(grid: Grid, schema: TabSchema) -> Table | None:
    """The schema's table in a worksheet; None when no row looks like its headings.

    The heading row is the one with most of the schema's headings (titles or names, blanks and case set
    aside), and must have at least two of them, or all where the schema has only one.
    """
    top = _top_rows(grid)
    heading_row, columns = _best(top, heading_names(schema), translated=False)
    if len(columns) < len(schema.columns):  # perhaps in another language, in whole or in part
        heading_row, columns = _best(top, heading_names(schema), translated=True)
    if len(columns) < min(2, len(schema.columns)):
        return None
    headings = top[heading_row]
    known = set(columns.values())
    return Table(
        schema,
        grid,
        heading_row,
        columns,
        {column: text for column, text in sorted(headings.items()) if column not in known},
        tuple(column.name for column in schema.columns if column.name not in columns),
    )


def heading_names(schema: TabSchema) -> dict[str, str]:
    """The names of a schema's columns by their headings and names, folded."""
    names = {fold(column.name): column.name for column in schema.columns}
    return names | {fold(column.title): column.name for column in schema.columns}


def name_of(names: Mapping[str, str], heading: str, *, translated: bool = True) -> str:
    """The column that a heading stands for, in English or any shipped language; empty for none."""
    name = names.get(fold(heading), "")
    if name or not translated:
        return name
    return next((names[fold(told)] for told in sorted(english_of(heading)) if fold(told) in names), "")


def is_called(title: str, wanted: str) -> bool:
    """Whether a tab has a title, in English or any shipped language."""
    return fold(title) == fold(wanted) or wanted in english_of(title)


def _best(
    rows: Mapping[int, Mapping[int, str]], names: Mapping[str, str], *, translated: bool
) -> tuple[int, dict[str, int]]:
    """The row with most headings, and the position of each."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row, cells in rows.items():
        found: dict[str, int] = {}
        for column in sorted(column for column, text in cells.items() if len(text) <= LABEL):
            name = name_of(names, cells[column], translated=translated)
            if name:
                found.setdefault(name, column)
        if len(found) > len(best[1]):
            best = (row, found)
    return best


def _top_rows(grid: Grid) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), raw in grid.cells.items():
        if row <= HEADING_ROWS and isinstance(raw, (str, Struck)):
            rows.setdefault(row, {})[column] = raw if isinstance(raw, str) else raw.whole
    return rows
