"""How answers read in the report: several agencies' sentences in sequence, in the government's one voice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from uprreport.text import fold

_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", "’", '"', "'", ")", "]", "。", "！", "？", "؟", "۔", "।")
_WIDE = ("。", "！", "？")
"""Signs that bring the blank behind them along."""


def in_sequence(texts: Iterable[str]) -> str:
    """Texts one after another, each once and ended as a sentence; lines of one text stay lines.

    Nothing is shortened or reworded: every text is found again as it was typed.
    """
    pieces: list[str] = []
    seen: set[str] = set()
    for text in texts:
        if text.strip() and fold(text) not in seen:
            seen.add(fold(text))
            pieces.append(_ended(text.strip()))
    joined = ""
    for piece in pieces:
        between = "\n" if "\n" in piece or "\n" in joined else "" if joined.endswith(_WIDE) else " "
        joined = f"{joined}{between}{piece}" if joined else piece
    return joined


def _ended(text: str) -> str:
    """A text that the next sentence can follow; one that ends in a list or a sign is left as it is."""
    last = text.rsplit("\n", 1)[-1]
    if text.endswith(_ENDS) or _is_item(last):
        return text
    return f"{text}{'。' if unicodedata.east_asian_width(text[-1]) == 'W' else '.'}"


def _is_item(line: str) -> bool:
    return line.lstrip().startswith(("-", "–", "•", "*", "·"))


_WITHIN = re.compile(r"[.!?…؟۔।][\"'»”’)\]]*\s+(?![\s\d])(?P<next>\S)|[。！？][”’」』）]*(?=.)")


def is_sentence(text: str) -> bool:
    """Whether a text is one sentence: a point before a digit or a small letter (No. 5, approx. half) ends
    none. A name with an abbreviation in it may pass for two."""
    ends = (found for found in _WITHIN.finditer(text.strip()))
    return "\n" not in text.strip() and all(found["next"] and found["next"].islower() for found in ends)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold anything: each becomes a paragraph."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, each once, whatever the case: a theme may be called like a group of persons."""
    found: dict[str, str] = {}
    for name in names:
        if name.strip():
            found.setdefault(fold(name), name)
    return tuple(found.values())
