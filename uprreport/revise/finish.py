"""Whether a revised draft can be sent: what is still pending in it, and in what it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from uprreport.files.word.everywhere import NOTE, TEXT
from uprreport.files.word.marks import labels_of
from uprreport.files.word.pending import Mark
from uprreport.findings import shorten
from uprreport.language import code_of
from uprreport.model import ANSWER_TEXTS, Submission
from uprreport.revise.blocks import BlockPlan
from uprreport.revise.clearance import Standing, title_of
from uprreport.revise.signoffs import Pair
from uprreport.revise.untaken import Untaken
from uprreport.revise.withheld import Passages

Kind = Literal[
    "withheld", "closed", "manifest", "data", "tracked-change", "offer", "comment", "hidden", "placeholder",
    "label", "translation", "decision", "clearance", "approval",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they are best settled."""

NEVER: tuple[Kind, ...] = ("withheld", "closed")
"""What no final is ever written with, whatever was asked."""

SHOWN = 6
"""How many places of one kind are named in a terminal."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that is pending: how often, by whom (of changes and comments), and where.

    ``where`` is a block's title, how a passage begins, an agency or a question.
    """

    kind: Kind
    count: int
    author: str = ""
    where: str = ""

    def document(self) -> dict[str, Any]:
        """As JSON has it."""
        told = {"kind": self.kind, "count": self.count}
        return {**told, "author": self.author or None, "where": self.where or None}


def add_up(found: Iterable[Pending]) -> tuple[Pending, ...]:
    """Equal things added up, by kinds; inside a kind in the order found."""
    counts: Counter[tuple[Kind, str, str]] = Counter()
    for told in found:
        counts[told.kind, told.author, told.where] += told.count
    ordered = sorted(counts, key=lambda key: KINDS.index(key[0]))
    return tuple(Pending(kind, counts[kind, author, where], author, where) for kind, author, where in ordered)


# What each kind is ------------------------------------------------------------------------------------

_NAMES: Mapping[Kind, tuple[str, str]] = {
    "withheld": ("passage that is not for publication", "passages that are not for publication"),
    "closed": ("thing that cannot be read or cleaned", "things that cannot be read or cleaned"),
    "manifest": ("draft that does not say what it was made from", ""),
    "data": ("passage whose data changed since", "passages whose data changed since"),
    "tracked-change": ("tracked change", "tracked changes"),
    "offer": ("answer that was offered and not taken", "answers that were offered and not taken"),
    "comment": ("open comment", "open comments"),
    "hidden": ("passage that is hidden", "passages that are hidden"),
    "placeholder": ("mark of a missing text", "marks of missing texts"),
    "label": ("label that somebody changed", "labels that somebody changed"),
    "translation": ("passage in another language", "passages in another language"),
    "decision": ("open decision", "open decisions"),
    "clearance": ("passage that is not cleared", "passages that are not cleared"),
    "approval": ("approval that is missing or out of date", "approvals that are missing or out of date"),
}

_REMEDIES: Mapping[Kind, str] = {
    "withheld": "take them out (update does it), or decide Public in decisions.xlsx; --anyway does not help",
    "closed": "open the draft in Word and save it (a whole file that was put in becomes text), embed what is "
    "only linked, paste an object as a picture, then finish again; --anyway does not help",
    "manifest": "take the copy that Word or LibreOffice saved last, and put the folder history/ back",
    "data": "uprreport update REVISED.docx",
    "tracked-change": "accept or reject them in Word; --anyway accepts them",
    "offer": "take what is to be printed into the text, then delete or resolve the comment; --anyway leaves "
    "them out, and keeps them in build/internal/",
    "comment": "settle them in Word, then delete or resolve them; --anyway deletes them",
    "hidden": "in Word show hidden text (Home, ¶), then delete it or take Hidden off (Font); --anyway leaves "
    "it out",
    "placeholder": "write the text, or delete the mark; --anyway leaves the marks out",
    "label": "delete them, or write what is to be printed without brackets; --anyway leaves them out",
    "translation": "write them in the report's language",
    "decision": "decide them in decisions.xlsx",
    "clearance": "bring the signed files in with: uprreport update REVISED.docx --with FILE",
    "approval": "ask the agency to fill in Approved by, and put the sheet that comes into submissions/; "
    "what changed after it was signed: uprreport sheets AGENCY --to-sign",
}


def pending_lines(pending: Sequence[Pending]) -> Iterator[str]:
    """What is pending, for a terminal: each kind and author in a line, and what to do about the kind."""
    for kind in KINDS:
        own = [told for told in pending if told.kind == kind]
        for author in dict.fromkeys(told.author for told in own):
            yield _line(kind, author, [told for told in own if told.author == author])
        if own:
            yield f"  what to do: {_REMEDIES[kind]}"


def _line(kind: Kind, author: str, own: Sequence[Pending]) -> str:
    total = sum(told.count for told in own)
    places = [f"{told.where} ({told.count})" if told.count > 1 else told.where for told in own if told.where]
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    shown = f": {'; '.join(places[:SHOWN])}{more}" if places else ""
    if kind == "offer" and author:
        whose = f"answer of {author} that was" if total == 1 else f"answers of {author} that were"
        return f"{total} {whose} offered and not taken{shown}"
    by = f" by {author}" if author else ""
    return f"{total} {_NAMES[kind][total != 1]}{by}{shown}"


# Judging ----------------------------------------------------------------------------------------------


def from_marks(marks: Iterable[Mark]) -> Iterator[Pending]:
    """Tracked changes, comments and marks of missing texts."""
    kinds: Mapping[str, Kind] = {kind: kind for kind in KINDS}
    return (Pending(kinds[mark.kind], 1, mark.author, mark.where) for mark in marks)


def from_untaken(untaken: Iterable[Untaken]) -> Iterator[Pending]:
    """Answers in comments that still stand, by agency; what an editor turned down is settled."""
    for told in untaken:
        if told.how == "offered":
            yield Pending("offer", 1, ", ".join(told.agencies), told.where)


def from_closed(closed: Iterable[str]) -> Iterator[Pending]:
    """Whole files inside, what is only linked, objects without a picture: nobody knows what they hold."""
    return (Pending("closed", 1, where=told) for told in closed)


def from_labels(kept: Iterable[str]) -> Iterator[Pending]:
    """Labels that were changed and still read like labels; one that reads otherwise is somebody's text."""
    return (Pending("label", 1, where=text) for text in kept if labels_of(text))


def from_plans(plans: Iterable[BlockPlan], proposals: Iterable[str]) -> Iterator[Pending]:
    """Blocks that an update with the present data would change, and those with accepted proposals."""
    for plan in plans:
        if plan.touches:
            yield Pending("data", 1, where=plan.title)
    for title in proposals:
        yield Pending("data", 1, where=title)


def from_questions(questions: Iterable[str]) -> Iterator[Pending]:
    """Questions without a decision, by their ids."""
    return (Pending("decision", 1, where=question) for question in questions)


def from_pairs(pairs: Iterable[Pair], asked: Iterable[str]) -> Iterator[Pending]:
    """Passages without a sign-off, of agencies that were asked for one."""
    of = frozenset(asked)
    return (Pending("clearance", 1, where=agency) for agency, _ in pairs if agency in of)


def from_submissions(
    submissions: Sequence[Submission], signed: Collection[str] = (), stale: Iterable[str] = ()
) -> Iterator[Pending]:
    """Submissions that nobody approved, but those whose every row stands in an approved one, too.

    Of the agencies in ``signed`` a paper with all answers was signed; ``stale`` are those of them whose
    answers changed since.
    """
    approved = [t for t in submissions if t.cover.text("approved_by") or t.cover.text("on_behalf")]
    yield from (Pending("approval", 1, where=agency) for agency in stale)
    for told in (told for told in submissions if told.agency not in signed):
        later = (o for o in approved if o.agency == told.agency and o.rank[:2] >= told.rank[:2])
        is_replaced = any(_numbers(told) <= _numbers(other) for other in later)
        if told not in approved and told.rows.get("progress") and not is_replaced:
            yield Pending("approval", 1, where=told.agency)


def _numbers(submission: Submission) -> set[str]:
    return {row.text("number") for row in submission.rows.get("progress", ())}


def foreign_texts(
    submissions: Iterable[Submission], languages: Mapping[str, str], language: str
) -> Iterator[str]:
    """The texts of agencies that answer in another language than the report's.

    ``languages`` are those of the agencies; what the cover of a sheet says comes first. Codes are compared
    without what stands behind their first hyphen.
    """
    for told in submissions:
        own = told.cover.text("language") or languages.get(told.agency, "")
        if own and code_of(own) != code_of(language):
            for tab, rows in told.rows.items():
                names = ANSWER_TEXTS if tab == "progress" else None
                yield from (row.text(name) for row in rows for name in names or row.values)


def from_texts(standing: Iterable[Standing], foreign: Passages) -> Iterator[Pending]:
    """Passages in which words of an agency still stand as it sent them, in another language."""
    for told in standing:
        if foreign and any(foreign.is_in(line) for line in lines_of(told)):
            yield Pending("translation", 1, where=title_of(told.blocks))


def lines_of(standing: Standing) -> Iterator[str]:
    """Every line of a passage, those of its tables and notes too."""
    yield from (line for _, line in standing.text.paragraphs)
    yield from (cell for table in standing.text.tables for row in table for cell in row)
    yield from (note for _, note in standing.text.notes)
    yield from standing.text.boxes


def from_withheld(places: Iterable[str], lines: Iterable[str], held: Passages) -> Iterator[Pending]:
    """Places that hold what is not for publication; where no passage is known, the lines of the final that
    do."""
    known = tuple(places)
    is_elsewhere = not known or known[0] in (TEXT, NOTE)
    for place in known:
        if place not in (TEXT, NOTE) or not is_elsewhere:
            yield Pending("withheld", 1, where=place)
    for line in lines:
        if is_elsewhere and held and held.is_in(line):
            yield Pending("withheld", 1, where=f'"{shorten(line)}"')
