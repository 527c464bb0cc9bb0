"""Three-way merge of notes: footnotes and endnotes by their keys, each word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.tokens import reads_the_same
from uprreport.revise.merge import Change
from uprreport.revise.tables import Clash, merge_lines, paragraphs

NoteText = tuple[str, str]
"""Kind and text of a note."""

HEADING = "Note"


@dataclass(frozen=True, slots=True)
class NoteWords:
    """Words to change in one note; ``at`` counts from 0 among the notes of the passage as it stands."""

    at: int
    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class NotesPlan:
    """What to do with the notes of a passage: words to change, notes to strike, notes of ours to add.

    ``struck`` count among the notes as they stand, ``added`` among ours. ``after`` are the notes of the base
    from now on: ours, but where notes clash what they were.
    """

    words: tuple[NoteWords, ...] = ()
    struck: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    clashes: tuple[Clash, ...] = ()
    after: tuple[NoteText, ...] = ()

    @property
    def touches(self) -> bool:
        """Whether anything in the document changes."""
        return bool(self.words or self.struck or self.added)


def same_notes(one: Sequence[NoteText], other: Sequence[NoteText]) -> bool:
    """Whether passages have the same notes; only the order among those of one kind counts."""
    if len(one) != len(other):
        return False
    ordered = (sorted(notes, key=lambda note: note[0]) for notes in (one, other))
    return all(_same(a, b) for a, b in zip(*ordered, strict=True))


def _same(one: NoteText, other: NoteText) -> bool:
    return one[0] == other[0] and reads_the_same(paragraphs(one[1]), paragraphs(other[1]))


def plan_notes(base: ManifestBlock, theirs: Sequence[NoteText], ours: ManifestBlock) -> NotesPlan | None:
    """What to do with the notes of a passage; None when nothing of them changed."""
    if same_notes(base.text.notes, ours.text.notes):
        return None
    before, now = _by_key(base), _by_key(ours)
    at = match_notes(base.text.notes, theirs)
    plan = _Plan(base, theirs, ours)
    for key, old in before.items():
        if key in now:
            plan.change(old, now[key], at.get(old))
        else:
            plan.remove(old, at.get(old))
    for key, new in now.items():
        if key not in before:
            plan.add(new)
    return plan.done()


def _by_key(block: ManifestBlock) -> Mapping[str, int]:
    """The places of a block's notes by their keys; a kind and a number where a key is not known."""
    names = (
        block.note_keys[i] if i < len(block.note_keys) else f"{kind}#{i}"
        for i, (kind, _) in enumerate(block.text.notes)
    )
    return {name: index for index, name in enumerate(names)}


class _Plan:
    def __init__(self, base: ManifestBlock, theirs: Sequence[NoteText], ours: ManifestBlock) -> None:
        self._base, self._theirs, self._ours = base.text.notes, theirs, ours.text.notes
        self._words: list[NoteWords] = []
        self._struck: list[int] = []
        self._added: list[int] = []
        self._clashes: list[Clash] = []
        self._after = list(ours.text.notes)

    def change(self, old: int, new: int, at: int | None) -> None:
        """A note that was there and is given still."""
        was, now = self._base[old], self._ours[new]
        if _same(was, now):
            return
        if at is None:
            self._clashes.append(Clash(HEADING, "", now[1]))
            self._after[new] = was
            return
        told = merge_lines(was[1], self._theirs[at][1], now[1])
        if told.clashes:
            self._clashes.append(Clash(HEADING, "", told.clashes))
            self._after[new] = (was[0], told.after)
        if told.changes:
            self._words.append(NoteWords(at, now[1], told.changes))

    def remove(self, old: int, at: int | None) -> None:
        """A note that is no longer given: struck, unless an editor worked on it."""
        if at is None:
            return
        if _same(self._base[old], self._theirs[at]):
            self._struck.append(at)
        else:
            self._clashes.append(Clash(HEADING, "", "(no longer in the answers)"))

    def add(self, new: int) -> None:
        """A note that is new, unless an editor has written it already."""
        if not any(_same(self._ours[new], note) for note in self._theirs):
            self._added.append(new)

    def done(self) -> NotesPlan:
        """The plan."""
        return NotesPlan(
            tuple(self._words),
            tuple(self._struck),
            tuple(self._added),
            tuple(self._clashes),
            tuple(self._after),
        )


def match_notes(before: Sequence[NoteText], there: Sequence[NoteText]) -> Mapping[int, int]:
    """Which note of a revised passage each note of the base became: an equal one, else the most similar one
    of its kind."""
    found: dict[int, int] = {}
    used: set[int] = set()
    for is_equal in (True, False):
        for old, note in enumerate(before):
            if old in found:
                continue
            free = [i for i, other in enumerate(there) if i not in used and other[0] == note[0]]
            scores = [(1.0 if _same(note, there[i]) else _similarity(note[1], there[i][1]), -i) for i in free]
            if scores and (best := max(scores))[0] >= (1.0 if is_equal else SIMILAR):
                found[old] = -best[1]
                used.add(found[old])
    return found


SIMILAR = 0.4
"""The least share of equal words by which a note is taken for one that was generated."""


def _similarity(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
