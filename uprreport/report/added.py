"""The tables that agencies fill themselves: needs for assistance, planned actions, consultations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from uprreport.model import (
    Block,
    Record,
    Source,
    TableColumn,
)
from uprreport.report import phrases
from uprreport.report.given import Given, sources_of
from uprreport.report.ids import short_name
from uprreport.report.tables import Row, table_block
from uprreport.report.tongues import of_answers
from uprreport.report.voice import each_once
from uprreport.text import natural_key

Cell = Callable[[Record], str]


def _record_rows(
    given: Given, records: Iterable[Record], cells: Sequence[Cell], about: str
) -> tuple[list[Row], list[Source]]:
    """Rows of a table that agencies fill; ``about`` is the field after which a row is called."""
    rows: list[Row] = []
    sources: list[Source] = []
    for record in records:
        key = f"{record.agency}/{short_name(record.text(about), 24)}"
        rows.append(Row(key, [cell(record) for cell in cells], of_answers(given, (record,))))
        sources += sources_of(record, record.fields)
    return rows, sources


def _numbers(given: Given) -> Cell:
    return lambda record: given.ranges([n for n in record.text("numbers").split("\n") if n]) or "–"


def _field(given: Given, *names: str) -> Cell:
    """The filled ones of some fields, one a line; what two of them say alike stands once."""
    return lambda record: "\n".join(each_once(given.show(record.fields.get(name)) for name in names))


def _period(given: Given) -> Cell:
    return lambda record: "\n– ".join(
        text for name in ("start", "end") if (text := given.show(record.fields.get(name)))
    )


def _by_number(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda r: natural_key(r.text("numbers").split("\n")[0] or "~"))


def assistance_table(given: Given) -> tuple[Block, ...]:
    """Needs for technical assistance and capacity-building."""

    def kind(record: Record) -> str:
        return given.label("assistance", "kind", record.text("kind"))

    def means(record: Record) -> str:
        fund = given.say(phrases.VOLUNTARY_FUND) if record.text("voluntary_fund") == "yes" else ""
        return "\n".join(t for t in (period(record), given.amount(record, "cost"), fund) if t)

    period = _period(given)
    need, result = _field(given, "problem", "description"), _field(given, "beneficiary", "result")
    cells = (_numbers(given), kind, need, result, means)
    rows, sources = _record_rows(
        given, _by_number(given.records.tables.get("assistance", ())), cells, "description"
    )
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_NUMBERS), 1.7),
        TableColumn(say(phrases.COLUMN_KIND), 1.6),
        TableColumn(say(phrases.COLUMN_NEED), 4),
        TableColumn(say(phrases.COLUMN_BENEFICIARY), 2.8),
        TableColumn(say(phrases.COLUMN_PERIOD_COST), 2),
    )
    return table_block(given, "assistance", columns, rows, sources)


def plan_table(given: Given) -> tuple[Block, ...]:
    """The implementation plan: planned actions."""
    agency: Cell = lambda r: "\n".join(each_once((given.agency(r.agency), r.text("unit"))))  # noqa: E731
    budget: Cell = lambda r: given.amount(r, "budget")  # noqa: E731
    aim, action = _field(given, "indicator", "target"), _field(given, "action")
    cells = (_numbers(given), action, agency, _period(given), aim, budget)
    rows, sources = _record_rows(given, _by_number(given.records.tables.get("actions", ())), cells, "action")
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_NUMBERS), 1.7),
        TableColumn(say(phrases.COLUMN_ACTION), 4),
        TableColumn(say(phrases.COLUMN_RESPONSIBLE), 2.2),
        TableColumn(say(phrases.COLUMN_PERIOD), 1.7),
        TableColumn(say(phrases.COLUMN_INDICATOR), 2.3),
        TableColumn(say(phrases.COLUMN_BUDGET), 1.8),
    )
    return table_block(given, "plan", columns, rows, sources)


def consultations_table(given: Given) -> tuple[Block, ...]:
    """Who was consulted, when, how and with what outcome."""
    kind: Cell = lambda r: given.label("consultations", "kind", r.text("kind"))  # noqa: E731
    date, who, form, outcome = (_field(given, name) for name in ("date", "with", "form", "outcome"))
    cells = (date, who, kind, form, outcome)
    records = sorted(given.records.tables.get("consultations", ()), key=lambda r: r.text("date"))
    rows, sources = _record_rows(given, records, cells, "with")
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_DATE), 1.3),
        TableColumn(say(phrases.COLUMN_WITH), 2.4),
        TableColumn(say(phrases.COLUMN_KIND), 1.4),
        TableColumn(say(phrases.COLUMN_FORM), 1.8),
        TableColumn(say(phrases.COLUMN_OUTCOME), 4),
    )
    return table_block(given, "consultations", columns, rows, sources)
