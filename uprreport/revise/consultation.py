"""Consultations: the passages that others are asked about, and accepted proposals carried into the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from uprreport.files.word.manifest import Manifest, ManifestBlock, sum_of
from uprreport.files.word.numbers import paragraph_numbers
from uprreport.files.word.regions import Region, read_text
from uprreport.files.word.revised import Revised
from uprreport.files.word.styles import HEADINGS, LOOKS
from uprreport.files.word.tokens import keys, reads_the_same, tokenise
from uprreport.revise.carry import carry_out
from uprreport.revise.locate import locate
from uprreport.revise.partly import clashes_of, merge_texts
from uprreport.revise.update import read_lines, read_theirs, regions_by_block

PROPOSED = "{author} proposes for this passage:"
_REFERENCE = LOOKS["reference"].lower()
WHOLE = 0.5
"""The share of words that a proposal must keep of a passage to be taken for its new wording as a whole."""


@dataclass(frozen=True, slots=True)
class Consulted:
    """A passage as others are asked about it; ``paragraph`` is its number in print: ``12``, ``12–14``."""

    block: str
    title: str
    paragraph: str
    text: str


def read_consulted(accepted: Revised, manifest: Manifest) -> tuple[Consulted, ...]:
    """The passages of a draft whose changes are accepted, in its order; bare headings are left out.

    Of a table only the caption is given: its rows are read in the document.
    """
    blocks = {block.id: block for block in manifest.blocks}
    regions = regions_by_block(accepted, locate(manifest, read_lines(accepted)))
    numbers = paragraph_numbers(accepted.body, accepted.styles, accepted.numbering())
    found: list[Consulted] = []
    seen: set[int] = set()
    for block_id, region in regions.items():
        paragraphs = read_text(region, accepted.styles).paragraphs
        says = any(style not in HEADINGS and style != _REFERENCE for style, _ in paragraphs)
        if paragraphs and HEADINGS.get(paragraphs[0][0]) == 0:
            continue  # the cover, and what stands above the contents
        if id(region) not in seen and (says or region.tables):
            seen.add(id(region))
            shown = _range([numbers[node] for node in region.paragraphs if node in numbers])
            text = "\n".join(line.replace("\u2028", "\n") for _, line in paragraphs)
            found.append(Consulted(block_id, _title(blocks[block_id], paragraphs), shown, text))
    return tuple(found)


def _title(block: ManifestBlock, paragraphs: Sequence[tuple[str, str]]) -> str:
    first = paragraphs[0][1] if paragraphs else block.title
    return first if block.id.startswith("heading:") else block.title


def _range(numbers: Sequence[str]) -> str:
    if not numbers:
        return ""
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


# Accepted proposals ---------------------------------------------------------------------------------------

Carried = Literal["carried", "done", "comment", "missing"]
"""What became of a proposal: tracked changes, nothing left to do, a comment, or its passage is gone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another wording of a block: who proposes it, the text that was asked about, the text proposed."""

    block: str
    author: str
    asked: str
    proposed: str

    @property
    def digest(self) -> str:
        """A sum by which a draft remembers that the proposal was carried into it."""
        return sum_of(f"{self.block}\x1f{self.author}\x1f{self.proposed}")


def carry_proposal(revised: Revised, manifest: Manifest, proposal: Proposal) -> Carried:
    """Carry an accepted proposal into a revised draft, as tracked changes authored by who made it.

    Compared with the text that was asked about, word by word. What changes words that were changed here
    since is told in a comment, once; so is the whole where several blocks share the passage, or only a part
    was written.
    """
    located = locate(manifest, read_lines(revised))
    regions = regions_by_block(revised, located)
    theirs = read_theirs(revised, regions, located).get(proposal.block)
    if theirs is None:
        return "missing"
    asked, proposed = _paragraphs(proposal.asked), _styled(proposal.proposed, theirs.paragraphs)
    if reads_the_same(theirs.paragraphs, proposed):
        return "done"
    merged = None
    if not theirs.shared and _is_whole(asked, proposed):
        merged = merge_texts(asked, theirs.paragraphs, proposed)
    region, said = regions[proposal.block], [thread.text for thread in theirs.threads]
    with revised.written_by(proposal.author):
        if merged is None:
            return _tell(revised, region, proposal, proposal.proposed, said)
        if merged.changes:
            carry_out(revised.story(region.paragraphs), proposed, merged.changes)
        if merged.clashes:
            told = clashes_of(asked, proposed, merged.clashes)
            return _tell(revised, region, proposal, told, said)
    return "carried" if merged.changes else "done"


def _tell(revised: Revised, region: Region, proposal: Proposal, told: str, said: Sequence[str]) -> Carried:
    comment = f"{PROPOSED.format(author=proposal.author)}\n{told}"
    if any(text.split() == comment.split() for text in said):
        return "done"
    revised.comment(region.elements[0], comment)
    return "comment"


def _paragraphs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(("", line) for line in text.split("\n") if line.strip())


def _styled(text: str, like: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """A text as paragraphs in the styles of those that it is to replace; further ones in the last one's."""
    styles = [style for style, _ in like] or [""]
    lines = [line for line in text.split("\n") if line.strip()]
    return tuple((styles[min(index, len(styles) - 1)], line) for index, line in enumerate(lines))


def _is_whole(asked: Sequence[tuple[str, str]], proposed: Sequence[tuple[str, str]]) -> bool:
    """Whether a proposal is a passage as it should read, not a note or a single sentence of it."""
    before, after = keys(tokenise(asked)), keys(tokenise(proposed))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = sum(match.size for match in matcher.get_matching_blocks())
    return kept >= WHOLE * max(len(before), 1)
