from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.files.excel.cells import Position, address
from uprreport.files.excel.guard import Package
from uprreport.files.excel.parts import read_parts
from uprreport.files.excel.read import read_properties, read_workbook
from uprreport.files.excel.readers import plain_copy, read_patiently, read_quickly
from uprreport.files.excel.scan import rewrite_sheet, scan_sheet
from uprreport.files.excel.workbook import Grid, Limits, RawTab, Workbook
from uprreport.files.excel.write import write_workbook
from uprreport.findings import CATALOGUE
from uprreport.model import BareFormula, ErrorCell, Raw
from uprreport.text import clean_text
from workbooks import workbook

NEW_YEAR = datetime.date(2026, 1, 1)
MOMENT = datetime.datetime.fromisoformat("2025-01-31T14:05")
FORMS = """
| Number | Status        | Start            | Budget  | Done       |
| ------ | ------------- | ---------------- | ------- | ---------- |
| 140.7  | Planned       | =date:2025-01-31 | =num:12 | =bool:true |
| 140.10 | =error:#REF!  |                  | =bare:A1+1 | a\\nb   |
"""


def read(content: bytes, folder: Path, limits: Limits | None = None) -> Workbook:
    path = folder / "sheet.xlsx"
    path.write_bytes(content)
    book, findings = read_workbook(path, "sheet.xlsx", limits)
    assert book is not None, findings
    return book


def repacked(content: bytes, name: str, xml: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.namelist():
            copy.writestr(entry, xml if entry == name else source.read(entry))
    return target.getvalue()


def sheet_xml(content: bytes, number: int = 1) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(f"xl/worksheets/sheet{number}.xml")


def with_sheet(rows: bytes) -> bytes:
    """A workbook whose only worksheet has this as its rows."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, rows)
    return repacked(workbook(Progress="| a |"), "xl/worksheets/sheet1.xml", xml)


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [(12, 6, "F12"), (1, 26, "Z1"), (1, 27, "AA1"), (1048576, 16384, "XFD1048576")],
)
def test_address__row_and_column__as_excel_shows_it(row: int, column: int, expected: str) -> None:
    assert address(row, column) == expected


def test_read_workbook__typed_cells__keep_their_types_and_places(tmp_path: Path) -> None:
    book = read(workbook({"My tab": FORMS}, properties={"review": "aze-upr4"}), tmp_path)
    (grid,) = book.grids
    assert grid.name == "My tab"
    assert book.properties == {"review": "aze-upr4"}
    assert {at: raw for at, raw in grid.cells.items() if at[0] > 1} == {
        (2, 1): "140.7",
        (2, 2): "Planned",
        (2, 3): datetime.date(2025, 1, 31),
        (2, 4): 12,
        (2, 5): True,
        (3, 1): "140.10",
        (3, 2): ErrorCell("#REF!"),
        (3, 4): BareFormula("A1+1"),
        (3, 5): "a\nb",
    }


def test_read_workbook__table_far_from_the_corner__has_right_addresses(tmp_path: Path) -> None:
    cells: dict[Position, Raw] = {(7, 5): "Number", (9, 6): "140.7"}
    content = write_workbook([RawTab(grid=Grid("a", False, cells))], properties={}, created=NEW_YEAR)
    assert read(content, tmp_path).grids[0].cells == cells


def test_read_workbook__hidden_and_chart_sheets__flagged_and_skipped(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for state in ("visible", "hidden", "veryHidden"):
        sheet = book.create_sheet(state)
        sheet["A1"], sheet.sheet_state = state, state
    book.create_chartsheet("chart")
    book.remove(book["Sheet"])
    target = io.BytesIO()
    book.save(target)
    grids = read(target.getvalue(), tmp_path).grids
    assert [(grid.name, grid.hidden) for grid in grids] == [
        ("visible", False),
        ("hidden", True),
        ("veryHidden", True),
    ]


def test_read_workbook__formulas_with_values__give_the_values(tmp_path: Path) -> None:
    content = with_sheet(
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
        b'<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>X()</f></c>'
        b'<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        b'<c r="F1" t="b"><f>TRUE()</f><v>1</v></c></row>'
    )
    assert read(content, tmp_path).grids[0].cells == {
        (1, 1): 2,
        (1, 2): "ab",
        (1, 4): BareFormula("X()"),
        (1, 5): ErrorCell("#DIV/0!"),
        (1, 6): True,
    }


def test_read_workbook__formulas_without_results__are_told_by_the_quick_reader_too(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0"><f>IF(A1&gt;0,"a","")</f><v></v></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>B1</f><v></v></c><c r="C2"><f>B1</f><v></v></c></row>'
    )
    (sheet,) = read_parts(Package(with_sheet(rows))).sheets
    told = {(1, 2): BareFormula('IF(A1>0,"a","")'), (2, 3): BareFormula("B1")}
    assert scan_sheet(sheet.xml, Limits()).overlay == rewrite_sheet(sheet.xml, Limits()).overlay == told
    assert read(with_sheet(rows), tmp_path).grids[0].cells == {(1, 1): 1, **told}
    twice = rows.replace(b'r="C2"', b'r="A1"')
    assert read(with_sheet(twice), tmp_path).grids[0].cells[1, 1] == BareFormula("B1")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
            {(1, 1): 1, (1, 2): 2, (2, 1): 3},
        ),
        (
            b'<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
            {(1, 1): 1, (3, 1): 3},
        ),
        (b'<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', {(1, 1): 2}),
        (b"<row r='2'><c t='n' r='B2'><v>1</v></c></row>", {(2, 2): 1}),
        (b'<row r="1"><!-- <c r="XFD1"/> --><c r="A1"><v>1</v></c></row>', {(1, 1): 1}),
        (
            b'<row r="1"><c r="A1" t="d"><v>2025-01-31T00:00:00Z</v></c></row>',
            {(1, 1): datetime.date(2025, 1, 31)},
        ),
        (
            b'<row><c t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c></row>',
            {(1, 1): "ab"},
        ),
    ],
    ids=["no addresses", "rows out of order", "cell twice", "quotes", "comment", "ISO date", "runs"],
)
def test_read_workbook__unusual_xml__gives_every_cell(
    rows: bytes, expected: dict[Position, Raw], tmp_path: Path
) -> None:
    assert read(with_sheet(rows), tmp_path).grids[0].cells == expected


def test_read_workbook__namespace_prefix__is_read(tmp_path: Path) -> None:
    plain = workbook(Progress="| Number | =num:5 |")
    xml = sheet_xml(plain).replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")
    cells = read(repacked(plain, "xl/worksheets/sheet1.xml", xml), tmp_path).grids[0].cells
    assert cells == {(1, 1): "Number", (1, 2): 5}


def test_read_workbook__strict_workbook__is_read(tmp_path: Path) -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(Progress=FORMS))) as source,
        zipfile.ZipFile(target, "w") as copy,
    ):
        for name in source.namelist():
            xml = source.read(name)
            for old, new in (("spreadsheetml", "spreadsheetml"), ("officeDocument", "officeDocument")):
                xml = xml.replace(
                    f"http://schemas.openxmlformats.org/{old}/2006".encode(),
                    f"http://purl.oclc.org/ooxml/{new}".encode(),
                )
            copy.writestr(name, xml)
    assert b"purl.oclc.org" in sheet_xml(target.getvalue())
    assert read(target.getvalue(), tmp_path) == read(workbook(Progress=FORMS), tmp_path)


def test_read_workbook__utf16_parts_and_backslashes__are_read(tmp_path: Path) -> None:
    plain = workbook(Progress=FORMS)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            xml = source.read(name)
            if name.startswith("xl/worksheets/"):
                xml = b"\xff\xfe" + xml.decode().encode("utf-16-le")
            copy.writestr(zipfile.ZipInfo(name.replace("/", "\\")), xml)
    assert read(target.getvalue(), tmp_path) == read(plain, tmp_path)


def test_read_workbook__filled_cell_at_the_end_of_the_world__is_reported_and_costs_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(
        with_sheet(
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
        )
    )
    book, (finding,) = read_workbook(path, "sheet.xlsx")
    assert book is not None
    assert book.grids[0].cells == {(1, 1): 1}
    assert (finding.code, finding.at.sheet, finding.at.cell) == (
        "workbook-unreadable",
        "Progress",
        "XFD1048576",
    )
    assert "20,000 rows" in finding.message


def test_read_workbook__blank_cells_beyond_the_limits__are_ignored(tmp_path: Path) -> None:
    content = with_sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert read(content, tmp_path).grids[0].cells == {(1, 1): 1}


def test_read_workbook__wide_and_nearly_empty__is_read_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uprreport.files.excel.readers.DENSE_AREA", 10)
    monkeypatch.setattr("uprreport.files.excel.readers.read_quickly", None)
    cells: dict[Position, Raw] = {(1, 1): "a", (90, 300): "b"}
    content = write_workbook([RawTab(grid=Grid("a", False, cells))], properties={}, created=NEW_YEAR)
    assert read(content, tmp_path).grids[0].cells == cells


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", b'uniqueCount="2"', b'uniqueCount="99999999999999"'),
        ("xl/sharedStrings.xml", b'uniqueCount="2"', b"uniqueCount='99999999999999'"),
        ("xl/sharedStrings.xml", b"<sst", b'<!-- <sst x=""> --><sst a="&gt;" '),
        ("xl/styles.xml", b'<cellXfs count="1"', b'<cellXfs count="99999999999999"'),
        ("xl/worksheets/sheet1.xml", b'ref="A1:A2"', b'ref="A1:XFD1048576"'),
    ],
)
def test_read_workbook__part_announces_more_than_there_is__costs_nothing(
    part: str, old: bytes, new: bytes, tmp_path: Path
) -> None:
    cells: dict[Position, Raw] = {(1, 1): "Number", (2, 1): "140.7"}
    content = write_workbook([RawTab(grid=Grid("a", False, cells))], properties={}, created=NEW_YEAR)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read(part)
    assert old in xml
    assert read(repacked(content, part, xml.replace(old, new, 1)), tmp_path).grids[0].cells == cells


def test_read_workbook__wrong_dimension__loses_no_row(tmp_path: Path) -> None:
    plain = workbook(Progress=FORMS)
    xml = sheet_xml(plain).replace(b'ref="A1:E3"', b'ref="A1"')
    assert b'ref="A1"' in xml
    assert read(repacked(plain, "xl/worksheets/sheet1.xml", xml), tmp_path) == read(plain, tmp_path)


def test_read_workbook__time_spans_and_moments__are_kept(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"] = datetime.timedelta(hours=26, minutes=30), MOMENT
    target = io.BytesIO()
    book.save(target)
    assert read(target.getvalue(), tmp_path).grids[0].cells == {
        (1, 1): "26:30:00",
        (2, 1): MOMENT,
    }


def test_read_properties__no_workbook__none() -> None:
    assert read_properties(b"no zip file") == {}


# Any content ------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40)
DATES = st.dates(datetime.date(1900, 3, 1), datetime.date(2200, 1, 1))
VALUES: st.SearchStrategy[Raw] = st.one_of(
    TEXTS,
    st.integers(-(10**9), 10**9),
    st.integers(-(10**9), 10**9).map(lambda number: number / 64),
    st.booleans(),
    DATES,
    st.times().map(lambda time: time.replace(microsecond=0)),
    st.builds(
        datetime.datetime.combine, DATES, st.times(datetime.time(1)).map(lambda t: t.replace(microsecond=0))
    ),
    st.sampled_from(["#REF!", "#N/A", "#DIV/0!"]).map(ErrorCell),
)
GRIDS = st.dictionaries(st.tuples(st.integers(1, 60), st.integers(1, 60)), VALUES, max_size=25)


def as_read(cells: dict[Position, Raw]) -> dict[Position, Raw]:
    """Cells as they are compared: texts cleaned, blank ones left out."""
    cleaned = {at: clean_text(raw)[0] if isinstance(raw, str) else raw for at, raw in cells.items()}
    return {at: raw for at, raw in cleaned.items() if raw != ""}


@given(GRIDS)
def test_readers__any_cells__quick_and_patient_give_the_same(cells: dict[Position, Raw]) -> None:
    content = write_workbook([RawTab(grid=Grid("a", False, cells))], properties={}, created=NEW_YEAR)
    parts = read_parts(Package(content))
    (sheet,) = parts.sheets
    usual, rewritten = scan_sheet(sheet.xml, Limits()), rewrite_sheet(sheet.xml, Limits())
    expected = as_read(cells)
    for scan in (usual, rewritten):
        quick = read_quickly(plain_copy(parts, [scan.xml]), 1)
        assert quick is not None
        assert as_read({**quick[0], **scan.overlay}) == expected
        patient = read_patiently(plain_copy(parts, [scan.xml]))
        assert as_read({**patient[0], **scan.overlay}) == expected


def office_files() -> list[bytes]:
    return [
        workbook(Progress=FORMS, Cover="| a | b |", properties={"a": "b"}),
        write_workbook(
            [
                RawTab(
                    grid=Grid(
                        "a", False, {(1, 1): "x", (2, 2): 1.5, (3, 3): NEW_YEAR, (4, 4): ErrorCell("#N/A")}
                    )
                )
            ],
            properties={"review": "a"},
            created=NEW_YEAR,
        ),
    ]


OFFICE_FILES = office_files()


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """Some bytes cut off, cut out, changed or repeated."""
    first = draw(st.integers(0, len(content)))
    last = draw(st.integers(first, min(len(content), first + 200)))
    new = draw(st.sampled_from([b"", b"\0", b"<", b'"', b"9999999999", b"&a;", content[first:last] * 2]))
    if draw(st.booleans()):
        return content[:first] + new
    return content[:first] + (draw(st.binary(max_size=8)) if draw(st.booleans()) else new) + content[last:]


@given(data=st.data())
def test_read_workbook__damaged_file__a_finding_or_cells_but_no_traceback(
    tmp_path: Path, data: st.DataObject
) -> None:
    content = data.draw(damaged(data.draw(st.sampled_from(OFFICE_FILES))))
    assert_readable_or_told(content, tmp_path)


@given(data=st.data())
def test_read_workbook__damaged_part__a_finding_or_cells_but_no_traceback(
    tmp_path: Path, data: st.DataObject
) -> None:
    content = data.draw(st.sampled_from(OFFICE_FILES))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        name = data.draw(st.sampled_from(package.namelist()))
        part = package.read(name)
    assert_readable_or_told(repacked(content, name, data.draw(damaged(part))), tmp_path)


def assert_readable_or_told(content: bytes, folder: Path) -> None:
    path = folder / "sheet.xlsx"
    path.write_bytes(content)
    book, findings = read_workbook(path, "sheet.xlsx")
    assert book is not None or findings
    for finding in findings:
        assert finding.code in CATALOGUE
        assert finding.message
