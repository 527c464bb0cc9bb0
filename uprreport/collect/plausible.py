"""Rules that ask whether a value can be meant: dates beside a status, numbers and symbols that texts cite."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from uprreport.collect.expected import Expected
from uprreport.findings import Finding
from uprreport.language import label, phrase
from uprreport.model import Row
from uprreport.text import Cited, cited_numbers

EARLIEST, YEARS_AHEAD = 1900, 30
"""Years of dates that somebody may mean: 1024 and 2204 are slips."""


def check_dates(row: Row, expected: Expected) -> Iterator[Finding]:
    """Dates that cannot be meant: years far away, an end in the future of what is implemented, or in the past
    of what is planned."""
    for name, value in row.values.items():
        if isinstance(value, datetime.date) and (problem := _date_problem(row, name, value, expected)):
            heading = expected.schema(row.tab).heading(name)
            details = {"problem": problem}
            yield Finding("date-doubtful", row.at(name), "", row.text("number"), str(value), heading, details)


def _date_problem(row: Row, name: str, day: datetime.date, expected: Expected) -> str:
    """Why a date is doubtful; empty where it is not, and where another rule tells it."""
    first, last = expected.settings.period_start, expected.settings.cut_off or expected.today
    status = row.text("status")
    shown = label(expected.schema(row.tab).column("status").label(status)) if status else ""
    if name == "end" and first and day < first and status != "planned" and row.tab == "progress":
        return ""
    if not EARLIEST <= day.year <= expected.today.year + YEARS_AHEAD:
        return phrase("lies far from the period of this report")
    if name == "end" and status == "implemented" and day > last:
        return phrase("lies after {last}, and the status is {status}", last=str(last), status=shown)
    if name == "end" and status == "planned" and day < min(last, expected.today):
        return phrase("is past, and the status is {status}", status=shown)
    if first and day < first and (name == "expected" or (name == "start" and status == "planned")):
        return phrase("lies before {first}, the beginning of the period of this report", first=str(first))
    return ""


# What texts cite --------------------------------------------------------------------------------------

_SYMBOL = re.compile(r"A/HRC/\d{1,3}/\d{1,3}(?:/Add\.\d+)?(?![\w/])")
_BEFORE, _AFTER = 80, 50
"""Characters around a number in which a symbol belongs to it."""

_A_RATE = re.compile(r"\s*(?:per|pour|por|на|из|hər)\s+[\d%]", re.IGNORECASE)
_NOT_READ = {"number", "numbers", "remark", "unit", "link", "sdg_targets_corrected"}


def check_cited(row: Row, expected: Expected) -> Iterator[Finding]:
    """Numbers of recommendations that a text cites stand in the register, and in the report that it names.

    Only numbers with the first part of this review's own are judged; a symbol without a number never is, for
    nothing here knows all documents.
    """
    for column in expected.schema(row.tab).columns:
        if column.locked or column.name in _NOT_READ or column.kind not in ("text", "texts"):
            continue
        text = row.text(column.name)
        for cited in cited_numbers(text) if "." in text else ():
            if cited.first.partition(".")[0] in expected.prefixes and not _A_RATE.match(text, cited.end):
                yield from _judge(row, column.name, (text, cited), expected)


def _judge(row: Row, name: str, found: tuple[str, Cited], expected: Expected) -> Iterator[Finding]:
    text, cited = found
    heading, own = expected.schema(row.tab).heading(name), expected.settings.report_symbol
    around = text[max(0, cited.start - _BEFORE) : cited.end + _AFTER]
    symbols = _SYMBOL.findall(around)
    if symbols and not any(own and symbol.startswith(own) for symbol in symbols):
        if own:
            details = {"symbol": symbols[0], "own": own}
            yield Finding(
                "number-elsewhere", row.at(name), "", row.text("number"), cited.text, heading, details
            )
        return
    for number in filter(None, (cited.first, cited.last)):
        if number not in expected.items:
            details = {"example": expected.example_number}
            yield Finding("reference-unknown", row.at(name), "", row.text("number"), number, heading, details)
