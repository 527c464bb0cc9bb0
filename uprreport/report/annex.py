"""Annex I: recommendation by recommendation, in the order of numbers."""

from __future__ import annotations

from collections.abc import Iterator

from uprreport.model import Block, Outcome, Record, Source, TableColumn
from uprreport.report import phrases
from uprreport.report.given import Given, decided_sources, sources_of, text_of
from uprreport.report.tables import table_block
from uprreport.report.voice import in_sequence
from uprreport.text import natural_key

_EVIDENCE = ("legal_act", "link")
_SOURCES = (
    "status",
    "measures",
    "next_steps",
    "challenges",
    "assistance_needed",
    *_EVIDENCE,
    "indicator",
    "expected",
)


def annex_table(given: Given) -> tuple[Block, ...]:
    """OHCHR's four columns, then status, measures, challenges and assistance."""
    outcomes = sorted(given.records.of_kind("recommendation"), key=lambda o: natural_key(o.item.number))
    needs = _needs(given)
    rows = [(outcome.item.number, _cells(given, outcome, needs)) for outcome in outcomes]
    columns = (
        TableColumn("Recommendation and recommending State", 4.6),
        TableColumn("Position", 1.5),
        TableColumn("Themes and groups of persons", 2.7),
        TableColumn("SDGs", 1.1),
        TableColumn("Status", 1.7),
        TableColumn("Measures", 5),
        TableColumn("Challenges", 3),
        TableColumn("Assistance", 1.8),
    )
    return table_block("annex-1", phrases.CAPTION_ANNEX, columns, rows, _sources(outcomes))


def _sources(outcomes: list[Outcome]) -> Iterator[Source]:
    for outcome in outcomes:
        for answer in outcome.answers:
            yield from sources_of(answer, _SOURCES)
        yield from decided_sources(outcome)


def _cells(given: Given, outcome: Outcome, needs: dict[str, list[str]]) -> list[str]:
    item, answers = outcome.item, outcome.answers
    states = "; ".join(item.recommending_states)
    position = given.position(item.position)
    if item.position_now and item.position_now != item.position:
        position += f"\nNow: {given.position(item.position_now)}"
    return [
        f"{item.number} {item.text}" + (f"\n({states})" if states else ""),
        position,
        "\n".join((*item.themes, *item.persons)),
        "\n".join(item.sdgs),
        given.status(outcome),
        "\n".join(_measures(outcome)) or "–",
        in_sequence(answer.text("challenges") for answer in answers) or "–",
        "\n".join(needs.get(item.number, ())) or _asked(answers),
    ]


def _measures(outcome: Outcome) -> Iterator[str]:
    if outcome.part == "answered" and not outcome.answers and outcome.reason:
        yield outcome.reason[:1].upper() + outcome.reason[1:]
    text = in_sequence(answer.text(name) for name in ("measures", "next_steps") for answer in outcome.answers)
    if text:
        yield text
    for answer in outcome.answers:
        yield from _evidence(answer)


def _evidence(answer: Record) -> Iterator[str]:
    """Acts, links and figures, a line each."""
    for name in _EVIDENCE:
        yield from (line for line in answer.text(name).split("\n") if line)
    if indicator := answer.text("indicator"):
        value = text_of(answer.fields.get("indicator_value"))
        about = ", ".join(t for t in (answer.text("indicator_year"), answer.text("indicator_source")) if t)
        yield f"{indicator}" + (f": {value}" if value else "") + (f" ({about})" if about else "")
    if expected := answer.text("expected"):
        yield f"Expected by {expected}"


def _needs(given: Given) -> dict[str, list[str]]:
    """Kinds of assistance described on the tab Assistance, by number."""
    needs: dict[str, list[str]] = {}
    for record in given.records.tables.get("assistance", ()):
        kind = given.label("assistance", "kind", record.text("kind"))
        for number in record.text("numbers").split("\n"):
            if kind not in needs.setdefault(number, []):
                needs[number].append(kind)
    return needs


def _asked(answers: tuple[Record, ...]) -> str:
    return "Needed" if any(answer.text("assistance_needed") == "yes" for answer in answers) else "–"
