"""What the report is made from, and how its keys are called."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from uprreport.model import NO_INFORMATION, Outcome, Record, RecordSet, Register, Source, Value
from uprreport.report import phrases
from uprreport.report.ids import digest
from uprreport.review import Settings
from uprreport.schema import TabSchema

Schemas = Callable[[str], TabSchema]


@dataclass(frozen=True, slots=True)
class Given:
    """Settings, register and record set of one review, and the schemas that hold its lists."""

    settings: Settings
    register: Register
    records: RecordSet
    schema: Schemas
    today: datetime.date

    def own(self, tab: str, key: str, field: str, value: str) -> tuple[Source, ...]:
        """A cell of the register as a source, where the register was read from a file."""
        at = self.register.cells.get((tab, key, field))
        if at is None or not value:
            return ()
        number = key if tab != "themes" else ""
        return (Source(at.file, at.sheet, at.cell, "", field, digest(value), number),)

    def on_item(self, outcome: Outcome) -> tuple[Source, ...]:
        """What a recommendation's own paragraph prints of the register, and of decisions on its status.

        Of a pledge or an observation that is its text too, which no annex prints.
        """
        item = outcome.item
        tab = {"recommendation": "recommendations", "pledge": "pledges"}.get(item.kind, "observations")
        text = () if item.kind == "recommendation" else self.own(tab, item.number, "text", item.text)
        reason = self.own(tab, item.number, "position_reason", item.position_reason)
        return (*text, *reason, *decided_sources(outcome))

    def agency(self, agency_id: str) -> str:
        """An agency's name; its id where the register does not name it."""
        agency = self.register.agency(agency_id)
        return agency.name if agency and agency.name else agency_id

    def agencies(self, ids: Iterable[str]) -> str:
        """Names of agencies, separated by semicolons: names hold commas."""
        return "; ".join(self.agency(agency_id) for agency_id in dict.fromkeys(ids))

    def label(self, tab: str, column: str, key: str) -> str:
        """How a list's key is called in cells and in print."""
        return self.schema(tab).column(column).label(key)

    def status(self, outcome: Outcome) -> str:
        """How the level of implementation of a recommendation is called."""
        return self.status_label(outcome.status)

    def status_label(self, key: str) -> str:
        """How a level of implementation is called."""
        if key in ("", NO_INFORMATION):
            return phrases.NO_INFORMATION
        return self.label("progress", "status", key)

    def position(self, key: str) -> str:
        """How a position is called; ``-`` for none."""
        return self.label("recommendations", "position", key) if key else "–"


def sources_of(record: Record, fields: Iterable[str]) -> tuple[Source, ...]:
    """Where some fields of a record were read, each with a sum of what stood there."""
    wanted = set(fields)
    return tuple(
        replace(source, digest=digest(text_of(record.fields[source.field])), number=record.number)
        for source in record.sources
        if source.field in wanted and source.field in record.fields
    )


def decided_sources(outcome: Outcome) -> tuple[Source, ...]:
    """Where the coordinator decided on a status, with a sum of it."""
    return tuple(replace(source, digest=digest(outcome.status)) for source in outcome.sources)


def text_of(value: Value | None) -> str:
    """A value as a report prints it: several values one a line, a date as year-month-day."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)
