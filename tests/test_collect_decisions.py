"""``decisions.xlsx``: written, typed in, read back, applied, and opened again when answers change."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Convert
from reviews import TODAY, expected
from test_collect_merge import answer, codes, decided, merged, part, row, submission
from uprreport.collect.decisions import (
    NO_DECISIONS,
    Decisions,
    check_decisions,
    decisions_tab,
    decisions_tabs,
    is_current,
    read_decisions,
    reassigned,
)
from uprreport.collect.merge import Merged, merge
from uprreport.collect.questions import answers_text
from uprreport.files.excel.canvas import LONGEST_TEXT
from uprreport.files.excel.write import write_workbook
from uprreport.model import Agency, AnswerText, Question, Recommendation, Register, Submission
from uprreport.review import load_shipped_schema

SCHEMA = load_shipped_schema("decisions")
Typed = dict[str, dict[str, Any]]


def write(path: Path, result: Merged, decisions: Decisions = NO_DECISIONS) -> None:
    tabs = decisions_tabs(result.questions, decisions, SCHEMA)
    path.write_bytes(write_workbook(tabs, properties={}, created=TODAY))


def type_in(path: Path, typed: Typed) -> None:
    """Type cells by question and heading, as the coordinator does; a new heading is a new column."""
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    lines = {sheet.cell(line, columns["Question"]).value: line for line in range(2, sheet.max_row + 1)}
    for question, cells in typed.items():
        for heading, value in cells.items():
            if heading not in columns:
                columns[heading] = len(columns) + 1
                sheet.cell(1, columns[heading], heading)
            sheet.cell(lines[question], columns[heading], value)
    book.save(path)


def read(path: Path) -> Decisions:
    decisions, findings = read_decisions(path, "decisions.xlsx", SCHEMA)
    assert findings == ()
    return decisions


def shown(path: Path) -> list[tuple[str, str]]:
    """Question and decision of every row."""
    sheet = openpyxl.load_workbook(path)["Decisions"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    lines = range(2, sheet.max_row + 1)
    cells = [[sheet.cell(line, columns[h]).value for h in ("Question", "Decision")] for line in lines]
    return [(str(question), str(decision or "")) for question, decision in cells]


def uncleared(measures: str, **values: Any) -> Submission:
    return submission(
        "moh", row("140.1", status="planned", measures=measures, publication="needs clearance", **values)
    )


CLEARED = {"Decision": "Public", "Reason": "Agreed", "Decided by": "A. Coordinator"}
QUESTION = "needs-clearance:140.1@moh"


def test_decision__typed_and_read_back__is_applied(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(uncleared("First.")))
    type_in(path, {QUESTION: {**CLEARED, "Decided on": datetime.date(2026, 4, 1)}})
    result = merged(uncleared("First."), decisions=read(path))
    assert answer(result, "140.1") == [("moh", "planned", "First.")]
    assert result.records.open_questions == ()
    assert is_current(result.questions, read(path))


def test_decision__answer_changes__opens_again_and_stays_open_after_writing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(uncleared("First.")))
    type_in(path, {QUESTION: CLEARED})
    for _ in range(3):  # writing the file again must not carry the decision over to the new answer
        decisions = read(path)
        result = merged(uncleared("Second."), decisions=decisions)
        assert part(result, "140.1") == "withheld"
        assert result.records.open_questions == (QUESTION,)
        write(path, result, decisions)
    assert is_current(result.questions, read(path))
    (asked, earlier) = shown(path)
    assert asked == (QUESTION, "")
    assert earlier[0].startswith(f"{QUESTION} [answers ")
    assert earlier[1] == "Public"
    # The agency goes back to what was cleared: the decision on that answer holds again.
    decisions = read(path)
    result = merged(uncleared("First."), decisions=decisions)
    assert answer(result, "140.1") == [("moh", "planned", "First.")]
    write(path, result, decisions)
    assert shown(path) == [(QUESTION, "Public")]


def test_decision__reason_without_decision__stays_beside_a_changed_answer(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(uncleared("First.")))
    type_in(path, {QUESTION: {"Reason": "asked the minister"}})
    write(path, merged(uncleared("Second.")), read(path))
    assert shown(path) == [(QUESTION, "")]
    assert read(path).rows[QUESTION].text("reason") == "asked the minister"


def test_decision__question_gone__stays_below(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(uncleared("First.")))
    type_in(path, {QUESTION: CLEARED})
    write(path, merged(), read(path))
    assert shown(path) == [(QUESTION, "Public")]
    assert is_current((), read(path))
    write(path, merged(submission("moh", row("140.10", status="planned")), publication="needs clearance"))
    assert not is_current((), read(path))


def test_decisions__several__each_to_its_question(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    moh = submission(
        "moh",
        row("140.1", status="planned", publication="needs clearance"),
        row("140.7", line=4, status="implemented", measures="All."),
        row("140.10", line=5, status="planned", measures="One."),
        row("140.11", line=6, not_ours="yes"),
    )
    copy = replace(submission("moh", row("140.10", status="planned", measures="Two.")), file="copy.xlsx")
    copy = replace(copy, rows={"progress": (replace(copy.rows["progress"][0], file="copy.xlsx"),)})
    moe = submission("moe", row("140.7", status="not implemented", measures="None."))
    everything = (moh, copy, moe)
    write(path, merged(*everything))
    by = {"Reason": "Agreed", "Decided by": "A. Coordinator"}
    type_in(
        path,
        {
            QUESTION: {"Decision": "internal", **by},
            "status-conflict:140.7": {"Decision": "In progress", "Edited text": "Half of it.", **by},
            "double-text:140.10@moh": {"Decision": "copy.xlsx Progress!C3", **by},
            "reassign:140.11@moh": {"Decision": "moj", **by},
        },
    )
    decisions = read(path)
    result = merged(*everything, decisions=decisions)
    assert result.records.open_questions == ()
    assert part(result, "140.1") == "withheld"
    assert answer(result, "140.7") == [("moh", "implemented", "Half of it."), ("moe", "not implemented", "")]
    assert next(o for o in result.records.outcomes if o.item.number == "140.7").status == "in progress"
    assert answer(result, "140.10") == [("moh", "planned", "Two.")]
    register = reassigned(expected().register, decisions)
    assert {i.number: i.lead for i in register.recommendations}["140.11"] == "moj"


def test_decisions__choices__by_row() -> None:
    result = merged(
        submission("moh", row("140.7", status="implemented"), row("140.1", not_ours="yes")),
        submission("moe", row("140.7", status="planned")),
    )
    tab = decisions_tab(result.questions, NO_DECISIONS, SCHEMA)
    by_question = {tab.rows[index]["question"]: labels for (index, _), labels in tab.row_choices.items()}
    assert by_question["reassign:140.1@moh"] == ["moe", "moj", "Keep the assignment"]
    assert by_question["status-conflict:140.7"][0] == "Implemented"


def test_decisions__what_a_person_typed__is_kept_whatever_it_is(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(uncleared("First.")))
    type_in(path, {QUESTION: {"Decided on": "03/04/2026", "Reason": 5, "My notes": "call them"}})
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    sheet.cell(4, 8, "a reason that belongs to no question")
    sheet.cell(5, 1, QUESTION)
    sheet.cell(5, 6, "Internal")
    book.create_sheet("Whom to call")["B2"] = "the minister"
    book.save(path)
    for _ in range(2):
        decisions, findings = read_decisions(path, "decisions.xlsx", SCHEMA)
        assert sorted(f.code for f in findings) == ["date-ambiguous", "row-duplicate", "value-missing"]
        assert {f.at.cell for f in findings} >= {"J2"}
        write(path, merged(uncleared("Changed.")), decisions)
    book = openpyxl.load_workbook(path)
    assert book["Whom to call"]["B2"].value == "the minister"
    cells = [cell.value for line in book["Decisions"].iter_rows() for cell in line]
    for typed in ("03/04/2026", 5, "call them", "a reason that belongs to no question", "Internal"):
        assert typed in cells


def test_decisions__long_answers__fit_into_a_cell_and_decide_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    for text in ("word " * 9000, "\U0001f600" * 31_000, "a\n" * 20_000):
        result = merged(uncleared(text.strip()))
        (question,) = result.questions
        assert len(answers_text(question).encode("utf-16-le")) // 2 <= LONGEST_TEXT
        write(path, result)
        type_in(path, {QUESTION: CLEARED})
        decisions = read(path)
        assert is_current(result.questions, decisions)
        assert part(merged(uncleared(text.strip()), decisions=decisions), "140.1") == "answered"
        changed = merged(uncleared(f"{text.strip()} and more"), decisions=decisions)
        assert part(changed, "140.1") == "withheld"


def test_decision__agency_quotes_a_mark__decides_nothing() -> None:
    (question,) = merged(uncleared("First.")).questions
    mark = answers_text(question).rsplit("\n", 1)[-1]
    other = Question(
        question.id,
        question.kind,
        "140.1",
        ("moh",),
        (AnswerText("moh", f"New. {mark}", "a"),),
        question.choices,
    )
    assert decided(other, "public").on(question) is None


def test_check_decisions__choice_or_name_wrong__is_told_and_a_sound_one_is_not() -> None:
    result = merged(uncleared("First."))
    (question,) = result.questions

    def told(**typed: Any) -> list[str]:
        decision = typed.pop("decision", "public")
        return [f.code for f in check_decisions(decided(question, decision, **typed), result.questions)]

    assert told() == []
    assert told(decision="Publish") == ["value-not-in-list"]
    assert told(reason="", decided_by="") == ["value-missing", "value-missing"]
    assert told(decision="", reason="") == []


# Two texts for one cell -------------------------------------------------------------------------------


def rivals() -> tuple[Submission, Submission, Submission]:
    one = submission("moh", row("140.1", status="planned", measures="One."))
    two = submission("moh", row("140.1", line=4, status="planned", measures="Two.", start="x"))
    third = submission("moh", row("140.1", line=5, challenges="Staff."))
    return one, two, third


def test_double_text__decided__takes_the_cell_and_keeps_what_nobody_disputes() -> None:
    (question,) = merged(*rivals()).questions
    assert "Measures taken: One." in answers_text(question)
    assert len(question.choices) == 2  # the third row has no text for this cell
    result = merged(*rivals(), decisions=decided(question, question.choices[0].key))
    (record,) = result.records.outcomes[0].answers
    assert dict(record.fields) == {
        "status": "planned",
        "measures": "One.",
        "start": "x",
        "challenges": "Staff.",
    }
    assert "double-text" not in codes(result)


def test_double_text__edited_text__is_printed_in_place_of_both() -> None:
    (question,) = merged(*rivals()).questions
    result = merged(*rivals(), decisions=decided(question, question.choices[0].key, edited_text="Both."))
    assert answer(result, "140.1") == [("moh", "planned", "Both.")]


def test_double_text__open__both_cells_are_sources() -> None:
    (record,) = merged(*rivals()).records.outcomes[0].answers
    assert sorted(s.cell for s in record.sources if s.field == "measures") == ["C3", "C4"]


def test_equal_rank__cells_of_a_row_without_an_answer__complete_the_other() -> None:
    one = submission("moh", row("140.1", status="planned"))
    act = submission("moh", row("140.1", line=4, start="x"))
    (record,) = merged(one, act).records.outcomes[0].answers
    assert dict(record.fields) == {"status": "planned", "start": "x"}
    later = submission("moh", row("140.1", line=4, start="y"), round_=2)
    (record,) = merged(one, later).records.outcomes[0].answers
    assert dict(record.fields) == {"status": "planned", "start": "y"}


# Another agency should answer -------------------------------------------------------------------------


def test_reassign__said_in_a_later_round__is_asked() -> None:
    first = submission("moh", row("140.1", status="planned"))
    second = submission("moh", row("140.1", not_ours="yes", suggested_agency="moj"), round_=2)
    assert [q.id for q in merged(first, second).questions] == ["reassign:140.1@moh"]
    # … and taken back by a later answer.
    third = submission("moh", row("140.1", status="in progress"), round_=3)
    assert merged(first, second, third).questions == ()


def test_reassign__agency_that_is_not_asked__is_not_asked_about() -> None:
    assert merged(submission("moj", row("140.1", not_ours="yes"))).questions == ()


@pytest.mark.parametrize(
    ("moves", "lead"),
    [
        ({"moh": "moj"}, "moj"),
        ({"moh": "moj", "moj": "moe"}, "moe"),
        ({"moe": "moj", "moh": "moe"}, "moj"),
        ({"moh": "moj", "moj": "moh"}, "moh"),
        ({"moh": "keep"}, "moh"),
        ({"moe": "moj"}, "moh"),
    ],
)
def test_reassign__one_after_the_other__ends_at_the_last(moves: dict[str, str], lead: str) -> None:
    rows = {}
    for old, new in moves.items():
        question = Question(f"reassign:140.1@{old}", "reassign", "140.1", (old,), (), ())
        rows |= decided(question, new).rows
    item = reassigned(expected().register, Decisions(rows)).recommendations[0]
    assert (item.lead, item.supporting) == (lead, ())


# Answers of agencies that were not asked --------------------------------------------------------------

UNASKED = "reassign:140.1/answer@moj"
ROWS = (row("140.1", status="planned", measures="A plan was adopted."),)


def test_unasked__answer__waits_for_a_decision_and_is_shown_whole() -> None:
    result = merged(submission("moj", *ROWS))
    (question,) = result.questions
    assert (question.id, question.number, question.agencies) == (UNASKED, "140.1", ("moj",))
    assert (
        question.answers[0].text
        == "was not asked, and answers:\nStatus: Planned\nMeasures taken: A plan was adopted."
    )
    assert [choice.label for choice in question.choices] == ["Accept", "Remove", "Assign to moj"]
    assert (answer(result, "140.1"), part(result, "140.1")) == ([], "awaited")
    assert result.records.open_questions == (UNASKED,)


@pytest.mark.parametrize(
    ("decision", "printed"),
    [("accept", ["A plan was adopted."]), ("remove", []), ("assign", ["A plan was adopted."])],
)
def test_unasked__decided__is_printed_or_left_out(decision: str, printed: list[str]) -> None:
    sent = submission("moj", *ROWS)
    decisions = decided(merged(sent).questions[0], decision)
    result = merged(sent, decisions=decisions)
    assert [text for _, _, text in answer(result, "140.1")] == printed
    assert result.records.open_questions == ()
    changed = submission("moj", row("140.1", status="planned", measures="Another."))
    assert answer(merged(changed, decisions=decisions), "140.1") == []
    assert merged(changed, decisions=decisions).records.open_questions == (UNASKED,)


def test_unasked__accepted_in_other_words__is_printed_in_those() -> None:
    sent = submission("moj", *ROWS)
    decisions = decided(merged(sent).questions[0], "accept", edited_text="A plan stands.")
    assert answer(merged(sent, decisions=decisions), "140.1") == [("moj", "planned", "A plan stands.")]


@pytest.mark.parametrize(
    ("number", "lead", "supporting"), [("140.1", "moh", ("moj",)), ("140.12", "moe", ("moj",))]
)
def test_unasked__assigned__supports_and_its_later_answers_count(
    number: str, lead: str, supporting: tuple[str, ...]
) -> None:
    sent = submission("moj", row(number, status="planned"))
    decisions = decided(merged(sent).questions[0], "assign")
    want = expected()
    want = replace(want, register=reassigned(want.register, decisions))
    item = want.items[number]
    assert (item.lead, item.supporting) == (lead, supporting)
    again = merge([submission("moj", row(number, status="implemented"))], want, decisions, {})
    assert answer(again, number) == [("moj", "implemented", "")]
    assert again.records.open_questions == ()


def test_unasked__assigned_where_nobody_is__becomes_the_lead() -> None:
    register = Register(
        recommendations=(Recommendation("140.1", "Do it"),), agencies=(Agency("moj", "Justice"),)
    )
    question = Question(UNASKED, "reassign", "140.1", ("moj",), (), ())
    (item,) = reassigned(register, decided(question, "assign")).recommendations
    assert (item.lead, item.supporting) == ("moj", ())


@pytest.mark.parametrize("publication", ["internal", "needs clearance"])
def test_unasked__not_for_publication__stays_withheld_even_if_accepted(publication: str) -> None:
    sent = submission("moj", row("140.1", status="planned", measures="Secret.", publication=publication))
    question = next(q for q in merged(sent).questions if q.id == UNASKED)
    for result in (merged(sent), merged(sent, decisions=decided(question, "accept"))):
        assert answer(result, "140.1") == []
        assert "publication-withheld" in codes(result)


def test_unasked__agency_of_the_same_group__is_asked() -> None:
    want = expected()
    items = tuple(
        replace(item, group="care") if item.number in ("140.1", "140.12") else item
        for item in want.register.recommendations
    )
    want = replace(want, register=replace(want.register, recommendations=items))
    result = merge([submission("moe", row("140.1", status="planned"))], want, NO_DECISIONS, {})
    assert (answer(result, "140.1"), result.questions) == ([("moe", "planned", "")], ())


# LibreOffice ------------------------------------------------------------------------------------------


@pytest.mark.apps
@pytest.mark.parametrize("by_way_of", ["xlsx", "ods"])
def test_decisions__through_libreoffice__hold(by_way_of: str, tmp_path: Path, soffice: Convert) -> None:
    path = tmp_path / "decisions.xlsx"
    text = "First line\nsecond & <third>"
    write(path, merged(uncleared(text)))
    type_in(path, {QUESTION: {**CLEARED, "Decided on": datetime.date(2026, 4, 1), "My notes": "call"}})
    saved = soffice(path, by_way_of)
    saved = soffice(saved, "xlsx") if by_way_of == "ods" else saved
    decisions = read(saved)
    result = merged(uncleared(text), decisions=decisions)
    assert answer(result, "140.1") == [("moh", "planned", text)]
    assert is_current(result.questions, decisions)
    assert decisions.own == {"My notes": {QUESTION: "call"}}
    validations = openpyxl.load_workbook(saved)["Decisions"].data_validations.dataValidation
    assert "list" in {rule.type for rule in validations}
