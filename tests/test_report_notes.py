from __future__ import annotations

import pytest

from drafts import report, submission
from uprreport.model import Block, Note, Report
from uprreport.report.themes import RUNNING

SYMBOL = "A/HRC/44/12"
MIDWIVES = {"status": "in progress", "measures": "Midwives were trained."}


def block(told: Report, block_id: str) -> Block:
    return next(b for blocks in told.sections.values() for b in blocks if b.id == block_id)


def notes(told: Report, block_id: str) -> list[Note]:
    return [note for paragraph in block(told, block_id).paragraphs for note in paragraph.notes]


def one(**answer: str) -> Report:
    return report(submission("moh", {"140.7": {**MIDWIVES, **answer}}), report_symbol=SYMBOL)


def test_numbers__stand_under_the_symbol_of_the_report_that_has_them() -> None:
    told = one()
    assert notes(told, "rec:140.7/measures") == [Note("endnote", "numbers", f"{SYMBOL}, para. 140.7.")]
    assert notes(told, "rec:140.11/measures") == [Note("endnote", "numbers", f"{SYMBOL}, para. 140.11.")]


def test_numbers__review_without_a_symbol__are_named_as_recommendations() -> None:
    told = report(submission("moh", {"140.7": MIDWIVES}), report_symbol="")
    assert [note.text for note in notes(told, "rec:140.7/measures")] == ["Recommendation 140.7."]


def test_numbers__of_a_group__are_a_range_in_one_note() -> None:
    told = report(submission("moh", {"140.1": MIDWIVES}), register=GROUPED, report_symbol=SYMBOL)
    assert [note.text for note in notes(told, "rec:140.1/measures")] == [f"{SYMBOL}, paras. 140.1–140.3."]


GROUPED = """
## Agencies

| Id  | Name               | Kind of body |
| --- | ------------------ | ------------ |
| moh | Ministry of Health | Government   |

## Themes

| Theme           | Lead agency |
| --------------- | ----------- |
| Right to health | moh         |

## Recommendations

| Number | Recommendation       | Recommending States | Position  | Theme           | Lead agency | Group    |
| ------ | -------------------- | ------------------- | --------- | --------------- | ----------- | -------- |
| 140.1  | Train midwives       | Chile               | Supported | Right to health | moh         | midwives |
| 140.2  | Train more midwives  | Peru                | Supported | Right to health | moh         | midwives |
| 140.3  | Train enough of them | Fiji                | Supported | Right to health | moh         | midwives |
"""


def test_acts__and_links__are_one_footnote_before_the_numbers() -> None:
    told = one(legal_act="Health Act, No. 5\nDecree 12;", link="https://example.org/health")
    found = notes(told, "rec:140.7/measures")
    assert [note.kind for note in found] == ["footnote", "endnote"]
    assert found[0].text == "Health Act, No. 5; Decree 12; https://example.org/health"


def test_acts__named_by_two_agencies__are_told_once() -> None:
    answer = {**MIDWIVES, "legal_act": "Health Act, No. 5"}
    told = report(submission("moh", {"140.7": answer}), submission("moj", {"140.7": answer}))
    assert [n.text for n in notes(told, "rec:140.7/measures") if n.kind == "footnote"] == [
        "Health Act, No. 5"
    ]


def test_acts__of_a_passage__are_among_its_sources() -> None:
    told = one(legal_act="Health Act, No. 5")
    assert "legal_act" in {source.field for source in block(told, "rec:140.7/measures").sources}


def challenges(met: dict[str, str]) -> list[tuple[str, list[str]]]:
    """The paragraphs of a theme's challenges with their notes."""
    answers = {number: {**MIDWIVES, "challenges": text} for number, text in met.items()}
    told = report(submission("moh", answers), report_symbol=SYMBOL)
    paragraphs = block(told, "theme:right-to-health/challenges").paragraphs
    return [(p.text, [n.text for n in p.notes]) for p in paragraphs]


def test_challenges__one_sentence_each__run_on_with_one_note() -> None:
    met = {"140.1": "Few apply", "140.7": "Few apply", "140.10": "Nobody counts."}
    assert challenges(met) == [
        ("Few apply. Nobody counts.", [f"{SYMBOL}, paras. 140.1, 140.7, 140.10."]),
    ]


def test_challenges__any_of_several_sentences__has_a_paragraph_each_with_who_met_them() -> None:
    met = {"140.1": "Few apply.", "140.7": "Few apply.", "140.10": "Nobody counts. Nobody can."}
    assert challenges(met) == [
        ("Few apply.", [f"{SYMBOL}, paras. 140.1, 140.7."]),
        ("Nobody counts. Nobody can.", [f"{SYMBOL}, para. 140.10."]),
    ]


def test_challenges__more_than_a_paragraph_holds__go_on_in_the_next() -> None:
    long = " ".join(["Posts"] * RUNNING) + "."
    assert [len(text.split()) for text, _ in challenges({"140.1": long, "140.7": "Few apply."})] == [
        RUNNING, 2,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["pledge", "observation"])
def test_numbers__of_pledges_and_observations__are_in_no_report_of_the_working_group(kind: str) -> None:
    told = one()
    section = {"pledge": "pledges", "observation": "observations"}[kind]
    assert told.sections[section]
    found = [n for b in told.sections[section] for p in b.paragraphs for n in p.notes if n.kind == "endnote"]
    assert found == []


def test_practice__cites_its_recommendations_and_prints_its_link() -> None:
    practice = {"title": "Night clinics", "numbers": ("140.1", "140.7"), "practice": "Open until nine.",
                "link": "https://example.org/night"}  # fmt: skip
    told = report(submission("moh", {}, practices=[practice]), report_symbol=SYMBOL)
    assert [note.text for note in notes(told, "practice:night-clinics@moh")] == [
        "https://example.org/night", f"{SYMBOL}, paras. 140.1, 140.7.",
    ]  # fmt: skip


def test_front_notes__without_an_addendum__positions_are_cited_by_paragraph_not_twice_alike() -> None:
    facts = report(report_symbol=SYMBOL, addendum_symbol="").facts["notes"]
    assert f"{SYMBOL}." in facts["report"]
    assert f"{SYMBOL}, paras. 140.1, 140.7, 140.10–140.12." in facts["positions"]
    both = report(report_symbol=SYMBOL, addendum_symbol=f"{SYMBOL}/Add.1").facts["notes"]
    assert f"{SYMBOL}/Add.1." in both["positions"]
    assert report(report_symbol="", addendum_symbol="").facts["notes"] == {"report": "", "positions": ""}
