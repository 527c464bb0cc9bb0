"""What editors do to a draft, done to its XML: typing, deleting, splitting, moving, tracking, commenting."""

from __future__ import annotations

import copy
import datetime

from drafts import TODAY, document, notes_of
from uprreport.files.word.anchors import PREFIX, anchors_in
from uprreport.files.word.containers import body_of, top_paragraphs
from uprreport.files.word.fields import find_fields, lasting
from uprreport.files.word.notes import REFERENCES, Notes
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.regions import is_section_break, read_regions, read_text, run_style
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, element, get, parse, run, serialise, style_of, w

NOTE_STYLES = ("footnote reference", "endnote reference")
WHEN = "2026-04-10T09:00:00Z"


class Editor:
    """A draft in an editor's hands."""

    def __init__(self, content: bytes) -> None:
        self.parts = read_parts(content)
        self.root = parse(self.parts["word/document.xml"])
        self.body = body_of(self.root)
        self.styles = Styles(parse(self.parts["word/styles.xml"]))
        self.notes = Notes(self.parts, self.styles)

    def save(self) -> bytes:
        self.notes.settle(self.root)
        self.parts["word/document.xml"] = serialise(self.root)
        self.notes.save(self.parts)
        return write_parts(self.parts)

    def paragraphs(self) -> list[Element]:
        return list(top_paragraphs(self.body))

    def paragraph(self, anchor: str) -> Element:
        """The paragraph with an anchor (without its prefix)."""
        return next(p for p in self.paragraphs() if PREFIX + anchor in anchors_in(p))

    def runs(self, node: Element) -> list[Element]:
        """The runs of text in a paragraph, but its label, what stands between the marks of its notes, and
        numbers that are computed: what is typed into those is lost to every program."""
        others = {self.styles.id(name) for name in ("UPR Label", *NOTE_STYLES)}
        held = {one for told in find_fields(node) for one in told.runs}
        return [
            one
            for one in node.iter(w("r"))
            if one.find(w("t")) is not None and run_style(one) not in others and one not in held
        ]

    def marks(self, node: Element) -> list[Element]:
        """The runs of the marks of notes in a paragraph, and of the blanks between them."""
        own = {self.styles.id(name) for name in NOTE_STYLES}
        return [one for one in node.iter(w("r")) if run_style(one) in own]

    def replace(self, anchor: str, old: str, new: str) -> None:
        """Type over some words of a block's first paragraph."""
        for one in self.runs(self.paragraph(anchor)):
            for text in one.iter(w("t")):
                if old in (text.text or ""):
                    text.text = (text.text or "").replace(old, new, 1)
                    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                    return
        raise AssertionError(f"{old!r} is not in {anchor}")

    def append(self, anchor: str, words: str) -> None:
        """Type at the end of a block's first paragraph."""
        self.runs(self.paragraph(anchor))[-1].addnext(run(words))

    def embolden(self, anchor: str, word: str) -> None:
        """Make one word bold, which splits its run."""
        one = next(
            r
            for r in self.runs(self.paragraph(anchor))
            if word in "".join(t.text or "" for t in r.iter(w("t")))
        )
        text = next(iter(one.iter(w("t")))).text or ""
        before, _, after = text.partition(word)
        pieces = [run(before), run(word), run(after)]
        pieces[1].insert(0, element("rPr", element("b")))
        for piece in reversed(pieces):
            one.addnext(piece)
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)

    def add_paragraph(self, anchor: str, words: str) -> None:
        """Write a paragraph of one's own below a block's first one."""
        self.paragraph(anchor).addnext(element("p", run(words)))

    def delete(self, anchor: str) -> None:
        """Delete a block's first paragraph, label and all."""
        self.body.remove(self.paragraph(anchor))

    def empty(self, anchor: str) -> None:
        """Delete a block's words and notes, and leave its label."""
        node = self.paragraph(anchor)
        for one in [*self.runs(node), *self.marks(node)]:
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)

    def split(self, anchor: str, at: str) -> None:
        """Press Enter before some words."""
        node = self.paragraph(anchor)
        for one in self.runs(node):
            text = next(iter(one.iter(w("t"))))
            if at in (text.text or ""):
                before, _, after = (text.text or "").partition(at)
                text.text = before.rstrip()
                following = list(one.itersiblings())
                made = element("p", run(at + after), *following)
                properties = node.find(w("pPr"))
                if properties is not None:
                    made.insert(0, copy.deepcopy(properties))
                node.addnext(made)
                return
        raise AssertionError(at)

    def join(self, anchor: str, other: str) -> None:
        """Make another block's paragraph part of a block's."""
        node, second = self.paragraph(anchor), self.paragraph(other)
        for child in list(second):
            if child.tag != w("pPr"):
                node.append(child)
        self.body.remove(second)

    def move(self, anchor: str, behind: str) -> None:
        """Cut a block's paragraph and paste it behind another's."""
        node = self.paragraph(anchor)
        self.body.remove(node)
        self.paragraph(behind).addnext(node)

    def tracked_insert(self, anchor: str, words: str, author: str = "A. Editor") -> None:
        """Type at the end of a block's first paragraph with tracking on."""
        made = element("ins", run(words), id="9001", author=author, date=WHEN)
        self.runs(self.paragraph(anchor))[-1].addnext(made)

    def tracked_delete(self, anchor: str, author: str = "A. Editor") -> None:
        """Delete the words and notes of a block's first paragraph with tracking on."""
        node = self.paragraph(anchor)
        for number, one in enumerate([*self.runs(node), *self.marks(node)], 9100):
            mark = element("del", id=str(number), author=author, date=WHEN)
            one.addprevious(mark)
            mark.append(one)
            for text in one.iter(w("t")):
                text.tag = w("delText")

    def drop_anchors(self) -> None:
        """What some programs do: every bookmark is renamed."""
        for number, start in enumerate(self.body.iter(w("bookmarkStart"))):
            start.set(w("name"), f"kix.{number}")


def accepted(content: bytes, *, notes: bool = False) -> dict[str, list[str]]:
    """What every region says with all changes accepted, by anchor, whatever numbers its fields show."""
    body, styles = document(content)
    told: dict[str, list[str]] = {}
    for region in read_regions(body):
        text = read_text(region, styles, notes_of(content).read)
        lines = [line for _, line in text.paragraphs]
        lines += [" | ".join(row) for table in text.tables for row in table]
        lines += [note for _, note in text.notes] if notes else []
        for anchor in region.anchors:
            told[anchor.removeprefix(PREFIX)] = [lasting(line) for line in lines]
    return told


def everything(content: bytes) -> str:
    """Every character of a draft, inserted, deleted or in comments."""
    parts = read_parts(content)
    names = ("word/document.xml", "word/comments.xml", "word/footnotes.xml", "word/endnotes.xml")
    roots = [parse(parts[name]) for name in names if name in parts]
    return "\n".join(
        "".join(t.text or "" for t in p.iter(w("t"), w("delText"))) for r in roots for p in r.iter(w("p"))
    )


def comments(content: bytes) -> list[str]:
    """The comments of a draft, paragraphs one a line."""
    parts = read_parts(content)
    if "word/comments.xml" not in parts:
        return []
    root = parse(parts["word/comments.xml"])
    return [
        "\n".join("".join(t.text or "" for t in p.iter(w("t"))) for p in node.iter(w("p")))
        for node in root.iter(w("comment"))
    ]


def tracked(content: bytes) -> list[tuple[str, str, str]]:
    """(kind, author, text) of every tracked change of text."""
    body, _ = document(content)
    found = []
    for node in body.iter(w("ins"), w("del")):
        text = "".join(t.text or "" for t in node.iter(w("t"), w("delText")))
        if text:
            found.append((node.tag.rpartition("}")[2], get(node, "author"), text))
    return found


def reject_all(content: bytes) -> bytes:
    """A document after somebody rejected all its tracked insertions and deletions of words."""
    parts = read_parts(content)
    root = parse(parts["word/document.xml"])
    for node in list(root.iter(w("ins"))):
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)
    for node in list(root.iter(w("del"))):
        for told in node.iter(w("delText")):
            told.tag = w("t")
        for child in node:
            node.addprevious(child)
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)
    parts["word/document.xml"] = serialise(root)
    return write_parts(parts)


def untouched(content: bytes, other: bytes) -> set[str]:
    """The anchors of the regions whose XML is equal in two drafts."""
    one, two = (_regions(found) for found in (content, other))
    return {name for name in one if name in two and one[name] == two[name]}


def _regions(content: bytes) -> dict[str, bytes]:
    from lxml import etree

    body, _ = document(content)
    return {
        region.anchors[0].removeprefix(PREFIX): b"".join(
            etree.tostring(_unnumbered(node), method="c14n")
            for node in region.elements
            if not is_section_break(node)
        )
        for region in read_regions(body)
        if region.anchors
    }


def _unnumbered(node: Element) -> Element:
    """A copy without the numbers of notes, which follow the order of their marks."""
    made = copy.deepcopy(node)
    for mark in made.iter(*REFERENCES):
        mark.set(w("id"), "")
    return made


def unmarked(node: Element, numbers: frozenset[str] | None = None) -> Element:
    """A part of a document from which the marks of some comments are taken, by their ids, or of all."""
    for one in list(node.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
        if numbers is None or get(one, "id") in numbers:
            holder = one.getparent()
            gone = holder if one.tag == w("commentReference") and len(holder) < 3 else one  # type: ignore[arg-type]
            gone.getparent().remove(gone)  # type: ignore[union-attr]
    return node


LATER = TODAY + datetime.timedelta(days=10)
__all__ = ["LATER", "Editor", "accepted", "comments", "everything", "style_of", "tracked", "untouched"]
