"""OHCHR's matrix, the "Thematic list of recommendations", of the fourth cycle (.docx).

One table: a heading row, theme rows (one merged cell), and one row for each recommendation with four cells.
Every row of the table is accounted for: rows = headings + themes + recommendations + unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uprreport.files.word.plain import write_table_document
from uprreport.files.word.tables import TableCell, TableRow, WordTables, read_tables
from uprreport.findings import Finding, Location
from uprreport.model import GOALS, Recommendation
from uprreport.register.wording import plain, split_text
from uprreport.text import fold, ordinal

HEADINGS = (
    "Recommendation and recommending State",
    "Position of the State under review",
    "Human rights themes and groups of persons",
    "Relevant SDGs",
)

POSITIONS = {
    "supported": "supported",
    "noted": "noted",
    "supported/noted": "supported in part",
    "noted/supported": "supported in part",
    "supported in part": "supported in part",
    "partially supported": "supported in part",
    "under consideration": "under consideration",
    "pending": "under consideration",
}
"""Positions as printed, folded, and their keys."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A list as read. ``rows`` counts all rows of the table, ``themes`` its theme rows.

    ``unread`` holds the number of a row in the table (from 1) and its text.
    """

    state: str
    cycle: int | None
    session: int | None
    rows: int
    headings: int
    themes: int
    recommendations: tuple[Recommendation, ...]
    unread: tuple[tuple[int, str], ...]


def read_matrix(path: Path, shown: str) -> tuple[Matrix | None, tuple[Finding, ...]]:
    """The recommendations of a fourth-cycle list; None and a finding when the file is no such list.

    A row that cannot be read is a finding too, and listed with its text.
    """
    document, findings = read_tables(path, shown)
    if document is None:
        return None, findings
    table = list_tables(document)
    if not table:
        return None, (Finding("matrix-unknown", Location(shown), details=_other(document)),)
    matrix = build_matrix(table, " ".join(document.headers))
    hidden = (Finding("list-text-hidden", Location(shown), value=text) for text in document.hidden)
    return matrix, (*(_unread_row(shown, row, text) for row, text in matrix.unread), *hidden)


def list_tables(document: WordTables) -> tuple[TableRow, ...]:
    """The rows of the list, also where it stands in several tables, one below the other."""
    found: tuple[TableRow, ...] = ()
    for rows in document.tables:
        if rows and (_is_heading(rows[0]) or (found and any(_belongs(row) for row in rows))):
            found += rows
    return found


def _belongs(row: TableRow) -> bool:
    return theme_of(row) is not None or (len(row) == len(HEADINGS) and bool(first_cell(row[0])[0]))


def _unread_row(shown: str, row: int, text: str) -> Finding:
    return Finding("matrix-row-unread", Location(shown), value=text, details={"row": str(row)})


def _is_heading(row: TableRow) -> bool:
    return tuple(fold(cell.text) for cell in row) == tuple(fold(heading) for heading in HEADINGS)


def _other(document: WordTables) -> dict[str, str]:
    """What a file is that has no table of the fourth cycle's layout, and what helps."""
    for rows in document.tables:
        first = " ".join(fold(cell.text) for cell in rows[0]) if rows else ""
        if "full list of themes" in first or "full list of rights" in first:
            # Downloading it again would bring the same layout: OHCHR keeps one for each cycle.
            way = "type its recommendations into register.xlsx, tab Recommendations"
            return {"problem": "it is a list of an earlier cycle, whose layout is not read yet", "way": way}
    problem = "no table has the headings of such a list" if document.tables else "it has no table"
    way = "download the matrix from the State's page of the Universal Periodic Review at ohchr.org"
    return {"problem": problem, "way": way}


def build_matrix(table: Sequence[TableRow], header: str) -> Matrix:
    """The recommendations of a table; ``header`` is the text of the page headers."""
    theme = ""
    headings = themes = 0
    found: dict[str, Recommendation] = {}
    unread: list[tuple[int, str]] = []
    for line, row in enumerate(table, 1):
        if _is_heading(row):
            headings += 1
        elif (name := theme_of(row)) is not None:
            theme, themes = name, themes + 1
        else:
            item = _recommendation(row, theme)
            if item is None or item.number in found:
                unread.append((line, " | ".join(cell.text for cell in row)))
                theme = "" if len(row) == 1 else theme  # perhaps it was the next theme's row
            else:
                found[item.number] = item
    state, cycle, session = _heading_of_page(header)
    items = tuple(found.values())
    return Matrix(state, cycle, session, len(table), headings, themes, items, tuple(unread))


def _heading_of_page(header: str) -> tuple[str, int | None, int | None]:
    """State, cycle and session, as far as the page header tells them."""
    pattern = re.compile(r"UPR of (.+?)\s*\((\d+)\D+?Cycle(?:\D+?(\d+)\D*?Session)?\s*\)", re.IGNORECASE)
    match = pattern.search(" ".join(header.split()))
    if not match:
        return "", None, None
    return match[1], int(match[2]), int(match[3]) if match[3] else None


def theme_of(row: TableRow) -> str | None:
    """The name in a theme row; None when a row is something else."""
    filled = [cell for cell in row if cell.text]
    match = re.match(r"theme\s*:", plain(filled[0].text), re.IGNORECASE) if len(filled) == 1 else None
    return plain(filled[0].text)[match.end() :].strip() if match else None


def _recommendation(row: TableRow, theme: str) -> Recommendation | None:
    """One row with four cells; None when it has no number, no text or an unknown position."""
    if len(row) != len(HEADINGS):
        return None
    number, text, source = first_cell(row[0])
    position = POSITIONS.get(re.sub(r"\s*/\s*", "/", fold(plain(row[1].text))))
    if not number or not text or position is None:
        return None
    text, states = split_text(text)
    themes, persons = _themes_and_persons(row[2])
    return Recommendation(
        number=number,
        text=text,
        recommending_states=states,
        position=position,
        source_of_position=source,
        theme=theme or (themes[0] if themes else ""),
        themes=tuple(dict.fromkeys((theme, *themes) if theme else themes)),
        persons=persons,
        sdgs=_sdgs(row[3]),
    )


_SOURCE = re.compile(r"\bsources? of (?:the )?position\s*(?::|(?=A/HRC))", re.IGNORECASE)
_NUMBER = re.compile(r"([1-9]\d{0,3}\.[1-9]\d{0,3})(?!\.?\d)\.?\s*(.*)")
_BULLET = re.compile(r"^[-–—•]\s*")


def first_cell(cell: TableCell) -> tuple[str, str, str]:
    """Number, text with States, and source of position of the first cell."""
    text, *source = _SOURCE.split(plain(cell.text), maxsplit=1)
    match = _NUMBER.match(text)
    if not match:
        return "", "", ""
    return match[1], match[2].strip(), source[0].strip() if source else ""


def _themes_and_persons(cell: TableCell) -> tuple[tuple[str, ...], tuple[str, ...]]:
    themes: list[str] = []
    persons: list[str] = []
    target = themes
    for line in _lines(cell):
        label, _, rest = line.partition(":")
        if fold(label) in ("groups of persons", "group of persons", "affected persons"):
            target = persons
            line = rest.strip()  # noqa: PLW2901 - what stands behind the label is the first group
        if name := _BULLET.sub("", line):
            target.append(name)
    return tuple(dict.fromkeys(themes)), tuple(dict.fromkeys(persons))


def _lines(cell: TableCell) -> list[str]:
    return [plain(line) for paragraph in cell.paragraphs for line in paragraph.split("\n") if line.strip()]


def _sdgs(cell: TableCell) -> tuple[str, ...]:
    """The numbers of goals, in the order printed; ``- 16 - PEACE, …`` gives ``16``."""
    found = (re.match(r"0?(\d{1,2})\b", _BULLET.sub("", line)) for line in _lines(cell))
    return tuple(dict.fromkeys(match[1] for match in found if match and 1 <= int(match[1]) <= len(GOALS)))


# Writing ----------------------------------------------------------------------------------------------

_PRINTED = {"supported in part": "Supported/Noted"}


def write_matrix(state: str, cycle: int, session: int | None, items: Sequence[Recommendation]) -> bytes:
    """A list in OHCHR's fourth-cycle layout, as a .docx; reading it gives the same recommendations."""
    when = f"{ordinal(cycle)} Cycle - {ordinal(session)} Session" if session else f"{ordinal(cycle)} Cycle"
    header = f"UPR of {state} ({when})\tThematic list of recommendations*"
    return write_table_document(header, matrix_rows(items), widths=(4435, 1134, 5017, 4592))


def matrix_rows(items: Sequence[Recommendation]) -> list[list[list[str]]]:
    """The rows of a list in OHCHR's layout: cells of paragraphs; a theme row has one cell."""
    rows = [[[heading] for heading in HEADINGS]]
    theme = ""
    for item in items:
        if item.theme != theme:
            theme = item.theme
            rows.append([[f"Theme: {theme}"]])
        rows.append(_matrix_row(item))
    return rows


def _matrix_row(item: Recommendation) -> list[list[str]]:
    states = "".join(f" ({state})" for state in item.recommending_states)
    first = [f"{item.number} {item.text}{states};"]
    if item.source_of_position:
        first.append(f"Source of Position: {item.source_of_position}")
    persons = ["Groups of Persons:", *(f"- {group}" for group in item.persons)] if item.persons else []
    position = _PRINTED.get(item.position, item.position.capitalize())
    goals = [f"- {goal} - {GOALS[int(goal) - 1]}" for goal in item.sdgs]
    return [first, [position], [*(f"- {theme}" for theme in item.themes), *persons], goals]
