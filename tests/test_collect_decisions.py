"""``decisions.xlsx``: written, typed in, read back, applied, and opened again when answers change."""

from __future__ import annotations

import datetime
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Convert
from reviews import TODAY, expected
from test_collect_merge import answer, codes, decided, merged, part, row, submission
from uprreport.collect.decisions import (
    NO_DECISIONS,
    TYPED,
    Decisions,
    read_decisions,
    reassigned,
)
from uprreport.collect.decisions_check import check_decisions, check_rows
from uprreport.collect.decisions_sheet import decisions_tab, decisions_tabs, is_current
from uprreport.collect.merge import Merged, merge
from uprreport.collect.questions import answers_text
from uprreport.files.excel.canvas import LONGEST_TEXT
from uprreport.files.excel.write import write_workbook
from uprreport.model import Agency, AnswerText, Decision, Question, Recommendation, Register, Submission
from uprreport.review import load_shipped_schema
from uprreport.text import clean_text
from workbooks import workbook

SCHEMA = load_shipped_schema("decisions")
REGISTER = expected().register
Typed = dict[str, dict[str, Any]]


def write(path: Path, result: Merged, decisions: Decisions = NO_DECISIONS) -> None:
    tabs = decisions_tabs(result.questions, decisions, SCHEMA, REGISTER)
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
    return [(str(question), str(decision or "")) for question, decision in cells if question != "default"]


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
    assert is_current(result.questions, read(path), SCHEMA, REGISTER)


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
    assert is_current(result.questions, read(path), SCHEMA, REGISTER)
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
    assert is_current((), read(path), SCHEMA, REGISTER)
    write(path, merged(submission("moh", row("140.10", status="planned")), publication="needs clearance"))
    assert not is_current((), read(path), SCHEMA, REGISTER)


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
    tab = decisions_tab(result.questions, NO_DECISIONS, SCHEMA, REGISTER)
    by_question = {tab.rows[index]["question"]: labels for (index, _), labels in tab.row_choices.items()}
    assert by_question["reassign:140.1@moh"] == ["moe", "moj", "Keep the assignment"]
    assert by_question["status-conflict:140.7"][0] == "Implemented"


def test_decisions__what_a_person_typed__is_kept_whatever_it_is(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(uncleared("First.")))
    type_in(path, {QUESTION: {"Decided on": "03/04/2026", "Reason": 5, "My notes": "call them"}})
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(4, columns["Reason"], "a reason that belongs to no question")
    sheet.cell(5, columns["Question"], QUESTION)
    sheet.cell(5, columns["Decision"], "Internal")
    decided_on = sheet.cell(3, columns["Decided on"]).coordinate
    book.create_sheet("Whom to call")["B2"] = "the minister"
    book.save(path)
    for _ in range(2):
        decisions, findings = read_decisions(path, "decisions.xlsx", SCHEMA)
        assert sorted(f.code for f in findings) == ["date-ambiguous", "row-duplicate", "value-missing"]
        assert {f.at.cell for f in findings} >= {decided_on}
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
        assert is_current(result.questions, decisions, SCHEMA, REGISTER)
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
        return [
            f.code for f in check_decisions(decided(question, decision, **typed), result.questions, SCHEMA)
        ]

    assert told() == []
    assert told(decision="Publish") == ["value-not-in-list"]
    assert told(reason="", decided_by="") == ["value-missing", "value-missing"]
    assert told(decision="", reason="") == []


# What is shown ----------------------------------------------------------------------------------------


def table(path: Path) -> dict[str, dict[str, Any]]:
    """The filled cells by question and heading, in the order of the sheet."""
    sheet = openpyxl.load_workbook(path)["Decisions"]
    names = [str(cell.value) for cell in sheet[1]]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    at = names.index("Question")
    return {str(r[at]): {n: v for n, v in zip(names, r, strict=True) if v is not None} for r in rows}


def conflict(*agencies: str) -> list[Submission]:
    statuses = ("implemented", "planned", "in progress", "not implemented")
    return [
        submission(agency, row("140.7", status=status, measures=f"By {agency}."))
        for agency, status in zip(agencies, statuses, strict=False)
    ]


def test_table__row__shows_what_is_to_be_decided_and_the_id_last(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(*conflict("moh", "moe")))
    item = next(i for i in REGISTER.recommendations if i.number == "140.7")
    shown_row = table(path)["status-conflict:140.7"]
    assert shown_row["Number"] == "140.7"
    assert shown_row["Recommendation"] == item.text
    assert shown_row["Theme"] == item.theme
    assert shown_row["Lead agency"] == "Ministry of Health"
    assert shown_row["Kind"] == "Different statuses"
    assert shown_row["Answers"].startswith("Ministry of Health:\nImplemented. By moh.\n(moh-1.xlsx Progress!")
    assert shown_row["Second answer"].startswith(
        "Ministry of Education:\nPlanned. By moe.\n(moe-1.xlsx Progress!"
    )
    headings = [cell.value for cell in openpyxl.load_workbook(path)["Decisions"][1]]
    assert headings[-1] == "Question"
    assert "Third answer" not in headings


def conflicting(*agencies: str) -> Merged:
    """A contradiction of so many agencies, two of which were really read."""
    result = merged(*conflict("moh", "moe"))
    (question,) = result.questions
    texts = tuple(AnswerText(agency, f"Planned. By {agency}.", f"{agency}.xlsx B3") for agency in agencies)
    return replace(result, questions=(replace(question, agencies=agencies, answers=texts),))


def test_table__more_answers_than_columns__stand_below_each_other_in_the_last(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, conflicting("moh", "moe", "moj", "mof"))
    shown_row = table(path)["status-conflict:140.7"]
    assert "moj" in shown_row["Third answer"]
    assert "mof" in shown_row["Third answer"]


def test_table__long_answer__is_continued_beside_with_every_word(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    words = [f"word{number}" for number in range(300)]
    write(path, merged(uncleared(" ".join(words))))
    shown_row = table(path)[QUESTION]
    told = f"{shown_row['Answers']} {shown_row['Second answer']}".split()
    assert [word for word in told if word.startswith("word")] == words


@pytest.mark.apps
@pytest.mark.parametrize("agencies", [("moh", "moe"), ("moh", "moe", "moj", "mof")])
def test_table__printed__is_one_page_across_on_a4_landscape(
    agencies: tuple[str, ...], tmp_path: Path, soffice: Convert
) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, conflicting(*agencies))
    printed = subprocess.run(
        ["pdftotext", "-layout", soffice(path, "pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    (heading,) = [line for line in printed.splitlines() if "Recommendation" in line]
    assert heading.split()[0] == "Number"
    assert heading.split()[-2:] == ["Decided", "on"]
    info = subprocess.run(
        ["pdfinfo", path.with_suffix(".pdf") if path.with_suffix(".pdf").exists() else soffice(path, "pdf")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "841.89 x 595" in info


# Several at once --------------------------------------------------------------------------------------

BULK = "needs-clearance:all@moh"
BY = {"Reason": "Agreed", "Decided by": "A. Coordinator"}


def several(*measures: str) -> Submission:
    numbers = ("140.1", "140.7", "140.10", "140.11")
    rows = (
        row(number, line=line, status="planned", measures=text, publication="needs clearance")
        for line, (number, text) in enumerate(zip(numbers, measures, strict=False), 3)
        if text
    )
    return submission("moh", *rows)


def test_bulk__one_row__clears_all_answers_that_it_lists(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(several("One.", "Two.", "Three.")))
    assert table(path)[BULK]["Answers"] == "Ministry of Health:\n3 answers: 140.1, 140.7, 140.10"
    type_in(path, {BULK: {"Decision": "Public", **BY}})
    for _ in range(2):
        result = merged(several("One.", "Two.", "Three."), decisions=read(path))
        assert result.records.open_questions == ()
        assert answer(result, "140.7") == [("moh", "planned", "Two.")]
        write(path, result, read(path))
    assert table(path)[BULK]["Decision"] == "Public"
    assert is_current(result.questions, read(path), SCHEMA, REGISTER)


def test_bulk__own_row__goes_before_it(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(several("One.", "Two.", "Three.")))
    own = "needs-clearance:140.7@moh"
    type_in(path, {BULK: {"Decision": "Public", **BY}, own: {"Decision": "Internal", **BY}})
    result = merged(several("One.", "Two.", "Three."), decisions=read(path))
    assert (part(result, "140.1"), part(result, "140.7")) == ("answered", "withheld")
    assert result.records.open_questions == ()
    type_in(path, {own: {"Decision": "Perhaps"}})  # a choice that cannot be read overrides it, too
    result = merged(several("One.", "Two.", "Three."), decisions=read(path))
    assert result.records.open_questions == (own,)


def test_bulk__answer_that_came_later_or_was_changed__is_not_cleared_unseen(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(several("One.", "Two.", "")))
    type_in(path, {BULK: {"Decision": "Public", **BY}})
    for _ in range(3):
        decisions = read(path)
        result = merged(several("One.", "Two, changed.", "Three."), decisions=decisions)
        assert part(result, "140.1") == "answered"
        assert result.records.open_questions == ("needs-clearance:140.10@moh", "needs-clearance:140.7@moh")
        write(path, result, decisions)
    assert table(path)[BULK]["Answers"].endswith("2 answers: 140.7, 140.10")
    assert "Decision" not in table(path)[BULK]  # asked anew; what was decided stands below
    type_in(path, {BULK: {"Decision": "Internal", **BY}})
    result = merged(several("One.", "Two, changed.", "Three."), decisions=read(path))
    assert result.records.open_questions == ()
    assert [part(result, number) for number in ("140.1", "140.7", "140.10")] == [
        *("answered", "withheld", "withheld")
    ]


def test_bulk__without_reason_or_name__decides_nothing_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(several("One.", "Two.")))
    type_in(path, {BULK: {"Decision": "Public"}})
    result = merged(several("One.", "Two."), decisions=read(path))
    assert len(result.records.open_questions) == 2
    found = check_decisions(read(path), result.questions, SCHEMA)
    assert [(f.code, f.heading) for f in found] == [
        ("value-missing", "Reason"), ("value-missing", "Decided by")
    ]  # fmt: skip
    write(path, result, read(path))
    assert table(path)[BULK]["Decision"] == "Public"


def test_bulk__one_answer_only__has_its_own_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(several("One.")))
    assert list(table(path)) == ["default", QUESTION]


def test_first_row__reason_and_name__hold_for_decisions_without_their_own(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(several("One.", "Two.")))
    own = "needs-clearance:140.7@moh"
    first = {
        "Reason": "Agreed on 3 May",
        "Decided by": "A. Coordinator",
        "Decided on": datetime.date(2026, 5, 3),
    }
    type_in(
        path,
        {
            "default": first,
            QUESTION: {"Decision": "Public"},
            own: {"Decision": "Internal", "Reason": "Not yet"},
        },
    )
    decisions = read(path)
    result = merged(several("One.", "Two."), decisions=decisions)
    assert result.records.open_questions == ()
    told = {q.id: decisions.on(q) for q in result.questions}
    assert [(d.reason, d.decided_by, d.decided_on) for d in told.values() if d] == [
        ("Agreed on 3 May", "A. Coordinator", datetime.date(2026, 5, 3)),
        ("Not yet", "A. Coordinator", datetime.date(2026, 5, 3)),
    ]
    assert not is_current(result.questions, decisions, SCHEMA, REGISTER)
    write(path, result, decisions)
    # They now stand in the rows themselves, and another first row is for later decisions only.
    type_in(path, {"default": {"Reason": "Another one", "Decided by": "B. Other"}})
    assert decisions_on(path, result)[QUESTION].reason == "Agreed on 3 May"


def decisions_on(path: Path, result: Merged) -> dict[str, Decision]:
    decisions = read(path)
    return {q.id: decision for q in result.questions if (decision := decisions.on(q)) is not None}


@pytest.mark.parametrize("word", ['"', "\u201d", "idem", "\u3003", "-"])
def test_reason__that_says_as_above__is_none(word: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(uncleared("First.")))
    type_in(path, {QUESTION: {"Decision": "Public", "Reason": word, "Decided by": "A. Coordinator"}})
    result = merged(uncleared("First."), decisions=read(path))
    assert result.records.open_questions == (QUESTION,)
    (finding,) = check_decisions(read(path), result.questions, SCHEMA)
    assert (finding.code, finding.heading) == ("value-missing", "Reason")


def test_check__each_kind_of_slip__is_told_at_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(several("One.", "Two.", "Three.")))
    gone = "needs-clearance:140.1@moh"
    type_in(
        path,
        {
            gone: {"Decision": "Public", **BY},
            "needs-clearance:140.7@moh": {"Reason": "No choice yet"},
            "needs-clearance:140.10@moh": {"Answers": "Somebody's remark", "Decision": "Public", **BY},
            "default": {"Decision": "Public"},
        },
    )
    result = merged(several("One, changed.", "Two.", "Three."), decisions=read(path))
    found = {f.code: f.at for f in check_decisions(read(path), result.questions, SCHEMA)}
    assert set(found) == {"decision-stale", "value-missing", "decision-cell-changed", "decision-unknown"}
    sheet = openpyxl.load_workbook(path)["Decisions"]
    assert sheet[found["decision-cell-changed"].cell].value == "Somebody's remark"
    assert sheet[found["decision-stale"].cell].value == "Public"
    write(path, result, read(path))
    again = table(path)["needs-clearance:140.10@moh"]
    assert again["Typed over: Answers"] == "Somebody's remark"
    assert "Three." in again["Answers"]
    assert "decision-cell-changed" not in {
        f.code for f in check_decisions(read(path), result.questions, SCHEMA)
    }
    later = merged(several("", "Two.", "Three."), decisions=read(path))
    assert {f.code for f in check_rows(read(path), later.questions, SCHEMA)} == {"decision-idle"}


def test_check__row_that_somebody_made__is_told(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write(path, merged(uncleared("First.")))
    book = openpyxl.load_workbook(path)
    columns = {cell.value: cell.column for cell in book["Decisions"][1]}
    book["Decisions"].cell(9, columns["Question"], "needs-clearance:140.99@moh")
    book["Decisions"].cell(9, columns["Decision"], "Public")
    book.save(path)
    (finding,) = check_rows(read(path), merged(uncleared("First.")).questions, SCHEMA)
    assert (finding.code, finding.value) == ("decision-unknown", "Public")


OLD = """
|Question|Number|Kind|Agencies|Answers|Decision|Edited text|Reason|Decided by|Decided on|My notes|
|{id}|140.1|Needs clearance|moh|{answers}|Public||Agreed|A. Coordinator|=date:2026-04-01|call|
|reassign:140.7@moe|140.7|Another agency should answer|moe|x|moj||Theirs|A. Coordinator|||
"""


def test_older_file__columns_in_their_former_order__is_read_and_kept_in_full(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    result = merged(uncleared("First."))
    answers = answers_text(result.questions[0]).replace("\n", "\\n")
    path.write_bytes(workbook({"Decisions": OLD.format(id=QUESTION, answers=answers), "Own tab": "| kept |"}))
    decisions = read(path)
    result = merged(uncleared("First."), decisions=decisions)
    assert answer(result, "140.1") == [("moh", "planned", "First.")]
    assert not is_current(result.questions, decisions, SCHEMA, REGISTER)
    write(path, result, decisions)
    decisions = read(path)
    assert is_current(result.questions, decisions, SCHEMA, REGISTER)
    again = table(path)
    assert again[QUESTION]["Decided on"] == datetime.datetime(2026, 4, 1)
    assert again[QUESTION]["My notes"] == "call"
    assert (again["reassign:140.7@moe"]["Decision"], again["reassign:140.7@moe"]["Reason"]) == (
        "moj",
        "Theirs",
    )
    assert openpyxl.load_workbook(path)["Own tab"]["A1"].value == "kept"
    assert decisions.on(result.questions[0]) is not None


def test_own_schema__without_the_newer_columns__holds_decisions_all_the_same(tmp_path: Path) -> None:
    older = ("question", "number", "kind", "agencies", "answers", *TYPED)
    schema = replace(SCHEMA, columns=tuple(c for c in SCHEMA.columns if c.name in older))
    path = tmp_path / "decisions.xlsx"
    result = merged(several("First.", "Second."))
    tabs = decisions_tabs(result.questions, NO_DECISIONS, schema, REGISTER)
    path.write_bytes(write_workbook(tabs, properties={}, created=TODAY))
    type_in(path, {QUESTION: CLEARED})
    decisions, _ = read_decisions(path, "decisions.xlsx", schema)
    assert answer(merged(several("First.", "Second."), decisions=decisions), "140.1")
    assert not answer(merged(several("Changed.", "Second."), decisions=decisions), "140.1")


def plain(text: str) -> str:
    return " ".join(clean_text(text)[0].split())


CELL = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=12
)


@settings(max_examples=12, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["default", BULK, QUESTION, "needs-clearance:140.7@moh"]),
            st.sampled_from(
                [
                    "Decision",
                    "Edited text",
                    "Reason",
                    "Decided by",
                    "Decided on",
                    "Answers",
                    "Theme",
                    "Kind",
                    "Agencies",
                    "My notes",
                ]
            ),
        ),
        CELL.map(str.strip).filter(lambda text: text and not text.startswith("=")),
        max_size=6,
    ),
    st.lists(st.sampled_from(["One.", "Other.", ""]), min_size=2, max_size=2),
)
def test_rewriting__anything_typed_anywhere__still_stands_in_the_file(
    typed: dict[tuple[str, str], str], measures: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decisions.xlsx"
        write(path, merged(several("One.", "Two.")))
        rows: Typed = {}
        for (question, heading), text in typed.items():
            rows.setdefault(question, {})[heading] = text
        type_in(path, rows)
        for _ in range(2):
            decisions, _ = read_decisions(path, "decisions.xlsx", SCHEMA)
            result = merged(several(*measures), decisions=decisions)
            write(path, result, decisions)
        sheet = openpyxl.load_workbook(path)["Decisions"]
        held = {plain(str(cell.value)) for line in sheet.iter_rows() for cell in line}
        for (question, heading), text in typed.items():
            assert not plain(text) or plain(text) in held, (question, heading)


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
    assert is_current(result.questions, decisions, SCHEMA, REGISTER)
    assert decisions.own == {"My notes": {QUESTION: "call"}}
    validations = openpyxl.load_workbook(saved)["Decisions"].data_validations.dataValidation
    assert "list" in {rule.type for rule in validations}
