"""Answers that were offered and not taken, and changes that editors turned down, are named up to the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from editors import Editor
from finals import bytes_of
from test_flows_finishing import approve, finish, settled, told
from test_flows_finishing import no_office as no_office  # noqa: PLC0414 - a fixture
from test_flows_revision import FIRST, answer, run, update
from test_flows_revision import folder as folder  # noqa: PLC0414 - a fixture
from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.xml import get, w

ANCHOR = "rec_140_2_measures"
LATE = FIRST.replace("were raised.", "were raised by a tenth in 2026.")


@pytest.fixture
def ready(folder: Path) -> Path:
    approve(folder)
    settled(folder)
    return folder


def updated(folder: Path, name: str = "revised.docx") -> Path:
    path = folder / name
    assert update(folder, path).exit_code == 0
    return path.with_name(f"{path.stem}-updated.docx")


def rejected(path: Path) -> Path:
    """All of the tool's tracked changes turned down, as Word does it."""
    editor = Editor(path.read_bytes())
    for node in list(editor.body.iter(w("ins"))):
        if get(node, "author") == AUTHOR and node.getparent() is not None:
            node.getparent().remove(node)
    for node in list(editor.body.iter(w("del"))):
        if get(node, "author") == AUTHOR:
            for text in node.iter(w("delText")):
                text.tag = w("t")
            for child in list(node):
                node.addprevious(child)
            node.getparent().remove(node)
    target = path.with_name("rejected.docx")
    target.write_bytes(editor.save())
    return target


def findings(folder: Path, path: Path) -> list[tuple[str, str, str]]:
    document = json.loads(run("-C", str(folder), "check", str(path), "--format", "json").stdout)
    codes = ("answer-not-taken", "change-declined", "comment-left")
    return [(f["code"], f["agency"], f["recommendation"]) for f in document["findings"] if f["code"] in codes]


def status(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    done = run("-C", str(folder), "status", *map(str, arguments), "--format", "json")
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def not_taken(document: dict[str, Any]) -> list[tuple[str, list[str], list[str]]]:
    return [(t["kind"], t["recommendations"], t["agencies"]) for t in document["not_taken"]]


OFFERED = [("offered", ["140.2"], ["moh"])]
DECLINED = [("declined", ["140.2"], ["moh"])]


def clash(folder: Path) -> Path:
    editor = Editor((folder / "revised.docx").read_bytes())
    editor.replace(ANCHOR, "were raised.", "have gone up.")
    (folder / "revised.docx").write_bytes(editor.save())
    answer(folder, LATE)
    return updated(folder)


def test_offered__in_a_comment_of_a_clash__is_its_own_line_and_kept_when_finished_anyway(ready: Path) -> None:
    path = clash(ready)
    assert findings(ready, path) == [("answer-not-taken", "moh", "140.2")]
    assert not_taken(status(ready)) == OFFERED, "the draft that was updated last"
    assert status(ready)["draft"] == path.name
    assert "140.2 (moh): offered in a comment, not taken" in run("-C", str(ready), "status").stdout
    done = finish(ready, path)
    assert done.exit_code == 1
    assert "1 answer of moh that was offered and not taken: 140.2" in done.stdout
    assert "open comment" not in done.stdout
    document = told(ready, path)
    assert {"kind": "offer", "count": 1, "author": "moh", "where": "140.2"} in document["pending"]
    assert not_taken(document) == OFFERED
    done = finish(ready, path, "--anyway")
    assert done.exit_code == 0
    assert "140.2 (moh): offered in a comment, not taken" in done.stderr
    kept = (ready / "build" / "internal" / f"{path.stem}-final-not-taken.txt").read_text(encoding="utf-8")
    assert "140.2 (moh)" in kept
    assert "by a tenth in 2026" in kept
    assert b"by a tenth" not in bytes_of((ready / f"{path.stem}-final.docx").read_bytes())


def test_offered__comment_deleted_without_taking_it__is_told_as_declined(ready: Path) -> None:
    path = clash(ready)
    editor = Editor(path.read_bytes())
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in list(editor.body.iter(w(kind))):
            node.getparent().remove(node)
    path.write_bytes(editor.save())
    assert findings(ready, path) == [("change-declined", "moh", "140.2")]
    again = updated(ready, path.name)
    assert findings(ready, again) == [("change-declined", "moh", "140.2")]
    assert finish(ready, again).exit_code == 0


def test_offered__taken_by_hand_and_comment_deleted__is_told_no_more(ready: Path) -> None:
    path = clash(ready)
    editor = Editor(path.read_bytes())
    editor.replace(ANCHOR, "have gone up.", "have gone up by a tenth in 2026.")
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in list(editor.body.iter(w(kind))):
            node.getparent().remove(node)
    path.write_bytes(editor.save())
    assert findings(ready, path) == []


@pytest.mark.parametrize("late", [LATE, f"{FIRST} A law was passed.", FIRST.split(". ")[0] + "."],
                         ids=["words", "a sentence more", "a sentence less"])  # fmt: skip
def test_declined__tracked_change_that_an_editor_rejected__is_respected_and_told(
    ready: Path, late: str
) -> None:
    answer(ready, late)
    path = updated(ready)
    assert findings(ready, path) == [], "it waits in the text"
    no = rejected(path)
    assert findings(ready, no) == [("change-declined", "moh", "140.2")]
    assert not_taken(status(ready, no)) == DECLINED
    assert not_taken(status(ready)) == [], "the draft that was updated last has not turned it down"
    done = finish(ready, no)
    assert done.exit_code == 0, done.output
    assert "140.2 (moh): turned down by an editor" in done.stderr
    assert (ready / "build" / "internal" / "rejected-final-not-taken.txt").is_file()


def test_declined__passage_deleted_before_its_news_came__is_told_while_they_are_offered_and_after(
    ready: Path,
) -> None:
    editor = Editor((ready / "revised.docx").read_bytes())
    node = editor.paragraph(ANCHOR)
    node.getparent().remove(node)
    (ready / "revised.docx").write_bytes(editor.save())
    answer(ready, LATE)
    path = updated(ready)
    assert not_taken(status(ready, path)) == OFFERED
    editor = Editor(path.read_bytes())
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for one in list(editor.body.iter(w(kind))):
            one.getparent().remove(one)
    path.write_bytes(editor.save())
    assert not_taken(status(ready, path)) == DECLINED


def test_untaken__edits_of_a_draft_that_nothing_came_into__are_nobodys_business(ready: Path) -> None:
    editor = Editor((ready / "revised.docx").read_bytes())
    editor.replace(ANCHOR, "were raised.", "have gone up.")
    (ready / "revised.docx").write_bytes(editor.save())
    assert findings(ready, ready / "revised.docx") == []
    assert status(ready)["draft"] is None


def test_status__draft_that_was_moved_or_is_another_file__is_passed_over(ready: Path) -> None:
    path = clash(ready)
    path.write_bytes(b"no Word file")
    assert status(ready)["not_taken"] == []
    path.unlink()
    assert status(ready)["draft"] is None
    done = run("-C", str(ready), "status", str(ready / "register.xlsx"))
    assert done.exit_code == 2


def test_untaken__that_is_withheld_by_now__is_not_quoted(ready: Path) -> None:
    path = clash(ready)
    answer(ready, LATE, Publication="Internal")
    assert not_taken(told(ready, path)) == []


def test_offered__beneath_a_narrative__is_named_by_the_numbers_that_changed(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "register.xlsx")
    headings = {cell.value: cell.column for cell in book["Themes"][1]}
    book["Themes"].cell(2, headings["Narrative"], "Health care has improved.")
    book.save(folder / "register.xlsx")
    run("-C", str(folder), "build", "--today", "2026-04-20")
    approve(folder)
    settled(folder)
    answer(folder, LATE)
    path = updated(folder)
    assert ("answer-not-taken", "moh", "140.2") in findings(folder, path)
    assert OFFERED[0] in not_taken(status(folder))


def test_offered__words_of_a_colleague__are_no_other_comments(ready: Path) -> None:
    for name, words in (("revised.docx", "have gone up."), ("theirs.docx", "have doubled.")):
        editor = Editor((ready / "build" / "draft.docx").read_bytes())
        editor.replace(ANCHOR, "were raised.", words)
        (ready / name).write_bytes(editor.save())
    done = update(ready, ready / "revised.docx", "--with", ready / "theirs.docx")
    assert done.exit_code == 0, done.output
    offered = [t for t in status(ready)["not_taken"] if "have doubled." in t["text"]]
    assert [t["where"] for t in offered] == ["140.2"]
