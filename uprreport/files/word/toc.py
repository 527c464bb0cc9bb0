"""The table of contents: a field that Word renews, with entries that are right without it.

LibreOffice prints the entries as they stand, so they are written here; the numbers of pages, which nobody
knows before the pages are laid out, come when a program renews the field.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uprreport.files.word.speech import say, write
from uprreport.files.word.styles import ANNEX_HEADING, TOC, Styles
from uprreport.files.word.xml import Element, element, paragraph
from uprreport.text import reads_from_right

_FIELD = f' TOC \\o "1-2" \\h \\z \\t "{ANNEX_HEADING},1" '


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: level 1 or 2, number and text of the heading, name of its bookmark.

    ``number`` ends in what separates it from the text: a tab, a blank or nothing. ``lang`` is the mark of its
    language, where the heading is in another one than the document.
    """

    level: int
    number: str
    text: str
    bookmark: str
    lang: Element | None = None


def contents(entries: Sequence[Entry], styles: Styles) -> list[Element]:
    """The paragraphs of the table of contents; one that says there is nothing, without entries."""
    made = [paragraph(styles.id(TOC[entry.level - 1]), *_line(entry)) for entry in entries]
    made = made or [paragraph(styles.id(TOC[0]))]
    opening = [*_field_start(_FIELD)]
    for position, node in enumerate(opening, 1):
        made[0].insert(position, node)
    made[-1].append(_mark("end"))
    return made


def _line(entry: Entry) -> list[Element]:
    text = f"{entry.number}{entry.text}"
    told = write(text, rtl=reads_from_right(text, default=False))
    if entry.lang is not None:
        for one in told:
            say(one, copy.deepcopy(entry.lang))
    return [element("hyperlink", *told, anchor=entry.bookmark, history="1")]


def _field_start(code: str) -> Iterable[Element]:
    told = element("instrText")
    told.text = code
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _mark("begin"), element("r", told), _mark("separate")


def _mark(kind: str) -> Element:
    return element("r", element("fldChar", fldCharType=kind))
