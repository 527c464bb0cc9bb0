from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reviews import expected
from test_collect_merge import answer, decided, part, row, submission
from test_collect_publication import GROUPED
from uprreport.collect.decisions import NO_DECISIONS, Decisions
from uprreport.collect.ledger import count_parts, status_document
from uprreport.collect.merge import Merged, merge
from uprreport.model import AgencyLedger, Submission


def merged(*found: Submission, decisions: Decisions = NO_DECISIONS, **settings: Any) -> Merged:
    """Merged for a register in which 140.1, 140.10 and 140.11 are one group of moh."""
    return merge(found, expected(GROUPED, **settings), decisions, {"moh": 2})


def accepted(*found: Submission) -> Decisions:
    """Decisions that print every answer of an agency that was not asked."""
    asked = (q for q in merged(*found).questions if q.kind == "reassign")
    return Decisions({name: row for q in asked for name, row in decided(q, "accept").rows.items()})


def ledger(result: Merged, agency: str = "moh") -> AgencyLedger:
    return next(one for one in result.records.agencies if one.id == agency)


def numbers(one: AgencyLedger) -> tuple[int, int, int, str]:
    return one.assigned, one.answered, one.empty, one.state


PLANNED = {"status": "planned"}


def test_ledger__lead_and_supporting__are_assigned_and_errors_counted() -> None:
    result = merged()
    assert numbers(ledger(result)) == (6, 0, 0, "late")
    assert numbers(ledger(result, "moe")) == (2, 0, 0, "late")
    assert numbers(ledger(result, "moj")) == (0, 0, 0, "awaited")
    assert ledger(result).errors == 2
    assert [o.part for o in result.records.of_kind("recommendation")] == ["awaited"] * 5


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({"measures": "M."}, True),
        ({"challenges": "C."}, True),
        ({"next_steps": "N."}, True),
        ({"status": "planned", "publication": "internal"}, True),
        ({"start": "x", "remark": "R."}, False),
        ({"not_ours": "yes"}, False),
    ],
)
def test_ledger__what_an_answer_is(values: dict[str, Any], counts: bool) -> None:
    one = ledger(merged(submission("moh", row("140.7", **values))))
    assert numbers(one) == (6, int(counts), 6 - int(counts), "partial")


def test_ledger__answer_to_what_is_not_assigned__is_printed_once_accepted_but_does_not_count() -> None:
    found = (submission("moj", row("140.7", **PLANNED)), submission("moh", row("140.12", **PLANNED)))
    for result, there in ((merged(*found), False), (merged(*found, decisions=accepted(*found)), True)):
        assert numbers(ledger(result, "moj")) == (0, 0, 0, "returned")
        assert numbers(ledger(result)) == (6, 0, 6, "partial")
        assert answer(result, "140.12") == ([("moh", "planned", "")] if there else [])
        assert part(result, "140.12") == "awaited"


def test_ledger__everything_answered__is_returned() -> None:
    rows = [row(n, line=i, **PLANNED) for i, n in enumerate(("140.1", "140.7", "P1", "O1"), 2)]
    assert numbers(ledger(merged(submission("moh", *rows)))) == (6, 6, 0, "returned")  # a group counts as one


def test_ledger__nothing_to_report__is_returned_though_empty() -> None:
    declared = submission("moh", nothing_to_report="yes")
    result = merged(declared)
    assert numbers(ledger(result)) == (6, 0, 6, "returned")
    assert part(result, "140.1") == "empty"
    later = submission("moh", row("140.7", **PLANNED), round_=2, nothing_to_report="no")
    assert ledger(merged(declared, later)).state == "partial"


@pytest.mark.parametrize(
    ("values", "there"),
    [
        ({"status": "planned"}, "answered"),
        ({"status": "planned", "publication": "internal"}, "withheld"),
        ({"remark": "R."}, "empty"),
    ],
)
def test_group__answered_once__stands_for_all_members(values: dict[str, Any], there: str) -> None:
    result = merged(submission("moh", row("140.10", **values)))
    outcomes = {o.item.number: o for o in result.records.outcomes}
    assert [outcomes[n].part for n in ("140.1", "140.10", "140.11")] == [there] * 3
    assert outcomes["140.7"].part == "empty"
    if there != "empty":
        assert outcomes["140.1"].reason == "see 140.10"
        assert outcomes["140.1"].status == outcomes["140.10"].status
        assert outcomes["140.1"].withheld_by == outcomes["140.10"].withheld_by
        assert outcomes["140.1"].answers == ()


def test_group__contested__is_contested_and_an_own_answer_stays_its_own() -> None:
    moh = submission("moh", row("140.1", **PLANNED), row("140.11", line=4, status="continuous"))
    moe = submission("moe", row("140.1", status="implemented"))
    result = merged(moh, moe, decisions=accepted(moe))
    assert [part(result, n) for n in ("140.1", "140.10", "140.11")] == ["contested", "answered", "answered"]
    assert [o.status for o in result.records.outcomes[2:4]] == ["continuous", "continuous"]
    alone = replace(moh, rows={"progress": moh.rows["progress"][:1]})
    contested = merged(alone, moe, decisions=accepted(moe))
    assert [part(contested, n) for n in ("140.1", "140.10", "140.11")] == ["contested"] * 3


def test_ledger__precedence__conflict_before_answer_and_decision_before_withheld() -> None:
    moh = submission("moh", row("140.7", **PLANNED))
    moe = submission("moe", row("140.7", status="implemented"))
    moj = submission("moj", row("140.7", status="continuous"))
    result = merged(moh, moe)
    assert part(result, "140.7") == "contested"
    hidden = submission("moh", row("140.7", status="planned", publication="internal"))
    assert part(merged(hidden, moe), "140.7") == "withheld"
    assert answer(merged(hidden, moe), "140.7") == [("moe", "implemented", "")]
    contested = merged(hidden, moe, moj, decisions=accepted(moj))
    assert part(contested, "140.7") == "contested"
    (question,) = (q for q in contested.questions if q.kind == "status-conflict")
    both = Decisions({**accepted(moj).rows, **decided(question, "in progress").rows})
    settled = merged(hidden, moe, moj, decisions=both)
    assert part(settled, "140.7") == "answered"


def test_ledger__supporting_agency_answered_and_lead_s_sheet_empty__is_empty_and_printed() -> None:
    result = merged(submission("moh"), submission("moe", row("140.7", **PLANNED)))
    assert part(result, "140.7") == "empty"
    assert answer(result, "140.7") == [("moe", "planned", "")]


def test_status_document__parts__add_up_and_late_agencies_are_named() -> None:
    result = merged(submission("moe", row("140.12", **PLANNED)))
    document = status_document(result.records, [])
    counts = dict(document["recommendations"])
    assert counts.pop("total") == sum(counts.values()) == 5
    assert list(counts) == ["answered", "contested", "withheld", "empty", "awaited", "unassigned"]
    assert document["late"] == ["moh"]
    assert list(document["agencies"][0]) == [
        "id", "name", "assigned", "answered", "empty", "errors", "state",
    ]  # fmt: skip
    assert count_parts(result.records) == document["recommendations"]


def test_rounds_approvals_and_departments__each_row_by_its_rank() -> None:
    first = submission(
        "moh", row("140.1", status="planned", measures="Old."), row("140.7", line=4, **PLANNED)
    )
    unit_a = submission(
        "moh", row("140.1", measures="New.", status="planned"), round_=2, approved="2026-03-01"
    )
    unit_b = submission("moh", row("140.10", **PLANNED), round_=2, approved="2026-02-01")
    again = submission(
        "moh", row("140.1", measures="Newest.", status="planned"), round_=2, approved="2026-04-01"
    )
    result = merged(again, unit_b, first, unit_a)
    assert answer(result, "140.1") == [("moh", "planned", "Newest.")]
    assert answer(result, "140.7") == [("moh", "planned", "")]
    assert answer(result, "140.10") == [("moh", "planned", "")]
    assert [f.code for f in result.findings] == ["superseded-submission"] * 2


def test_superseded__told_by_the_row_that_answers() -> None:
    first = submission("moh", row("140.1", **PLANNED))
    remark = replace(submission("moh", row("140.1", line=9, remark="See below."), round_=2), file="a.xlsx")
    second = submission("moh", row("140.1", line=4, **PLANNED), round_=2)
    (finding,) = merged(first, remark, second).findings
    assert finding.details["later"].endswith("Progress!B4")
