"""What is to be done with each block of a revised draft: values only, nothing is changed here.

Three texts decide: what was generated (base), what the editor made of it (theirs), what the data say now
(ours). See ``docs/decisions/0007-three-way-update.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from uprreport.files.word.manifest import ManifestBlock, Offer
from uprreport.files.word.regions import RegionText
from uprreport.files.word.threads import Thread
from uprreport.files.word.tokens import keys, reads_the_same, tokenise
from uprreport.revise.blocks import NOTHING, BlockPlan, Paragraphs, Theirs, What, show
from uprreport.revise.charts import ChartPlan, is_chart_edited, plan_chart, same_data, with_chart
from uprreport.revise.merge import merge
from uprreport.revise.notes import plan_notes, same_notes
from uprreport.revise.tables import plan_table, same_tables

NEWER = "The agencies' text changed, and it does not fit what was edited here. Newer text:"
GONE = "The agencies' answers no longer hold this; what was edited here is left as it is."
WITHHELD = (
    "An answer in this passage is no longer for publication, and the passage was edited: take out by hand "
    "what comes from it. What is left for publication:"
)
BENEATH = "Answers beneath this text changed. They now read:"
ELSEWHERE = "{title}: the agencies' text changed after this passage was deleted or merged. It now reads:"


def plan_block(
    base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock | None, beneath: Mapping[str, str]
) -> BlockPlan:
    """What to do with a block that was generated before.

    ``theirs`` is None when it was not found, ``ours`` when the data no longer give it; ``beneath`` are the
    texts that stand beneath what people wrote themselves, by number.
    """
    plan = _plan(base, theirs, ours, beneath)
    return replace(plan, withheld=True) if _is_warning(base, plan) else plan


def plan_withheld(
    base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock | None, beneath: Mapping[str, str]
) -> BlockPlan:
    """What to do with a block of which an answer is no longer for publication: nothing of it is kept.

    The base forgets its text whatever becomes of the block; a passage that was edited stays, with a comment,
    and counts as withheld until the comment is gone.
    """
    plan = replace(_plan(base, theirs, ours, beneath), withheld=True)
    if plan.chart is not None:
        plan = replace(plan, chart=plan.chart.without_data())
    if not plan.clash or theirs is None:
        return plan
    left = ours.text if ours is not None else RegionText()
    comment = f"{WITHHELD}\n{with_chart(show(left), ours or base)}"
    after = replace(ours or base, anchor=base.anchor, text=left, offer=Offer(left, comment))
    return replace(plan, after=after, comment=comment)


def _is_warning(base: ManifestBlock, plan: BlockPlan) -> bool:
    """Whether the comment still stands that says what must be taken out by hand."""
    warned = base.offer is not None and base.offer.comment.startswith(WITHHELD)
    return warned and plan.after is not None and plan.after.offer is not None


def _plan(
    base: ManifestBlock, theirs: Theirs | None, ours: ManifestBlock | None, beneath: Mapping[str, str]
) -> BlockPlan:
    is_drawn = base.plot is not None and theirs is not None and bool(theirs.drawn)
    if theirs is None or (theirs.is_empty and not is_drawn and (base.text.paragraphs or base.text.tables)):
        return _plan_deleted(base, ours)
    if ours is None:
        return _plan_removed(base, theirs)
    if theirs.shared:
        return _plan_absorbed(base, theirs, ours)
    plan = _join_chart(
        _plan_present(base, theirs, ours, beneath), plan_chart(base, theirs.drawn, theirs.threads, ours)
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


# Where nothing is left, or several blocks share a paragraph ---------------------------------------------


def _plan_deleted(base: ManifestBlock, ours: ManifestBlock | None) -> BlockPlan:
    """A block that an editor deleted stays deleted; when its data change, the place above it hears of it."""
    changed = ours is not None and not _same_block(base, ours)
    comment = _elsewhere(ours) if ours is not None and changed else ""
    after = replace(ours, anchor=base.anchor) if ours is not None else None
    told = ours.text if ours is not None else None
    return BlockPlan(base.id, base.title, "deleted", after, comment=comment, ours=told)


def _plan_absorbed(base: ManifestBlock, theirs: Theirs, ours: ManifestBlock) -> BlockPlan:
    """A block whose paragraph it shares with others hears of changes in a comment only."""
    changed = not _same_block(base, ours) and not (stands_in(ours.text, theirs) and _same_plot(base, ours))
    comment = _elsewhere(ours) if changed else ""
    after = replace(ours, anchor=base.anchor)
    return BlockPlan(
        base.id, base.title, "absorbed", after, comment=comment, theirs=theirs, ours=ours.text,
        by_text=theirs.by_text,
    )  # fmt: skip


def _elsewhere(ours: ManifestBlock) -> str:
    return f"{ELSEWHERE.format(title=ours.title)}\n{with_chart(show(ours.text), ours)}"


def stands_in(text: RegionText, theirs: Theirs) -> bool:
    """Whether every word of a text stands in a shared paragraph already, in order."""
    wanted, there = _bare(text.paragraphs), _bare(theirs.paragraphs)
    notes = all(any(same_notes([note], [own]) for own in theirs.notes) for note in text.notes)
    return notes and any(there[i : i + len(wanted)] == wanted for i in range(len(there) - len(wanted) + 1))


def _bare(paragraphs: Paragraphs) -> tuple[str, ...]:
    return tuple(token.key for token in tokenise(paragraphs) if not token.is_end)


def _plan_removed(base: ManifestBlock, theirs: Theirs) -> BlockPlan:
    """A block that the data no longer give is struck, unless an editor worked on it."""
    empty = RegionText()
    own = len(theirs.drawn) != int(base.plot is not None)  # charts and pictures of an editor's own
    if not (is_edited(base, theirs) or is_chart_edited(base, theirs.drawn) or own or theirs.shared):
        return BlockPlan(
            base.id, base.title, "removed", None, theirs=theirs, ours=empty, by_text=theirs.by_text
        )
    if base.offer is not None and _stands(base.offer.comment, theirs):
        return BlockPlan(base.id, base.title, "kept", base, theirs=theirs, ours=empty, by_text=theirs.by_text)
    if base.offer is not None:
        return BlockPlan(base.id, base.title, "kept", None, theirs=theirs, ours=empty, by_text=theirs.by_text)
    after = replace(base, offer=Offer(empty, GONE))
    return BlockPlan(
        base.id, base.title, "conflict", after, comment=GONE, theirs=theirs, ours=empty,
        by_text=theirs.by_text, clash=True,
    )  # fmt: skip


# Where it stands -------------------------------------------------------------------------------------------


def _plan_present(
    base: ManifestBlock, theirs: Theirs, ours: ManifestBlock, beneath: Mapping[str, str]
) -> BlockPlan:
    after = replace(ours, anchor=base.anchor)
    edited = is_edited(base, theirs)
    told = _own_marks(base, theirs, ours, beneath)
    if _same_text(base.text, ours.text):
        return _settled(base, theirs, ours, edited, told)
    if base.offer is not None and _same_text(base.offer.text, ours.text):
        stands = _stands(base.offer.comment, theirs)
        kept = replace(base, offer=base.offer) if stands else after
        return replace(told, change="kept", after=kept)
    texts = merge(
        keys(tokenise(base.text.paragraphs)),
        keys(tokenise(theirs.paragraphs)),
        keys(tokenise(ours.text.paragraphs)),
    )
    table = plan_table(base, theirs.tables, ours)
    stale = _stale_offer(base, theirs)
    told = replace(told, drop=(*told.drop, *stale))
    if texts is None:
        return _clash_of_texts(told, base, ours)
    notes = plan_notes(base, theirs.notes, ours)
    told = replace(told, table=table, notes=notes)
    if (table is not None and table.clashes) or (notes is not None and notes.clashes):
        return _clash_of_parts(replace(told, changes=tuple(texts)), base, ours)
    touched = bool(texts) or any(part is not None and part.touches for part in (table, notes))
    if not touched and not _moved(told):
        return replace(told, change="kept" if not _reads_like(theirs, ours) else "same", after=after)
    what: What = "merged" if edited else "replaced"
    return replace(told, change=what, after=after, changes=tuple(texts))


def _settled(
    base: ManifestBlock, theirs: Theirs, ours: ManifestBlock, edited: bool, told: BlockPlan
) -> BlockPlan:
    """The text did not change; label and comments may have, and what stands beneath a narrative."""
    after = replace(ours, anchor=base.anchor)
    if base.offer is not None and _same_text(base.offer.text, ours.text):
        after = replace(after, offer=base.offer if _stands(base.offer.comment, theirs) else None)
    else:
        told = replace(told, drop=(*told.drop, *_stale_offer(base, theirs)))
    if _moved(told):
        return replace(told, change="merged" if edited else "replaced", after=after)
    return replace(told, change="kept" if edited else "same", after=after)


def _moved(told: BlockPlan) -> bool:
    return told.label is not None or bool(told.comments or told.drop or told.comment)


def _clash_of_texts(told: BlockPlan, base: ManifestBlock, ours: ManifestBlock) -> BlockPlan:
    """The editor's words stay, the new text goes into a comment; base and offer are remembered."""
    comment = f"{NEWER}\n{show(ours.text)}"
    label = base.label if told.label is None else told.label
    after = replace(base, offer=Offer(ours.text, comment), comments=ours.comments, label=label)
    return replace(told, change="conflict", after=after, comment=comment, clash=True)


def _clash_of_parts(told: BlockPlan, base: ManifestBlock, ours: ManifestBlock) -> BlockPlan:
    """Cells and notes that clash stay and are told in a comment; all others are changed."""
    clashes = [*(told.table.clashes if told.table else ()), *(told.notes.clashes if told.notes else ())]
    comment = "\n".join((NEWER, *(clash.show() for clash in clashes)))
    tables = told.table.after if told.table else ours.text.tables
    notes = told.notes.after if told.notes else ours.text.notes
    text = RegionText(ours.text.paragraphs, tables, notes)
    after = replace(ours, anchor=base.anchor, text=text, offer=Offer(ours.text, comment))
    return replace(told, change="conflict", after=after, comment=comment, clash=True)


def _own_marks(
    base: ManifestBlock, theirs: Theirs, ours: ManifestBlock, beneath: Mapping[str, str]
) -> BlockPlan:
    """The part of a plan that concerns label and comments."""
    label = ours.label if ours.label != base.label and theirs.label == base.label else None
    fresh = tuple(text for text in ours.comments if text not in base.comments)
    stale = [text for text in base.comments if text not in ours.comments]
    drop = tuple(
        thread.id
        for thread in theirs.threads
        if thread.is_own and not thread.answered and thread.text in stale
    )
    news = _beneath(base, ours, beneath)
    return BlockPlan(base.id, ours.title, "same", None, label=label, comments=fresh, drop=drop, comment=news)


def _beneath(base: ManifestBlock, ours: ManifestBlock, texts: Mapping[str, str]) -> str:
    """The comment for a text of people's own beneath which answers changed; empty when none did."""
    before = dict(base.beneath)
    changed = [name for name, told in ours.beneath if before.get(name) != told]
    if not changed or not base.beneath:
        return ""
    return "\n".join((BENEATH, *(f"{name}: {texts.get(name, NOTHING)}" for name in changed)))


def _stale_offer(base: ManifestBlock, theirs: Theirs) -> tuple[str, ...]:
    """The comment of an offer that newer data overtake."""
    if base.offer is None:
        return ()
    found = (t for t in theirs.threads if t.is_own and not t.answered and _says(t, base.offer.comment))
    return tuple(thread.id for thread in found)


def _stands(comment: str, theirs: Theirs) -> bool:
    return any(t.is_own and not t.resolved and _says(t, comment) for t in theirs.threads)


def _says(thread: Thread, comment: str) -> bool:
    return thread.text.split() == comment.split()


def is_edited(base: ManifestBlock, theirs: Theirs) -> bool:
    """Whether a passage reads otherwise than it was generated: in text, tables or notes."""
    return not _reads_like(theirs, base)


def _reads_like(theirs: Theirs, ours: ManifestBlock) -> bool:
    return _same_text(RegionText(theirs.paragraphs, theirs.tables, theirs.notes), ours.text)


def _same_block(one: ManifestBlock, other: ManifestBlock) -> bool:
    return _same_text(one.text, other.text) and _same_plot(one, other)


def _same_plot(one: ManifestBlock, other: ManifestBlock) -> bool:
    rows = [block.plot.rows if block.plot is not None else () for block in (one, other)]
    return same_data(*rows)


def _same_text(one: RegionText, other: RegionText) -> bool:
    return (
        reads_the_same(one.paragraphs, other.paragraphs)
        and same_tables(one.tables, other.tables)
        and same_notes(one.notes, other.notes)
    )
