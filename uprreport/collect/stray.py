"""What stands where nobody reads it: values under no heading, cells over several rows, tabs of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from uprreport.collect.expected import FREE_TABLES, Expected
from uprreport.files.excel.cells import address
from uprreport.files.excel.table import Table, is_called
from uprreport.files.excel.workbook import Grid
from uprreport.findings import Finding, Location, shorten
from uprreport.language import label, phrase
from uprreport.text import fold, is_empty
from uprreport.values import as_text

NEVER_READ = ("Instructions", "Lists", "Findings")
"""Tabs that the tool writes for people: the first page, the lists, and what a check found."""


def check_table(table: Table, shown: str) -> Iterator[Finding]:
    """Values that a table loses: under no heading, and in cells that were merged."""
    yield from _without_heading(table, shown)
    yield from _merged(table, shown)


def _without_heading(table: Table, shown: str) -> Iterator[Finding]:
    """The first value of each column that has no heading but values beside or below the table's rows."""
    headed = {*table.columns.values(), *table.unknown}
    first: dict[int, tuple[int, str]] = {}
    for (row, column), raw in sorted(table.grid.cells.items(), key=lambda cell: cell[0]):
        if row > table.heading_row and column not in headed and not is_empty(as_text(raw)):
            first.setdefault(column, (row, as_text(raw)))
    for column, (row, text) in first.items():
        at = Location(shown, table.grid.name, address(row, column))
        yield Finding("value-without-heading", at, value=text, details={"column": address(1, column)[:-1]})


def _merged(table: Table, shown: str) -> Iterator[Finding]:
    """Answers that reach over several rows of the table, or over several open columns."""
    names = {position: name for name, position in table.columns.items()}
    open_columns = {at for at, name in names.items() if not table.schema.column(name).locked}
    for top, left, bottom, right in table.grid.merged:
        if top <= table.heading_row or left not in open_columns or (top, left) not in table.grid.cells:
            continue  # a title across the table is no answer
        if bottom > top or len(open_columns & set(range(left, right + 1))) > 1:
            at = Location(shown, table.grid.name, address(top, left), names[left])
            details = {"last": address(bottom, right)}
            yield Finding("cells-merged", at, heading=table.schema.heading(names[left]), details=details)


def check_tabs(
    grids: Iterable[Grid], read: Iterable[str], shown: str, expected: Expected
) -> Iterator[Finding]:
    """Tabs of somebody's own that hold text: they are not read. ``read`` names the tabs that were.

    Hidden ones are left out: office programs and their helpers keep things there.
    """
    titles = {*NEVER_READ, *(expected.schema(name).title for name in ("cover", "progress", *FREE_TABLES))}
    known = set(read)
    for grid in grids:
        if grid.hidden or grid.name in known or any(is_called(grid.name, title) for title in titles):
            continue
        filled = [(at, as_text(raw)) for at, raw in sorted(grid.cells.items()) if not is_empty(as_text(raw))]
        if filled:
            (row, column), text = filled[0]
            at = Location(shown, grid.name, address(row, column))
            yield Finding("tab-unknown", at, value=shorten(text), details={"tab": label(grid.name)})


# What stands at a cell and is not its value -----------------------------------------------------------

_WHAT = {"comment": phrase("a comment"), "box": phrase("a text box")}


def check_asides(
    grid: Grid, shown: str, table: Table | None = None, numbers: Iterable[str] = ()
) -> Iterator[Finding]:
    """Comments, text boxes, pictures, addresses behind words, and letters that nobody sees.

    In a table with ``numbers`` each finding names its row's recommendation. Words and addresses of pre-filled
    cells are the tool's own.
    """
    names = {position: name for name, position in table.columns.items()} if table else {}
    known = set(numbers)
    for aside in grid.asides:
        row, column = aside.at or (0, 0)
        name = names.get(column, "") if table and row > table.heading_row else ""
        open_cell = bool(name) and table is not None and not table.schema.column(name).locked
        if aside.kind in ("link", "unseen") and not (open_cell or (table is None and aside.kind == "unseen")):
            continue
        if aside.kind == "link" and _says(as_text(grid.cells.get((row, column), "")), aside.text):
            continue
        number = as_text(grid.cells.get((row, table.columns.get("number", 0)), "")) if table else ""
        at = Location(shown, grid.name, address(row, column) if aside.at else "", name)
        heading = table.schema.heading(name) if table and name else ""
        words = {
            "what": _WHAT.get(aside.kind, ""),
            "shown": shorten(as_text(grid.cells.get((row, column), ""))),
        }
        code = _CODES.get(aside.kind, "beside-the-cell")
        yield Finding(code, at, "", number if number in known else "", aside.text, heading, words)


_CODES = {"picture": "picture-unread", "link": "link-differs", "unseen": "text-unseen"}


def _says(text: str, address: str) -> bool:
    """Whether the words of a cell hold the address to which they lead, as office programs make one of it."""
    plain = re.sub(r"^[a-z]+:(?://)?(?:www\.)?|/$", "", address.strip(), flags=re.IGNORECASE)
    return not text or fold(plain) in fold(text)
