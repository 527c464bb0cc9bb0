"""Annex I: recommendation by recommendation, in the order of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uprreport.model import (
    NO_INFORMATION,
    Block,
    Foreign,
    Outcome,
    Recommendation,
    Record,
    Source,
    TableColumn,
    number_of,
)
from uprreport.report import phrases
from uprreport.report.given import Given, decided_sources, sources_of
from uprreport.report.notes import EVIDENCE, evidence_of
from uprreport.report.recommendations import PRINTED
from uprreport.report.tables import Row, table_block
from uprreport.report.themes import Told, told_where
from uprreport.report.tongues import of_answers, of_item, of_register
from uprreport.report.units import answered_elsewhere
from uprreport.report.voice import each_once, in_sequence
from uprreport.text import natural_key

_TEXTS = (*PRINTED, "challenges", *EVIDENCE, "indicator", "indicator_source")
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
    """OHCHR's four columns, then who is responsible, status, measures, challenges and assistance."""
    outcomes = sorted(given.records.of_kind("recommendation"), key=lambda o: natural_key(o.item.number))
    needs, told = needs_by_number(given), told_where(given)
    homes = answered_elsewhere(outcomes)
    texts = {
        number: _texts(given, outcome, told[number], homes.get(number))
        for outcome in outcomes
        if (number := outcome.item.number)
    }
    rows = [
        Row(o.item.number, _cells(given, o, needs, texts[o.item.number]), _foreign(given, o))
        for o in outcomes
    ]
    say = given.say
    refers = given.settings.annex_text == "reference"
    text, themes, measures, challenges = (4.7, 4, 2.7, 1.9) if refers else (4.4, 2.6, 4.6, 2.8)
    columns = (
        TableColumn(say(phrases.COLUMN_RECOMMENDATION_STATE), text),
        TableColumn(say(phrases.COLUMN_POSITION), 1.5, fact=True),
        TableColumn(say(phrases.COLUMN_THEMES_PERSONS), themes),
        TableColumn(say(phrases.COLUMN_SDGS), 1),
        TableColumn(say(phrases.COLUMN_RESPONSIBLE_BODY), 3),
        TableColumn(say(phrases.COLUMN_STATUS), 2.1, fact=True),
        TableColumn(say(phrases.COLUMN_MEASURES), measures),
        TableColumn(say(phrases.CHALLENGES), challenges),
        TableColumn(say(phrases.COLUMN_ASSISTANCE), 1.7),
    )
    return table_block(given, "annex-1", columns, rows, _sources(given, outcomes))


def _foreign(given: Given, outcome: Outcome) -> Foreign:
    return (*of_answers(given, outcome.answers, _TEXTS), *of_item(given, outcome.item))


def _sources(given: Given, outcomes: list[Outcome]) -> Iterator[Source]:
    for outcome in outcomes:
        item = outcome.item
        yield from given.own("recommendations", item.number, "lead", item.lead)
        yield from given.own("recommendations", item.number, "supporting", "\n".join(item.supporting))
        for answer in outcome.answers:
            yield from sources_of(answer, _SOURCES)
        yield from decided_sources(outcome)


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the annex prints of an outcome's answers: measures with evidence, and challenges."""

    measures: str
    challenges: str


def _texts(given: Given, outcome: Outcome, told: Told, home: Outcome | None) -> _Texts:
    """The words of the answers, or where the body has them or speaks of the recommendation in its own words.

    A text as long as a page has no place in a column: it is never poured in here from a theme's narrative.
    ``home`` is the member of its group that is answered, where it has no answer of its own.
    """
    answered = home or outcome
    challenges = in_sequence(answer.text("challenges") for answer in answered.answers)
    if given.settings.annex_text == "full":
        see = given.say(phrases.SEE, number=home.item.number) if home else ""
        return _Texts(see or _done(given, outcome), ("" if home else challenges) or "–")
    there = _see(given, told.theme, told.challenges, follows=told.challenges_follow)
    met = _types(given, answered) or there if challenges else "–"
    reference = _see(given, told.theme, told.block, follows=told.goes_on)
    is_told = told.in_own_words or home is not None
    return _Texts(_done(given, outcome, reference, always=is_told), met)


def _done(given: Given, outcome: Outcome, reference: str = "", *, always: bool = False) -> str:
    """What was done on a recommendation, or that nothing is known; where a text of the coordinator's own
    speaks of it, the reference stands ``always``."""
    measures = "\n".join(measures_of(given, outcome, reference, always=always))
    sentence = given.settings.no_information or given.say(phrases.NOTHING_TO_PRINT)
    nothing = sentence if outcome.status in ("", NO_INFORMATION) else ""
    return measures or nothing or "–"


def _see(given: Given, theme: str, block: str, *, follows: bool) -> str:
    """The paragraph of the body; its theme, where the template has no place for it.

    Where several follow, only the first has its number: editors join and part them, and it stays true.
    """
    form = given.say(phrases.PARAGRAPH_ON if follows else phrases.PARAGRAPH, number="{}")
    return given.say(
        phrases.SEE_PLACE, place=number_of(block, form, given.say(phrases.PLACE_THEME, theme=theme))
    )


def _types(given: Given, outcome: Outcome) -> str:
    """The types of challenges that the answers name."""
    keys = dict.fromkeys(a.text("challenge_type") for a in outcome.answers if a.text("challenge_type"))
    return given.listed(given.label("progress", "challenge_type", key) for key in keys)


def _cells(given: Given, outcome: Outcome, needs: dict[str, list[str]], texts: _Texts) -> list[str]:
    item, answers = outcome.item, outcome.answers
    is_foreign = of_register(given, item.recommending_states)
    states = (
        "; ".join(item.recommending_states) if is_foreign else given.listed_apart(item.recommending_states)
    )
    return [
        f"{item.number} {given.wording(item)}" + (f"\n({states})" if states else ""),
        "\n".join(positions_of(given, outcome)),
        "\n".join(each_once((*item.themes, *item.persons))),
        "\n".join(item.sdgs),
        "\n".join(_responsible(given, item)),
        given.status(outcome),
        texts.measures,
        texts.challenges,
        "\n".join(needs.get(item.number, ())) or asked_for(given, answers),
    ]


def _responsible(given: Given, item: Recommendation) -> Iterator[str]:
    """The lead, and below it who supports it; ``–`` where nobody was asked."""
    yield given.agency(item.lead) if item.lead else "–"
    if supporting := [agency for agency in item.supporting if agency != item.lead]:
        yield given.say(phrases.SUPPORTING, agencies=given.agencies(supporting))


def positions_of(given: Given, outcome: Outcome) -> Iterator[str]:
    """The position at the review, and in a second line the present one where it is another."""
    item = outcome.item
    yield given.position(item.position)
    if item.position_now and item.position_now != item.position:
        yield given.say(phrases.NOW, position=given.position(item.position_now))


def measures_of(
    given: Given, outcome: Outcome, reference: str = "", *, always: bool = False
) -> Iterator[str]:
    """What was done on a recommendation: texts in sequence, then acts, links and figures, a line each.

    A ``reference`` stands in place of the texts, acts and links, where there are any or else ``always``:
    figures are nowhere else.
    """
    text = in_sequence(answer.text(name) for name in PRINTED for answer in outcome.answers)
    evidence = [line for answer in outcome.answers for line in evidence_of(answer)]
    if reference and (text or evidence or always):
        yield reference
    else:
        yield from [text] if text else []
        yield from dict.fromkeys(evidence)
    for answer in outcome.answers:
        yield from _figures(given, answer, outcome.status)


def _figures(given: Given, answer: Record, status: str) -> Iterator[str]:
    """The indicator with its value, and the expected date, a line each.

    An indicator whose value is missing or could not be read shows nothing; what is implemented is expected no
    more.
    """
    value = given.show(answer.fields.get("indicator_value"))
    if value and (indicator := answer.text("indicator")):
        about = [t for t in (answer.text("indicator_year"), answer.text("indicator_source")) if t]
        yield f"{indicator}: {value}" + (f" ({', '.join(about)})" if about else "")
    expected = given.show(answer.fields.get("expected"))
    if expected and "implemented" not in (status, answer.text("status")):
        yield given.say(phrases.EXPECTED_BY, date=expected)


def needs_by_number(given: Given) -> dict[str, list[str]]:
    """Kinds of assistance described on the tab Assistance, by number."""
    needs: dict[str, list[str]] = {}
    for record in given.records.tables.get("assistance", ()):
        kind = given.label("assistance", "kind", record.text("kind"))
        for number in record.text("numbers").split("\n"):
            if kind not in needs.setdefault(number, []):
                needs[number].append(kind)
    return needs


def asked_for(given: Given, answers: tuple[Record, ...]) -> str:
    """What is printed where assistance is needed but not described."""
    is_needed = any(answer.text("assistance_needed") == "yes" for answer in answers)
    return given.say(phrases.NEEDED) if is_needed else "–"
