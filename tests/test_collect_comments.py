from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.collect.comments import (
    Asked,
    Comment,
    answered_comments,
    comment_question,
    comment_questions,
    form_properties,
    form_tabs,
    read_comments,
)
from uprreport.collect.decisions import Decisions, read_decisions
from uprreport.collect.decisions_sheet import decisions_tabs
from uprreport.collect.questions import answers_mark
from uprreport.files.excel.read import read_properties
from uprreport.files.excel.write import write_workbook
from uprreport.findings import Finding
from uprreport.model import Question, Register, Row
from uprreport.review import load_shipped_schema
from workbooks import workbook

SCHEMA = load_shipped_schema("comments")
DAY = datetime.date(2026, 4, 25)
ASKED = (
    Asked("rec:140.7/measures", "140.7", "12", "Twelve midwives were trained."),
    Asked("theme:right-to-health/challenges", "Right to health: challenges", "13–14", "Few apply."),
)
ONE = Comment(
    "rec:140.7/measures", "140.7", "12", "Twelve midwives were trained.", "Say where.",
    "Twelve midwives were trained in Vale.", "Centre for Rights", "civil society", "", "a.xlsx Comments!E3",
)  # fmt: skip


def form(asked: tuple[Asked, ...] = ASKED) -> bytes:
    tabs = form_tabs(asked, SCHEMA, "exa-upr4", "Examplia", "draft.docx")
    return write_workbook(tabs, properties=form_properties("exa-upr4", "abc"), created=DAY)


def filled(tmp_path: Path, cells: Mapping[str, str], sender: Mapping[str, str] | None = None) -> Path:
    """The form with some cells of Comments and Sender typed over."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(form())
    book = openpyxl.load_workbook(path)
    for cell, text in cells.items():
        book["Comments"][cell] = text
    for cell, text in (
        {"B4": "Centre for Rights", "B5": "Civil society"} if sender is None else sender
    ).items():
        book["Sender"][cell] = text
    book.save(path)
    return path


def read(path: Path, review: str = "exa-upr4") -> tuple[tuple[Comment, ...], list[str]]:
    found, findings = read_comments(path, "comments/form.xlsx", SCHEMA, review)
    return found, [finding.code for finding in findings]


def table(*rows: str) -> dict[str, str]:
    titles = " | ".join(column.title for column in SCHEMA.columns if column.name != "review")
    return {"Comments": "\n".join([f"| {titles} |", *rows])}


# The form -----------------------------------------------------------------------------------------------


def test_form__same_passages__same_bytes_and_its_kind_inside() -> None:
    assert form() == form()
    held = read_properties(form())
    assert held == {"uprreport kind": "comments", "uprreport review": "exa-upr4", "uprreport manifest": "abc"}


def test_form__what_is_asked__is_locked_and_what_is_typed_is_open(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["Instructions", "Sender", "Comments"]
    sheet = book["Comments"]
    assert sheet.protection.sheet
    headings = [cell.value for cell in sheet[1]]
    locked = {heading: sheet.cell(3, i).protection.locked for i, heading in enumerate(headings, 1)}
    assert {h for h, is_locked in locked.items() if is_locked} == {
        "Block",
        "Paragraph",
        "Passage",
        "Text as it reads",
    }
    assert [cell.value for cell in sheet[3]][:4] == [
        "rec:140.7/measures",
        "12",
        "140.7",
        "Twelve midwives were trained.",
    ]
    assert sheet["A2"].value == "report"
    assert sheet.column_dimensions["A"].hidden
    assert any(
        "H3" in str(rule.sqref) or "H2" in str(rule.sqref) for rule in sheet.data_validations.dataValidation
    )


def test_form__passage_longer_than_a_cell__is_read_in_the_document() -> None:
    assert form((replace(ASKED[0], text="x" * 40_000),))


# Coming back --------------------------------------------------------------------------------------------


def test_read__untouched_form__has_no_comment_and_no_finding(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form())
    assert read(path) == ((), [])


def test_read__comment_and_proposal__with_sender_kind_and_cell(tmp_path: Path) -> None:
    found, codes = read(filled(tmp_path, {"E3": "Say where.", "F3": "Twelve midwives were trained in Vale."}))
    assert codes == []
    assert found == (replace(ONE, place="comments/form.xlsx Comments!E3"),)


def test_read__general_comment_and_another_organisation_in_the_row(tmp_path: Path) -> None:
    (one,), codes = read(filled(tmp_path, {"E2": "Well done.", "G2": "Bar Association", "H2": "Other"}))
    assert codes == []
    assert (one.block, one.sender, one.kind) == ("report", "Bar Association", "other")


def test_read__nobody_named__is_told_once_and_kept_under_the_files_name(tmp_path: Path) -> None:
    found, codes = read(filled(tmp_path, {"E2": "a", "E3": "b"}, {}))
    assert {told.sender for told in found} == {"form"}
    assert codes == ["value-missing"]


def test_read__unknown_kind__is_told_and_the_comment_stays(tmp_path: Path) -> None:
    found, codes = read(filled(tmp_path, {"E3": "b", "H3": "A club"}))
    assert codes == ["value-not-in-list"]
    assert len(found) == 1


def test_read__columns_moved_and_block_deleted__comment_is_kept_by_its_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(
        workbook(Comments="| Comment | Paragraph | From (organisation) |\n| Say where. | 12 | NGO |")
    )
    (one,), codes = read(path)
    assert codes == []
    assert (one.block, one.paragraph, one.sender) == ("paragraph 12", "12", "NGO")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no workbook", "workbook-unreadable"),
        (b"", "workbook-empty"),
        (workbook(Other="| A | B |"), "sheet-missing"),
        (
            workbook(table("| x |  | t |  | c |  | N |  |  |"), properties={"uprreport review": "other"}),
            "workbook-wrong",
        ),
    ],
)
def test_read__anything_else__is_a_finding(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert read(path) == ((), [code])


# Questions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "sender", "wanted"),
    [
        ("rec:140.7/measures", "Centre for Rights", "comment:140.7@centre-for-rights"),
        ("rec:140.7/measures@moh", "NGO", "comment:rec:140.7/measures@moh@ngo"),
        ("theme:x/challenges", "NGO", "comment:theme:x/challenges@ngo"),
        ("report", "NGO", "comment:report@ngo"),
    ],
)
def test_question__id__names_number_or_block_and_sender(block: str, sender: str, wanted: str) -> None:
    assert comment_question([replace(ONE, block=block, sender=sender)]).id == wanted


def test_question__senders_without_latin_letters__are_told_apart() -> None:
    ids = {comment_question([replace(ONE, sender=name)]).id for name in ("Հայ", "Мемориал", "مركز", "N")}
    assert len(ids) == 4


def test_question__answers_and_choices__as_decisions_show_them() -> None:
    question = comment_question([ONE])
    assert question.kind == "comment"
    assert question.number == "140.7"
    assert [choice.key for choice in question.choices] == ["accept", "remove"]
    (answer,) = question.answers
    assert answer.text.split("\n") == [
        "on paragraph 12 (140.7): Say where.", "Proposed text: Twelve midwives were trained in Vale.",
    ]  # fmt: skip
    assert answer.place == "a.xlsx Comments!E3"


COMMENTS = st.lists(
    st.builds(
        replace, st.just(ONE), comment=st.sampled_from(["a", "b", ""]), sender=st.sampled_from(["X", "Y"]),
        block=st.sampled_from(["report", "rec:1/measures"]), place=st.sampled_from(["p", "q"]),
    ),
    max_size=6,
)  # fmt: skip


@given(COMMENTS, st.randoms())
def test_questions__any_order_and_twice__are_the_same(comments: list[Comment], random: Any) -> None:
    shuffled = [*comments, *comments]
    random.shuffle(shuffled)
    assert comment_questions(shuffled) == comment_questions(comments)


# Decisions ----------------------------------------------------------------------------------------------


def decided(question: Question, choice: str, **more: str) -> Decisions:
    values = {
        "question": question.id, "answers": f"… {answers_mark(question)}", "decision": choice,
        "reason": "Agreed.", "decided_by": "C. Ordinator", **more,
    }  # fmt: skip
    return Decisions({question.id: Row("decisions", "decisions.xlsx", "Decisions", 2, values, {})})


def test_answered__accepted__has_the_reply_and_who_decided() -> None:
    decisions = decided(comment_question([ONE]), "accept", edited_text="Thank you, done.")
    (answered,) = answered_comments([ONE], decisions)
    assert (answered.accepted, answered.reply, answered.decided_by) == (
        True,
        "Thank you, done.",
        "C. Ordinator",
    )


def test_answered__removed_open_or_changed__is_not_accepted() -> None:
    question = comment_question([ONE])
    (removed,) = answered_comments([ONE], decided(question, "remove"))
    assert (removed.accepted, removed.reply) == (False, "Agreed.")
    assert answered_comments([ONE], decided(question, "accept", reason="")) == ()
    assert answered_comments([replace(ONE, comment="Other.")], decided(question, "accept")) == ()


def test_questions__through_decisions_xlsx__are_asked_decided_and_read_back(tmp_path: Path) -> None:
    schema = load_shipped_schema("decisions")
    questions = comment_questions([ONE])
    path = tmp_path / "decisions.xlsx"
    path.write_bytes(
        write_workbook(
            decisions_tabs(questions, Decisions({}), schema, Register()), properties={}, created=DAY
        )
    )
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    headings = [cell.value for cell in sheet[1]]
    for heading, text in {"Decision": "Accept", "Reason": "Agreed.", "Decided by": "C. O."}.items():
        sheet.cell(3, headings.index(heading) + 1, text)
    book.save(path)
    decisions, findings = read_decisions(path, "decisions.xlsx", schema)
    told: tuple[Finding, ...] = findings
    assert told == ()
    (answered,) = answered_comments([ONE], decisions)
    assert (answered.comment, answered.accepted, answered.decided_by) == (ONE, True, "C. O.")
