"""A second copy of a draft joins the first: what its editor changed is carried in, authored by that editor.

The second copy is compared with its own manifest, whatever generation that is; its changes are merged into
the first copy word by word, and what clashes is told in a comment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uprreport.files.word.manifest import Manifest, ManifestBlock
from uprreport.files.word.regions import Region, RegionText, read_text
from uprreport.files.word.revised import Revised
from uprreport.revise.locate import locate
from uprreport.revise.plan import BlockPlan, Theirs, plan_block
from uprreport.revise.tables import match_rows
from uprreport.revise.update import Carrier, read_lines, read_theirs, regions_by_block

CLASH = "{author} changed this passage too, and it does not fit what stands here. Their text:"


@dataclass(frozen=True, slots=True)
class Copy:
    """Another copy of a draft, what it was made from, and who changed it.

    In one that ``is_marked`` a block that is gone was deleted; without anchors it may only not be found.
    """

    document: Revised
    base: Manifest
    author: str
    is_marked: bool = True


def join_copy(revised: Revised, manifest: Manifest, copy: Copy) -> tuple[BlockPlan, ...]:
    """Carry the changes of another copy into a revised draft; gives what became of each block.

    ``manifest`` is the revised draft's own.
    """
    place = locate(manifest, read_lines(revised))
    regions = regions_by_block(revised, place)
    theirs = read_theirs(revised, regions, place)
    other = copy.document
    found = regions_by_block(other, locate(copy.base, read_lines(other)))
    plans = [
        _plan(block, theirs[block.id], _as_ours(block, found.get(block.id), other), copy.author)
        for block in copy.base.blocks
        if block.id in theirs and (copy.is_marked or block.id in found)
    ]
    Carrier(revised, other, regions, found).carry(plans)
    return tuple(plans)


def _as_ours(block: ManifestBlock, region: Region | None, other: Revised) -> ManifestBlock | None:
    """A block as it reads in the other copy, in the place of what the data would say."""
    if region is None:
        return None
    text = read_text(region, other.styles)
    return replace(block, text=text, row_keys=_keys(block, text), offer=None)


def _keys(block: ManifestBlock, text: RegionText) -> tuple[str, ...]:
    """The keys of a table's rows: those of the rows that they were, others of their own."""
    if not text.tables or not block.text.tables:
        return ()
    before, there = block.text.tables[0], text.tables[0]
    was = {at: old for old, at in match_rows(before, there).items()}
    names = dict(zip(range(1, len(before)), block.row_keys, strict=False))
    return tuple(names.get(was.get(index, -1), f"own {index}") for index in range(1, len(there)))


def _plan(base: ManifestBlock, theirs: Theirs, ours: ManifestBlock | None, author: str) -> BlockPlan:
    """The plan for one block; a clash is told in the other editor's name, and once."""
    settled = replace(base, offer=None, comments=(), beneath=())
    now = replace(ours, comments=(), beneath=()) if ours is not None else None
    plan = plan_block(settled, theirs, now, {})
    if not plan.comment:
        return plan
    first, _, rest = plan.comment.partition("\n")
    comment = f"{CLASH.format(author=author)}\n{rest or first}"
    told = any(thread.text.split() == comment.split() for thread in theirs.threads)
    return replace(plan, comment="" if told else comment)


def as_manifest(revised: Revised, manifest: Manifest) -> Manifest:
    """A manifest of what a revised draft reads now, for comparing a later copy of it that has no anchors."""
    regions = regions_by_block(revised, locate(manifest, read_lines(revised)))
    blocks: Sequence[ManifestBlock] = [
        replace(block, text=read_text(regions[block.id], revised.styles), label="", offer=None)
        for block in manifest.blocks
        if block.id in regions
    ]
    return replace(manifest, blocks=tuple(blocks))
