"""Plain text as people type and paste it: cleaning, comparing, counting, sorting."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# Characters that XML 1.0 cannot hold, lone surrogates, and invisible leftovers of other programs. The
# joiners U+200C and U+200D stay: several scripts need them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ESCAPE = re.compile(r"_x(00[01][0-9A-Fa-f]|(?i:fff[ef]))_")


def clean_text(text: str) -> tuple[str, bool]:
    """The text without what cannot be printed, trimmed, lines ended by ``\\n``; and whether any was removed.

    No-break spaces stay, being part of the typography of several languages.
    """
    # Excel writes control characters into the file as _x000B_; readers differ in taking that back.
    decoded = _ESCAPE.sub(lambda m: "\0" if m[1].upper() in ("FFFE", "FFFF") else chr(int(m[1], 16)), text)
    decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    decoded = decoded.replace("\u2028", "\n").replace("\u2029", "\n")
    cleaned = _UNPRINTABLE.sub("", decoded)
    return cleaned.strip(), cleaned != decoded


_ALIKE = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u0307": None, "ı": "i"})
"""Typographic apostrophes are typed as plain ones; the four letters i of Turkic languages lose their dots
when a program changes their case, and ``İ`` leaves a dot of its own (U+0307) behind."""


def is_empty(text: str) -> bool:
    """Whether a text holds only blanks and signs that nobody sees."""
    if text.isascii() or any(sign.isalnum() for sign in text[:20]):  # nearly all texts
        return not text.strip()
    return not clean_text(text)[0]


def fold(text: str) -> str:
    """A text as it is compared with a label: compatibility forms, case and runs of blanks set aside."""
    return _fold(text) if len(text) > LABEL else _fold_label(text)


LABEL = 200
"""Longer texts are no labels: what was found out about them is not kept."""


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    return " ".join(plain.split()).strip(" :.*")


_fold_label = functools.lru_cache(maxsize=10_000)(_fold)


def unaccented(text: str) -> str:
    """A text without accents and vowel signs, which people leave out on a keyboard that has none.

    The letters of Azerbaijani and French that fall into no letter and accent are typed as ``e`` and ``oe``.
    """
    plain = unicodedata.normalize("NFD", text).translate(_TYPED_AS)
    return "".join(c for c in plain if unicodedata.category(c) != "Mn")


_TYPED_AS = str.maketrans({"ə": "e", "Ə": "E", "œ": "oe", "Œ": "OE"})


def reads_from_right(text: str, *, default: bool) -> bool:
    """Whether a text is written from right to left: most of its letters are, or its first one and a tenth.

    A sentence may open with a name in other letters, and names may outnumber its own words. What holds digits
    (``16.b``, ``A/HRC/99/7``) says nothing; ``default`` is for a text without any other letters.
    """
    words = (word for word in text.split() if not any(map(str.isdigit, word)))
    if text.isascii():  # nearly all texts: one letter tells
        return default and not any(any(map(str.isalpha, word)) for word in words)
    kinds = [unicodedata.bidirectional(char) for char in "".join(words)]
    letters = [kind != "L" for kind in kinds if kind in ("L", "R", "AL")]
    if not letters:
        return default
    share = sum(letters) / len(letters)
    return share > 1 / 2 or (letters[0] and share >= 1 / 10)


def words(text: str) -> int:
    """The number of words: runs of non-blank characters, the same in sheet, check and report."""
    return len(text.split())


def above_limit(counts: Mapping[str, int], limit: int) -> tuple[str, int] | None:
    """What of a report is above its limit of words, and by how it was counted; None where nothing is.

    ``counts`` are the words of a draft by part: body, with footnotes, with all notes.
    """
    told = (
        ("The body of the report", counts["body"]),
        ("The body of the report with its footnotes", counts["without_endnotes"]),
        ("The body of the report with all its notes, as the Editorial Manual counts,", counts["with_notes"]),
    )
    return next(((name, count) for name, count in told if count > limit), None)


def natural_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts numbers as people read them: 140.2 before 140.10, P1 before P10, 16.10 before 16.b."""
    parts = re.findall(r"\d+|[^\d.]+", number)
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)


def slug(text: str, limit: int = 60) -> str:
    """A text as part of an id: lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].strip("-")


def number_ranges(numbers: Sequence[str]) -> str:
    """Numbers as UN documents cite them: ``140.7, 140.11–140.14``; each once, in natural order."""
    return ", ".join(number_runs(numbers))


def number_runs(numbers: Sequence[str]) -> tuple[str, ...]:
    """The same, number by number and range by range."""
    ordered = sorted(dict.fromkeys(numbers), key=natural_key)
    runs: list[list[str]] = []
    for number in ordered:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(told for run in runs for told in _run(run))


def _follows(before: str, number: str) -> bool:
    head, _, tail = before.rpartition(".")
    next_head, _, next_tail = number.rpartition(".")
    return head == next_head and tail.isdigit() and next_tail.isdigit() and int(next_tail) == int(tail) + 1


def _run(run: list[str]) -> list[str]:
    return run if len(run) < 3 else [f"{run[0]}–{run[-1]}"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A number as a text cites it, or a range of them with its ends; ``last`` is empty for a single one."""

    text: str
    start: int
    end: int
    first: str
    last: str = ""


_DOTTED = r"\d{1,3}\.\d{1,3}"
_DASH = "[-\u2010-\u2015\u2212]"
_UP_TO = "to|through|à|au|a|al|hasta|по|до|bis|至|到|إلى|حتى"
_NO_FRACTION = r"(?![\w%]|[.,]\d)"
_CITED = re.compile(
    rf"(?<![\w./$€£₼-])(?<!(?:USD|EUR|GBP|CHF|AZN|RUB|CNY|JPY)\s)(?P<first>{_DOTTED}){_NO_FRACTION}"
    rf"(?:(?:\s*{_DASH}\s*|\s+(?:{_UP_TO})\s+)(?P<last>{_DOTTED}){_NO_FRACTION}"
    rf"|{_DASH}(?P<tail>\d{{1,3}}){_NO_FRACTION})?"
)
_QUANTITY = re.compile(
    r"\s*(?:per\s*cent|percent|‰|million|billion|thousand|trillion|pour\s+cent|milliers?|milliards?|por\s+ciento"
    r"|mil(?:es|lones)?\b|тыс|млн|млрд|процент|миллион|миллиард|°|km|kg|hectares?|ha\b|manat|euros?|dollars?)",
    re.IGNORECASE,
)


def cited_numbers(text: str) -> Iterator[Cited]:
    """The numbers of recommendations that a text may cite, ranges as one: ``140.7``, ``140.11–140.14``,
    ``140.11-14``, ``140.11 to 140.14``. Quantities (140.5 million, USD 140.5) are none."""
    for found in _CITED.finditer(text):
        if _QUANTITY.match(text, found.end()):
            continue
        first, last = found["first"], found["last"] or ""
        if found["tail"]:
            last = f"{first.partition('.')[0]}.{found['tail']}"
        yield Cited(found[0], found.start(), found.end(), first, last)


def numbers_between(first: str, last: str) -> tuple[str, ...]:
    """The numbers of a range with its ends, ``140.11``, ``140.12``, …; none where it runs backwards or from
    one prefix into another."""
    head, _, start = first.partition(".")
    if head != last.partition(".")[0]:
        return ()
    return tuple(f"{head}.{number}" for number in range(int(start), int(last.partition(".")[2]) + 1))


def ordinal(number: int) -> str:
    """An English ordinal: ``1st``, ``44th``."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 <= number % 100 <= 13 else endings.get(number % 10, 'th')}"


_HAN = "〇一二三四五六七八九"


def chinese_number(number: int) -> str:
    """A number up to 999 as Chinese writes it: ``十二``, ``五十一``, ``一百〇三``."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    made = f"{_HAN[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        made += "〇"
    if tens:
        made += f"{_HAN[tens] if tens > 1 or hundreds else ''}十"
    return made + (_HAN[ones] if ones or not number else "")
