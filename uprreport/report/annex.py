"""Annex I: recommendation by recommendation, in the order of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uprreport.model import Block, Outcome, Record, Source, TableColumn, number_of
from uprreport.report import phrases
from uprreport.report.given import Given, decided_sources, sources_of, text_of
from uprreport.report.notes import EVIDENCE, evidence_of
from uprreport.report.recommendations import PRINTED
from uprreport.report.tables import table_block
from uprreport.report.themes import Told, told_where
from uprreport.report.voice import in_sequence
from uprreport.text import natural_key

_SOURCES = (
    "status",
    "measures",
    "next_steps",
    "challenges",
    "challenge_type",
    "assistance_needed",
    *EVIDENCE,
    "indicator",
    "expected",
)


def annex_table(given: Given) -> tuple[Block, ...]:
    """OHCHR's four columns, then status, measures, challenges and assistance."""
    outcomes = sorted(given.records.of_kind("recommendation"), key=lambda o: natural_key(o.item.number))
    needs, told = needs_by_number(given), told_where(given)
    texts = {o.item.number: _texts(given, o, told[o.item.number]) for o in outcomes}
    rows = [(o.item.number, _cells(given, o, needs, texts[o.item.number])) for o in outcomes]
    columns = (
        TableColumn("Recommendation and recommending State", 4.6),
        TableColumn("Position", 1.5, fact=True),
        TableColumn("Themes and groups of persons", 2.7),
        TableColumn("SDGs", 1.1),
        TableColumn("Status", 1.7, fact=True),
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


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the annex prints of an outcome's answers: measures with evidence, and challenges."""

    measures: str
    challenges: str


def _texts(given: Given, outcome: Outcome, told: Told) -> _Texts:
    """The words of the answers, or where the body has them; what the body does not have stands here."""
    refers = given.settings.annex_text == "reference" and told.in_text
    reference = _reference(told) if refers else ""
    challenges = in_sequence(answer.text("challenges") for answer in outcome.answers)
    if refers and challenges:
        challenges = _types(given, outcome) or reference
    measures = "\n".join(measures_of(outcome, reference))
    nothing = given.settings.no_information if given.status(outcome) == phrases.NO_INFORMATION else ""
    return _Texts(measures or nothing or "–", challenges or "–")


def _reference(told: Told) -> str:
    """The paragraph of the body; its theme, where the template has no place for it."""
    form = phrases.PLACE_PARAGRAPH.format(number="{}")
    place = number_of(told.block, form, phrases.PLACE_THEME.format(theme=told.theme))
    return phrases.SEE_PLACE.format(place=place)


def _types(given: Given, outcome: Outcome) -> str:
    """The types of challenges that the answers name."""
    keys = dict.fromkeys(a.text("challenge_type") for a in outcome.answers if a.text("challenge_type"))
    return ", ".join(given.label("progress", "challenge_type", key) for key in keys)


def _cells(given: Given, outcome: Outcome, needs: dict[str, list[str]], texts: _Texts) -> list[str]:
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
        texts.measures,
        texts.challenges,
        "\n".join(needs.get(item.number, ())) or asked_for(answers),
    ]


def measures_of(outcome: Outcome, reference: str = "") -> Iterator[str]:
    """What was done on a recommendation: texts in sequence, then acts, links and figures, a line each.

    A ``reference`` stands in place of the texts, acts and links, where there are any: figures are nowhere
    else.
    """
    if outcome.part == "answered" and not outcome.answers and outcome.reason:
        yield outcome.reason[:1].upper() + outcome.reason[1:]
    text = in_sequence(answer.text(name) for name in PRINTED for answer in outcome.answers)
    evidence = [line for answer in outcome.answers for line in evidence_of(answer)]
    if reference and (text or evidence):
        yield reference
    else:
        yield from [text] if text else []
        yield from dict.fromkeys(evidence)
    for answer in outcome.answers:
        yield from _figures(answer)


def _figures(answer: Record) -> Iterator[str]:
    """The indicator with its value, and the expected date, a line each."""
    if indicator := answer.text("indicator"):
        value = text_of(answer.fields.get("indicator_value"))
        about = ", ".join(t for t in (answer.text("indicator_year"), answer.text("indicator_source")) if t)
        yield f"{indicator}" + (f": {value}" if value else "") + (f" ({about})" if about else "")
    if expected := answer.text("expected"):
        yield f"Expected by {expected}"


def needs_by_number(given: Given) -> dict[str, list[str]]:
    """Kinds of assistance described on the tab Assistance, by number."""
    needs: dict[str, list[str]] = {}
    for record in given.records.tables.get("assistance", ()):
        kind = given.label("assistance", "kind", record.text("kind"))
        for number in record.text("numbers").split("\n"):
            if kind not in needs.setdefault(number, []):
                needs[number].append(kind)
    return needs


def asked_for(answers: tuple[Record, ...]) -> str:
    """What is printed where assistance is needed but not described."""
    return "Needed" if any(answer.text("assistance_needed") == "yes" for answer in answers) else "–"
