from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from conftest import Convert
from editors import everything
from uprreport.cli import main
from uprreport.files.word.tables import read_tables
from uprreport.review import load_settings_schema, shipped
from uprreport.schema import validator
from uprreport.text import natural_key

TODAY = ("--today", "2026-04-25")
FORMATS = ("json", "csv", "xlsx", "matrix", "vnr", "assistance", "plan", "practices")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ("-C", str(folder), *arguments, *TODAY), catch_exceptions=False)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example with its record set and every companion."""
    folder = tmp_path_factory.mktemp("exports") / "review"
    CliRunner().invoke(main, ("new", str(folder), "--example", *TODAY), catch_exceptions=False)
    run(folder, "merge")
    for name in FORMATS:
        assert run(folder, "export", name).exit_code == 0
    return folder


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "review"))


def export(folder: Path, *arguments: str, status: int = 0) -> dict[str, Any]:
    done = run(folder, "export", *arguments, "--format", "json")
    assert done.exit_code == status, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def made(folder: Path, name: str) -> Path:
    return folder / "build" / "exports" / f"aur-upr4-{name}"


def records(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "build" / "records.json").read_text(encoding="utf-8"))
    return told


# For programs -----------------------------------------------------------------------------------------


def test_json__document__is_what_its_schema_says_and_what_the_records_hold(sample: Path) -> None:
    told = json.loads(made(sample, "records.json").read_text(encoding="utf-8"))
    schema = load_settings_schema(shipped("schemas") / "export.schema.json")
    assert list(validator(schema).iter_errors(told)) == []
    assert list(validator(schema).iter_errors({**told, "withheld": {}})) != []
    for kind in ("recommendations", "pledges", "observations"):
        for item, record in zip(told[kind], records(sample)[kind], strict=True):
            assert item["answers"] == record["answers"]
            assert item["number"] == record["number"]
    assert told["practices"] == records(sample)["practices"]
    assert (told["as_of"], told["review"]["state"]) == ("2026-04-25", "Aurenia")


def test_json__coordinator_s_own_business__is_not_told(sample: Path) -> None:
    told = json.loads(made(sample, "records.json").read_text(encoding="utf-8"))
    assert not {"open_questions", "withheld", "counts"} & set(told)
    keys = {key for item in told["recommendations"] for key in item}
    assert not {"part", "reason", "awaited_from", "withheld_by"} & keys


def test_csv__every_recommendation__has_a_row_that_excel_does_not_damage(sample: Path) -> None:
    content = made(sample, "recommendations.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    numbers = [item["number"] for item in records(sample)["recommendations"]]
    assert [row["Number"] for row in rows] == sorted(numbers, key=natural_key)
    assert rows[9]["Reference"] == "A/HRC/99/7, para. 140.10"
    assert {row["Status"] for row in rows} >= {"Implemented", "In progress", "No information"}
    assert all(cell.startswith("SDG ") for row in rows for cell in row["SDGs"].split("\n") if cell)


def test_xlsx__workbook__holds_the_same_rows_as_text(sample: Path) -> None:
    book = openpyxl.load_workbook(made(sample, "recommendations.xlsx"))
    headings, *rows = book["Recommendations"].iter_rows(values_only=True)
    content = made(sample, "recommendations.csv").read_text(encoding="utf-8-sig")
    told = list(csv.DictReader(io.StringIO(content, newline="")))
    assert headings == tuple(told[0])[1:]
    for row, other in zip(rows, told, strict=True):
        assert [cell or "" for cell in row] == [other[str(name)].removeprefix("'") for name in headings]
    assert book["Recommendations"]["A11"].value == "140.10"


# OHCHR's list -----------------------------------------------------------------------------------------


def test_matrix__list_of_the_state__comes_back_filled_in(sample: Path) -> None:
    document, findings = read_tables(made(sample, "matrix.docx"), "matrix.docx")
    assert document is not None, findings
    (rows,) = document.tables
    assert rows[0][4].text == "Assessment/comments on level of implementation"
    filled = {row[0].text.split()[0]: row[4].text for row in rows[1:] if len(row) == 5}
    items = {item["number"]: item for item in records(sample)["recommendations"]}
    assert set(filled) == set(items)
    for number, text in filled.items():
        for answer in items[number]["answers"]:
            told = answer["fields"].get("measures", "").replace("\n", " ")
            assert told.rstrip(".") in text.replace("\n", " "), number
    nothing = {number for number, text in filled.items() if text.startswith("No information")}
    assert nothing == {number for number, item in items.items() if item["status"] == "no information"}
    assert nothing
    assert not any(items[number]["answers"] for number in nothing)
    assert {text.split()[0] for number, text in filled.items() if items[number]["part"] == "contested"} == {
        "Under"
    }
    assert any(text.endswith("answered together with recommendation 140.1.") for text in filled.values())


def test_matrix__what_is_told__adds_up(folder: Path) -> None:
    told = export(folder, "matrix")
    assert told["files"] == ["build/exports/aur-upr4-matrix.docx"]
    assert told["list"] == "sources/aur-upr4-thematic-list-of-recommendations.docx"
    assert told["rows"] == told["headings"] + told["themes"] + told["filled"]
    assert (told["filled"], told["unmatched"], told["missing"]) == (60, [], [])


def test_matrix__row_that_the_register_does_not_know__is_told_and_leaves_with_status_1(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "register.xlsx")
    sheet = book["Recommendations"]
    line = next(row[0].row for row in sheet.iter_rows() if row[0].value == "140.3")
    sheet.delete_rows(line)
    book.save(folder / "register.xlsx")
    told = export(folder, "matrix", status=1)
    assert [row["text"].split()[0] for row in told["unmatched"]] == ["140.3"]
    assert told["filled"] == 59
    done = run(folder, "export", "matrix")
    assert "matrix-row-unread" in done.stdout
    assert "140.3" in done.stdout


def test_matrix__two_lists__one_must_be_named(folder: Path) -> None:
    first = next((folder / "sources").glob("*.docx"))
    other = shutil.copy(first, first.with_name("another.docx"))
    done = run(folder, "export", "matrix")
    assert done.exit_code == 2
    assert "several lists" in done.stderr
    assert export(folder, "matrix", str(other))["list"] == "sources/another.docx"


def test_matrix__list_of_another_state__is_refused(folder: Path) -> None:
    settings = folder / "review.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('state = "Aurenia"', 'state = "Velmaria"'), "utf-8"
    )
    (imported,) = (folder / "sources").glob("*.docx")
    other = shutil.copy(imported, folder / "other.docx")
    done = run(folder, "export", "matrix", str(other))
    assert done.exit_code == 2
    assert "is the list of another review: its page header names the State Aurenia" in done.stderr
    assert export(folder, "matrix")["filled"] == 60, "what was imported all the same is taken"


def test_matrix__no_list__says_what_to_do(folder: Path) -> None:
    next((folder / "sources").glob("*.docx")).unlink()
    done = run(folder, "export", "matrix")
    assert done.exit_code == 2
    assert "sources/ holds no list" in done.stderr


# Word documents ---------------------------------------------------------------------------------------


def test_vnr__every_answer__has_its_first_words_in_it(sample: Path) -> None:
    text = everything(made(sample, "vnr.docx").read_bytes())
    for item in records(sample)["recommendations"]:
        assert f"{item['number']} {item['text']}" in text
        for answer in item["answers"]:
            assert " ".join(answer["fields"].get("measures", "").split()[:5]) in text


def test_assistance__every_published_need__is_in_it(folder: Path) -> None:
    told = export(folder, "assistance")
    needs = records(folder)["assistance"]
    assert told["needs"] + told["others"] == len(needs)
    assert told["others"] == sum(need["fields"].get("voluntary_fund") == "no" for need in needs)
    text = everything(made(folder, "assistance.docx").read_bytes())
    assert all(need["fields"]["description"] in text for need in needs)


def test_plan__document_and_workbook__hold_the_same_actions(folder: Path) -> None:
    told = export(folder, "plan")
    assert [Path(file).suffix for file in told["files"]] == [".docx", ".xlsx"]
    actions = records(folder)["actions"]
    text = everything(made(folder, "plan.docx").read_bytes())
    (sheet,) = openpyxl.load_workbook(made(folder, "plan.xlsx")).worksheets
    typed = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert sorted(str(action) for action in typed) == sorted(a["fields"]["action"] for a in actions)
    assert all(action["fields"]["action"] in text for action in actions)
    assert "140.5" in told["without_action"]
    assert "without a planned action: 140.5" in run(folder, "export", "plan").stdout


def test_plan__named_workbook__is_the_only_file(folder: Path, tmp_path: Path) -> None:
    assert export(folder, "plan", "-o", str(tmp_path / "p.xlsx"))["files"] == [
        (tmp_path / "p.xlsx").as_posix()
    ]
    assert [path.name for path in tmp_path.glob("p.*")] == ["p.xlsx"]


@pytest.mark.apps
def test_practices__printed__take_one_page_each(sample: Path, soffice: Convert) -> None:
    pages = soffice(made(sample, "practices.docx"), "pdf")
    told = subprocess.run(["pdfinfo", str(pages)], capture_output=True, text=True, check=True).stdout
    assert int(told.partition("Pages:")[2].split()[0]) == len(records(sample)["practices"])


# Where it goes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_export__same_data__same_bytes_and_no_second_file(folder: Path, name: str) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "build" / "exports").iterdir()}
    export(folder, name)
    assert {path.name: path.read_bytes() for path in (folder / "build" / "exports").iterdir()} == before


def test_export__file_that_a_person_changed__stays_and_the_new_one_gets_a_letter(folder: Path) -> None:
    path = made(folder, "recommendations.csv")
    path.write_bytes(path.read_bytes() + b"mine\r\n")
    told = export(folder, "csv")
    assert told["files"] == ["build/exports/aur-upr4-recommendations-b.csv"]
    assert path.read_bytes().endswith(b"mine\r\n")
    assert "left as it is" in run(folder, "export", "csv").stderr


def test_export__file_as_it_was_written__is_renewed_when_data_change(folder: Path) -> None:
    next((folder / "submissions").glob("MoH*.xlsx")).unlink()
    before = made(folder, "recommendations.csv").read_bytes()
    assert export(folder, "csv")["files"] == ["build/exports/aur-upr4-recommendations.csv"]
    assert made(folder, "recommendations.csv").read_bytes() != before


def test_export__named_file__is_written_there_and_never_over_another_s(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.xlsx"
    assert export(folder, "xlsx", "-o", str(target))["files"] == [target.as_posix()]
    assert export(folder, "xlsx", "-o", str(target))["files"] == [target.as_posix()]
    target.write_bytes(b"something else")
    done = run(folder, "export", "xlsx", "-o", str(target))
    assert done.exit_code == 2
    assert "not overwritten" in done.stderr
    assert target.read_bytes() == b"something else"


def test_export__named_folder__holds_the_file_and_a_foreign_ending_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    assert export(folder, "csv", "-o", str(tmp_path / "new"))["files"] == [
        (tmp_path / "new" / "aur-upr4-recommendations.csv").as_posix()
    ]
    done = run(folder, "export", "csv", "-o", str(tmp_path / "x.docx"))
    assert done.exit_code == 2
    assert "end it in .csv" in done.stderr


# What is not for publication ----------------------------------------------------------------------------


def inside(content: bytes) -> bytes:
    """Every byte of a file, unpacked."""
    if content[:2] != b"PK":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"\n".join(inside(package.read(name)) for name in package.namelist())


HIDDEN = "Zebrafish"


def test_exports__withheld_answers_and_remarks__are_in_no_byte(folder: Path) -> None:
    """In every submission a word goes into a remark and into an answer that is not for publication."""
    count = 0
    for path in (folder / "submissions").rglob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        for tab in ("Progress", "Assistance", "Practices"):
            if tab in book.sheetnames:
                count += hide_a_word(book[tab])
        book.save(path)
    assert count > 10
    for name in FORMATS:
        export(folder, name)
    for path in (folder / "build" / "exports").iterdir():
        assert HIDDEN.encode() not in inside(path.read_bytes()), path.name
        if path.suffix == ".docx":
            assert HIDDEN not in everything(path.read_bytes())


def hide_a_word(sheet: Any) -> int:
    """Mark one row as internal with the word in its texts, and put it into a remark of another."""
    headings = {
        str(cell.value): cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value
    }
    count = 0
    text = next(
        (headings[name] for name in ("Measures taken", "Description", "Practice") if name in headings), 0
    )
    lines = [line for line in range(2, sheet.max_row + 1) if text and sheet.cell(line, text).value]
    if lines and "Publication" in headings:
        sheet.cell(lines[0], text).value = f"{HIDDEN} in the text."
        sheet.cell(lines[0], headings["Publication"]).value = "Internal"
        count += 1
    for line in lines[1:]:
        if "Remark to the coordinator" in headings:
            sheet.cell(line, headings["Remark to the coordinator"]).value = f"{HIDDEN} in a remark."
            count += 1
    return count


def withhold_one(folder: Path) -> str:
    """Mark the first answer of the health ministry as internal; gives what it said."""
    path = next((folder / "submissions").glob("MoH*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["Progress"]
    headings = {str(cell.value): cell.column for cell in sheet[1]}
    line = next(
        line for line in range(2, sheet.max_row + 1) if sheet.cell(line, headings["Measures taken"]).value
    )
    sheet.cell(line, headings["Publication"]).value = "Internal"
    book.save(path)
    return str(sheet.cell(line, headings["Measures taken"]).value)


@pytest.mark.parametrize("command", ["merge", "build", "export csv"])
def test_exports__answer_withheld_later__goes_from_what_was_written_before(
    folder: Path, command: str
) -> None:
    changed = made(folder, "vnr.docx")
    changed.write_bytes(changed.read_bytes() + b"x")
    text = withhold_one(folder).split("\n")[0].encode()
    assert text in inside(made(folder, "records.json").read_bytes())
    done = run(folder, *command.split())
    assert "removed: " in done.stderr
    left = {path.name for path in (folder / "build" / "exports").iterdir()}
    assert left == {changed.name, *(["aur-upr4-recommendations.csv"] if command.startswith("export") else [])}
    for path in (folder / "build" / "exports").iterdir():
        if path != changed:
            assert text not in inside(path.read_bytes()), path
    assert text not in (folder / "history" / "exports.json").read_bytes()


@pytest.mark.parametrize("command", ["merge", "build"])
def test_exports__nothing_more_withheld__stay(folder: Path, command: str) -> None:
    before = sorted((folder / "build" / "exports").iterdir())
    assert "removed: " not in run(folder, command).stderr
    assert sorted((folder / "build" / "exports").iterdir()) == before


@pytest.mark.parametrize("log", ["", "[]", '{"x": 1}', "\x00"])
def test_export__log_that_cannot_be_read__nothing_is_known_and_nothing_is_written_over(
    folder: Path, log: str
) -> None:
    (folder / "history" / "exports.json").write_text(log, encoding="utf-8")
    next((folder / "submissions").glob("MoH*.xlsx")).unlink()
    assert export(folder, "csv")["files"] == ["build/exports/aur-upr4-recommendations-b.csv"]
