"""Marks of tracked changes: on runs, on the ends of paragraphs, on rows of tables."""

from __future__ import annotations

from collections.abc import Callable

from uprreport.files.word.containers import own
from uprreport.files.word.xml import Element, element, w

Mark = Callable[[str], Element]
"""Makes a tracking element of a kind (``ins``, ``del``), numbered, with author and date."""


def strike(one: Element, mark: Element) -> None:
    """Mark a run as deleted."""
    one.addprevious(mark)
    mark.append(one)
    for node in own(one, w("t"), w("instrText")):
        node.tag = w("delText") if node.tag == w("t") else w("delInstrText")


def outermost(node: Element) -> Element:
    """The tracked changes around an element, or itself: beside that a new one can stand."""
    while (parent := node.getparent()) is not None and parent.tag in _TRACKED:
        node = parent
    return node


_TRACKED = tuple(map(w, ("ins", "del", "moveFrom", "moveTo")))


def mark_end(node: Element, mark: Element) -> None:
    """Mark a paragraph's end as inserted or deleted."""
    properties = node.find(w("pPr"))
    if properties is None:
        properties = element("pPr")
        node.insert(0, properties)
    look = properties.find(w("rPr"))
    if look is None:
        look = element("rPr")
        later = [n for n in properties if n.tag in (w("sectPr"), w("pPrChange"))]
        if later:
            later[0].addprevious(look)
        else:
            properties.append(look)
    kind = mark.tag
    if look.find(kind) is None:
        first = 1 if kind == w("del") and len(look) and look[0].tag == w("ins") else 0
        look.insert(first, mark)


def strike_paragraph(node: Element, mark: Mark) -> None:
    """Mark all runs of a paragraph as deleted, but those that are, and the places of comments."""
    for one in own(node, w("r")):
        is_gone = is_in(one, "del") or is_in(one, "moveFrom")
        if not is_gone and one.find(w("commentReference")) is None:
            strike(one, mark("del"))


def insert_runs(node: Element, mark: Mark) -> None:
    """Mark all runs of a paragraph as inserted."""
    for one in own(node, w("r")):
        parent = one.getparent()
        if parent is not None and parent.tag != w("ins"):
            inserted = mark("ins")
            one.addprevious(inserted)
            inserted.append(one)


def track_row(row: Element, mark: Element) -> None:
    """Mark a row of a table as inserted or deleted."""
    found = row.find(w("trPr"))
    if found is None:
        found = element("trPr")
        at = 1 if len(row) and row[0].tag == w("tblPrEx") else 0
        row.insert(at, found)
    found.append(mark)


def is_in(node: Element, kind: str) -> bool:
    """Whether an element stands inside another one."""
    return any(parent.tag == w(kind) for parent in node.iterancestors())


def remove(node: Element | None) -> None:
    """Take an element out of its document."""
    parent = node.getparent() if node is not None else None
    if parent is not None and node is not None:
        parent.remove(node)
