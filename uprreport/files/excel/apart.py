"""Read an old Excel workbook (.xls) in a process of its own, with bounds on its memory and time.

xlrd reads every generation of the format, with its errors, but a damaged file can lead it anywhere; there is
no way to bound that inside one process. This module is also the program of that process: it must import
nothing of the project. See ``docs/decisions/0010-old-formats.md``.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SECONDS = 20
"""How long one workbook may take; an ordinary one takes a tenth of a second."""

MEMORY = 600 * 1024 * 1024
"""Bytes of address space, where the system can bound it (not on Windows)."""


class ApartError(Exception):
    """The workbook could not be read; ``reason`` is encrypted, old, large or damaged."""

    def __init__(self, reason: str) -> None:
        """Take the reason."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ApartSheet:
    """One worksheet as it comes over: cells as row, column, kind and value, counted from 0.

    ``merged`` holds first row, last row, first column, last column, the last ones not included. ``asides``
    are comments, boxes and links with their rows, columns and texts.
    """

    name: str
    hidden: bool
    cells: list[tuple[int, int, str, Any]]
    merged: list[tuple[int, int, int, int]]
    asides: list[tuple[int, int, str, str]]


def read_apart(content: bytes, most: int) -> tuple[bool, tuple[ApartSheet, ...]]:
    """Whether dates count from 1904, and the worksheets of an .xls workbook with at most ``most`` cells.

    Kinds of cells are text, parted (pieces, and whether each is struck through), number (itself, the code of
    its format, whether it is struck), bool and error (its number).
    Raises ``ApartError``.
    """
    command = [sys.executable, "-P", __file__, str(most)]
    try:  # the program is this very file, and the workbook comes as its input
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"problem": "damaged"}
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise ApartError("damaged") from None
    if "problem" in told:
        raise ApartError(told["problem"])
    sheets = tuple(ApartSheet(**sheet) for sheet in told["sheets"])
    return bool(told["date1904"]), sheets


# In the process of its own ----------------------------------------------------------------------------


def main() -> None:
    """Read a workbook from the input, and write its cells as JSON."""
    _bound()
    content = sys.stdin.buffer.read()
    try:
        told = _read(content, int(sys.argv[1]))
    except MemoryError:
        told = {"problem": "large"}
    sys.stdout.write(json.dumps(told))


def _bound() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _read(content: bytes, most: int) -> dict[str, Any]:
    import os

    import xlrd

    _keep_boxes(xlrd)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  # xlrd talks
        try:
            book = _open(xlrd, content, nowhere)
        except xlrd.XLRDError as problem:
            return {"problem": _reason(str(problem))}
        sheets = [_sheet(sheet, most) for sheet in book.sheets()]
    if sum(len(sheet["cells"]) for sheet in sheets) > most:
        return {"problem": "large"}
    return {"date1904": book.datemode == 1, "sheets": sheets}


def _open(xlrd: Any, content: bytes, nowhere: Any) -> Any:
    """With formats if they can be read: only then merged cells are known."""
    for formats in (True, False):
        try:
            return xlrd.open_workbook(file_contents=content, formatting_info=formats, logfile=nowhere)
        except (xlrd.XLRDError, MemoryError):
            raise
        except Exception:  # noqa: BLE001, S112  # on damaged files xlrd fails with whatever it meets
            continue
    return xlrd.open_workbook(file_contents=content, logfile=nowhere, ignore_workbook_corruption=True)


def _reason(problem: str) -> str:
    if "encrypted" in problem:
        return "encrypted"
    return "old" if "BIFF" in problem or "not supported" in problem else "damaged"


_KINDS, _TEXT, _NUMBERS = {1: "text", 4: "bool", 5: "error"}, 1, (2, 3)
_NOTE, _PICTURES = 0x19, (5, 8)
"""Kinds of objects: the box of a comment; charts and pictures."""


def _sheet(sheet: Any, most: int) -> dict[str, Any]:
    cells: list[tuple[int, int, str, Any]] = []
    for row, column, kind, value in _filled(sheet):
        cells.append((row, column, kind, value))
        if len(cells) > most:
            break
    return {
        "name": sheet.name,
        "hidden": bool(sheet.visibility),
        "cells": cells,
        "merged": [list(span) for span in sheet.merged_cells],
        "asides": _asides(sheet),
    }


def _filled(sheet: Any) -> Iterator[tuple[int, int, str, Any]]:
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            value = sheet.cell_value(row, column)
            if kind in _NUMBERS:
                code, struck = _look(sheet, row, column, "yyyy-mm-dd" if kind != _NUMBERS[0] else "")
                yield row, column, "number", [value, code, struck]
            elif kind == _TEXT and (runs := _runs(sheet, row, column, value)):
                yield row, column, "parted", runs
            elif kind in _KINDS:
                yield row, column, _KINDS[kind], value


def _look(sheet: Any, row: int, column: int, unknown: str) -> tuple[str, bool]:
    """The code of a cell's number format, and whether its letters are struck through."""
    if not sheet.formatting_info:
        return unknown, False
    style = sheet.book.xf_list[sheet.cell_xf_index(row, column)]
    found = sheet.book.format_map.get(style.format_key)
    return found.format_str if found else unknown, _has_line(sheet.book, style.font_index)


def _has_line(book: Any, font: int) -> bool:
    return 0 <= font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _runs(sheet: Any, row: int, column: int, text: str) -> list[tuple[str, bool]]:
    """The pieces of a text, where any of them is struck through; else nothing."""
    if not sheet.formatting_info:
        return []
    listed = sheet.rich_text_runlist_map.get((row, column), ())
    starts = [(0, _look(sheet, row, column, "")[1])]
    starts += [(start, _has_line(sheet.book, font)) for start, font in listed]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    runs = [(text[start:end], line) for (start, line), end in zip(starts, ends, strict=True) if end > start]
    return runs if any(line and run.strip() for run, line in runs) else []


# What stands at cells ---------------------------------------------------------------------------------


def _asides(sheet: Any) -> list[tuple[int, int, str, str]]:
    notes = [(row, column, "comment", note.text) for (row, column), note in sheet.cell_note_map.items()]
    links = [
        (link.frowx, link.fcolx, "link", str(link.url_or_path))
        for link in sheet.hyperlink_list
        if link.type == "url" and link.url_or_path
    ]
    return [*notes, *links, *_unseen(sheet), *getattr(sheet, "boxes", ())]


def _unseen(sheet: Any) -> Iterator[tuple[int, int, str, str]]:
    """Texts in white letters on no ground."""
    if not sheet.formatting_info:
        return
    book, white = sheet.book, (255, 255, 255)
    styles = set()
    for index, style in enumerate(book.xf_list):
        font = book.font_list[style.font_index] if style.font_index < len(book.font_list) else None
        ground = style.background
        blank = not ground.fill_pattern or book.colour_map.get(ground.pattern_colour_index) == white
        if font is not None and blank and book.colour_map.get(font.colour_index) == white:
            styles.add(index)
    for row in range(sheet.nrows) if styles else ():
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == _TEXT and sheet.cell_xf_index(row, column) in styles:
                yield row, column, "unseen", sheet.cell_value(row, column)


def _keep_boxes(xlrd: Any) -> None:
    """Let xlrd keep the texts of boxes, which it reads and forgets, with the cells they are anchored at.

    An anchor (record of type F010 in a drawing) comes before its object, and the object before its text.
    """
    kind = xlrd.sheet.Sheet
    drawing, object_, text = kind.handle_msodrawingetc, kind.handle_obj, kind.handle_txo

    def handle_drawing(self: Any, record: int, length: int, data: bytes) -> None:
        at = data.find(b"\x10\xf0\x12\x00\x00\x00")
        if at >= 0 and len(data) >= at + 14:
            self.anchor = (
                int.from_bytes(data[at + 12 : at + 14], "little"),
                int.from_bytes(data[at + 8 : at + 10], "little"),
            )
        drawing(self, record, length, data)

    def handle_object(self: Any, data: bytes) -> Any:
        found = object_(self, data)
        self.is_note = found is None or found.type == _NOTE
        if found is not None and found.type in _PICTURES:
            self.__dict__.setdefault("boxes", []).append((*getattr(self, "anchor", (-1, -1)), "picture", ""))
        return found

    def handle_text(self: Any, data: bytes) -> Any:
        found = text(self, data)
        if found is not None and found.text.strip() and not getattr(self, "is_note", True):
            row, column = getattr(self, "anchor", (-1, -1))
            self.__dict__.setdefault("boxes", []).append((row, column, "box", found.text))
        return found

    kind.handle_msodrawingetc, kind.handle_obj, kind.handle_txo = handle_drawing, handle_object, handle_text


if __name__ == "__main__":
    main()
