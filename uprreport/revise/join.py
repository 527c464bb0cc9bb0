"""A second copy of a draft joins the first: what its editor changed is carried in, authored by that editor.

The second copy is compared with its own manifest, whatever generation that is; its changes are merged into
the first copy word by word, and what clashes is told in a comment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uprreport.files.word.manifest import Manifest, ManifestBlock
from uprreport.files.word.plots import Plot
from uprreport.files.word.regions import Region, RegionText
from uprreport.files.word.revised import Revised
from uprreport.files.word.styles import GENERATED
from uprreport.revise.blocks import NOTHING, BlockPlan, Theirs
from uprreport.revise.carrier import Carrier
from uprreport.revise.charts import ChartPlan, seen_chart
from uprreport.revise.locate import Located, locate
from uprreport.revise.notes import match_notes
from uprreport.revise.plan import Seen, plan_block
from uprreport.revise.tables import match_rows
from uprreport.revise.update import read_lines, read_theirs, regions_by_block

CLASH = "{author} changed this passage too, and it does not fit what stands here. Their text:"
REDRAWN = "{author} changed the numbers of this chart; changes in a chart cannot be tracked."
CHART_CLASH = "{author} changed the numbers of this chart too, or it is gone here. Their numbers:"
CHART_GONE = "{author} took this chart out, or put something else in its place; it is left as it is."
GONE = "{author} deleted this passage, and it was edited here; it is left as it is."
FRONT = "In the copy of {author} other text stands above the first heading:"
ELSEWHERE = "{author} changed a passage that was deleted or merged here ({title}). Their text:"


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
    there = locate(copy.base, read_lines(other))
    found = regions_by_block(other, there)
    told = frozenset(_words(thread.text) for thread in revised.threads().values())
    plans = [
        _plan(block, theirs.get(block.id), _as_ours(block, found.get(block.id), other), (copy.author, told))
        for block in copy.base.blocks
        if copy.is_marked or (block.id in found and block.id in theirs)
    ]
    Carrier(revised, other, regions, found).carry(plans)
    _tell_front(revised, place, copy, there)
    return tuple(plans)


def _tell_front(revised: Revised, one: Located, other: Copy, two: Located) -> None:
    """Tell in a comment that what stands above the first block differs: no manifest says what it was."""
    here, there = _front(revised, one), _front(other.document, two)
    comment = "\n".join((FRONT.format(author=other.author), *(there or (NOTHING,))))
    told = {_words(thread.text) for thread in revised.threads().values()}
    same = [_words(line) for line in here] == [_words(line) for line in there]
    if not same and _words(comment) not in told:
        revised.comment(revised.nodes()[0], comment)


def _front(document: Revised, located: Located) -> list[str]:
    """The paragraphs above the first block, without what is made anew with every draft."""
    lines = read_lines(document)[: min(located.starts, default=0)]
    return [line.text for line in lines if line.text and line.style not in GENERATED]


def _as_ours(block: ManifestBlock, region: Region | None, other: Revised) -> ManifestBlock | None:
    """A block as it reads in the other copy, in the place of what the data would say.

    Where blocks share a paragraph there, the first of them has its text, and the others are gone.
    """
    if region is None or region.anchors[0] != block.id:
        return None
    text = other.read(region)
    notes = {at: old for old, at in match_notes(block.text.notes, text.notes).items()}
    names = (_name(block.note_keys, notes.get(at), f"own {at}") for at in range(len(text.notes)))
    return replace(
        block,
        text=text,
        row_keys=_keys(block, text),
        note_keys=tuple(names),
        offer=None,
        plot=_plot(block, region, other),
    )


def _plot(block: ManifestBlock, region: Region, document: Revised) -> Plot | None:
    """What a block's chart shows in a document; None where it has none, or none that can be read."""
    drawn = (one.seen for one in document.drawn(region))
    seen = seen_chart(drawn, block) if block.plot is not None else None
    return Plot(seen.rows, seen.alternative) if seen is not None and seen.rows is not None else None


def _name(keys: Sequence[str], at: int | None, own: str) -> str:
    return keys[at] if at is not None and at < len(keys) else own


def _keys(block: ManifestBlock, text: RegionText) -> tuple[str, ...]:
    """The keys of a table's rows: those of the rows that they were, others of their own."""
    if not text.tables or not block.text.tables:
        return ()
    before, there = block.text.tables[0], text.tables[0]
    was = {at: old for old, at in match_rows(before, there).items()}
    names = dict(zip(range(1, len(before)), block.row_keys, strict=False))
    return tuple(names.get(was.get(index, -1), f"own {index}") for index in range(1, len(there)))


def _plan(
    base: ManifestBlock,
    theirs: Theirs | None,
    ours: ManifestBlock | None,
    by: tuple[str, frozenset[tuple[str, ...]]],
) -> BlockPlan:
    """The plan for one block; ``by`` is the other editor and what comments tell already.

    A clash is told in the other editor's name, and once.
    """
    author, told = by
    plot = replace(base.plot, offer=None) if base.plot is not None else None
    settled = replace(base, offer=None, comments=(), beneath=(), plot=plot)
    now = replace(ours, comments=(), beneath=()) if ours is not None else None
    plan = plan_block(settled, theirs, now, Seen({}))
    if plan.chart is None and settled.plot is not None and now is not None and theirs is not None:
        plan = _without_chart(plan, settled.plot, theirs)
    plan = replace(plan, chart=_chart(plan, author, told))
    if not plan.comment:
        return plan
    comment = _comment(plan, author)
    return replace(plan, comment="" if _words(comment) in told else comment)


def _without_chart(plan: BlockPlan, base: Plot, theirs: Theirs) -> BlockPlan:
    """The plan where the other copy has the block, and no chart in it: it stays where it stands here."""
    if not theirs.drawn or theirs.shared:
        return plan
    return replace(plan, change="conflict", chart=ChartPlan("conflict", base, (), (), comment=CHART_GONE))


def _chart(plan: BlockPlan, author: str, told: frozenset[tuple[str, ...]]) -> ChartPlan | None:
    """What is done with a chart that the other editor changed, told in that editor's name, and once."""
    chart = plan.chart
    if chart is None or not chart.comment:
        return chart
    _, _, rest = chart.comment.partition("\n")
    what = REDRAWN if chart.redraws else CHART_CLASH if rest else chart.comment
    comment = "\n".join(filter(None, (what.format(author=author), rest)))
    return replace(chart, comment="" if _words(comment) in told else comment)


def _comment(plan: BlockPlan, author: str) -> str:
    """What a comment says of changes that were not carried in."""
    _, _, rest = plan.comment.partition("\n")
    if plan.change in ("deleted", "absorbed"):
        return f"{ELSEWHERE.format(author=author, title=plan.title)}\n{rest}"
    if plan.ours is None or plan.ours == RegionText():
        return GONE.format(author=author)
    return f"{CLASH.format(author=author)}\n{rest}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def as_manifest(revised: Revised, manifest: Manifest) -> Manifest:
    """A manifest of what a revised draft reads now, for comparing a later copy of it that has no anchors."""
    regions = regions_by_block(revised, locate(manifest, read_lines(revised)))
    blocks: Sequence[ManifestBlock] = [
        replace(
            block,
            text=revised.read(regions[block.id]),
            label="",
            offer=None,
            plot=_plot(block, regions[block.id], revised),
        )
        for block in manifest.blocks
        if block.id in regions
    ]
    return replace(manifest, blocks=tuple(blocks))


def share_found(manifest: Manifest, other: Revised) -> float:
    """Which share of the passages that come from answers are found in another document; 1.0 for none to find.

    Headings and captions are set aside: every report of the same template has those.
    """
    told = [
        b.id for b in manifest.blocks if b.sources and b.text.paragraphs and not b.text.tables and not b.plot
    ]
    places = locate(manifest, read_lines(other)).places
    return sum(block in places for block in told) / len(told) if told else 1.0
