"""Plans for blocks that an editor deleted or merged with others, and for those that the data no longer give.

Nothing is put back: what the data say of them now is told in a comment, once, and stays on offer while that
comment stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from uprreport.files.word.manifest import ManifestBlock, Offer
from uprreport.files.word.regions import RegionText
from uprreport.files.word.threads import Thread
from uprreport.files.word.wording import same_wording
from uprreport.revise.blocks import BlockPlan, Theirs
from uprreport.revise.edited import is_edited, same_block, same_plot, stands_in, text_of
from uprreport.revise.telling import (
    GONE,
    elsewhere,
    news,
    own_marks,
    pending,
    stale_offer,
    stands,
    state_of,
)


def plan_deleted(
    base: ManifestBlock, ours: ManifestBlock | None, beneath: Mapping[str, str], threads: Sequence[Thread]
) -> BlockPlan:
    """A block that an editor deleted stays deleted; the place above it hears of what changes."""
    if ours is None:
        return BlockPlan(base.id, base.title, "deleted", None, drop=stale_offer(base, threads))
    plan = BlockPlan(base.id, base.title, "deleted", None, ours=ours.text)
    return _offered(plan, base, ours, threads, state_of(base, ours, beneath))


def plan_absorbed(
    base: ManifestBlock,
    theirs: Theirs,
    ours: ManifestBlock,
    beneath: Mapping[str, str],
    threads: Sequence[Thread],
) -> BlockPlan:
    """A block whose paragraph it shares with others hears of changes of its text in a comment only."""
    plan = replace(
        own_marks(base, theirs, ours, beneath),
        title=base.title,
        change="absorbed",
        theirs=theirs,
        ours=ours.text,
        by_text=theirs.by_text,
    )
    if stands_in(ours.text, text_of(base, theirs)) and same_plot(base, ours):
        drop = (*plan.drop, *stale_offer(base, threads))
        return replace(plan, drop=drop, after=replace(ours, anchor=base.anchor))
    return _offered(plan, base, ours, threads)


def _offered(
    plan: BlockPlan,
    base: ManifestBlock,
    ours: ManifestBlock,
    threads: Sequence[Thread],
    state: Sequence[str] = (),
) -> BlockPlan:
    """The plan with a comment for a text that changed, unless it is on offer already, and for a ``state``."""
    after = replace(ours, anchor=base.anchor)
    offer = base.offer
    is_known = offer is not None and same_wording(offer.text, ours.text) and same_plot(base, ours)
    if is_known and offer is not None:
        if stands(offer.comment, threads):
            after = pending(base, ours, offer)
        return replace(plan, after=after, comment=elsewhere(base, ours, text=False, state=state))
    plan = replace(plan, drop=(*plan.drop, *stale_offer(base, threads)))
    if same_block(base, ours):
        return replace(plan, after=after, comment=elsewhere(base, ours, text=False, state=state))
    comment = elsewhere(base, ours, text=True, state=state)
    told = Offer(ours.text, comment, news(base, ours))
    return replace(plan, after=pending(base, ours, told), comment=comment)


def plan_removed(base: ManifestBlock, theirs: Theirs) -> BlockPlan:
    """A block that the data no longer give is struck, unless an editor worked on it."""
    plan = BlockPlan(
        base.id, base.title, "removed", None, theirs=theirs, ours=RegionText(), by_text=theirs.by_text
    )
    own = len(theirs.drawn) != int(base.plot is not None)  # charts and pictures of an editor's own
    is_whole = not (own or theirs.shared or theirs.is_limited)
    if is_edited(base, theirs) is False and is_whole:
        return plan
    if base.offer is not None and base.offer.text == RegionText():
        after = base if stands(base.offer.comment, theirs.threads) else None
        return replace(plan, change="kept", after=after)
    comment = f"{base.title}: {GONE}" if theirs.shared else GONE
    drop = stale_offer(base, theirs.threads)
    after = replace(base, offer=Offer(RegionText(), comment))
    return replace(plan, change="conflict", after=after, comment=comment, drop=drop, clash=True)
