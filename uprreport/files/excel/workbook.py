"""What a workbook is to the rest of the project: what was read, and what is to be written.

Reading gives ``Workbook`` values (``read.py``); writing takes tabs (``write.py``) and gives bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from uprreport.model import Raw, Value
from uprreport.schema import TabSchema


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read from one workbook; ``unpacked`` in bytes, the others in cells."""

    unpacked: int = 50 * 1024 * 1024
    rows: int = 20_000
    columns: int = 400


@dataclass(frozen=True, slots=True)
class Grid:
    """One worksheet: its filled cells by ``(row, column)``, both counted from 1."""

    name: str
    hidden: bool
    cells: Mapping[tuple[int, int], Raw]

    @property
    def last_row(self) -> int:
        """The last row with a filled cell; 0 for an empty worksheet."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column with a filled cell; 0 for an empty worksheet."""
        return max((column for _, column in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The worksheets of a file in their order, and its custom document properties as text."""

    grids: tuple[Grid, ...]
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """The filled cells of one column of another tab, as the source of a drop-down list."""

    tab: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTab:
    """A table: a heading row made from a schema, one row for each mapping.

    ``rows`` hold keys (``"in progress"``), which are shown by their labels, or raw cells as they are.
    ``offered`` gives, for a column's ``reference``, the ids or names that its drop-down offers, or the
    column of another tab that holds them. ``row_choices`` gives drop-downs that differ by row:
    ``(index of the row, column) -> labels``. ``extra`` holds columns that are not the schema's:
    heading -> cells by index of the row. ``protected`` locks the schema's locked columns and the headings.
    """

    schema: TabSchema
    title: str
    rows: Sequence[Mapping[str, Value | Raw]]
    offered: Mapping[str, Sequence[str] | ColumnOf] = field(default_factory=dict)
    row_choices: Mapping[tuple[int, str], Sequence[str]] = field(default_factory=dict)
    extra: Mapping[str, Mapping[int, Raw]] = field(default_factory=dict)
    protected: bool = False
    spare_rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTab:
    """A form: one label a line in column A, its value in column B."""

    schema: TabSchema
    title: str
    heading: str
    values: Mapping[str, Value | Raw]
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a page: ``style`` is title, heading, text or item (``term`` stands before it)."""

    style: str
    text: str
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTab:
    """A page of text, such as Instructions."""

    title: str
    passages: Sequence[Passage]
    protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTab:
    """A tab of somebody's own, kept as it was read: values without formats."""

    grid: Grid


Tab = TableTab | FormTab | TextTab | RawTab
