"""How a wide table is printed: on pages across that can be read, each beginning with what a row is about."""

from __future__ import annotations

from collections.abc import Sequence

from uprreport.files.excel.canvas import Canvas, ok
from uprreport.schema import Column

PAGE_CHARACTERS = 230.0
"""The width of columns, in characters, that can still be read when it is printed on A4 across."""

PADDING = 0.75
"""What programs add to the width of each column, in characters."""

SCALE = 64
"""The scale, in per cent, at which so many characters fit."""


def print_table(canvas: Canvas, columns: Sequence[Column], repeated: int, *, on_one_page: bool) -> None:
    """One page across for a narrow table; else several, each with the first ``repeated`` columns again.

    ``on_one_page`` fits the columns to one page whatever their width.

    Hidden columns are not printed. A column without a name (words of a text) stays beside the one before it.
    """
    canvas.print_on(landscape=True)
    canvas.sheet.repeat_rows(0)
    if on_one_page:
        return
    # At this scale the rows of a table that nobody has filled in take one page from top to bottom.
    canvas.sheet.set_print_scale(SCALE)
    if _width(columns) <= PAGE_CHARACTERS:
        return
    if repeated:
        ok(canvas.sheet.repeat_columns(0, repeated - 1), "the repeated columns")
    canvas.sheet.set_v_pagebreaks(page_breaks(columns, repeated))


def page_breaks(columns: Sequence[Column], repeated: int) -> list[int]:
    """The columns, counted from 0, that begin a page."""
    breaks: list[int] = []
    used = _width(columns[:repeated])
    for position in range(repeated, len(columns)):
        together = [columns[position], *_companions(columns[position + 1 :])]
        wide = _width(together) if columns[position].name else 0.0
        if wide and used + wide > PAGE_CHARACTERS:
            breaks.append(position)
            used = _width(columns[:repeated])
        used += _width(columns[position : position + 1])
    return breaks


def _companions(following: Sequence[Column]) -> list[Column]:
    """The columns without a name that come next."""
    found: list[Column] = []
    for column in following:
        if column.name:
            break
        found.append(column)
    return found


def _width(columns: Sequence[Column]) -> float:
    return sum(column.width + PADDING for column in columns if not column.hidden)
