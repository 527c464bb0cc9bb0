"""Where the columns of a table stand on its worksheet: the schema's, those of formulas, and further ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from uprreport.files.excel.cells import address
from uprreport.files.excel.workbook import Computed, TableTab
from uprreport.model import Raw
from uprreport.schema import Column
from uprreport.values import as_text


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of the worksheet: the schema's, of formulas (``computed``), or a further one (``extra``)."""

    column: Column
    computed: Computed | None = None
    extra: Mapping[int, Raw] | None = None

    @property
    def is_schema(self) -> bool:
        """Whether it is a column of the schema."""
        return self.computed is None and self.extra is None


def slots_of(tab: TableTab) -> tuple[Slot, ...]:
    """The columns of a table from first to last."""
    return tuple(_slots(tab))


def _slots(tab: TableTab) -> Iterator[Slot]:
    for column in _in_order(tab):
        yield from (_computed(made) for made in tab.computed if made.before == column.name)
        yield Slot(column)
        yield from (_computed(made) for made in tab.computed if made.after == column.name)
    for heading, cells in tab.extra.items():
        width = 44.0 if any(len(as_text(raw)) > 24 for raw in cells.values()) else 22.0
        yield Slot(Column("", heading, "text", width=width, locked=True), extra=cells)


def _in_order(tab: TableTab) -> Sequence[Column]:
    """The schema's columns as they stand: where essentials come first, then what is asked, what is given."""
    if not tab.essential_first:
        return tab.schema.columns
    return sorted(
        tab.schema.columns, key=lambda column: (not column.essential, column.locked and not column.essential)
    )


def printed(tab: TableTab, slots: Sequence[Slot]) -> int:
    """How many columns are printed: all, or the essential ones with what is computed beside them."""
    if not tab.essential_first:
        return len(slots)
    last = max((i for i, slot in enumerate(slots) if slot.is_schema and slot.column.essential), default=0)
    while last + 1 < len(slots) and slots[last + 1].computed is not None:
        last += 1
    return last + 1


def _computed(made: Computed) -> Slot:
    return Slot(Column("", made.heading, "text", width=made.width, locked=True), computed=made)


def positions(tab: TableTab) -> dict[str, int]:
    """The place of each column of the schema, counted from 0."""
    return {slot.column.name: index for index, slot in enumerate(slots_of(tab)) if slot.is_schema}


def cell_at(tab: TableTab, row: int, column: str) -> str:
    """The address of a column's cell in a row, given by its index."""
    return address(row + 2, positions(tab)[column] + 1)


def letters(position: int) -> str:
    """A column's letters, from its place counted from 0."""
    return address(1, position + 1)[:-1]
