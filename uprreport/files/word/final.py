"""The document that is sent: a revised draft with its changes accepted, and nothing of how it was made."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from uprreport.files.pdf_figures import Figure
from uprreport.files.word import contents
from uprreport.files.word.accept import accept, remove
from uprreport.files.word.containers import body_of
from uprreport.files.word.controls import take_off_controls
from uprreport.files.word.foreign import settle_foreign
from uprreport.files.word.hidden import remove_hidden
from uprreport.files.word.labels import (
    Labels,
    drop_loose_bookmarks,
    drop_marks,
    labels_left,
    remove_anchors,
    remove_draft_paragraphs,
    remove_draft_words,
    remove_labels,
    settle_placeholders,
)
from uprreport.files.word.numbers import automatic_numbers
from uprreport.files.word.package import Parts, read_parts, write_parts
from uprreport.files.word.plots import Plot, find_drawn
from uprreport.files.word.redraw import settle_charts
from uprreport.files.word.renewing import drop_dead, drop_emptied, renew_fields
from uprreport.files.word.scrub import drop_relations, scrub_marks, scrub_package, stories, used_relations
from uprreport.files.word.styles import DRAFT_MARK, DRAFT_WORDS, LABEL, PLACEHOLDER, Styles
from uprreport.files.word.xml import Element, get, parse, plain_text, serialise, w


@dataclass(frozen=True, slots=True)
class Colophon:
    """What the final says of itself, and what is known of the draft.

    ``labels`` are those that were generated, by anchor, or None where nobody knows; ``dates`` the dates of
    the draft as its headers may print them; ``plots`` its charts as they were generated, ``generated`` its
    marks of missing text. With ``drops`` those that still stand are left out.
    """

    author: str
    today: datetime.date
    labels: Mapping[str, Collection[str]] | None = None
    dates: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()
    generated: Collection[str] = ()
    drops: bool = False


@dataclass(frozen=True, slots=True)
class Final:
    """The bytes of the final; how many labels were removed, and the changed ones that stayed.

    ``dropped`` are the marks of missing text that were left out; ``settled`` tells what of other programs,
    files and machines was made plain or taken out, ``closed`` what can be neither read nor cleaned.
    """

    content: bytes
    removed: int
    kept: tuple[str, ...]
    dropped: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


_NOTES = {"footnoteReference": ("word/footnotes.xml", "footnote"),
          "endnoteReference": ("word/endnotes.xml", "endnote")}  # fmt: skip


def make_final(content: bytes, colophon: Colophon) -> Final:
    """A revised draft as it is sent. ``content`` must be a Word document that can be read."""
    parts = read_parts(content)
    styles = Styles(parse(parts["word/styles.xml"]))
    unused = _drop_deleted_notes(parts, colophon)
    removed = 0
    kept: list[str] = []
    dropped: list[str] = []
    for name, root in list(stories(parts)):
        before, links = etree.tostring(root), used_relations(root)
        labels = _finish_story(root, styles, colophon, parts.get("word/numbering.xml"))
        removed, kept = removed + labels.removed, [*kept, *labels.kept]
        dropped += labels.dropped
        if name == "word/document.xml":
            contents.renew(root, styles, parts)
            settle_charts(root, parts, colophon.plots)
        if etree.tostring(root) != before:
            parts[name] = serialise(root)
        drop_relations(parts, name, (links | unused.get(name, set())) - used_relations(root))
    _drop_styles(parts)
    foreign = settle_foreign(parts)
    scrub_package(parts, author=colophon.author, day=colophon.today)
    told = (tuple(kept), tuple(dropped), foreign.settled, foreign.closed)
    return Final(write_parts(parts), removed, *told)


def read_final(content: bytes) -> Iterator[str]:
    """Every paragraph of a final that says anything, in all its parts."""
    for _, root in stories(read_parts(content)):
        for node in root.iter(w("p")):
            if text := plain_text(node).strip():
                yield text


def figures_of(content: bytes) -> tuple[Figure, ...]:
    """The charts and pictures in the text of a document, in their order."""
    parts = read_parts(content)
    drawn = find_drawn([parse(parts["word/document.xml"])], parts)
    return tuple(Figure(one.seen.alternative, bool(one.part)) for one in drawn)


def _finish_story(root: Element, styles: Styles, colophon: Colophon, numbering: bytes | None) -> Labels:
    """Everything that is done to one part; gives what became of its labels."""
    remove_draft_paragraphs(root, styles)  # first: what is joined to one would go with it
    accept(root)
    drop_emptied(root)
    scrub_marks(root)
    labels = remove_labels(root, styles, colophon.labels)
    remove_hidden(root, styles)
    settle_placeholders(root, styles)
    dropped = drop_marks(root, styles, colophon.generated) if colophon.drops else []
    kept = [told for told in labels.kept if told not in dropped]
    kept += [told for told in labels_left(root, styles) if not any(told in one for one in kept)]
    remove_draft_words(root, styles, colophon.dates)
    drop_loose_bookmarks(root)
    take_off_controls(root)
    if root.tag == w("document"):
        numbers = automatic_numbers(body_of(root), styles, parse(numbering) if numbering else None)
        drop_dead(body_of(root), renew_fields(body_of(root), numbers))
    remove_anchors(root)
    return Labels(labels.removed, tuple(kept), tuple(dropped))


def _drop_deleted_notes(parts: Parts, colophon: Colophon) -> dict[str, set[str]]:
    """Remove notes whose reference was deleted, is hidden or goes with a mark: their words would stay, out of
    sight.

    Gives the ids of the relationships that they used, by part.
    """
    root = parse(parts["word/document.xml"])
    unused: dict[str, set[str]] = {}
    before = {kind: _numbers(root, kind) for kind in _NOTES}
    accept(root)
    styles = Styles(parse(parts["word/styles.xml"]))
    remove_hidden(root, styles)
    if colophon.drops:
        drop_marks(root, styles, colophon.generated)
    for kind, (part, tag) in _NOTES.items():
        gone = before[kind] - _numbers(root, kind)
        if not gone or part not in parts:
            continue
        notes = parse(parts[part])
        unused[part] = used_relations(notes)
        for note in list(notes.iter(w(tag))):
            if get(note, "id") in gone:
                remove(note)
        parts[part] = serialise(notes)
    return unused


def _numbers(root: Element, kind: str) -> set[str]:
    return {get(node, "id") for node in root.iter(w(kind))}


def _drop_styles(parts: Parts) -> None:
    """Remove the styles of the tool's marks, where nothing is written in them any more."""
    root = parse(parts["word/styles.xml"])
    marks = {name.lower() for name in (LABEL, PLACEHOLDER, DRAFT_MARK, DRAFT_WORDS)}
    used = {
        get(node, "val")
        for _, story in stories(parts)
        for node in story.iter(*(w(tag) for tag in ("pStyle", "rStyle", "basedOn", "next", "link")))
    }
    gone = [
        style
        for style in root.iter(w("style"))
        if (name := style.find(w("name"))) is not None
        and get(name, "val").lower() in marks
        and get(style, "styleId") not in used
    ]
    for style in gone:
        remove(style)
    if gone:
        parts["word/styles.xml"] = serialise(root)
