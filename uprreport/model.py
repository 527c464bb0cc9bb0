"""The frozen types that flow between the stages.

Everything here is a plain value: no file handles, no behaviour beyond what can be read off the fields.
Numbers of recommendations are text everywhere: ``140.10`` is not ``140.1``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from uprreport.findings import Location

Value: TypeAlias = str | int | float | datetime.date | tuple[str, ...]
"""What one cell holds once it has been read: text, number, date, or several texts."""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error of the office program, such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class BareFormula:
    """A cell with a formula whose result was not saved."""

    formula: str = ""


Raw: TypeAlias = (
    str | int | float | bool | datetime.date | datetime.datetime | datetime.time | ErrorCell | BareFormula
)
"""What a workbook gives for one filled cell, before anything is made of it."""

Kind = Literal["recommendation", "pledge", "observation"]
Part = Literal["unassigned", "contested", "answered", "withheld", "awaited", "empty"]
Role = Literal["lead", "supporting", ""]

ANSWER_TEXTS = ("measures", "challenges", "next_steps")
"""The texts that, with ``status``, make a row an answer (DESIGN: the ledger)."""

NO_INFORMATION = "no information"
"""The status that only the tool sets: no agency may choose it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, flat, with the place of every value.

    ``values`` holds only what is filled in, by field name; ``cells`` gives the address (``F12``) of every
    column that the table has, filled or not, so that a missing value can be pointed at.
    """

    tab: str
    file: str
    sheet: str
    line: int
    values: Mapping[str, Value]
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """The value of ``name`` as text; empty when it is not filled in."""
        value = self.values.get(name, "")
        return "\n".join(value) if isinstance(value, tuple) else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """The several values of ``name``; empty when it is not filled in."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else (str(value),)

    def at(self, name: str) -> Location:
        """Where ``name`` stands in the file."""
        return Location(self.file, self.sheet, self.cells.get(name, ""), name)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation; pledges and the Office's observations travel in the same type (see ``kind``).

    ``recommending_states`` are as printed. ``themes`` holds all, the primary one first. ``lead`` and
    ``supporting`` are ids of agencies and already include what the whole theme was assigned.
    """

    number: str
    text: str
    kind: Kind = "recommendation"
    text_local: str = ""
    recommending_states: tuple[str, ...] = ()
    position: str = ""
    source_of_position: str = ""
    theme: str = ""
    themes: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()
    lead: str = ""
    supporting: tuple[str, ...] = ()
    group: str = ""
    position_now: str = ""
    position_reason: str = ""

    @property
    def current_position(self) -> str:
        """The position today: at mid-term when it was re-decided, else that of the review."""
        return self.position_now or self.position

    @property
    def agencies(self) -> tuple[str, ...]:
        """Lead first, then supporting, each once."""
        return tuple(dict.fromkeys(a for a in (self.lead, *self.supporting) if a))


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme as the coordinator arranges it; ``order`` sorts the report, ``word_budget`` is in words."""

    theme: str
    lead: str = ""
    supporting: tuple[str, ...] = ()
    chapter: str = ""
    order: int | None = None
    word_budget: int | None = None
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that answers; ``id`` names it in every file name, column and JSON."""

    id: str
    name: str
    name_local: str = ""
    role: str = ""
    language: str = ""
    focal_point: str = ""
    alternate: str = ""
    approver: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A recommendation's counterpart from another international or regional mechanism."""

    number: str
    mechanism: str = ""
    symbol: str = ""
    paragraph: str = ""
    text: str = ""
    year: int | None = None
    url: str = ""
    origin: str = ""
    reason: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """What was recommended and who answers: the content of ``register.xlsx``."""

    recommendations: tuple[Recommendation, ...] = ()
    themes: tuple[Theme, ...] = ()
    agencies: tuple[Agency, ...] = ()
    links: tuple[Link, ...] = ()
    pledges: tuple[Recommendation, ...] = ()
    observations: tuple[Recommendation, ...] = ()

    @property
    def items(self) -> tuple[Recommendation, ...]:
        """Everything an agency can be asked to answer: recommendations, pledges, observations."""
        return self.recommendations + self.pledges + self.observations

    def agency(self, agency_id: str) -> Agency | None:
        """The agency of that id, or None."""
        return next((a for a in self.agencies if a.id == agency_id), None)

    def assigned_to(self, agency_id: str) -> tuple[Recommendation, ...]:
        """The items that an agency answers, as lead or supporting, in the register's order."""
        return tuple(item for item in self.items if agency_id in item.agencies)


Cells: TypeAlias = Mapping[str, "Value | Raw"]
"""Cells of one row or form by column name: keys and typed values, or what somebody typed as it stands."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What already stands in a progress sheet: ``progress`` by number, other tabs by row."""

    cover: Cells = field(default_factory=dict)
    progress: Mapping[str, Cells] = field(default_factory=dict)
    tables: Mapping[str, tuple[Cells, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled sheet that came back; ``rows`` by tab, each row already checked.

    ``file`` is relative to the review folder, with ``/``. ``approved_on`` ranks equal rounds.
    """

    file: str
    review: str
    agency: str
    round: int
    template_version: str
    cover: Row
    rows: Mapping[str, tuple[Row, ...]]

    @property
    def approved_on(self) -> datetime.date | None:
        """The date on which the agency's head approved the answers, if given."""
        value = self.cover.values.get("approved_on")
        return value if isinstance(value, datetime.date) else None


@dataclass(frozen=True, slots=True)
class Source:
    """Where one value was read: a cell of a submission."""

    file: str
    sheet: str
    cell: str
    agency: str
    field: str


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
class Choice:
    """One allowed value of a list: its key, and the label that cells show."""

    key: str
    label: str
    definition: str = ""


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
    """What the coordinator decided on a question. It counts only with a reason and a name."""

    question: str
    decision: str
    edited_text: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_on: datetime.date | None = None

    @property
    def counts(self) -> bool:
        """Whether it may be applied."""
        return bool(self.decision and self.reason and self.decided_by)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where one recommendation stands after merge.

    ``status`` is reconciled: the decision, else the lead's, else ``no information``.
    ``awaited_from`` and ``withheld_by`` are ids of agencies.
    """

    item: Recommendation
    part: Part
    status: str
    answers: tuple[Record, ...] = ()
    withheld_by: tuple[str, ...] = ()
    awaited_from: tuple[str, ...] = ()
    reason: str = ""


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
