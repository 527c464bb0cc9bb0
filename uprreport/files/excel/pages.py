"""How a page of text looks on a worksheet: paragraphs, counts, and a row of a table as an example."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from uprreport.files.excel.canvas import LINE, TEXT, Canvas, height_of, ok
from uprreport.files.excel.draw import DARK, HEADING, LINE_COLOUR
from uprreport.files.excel.formulas import quote
from uprreport.files.excel.workbook import Count, Example, Passage, TextTab

Range = Callable[[str, str], str]
"""The cells of a table's computed column, by the schema's name and the heading, as a formula names them."""

COLUMNS = 12
"""Narrow columns of a page: paragraphs go across all of them, the cells of an example across some."""

_WIDTH = 8.0
_PASSAGES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": DARK},
    "heading": {"bold": True, "font_size": 13, "font_color": DARK},
    "text": {},
    "item": {"indent": 1},
}
_LINE_HEIGHTS = {"title": 24.0, "heading": 18.0}
_EDGE = {"border": 1, "border_color": LINE_COLOUR, "text_wrap": True, "valign": "top", "num_format": TEXT}


def draw_text(canvas: Canvas, tab: TextTab, range_of: Range) -> None:
    """One paragraph a row, across the page."""
    for column in range(COLUMNS):
        canvas.set_column(column, _WIDTH)
    canvas.sheet.hide_gridlines(2)
    line = 0
    for passage in tab.passages:
        if isinstance(passage, Example):
            line = _draw_example(canvas, line, passage)
        elif isinstance(passage, Count):
            line = _draw_count(canvas, line, passage, range_of)
        else:
            line = _draw_passage(canvas, line, passage)
    canvas.print_on(landscape=False)
    canvas.sheet.fit_to_pages(1, 1)
    if tab.protected:
        canvas.protect()


def _draw_passage(canvas: Canvas, line: int, passage: Passage) -> int:
    style = {"text_wrap": True, "valign": "top", "num_format": TEXT, **_PASSAGES[passage.style]}
    text = f"{passage.term}: {passage.text}" if passage.term and passage.text else passage.term + passage.text
    made = canvas.styles.get(**canvas.directed(text, style))
    canvas.merge((line, 0), COLUMNS, text, **style)
    if passage.term and passage.text.strip():
        bold = canvas.styles.get(bold=True)
        pieces = (bold, f"{passage.term}:", canvas.styles.get(), f" {passage.text}", made)
        ok(canvas.sheet.write_rich_string(line, 0, *pieces), passage.term)
    height = _LINE_HEIGHTS.get(passage.style, LINE)
    width = COLUMNS * _WIDTH * LINE / height  # larger letters: fewer fit in a line
    # A gap stands above a heading, and one below every paragraph.
    gap = 3 if passage.style == "item" else 7
    canvas.set_height(line, height_of([(text, width)], line=height) + gap)
    return line + 1


def _draw_count(canvas: Canvas, line: int, count: Count, range_of: Range) -> int:
    canvas.merge((line, 0), 5, count.term, **_EDGE, bold=True)
    formula = f"=COUNTIF({range_of(count.tab, count.heading)},{quote(count.criterion)})"
    look = {**_EDGE, "num_format": "0", "align": canvas.beginning}
    canvas.merge((line, 5), 2, "", **look)
    canvas.put_formula(line, 5, (formula, count.value), **look)
    canvas.set_height(line, height_of([(count.term, 5 * _WIDTH)], least=18))
    canvas.set_height(line + 1, 7)  # a gap, which a further count takes for itself
    return line + 1


def _draw_example(canvas: Canvas, line: int, example: Example) -> int:
    """Two lines: the headings as the table has them, the cells below."""
    heading = {**HEADING, "bg_color": DARK, "font_color": "#FFFFFF", "num_format": TEXT}
    for offset, (texts, look) in enumerate(((example.headings, heading), (example.cells, _EDGE))):
        position = 0
        for text, span in zip(texts, example.spans, strict=True):
            canvas.merge((line + offset, position), span, text, **look)
            position += span
        cells = [(text, span * _WIDTH) for text, span in zip(texts, example.spans, strict=True)]
        canvas.set_height(line + offset, height_of(cells, least=18))
    canvas.set_height(line + 2, 7)
    return line + 3
