"""Tracked changes accepted, in one part of a document: the text as it reads, and nothing of how it came.

Insertions stay, deletions go, paragraphs whose end was deleted join the next one, moved text stands where it
was moved to, rows and cells come and go, and what was remembered of earlier formatting is dropped.
"""

from __future__ import annotations

from uprreport.files.word.containers import (
    block_before,
    blocks,
    next_block,
    outside,
    take_out,
    top_paragraphs,
)
from uprreport.files.word.xml import Element, element, get, w

_MARKS = {w(name) for name in ("rPr", "trPr", "numPr")}
"""Elements in which ``w:ins`` and ``w:del`` are marks, and hold no text."""

_GONE = (w("del"), w("moveFrom"))
_STAYS = (w("ins"), w("moveTo"))
_ENDS = (*_GONE, *_STAYS)

_REMEMBERED = tuple(
    w(name)
    for name in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange"),
        *("trPrChange", "tblGridChange", "numberingChange"),
    )
)
_RANGES = tuple(
    w(f"{name}{side}")
    for name in (
        *("moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange"),
        *("customXmlMoveFromRange", "customXmlMoveToRange"),
    )
    for side in ("Start", "End")
)
TRACKED = (*_ENDS, *_REMEMBERED, w("cellIns"), w("cellDel"), w("cellMerge"))
"""Every element that is a tracked change; the borders of moved text apart."""

_BOOKMARKS = (w("bookmarkStart"), w("bookmarkEnd"))
_BETWEEN = {*_BOOKMARKS, *_RANGES, w("proofErr"), w("permStart"), w("permEnd"),
            w("commentRangeStart"), w("commentRangeEnd")}  # fmt: skip
"""What may stand between two paragraphs without parting them."""

_HOLDERS = {w(n) for n in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "sdtContent")}
"""Elements that must not be left without a paragraph."""


def accept(root: Element) -> None:
    """Accept every tracked change below an element."""
    _accept_rows(root)
    _accept_cells(root)
    for node in list(root.iter(*_GONE)):
        if is_wrapper(node) and node.getparent() is not None:
            hoist(node)
            remove(node)
    for node in list(root.iter(*_STAYS)):
        if is_wrapper(node):
            unwrap(node)
    for node in list(root.iter(w("p"))):
        _accept_end(node)
    for node in list(root.iter(*_REMEMBERED, *_RANGES, *_ENDS)):
        remove(node)


def is_wrapper(node: Element) -> bool:
    """Whether a tracked change holds text; otherwise it marks a paragraph's end, a row or a number."""
    parent = node.getparent()
    return parent is not None and parent.tag not in _MARKS


def remove(node: Element) -> None:
    """Take an element out of its parent."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def unwrap(node: Element) -> None:
    """Put what an element holds in its place."""
    for child in list(node):
        node.addprevious(child)
    remove(node)


def hoist(node: Element) -> None:
    """Bookmarks that others may refer to outlive the text that is deleted around them."""
    for mark in list(node.iter(*_BOOKMARKS)):
        node.addprevious(mark)


# Tables -----------------------------------------------------------------------------------------------


def _accept_rows(root: Element) -> None:
    for row in list(root.iter(w("tr"))):
        if row.find(f"{w('trPr')}/{w('del')}") is not None:
            _remove_row(row)


def _remove_row(row: Element) -> None:
    table = row.getparent()
    take_out(row)
    while table is not None and table.tag != w("tbl"):  # rows may stand in a content control
        table = table.getparent()
    if table is not None and next(table.iter(w("tr")), None) is None:
        parent = table.getparent()
        take_out(table)
        if parent is not None and parent.tag in _HOLDERS and next(blocks(parent), None) is None:
            parent.append(element("p"))


def _accept_cells(root: Element) -> None:
    for cell in list(root.iter(w("tc"))):
        properties = cell.find(w("tcPr"))
        if properties is None:
            continue
        if properties.find(w("cellDel")) is not None:
            row = next(cell.iterancestors(w("tr")), None)
            take_out(cell)
            if row is not None and next(row.iter(w("tc")), None) is None:
                _remove_row(row)
            continue
        for mark in [*properties.findall(w("cellIns")), *properties.findall(w("cellMerge"))]:
            if mark.tag == w("cellMerge"):
                _merge_cell(properties, mark)
            remove(mark)


def _merge_cell(properties: Element, mark: Element) -> None:
    """A cell whose merging was tracked is merged."""
    for old in properties.findall(w("vMerge")):
        properties.remove(old)
    kind = {"rest": "restart", "cont": "continue"}.get(get(mark, "vMerge"))
    if kind is not None:
        before = {w(name) for name in ("cnfStyle", "tcW", "gridSpan", "hMerge")}
        at = sum(1 for child in properties if child.tag in before)
        properties.insert(at, element("vMerge", val=kind))


# Ends of paragraphs -----------------------------------------------------------------------------------


def _accept_end(node: Element) -> None:
    """A paragraph whose end was deleted becomes part of the next one, in that one's style.

    Where no paragraph follows, it goes if nothing is left of it, or stays as a paragraph of its own.
    """
    properties = node.find(w("pPr"))
    marks = properties.find(w("rPr")) if properties is not None else None
    if marks is None or all(marks.find(tag) is None for tag in _GONE):
        return
    following = next_block(node)
    content = [child for child in node if child.tag != w("pPr")]
    if following is not None and following.tag == w("p"):
        at = 1 if following.find(w("pPr")) is not None else 0
        following[at:at] = content
        take_out(node)
    elif may_go(node):
        hoist(node)
        take_out(node)


def may_go(node: Element) -> bool:
    """Whether a paragraph is empty, ends no section, and is needed by nothing around it."""
    parent = outside(node).getparent()
    before, after = block_before(node), next_block(node)
    if parent is None or any(child.tag not in {*_BETWEEN, w("pPr")} for child in node):
        return False
    if node.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return False
    behind_table = before is not None and before.tag == w("tbl")
    if behind_table and (after is None or after.tag != w("p")):
        return False
    return parent.tag not in _HOLDERS or sum(1 for _ in top_paragraphs(parent)) > 1
