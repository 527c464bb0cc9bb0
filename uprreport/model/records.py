"""What agencies answered: submissions, records, questions and decisions, the record set."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from uprreport.findings import Location
from uprreport.model.cells import Choice, Row, Value
from uprreport.model.register import Kind, Recommendation

Part = Literal["unassigned", "contested", "answered", "withheld", "awaited", "empty"]
Role = Literal["lead", "supporting", ""]
Rank: TypeAlias = tuple[int, int, datetime.date]
"""Round, edition, date of approval: how the submissions of one agency follow each other."""

ANSWER_TEXTS = ("measures", "challenges", "next_steps")
"""The texts that, with ``status``, make a row an answer (DESIGN: the ledger)."""

UNDER_CLARIFICATION = "under clarification"
"""The status of what is answered, while its level of implementation is not settled: contested, unreadable or
missing, or told by a supporting agency alone."""

NO_INFORMATION = "no information"
"""The status of what has no answer for publication. It and the one above are set by the tool: no agency may
choose them."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled sheet that came back; ``rows`` by tab, each row already checked.

    ``file`` is relative to the review folder, with ``/``. ``edition`` is 0 for a sheet that was sent out
    blank, else one more than that of the submissions from which it was filled in. ``unit`` is the slug of
    the department whose part of its agency's rows it was made for; empty for a whole sheet.
    """

    file: str
    review: str
    agency: str
    round: int
    template_version: str
    cover: Row
    rows: Mapping[str, tuple[Row, ...]]
    edition: int = 0
    unit: str = ""

    @property
    def rank(self) -> Rank:
        """Which of an agency's submissions is the later one: its rows supersede those of lower rank."""
        return self.round, self.edition, self.approved_on or datetime.date.min

    @property
    def approved_on(self) -> datetime.date | None:
        """The date on which the agency's head approved the answers, if given."""
        value = self.cover.values.get("approved_on")
        return value if isinstance(value, datetime.date) else None


@dataclass(frozen=True, slots=True)
class Source:
    """Where one value was read: a cell of a submission, or of the coordinator's own register or decisions.

    ``digest`` is a short sum of the value, ``number`` the recommendation that it answers, if it answers one;
    ``date`` the day on which the agency's head approved the submission, or on which the coordinator decided,
    as ``2026-04-01``, empty for none.
    ``agency`` is empty where the value is nobody's but the coordinator's. ``letter`` is the number and date
    of the official letter from which the coordinator typed it in for the agency, ``language`` that of the
    submission, as a code; empty where the coordinator wrote it.
    """

    file: str
    sheet: str
    cell: str
    agency: str
    field: str
    digest: str = ""
    number: str = ""
    date: str = ""
    letter: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One checked and publishable row: one agency on one recommendation, or a row of another table.

    ``fields`` never holds a remark, and a record whose publication is not public does not exist at all
    once the record set is made: what is withheld is only counted (``RecordSet.withheld``).
    """

    tab: str
    agency: str
    number: str
    fields: Mapping[str, Value]
    sources: tuple[Source, ...]
    role: Role = ""

    def text(self, name: str) -> str:
        """The value of ``name`` as text; empty when it is not filled in."""
        value = self.fields.get(name, "")
        return "\n".join(value) if isinstance(value, tuple) else str(value)

    @property
    def is_answer(self) -> bool:
        """A status, or text in measures, challenges or next steps."""
        return any(self.fields.get(name) for name in ("status", *ANSWER_TEXTS))


@dataclass(frozen=True, slots=True)
class AnswerText:
    """One answer as a question shows it to the coordinator: whose, what, and in which cell."""

    agency: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the coordinator can decide; ``id`` is ``<kind>:<number>[@agency]``.

    Questions may quote withheld text: they go to ``decisions.xlsx`` and to nobody else.
    """

    id: str
    kind: str
    number: str
    agencies: tuple[str, ...]
    answers: tuple[AnswerText, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the coordinator decided on a question. It counts only with a reason and a name.

    ``chosen_at`` and ``edited_at`` are the cells of the choice and of the edited text.
    """

    question: str
    decision: str
    edited_text: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_on: datetime.date | None = None
    chosen_at: Location | None = None
    edited_at: Location | None = None

    def sources(self, field: str, agency: str = "", number: str = "") -> tuple[Source, ...]:
        """The cell of the choice, where it gives a status, else that of the edited text, as a source; none
        where the decision was not read from a cell.

        ``agency`` is whose words the coordinator's take the place of, so that both are withheld together.
        """
        at = self.chosen_at if field == "status" else self.edited_at
        day = self.decided_on.isoformat() if self.decided_on else ""
        if at is None or not at.cell:
            return ()
        return (Source(at.file, at.sheet, at.cell, agency, field, number=number, date=day),)

    @property
    def counts(self) -> bool:
        """Whether it may be applied."""
        return bool(self.decision and self.reason and self.decided_by)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where one recommendation stands after merge.

    ``status`` is reconciled: the decision, else the lead's, else that of a group which is answered once,
    else ``under clarification`` where any agency's answer is printed, else ``no information``. It does not
    tell what is withheld from what nobody answered; ``part`` does, and is the coordinator's.
    ``awaited_from`` and ``withheld_by`` are ids of agencies. ``sources`` are those of the status where the
    coordinator decided it; those of the answers stand with the answers.
    """

    item: Recommendation
    part: Part
    status: str
    answers: tuple[Record, ...] = ()
    withheld_by: tuple[str, ...] = ()
    awaited_from: tuple[str, ...] = ()
    reason: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyLedger:
    """One agency's part in the collection. ``state``: returned, partial, late or awaited."""

    id: str
    name: str
    assigned: int
    answered: int
    empty: int
    errors: int
    state: Literal["returned", "partial", "late", "awaited"]


@dataclass(frozen=True, slots=True)
class RecordSet:
    """Everything that may be printed, and the ledger. It holds no withheld text and no remark."""

    outcomes: tuple[Outcome, ...]
    tables: Mapping[str, tuple[Record, ...]]
    agencies: tuple[AgencyLedger, ...]
    open_questions: tuple[str, ...] = ()
    withheld: Mapping[str, int] = field(default_factory=dict)

    def of_kind(self, kind: Kind) -> tuple[Outcome, ...]:
        """The outcomes of recommendations, pledges or observations."""
        return tuple(outcome for outcome in self.outcomes if outcome.item.kind == kind)
