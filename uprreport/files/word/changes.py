"""Who changed what in a region: tracked changes and comments by author, as far as the document tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.threads import Thread, threads_in
from uprreport.files.word.xml import Element, get, w
from uprreport.text import words

_INSERTED = (w("ins"), w("moveTo"))
_DELETED = (w("del"), w("moveFrom"))

Kind = Literal["insertion", "deletion", "comment"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One tracked change or comment; ``date`` is as the program wrote it, ``words`` those of its text.

    The end of a paragraph and the row of a table can be changed too: such a mark has no words.
    """

    author: str
    date: str
    kind: Kind
    words: int = 0


def marks_in(nodes: Iterable[Element], threads: Mapping[str, Thread]) -> Iterator[Mark]:
    """The changes and comments of people in some paragraphs and tables; the tool's own are left out."""
    for node in nodes:
        yield from (mark for mark in _changes(node) if mark.author != AUTHOR)
        found = (threads[number] for number in threads_in(node) if number in threads)
        yield from (Mark(told.author, told.date, "comment") for told in found if not told.is_own)


def _changes(node: Element) -> Iterator[Mark]:
    """Tracked changes; neighbours of one author count as one, since programs split them between runs."""
    before: Element | None = None
    held: Mark | None = None
    text = ""
    for one in node.iter(*_INSERTED, *_DELETED):
        kind: Kind = "insertion" if one.tag in _INSERTED else "deletion"
        told = "".join(t.text or "" for t in one.iter(w("t"), w("delText")))
        mark = Mark(get(one, "author"), get(one, "date"), kind)
        goes_on = held is not None and (held.author, held.kind) == (mark.author, mark.kind)
        if held is not None and goes_on and before is one.getprevious() and before is not None:
            text += told
        else:
            if held is not None:
                yield Mark(held.author, held.date, held.kind, words(text))
            held, text = mark, told
        before = one
    if held is not None:
        yield Mark(held.author, held.date, held.kind, words(text))
