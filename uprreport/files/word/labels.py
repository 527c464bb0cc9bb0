"""Generated labels, anchors and draft marks taken out of a document; a label that was changed stays.

A label is a run in a character style of its own. Where a program dropped that style, the anchor around the
label still tells it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from uprreport.files.word.accept import hoist, may_go, remove
from uprreport.files.word.anchors import PREFIX, anchors_in
from uprreport.files.word.containers import block_before, next_block, outside, take_out, top_paragraphs
from uprreport.files.word.containers import own as starts_in
from uprreport.files.word.marks import is_draft_mark, labels_of, marks_in, placeholder_runs
from uprreport.files.word.regions import raw_text, run_style
from uprreport.files.word.story import Pen, Story
from uprreport.files.word.styles import DRAFT_MARK, DRAFT_WORDS, LABEL, Styles
from uprreport.files.word.xml import Element, element, get, plain_text, style_of, w
from uprreport.language import LANGUAGES, load_language, phrase

_DATE = r"(?:\d{1,2}\s\w+\s\d{4}|\d{4}-\d\d-\d\d)"
_GENERATED = re.compile(r"\s*\[[^\[\]]*\]\s*")
"""How every label is written: what else stands in a label's style was typed by somebody."""


_NUMBERED = re.compile(r"[\[［【]\s*[A-Za-z]?\d[\w.,;،、–—\-\s]*?(\s*[:：][^\]］】]*)")
"""A mark of a missing answer: its numbers, then why it is missing."""


@dataclass(frozen=True, slots=True)
class Labels:
    """How many labels were removed, and the words of those that stay because somebody changed them.

    ``dropped`` are the marks that were left out, by their words.
    """

    removed: int = 0
    kept: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def remove_labels(root: Element, styles: Styles, labels: Mapping[str, Collection[str]] | None) -> Labels:
    """Remove the labels below an element. ``labels`` are those that were generated, by anchor.

    Without them there is nothing to compare with, and whatever is written as a label is one. A paragraph of
    which nothing but its label was left goes with it.
    """
    style = styles.id(LABEL) if not styles.missing([LABEL]) else None
    removed, kept = 0, []
    for node in list(root.iter(w("p"))):
        found = list(_groups(node, style)) or list(_unstyled(node, labels or {}))
        for runs in found:
            text = "".join(plain_text(run) for run in runs)
            if not text.strip() or _is_generated(text, node, labels):
                _take_out(node, runs, ends_with_blank=text != text.rstrip())
                removed += bool(text.strip())
            else:
                _make_ordinary(runs)
                kept.append(text.strip())
        if found:
            remove_if_bare(node, styles)
    return Labels(removed, tuple(kept))


def remove_if_bare(node: Element, styles: Styles) -> None:
    """Remove a paragraph that holds nothing to see, where it can go; marks in it stay."""
    seen = (w("drawing"), w("pict"), w("object"), w("footnoteReference"), w("endnoteReference"))
    if next(node.iter(*seen), None) is None and not raw_text(node, styles, ()).strip() and may_go(node):
        hoist(node)
        take_out(node)


def drop_bare_labels(root: Element, styles: Styles) -> None:
    """Remove the paragraphs of which nothing but a label is left."""
    style = styles.id(LABEL) if not styles.missing([LABEL]) else None
    for node in list(root.iter(w("p"))):
        if (found := list(_groups(node, style))) and not raw_text(node, styles).strip():
            for runs in found:
                _take_out(node, runs, ends_with_blank=True)
            remove_if_bare(node, styles)


def _is_generated(text: str, node: Element, labels: Mapping[str, Collection[str]] | None) -> bool:
    if labels is None:
        return _GENERATED.fullmatch(text) is not None
    return _flat(text) in _expected(node, labels)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _expected(node: Element, labels: Mapping[str, Collection[str]]) -> set[str]:
    """The labels that may stand in a paragraph: its own by its anchors, any where it has none."""
    own = {_flat(label) for name in anchors_in(node) for label in labels.get(name, ())} - {""}
    return own or {_flat(label) for several in labels.values() for label in several} - {""}


def _groups(node: Element, style: str | None) -> Iterator[list[Element]]:
    """The runs of each label in a paragraph: those in the style of labels that follow each other."""
    runs: list[Element] = []
    for child in node.iter(w("r"), w("bookmarkStart")) if style is not None else ():
        if next(child.iterancestors(w("p")), None) is not node:
            continue
        opens = child.tag == w("bookmarkStart") and get(child, "name").startswith(PREFIX)
        other = child.tag == w("r") and run_style(child) != style and plain_text(child) != ""
        if runs and (opens or other):
            yield runs
            runs = []
        if child.tag == w("r") and run_style(child) == style:
            runs.append(child)
    if runs:
        yield runs


def _unstyled(node: Element, labels: Mapping[str, Collection[str]]) -> Iterator[list[Element]]:
    """The runs inside an anchor that are exactly its label."""
    for start in starts_in(node, w("bookmarkStart")):
        own = {_flat(label) for label in labels.get(get(start, "name"), ())} - {""}
        runs: list[Element] = []
        for child in start.itersiblings() if own else ():
            if child.tag == w("bookmarkEnd") and get(child, "id") == get(start, "id"):
                break
            runs += [child] if child.tag == w("r") else []
        if _flat("".join(plain_text(run) for run in runs)) in own:
            yield runs


def _take_out(node: Element, runs: list[Element], *, ends_with_blank: bool) -> None:
    """Remove a label with the blank behind it, wherever an editor's program put that."""
    last = runs[-1]
    following = [t for t in node.iter(w("t")) if t.getparent() not in runs]
    if not ends_with_blank and (behind := [t for t in following if _stands_behind(t, last)]):
        behind[0].text = (behind[0].text or "").lstrip(" ")
    for run in runs:
        remove(run)


def _stands_behind(text: Element, run: Element) -> bool:
    following = run.getnext()
    while following is not None and not any(True for _ in following.iter(w("t"))):
        following = following.getnext()
    return following is not None and text in following.iter(w("t"))


def _make_ordinary(runs: list[Element]) -> None:
    """Take the character style away from runs, and nothing else of their look."""
    for run in runs:
        look = run.find(w("rPr"))
        for node in look.findall(w("rStyle")) if look is not None else ():
            remove(node)
        if look is not None and not len(look):
            run.remove(look)


def settle_placeholders(root: Element, styles: Styles) -> None:
    """A mark of missing text that somebody wrote over is ordinary text; others keep their look."""
    for node in root.iter(w("p")):
        runs = placeholder_runs(node, styles)
        if runs and not "".join(map(plain_text, runs)).strip().startswith("["):
            _make_ordinary(runs)


def drop_marks(root: Element, styles: Styles, generated: Collection[str]) -> list[str]:
    """Remove the marks of missing text and what still reads like a label; gives their words.

    A paragraph of which nothing else was left goes with them, and so do the endnotes that cite what it was
    about; somebody's footnote keeps it.
    """
    found: list[str] = []
    for node in list(root.iter(w("p"))):
        told = [*marks_in(node, styles, generated), *labels_of(raw_text(node, styles))]
        for words in told:
            told_so = re.escape(words)
            _cut(node, styles, re.compile(rf"^\s*{told_so}\s*|\s?{told_so}"))
        if told:
            found += told
            if not any(char.isalnum() for char in raw_text(node, styles)):
                for mark in list(node.iter(w("endnoteReference"))):
                    remove(next(mark.iterancestors(w("r")), mark))
            remove_if_bare(node, styles)
    return found


def shorten_marks(root: Element, styles: Styles) -> None:
    """Leave of the marks of missing answers only their numbers, ``[140.7]``.

    Why an answer is missing is not for all to read: it may be that it is withheld.
    """
    for node in list(root.iter(w("p"))):
        for words in marks_in(node, styles):
            if found := _NUMBERED.match(words):
                _cut(node, styles, re.compile(re.escape(found[1])))


def labels_left(root: Element, styles: Styles) -> list[str]:
    """What reads like a label although nothing else tells that it is one."""
    nodes = (node for node in root.iter(w("p")) if "·" in plain_text(node))
    return [told for node in nodes for told in labels_of(raw_text(node, styles))]


# Anchors ----------------------------------------------------------------------------------------------


def remove_anchors(root: Element) -> None:
    """Remove the bookmarks of blocks; one that a link or reference of an editor leads to is renamed."""
    used = _referred(root)
    taken = {get(node, "name") for node in root.iter(w("bookmarkStart"))}
    fresh = (f"_Ref{number:09d}" for number in range(1, 10**9))
    names = {old: next(name for name in fresh if name not in taken) for old in sorted(used)}
    gone: set[str] = set()
    for start in list(root.iter(w("bookmarkStart"))):
        name = get(start, "name")
        if name in names:
            start.set(w("name"), names[name])
        elif name.startswith(PREFIX):
            gone.add(get(start, "id"))
            remove(start)
    for end in list(root.iter(w("bookmarkEnd"))):
        if get(end, "id") in gone:
            remove(end)
    _rename(root, names)


_ANCHOR = re.compile(rf"\b{PREFIX}[A-Za-z0-9_]+")


def _referred(root: Element) -> set[str]:
    links = {get(node, "anchor") for node in root.iter(w("hyperlink"))}
    codes = [node.text or "" for node in root.iter(w("instrText"))]
    codes += [get(node, "instr") for node in root.iter(w("fldSimple"))]
    found = {name for code in codes for name in _ANCHOR.findall(code)}
    return found | {name for name in links if name.startswith(PREFIX)}


def _rename(root: Element, names: Mapping[str, str]) -> None:
    if not names:
        return
    for node in root.iter(w("hyperlink")):
        if get(node, "anchor") in names:
            node.set(w("anchor"), names[get(node, "anchor")])
    for node in root.iter(w("instrText")):
        node.text = _ANCHOR.sub(lambda found: names.get(found[0], found[0]), node.text or "")
    for node in root.iter(w("fldSimple")):
        code = _ANCHOR.sub(lambda found: names.get(found[0], found[0]), get(node, "instr"))
        node.set(w("instr"), code)


def drop_loose_bookmarks(root: Element) -> None:
    """Remove starts and ends of bookmarks whose other side went with a deleted row or passage."""
    starts = {get(node, "id") for node in root.iter(w("bookmarkStart"))}
    ends = {get(node, "id") for node in root.iter(w("bookmarkEnd"))}
    for node in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        if get(node, "id") not in starts & ends:
            remove(node)


# Draft marks ------------------------------------------------------------------------------------------


def remove_draft_paragraphs(root: Element, styles: Styles) -> None:
    """Remove the paragraphs in the style of draft marks, before tracked changes are accepted.

    A paragraph whose end was deleted, so that it reads on into one of them, stands alone. Where a program or
    an editor took the style away, its words tell it.
    """
    style = styles.id(DRAFT_MARK) if not styles.missing([DRAFT_MARK]) else None
    for node in [p for p in root.iter(w("p")) if style_of(p) == style or is_draft_mark(plain_text(p))]:
        before = block_before(node)
        if before is not None and before.tag == w("p"):
            for mark in before.findall(f"{w('pPr')}/{w('rPr')}/*"):
                if mark.tag in (w("del"), w("moveFrom")):
                    remove(mark)
        _clear(node)


def remove_draft_words(root: Element, styles: Styles, dates: Collection[str]) -> None:
    """Remove from headers and footers the words that say that this is a draft.

    ``dates`` are the dates of the draft as it may have printed them.
    """
    if not styles.missing([DRAFT_WORDS]):
        words = styles.id(DRAFT_WORDS)
        for run in [r for r in root.iter(w("r")) if run_style(r) == words]:
            remove(run)
    for across in list(root.iter("{urn:schemas-microsoft-com:vml}textpath")):
        if is_draft_mark(across.get("string", "")):  # over the pages of a copy that was sent out
            remove(next(across.iterancestors(w("r"), w("pict")), across))
    if root.tag in (w("hdr"), w("ftr")):
        told = "|".join([*map(re.escape, dates), _DATE])
        words = "|".join(text.replace(_DAY, f"(?:{told})") for text in _drafts())
        pattern = re.compile(rf"[\s\u2028]*(?:{words})", re.IGNORECASE)
        for node in list(root.iter(w("p"))):
            _cut(node, styles, pattern)


_DAY = re.escape("{{ report.today }}")


@functools.cache
def _drafts() -> tuple[str, ...]:
    """The words of the shipped templates' headers in every language, as patterns."""
    text = phrase("Draft of {{ report.today }}")
    return tuple(rf"(?<!\w){re.escape(load_language(code)(text))}" for code in LANGUAGES)


def _clear(node: Element) -> None:
    """Remove a paragraph, or empty it where one must stand or it ends a section."""
    parent = outside(node).getparent()
    siblings = list(top_paragraphs(parent)) if parent is not None else []
    following = next_block(node)
    is_needed = len(siblings) == 1 or following is None or following.tag != w("p")
    if is_needed or node.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        for child in [child for child in node if child.tag != w("pPr")]:
            node.remove(child)
        for look in node.findall(f"{w('pPr')}/{w('rPr')}"):
            remove(look)
    else:
        hoist(node)
        take_out(node)


def _cut(node: Element, styles: Styles, pattern: re.Pattern[str]) -> None:
    story = Story([node], styles, Pen(element, strikes=False))
    for index, (_, text) in enumerate(story.paragraphs):
        if found := pattern.search(text):
            story.delete(index, found.start(), found.end())
    story.finish()
