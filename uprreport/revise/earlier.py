"""What a block read before: texts that newer ones replaced, and texts that the manifest had to forget.

An editor may turn down what an update brought in. That is respected, and never silent: as long as it may
happen, or has happened, the manifest keeps how the block read before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from uprreport.files.word.manifest import Earlier, ManifestBlock
from uprreport.files.word.regions import RegionText
from uprreport.files.word.wording import cell_wording
from uprreport.revise.blocks import BlockPlan, Theirs
from uprreport.revise.edited import is_reworded, text_of
from uprreport.revise.notes import match_notes, plan_notes
from uprreport.revise.partly import clashes_of, merge_texts
from uprreport.revise.tables import Rows, match_rows, plan_table

GENERATIONS = 6
"""How many earlier texts of a block are kept at most."""


def with_earlier(base: ManifestBlock, plan: BlockPlan) -> BlockPlan:
    """A plan whose entry for the manifest remembers what an editor may still turn down."""
    if plan.after is None or base.kept_digest:
        return plan
    if not plan.carries:
        return replace(plan, after=replace(plan.after, earlier=base.earlier))
    text = base.text
    made = Earlier(text, base.row_keys, base.note_keys, base.sources)
    kept = [told for told in base.earlier if _is_open(told, base, plan.theirs)]
    return replace(plan, after=replace(plan.after, earlier=(*kept, made)[-GENERATIONS:]))


def _is_open(told: Earlier, base: ManifestBlock, theirs: Theirs | None) -> bool:
    return theirs is None or theirs.tracked or bool(turned_down(told, base, theirs))


def turned_down(told: Earlier, base: ManifestBlock, theirs: Theirs) -> tuple[str, ...]:
    """What of a block's newer text was turned down: where it reads as it did before that came in."""
    before = replace(base, text=told.text, row_keys=told.row_keys, note_keys=told.note_keys, offer=None)
    merged = merge_texts(told.text.paragraphs, theirs.paragraphs, base.text.paragraphs)
    lines = [clashes_of(told.text.paragraphs, base.text.paragraphs, merged.carried)] if merged.carried else []
    return (*lines, *_rows(before, base, theirs), *_notes(before, base, theirs))


def _rows(before: ManifestBlock, base: ManifestBlock, theirs: Theirs) -> Iterator[str]:
    told = plan_table(before, theirs.tables, base)
    if told is None or not told.touches:
        return
    now = base.text.tables[0]
    there = [tuple(map(cell_wording, row)) for row in theirs.tables[0]]
    yield from (cell.text for cell in told.cells)
    new = [now[index] for _, index in told.inserted]
    yield from (" | ".join(row) for row in new if tuple(map(cell_wording, row)) not in there)


def _notes(before: ManifestBlock, base: ManifestBlock, theirs: Theirs) -> Iterator[str]:
    told = plan_notes(before, theirs.notes, base)
    if told is not None:
        yield from (note.text for note in told.words)
        yield from (base.text.notes[index][1] for index in told.added)


# Texts that had to be forgotten -------------------------------------------------------------------------


def recalled(base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock | None) -> ManifestBlock:
    """A block whose text the manifest had to forget: where the sum of its words tells that nobody edited it,
    the draft itself says what it was."""
    if not base.kept_digest or theirs is None or theirs.shared or is_reworded(base, theirs) is not False:
        return base
    there = text_of(base, theirs)
    text = RegionText(
        tuple((s, line.strip()) for s, line in there.paragraphs), there.tables, there.notes, there.boxes
    )
    now = ours.text if ours is not None else RegionText()
    rows = _row_keys(text.tables[0], now.tables[0], ours) if text.tables and now.tables and ours else ()
    notes = match_notes(now.notes, text.notes)
    names = {at: ours.note_keys[i] for i, at in notes.items() if ours and i < len(ours.note_keys)}
    keys = tuple(names.get(at, f"gone {at}") for at in range(len(text.notes)))
    return replace(base, text=text, row_keys=rows, note_keys=keys, kept_digest="", kept_wording="")


def _row_keys(there: Rows, now: Rows, ours: ManifestBlock) -> tuple[str, ...]:
    """The keys of rows: those of the rows of the data that they are, else names of their own."""
    at = {place: index for index, place in match_rows(now, there).items()}
    known: Sequence[str] = ("", *ours.row_keys)
    return tuple(
        known[at[place]] if 0 < at.get(place, 0) < len(known) else f"gone {place}"
        for place in range(1, len(there))
    )
