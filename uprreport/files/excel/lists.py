"""The drop-down lists of a workbook: a tab that holds them, and the names by which cells refer to them.

A list inside a cell's rule may have 255 characters at most; a named range may be as long as it likes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.workbook import Workbook as Book

from uprreport.files.excel.canvas import TEXT, Canvas, ok
from uprreport.files.excel.cells import address
from uprreport.files.excel.layout import letters, positions
from uprreport.files.excel.workbook import ColumnOf, TableTab
from uprreport.schema import Column
from uprreport.text import slug

SPARE_CELLS = 500
"""Cells below a column's last row in which later ids are still offered."""

Source = Sequence[str] | ColumnOf


class Lists:
    """Collects the lists that cells need, and writes them at the end."""

    def __init__(self, book: Book, tables: Mapping[str, tuple[str, TableTab]]) -> None:
        """``tables`` gives, by title and by schema's name, a table and its worksheet's title in the file."""
        self._book = book
        self._tables = tables
        self._names: dict[object, str] = {}
        self.lists: list[tuple[str, tuple[str, ...]]] = []

    def formula(self, source: Source, heading: str, sheet: str) -> str:
        """The formula that refers to a list, which is noted for the Lists tab titled ``sheet``.

        Raises ``RuntimeError`` when ``source`` is a column of a table that is not in the workbook.
        """
        key: object = source if isinstance(source, ColumnOf) else tuple(source)
        if key not in self._names:
            name = f"list_{len(self._names) + 1}_{slug(heading, 30).replace('-', '_')}".rstrip("_")
            place = (
                self._place(source) if isinstance(source, ColumnOf) else self._note(source, heading, sheet)
            )
            ok(self._book.define_name(name, f"={place}"), name)
            self._names[key] = name
        return f"={self._names[key]}"

    def _note(self, labels: Sequence[str], heading: str, sheet: str) -> str:
        self.lists.append((heading, tuple(labels)))
        column = address(1, len(self.lists))[:-1]
        return f"{quoted(sheet)}!${column}$2:${column}${len(labels) + 1}"

    def _place(self, source: ColumnOf) -> str:
        """The filled cells of a column, however many there will be: blanks would open the list at its end."""
        if source.tab not in self._tables:
            raise RuntimeError(f"a list refers to the tab {source.tab}, which is not written")
        title, tab = self._tables[source.tab]
        column = letters(positions(tab)[source.column])
        last = 1 + len(tab.rows) + max(tab.spare_rows, SPARE_CELLS)
        first, cells = (f"{quoted(title)}!${column}$2", f"{quoted(title)}!${column}$2:${column}${last}")
        return f"OFFSET({first},0,0,MAX(1,COUNTA({cells})),1)"

    def draw(self, canvas: Canvas) -> None:
        """Write every list as one column below its heading."""
        for column, (heading, labels) in enumerate(self.lists):
            longest = max(len(label) for label in (heading, *labels))
            canvas.set_column(column, min(60.0, longest + 3.0))
            canvas.put(0, column, heading, bold=True, bg_color="#D9E1F2", bottom=1, num_format=TEXT)
            for row, label in enumerate(labels, 1):
                canvas.put(row, column, label, num_format=TEXT)
        canvas.sheet.freeze_panes(1, 0)
        canvas.protect()
        canvas.sheet.hide()  # what drop-downs are made from is neither read nor printed by people


def quoted(sheet: str) -> str:
    """A worksheet's title as formulas name it."""
    return "'" + sheet.replace("'", "''") + "'"


def input_rule(column: Column, source: str) -> dict[str, Any] | None:
    """The rule of an input cell: its drop-down (``source`` is a formula, or empty) or type, and its help.

    Only a schema's own list refuses other values. A reference, a date or a number is questioned and may be
    kept, since the check of the returned sheet explains more than a message box; several values in one cell
    are offered one by one and never questioned.
    """
    rule: dict[str, Any] = {"validate": "any"}
    if source:
        rule = {"validate": "list", "source": source}
        if column.kind == "texts":
            rule["show_error"] = False
        elif not column.choices:
            rule["error_type"] = "warning"
    elif column.kind == "date":
        rule = {"validate": "date", "criteria": ">=", "value": "=DATE(1900,3,1)", "error_type": "warning"}
    elif column.kind in ("integer", "number"):
        rule = {"validate": "decimal", "criteria": ">=", "value": -1e15, "error_type": "warning"}
    if column.help:
        rule |= {"input_title": _cut(column.title, 32), "input_message": _cut(column.help, 255)}
    return None if rule == {"validate": "any"} else rule


def _cut(text: str, limit: int) -> str:
    """A prompt of at most ``limit`` UTF-16 units, ended by … where it goes on."""
    if len(text.encode("utf-16-le")) // 2 <= limit:
        return text
    while len(text.encode("utf-16-le")) // 2 > limit - 1:
        text = text[:-1]
    return text.rstrip() + "…"
