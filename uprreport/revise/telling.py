"""What comments tell an editor of a block, and which of them still stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from uprreport.files.word.manifest import ManifestBlock, Offer
from uprreport.files.word.threads import Thread
from uprreport.model import Source
from uprreport.revise.blocks import NOTHING, BlockPlan, Theirs, show
from uprreport.revise.charts import with_chart

NEWER = "The agencies' text changed, and it does not fit what was edited here. Newer text:"
PARTLY = (
    "The agencies' text changed. What fits what was edited here came in as tracked changes; this does not:"
)
FIXED = (
    "The agencies' text changed. Words here stand in a control or field that is locked or that Word fills "
    "in, so they are left as they are. Newer text:"
)
HELD = (
    "{title}: the agencies' text changed. This passage stands in a text box, or in a control that is locked "
    "or that Word fills in, so it is left as it is. Newer text:"
)
GONE = "The agencies' answers no longer hold this; what was edited here is left as it is."
WITHHELD = (
    "An answer in this passage is no longer for publication, and the passage was edited: take out by hand "
    "what comes from it. What is left for publication:"
)
BENEATH = "Answers beneath this text changed. They now read:"
ELSEWHERE = "{title}: the agencies' text changed after this passage was deleted or merged. It now reads:"
STATE = "{title}: this passage was deleted or merged here. What changed since:"
RELABELLED = "The label of this passage was changed here. From the data it would now be: {label}"
COPY = "This is a copy of {title}, whose answers changed; only the other one is brought up to date. New text:"
COPY_GONE = "This is a copy of {title}, which the agencies' answers no longer hold."
PLACED = '{title} now belongs below the heading "{heading}"; it is left where it stands.'


def own_marks(
    base: ManifestBlock, theirs: Theirs, ours: ManifestBlock, beneath: Mapping[str, str]
) -> BlockPlan:
    """The part of a plan that concerns a block's label and its own comments."""
    is_new = ours.label != base.label and theirs.label == base.label
    label = ours.label if is_new and not theirs.held else None
    told = [*new_comments(base, ours), *_beneath(base, ours, beneath)]
    if label is None and ours.label not in (base.label, theirs.label):
        told.append(RELABELLED.format(label=ours.label or NOTHING))
    stale = [text for text in base.comments if text not in ours.comments]
    drop = tuple(
        thread.id
        for thread in theirs.threads
        if thread.is_own and not thread.answered and thread.text in stale
    )
    return BlockPlan(base.id, ours.title, "same", None, label=label, comments=tuple(told), drop=drop)


def new_comments(base: ManifestBlock, ours: ManifestBlock) -> tuple[str, ...]:
    """The comments that the data put on a block now and did not before."""
    return tuple(text for text in ours.comments if text not in base.comments)


def _beneath(base: ManifestBlock, ours: ManifestBlock, texts: Mapping[str, str]) -> Iterator[str]:
    """The comment for a text of people's own beneath which answers changed."""
    before = dict(base.beneath)
    changed = [name for name, told in ours.beneath if before.get(name) != told]
    if changed and base.beneath:
        yield "\n".join((BENEATH, *(f"{name}: {texts.get(name, NOTHING)}" for name in changed)))


def elsewhere(base: ManifestBlock, ours: ManifestBlock, *, text: bool, state: Sequence[str] = ()) -> str:
    """The comment for a block that was deleted or merged with others: its newer ``text`` where that changed,
    and what else changed; empty for nothing."""
    lines = [with_chart(show(ours.text), ours)] if text else []
    lines += state
    head = ELSEWHERE if text else STATE
    return "\n".join((head.format(title=ours.title or base.title), *lines)) if lines else ""


def state_of(base: ManifestBlock, ours: ManifestBlock, beneath: Mapping[str, str]) -> tuple[str, ...]:
    """What changed of a block beside its text: its label, its comments, what stands beneath it."""
    label = [ours.label] if ours.label != base.label and ours.label else []
    return (*label, *new_comments(base, ours), *_beneath(base, ours, beneath))


def of_copy(plan: BlockPlan) -> str:
    """The comment on a copy of a passage where the other one changes; empty where it does not."""
    if plan.change == "removed":
        return COPY_GONE.format(title=plan.title)
    is_news = plan.carries or (plan.change in ("conflict", "absorbed") and bool(plan.comment))
    if plan.ours is None or not is_news:
        return ""
    return f"{COPY.format(title=plan.title)}\n{show(plan.ours)}"


# Offers -------------------------------------------------------------------------------------------------


def pending(base: ManifestBlock, ours: ManifestBlock, offer: Offer | None) -> ManifestBlock:
    """A block whose base stays while an offer is open; label, comments and chart are those of the data."""
    return replace(
        base,
        title=ours.title,
        label=ours.label,
        comments=ours.comments,
        beneath=ours.beneath,
        plot=ours.plot,
        offer=offer,
    )


def news(base: ManifestBlock, ours: ManifestBlock) -> tuple[Source, ...]:
    """The sources of what is new in a block; all of them where only words went."""
    known = {_key(source) for source in base.sources}
    return tuple(source for source in ours.sources if _key(source) not in known) or ours.sources


def all_sources(base: ManifestBlock, ours: ManifestBlock) -> tuple[Source, ...]:
    """The sources of what a block says now and of what it said before."""
    return (*ours.sources, *(source for source in base.sources if source not in ours.sources))


def _key(source: Source) -> tuple[str, ...]:
    return source.agency, source.number or source.sheet, source.field, source.digest


def stands(comment: str, threads: Iterable[Thread]) -> bool:
    """Whether one of the tool's comments still stands, and nobody resolved it."""
    return any(t.is_own and not t.resolved and says(t, comment) for t in threads)


def is_elsewhere(offer: Offer) -> bool:
    """Whether an offer was made because its passage was deleted or merged with others."""
    return offer.comment.partition("\n")[0].endswith(ELSEWHERE.partition("{title}")[2])


def says(thread: Thread, comment: str) -> bool:
    """Whether a comment says something, blanks set aside."""
    return thread.text.split() == comment.split()


def stale_offer(base: ManifestBlock, threads: Iterable[Thread]) -> tuple[str, ...]:
    """The comment of an offer that newer data overtake."""
    if base.offer is None:
        return ()
    found = (t for t in threads if t.is_own and not t.answered and says(t, base.offer.comment))
    return tuple(thread.id for thread in found)
