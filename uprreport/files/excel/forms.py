"""How forms look on a worksheet, and tabs of somebody's own."""

from __future__ import annotations

from uprreport.files.excel.canvas import TEXT, Canvas, height_of, ok
from uprreport.files.excel.draw import DARK, HEADING, PALE, look_of, rule_of, shown
from uprreport.files.excel.lists import Lists
from uprreport.files.excel.notes import mark
from uprreport.files.excel.workbook import FormTab, RawTab
from uprreport.values import as_text

_LABEL_WIDTH, _VALUE_WIDTH = 32.0, 60.0
FIRST_LINE = 2
"""The line of a form's first label, counted from 0."""


def draw_form(canvas: Canvas, tab: FormTab, lists: Lists, lists_title: str) -> None:
    """The heading, then one label and one value a line; boxes to fill in are white, the others grey."""
    canvas.set_column(0, _LABEL_WIDTH)
    canvas.set_column(1, _VALUE_WIDTH)
    canvas.put(0, 0, tab.heading, bold=True, font_size=16, font_color=DARK, num_format=TEXT)
    canvas.set_height(0, 28)
    for line, column in enumerate(tab.schema.columns, FIRST_LINE):
        value = shown(column, tab.values.get(column.name))
        look = {**look_of(column), "align": canvas.beginning}
        canvas.put(line, 0, column.title, **HEADING, bg_color=PALE, font_color="#262626", num_format=TEXT)
        canvas.put(line, 1, value, **look)
        if column.name in tab.notes:
            mark(canvas, (line, 1), value, look, tab.notes[column.name])
        texts = ((column.title, _LABEL_WIDTH), (as_text("" if value is None else value), _VALUE_WIDTH))
        canvas.set_height(line, height_of(texts, least=22))
        rule = None
        if not column.locked:
            rule = rule_of(column, [choice.label for choice in column.choices], lists, lists_title)
        if rule is not None:
            ok(canvas.sheet.data_validation(line, 1, line, 1, rule), column.name)
    canvas.print_on(landscape=False)
    ok(canvas.sheet.ignore_errors({"number_stored_as_text": "A1:B200"}), "the ignored marks")
    if tab.protected:
        canvas.protect()


def draw_raw(canvas: Canvas, tab: RawTab) -> None:
    """The values at their places, without formats but those that make a number a date."""
    widths: dict[int, float] = {}
    for (row, column), raw in tab.grid.cells.items():
        canvas.put(row - 1, column - 1, raw)
        widths[column] = min(60.0, max(widths.get(column, 11.0), len(as_text(raw)) + 2.0))
    for column, width in widths.items():
        canvas.set_column(column - 1, width)
    if tab.grid.hidden:
        canvas.sheet.hide()
