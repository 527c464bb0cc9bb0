"""Automatic numbers of paragraphs and headings, as Word counts and prints them.

Counted is what is left once the tracked changes are accepted: a struck paragraph has no number, and one whose
end was struck has that of the paragraph into which it reads on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from uprreport.files.word.containers import next_block, shown, top_paragraphs
from uprreport.files.word.regions import is_readable, reads_into_next
from uprreport.files.word.styles import LOOKS, Styles
from uprreport.files.word.xml import Element, get, style_of, w
from uprreport.text import chinese_number

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        while number >= value:
            made, number = made + letters, number - value
    return made


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * (1 + (number - 1) // 26)


_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"

_FORMATS: Mapping[str, Callable[[int], str]] = {
    "arabicAbjad": lambda number: _ABJAD[(number - 1) % len(_ABJAD)],
    "chineseCountingThousand": chinese_number,
    "decimal": str,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, ``Annex I.``, and what parts it from the text: a tab, a blank or nothing."""

    text: str
    separator: str

    @property
    def bare(self) -> str:
        """The number without the signs around it: ``23``."""
        return re.sub(r"^\W+|\W+$", "", self.text)


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered; ``style`` is the id of the style whose paragraphs stand in it."""

    start: int
    format: str
    pattern: str
    separator: str
    style: str


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs name it: what it goes on counting (``counts``), and where it begins anew."""

    counts: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


def automatic_numbers(body: Element, styles: Styles, numbering: Element | None) -> Mapping[Element, Number]:
    """The number of each paragraph and heading at the top of the body that has one.

    Paragraphs in tables are counted where they stand in the same list.
    """
    lists = _read_lists(numbering)
    top = frozenset(top_paragraphs(body))
    counter = _Counter()
    found: dict[Element, Number] = {}
    for nodes in _as_read(body):
        place = _place(nodes[-1], styles, lists)
        number = counter.next(lists[place[0]], place) if place is not None else None
        if number is not None and nodes[-1] in top:
            found |= dict.fromkeys(nodes, number)
    return found


def paragraph_numbers(body: Element, styles: Styles, numbering: Element | None) -> Mapping[Element, str]:
    """The number of each numbered paragraph at the top of the body without the signs around it: ``23``.

    Headings and an editor's own lists are left out, and so are the sub-paragraphs ``(a)``, ``(b)``.
    """
    style = LOOKS["numbered"]
    lists = _read_lists(numbering)
    own = None if styles.missing([style]) else _style_place(styles.id(style), styles, lists)
    if own is None:
        return {}
    numbers: dict[Element, str] = {}
    for node, number in automatic_numbers(body, styles, numbering).items():
        place = _place(_reads_on(node), styles, lists)
        is_own = place is not None and (lists[place[0]].counts, place[1]) == (lists[own[0]].counts, own[1])
        if is_own and styles.heading_level(style_of(node)) is None:
            numbers[node] = number.bare
    return numbers


# Paragraphs -----------------------------------------------------------------------------------------------


def _as_read(body: Element) -> Iterator[list[Element]]:
    """The paragraphs in order, each as the elements that it reads from: the last of them gives its looks."""
    begun: list[Element] = []
    for node in shown(body, w("p")):
        begun.append(node)
        if not reads_into_next(node):
            yield [*(one for one in begun[:-1] if is_readable(one)), node]
            begun = []
        elif _following(node) is None:
            if any(map(is_readable, begun)):
                yield begun
            begun = []


def _following(node: Element) -> Element | None:
    """The paragraph that comes right after another; None where something else does."""
    after = next_block(node)
    return after if after is not None and after.tag == w("p") else None


def _reads_on(node: Element) -> Element:
    """The element that gives a paragraph its looks."""
    while reads_into_next(node) and (after := _following(node)) is not None:
        node = after
    return node


def _place(node: Element, styles: Styles, lists: Mapping[str, _List]) -> tuple[str, int] | None:
    """List and level of a paragraph; None where it has no number."""
    style = _style_place(style_of(node), styles, lists)
    own = node.find(_OWN)
    if own is None:
        return style
    number, level = own.find(w("numId")), own.find(w("ilvl"))
    at = int(get(level, "val") or 0) if level is not None else 0
    if number is not None:
        return (get(number, "val"), at) if get(number, "val") in lists else None
    return (style[0], at) if style is not None else None


_OWN = f"{w('pPr')}/{w('numPr')}"


def _style_place(style: str, styles: Styles, lists: Mapping[str, _List]) -> tuple[str, int] | None:
    number = styles.numbering(style)
    if number is None or number not in lists:
        return None
    lineage = styles.lineage(style)
    levels = lists[number].levels.items()
    return number, next((at for at, level in levels if level.style in lineage), 0)


# Lists ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Counter:
    """Where each list has come to."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, told: _List, place: tuple[str, int]) -> Number | None:
        """Count one paragraph; None where its level prints no number."""
        _, at = place
        level = told.levels.get(at)
        if level is None:
            return None
        counts = self.counts.setdefault(told.counts, {})
        if at in told.restarts and place not in self.begun:
            counts[at] = told.restarts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self.begun.add(place)
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        return _print(level, told.levels, counts)


def _print(level: _Level, levels: Mapping[int, _Level], counts: Mapping[int, int]) -> Number | None:
    if level.format not in _FORMATS or "%" not in level.pattern:
        return None

    def show(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if at not in levels:
            return ""
        return _FORMATS.get(levels[at].format, str)(counts.get(at, levels[at].start))

    return Number(re.sub(r"%(\d)", show, level.pattern), level.separator)


def _read_lists(numbering: Element | None) -> Mapping[str, _List]:
    """The lists of ``word/numbering.xml`` by the ids that paragraphs and styles name."""
    if numbering is None:
        return {}
    levels = {
        get(node, "abstractNumId"): {int(get(n, "ilvl") or 0): _level(n) for n in node.iterchildren(w("lvl"))}
        for node in numbering.iterchildren(w("abstractNum"))
    }
    found: dict[str, _List] = {}
    for node in numbering.iterchildren(w("num")):
        counts = _value(node, "abstractNumId")
        overrides = {int(get(n, "ilvl") or 0): n for n in node.iterchildren(w("lvlOverride"))}
        starts = {at: _value(n, "startOverride") for at, n in overrides.items()}
        other = {at: _level(n) for at, o in overrides.items() for n in o.iterchildren(w("lvl"))}
        restarts = {at: int(start) for at, start in starts.items() if start.isdigit()}
        found[get(node, "numId")] = _List(counts, {**levels.get(counts, {}), **other}, restarts)
    return found


def _level(node: Element) -> _Level:
    start = _value(node, "start")
    separator = {"space": " ", "nothing": ""}.get(_value(node, "suff"), "\t")
    return _Level(
        int(start) if start.isdigit() else 0,
        _value(node, "numFmt") or "decimal",
        _value(node, "lvlText"),
        separator,
        _value(node, "pStyle"),
    )


def _value(node: Element, name: str) -> str:
    found = node.find(w(name))
    return get(found, "val") if found is not None else ""
