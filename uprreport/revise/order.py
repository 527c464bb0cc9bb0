"""The order of blocks: where new ones stand among those of a draft, and which belong elsewhere by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from uprreport.files.word.manifest import ManifestBlock
from uprreport.revise.telling import PLACED


def order_ids(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """All ids: those of before in their order, each new one behind the one that stands before it now."""
    known = set(before)
    behind: dict[str, list[str]] = {}
    last = ""
    for block_id in now:
        if block_id in known:
            last = block_id
        else:
            behind.setdefault(last, []).append(block_id)
    ordered = behind.get("", [])
    for block_id in before:
        ordered += [block_id, *behind.get(block_id, ())]
    return ordered


def with_places(base: Sequence[ManifestBlock], ours: Sequence[ManifestBlock]) -> Iterator[ManifestBlock]:
    """The blocks of ours; those that stand in a draft below another heading than the data have them now, as
    when their theme or position changed, with a comment on that: nothing is moved."""
    now = {block.id: block for block in ours}
    wanted = headings_above([block.id for block in ours], now)
    ids = order_ids([block.id for block in base], [block.id for block in ours])
    there = headings_above([block_id for block_id in ids if block_id in now], now)
    known = {block.id for block in base}
    for block in ours:
        heading = wanted.get(block.id, "")
        if block.id in known and heading and heading != there.get(block.id):
            told = PLACED.format(title=block.title, heading=now[heading].title)
            yield replace(block, comments=(*block.comments, told))
        else:
            yield block


def headings_above(ids: Iterable[str], known: Collection[str]) -> Mapping[str, str]:
    """The heading of theme above each block of a recommendation, by their ids."""
    found: dict[str, str] = {}
    heading = ""
    for block_id in ids:
        if block_id in known and block_id.endswith("/heading"):
            heading = block_id
        elif block_id.startswith("heading:"):
            heading = ""
        elif block_id.startswith("rec:"):
            found[block_id] = heading
    return found
