"""A draft that editors revised, changed by small operations; everything else is left alone."""

from __future__ import annotations

import contextlib
import copy
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from uprreport.files.word import properties, seal
from uprreport.files.word import styles as names
from uprreport.files.word.adopt import adopt
from uprreport.files.word.anchors import Bookmarks
from uprreport.files.word.comments import AUTHOR, Comments
from uprreport.files.word.containers import (
    block_before,
    blocks,
    box_around,
    is_bound,
    outside,
    paragraphs,
    take_out,
    twins,
)
from uprreport.files.word.document import COMMENTS, Document
from uprreport.files.word.imported import bring_in
from uprreport.files.word.label_runs import label_runs
from uprreport.files.word.manifest import NAMESPACE, Manifest, write_manifest
from uprreport.files.word.notes import KINDS, REFERENCES, kind_of, references_in
from uprreport.files.word.package import rewrite_parts
from uprreport.files.word.plots import Drawn, Grid
from uprreport.files.word.redraw import describe, redraw, refit
from uprreport.files.word.regions import (
    Region,
    is_section_break,
    label_text,
    run_style,
)
from uprreport.files.word.speech import write
from uprreport.files.word.splitting import isolate
from uprreport.files.word.story import Pen, Story
from uprreport.files.word.threads import remove_thread
from uprreport.files.word.tracking import (
    insert_runs,
    is_in,
    mark_end,
    outermost,
    remove,
    strike,
    strike_paragraph,
    track_row,
)
from uprreport.files.word.xml import Element, element, get, serialise, style_of, w

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class Revised(Document):
    """A revised draft that changes are made in; ``content`` gives the bytes after all of them."""

    def __init__(self, content: bytes, shown: str, today: datetime.date, author: str = AUTHOR) -> None:
        """Read a .docx, called ``shown``. Raises ``UprReportError`` when it cannot be read."""
        super().__init__(content, shown)
        self._author = author
        self._date = f"{today.isoformat()}T00:00:00Z"
        self._next = max(map(_highest_id, self._stories())) + 1
        self._bookmarks = Bookmarks(self._root)
        self._touched = False

    # Stories ----------------------------------------------------------------------------------------------

    def story(self, nodes: Sequence[Element], *, strikes: bool = True, touch: bool = True) -> Story:
        """Paragraphs of this document, to be changed word by word (``touch``), or only read."""
        self._touched = self._touched or touch
        return Story(nodes, self.styles, Pen(self._mark, strikes=strikes))

    def _mark(self, kind: str) -> Element:
        made = element(kind, id=str(self._next), author=self._author, date=self._date)
        self._next += 1
        return made

    @contextlib.contextmanager
    def written_by(self, author: str) -> Iterator[None]:
        """For a while, changes are authored by somebody else."""
        before, self._author = self._author, author
        try:
            yield
        finally:
            self._author = before

    # Labels and comments ----------------------------------------------------------------------------------

    def relabel(self, nodes: Iterable[Element], anchor: str, label: str) -> None:
        """Replace the label of a block, tracked, in the paragraphs of its region; its bookmark stays.

        Without the bookmark the first paragraph's label is meant.
        """
        self._touched = True
        style = self.styles.id(names.LABEL)
        held = list(nodes)
        runs = label_runs(held, self.styles, anchor) or [
            one for one in held[0].iter(w("r")) if run_style(one) == style and not is_in(one, "del")
        ]
        if not runs:
            return
        inserted = self._mark("ins")
        inserted.extend(write(f"{label} ", style, rtl=self.styles.is_rtl("")))
        outside = runs[-1]
        parent = outside.getparent()
        if parent is not None and parent.tag == w("ins"):
            outside = parent
        outside.addnext(inserted)
        for one in runs:
            strike(one, self._mark("del"))

    def comment(self, node: Element, text: str) -> None:
        """Put a comment on the text of a paragraph; beside one that can hold none."""
        self._touched = True
        node = _commentable(node)
        day = datetime.date.fromisoformat(self._date[:10])
        comments = Comments(self._comments_root, self.styles, day)
        start, end, reference = comments.around([], [text])
        opening = [c for c in node if c.tag == w("pPr")]
        label = [c for c in node if c.tag == w("bookmarkEnd") and label_text(node, self.styles)]
        before = label[:1] or opening[:1]
        node.insert(node.index(before[0]) + 1 if before else 0, start)
        node.extend([end, reference])

    def uncomment(self, number: str) -> None:
        """Take one of the tool's own comments away."""
        self._touched = True
        remove_thread(number, self._root, self._comments_root, self.parts)

    def scrub(self, holds: Callable[[str], bool]) -> int:
        """Remove struck text and own comments that hold something, for good; gives how many there were."""
        count = 0
        for node in [n for root in self._stories() for n in root.iter(w("del"), w("moveFrom"))]:
            text = "".join(t.text or "" for t in node.iter(w("delText"), w("t")))
            text += "".join(f"\n{self.notes.text(told)}" for told in node.iter(*REFERENCES))
            if text and holds(text):
                remove(node)
                self.notes.touch()
                count += 1
        for thread in self.threads().values():
            if thread.is_own and holds(thread.text):
                self.uncomment(thread.id)
                count += 1
        self._touched = self._touched or count > 0
        return count

    # Tables -----------------------------------------------------------------------------------------------

    def delete_row(self, row: Element, *, strikes: bool = True) -> None:
        """Delete a row of a table."""
        self._touched = True
        if not strikes:
            take_out(row)
            return
        track_row(row, self._mark("del"))
        for node in paragraphs(row):
            strike_paragraph(node, self._mark)

    def insert_row(self, after: Element, like: Element, source: Document) -> Element:
        """Insert a copy of a row of another document below a row; gives the new one."""
        self._touched = True
        made = self._bring_in(like, source)
        outside(after).addnext(made)
        track_row(made, self._mark("ins"))
        for node in paragraphs(made):
            insert_runs(node, self._mark)
        return made

    # Charts -----------------------------------------------------------------------------------------------

    def redraw(self, chart: Drawn, rows: Grid, like: tuple[Document, Drawn], alternative: str | None) -> None:
        """Make a chart show other data in its own look; ``like`` is one of another document that has them."""
        self._touched = True
        source, fresh = like
        redraw(self.parts, chart.part, rows, source.parts[fresh.part])
        refit(chart, fresh)
        if alternative is not None:
            describe(chart.node, alternative)

    # Blocks -----------------------------------------------------------------------------------------------

    def _bring_in(self, node: Element, source: Document) -> Element:
        """A copy of another document's element, with its notes, that fits in here."""

        def fit(one: Element) -> Element:
            return bring_in(one, source.styles, self.styles, self._bookmarks)

        made = fit(node)
        self.notes.adopt(made, source.notes, fit)
        return made

    def insert_block(
        self, after: Element | None, nodes: Iterable[Element], source: Document
    ) -> list[Element]:
        """Insert copies of another draft's paragraphs and tables behind an element, tracked.

        With ``after`` None they come first in the body. Comments and marks of contents are left behind;
        charts and pictures come along.
        """
        self._touched = True
        kept = [node for node in nodes if not is_section_break(node)]
        made = [self._bring_in(node, source) for node in kept]
        for node in reversed(made):
            if after is None:
                self.body.insert(0, node)
            else:
                outside(after).addnext(node)
        adopt(made, source.parts, self.parts, self._root)
        for node in made:
            if node.tag == w("tbl"):
                for row in node.iter(w("tr")):
                    track_row(row, self._mark("ins"))
            for one in paragraphs(node):
                insert_runs(one, self._mark)
                if node.tag == w("p"):
                    mark_end(one, self._mark("ins"))
        return made

    def delete_region(self, region: Region, *, strikes: bool = True) -> None:
        """Delete everything that a region holds, but what is made anew with every draft."""
        self._touched = True
        for node in region.elements:
            if is_section_break(node) or self.styles.name(style_of(node)) in names.GENERATED:
                continue
            if not strikes:
                take_out(node)
            elif node.tag == w("tbl"):
                for row in self.rows(node):
                    self.delete_row(row)
            else:
                strike_paragraph(node, self._mark)
                mark_end(node, self._mark("del"))

    # Notes ------------------------------------------------------------------------------------------------

    def note_story(self, reference: Element, *, strikes: bool = True) -> Story:
        """The note that a reference leads to, to be changed word by word."""
        self.notes.touch()
        return self.story(self.notes.paragraphs(reference), strikes=strikes)

    def delete_note(self, reference: Element, *, strikes: bool = True) -> None:
        """Delete a reference with the blank beside it; the note goes with it once that is accepted, or at
        once."""
        self._touched = True
        holder = isolate(reference)
        for one in (holder, *self.notes.gap_beside(holder)):
            if strikes:
                strike(one, self._mark("del"))
            else:
                remove(one)

    def insert_note(self, node: Element, like: Element, source: Document) -> None:
        """Insert a copy of another document's note at the end of a paragraph: footnotes before endnotes, as
        every passage has them."""
        self._touched = True
        carrier = element("r", element(like.tag.rpartition("}")[2], id=get(like, "id")))
        look = like.getprevious()
        if look is not None and look.tag == w("rPr"):
            carrier.insert(0, copy.deepcopy(look))
        made = list(self._bring_in(element("p", carrier), source))
        marks = references_in(node)
        place = KINDS.index(kind_of(like))
        behind = next((mark for mark in marks if KINDS.index(kind_of(mark)) > place), None)
        gap = [self.notes.gap(kind_of(like))] if marks else []
        for one in (*gap, *made) if behind is None else (*made, *gap):
            inserted = self._mark("ins")
            inserted.append(one)
            if behind is None:
                node.append(inserted)
            else:
                outermost(isolate(behind)).addprevious(inserted)

    def keep_in_step(self, box: Element) -> None:
        """Make the box that older programs show hold what the one beside it holds."""
        self._touched = True
        if next(blocks(box), None) is None:
            box.append(element("p"))
        for other in twins(box):
            other[:] = [copy.deepcopy(node) for node in box]

    # Writing ----------------------------------------------------------------------------------------------

    def content(self, manifest: Manifest | None) -> bytes:
        """The document with all changes and another manifest: untouched parts keep every byte."""
        if manifest is None and not self._touched:
            return self._original
        changed: dict[str, bytes] = {}
        if self._touched:
            self.notes.settle(self._root)
            changed["word/document.xml"] = serialise(self._root)
            self.notes.save(self.parts)
        if manifest is not None:
            self._put_manifest(manifest)
        if self._touched and (len(self._comments_root) or COMMENTS in self.parts):
            properties.add_part(self.parts, COMMENTS, serialise(self._comments_root), f"{_WORD}.comments+xml")
            properties.relate(self.parts, "word/document.xml", f"{_OFFICE}/comments", COMMENTS)
        self.parts.update(changed)
        return rewrite_parts(self._original, self.parts)

    def _put_manifest(self, manifest: Manifest) -> None:
        xml = write_manifest(manifest)
        found = properties.find_custom_xml(self.parts, NAMESPACE)
        if found:
            for name in found:
                self.parts[name] = xml
        else:
            properties.add_custom_xml(self.parts, xml, NAMESPACE)
        held = {
            "uprreport review": manifest.review,
            "uprreport manifest": manifest.id,
            "uprreport manifest digest": seal.digest(xml),
        }
        properties.update_custom(self.parts, held)


def _commentable(node: Element) -> Element:
    """The paragraph that can hold a comment on another: Word allows none in text boxes, and takes away those
    in controls that it fills in."""
    while (box := box_around(node)) is not None:
        node = next(box.iterancestors(w("p")), node)
    other: Element | None = node
    while other is not None and (other.tag != w("p") or is_bound(other)):
        other = block_before(other)
    return other if other is not None else node


def _highest_id(root: Element) -> int:
    found = (get(node, "id") for node in root.iter() if node.get(w("author")) is not None)
    return max((int(number) for number in found if number.lstrip("-").isdigit()), default=0)
