"""Anchors: the bookmarks by which blocks are found again.

An anchor is a bookmark inside one paragraph, around the label that opens it. Such bookmarks survive every
office program that was tried; what is around paragraphs or tables does not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from uprreport.files.word.containers import own
from uprreport.files.word.xml import Element, element, get, w

PREFIX = "upr_"
_LONGEST = 36  # Word cuts names of bookmarks at 40 characters


def name_anchors(ids: Iterable[str]) -> Mapping[str, str]:
    """The anchor of each block: ``upr_`` and at most 36 characters of ``[A-Za-z0-9_]``.

    A name depends on its id alone, unless two ids differ only in their signs; then the later ends in a sum.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for block_id in ids:
        plain = re.sub(r"[^A-Za-z0-9]+", "_", block_id).strip("_")
        if len(plain) > _LONGEST or not plain or plain.lower() in taken:
            plain = f"{plain[:25]}_{_sum(block_id)}".lstrip("_")
        taken.add(plain.lower())  # some programs compare names without case
        names[block_id] = PREFIX + plain
    return names


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]


class Bookmarks:
    """Numbers bookmarks so that none has the id of another."""

    def __init__(self, root: Element) -> None:
        """Begin above the ids that a document has."""
        starts = list(root.iter(w("bookmarkStart")))
        used = (get(node, "id") for node in starts)
        self._next = max((int(number) for number in used if number.isdigit()), default=-1) + 1
        self.names = frozenset(get(node, "name") for node in starts)
        """The names that were taken when numbering began."""

    def around(self, name: str, content: Iterable[Element]) -> list[Element]:
        """Some runs between the start and the end of a bookmark."""
        number = self.take()
        start, end = element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)
        return [start, *content, end]

    def take(self) -> str:
        """A number that no bookmark has."""
        number = str(self._next)
        self._next += 1
        return number


def anchors_in(node: Element) -> Iterator[str]:
    """The names of the anchors that start in an element's own text, in order; text boxes have their own."""
    for start in own(node, w("bookmarkStart")):
        name = get(start, "name")
        if name.startswith(PREFIX):
            yield name
