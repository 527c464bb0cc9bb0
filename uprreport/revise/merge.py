"""Three-way merge of words: what the data changed is carried onto what the editor made of the text.

Base, theirs and ours are sequences of words. Changes that lie apart are merged; changes that overlap, or
touch inside a sentence, are a clash, and then nothing is changed: the editor's words stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from uprreport.files.word.tokens import END

_SENTENCE_ENDS = (".", "!", "?", "…", "...", "。", "！", "？", "؟", "۔", ":", ";")


@dataclass(frozen=True, slots=True)
class Change:
    """Words ``start:end`` of one sequence become words ``other_start:other_end`` of another."""

    start: int
    end: int
    other_start: int
    other_end: int


def compare(one: Sequence[str], other: Sequence[str]) -> list[Change]:
    """What turns one sequence into the other, as people read it: a word left over between two changes joins
    them, and a text of which little is left is one change from its first word to its last."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if _is_rewritten(one, other, matcher):
        return [Change(0, len(one) - 1, 0, len(other) - 1)]
    changes: list[Change] = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        last = changes[-1] if changes else None
        if last is not None and _is_leftover(one[last.end : start]):
            changes[-1] = Change(last.start, end, last.other_start, other_end)
        else:
            changes.append(Change(start, end, other_start, other_end))
    return changes


def _is_rewritten(one: Sequence[str], other: Sequence[str], matcher: SequenceMatcher[str]) -> bool:
    """Whether two single paragraphs share so little that showing it would only confuse."""
    if [*one].count(END) != 1 or [*other].count(END) != 1:
        return False
    shared = sum(block.size for block in matcher.get_matching_blocks()) - 1  # the paragraph's end
    return shared < 0.3 * (max(len(one), len(other)) - 1)


def _is_leftover(words: Sequence[str]) -> bool:
    return len(words) <= 1 and END not in words


def merge(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> list[Change] | None:
    """The changes of ours as changes of theirs, first to last; None where they clash.

    A change that the editor made already is left out.
    """
    edited, wanted = compare(base, theirs), compare(base, ours)
    found: list[Change] = []
    for change in wanted:
        touching = [edit for edit in edited if edit.start <= change.end and change.start <= edit.end]
        if any(_is_done(change, edit, theirs, ours) for edit in touching):
            continue
        if any(_clashes(change, edit, (base, theirs, ours)) for edit in touching):
            return None
        shift = sum(
            (e.other_end - e.other_start) - (e.end - e.start) for e in edited if _is_before(e, change)
        )
        found.append(Change(change.start + shift, change.end + shift, change.other_start, change.other_end))
    return found


def _is_done(change: Change, edit: Change, theirs: Sequence[str], ours: Sequence[str]) -> bool:
    """Whether the editor changed the same words into the same words."""
    same_place = (change.start, change.end) == (edit.start, edit.end)
    return same_place and list(theirs[edit.other_start : edit.other_end]) == list(
        ours[change.other_start : change.other_end]
    )


def _clashes(change: Change, edit: Change, texts: tuple[Sequence[str], Sequence[str], Sequence[str]]) -> bool:
    """Overlapping changes clash; those that only touch do unless a sentence ends between them.

    Words that one side adds beside a paragraph that the other side took away with its end clash too.
    """
    base, theirs, ours = texts
    if edit.end != change.start and change.end != edit.start:
        return True
    between = change.start if edit.end == change.start else edit.start
    if not _is_boundary(base, between):
        return True
    typed = theirs[edit.other_start : edit.other_end]
    added = ours[change.other_start : change.other_end]
    return (END in base[edit.start : edit.end] and _is_loose(added)) or (
        END in base[change.start : change.end] and _is_loose(typed)
    )


def _is_loose(words: Sequence[str]) -> bool:
    """Whether words need a paragraph around them."""
    return bool(words) and words[-1] != END


def _is_boundary(base: Sequence[str], at: int) -> bool:
    """Whether a sentence or paragraph ends just before a place."""
    return at == 0 or base[at - 1] == END or base[at - 1].rstrip("\"')]").endswith(_SENTENCE_ENDS)


def _is_before(edit: Change, change: Change) -> bool:
    """Whether an edit lies before a change; of two insertions at one place the editor's comes first."""
    return edit.end <= change.start
