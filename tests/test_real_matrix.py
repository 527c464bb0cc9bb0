"""A real list, if ``UPRREPORT_REAL_DATA`` names a folder with one. No word of it stands here."""

from __future__ import annotations

import datetime
import os
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Convert, Validate
from uprreport.files.word.filling import CellText, Filling, fill_tables
from uprreport.files.word.tables import read_tables
from uprreport.findings import Finding, Severity
from uprreport.flows import assigning, begin, draft, gather, importing, sending
from uprreport.register.matrix import Matrix, read_matrix, write_matrix
from uprreport.register.matrix_rows import ASSESSMENT, match_rows
from uprreport.register.states import is_state
from uprreport.review import load_shipped_schema

SOURCE = (
    Path(os.environ.get("UPRREPORT_REAL_DATA", "")) / "upr48-slovenia-thematic-list-of-recommendatio.docx"
)
TODAY = datetime.date(2026, 11, 2)
AGENCIES = [f"agency-{number}" for number in range(1, 22)]

pytestmark = pytest.mark.skipif(
    "UPRREPORT_REAL_DATA" not in os.environ or not SOURCE.is_file(),
    reason="UPRREPORT_REAL_DATA names no folder with the list",
)


@pytest.fixture(scope="module")
def real() -> Matrix:
    matrix, findings = read_matrix(SOURCE, SOURCE.name)
    assert matrix is not None
    assert findings == ()
    return matrix


@pytest.fixture(scope="module")
def printed() -> list[list[list[str]]]:
    """The rows of the table as another reader sees them: cells of paragraphs, merged cells as one."""
    (table,) = docx.Document(str(SOURCE)).tables
    rows = [
        [[p.text.strip() for p in cell.paragraphs if p.text.strip()] for cell in row.cells]
        for row in table.rows
    ]
    return [row[:1] if row[0][0].startswith("Theme:") else row for row in rows]


def together(text: str) -> str:
    """A text without its blanks, to compare words that one side may have pulled apart."""
    return re.sub(r"\s", "", text)


# The reader -------------------------------------------------------------------------------------------


def test_real_list__every_row__is_accounted_for(real: Matrix) -> None:
    assert (real.rows, real.headings, real.themes, len(real.recommendations)) == (308, 1, 53, 254)
    assert real.unread == ()
    assert Counter(item.position for item in real.recommendations) == {"supported": 217, "noted": 37}
    assert (real.cycle, real.session) == (4, 48)
    assert is_state(real.state)


def test_real_list__numbers__are_all_from_the_first_to_the_last(real: Matrix) -> None:
    numbers = {item.number for item in real.recommendations}
    assert numbers == {f"140.{number}" for number in range(1, 255)}
    assert len({f"{float(number)}" for number in numbers}) < len(numbers)  # what Excel would make of them


def test_real_list__texts_and_states__together_are_what_is_printed(
    real: Matrix, printed: list[list[list[str]]]
) -> None:
    cells = {row[0][0].split()[0]: row[0] for row in printed if len(row) == 4}
    for item in real.recommendations:
        states = " ".join(f"({state})" for state in item.recommending_states)
        text, source = cells[item.number]
        assert together(text) == together(f"{item.number} {item.text} {states}") + text[-1]
        assert text[-1] in ".;"
        assert source == f"Source of Position: {item.source_of_position}"


def test_real_list__each_recommendation__has_what_a_report_needs(real: Matrix) -> None:
    for item in real.recommendations:
        assert re.search(r"\w$", item.text), item.number  # no States, no semicolon, nothing cut
        assert "(" not in item.text
        assert len(item.text.split()) >= 4
        assert not re.search(r"\s[’\u2011]|[’\u2011]\s", item.text), item.number
        assert item.recommending_states
        assert all(is_state(state) for state in item.recommending_states), item.number
        assert re.match(r"A/HRC/\d+/\d+/Add\.\d+ - Para\.[345]", item.source_of_position)
        assert 1 <= len(item.themes) <= 7
        assert item.theme == item.themes[0]


def test_real_list__positions__agree_with_the_paragraph_they_come_from(real: Matrix) -> None:
    """In an addendum the third and fourth paragraphs usually support, and the fifth notes."""
    for item in real.recommendations:
        paragraph = re.findall(r"Para\.(\d)", item.source_of_position)
        assert (paragraph == ["5"]) == (item.position == "noted"), item.number


def test_real_list__themes_and_persons__are_every_line_of_the_third_column(
    real: Matrix, printed: list[list[list[str]]]
) -> None:
    items = {item.number: item for item in real.recommendations}
    theme = ""
    for row in printed[1:]:
        if len(row) == 1:
            theme = row[0][0].partition(":")[2].strip()
            continue
        item = items[row[0][0].split()[0]]
        label = next((line for line in row[2] if line.endswith(":")), "")
        assert [line.removeprefix("- ") for line in row[2] if line != label] == [*item.themes, *item.persons]
        assert item.theme == theme
        assert bool(label) == bool(item.persons)
        assert not set(item.persons) & {label, ""}


def test_real_list__goals__are_every_line_of_the_fourth_column(
    real: Matrix, printed: list[list[list[str]]]
) -> None:
    items = {item.number: item for item in real.recommendations}
    for row in (row for row in printed[1:] if len(row) == 4):
        item = items[row[0][0].split()[0]]
        lines = list(dict.fromkeys(row[3]))  # one is printed twice
        assert len(item.sdgs) == len(lines) >= 1
        assert set(item.sdgs) <= {str(goal) for goal in range(1, 18)}
        for goal, line in zip(item.sdgs, lines, strict=True):
            assert line.startswith(f"- {goal} - ")


def test_real_list__values__are_accepted_by_the_register_s_schema(real: Matrix) -> None:
    pattern = load_shipped_schema("recommendations").document["properties"]["number"]["pattern"]
    assert all(re.search(pattern, item.number) for item in real.recommendations)


def test_real_list__written_by_ourselves__reads_back_the_same(real: Matrix, tmp_path: Path) -> None:
    path = tmp_path / "list.docx"
    path.write_bytes(write_matrix(real.state, 4, 48, real.recommendations))
    again, findings = read_matrix(path, "list.docx")
    assert again is not None
    assert findings == ()
    assert again == real


# Filled in --------------------------------------------------------------------------------------------


def test_real_list__filled_in__every_row_is_found_and_all_else_is_kept(
    real: Matrix, printed: list[list[list[str]]], tmp_path: Path, open_xml: Validate
) -> None:
    document, _ = read_tables(SOURCE, SOURCE.name)
    assert document is not None
    found = match_rows(document, {item.number: item for item in real.recommendations})
    assert (found.rows, found.headings, found.themes, found.matched) == (308, 1, 53, 254)
    assert (found.unmatched, found.missing) == ((), ())
    (table,) = found.tables
    told = {row: CellText("In progress", (f"Invented measures on {n}.",)) for row, n in table.matched.items()}
    filling = Filling(table.table, table.column, ASSESSMENT, table.headings, told)
    path = tmp_path / "filled.docx"
    path.write_bytes(fill_tables(SOURCE.read_bytes(), [filling]))
    (filled,) = docx.Document(str(path)).tables
    for before, row in zip(printed, filled.rows, strict=True):
        cells = [[p.text.strip() for p in cell.paragraphs if p.text.strip()] for cell in row.cells]
        assert cells[: len(before)] == before
        number = before[0][0].split()[0]
        if len(before) == 4 and number[0].isdigit():
            assert cells[4] == ["In progress", f"Invented measures on {number}."]
    with zipfile.ZipFile(SOURCE) as old, zipfile.ZipFile(path) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"word/document.xml"}
    assert open_xml(path) == []


# The path ---------------------------------------------------------------------------------------------


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def changed(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def name_agencies(book: openpyxl.Workbook) -> None:
    """21 invented agencies, and the themes dealt out to them."""
    for line, agency in enumerate(AGENCIES, 2):
        book["Agencies"].cell(line, 1).value = agency
        book["Agencies"].cell(line, 2).value = f"Agency No. {line - 1}"
    themes = book["Themes"]
    for line in range(2, themes.max_row + 1):
        themes.cell(line, column(themes, "Lead agency")).value = AGENCIES[line % 21]


def answer(book: openpyxl.Workbook) -> None:
    """What an agency types: its cover, and an answer in each row."""
    for row in book["Cover"].iter_rows(max_col=2):
        typed = {"Approved by": "A. Director", "Approved on": TODAY, "Filled in by": "A. Official"}.get(
            str(row[0].value)
        )
        if typed:
            row[1].value = typed
    sheet = book["Progress"]
    for line in range(2, sheet.max_row + 1):
        if sheet.cell(line, column(sheet, "Number")).value:
            sheet.cell(line, column(sheet, "Status")).value = "In progress"
            sheet.cell(line, column(sheet, "Measures taken")).value = f"A programme began, in row {line}."
            sheet.cell(line, column(sheet, "Publication")).value = "Public"


def errors(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.at}: {finding.message}" for finding in findings if finding.severity is Severity.ERROR]


@pytest.mark.apps
def test_real_list__from_import_to_draft__with_21_agencies(
    real: Matrix, tmp_path: Path, soffice: Convert
) -> None:
    folder = tmp_path / "review"
    begin.new(
        folder, {"id": "real", "state": real.state, "cycle": real.cycle, "session": real.session}, TODAY
    )
    told = importing.import_lists(folder, [SOURCE], TODAY)
    assert errors(told.findings) == []
    assert (told.document["new"], told.document["changed"], told.document["gone"]) == (254, 0, 0)
    changed(folder / "register.xlsx", name_agencies)
    told = importing.import_lists(folder, [SOURCE], TODAY)
    assert (told.document["new"], told.document["changed"], told.document["gone"]) == (0, 0, 0)
    assigned = assigning.assign(folder, TODAY)
    assert (errors(assigned.findings), assigned.document["unassigned"]) == ([], [])
    assert len(assigned.document["assigned"]) == 254

    sheets = sending.sheets(folder, (), TODAY).document["sheets"]
    assert len(sheets) == 21
    first, second = (folder / sheet for sheet in sheets[:2])
    for sheet in (first, second):
        changed(sheet, answer)
    sheet = soffice(soffice(second, "ods"), "xlsx")  # filled in by somebody who works with LibreOffice
    (folder / "submissions" / "one.xlsx").write_bytes(first.read_bytes())
    (folder / "submissions" / "two.xlsx").write_bytes(sheet.read_bytes())
    checked = gather.check(folder, (), TODAY)
    assert errors(checked.findings) == []
    assert {finding.code for finding in checked.findings} <= {"row-missing", "number-damaged"}
    status = gather.status(folder, TODAY).document
    states = Counter(agency["state"] for agency in status["agencies"])
    assert states == {"returned": 2, "awaited": 19}
    answered = sum(agency["answered"] for agency in status["agencies"])
    assert status["recommendations"]["answered"] == answered > 10

    built = draft.build(folder, TODAY)
    assert built.document["draft"] == "build/draft.docx"
    assert built.document["recommendations"] == status["recommendations"]
    assert soffice(folder / "build" / "draft.docx", "pdf").stat().st_size > 20_000
