"""Answers that were offered to a draft and do not stand in it, by number and agency, for people.

*Offered* is what stands in the tool's comments: where an editor had changed the same words, where a passage
was deleted or merged, where a chart was changed, beneath a narrative, from another copy. *Declined* is what
an editor turned down, a tracked change or a comment: that is respected, and told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from uprreport.files.word.manifest import Manifest
from uprreport.files.word.regions import RegionText
from uprreport.files.word.threads import Thread
from uprreport.model import Source
from uprreport.revise.blocks import Theirs, show
from uprreport.revise.charts import UPDATED
from uprreport.revise.merge import compare
from uprreport.revise.offers import Offered
from uprreport.revise.telling import BENEATH
from uprreport.text import natural_key

How = Literal["offered", "declined"]

WORDS: Mapping[How, str] = {
    "offered": "offered in a comment, not taken",
    "declined": "turned down by an editor",
}
"""What became of an answer, for people."""

_MOST = 0.5
"""The share of offered words that must stand in a passage for them to count as taken, among edits."""

_FEW = 6
"""More recommendations than this are told by the title of what they stand in."""


@dataclass(frozen=True, slots=True)
class Untaken:
    """News that the draft does not say: of which recommendations and agencies, in which passage, and the
    words. ``threads`` are the comments that still offer it."""

    how: How
    title: str
    text: str
    numbers: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON has it."""
        told = {"kind": self.how, "told": WORDS[self.how], "where": self.where, "title": self.title}
        held = {"recommendations": list(self.numbers), "agencies": list(self.agencies)}
        return {**told, **held, "text": self.text}

    @property
    def heading(self) -> str:
        """Number, agency, and what became of the answer."""
        who = f" ({', '.join(self.agencies)})" if self.agencies else ""
        return f"{self.where}{who}: {WORDS[self.how]}"

    @property
    def where(self) -> str:
        """The recommendations, else the passage."""
        return ", ".join(self.numbers) if 0 < len(self.numbers) < _FEW else self.title


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a draft by their ids, the ids of those that stand in the text, and their blocks."""

    threads: Mapping[str, Thread]
    standing: Collection[str]
    blocks: Mapping[str, str]

    def open(self) -> Iterator[Thread]:
        """The tool's own that nobody resolved."""
        own = (thread for thread in self.threads.values() if thread.id in self.standing)
        return (thread for thread in own if thread.is_own and not thread.resolved)


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft: what its manifest (``base``) remembers, those that it was updated from, what each block reads,
    and its comments. ``agencies`` are those that answer for each number."""

    base: Manifest
    before: Sequence[Manifest]
    offers: Sequence[Offered]
    there: Mapping[str, Theirs]
    comments: Comments
    agencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_untaken(draft: Reading) -> tuple[Untaken, ...]:
    """Everything that was offered and not taken: what the manifests remember, then what other comments say.

    Remarks on the draft as it was built, and notes that a chart is up to date, offer nothing.
    """
    base, comments = draft.base, draft.comments
    found: list[Untaken] = []
    told = {_flat(text) for block in base.blocks for text in block.comments}
    open_threads = tuple(comments.open())
    for one in draft.offers:
        threads = tuple(t.id for t in open_threads if one.comment and _flat(t.text) == _flat(one.comment))
        told.add(_flat(one.comment))
        if one.state == "rejected" or threads:
            how: How = "offered" if threads else "declined"
            found.append(_made(how, one.title, one.text, one.sources, threads))
    known = {one.title for one in found}
    found += (one for one in _passed_over(draft, told) if one.title not in known)
    others = (t for t in open_threads if _flat(t.text) not in told and not t.text.startswith(UPDATED))
    return (*found, *(_other(thread, draft) for thread in others))


def _other(thread: Thread, draft: Reading) -> Untaken:
    """What another comment offers: of the block that its first words name, else of the one that it is on;
    beneath a narrative of the numbers that begin its lines."""
    base = draft.base
    name = draft.comments.blocks.get(thread.id, "")
    opening = thread.text.partition(": ")[0]
    named = (block for block in base.blocks if block.title == opening)
    block = next(named, next((block for block in base.blocks if block.id == name), None))
    head, _, rest = thread.text.partition("\n")
    if block is None:
        return Untaken("offered", "the draft", rest or head, threads=(thread.id,))
    if thread.text.startswith(BENEATH):
        told = [line.partition(": ")[0] for line in rest.split("\n")]
        numbers = tuple(dict.fromkeys(number for number in told if number in draft.agencies))
        agencies = sorted({agency for number in numbers for agency in draft.agencies[number]})
        return Untaken("offered", block.title, rest, numbers, tuple(agencies), (thread.id,))
    return _made("offered", block.title, rest or head, block.sources, (thread.id,))


# Comments that were deleted -----------------------------------------------------------------------------


def _passed_over(draft: Reading, told: set[str]) -> Iterator[Untaken]:
    """Offers whose comments are gone, and whose words do not stand there."""
    open_texts = {_flat(thread.text) for thread in draft.comments.open()}
    offers = {block.id: block for manifest in (*draft.before, draft.base) for block in manifest.blocks
              if block.offer is not None}  # fmt: skip
    for block in draft.base.blocks:
        was = offers.get(block.id)
        if was is None or was.offer is None or _flat(was.offer.comment) in open_texts:
            continue
        wanted = block.offer.text if block.offer is not None else block.text
        if wanted == was.offer.text and (text := _refused(was.text, wanted, draft.there.get(block.id))):
            told.add(_flat(was.offer.comment))
            yield _made("declined", block.title, text, was.offer.sources or block.sources, ())


def _refused(was: RegionText, wanted: RegionText, theirs: Theirs | None) -> str:
    """The words that were offered and do not stand there; empty for none."""
    if theirs is None or theirs.is_empty:
        return show(wanted) if wanted != was else ""
    before, now = _words(was), _words(wanted)
    there = _words(RegionText(theirs.paragraphs, theirs.tables, theirs.notes))
    matcher = SequenceMatcher(None, now, there, autojunk=False)
    taken = {i for b in matcher.get_matching_blocks() for i in range(b.a, b.a + b.size)}
    missing = []
    for change in compare(before, now):
        came = range(change.other_start, change.other_end)
        if came and sum(i in taken for i in came) < _MOST * len(came):
            missing.append(" ".join(now[i] for i in came))
    return "\n".join(missing)


def _words(text: RegionText) -> list[str]:
    return " ".join(show(text).split()).split(" ")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _made(how: How, title: str, text: str, sources: Sequence[Source], threads: tuple[str, ...]) -> Untaken:
    numbers = sorted({source.number for source in sources if source.number}, key=natural_key)
    agencies = sorted({source.agency for source in sources if source.agency})
    return Untaken(how, title, text, tuple(numbers), tuple(agencies), threads)
