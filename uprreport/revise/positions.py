"""Positions on recommendations as a text tells them in running words.

Read are sentences that cannot be mistaken: the State, one position, and right behind it the numbers; or
nothing but the numbers, and right behind them the position. ``UNICEF supported 140.7``, ``progress on 140.7
was noted`` and ``noted with concern`` are none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from uprreport.revise.citing import sentences
from uprreport.revise.citing_words import CitingWords
from uprreport.text import Cited, cited_numbers, numbers_between

SUPPORTED, PARTLY, NOTED, OPEN = "supported", "supported in part", "noted", "under consideration"
_FITS = {
    "partly_supported": frozenset({PARTLY}),
    "refused": frozenset({NOTED, OPEN}),
    "noted": frozenset({NOTED}),
    "supported": frozenset({SUPPORTED}),
}
"""The positions of the register that each way of telling one fits; in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says of some numbers: the words that tell the position, and the positions that they fit."""

    numbers: tuple[str, ...]
    said: str
    fits: frozenset[str]


def stated_positions(text: str, words: CitingWords, state: str, known: Collection[str]) -> Iterator[Stated]:
    """The positions that a text tells of numbers of the register."""
    is_about_it = False
    for _, told in sentences(text):
        sentence = " ".join(told.split())
        opening = _patterns(words, state).subject.match(sentence)
        patterns = _patterns(words, state, with_pronouns=is_about_it or opening is not None)
        if any(found.first in known for found in cited_numbers(sentence)):
            yield from _in_sentence(sentence, words, patterns, known)
        is_about_it = opening is not None


def _in_sentence(
    sentence: str, words: CitingWords, patterns: _Patterns, known: Collection[str]
) -> Iterator[Stated]:
    told_until = -1
    for first, last in _lists(sentence, words):
        numbers = tuple(n for one in _between(sentence, first, last) for n in _numbers_of(one, known))
        before, after = sentence[: first.start], sentence[last.end :]
        found = _before(before, patterns, told_until) or _behind(before, after, patterns)
        if found is None or not numbers:
            continue
        way, said = found
        partly = re.match(rf"\s+(?:{words.partly})\b", after, re.IGNORECASE)
        if way == "supported" and partly:
            way, said = "partly_supported", f"{said} {partly[0].strip()}"
        told_until = last.end
        yield Stated(numbers, said, _FITS[way])


def _lists(sentence: str, words: CitingWords) -> Iterator[tuple[Cited, Cited]]:
    """The lists of numbers in a sentence, by their first and last one."""
    join = re.compile(rf"\s*,\s*(?:(?:{words.joins})\s+)?|\s+(?:{words.joins})\s+", re.IGNORECASE)
    begun: list[Cited] = []
    for cited in cited_numbers(sentence):
        if begun and not join.fullmatch(sentence, begun[-1].end, cited.start):
            yield begun[0], begun[-1]
            begun = []
        begun.append(cited)
    if begun:
        yield begun[0], begun[-1]


def _between(sentence: str, first: Cited, last: Cited) -> Iterator[Cited]:
    return (one for one in cited_numbers(sentence) if first.start <= one.start <= last.start)


def _numbers_of(cited: Cited, known: Collection[str]) -> Iterator[str]:
    numbers = numbers_between(cited.first, cited.last) if cited.last else (cited.first,)
    return (number for number in numbers if number in known)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The compiled words of one language and State, by the way in which a position is told."""

    subject: re.Pattern[str]
    active: tuple[tuple[str, re.Pattern[str]], ...]
    carried: tuple[tuple[str, re.Pattern[str]], ...]
    adjective: re.Pattern[str] | None
    passive: tuple[tuple[str, re.Pattern[str]], ...]
    opens: re.Pattern[str]


@functools.cache
def _patterns(words: CitingWords, state: str, *, with_pronouns: bool = False) -> _Patterns:
    flags = re.IGNORECASE
    filler = rf"(?:(?:{words.filler})\s*)*"
    own = rf"(?:{words.article})?{re.escape(state)}|{words.subjects}"
    subject = rf"(?:{own}|{words.pronouns})\s+" if with_pronouns else rf"(?:{own})\s+"
    between = rf"(?:(?:{words.between}),?\s+)*"
    verbs = {way: getattr(words, way) for way in _FITS}
    opens = rf"(?:^|[,;:(]\s*|\b(?:{words.turns})\s+)"
    start = rf"(?:^|[,;:(]\s*|\b(?:{words.turns}),?\s+)(?:in \d{{4}},?\s+)?"
    # The State opens a sentence or a clause: "the Committee of Aurenia supported" tells of somebody else.
    active = {
        way: rf"{start}{subject}{between}(?P<said>{verb.active})\s+{filler}$" for way, verb in verbs.items()
    }
    carried = {
        way: rf"^\s*,?\s*(?:(?:{words.joins}|{words.turns})\s+)*{between}(?P<said>{verb.active})\s+{filler}$"
        for way, verb in verbs.items()
    }
    adjective = (
        rf"(?:^|(?<!\w)(?:{words.leads})\s+)(?P<said>{words.adjective})\s+recommendations?,?\s+{filler}$"
    )
    ends = rf"\s*(?:[.;:)]|$)|,?\s+(?:{words.turns})\s+{filler}\d|\s+(?:{words.ends}|{words.partly})\b"
    passive = {way: rf"^,?\s*(?P<said>{verb.passive})(?={ends})" for way, verb in verbs.items()}
    return _Patterns(
        re.compile(rf"(?:{own})(?!\w)", flags),
        tuple((way, re.compile(text, flags)) for way, text in active.items()),
        tuple((way, re.compile(text, flags)) for way, text in carried.items()),
        re.compile(adjective, flags) if words.adjective else None,
        tuple((way, re.compile(text, flags)) for way, text in passive.items()),
        re.compile(rf"{opens}{filler}$", flags),
    )


def _before(before: str, patterns: _Patterns, told_until: int) -> tuple[str, str] | None:
    """The position that stands right before the numbers: by the State, or carried on from the list before."""
    for way, pattern in patterns.active:
        if found := pattern.search(before):
            return way, found["said"]
    if told_until >= 0:
        for way, pattern in patterns.carried:
            if found := pattern.search(before[told_until:]):
                return way, found["said"]
    if patterns.adjective is not None and (found := patterns.adjective.search(before)):
        said = found["said"]
        way = "noted" if said.lower() == "noted" else "supported"
        return ("partly_supported" if said.lower().startswith("part") else way), said
    return None


def _behind(before: str, after: str, patterns: _Patterns) -> tuple[str, str] | None:
    """The position that stands right behind the numbers, where nothing but they can be its subject."""
    if not patterns.opens.search(before):
        return None
    for way, pattern in patterns.passive:
        if found := pattern.search(after):
            return way, found["said"]
    return None
