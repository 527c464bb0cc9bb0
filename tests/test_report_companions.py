from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import submission
from reviews import TODAY, expected
from uprreport.collect.decisions import NO_DECISIONS
from uprreport.collect.merge import merge
from uprreport.files.word.letter import Grid, Line, Page
from uprreport.model import Outcome, Submission
from uprreport.report.companions.assistance import NOTHING, assistance_page
from uprreport.report.companions.entries import Entry, make_entries
from uprreport.report.companions.listing import guarded, listing_tab, reference, write_csv
from uprreport.report.companions.plan import plan_page, plan_tab, without_action
from uprreport.report.companions.practices import long_practices, practices_page
from uprreport.report.companions.vnr import first_sentence, goals_of, vnr_page
from uprreport.report.given import Given
from uprreport.report.voice import in_sequence
from uprreport.review import load_shipped_schema
from uprreport.text import clean_text

CLINIC = {
    "status": "in progress",
    "measures": "Two clinics opened. More will follow.",
    "publication": "public",
}
PUBLIC = {"publication": "public"}


def given_of(*submissions: Submission, register: str = "", **settings: Any) -> Given:
    """What companions are made of: some submissions to the small review of the tests."""
    want = expected(register, **settings)
    records = merge(submissions, want, NO_DECISIONS, {}).records
    return Given(want.settings, want.register, records, load_shipped_schema, TODAY)


def answered(number: str = "140.1", **more: Any) -> Given:
    return given_of(submission("moh", {number: {**CLINIC, **more}}))


def entry(told: Given, number: str = "140.1") -> Entry:
    return next(entry for entry in make_entries(told) if entry.number == number)


def lines(page: Page) -> list[str]:
    return [part.text for part in page.parts if isinstance(part, Line)]


def grids(page: Page) -> list[list[list[str]]]:
    return [[list(row) for row in part.rows] for part in page.parts if isinstance(part, Grid)]


# Entries ----------------------------------------------------------------------------------------------


def test_entries__all_recommendations__in_the_order_of_numbers_answered_or_not() -> None:
    entries = make_entries(answered())
    assert [one.number for one in entries] == ["140.1", "140.7", "140.10", "140.11", "140.12"]
    assert [one.status for one in entries] == ["In progress", *["No information"] * 4]
    assert entries[0].measures == ("Two clinics opened. More will follow.",)
    assert (entries[1].measures, entries[1].challenges, entries[1].assistance) == ((), "", "")


def test_entries__supporting_agency__is_named_after_the_lead() -> None:
    assert entry(answered(), "140.7").agencies == ("Ministry of Health", "Ministry of Education")


GROUPED = """
## Agencies

| Id  | Name               |
| --- | ------------------ |
| moh | Ministry of Health |

## Recommendations

| Number | Recommendation | Position  | Lead agency | Answered together |
| ------ | -------------- | --------- | ----------- | ----------------- |
| 140.1  | Open clinics   | Supported | moh         | G1                |
| 140.2  | Open hospitals | Supported | moh         | G1                |
"""


def test_entries__group__names_the_number_under_which_it_is_answered() -> None:
    heading = load_shipped_schema("recommendations").column("group").title
    register = GROUPED.replace("Answered together", heading)
    told = given_of(submission("moh", {"140.2": CLINIC}), register=register)
    first, second = make_entries(told)
    assert (first.see, first.measures) == (
        "140.2",
        ("This is answered together with recommendation 140.2.",),
    )
    assert (second.see, second.measures) == ("", ("Two clinics opened. More will follow.",))
    assert first.status == second.status == "In progress"
    nobody = given_of(register=register)
    assert [one.see for one in make_entries(nobody)] == ["", ""]


def test_entries__targets__are_the_agency_s_where_it_corrected_them() -> None:
    corrected = answered(sdg_targets_corrected=("3.8", "16.10"))
    assert entry(corrected).targets == ("3.8", "16.10")
    assert goals_of(entry(corrected)) == {"3", "16"}
    assert entry(answered()).targets == ()


def test_entries__position_that_changed__opens_the_assessment_with_its_reason() -> None:
    told = answered()
    told = replace(
        told, records=replace(told.records, outcomes=tuple(map(decided_anew, told.records.outcomes)))
    )
    first, second, *_ = make_entries(told)
    assert first.position == "Supported\nNow: Noted"
    assert first.assessment == (
        "Position now: noted",
        "Reason for the position: The law is under review.",
        "Two clinics opened. More will follow.",
    )
    assert second.assessment == second.measures == ()


def decided_anew(outcome: Outcome) -> Outcome:
    if outcome.item.number != "140.1":
        return outcome
    item = replace(outcome.item, position_now="noted", position_reason="The law is under review.")
    return replace(outcome, item=item)


# Spreadsheets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "- a list"])
def test_guarded__what_opens_like_a_formula__gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1 = 1", "Act No. 3", "'quoted'", "A-1", "–"])
def test_guarded__any_other_text__stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
def test_csv__any_text__is_read_back_and_opens_no_formula(text: str) -> None:
    told = answered(measures=f"x{text}", challenges=text)
    content = write_csv(told, make_entries(told))
    headings, first, *_ = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    row = dict(zip(headings, first, strict=True))
    assert row["Measures"] == clean_text(in_sequence([f"x{text}"]))[0]
    assert not row["Challenges"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert content.startswith(b"\xef\xbb\xbf")


def test_csv__reference__is_cited_as_un_documents_do() -> None:
    told = given_of(report_symbol="A/HRC/59/15")
    assert reference(told, "140.10") == "A/HRC/59/15, para. 140.10"
    assert reference(told, "140.10, 140.12", several=True) == "A/HRC/59/15, paras. 140.10, 140.12"
    assert reference(given_of(), "140.10") == "para. 140.10"


def test_xlsx__goals_and_numbers__are_no_numbers() -> None:
    told = answered("140.10")
    row = listing_tab(told, make_entries(told)).rows[2]
    assert (row["number"], row["sdgs"]) == ("140.10", "SDG 3")


# By goal and target -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two clinics opened. More will follow.", "Two clinics opened."),
        ("Act No. 3 was adopted in 2025. It applies.", "Act No. 3 was adopted in 2025."),
        ("No end", "No end"),
        ("First line\nSecond line.", "First line"),
        ("The so-called “plan.” It began.", "The so-called “plan.”"),
        ("Rates fell by 3.5 per cent.", "Rates fell by 3.5 per cent."),
        ("它开始了。后来结束。", "它开始了。"),
        ("They met (see art. 3 et seq.) and agreed. Then left.", "They met (see art. 3 et seq.) and agreed."),
        ("", ""),
    ],
)
def test_first_sentence__ends_where_a_sentence_does(text: str, expected: str) -> None:
    assert first_sentence(text) == expected


@given(st.text())
def test_first_sentence__any_text__is_its_beginning(text: str) -> None:
    assert text.lstrip().startswith(first_sentence(text))


def test_vnr__every_recommendation__stands_under_each_of_its_goals_and_targets() -> None:
    told = answered(sdg_targets_corrected=("3.8", "16.10"))
    page = vnr_page(told, make_entries(told))
    overview, health, education, peace = grids(page)
    assert overview[1] == ["Goal 3: Good health and well-being", "4", "In progress: 1; No information: 3"]
    assert [row[:2] for row in health[1:]] == [
        ["3.8", "140.1 Open a clinic in every district"],
        ["–", "140.7 Train midwives in rural areas"],
        ["–", "140.10 Publish waiting times of hospitals"],
        ["–", "140.11 Abolish fees for emergency care"],
    ]
    assert health[1][2:] == ["In progress", "Two clinics opened."]
    assert len(education) == 2
    assert peace[1][0] == "16.10"
    assert "Without a goal" not in lines(page)


def test_vnr__without_goals__are_listed_by_number() -> None:
    told = given_of(register=GROUPED.replace("| Answered together ", "").replace("| G1                ", "")
                    .replace("| ----------------- |", "|"))  # fmt: skip
    page = vnr_page(told, make_entries(told))
    assert lines(page)[-2:] == ["Without a goal", "140.1, 140.2"]
    assert grids(page) == []


@pytest.mark.parametrize(
    ("settings", "day"),
    [({}, "20 April 2026"), ({"cut_off": datetime.date(2026, 3, 31)}, "31 March 2026")],
)
def test_vnr__day_of_the_information__is_not_after_the_cut_off_date(
    settings: dict[str, Any], day: str
) -> None:
    told = given_of(submission("moh", {"140.1": CLINIC}), **settings)
    assert f"Information as of {day}." in " ".join(lines(vnr_page(told, make_entries(told))))


# Assistance -------------------------------------------------------------------------------------------

NEED = {"numbers": ("140.7",), "kind": "training", "description": "A course", **PUBLIC}


def needs(*rows: dict[str, Any]) -> Page:
    return assistance_page(given_of(submission("moh", {}, assistance=list(rows))))


def test_assistance__needs__are_grouped_by_kind_with_what_a_fund_must_know() -> None:
    page = needs(
        {**NEED, "cost": 45000, "currency": "USD", "beneficiary": "Midwives", "result": "Forty trained"},
        {**NEED, "kind": "expertise", "numbers": ("140.1",), "cost": 500, "currency": "EUR"},
        {**NEED, "numbers": ("140.10",)},
    )
    overview, *grids_ = grids(page)
    assert overview[1:] == [
        ["Expertise", "1", "500 EUR"],
        ["Training", "2", "45,000 USD\nnot estimated: 1"],
        ["Total", "3", "500 EUR\n45,000 USD\nnot estimated: 1"],
    ]
    headings = [line for line in lines(page) if line[:1].isdigit() or line in ("Expertise", "Training")]
    assert headings == [
        *("Expertise", "1. 140.1: Ministry of Health", "Training"),
        *("2. 140.7: Ministry of Health", "3. 140.10: Ministry of Health"),
    ]
    told = dict(grids_[1])
    assert told["Recommendations"] == "140.7 Train midwives in rural areas"
    assert (told["Beneficiary"], told["Expected result"]) == ("Midwives", "Forty trained")
    assert (told["Rough cost"], told["Own contribution"], told["Partner"]) == ("45,000 USD", "–", "–")
    assert "Contact" not in told


def test_assistance__needs_not_for_the_fund__stand_apart() -> None:
    page = needs(NEED, {**NEED, "numbers": ("140.1",), "voluntary_fund": "no", "partner": "A bank"})
    assert grids(page)[-1][1:] == [["140.1", "Training", "A course", "A bank", "–"]]
    assert "Other needs, which are not put to the Fund" in lines(page)
    assert grids(page)[0][-1][:2] == ["Total", "1"]


def test_assistance__nothing_reported__says_so() -> None:
    page = needs()
    assert (grids(page), lines(page)[-1]) == ([], NOTHING)


def test_assistance__withheld_need__is_not_there() -> None:
    page = needs({**NEED, "publication": "internal", "description": "Zebrafish"})
    assert "Zebrafish" not in str(page.parts)


# Plan and practices -----------------------------------------------------------------------------------

ACTION = {"numbers": ("140.7", "140.1"), "action": "Open clinics", "budget": 1200, "currency": "USD"}


def planned(*rows: dict[str, Any]) -> Given:
    return given_of(submission("moh", {"140.10": {**CLINIC, "status": "implemented"}}, actions=list(rows)))


def test_plan__actions__stand_in_the_order_of_numbers() -> None:
    told = planned({**ACTION, "numbers": ("140.10",), "end": TODAY}, ACTION)
    (rows,) = grids(plan_page(told))
    assert plan_page(told).landscape
    assert rows[1:] == [
        ["140.1, 140.7", "Open clinics", "Ministry of Health", "–", "–", "–", "1,200 USD"],
        ["140.10", "Open clinics", "Ministry of Health", "until 20 April 2026", "–", "–", "1,200 USD"],
    ]


def test_plan__workbook__keeps_dates_and_amounts_as_they_are() -> None:
    (row,) = plan_tab(planned({**ACTION, "end": TODAY})).rows
    assert (row["numbers"], row["budget"], row["end"]) == ("140.7\n140.1", 1200, TODAY)


def test_plan__supported_and_open__without_an_action_are_told() -> None:
    told = planned({**ACTION, "numbers": ("140.1",)})
    assert without_action(told, make_entries(told)) == ("140.7", "140.12")  # 140.10 is done, 140.11 noted


def test_plan__nothing_planned__says_so() -> None:
    assert lines(plan_page(planned()))[-1] == "No action has been planned yet."


PRACTICE = {
    "title": "Homes near hospitals",
    "practice": "Beds are free.",
    "numbers": ("140.1", "140.7"),
    **PUBLIC,
}


def practices(*rows: dict[str, Any], **settings: Any) -> Given:
    return given_of(submission("moh", {}, practices=list(rows)), **settings)


def test_practices__each__begins_a_page_with_what_repositories_ask_for() -> None:
    told = practices(PRACTICE, {**PRACTICE, "title": "Buses", "numbers": ()}, report_symbol="A/HRC/1/1")
    page = practices_page(told)
    starts = [part.new_page for part in page.parts if isinstance(part, Line) and part.style == "Small"]
    assert starts == [False, False, True, False]
    assert [part.text for part in page.parts if isinstance(part, Line) and part.style == "Title"] == [
        "Homes near hospitals",
        "Buses",
    ]
    first, second = (dict(grid) for grid in grids(page))
    assert first["Recommendations"] == "A/HRC/1/1, paras. 140.1, 140.7"
    assert first["Goals"] == "Goal 3: Good health and well-being"
    assert (second["Recommendations"], second["Result"], "Link" in second) == ("–", "–", False)


def test_practices__long_text__is_printed_whole_and_told() -> None:
    told = practices(PRACTICE, {**PRACTICE, "title": "Long", "practice": "word " * 500})
    assert long_practices(told) == ("Long",)
    assert sum(text.count("word") for grid in grids(practices_page(told)) for _, text in grid) == 500


def test_practices__none__says_so() -> None:
    assert lines(practices_page(practices())) == ["Good practices", "No good practice has been reported."]
