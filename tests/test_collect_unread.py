"""Files in submissions/ that are no sheets: named, with the agency they seem to be of; and copies."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reviews import TODAY, expected
from uprreport.cli import main
from uprreport.collect.unread import copies_of, name_order, tell_unread

AGENCIES = expected().register.agencies


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *words, "--today", TODAY.isoformat()])


def told(folder: Path, *words: str) -> list[dict[str, Any]]:
    """The findings about whole files."""
    found = json.loads(run(folder, "check", *words, "--format", "json").stdout)["findings"]
    codes = ("file-not-read", "file-wrapped", "file-copied", "owner-file")
    return [finding for finding in found if finding["code"] in codes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "demo"
    assert CliRunner().invoke(main, ["new", str(folder), "--example", "--today", "2026-04-20"]).exit_code == 0
    shutil.rmtree(folder / "submissions")
    (folder / "submissions").mkdir()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "demo"))


def put(folder: Path, name: str, content: bytes = b"x") -> Path:
    path = folder / "submissions" / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content)
    return path


def package(part: str, text: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made_of:
        made_of.writestr(part, text)
    return target.getvalue()


LETTERS = ("a.pdf", "a.docx", "a.doc", "a.odt", "a.rtf", "a.JPG", "a.heic", "a.msg", "a.eml", "a.pages")
WRAPPED = ("a.zip", "a.7z", "a.numbers", "a.gsheet", "a.csv", "a.url", "a.p7m")


@pytest.mark.parametrize("name", LETTERS)
def test_letter__in_submissions__is_named_with_the_way_out(name: str, folder: Path) -> None:
    put(folder, f"moh/{name}", b"%PDF-1.7" if name == "a.pdf" else b"x")
    (finding,) = told(folder)
    assert (finding["code"], finding["severity"], finding["agency"]) == ("file-not-read", "warning", "moh")
    assert finding["file"] == f"submissions/moh/{name}"
    assert "it seems to be of Ministry of Health" in finding["message"]
    assert "uprreport sheets moh --on-behalf" in finding["hint"]
    status = json.loads(run(folder, "status", "--format", "json").stdout)
    assert [(one["file"], one["agency"]) for one in status["unread"]] == [(finding["file"], "moh")]
    assert f"{finding['file']}: this file is not read" in run(folder, "status").stdout
    # The way out that the hint names can be gone.
    done = run(folder, "sheets", "moh", "--on-behalf", "No. 5 of 3 March 2026")
    assert done.exit_code == 0


@pytest.mark.parametrize("name", WRAPPED)
def test_wrapped__in_submissions__is_an_error_with_its_own_way_out(name: str, folder: Path) -> None:
    put(folder, f"moh/{name}")
    (finding,) = told(folder)
    assert (finding["code"], finding["severity"], finding["agency"]) == ("file-wrapped", "error", "moh")
    assert run(folder, "check").exit_code == 1
    status = json.loads(run(folder, "status", "--format", "json").stdout)
    assert "uprreport sheets --corrections" not in [step["command"] for step in status["next"]]


def test_owner_file__is_a_note(folder: Path) -> None:
    for name in ("~$moh-r1.xlsx", "~$letter.docx", ".~lock.moh-r1.xlsx#"):
        put(folder, name)
    assert {(f["code"], f["severity"]) for f in told(folder)} == {("owner-file", "note")}
    assert run(folder, "check").exit_code == 0


def test_system_s_files__are_not_told(folder: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._moh-r1.xlsx"):
        put(folder, name)
    assert told(folder) == []


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "~$a.xlsx", "a.zip"])
def test_check__named_file_in_submissions__is_told_the_same(name: str, folder: Path) -> None:
    path = put(folder, name, package("word/document.xml", "<w:t>x</w:t>"))
    assert told(folder, str(path)) == told(folder)


@pytest.mark.parametrize(
    ("name", "content", "agency"),
    [
        ("moh.pdf", b"", "moh"),
        ("Answers of the Ministry of Health, final.pdf", b"", "moh"),
        ("moh and moe.pdf", b"", ""),
        ("mohair.pdf", b"", ""),
        ("scan.pdf", b"", ""),
        ("scan.txt", b"From the Ministry\nof Education: done.", "moe"),
        ("scan.eml", b"From: a@b.example\nSubject: MOJ answers\n\nDear all", "moj"),
        (
            "scan.docx",
            package("word/document.xml", "<w:t>Ministry of</w:t><w:t xml:space='preserve'> Justice</w:t>"),
            "moj",
        ),
        ("scan.docx", b"PK damaged", ""),
        ("scan.odt", package("content.xml", "<text:p>Ministry of Health</text:p>"), "moh"),
        ("scan.msg", "Ministry of Health".encode("utf-16-le"), "moh"),
    ],
)
def test_agency__by_name_folder_or_text__and_nobody_where_it_is_not_clear(
    name: str, content: bytes, agency: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    finding = tell_unread(path, f"submissions/{name}", AGENCIES)
    assert finding is not None
    assert finding.agency == agency


def test_attachment__that_a_sheet_names__is_not_told(folder: Path) -> None:
    import openpyxl

    put(folder, "moh decree.pdf")
    put(folder, "moh other.pdf")
    book = openpyxl.load_workbook(folder / "sheets" / "moh-r1.xlsx")
    columns = {cell.value: cell.column for cell in book["Progress"][1]}
    book["Progress"].cell(2, columns["Status"], "Planned")
    book["Progress"].cell(2, columns["Link or attachment"], "MoH Decree.pdf")
    book.save(folder / "submissions" / "moh.xlsx")
    assert [finding["file"] for finding in told(folder)] == ["submissions/moh other.pdf"]


# Copies -----------------------------------------------------------------------------------------------

NAMES = ["moh-r1.xlsx", "moh-r1 (1).xlsx", "Copy of moh-r1.xlsx", "AAA.xlsx", "a long name of its own.xlsx"]


def test_copy__renamed__is_told_and_does_not_take_over_the_name(folder: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(folder / "sheets" / "moh-r1.xlsx")
    columns = {cell.value: cell.column for cell in book["Progress"][1]}
    book["Progress"].cell(2, columns["Status"], "Planned")
    book.save(folder / "submissions" / "moh-r1.xlsx")
    for name in ("AAA.xlsx", "Copy of moh-r1.xlsx"):
        put(folder, name, (folder / "submissions" / "moh-r1.xlsx").read_bytes())
    assert {(f["file"], f["code"], f["severity"]) for f in told(folder)} == {
        ("submissions/AAA.xlsx", "file-copied", "note"),
        ("submissions/Copy of moh-r1.xlsx", "file-copied", "note"),
    }
    assert run(folder, "merge").exit_code == 0
    records = (folder / "build" / "records.json").read_text(encoding="utf-8")
    assert "submissions/moh-r1.xlsx" in records
    assert "AAA.xlsx" not in records


def test_copies__any_order_of_the_files__the_same_one_is_kept(tmp_path: Path) -> None:
    files = []
    for name in NAMES:
        (tmp_path / name).write_bytes(b"same")
        files.append((tmp_path / name, f"submissions/{name}"))
    (tmp_path / "other.xlsx").write_bytes(b"else")
    files.append((tmp_path / "other.xlsx", "submissions/other.xlsx"))
    for turn in range(len(files)):
        copies = copies_of([*files[turn:], *files[:turn]])
        assert set(copies.values()) == {"submissions/moh-r1.xlsx"}
        assert len(copies) == len(NAMES) - 1


def test_name_order__sheet_s_own_name_then_no_copy_then_the_shortest() -> None:
    assert sorted(NAMES, key=name_order) == [
        *("moh-r1.xlsx", "AAA.xlsx", "a long name of its own.xlsx", "moh-r1 (1).xlsx", "Copy of moh-r1.xlsx")
    ]
