"""Annex I as a list for spreadsheets: one row for each recommendation, as .csv and as .xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from uprreport.files.excel.workbook import TableTab
from uprreport.report.companions.entries import Entry
from uprreport.schema import Column, TabSchema
from uprreport.text import clean_text

Cell = Callable[[Entry], str]

COLUMNS: Sequence[tuple[str, str, float, Cell]] = (
    ("number", "Number", 9, lambda e: e.number),
    ("text", "Recommendation", 36, lambda e: e.outcome.item.text),
    (
        "recommending_states",
        "Recommending States",
        16,
        lambda e: "\n".join(e.outcome.item.recommending_states),
    ),
    ("position", "Position", 11, lambda e: e.position),
    ("source_of_position", "Source of position", 14, lambda e: e.outcome.item.source_of_position),
    ("theme", "Theme", 16, lambda e: e.outcome.item.theme),
    ("themes", "All themes", 18, lambda e: "\n".join(e.outcome.item.themes)),
    ("persons", "Groups of persons", 14, lambda e: "\n".join(e.outcome.item.persons)),
    ("sdgs", "SDGs", 8, lambda e: "\n".join(f"SDG {goal}" for goal in e.outcome.item.sdgs)),
    ("sdg_targets", "SDG targets", 9, lambda e: "\n".join(f"SDG {target}" for target in e.targets)),
    ("status", "Status", 13, lambda e: e.status),
    ("measures", "Measures", 50, lambda e: "\n".join(e.measures)),
    ("challenges", "Challenges", 28, lambda e: e.challenges),
    ("assistance", "Assistance", 14, lambda e: e.assistance),
    ("agencies", "Agencies, the lead first", 18, lambda e: "\n".join(e.agencies)),
)
"""Name, heading, width in characters, and what the cell holds."""

REFERENCE = "Reference"
"""A further first column in .csv: symbol and number, which no spreadsheet takes for a number."""

_OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def listing_tab(entries: Sequence[Entry]) -> TableTab:
    """The list as a tab of a workbook; every cell is text."""
    columns = tuple(
        Column(name, title, "text", width=width, locked=True) for name, title, width, _ in COLUMNS
    )
    rows = [{name: cell(entry) for name, _, _, cell in COLUMNS} for entry in entries]
    schema = TabSchema("recommendations", "Recommendations", "", columns, {})
    return TableTab(schema=schema, title="Recommendations", rows=rows)


def write_csv(entries: Sequence[Entry], symbol: str) -> bytes:
    """The list as .csv: UTF-8 with a mark by which Excel knows it, fields quoted, lines ended by CRLF."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([REFERENCE, *(title for _, title, _, _ in COLUMNS)])
    for entry in entries:
        cells = [reference(entry.number, symbol), *(cell(entry) for _, _, _, cell in COLUMNS)]
        writer.writerow([guarded(clean_text(cell)[0]) for cell in cells])
    return target.getvalue().encode("utf-8-sig")


def reference(number: str, symbol: str) -> str:
    """A recommendation as UN documents cite it: ``A/HRC/59/15, para. 140.10``."""
    return f"{symbol}, para. {number}" if symbol else f"para. {number}"


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula: one that opens like it gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_OPENS_FORMULA) else cell
