"""Texts of a report written as runs: where they stand for numbers, fields that programs renew."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from uprreport.files.word.anchors import PREFIX, Bookmarks
from uprreport.files.word.fields import CAPTION, readable, runs_of, word_of
from uprreport.files.word.notes import Notes
from uprreport.files.word.splitting import isolate
from uprreport.files.word.tracking import remove
from uprreport.files.word.xml import Element, w
from uprreport.model.report import BETWEEN, CLOSE, OPEN

_ANY = f"([^{OPEN}-{CLOSE}]*)"
_REF = re.compile(f"{OPEN}ref {_ANY}{BETWEEN}{_ANY}{BETWEEN}{_ANY}{CLOSE}")
_SEQ = re.compile(f"{OPEN}seq (Table|Figure){CLOSE}")
_NOTE = re.compile(f"{OPEN}note {_ANY}{CLOSE}")
_LONGEST = 40

Tell = Callable[[str], list[Element]]
"""Writes a text as runs, and words that stand for fields as fields."""


def caption_name(anchor: str) -> str:
    """The name of the bookmark around the number of a caption, by its block's anchor."""
    return f"{CAPTION}{anchor.removeprefix(PREFIX)}"[:_LONGEST]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes texts. ``anchors`` are those of the blocks that have a place; ``captions`` the ids of those
    with a caption."""

    anchors: Mapping[str, str]
    captions: frozenset[str]
    bookmarks: Bookmarks

    def runs(self, text: str, tell: Tell = runs_of, own: str = "") -> list[Element]:
        """A text as runs; ``own`` is the block whose caption it is."""
        if OPEN not in text:
            return tell(text)
        made: list[Element] = []
        at = 0
        for found in _SEQ.finditer(text):
            made += self._told(text[at : found.start()], tell)
            field = tell(word_of(f"SEQ:{found[1]}", "1"))
            made += self.bookmarks.around(caption_name(self.anchors[own]), field) if own else field
            at = found.end()
        return [*made, *self._told(text[at:], tell)]

    def plain(self, text: str) -> str:
        """A text as people read it, whatever the numbers."""
        return readable(_SEQ.sub("1", _REF.sub(self._reference, text))) if OPEN in text else text

    def _told(self, text: str, tell: Tell) -> list[Element]:
        return tell(_REF.sub(self._reference, text)) if text else []

    def _reference(self, found: re.Match[str]) -> str:
        block, form, otherwise = found.groups()
        if block not in self.anchors:
            return otherwise
        anchor = self.anchors[block]
        target = caption_name(anchor) if block in self.captions else anchor
        return form.replace("{}", word_of(f"REF:{target}", "0"))

    def finish(self, body: Element, notes: Notes) -> None:
        """Write what a template's own paragraphs say of numbers as fields, in the look that is there, and
        their notes."""
        for node in [text for text in body.iter(w("t")) if OPEN in (text.text or "")]:
            holder = isolate(node)
            look = holder.find(w("rPr"))
            for index, piece in enumerate(_NOTE.split(node.text or "")):
                if index % 2:
                    holder.addprevious(notes.add("endnote", piece))
                    continue
                for one in self.runs(piece) if piece else ():
                    if look is not None:
                        one.insert(0, copy.deepcopy(look))
                    holder.addprevious(one)
            remove(holder)
