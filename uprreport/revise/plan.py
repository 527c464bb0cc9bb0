"""What is to be done with each block of a revised draft: values only, nothing is changed here.

Three texts decide: what was generated (base), what the editor made of it (theirs), what the data say now
(ours). See ``docs/decisions/0007-three-way-update.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from uprreport.files.word.manifest import ManifestBlock, Offer
from uprreport.files.word.regions import RegionText
from uprreport.files.word.threads import Thread
from uprreport.files.word.wording import cell_wording, same_boxes, same_wording
from uprreport.revise.absent import plan_absorbed, plan_deleted, plan_removed
from uprreport.revise.blocks import BOX, NOTHING, BlockPlan, Theirs, What, show
from uprreport.revise.charts import ChartPlan, plan_chart, with_chart
from uprreport.revise.earlier import recalled, with_earlier
from uprreport.revise.edited import is_reworded, same_block, text_of
from uprreport.revise.merge import Merge
from uprreport.revise.notes import NotesPlan, plan_notes
from uprreport.revise.partly import clashes_of, merge_texts, move_on
from uprreport.revise.tables import TablePlan, plan_table
from uprreport.revise.telling import (
    FIXED,
    HELD,
    NEWER,
    PARTLY,
    WITHHELD,
    all_sources,
    is_elsewhere,
    news,
    own_marks,
    pending,
    stale_offer,
    stands,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What plans look at beside a block: the texts that stand beneath what people wrote themselves, by
    number, and all comments of the draft."""

    beneath: Mapping[str, str]
    threads: Sequence[Thread] = ()


def plan_block(
    base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock | None, seen: Seen
) -> BlockPlan:
    """What to do with a block that was generated before.

    ``theirs`` is None when it was not found, ``ours`` when the data no longer give it.
    """
    base = recalled(base, theirs, ours)
    plan = with_earlier(base, _plan(base, theirs, ours, seen))
    return replace(plan, withheld=True) if _is_warning(base, plan) else plan


def plan_withheld(
    base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock | None, seen: Seen
) -> BlockPlan:
    """What to do with a block of which an answer is no longer for publication: nothing of it is kept.

    The base forgets its text whatever becomes of the block; a passage that was edited stays, with a comment,
    and counts as withheld until the comment is gone.
    """
    base = recalled(base, theirs, ours)
    if theirs is not None:  # what was withdrawn goes from everywhere
        theirs = replace(theirs, held=False, fixed=(), closed=frozenset())
    plan = replace(_plan(base, theirs, ours, seen), withheld=True)
    if plan.chart is not None:
        plan = replace(plan, chart=plan.chart.without_data())
    left = ours.text if ours is not None else RegionText()
    if plan.change in ("deleted", "absorbed"):
        plan = _forgotten(base, theirs, ours, plan)
    if not plan.clash or theirs is None:
        return plan
    comment = f"{WITHHELD}\n{with_chart(show(left), ours or base)}"
    comment = f"{base.title}: {comment}" if theirs.shared else comment
    after = replace(
        ours or base, anchor=base.anchor, text=left, offer=Offer(left, comment), earlier=(), kept_digest=""
    )
    return replace(plan, after=after, comment=comment)


def _forgotten(
    base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock | None, plan: BlockPlan
) -> BlockPlan:
    """The plan of a withheld block that was deleted or merged with others: a paragraph that it shares may
    hold words of it, and a person must look."""
    if ours is None:
        return plan
    is_left = theirs is not None and theirs.shared and not same_block(base, ours)
    return replace(plan, after=replace(ours, anchor=base.anchor), clash=is_left)


def _is_warning(base: ManifestBlock, plan: BlockPlan) -> bool:
    """Whether the comment still stands that says what must be taken out by hand."""
    warned = base.offer is not None and WITHHELD in base.offer.comment
    return warned and plan.after is not None and plan.after.offer is not None


def _plan(base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock | None, seen: Seen) -> BlockPlan:
    is_drawn = base.plot is not None and theirs is not None and bool(theirs.drawn)
    had = base.text.paragraphs or base.text.tables or base.kept_digest
    if theirs is None or (theirs.is_empty and not is_drawn and had):
        return plan_deleted(base, ours, seen.beneath, seen.threads)
    if ours is None:
        return plan_removed(base, theirs)
    if theirs.shared:
        return plan_absorbed(base, theirs, ours, seen.beneath, seen.threads)
    plan = _join_chart(
        _plan_present(base, theirs, ours, seen), plan_chart(base, theirs.drawn, theirs.threads, ours)
    )
    return replace(plan, theirs=theirs, ours=ours.text, by_text=theirs.by_text)


def _join_chart(plan: BlockPlan, chart: ChartPlan | None) -> BlockPlan:
    """The plan of a block together with that of its chart."""
    if chart is None:
        return plan
    after = replace(plan.after, plot=chart.after) if plan.after is not None else None
    changes = {plan.change, chart.change}
    what = plan.change
    if "conflict" in changes:
        what = "conflict"
    elif chart.change == "replaced":
        what = "replaced" if plan.change in ("same", "replaced") else "merged"
    elif chart.change == "kept" and plan.change in ("same", "replaced"):
        what = "kept" if plan.change == "same" else "merged"
    clash = plan.clash or chart.change == "conflict"
    return replace(plan, change=what, after=after, chart=chart, clash=clash)


# Where it stands -------------------------------------------------------------------------------------------


def _plan_present(base: ManifestBlock, theirs: Theirs, ours: ManifestBlock, seen: Seen) -> BlockPlan:
    after = replace(ours, anchor=base.anchor)
    edited = is_reworded(base, theirs) is not False
    told = own_marks(base, theirs, ours, seen.beneath)
    told, base = _without_elsewhere(told, base, seen)
    if same_block(replace(base, plot=None), replace(ours, plot=None)):
        return _settled(base, theirs, ours, told, edited=edited)
    if base.offer is not None and same_wording(base.offer.text, ours.text):
        is_open = stands(base.offer.comment, theirs.threads)
        kept = pending(base, ours, base.offer) if is_open else after
        return replace(told, change="kept", after=kept)
    told = replace(told, drop=(*told.drop, *stale_offer(base, theirs.threads)))
    if theirs.held or base.kept_digest:  # of a text that was forgotten nobody can tell what was edited
        return _held(told, base, ours) if theirs.held else _clash(told, base, ours, Merge())
    merged = merge_texts(base.text.paragraphs, theirs.paragraphs, ours.text.paragraphs, theirs.fixed)
    table = plan_table(base, theirs.tables, ours, theirs.closed)
    notes = plan_notes(base, theirs.notes, ours)
    told = replace(told, theirs=theirs, changes=merged.changes, table=table, notes=notes)
    parts = (table, notes)
    if merged.clashes or _box_news(base, theirs, ours) or any(p is not None and p.clashes for p in parts):
        return _clash(told, base, ours, merged)
    if not _touches(told) and not _moved(told):
        is_taken = same_wording(text_of(ours, theirs), ours.text)
        return replace(told, change="same" if is_taken else "kept", after=after)
    what: What = "merged" if edited else "replaced"
    return replace(told, change=what, after=after)


def _without_elsewhere(told: BlockPlan, base: ManifestBlock, seen: Seen) -> tuple[BlockPlan, ManifestBlock]:
    """A passage that was deleted or merged and stands by itself again takes its news in: what was offered
    where it was gone is overtaken."""
    offer = base.offer
    if offer is None or not is_elsewhere(offer) or not stands(offer.comment, seen.threads):
        return told, base
    drop = (*told.drop, *stale_offer(base, seen.threads))
    return replace(told, drop=drop), replace(base, offer=None)


def _settled(
    base: ManifestBlock, theirs: Theirs, ours: ManifestBlock, told: BlockPlan, *, edited: bool
) -> BlockPlan:
    """The text did not change; label and comments may have, and what stands beneath a narrative."""
    after = replace(ours, anchor=base.anchor)
    if base.offer is not None and same_wording(base.offer.text, ours.text):
        if stands(base.offer.comment, theirs.threads):
            after = replace(after, offer=base.offer, sources=all_sources(base, ours))
    else:
        told = replace(told, drop=(*told.drop, *stale_offer(base, theirs.threads)))
    if _moved(told):
        return replace(told, change="merged" if edited else "replaced", after=after)
    return replace(told, change="kept" if edited else "same", after=after)


def _moved(told: BlockPlan) -> bool:
    return told.label is not None or bool(told.comments or told.drop)


def _touches(told: BlockPlan) -> bool:
    parts = (part for part in (told.table, told.notes) if part is not None)
    return bool(told.changes) or any(part.touches for part in parts)


# Clashes ----------------------------------------------------------------------------------------------------


def _clash(told: BlockPlan, base: ManifestBlock, ours: ManifestBlock, merged: Merge) -> BlockPlan:
    """What clashes stays as the editor has it and is told in a comment; all else is carried in.

    The base takes over what was carried in, and remembers the rest as an offer.
    """
    lines = [clashes_of(base.text.paragraphs, ours.text.paragraphs, merged.clashes)] if merged.clashes else []
    parts = [part for part in (told.table, told.notes) if part is not None]
    lines += [clash.show() for part in parts for clash in part.clashes]
    boxed = _box_news(base, told.theirs, ours)
    lines += boxed
    lines += [] if lines else [show(ours.text)]
    is_fixed = merged.is_fixed or (told.table is not None and told.table.is_fixed)
    comment = "\n".join((FIXED if is_fixed else PARTLY if _touches(told) else NEWER, *lines))
    offer = Offer(ours.text, comment, news(base, ours))
    after = pending(base, ours, offer)
    if not base.kept_digest:
        after = replace(after, **_moved_on(told.table, told.notes, base, ours, merged))  # type: ignore[arg-type]
        after = replace(after, text=replace(after.text, boxes=base.text.boxes)) if boxed else after
    return replace(told, change="conflict", after=after, comment=comment, clash=True)


def _box_news(base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock) -> list[str]:
    """What text boxes of ours say that those of theirs do not: nothing is ever written into a box."""
    if theirs is None or same_boxes(base.text, ours.text):
        return []
    there = [*map(cell_wording, theirs.boxes)]
    new = [box for box in ours.text.boxes if cell_wording(box) not in there]
    gone = [box for box in base.text.boxes if cell_wording(box) in there and box not in ours.text.boxes]
    return [*(f"{BOX}: {box}" for box in new), *(f"{BOX}: {NOTHING} ({box})" for box in gone)]


def _held(told: BlockPlan, base: ManifestBlock, ours: ManifestBlock) -> BlockPlan:
    """Where nothing may be written, all is told in a comment beside it, and the base stays."""
    comment = f"{HELD.format(title=ours.title)}\n{show(ours.text)}"
    after = pending(base, ours, Offer(ours.text, comment, news(base, ours)))
    return replace(told, change="conflict", after=after, comment=comment, clash=True)


def _moved_on(
    table: TablePlan | None, notes: NotesPlan | None, base: ManifestBlock, ours: ManifestBlock, merged: Merge
) -> dict[str, object]:
    """What a base is from now on: words, rows and notes that came in are part of it, with their sources."""
    made = (*merged.carried, *merged.done)
    text = RegionText(
        move_on(base.text.paragraphs, ours.text.paragraphs, made) if merged.clashes else ours.text.paragraphs,
        table.after if table is not None else ours.text.tables,
        notes.after if notes is not None else ours.text.notes,
        ours.text.boxes,
    )
    sources = all_sources(base, ours)
    return {"text": text, "row_keys": ours.row_keys, "note_keys": ours.note_keys, "sources": sources}
