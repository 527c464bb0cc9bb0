"""Where the blocks of a manifest stand in a revised draft: by their anchors, else by what they said.

Some programs rename or drop bookmarks. A block whose anchor is gone is looked for by its label and by its
text, first between its neighbours, then everywhere; it must be similar enough and stand out, and it is told
as *found by text*. What is not found counts as deleted by an editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from uprreport.files.word.manifest import Manifest, ManifestBlock
from uprreport.files.word.styles import GENERATED
from uprreport.files.word.tokens import keys, tokenise

SIMILAR = 0.6
"""The least share of equal words by which a paragraph is taken for a block's first one."""

AHEAD = 0.15
"""How much more similar it must be than the next best one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph at the top of a revised draft; ``is_gone`` when an editor deleted all of it."""

    anchors: tuple[str, ...]
    label: str
    style: str
    text: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """``starts`` gives the blocks that open at a paragraph (by its position); the others are ``missing``."""

    starts: Mapping[int, tuple[str, ...]]
    by_text: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    places: Mapping[str, int] = field(default_factory=dict)


def locate(manifest: Manifest, lines: Sequence[Line]) -> Located:
    """The places of a manifest's blocks among the paragraphs of a revised draft."""
    places = _by_anchor(manifest, lines)
    search = _Search(lines, frozenset(places.values()))
    anchored = frozenset(places)
    # First what stands out in the whole document; then, between those, what stands out there.
    for exactly, everywhere in ((True, True), (True, False), (False, False), (False, True)):
        for index, block in enumerate(manifest.blocks):
            if block.id in places:
                continue
            around = _neighbours(manifest.blocks, index, places, len(lines))
            found = search.find(block, range(len(lines)) if everywhere else range(*around), exactly=exactly)
            if found is not None:
                places[block.id] = found
                search.taken.add(found)
    by_text = places.keys() - anchored
    starts: dict[int, list[str]] = {}
    for block in manifest.blocks:
        if block.id in places:
            starts.setdefault(places[block.id], []).append(block.id)
    missing = frozenset(block.id for block in manifest.blocks if block.id not in places)
    return Located({at: tuple(ids) for at, ids in starts.items()}, frozenset(by_text), missing, places)


def _by_anchor(manifest: Manifest, lines: Sequence[Line]) -> dict[str, int]:
    """Where anchors stand; of several copies the one that reads most like the block, else the first."""
    ids = {block.anchor: block for block in manifest.blocks}
    found: dict[str, list[int]] = {}
    for position, line in enumerate(lines):
        for anchor in line.anchors if not line.is_gone else ():
            if anchor in ids:
                found.setdefault(anchor, []).append(position)
    places: dict[str, int] = {}
    for anchor, positions in found.items():
        block = ids[anchor]
        first = _first_text(block)
        best = (
            max(positions, key=lambda at: (_similarity(first, lines[at].text), -at))
            if positions[1:]
            else positions[0]
        )
        places[block.id] = best
    return places


def _first_text(block: ManifestBlock) -> str:
    return block.text.paragraphs[0][1] if block.text.paragraphs else ""


def _neighbours(
    blocks: Sequence[ManifestBlock], index: int, places: Mapping[str, int], end: int
) -> tuple[int, int]:
    """The paragraphs between the nearest blocks before and after one that are found already."""
    before = next((places[b.id] for b in reversed(blocks[:index]) if b.id in places), -1)
    after = next((places[b.id] for b in blocks[index + 1 :] if b.id in places), end)
    return (before + 1, after) if before < after else (0, 0)


class _Search:
    """Looks for blocks among paragraphs that open no other block."""

    def __init__(self, lines: Sequence[Line], taken: Iterable[int]) -> None:
        self._lines = lines
        self.taken = set(taken)
        self._words = [frozenset(keys(tokenise([("", line.text)]))) for line in lines]

    def find(self, block: ManifestBlock, where: range, *, exactly: bool) -> int | None:
        """The paragraph that opens a block, by label or text; None when none is like it, or several are."""
        free = [at for at in where if at not in self.taken and self._is_candidate(at)]
        if block.label:
            labelled = [at for at in free if self._has_label(at, block.label)]
            if len(labelled) == 1:
                return labelled[0]
        text = _first_text(block)
        if not text:
            return None
        exact = [at for at in free if self._lines[at].text == text]
        if exact or exactly:
            return exact[0] if len(exact) == 1 else None
        return self._most_similar(text, free)

    def _is_candidate(self, at: int) -> bool:
        return not self._lines[at].is_gone and self._lines[at].style not in GENERATED

    def _has_label(self, at: int, label: str) -> bool:
        line = self._lines[at]
        return line.label == label or line.text.startswith(label)

    def _most_similar(self, text: str, free: Sequence[int]) -> int | None:
        wanted = frozenset(keys(tokenise([("", text)])))
        near = [at for at in free if len(self._words[at] & wanted) >= 0.4 * max(len(wanted), 1)]
        scores = sorted(((_similarity(text, self._lines[at].text), at) for at in near), reverse=True)
        if not scores or scores[0][0] < SIMILAR:
            return None
        stands_out = len(scores) == 1 or scores[0][0] - scores[1][0] >= AHEAD
        return scores[0][1] if stands_out else None


def _similarity(one: str, other: str) -> float:
    """The share of words that two texts have in common, in order."""
    return SequenceMatcher(
        None, keys(tokenise([("", one)])), keys(tokenise([("", other)])), autojunk=False
    ).ratio()
