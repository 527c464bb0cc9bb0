from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from conftest import Convert
from test_files_excel_read import VALUES, as_read, read, sheet_xml
from uprreport.files.excel.canvas import TALLEST_ROW, height_of, lines_in
from uprreport.files.excel.draw import shown
from uprreport.files.excel.read import read_properties
from uprreport.files.excel.workbook import (
    ColumnOf,
    FormTab,
    Grid,
    Passage,
    RawTab,
    Tab,
    TableTab,
    TextTab,
)
from uprreport.files.excel.write import write_workbook
from uprreport.findings import UprReportError
from uprreport.model import BareFormula, ErrorCell, Raw, Value
from uprreport.review import load_shipped_schema

NEW_YEAR = datetime.date(2026, 1, 1)
PROGRESS, ASSISTANCE, COVER = (load_shipped_schema(name) for name in ("progress", "assistance", "cover"))
AGENCIES, THEMES = load_shipped_schema("agencies"), load_shipped_schema("themes")
ANSWERS: list[dict[str, Value | Raw]] = [
    {"number": "140.7", "text": "Ratify the Convention.", "status": "in progress", "budget": 12.5},
    {"number": "140.10", "sdgs": ("5", "16"), "start": datetime.date(2025, 1, 31), "measures": "=1+1"},
    {"number": "140.11", "measures": ErrorCell("#REF!"), "indicator_value": 3},
]


def write(*tabs: Tab, **properties: str) -> bytes:
    return write_workbook(tabs, properties=properties, created=NEW_YEAR)


def sheet_tabs() -> list[Tab]:
    """Every kind of tab, as a progress sheet and a register have them."""
    return [
        TextTab(
            title="Instructions",
            passages=[Passage("title", "How to"), Passage("item", "All is done.", "Implemented")],
            protected=True,
        ),
        FormTab(schema=COVER, title="Cover", heading="Cover", values={"agency": "moj"}, protected=True),
        TableTab(
            schema=PROGRESS,
            title="Progress",
            rows=ANSWERS,
            offered={"agencies": ["moj", "moh"]},
            row_choices={(1, "status"): ["Planned", "Dropped"]},
            extra={"Findings": {1: "the date is missing"}},
            protected=True,
        ),
        TableTab(schema=ASSISTANCE, title="Assistance", rows=[], spare_rows=12, protected=True),
        TableTab(
            schema=THEMES,
            title="Themes",
            rows=[{"theme": "Prisons", "lead": "moj"}],
            offered={"agencies": ColumnOf("agencies", "id")},
        ),
        TableTab(schema=AGENCIES, title="Agencies", rows=[{"id": "moj"}, {"id": "moh"}], spare_rows=3),
        RawTab(grid=Grid("Own notes", True, {(2, 2): "kept", (3, 1): NEW_YEAR})),
    ]


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rules(book: openpyxl.Workbook, tab: str) -> dict[str, Any]:
    """The validation of each range of a tab."""
    return {str(rule.sqref): rule for rule in book[tab].data_validations.dataValidation}


def position_of(name: str) -> int:
    return [column.name for column in PROGRESS.columns].index(name) + 1


def test_write_workbook__same_tabs__same_bytes() -> None:
    assert write(*sheet_tabs(), review="a") == write(*sheet_tabs(), review="a")


def test_write_workbook__all_kinds_of_tabs__are_read_back(tmp_path: Path) -> None:
    book = read(write(*sheet_tabs(), review="aze-upr4"), tmp_path)
    titles = ["Instructions", "Cover", "Progress", "Assistance", "Themes", "Agencies", "Own notes", "Lists"]
    assert [grid.name for grid in book.grids] == titles
    assert [grid.name for grid in book.grids if grid.hidden] == ["Own notes", "Lists"]
    assert book.properties == {"review": "aze-upr4"}
    instructions, cover, progress = book.grids[:3]
    assert instructions.cells == {(1, 1): "How to", (2, 1): "Implemented: All is done."}
    assert (cover.cells[1, 1], cover.cells[4, 1], cover.cells[4, 2]) == ("Cover", "Agency", "moj")
    assert progress.cells[2, 1] == "140.7"
    assert progress.cells[3, 1] == "140.10"
    assert progress.cells[2, position_of("status")] == "In progress"
    assert progress.cells[3, position_of("measures")] == "=1+1"
    assert progress.cells[4, position_of("measures")] == ErrorCell("#REF!")
    assert progress.cells[3, position_of("sdgs")] == "5\n16"
    assert progress.cells[3, len(PROGRESS.columns) + 1] == "the date is missing"
    assert book.grids[6].cells == {(2, 2): "kept", (3, 1): NEW_YEAR}


def test_write_workbook__properties__can_be_read_from_bytes() -> None:
    assert read_properties(write(RawTab(grid=Grid("a", False, {})), review="é & <b>")) == {
        "review": "é & <b>"
    }


def test_write_workbook__protected_table__locks_all_but_the_input_cells() -> None:
    sheet = opened(write(*sheet_tabs()))["Progress"]
    assert sheet.protection.sheet
    assert not sheet.protection.formatRows
    assert not sheet.protection.autoFilter
    assert sheet.cell(1, position_of("measures")).protection.locked
    assert sheet.cell(2, position_of("text")).protection.locked
    assert not sheet.cell(2, position_of("measures")).protection.locked
    assert sheet.cell(2, position_of("number")).number_format == "@"
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["C"].hidden


def test_write_workbook__drop_downs__come_from_named_ranges() -> None:
    book = opened(write(*sheet_tabs()))
    for rule in (rule for tab in ("Progress", "Themes", "Cover") for rule in rules(book, tab).values()):
        assert rule.type != "list" or rule.formula1 in book.defined_names
    status = {cells: rule for cells, rule in rules(book, "Progress").items() if cells.startswith("R")}
    assert set(status) == {"R2", "R3", "R4"}
    labels = book["Lists"]
    own = book.defined_names[status["R3"].formula1].attr_text.split("!")[1].replace("$", "")
    assert [cell.value for (cell,) in labels[own]] == ["Planned", "Dropped"]


def test_write_workbook__reference_to_another_tab__offers_ids_typed_later() -> None:
    book = opened(write(*sheet_tabs()))
    lead = next(rule for cells, rule in rules(book, "Themes").items() if cells.startswith("C"))
    assert lead.errorStyle == "warning"
    assert "COUNTA('Agencies'!$A$2:$A$503)" in book.defined_names[lead.formula1].attr_text


def test_write_workbook__several_values_in_one_cell__are_never_refused() -> None:
    rule = next(
        rule for cells, rule in rules(opened(write(*sheet_tabs())), "Themes").items() if cells[0] == "D"
    )
    assert rule.type == "list"
    assert not rule.showErrorMessage


def test_write_workbook__spare_rows__can_be_filled_in() -> None:
    book = opened(write(*sheet_tabs()))
    assert not book["Assistance"]["A13"].protection.locked
    assert any(cells.endswith("13") for cells in rules(book, "Assistance"))


def test_write_workbook__long_answer__row_shows_it_and_may_grow() -> None:
    rows: list[dict[str, Value | Raw]] = [{"number": "140.7", "measures": "word " * 150}, {"number": "140.8"}]
    content = write(TableTab(schema=PROGRESS, title="Progress", rows=rows))
    sheet = opened(content)["Progress"]
    assert (sheet.row_dimensions[2].height or 0) > 100
    assert b"customHeight" not in sheet_xml(content)


def test_write_workbook__title_of_a_raw_tab_is_taken__another_is_found(tmp_path: Path) -> None:
    tabs = [
        RawTab(grid=Grid(name, False, {(1, 1): "x"})) for name in ("Notes", "notes", "Lists", "a/b:c", "")
    ]
    names = [grid.name for grid in read(write(*tabs), tmp_path).grids]
    assert names == ["Notes", "notes (2)", "Lists (2)", "a_b_c", "Sheet"]


def test_write_workbook__text_longer_than_a_cell__names_the_cell() -> None:
    rows: list[dict[str, Value | Raw]] = [{"number": "140.7", "text": "x" * 32_768}]
    with pytest.raises(UprReportError, match=r"Progress!B2 has 32,768 characters"):
        write(TableTab(schema=PROGRESS, title="Progress", rows=rows))


def test_write_workbook__xlsxwriter_refuses__is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worksheet, "write_string", lambda *_: -1)
    with pytest.raises(RuntimeError, match="a!A1"):
        write(RawTab(grid=Grid("a", False, {(1, 1): "x"})))


def test_write_workbook__list_from_an_absent_tab__is_a_bug() -> None:
    table = TableTab(schema=THEMES, title="T", rows=[{}], offered={"agencies": ColumnOf("agencies", "id")})
    with pytest.raises(RuntimeError, match="agencies"):
        write(table)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (ErrorCell("#SPILL!"), "#SPILL!"),
        (BareFormula("A1+1"), "=A1+1"),
        (BareFormula(), None),
        (float("inf"), "inf"),
        (datetime.date(1899, 5, 1), "1899-05-01"),
        ("https://example.org", "https://example.org"),
        ("\ud800", "\ufffd"),
        ("   ", None),
    ],
)
def test_write_workbook__cells_excel_cannot_hold__are_written_as_text(
    raw: Raw, expected: str | None, tmp_path: Path
) -> None:
    content = write(RawTab(grid=Grid("a", False, {(1, 1): "x", (2, 1): raw})))
    assert read(content, tmp_path).grids[0].cells.get((2, 1)) == expected


def test_lines_in__wrapped_between_words__counts_lines() -> None:
    assert lines_in("", 10) == 1
    assert lines_in("one two three", 10) == 2
    assert lines_in("one\ntwo\n\nthree", 10) == 4
    assert lines_in("x" * 100, 10) == 10
    assert lines_in("漢字" * 20, 10) == 8
    assert height_of([("line\n" * 100, 10)]) == TALLEST_ROW


NAMES = [column.name for column in PROGRESS.columns]
ROWS: st.SearchStrategy[list[dict[str, Value | Raw]]] = st.lists(
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6), max_size=6
)


@given(rows=ROWS, protected=st.booleans(), spare=st.integers(0, 3))
def test_write_workbook__any_rows__are_read_back_the_same(
    tmp_path: Path, rows: list[dict[str, Value | Raw]], protected: bool, spare: int
) -> None:
    tab = TableTab(schema=PROGRESS, title="Progress", rows=rows, protected=protected, spare_rows=spare)
    cells = read(write(tab), tmp_path).grids[0].cells
    expected: dict[tuple[int, int], Raw] = {
        (line, position): raw
        for line, row in enumerate(rows, 2)
        for position, column in enumerate(PROGRESS.columns, 1)
        if (raw := shown(column, row.get(column.name))) is not None
    }
    assert as_read({at: raw for at, raw in cells.items() if at[0] > 1}) == as_read(expected)
    assert [cells[1, n] for n in range(1, len(NAMES) + 1)] == [column.title for column in PROGRESS.columns]


@pytest.mark.apps
def test_write_workbook__saved_again_by_libreoffice__keeps_what_people_need(
    soffice: Convert, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.xlsx"
    written = write(*sheet_tabs(), review="aze-upr4")
    path.write_bytes(written)
    saved = soffice(path, "xlsx:Calc MS Excel 2007 XML").read_bytes()
    assert read(saved, tmp_path) == read(written, tmp_path)
    before, after = opened(written), opened(saved)
    for tab in ("Cover", "Progress", "Assistance", "Themes"):
        assert after[tab].protection.sheet == before[tab].protection.sheet
        assert named_lists(after, tab) == named_lists(before, tab)
        for letter in "ABD":
            width = before[tab].column_dimensions[letter].width
            assert after[tab].column_dimensions[letter].width == pytest.approx(width, abs=0.5)
    assert not after["Progress"].cell(2, position_of("measures")).protection.locked
    assert after["Progress"].cell(2, position_of("text")).protection.locked


def named_lists(book: openpyxl.Workbook, tab: str) -> dict[str, str]:
    """``range -> name of the list`` for the drop-downs of a tab."""
    return {cells: rule.formula1 for cells, rule in rules(book, tab).items() if rule.type == "list"}


@pytest.mark.apps
def test_write_workbook__printed_by_libreoffice__makes_a_document(soffice: Convert, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(write(*sheet_tabs()))
    assert soffice(path, "pdf").read_bytes().startswith(b"%PDF")
