"""Marks on cells: a colour and a thick edge, and a note that says why."""

from __future__ import annotations

from typing import Any

from uprreport.files.excel.canvas import Canvas, lines_in, ok
from uprreport.files.excel.workbook import Note
from uprreport.model import Raw

_GRAVE = {"bg_color": "#F8CBAD", "border": 2, "border_color": "#C00000"}
_LIGHT = {"bg_color": "#FFF2CC", "border": 2, "border_color": "#BF8F00"}
_WIDTH, _LINE = 320, 17
"""Width of a note's box and height of one of its lines, in pixels."""


def mark(canvas: Canvas, place: tuple[int, int], value: Raw | None, look: dict[str, Any], note: Note) -> None:
    """Draw one cell again with its mark and its note; ``place`` is counted from 0."""
    canvas.put(*place, value, **{**look, **(_GRAVE if note.grave else _LIGHT)})
    height = _LINE * (lines_in(note.text, 44) + 1)
    box = {"author": "uprreport", "width": _WIDTH, "height": height, "font_name": "Arial", "font_size": 9}
    ok(canvas.sheet.write_comment(*place, note.text, box), note.text)
