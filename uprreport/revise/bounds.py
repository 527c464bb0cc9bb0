"""Comments of a length that a margin can hold: the first words, and where the rest stands."""

from __future__ import annotations

import re
from dataclasses import replace

from uprreport.files.word.manifest import ManifestBlock
from uprreport.revise.blocks import BlockPlan
from uprreport.revise.withheld import RUN

LONGEST = 2000
"""Characters of a comment: more than a page of Word's margin."""

_CELLS = 6
"""Cells that are named; of more the command tells."""

_SENTENCE = re.compile(r"[.!?…:;。！？؟۔।][\"'»”’)\]]*(?:\s+|(?<=[。！？]))|\n|$")
_LEAST = RUN + 2
"""Words that the last piece must have: whoever looks for a withheld text later finds it by six in a row."""


def bound(plan: BlockPlan, ours: ManifestBlock | None) -> BlockPlan:
    """A plan whose comment is not too long; what is offered remembers the comment as it stands."""
    short = shorten_comment(plan.comment, _where(ours)) if ours is not None else plan.comment
    if short == plan.comment:
        return plan
    after = plan.after
    if after is not None and after.offer is not None and after.offer.comment == plan.comment:
        after = replace(after, offer=replace(after.offer, comment=short))
    return replace(plan, comment=short, after=after)


def shorten_comment(comment: str, where: str) -> str:
    """A comment as it is, or where it is too long its first sentences, and ``where`` the rest stands."""
    if len(comment) <= LONGEST:
        return comment
    at, start = 0, 0
    for found in _SENTENCE.finditer(comment, 0, LONGEST):
        if len(comment[start : found.start()].split()) >= _LEAST and found.end() < LONGEST:
            at = found.end()
        start = found.end()
    at = at or comment.rfind(" ", 0, LONGEST)
    return f"{comment[: at if at > 0 else LONGEST].rstrip()} […]\n{where}"


def _where(ours: ManifestBlock) -> str:
    cells = dict.fromkeys(f"{s.file}, {s.sheet}!{s.cell}" for s in ours.sources)
    named = "; ".join(list(cells)[:_CELLS])
    more = f" and {len(cells) - _CELLS} more cells" if len(cells) > _CELLS else ""
    rest = f"The rest stands in {named}{more}. " if named else ""
    return f"{rest}The command “uprreport trace” names the cells of this passage: {ours.id}."
