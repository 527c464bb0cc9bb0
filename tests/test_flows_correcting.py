from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from editors import everything
from uprreport.cli import main
from uprreport.collect.corrections import for_agency
from uprreport.findings import Finding, Location
from uprreport.flows.correcting import write_corrections
from uprreport.flows.gather import check, write_merged
from uprreport.language import load_language

TODAY = datetime.date(2026, 4, 20)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("correcting") / "review"
    CliRunner().invoke(main, ("new", str(folder), "--example"), catch_exceptions=False)
    return folder


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "review"))


SENT = {"moh": "MoH_final (2).xlsx"}
"""Under which name an agency of the example sends its sheet back."""


def submitted(folder: Path, agency: str) -> Path:
    return folder / "submissions" / SENT[agency]


def heading(sheet: Worksheet, title: str) -> int:
    """The column of a heading, counted from 1."""
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == title)


def cell(sheet: Worksheet, row: str, title: str) -> openpyxl.cell.cell.Cell:
    """The cell of a column in the row of a number."""
    number = heading(sheet, "Number")
    line = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, number).value == row)
    return sheet.cell(line, heading(sheet, title))


def corrected(folder: Path, agency: str) -> tuple[openpyxl.Workbook, list[list[object]]]:
    """The corrections of one agency, and the rows of its page of findings, headings first."""
    write_corrections(folder, [agency], TODAY)
    book = openpyxl.load_workbook(folder / "build" / "corrections" / f"{agency}-r1-corrections.xlsx")
    rows = [[c.value for c in row] for row in book["Findings"].iter_rows()]
    first = next(i for i, row in enumerate(rows) if row[0] == "Importance")
    return book, rows[first:]


def spoil(folder: Path, agency: str, number: str, **cells: object) -> None:
    """Type into the agency's submission; the columns by their headings, blanks as ``_``."""
    path = submitted(folder, agency)
    book = openpyxl.load_workbook(path)
    for title, value in cells.items():
        cell(book["Progress"], number, title.replace("_", " ")).value = value  # type: ignore[assignment]
    book.save(path)


def numbers(folder: Path, agency: str) -> list[str]:
    sheet = openpyxl.load_workbook(submitted(folder, agency))["Progress"]
    column = heading(sheet, "Number")
    status = heading(sheet, "Status")
    return [
        str(sheet.cell(r, column).value) for r in range(2, sheet.max_row + 1) if sheet.cell(r, status).value
    ]


def test_corrections__value_that_cannot_be_read__stands_as_typed_with_a_note_and_a_link(folder: Path) -> None:
    number = numbers(folder, "moh")[0]
    spoil(folder, "moh", number, Status="Almost done")
    book, rows = corrected(folder, "moh")
    marked = cell(book["Progress"], number, "Status")
    assert marked.value == "Almost done"
    assert marked.comment is not None
    assert '"Almost done" is not one of the choices for Status' in marked.comment.text
    assert "→ choose Implemented," in marked.comment.text
    (row,) = [row for row in rows if "Almost done" in str(row[3])]
    assert row[0] == "Must be corrected"
    assert row[1] == f"Progress!{marked.coordinate}"
    link = next(c.hyperlink for c in book["Findings"]["B"] if c.value == row[1])
    assert link is not None
    assert link.location == f"'Progress'!{marked.coordinate}"


def test_corrections__in_arabic__name_the_tab_beside_the_link(folder: Path) -> None:
    register = openpyxl.load_workbook(folder / "register.xlsx")
    sheet = register["Agencies"]
    line = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == "moe")
    sheet.cell(line, heading(sheet, "Language")).value = "ar"
    register.save(folder / "register.xlsx")
    write_corrections(folder, ["moe"], TODAY)
    book = openpyxl.load_workbook(folder / "build" / "corrections" / "moe-r1-corrections.xlsx")
    arabic = load_language("ar")
    rows = [[c.value for c in row] for row in book[arabic("Findings")].iter_rows()]
    (row,) = [row for row in rows if "140.44" in str(row[2])]
    title = arabic("Progress")
    assert title in str(row[2]).splitlines()
    assert book[title][str(row[1])].value == "In most schools"


def test_corrections__answers_that_are_sound__stand_there_unmarked(folder: Path) -> None:
    first, second, *_ = numbers(folder, "moh")
    spoil(folder, "moh", first, Status="Almost done", Measures_taken="Ten clinics were opened.")
    sent = openpyxl.load_workbook(submitted(folder, "moh"))["Progress"]
    book, _ = corrected(folder, "moh")
    assert cell(book["Progress"], first, "Measures taken").value == "Ten clinics were opened."
    kept = cell(book["Progress"], second, "Status")
    assert (kept.value, kept.comment) == (cell(sent, second, "Status").value, None)


def test_corrections__row_without_a_known_number__is_quoted_whole(folder: Path) -> None:
    path = submitted(folder, "moh")
    book = openpyxl.load_workbook(path)
    sheet = book["Progress"]
    line = sheet.max_row + 1
    for title, value in (("Number", "999.9"), ("Status", "Planned"), ("Measures taken", "A text of value.")):
        sheet.cell(line, heading(sheet, title)).value = value
    book.save(path)
    _, rows = corrected(folder, "moh")
    (row,) = [row for row in rows if "999.9" in str(row[3])]
    assert row[1] is None
    assert str(row[5]).splitlines() == [
        f"{path.name} Progress!{openpyxl.utils.get_column_letter(heading(sheet, 'Number'))}{line}",
        "Number: 999.9",
        "Status: Planned",
        "Measures taken: A text of value.",
    ]


def test_corrections__error_of_the_program__is_left_blank_with_a_note(folder: Path) -> None:
    number = numbers(folder, "moh")[0]
    path = submitted(folder, "moh")
    book = openpyxl.load_workbook(path)
    spoiled = cell(book["Progress"], number, "Start")
    spoiled.value, spoiled.data_type = "#REF!", "e"
    book.save(path)
    fresh, rows = corrected(folder, "moh")
    marked = cell(fresh["Progress"], number, "Start")
    assert marked.value is None
    assert marked.comment is not None
    assert any("#REF!" in str(row[5]) for row in rows)


def test_corrections__row_of_a_table_that_nothing_can_be_made_of__stands_there_as_typed(folder: Path) -> None:
    path = submitted(folder, "moh")
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    line = sheet.max_row + 1
    sheet.cell(line, heading(sheet, "Start")).value = "01/02/2026"
    book.save(path)
    fresh, rows = corrected(folder, "moh")
    marked = [c for row in fresh["Actions"].iter_rows() for c in row if c.value == "01/02/2026"]
    assert len(marked) == 1
    assert marked[0].comment is not None
    assert f"Actions!{marked[0].coordinate}" in [row[1] for row in rows]


def test_corrections__agency_s_own_file__is_not_touched(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("submissions/**/*") if path.is_file()}
    write_corrections(folder, (), TODAY)
    assert {path: path.read_bytes() for path in before} == before


def test_corrections__twice__same_bytes_unless_somebody_began_to_correct(folder: Path) -> None:
    first = write_corrections(folder, ["moe"], TODAY)
    content = first.written[0].read_bytes()
    again = write_corrections(folder, ["moe"], TODAY)
    assert (again.written, again.left, again.written[0].read_bytes()) == (first.written, (), content)
    book = openpyxl.load_workbook(first.written[0])
    book.save(first.written[0])
    beside = write_corrections(folder, ["moe"], TODAY)
    assert [p.name for p in beside.written] == [
        "moe-r1-corrections-b.xlsx",
        "moe-r1-corrections-b-letter.docx",
    ]
    assert beside.left == first.written[:1]


def test_corrections__sheet_that_comes_back_corrected__replaces_what_was_wrong(folder: Path) -> None:
    number = numbers(folder, "moh")[0]
    spoil(folder, "moh", number, Status="Almost done")
    assert [f for f in for_agency(check(folder, (), TODAY).findings, "moh") if f.code == "value-not-in-list"]
    written, _ = write_corrections(folder, ["moh"], TODAY).written
    book = openpyxl.load_workbook(written)
    cell(book["Progress"], number, "Status").value = "Implemented"
    cell(book["Progress"], number, "Measures taken").value = "Ten clinics were opened in 2025."
    book.save(folder / "submissions" / "moh-corrected.xlsx")
    findings = check(folder, (), TODAY).findings
    own = [f for f in findings if f.agency == "moh"]
    assert not {"double-text", "value-not-in-list"} & {f.code for f in for_agency(findings, "moh")}
    assert number in {f.recommendation for f in own if f.code == "superseded-submission"}
    told = write_merged(folder, TODAY).document["recommendations"]
    (answer,) = [a for r in told for a in r["answers"] if (r["number"], a["agency"]) == (number, "moh")]
    assert answer["fields"]["status"] == "implemented"
    assert answer["fields"]["measures"] == "Ten clinics were opened in 2025."


def test_corrections__letter__names_files_and_counts_and_quotes_no_answer(folder: Path) -> None:
    number = numbers(folder, "moh")[0]
    spoil(folder, "moh", number, Status="Almost done", Measures_taken="Ten clinics were opened.")
    sheet, letter = write_corrections(folder, ["moh"], TODAY).written
    text = everything(letter.read_bytes())
    assert "To be corrected: 1. To be looked at: " in text
    assert SENT["moh"] in text
    assert sheet.name in text
    assert "Almost done" not in text
    assert "clinics" not in text


def test_corrections__letter__says_how_many_rows_lack_an_answer(folder: Path) -> None:
    number, *_ = numbers(folder, "moh")
    total = len(numbers(folder, "moh"))
    spoil(folder, "moh", number, Status=None, Measures_taken=None, Challenges=None, Next_steps=None,
          Budget="a lot")  # fmt: skip
    _, letter = write_corrections(folder, ["moh"], TODAY).written
    text = everything(letter.read_bytes())
    assert f"(1 of {total})" in text
    assert number in text


def test_corrections__command__tells_what_was_written_and_leaves_with_0(folder: Path) -> None:
    done = CliRunner().invoke(
        main, ["-C", str(folder), "sheets", "--corrections", "moe", "--today", "2026-04-20"]
    )
    assert done.exit_code == 0
    assert done.stdout == "build/corrections/moe-r1-corrections.xlsx: 4 errors, 0 warnings\n"
    assert "Next: send each agency its corrections" in done.stderr


def test_corrections__agency_without_findings__has_no_file(folder: Path) -> None:
    sound = {"mfa"} - {f.agency for f in check(folder, (), TODAY).findings}
    assert sound == {"mfa"}
    done = write_corrections(folder, ["mfa"], TODAY)
    assert (done.written, done.document) == ((), {"corrections": []})


def test_for_agency__what_others_said_or_a_later_row_replaced__is_left_out() -> None:
    def finding(code: str, file: str, agency: str = "moh", number: str = "140.7") -> Finding:
        return Finding(code, Location(file, "Progress", "F2", "status"), agency, number, "x", "Status")

    findings = [
        finding("status-conflict", "a.xlsx"),
        finding("value-not-in-list", "a.xlsx"),
        finding("value-not-in-list", "a.xlsx", number="140.8"),
        finding("superseded-submission", "a.xlsx"),
        finding("value-not-in-list", "b.xlsx", agency="moe"),
    ]
    assert for_agency(findings, "moh") == (findings[2],)
