"""The check of a draft itself, as editors left it: values only, nothing is changed.

What an editor may write freely is left alone. Told is what contradicts the data or the register, what
refers to nothing, and what is still open in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from uprreport.files.word.anchors import PREFIX
from uprreport.files.word.fields import CAPTION
from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.passages import Passage
from uprreport.files.word.pending import COMMENT, HIDDEN
from uprreport.files.word.pending import Mark as Pending
from uprreport.findings import Finding, Location, shorten
from uprreport.model import Block
from uprreport.revise.charts import disagreements, is_chart_edited
from uprreport.revise.citing import Citable, check_citations
from uprreport.revise.draft_tables import compare
from uprreport.revise.draft_words import Lengths, Owned, check_lengths
from uprreport.revise.positions import stated_positions
from uprreport.revise.trace import Reading, Traced
from uprreport.text import number_ranges

ANNEX = "table:annex-1"
"""The block in which every recommendation has its row."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the review holds: what may be cited, the State, the positions of each recommendation (at the
    review and now), and the blocks of the present data."""

    citable: Citable
    state: str
    positions: Mapping[str, frozenset[str]]
    blocks: Mapping[str, Block]


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as it reads: its name, passages with their blocks, the blocks as generated and as they stand,
    what is open in it, how long it is, the anchors that its references miss (``dead``), the places that hold
    words which are no longer for publication (``withheld``), what nobody can read (``closed``), and the
    blocks that open once more at a passage (``twice``, by the place of the passage)."""

    shown: str
    passages: Owned
    traced: Sequence[Traced]
    readings: Mapping[str, Reading]
    base: Mapping[str, ManifestBlock]
    marks: Sequence[Pending]
    lengths: Lengths
    dead: Sequence[str] = ()
    withheld: Sequence[str] = ()
    closed: Sequence[str] = ()
    twice: Mapping[int, str] = field(default_factory=dict)


def check_draft(draft: Checked, known: Known) -> tuple[Finding, ...]:
    """Everything that is to be told of a draft, passage by passage, then as a whole.

    Passages of blocks that are withheld are left out: nothing of them may be quoted.
    """
    found: list[Finding] = []
    open_passages = [(p, block) for p, block in draft.passages if block is None or not block.withheld]
    for passage, block in open_passages:
        at = _at(draft.shown, passage, block)
        found += check_citations(passage.text, at, known.citable)
        found += _positions(passage.text, at, known)
        found += _missing(passage, at)
    heads = _headings(draft.passages)
    for block in draft.traced:
        if not block.withheld and block.text is not None:
            found += _tables(draft, block, known, heads.get(block.id, block.section))
            found += _charts(draft, block, known, heads.get(block.id, block.section))
    broken = _broken(draft)
    return (
        *_withheld(draft),
        *(Finding("file-inside", Location(draft.shown), value=told) for told in draft.closed),
        *_twice(draft),
        *_once(found),
        *_struck(draft, heads),
        *broken,
        *_open(draft),
        *check_lengths(draft.lengths, draft.shown),
    )


# Places -------------------------------------------------------------------------------------------------


class DraftPlace(Location):
    """A place in a Word file: the heading above stands for a tab, ``paragraph 23`` for a cell."""

    __slots__ = ()

    def __str__(self) -> str:
        """``draft.docx, "Right to health", paragraph 23``, as far as it is known."""
        heading = f'"{shorten(self.sheet)}"' if self.sheet else ""
        return ", ".join(part for part in (self.file, heading, self.cell) if part)


def _at(shown: str, passage: Passage, block: Traced | None) -> Location:
    number = f"paragraph {passage.number}" if passage.number else ""
    if passage.kind in ("footnote", "endnote", "text box"):
        number = f"{passage.kind} of {number}" if number else passage.kind
    return DraftPlace(shown, passage.heading, number, block.id if block is not None else "")


def _headings(passages: Owned) -> Mapping[str, str]:
    """The heading above each block, or its own."""
    found: dict[str, str] = {}
    for passage, block in passages:
        if block is not None:
            found.setdefault(block.id, passage.heading)
    return found


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once in a block: it is mended there in one go."""
    seen: set[tuple[str, str, str, str, str]] = set()
    for finding in findings:
        at = finding.at
        key = (finding.code, at.sheet, at.field, finding.value, finding.recommendation)
        if finding.code == "table-disagrees" or key not in seen:
            seen.add(key)
            yield finding


# What the text says -------------------------------------------------------------------------------------


def _positions(text: str, at: Location, known: Known) -> Iterator[Finding]:
    """Positions told in running words that the register has otherwise, at the review and now."""
    words = known.citable.words
    for stated in stated_positions(text, words, known.state, known.positions) if words else ():
        others: dict[str, list[str]] = {}
        for number in stated.numbers:
            positions = known.positions[number]
            if positions and not positions & stated.fits:
                others.setdefault(" and ".join(sorted(positions)), []).append(number)
        for position, numbers in others.items():
            only = numbers[0] if len(numbers) == 1 else ""
            details = {"said": stated.said, "position": position}
            yield Finding("position-contradicts", at, "", only, number_ranges(numbers), details=details)


def _missing(passage: Passage, at: Location) -> Iterator[Finding]:
    """Marks of missing texts, and placeholders of a template as they come with text pasted from one."""
    pasted = re.findall(r"\{\{\s*(?:review|report|counts|blocks)\.[a-z_0-9]+\s*\}\}", passage.text)
    for told in (*passage.missing, *pasted):
        yield Finding("placeholder-left", at, value=shorten(told))


# What tables say ----------------------------------------------------------------------------------------


def _tables(draft: Checked, block: Traced, known: Known, heading: str) -> Iterator[Finding]:
    """Statuses, positions and counts that read otherwise than the data have them."""
    present, reading = known.blocks.get(block.id), draft.readings.get(block.id)
    if present is None or present.table is None or reading is None or not reading.text.tables:
        return
    for told in compare(present.table, reading.text.tables[0], draft.base.get(block.id)):
        who = "an editor changed it" if told.edited else _SINCE
        details = {"heading": told.heading, "row": told.row, "data": told.data, "who": who}
        at = DraftPlace(draft.shown, heading, f"row {told.row}", block.id)
        number = told.row if told.row in known.citable.numbers else ""
        yield Finding("table-disagrees", at, "", number, told.reads, told.heading, details)


def _charts(draft: Checked, block: Traced, known: Known, heading: str) -> Iterator[Finding]:
    """Charts that show other numbers than the data give."""
    present, base, reading = (
        known.blocks.get(block.id),
        draft.base.get(block.id),
        draft.readings.get(block.id),
    )
    theirs = reading.theirs if reading is not None else None
    if present is None or base is None or theirs is None:
        return
    edited = is_chart_edited(base, theirs.drawn)
    for told in disagreements(present, base, theirs.drawn):
        who = "an editor changed it" if edited else _SINCE
        details = {"heading": told.series, "row": told.category, "data": told.now, "who": who}
        at = DraftPlace(draft.shown, heading, f"chart, {told.category}", block.id)
        yield Finding("table-disagrees", at, "", "", told.there, told.series, details)


_SINCE = "the data changed since; uprreport update carries them in"


def _twice(draft: Checked) -> Iterator[Finding]:
    """Passages that were pasted a second time: nobody keeps those up to date."""
    for place, block in draft.twice.items():
        passage, owner = draft.passages[place]
        title = draft.base[block].title
        yield Finding("passage-twice", _at(draft.shown, passage, owner), value=title)


def _withheld(draft: Checked) -> Iterator[Finding]:
    """Words that are no longer for publication, by their places; none of them is quoted."""
    for place in draft.withheld:
        yield Finding("withheld-in-draft", Location(draft.shown), value=place, heading=place)


# What was struck ----------------------------------------------------------------------------------------


def _struck(draft: Checked, heads: Mapping[str, str]) -> Iterator[Finding]:
    """Answers that an editor took out of the body, and that the annex still prints."""
    annex = draft.readings.get(ANNEX)
    said = [cell for table in annex.text.tables for row in table for cell in row] if annex else []
    for block in draft.traced:
        if block.found != "deleted" or block.withheld or not block.id.startswith("rec:"):
            continue
        lines = [line for line in (block.generated or "").split("\n") if len(line.split()) >= MANY_WORDS]
        if any(line in cell for line in lines for cell in said):
            number = block.id.removeprefix("rec:").partition("/")[0]
            at = DraftPlace(draft.shown, heads.get(ANNEX, ""), f"row {number}", block.id)
            yield Finding("struck-in-body", at, "", number, block.title)


MANY_WORDS = 4
"""A line of so few words may stand in an annex by chance."""


def _broken(draft: Checked) -> Iterator[Finding]:
    """References to passages, or numbers of captions, that are gone: Word puts an error in their place."""
    titles = {block.anchor: block.title for block in draft.base.values()}
    for anchor in draft.dead:
        own = PREFIX + anchor.removeprefix(CAPTION) if anchor.startswith(CAPTION) else anchor
        title = titles.get(own, anchor)
        yield Finding("reference-broken", Location(draft.shown), "", "", title, title)


# What is open, and how long it is -----------------------------------------------------------------------


def _open(draft: Checked) -> Iterator[Finding]:
    """Hidden text, and comments, together for each author."""
    hidden = [mark.where for mark in draft.marks if mark.kind == HIDDEN]
    if hidden:
        told = {"count": str(len(hidden)), "places": _some(dict.fromkeys(hidden))}
        yield Finding("hidden-text", Location(draft.shown), value=str(len(hidden)), details=told)
    places: dict[str, list[str]] = {}
    for mark in draft.marks:
        if mark.kind == COMMENT:
            places.setdefault(mark.author, []).append(mark.where)
    for author, where in places.items():
        details = {"author": author, "count": str(len(where)), "places": _some(dict.fromkeys(where))}
        yield Finding("comment-left", Location(draft.shown), value=str(len(where)), details=details)


def _some(places: Iterable[str], most: int = 6) -> str:
    shown = [place for place in places if place]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return "; ".join(shown[:most]) + more
