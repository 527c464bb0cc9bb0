from __future__ import annotations

import datetime
import itertools
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reviews import expected
from uprreport.collect.combine import combine_answers
from uprreport.collect.decisions import NO_DECISIONS, Decisions
from uprreport.collect.merge import Merged, merge
from uprreport.collect.questions import answers_text
from uprreport.model import Question, Row, Submission

WANT = expected()


def row(number: str, *, file: str = "moh.xlsx", line: int = 3, tab: str = "progress", **values: Any) -> Row:
    names = (
        "number",
        "status",
        "measures",
        "challenges",
        "publication",
        "numbers",
        "kind",
        "not_ours",
        "start",
    )
    cells = {name: f"{chr(65 + index)}{line}" for index, name in enumerate(names)}
    number_value = {"number": number} if tab == "progress" else {}
    return Row(tab, file, tab.title(), line, {**number_value, **values}, cells)


def submission(agency: str, *rows: Row, round_: int = 1, approved: str = "", **cover: Any) -> Submission:
    file = f"{agency}-{round_}{approved}.xlsx"
    values = {**cover, **({"approved_on": datetime.date.fromisoformat(approved)} if approved else {})}
    by_tab: dict[str, tuple[Row, ...]] = {}
    for item in rows:
        moved = replace(item, file=file)
        by_tab[item.tab] = (*by_tab.get(item.tab, ()), moved)
    return Submission(
        file, "exa-upr4", agency, round_, "1", Row("cover", file, "Cover", 0, values, {}), by_tab
    )


def merged(*submissions: Submission, decisions: Decisions = NO_DECISIONS, **settings: Any) -> Merged:
    return merge(submissions, expected(**settings), decisions, {})


def part(result: Merged, number: str) -> str:
    return next(o.part for o in result.records.outcomes if o.item.number == number)


def answer(result: Merged, number: str) -> list[tuple[str, str, str]]:
    outcome = next(o for o in result.records.outcomes if o.item.number == number)
    return [(a.agency, a.text("status"), a.text("measures")) for a in outcome.answers]


def codes(result: Merged) -> list[str]:
    return [finding.code for finding in result.findings]


def decided(question: Question, decision: str, **typed: Any) -> Decisions:
    values = {
        "question": question.id,
        "answers": answers_text(question),
        "decision": decision,
        "reason": "Agreed in the working group",
        "decided_by": "A. Coordinator",
        **typed,
    }
    return Decisions({question.id: Row("decisions", "decisions.xlsx", "Decisions", 2, values, {})})


# Several answers of one agency ------------------------------------------------------------------------


def test_merge__higher_round__wins_row_by_row() -> None:
    first = submission("moh", row("140.1", status="planned"), row("140.10", status="planned"))
    second = submission("moh", row("140.1", status="implemented"), round_=2)
    result = merged(second, first)
    assert answer(result, "140.1") == [("moh", "implemented", "")]
    assert answer(result, "140.10") == [("moh", "planned", "")]
    assert codes(result) == ["superseded-submission"]


def test_merge__later_approval_in_the_same_round__wins() -> None:
    early = submission("moh", row("140.1", status="planned"), approved="2026-03-01")
    late = submission("moh", row("140.1", status="in progress"), approved="2026-04-01")
    assert answer(merged(late, early), "140.1") == [("moh", "in progress", "")]


def test_merge__blank_row_in_a_higher_round__does_not_override() -> None:
    first = submission("moh", row("140.1", status="planned"))
    second = submission("moh", row("140.1", not_ours="yes"), round_=2)
    assert answer(merged(first, second), "140.1") == [("moh", "planned", "")]


def test_merge__equal_rank_different_cells__complete_each_other() -> None:
    one = submission("moh", row("140.1", status="planned"))
    two = replace(submission("moh", row("140.1", measures="A plan was adopted.")), file="copy.xlsx")
    result = merged(one, two)
    assert answer(result, "140.1") == [("moh", "planned", "A plan was adopted.")]
    assert codes(result) == []


def test_merge__equal_rank_different_texts__double_text_and_both_stand() -> None:
    one = submission("moh", row("140.1", status="planned", measures="One."))
    two = submission("moh", row("140.1", line=4, status="planned", measures="Two."))
    result = merged(one, two)
    assert answer(result, "140.1") == [("moh", "planned", "One.\nTwo.")]
    assert "double-text" in codes(result)
    (question,) = result.questions
    assert question.id == "double-text:140.1@moh"
    chosen = merged(one, two, decisions=decided(question, question.choices[1].key))
    assert answer(chosen, "140.1") == [("moh", "planned", "Two.")]
    assert "double-text" not in codes(chosen)


def test_merge__same_submission_twice__changes_nothing() -> None:
    one = submission("moh", row("140.1", status="planned", measures="One."))
    again = replace(one, file="copy of one.xlsx")
    assert merged(one, again) == merged(one)


def test_merge__older_internal_newer_blank__stays_internal() -> None:
    first = submission("moh", row("140.1", status="planned", publication="internal"))
    second = submission("moh", row("140.1", status="in progress"), round_=2)
    result = merged(first, second)
    assert answer(result, "140.1") == []
    assert part(result, "140.1") == "withheld"


# Editions: sheets that were filled in from earlier submissions ------------------------------------------


def edition(told: Submission, number: int, file: str = "", unit: str = "") -> Submission:
    return replace(told, edition=number, file=file or f"{told.agency}-e{number}.xlsx", unit=unit)


def test_merge__later_edition_of_the_round__replaces_the_row_whatever_was_approved() -> None:
    first = submission("moh", row("140.1", measures="One."), approved="2026-04-01")
    edited = edition(submission("moh", row("140.1", measures="One, and two.")), 1)
    result = merged(edited, first)
    assert answer(result, "140.1") == [("moh", "", "One, and two.")]
    assert codes(result) == ["superseded-submission"]


def test_merge__later_edition_without_a_row__lets_the_earlier_one_stand() -> None:
    first = submission("moh", row("140.1", status="planned"), row("140.10", status="planned"))
    edited = edition(submission("moh", row("140.10", remark="To be answered later.")), 2)
    result = merged(first, edited)
    assert answer(result, "140.1") == answer(result, "140.10") == [("moh", "planned", "")]


def test_merge__equal_edition_different_texts__is_still_asked() -> None:
    one = edition(submission("moh", row("140.1", measures="One.")), 1, "a.xlsx")
    two = edition(submission("moh", row("140.1", line=4, measures="Two.")), 1, "b.xlsx")
    assert codes(merged(one, two)) == ["double-text"]


def test_merge__higher_round__wins_over_any_edition() -> None:
    edited = edition(submission("moh", row("140.1", status="planned")), 9)
    second = submission("moh", row("140.1", status="implemented"), round_=2)
    assert answer(merged(edited, second), "140.1") == [("moh", "implemented", "")]


def needs(*descriptions: str) -> list[Row]:
    return [row("", tab="assistance", line=3 + i, description=d) for i, d in enumerate(descriptions)]


def described(result: Merged) -> list[str]:
    return sorted(record.text("description") for record in result.records.tables["assistance"])


def test_free_table__later_edition__takes_the_place_of_the_earlier_rows() -> None:
    first = submission("moh", *needs("Two trainers.", "Funds."))
    edited = edition(submission("moh", *needs("Three trainers.", "Funds.")), 1)
    assert described(merged(first, edited)) == ["Funds.", "Three trainers."]
    assert described(merged(first, edition(submission("moh", row("140.1", status="planned")), 1))) == [
        "Funds.",
        "Two trainers.",
    ]


def test_free_table__department__completes_and_a_whole_sheet_made_later_replaces() -> None:
    first = submission("moh", *needs("Two trainers."))
    part = edition(submission("moh", *needs("Funds.")), 1, "unit.xlsx", "hospitals")
    assert described(merged(first, part)) == ["Funds.", "Two trainers."]
    rest = edition(submission("moh", *needs("Three trainers.")), 1, "rest.xlsx")
    assert described(merged(first, part, rest)) == ["Funds.", "Three trainers."]
    whole = edition(submission("moh", *needs("All of it.")), 2)
    assert described(merged(first, part, rest, whole)) == ["All of it."]


# Publication ------------------------------------------------------------------------------------------


def test_publication__internal_row__is_withheld_and_told() -> None:
    result = merged(submission("moh", row("140.1", status="planned", publication="internal")))
    assert part(result, "140.1") == "withheld"
    assert codes(result) == ["publication-withheld"]
    assert result.questions == ()


def test_publication__own_cell_cover_and_default__in_that_order() -> None:
    public = row("140.1", status="planned", publication="public")
    blank = row("140.10", status="planned")
    result = merged(submission("moh", public, blank, publication_all="internal"))
    assert [part(result, n) for n in ("140.1", "140.10")] == ["answered", "withheld"]
    default = merged(submission("moh", blank), publication="needs clearance")
    assert part(default, "140.10") == "withheld"
    assert [q.id for q in default.questions] == ["needs-clearance:140.10@moh"]


def test_publication__cleared__is_printed_until_the_answer_changes() -> None:
    uncleared = row("140.1", status="planned", measures="First.", publication="needs clearance")
    (question,) = merged(submission("moh", uncleared)).questions
    decisions = decided(question, "Public")
    assert answer(merged(submission("moh", uncleared), decisions=decisions), "140.1") == [
        ("moh", "planned", "First.")
    ]
    changed = replace(uncleared, values={**uncleared.values, "measures": "Second."})
    again = merged(submission("moh", changed), decisions=decisions)
    assert answer(again, "140.1") == []
    assert again.records.open_questions == ("needs-clearance:140.1@moh",)


def test_publication__cleared_with_edited_text__prints_only_that() -> None:
    uncleared = row("140.1", status="planned", measures="A.", challenges="B.", publication="needs clearance")
    (question,) = merged(submission("moh", uncleared)).questions
    result = merged(submission("moh", uncleared), decisions=decided(question, "public", edited_text="C."))
    outcome = result.records.outcomes[0]
    assert outcome.answers[0].fields == {"status": "planned", "measures": "C."}


def test_decision__without_name__does_not_count() -> None:
    uncleared = row("140.1", status="planned", publication="needs clearance")
    (question,) = merged(submission("moh", uncleared)).questions
    result = merged(submission("moh", uncleared), decisions=decided(question, "public", decided_by=""))
    assert part(result, "140.1") == "withheld"


def test_publication__free_table__follows_the_same_rules() -> None:
    public = row("", tab="assistance", numbers=("140.1",), kind="training", publication="public")
    internal = row("", tab="assistance", line=4, numbers=("140.7",), kind="funds", publication="internal")
    result = merged(submission("moh", public, internal))
    assert [r.text("kind") for r in result.records.tables["assistance"]] == ["training"]
    assert result.records.withheld == {"assistance": 1}


def test_record__never_holds_remark_or_publication() -> None:
    result = merged(submission("moh", row("140.1", status="planned", remark="quince", publication="public")))
    assert set(result.records.outcomes[0].answers[0].fields) == {"status"}
    assert {s.field for s in result.records.outcomes[0].answers[0].sources} == {"status"}


# Conflicts and the ledger -----------------------------------------------------------------------------


def test_conflict__different_statuses__is_contested_until_decided() -> None:
    moh = submission("moh", row("140.7", status="implemented", measures="All."))
    moe = submission("moe", row("140.7", status="not implemented", measures="None."))
    result = merged(moh, moe)
    assert part(result, "140.7") == "contested"
    assert codes(result) == ["status-conflict"]
    (question,) = result.questions
    assert question.id == "status-conflict:140.7"
    settled = merged(moh, moe, decisions=decided(question, "Partially implemented"))
    outcome = next(o for o in settled.records.outcomes if o.item.number == "140.7")
    assert (outcome.part, outcome.status) == ("answered", "partially implemented")
    assert len(outcome.answers) == 2


def test_conflict__pair_that_agrees__is_none() -> None:
    moh = submission("moh", row("140.7", status="in progress"))
    moe = submission("moe", row("140.7", status="partially implemented"))
    agree = frozenset({frozenset({"in progress", "partially implemented"})})
    assert part(merged(moh, moe, agree=agree), "140.7") == "answered"
    assert part(merged(moh, moe), "140.7") == "contested"


def test_conflict__withheld_answer__takes_no_part() -> None:
    moh = submission("moh", row("140.7", status="implemented"))
    moe = submission("moe", row("140.7", status="not implemented", publication="internal"))
    result = merged(moh, moe)
    assert part(result, "140.7") == "answered"
    assert result.records.outcomes[1].withheld_by == ("moe",)


def test_ledger__each_part__by_precedence() -> None:
    moe = submission("moe", row("140.7", status="planned"))
    result = merged(moe)
    assert part(result, "140.7") == "awaited"  # the lead's sheet has not come, though the supporting one has
    assert part(result, "140.12") == "empty"
    assert answer(result, "140.7") == [("moe", "planned", "")]


def test_ledger__agency_states() -> None:
    moe = submission("moe", row("140.12", status="planned"))
    states = {ledger.id: ledger.state for ledger in merged(moe).records.agencies}
    assert states == {"moh": "late", "moe": "partial", "moj": "awaited"}


def test_reassign__decided__asks_the_other_agency() -> None:
    from uprreport.collect.decisions import reassigned

    moh = submission("moh", row("140.1", not_ours="yes", suggested_agency="moj"))
    (question,) = merged(moh).questions
    assert question.id == "reassign:140.1@moh"
    register = reassigned(WANT.register, decided(question, "moj"))
    assert register.recommendations[0].lead == "moj"
    assert reassigned(WANT.register, decided(question, "keep")) == WANT.register


# Properties -------------------------------------------------------------------------------------------

_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["planned", "implemented"]),
        "measures": st.sampled_from(["One.", "Two."]),
        "publication": st.sampled_from(["public", "internal", "needs clearance"]),
    },
)
_SUBMISSIONS = st.lists(
    st.builds(
        lambda agency, rows, round_, approved, name: replace(
            submission(agency, *(row(n, **v) for n, v in rows.items()), round_=round_, approved=approved),
            file=f"{name}.xlsx",
        ),
        st.sampled_from(["moh", "moe"]),
        st.dictionaries(st.sampled_from(["140.1", "140.7"]), _VALUES, max_size=2),
        st.integers(1, 2),
        st.sampled_from(["", "2026-03-01"]),
        st.integers(0, 99),
    ),
    max_size=4,
)


def _named(submissions: list[Submission]) -> list[Submission]:
    """Give each submission its own file name, also in its rows: two files cannot share a path."""
    return [
        replace(
            s,
            file=f"{index}.xlsx",
            rows={tab: tuple(replace(r, file=f"{index}.xlsx") for r in rows) for tab, rows in s.rows.items()},
        )
        for index, s in enumerate(submissions)
    ]


def _view(result: Merged) -> tuple[object, ...]:
    return result.records, sorted(q.id for q in result.questions), sorted(map(repr, result.findings))


@given(_SUBMISSIONS, st.randoms())
def test_merge__any_order__gives_the_same(submissions: list[Submission], random: Any) -> None:
    named = _named(submissions)
    shuffled = list(named)
    random.shuffle(shuffled)
    assert _view(merged(*shuffled)) == _view(merged(*named))


@given(_SUBMISSIONS)
def test_merge__ledger__adds_up(submissions: list[Submission]) -> None:
    from uprreport.collect.ledger import count_parts

    counts = count_parts(merged(*_named(submissions)).records)
    total = counts.pop("total")
    assert sum(counts.values()) == total == 5


@given(_SUBMISSIONS)
def test_combine__withheld_text__never_becomes_public_by_a_blank(submissions: list[Submission]) -> None:
    combined, _ = combine_answers(_named(submissions))
    for item in combined:
        stated = {r.text("publication") for r in item.origin.values()} - {""}
        assert item.publication in {*stated, *_all_stated(submissions, item.agency, item.number), ""}
        if "internal" in stated:
            assert item.publication == "internal"


def _all_stated(submissions: list[Submission], agency: str, number: str) -> set[str]:
    rows = itertools.chain.from_iterable(
        s.rows.get("progress", ()) for s in submissions if s.agency == agency
    )
    return {r.text("publication") for r in rows if r.text("number") == number}
