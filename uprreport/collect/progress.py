"""The Progress tab of a submission: which recommendation each row answers, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from uprreport.collect.combine import most_careful, without_doubt
from uprreport.collect.expected import Expected, locked_values
from uprreport.files.excel.table import Table
from uprreport.findings import Finding
from uprreport.language import phrase
from uprreport.model import BareFormula, ErrorCell, Raw, Recommendation, Row
from uprreport.schema import RowPlace, TabSchema, join_or, read_row
from uprreport.text import clean_text, fold
from uprreport.values import as_text, choice_of, is_blank

Findings = tuple[Finding, ...]

KEPT_OF_THE_LOCKED = ("number",)
"""The only pre-filled column that a row keeps: the register's texts are used for all others."""

COMPARED = ("text", "recommending_states", "position", "theme")
"""The pre-filled columns whose change is told: the others are derived or the coordinator's own."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """One row as it stands in the sheet, with the number that it answers once that is known."""

    place: RowPlace
    raw: Mapping[str, Raw]
    number: str
    found: Findings = ()


def read_progress(
    tables: Sequence[Table], shown: str, agency: str, expected: Expected
) -> tuple[tuple[Row, ...], Findings]:
    """The rows with an answer, checked one by one, in the sheet's order, each number once.

    Texts that spilled into the rows below when pasted, rows with an unknown number and repeated rows are
    findings and left out. Of several tables (somebody copied the tab) the rows are read as those of one.
    """
    reading = _Reading(expected)
    for table in tables:
        spills = any("status" in raw for _, raw in table.rows(shown))
        before: _Typed | None = None
        line = 0
        for place, raw in table.rows(shown, agency):
            typed = _Typed(place, raw, *_number(place, raw, expected))
            filled = _filled(raw, table.schema)
            below = place.line == line + 1 or not typed.number
            broken = isinstance(raw.get("measures"), (ErrorCell, BareFormula))
            if spills and not broken and before is not None and below and filled - _BESIDE == {"measures"}:
                reading.findings.append(_spilled(typed, before))
                reading.present.add(typed.number)
                line = place.line
                continue
            before, line = (typed, place.line) if "measures" in filled else (None, 0)
            reading.take(typed, filled, table.schema)
    reading.findings += _missing_rows(reading.present, tables[0], shown, agency, expected)
    return tuple(reading.answered.values()), tuple(reading.findings)


_BLANK = phrase("(blank)")

_BESIDE = {"unit", "publication"}
"""What may have been filled in down a whole column before a text was pasted over some rows."""


@dataclass(slots=True)
class _Reading:
    """What the rows taken so far amount to: answers by number, and every number that was there."""

    expected: Expected
    answered: dict[str, Row] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def take(self, typed: _Typed, filled: set[str], schema: TabSchema) -> None:
        """One row that stands for itself; ``filled`` names the open cells that hold anything."""
        number = typed.number
        if filled or number:
            self.findings += typed.found
        self.present.add(number)
        if number:
            self.findings += _locked_changes(typed, self.expected, schema)
        if not filled or not number:
            return
        row, told = _read_answer(typed, self.expected, schema)
        self.findings += told
        first = self.answered.setdefault(number, row)
        if first is not row:
            self.findings += _repeated(row, first)
            self.answered[number] = _as_careful(first, row)


def _filled(raw: Mapping[str, Raw], schema: TabSchema) -> set[str]:
    open_columns = (column for column in schema.columns if not column.locked and column.name in raw)
    return {column.name for column in open_columns if not is_blank(column, raw[column.name])}


def _read_answer(typed: _Typed, expected: Expected, schema: TabSchema) -> tuple[Row, Findings]:
    locked = {column.name for column in schema.columns if column.locked}
    raw = {name: value for name, value in typed.raw.items() if name not in locked}
    meant = expected.register.agency_meant(as_text(raw.get("suggested_agency", "")))
    raw |= {"suggested_agency": meant.id} if meant else {}
    row, findings = read_row(schema, typed.place, {**raw, "number": typed.number})
    told = tuple(replace(finding, recommendation=typed.number) for finding in findings)
    return without_doubt(row, findings), told


def _as_careful(row: Row, again: Row) -> Row:
    """A repeated row is left out, but that it is not to be printed holds for the first one too."""
    careful = most_careful((row.text("publication"), again.text("publication")))
    if careful in ("", "public"):
        return row
    return replace(row, values={**row.values, "publication": careful})


# Which recommendation a row answers -------------------------------------------------------------------


def _number(place: RowPlace, raw: Mapping[str, Raw], expected: Expected) -> tuple[str, Findings]:
    """The number that a row answers, repaired by the row's own text; empty when it cannot be known.

    Excel turns 140.10 into the number 140.1, so a number is believed when the text beside it agrees, or
    when it is text and there is no text beside it to say otherwise.
    """
    typed = clean_text(as_text(raw["number"]))[0] if "number" in raw else ""
    text, states = (clean_text(as_text(raw.get(name, "")))[0] for name in ("text", "recommending_states"))
    by_text = expected.number_of(text, states)
    at = place.at("number")
    is_text = isinstance(raw.get("number"), str)
    # A text that belongs to another number means that one of the two cells was overwritten.
    if typed in expected.items and (typed == by_text or (is_text and not by_text)):
        return typed, ()
    if by_text:
        details = {"expected": by_text}
        return by_text, (
            Finding(
                "number-damaged", at, place.agency, by_text, typed or phrase("(blank)"), "Number", details
            ),
        )
    if not typed:
        return "", (_unknown(place, "", expected),)
    if not is_text and (doubt := in_doubt(typed, expected)):
        return "", (_unknown(place, typed, expected, doubt),)
    return (typed, ()) if typed in expected.items else ("", (_unknown(place, typed, expected),))


def in_doubt(typed: str, expected: Expected) -> str:
    """What a cell that holds a number, not text, may stand for, where that is more than one; else empty."""
    numbers = expected.could_be(typed)
    if not set(numbers) - {typed}:
        return ""
    return phrase("{typed}, a number that may be {numbers}", typed=typed, numbers=join_or(numbers))


def _unknown(place: RowPlace, typed: str, expected: Expected, shown: str = "") -> Finding:
    details = {"example": expected.example_number, "value": shown or typed or _BLANK}
    return Finding("number-unknown", place.at("number"), place.agency, "", typed, "Number", details)


def _spilled(typed: _Typed, before: _Typed) -> Finding:
    details = {"first": before.place.cells.get("measures", "")}
    text = as_text(typed.raw["measures"])
    return Finding(
        "paste-spilled",
        typed.place.at("measures"),
        typed.place.agency,
        before.number,
        text,
        "Measures taken",
        details,
    )


def _repeated(row: Row, first: Row) -> Iterator[Finding]:
    if dict(row.values) == dict(first.values):
        return  # equal copies are one
    at = first.at("number")
    details = {"first": at.cell if first.sheet == row.sheet else f"{at.sheet}!{at.cell}"}
    number = row.text("number")
    yield Finding("row-duplicate", row.at("number"), "", number, number, "Number", details)


# What was pre-filled ----------------------------------------------------------------------------------


def _locked_changes(typed: _Typed, expected: Expected, schema: TabSchema) -> Iterator[Finding]:
    item = expected.items[typed.number]
    prefilled = locked_values(item, typed.place.agency)
    for name in COMPARED:
        if name not in typed.raw or name not in prefilled:
            continue
        column = schema.column(name)
        # The position may have been decided anew since the sheet was sent.
        given = (prefilled[name], item.position) if name == "position" else (prefilled[name],)
        found = as_text(typed.raw[name])
        if column.choices and choice_of(column, found) in given:
            continue  # as the agency's language has it
        if fold(found) not in {fold(as_text(column.show(value))) for value in given}:
            at = typed.place.at(name)
            yield Finding("locked-text-changed", at, typed.place.agency, item.number, found, column.title)


def _missing_rows(
    present: set[str], table: Table, shown: str, agency: str, expected: Expected
) -> Iterator[Finding]:
    for item in _awaited(agency, expected):
        if item.number not in present:
            at = RowPlace(shown, table.grid.name, table.heading_row, {}, agency).at("")
            yield Finding("row-missing", at, agency, item.number, item.number, "Number")


def _awaited(agency: str, expected: Expected) -> tuple[Recommendation, ...]:
    return expected.register.assigned_to(agency)
