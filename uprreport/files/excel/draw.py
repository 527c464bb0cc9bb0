"""How a table looks on a worksheet: headings, rows, drop-downs, formulas, frozen panes, print set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from uprreport.files.excel.canvas import COMPACT_ROW, DATE, TEXT, Canvas, height_of, ok
from uprreport.files.excel.cells import address
from uprreport.files.excel.formulas import Formula, spell
from uprreport.files.excel.layout import Slot, letters, positions, printed, slots_of
from uprreport.files.excel.lists import Lists, Source, input_rule
from uprreport.files.excel.notes import mark
from uprreport.files.excel.printing import print_table
from uprreport.files.excel.workbook import TableTab
from uprreport.model import Raw, Value
from uprreport.schema import Column
from uprreport.values import as_text

DARK, PALE, LINE_COLOUR = "#1F3864", "#F2F2F2", "#BFBFBF"

FROZEN_CHARACTERS = 64.0
"""The width of frozen columns, in characters, that leaves room beside them on a small screen."""

HEADING = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "border_color": LINE_COLOUR}
_CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE_COLOUR}
_LOCKED = {**_CELL, "bg_color": PALE, "font_color": "#404040"}
_INPUT = {**_CELL, "locked": False}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "good": {"bg_color": "#E2EFDA", "font_color": "#375623"},
    "open": {"bg_color": "#FFF2CC", "font_color": "#7F6000"},
    "wrong": {"bg_color": "#F8CBAD", "font_color": "#C00000", "bold": True},
}


def look_of(column: Column) -> dict[str, Any]:
    """The style of a column's cells; text columns keep what is typed as text, so 140.10 stays 140.10."""
    number_format = {"date": DATE, "integer": "", "number": ""}.get(column.kind, TEXT)
    return {**(_LOCKED if column.locked else _INPUT), "num_format": number_format}


def shown(column: Column, value: Value | Raw | None) -> Raw | None:
    """A value as its cell shows it: labels for keys, several values one a line."""
    if isinstance(value, tuple):
        return "\n".join(value)
    return column.label(value) if isinstance(value, str) else value


def draw_table(canvas: Canvas, tab: TableTab, lists: Lists, lists_title: str) -> None:
    """The heading row, the rows, the spare rows, and everything around them."""
    slots, places = slots_of(tab), positions(tab)
    last = len(tab.rows) + tab.spare_rows
    _draw_headings(canvas, tab, slots)
    for index in range(last):
        _draw_row(canvas, tab, slots, index)
    for (index, name), note in tab.notes.items():
        column = tab.schema.column(name)
        value = shown(column, tab.rows[index].get(name))
        mark(canvas, (index + 1, places[name]), value, look_of(column), note)
    _add_rules(canvas, tab, lists, lists_title)
    _add_marks(canvas, tab, slots, last)
    _lay_out(canvas, tab, slots, last)


def _draw_headings(canvas: Canvas, tab: TableTab, slots: Sequence[Slot]) -> None:
    """Dark for what is to be filled in, pale for what is given, sand for what is not the schema's."""
    for position, slot in enumerate(slots):
        column = slot.column
        colours = {"bg_color": DARK, "font_color": "#FFFFFF"}
        if slot.extra is not None:
            colours = {"bg_color": "#FFE699", "font_color": "#262626"}
        elif column.locked:
            colours = {"bg_color": "#D9D9D9", "font_color": "#262626"}
        canvas.put(0, position, column.title, **HEADING, **colours, num_format=TEXT)
        below = None  # a table that may grow is open below its last row too
        if not tab.protected or (tab.spare_rows and not column.locked):
            below = canvas.styles.get(locked=False, valign="top", num_format=look_of(column)["num_format"])
        canvas.set_column(position, column.width, hidden=column.hidden, style=below)
    # The arrow of the filter takes three characters of a heading's width.
    texts = [(slot.column.title, slot.column.width - 3) for slot in slots if not slot.column.hidden]
    canvas.set_height(0, height_of(texts, least=30))


def _draw_row(canvas: Canvas, tab: TableTab, slots: Sequence[Slot], index: int) -> None:
    row = tab.rows[index] if index < len(tab.rows) else {}
    # A spare row without formulas has nothing that an office program would print until somebody fills it in.
    prints = index < len(tab.rows) or bool(tab.computed)
    texts: list[tuple[str, float]] = []
    for position, slot in enumerate(slots):
        value = _draw_cell(canvas, slots, (index, position), row, framed=prints)
        if value is not None and not slot.column.hidden:
            texts.append((as_text(value), slot.column.width))
    height = height_of(texts, least=30 if row else 26)
    canvas.set_height(index + 1, min(height, COMPACT_ROW) if tab.compact else height)


def _draw_cell(
    canvas: Canvas,
    slots: Sequence[Slot],
    place: tuple[int, int],
    row: Mapping[str, Value | Raw],
    *,
    framed: bool,
) -> Raw | None:
    """Draw one cell, and give back what it shows; ``place`` is the row's index and the column's place."""
    index, position = place
    slot = slots[position]
    look = {**look_of(slot.column), **({} if framed else {"border": 0})}
    if slot.computed is None:
        value = (
            slot.extra.get(index) if slot.extra is not None else shown(slot.column, row.get(slot.column.name))
        )
        canvas.put(index + 1, position, value, **look)
        return value
    made = slot.computed
    found = made.values[index] if index < len(made.values) else (0 if made.number_format else "")
    formula = spell(made.formula, _cells(slots, position, index + 2))
    canvas.put_formula(index + 1, position, (formula, found), **{**look, "num_format": made.number_format})
    return found


def _cells(slots: Sequence[Slot], own: int, line: int) -> Callable[[str], str]:
    """The addresses of a line's cells by column, ``own`` being the place of the formula's own column."""
    names = [slot.column.name for slot in slots]
    return lambda name: f"${letters(names.index(name) if name else own)}{line}"


def _add_rules(canvas: Canvas, tab: TableTab, lists: Lists, lists_title: str) -> None:
    last = len(tab.rows) + tab.spare_rows
    places = positions(tab)
    for column in tab.schema.columns:
        if column.locked:
            continue
        position = places[column.name]
        special = {
            index + 1: labels for (index, name), labels in tab.row_choices.items() if name == column.name
        }
        source: Source = [choice.label for choice in column.choices] or tab.offered.get(column.reference, ())
        common = rule_of(column, source, lists, lists_title)
        if common is not None:
            for first, end in _runs(1, last, special):
                ok(canvas.sheet.data_validation(first, position, end, position, common), column.name)
        for line, labels in special.items():
            own = rule_of(column, labels, lists, lists_title)
            if own is not None:
                ok(canvas.sheet.data_validation(line, position, line, position, own), column.name)


def rule_of(column: Column, source: Source, lists: Lists, lists_title: str) -> dict[str, Any] | None:
    """The rule of an input cell with its drop-down, type and help; None where there is nothing to say."""
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


def _add_marks(canvas: Canvas, tab: TableTab, slots: Sequence[Slot], last: int) -> None:
    """The looks that cells take while formulas hold."""
    for position, look, formula in _marks(tab, slots) if last else ():
        rule = {
            "type": "formula",
            "criteria": spell(formula, _cells(slots, position, 2)),
            "format": canvas.styles.get(**_LOOKS[look]),
            "stop_if_true": True,
        }
        ok(canvas.sheet.conditional_format(1, position, last, position, rule), look)


def _marks(tab: TableTab, slots: Sequence[Slot]) -> Iterator[tuple[int, str, Formula]]:
    places = positions(tab)
    for position, slot in enumerate(slots):
        if slot.computed is not None:
            yield from ((position, mark.look, mark.when) for mark in slot.computed.marks)
            yield from ((places[name], "open", formula) for name, formula in slot.computed.cells.items())


def _lay_out(canvas: Canvas, tab: TableTab, slots: Sequence[Slot], last: int) -> None:
    sheet = canvas.sheet
    columns = [slot.column for slot in slots]
    frozen = _frozen(columns)
    sheet.freeze_panes(1, frozen)
    ok(sheet.autofilter(0, 0, max(last, 1), len(columns) - 1), "the filter")
    end = printed(tab, slots)
    print_table(canvas, columns[:end], frozen, on_one_page=tab.essential_first or tab.compact)
    if tab.computed or end < len(columns):  # else programs print what is filled in, however far down
        ok(sheet.print_area(0, 0, max(last, 1), end - 1), "the print area")
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
