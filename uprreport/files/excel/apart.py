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

    ``merged`` holds first row, last row, first column, last column, the last ones not included.
    """

    name: str
    hidden: bool
    cells: list[tuple[int, int, str, Any]]
    merged: list[tuple[int, int, int, int]]


def read_apart(content: bytes, most: int) -> tuple[bool, tuple[ApartSheet, ...]]:
    """Whether dates count from 1904, and the worksheets of an .xls workbook with at most ``most`` cells.

    Kinds of cells are text, number, date (days and the code of their format), bool and error (its number).
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


_KINDS, _DATE = {1: "text", 2: "number", 4: "bool", 5: "error"}, 3


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
    }


def _filled(sheet: Any) -> Iterator[tuple[int, int, str, Any]]:
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == _DATE:
                yield row, column, "date", [sheet.cell_value(row, column), _format(sheet, row, column)]
            elif kind in _KINDS:
                yield row, column, _KINDS[kind], sheet.cell_value(row, column)


def _format(sheet: Any, row: int, column: int) -> str:
    """The code of a cell's number format; that of days where it is not known."""
    if not sheet.formatting_info:
        return "yyyy-mm-dd"
    book = sheet.book
    found = book.format_map.get(book.xf_list[sheet.cell_xf_index(row, column)].format_key)
    return found.format_str if found else "yyyy-mm-dd"


if __name__ == "__main__":
    main()
