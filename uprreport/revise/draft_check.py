"""The check of a draft itself, as editors left it: values only, nothing is changed.

What an editor may write freely is left alone. Told is what contradicts the data or the register, what
refers to nothing, and what is still open in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uprreport.files.word.pending import COMMENT, MISSING
from uprreport.files.word.pending import Mark as Pending
from uprreport.files.word.tokens import reads_the_same
from uprreport.findings import Finding, Location
from uprreport.model import Block, Table
from uprreport.revise.tables import match_rows, paragraphs
from uprreport.revise.trace import Reading, Traced
from uprreport.text import natural_key

ANNEX = "table:annex-1"
"""The block in which every recommendation has its row."""

_NUMBER = re.compile(r"(?<![\w./-])(\d{1,3})\.(\d{1,3})(?![\w%]|[.,]\d)")
_SYMBOL = re.compile(r"\b(?:A/HRC|[A-Z]{3,5}/C|A|E|CCPR|S)/[A-Z0-9][A-Za-z0-9./-]*\d\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What the review holds: numbers and symbols that may be quoted, and the blocks of the present data."""

    numbers: frozenset[str]
    symbols: frozenset[str]
    blocks: Mapping[str, Block]
    word_limit: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as it reads: its name, blocks, what it says in their places, what is open, its words."""

    shown: str
    traced: Sequence[Traced]
    readings: Mapping[str, Reading]
    marks: Sequence[Pending]
    words: Mapping[str, int]


def check_draft(draft: Checked, known: Known) -> tuple[Finding, ...]:
    """Everything that is to be told of a draft, block by block, then as a whole."""
    found: list[Finding] = []
    for block in draft.traced:
        if block.withheld or block.text is None:
            continue
        found += _references(draft.shown, block, known)
        found += _tables(draft, block, known)
    return (*found, *_struck(draft), *_open(draft), *_length(draft, known))


def _at(shown: str, block: Traced, field: str = "") -> Location:
    """A place in a draft: the title of its block stands for a tab, its id for a column."""
    return Location(shown, block.title or block.section, "", field or block.id)


# What is quoted ---------------------------------------------------------------------------------------


def _references(shown: str, block: Traced, known: Known) -> Iterator[Finding]:
    """Numbers under a prefix of the register that are not in it, and symbols that nothing here has."""
    prefixes = {number.partition(".")[0] for number in known.numbers}
    example = min(known.numbers, key=natural_key, default="")
    text = block.text or ""
    numbers = (found[0] for found in _NUMBER.finditer(text) if found[1] in prefixes)
    for number in dict.fromkeys(number for number in numbers if number not in known.numbers):
        yield Finding("reference-unknown", _at(shown, block), value=number, details={"example": example})
    symbols = (found[0].rstrip(".") for found in _SYMBOL.finditer(text))
    for symbol in dict.fromkeys(symbol for symbol in symbols if symbol not in known.symbols):
        yield Finding("symbol-unknown", _at(shown, block), value=symbol)


# What tables say --------------------------------------------------------------------------------------


def _tables(draft: Checked, block: Traced, known: Known) -> Iterator[Finding]:
    """Statuses, positions and counts that read otherwise than the data have them."""
    present = known.blocks.get(block.id)
    reading = draft.readings.get(block.id)
    if present is None or present.table is None or reading is None or not reading.text.tables:
        return
    edited = {(edit.row, edit.column) for edit in block.cells}
    for key, heading, now, data in _differences(present.table, reading.text.tables[0]):
        code = "edited" if (key, heading) in edited else "data"
        details = {"heading": heading, "row": key, "data": data, "who": _WHO[code]}
        at = _at(draft.shown, block, block.id)
        number = key if key in known.numbers else ""
        yield Finding("table-disagrees", at, "", number, now, heading, details)


_WHO = {
    "edited": "an editor changed it",
    "data": "the data changed since; uprreport update carries them in",
}


def _differences(table: Table, rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str, str, str]]:
    """Key of the row, heading, what stands there and what the data say, of counts and facts that differ."""
    headings = [column.heading for column in table.columns]
    ours = (tuple(headings), *(row.cells for row in table.rows))
    at = match_rows(ours, tuple(tuple(row) for row in rows))
    for index, row in enumerate(table.rows, 1):
        there = rows[at[index]] if index in at else ()
        if len(there) != len(headings):
            continue  # an editor's own columns: nothing can be compared
        for position, column in enumerate(table.columns):
            is_fact = column.digits or column.fact
            same = reads_the_same(paragraphs(row.cells[position]), paragraphs(there[position]))
            if is_fact and not same:
                yield row.key, column.heading, there[position], row.cells[position]


# What was struck --------------------------------------------------------------------------------------


def _struck(draft: Checked) -> Iterator[Finding]:
    """Answers that an editor took out of the body, and that the annex still prints."""
    annex = draft.readings.get(ANNEX)
    said = [cell for table in annex.text.tables for row in table for cell in row] if annex else []
    for block in draft.traced:
        if block.found != "deleted" or block.withheld or not block.id.startswith("rec:"):
            continue
        lines = [line for line in (block.generated or "").split("\n") if len(line.split()) >= MANY_WORDS]
        if any(line in cell for line in lines for cell in said):
            number = block.id.removeprefix("rec:").partition("/")[0]
            at = Location(draft.shown, block.title, "", block.id)
            yield Finding("struck-in-body", at, "", number, block.title)


MANY_WORDS = 4
"""A line of so few words may stand in an annex by chance."""


# What is open, and how long it is ---------------------------------------------------------------------


def _open(draft: Checked) -> Iterator[Finding]:
    """Marks of missing texts one by one, comments together for each author."""
    at = Location(draft.shown)
    places: dict[str, list[str]] = {}
    for mark in draft.marks:
        if mark.kind == MISSING:
            yield Finding("placeholder-left", at, value=mark.where)
        elif mark.kind == COMMENT:
            places.setdefault(mark.author, []).append(mark.where)
    for author, where in places.items():
        details = {"author": author, "count": str(len(where)), "places": _some(dict.fromkeys(where))}
        yield Finding("comment-left", at, value=str(len(where)), details=details)
    for block in draft.traced:
        for placeholder in _unfilled(block.text or ""):
            yield Finding("placeholder-left", _at(draft.shown, block), value=placeholder)


def _some(places: Iterable[str], most: int = 6) -> str:
    shown = [place for place in places if place]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return "; ".join(shown[:most]) + more


def _unfilled(text: str) -> Iterable[str]:
    """Placeholders of a template that nobody filled in, as they come with text pasted from one."""
    return re.findall(r"\{\{\s*(?:review|report|counts|blocks)\.[a-z_0-9]+\s*\}\}", text)


def _length(draft: Checked, known: Known) -> Iterator[Finding]:
    if draft.words["body"] > known.word_limit:
        details = {"count": str(draft.words["body"]), "limit": str(known.word_limit)}
        at = Location(draft.shown)
        heading = "The body of the report"
        yield Finding("word-budget-exceeded", at, value=details["count"], heading=heading, details=details)
