"""What a workbook is to the rest of the project: what was read, and what is to be written.

Reading gives ``Workbook`` values (``read.py``); writing takes tabs (``write.py``) and gives bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from uprreport.files.excel.formulas import Formula
from uprreport.model import Raw, Value
from uprreport.schema import TabSchema


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read from one workbook; ``unpacked`` in bytes, the others in cells.

    ``cells`` are the filled ones of all worksheets together.
    """

    unpacked: int = 50 * 1024 * 1024
    rows: int = 20_000
    columns: int = 400
    cells: int = 500_000


Span = tuple[int, int, int, int]
"""Merged cells: first row and column, last row and column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands at a cell and is not its value; ``at`` is None where it is bound to no cell.

    ``comment`` and ``box`` are texts over the cell, ``picture`` something drawn there (``text`` is its
    description), ``link`` an address that is not the text of the cell, ``unseen`` the cell's own value that
    nobody can see.
    """

    at: tuple[int, int] | None
    kind: Literal["comment", "box", "picture", "link", "unseen"]
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One worksheet: its filled cells by ``(row, column)``, both counted from 1, and which are merged."""

    name: str
    hidden: bool
    cells: Mapping[tuple[int, int], Raw]
    merged: tuple[Span, ...] = ()
    asides: tuple[Aside, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said about one cell; ``grave`` where it cannot stay as it is."""

    text: str
    grave: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A look that a cell takes while a formula holds: ``good``, ``open`` or ``wrong``."""

    look: Literal["good", "open", "wrong"]
    when: Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A column of formulas beside the schema's columns, with the values that they have when it is written.

    It stands ``before`` or ``after`` a column of the schema. ``marks`` are looks of its own cells, ``cells``
    gives formulas that mark a cell of another column as open. Rows without a value are spare ones.
    """

    heading: str
    formula: Formula
    values: Sequence[Raw]
    width: float
    before: str = ""
    after: str = ""
    number_format: str = ""
    marks: tuple[Mark, ...] = ()
    cells: Mapping[str, Formula] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to a cell: of a table by the index of its row, of a form (row 0) by its column alone.

    ``tab`` is a schema's name. What is shown is the cell's own address.
    """

    tab: str
    row: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTab:
    """A table: a heading row made from a schema, one row for each mapping.

    ``rows`` hold keys (``"in progress"``), which are shown by their labels, or raw cells as they are.
    ``offered`` gives, for a column's ``reference``, the ids or names that its drop-down offers, or the
    column of another tab that holds them. ``row_choices`` gives drop-downs that differ by row:
    ``(index of the row, column) -> labels``. ``extra`` holds columns that are not the schema's:
    heading -> cells by index of the row. ``protected`` locks the schema's locked columns and the headings.
    ``notes`` marks cells and says why: ``(index of the row, column) -> Note``. ``computed`` holds columns
    of formulas. ``essential_first`` puts the schema's essential columns first, and prints only them.
    ``compact`` is for tables that are worked with on a screen: no row is taller than a part of it, and the
    printed table is one page wide.
    """

    schema: TabSchema
    title: str
    rows: Sequence[Mapping[str, Value | Raw]]
    offered: Mapping[str, Sequence[str] | ColumnOf] = field(default_factory=dict)
    row_choices: Mapping[tuple[int, str], Sequence[str]] = field(default_factory=dict)
    extra: Mapping[str, Mapping[int, Raw]] = field(default_factory=dict)
    notes: Mapping[tuple[int, str], Note] = field(default_factory=dict)
    computed: Sequence[Computed] = ()
    essential_first: bool = False
    protected: bool = False
    spare_rows: int = 0
    compact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTab:
    """A form: one label a line in column A, its value in column B; ``notes`` marks values and says why."""

    schema: TabSchema
    title: str
    heading: str
    values: Mapping[str, Value | Raw]
    notes: Mapping[str, Note] = field(default_factory=dict)
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a page: ``style`` is title, heading, text or item (``term`` stands before it)."""

    style: Literal["title", "heading", "text", "item"]
    text: str
    term: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A line with a number: how many cells of a table's computed column fulfil a criterion of COUNTIF."""

    term: str
    tab: str
    heading: str
    criterion: str
    value: int


@dataclass(frozen=True, slots=True)
class Example:
    """Some columns of a row, headings above cells, as a table has them; ``spans`` are widths in twelfths."""

    headings: Sequence[str]
    cells: Sequence[str]
    spans: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTab:
    """A page of text, such as Instructions."""

    title: str
    passages: Sequence[Passage | Count | Example]
    protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTab:
    """A tab of somebody's own, kept as it was read: values without formats."""

    grid: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTab:
    """A page with a list: ``passages`` stand above it, ``widths`` are in characters."""

    title: str
    heading: str
    passages: Sequence[str]
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Raw | Jump | None]]


Tab = TableTab | FormTab | TextTab | RawTab | ListTab
