"""Where the blocks of a manifest stand in a revised draft: by their anchors, else by what they said.

Some programs rename or drop bookmarks. A block whose anchor is gone is looked for by its label and by its
text, first between its neighbours, then everywhere; it must be similar enough and stand out, and it is told
as *found by text*. A paragraph that another block has, or that is as similar to one of its paragraphs, is not
taken: to miss a block costs a comment, to mistake one puts its answer into somebody else's text. What is not
found counts as deleted by an editor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from uprreport.files.word.fields import lasting
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
    """``starts`` gives the blocks that open at a paragraph (by its position); the others are ``missing``.

    ``anchors`` are those of all blocks.
    """

    starts: Mapping[int, tuple[str, ...]]
    by_text: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    places: Mapping[str, int] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)


def locate(manifest: Manifest, lines: Sequence[Line]) -> Located:
    """The places of a manifest's blocks among the paragraphs of a revised draft."""
    places = _by_anchor(manifest, lines)
    search = _Search(manifest.blocks, lines, places)
    anchored = frozenset(places)
    # First what stands out in the whole document; then, between those, what stands out there.
    for exactly, everywhere in ((True, True), (True, False), (False, False), (False, True)):
        for index, block in enumerate(manifest.blocks):
            if block.id in places:
                continue
            around = _neighbours(manifest.blocks, index, places, len(lines))
            found = search.find(block, range(len(lines)) if everywhere else range(*around), exactly=exactly)
            if found is not None:
                search.take(block, found)
    by_text = places.keys() - anchored
    starts: dict[int, list[str]] = {}
    for block in manifest.blocks:
        if block.id in places:
            starts.setdefault(places[block.id], []).append(block.id)
    missing = frozenset(block.id for block in manifest.blocks if block.id not in places)
    return Located(
        {at: tuple(ids) for at, ids in starts.items()},
        frozenset(by_text),
        missing,
        places,
        {block.id: block.anchor for block in manifest.blocks},
    )


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
    return lasting(block.text.paragraphs[0][1]) if block.text.paragraphs else ""


def _neighbours(
    blocks: Sequence[ManifestBlock], index: int, places: Mapping[str, int], end: int
) -> tuple[int, int]:
    """The paragraphs between the nearest blocks before and after one that are found already."""
    before = next((places[b.id] for b in reversed(blocks[:index]) if b.id in places), -1)
    after = next((places[b.id] for b in blocks[index + 1 :] if b.id in places), end)
    return (before + 1, after) if before < after else (0, 0)


class _Search:
    """Looks for blocks among paragraphs that open no other block and are not part of one."""

    def __init__(
        self, blocks: Sequence[ManifestBlock], lines: Sequence[Line], places: dict[str, int]
    ) -> None:
        """``places`` are those of the blocks that were found by their anchors; what is taken is added."""
        self._lines = lines
        self._places = places
        self._owners = {places[b.id]: b for b in reversed(blocks) if b.id in places}
        self._words = [_keys(line.text) for line in lines]
        self._sets = [frozenset(words) for words in self._words]
        self._labels = Counter(block.label for block in blocks)
        self._texts = [
            (block.id, index == 0, _keys(text))
            for block in blocks
            for index, (_, text) in enumerate(block.text.paragraphs)
        ]

    def take(self, block: ManifestBlock, at: int) -> None:
        """A block was found."""
        self._places[block.id] = at
        self._owners[at] = block

    def find(self, block: ManifestBlock, where: range, *, exactly: bool) -> int | None:
        """The paragraph that opens a block, by label or text; None when none is like it, or several are."""
        free = [at for at in where if self._is_free(at)]
        if block.label and self._labels[block.label] == 1:
            labelled = [at for at in free if self._has_label(at, block.label)]
            if len(labelled) == 1:
                return labelled[0]
        text = _first_text(block)
        if not text:
            return None
        exact = [at for at in free if self._lines[at].text == text and not self._is_claimed(at)]
        if exact or exactly:
            return exact[0] if len(exact) == 1 else None
        return self._most_similar(block, free)

    def _is_claimed(self, at: int) -> bool:
        """Whether the block above has this paragraph too: each of its later ones counts once."""
        start = next((place for place in range(at, -1, -1) if place in self._owners), None)
        if start is None:
            return False
        later = [_keys(text) for _, text in self._owners[start].text.paragraphs[1:]]
        before = self._words[start + 1 : at].count(self._words[at])
        return later.count(self._words[at]) > before

    def _is_free(self, at: int) -> bool:
        line = self._lines[at]
        return at not in self._owners and not line.is_gone and line.style not in GENERATED

    def _has_label(self, at: int, label: str) -> bool:
        line = self._lines[at]
        return line.label == label or line.text.startswith(label)

    def _most_similar(self, block: ManifestBlock, free: Sequence[int]) -> int | None:
        wanted = _keys(_first_text(block))
        near = [at for at in free if self._is_near(at, wanted)]
        scores = sorted(((_ratio(wanted, self._words[at]), at) for at in near), reverse=True)
        if not scores or scores[0][0] < SIMILAR:
            return None
        best, at = scores[0]
        stands_out = len(scores) == 1 or best - scores[1][0] >= AHEAD
        is_other = self._is_claimed(at) or self._has_rival(block, wanted, at, best)
        return at if stands_out and not is_other else None

    def _is_near(self, at: int, wanted: Sequence[str]) -> bool:
        """Whether two texts share words enough to be worth comparing."""
        return len(self._sets[at].intersection(wanted)) >= 0.4 * max(len(set(wanted)), 1)

    def _has_rival(self, block: ManifestBlock, wanted: Sequence[str], at: int, score: float) -> bool:
        """Whether a paragraph is as similar to another text of the draft as to the first one of a block."""
        return any(
            words != wanted and self._is_near(at, words) and _ratio(words, self._words[at]) >= score
            for owner, is_first, words in self._texts
            if not (owner == block.id and is_first)
        )


def _keys(text: str) -> tuple[str, ...]:
    """The words of one paragraph as they are compared."""
    return keys(tokenise([("", text)]))


def _similarity(one: str, other: str) -> float:
    return _ratio(_keys(one), _keys(other))


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of words that two texts have in common, in order."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
