"""Small reviews of every kind for property tests: any register, any answers, and what of it all can read."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from drafts import submission
from reviews import SETTINGS, TODAY
from uprreport.collect.decisions import NO_DECISIONS
from uprreport.collect.expected import Expected
from uprreport.collect.merge import merge
from uprreport.files.word.letter import Grid, Line
from uprreport.model import Agency, Block, Recommendation, RecordSet, Register, Report, Theme
from uprreport.report.companions.document import export_document
from uprreport.report.companions.entries import make_entries
from uprreport.report.companions.listing import write_csv
from uprreport.report.companions.vnr import vnr_page
from uprreport.report.content import build_report
from uprreport.report.given import Given
from uprreport.review import Settings, load_shipped_schema

SCHEMA = functools.cache(load_shipped_schema)
AGENCIES = ("moe", "moh", "moj", "mol")
"""The last one is never asked about anything."""

THEMES = ("Health", "Schools", "Laws", "")
STATES = ("Chile", "Peru", "Spain")
POSITIONS = ("supported", "noted", "supported in part", "under consideration", "")
HIDDEN = ("internal", "needs clearance")
Answers = Mapping[tuple[str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class World:
    """One review: its register, and the answers by agency and number."""

    register: Register
    answers: Answers
    settings: Settings = SETTINGS

    @property
    def records(self) -> RecordSet:
        want = Expected(self.settings, self.register, SCHEMA, TODAY)
        sent = [submission(agency, self._rows(agency)) for agency in AGENCIES]
        return merge(sent, want, NO_DECISIONS, {}).records

    def _rows(self, agency: str) -> dict[str, Mapping[str, Any]]:
        """A row for every number, blank or not: no answer moves another one to another cell."""
        numbers = [item.number for item in self.register.recommendations]
        return {number: self.answers.get((agency, number), {}) for number in numbers}

    @property
    def given(self) -> Given:
        return Given(self.settings, self.register, self.records, SCHEMA, TODAY)

    @property
    def report(self) -> Report:
        return build_report(self.settings, self.register, self.records, SCHEMA, TODAY)

    def answered(self, answers: Answers) -> World:
        return replace(self, answers=answers)


# Any world ----------------------------------------------------------------------------------------------


def some_of(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=2).map(tuple)


ITEMS = st.fixed_dictionaries(
    {
        "theme": st.sampled_from(THEMES),
        "position": st.sampled_from(POSITIONS),
        "position_now": st.sampled_from(("", "", "supported", "noted")),
        "sdgs": some_of(("3", "4", "16")),
        "recommending_states": some_of(STATES),
        "lead": st.sampled_from(("moh", "moh", "moe", "moj", "")),
        "supporting": some_of(("moe", "moj")),
        "group": st.sampled_from(("", "", "", "care")),
    }
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(("implemented", "in progress", "planned")),
        "measures": st.sampled_from(("Clinics were opened.", "A law was passed.")),
        "challenges": st.just("Few apply."),
        "challenge_type": st.sampled_from(("capacity", "funds")),
        "publication": st.sampled_from(("public", "public", *HIDDEN)),
    },
)


@st.composite
def worlds(draw: st.DrawFn, least: int = 1) -> World:
    """Any review; each agency answers what it likes, asked or not."""
    made = draw(st.lists(ITEMS, min_size=least, max_size=9))
    items = tuple(Recommendation(f"140.{n}", "Do it", **values) for n, values in enumerate(made, 1))
    agencies = tuple(Agency(name, f"Ministry {name}") for name in AGENCIES)
    register = Register(items, tuple(Theme(theme) for theme in THEMES if theme), agencies)
    places = st.tuples(st.sampled_from(AGENCIES), st.sampled_from([item.number for item in items]))
    answers = draw(st.dictionaries(places, ANSWERS, max_size=12))
    voice = draw(st.sampled_from(("government", "agencies")))
    texts = draw(st.sampled_from(("reference", "full")))
    return World(register, answers, replace(SETTINGS, voice=voice, annex_text=texts))


# What all can read --------------------------------------------------------------------------------------


def published(world: World) -> list[str]:
    """Everything that is sent: the report without what ``finish`` takes out, and its companions."""
    told, given = world.report, world.given
    entries = make_entries(given)
    return [
        *(f"{name}: {line}" for name, line in facts_told(told.facts)),
        *(line for blocks in told.sections.values() for block in blocks for line in block_told(block)),
        *(f"{e.number}: {e.status}: {e.assessment} {e.challenges} {e.assistance} {e.see}" for e in entries),
        write_csv(given, entries).decode(),
        repr(export_document(given)),
        *(repr(part) for part in vnr_page(given, entries).parts if isinstance(part, (Line, Grid))),
    ]


def facts_told(facts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, fact in facts.items():
        if isinstance(fact, Mapping):
            yield from facts_told(fact, f"{before}{name}.")
        else:
            yield f"{before}{name}", str(fact)


def block_told(block: Block) -> Iterator[str]:
    """The texts of a block but its label, its comments and the marks of what is missing."""
    for paragraph in block.paragraphs:
        if not paragraph.placeholder:
            yield paragraph.text
            yield from (note.text for note in paragraph.notes)
    if block.table is not None:
        yield " | ".join(column.heading for column in block.table.columns)
        yield from (" | ".join(row.cells) for row in block.table.rows)
    if block.chart is not None:
        yield repr(block.chart)
