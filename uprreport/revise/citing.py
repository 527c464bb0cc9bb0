"""What a text cites: numbers of recommendations, documents by their symbols, paragraphs by their numbers.

Told is what refers to nothing. A citation that may mean something else is left alone: quantities, the
paragraphs of other documents, and numbers under a prefix that the register does not have.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from uprreport.findings import Finding, Location
from uprreport.revise.citing_words import CITING, CitingWords
from uprreport.schema import nearest
from uprreport.text import Cited, cited_numbers, natural_key, number_ranges, numbers_between

_BODIES = "A|E|S|T|ST|HRI|CCPR|CESCR|CEDAW|CERD|CAT|CRC|CRPD|CMW|CED|SPT"
_SYMBOL = re.compile(
    rf"(?<![\w/.-])(?:{_BODIES})/[A-Z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9][A-Za-z0-9.-]*)+(?![\w/])"
)


@dataclass(frozen=True, slots=True)
class Citable:
    """What may be cited: numbers of the register, symbols of documents, the report's own paragraphs."""

    numbers: frozenset[str]
    symbols: frozenset[str]
    paragraphs: Collection[str] = ()
    language: str = "en"

    @property
    def words(self) -> CitingWords | None:
        """The words of the report's language; None where they are not known."""
        return CITING.get(self.language)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document's symbol in a text."""

    text: str
    start: int
    end: int


def symbols_in(text: str) -> list[Symbol]:
    """The symbols of documents of the United Nations: ``A/HRC/44/12/Add.1``, ``CEDAW/C/AZE/CO/6``."""
    found = ((m[0].rstrip(".-"), m.start()) for m in _SYMBOL.finditer(text))
    return [Symbol(s, at, at + len(s)) for s, at in found if any(sign.isdigit() for sign in s)]


def check_citations(text: str, at: Location, citable: Citable) -> Iterator[Finding]:
    """What a text cites that is not there, each once."""
    symbols = symbols_in(text)
    found = [*_numbers(text, at, citable, symbols), *_symbols(at, citable, symbols)]
    found += _paragraphs(text, at, citable, symbols)
    seen: set[tuple[str, str]] = set()
    for finding in found:
        if (finding.code, finding.value) not in seen:
            seen.add((finding.code, finding.value))
            yield finding


# Numbers ------------------------------------------------------------------------------------------------


def _numbers(text: str, at: Location, citable: Citable, symbols: list[Symbol]) -> Iterator[Finding]:
    prefixes = {_prefix(number) for number in citable.numbers}
    example = min(citable.numbers, key=natural_key, default="")
    foreign = [symbol for symbol in symbols if symbol.text not in citable.symbols]
    for cited in cited_numbers(text):
        ends = [end for end in (cited.first, cited.last) if end]
        if not any(_prefix(end) in prefixes for end in ends):
            continue
        if _stands_beside(text, cited.start, cited.end, foreign):
            continue
        if not cited.last:
            if cited.first not in citable.numbers:
                yield Finding("reference-unknown", at, value=cited.first, details={"example": example})
        elif problem := range_problem(cited, citable.numbers):
            yield Finding("range-unknown", at, value=_one_line(cited.text), details={"problem": problem})


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _prefix(number: str) -> str:
    return number.partition(".")[0]


def range_problem(cited: Cited, known: Collection[str]) -> str:
    """What is wrong with a range of numbers, in words; empty for nothing."""
    if _prefix(cited.first) != _prefix(cited.last):
        return f"it runs from the numbers under {_prefix(cited.first)} into those under {_prefix(cited.last)}"
    numbers = numbers_between(cited.first, cited.last)
    if len(numbers) < 2:
        return "it runs backwards"
    missing = [number for number in numbers if number not in known]
    if not missing:
        return ""
    return f"{number_ranges(missing)} {'is' if len(missing) == 1 else 'are'} not in the register"


# Symbols ------------------------------------------------------------------------------------------------


def _symbols(at: Location, citable: Citable, symbols: list[Symbol]) -> Iterator[Finding]:
    for symbol in symbols:
        if symbol.text not in citable.symbols:
            near = nearest(symbol.text, citable.symbols)
            yield Finding("symbol-unknown", at, value=symbol.text, details={"near": near})


_BESIDE = re.compile(
    r"[\s\d,;:().‐-―-]*(?:(?:paras?|paragraphs?|recommendations?|nos?|and|par|paragraphes?|párrs?|párrafos?|et|y"
    r"|recommandations?|recomendaci(?:ón|ones)|пп?|пункт\w*|рекомендаци\w*|и)\b[\s\d,;:().‐-―-]*)*",
    re.IGNORECASE,
)
_OF_A_DOCUMENT = re.compile(
    r"\s*\(|,?\s*(?:of|in|du|de|del|из|в)\s+(?:the\s+|la\s+|le\s+|el\s+)?(?:\w+\s+)?\(?", re.IGNORECASE
)


def _stands_beside(text: str, start: int, end: int, symbols: list[Symbol]) -> bool:
    """Whether a citation is one of a document whose symbol stands right before or behind it."""
    for symbol in symbols:
        if symbol.end <= start and _BESIDE.fullmatch(text, symbol.end, start):
            return True
        if end <= symbol.start and _OF_A_DOCUMENT.fullmatch(text, end, symbol.start):
            return True
    return False


# Paragraphs -----------------------------------------------------------------------------------------------


@functools.cache
def _paragraph_pattern(words: CitingWords) -> re.Pattern[str]:
    number = r"\d{1,3}(?![\w%]|[.,:/]\d)"
    dash = "\\s*[-\\u2010-\\u2015]\\s*"
    one = rf"{number}(?:{dash}{number})?"
    join = rf"\s*,\s*(?:(?:{words.joins})\s+)?|\s+(?:{words.joins})\s+"
    joined = rf"{one}(?:(?:{join})(?:(?:{words.unit})\s*)?{one})*"
    return re.compile(
        rf"(?<!\w)(?P<see>(?:{words.see})\s+)?(?:{words.unit})\s*(?P<list>{joined})"
        rf"(?P<own>\s+(?:{words.own})\b)?",
        re.IGNORECASE,
    )


def _paragraphs(text: str, at: Location, citable: Citable, symbols: list[Symbol]) -> Iterator[Finding]:
    """Paragraphs that the text sends its reader to in this report, and that it does not have."""
    words = citable.words
    if words is None or not citable.paragraphs:
        return
    last = max(citable.paragraphs, key=natural_key)
    for found in _paragraph_pattern(words).finditer(text):
        if not _is_own(text, found, words, symbols):
            continue
        for shown, problem in _missing(found["list"], citable.paragraphs):
            yield Finding("paragraph-unknown", at, value=shown, details={"problem": problem, "last": last})


def _is_own(text: str, found: re.Match[str], words: CitingWords, symbols: list[Symbol]) -> bool:
    """Whether a quoted paragraph is clearly one of this report."""
    if _stands_beside(text, found.start(), found.end(), symbols):
        return False
    if found["own"]:
        return True
    if not found["see"] or re.match(rf"\s+(?:{words.of})\b", text[found.end() :], re.IGNORECASE):
        return False
    sentence = sentence_around(text, found.start())
    return not symbols_in(sentence) and not re.search(rf"\b(?:{words.other})(?!\w)", sentence, re.IGNORECASE)


def _missing(cited: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The paragraphs of a list that are not there, a range as one, and what is wrong with each."""
    for found in re.finditer(r"(\d+)(?:\s*[-\u2010-\u2015]\s*(\d+))?", cited):
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            yield _one_line(found[0]), "the range runs backwards"
            continue
        missing = [str(number) for number in range(first, last + 1) if str(number) not in known]
        if missing:
            shown = missing[0] if len(missing) == 1 else f"{missing[0]}–{missing[-1]}"
            yield _one_line(found[0]), f"there is no paragraph {shown}"


# Sentences --------------------------------------------------------------------------------------------------


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their places; a full stop before a small letter or a digit ends none."""
    begun = 0
    for found in re.finditer(r"[.!?;。；][)»”\"']?\s+|[\n\u2028]+", text):
        following = text[found.end() : found.end() + 2].lstrip("(«“\"'")
        if found[0].strip() == "" or following[:1].isupper() or found[0][0] in ";。；":
            yield begun, text[begun : found.end()]
            begun = found.end()
    yield begun, text[begun:]


def sentence_around(text: str, at: int) -> str:
    """The sentence in which a place stands."""
    return next((told for begun, told in sentences(text) if begun <= at < begun + len(told)), text)
