"""Three-way merge of words: what the data changed is carried onto what the editor made of the text.

Base, theirs and ours are sequences of words. Changes that lie apart are carried in; those that overlap, or
touch inside a sentence, are left out and told, and with them all that the data changed in the same sentence:
no sentence is made of two answers. The editor's words stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from uprreport.files.word.tokens import END
from uprreport.revise.sentences import sentences

_SENTENCE_ENDS = (".", "!", "?", "…", "...", "。", "！", "？", "؟", "۔", ":", ";")

ANCHOR = 3
"""Words of the shortest sentence by which two texts are laid beside each other."""

MOVED = 0.6
"""The least share of equal words by which a new sentence is one that clashes elsewhere, moved."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words ``start:end`` of one sequence become words ``other_start:other_end`` of another."""

    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Merge:
    """What of the data is carried into an editor's text, and what is not.

    ``changes`` turn words of theirs into words of ours, first to last. All others turn words of base into
    words of ours: ``carried`` are the same changes, ``done`` those that the editor made already, ``clashes``
    those that are left out. ``is_fixed`` tells that some are because nothing may be written there.
    """

    changes: tuple[Change, ...] = ()
    carried: tuple[Change, ...] = ()
    done: tuple[Change, ...] = ()
    clashes: tuple[Change, ...] = ()
    is_fixed: bool = False


def compare(one: Sequence[str], other: Sequence[str]) -> list[Change]:
    """What turns one sequence into the other, as people read it: sentences that both have are laid beside
    each other first; between them a word left over between two changes joins them, and a text of which little
    is left is one change from its first word to its last."""
    changes: list[Change] = []
    for start, end, other_start, other_end in _gaps(one, other):
        found = _compare_words(one[start:end], other[other_start:other_end])
        changes += [
            Change(c.start + start, c.end + start, c.other_start + other_start, c.other_end + other_start)
            for c in found
        ]
    return changes


def _gaps(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of both texts between whole sentences that they share."""
    parts, others = sentences(one), sentences(other)
    left, right = ([tuple(words[a:b]) for a, b in spans] for words, spans in ((one, parts), (other, others)))
    at = there = 0
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        if any(len(words) >= ANCHOR for words in left[block.a : block.a + block.size]):
            begins, other_begins = parts[block.a][0], others[block.b][0]
            yield at, begins, there, other_begins
            at, there = parts[block.a + block.size - 1][1], others[block.b + block.size - 1][1]
    yield at, len(one), there, len(other)


def _compare_words(one: Sequence[str], other: Sequence[str]) -> list[Change]:
    if not one or not other:
        return [Change(0, len(one), 0, len(other))] if one or other else []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if _is_rewritten(one, other, matcher):
        ends = int(one[-1] == END)
        return [Change(0, len(one) - ends, 0, len(other) - ends)]
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
    """Whether two stretches of a paragraph share so little that showing it would only confuse."""
    ends = int(one[-1] == END)
    if int(other[-1] == END) != ends or [*one].count(END) != ends or [*other].count(END) != ends:
        return False
    shared = sum(block.size for block in matcher.get_matching_blocks()) - ends  # the paragraph's end
    return shared < 0.3 * (max(len(one), len(other)) - ends)


def _is_leftover(words: Sequence[str]) -> bool:
    return len(words) <= 1 and END not in words


def merge(
    base: Sequence[str], theirs: Sequence[str], ours: Sequence[str], fixed: Sequence[tuple[int, int]] = ()
) -> Merge:
    """The changes of ours as changes of theirs; what the editor made already is not made again.

    ``fixed`` are stretches of theirs that must stay: changes in them are left out, too.
    """
    edited, wanted = compare(base, theirs), compare(base, ours)
    texts = (base, theirs, ours)
    done: list[Change] = []
    clashes: list[Change] = []
    is_fixed = False
    for change in wanted:
        touching = [edit for edit in edited if edit.start <= change.end and change.start <= edit.end]
        if any(_is_done(change, edit, theirs, ours) for edit in touching):
            done.append(change)
        elif any(_clashes(change, edit, texts) for edit in touching):
            clashes.append(change)
        elif fixed and _is_in_any(_moved_by(change, edited), fixed):
            clashes.append(change)
            is_fixed = True
    if clashes:
        clashes = _with_others(clashes, [c for c in wanted if c not in done], base, ours)
    carried = [change for change in wanted if change not in clashes and change not in done]
    found = tuple(_moved_by(change, edited) for change in carried)
    return Merge(found, tuple(carried), tuple(done), tuple(clashes), is_fixed)


def _moved_by(change: Change, edited: Sequence[Change]) -> Change:
    """A change of the base as one of the text that edits made of it."""
    shift = sum((e.other_end - e.other_start) - (e.end - e.start) for e in edited if _is_before(e, change))
    return Change(change.start + shift, change.end + shift, change.other_start, change.other_end)


def _is_in_any(change: Change, fixed: Sequence[tuple[int, int]]) -> bool:
    """Whether a change alters words in a stretch; what is added before or behind it does not."""
    return any(_is_in(change, span) for span in fixed)


def _with_others(
    clashes: Sequence[Change], wanted: Sequence[Change], base: Sequence[str], ours: Sequence[str]
) -> list[Change]:
    """Changes that clash together with those that belong to them: in the same sentences, or a sentence that
    went from where one clashes to another place."""
    spans = sentences(base)
    held = set(clashes)
    while True:
        touched = [span for span in spans if any(_is_in(change, span) for change in held)]
        stand = [tuple(base[start:end]) for start, end in touched]
        more = {
            change
            for change in wanted
            if change not in held
            and (
                any(_is_in(change, span) for span in touched)
                or any(_is_moved(ours[change.other_start : change.other_end], words) for words in stand)
            )
        }
        if not more:
            return [change for change in wanted if change in held]
        held |= more


def _is_in(change: Change, span: tuple[int, int]) -> bool:
    """Whether a change alters a sentence; what is added before or behind it does not."""
    return (
        change.start < span[1]
        and change.end > span[0]
        and (change.end > change.start or span[0] < change.start < span[1])
    )


def _is_moved(added: Sequence[str], sentence: Sequence[str]) -> bool:
    if len(added) < ANCHOR or len(sentence) < ANCHOR:
        return False
    return SequenceMatcher(None, sentence, added, autojunk=False).ratio() >= MOVED


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
