"""Where each block of a draft came from, and what editors made of it: values only, nothing is changed.

A block counts as edited by the judgement that all commands share (``revise.edited``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from uprreport.files.word.changes import Mark, marks_in
from uprreport.files.word.fields import readable
from uprreport.files.word.manifest import Manifest, ManifestBlock
from uprreport.files.word.regions import RegionText
from uprreport.files.word.revised import Revised
from uprreport.files.word.tokens import reads_the_same
from uprreport.model import Source
from uprreport.revise.blocks import BOX, Theirs
from uprreport.revise.charts import seen_chart, show_seen, with_chart
from uprreport.revise.edited import is_edited
from uprreport.revise.locate import locate
from uprreport.revise.tables import match_rows, paragraphs
from uprreport.revise.update import read_lines, read_theirs, regions_by_block

Found = Literal["anchor", "by text", "deleted", "absorbed"]
"""How a block was found: by its mark, by what it says, not at all, or in a paragraph that it shares."""

SECTIONS = ("heading 1", "annex heading")
"""The styles of the headings that open a section of the report."""


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A cell that an editor changed, by the key of its row and the heading of its column.

    Where a whole row came, went or has other columns, ``column`` is empty and the cells stand in one line;
    ``was`` is None for a row that is new, ``now`` for one that is gone.
    """

    row: str
    column: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Editor:
    """What tracked changes and comments tell of one person: first and last day, words in and out, comments.

    Days are as ``2026-04-10``, empty where the program wrote none.
    """

    author: str
    first: str = ""
    last: str = ""
    insertions: int = 0
    deletions: int = 0
    comments: int = 0


@dataclass(frozen=True, slots=True)
class TracedSource:
    """A source, and whether its cell holds something else by now; None where nobody can tell."""

    source: Source
    changed: bool | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """One block: what was generated, how it reads now, who changed it, where it came from.

    ``edited`` is None where the manifest no longer holds the text. ``withheld`` tells that an answer in it is
    not for publication any more: none of its texts is given. ``section`` is the heading of its chapter,
    ``theme`` the short name of the theme in whose stretch it stands.
    """

    id: str
    title: str
    found: Found
    edited: bool | None = False
    label: str = ""
    section: str = ""
    theme: str = ""
    generated: str | None = None
    text: str | None = None
    cells: tuple[CellEdit, ...] = ()
    editors: tuple[Editor, ...] = ()
    sources: tuple[TracedSource, ...] = ()
    row_keys: tuple[str, ...] = ()
    withheld: bool = False
    notes: tuple[str, ...] = ()
    generated_notes: tuple[str, ...] = ()

    @property
    def whole(self) -> str | None:
        """What it says, its notes below."""
        return _with_notes(self.text, self.notes)

    @property
    def whole_generated(self) -> str | None:
        """What was generated, the notes below."""
        return _with_notes(self.generated, self.generated_notes)

    @property
    def is_table(self) -> bool:
        """Whether it holds a table."""
        return bool(self.row_keys)


def _with_notes(text: str | None, notes: tuple[str, ...]) -> str | None:
    return text if text is None else "\n".join((text, *notes))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a draft says in a block's place, and who changed it; ``theirs`` is None where it is gone."""

    theirs: Theirs | None = None
    text: RegionText = field(default_factory=RegionText)
    marks: tuple[Mark, ...] = ()


def _never(_what: object) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Present:
    """What the review holds now: whether a source changed, and what is not for publication any more."""

    changed: Callable[[Source], bool | None] = _never
    is_withheld: Callable[[Source], bool] = _never
    in_text: Callable[[str], bool] = _never


def trace_draft(revised: Revised, base: Manifest, present: Present) -> tuple[Traced, ...]:
    """Every block of a draft that was generated from ``base``, in the order of the manifest."""
    return trace_blocks(base, read_blocks(revised, base), present)


def read_blocks(revised: Revised, base: Manifest) -> Mapping[str, Reading]:
    """What a draft says and who changed it, by block; blocks that left no trace are not among them."""
    located = locate(base, read_lines(revised))
    regions = regions_by_block(revised, located)
    theirs = read_theirs(revised, regions, located)
    threads = revised.threads()
    gone = {name: node for node in revised.nodes() for name in revised.anchors(node)}
    found: dict[str, Reading] = {}
    for block in base.blocks:
        if block.id in regions:
            elements = regions[block.id].elements
            text = revised.read(regions[block.id])
            found[block.id] = Reading(theirs[block.id], text, tuple(marks_in(elements, threads)))
        elif block.anchor in gone:  # struck, but still in the file: it tells who struck it
            found[block.id] = Reading(marks=tuple(marks_in([gone[block.anchor]], threads)))
    return found


def trace_blocks(base: Manifest, found: Mapping[str, Reading], present: Present) -> tuple[Traced, ...]:
    """What became of each block of a manifest, from what a draft says in its place."""
    return tuple(
        _trace(block, found.get(block.id, Reading()), present, place)
        for block, place in zip(base.blocks, _places(base.blocks), strict=True)
    )


def _places(blocks: Iterable[ManifestBlock]) -> Iterator[tuple[str, str]]:
    """Section and theme of each block, from the headings before it."""
    section = theme = ""
    for block in blocks:
        kind, _, rest = block.id.partition(":")
        if block.text.paragraphs and block.text.paragraphs[0][0] in SECTIONS:
            section, theme = block.title, ""
        if kind in ("theme", "noted"):
            theme = rest.partition("/")[0]
        elif kind != "rec":
            theme = ""
        yield section, theme


def _trace(block: ManifestBlock, reading: Reading, present: Present, place: tuple[str, str]) -> Traced:
    was = None if block.kept_digest else with_chart(_said(block.text), block)
    now = _now(block, reading)
    told = [block.title, *(was or "").split("\n"), *(now or "").split("\n")]
    told += [note for text in (block.text, reading.text) for _, note in text.notes]
    hidden = (
        bool(block.kept_digest)
        or any(present.is_withheld(source) for source in block.sources)
        or any(present.in_text(line) for line in told)
    )
    found = _found(block, reading.theirs)
    return Traced(
        id=block.id,
        title=block.title,
        found=found,
        edited=_is_edited(block, reading, found),
        label=block.label,
        section=place[0],
        theme=place[1],
        generated=None if hidden else was,
        text=None if hidden or found == "deleted" else now or "",
        cells=() if hidden or found not in ("anchor", "by text") else _cells(block, reading),
        editors=_editors(reading.marks),
        sources=tuple(TracedSource(s, present.changed(s)) for s in block.sources if s.file),
        row_keys=block.row_keys,
        withheld=hidden,
        notes=() if hidden else _notes(reading.text),
        generated_notes=() if hidden else _notes(block.text),
    )


def _now(block: ManifestBlock, reading: Reading) -> str | None:
    """What stands in a block's place, its chart's data too; None where nothing is left."""
    if reading.theirs is None or reading.theirs.is_empty:
        return None
    return "\n".join(filter(None, (_said(reading.text), show_seen(reading.theirs.drawn, block))))


def _notes(text: RegionText) -> tuple[str, ...]:
    return tuple(note for _, note in text.notes)


def _said(text: RegionText) -> str:
    """What a region says: paragraphs and rows one a line; its notes are its own."""
    lines = [line for _, line in text.paragraphs]
    lines += [" | ".join(cell.replace("\n", " / ") for cell in row) for table in text.tables for row in table]
    lines += [f"{BOX}: {box}" for box in text.boxes]
    return readable("\n".join(line.replace("\u2028", "\n") for line in lines))


def _found(block: ManifestBlock, theirs: Theirs | None) -> Found:
    had = bool(block.text.paragraphs or block.text.tables or block.kept_digest)
    if theirs is None or (theirs.is_empty and had):
        return "deleted"
    if theirs.shared:
        return "absorbed"
    return "by text" if theirs.by_text else "anchor"


def _is_edited(block: ManifestBlock, reading: Reading, found: Found) -> bool | None:
    """Whether an editor changed it; a block that is gone was changed."""
    return True if reading.theirs is None or found == "deleted" else is_edited(block, reading.theirs)


# Tables ---------------------------------------------------------------------------------------------------


def _cells(block: ManifestBlock, reading: Reading) -> tuple[CellEdit, ...]:
    """The cells of a block's table that read otherwise than generated; a further table is a row each.

    The numbers of a chart are cells as well, its categories and series for rows and columns.
    """
    if block.plot is not None and reading.theirs is not None:
        seen = seen_chart(reading.theirs.drawn, block)
        rows = seen.rows if seen is not None else None
        return _cell_edits(block.plot.rows, (rows,), ()) if rows is not None else ()
    before = block.text.tables[0] if block.text.tables else ()
    return _cell_edits(before, reading.text.tables or ((),), ("", *block.row_keys)) if before else ()


def _cell_edits(
    before: Sequence[tuple[str, ...]], tables: Sequence[Sequence[tuple[str, ...]]], keys: Sequence[str]
) -> tuple[CellEdit, ...]:
    there, *others = (tuple(table) for table in tables)
    at = match_rows(tuple(before), there)
    edits: list[CellEdit] = []
    for old, row in enumerate(before):
        key = keys[old] if old < len(keys) else row[0]
        edits += _row_edits(key, before[0], row, there[at[old]] if old in at else None)
    new = [row for index, row in enumerate(there) if index not in at.values()]
    new += [row for rows in others for row in rows]
    edits += [CellEdit(row[0] if row else "", "", None, readable(" | ".join(row))) for row in new]
    return tuple(edits)


def _row_edits(
    key: str, headings: Sequence[str], row: Sequence[str], now: Sequence[str] | None
) -> Iterator[CellEdit]:
    if now is None:
        yield CellEdit(key, "", readable(" | ".join(row)), None)
    elif len(now) != len(row):
        yield CellEdit(key, "", readable(" | ".join(row)), readable(" | ".join(now)))
    else:
        for heading, was, reads in zip(headings, row, now, strict=True):
            if not reads_the_same(paragraphs(was), paragraphs(reads)):
                yield CellEdit(key, heading, readable(was), readable(reads))


# Editors --------------------------------------------------------------------------------------------------


def _editors(marks: Iterable[Mark]) -> tuple[Editor, ...]:
    """What is told of each person, in the order of their names."""
    by_author: dict[str, list[Mark]] = {}
    for mark in marks:
        by_author.setdefault(mark.author, []).append(mark)
    return tuple(_editor(author, by_author[author]) for author in sorted(by_author))


def _editor(author: str, marks: Sequence[Mark]) -> Editor:
    days = sorted(mark.date[:10] for mark in marks if mark.date)
    first, last = (days[0], days[-1]) if days else ("", "")
    counts = {kind: sum(m.words for m in marks if m.kind == kind) for kind in ("insertion", "deletion")}
    comments = sum(mark.kind == "comment" for mark in marks)
    return Editor(author, first, last, counts["insertion"], counts["deletion"], comments)
