"""A page that lists things with links to the cells that they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from uprreport.files.excel.canvas import TEXT, Canvas, height_of, ok
from uprreport.files.excel.workbook import Jump, ListTab
from uprreport.model import Raw
from uprreport.values import as_text

Resolve = Callable[[Jump], tuple[str, str]]
"""Where a jump leads: the title of the worksheet, and the address of the cell."""

_EDGE = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "top", "num_format": TEXT}
_HEAD = {**_EDGE, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"}
_TITLE = {"bold": True, "font_size": 16, "font_color": "#1F3864"}
_LINK = {**_EDGE, "font_color": "#0563C1", "underline": 1}


def draw_listing(canvas: Canvas, tab: ListTab, resolve: Resolve) -> None:
    """The heading, the paragraphs, then the table; its heading row stays in view and is printed again."""
    for position, width in enumerate(tab.widths):
        canvas.set_column(position, width)
    line = _draw_opening(canvas, tab)
    for position, heading in enumerate(tab.headings):
        canvas.put(line, position, heading, **_HEAD)
    canvas.set_height(line, height_of(zip(tab.headings, tab.widths, strict=True), least=20))
    for index, row in enumerate(tab.rows, line + 1):
        _draw_row(canvas, index, row, tab.widths, resolve)
    canvas.sheet.hide_gridlines(2)
    canvas.sheet.freeze_panes(line + 1, 0)
    canvas.print_on(landscape=True)
    canvas.sheet.repeat_rows(line)
    canvas.protect()


def _draw_opening(canvas: Canvas, tab: ListTab) -> int:
    """The line at which the table begins."""
    looks: list[tuple[str, dict[str, Any]]] = [(tab.heading, _TITLE), *((text, {}) for text in tab.passages)]
    for line, (text, look) in enumerate(looks):
        canvas.merge((line, 0), len(tab.widths), text, text_wrap=True, valign="top", num_format=TEXT, **look)
        canvas.set_height(line, height_of([(text, sum(tab.widths))], least=26 if look else 0))
    return len(looks) + 1


def _draw_row(
    canvas: Canvas, line: int, row: Sequence[Raw | Jump | None], widths: Sequence[float], resolve: Resolve
) -> None:
    texts: list[tuple[str, float]] = []
    for position, (cell, width) in enumerate(zip(row, widths, strict=True)):
        if isinstance(cell, Jump):
            title, address = resolve(cell)
            # LibreOffice loses the Arabic part of a link's text when it prints; the tab is named beside it.
            text = address if canvas.styles.right_to_left else f"{title}!{address}"
            _draw_link(
                canvas, line, position, text, f"internal:'{title.replace(chr(39), chr(39) * 2)}'!{address}"
            )
        else:
            text = "" if cell is None else as_text(cell)
            canvas.put(line, position, cell, **_EDGE)
        texts.append((text, width))
    canvas.set_height(line, height_of(texts, least=20))


def _draw_link(canvas: Canvas, line: int, position: int, text: str, target: str) -> None:
    style = canvas.styles.get(**canvas.directed(text, dict(_LINK)))
    ok(canvas.sheet.write_url(line, position, target, style, text), text)
