"""How long a draft is: chapter by chapter, theme by theme, and its longest passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uprreport.files.word.passages import Chapter, Passage
from uprreport.files.word.styles import LOOKS
from uprreport.findings import Finding, Location
from uprreport.revise.trace import Traced
from uprreport.text import above_limit

_UNCOUNTED = (LOOKS["reference"].lower(), LOOKS["caption"].lower())
"""Styles of lines that belong to no theme's text: a theme's budget is for what is said about it."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme by its name, its budget in words, and its words in a draft."""

    name: str
    budget: int | None
    words: int = 0


@dataclass(frozen=True, slots=True)
class Lengths:
    """The words of a draft, chapters and annexes in order, and by part: those of notes stand in no chapter.

    ``longest`` are titles and words of its longest passages, the longest first.
    """

    chapters: tuple[Chapter, ...]
    words: Mapping[str, int]
    limit: int
    themes: tuple[Theme, ...] = ()
    longest: tuple[tuple[str, str, int], ...] = ()

    def document(self) -> dict[str, Any]:
        """The lengths as JSON has them."""
        return {
            "words": {**self.words, "limit": self.limit},
            "chapters": [
                {"part": c.part, "heading": c.heading, "words": c.words} for c in self.chapters if c.part
            ],
            "themes": [{"theme": t.name, "words": t.words, "budget": t.budget} for t in self.themes],
            "longest": [{"block": b, "title": title, "words": n} for b, title, n in self.longest],
        }


Owned = Sequence[tuple[Passage, Traced | None]]
"""The passages of a draft, each with the block in whose stretch it stands."""


def count_themes(passages: Owned, themes: Mapping[str, Theme]) -> tuple[Theme, ...]:
    """The words of each theme's paragraphs, an editor's own among them; ``themes`` are by name in ids."""
    counts = dict.fromkeys(themes, 0)
    for passage, block in _texts(passages):
        if block.theme in counts:
            counts[block.theme] += passage.words
    return tuple(Theme(theme.name, theme.budget, counts[name]) for name, theme in themes.items())


def longest(passages: Owned, most: int = 5) -> tuple[tuple[str, str, int], ...]:
    """Block, title and words of the longest passages."""
    counts: dict[str, int] = {}
    titles: dict[str, str] = {}
    for passage, block in _texts(passages):
        counts[block.id] = counts.get(block.id, 0) + passage.words
        titles[block.id] = block.title
    ordered = sorted(counts, key=lambda block_id: -counts[block_id])
    return tuple((block_id, titles[block_id], counts[block_id]) for block_id in ordered[:most])


def _texts(passages: Owned) -> Iterator[tuple[Passage, Traced]]:
    for passage, block in passages:
        if block is not None and passage.kind == "paragraph" and passage.style not in _UNCOUNTED:
            yield passage, block


def check_lengths(lengths: Lengths, shown: str) -> Iterator[Finding]:
    """A body above its limit, and themes above their budgets."""
    if above := above_limit(lengths.words, lengths.limit):
        yield _exceeded(shown, *above, lengths.limit)
    for theme in lengths.themes:
        if theme.budget is not None and theme.words > theme.budget:
            yield _exceeded(shown, f"The theme {theme.name}", theme.words, theme.budget)


def _exceeded(shown: str, heading: str, count: int, limit: int) -> Finding:
    details = {"count": str(count), "limit": str(limit)}
    at = Location(shown)
    return Finding("word-budget-exceeded", at, heading=heading, value=str(count), details=details)
