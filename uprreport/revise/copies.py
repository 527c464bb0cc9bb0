"""Passages that an editor pasted twice: one of them is kept up to date, the others are told.

A copy is known by a mark or label that stands again, or by its whole text where nothing else in the draft
says the same. Programs drop or rename the bookmark of a copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from uprreport.files.word.manifest import Manifest, ManifestBlock
from uprreport.files.word.styles import GENERATED
from uprreport.files.word.tokens import keys, tokenise
from uprreport.revise.edited import first_line
from uprreport.revise.locate import Line, Located

LEAST = 6
"""Words of a text by which a copy without mark and label is known: a shorter one may stand anywhere."""


def find_copies(manifest: Manifest, lines: Sequence[Line], located: Located) -> Mapping[str, tuple[int, ...]]:
    """The further places of blocks that stand more than once, by block, among the paragraphs of a draft."""
    search = _Search(manifest, lines, located)
    found = {block.id: tuple(search.of(block)) for block in manifest.blocks if block.id in located.places}
    return {block: places for block, places in found.items() if places}


class _Search:
    def __init__(self, manifest: Manifest, lines: Sequence[Line], located: Located) -> None:
        self._located = located
        self._words = [_keys(line.text) for line in lines]
        self._labels = Counter(block.label for block in manifest.blocks if block.label)
        self._texts = Counter(_keys(text) for block in manifest.blocks for _, text in block.text.paragraphs)
        self._by_anchor: dict[str, list[int]] = {}
        self._by_label: dict[str, list[int]] = {}
        self._by_text: dict[tuple[str, ...], list[int]] = {}
        for at, line in enumerate(lines):
            if at in located.starts or line.is_gone or line.style in GENERATED:
                continue
            for anchor in line.anchors:
                self._by_anchor.setdefault(anchor, []).append(at)
            self._by_label.setdefault(line.label, []).append(at)
            self._by_text.setdefault(self._words[at], []).append(at)

    def of(self, block: ManifestBlock) -> Iterator[int]:
        """The further places of one block, in order."""
        found = set(self._by_anchor.get(block.anchor, ()))
        if block.label and self._labels[block.label] == 1:
            found.update(self._by_label.get(block.label, ()))
        for words in {_keys(first_line(block)), self._words[self._located.places[block.id]]}:
            if len(words) >= LEAST and self._texts[words] <= 1:
                found.update(self._by_text.get(words, ()))
        yield from sorted(found)


def _keys(text: str) -> tuple[str, ...]:
    return keys(tokenise([("", text)]))
