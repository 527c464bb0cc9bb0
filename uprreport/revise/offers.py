"""What the data say and a draft does not: offers that wait for an editor, and changes that were turned down.

An offer waits in a comment, because it clashes with what an editor wrote, or because its passage was deleted
or merged with others. A change that an editor rejected is respected; it is told all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from uprreport.files.word.manifest import Manifest, ManifestBlock
from uprreport.files.word.regions import RegionText
from uprreport.files.word.revised import Revised
from uprreport.files.word.threads import Thread
from uprreport.model import Source
from uprreport.revise.blocks import Theirs
from uprreport.revise.charts import show_rows
from uprreport.revise.earlier import turned_down
from uprreport.revise.edited import is_edited
from uprreport.revise.locate import locate
from uprreport.revise.telling import news, stands
from uprreport.revise.update import read_lines, read_theirs, regions_by_block

State = Literal["open", "rejected"]


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that the data say and the draft does not: ``open`` while its comment stands, or ``rejected``.

    ``text`` is what was offered, with the sentence that introduces it where it stands in a ``comment``;
    ``sources`` are the answers that it comes from.
    """

    state: State
    block: str
    title: str
    text: str
    comment: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The recommendations that the answers are on, each once."""
        return tuple(dict.fromkeys(source.number for source in self.sources if source.number))

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies whose answers they are, each once."""
        return tuple(dict.fromkeys(source.agency for source in self.sources if source.agency))


def read_offers(revised: Revised, manifest: Manifest) -> tuple[Offered, ...]:
    """The offers that are open in a draft and the changes that were turned down in it, in its order.

    ``manifest`` is the draft's own, or what history keeps of it.
    """
    located = locate(manifest, read_lines(revised))
    theirs = read_theirs(revised, regions_by_block(revised, located), located)
    threads = tuple(revised.threads().values())
    return tuple(
        told
        for block in manifest.blocks
        for told in (
            *_open(block, theirs.get(block.id), threads),
            *_rejected(block, theirs.get(block.id)),
        )
    )


def _open(block: ManifestBlock, theirs: Theirs | None, threads: Sequence[Thread]) -> Iterator[Offered]:
    near: Iterable[Thread] = threads
    if theirs is not None and not theirs.shared and not theirs.is_empty:
        near = theirs.threads
    offer = block.offer
    if offer is not None and stands(offer.comment, near):
        told = offer.comment.partition("\n")[2] or offer.comment
        yield Offered("open", block.id, block.title, told, offer.comment, offer.sources or block.sources)
    plot = block.plot.offer if block.plot is not None else None
    if plot is not None and stands(plot.comment, near):
        rows = show_rows(plot.rows)
        yield Offered("open", block.id, block.title, rows, plot.comment, block.sources)


def _rejected(block: ManifestBlock, theirs: Theirs | None) -> Iterator[Offered]:
    lines: dict[str, tuple[Source, ...]] = {}
    for earlier in block.earlier:
        before = ManifestBlock("", "", "", earlier.text, sources=earlier.sources)
        if theirs is not None and not theirs.shared and not theirs.is_empty:
            told = turned_down(earlier, block, theirs)
        else:
            told = _whole(block) if earlier.text == RegionText() and not _is_there(block, theirs) else ()
        for line in told:
            lines.setdefault(line, news(before, block))
    for line, sources in lines.items():
        yield Offered("rejected", block.id, block.title, line, sources=sources)


def _is_there(block: ManifestBlock, theirs: Theirs | None) -> bool:
    """Whether a block that came in as a whole still stands, perhaps in a paragraph that it shares."""
    return theirs is not None and (bool(theirs.drawn) or is_edited(block, theirs) is False)


def _whole(block: ManifestBlock) -> tuple[str, ...]:
    """What a block says that came in as a whole and is gone."""
    text = "\n".join(line for _, line in block.text.paragraphs)
    return (text,) if text else ()
