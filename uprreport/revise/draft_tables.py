"""The tables of a draft beside the present data: counts, statuses and positions that read otherwise.

An editor may take a column out, put one in, move or rename one: columns are matched by their headings, then
by what stands in them, rows by their keys. What cannot be matched is not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.tokens import reads_the_same
from uprreport.model import Table
from uprreport.revise.tables import match_rows, paragraphs
from uprreport.text import fold

Rows = Sequence[Sequence[str]]

ALIKE = 0.5
"""The least share of equal cells by which a column without its heading is taken for one of the data."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A count or fact that reads otherwise than the data have it; ``edited`` when an editor wrote it."""

    row: str
    heading: str
    reads: str
    data: str
    edited: bool


def compare(table: Table, there: Rows, was: ManifestBlock | None) -> Iterator[Difference]:
    """The cells of counts and facts that differ; ``was`` is the block as it was generated."""
    headings = [column.heading for column in table.columns]
    ours = [headings, *(list(row.cells) for row in table.rows)]
    columns = match_columns(ours, there)
    width = len(there[0]) if there else 0
    shown = [[_cell(row, width, columns.get(n)) for n in range(len(headings))] for row in there]
    kept = [[cell if n in columns else None for n, cell in enumerate(row)] for row in ours]
    at = match_rows(_whole(kept), _whole(shown))
    generated = _generated(was)
    for index, row in enumerate(table.rows, 1):
        for position, column in enumerate(table.columns if index in at else ()):
            reads, data = shown[at[index]][position], row.cells[position]
            if (column.digits or column.fact) and reads is not None and not _same(reads, data):
                before = generated.get((row.key, column.heading))
                yield Difference(
                    row.key, column.heading, reads, data, before is None or not _same(before, reads)
                )


def _cell(row: Sequence[str], width: int, column: int | None) -> str | None:
    """A cell by its column; None where the column is gone, or the row has other ones."""
    return row[column] if column is not None and len(row) == width else None


def _whole(rows: Sequence[Sequence[str | None]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell or "" for cell in row) for row in rows)


def _same(one: str, other: str) -> bool:
    return reads_the_same(paragraphs(one), paragraphs(other))


def _generated(was: ManifestBlock | None) -> Mapping[tuple[str, str], str]:
    """The cells of a table as they were generated, by key and heading."""
    if was is None or not was.text.tables:
        return {}
    headings, *rows = was.text.tables[0]
    return {
        (key, heading): cell
        for key, row in zip(was.row_keys, rows, strict=False)
        for heading, cell in zip(headings, row, strict=False)
    }


def match_columns(ours: Rows, there: Rows) -> Mapping[int, int]:
    """Which column of a table each of ours became: by its heading, else by what stands in it.

    A column that is as much like two others is neither.
    """
    if not ours or not there:
        return {}
    ours_headings, headings = [fold(cell) for cell in ours[0]], [fold(cell) for cell in there[0]]
    found = {
        at: headings.index(heading)
        for at, heading in enumerate(ours_headings)
        if headings.count(heading) == 1 and ours_headings.count(heading) == 1
    }
    width = len(headings)
    left = [at for at in range(width) if at not in found.values()]
    lost = [at for at in range(len(ours_headings)) if at not in found]
    body = [row for row in there if len(row) == width]
    scores = {(a, b): _alike([r[a] for r in ours[1:]], [r[b] for r in body]) for a in lost for b in left}
    for (a, b), score in scores.items():
        rivals = [s for (x, y), s in scores.items() if (x == a) != (y == b)]
        if score >= ALIKE and score > max(rivals, default=0.0):
            found[a] = b
    return found


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of a column's cells that another one has too."""
    equal = Counter(map(fold, one)) & Counter(map(fold, other))
    return sum(equal.values()) / max(len(one), 1)
