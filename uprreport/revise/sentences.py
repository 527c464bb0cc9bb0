"""Where sentences end in a row of words, in every language of the reports.

Nothing is lost where a guess fails: sentences decide how texts are compared and what a comment quotes, never
which words stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from uprreport.files.word.tokens import END

ENDS = (".", "!", "?", "…", "...", "。", "！", "？", "؟", "۔")
_CLOSING = "\"')]»”’」』"
_SHORT = frozenset((
    "no.", "nos.", "art.", "arts.", "para.", "paras.", "p.", "pp.", "vol.", "ch.", "sect.", "cf.", "vs.",
    "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "e.g.", "i.e.", "al.", "approx.", "dept.",
    "núm.", "núms.", "sr.", "sra.", "inc.", "párr.", "párrs.", "mme.", "par.", "cit.",
    "ст.", "п.", "пп.", "ч.", "гг.", "стр.", "см.", "т.", "им.", "ред.", "млн.", "тыс.",
    "mad.", "bənd.", "səh.", "nöm.",
))  # fmt: skip
"""What ends in a full stop inside a sentence; compared without regard to case."""


def sentences(words: Sequence[str]) -> list[tuple[int, int]]:
    """The sentences of some words as pairs of the first word and the one behind the last.

    The end of a paragraph (``END``) ends a sentence and is one of its own.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else END
        if word == END:
            found += [(start, at)] if at > start else []
            found.append((at, at + 1))
            start = at + 1
        elif _ends(word, following):
            found.append((start, at + 1))
            start = at + 1
    return [*found, (start, len(words))] if start < len(words) else found


def _ends(word: str, following: str) -> bool:
    """Whether a sentence ends with a word; a sign that closes a quotation may follow it alone."""
    bare = word.rstrip(_CLOSING)
    if not bare.endswith(ENDS) or (following != END and not following.strip(_CLOSING)):
        return False
    if not bare.endswith(".") or bare.endswith("..."):
        return True
    is_initial = len(bare) == 2 and bare[0].isupper()
    return not (bare.casefold().lstrip("(\"'[«") in _SHORT or is_initial or following[:1].islower())
