"""A block in a revised draft: how it reads there, and what is to be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uprreport.files.word.fields import readable
from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.plots import Seen
from uprreport.files.word.regions import RegionText
from uprreport.files.word.threads import Thread
from uprreport.files.word.tokens import tokenise
from uprreport.revise.charts import ChartPlan
from uprreport.revise.merge import Change
from uprreport.revise.notes import HEADING, NotesPlan
from uprreport.revise.tables import TablePlan

What = Literal["same", "kept", "replaced", "merged", "conflict", "absorbed", "added", "removed", "deleted"]
"""What becomes of a block (DESIGN: JSON on stdout, ``update``)."""

NOTHING = "(nothing)"
BOX = "Text box"

Paragraphs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Theirs:
    """A block as it reads in the revised draft; ``paragraphs`` hold every character, for exact places.

    ``shared`` tells that other blocks stand in the same paragraphs. ``threads`` are the comments on it,
    ``drawn`` the charts and pictures in it; ``tracked`` tells that changes of the tool are pending in it.
    ``held`` tells that nothing may be written into it, ``fixed`` into which characters (paragraph, start,
    end), ``closed`` into which cells of its first table (row, column): a program writes them anew, or locks
    them. ``boxes`` are the texts of its text boxes.
    """

    paragraphs: Paragraphs
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    label: str = ""
    threads: tuple[Thread, ...] = ()
    shared: bool = False
    by_text: bool = False
    drawn: tuple[Seen, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    tracked: bool = False
    held: bool = False
    fixed: tuple[tuple[int, int, int], ...] = ()
    closed: frozenset[tuple[int, int]] = frozenset()
    boxes: tuple[str, ...] = ()

    @property
    def is_limited(self) -> bool:
        """Whether anything in it must not be written to."""
        return self.held or bool(self.fixed or self.closed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of a block: no label, no word, no table, no note, no text box."""
        return not (self.label or self.tables or self.notes or self.boxes or tokenise(self.paragraphs))


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """What to do with one block.

    ``changes`` are of words, ``table`` of rows and cells, ``notes`` of notes, ``chart`` of a chart; ``label``
    is a new label or None. ``comment`` is put on the block, or where it is gone on the heading above its
    place; ``comments`` are the block's own ones. ``drop`` holds ids of comments to take away. ``after`` is
    the block's entry in the new manifest, None when it leaves it. ``withheld`` tells that an answer in it is
    no longer for publication: what goes is removed for good, and a clash is an error that a person must mend.
    ``copies`` counts the further places at which an editor pasted the passage, ``on_copies`` is the comment
    that each of them gets.
    """

    id: str
    title: str
    change: What
    after: ManifestBlock | None
    changes: tuple[Change, ...] = ()
    table: TablePlan | None = None
    notes: NotesPlan | None = None
    label: str | None = None
    comment: str = ""
    comments: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    theirs: Theirs | None = None
    ours: RegionText | None = None
    by_text: bool = False
    clash: bool = False
    withheld: bool = False
    chart: ChartPlan | None = None
    copies: int = 0
    on_copies: str = ""

    @property
    def carries(self) -> bool:
        """Whether words, rows or notes come in."""
        return bool(
            self.changes
            or (self.table is not None and self.table.touches)
            or (self.notes is not None and self.notes.touches)
        )

    @property
    def touches(self) -> bool:
        """Whether anything in the document changes."""
        return bool(
            self.carries
            or (self.chart is not None and self.chart.touches)
            or self.label is not None
            or self.comment
            or self.comments
            or self.drop
            or self.change in ("added", "removed")
        )


def show(text: RegionText) -> str:
    """What a region says, for comments and reports: paragraphs, rows and notes one a line."""
    lines = [line for _, line in text.paragraphs]
    lines += [" | ".join(cells) for table in text.tables for cells in table]
    lines += [f"{HEADING}: {note}" for _, note in text.notes]
    lines += [f"{BOX}: {box}" for box in text.boxes]
    return readable("\n".join(lines)) or NOTHING
