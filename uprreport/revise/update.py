"""A revised draft and the present data become an updated draft: located, planned, then carried out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uprreport.files.word.fields import lasting
from uprreport.files.word.manifest import Manifest, make_manifest, write_manifest
from uprreport.files.word.notes import read_notes, references_in
from uprreport.files.word.regions import Region, label_text, raw_text, read_rows
from uprreport.files.word.revised import Revised, comments_of
from uprreport.files.word.tokens import reads_the_same
from uprreport.files.word.xml import Element, style_of, w
from uprreport.model import Draft, Source
from uprreport.revise.blocks import BlockPlan, Theirs
from uprreport.revise.carry import carry_out
from uprreport.revise.locate import Line, Located, locate
from uprreport.revise.notes import NotesPlan, same_notes
from uprreport.revise.place import Places
from uprreport.revise.plan import plan_block, plan_withheld
from uprreport.revise.tables import TablePlan, paragraphs


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
    located = locate(base, read_lines(revised))
    regions = regions_by_block(revised, located)
    theirs = read_theirs(revised, regions, located)
    plans = make_plans(base, ours, theirs, draft.beneath, held.by_source)
    Carrier(revised, fresh, regions, regions_of(fresh, ours)).carry(plans)
    scrubbed = revised.scrub(held.in_text) if withheld is not None else 0
    manifest = _next_manifest(base, ours, plans, today)
    changed = manifest.id != base.id
    touched = changed or scrubbed > 0 or any(plan.touches for plan in plans)
    content = revised.content(manifest if touched else None)
    return Updated(content, write_manifest(manifest), manifest.id, tuple(plans))


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
        found[block] = Theirs(
            paragraphs=revised.story(region.paragraphs, touch=False).paragraphs,
            tables=tuple(tuple(read_rows(table, revised.styles)) for table in region.tables),
            label=label_text(region.elements[0], revised.styles),
            threads=tuple(threads[number] for number in comments_of(region) if number in threads),
            shared=len(region.anchors) > 1,
            by_text=block in located.by_text,
            drawn=tuple(drawn.seen for drawn in revised.drawn(region)),
            notes=read_notes(region.elements, revised.notes),
        )
    return found


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
        )
        for block, region in regions.items()
    }


# Planning -----------------------------------------------------------------------------------------------


def make_plans(
    base: Manifest,
    ours: Manifest,
    theirs: Mapping[str, Theirs],
    beneath: Mapping[str, Mapping[str, str]],
    is_withheld: Callable[[Source], bool],
) -> list[BlockPlan]:
    """The plans of all blocks: those of the base in their order, new ones where ours has them."""
    now = {block.id: block for block in ours.blocks}
    plans: dict[str, BlockPlan] = {}
    for block in base.blocks:
        lost = any(is_withheld(source) for source in block.sources)
        plan = plan_withheld if lost else plan_block
        plans[block.id] = plan(block, theirs.get(block.id), now.get(block.id), beneath.get(block.id, {}))
    for block in ours.blocks:
        if block.id not in plans:
            plans[block.id] = BlockPlan(
                block.id, block.title, "added", block, comments=block.comments, ours=block.text
            )
    ids = order_ids([block.id for block in base.blocks], [block.id for block in ours.blocks])
    return [plans[block_id] for block_id in ids]


def order_ids(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """All ids: those of before in their order, each new one behind the one that stands before it now."""
    ordered = list(before)
    known = set(before)
    last = -1
    for block_id in now:
        if block_id in known:
            last = ordered.index(block_id)
        else:
            last += 1
            ordered.insert(last, block_id)
            known.add(block_id)
    return ordered


def _next_manifest(
    base: Manifest, ours: Manifest, plans: Sequence[BlockPlan], today: datetime.date
) -> Manifest:
    """The manifest of the updated draft; the old one where no entry changed."""
    entries = [plan.after for plan in plans if plan.after is not None]
    made = make_manifest(base.review, ours.version, today.isoformat(), entries, base.carried)
    return base if made.id == base.id else made


# Carrying out -------------------------------------------------------------------------------------------


class Carrier:
    """Carries plans out in a revised draft; new rows and blocks are copied from another document."""

    def __init__(
        self, revised: Revised, source: Revised, regions: Mapping[str, Region], new: Mapping[str, Region]
    ) -> None:
        """``regions`` are those of the revised draft, ``new`` those of ``source``, by block."""
        self._revised, self._source, self._regions, self._new = revised, source, regions, new
        self._places = Places(revised, regions)

    def carry(self, plans: Sequence[BlockPlan]) -> None:
        """Carry out all plans; the places of new blocks follow the order of the plans."""
        self._places.order([plan.id for plan in plans])
        for plan in plans:  # first: what is added to a region later stays in front of them
            if plan.change == "added":
                self._add(plan)
        for plan in plans:
            if plan.change != "added" and plan.touches:
                self._carry(plan)

    def _carry(self, plan: BlockPlan) -> None:
        region = self._regions.get(plan.id)
        if region is None or plan.change == "deleted":
            if plan.comment:
                self._revised.comment(self._places.heading_above(plan.id), plan.comment)
            return
        for number in plan.drop:
            self._revised.uncomment(number)
        if plan.change == "removed":
            self._revised.delete_region(region, strikes=not plan.withheld)
            return
        marks = [mark for node in region.elements for mark in references_in(node)]
        if plan.table is not None and plan.table.touches:
            self._change_table(plan, plan.table, region)
        if plan.changes and plan.ours is not None:
            story = self._revised.story(region.paragraphs, strikes=not plan.withheld)
            carry_out(story, plan.ours.paragraphs, plan.changes)
        self._carry_notes(plan, marks)
        if plan.label is not None:
            self._revised.relabel(region.elements[0], plan.label)
        self._change_chart(plan, region)
        for text in (*plan.comments, *([plan.comment] if plan.comment else [])):
            self._revised.comment(region.elements[0], text)

    def _change_chart(self, plan: BlockPlan, region: Region) -> None:
        told = plan.chart
        if told is None:
            return
        for number in told.drop:
            self._revised.uncomment(number)
        if told.redraws:
            new = self._source.drawn(self._new[plan.id])
            fresh = next(one for one in new if one.seen.rows == told.now)
            for one in self._revised.drawn(region):
                if one.seen.rows == told.there:  # a copy that stands beside it, too
                    self._revised.redraw(one, told.now, (self._source, fresh), told.alternative)
        if told.comment:
            self._revised.comment(region.elements[0], told.comment)

    def _change_table(self, plan: BlockPlan, told: TablePlan, region: Region) -> None:
        rows = self._revised.rows(region.tables[0])
        new = self._new[plan.id].tables[0]
        ours = self._source.rows(new)
        for cell in told.cells:
            nodes = list(self._revised.cells(rows[cell.row])[cell.column].iter(w("p")))
            story = self._revised.story(nodes, strikes=not plan.withheld)
            carry_out(story, paragraphs(cell.text), cell.changes)
        last: dict[int, Element] = {}
        for after, index in told.inserted:
            above = last.get(after, rows[after])
            last[after] = self._revised.insert_row(above, ours[index], self._source)
        for index in told.struck:
            self._revised.delete_row(rows[index], strikes=not plan.withheld)

    def _carry_notes(self, plan: BlockPlan, marks: Sequence[Element]) -> None:
        """``marks`` are the references to the passage's notes as they stood."""
        if plan.notes is not None and plan.notes.touches:
            self._change_notes(plan, plan.notes, marks)
        if plan.changes:
            self._settle_notes(plan, marks)

    def _change_notes(self, plan: BlockPlan, told: NotesPlan, marks: Sequence[Element]) -> None:
        strikes = not plan.withheld
        for note in told.words:
            story = self._revised.note_story(marks[note.at], strikes=strikes)
            carry_out(story, paragraphs(note.text), note.changes)
        ours = [mark for node in self._new[plan.id].elements for mark in references_in(node)]
        for index in told.added:
            region = self._regions[plan.id]
            node = self._paragraph_like(region, ours[index])
            first = region.elements[0]
            self._revised.insert_note(node if node is not None else first, ours[index], self._source)
        for index in told.struck:
            self._revised.delete_note(marks[index], strikes=strikes)

    def _settle_notes(self, plan: BlockPlan, marks: Sequence[Element]) -> None:
        """Where words came and went, a mark may stand in a paragraph that reads like another one of ours by
        now: it goes to the paragraph that it belongs to."""
        theirs = plan.theirs.notes if plan.theirs is not None else ()
        free = dict(enumerate(theirs))
        ours = [mark for node in self._new[plan.id].elements for mark in references_in(node)]
        for mark, note in zip(ours, plan.ours.notes if plan.ours is not None else (), strict=True):
            at = next((at for at, other in free.items() if same_notes([note], [other])), None)
            if at is None:
                continue
            del free[at]
            node = self._paragraph_like(self._regions[plan.id], mark)
            holder = next(marks[at].iterancestors(w("p")))
            if node is not None and node is not holder and not self._is_like(holder, mark):
                self._revised.delete_note(marks[at], strikes=not plan.withheld)
                self._revised.insert_note(node, mark, self._source)

    def _paragraph_like(self, region: Region, mark: Element) -> Element | None:
        """The paragraph of a region that reads like the one in which a mark of ours stands."""
        nodes = (node for node in self._elements_now(region) if node.tag == w("p"))
        return next((node for node in nodes if self._is_like(node, mark)), None)

    def _is_like(self, node: Element, mark: Element) -> bool:
        wanted = raw_text(next(mark.iterancestors(w("p"))), self._source.styles)
        return reads_the_same(paragraphs(raw_text(node, self._revised.styles)), paragraphs(wanted))

    def _elements_now(self, region: Region) -> Iterator[Element]:
        """What stands in a region after changes: from its first element to the next region."""
        others = {other.elements[0] for other in self._regions.values()} - {region.elements[0]}
        node: Element | None = region.elements[0]
        while node is not None and node not in others:
            yield node
            node = node.getnext()

    def _add(self, plan: BlockPlan) -> None:
        region = self._new.get(plan.id)
        if region is None:
            return
        after = self._places.end_before(plan.id)
        made = self._revised.insert_block(after, region.elements, self._source)
        self._places.note(plan.id, made)
        for text in plan.comments:
            self._revised.comment(made[0], text)
