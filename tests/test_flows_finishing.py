"""``finish`` on a review folder: refusing, writing, archiving; LibreOffice has tests of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from clearances import SIGNED, Hand
from editors import Editor, accepted
from finals import AUTHOR, bytes_of, comment, reads, strike_end, wear
from test_flows_revision import FIRST, answer, run, strip
from test_flows_revision import folder as folder  # noqa: PLC0414 - a fixture
from uprreport.files.office import find_office
from uprreport.files.word.package import read_parts, write_parts

DAY = ("--today", "2026-06-29")


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uprreport.files.office.find_office", lambda: None)


def finish(folder: Path, *arguments: str | Path) -> Result:
    return run("-C", str(folder), "finish", *map(str, arguments), *DAY)


def told(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(finish(folder, *arguments, "--format", "json").stdout)
    return document


def settled(folder: Path, name: str = "revised.docx") -> Path:
    """A revised draft in which nothing is pending: marks of missing texts written over, no comments."""
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    style = editor.styles.id("UPR Placeholder")
    for one in editor.body.iter("{*}r"):
        looks = [n for n in one.iter("{*}rStyle") if style in n.attrib.values()]
        for text in one.iter("{*}t") if looks else ():
            text.text = "This was written by hand."
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in list(editor.body.iter(f"{{*}}{kind}")):
            node.getparent().remove(node)
    path = folder / name
    path.write_bytes(editor.save())
    return path


@pytest.fixture
def ready(folder: Path) -> Path:
    """The folder with its answers approved and a revised draft in which nothing is pending."""
    approve(folder)
    settled(folder)
    return folder


def approve(folder: Path) -> None:
    path = folder / "submissions" / "moh.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["Cover"].iter_rows(max_col=2):
        if row[0].value == "Approved by":
            row[1].value = "A. Minister"
    book.save(path)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Writing ----------------------------------------------------------------------------------------------


def test_finish__nothing_pending__writes_the_final_and_an_archive(ready: Path) -> None:
    before = files(ready)
    done = finish(ready, ready / "revised.docx")
    assert done.exit_code == 0, done.output
    assert "final: revised-final.docx" in done.stdout
    assert "LibreOffice is not installed here; save the final as PDF in Word" in done.stdout
    assert "page numbers in the contents" in done.stdout
    assert done.stderr.splitlines()[-1].startswith("Next: read the final")
    after = files(ready)
    assert {path: after[path] for path in before} == before
    new = {path.relative_to(ready).as_posix() for path in after.keys() - before.keys()}
    archive = "archive/2026-06-29"
    assert new == {
        "revised-final.docx",
        f"{archive}/final/revised-final.docx",
        f"{archive}/working/revised.docx",
        f"{archive}/inputs/review.toml",
        f"{archive}/inputs/register.xlsx",
        f"{archive}/inputs/submissions/moh.xlsx",
        *([f"{archive}/inputs/decisions.xlsx"] if (ready / "decisions.xlsx").exists() else []),
    }
    kept = {
        "working/revised.docx": "revised.docx",
        "inputs/submissions/moh.xlsx": "submissions/moh.xlsx",
        "final/revised-final.docx": "revised-final.docx",
    }
    assert all(after[ready / archive / name] == after[ready / other] for name, other in kept.items())


def test_finish__json__has_every_key(ready: Path) -> None:
    assert told(ready, ready / "revised.docx") == {
        "output": "revised-final.docx",
        "pdf": None,
        "pending": [],
        "not_taken": [],
        "labels_kept": [],
        "made_plain": [],
        "marks_removed": [],
        "archive": "archive/2026-06-29",
    }


def test_finish__same_inputs__same_bytes_and_a_second_archive(ready: Path) -> None:
    first = told(ready, ready / "revised.docx")
    again = told(ready, ready / "revised.docx", "-o", ready / "other.docx")
    assert again["archive"] == "archive/2026-06-29-2"
    assert (ready / "other.docx").read_bytes() == (ready / first["output"]).read_bytes()


@pytest.mark.parametrize("name", ["revised-final.docx", "revised-final.pdf"])
def test_finish__output_exists__is_refused_before_anything_is_written(ready: Path, name: str) -> None:
    (ready / name).write_bytes(b"somebody's file")
    before = files(ready)
    done = finish(ready, ready / "revised.docx", "--anyway")
    assert done.exit_code == 2
    assert f"{name} exists already" in done.stderr
    assert files(ready) == before


def test_finish__name_of_another_kind__is_refused(ready: Path) -> None:
    done = finish(ready, ready / "revised.docx", "-o", ready / "final.pdf")
    assert done.exit_code == 2
    assert "ends in .docx" in done.stderr


def test_finish__label_that_was_changed__is_listed(ready: Path) -> None:
    editor = Editor((ready / "revised.docx").read_bytes())
    for text in editor.paragraph("rec_140_2_measures").iter("{*}t"):
        if (text.text or "").startswith("["):
            text.text = "[140.2, see 140.1] "
    (ready / "revised.docx").write_bytes(editor.save())
    done = finish(ready, ready / "revised.docx")
    assert "labels that somebody changed, and that stay as text: [140.2, see 140.1]" in done.stdout


def test_archive__is_read_by_no_command_and_carries_later_edits_back(ready: Path) -> None:
    before = json.loads(run("-C", str(ready), "check", "--format", "json", *DAY).stdout)
    finish(ready, ready / "revised.docx")
    assert json.loads(run("-C", str(ready), "check", "--format", "json", *DAY).stdout) == before
    archive = ready / "archive" / "2026-06-29"
    final = archive / "final" / "revised-final.docx"
    parts = read_parts(final.read_bytes())
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"twelve midwives", b"thirteen midwives")
    edited = ready / "final, corrected.docx"
    edited.write_bytes(write_parts(parts))
    out = ready / "working again.docx"
    working = archive / "working" / "revised.docx"
    done = run("-C", str(ready), "update", str(working), "--from-final", str(edited), "-o", str(out), *DAY)
    assert done.exit_code == 0, done.output
    assert accepted(out.read_bytes())["rec_140_2_measures"] == [FIRST.replace("twelve", "thirteen")]


# Pending ----------------------------------------------------------------------------------------------


def test_finish__tracked_change_and_comment__refuses_lists_and_writes_nothing(ready: Path) -> None:
    editor = Editor((ready / "revised.docx").read_bytes())
    editor.tracked_insert("rec_140_2_measures", " More follow.", AUTHOR)
    comment(editor, editor.paragraph("rec_140_2_measures"), "Is this so?")
    wear(editor)
    (ready / "revised.docx").write_bytes(editor.save())
    before = files(ready)
    done = finish(ready, ready / "revised.docx")
    assert done.exit_code == 1
    assert f"1 tracked change by {AUTHOR}: 140.2" in done.stdout
    assert "not written, because this is pending:" in done.stdout
    assert "Next: settle what is listed" in done.stderr
    document = told(ready, ready / "revised.docx")
    assert document["pending"] == [
        {"kind": "tracked-change", "count": 1, "author": AUTHOR, "where": "140.2"},
        {"kind": "comment", "count": 1, "author": AUTHOR, "where": "140.2"},
    ]
    assert (document["output"], document["pdf"], document["archive"]) == (None, None, None)
    assert files(ready) == before
    done = finish(ready, ready / "revised.docx", "--anyway")
    assert done.exit_code == 0
    assert "written although this is pending:" in done.stdout
    content = (ready / "revised-final.docx").read_bytes()
    assert b"More follow." in bytes_of(content)
    assert b"Is this so?" not in bytes_of(content)
    assert AUTHOR.encode() not in bytes_of(content)


def kinds(folder: Path, *arguments: str | Path) -> list[tuple[str, int, str | None]]:
    return [
        (p["kind"], p["count"], p["where"])
        for p in told(folder, folder / "revised.docx", *arguments)["pending"]
    ]


def test_pending__untouched_draft__its_marks_comments_and_approval(folder: Path) -> None:
    shutil.copy(folder / "build" / "draft.docx", folder / "revised.docx")
    found = kinds(folder)
    assert {kind for kind, _, _ in found} == {"comment", "placeholder", "approval"}
    assert ("approval", 1, "moh") in found


def test_pending__data_changed_since__asks_for_update_first(ready: Path) -> None:
    answer(ready, FIRST.replace("raised.", "raised by a tenth."))
    assert kinds(ready) == [("data", 1, "140.2")]  # the annex refers to it, and stays as it is
    done = finish(ready, ready / "revised.docx")
    assert "uprreport update REVISED.docx" in done.stdout


def test_pending__sheet_in_another_language__until_its_words_are_written_anew(ready: Path) -> None:
    settings = ready / "review.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('[report]\nlanguage = "en"', '[report]\nlanguage = "fr"'), encoding="utf-8"
    )
    found = kinds(ready)
    assert ("translation", 1, "140.2") in found
    editor = Editor((ready / "revised.docx").read_bytes())
    for one in editor.runs(editor.paragraph("rec_140_2_measures")):
        for text_node in one.iter("{*}t"):
            text_node.text = "Douze sages-femmes ont été formées."
    (ready / "revised.docx").write_bytes(editor.save())
    assert ("translation", 1, "140.2") not in kinds(ready)


def test_pending__clearance__only_once_it_was_asked_and_until_it_is_signed(ready: Path) -> None:
    assert kinds(ready) == []
    (ready / "revised-final.docx").unlink()
    run("-C", str(ready), "export", "clearance", str(ready / "revised.docx"), *DAY)
    ((kind, count, where),) = kinds(ready)
    assert (kind, where) == ("clearance", "moh")
    assert count > 0
    hand = Hand((ready / "build" / "clearance" / "moh-clearance.docx").read_bytes())
    hand.sign(**SIGNED)
    back = ready / "back.docx"
    back.write_bytes(hand.save())
    run("-C", str(ready), "update", str(ready / "revised.docx"), "--with", str(back), *DAY)
    assert kinds(ready) == []


def test_withheld__is_never_written_whatever_was_asked(ready: Path) -> None:
    answer(ready, FIRST, Publication="Internal")
    before = files(ready)
    done = finish(ready, ready / "revised.docx", "--anyway")
    assert done.exit_code == 1
    assert "not for publication" in done.stdout
    assert files(ready) == before
    assert ("withheld", 1, "140.2") in kinds(ready, "--anyway")


# What is no such draft --------------------------------------------------------------------------------


def test_finish__final_itself__is_no_draft(ready: Path) -> None:
    finish(ready, ready / "revised.docx")
    done = finish(ready, ready / "revised-final.docx", "--anyway")
    assert done.exit_code == 2
    assert "is finished already" in done.stderr


def test_finish__another_reviews_draft__is_refused(ready: Path) -> None:
    settings = ready / "review.toml"
    text = settings.read_text(encoding="utf-8").replace("examplia-upr4", "other-upr4")
    settings.write_text(text, encoding="utf-8")
    done = finish(ready, ready / "revised.docx", "--anyway")
    assert done.exit_code == 2
    assert "of the review examplia-upr4" in done.stderr


def test_finish__draft_of_a_newer_tool__is_refused(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uprreport.flows.returns.__version__", "0.0.1")
    done = finish(ready, ready / "revised.docx", "--anyway")
    assert done.exit_code == 2
    assert "was made by uprreport" in done.stderr


def test_finish__custom_xml_deleted__history_has_the_manifest(ready: Path) -> None:
    strip(ready / "revised.docx", "customXml/")
    assert finish(ready, ready / "revised.docx").exit_code == 0


def test_finish__no_manifest_anywhere__is_pending_and_anyway_writes_it(ready: Path) -> None:
    wanted = reads((ready / "revised.docx").read_bytes(), {"": frozenset({"[140.1]", "[140.2]"})})
    strip(ready / "revised.docx", "customXml/")
    shutil.rmtree(ready / "history" / "manifests")
    assert kinds(ready) == [("manifest", 1, "revised.docx")]
    assert finish(ready, ready / "revised.docx").exit_code == 1
    assert finish(ready, ready / "revised.docx", "--anyway").exit_code == 0
    content = (ready / "revised-final.docx").read_bytes()
    assert [word for word in reads(content) if word.startswith("[140")] == []
    assert len(reads(content)) <= len(wanted)


@pytest.mark.parametrize(
    "content", [b"", b"plain text", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0" + b"x" * 600]
)
def test_finish__no_word_file__is_one_clear_line(ready: Path, content: bytes) -> None:
    (ready / "broken.docx").write_bytes(content)
    done = finish(ready, ready / "broken.docx")
    assert done.exit_code == 2
    assert "broken.docx" in done.stderr
    assert "Traceback" not in done.output


def test_finish__joined_paragraphs__read_on(ready: Path) -> None:
    editor = Editor((ready / "revised.docx").read_bytes())
    node = editor.paragraph("rec_140_2_measures")
    strike_end(node)
    editor.add_paragraph("rec_140_2_measures", " They work.")
    (ready / "revised.docx").write_bytes(editor.save())
    finish(ready, ready / "revised.docx", "--anyway")
    assert b"They work." in bytes_of((ready / "revised-final.docx").read_bytes())


# LibreOffice that fails -------------------------------------------------------------------------------


def test_office__fails__the_final_is_written_and_it_is_told(
    ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uprreport.files.office.find_office", lambda: shutil.which("false"))
    done = finish(ready, ready / "revised.docx")
    assert done.exit_code == 0
    assert "LibreOffice could not print it" in done.stdout
    assert (ready / "revised-final.docx").is_file()
    assert not (ready / "revised-final.pdf").exists()


def test_office__not_on_the_path__is_looked_for_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uprreport.files.office.shutil.which", lambda _: None)
    monkeypatch.setattr("uprreport.files.office.PLACES", (str(tmp_path / "no"), str(tmp_path / "soffice")))
    assert find_office() is None
    (tmp_path / "soffice").touch()
    assert find_office() == str(tmp_path / "soffice")
