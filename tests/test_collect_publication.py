"""What is not for publication, and what agencies tell the coordinator only, never reaches the record set."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import CASES, expected
from test_collect_merge import answer, codes, decided, merged, part, row, submission
from uprreport.collect.combine import NEVER_PRINTED
from uprreport.collect.decisions import Decisions
from uprreport.collect.merge import Merged, merge
from uprreport.collect.questions import answers_text
from uprreport.collect.records import records_document
from uprreport.model import Question, Row, Submission
from uprreport.review import load_shipped_schema, shipped
from uprreport.schema import validator

RECORDS = json.loads((shipped("schemas") / "records.schema.json").read_text(encoding="utf-8"))

INTERNAL, UNCLEARED = "quince", "medlar"
"""Words that stand in every text of an internal row, and of a row that needs clearance."""

REGISTER = (CASES / "register.md").read_text(encoding="utf-8")
GROUPED = (
    REGISTER.replace("| SDGs |\n", "| SDGs | Group |\n", 1)
    .replace("| ---- |\n", "| ---- | ----- |\n", 1)
    .replace(
        "| moh         |                     | 3    |",
        "| moh         |                     | 3    | clinics |",
    )
    .replace(
        "| moh         | moe                 | 3    |",
        "| moh         | moe                 | 3    |         |",
    )
    .replace(
        "| moe         |                     | 4    |",
        "| moe         |                     | 4    |         |",
    )
)


# Any submissions, any decisions -----------------------------------------------------------------------

PUBLICATIONS = ["", "public", "internal", "needs clearance"]
TEXTS = ("measures", "challenges", "next_steps", "legal_act", "unit", "indicator", "suggested_agency")
LISTS = ("related", "consulted")
FREE_TEXTS = {
    "assistance": ("description", "problem", "contact"),
    "actions": ("action", "unit"),
    "practices": ("title", "practice", "result"),
    "consultations": ("with", "outcome"),
}


@st.composite
def rows(draw: st.DrawFn, tab: str, given_on_cover: str, default: str, line: int) -> Row:
    """One row whose texts hold the word that goes with its publication, and whose remark always does."""
    has_column = tab not in ("actions", "consultations")
    own = draw(st.sampled_from(PUBLICATIONS)) if has_column else ""
    holds = own or given_on_cover or default
    word = {"internal": INTERNAL, "needs clearance": UNCLEARED}.get(holds, "apple")
    names = draw(st.lists(st.sampled_from(FREE_TEXTS.get(tab, TEXTS)), unique=True))
    values: dict[str, Any] = {name: f"{word} {draw(st.integers(1, 2))}" for name in names}
    if own:
        values["publication"] = own
    places = {column.name: f"B{line}" for column in load_shipped_schema(tab).columns}
    if tab != "progress":
        numbers = {}
        if "numbers" in places:
            numbers = draw(st.sampled_from([{}, {"numbers": ("140.1",)}, {"numbers": (word, "140.1")}]))
        return replace(row("", tab=tab, line=line, **values, **numbers), cells=places)
    values |= dict.fromkeys(draw(st.sets(st.sampled_from(LISTS))), (f"{word} list",))
    values |= draw(st.sampled_from([{}, {"status": "planned"}, {"status": "implemented"}]))
    values |= draw(st.sampled_from([{}, {}, {"not_ours": "yes"}]))
    values |= draw(st.sampled_from([{}, {"remark": f"{INTERNAL} {UNCLEARED}"}]))
    number = draw(st.sampled_from(["140.1", "140.7", "140.7", "140.10", "P1"]))
    return replace(row(number, line=line, **values), cells=places)


@st.composite
def submissions(draw: st.DrawFn, default: str) -> tuple[Submission, ...]:
    found = []
    for index in range(draw(st.integers(1, 4))):
        cover = draw(st.sampled_from(["", "", "", *PUBLICATIONS[1:]]))
        tabs = draw(st.lists(st.sampled_from([*["progress"] * 4, *FREE_TEXTS]), min_size=1, max_size=4))
        filled = [draw(rows(tab, cover, default, line)) for line, tab in enumerate(tabs, 2)]
        one = submission(
            draw(st.sampled_from(["moh", "moe"])),
            *filled,
            round_=draw(st.integers(1, 2)),
            approved=draw(st.sampled_from(["", "2026-03-01"])),
            **({"publication_all": cover} if cover else {}),
        )
        name = f"{index}.xlsx"
        moved = {tab: tuple(replace(r, file=name) for r in of) for tab, of in one.rows.items()}
        found.append(replace(one, file=name, rows=moved))
    return tuple(found)


CASES_OF = st.sampled_from(PUBLICATIONS[1:]).flatmap(lambda d: st.tuples(st.just(d), submissions(d)))


def settled(found: tuple[Submission, ...], default: str, decisions: Decisions) -> Merged:
    return merge(found, expected(GROUPED, publication=default), decisions, {})


def decide(questions: tuple[Question, ...], draw: Any, *, clears: bool) -> Decisions:
    """A decision on each question, any of its choices; nothing is made public unless ``clears``."""
    rows_of: dict[str, Row] = {}
    for question in questions:
        choices = [c.key for c in question.choices]
        if question.kind == "needs-clearance" and not clears:
            choices.remove("public")
        edited = draw(st.sampled_from(["", "pear"]))
        decision = draw(st.sampled_from(choices))
        rows_of |= decided(question, decision, **({"edited_text": edited} if edited else {})).rows
    return Decisions(rows_of)


def document(result: Merged) -> str:
    made = records_document(expected().settings, result.records)
    assert list(validator(RECORDS).iter_errors(made)) == []
    for outcome in result.records.outcomes:
        for record in outcome.answers:
            assert not NEVER_PRINTED & set(record.fields)
            assert {source.field for source in record.sources} <= set(record.fields)
    return json.dumps(made, ensure_ascii=False)


@given(CASES_OF)
def test_records__any_submissions__hold_no_withheld_word(case: tuple[str, tuple[Submission, ...]]) -> None:
    default, found = case
    text = document(settled(found, default, Decisions({})))
    assert INTERNAL not in text
    assert UNCLEARED not in text


@given(CASES_OF, st.data())
def test_records__any_decisions_but_clearing__hold_no_withheld_word(
    case: tuple[str, tuple[Submission, ...]], data: st.DataObject
) -> None:
    default, found = case
    decisions = decide(settled(found, default, Decisions({})).questions, data.draw, clears=False)
    once = settled(found, default, decisions)
    again = Decisions({**decisions.rows, **decide(once.questions, data.draw, clears=False).rows})
    for result in (once, settled(found, default, again)):
        text = document(result)
        assert INTERNAL not in text
        assert UNCLEARED not in text


@given(CASES_OF, st.data())
def test_records__everything_cleared__hold_no_internal_word(
    case: tuple[str, tuple[Submission, ...]], data: st.DataObject
) -> None:
    default, found = case
    decisions = decide(settled(found, default, Decisions({})).questions, data.draw, clears=True)
    once = settled(found, default, decisions)
    again = Decisions({**decisions.rows, **decide(once.questions, data.draw, clears=True).rows})
    for result in (once, settled(found, default, again)):
        assert INTERNAL not in document(result)


@given(CASES_OF, st.data())
def test_records__answers_changed_after_they_were_cleared__are_asked_about_again(
    case: tuple[str, tuple[Submission, ...]], data: st.DataObject
) -> None:
    default, found = case
    decisions = decide(settled(found, default, Decisions({})).questions, data.draw, clears=True)
    changed = tuple(_reworded(s) for s in found)
    text = document(settled(changed, default, decisions))
    assert "quinceberry" not in text
    assert "medlarberry" not in text


def _reworded(found: Submission) -> Submission:
    def other(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(other, value))
        return value.replace(INTERNAL, "quinceberry").replace(UNCLEARED, "medlarberry")

    kept = ("number", "publication", "status", "not_ours")
    tabs = {
        tab: tuple(
            replace(r, values={n: v if n in kept else other(v) for n, v in r.values.items()}) for r in of
        )
        for tab, of in found.rows.items()
    }
    return replace(found, rows=tabs)


@given(CASES_OF, st.randoms(), st.data())
def test_merge__any_order_and_copies__change_nothing(
    case: tuple[str, tuple[Submission, ...]], random: Any, data: st.DataObject
) -> None:
    default, found = case
    first = settled(found, default, Decisions({}))
    decisions = decide(first.questions, data.draw, clears=True)
    shuffled = [*found, *(replace(s, file=f"z-{s.file}") for s in map(_copied, found))]
    random.shuffle(shuffled)
    for given_decisions in (Decisions({}), decisions):
        one = settled(found, default, given_decisions)
        other = settled(tuple(shuffled), default, given_decisions)
        assert one.records == other.records
        assert sorted(map(repr, one.questions)) == sorted(map(repr, other.questions))
        assert sorted(map(repr, one.findings)) == sorted(map(repr, other.findings))


def _copied(found: Submission) -> Submission:
    tabs = {
        tab: tuple(replace(r, file=f"z-{r.file}") for r in rows_of) for tab, rows_of in found.rows.items()
    }
    return replace(found, rows=tabs)


@given(CASES_OF)
def test_ledger__any_submissions__adds_up(case: tuple[str, tuple[Submission, ...]]) -> None:
    default, found = case
    records = settled(found, default, Decisions({})).records
    came = {s.agency for s in found}
    for agency in records.agencies:
        assert agency.answered <= agency.assigned
        if agency.id in came:
            assert agency.answered + agency.empty == agency.assigned
            assert agency.state == ("partial" if agency.empty else "returned")
        else:
            assert agency.state in ("late", "awaited")


# One by one -------------------------------------------------------------------------------------------


def test_publication__later_row_says_only_internal__withholds_the_answer_that_stands() -> None:
    first = submission("moh", row("140.1", status="planned", publication="public"))
    second = submission("moh", row("140.1", publication="internal"), round_=2)
    assert part(merged(first, second), "140.1") == "withheld"
    silent = submission("moh", row("140.1", remark="as before"), round_=2)
    assert part(merged(first, silent), "140.1") == "answered"


def test_publication__later_row_says_only_public__does_not_open_an_internal_answer() -> None:
    first = submission("moh", row("140.1", status="planned", publication="internal"))
    second = submission("moh", row("140.1", publication="public"), round_=2)
    assert part(merged(first, second), "140.1") == "withheld"


def test_publication__new_text_with_a_blank__is_what_a_blank_means() -> None:
    first = submission("moh", row("140.1", status="planned", measures="Old.", publication="public"))
    second = submission("moh", row("140.1", status="planned", measures="New."), round_=2)
    result = merged(first, second, publication="needs clearance")
    assert part(result, "140.1") == "withheld"
    assert result.records.open_questions == ("needs-clearance:140.1@moh",)
    assert answer(merged(first, second, publication="public"), "140.1") == [("moh", "planned", "New.")]


@pytest.mark.parametrize("name", ["legal_act", "indicator", "link"])
def test_clearance__anything_that_would_be_printed__is_shown_and_reopens(name: str) -> None:
    first = row("140.1", status="planned", measures="A.", publication="needs clearance")
    (question,) = merged(submission("moh", first)).questions
    more = replace(first, values={**first.values, name: "never seen"})
    result = merged(submission("moh", more), decisions=decided(question, "public"))
    assert part(result, "140.1") == "withheld"
    (asked,) = result.questions
    assert "never seen" in answers_text(asked)
    cleared = merged(submission("moh", more), decisions=decided(asked, "public"))
    assert part(cleared, "140.1") == "answered"


def test_clearance__remark_and_suggested_agency__do_not_reopen() -> None:
    first = row("140.1", status="planned", measures="A.", publication="needs clearance")
    (question,) = merged(submission("moh", first)).questions
    more = replace(first, values={**first.values, "remark": "quince"})
    assert part(merged(submission("moh", more), decisions=decided(question, "public")), "140.1") == "answered"


def test_clearance__free_row__shows_all_and_stays_cleared_when_others_are_added() -> None:
    def need(line: int, contact: str) -> Row:
        values = {"kind": "training", "contact": contact, "publication": "needs clearance"}
        return row("", tab="assistance", line=line, numbers=("140.1",), **values)

    (question,) = merged(submission("moh", need(2, "B. Official"))).questions
    assert "Contact: B. Official" in answers_text(question)
    result = merged(
        submission("moh", need(2, "A. Official"), need(3, "B. Official")),
        decisions=decided(question, "public"),
    )
    assert [r.text("contact") for r in result.records.tables["assistance"]] == ["B. Official"]
    assert len(result.records.open_questions) == 1


def test_clearance__free_row_with_edited_text__prints_only_that() -> None:
    need = row("", tab="assistance", numbers=("140.1",), kind="training", contact="B.", description="Secret.")
    (question,) = merged(submission("moh", need), publication="needs clearance").questions
    decisions = decided(question, "public", edited_text="Two courses.")
    result = merged(submission("moh", need), decisions=decisions, publication="needs clearance")
    (record,) = result.records.tables["assistance"]
    assert dict(record.fields) == {"numbers": ("140.1",), "kind": "training", "description": "Two courses."}


def test_publication_withheld__free_row__is_told_by_its_place() -> None:
    need = row("", tab="assistance", line=7, kind="funds", publication="internal")
    (finding,) = merged(submission("moh", need)).findings
    assert finding.message.startswith("the answer to row 7 of Assistance is not for publication")
    assert finding.at.cell == "E7"


def test_free_table__equal_rows__take_the_most_careful_publication() -> None:
    def need(publication: str) -> Row:
        given_cell = {"publication": publication} if publication else {}
        return row("", tab="assistance", numbers=("140.1",), kind="training", **given_cell)

    careful = submission("moh", need(""), publication_all="internal")
    open_ = replace(submission("moh", need("public")), file="a.xlsx")
    assert merged(careful, open_).records.tables["assistance"] == ()
    # An earlier "internal" holds for the same row, and only for that one.
    later = submission("moh", need(""), row("", tab="assistance", line=4, kind="funds"), round_=2)
    result = merged(careful, later)
    assert [r.text("kind") for r in result.records.tables["assistance"]] == ["funds"]
    assert [r.text("kind") for r in merged(open_, later).records.tables["assistance"]] == [
        "training",
        "funds",
    ]


def test_free_table__row_with_nothing_to_print__is_no_record() -> None:
    result = merged(submission("moh", row("", tab="assistance", publication="public")))
    assert result.records.tables["assistance"] == ()
    assert codes(result) == []


def test_clearance__any_tab_with_edited_text__prints_nothing_else() -> None:
    for tab, names in FREE_TEXTS.items():
        values = dict.fromkeys(names, "quince")
        found = submission("moh", row("", tab=tab, **values))
        (question,) = merged(found, publication="needs clearance").questions
        decisions = decided(question, "public", edited_text="pear")
        result = merged(found, decisions=decisions, publication="needs clearance")
        (record,) = result.records.tables[tab]
        assert "quince" not in str(record.fields)
        assert "pear" in str(record.fields)
