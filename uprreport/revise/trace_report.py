"""A traced draft told: as JSON, and in lines for a terminal of 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from uprreport.revise.trace import Editor, Traced, TracedSource

WIDTH = 98
SHOWN_AGENCIES = 4


@dataclass(frozen=True, slots=True)
class About:
    """What a draft says of itself: the file, its manifest and the day of it, who saved it last if that is
    told."""

    draft: str
    manifest: str
    generated_on: str
    saved_by: str = ""


# As JSON --------------------------------------------------------------------------------------------------


def trace_document(about: About, blocks: Sequence[Traced]) -> dict[str, Any]:
    """What ``trace --format json`` prints."""
    return {
        "draft": about.draft,
        "manifest": about.manifest,
        "generated_on": about.generated_on,
        "saved_by": about.saved_by or None,
        "blocks": [_block(block) for block in blocks],
        "counts": count_blocks(blocks),
        "page": None,
    }


def count_blocks(blocks: Sequence[Traced]) -> dict[str, int]:
    """How many blocks there are, and how many an editor worked on, or that were not found by their mark."""
    return {
        "blocks": len(blocks),
        "edited": sum(block.edited is True and block.found != "deleted" for block in blocks),
        "deleted": sum(block.found == "deleted" for block in blocks),
        "absorbed": sum(block.found == "absorbed" for block in blocks),
        "by_text": sum(block.found == "by text" for block in blocks),
        "withheld": sum(block.withheld for block in blocks),
        "changed_since": sum(any(source.changed for source in block.sources) for block in blocks),
    }


def _block(block: Traced) -> dict[str, Any]:
    return {
        "id": block.id,
        "title": block.title,
        "section": block.section or None,
        "label": block.label or None,
        "found": block.found,
        "edited": block.edited,
        "text": block.text,
        "generated": block.generated,
        "notes": list(block.notes),
        "cells": [asdict(cell) for cell in block.cells],
        "editors": [
            {name: None if value == "" else value for name, value in asdict(editor).items()}
            for editor in block.editors
        ],
        "sources": [_source(told) for told in block.sources],
        "withheld": block.withheld,
    }


def _source(told: TracedSource) -> dict[str, Any]:
    source = told.source
    return {
        "file": source.file,
        "sheet": source.sheet or None,
        "cell": source.cell or None,
        "agency": source.agency or None,
        "field": source.field or None,
        "number": source.number or None,
        "date": source.date or None,
        "letter": source.letter or None,
        "changed_since": told.changed,
    }


# Sources together -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """The sources of one block that stand in one row of a sheet."""

    agency: str
    file: str
    sheet: str
    number: str
    date: str
    letter: str
    cells: tuple[TracedSource, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """The cells that hold something else by now."""
        return tuple(told.source.cell for told in self.cells if told.changed)

    @property
    def is_gone(self) -> bool:
        """Whether the file is not there any more, or cannot be read."""
        return all(told.changed is None for told in self.cells)


def rows_of(sources: Sequence[TracedSource]) -> tuple[Row, ...]:
    """The sources of a block, those of one row of a sheet together."""
    found: dict[tuple[str, ...], list[TracedSource]] = {}
    for told in sources:
        source = told.source
        line = source.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        found.setdefault((source.file, source.sheet, source.number, source.agency, line), []).append(told)
    return tuple(_row_of(cells) for cells in found.values())


def _row_of(cells: Sequence[TracedSource]) -> Row:
    first = cells[0].source
    return Row(first.agency, first.file, first.sheet, first.number, first.date, first.letter, tuple(cells))


# For a terminal -------------------------------------------------------------------------------------------


def list_lines(about: About, blocks: Sequence[Traced]) -> Iterator[str]:
    """The whole draft, a block a line, by section; blocks without a source are only counted as long as
    nobody edited them."""
    yield from _about(about)
    section = None
    quiet = 0
    for block in blocks:
        if not block.sources and block.edited is False and block.found == "anchor":
            quiet += 1
            continue
        if block.section != section:
            section = block.section
            yield f"\n{section or 'Before the first section'}"
        yield from _wrapped(f"{_state(block):<9} {block.id}{_beside(block)}", "  ", " " * 12)
    yield ""
    if quiet:
        yield f"as generated, without a source (headings, references, counts): {quiet}"
    yield counts_line(blocks)


def block_lines(about: About, blocks: Sequence[Traced]) -> Iterator[str]:
    """Some blocks in full, sources a line each."""
    yield from _about(about)
    for block in blocks:
        yield ""
        yield from _in_full(block)
    yield ""
    yield counts_line(blocks)


def _about(about: About) -> Iterator[str]:
    saved = f"; last saved by {about.saved_by}" if about.saved_by else ""
    yield f"{about.draft}: generated on {about.generated_on} (manifest {about.manifest}){saved}"


def counts_line(blocks: Sequence[Traced]) -> str:
    """The counts in one line."""
    counts = count_blocks(blocks)
    blocks_told = f"{counts['blocks']} block{'' if counts['blocks'] == 1 else 's'}"
    told = [blocks_told, f"{counts['edited']} edited", f"{counts['deleted']} deleted"]
    told.append(f"{counts['by_text']} found by text")
    more = {
        "absorbed": "in a shared paragraph",
        "changed_since": "whose sources changed since",
        "withheld": "with an answer that is not for publication any more",
    }
    return ", ".join([*told, *(f"{counts[name]} {text}" for name, text in more.items() if counts[name])])


def _state(block: Traced) -> str:
    if block.found in ("deleted", "absorbed"):
        return block.found
    return {True: "edited", False: "same", None: "not told"}[block.edited]


def _beside(block: Traced) -> str:
    """Agencies, people and what a person should look at, behind a block's id."""
    agencies = list(dict.fromkeys(told.source.agency or told.source.file for told in block.sources))
    more = len(agencies) - SHOWN_AGENCIES
    shown = ", ".join(agencies[:SHOWN_AGENCIES]) + (f" and {more} more" if more > 0 else "")
    told = [
        shown,
        ", ".join(editor.author for editor in block.editors),
        "found by text" if block.found == "by text" else "",
        "source changed since" if any(source.changed for source in block.sources) else "",
        "withheld" if block.withheld else "",
    ]
    found = "; ".join(part for part in told if part)
    return f"  ({found})" if found else ""


def _in_full(block: Traced) -> Iterator[str]:
    title = "" if block.withheld or block.title == block.label.strip("[]") else f"  {block.title}"
    yield from _wrapped(f"{block.id}{title}{f'  {block.label}' if block.label else ''}", "", "  ")
    if block.section and block.section != block.title:
        yield f"  in {block.section}"
    yield from _wrapped(what_happened(block), "  ", "    ")
    rows = rows_of(block.sources)
    if not rows:
        yield "  no source in a sheet: made from the register, the counts or the template"
    for row in rows:
        yield from _wrapped(_row(row), "  from ", "       ")
    if block.withheld:
        yield "  an answer in it is not for publication any more; its text is not shown"
    elif block.edited is not False:
        yield from _texts(block)


def what_happened(block: Traced) -> str:
    """What editors did with a block, in words."""
    how = {
        "deleted": "deleted",
        "absorbed": "shares a paragraph with other blocks",
        "by text": "found by text, since its mark is lost; look whether it is the right place",
        "anchor": "",
    }[block.found]
    edit = {True: "edited", False: "as generated", None: "its generated text is kept nowhere any more"}[
        block.edited
    ]
    if block.found == "absorbed":
        edit = "its own words changed" if block.edited else "its own words stand"
    told = [part for part in (how, "" if block.found == "deleted" else edit) if part]
    people = "; ".join(person_line(editor) for editor in block.editors)
    if block.edited and not people:
        people = "nothing tells by whom: the changes were not tracked, or were accepted"
    return ", ".join(told) + (f" – {people}" if people else "")


def person_line(editor: Editor) -> str:
    """What tracked changes and comments tell of one person."""
    counts = (
        (editor.insertions, "word in", "words in"),
        (editor.deletions, "word out", "words out"),
        (editor.comments, "comment", "comments"),
    )
    told = ", ".join(f"{n} {one if n == 1 else several}" for n, one, several in counts if n)
    days = " to ".join(dict.fromkeys(day for day in (editor.first, editor.last) if day))
    return f"{editor.author or 'somebody without a name'}{f', {days}' if days else ''}: {told or 'layout'}"


def _row(row: Row) -> str:
    cells = ", ".join(f"{told.source.cell} {told.source.field.replace('_', ' ')}" for told in row.cells)
    number = f" on {row.number}" if row.number else ""
    day = f"; approved {row.date}" if row.date else ""
    day = f"; by letter {row.letter}" if row.letter else day
    state = "; the file is gone or cannot be read" if row.is_gone else ""
    state = f"; changed since: {', '.join(row.changed)}" if row.changed else state
    return f"{row.agency or 'the coordinator'}{number}: {row.file} {row.sheet} {cells}{day}{state}"


def _texts(block: Traced) -> Iterator[str]:
    if block.cells:
        for cell in block.cells:
            place = ", ".join(part for part in (cell.row, cell.column) if part) or "first row"
            was, now = ("(none)" if text is None else text for text in (cell.was, cell.now))
            yield from _wrapped(f"{place}: {was}", "  was ", "      ")
            yield from _wrapped(f"{place}: {now}", "  now ", "      ")
        return
    for name, text in (("was", block.whole_generated), ("now", block.whole)):
        for line in (text or "(nothing)").split("\n"):
            yield from _wrapped(line, f"  {name} ", "      ")


def _wrapped(text: str, first: str, more: str) -> Sequence[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=more, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
