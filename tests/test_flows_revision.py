"""``update`` on a review folder: late answers, copies, withdrawn answers, files that cannot be updated."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from editors import Editor, accepted, comments, tracked
from matrices import matrix
from uprreport.cli import main
from uprreport.files.word.regions import run_style
from uprreport.files.word.xml import w

ROWS = """
Theme: Right to health
140.1 Open a clinic in every district (Chile); | Supported | Right to health | 3
140.2 Train midwives in rural areas (Ghana) (Fiji); | Supported | Right to health | 3
"""
FIRST = "The ministry trained twelve midwives in two districts. Their salaries were raised."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def fill(source: Path, target: Path, **cells: str) -> None:
    """Answer 140.2 in a sheet: heading by cell."""
    book = openpyxl.load_workbook(source)
    sheet = book["Progress"]
    headings = {str(cell.value): cell.column for cell in sheet[1]}
    for heading, value in {"Status": "In progress", "Publication": "Public", **cells}.items():
        sheet.cell(3, headings[heading.replace("_", " ")], value)
    book.save(target)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "review"
    run("new", str(target), "--state", "Examplia", "--session", "51")
    source = tmp_path / "list.docx"
    source.write_bytes(matrix(ROWS))
    run("-C", str(target), "import", str(source))
    book = openpyxl.load_workbook(target / "register.xlsx")
    book["Agencies"]["A2"], book["Agencies"]["B2"] = "moh", "Ministry of Health"
    headings = {cell.value: cell.column for cell in book["Themes"][1]}
    book["Themes"].cell(2, headings["Lead agency"], "moh")
    book.save(target / "register.xlsx")
    run("-C", str(target), "assign")
    run("-C", str(target), "sheets")
    fill(target / "sheets" / "moh-r1.xlsx", target / "submissions" / "moh.xlsx", Measures_taken=FIRST)
    done = run("-C", str(target), "build", "--today", "2026-04-20")
    assert done.exit_code == 0, done.output
    return target


def answer(folder: Path, text: str, **cells: str) -> None:
    path = folder / "submissions" / "moh.xlsx"
    fill(path, path, Measures_taken=text, **cells)


def revised(folder: Path, old: str = "twelve", new: str = "a dozen", name: str = "revised.docx") -> Path:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    editor.replace("rec_140_2_measures", old, new)
    path = folder / name
    path.write_bytes(editor.save())
    return path


def update(folder: Path, *arguments: str | Path) -> Result:
    return run("-C", str(folder), "update", *map(str, arguments), "--today", "2026-05-12")


def test_update__late_answer__is_tracked_in_a_new_file_and_reported(folder: Path) -> None:
    path = revised(folder)
    before = path.read_bytes()
    answer(folder, FIRST.replace("raised.", "raised by a tenth."))
    done = update(folder, path, "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["output"] == "revised-updated.docx"
    assert told["counts"]["merged"] == 1
    (block,) = [b for b in told["blocks"] if b["change"] == "merged"]
    assert (block["id"], "a dozen" in block["theirs"], "by a tenth" in block["ours"]) == (
        "rec:140.2/measures",
        True,
        True,
    )
    assert path.read_bytes() == before
    content = (folder / told["output"]).read_bytes()
    assert accepted(content)["rec_140_2_measures"] == [
        FIRST.replace("twelve", "a dozen").replace("raised.", "raised by a tenth.")
    ]
    page = (folder / "build" / "revised-updated-report.html").read_text(encoding="utf-8")
    assert "<ins>" in page
    assert "a dozen" in page
    assert json.loads((folder / "build" / "revised-updated-report.json").read_text(encoding="utf-8")) == told
    assert done.stderr.splitlines()[-1].startswith("Next: ")


def test_update__dry_run__writes_nothing(folder: Path) -> None:
    path = revised(folder)
    answer(folder, "Everything is new.")
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    done = update(folder, path, "--dry-run")
    assert done.exit_code == 0
    assert "conflict" in done.stdout
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_update__output_exists__is_refused_and_o_names_another(folder: Path) -> None:
    path = revised(folder)
    (folder / "revised-updated.docx").write_bytes(b"somebody's file")
    done = update(folder, path)
    assert done.exit_code == 2
    assert "exists already" in done.stderr
    assert (folder / "revised-updated.docx").read_bytes() == b"somebody's file"
    assert update(folder, path, "-o", folder / "other.docx").exit_code == 0
    assert update(folder, path, "-o", path).exit_code == 2


def test_build__edited_draft__points_to_update(folder: Path) -> None:
    shutil.copy(revised(folder), folder / "build" / "draft.docx")
    done = run("-C", str(folder), "build")
    assert done.exit_code == 2
    assert "uprreport update build/draft.docx" in done.stderr


def test_update__two_copies__both_editors_stand(folder: Path) -> None:
    one, other = revised(folder), revised(folder, "raised.", "raised twice.", "other.docx")
    done = update(folder, one, "--with", other, "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [(c["file"], [b["change"] for b in c["blocks"]]) for c in told["joined"]] == [
        ("other.docx", ["merged"])
    ]
    content = (folder / told["output"]).read_bytes()
    assert accepted(content)["rec_140_2_measures"] == [
        FIRST.replace("twelve", "a dozen").replace("raised.", "raised twice.")
    ]
    assert {author for _, author, _ in tracked(content)} == {"other"}


# A theme in the coordinator's own words -----------------------------------------------------------------


def test_update__answer_beneath_a_narrative_changes__is_told_in_a_comment_and_the_text_stays(
    folder: Path,
) -> None:
    book = openpyxl.load_workbook(folder / "register.xlsx")
    headings = {cell.value: cell.column for cell in book["Themes"][1]}
    book["Themes"].cell(2, headings["Narrative"], "Health has improved in all districts.")
    book.save(folder / "register.xlsx")
    assert run("-C", str(folder), "build", "--today", "2026-04-20").exit_code == 0
    anchor, block = "theme_right_to_health_narrative", "theme:right-to-health/narrative"
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    editor.replace(anchor, "improved", "much improved")
    path = folder / "revised.docx"
    path.write_bytes(editor.save())

    assert json.loads(update(folder, path, "--dry-run", "--format", "json").stdout)["counts"]["kept"] >= 1
    answer(folder, FIRST.replace("raised.", "raised by a tenth."))
    done = update(folder, path, "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert {b["id"]: b["change"] for b in told["blocks"]}[block] == "merged"
    content = (folder / "revised-updated.docx").read_bytes()
    assert accepted(content)[anchor] == ["Health has much improved in all districts."]
    (news,) = [text for text in comments(content) if "beneath this text changed" in text]
    assert "140.2" in news
    assert "raised by a tenth." in news
    marks = Editor(content).paragraph(anchor).findall(".//{*}commentReference")
    assert len(marks) == 1
    again = update(folder, folder / "revised-updated.docx", "--dry-run", "--format", "json")
    assert {b["id"]: b["change"] for b in json.loads(again.stdout)["blocks"]}[block] == "kept"


# A final that was edited -------------------------------------------------------------------------------


def final(working: Path, old: str, new: str, author: str = "A. Minister") -> Path:
    """A working copy without labels, anchors and manifest, as it is submitted, and edited afterwards."""
    editor = Editor(working.read_bytes())
    label = editor.styles.id("UPR Label")
    for one in list(editor.body.iter(w("r"))):
        if run_style(one) == label:
            one.getparent().remove(one)  # type: ignore[union-attr]
    for mark in list(editor.body.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for text in editor.body.iter(w("t")):
        text.text = (text.text or "").replace(old, new)
    core = "docProps/core.xml"
    editor.parts[core] = re.sub(
        rb"</cp:coreProperties>",
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy></cp:coreProperties>".encode(),
        re.sub(rb"<cp:lastModifiedBy>.*?</cp:lastModifiedBy>", b"", editor.parts[core]),
    )
    path = working.with_name("final.docx")
    path.write_bytes(editor.save())
    strip(path, "customXml/")
    strip(path, "docProps/custom.xml")
    return path


def test_from_final__later_edits__come_back_tracked_in_the_name_of_who_made_them(folder: Path) -> None:
    working = revised(folder)
    edited = final(working, "two districts", "both districts")
    done = update(folder, working, "--from-final", edited, "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [
        (c["file"], [b["change"] for b in c["blocks"] if b["change"] != "same"]) for c in told["joined"]
    ] == [("final.docx", ["replaced"])]
    content = (folder / "revised-updated.docx").read_bytes()
    assert accepted(content)["rec_140_2_measures"] == [
        FIRST.replace("twelve", "a dozen").replace("two", "both")
    ]
    assert {author for _, author, _ in tracked(content)} == {"A. Minister"}


def test_from_final__late_answer_too__both_come_in_each_in_its_own_name(folder: Path) -> None:
    working = revised(folder)
    edited = final(working, "two districts", "both districts")
    answer(folder, FIRST.replace("raised.", "raised by a tenth."))
    assert update(folder, working, "--from-final", edited).exit_code == 0
    content = (folder / "revised-updated.docx").read_bytes()
    assert accepted(content)["rec_140_2_measures"] == [
        FIRST.replace("twelve", "a dozen").replace("two", "both").replace("raised.", "raised by a tenth.")
    ]
    assert ("ins", "A. Minister", "both") in tracked(content)
    assert {author for _, author, _ in tracked(content)} == {"A. Minister", "uprreport"}


def test_from_final__nothing_edited__changes_nothing(folder: Path) -> None:
    working = revised(folder)
    assert update(folder, working, "--from-final", final(working, "-", "-")).exit_code == 0
    assert tracked((folder / "revised-updated.docx").read_bytes()) == []


def test_from_final__a_draft__is_refused_and_with_is_named(folder: Path) -> None:
    working, other = revised(folder), revised(folder, "raised.", "raised twice.", "other.docx")
    done = update(folder, working, "--from-final", other)
    assert done.exit_code == 2
    assert "other.docx is a draft that still has its marks" in done.stderr
    assert "update revised.docx --with other.docx" in done.stderr
    assert not (folder / "revised-updated.docx").exists()


def test_from_final__final_of_something_else__is_refused(folder: Path) -> None:
    working = revised(folder)
    other = final(working, "The ministry trained a dozen midwives in two districts. Their salaries", "Roads")
    done = update(folder, working, "--from-final", other)
    assert done.exit_code == 2
    assert "final.docx does not read like revised.docx" in done.stderr
    assert not (folder / "revised-updated.docx").exists()


# What cannot be updated -------------------------------------------------------------------------------


def strip(path: Path, part: str) -> None:
    with zipfile.ZipFile(path) as package:
        kept = [
            (entry, package.read(entry))
            for entry in package.infolist()
            if not entry.filename.startswith(part)
        ]
    with zipfile.ZipFile(path, "w") as package:
        for entry, content in kept:
            package.writestr(entry, content)


def test_update__custom_xml_deleted__history_has_the_manifest(folder: Path) -> None:
    path = revised(folder)
    strip(path, "customXml/")
    answer(folder, FIRST.replace("raised.", "raised by a tenth."))
    done = update(folder, path, "--format", "json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["counts"]["merged"] == 1


def test_update__no_manifest_anywhere__is_refused_in_plain_words(folder: Path) -> None:
    path = revised(folder)
    strip(path, "customXml/")
    shutil.rmtree(folder / "history" / "manifests")
    done = update(folder, path)
    assert done.exit_code == 2
    assert "does not say what it was generated from" in done.stderr
    assert "of a finished report take the working copy, in archive/" in done.stderr
    assert not (folder / "revised-updated.docx").exists()


def test_update__another_reviews_draft__is_refused(folder: Path) -> None:
    path = revised(folder)
    settings = folder / "review.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("examplia-upr4", "other-upr4"), encoding="utf-8"
    )
    done = update(folder, path)
    assert done.exit_code == 2
    assert "of the review examplia-upr4" in done.stderr


def test_update__draft_of_a_newer_tool__is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = revised(folder)
    monkeypatch.setattr("uprreport.flows.returns.__version__", "0.0.1")
    done = update(folder, path)
    assert done.exit_code == 2
    assert "was made by uprreport" in done.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "could not be read as a Word document"),
        (b"plain text", "could not be read as a Word document"),
        (b"PK\x03\x04 cut off", "could not be read as a Word document"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old format"),
    ],
)
def test_update__no_word_file__is_one_clear_line(folder: Path, content: bytes, told: str) -> None:
    path = folder / "broken.docx"
    path.write_bytes(content)
    done = update(folder, path)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.output


# Withdrawn after drafting ---------------------------------------------------------------------------------


def holding(folder: Path, words: bytes) -> set[str]:
    found = set()
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                content = b"\n".join(package.read(name) for name in package.namelist())
        if words in content:
            found.add(path.relative_to(folder).parts[0] if "internal" not in path.parts else "internal")
    return found


def test_withdrawn__update_and_build__leave_no_byte_of_it_in_what_they_write(folder: Path) -> None:
    path = folder / "revised.docx"
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    editor.add_paragraph("rec_140_1_measures", "An editor's own paragraph.")
    path.write_bytes(editor.save())
    answer(folder, FIRST, Publication="Internal")
    assert update(folder, path, "--format", "json").exit_code == 0
    assert "An editor's own paragraph." in str(accepted((folder / "revised-updated.docx").read_bytes()))
    path.unlink()
    assert run("-C", str(folder), "build", "--today", "2026-05-12").exit_code == 0
    assert holding(folder, b"midwives in two districts") == {"submissions", "internal"}


def test_withdrawn__edited_passage__is_an_error_until_it_is_mended(folder: Path) -> None:
    path = revised(
        folder, "twelve midwives in two districts. Their", "a dozen midwives in two districts; their"
    )
    answer(folder, FIRST, Publication="Internal")
    done = update(folder, path)
    assert done.exit_code == 1
    assert "withheld-in-draft" in done.stdout
    again = update(folder, folder / "revised-updated.docx")
    assert again.exit_code == 1
    assert "withheld-in-draft" in again.stdout


def test_build__draft_saved_again_or_edited__is_never_overwritten_and_told_apart(folder: Path) -> None:
    target = folder / "build" / "draft.docx"
    original = target.read_bytes()
    for old, new, told in (("twelve", "a dozen", "was edited after"), ("", "", "was saved again after")):
        editor = Editor(original)
        if old:
            editor.replace("rec_140_2_measures", old, new)
        else:
            editor.embolden("rec_140_2_measures", "midwives")
        target.write_bytes(editor.save())
        done = run("-C", str(folder), "build", "--today", "2026-04-20")
        assert (done.exit_code, told in " ".join(done.output.split())) == (2, True)
        assert target.read_bytes() == editor.save()
