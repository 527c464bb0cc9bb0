"""The report in every language: its fixed words change, its ids do not, other languages are marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from drafts import draft, manifest, report, submission
from reviews import TODAY, expected
from test_report_companions import given_of
from uprreport.collect.decisions import NO_DECISIONS
from uprreport.collect.merge import merge
from uprreport.language import LANGUAGES, load_language
from uprreport.model import Block, Foreign, Report, Source, counted, number_of
from uprreport.report import phrases
from uprreport.report.companions.assistance import assistance_page
from uprreport.report.companions.plan import plan_page, plan_tab
from uprreport.report.companions.practices import practices_page
from uprreport.report.content import build_report
from uprreport.report.tongues import of_answers, of_item, of_register, untranslated
from uprreport.review import load_shipped_schema

OTHERS = [code for code in LANGUAGES if code != "en"]
ANSWERS = {
    "140.7": {
        "status": "in progress",
        "measures": "Twelve midwives were trained.",
        "challenges": "Few apply.",
        "challenge_type": "capacity",
        "legal_act": "Act No. 5",
        "indicator": "Midwives",
        "indicator_value": 1200,
        "expected": TODAY,
        "assistance_needed": "yes",
    },
    "140.12": {"status": "planned"},
}
TABLES: dict[str, list[dict[str, Any]]] = {
    "assistance": [{"numbers": ("140.7",), "kind": "training", "description": "A course", "cost": 45000,
                    "currency": "USD", "voluntary_fund": "yes", "start": TODAY, "publication": "public"}],
    "actions": [{"numbers": ("140.7",), "action": "Train more", "budget": 1200, "currency": "USD"}],
    "practices": [{"title": "Homes", "numbers": ("140.7",), "practice": "Beds.", "publication": "public"}],
    "consultations": [{"date": TODAY, "with": "Parliament", "kind": "parliament", "outcome": "Advice."}],
}  # fmt: skip


def told(code: str, **settings: Any) -> Report:
    sheet = submission("moh", ANSWERS, **TABLES)
    return report(sheet, language=code, sheet_language="en", annex_text="reference", **settings)


def blocks(made: Report) -> Iterator[Block]:
    """All blocks but the list of abbreviations: each language has its own."""
    for name, several in made.sections.items():
        yield from several if name != "abbreviations" else ()


def shape(made: Report) -> list[tuple[Any, ...]]:
    """Everything of a report by which it is merged and traced, and nothing that anybody reads."""
    return [
        (
            block.id,
            [paragraph.look for paragraph in block.paragraphs],
            [row.key for row in block.table.rows] if block.table else [],
            [(note.kind, note.key) for paragraph in block.paragraphs for note in paragraph.notes],
            [number for number, _ in block.beneath],
            [(series.key, series.values) for series in block.chart.series] if block.chart else [],
            [replace(source, language="") for source in block.sources],
        )
        for block in blocks(made)
    ]


@pytest.mark.parametrize("code", OTHERS)
def test_report__in_another_language__has_the_same_ids_keys_and_sources(code: str) -> None:
    assert shape(told(code)) == shape(told("en"))


def anchors(code: str) -> set[tuple[str, str]]:
    """Ids and anchors of a draft, but of what the template itself says."""
    found = manifest(draft(told(code), language=code).content).blocks
    own = ("heading:", "list:")
    return {(block.id, block.anchor) for block in found if not block.id.startswith(own)}


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_draft__in_another_language__has_the_same_anchors(code: str) -> None:
    assert anchors(code) == anchors("en")


def english(made: Report) -> list[str]:
    """Captions, headings of columns, labels of statuses and kinds, in their order."""
    found: list[str] = []
    for block in blocks(made):
        if block.chart is not None:
            found += [block.title, *(series.name for series in block.chart.series)]
        if block.table is not None:
            found.append(block.title)
            found += [column.heading for column in block.table.columns]
            found += [row.cells[0] for row in block.table.rows] if block.id == "table:status" else []
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_report__captions_headings_and_statuses__are_those_of_the_catalogue(code: str) -> None:
    language = load_language(code)
    before, now = english(told("en")), english(told(code))
    assert now == [language(text) for text in before]
    assert sum(one != other for one, other in zip(before, now, strict=True)) > 50


def cells(made: Report, block_id: str, key: str) -> tuple[str, ...]:
    (found,) = (b.table for b in blocks(made) if b.id == block_id and b.table is not None)
    return next(row.cells for row in found.rows if row.key == key)


def test_report__in_french__dates_numbers_marks_and_comments_are_french() -> None:
    made = told("fr", report_symbol="A/HRC/1/1")
    measures = cells(made, "table:annex-1", "140.7")[6]
    place = number_of("rec:140.7/measures", "par. {}", "«\u00a0Right to health\u00a0»")
    assert measures.split("\n") == [
        *(f"Voir {place}.", "Midwives: 1\u202f200"),
        "Échéance prévue\u00a0: 20 avril 2026",
    ]
    assert cells(made, "table:annex-1", "140.7")[8] == "Formation"
    assert cells(made, "table:annex-1", "140.1")[6].startswith("Aucun renseignement")
    (caption,) = (b.paragraphs[0].text for b in blocks(made) if b.id == "table:themes")
    assert caption == f"Tableau {counted('Table')}. Recommandations par thème"
    (block,) = (b for b in blocks(made) if b.id == "rec:140.7/measures")
    assert block.label == "[140.7 · En cours · moh]"
    assert block.paragraphs[0].notes[1].text == "A/HRC/1/1, par. 140.7."
    (silent,) = (b for b in blocks(made) if b.id == "rec:140.1/measures")
    assert silent.paragraphs[0].text == "[140.1\u00a0: aucun renseignement n’a été reçu.]"
    (gathered,) = (b for b in made.sections["implementation"] if b.comments)
    assert (
        "140.1, 140.10\u00a0: la fiche de Ministry of Health est revenue sans réponse." in gathered.comments
    )
    assert made.facts["review"]["cycle"] == "quatrième"
    assert made.title.startswith("Examplia\u00a0: rapport à mi-parcours volontaire")


def test_report__sentence_for_nothing__is_the_coordinator_s_where_there_is_one() -> None:
    assert cells(told("ar", no_information="Rien."), "table:annex-1", "140.1")[6] == "Rien."
    assert cells(told("ar"), "table:annex-1", "140.1")[6] == load_language("ar")(phrases.NOTHING_TO_PRINT)


@pytest.mark.parametrize("code", OTHERS)
def test_companions__in_another_language__say_everything_fixed_in_it(code: str) -> None:
    given = given_of(submission("moh", ANSWERS, **TABLES), language=code, sheet_language="en")
    language = load_language(code)
    usual = given_of(submission("moh", ANSWERS, **TABLES))
    for page in (assistance_page, plan_page, practices_page):
        pairs = list(zip(_texts(page(usual)), _texts(page(given)), strict=True))
        known = [(one, other) for one, other in pairs if one in language.texts]
        assert len(known) > 7
        assert [pair for pair in known if pair[1] != language(pair[0])] == []
    assert plan_tab(given).schema.column("action").title == language("Action")


def _texts(page: Any) -> Iterator[str]:
    for part in page.parts:
        yield from [part.text] if hasattr(part, "text") else (cell for row in part.rows for cell in row)


# The language of each text ----------------------------------------------------------------------------

MEASURES = "On a formé des sages-femmes."


def foreign(made: Report, block_id: str = "rec:140.7/measures") -> Foreign:
    (block,) = (b for b in blocks(made) if b.id == block_id)
    return next(p.foreign for p in block.paragraphs if p.look == "numbered")


def in_french(cover: str = "", **settings: Any) -> Report:
    answers = {"140.7": {"status": "planned", "measures": MEASURES}}
    return report(submission("moh", answers, cover), **settings)


def test_foreign__answers__are_in_the_language_of_the_cover_else_of_the_agency_else_of_the_sheets() -> None:
    assert foreign(in_french("fr")) == ((MEASURES, "fr"),)
    assert foreign(in_french(sheet_language="fr")) == ((MEASURES, "fr"),)
    assert foreign(in_french("fr-CH", language="fr")) == ()
    assert foreign(in_french(sheet_language="fr", language="fr")) == ()
    assert foreign(in_french()) == ()  # sheets and report are in English as far as anybody said


def test_foreign__agency_s_own_language__goes_before_that_of_the_sheets() -> None:
    want = expected(sheet_language="ru")
    agencies = tuple(replace(agency, language="fr") for agency in want.register.agencies)
    want = replace(want, register=replace(want.register, agencies=agencies))
    sheet = submission("moh", {"140.7": {"status": "planned", "measures": MEASURES}})
    records = merge([sheet], want, NO_DECISIONS, {}).records
    made = build_report(want.settings, want.register, records, load_shipped_schema, TODAY)
    assert foreign(made) == ((MEASURES, "fr"),)


def test_foreign__words_of_the_coordinator__are_the_report_s() -> None:
    given = given_of(submission("moh", {"140.7": {"status": "planned", "measures": MEASURES}}, "fr"))
    (record,) = next(o.answers for o in given.records.outcomes if o.item.number == "140.7")
    assert of_answers(given, [record], ("measures",)) == ((MEASURES, "fr"),)
    decided = replace(record, sources=(Source("decisions.xlsx", "Decisions", "F2", "moh", "measures"),))
    assert of_answers(given, [decided], ("measures",)) == ()


def test_foreign__matrix__is_english_unless_the_register_says_otherwise() -> None:
    given = given_of(language="fr", sheet_language="fr")
    item = replace(given.register.recommendations[0], text="Open clinics", recommending_states=("Norway",))
    named = of_item(given, replace(item, themes=("Health", "Santé"), persons=()))
    assert named == (("Open clinics", "en"), ("Norway", "en"), ("Health", "en"))
    national = replace(item, text_local="Ouvrir des dispensaires", themes=(), persons=())
    assert given.wording(national) == "Ouvrir des dispensaires"
    assert of_item(given, national) == (("Norway", "en"),)
    assert given.wording(item) == "Open clinics"
    assert of_item(given_of(), item) == ()
    assert given_of(sheet_language="fr", language="ru").wording(national) == "Open clinics"


def test_foreign__signs_and_numbers__have_no_language() -> None:
    assert of_register(given_of(language="fr"), ("140.7", "–", "Health\n12")) == (("Health", "en"),)


def test_untranslated__answers_in_another_language__are_told_to_editors_once() -> None:
    asked = "words of Ministry of Health stand in another language than the report’s"

    def found(language: str) -> list[str]:
        return [c for b in in_french(language).sections["implementation"] for c in b.comments if asked in c]

    (comment,) = found("fr")
    assert comment.startswith("140.7: ")
    assert found("en") == []
    given = given_of(submission("moh", {"140.7": {"status": "planned"}}, "fr"))
    answers = [answer for outcome in given.records.outcomes for answer in outcome.answers]
    assert list(untranslated(given, answers, ("measures",))) == []  # a status is a label, not words


def test_agency__in_the_language_of_the_sheets__has_its_national_name() -> None:
    def name(**settings: Any) -> str:
        given = given_of(**settings)
        agencies = tuple(replace(a, name_local="Ministère") for a in given.register.agencies)
        return replace(given, register=replace(given.register, agencies=agencies)).agency("moh")

    assert name(language="fr", sheet_language="fr") == "Ministère"
    assert name(language="ru", sheet_language="fr") == "Ministry of Health"
    assert name() == "Ministry of Health"
