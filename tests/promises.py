"""What an update promises, checked on what went in and what came out, without the engine's own notions."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from drafts import document, manifest, notes_of
from editors import unmarked
from hands import MARK
from merging import apply
from oracle import accept, canonical, differences, reject
from uprreport.files.word.anchors import anchors_in
from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.fields import lasting
from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.notes import REFERENCES, Notes, kind_of, references_in
from uprreport.files.word.package import read_parts
from uprreport.files.word.plots import WP, A, Grid, c, find_drawn, read_rows, related
from uprreport.files.word.regions import raw_text, read_regions, read_text
from uprreport.files.word.styles import Styles
from uprreport.files.word.threads import threads_in
from uprreport.files.word.tokens import END, keys, tokenise
from uprreport.files.word.xml import OPEN, Element, R, get, parse, style_of, w
from uprreport.revise.blocks import BlockPlan
from uprreport.revise.update import Updated

Owners = Mapping[str, tuple[str, ...]]


# Blocks whose data did not change -----------------------------------------------------------------------


def changed_anchors(edited: bytes, fresh: bytes) -> set[str]:
    """The anchors of the blocks whose data changed between two drafts."""
    before = {block.id: block for block in manifest(edited).blocks}
    now = {block.id: block for block in manifest(fresh).blocks}
    return {
        block.anchor for name, block in before.items() if name not in now or not _is_same(block, now[name])
    }


def _is_same(one: ManifestBlock, other: ManifestBlock) -> bool:
    told = ("text", "label", "comments", "beneath", "row_keys", "note_keys")
    return all(getattr(one, name) == getattr(other, name) for name in told) and _data(one) == _data(other)


def _data(block: ManifestBlock | None) -> Grid:
    return block.plot.rows if block is not None and block.plot is not None else ()


def disturbed(edited: bytes, done: Updated, fresh: bytes, owners: Owners) -> list[str]:
    """The paragraphs of unchanged blocks whose XML is not what it was, the tool's comments set aside."""
    changed = changed_anchors(edited, fresh)
    kept = {mark for mark, anchors in owners.items() if anchors and not changed.intersection(anchors)}
    before, after = _by_mark(edited), _by_mark(done.content)
    return [mark for mark in kept if before.get(mark) != after.get(mark)]


def _by_mark(content: bytes) -> Mapping[str, list[bytes]]:
    body, _ = document(content)
    own, notes = _own_comments(content), notes_of(content)
    found: dict[str, list[bytes]] = {}
    for node in body.iter(w("p")):
        if node.get(MARK):
            bare = unnumbered(unmarked(copy.deepcopy(node), own))
            told = [one for mark in references_in(node) for one in notes.paragraphs(mark)]
            pieces = [etree.tostring(one, method="c14n") for one in (bare, *told)]
            found.setdefault(str(node.get(MARK)), []).append(b"".join(pieces))
    return found


def unnumbered(node: Element) -> Element:
    """An element without the numbers of its notes: they follow the order of the marks, in every program."""
    for mark in node.iter(*REFERENCES):
        mark.set(w("id"), "")
    return node


def _own_comments(content: bytes) -> frozenset[str]:
    parts = read_parts(content)
    root = parse(parts["word/comments.xml"])
    return frozenset(get(node, "id") for node in root.iter(w("comment")) if get(node, "author") == AUTHOR)


# Comments -----------------------------------------------------------------------------------------------


def comment_texts(content: bytes) -> Mapping[str, str]:
    root = parse(read_parts(content)["word/comments.xml"])
    return {
        get(node, "id"): "\n".join(
            "".join(t.text or "" for t in p.iter(w("t"))) for p in node.iter(w("p"))
        ).strip()
        for node in root.iter(w("comment"))
    }


def misplaced_comments(edited: bytes, done: Updated) -> list[str]:
    """New comments that stand neither on their block nor, where that is gone, on a heading."""
    old = comment_texts(edited)
    told = {i: text for i, text in comment_texts(done.content).items() if i not in old}
    body, styles = document(done.content)
    marked = [
        (told[number], region.anchors, node)
        for region in read_regions(body)
        for node in region.elements
        for number in threads_in(node)
        if number in told
    ]
    on_copies = [plan.on_copies.split() for plan in done.plans if plan.on_copies]
    return [
        text
        for text, anchors, node in marked
        if text.split() not in on_copies
        and not any(_belongs(plan, anchors, node, styles) for plan in _about(done, text))
    ]


def _about(done: Updated, text: str) -> list[BlockPlan]:
    return [p for p in done.plans if text.split() in [c.split() for c in _comments_of(p)]]


def _comments_of(plan: BlockPlan) -> tuple[str, ...]:
    return (plan.comment, *plan.comments, plan.chart.comment if plan.chart is not None else "")


def _belongs(plan: BlockPlan, anchors: tuple[str, ...], node: Element, styles: Styles) -> bool:
    if plan.change == "deleted":
        first = next(node.itersiblings(w("p"), preceding=True), None) is None
        return first or styles.heading_level(style_of(node)) is not None
    return plan.by_text or (plan.after is not None and plan.after.anchor in anchors)


# News ---------------------------------------------------------------------------------------------------


def unheard(edited: bytes, done: Updated, fresh: bytes) -> list[str]:
    """The blocks of which some new text is neither where the block stands, nor in a comment."""
    before = {block.id: block for block in manifest(edited).blocks}
    notes = [set(text.split()) for text in comment_texts(done.content).values()]
    texts = _texts(done.content)
    whole = None if is_sure(done) else set(" ".join(texts.values()).split())
    missing = []
    for block in manifest(fresh).blocks:
        old = before.get(block.id)
        anchor = old.anchor if old is not None else block.anchor
        here = whole or set(texts.get(anchor, "").split())
        new = set(_words(block)) - _told_before(old)
        if not new <= here and not any(new <= note | here for note in notes):
            missing.append(block.id)
    return missing


def _told_before(block: ManifestBlock | None) -> set[str]:
    """What an editor was told of a block: its text, and an offer, which is heard once it is settled."""
    if block is None:
        return set()
    offer = replace(block, text=block.offer.text) if block.offer is not None else block
    return {*_words(block), *_words(offer)}


def is_sure(done: Updated) -> bool:
    """Whether the anchors alone tell where blocks stand: none was lost, and no copy of one was pasted."""
    body, _ = document(done.content)
    found = list(anchors_in(body))
    return len(set(found)) == len(found) and not any(plan.by_text for plan in done.plans)


def _words(block: ManifestBlock) -> list[str]:
    lines = [text for _, text in block.text.paragraphs]
    cells = [cell for table in block.text.tables for row in table for cell in row]
    notes = [note for _, note in block.text.notes]
    words = " ".join((*lines, *cells, *notes)).split()
    return [word for word in words if OPEN not in word]  # numbers that programs compute are no news


def _texts(content: bytes) -> Mapping[str, str]:
    body, styles = document(content)
    told: dict[str, str] = {}
    found = notes_of(content)
    for region in read_regions(body):
        text = read_text(region, styles, found.read)
        lines = [line for _, line in text.paragraphs]
        lines += [cell for table in text.tables for row in table for cell in row]
        lines += [note for _, note in text.notes]
        for anchor in region.anchors:
            told[anchor] = f"{told.get(anchor, '')} {lasting(' '.join(lines))}"
    return told


# Charts -------------------------------------------------------------------------------------------------


def unheard_charts(edited: bytes, done: Updated, fresh: bytes) -> list[str]:
    """The charts of which newer data are neither drawn where the block stands, nor in a comment."""
    before = {block.id: block for block in manifest(edited).blocks}
    notes = [" ".join(text.split()) for text in comment_texts(done.content).values()]
    here = charts_by_anchor(done.content)
    every = [rows for several in here.values() for rows in several]
    missing = []
    for block in manifest(fresh).blocks:
        old = before.get(block.id)
        if not _data(block) or _data(block) in _data_told_before(old):
            continue
        shown = every if not is_sure(done) or old is None else here.get(old.anchor, [])
        told = " ".join(" ".join(" | ".join(row).strip(" |") for row in _data(block)).split())
        if _data(block) not in shown and not any(told in note for note in notes):
            missing.append(block.id)
    return missing


def _data_told_before(block: ManifestBlock | None) -> list[Grid]:
    if block is None or block.plot is None:
        return []
    return [block.plot.rows, *([block.plot.offer.rows] if block.plot.offer is not None else [])]


def charts_by_anchor(content: bytes) -> Mapping[str, list[Grid | None]]:
    """What the drawings in the region of each anchor show; None for what is no chart."""
    body, _ = document(content)
    parts = read_parts(content)
    found: dict[str, list[Grid | None]] = {}
    for region in read_regions(body):
        rows = [one.seen.rows for one in find_drawn(region.elements, parts)]
        for anchor in region.anchors:
            found.setdefault(anchor, []).extend(rows)
    return found


def disturbed_charts(edited: bytes, done: Updated, fresh: bytes) -> list[str]:
    """The charts whose parts changed though their data did not, or though an editor had changed them; and
    those that lost all their colours."""
    before, after = read_parts(edited), read_parts(done.content)
    old = {block.id: _data(block) for block in manifest(edited).blocks}
    new = {block.id: _data(block) for block in manifest(fresh).blocks}
    moved = [name for name in new if old.get(name) and old[name] != new[name]]
    faults = []
    for name in (name for name in before if re.fullmatch(r"word/charts/\w+\.xml", name)):
        root, made = parse(before[name]), parse(after[name])
        if before[name] != after[name]:
            rows, became = read_rows(root) or ((),), read_rows(made) or ((),)
            was_changed = any(rows == old[block] and became == new[block] for block in moved)
            stayed = set(rows[0][1:]) & set(became[0][1:])
            if not was_changed or (stayed and not _colours(root) & _colours(made)):
                faults.append(name)
    return faults


def _colours(root: Element) -> set[str | None]:
    shapes = (shape for series in root.iter(c("ser")) for shape in series.findall(c("spPr")))
    return {node.get("val") for shape in shapes for node in shape.iterfind(f"{{{A}}}solidFill/*")}


# Taken back ---------------------------------------------------------------------------------------------


def rejected(content: bytes, author: str = AUTHOR) -> list[str]:
    """What every paragraph reads when all changes of one author are rejected."""
    return reads(reject(content, author))


def not_taken_back(edited: bytes, done: bytes, author: str = AUTHOR) -> list[tuple[bytes, bytes]]:
    """What differs from a revised draft when all changes of one author are rejected, element by element."""
    return differences(canonical(reject(done, author), AUTHOR), canonical(edited, AUTHOR))


def accepted_otherwise(done: Updated) -> list[str]:
    """The blocks that do not read as they were merged once all changes of the tool are accepted; nothing
    where anchors alone do not tell where blocks stand."""
    if not is_sure(done):
        return []
    told, now = accepted_texts(accept(done.content, AUTHOR)), accepted_texts(done.content)
    anchors = {plan.after.anchor for plan in done.plans if plan.after is not None}
    faults = [anchor for anchor in sorted(anchors) if told.get(anchor, []) != now.get(anchor, [])]
    for plan in done.plans:
        theirs, after = plan.theirs, plan.after
        if theirs is None or after is None or plan.ours is None or theirs.shared or not plan.changes:
            continue
        words = apply(keys(tokenise(theirs.paragraphs)), keys(tokenise(plan.ours.paragraphs)), plan.changes)
        if told.get(after.anchor, []) != [word for word in words if word != END]:
            faults.append(plan.id)
    return faults


def accepted_texts(content: bytes) -> dict[str, list[str]]:
    """The words of the paragraphs of each region that says any, by anchor, with all changes accepted."""
    body, styles = document(content)
    found: dict[str, list[str]] = {}
    for region in read_regions(body):
        words = [word for word in keys(tokenise(read_text(region, styles).paragraphs)) if word != END]
        for anchor in region.anchors if words else ():
            found.setdefault(anchor, []).extend(words)
    return found


def reads(content: bytes) -> list[str]:
    """What every paragraph reads with its changes accepted, labels too, and every note; deleted rows and
    ends are told."""
    body, styles = document(content)
    lines = [
        f"{'-' if _is_struck_row(node) else ''}{text}"
        for node in body.iter(w("p"))
        if (text := re.sub(r"\s+", " ", raw_text(node, styles, ())).strip())
    ]
    return [*lines, *(re.sub(r"\s+", " ", f"{kind}: {text}") for kind, text in notes_of(content).read(body))]


def _is_struck_row(node: Element) -> bool:
    return any(row.find(f"{w('trPr')}/{w('del')}") is not None for row in node.iterancestors(w("tr")))


def _is_end(mark: Element) -> bool:
    parent = mark.getparent()
    return parent is not None and parent.tag in (w("rPr"), w("trPr"))


# Soundness ----------------------------------------------------------------------------------------------


def unsound(content: bytes) -> list[str]:
    """What no program should be given: ids twice, comments without a place, tracked changes in themselves,
    notes without a mark in the text, and marks without a note."""
    root = parse(read_parts(content)["word/document.xml"])
    notes = notes_of(content)
    stories = [root, *notes.roots.values()]
    faults = [*_ids(root, stories), *_comment_marks(root, content), *_notes(root, notes), *_links(content)]
    return [*faults, *(fault for story in stories for fault in (*_nested(story), *_misplaced(story)))]


def _links(content: bytes) -> Iterator[str]:
    """Drawings with the number of another, charts without a part or workbook, parts of no known kind."""
    parts = read_parts(content)
    root = parse(parts["word/document.xml"])
    numbers = Counter(node.get("id") for node in root.iter(f"{{{WP}}}docPr"))
    yield from (f"drawing {number} twice" for number, count in numbers.items() if count > 1)
    types = {node.get("PartName") for node in parse(parts["[Content_Types].xml"])}
    for node in root.iter(c("chart")):
        name = related(parts, "word/document.xml", node.get(f"{{{R}}}id", ""))
        if not name or f"/{name}" not in types:
            yield f"chart without a part: {name}"
            continue
        chart = parse(parts[name])
        held = next(chart.iter(c("externalData")), None)
        if held is None or not related(parts, name, held.get(f"{{{R}}}id", "")):
            yield f"chart without a workbook: {name}"
        yield from _order(chart, name)


def _order(chart: Element, name: str) -> Iterator[str]:
    """Series that share a number or a place, and caches that are shorter than their categories."""
    for tag in ("idx", "order"):
        numbers = [node.get("val") for series in chart.iter(c("ser")) for node in series.findall(c(tag))]
        if len(set(numbers)) != len(numbers):
            yield f"{tag} of a series twice: {name}"
    counts = {
        node.get("val")
        for tag in ("cat", "val")
        for held in chart.iter(c(tag))
        for node in held.iter(c("ptCount"))
    }
    if len(counts) > 1:
        yield f"columns of unequal length: {name}"


def _notes(root: Element, notes: Notes) -> Iterator[str]:
    marks = Counter((kind_of(node), get(node, "id")) for node in root.iter(*REFERENCES))
    there = Counter(
        (kind, get(node, "id"))
        for kind, told in notes.roots.items()
        for node in told
        if not get(node, "type")
    )
    yield from (f"{mark} twice" for found in (marks, there) for mark, count in found.items() if count > 1)
    yield from (f"{mark} alone" for mark in (marks.keys() ^ there.keys()))


def _ids(root: Element, stories: list[Element]) -> Iterator[str]:
    changes = Counter(get(n, "id") for s in stories for n in s.iter() if n.get(w("author")) is not None)
    starts = Counter(get(n, "id") for n in root.iter(w("bookmarkStart")))
    ends = Counter(get(n, "id") for n in root.iter(w("bookmarkEnd")))
    yield from (f"change {number} twice" for number, count in changes.items() if count > 1)
    yield from (f"bookmark {number} twice" for number, count in starts.items() if count > 1)
    yield from (f"bookmark {number} begins or ends alone" for number in (starts - ends) + (ends - starts))


def _comment_marks(root: Element, content: bytes) -> Iterator[str]:
    there = set(comment_texts(content))
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        found = Counter(get(node, "id") for node in root.iter(w(kind)))
        yield from (f"{kind} of no comment: {number}" for number in found if number not in there)
        yield from (f"{kind} twice: {number}" for number, count in found.items() if count > 1)


def _nested(root: Element) -> Iterator[str]:
    for kind, outside in (("ins", ("ins", "del")), ("del", ("del",))):
        for node in root.iter(w(kind)):
            parents = {parent.tag for parent in node.iterancestors()}
            yield from (f"{kind} in {o}" for o in outside if w(o) in parents and not _is_end(node))
    for node in root.iter(w("t"), w("delText")):
        is_deleted = any(parent.tag == w("del") for parent in node.iterancestors())
        if is_deleted != (node.tag == w("delText")):
            yield f"{node.tag.rpartition('}')[2]} where it cannot stand"


def _misplaced(root: Element) -> Iterator[str]:
    for node in root.iter(w("pPr"), w("rPr"), w("trPr")):
        parent = node.getparent()
        before = [n for n in node.itersiblings(preceding=True) if n.tag != w("tblPrEx")]
        if parent is not None and parent.tag in (w("p"), w("r"), w("tr")) and before:
            yield f"{node.tag.rpartition('}')[2]} is not the first"
    for node in root.iter(w("rPr")):
        tags = [child.tag for child in node if child.tag in (w("ins"), w("del"))]
        if tags != [child.tag for child in node][: len(tags)] or len(set(tags)) != len(tags):
            yield "marks of a paragraph's end are not first"
    yield from ("a cell without a paragraph" for cell in root.iter(w("tc")) if cell.find(w("p")) is None)
