"""The report as a value: sections of blocks, before anything of it is a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from uprreport.model.records import Source

Look = Literal["numbered", "continued", "reference", "quote", "caption", "heading2", "heading3", "heading4"]
"""What a paragraph is; the template's styles say how that looks."""


OPEN, BETWEEN, CLOSE = "\ue001", "\ue002", "\ue003"
"""Private characters around what stands in a text for a number that a program computes."""


def number_of(block: str, form: str = "{}", otherwise: str = "") -> str:
    """What stands in a text for the number of a block: that of its paragraph, or of its caption.

    ``form`` is how it is said (``para. {}``), ``otherwise`` what is said where the template left the block
    out.
    """
    return f"{OPEN}ref {block}{BETWEEN}{form}{BETWEEN}{otherwise}{CLOSE}"


def counted(kind: Literal["Table", "Figure"]) -> str:
    """What stands in a caption for its number among those of its kind."""
    return f"{OPEN}seq {kind}{CLOSE}"


Foreign: TypeAlias = tuple[tuple[str, str], ...]
"""Pieces of a text that are in another language than the report, each with the code of its language."""


def note_of(text: str) -> str:
    """What stands in a template's text for an endnote; empty for none."""
    return f"{OPEN}note {text}{CLOSE}" if text else ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote at the end of a paragraph; ``key`` tells it apart from the others of its block.

    Keys do not change with what the note says.
    """

    kind: Literal["footnote", "endnote"]
    key: str
    text: str
    foreign: Foreign = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a block; a ``placeholder`` marks where something is missing, and is not counted."""

    text: str
    look: Look = "numbered"
    placeholder: bool = False
    notes: tuple[Note, ...] = ()
    foreign: Foreign = ()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a printed table; ``width`` is its share, ``digits`` stand to the right.

    ``fact`` marks statuses and positions: like numbers they follow from the data, and are no wording.
    """

    heading: str
    width: float = 1
    digits: bool = False
    fact: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a printed table; ``key`` tells it apart from all others and does not change with its texts."""

    key: str
    cells: tuple[str, ...]
    foreign: Foreign = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table: its headings repeat on every page."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a chart that are drawn alike, one for each category.

    ``tone`` runs from 0 (the darkest) to 1 (the lightest); None is for what is missing.
    """

    key: str
    name: str
    values: tuple[int, ...]
    tone: float | None = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of horizontal bars, one beside the other or each stacked from all series.

    ``alternative`` tells what the chart shows to whoever cannot see it.
    """

    kind: Literal["bars", "stacked"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str


@dataclass(frozen=True, slots=True)
class Block:
    """What is updated as one: paragraphs, or a caption and its table or chart.

    ``id`` is stable across builds. ``label`` is the short generated run that opens the first paragraph and
    carries the anchor; ``comments`` tell editors what is missing, contested or withheld. ``beneath`` holds,
    for a text that people wrote themselves, what agencies answered beneath it, by number: when that changes,
    editors are told.
    """

    id: str
    title: str
    label: str
    paragraphs: tuple[Paragraph, ...]
    table: Table | None = None
    sources: tuple[Source, ...] = ()
    comments: tuple[str, ...] = ()
    beneath: tuple[tuple[str, str], ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a draft is rendered from.

    ``facts`` are what a template's placeholders may name, nested by a point (``review.state``); ``sections``
    the blocks for each of its chapters, ``title`` what the file calls itself.
    """

    facts: Mapping[str, Any]
    sections: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A rendered draft: the bytes of the .docx, its manifest as XML, and its words by part.

    ``beneath`` holds, for blocks that people wrote themselves, what agencies answered beneath, by number;
    ``unplaced`` are the sections with something to say for which the template has no place.
    """

    content: bytes
    manifest: bytes
    manifest_id: str
    words: Mapping[str, int]
    beneath: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()
