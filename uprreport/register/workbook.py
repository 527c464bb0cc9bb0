"""``register.xlsx``: written from the register and read back, with everything kept that a person typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.table import Table, find_table
from uprreport.files.excel.workbook import ColumnOf, Grid, RawTab, Tab, TableTab
from uprreport.findings import Finding, Location
from uprreport.model import (
    Abbreviation,
    Agency,
    Kind,
    Link,
    OwnText,
    Raw,
    Recommendation,
    Register,
    Row,
    Theme,
    Value,
)
from uprreport.register.states import STATES, is_state
from uprreport.schema import RowPlace, TabSchema, meant, nearest, nearest_of, read_row
from uprreport.text import fold
from uprreport.values import as_text

Schemas = Callable[[str], TabSchema]
Findings = tuple[Finding, ...]

KEYS = {
    "recommendations": "number",
    "themes": "theme",
    "agencies": "id",
    "links": "",
    "pledges": "number",
    "observations": "number",
    "abbreviations": "abbreviation",
    "texts": "part",
}
"""The tabs in their order, and the column that tells their rows apart (links have none)."""

OFFERED = {"agencies": ColumnOf("Agencies", "id"), "themes": ColumnOf("Themes", "theme")}
SPARE_ROWS = {
    "agencies": 40,
    "links": 40,
    "pledges": 20,
    "observations": 20,
    "abbreviations": 40,
    "texts": 4,
}

NEEDED = ("recommendations", "agencies")
"""The tabs without which nothing can be done; any other may be missing and then counts as empty."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person typed on one tab that is no value of the register; it is written again as it stood.

    ``own`` holds columns under headings that are not ours: heading -> key of the row -> cell. ``cells`` holds
    by key of the row and name of the column what could not be used, and what stands in columns that a review
    added to the schema. ``rows`` are the rows that could not be used at all: their cells by column, and those
    in own columns by heading.
    """

    own: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    rows: tuple[tuple[Mapping[str, Raw], Mapping[str, Raw]], ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """The register as typed, and what else a person put into the file: on our tabs, and on own ones.

    ``review`` is the id of the review that it was written for, empty where the file does not say it.
    """

    register: Register = field(default_factory=Register)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    own_tabs: tuple[Grid, ...] = ()
    review: str = ""

    def with_register(self, register: Register) -> RegisterFile:
        """The same file with another register in it."""
        return replace(self, register=register)


# Writing ----------------------------------------------------------------------------------------------


def register_tabs(file: RegisterFile, schema: Schemas) -> list[Tab]:
    """The tabs of ``register.xlsx``, for the writer of workbooks."""
    tabs: list[Tab] = []
    for name in KEYS:
        kept = file.kept.get(name, Kept())
        filled = _rows_to_write(name, file.register)
        keys = [_key(name, row) for row in filled]
        rows = [{**kept.cells.get(key, {}), **row} for key, row in zip(keys, filled, strict=True)]
        tabs.append(
            TableTab(
                schema=schema(name),
                title=schema(name).title,
                rows=[*rows, *(cells for cells, _ in kept.rows)],
                offered=OFFERED,
                extra=_extra(kept, keys),
                spare_rows=SPARE_ROWS.get(name, 0),
                essential_first=name == "recommendations",
                compact=True,
            )
        )
    return [*tabs, *(RawTab(grid=grid) for grid in file.own_tabs)]


def _extra(kept: Kept, keys: Sequence[str]) -> dict[str, dict[int, Raw]]:
    """The own columns: heading -> cell by index of the row."""
    extra = {
        heading: {index: cells[key] for index, key in enumerate(keys) if key in cells}
        for heading, cells in kept.own.items()
    }
    for index, (_, beside) in enumerate(kept.rows, len(keys)):
        for heading, raw in beside.items():
            extra[heading][index] = raw
    return extra


def _rows_to_write(name: str, register: Register) -> list[dict[str, Value | Raw]]:
    if name == "themes":
        counts = Counter(item.theme for item in register.recommendations)
        return [{**_filled(theme), "count": counts[theme.theme]} for theme in register.themes]
    return [_filled(item) for item in getattr(register, name)]


def _filled(item: Any) -> dict[str, Value | Raw]:
    values = asdict(item)
    values.pop("kind", None)
    return {name: value for name, value in values.items() if value not in ("", (), None)}


def _key(name: str, row: Mapping[str, object]) -> str:
    """What tells a row of a tab apart; a row without a key is told apart by all that it holds."""
    if KEYS[name]:
        return str(row.get(KEYS[name], ""))
    return "\x1f".join(f"{key}\x1e{row[key]}" for key in sorted(set(row) & _FIELDS[name]))


_MODELS = {
    "themes": Theme,
    "agencies": Agency,
    "links": Link,
    "abbreviations": Abbreviation,
    "texts": OwnText,
}
_FIELDS = {name: frozenset(f.name for f in fields(_MODELS.get(name, Recommendation))) for name in KEYS}
"""What the register holds of each tab; columns that a review added to a schema are not part of it."""


# Reading ----------------------------------------------------------------------------------------------


def read_register(path: Path, shown: str, schema: Schemas) -> tuple[RegisterFile | None, Findings]:
    """The register as typed; None when the file, a tab or the headings of one cannot be read.

    So nothing that was not understood is ever taken for empty and written over.
    """
    workbook, findings = read_workbook(path, shown)
    if workbook is None:
        return None, findings
    titles = {name: fold(schema(name).title) for name in KEYS}
    grids = {fold(grid.name): grid for grid in reversed(workbook.grids)}
    tables: dict[str, Table] = {}
    missing: list[Finding] = []
    for name in KEYS:
        grid = grids.get(titles[name])
        table = find_table(grid, schema(name)) if grid else None
        missing += _missing(schema(name), grid, table, shown)
        if table is not None:
            tables[name] = table
    if missing:
        return None, tuple(missing)
    found = list(findings)
    rows: dict[str, list[Row]] = {}
    kept: dict[str, Kept] = {}
    for name, table in tables.items():
        rows[name], kept[name], problems = _read_table(name, table, shown)
        found += problems
    register = _register(rows)
    rows = {name: [_with_ids(row, register) for row in lines] for name, lines in rows.items()}
    register = _register(rows)
    found += _check_references(rows, register)
    found += _check_states(rows.get("recommendations", ()))
    ours = [table.grid for table in tables.values()]
    blank = [grids[title] for title in titles.values() if title in grids and not grids[title].cells]
    own = tuple(g for g in workbook.grids if fold(g.name) != "lists" and g not in [*ours, *blank])
    about = workbook.properties.get("uprreport review", "")
    return RegisterFile(register, kept, own, about), tuple(found)


def _missing(schema: TabSchema, grid: Grid | None, table: Table | None, shown: str) -> Iterator[Finding]:
    """A tab that must be there, and the columns without which the rows of a tab mean nothing."""
    required = schema.document["required"]
    if grid is None or not grid.cells:
        if schema.name in NEEDED:
            yield Finding("register-tab-missing", Location(shown), details={"expected": schema.title})
    elif table is None:
        details = {"expected": schema.heading(required[0])}
        yield Finding("column-missing", Location(shown, grid.name), details=details)
    else:
        for column in (column for column in required if column in table.missing):
            at = Location(shown, table.grid.name, table.heading_cell(1), column)
            details = {"expected": schema.heading(column), "near": table.near_missing(column)}
            yield Finding("column-missing", at, details=details)


def _read_table(name: str, table: Table, shown: str) -> tuple[list[Row], Kept, list[Finding]]:
    """The rows that have their required values, of two with one key the first; and what else stands there."""
    headings = _own_headings(table)
    own: dict[str, dict[str, Raw]] = {heading: {} for heading in headings.values()}
    cells: dict[str, dict[str, Raw]] = {}
    unread: list[tuple[Mapping[str, Raw], Mapping[str, Raw]]] = []
    findings: list[Finding] = []
    rows: dict[str, Row] = {}
    for place, raw, beside in _lines(table, headings, shown):
        row, problems = _read_line(table.schema, place, raw)
        findings += problems
        key = _key(name, row.values) if row else ""
        if row is None or key in rows:
            if row is not None and KEYS[name]:
                findings.append(_twice(row, rows[key], KEYS[name]))
            if row is None or KEYS[name] or beside:
                unread.append((raw, beside))
            continue
        rows[key] = row
        cells[key] = {c: raw[c] for c in raw if c not in row.values or c not in _FIELDS[name]}
        for heading, value in beside.items():
            own[heading][key] = value
    kept = Kept(own, {key: typed for key, typed in cells.items() if typed}, tuple(unread))
    return list(rows.values()), kept, findings


def _own_headings(table: Table) -> dict[int, str]:
    """The columns that are not the schema's, by position; one without a heading gets one of blanks."""
    ours = set(table.columns.values())
    filled = {column for row, column in table.grid.cells if row >= table.heading_row} - ours
    headings: dict[int, str] = {}
    for column in sorted(filled):
        typed = as_text(table.grid.cells.get((table.heading_row, column), "")).strip()
        heading, count = typed or " ", 1
        while heading in headings.values():
            count += 1
            heading = f"{typed} ({count})" if typed else " " * count
        headings[column] = heading
    return headings


def _lines(
    table: Table, headings: Mapping[int, str], shown: str
) -> Iterator[tuple[RowPlace, dict[str, Raw], dict[str, Raw]]]:
    """The filled rows: place, cells by column, and cells in own columns by heading.

    Locked columns are the tool's own and never read back.
    """
    locked = {column.name for column in table.schema.columns if column.locked}
    beside: dict[int, dict[str, Raw]] = {}
    for (line, column), raw in sorted(table.grid.cells.items()):
        if line > table.heading_row and column in headings:
            beside.setdefault(line, {})[headings[column]] = raw
    ours = {place.line: (place, cells) for place, cells in table.rows(shown)}
    for line in sorted(set(ours) | set(beside)):
        place, cells = ours.get(line, (RowPlace(shown, table.grid.name, line, {}), {}))
        typed = {column: raw for column, raw in cells.items() if column not in locked}
        if typed or line in beside:
            yield place, typed, beside.get(line, {})


def _read_line(schema: TabSchema, place: RowPlace, raw: Mapping[str, Raw]) -> tuple[Row | None, Findings]:
    """One row; None when a required value is missing or cannot be used."""
    if not raw:
        return None, ()
    number = raw.get("number")
    if isinstance(number, (int, float)):
        # Excel may have made 140.10 into 140.1: nobody can know which it was.
        typed = as_text(number)
        details = {"expected": "the text of a number", "example": f"'{typed}, with the apostrophe"}
        return None, (Finding("value-wrong-type", place.at("number"), "", "", typed, "Number", details),)
    row, problems = read_row(schema, place, raw)
    usable = all(column in row.values for column in schema.document["required"])
    return row if usable else None, problems


def _twice(row: Row, first: Row, column: str) -> Finding:
    details = {"first": first.cells[column]}
    return Finding("register-row-twice", row.at(column), "", "", row.text(column), details=details)


def _register(rows: Mapping[str, Sequence[Row]]) -> Register:
    def values(name: str) -> Iterator[dict[str, Any]]:
        for row in rows.get(name, ()):
            yield {column: value for column, value in row.values.items() if column in _FIELDS[name]}

    def items(name: str, kind: Kind) -> tuple[Recommendation, ...]:
        return tuple(Recommendation(kind=kind, **row) for row in values(name))

    cells = {
        (name, row.text(KEYS[name]), column): row.at(column)
        for name in KEYS
        if KEYS[name]
        for row in rows.get(name, ())
        for column in row.values
    }
    return Register(
        recommendations=items("recommendations", "recommendation"),
        themes=tuple(Theme(**row) for row in values("themes")),
        agencies=tuple(Agency(**row) for row in values("agencies")),
        links=tuple(Link(**row) for row in values("links")),
        pledges=items("pledges", "pledge"),
        observations=items("observations", "observation"),
        abbreviations=tuple(Abbreviation(**row) for row in values("abbreviations")),
        texts=tuple(OwnText(**row) for row in values("texts")),
        cells=cells,
    )


def _with_ids(row: Row, register: Register) -> Row:
    """A row in which agencies stand by their ids: a person may have typed a name, or the id in capitals."""
    found: dict[str, Value] = {}
    for column in ("lead", "supporting"):
        if column in row.values and (typed := row.texts(column)):
            agencies = [register.agency_meant(text) for text in typed]
            ids = tuple(a.id if a else text for a, text in zip(agencies, typed, strict=True))
            if ids != typed:
                found[column] = ids if isinstance(row.values[column], tuple) else ids[0]
    return replace(row, values={**row.values, **found}) if found else row


def _check_references(rows: Mapping[str, Sequence[Row]], register: Register) -> Iterator[Finding]:
    """Agencies that are named as lead or supporting stand on the tab Agencies; links name known numbers."""
    agencies = [agency.id for agency in register.agencies]
    called = {agency.name: agency.id for agency in reversed(register.agencies) if agency.name}
    for name in ("recommendations", "themes", "pledges", "observations"):
        for row in rows.get(name, ()):
            for column in ("lead", "supporting"):
                for agency in row.texts(column):
                    if agency not in agencies:
                        like = nearest_of(agency, (*agencies, *called))
                        details = {"near": meant([called.get(like, like)] if like else [])}
                        number = row.text("number")
                        yield Finding("agency-unknown", row.at(column), "", number, agency, details=details)
    numbers = [item.number for item in register.items]
    example = numbers[0] if numbers else "1.1"
    for row in rows.get("links", ()):
        number = row.text("number")
        if number not in numbers:
            yield Finding("reference-unknown", row.at("number"), "", "", number, details={"example": example})


def _check_states(rows: Iterable[Row]) -> Iterator[Finding]:
    """Recommending States have the names that the United Nations print: the index by State needs them."""
    for row in rows:
        for state in row.texts("recommending_states"):
            if not is_state(state):
                at, near = row.at("recommending_states"), nearest(state, STATES)
                number = row.text("number")
                yield Finding("state-unknown", at, "", number, state, details={"near": near})
