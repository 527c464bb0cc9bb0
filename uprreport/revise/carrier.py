"""Plans carried out in a revised draft: words, rows and notes change where they stand, what is new is copied
from another document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from uprreport.files.word.containers import box_around, next_block
from uprreport.files.word.containers import paragraphs as paragraphs_in
from uprreport.files.word.marks import marks_in
from uprreport.files.word.notes import is_standing, kind_of, references_in
from uprreport.files.word.regions import Region, raw_text
from uprreport.files.word.revised import Revised
from uprreport.files.word.tokens import reads_the_same
from uprreport.files.word.xml import Element, w
from uprreport.revise.blocks import BlockPlan
from uprreport.revise.carry import carry_out
from uprreport.revise.notes import NotesPlan, same_notes
from uprreport.revise.place import Places
from uprreport.revise.tables import TablePlan, paragraphs


class Carrier:
    """Carries plans out in a revised draft; new rows and blocks are copied from another document."""

    def __init__(
        self,
        revised: Revised,
        source: Revised,
        regions: Mapping[str, Region],
        new: Mapping[str, Region],
        copies: Mapping[str, Sequence[Element]] | None = None,
    ) -> None:
        """``regions`` are those of the revised draft, ``new`` those of ``source``, ``copies`` the paragraphs
        that open further copies of a passage, all by block."""
        self._copies = copies or {}
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
            for node in self._copies.get(plan.id, ()) if plan.on_copies else ():
                if node.getparent() is not None:
                    self._revised.comment(node, plan.on_copies)

    def _carry(self, plan: BlockPlan) -> None:
        for number in plan.drop:
            self._revised.uncomment(number)
        region = self._regions.get(plan.id)
        if region is None or plan.change == "deleted":
            if plan.comment:
                self._revised.comment(self._places.heading_above(plan.id), plan.comment)
            return
        box = box_around(region.elements[0])
        self._change(plan, region)
        if box is not None and plan.withheld:  # a box holds its words twice
            self._revised.keep_in_step(box)

    def _change(self, plan: BlockPlan, region: Region) -> None:
        if plan.change == "removed":
            self._revised.delete_region(region, strikes=not plan.withheld)
            return
        marks = [mark for node in region.elements for mark in references_in(node)]
        if plan.table is not None and plan.table.touches:
            self._change_table(plan, plan.table, region)
        if plan.changes and plan.ours is not None:
            story = self._revised.story(region.paragraphs, strikes=not plan.withheld)
            story.missing = self._missing(plan)
            carry_out(story, plan.ours.paragraphs, plan.changes)
        self._carry_notes(plan, marks)
        if plan.label is not None:
            anchor = plan.after.anchor if plan.after is not None else ""
            self._revised.relabel(region.paragraphs or region.elements, anchor, plan.label)
        self._change_chart(plan, region)
        for text in (*plan.comments, *([plan.comment] if plan.comment else [])):
            self._revised.comment(region.elements[0], text)

    def _missing(self, plan: BlockPlan) -> frozenset[str]:
        """The marks of missing text in what the data say: they come in the style of those."""
        nodes = self._new[plan.id].paragraphs if plan.id in self._new else ()
        return frozenset(told for node in nodes for told in marks_in(node, self._source.styles))

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
            nodes = list(paragraphs_in(self._revised.cells(rows[cell.row])[cell.column]))
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
        notes = self._revised.notes
        standing = [mark for mark in marks if is_standing(mark)]
        free = {at: (kind_of(mark), notes.text(mark)) for at, mark in enumerate(standing)}
        ours = [mark for node in self._new[plan.id].elements for mark in references_in(node)]
        for mark, note in zip(ours, plan.ours.notes if plan.ours is not None else (), strict=True):
            at = next((at for at, other in free.items() if same_notes([note], [other])), None)
            if at is None:
                continue
            del free[at]
            node = self._paragraph_like(self._regions[plan.id], mark)
            holder = next(standing[at].iterancestors(w("p")))
            if node is not None and node is not holder and not self._is_like(holder, mark):
                self._revised.delete_note(standing[at], strikes=not plan.withheld)
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
            node = next_block(node)

    def _add(self, plan: BlockPlan) -> None:
        region = self._new.get(plan.id)
        if region is None:
            return
        after = self._places.end_before(plan.id)
        made = self._revised.insert_block(after, region.elements, self._source)
        self._places.note(plan.id, made)
        for text in plan.comments:
            self._revised.comment(made[0], text)
