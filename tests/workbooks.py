"""Workbooks for tests, written as Markdown tables::

    workbook(Progress='''
        | Number | Status      | Start            |
        | ------ | ----------- | ---------------- |
        | 140.7  | Implemented | =date:2025-01-31 |
    ''')

A blank cell is empty, any other is text. ``=num:12``, ``=date:2025-01-31``, ``=bool:true``,
``=error:#REF!`` and ``=bare:A1+1`` (a formula whose result was not saved) make typed cells; ``\\n`` is a line
break inside a cell and ``\\|`` a vertical bar. ``=merged:D3:D5:text`` merges cells, ``=hidden:text`` hides
its row, or its column where it is a heading; ``=u:140.1\\u200b`` is text with signs that nobody sees.
``=as:0%:1.09`` is a number in a format, ``=struck:old ~new`` text whose first part is struck through,
``=white:text`` text in white letters, ``=note:text`` a comment on a blank cell, ``=link:address:text`` words
that lead to an address (whose own colons are written ``\\u003a``).
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet


def workbook(
    sheets: Mapping[str, str] | None = None, *, properties: Mapping[str, str] | None = None, **tabs: str
) -> bytes:
    """An .xlsx file with one worksheet a tab; ``sheets`` is for titles that are no Python names."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, markdown in {**(sheets or {}), **tabs}.items():
        _fill(book.create_sheet(title), markdown)
    for name, value in (properties or {}).items():
        book.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name=name, value=value))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def markdown_rows(markdown: str) -> list[list[str]]:
    """The cells of a Markdown table, headings first; the line of dashes is left out."""
    lines = [line.strip() for line in markdown.strip().splitlines() if line.strip()]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]
    return [row for row in rows if not all(re.fullmatch(":?-{2,}:?", cell) for cell in row)]


def _fill(sheet: Worksheet, markdown: str) -> None:
    for line, row in enumerate(markdown_rows(markdown), 1):
        for column, text in enumerate(row, 1):
            if text:
                _set(sheet.cell(line, column), text)


def _set(cell: Cell, text: str) -> None:
    kind, _, rest = text[1:].partition(":") if text.startswith("=") else ("", "", "")
    if kind == "num":
        cell.value = float(rest) if "." in rest else int(rest)
    elif kind == "date":
        cell.value = datetime.date.fromisoformat(rest)
        cell.number_format = "yyyy-mm-dd"
    elif kind == "bool":
        cell.value = rest == "true"
    elif kind == "error":
        cell.value, cell.data_type = rest, "e"
    elif kind == "bare":
        cell.value = f"={rest}"
    elif kind == "merged":
        first, last, cell.value = rest.split(":", 2)
        cell.parent.merge_cells(f"{first}:{last}")
    elif kind == "hidden":
        cell.value = rest
        dimensions = cell.parent.row_dimensions if cell.row > 1 else cell.parent.column_dimensions
        dimensions[cell.row if cell.row > 1 else cell.column_letter].hidden = True
    elif kind == "u":
        cell.value = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), rest)
        cell.data_type = "s"
    elif kind in _LOOKS:
        _LOOKS[kind](cell, rest)
    else:
        cell.value = text.replace("\\n", "\n").replace("\\|", "|")
        cell.data_type = "s"


def _as(cell: Cell, rest: str) -> None:
    cell.number_format, _, number = rest.rpartition(":")
    cell.value = float(number)


def _struck(cell: Cell, rest: str) -> None:
    gone, _, kept = rest.partition("~")
    runs = [TextBlock(InlineFont(strike=True), gone), TextBlock(InlineFont(), kept)]
    cell.value = CellRichText(*runs) if kept else gone
    cell.font = Font(strike=not kept)


def _white(cell: Cell, rest: str) -> None:
    cell.value, cell.font = rest, Font(color="FFFFFFFF")


def _note(cell: Cell, rest: str) -> None:
    cell.comment = Comment(rest, "A. Official")


def _link(cell: Cell, rest: str) -> None:
    address, _, cell.value = rest.partition(":")
    cell.hyperlink = address.replace("\\u003a", ":")


_LOOKS = {"as": _as, "struck": _struck, "white": _white, "note": _note, "link": _link}
