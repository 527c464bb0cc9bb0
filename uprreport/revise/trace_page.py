"""A traced draft as one page of its own: generated and present text side by side, sources beneath.

The page is laid out by ``templates/trace.html``; a review folder's own one wins. Everything is escaped, and
the page holds nothing that is not for publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uprreport.findings import UprReportError
from uprreport.revise.trace import CellEdit, Traced
from uprreport.revise.trace_report import About, Row, count_blocks, rows_of, what_happened
from uprreport.revise.wordwise import Piece, compare

MADE_BY = '<meta name="generator" content="uprreport trace">'
"""What every page of this kind holds near its beginning; only such a page is ever written over."""

FEW = 6
"""Rows of sources that stand open; more are folded."""

_PLAIN_IDS = ("rec:", "theme:", "theme-chapter:", "noted:", "noted-chapter:", "table:", "text:", "heading:")
"""Ids that hold numbers and the register's titles; others are made from what agencies wrote."""

Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts beside each other; ``place`` says which cell of a table.

    A side is None where there is nothing, or, with ``same``, where it reads as the other one.
    """

    place: str
    was: Pieces | None
    now: Pieces | None
    same: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One block as the page shows it; ``state`` is what the filter goes by, several words.

    ``rows`` are sources, folded where they are many; a ``table`` that reads as generated is folded too.
    """

    id: str
    title: str
    label: str
    state: str
    told: str
    withheld: bool
    pairs: tuple[Pair, ...]
    rows: tuple[Row, ...]
    folded: bool
    table: int


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the report: its heading and its blocks; ``state`` is that of all its blocks together."""

    title: str
    state: str
    views: tuple[View, ...]


def trace_page(template: tuple[str, str], about: About, blocks: Sequence[Traced]) -> str:
    """The page; ``template`` is its name and its text.

    Raises ``UprReportError`` when a review folder's own template cannot be used.
    """
    from jinja2 import StrictUndefined
    from jinja2.exceptions import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    name, text = template
    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        return environment.from_string(text).render(
            about=about, counts=count_blocks(blocks), sections=_sections(blocks)
        )
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as problem:
        raise UprReportError(
            f"the template {name} cannot be used: {problem}",
            "begin again from a copy of the shipped one, or delete it to use that",
        ) from None


def _sections(blocks: Sequence[Traced]) -> tuple[Section, ...]:
    """The blocks by chapter; a heading that nobody touched, and that has no source, is left out."""
    chapters: dict[str, list[View]] = {}
    for block in blocks:
        if block.sources or block.edited is not False or block.found != "anchor" or not _is_heading(block):
            chapters.setdefault(block.section, []).append(_view(block))
    return tuple(
        Section(title, " ".join(dict.fromkeys(s for view in views for s in view.state.split())), tuple(views))
        for title, views in chapters.items()
    )


def _is_heading(block: Traced) -> bool:
    kind = block.id.partition(":")[0]
    ends = ("/heading", "/challenges-heading")
    return kind in ("heading", "theme-chapter", "noted-chapter") or block.id.endswith(ends)


def _view(block: Traced) -> View:
    rows = rows_of(block.sources)
    hides_name = block.withheld and not block.id.startswith(_PLAIN_IDS)
    return View(
        id="" if hides_name else block.id,
        title="A passage that is withheld now" if hides_name else block.title,
        label="" if hides_name else block.label,
        state=_state(block),
        told=what_happened(block),
        withheld=block.withheld,
        pairs=() if block.withheld else _pairs(block),
        rows=rows,
        folded=len(rows) > FEW,
        table=len(block.row_keys) if not block.cells and block.edited is False else 0,
    )


def _state(block: Traced) -> str:
    words = ["edited"] if block.edited is not False and block.found != "deleted" else []
    words += {"deleted": ["deleted"], "by text": ["by-text"], "absorbed": ["absorbed"], "anchor": []}[
        block.found
    ]
    return " ".join(words) or "same"


def _pairs(block: Traced) -> tuple[Pair, ...]:
    """The texts side by side: of a table that was edited the cells that differ, else all of it."""
    was, now = block.whole_generated or "", block.whole
    if block.cells:
        pairs = tuple(_cell(cell) for cell in block.cells)
        caption, reads = was.split("\n", 1)[0], (now or "").split("\n", 1)[0]
        return pairs if caption == reads else (Pair("Caption", *compare(caption, reads)), *pairs)
    if block.edited is False and block.found != "absorbed":
        return (Pair("", (Piece("same", was),), None, same=True),)
    if now is None:
        return (Pair("", (Piece("gone", was),), None),)
    return (Pair("", *compare(was, now)),)


def _cell(cell: CellEdit) -> Pair:
    place = ", ".join(part for part in (cell.row, cell.column) if part) or "First row"
    left, right = compare(cell.was or "", cell.now or "")
    return Pair(place, left if cell.was is not None else None, right if cell.now is not None else None)
