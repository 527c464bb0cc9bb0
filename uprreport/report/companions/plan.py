"""The implementation plan: planned actions, as a document and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from uprreport.files.excel.workbook import TableTab
from uprreport.files.word.letter import Grid, Line, Page
from uprreport.language import phrase
from uprreport.model import Record
from uprreport.report import phrases
from uprreport.report.companions.entries import Entry
from uprreport.report.companions.pages import (
    NONE,
    by_number,
    make_page,
    numbers_of,
    opening,
    period_of,
    ranges_of,
)
from uprreport.report.given import Given
from uprreport.schema import Column, TabSchema, localise

TITLE = phrases.CAPTION_PLAN
NOTHING = phrase("No action has been planned yet.")

_HEAD = (
    phrases.COLUMN_NUMBERS, phrases.COLUMN_ACTION, phrases.COLUMN_RESPONSIBLE, phrases.COLUMN_PERIOD,
    phrase("Indicator"), phrase("Target"), phrases.COLUMN_BUDGET,
)  # fmt: skip
_WIDTHS = (13, 40, 28, 16, 22, 18, 16)


def plan_page(given: Given) -> Page:
    """The plan as a table on pages that lie on their sides, in the order of numbers."""
    actions = planned(given)
    rows = [tuple(given.say(heading) for heading in _HEAD), *(_row(given, record) for record in actions)]
    body = Grid(rows, _WIDTHS, head=True) if actions else Line(given.say(NOTHING))
    return make_page(given, TITLE, [*opening(given, TITLE), body], landscape=True)


def planned(given: Given) -> list[Record]:
    """The planned actions, in the order of their numbers."""
    return by_number(given.records.tables.get("actions", ()))


def _row(given: Given, record: Record) -> tuple[str, ...]:
    who = "\n".join(dict.fromkeys(t for t in (given.agency(record.agency), record.text("unit")) if t))
    period = period_of(given, record).replace(" – ", " –\n")
    told = (period, record.text("indicator"), record.text("target"), given.amount(record, "budget"))
    return ranges_of(given, record), record.text("action"), who, *(text or NONE for text in told)


_COLUMNS = (
    Column("numbers", phrases.COLUMN_RECOMMENDATIONS, "text", width=18, locked=True),
    Column("action", phrases.COLUMN_ACTION, "text", width=36, locked=True),
    Column("agency", phrase("Agency"), "text", width=20, locked=True),
    Column("unit", phrase("Unit"), "text", width=18, locked=True),
    Column("start", phrase("Start"), "date", width=11, locked=True),
    Column("end", phrase("End"), "date", width=11, locked=True),
    Column("indicator", phrase("Indicator"), "text", width=18, locked=True),
    Column("target", phrase("Target"), "text", width=14, locked=True),
    Column("budget", phrases.COLUMN_BUDGET, "number", width=12, locked=True),
    Column("currency", phrase("Currency"), "text", width=9, locked=True),
)


def plan_tab(given: Given) -> TableTab:
    """The plan as a tab of a workbook: dates are dates and budgets numbers, so that they can be summed."""
    names = ("action", "unit", "start", "end", "indicator", "target", "budget", "currency")
    rows = [
        {
            "numbers": "\n".join(numbers_of(record)),
            "agency": given.agency(record.agency),
            **{name: record.fields[name] for name in names if name in record.fields},
        }
        for record in planned(given)
    ]
    schema = localise(TabSchema("plan", TITLE, "", _COLUMNS, {}), given.language)
    return TableTab(schema=schema, title=schema.title, rows=rows)


def without_action(given: Given, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Supported recommendations, not implemented yet, that no planned action names; groups count as one."""
    named = {number for record in planned(given) for number in numbers_of(record)}
    groups = {e.outcome.item.group for e in entries if e.number in named} - {""}
    return tuple(
        entry.number
        for entry in entries
        if entry.number not in named
        and entry.outcome.item.group not in groups
        and entry.outcome.item.current_position == "supported"
        and entry.outcome.status != "implemented"
    )
