"""How tables, forms and pages of text look on a worksheet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from uprreport.files.excel.canvas import DATE, LINE, TEXT, Canvas, height_of, ok
from uprreport.files.excel.lists import Lists, Source, input_rule
from uprreport.files.excel.scan import address
from uprreport.files.excel.workbook import FormTab, Passage, RawTab, TableTab, TextTab
from uprreport.model import Raw, Value
from uprreport.schema import Column
from uprreport.values import as_text

DARK, PALE, LINE_COLOUR = "#1F3864", "#F2F2F2", "#BFBFBF"

PAGE_CHARACTERS = 190.0
"""The width of columns, in characters, that can still be read when it is fitted to a page of A4 across."""

FROZEN_CHARACTERS = 64.0
"""The width of frozen columns, in characters, that leaves room beside them on a small screen."""

_HEADING = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "border_color": LINE_COLOUR}
_CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE_COLOUR}
_LOCKED = {**_CELL, "bg_color": PALE, "font_color": "#404040"}
_INPUT = {**_CELL, "locked": False}


def _look(column: Column) -> dict[str, Any]:
    """The style of a column's cells; text columns keep what is typed as text, so 140.10 stays 140.10."""
    number_format = {"date": DATE, "integer": "", "number": ""}.get(column.kind, TEXT)
    return {**(_LOCKED if column.locked else _INPUT), "num_format": number_format}


def shown(column: Column, value: Value | Raw | None) -> Raw | None:
    """A value as its cell shows it: labels for keys, several values one a line."""
    if isinstance(value, tuple):
        return "\n".join(value)
    return column.label(value) if isinstance(value, str) else value


# Tables -----------------------------------------------------------------------------------------------


def draw_table(canvas: Canvas, tab: TableTab, lists: Lists, lists_title: str) -> None:
    """The heading row, the rows, the spare rows; drop-downs, frozen panes, print set-up."""
    extra = [
        Column(heading, heading, "text", width=_extra_width(cells), locked=True)
        for heading, cells in tab.extra.items()
    ]
    columns = (*tab.schema.columns, *extra)
    _draw_headings(canvas, tab, columns)
    for index, row in enumerate(tab.rows):
        cells = [shown(column, row.get(column.name)) for column in tab.schema.columns]
        _draw_row(canvas, index + 1, columns, cells + [content.get(index) for content in tab.extra.values()])
    last = len(tab.rows) + tab.spare_rows
    for line in range(len(tab.rows) + 1, last + 1):
        _draw_row(canvas, line, columns, [None] * len(columns))
    _add_rules(canvas, tab, lists, lists_title)
    _lay_out(canvas, tab, columns, last)


def _extra_width(cells: Mapping[int, Raw]) -> float:
    return 44.0 if any(len(as_text(raw)) > 24 for raw in cells.values()) else 22.0


def _draw_headings(canvas: Canvas, tab: TableTab, columns: Sequence[Column]) -> None:
    """Dark for what is to be filled in, pale for what is given, sand for what is not the schema's."""
    for position, column in enumerate(columns):
        colours = {"bg_color": DARK, "font_color": "#FFFFFF"}
        if position >= len(tab.schema.columns):
            colours = {"bg_color": "#FFE699", "font_color": "#262626"}
        elif column.locked:
            colours = {"bg_color": "#D9D9D9", "font_color": "#262626"}
        canvas.put(0, position, column.title, **_HEADING, **colours, num_format=TEXT)
        below = None  # a table that may grow is open below its last row too
        if not tab.protected or (tab.spare_rows and not column.locked):
            below = canvas.styles.get(locked=False, valign="top", num_format=_look(column)["num_format"])
        canvas.set_column(position, column.width, hidden=column.hidden, style=below)
    # The arrow of the filter takes three characters of a heading's width.
    texts = [(column.title, column.width - 3) for column in columns if not column.hidden]
    canvas.set_height(0, height_of(texts, least=30))


def _draw_row(canvas: Canvas, line: int, columns: Sequence[Column], cells: Sequence[Raw | None]) -> None:
    for position, (column, value) in enumerate(zip(columns, cells, strict=True)):
        canvas.put(line, position, value, **_look(column))
    texts = [
        (as_text(value), column.width)
        for column, value in zip(columns, cells, strict=True)
        if value is not None and not column.hidden
    ]
    canvas.set_height(line, height_of(texts, least=30))


def _add_rules(canvas: Canvas, tab: TableTab, lists: Lists, lists_title: str) -> None:
    last = len(tab.rows) + tab.spare_rows
    for position, column in enumerate(tab.schema.columns):
        if column.locked:
            continue
        special = {
            index + 1: labels for (index, name), labels in tab.row_choices.items() if name == column.name
        }
        source: Source = [choice.label for choice in column.choices] or tab.offered.get(column.reference, ())
        common = _rule(column, source, lists, lists_title)
        if common is not None:
            for first, end in _runs(1, last, special):
                ok(canvas.sheet.data_validation(first, position, end, position, common), column.name)
        for line, labels in special.items():
            own = _rule(column, labels, lists, lists_title)
            if own is not None:
                ok(canvas.sheet.data_validation(line, position, line, position, own), column.name)


def _rule(column: Column, source: Source, lists: Lists, lists_title: str) -> dict[str, Any] | None:
    return input_rule(column, lists.formula(source, column.title, lists_title) if source else "")


def _runs(first: int, last: int, without: Mapping[int, object]) -> list[tuple[int, int]]:
    """The runs of lines from ``first`` to ``last`` that leave some lines out."""
    runs: list[tuple[int, int]] = []
    for line in range(first, last + 1):
        if line in without:
            continue
        if runs and runs[-1][1] == line - 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs


def _lay_out(canvas: Canvas, tab: TableTab, columns: Sequence[Column], last: int) -> None:
    sheet = canvas.sheet
    frozen = _frozen(columns)
    sheet.freeze_panes(1, frozen)
    ok(sheet.autofilter(0, 0, max(last, 1), len(columns) - 1), "the filter")
    canvas.print_on(landscape=True)
    sheet.repeat_rows(0)
    ok(sheet.print_area(0, 0, max(last, 1), len(columns) - 1), "the print area")
    width = sum(column.width for column in columns if not column.hidden)
    if width > PAGE_CHARACTERS:
        # Several pages across that can be read, each beginning with the number, instead of one that cannot.
        number = next((i for i, column in enumerate(columns) if column.name == "number"), 0)
        repeated = columns[number].width
        ok(sheet.repeat_columns(number, number), "the repeated column")
        sheet.fit_to_pages(math.ceil((width - repeated) / (PAGE_CHARACTERS - repeated)), 0)
    # Excel would mark every 140.10 as a number that was stored as text by mistake.
    whole = f"A1:{address(max(last, 1) + 1, len(columns))}"
    ok(sheet.ignore_errors({"number_stored_as_text": whole}), "the ignored marks")
    if tab.protected:
        canvas.protect()


def _frozen(columns: Sequence[Column]) -> int:
    """How many columns stay in view: up to the number, and the text after it where that leaves room."""
    names = [column.name for column in columns]
    if "number" not in names:
        return 0
    count = names.index("number") + 1
    if "text" in names[count:] and _width(columns[: names.index("text") + 1]) <= FROZEN_CHARACTERS:
        count = names.index("text") + 1
    return count if _width(columns[:count]) <= FROZEN_CHARACTERS else 0


def _width(columns: Sequence[Column]) -> float:
    return sum(column.width for column in columns if not column.hidden)


# Forms ------------------------------------------------------------------------------------------------

_LABEL_WIDTH, _VALUE_WIDTH = 32.0, 60.0


def draw_form(canvas: Canvas, tab: FormTab, lists: Lists, lists_title: str) -> None:
    """The heading, then one label and one value a line; boxes to fill in are white, the others grey."""
    canvas.set_column(0, _LABEL_WIDTH)
    canvas.set_column(1, _VALUE_WIDTH)
    canvas.put(0, 0, tab.heading, bold=True, font_size=16, font_color=DARK, num_format=TEXT)
    canvas.set_height(0, 28)
    for line, column in enumerate(tab.schema.columns, 2):
        value = shown(column, tab.values.get(column.name))
        canvas.put(line, 0, column.title, **_HEADING, bg_color=PALE, font_color="#262626", num_format=TEXT)
        canvas.put(line, 1, value, **{**_look(column), "align": "left"})
        texts = ((column.title, _LABEL_WIDTH), (as_text("" if value is None else value), _VALUE_WIDTH))
        canvas.set_height(line, height_of(texts, least=22))
        rule = None
        if not column.locked:
            rule = _rule(column, [choice.label for choice in column.choices], lists, lists_title)
        if rule is not None:
            ok(canvas.sheet.data_validation(line, 1, line, 1, rule), column.name)
    canvas.print_on(landscape=False)
    ok(canvas.sheet.ignore_errors({"number_stored_as_text": "A1:B200"}), "the ignored marks")
    if tab.protected:
        canvas.protect()


# Pages of text and tabs of somebody's own -------------------------------------------------------------

_TEXT_WIDTH = 88.0
_PASSAGES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": DARK},
    "heading": {"bold": True, "font_size": 13, "font_color": DARK},
    "text": {},
    "item": {"indent": 1},
}
_LINE_HEIGHTS = {"title": 24.0, "heading": 18.0}


def draw_text(canvas: Canvas, tab: TextTab) -> None:
    """One paragraph a row in a single wide column."""
    canvas.set_column(0, _TEXT_WIDTH)
    canvas.sheet.hide_gridlines(2)
    for line, passage in enumerate(tab.passages):
        _draw_passage(canvas, line, passage)
    canvas.print_on(landscape=False)
    if tab.protected:
        canvas.protect()


def _draw_passage(canvas: Canvas, line: int, passage: Passage) -> None:
    style = {"text_wrap": True, "valign": "top", "num_format": TEXT, **_PASSAGES[passage.style]}
    text = f"{passage.term}: {passage.text}" if passage.term and passage.text else passage.term + passage.text
    canvas.put(line, 0, text, **style)
    if passage.term and passage.text.strip():
        bold, made = canvas.styles.get(bold=True), canvas.styles.get(**style)
        pieces = (bold, f"{passage.term}:", canvas.styles.get(), f" {passage.text}", made)
        ok(canvas.sheet.write_rich_string(line, 0, *pieces), passage.term)
    height = _LINE_HEIGHTS.get(passage.style, LINE)
    width = _TEXT_WIDTH * LINE / height  # larger letters: fewer fit in a line
    # A gap stands above a heading, and one below every paragraph.
    canvas.set_height(line, height_of([(text, width)], line=height) + (3 if passage.style == "item" else 7))


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
