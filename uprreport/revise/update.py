"""A revised draft and the present data become an updated draft: located, planned, then carried out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from uprreport.files.word.document import comments_of
from uprreport.files.word.fields import lasting
from uprreport.files.word.manifest import Earlier, Manifest, make_manifest, write_manifest
from uprreport.files.word.notes import read_notes
from uprreport.files.word.regions import Region, RegionText, label_text, raw_text, read_rows
from uprreport.files.word.revised import Revised
from uprreport.files.word.threads import Thread
from uprreport.files.word.xml import Element, style_of
from uprreport.model import Draft, Source
from uprreport.revise.blocks import BlockPlan, Theirs
from uprreport.revise.bounds import bound, shorten_comment
from uprreport.revise.carrier import Carrier
from uprreport.revise.copies import find_copies
from uprreport.revise.locate import Line, Located, locate
from uprreport.revise.order import order_ids, with_places
from uprreport.revise.plan import Seen, plan_block, plan_withheld
from uprreport.revise.telling import of_copy


def _nothing(_what: object) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Withheld:
    """How to tell what is no longer for publication: by the source of a block, and in any text."""

    by_source: Callable[[Source], bool] = _nothing
    in_text: Callable[[str], bool] = _nothing


@dataclass(frozen=True, slots=True)
class Updated:
    """An updated draft: its bytes, its manifest as XML, and what became of each block."""

    content: bytes
    manifest: bytes
    manifest_id: str
    plans: tuple[BlockPlan, ...]

    @property
    def touched(self) -> bool:
        """Whether anything in the document changed."""
        return any(plan.touches for plan in self.plans)


def update_draft(
    revised: Revised,
    base: Manifest,
    draft: Draft,
    today: datetime.date,
    withheld: Withheld | None = None,
) -> Updated:
    """The revised draft with the present data in it, tracked.

    ``base`` is what the revised draft was generated from, ``draft`` what would be generated now. Only blocks
    whose data changed are touched. What is ``withheld`` by now is removed for good.
    """
    held = withheld or Withheld()
    fresh = Revised(draft.content, "the new draft", today)
    ours = fresh.manifest()
    if ours is None:
        raise AssertionError("a fresh draft has no manifest")
    lines = read_lines(revised)
    located = locate(base, lines)
    regions = regions_by_block(revised, located)
    theirs = read_theirs(revised, regions, located)
    threads = tuple(revised.threads().values())
    seen = {block.id: Seen(draft.beneath.get(block.id, {}), threads) for block in base.blocks}
    plans = make_plans(base, ours, theirs, seen, held.by_source)
    copies = find_copies(base, lines, located)
    plans = [_with_copies(plan, len(copies.get(plan.id, ()))) for plan in plans]
    nodes = revised.nodes()
    again = {block: [nodes[at] for at in places] for block, places in copies.items()}
    Carrier(revised, fresh, regions, regions_of(fresh, ours), again).carry(plans)
    scrubbed = revised.scrub(held.in_text) if withheld is not None else 0
    manifest = _next_manifest(base, ours, plans, today)
    changed = manifest.id != base.id
    touched = changed or scrubbed > 0 or any(plan.touches for plan in plans)
    content = revised.content(manifest if touched else None)
    return Updated(content, write_manifest(manifest), manifest.id, tuple(plans))


def _with_copies(plan: BlockPlan, count: int) -> BlockPlan:
    """The plan of a passage that stands more than once: its copies hear of what changes."""
    if not count:
        return plan
    return replace(
        plan, copies=count, on_copies=shorten_comment(of_copy(plan), f"{plan.title} has the rest.")
    )


def regions_of(document: Revised, manifest: Manifest) -> Mapping[str, Region]:
    """The regions of a document whose anchors are all there, by block."""
    ids = {block.anchor: block.id for block in manifest.blocks}
    found = (region for region in document.regions() if region.anchors and region.anchors[0] in ids)
    return {ids[region.anchors[0]]: region for region in found}


# Reading ------------------------------------------------------------------------------------------------


def read_lines(revised: Revised) -> list[Line]:
    """The paragraphs at the top of a revised draft, as the search for blocks sees them."""
    return [_line(revised, node) for node in revised.nodes()]


def _line(revised: Revised, node: Element) -> Line:
    text = lasting(raw_text(node, revised.styles).strip())
    label = label_text(node, revised.styles)
    anchors = revised.anchors(node)
    is_gone = not text and not label and revised.is_struck(node)
    return Line(anchors, label, revised.styles.name(style_of(node)), text, is_gone)


def regions_by_block(revised: Revised, located: Located) -> Mapping[str, Region]:
    """The region of each block that was found; blocks in one paragraph share theirs."""
    nodes = revised.nodes()
    starts = {id(nodes[at]): ids for at, ids in located.starts.items()}
    found = revised.regions(lambda node: starts.get(id(node), ()))
    return {block: region for region in found for block in region.anchors}


def read_theirs(revised: Revised, regions: Mapping[str, Region], located: Located) -> Mapping[str, Theirs]:
    """What each block reads in the revised draft."""
    threads = revised.threads()
    found: dict[str, Theirs] = {}
    for block, region in regions.items():
        story = revised.story(region.paragraphs, touch=False)
        found[block] = Theirs(
            paragraphs=story.paragraphs,
            tables=tuple(tuple(read_rows(table, revised.styles)) for table in region.tables),
            label=revised.label(region, located.anchors.get(block, "")),
            threads=_threads_of(revised, region, threads),
            shared=len(region.anchors) > 1,
            by_text=block in located.by_text,
            drawn=tuple(drawn.seen for drawn in revised.drawn(region)),
            notes=read_notes(region.elements, revised.notes),
            tracked=revised.has_own_changes(region),
            held=revised.is_held(region),
            fixed=story.fixed,
            closed=revised.closed_cells(region),
            boxes=revised.boxes(region),
        )
    return found


def _threads_of(revised: Revised, region: Region, threads: Mapping[str, Thread]) -> tuple[Thread, ...]:
    """The comments on a region; those on one into which nothing may be written stand beside it."""
    if revised.is_held(region):
        return tuple(threads.values())
    return tuple(threads[number] for number in comments_of(region) if number in threads)


def read_passages(revised: Revised) -> Mapping[str, tuple[str, ...]]:
    """Everything that a draft says, by the block in whose region it stands."""
    manifest = revised.manifest()
    located = locate(manifest, read_lines(revised)) if manifest is not None else Located({})
    regions = regions_by_block(revised, located)
    return {
        block: (
            *(text for _, text in revised.story(region.paragraphs, touch=False).paragraphs),
            *(cell for table in region.tables for row in read_rows(table, revised.styles) for cell in row),
            *(text for _, text in read_notes(region.elements, revised.notes)),
            *revised.boxes(region),
        )
        for block, region in regions.items()
    }


# Planning -----------------------------------------------------------------------------------------------


def make_plans(
    base: Manifest,
    ours: Manifest,
    theirs: Mapping[str, Theirs],
    seen: Mapping[str, Seen],
    is_withheld: Callable[[Source], bool],
) -> list[BlockPlan]:
    """The plans of all blocks: those of the base in their order, new ones where ours has them."""
    now = {block.id: block for block in with_places(base.blocks, ours.blocks)}
    plans: dict[str, BlockPlan] = {}
    for block in base.blocks:
        lost = any(is_withheld(source) for source in block.sources)
        plan = plan_withheld if lost else plan_block
        new = now.get(block.id)
        plans[block.id] = bound(plan(block, theirs.get(block.id), new, seen[block.id]), new)
    for block in ours.blocks:
        if block.id not in plans:
            plans[block.id] = BlockPlan(
                block.id,
                block.title,
                "added",
                replace(block, earlier=(Earlier(RegionText()),)),
                comments=block.comments,
                ours=block.text,
            )
    ids = order_ids([block.id for block in base.blocks], [block.id for block in ours.blocks])
    return [plans[block_id] for block_id in ids]


def _next_manifest(
    base: Manifest, ours: Manifest, plans: Sequence[BlockPlan], today: datetime.date
) -> Manifest:
    """The manifest of the updated draft; the old one where no entry changed."""
    entries = [plan.after for plan in plans if plan.after is not None]
    made = make_manifest(base.review, ours.version, today.isoformat(), entries, base.carried)
    return base if made.id == base.id else replace(made, previous=base.id)
