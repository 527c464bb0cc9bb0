"""Annex I as a list for spreadsheets: one row for each recommendation, as .csv and as .xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from uprreport.files.excel.workbook import TableTab
from uprreport.language import phrase
from uprreport.report import phrases
from uprreport.report.companions.entries import Entry
from uprreport.report.given import Given
from uprreport.schema import Column, TabSchema, localise
from uprreport.text import clean_text

Cell = Callable[[Entry], str]

COLUMNS: Sequence[tuple[str, str, float, Cell]] = (
    ("number", phrases.COLUMN_NUMBER, 9, lambda e: e.number),
    ("text", phrases.COLUMN_RECOMMENDATION, 36, lambda e: e.outcome.item.text),
    (
        "recommending_states",
        phrase("Recommending States"),
        16,
        lambda e: "\n".join(e.outcome.item.recommending_states),
    ),
    ("position", phrases.COLUMN_POSITION, 11, lambda e: e.position),
    ("source_of_position", phrase("Source of position"), 14, lambda e: e.outcome.item.source_of_position),
    ("theme", phrases.COLUMN_THEME, 16, lambda e: e.outcome.item.theme),
    ("themes", phrase("All themes"), 18, lambda e: "\n".join(e.outcome.item.themes)),
    ("persons", phrase("Groups of persons"), 14, lambda e: "\n".join(e.outcome.item.persons)),
    ("sdgs", phrases.COLUMN_SDGS, 8, lambda e: "\n".join(f"SDG {goal}" for goal in e.outcome.item.sdgs)),
    ("sdg_targets", phrase("SDG targets"), 9, lambda e: "\n".join(f"SDG {target}" for target in e.targets)),
    ("status", phrases.COLUMN_STATUS, 13, lambda e: e.status),
    ("measures", phrases.COLUMN_MEASURES, 50, lambda e: "\n".join(e.measures)),
    ("challenges", phrases.CHALLENGES, 28, lambda e: e.challenges),
    ("assistance", phrases.COLUMN_ASSISTANCE, 14, lambda e: e.assistance),
    ("agencies", phrase("Agencies, the lead first"), 18, lambda e: "\n".join(e.agencies)),
)
"""Name, heading, width in characters, and what the cell holds."""

REFERENCE = phrase("Reference")
"""A further first column in .csv: symbol and number, which no spreadsheet takes for a number."""

_OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def listing_tab(given: Given, entries: Sequence[Entry]) -> TableTab:
    """The list as a tab of a workbook; every cell is text."""
    columns = tuple(
        Column(name, title, "text", width=width, locked=True) for name, title, width, _ in COLUMNS
    )
    rows = [{name: cell(entry) for name, _, _, cell in COLUMNS} for entry in entries]
    schema = TabSchema("recommendations", phrases.COLUMN_RECOMMENDATIONS, "", columns, {})
    schema = localise(schema, given.language)
    return TableTab(schema=schema, title=schema.title, rows=rows)


def write_csv(given: Given, entries: Sequence[Entry]) -> bytes:
    """The list as .csv: UTF-8 with a mark by which Excel knows it, fields quoted, lines ended by CRLF."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([given.say(title) for title in (REFERENCE, *(title for _, title, _, _ in COLUMNS))])
    for entry in entries:
        cells = [reference(given, entry.number), *(cell(entry) for _, _, _, cell in COLUMNS)]
        writer.writerow([guarded(clean_text(cell)[0]) for cell in cells])
    return target.getvalue().encode("utf-8-sig")


def reference(given: Given, numbers: str, *, several: bool = False) -> str:
    """Recommendations as UN documents cite them: ``A/HRC/59/15, para. 140.10``."""
    told = (
        given.say(phrases.PARAGRAPHS, numbers=numbers)
        if several
        else given.say(phrases.PARAGRAPH, number=numbers)
    )
    return given.listed(part for part in (given.settings.report_symbol, told) if part)


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula: one that opens like it gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_OPENS_FORMULA) else cell
