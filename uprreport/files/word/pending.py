"""What is still pending in a revised document: changes, comments, hidden text, marks of missing text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from uprreport.files.word.accept import TRACKED, is_wrapper
from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.containers import body_of, paragraphs, shown
from uprreport.files.word.controls import vacant_controls
from uprreport.files.word.hidden import hidden_texts
from uprreport.files.word.marks import marks_in
from uprreport.files.word.package import Parts
from uprreport.files.word.regions import paragraph_text, read_regions
from uprreport.files.word.scrub import stories
from uprreport.files.word.styles import Styles
from uprreport.files.word.threads import threads_in
from uprreport.files.word.xml import Element, get, parse, plain_text, w
from uprreport.findings import shorten

TRACKED_CHANGE, COMMENT, MISSING, HIDDEN = "tracked-change", "comment", "placeholder", "hidden"

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_DOCUMENT, _COMMENTS, _EXTENDED = "word/document.xml", "word/comments.xml", "word/commentsExtended.xml"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is pending: what, by whom, and where (a block's title, or how its paragraph begins)."""

    kind: str
    author: str
    where: str


def read_marks(
    parts: Parts,
    titles: Mapping[str, str],
    generated: Collection[str] = (),
    apart: Collection[str] = (),
) -> tuple[Mark, ...]:
    """What is pending in a document's parts, in order; ``titles`` are those of the blocks by anchor,
    ``generated`` the marks of missing text as its manifest has them, ``apart`` the ids of comments that are
    told otherwise.

    A comment that stands nowhere in the text is none: no program shows it.
    """
    root = parse(parts[_DOCUMENT])
    styles = Styles(parse(parts["word/styles.xml"]))
    authors = {number: by for number, by in _open_comments(parts).items() if number not in apart}
    marks: list[Mark] = []
    for region in read_regions(body_of(root)):
        title = next((titles[name] for name in region.anchors if titles.get(name)), "")
        for node in region.elements:
            marks += _marks_of(node, title, authors, styles)
            marks += [Mark(MISSING, "", shorten(told)) for told in placeholders(node, styles, generated)]
            marks += [Mark(HIDDEN, "", f'"{shorten(told)}"') for told in hidden_texts(node, styles)]
    marks += [Mark(MISSING, "", shorten(told)) for told in vacant_controls(body_of(root))]
    for node in body_of(root).iterchildren(w("sectPr")):
        marks += _changes(node, "the last section", styles)
    for name, story in stories(parts):
        if name not in (_DOCUMENT, _COMMENTS):
            marks += _changes(story, _place_of(name), styles)
            found = (authors.pop(number, None) for number in threads_in(story))
            marks += [Mark(COMMENT, author, _place_of(name)) for author in found if author is not None]
            marks += [Mark(MISSING, "", shorten(told)) for told in placeholders(story, styles, generated)]
            marks += [Mark(HIDDEN, "", f'"{shorten(told)}"') for told in hidden_texts(story, styles)]
    return tuple(marks)


def _marks_of(node: Element, title: str, authors: dict[str, str], styles: Styles) -> Iterator[Mark]:
    yield from _changes(node, title, styles)
    for number in threads_in(node):
        if (author := authors.pop(number, None)) is not None:
            yield Mark(COMMENT, author, title or _begins(node, styles))


def _place_of(part: str) -> str:
    name = part.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    return f"{name}s" if name in ("header", "footer") else name


def _begins(node: Element, styles: Styles) -> str:
    for one in paragraphs(node):
        if text := paragraph_text(one, styles) or plain_text(one):
            return f'"{shorten(text)}"'
    return ""


# Tracked changes --------------------------------------------------------------------------------------


def _changes(node: Element, title: str, styles: Styles) -> Iterator[Mark]:
    for change in shown(node, *TRACKED):
        if not _is_told_already(change):
            nearest = next(change.iterancestors(w("p")), node)
            yield Mark(TRACKED_CHANGE, get(change, "author"), title or _begins(nearest, styles))


def _is_told_already(change: Element) -> bool:
    """Whether a change is part of another: of a whole row, or the end of a paragraph with its words."""
    row = next(change.iterancestors(w("tr")), None)
    mark = row.find(f"{w('trPr')}/{change.tag}") if row is not None else None
    if mark is not None and mark is not change:
        return True
    if is_wrapper(change):
        return False
    node = next(change.iterancestors(w("p")), None)
    return node is not None and node.find(change.tag) is not None


# Comments ---------------------------------------------------------------------------------------------


def _open_comments(parts: Parts) -> dict[str, str]:
    """Authors of the comments that nobody resolved, by their ids."""
    if _COMMENTS not in parts:
        return {}
    resolved = _resolved(parts)
    found: dict[str, str] = {}
    for node in parse(parts[_COMMENTS]).iter(w("comment")):
        names = {p.get(f"{_W14}paraId", "") for p in node.iter(w("p"))}
        if not names & resolved:
            found[get(node, "id")] = get(node, "author") or AUTHOR
    return found


def _resolved(parts: Parts) -> set[str]:
    """The paragraphs of resolved comments and of the replies to them."""
    if _EXTENDED not in parts:
        return set()
    nodes = list(parse(parts[_EXTENDED]).iter(f"{_W15}commentEx"))
    done = {n.get(f"{_W15}paraId", "") for n in nodes if n.get(f"{_W15}done") in ("1", "true")}
    return done | {n.get(f"{_W15}paraId", "") for n in nodes if n.get(f"{_W15}paraIdParent") in done}


# Marks of missing text --------------------------------------------------------------------------------


def placeholders(node: Element, styles: Styles, generated: Collection[str] = ()) -> Iterator[str]:
    """The marks of missing text below an element, as they read; ``generated`` are those of its manifest."""
    for one in paragraphs(node):
        yield from marks_in(one, styles, generated)
