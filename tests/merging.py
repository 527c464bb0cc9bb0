"""What a merge of words gives, worked out apart from the code that carries it out."""

from __future__ import annotations

from collections.abc import Sequence

from uprreport.revise.merge import Change


def apply(theirs: Sequence[str], ours: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """The words of theirs with those of ours put in."""
    told = list(theirs)
    for change in reversed(changes):
        told[change.start : change.end] = ours[change.other_start : change.other_end]
    return told
