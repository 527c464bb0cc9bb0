"""The Progress tab of a submission: which recommendation each row answers, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from uprreport.collect.expected import Expected, locked_values
from uprreport.files.excel.table import Table
from uprreport.findings import Finding
from uprreport.model import Raw, Recommendation, Row
from uprreport.schema import RowPlace, TabSchema, read_row
from uprreport.text import clean_text, fold
from uprreport.values import as_text

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


def read_progress(
    table: Table, shown: str, agency: str, expected: Expected
) -> tuple[tuple[Row, ...], Findings]:
    """The rows with an answer, checked one by one, in the sheet's order, each number once.

    Texts that spilled into the rows below when pasted, rows with an unknown number and repeated rows are
    findings and left out.
    """
    findings: list[Finding] = []
    rows: list[Row] = []
    answered: dict[str, Row] = {}
    present: set[str] = set()
    before: _Typed | None = None
    inputs = {column.name for column in table.schema.columns if not column.locked}
    for place, raw in table.rows(shown, agency):
        number, found = _number(place, raw, expected)
        typed = _Typed(place, raw, number)
        filled = _filled(raw, inputs)
        if filled == {"measures"} and before is not None:
            findings.append(_spilled(typed, before))
            present.add(number)
            continue
        before = typed if "measures" in filled and place.line else None
        if filled or number:
            findings += found
        present.add(number)
        if number:
            findings += _locked_changes(typed, expected, table.schema)
        if not filled or not number:
            continue
        row, told = _read_answer(typed, table.schema)
        findings += told
        if number in answered:
            findings += _repeated(row, answered[number])
            continue
        answered[number] = row
        rows.append(row)
    findings += _missing_rows(present, table, shown, agency, expected)
    return tuple(rows), tuple(findings)


def _filled(raw: Mapping[str, Raw], inputs: set[str]) -> set[str]:
    return {name for name, value in raw.items() if name in inputs and as_text(value).strip()}


def _read_answer(typed: _Typed, schema: TabSchema) -> tuple[Row, Findings]:
    locked = {column.name for column in schema.columns if column.locked}
    raw = {name: value for name, value in typed.raw.items() if name not in locked}
    row, findings = read_row(schema, typed.place, {**raw, "number": typed.number})
    told = tuple(replace(finding, recommendation=typed.number) for finding in findings)
    return row, told


# Which recommendation a row answers -------------------------------------------------------------------


def _number(place: RowPlace, raw: Mapping[str, Raw], expected: Expected) -> tuple[str, Findings]:
    """The number that a row answers, repaired by the row's own text; empty when it cannot be known.

    Excel turns 140.10 into the number 140.1, so a number is believed when the text beside it agrees, or
    when it is text and there is no text beside it to say otherwise.
    """
    typed = as_text(raw["number"]).strip() if "number" in raw else ""
    by_text = expected.by_text.get(fold(clean_text(as_text(raw.get("text", "")))[0]), "")
    at = place.at("number")
    is_text = isinstance(raw.get("number"), str)
    # A text that belongs to another number means that one of the two cells was overwritten.
    if typed in expected.items and (typed == by_text or (is_text and not by_text)):
        return typed, ()
    if by_text:
        details = {"expected": by_text}
        return by_text, (
            Finding("number-damaged", at, place.agency, by_text, typed or "blank", "Number", details),
        )
    if not typed:
        return "", (_unknown(place, "", expected),)
    if not is_text and any(f"{typed}{zeros}" in expected.items for zeros in ("0", "00")):
        return "", (_unknown(place, typed, expected),)
    return (typed, ()) if typed in expected.items else ("", (_unknown(place, typed, expected),))


def _unknown(place: RowPlace, typed: str, expected: Expected) -> Finding:
    details = {"example": expected.example_number}
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
        "Measures",
        details,
    )


def _repeated(row: Row, first: Row) -> Iterator[Finding]:
    if dict(row.values) == dict(first.values):
        return  # equal copies are one
    details = {"first": first.cells["number"]}
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
        shown = as_text(column.show(prefilled[name]))
        found = as_text(typed.raw[name])
        if found != shown and fold(found) != fold(shown):
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
