"""The workbook that a chart carries along, so that its numbers can be changed in Word."""

from __future__ import annotations

import io

from xlsxwriter.workbook import Workbook as Book

from uprreport.files.excel.canvas import ok
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.plots import Grid
from uprreport.files.word.scrub import drop_kinds

SHEET = "Sheet1"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TOLD = frozenset(("core-properties", "extended-properties"))


def write_book(rows: Grid) -> bytes:
    """A workbook with a chart's data from its first cell on; the same bytes for the same data."""
    target = io.BytesIO()
    with Book(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                is_number = row > 0 and column > 0 and text
                put = sheet.write_number if is_number and _is_number(text) else sheet.write_string
                ok(put(row, column, float(text) if put == sheet.write_number else text), "a cell of a chart")
        ok(sheet.set_column(0, 0, 40), "the width of a column")
    parts = read_parts(target.getvalue())
    drop_kinds(parts, _TOLD)  # they tell the moment at which it was made
    return write_parts(parts)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
