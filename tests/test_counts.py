"""The one value of all counts: what each recommendation counts as, and that the parts add up."""

from __future__ import annotations

from typing import Any

import pytest

from drafts import Answers, submission
from reviews import expected
from test_collect_merge import decided
from uprreport.collect.decisions import NO_DECISIONS, Decisions
from uprreport.collect.merge import Merged, merge
from uprreport.counts import Counts, count_printed, count_records
from uprreport.model import NO_INFORMATION, UNDER_CLARIFICATION

WHO = "Lead agency | Supporting agencies | Group | Position now | Reason for the change"
REGISTER = f"""
## Agencies

| Id  | Name                   |
| --- | ---------------------- |
| moh | Ministry of Health     |
| moe | Ministry of Education  |
| moj | Ministry of Justice    |

## Recommendations

| Number | Recommendation | Recommending States | Position | Theme | SDGs | {WHO} |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 140.1 | Train midwives | Argentina | Supported | Health | 3 | moh | moe | care | | |
| 140.2 | Train nurses | Chile | Supported | Health | 3 | moh | | care | Noted | Costs. |
| 140.3 | Build clinics | Chile | Noted | Health | 3; 10 | moh | moe | | | |
| 140.4 | Build schools | Chile | Supported in part | Schools | 4 | moe | moh | | | |
| 140.5 | Repair schools | Spain | | Schools | 4 | moe | | | | |
| 140.6 | Write laws | Spain | Supported | Laws | | | | | | |
"""


def found(*sent: tuple[str, Answers], decisions: Decisions = NO_DECISIONS, **settings: Any) -> Merged:
    return merge([submission(*one) for one in sent], expected(REGISTER, **settings), decisions, {})


def counted(result: Merged) -> Counts:
    return count_records(expected(REGISTER).register, result.records)


def statuses(result: Merged) -> dict[str, str]:
    return {outcome.item.number: outcome.status for outcome in result.records.of_kind("recommendation")}


DONE = {"status": "implemented", "measures": "Sixty were trained."}
SAID = {"measures": "Sixty were trained."}
HIDDEN = {**DONE, "publication": "internal"}


# What stands for a recommendation -----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["measures", "challenges", "next_steps"])
def test_status__lead_s_answer_without_a_level__is_under_clarification(text: str) -> None:
    result = found(("moh", {"140.3": {text: "Words."}}))
    assert statuses(result)["140.3"] == UNDER_CLARIFICATION


def test_status__contested__is_under_clarification_until_decided() -> None:
    sent = (("moh", {"140.3": DONE}), ("moe", {"140.3": {"status": "planned"}}))
    result = found(*sent)
    assert statuses(result)["140.3"] == UNDER_CLARIFICATION
    (question,) = result.questions
    settled = found(*sent, decisions=decided(question, "planned"))
    assert statuses(settled)["140.3"] == "planned"


@pytest.mark.parametrize("lead", [{}, {"140.3": HIDDEN}], ids=["silent", "withheld"])
def test_status__supporting_agency_alone__is_under_clarification_whatever_became_of_the_lead_s(
    lead: Answers,
) -> None:
    result = found(("moh", lead), ("moe", {"140.3": DONE}))
    assert statuses(result)["140.3"] == UNDER_CLARIFICATION


@pytest.mark.parametrize("answers", [{}, {"140.3": HIDDEN}], ids=["silent", "withheld"])
def test_status__nothing_to_print__is_no_information(answers: Answers) -> None:
    assert statuses(found(("moh", answers)))["140.3"] == NO_INFORMATION


def test_group__answered_once__has_one_level_for_all_members() -> None:
    assert statuses(found(("moh", {"140.2": DONE})))["140.1"] == "implemented"
    assert statuses(found(("moh", {"140.2": SAID})))["140.1"] == UNDER_CLARIFICATION
    assert statuses(found(("moe", {"140.1": DONE})))["140.2"] == UNDER_CLARIFICATION


@pytest.mark.parametrize("own", [{}, {"140.1": HIDDEN}], ids=["silent", "withheld"])
@pytest.mark.parametrize("supporting", [{}, {"140.1": SAID}], ids=["alone", "supported"])
def test_group__member_without_an_answer_of_its_lead__takes_the_group_s_level(
    own: Answers, supporting: Answers
) -> None:
    result = found(("moh", {**own, "140.2": DONE}), ("moe", supporting))
    assert statuses(result)["140.1"] == "implemented"


def test_group__member_with_an_unreadable_level_of_its_own__is_under_clarification() -> None:
    assert statuses(found(("moh", {"140.1": SAID, "140.2": DONE})))["140.1"] == UNDER_CLARIFICATION


# Counts -------------------------------------------------------------------------------------------------


def test_counts__each_way_of_parting__adds_up_to_the_whole() -> None:
    told = counted(found(("moh", {"140.2": DONE, "140.3": HIDDEN}), ("moe", {"140.4": SAID})))
    assert told.whole.numbers == {
        "implemented": ("140.1", "140.2"),
        UNDER_CLARIFICATION: ("140.4",),
        NO_INFORMATION: ("140.3", "140.5", "140.6"),
    }
    assert (told.whole.total, told.whole.informed, told.whole.settled) == (6, 3, 2)
    assert {theme: tally.total for theme, tally in told.themes.items()} == {
        "Health": 3,
        "Schools": 2,
        "Laws": 1,
    }
    assert {goal: tally.all_numbers for goal, tally in told.goals.items()} == {
        "3": ("140.1", "140.2", "140.3"), "10": ("140.3",), "4": ("140.4", "140.5"),
    }  # fmt: skip
    assert told.states["Chile"].numbers == {
        "implemented": ("140.2",), NO_INFORMATION: ("140.3",), UNDER_CLARIFICATION: ("140.4",),
    }  # fmt: skip


def test_counts__positions__at_the_review_and_now_with_what_moved_between() -> None:
    told = counted(found())
    assert dict(told.at_review) == {"supported": 3, "noted": 1, "supported in part": 1, "": 1}
    assert {key: tally.total for key, tally in told.positions.items()} == {
        "supported": 2, "noted": 2, "supported in part": 1, "": 1,
    }  # fmt: skip
    assert told.moves == {("supported", "noted"): ("140.2",)}
    assert told.moved == ("140.2",)


def test_counts__bodies__a_group_counts_for_all_its_members_and_withheld_answers_for_none() -> None:
    told = counted(found(("moh", {"140.2": DONE, "140.3": HIDDEN}), ("moe", {"140.3": SAID})))
    moh, moe = told.bodies["moh"], told.bodies["moe"]
    assert (moh.leads, moh.supports, moh.informed) == (
        ("140.1", "140.2", "140.3"),
        ("140.4",),
        ("140.1", "140.2"),
    )
    assert (moh.asked, moh.silent) == (4, 2)
    assert (moe.leads, moe.supports, moe.informed) == (("140.4", "140.5"), ("140.1", "140.3"), ("140.3",))
    assert told.asked == told.informing == ("moh", "moe")


def test_counts__body_whose_answers_are_all_withheld_or_that_sent_an_empty_sheet__informs_nobody() -> None:
    told = counted(found(("moh", {"140.3": HIDDEN}), ("moe", {})))
    assert told.asked == ("moh", "moe")
    assert told.informing == ()


def test_counts__challenges__are_met_by_whole_groups() -> None:
    told = counted(found(("moh", {"140.1": {"challenges": "Few apply.", "challenge_type": "capacity"}})))
    assert told.challenges == {"capacity": ("140.1", "140.2")}


def test_counts__nothing_printed__is_unanswered_or_withheld() -> None:
    told = counted(found(("moh", {"140.1": HIDDEN, "140.3": HIDDEN}), ("moe", {"140.3": SAID})))
    assert told.withheld == ("140.1", "140.2")
    assert told.unanswered == ("140.4", "140.5", "140.6")
    assert told.parts == {"withheld": 3, "empty": 2, "unassigned": 1}


@pytest.mark.parametrize(
    ("withheld", "unanswered", "grouped", "unassigned", "told"),
    [
        (0, 5, 0, 0, False),
        (1, 3, 0, 0, True),
        (1, 2, 0, 0, False),
        (4, 4, 0, 0, True),
        (4, 3, 0, 0, False),
        (1, 2, 0, 5, False),
        (1, 2, 4, 0, False),
    ],
)
def test_counts__withheld__told_apart_only_where_each_could_be_another(
    withheld: int, unanswered: int, grouped: int, unassigned: int, told: bool
) -> None:
    leads = ["moh"] * (withheld + unanswered + grouped) + [""] * unassigned
    groups = [""] * (withheld + unanswered) + ["care"] * grouped + [""] * unassigned
    head = "| Number | Recommendation | Theme | Lead agency | Group |\n| --- | --- | --- | --- | --- |\n"
    rows = "".join(
        f"| 140.{n} | Do it | Health | {lead} | {group} |\n"
        for n, (lead, group) in enumerate(zip(leads, groups, strict=True), 1)
    )
    want = expected(f"{REGISTER.partition('## Recommendations')[0]}## Recommendations\n\n{head}{rows}")
    sent = submission("moh", {f"140.{n}": HIDDEN for n in range(1, withheld + 1)})
    counts = count_records(want.register, merge([sent], want, NO_DECISIONS, {}).records)
    assert (len(counts.withheld), counts.tells_apart) == (withheld, told)


def test_counts__printed__adds_up_and_agrees_with_the_counts_of_the_report() -> None:
    result = found(("moh", {"140.1": HIDDEN, "140.3": HIDDEN}), ("moe", {"140.3": SAID, "140.4": DONE}))
    printed, counts = count_printed(result.records), counted(result)
    assert printed == {
        "total": 6, "settled": 1, "under_clarification": 1, "unanswered": 2, "not_for_publication": 2,
    }  # fmt: skip
    assert printed["total"] == sum(printed.values()) - printed["total"] == counts.whole.total
    assert printed["unanswered"] == len(counts.unanswered)
    assert printed["not_for_publication"] == len(counts.withheld)
