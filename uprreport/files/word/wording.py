"""Whether two texts say the same: the one judgement of what counts as an edit, for every command.

Set aside is what office programs do by themselves: blanks, styles, quotation marks and dashes, numbers that
fields show, the order of footnotes among endnotes. Labels are no part of a text.
"""

from __future__ import annotations

import hashlib

from uprreport.files.word.regions import RegionText
from uprreport.files.word.tokens import keys, tokenise

Cell = tuple[str, ...]
Wording = tuple[tuple[str, ...], tuple[tuple[tuple[Cell, ...], ...], ...], tuple[tuple[str, Cell], ...]]
"""What is compared: the words of paragraphs, of tables by row and cell, of notes with their kinds."""


def cell_wording(cell: str) -> Cell:
    """What is compared of a cell or a note, its paragraphs one a line."""
    return keys(tokenise([("", line) for line in cell.split("\n")]))


def wording(text: RegionText) -> Wording:
    """What is compared of a text."""
    tables = tuple(tuple(tuple(map(cell_wording, row)) for row in table) for table in text.tables)
    notes = sorted(text.notes, key=lambda note: note[0], reverse=True)
    return keys(tokenise(text.paragraphs)), tables, tuple((kind, cell_wording(told)) for kind, told in notes)


def same_wording(one: RegionText, other: RegionText) -> bool:
    """Whether two texts say the same."""
    return one == other or (wording(one) == wording(other) and same_boxes(one, other))


def same_boxes(one: RegionText, other: RegionText) -> bool:
    """Whether the text boxes of two texts say the same."""
    return one.boxes == other.boxes or [*map(cell_wording, one.boxes)] == [*map(cell_wording, other.boxes)]


def wording_digest(text: RegionText) -> str:
    """A sum of what a text says, 16 hexadecimal digits: equal for texts that say the same."""
    paragraphs, tables, notes = wording(text)
    told = repr((paragraphs, tables, *([notes] if notes else []), *map(cell_wording, text.boxes)))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
