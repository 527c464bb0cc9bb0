"""Numbers that programs compute: those of captions, and references to captions and paragraphs.

A program renews them whenever it likes, so a number that moved is no edit. Where a text is read to be
compared, such a field is one word: what it refers to, and beside that, set aside, what it shows at present.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from uprreport.files.word.containers import own
from uprreport.files.word.tracking import is_in, remove
from uprreport.files.word.xml import FIELD, Element, get, run, w
from uprreport.files.word.xml import field as field_runs
from uprreport.model.report import BETWEEN, CLOSE, OPEN

CAPTION = "_Ref_"
"""Opens the names of the bookmarks around the numbers of captions."""

_CODE = re.compile(r"\s*(?:(REF)\s+((?:upr_|_Ref_)\w+)|(SEQ)\s+(Table|Figure))\b")
_SHOWN = re.compile(f"{BETWEEN}[^{OPEN}-{CLOSE}]*{CLOSE}")
_PARTS = (w("fldChar"), w("instrText"), w("t"), w("tab"), w("br"), w("fldSimple"))


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it stands in a paragraph: as a word, what it is made of in order, and its runs."""

    word: str
    nodes: tuple[Element, ...]
    runs: tuple[Element, ...]

    @property
    def name(self) -> str:
        """What it refers to, such as ``REF:upr_table_status``."""
        return self.word[1:].partition(BETWEEN)[0]

    @property
    def shown(self) -> str:
        """What it shows; nothing where somebody deleted its number and left the field."""
        return readable(self.word)

    @property
    def is_simple(self) -> bool:
        """Whether it is one element around its result."""
        return self.nodes[0].tag == w("fldSimple")


@dataclass(slots=True)
class _Open:
    code: str = ""
    shown: str = ""
    is_result: bool = False
    nodes: list[Element] = field(default_factory=list)

    def read(self, one: Element) -> None:
        """Take what stands between begin and end."""
        if get(one, "fldCharType") == "separate":
            self.is_result = True
        elif one.tag == w("instrText"):
            self.code += one.text or ""
        elif one.tag == w("t") and self.is_result:
            self.shown += one.text or ""


def find_fields(node: Element) -> list[Field]:
    """The fields of a paragraph whose numbers are computed, in order, but those that were deleted."""
    if next(node.iter(w("fldChar"), w("fldSimple")), None) is None:
        return []
    return list(_find(own(node, *_PARTS)))


def _find(parts: list[Element]) -> Iterator[Field]:
    waiting: list[_Open] = []
    for one in parts:
        if is_in(one, "del") or is_in(one, "moveFrom"):
            continue
        if one.tag == w("fldSimple"):
            yield from _simple(one)
            continue
        kind = get(one, "fldCharType")
        if kind == "begin":
            waiting.append(_Open())
        for told in waiting:
            told.nodes.append(one)
        if waiting and kind == "end":
            last = waiting.pop()
            yield from _made(last.code, last.shown, last.nodes)
        elif waiting:
            waiting[-1].read(one)


def _simple(node: Element) -> Iterator[Field]:
    shown = "".join(text.text or "" for text in node.iter(w("t")))
    yield from _made(get(node, "instr"), shown, [node, *node.iter(w("t"))])


def _made(code: str, shown: str, nodes: list[Element]) -> Iterator[Field]:
    if (name := _name(code)) is None:
        return
    is_simple = nodes[0].tag == w("fldSimple")
    holders = nodes[0].iter(w("r")) if is_simple else (next(n.iterancestors(w("r"))) for n in nodes)
    yield Field(word_of(name, shown), tuple(nodes), tuple(dict.fromkeys(holders)))


def _name(code: str) -> str | None:
    """What a field's code refers to, whatever its switches; None for any other field."""
    found = _CODE.match(code)
    return ":".join(part for part in found.groups() if part) if found else None


def word_of(name: str, shown: str) -> str:
    """The word that stands for a field."""
    return f"{OPEN}{name}{BETWEEN}{''.join(shown.split())}{CLOSE}"


# As text ------------------------------------------------------------------------------------------------


def readable(text: str) -> str:
    """A text as people read it: fields as the numbers that they show."""
    return FIELD.sub(r"\2", text) if OPEN in text else text


def lasting(text: str) -> str:
    """A text without the numbers that its fields show at present."""
    return _SHOWN.sub(CLOSE, text) if OPEN in text else text


# Making -------------------------------------------------------------------------------------------------


def runs_of(text: str, style: str = "") -> list[Element]:
    """A text as runs, in which words that stand for fields are fields."""
    if OPEN not in text:
        return [run(text, style)]
    made: list[Element] = []
    at = 0
    for found in FIELD.finditer(text):
        made += [run(text[at : found.start()], style)] if found.start() > at else []
        made += field_runs(_code(found[1]), found[2])
        at = found.end()
    return [*made, run(text[at:], style)] if text[at:] or not made else made


def _code(name: str) -> str:
    """The code of a field, with the switches that its kind needs."""
    kind, _, target = name.partition(":")
    code = f"{kind} {target}"
    if kind == "SEQ":
        return f"{code} \\* ARABIC"
    return f"{code} \\h" if target.startswith(CAPTION) else f"{code} \\r \\h"


def unfold(node: Element) -> None:
    """Write a field that is one element as a row of runs: those can be struck."""
    opening = field_runs(get(node, "instr").strip())
    for one in (*opening[:-1], *list(node), opening[-1]):
        node.addprevious(one)
    remove(node)
