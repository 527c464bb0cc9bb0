"""Three-way merge of tables: rows by their keys, cells word by word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from uprreport.files.word.fields import readable
from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.tokens import reads_the_same
from uprreport.revise.merge import Change
from uprreport.revise.partly import clashes_of, merge_texts, move_on

Row = tuple[str, ...]
Rows = tuple[Row, ...]
Tables = tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """Words to change in one cell; ``row`` and ``column`` count from 0 in the table as it stands."""

    row: int
    column: int
    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell or row that both sides changed: where it stands, and what the data say now."""

    key: str
    heading: str
    text: str

    def show(self) -> str:
        """One line for a comment."""
        place = ", ".join(part for part in (self.key, self.heading) if part)
        return readable(f"{place}: {self.text}" if place else self.text)


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What to do with a table: cells to change, rows to strike, rows of ours to insert below a row.

    ``inserted`` are pairs of a row as it stands (after which) and one of ours. ``after`` is the table's base
    from now on: ours, but where cells clash what they were. ``is_fixed`` tells that some
    clash because nothing may be written into them.
    """

    cells: tuple[CellChange, ...] = ()
    struck: tuple[int, ...] = ()
    inserted: tuple[tuple[int, int], ...] = ()
    clashes: tuple[Clash, ...] = ()
    after: Tables = ()
    is_fixed: bool = False

    @property
    def touches(self) -> bool:
        """Whether anything in the table changes."""
        return bool(self.cells or self.struck or self.inserted)


@dataclass(frozen=True, slots=True)
class Lines:
    """The merge of a cell or a note: the words to change in it, what clashes, and its base from now on."""

    changes: tuple[Change, ...]
    clashes: str
    after: str


def merge_lines(was: str, there: str, now: str) -> Lines:
    """The merge of three texts whose paragraphs stand one a line."""
    texts = (paragraphs(was), paragraphs(there), paragraphs(now))
    merged = merge_texts(*texts)
    if not merged.clashes:
        return Lines(merged.changes, "", now)
    moved = move_on(texts[0], texts[2], (*merged.carried, *merged.done))
    told = clashes_of(texts[0], texts[2], merged.clashes)
    return Lines(merged.changes, told, "\n".join(line for _, line in moved))


def same_tables(one: Tables, other: Tables) -> bool:
    """Whether tables say the same, cell by cell."""
    if len(one) != len(other):
        return False
    return all(
        len(rows) == len(others) and all(_same_row(a, b) for a, b in zip(rows, others, strict=True))
        for rows, others in zip(one, other, strict=True)
    )


def _same_row(one: Row, other: Row) -> bool:
    return len(one) == len(other) and all(_same_cell(a, b) for a, b in zip(one, other, strict=True))


def _same_cell(one: str, other: str) -> bool:
    return one == other or reads_the_same(paragraphs(one), paragraphs(other))


def paragraphs(cell: str) -> tuple[tuple[str, str], ...]:
    """A cell's text as paragraphs."""
    return tuple(("table text", line) for line in cell.split("\n"))


def plan_table(
    base: ManifestBlock, theirs: Tables, ours: ManifestBlock, closed: Collection[tuple[int, int]] = ()
) -> TablePlan | None:
    """What to do with a block's table; None when it has none or nothing of it changed.

    ``closed`` are cells of theirs, by row and column, in which nothing may be written.
    """
    if same_tables(base.text.tables, ours.text.tables):
        return None
    before = base.text.tables[0] if base.text.tables else ()
    now = ours.text.tables[0] if ours.text.tables else ()
    there = theirs[0] if theirs else ()
    if not before or not now or not there or len(ours.text.tables) > 1:
        return _whole_clash(ours)
    if not _same_row(before[0], now[0]):
        return _whole_clash(ours) if closed else _other_columns(before, there, now, ours)
    return _Merge(base, there, ours, closed).plan()


def _whole_clash(ours: ManifestBlock) -> TablePlan:
    """The table was deleted by an editor, is no longer given, or a second one came to stand beside it (in a
    copy whose editor took a caption away): nothing is changed, all is told."""
    lines = "\n".join(" | ".join(row) for table in ours.text.tables for row in table)
    return TablePlan(clashes=(Clash("", "", lines or "(nothing)"),), after=ours.text.tables)


def _other_columns(before: Rows, there: Rows, now: Rows, ours: ManifestBlock) -> TablePlan:
    """Columns came or went: a table that nobody edited is replaced row by row, any other is left."""
    if not same_tables((before,), (there,)):
        return _whole_clash(ours)
    last = len(there) - 1
    inserted = tuple((last, index) for index in range(len(now)))
    return TablePlan((), tuple(range(len(there))), inserted, (), ours.text.tables)


class _Merge:
    """One table whose columns stayed."""

    def __init__(
        self, base: ManifestBlock, there: Rows, ours: ManifestBlock, closed: Collection[tuple[int, int]]
    ) -> None:
        self._closed = closed
        self._is_fixed = False
        self._before, self._now, self._there = base.text.tables[0], ours.text.tables[0], there
        self._old = dict(zip(base.row_keys, range(1, len(self._before)), strict=False))
        self._new = dict(zip(ours.row_keys, range(1, len(self._now)), strict=False))
        self._at = match_rows(self._before, there)
        self._cells: list[CellChange] = []
        self._struck: list[int] = []
        self._clashes: list[Clash] = []
        self._after = [list(row) for row in self._now]

    def plan(self) -> TablePlan:
        """Go through the rows of base and ours."""
        for key, index in self._old.items():
            if key in self._new:
                self._merge_row(key, index, self._new[key])
            else:
                self._remove_row(key, index)
        after = (tuple(tuple(row) for row in self._after),)
        return TablePlan(
            tuple(self._cells), tuple(self._struck), self._insertions(), tuple(self._clashes), after,
            self._is_fixed,
        )  # fmt: skip

    def _merge_row(self, key: str, old: int, new: int) -> None:
        before, now = self._before[old], self._now[new]
        if _same_row(before, now):
            return
        at = self._at.get(old)
        if at is None or len(self._there[at]) != len(now):
            told = " | ".join(now)
            self._clashes.append(Clash(key, "", told))
            return
        for column, (was, there, is_now) in enumerate(zip(before, self._there[at], now, strict=True)):
            if _same_cell(was, is_now):
                continue
            if (at, column) in self._closed:
                self._is_fixed = True
                self._clashes.append(Clash(key, self._now[0][column], is_now))
                self._after[new][column] = was
                continue
            merged = merge_lines(was, there, is_now)
            if merged.clashes:
                self._clashes.append(Clash(key, self._now[0][column], merged.clashes))
                self._after[new][column] = merged.after
            if merged.changes:
                self._cells.append(CellChange(at, column, is_now, merged.changes))

    def _remove_row(self, key: str, old: int) -> None:
        at = self._at.get(old)
        if at is None:
            return  # an editor deleted it already
        is_open = all(row != at for row, _ in self._closed)
        if is_open and _same_row(self._before[old], self._there[at]):
            self._struck.append(at)
        else:
            self._clashes.append(Clash(key, "", "(no longer in the answers)"))

    def _insertions(self) -> tuple[tuple[int, int], ...]:
        """Each new row below the row that stands above it in ours, as far as that is there."""
        found: list[tuple[int, int]] = []
        ordered = sorted(self._new, key=lambda key: self._new[key])
        last = 0
        for key in ordered:
            if key in self._old:
                last = self._at.get(self._old[key], last)
            else:
                found.append((last, self._new[key]))
        return tuple(found)


def match_rows(before: Rows, there: Rows) -> Mapping[int, int]:
    """Which row of the revised table each row of the base became: equal ones, then by the first cell, then
    the most similar ones that are left."""
    found: dict[int, int] = {}
    used: set[int] = set()
    tests = (_same_row, lambda a, b: bool(a and b and a[0] and _same_cell(a[0], b[0])))
    for test in tests:
        for old, row in enumerate(before):
            if old in found:
                continue
            at = next((i for i, other in enumerate(there) if i not in used and test(row, other)), None)
            if at is not None:
                found[old] = at
                used.add(at)
    for old, row in enumerate(before):
        if old not in found:
            free = [i for i in range(len(there)) if i not in used]
            scores = [(_similarity(row, there[i]), -i) for i in free]
            if scores and max(scores)[0] >= 0.5:
                at = -max(scores)[1]
                found[old] = at
                used.add(at)
    return found


def _similarity(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, " ".join(one).split(), " ".join(other).split(), autojunk=False).ratio()
