"""Text as words, for comparing and merging: each word with its place, each paragraph with its end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from uprreport.files.word.fields import lasting

# Chinese, Japanese and Korean write without blanks: there each sign is a word of its own.
_SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_SIGN}]|[^\\s{_SIGN}]+")
_TYPOGRAPHY = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "\u00ad": None, "…": "...",
})  # fmt: skip

END = "\n"
"""The key of a paragraph's end."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a paragraph's end (``text`` is empty).

    ``key`` is what is compared: what office programs correct by themselves (quotes, dashes) is set aside.
    ``paragraph`` counts from 0; ``start`` and ``end`` are characters of that paragraph's text.
    """

    key: str
    text: str
    paragraph: int
    start: int
    end: int
    style: str = ""

    @property
    def is_end(self) -> bool:
        """Whether this is a paragraph's end."""
        return self.key == END


def key_of(word: str) -> str:
    """A word as it is compared: of a field, what it refers to, not what it shows."""
    if word.isascii():
        return word
    word = lasting(word)
    return unicodedata.normalize("NFC", word).translate(_TYPOGRAPHY)


def tokenise(paragraphs: Sequence[tuple[str, str]]) -> tuple[Token, ...]:
    """The words of paragraphs, given as pairs of style and text, and their ends; empty ones are left out."""
    tokens: list[Token] = []
    for index, (style, text) in enumerate(paragraphs):
        words = [Token(key_of(m[0]), m[0], index, m.start(), m.end()) for m in _WORD.finditer(text)]
        if words:
            tokens += [*words, Token(END, "", index, len(text), len(text), style)]
    return tuple(tokens)


def keys(tokens: Sequence[Token]) -> tuple[str, ...]:
    """What is compared of some words."""
    return tuple(token.key for token in tokens)


def reads_the_same(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> bool:
    """Whether paragraphs say the same, blanks, styles and typography set aside."""
    if [text for _, text in one] == [text for _, text in other]:
        return True
    return keys(tokenise(one)) == keys(tokenise(other))
