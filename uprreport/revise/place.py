"""Places in a revised draft: where a new block goes, and which heading stands above a block that is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from uprreport.files.word.regions import Region, is_section_break
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import Element, style_of, w


class Places:
    """Knows, for every block, what stands where in the order of the report."""

    def __init__(self, revised: Revised, regions: Mapping[str, Region]) -> None:
        """``regions`` are those of the blocks that were found."""
        self._revised = revised
        self._first = {block: region.elements[0] for block, region in regions.items()}
        self._last = {block: _end_of(region) for block, region in regions.items()}
        self._order: list[str] = []
        self._at: dict[str, int] = {}

    def order(self, ids: Sequence[str]) -> None:
        """The order of all blocks, found or not."""
        self._order = list(ids)
        self._at = {block: index for index, block in enumerate(ids)}

    def end_before(self, block: str) -> Element | None:
        """The last element of the nearest block before one; None when nothing stands before it."""
        for other in reversed(self._order[: self._at[block]]):
            if other in self._last:
                return self._last[other]
        return None

    def note(self, block: str, made: Sequence[Element]) -> None:
        """Remember where a new block was put."""
        self._first[block], self._last[block] = made[0], made[-1]

    def heading_above(self, block: str) -> Element:
        """The nearest heading above the place of a block that still says anything, else below it, else any
        paragraph."""
        before = [b for b in reversed(self._order[: self._at[block]]) if b in self._first]
        behind = [b for b in self._order[self._at[block] :] if b in self._first]
        for other in (*before, *behind):
            node = self._first[other]
            if self._is_heading(node):
                return node
        return next(iter(self._revised.nodes()))

    def _is_heading(self, node: Element) -> bool:
        styles = self._revised.styles
        level = styles.heading_level(style_of(node)) if node.tag == w("p") else None
        return level is not None and self._revised.reads(node)


def _end_of(region: Region) -> Element:
    """The last element of a region before what ends a section."""
    kept = [node for node in region.elements if not is_section_break(node)]
    return kept[-1] if kept else region.elements[-1]
