"""What the report is made from, and how its keys are called."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from uprreport.counts import Counts, count_records
from uprreport.language import Language, Phrase, load_language
from uprreport.model import (
    NO_INFORMATION,
    UNDER_CLARIFICATION,
    Outcome,
    Recommendation,
    Record,
    RecordSet,
    Register,
    Source,
    Value,
)
from uprreport.report import phrases
from uprreport.report.ids import digest
from uprreport.report.locales import enumerate_words, show_date, show_number
from uprreport.review import Settings
from uprreport.schema import Column, TabSchema, localise_column
from uprreport.text import number_runs

Schemas = Callable[[str], TabSchema]


@dataclass(frozen=True, slots=True)
class Given:
    """Settings, register and record set of one review, and the schemas that hold its lists."""

    settings: Settings
    register: Register
    records: RecordSet
    schema: Schemas
    today: datetime.date
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        """Count once what every sentence, table and chart tells."""
        object.__setattr__(self, "counts", count_records(self.register, self.records))

    # In the report's language -------------------------------------------------------------------------

    @property
    def language(self) -> Language:
        """The report's language, as far as its texts are shipped: else English."""
        return load_language(self.settings.language)

    def say(self, told: str, /, **words: str | int) -> str:
        """One of the tool's own texts in the report's language; ``words`` fill its places.

        A whole number is part of a sentence, a number of a table or label is passed as text.
        """
        return self.language(Phrase(told, words))

    def listed(self, words: Iterable[str]) -> str:
        """``A, B, C``, with the language's comma."""
        return self.say(phrases.LISTED, first="", second="").join(words)

    def enumerated(self, words: Iterable[str]) -> str:
        """``A, B and C``, as a sentence of the language lists them."""
        return enumerate_words([*words], self.language.code)

    def listed_apart(self, words: Iterable[str]) -> str:
        """``A; B; C``, with the language's semicolon: for names, which hold commas."""
        return self.say(phrases.LISTED_APART, first="", second="").join(words)

    def ranges(self, numbers: Sequence[str]) -> str:
        """Numbers as UN documents cite them: ``140.7, 140.11–140.14``; each once, in natural order."""
        return self.numbers(number_runs(numbers))

    def numbers(self, numbers: Iterable[str]) -> str:
        """``1.2, 3.4``: with a blank in every language, where a line may end."""
        return self.say(phrases.LISTED_NUMBERS, number="", next="").join(numbers)

    def show(self, value: Value | None) -> str:
        """A value as the report prints it: dates and numbers in its language's way, values one a line."""
        if isinstance(value, datetime.date):
            return show_date(value, self.settings.language)
        if isinstance(value, (int, float)):
            return show_number(value, self.settings.language)
        return text_of(value)

    def amount(self, record: Record, name: str) -> str:
        """``45,000 USD``; empty for none."""
        amount = self.show(record.fields.get(name))
        told = self.say(phrases.CURRENCY, amount=amount, currency=record.text("currency"))
        return told.strip() if amount else ""

    def column(self, tab: str, name: str) -> Column:
        """A column of a table, with its labels and definitions."""
        return localise_column(self.schema(tab).column(name), self.language)

    # What a block is made from ------------------------------------------------------------------------

    def own(self, tab: str, key: str, field: str, value: str) -> tuple[Source, ...]:
        """A cell of the register as a source, where the register was read from a file."""
        at = self.register.cells.get((tab, key, field))
        if at is None or not value:
            return ()
        number = "" if tab in ("themes", "abbreviations", "texts") else key
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

    def wording(self, item: Recommendation) -> str:
        """The text of a recommendation: the national one where the report is in the language of the sheets.

        A report in English has it as the matrix has it.
        """
        is_national = self.settings.language == self.settings.sheet_language != "en"
        return (item.text_local if is_national else "") or item.text

    def agency(self, agency_id: str) -> str:
        """An agency's name; its id where the register does not name it.

        It is the national one where the report is in the language of the sheets.
        """
        agency = self.register.agency(agency_id)
        is_national = self.settings.language == self.settings.sheet_language
        return agency.called(self.settings.language if is_national else "en") if agency else agency_id

    def agencies(self, ids: Iterable[str]) -> str:
        """Names of agencies, separated by semicolons: names hold commas."""
        return self.listed_apart(self.agency(agency_id) for agency_id in dict.fromkeys(ids))

    def label(self, tab: str, column: str, key: str) -> str:
        """How a list's key is called in cells and in print."""
        return self.language(self.schema(tab).column(column).label(key))

    def status(self, outcome: Outcome) -> str:
        """How the level of implementation of a recommendation is called."""
        return self.status_label(outcome.status)

    def status_label(self, key: str) -> str:
        """How a level of implementation is called."""
        if key in ("", NO_INFORMATION):
            return self.say(phrases.NO_INFORMATION)
        if key == UNDER_CLARIFICATION:
            return self.say(phrases.UNDER_CLARIFICATION)
        return self.label("progress", "status", key)

    def position(self, key: str) -> str:
        """How a position is called; ``-`` for none."""
        return self.label("recommendations", "position", key) if key else "–"

    def position_counted(self, key: str) -> str:
        """The same as a heading of counts, which have no dash."""
        return self.position(key) if key else self.say(phrases.NO_POSITION)


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
    """A value whatever the language: several values one a line, a date as year-month-day."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)
