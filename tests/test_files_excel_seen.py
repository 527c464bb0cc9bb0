"""What the eye sees in a cell is what is read, in every format; what stands beside the cell is told."""

from __future__ import annotations

import datetime
import io
import math
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from conftest import Convert
from test_files_excel_read import with_sheet
from uprreport.files.excel.beside import comment_of
from uprreport.files.excel.formats import as_seen, hides_text, shows_otherwise
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.workbook import Aside, Grid
from uprreport.model import Raw, Shown, Struck
from workbooks import workbook
from xlsb import DAY_AND_MONTH, PER_CENT, STRUCK, xlsb

FEBRUARY = datetime.date(2026, 2, 1)
DAYS = 46054.0
"""The first of February 2026, as workbooks keep it."""


def grid_of(content: bytes, folder: Path, name: str = "sheet.xlsx") -> Grid:
    path = folder / name
    path.write_bytes(content)
    book, findings = read_workbook(path, name)
    assert book is not None, findings
    return book.grids[0]


# Number formats ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (1.09, "General", 1.09),
        (1.09, "@", 1.09),
        (1.09, "0%", Shown("109%", 109, "%")),
        (0.125, "0%", Shown("13%", 13, "%")),
        (1.09, "0.00%", Shown("109.00%", 109, "%")),
        (2.3456, "0.0", Shown("2.3", 2.3)),
        (140.1, "0.00", Shown("140.10", 140.1)),
        (3.0, "0", 3.0),
        (12.5, "0.##", 12.5),
        (1250.5, "#,##0", Shown("1,251", 1251)),
        (-1250.0, "#,##0_);(#,##0)", Shown("(1,250)", -1250)),
        (1250000.0, "0,", Shown("1250")),
        (1250000.0, '0.0,,"M"', Shown("1.3M", None, "M")),
        (45.0, '0 "persons"', Shown("45 persons", 45, "persons")),
        (1250.5, "#,##0.00 [$€-407]", Shown("1,250.50 €", 1250.5, "€")),
        (123.0, "00000", Shown("00123", 123)),
        (20240115.0, "0000-00-00", Shown("2024-01-15")),
        (0.5, "# ?/?", Shown("1/2", 0.5)),
        (1.34, "# ?/?", Shown("1 1/3")),
        (1234567.0, "0.00E+00", Shown("1.23E+06")),
        (0.0, "0;-0;;@", Shown("")),
        (12.5, 'General" ha"', Shown("12.5 ha", 12.5, "ha")),
        (12.5, "[>9]General;0", 12.5),
        (160.0, '[>150]"! "0;0', Shown("! 160", 160, "!")),
        (DAYS, "yyyy-mm-dd", FEBRUARY),
        (DAYS + 0.5, "d mmmm yyyy", FEBRUARY),
        (DAYS + 0.5, "yyyy-mm-dd hh:mm", datetime.datetime.fromisoformat("2026-02-01T12:00")),
        (DAYS, "d\\-mmm", Shown("1-Feb", day=FEBRUARY)),
        (DAYS, "mmm-yy", Shown("Feb-26", day=FEBRUARY)),
        (DAYS, "[$-419]d mmm;@", Shown("1 Feb", day=FEBRUARY)),
        (0.125, "h:mm", Shown("3:00")),
        (1.5, "[h]:mm:ss", datetime.timedelta(hours=36)),
    ],
)
def test_as_seen__number_in_a_format__is_what_its_cell_shows(value: float, code: str, seen: object) -> None:
    assert as_seen(value, code) == seen
    if not shows_otherwise(code):
        assert not isinstance(seen, Shown)


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.one_of(
        st.text(alphabet='0#?.,%;"$[]€-/ EeyYmdhs:_*\\@>=5G', max_size=16),
        st.sampled_from(
            ["0%", "#,##0.00", "0,,", "# ??/??", "0.0E+0", "d-m", "[<5]0;[>9]0%;0", ";;;", '"'],
        ),
    ),
)
def test_as_seen__any_number_in_any_format__is_something(value: float, code: str) -> None:
    shows_otherwise(code)
    hides_text(code)
    seen = as_seen(value, code)
    assert seen is not None
    if isinstance(seen, Shown) and seen.number is not None:
        assert math.isfinite(seen.number)


# Every format of file ---------------------------------------------------------------------------------

NUMBERS: tuple[tuple[float, str, Raw | None], ...] = (
    (1.09, "0%", Shown("109%", 109, "%")),
    (0.125, "0.0%", Shown("12.5%", 12.5, "%")),
    (2.3456, "0.0", Shown("2.3", 2.3)),
    (2.3456, "", 2.3456),
    (1250.5, "#,##0", Shown("1,251", 1251)),
    (1250.5, "#,##0.00 [$€-407]", Shown("1,250.50 €", 1250.5, "€")),
    (1250000, "0,", Shown("1250")),
    (0.5, "# ?/?", Shown("1/2", 0.5)),
    (140.1, "0.00", Shown("140.10", 140.1)),
    (45, '0 "persons"', Shown("45 persons", 45, "persons")),
    (123, "00000", Shown("00123", 123)),
    (0, "0;-0;;@", None),
    (5, ";;;", 5),
    (DAYS, "d-mmm", Shown("1-Feb", day=FEBRUARY)),
    (DAYS, "mmm-yy", Shown("Feb-26", day=FEBRUARY)),
    (DAYS, "yyyy-mm-dd", FEBRUARY),
    (0.125, "h:mm", Shown("3:00")),
    (12345678901, "", 12345678901),
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060600000"
    "00050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def written() -> bytes:
    """Numbers in formats down column A, everything else in column B."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, struck = book.add_worksheet("Progress"), book.add_format({"font_strikeout": True})
    for row, (value, code, _) in enumerate(NUMBERS):
        sheet.write_number(row, 0, value, book.add_format({"num_format": code}) if code else None)
    sheet.write_string(0, 1, "all gone", struck)
    sheet.write_rich_string(1, 1, struck, "old ", "new")
    sheet.write_rich_string(2, 1, "keep ", struck, "gone", " keep")
    sheet.write_number(3, 1, 7, struck)
    sheet.write_string(4, 1, "white", book.add_format({"font_color": "#FFFFFF"}))
    sheet.write_comment(5, 1, "A remark", {"author": "Ann"})
    sheet.write_comment(6, 1, "Must be corrected\nwrong\n→ correct it", {"author": "uprreport"})
    sheet.insert_textbox(8, 1, "Boxed\nanswer")
    sheet.insert_image(9, 1, "stamp.png", {"image_data": io.BytesIO(PIXEL)})
    sheet.write_url(10, 1, "https://example.org/act", None, "here")
    book.close()
    return target.getvalue()


TEXTS: dict[tuple[int, int], Raw] = {
    (1, 2): Struck((("all gone", True),)),
    (2, 2): Struck((("old ", True), ("new", False))),
    (3, 2): Struck((("keep ", False), ("gone", True), (" keep", False))),
    (4, 2): Struck((("7", True),)),
    (5, 2): "white",
    (11, 2): "here",
}
ASIDES = [
    Aside((5, 2), "unseen", "white"),
    Aside((6, 2), "comment", "A remark"),
    Aside((9, 2), "box", "Boxed\nanswer"),
    Aside((10, 2), "picture", ""),
    Aside((11, 2), "link", "https://example.org/act"),
    Aside((13, 1), "unseen", "5"),
]


def check_seen(grid: Grid) -> None:
    numbers = {(row, 1): seen for row, (_, _, seen) in enumerate(NUMBERS, 1) if seen is not None}
    assert dict(grid.cells) == {**numbers, **TEXTS}
    # the description of a picture does not survive every format
    assert [replace(a, text="") if a.kind == "picture" else a for a in grid.asides] == ASIDES


def test_read_workbook__xlsx__gives_what_the_eye_sees(written: bytes, tmp_path: Path) -> None:
    check_seen(grid_of(written, tmp_path))


def test_read_workbook__patient_reader__gives_the_same(
    written: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uprreport.files.excel.readers.DENSE_AREA", 1)
    check_seen(grid_of(written, tmp_path))


@pytest.mark.apps
@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_read_workbook__saved_by_libreoffice__gives_what_the_eye_sees(
    form: str, written: bytes, soffice: Convert, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(written)
    check_seen(grid_of(soffice(path, form).read_bytes(), tmp_path, f"saved.{form}"))


def test_read_workbook__binary_workbook__gives_what_the_eye_sees(tmp_path: Path) -> None:
    content = xlsb(
        {(1, 1): 1.09, (1, 2): DAYS, (2, 1): "all gone", (2, 2): "kept gone", (3, 1): "plain"},
        looks={(1, 1): PER_CENT, (1, 2): DAY_AND_MONTH, (2, 1): STRUCK},
        comments={(3, 2): "A remark"},
        parted={"kept gone": 5},
    )
    grid = grid_of(content, tmp_path, "sheet.xlsb")
    assert dict(grid.cells) == {
        (1, 1): Shown("109%", 109, "%"),
        (1, 2): Shown("1-Feb", day=FEBRUARY),
        (2, 1): Struck((("all gone", True),)),
        (2, 2): Struck((("kept ", False), ("gone", True))),
        (3, 1): "plain",
    }
    assert grid.asides == (Aside((3, 2), "comment", "A remark"),)


# Odd ways of writing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (b'<c r="A1" t="inlineStr"><is><t>a</t></is><v>x</v></c>', "a"),
        (b'<c r="A1" t="inlineStr"><v>x</v><is><t>a</t></is></c>', "a"),
        (b'<c r="A1" t="inlineStr"><v>x</v></c>', "x"),
        (b'<c r="A1" t="str"><is><t>a</t></is></c>', "a"),
        (b'<c r="A1" t="s"><is><t>a</t></is></c>', "a"),
        (b'<c r="A1"><is><r><t>a</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>', "a"),
        (b'<c r="A1"><v>abc</v></c>', "abc"),
        (b'<c r="A1" t="b"><v>true</v></c>', True),
        (
            b'<c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>a</t></r><r><t>b</t></r></is></c>',
            Struck((("a", True), ("b", False))),
        ),
        (
            b'<c r="A1" t="inlineStr"><is><r><rPr><strike val="0"/></rPr><t>a</t></r></is></c>',
            "a",
        ),
    ],
)
def test_read_workbook__value_in_an_odd_place__is_read(rows: bytes, read: Raw, tmp_path: Path) -> None:
    sound = b'<c r="B1" t="inlineStr"><is><t>sound</t></is></c>'
    content = with_sheet(b'<row r="1">' + rows + sound + b"</row>")
    assert grid_of(content, tmp_path).cells == {(1, 1): read, (1, 2): "sound"}


def test_read_workbook__picture_in_a_cell__is_told_and_is_no_error(tmp_path: Path) -> None:
    grid = grid_of(
        with_sheet(
            b'<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c><c r="B1"><v>1</v></c>'
            b'<c r="C1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>'
        ),
        tmp_path,
    )
    assert grid.cells == {(1, 2): 1}
    assert grid.asides == (Aside((1, 1), "picture", ""), Aside((1, 3), "picture", ""))


def test_read_workbook__part_of_a_struck_cell_that_is_not_struck__is_kept(tmp_path: Path) -> None:
    """Excel writes the first run without a look of its own where it has that of its cell."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
    sheet = book.add_worksheet("Progress")
    sheet.write_rich_string(0, 0, "old ", plain, "new", struck)
    sheet.write_rich_string(1, 0, "kept ", plain, "too")
    book.close()
    assert grid_of(target.getvalue(), tmp_path).cells == {
        (1, 1): Struck((("old ", True), ("new", False))),
        (2, 1): "kept too",
    }


THREAD = b"""<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="B2" id="{1}"><text>Who writes this?</text></threadedComment>
<threadedComment ref="B2" id="{2}" parentId="{1}"><text>A third clinic opens in 2027.</text></threadedComment>
</ThreadedComments>"""
COPY = b"""<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<authors><author>tc={1}</author><author>Ann</author></authors><commentList>
<comment ref="B2" authorId="0"><text><t>[Threaded comment]

Your version of Excel allows you to read this threaded comment.

Comment:
    Who writes this?</t></text></comment>
<comment ref="B3" authorId="1"><text><r><t>Ann:
</t></r><r><t>An old note</t></r></text></comment></commentList></comments>"""
VML = b"""<xml xmlns:v="urn:v" xmlns:x="urn:x"><v:shape id="a"><v:textbox>
<div>Old <font>box<br></font></div></v:textbox>
<x:ClientData ObjectType="Rect"><x:Anchor> 1, 15, 3, 2, 3, 15, 5, 4</x:Anchor></x:ClientData></v:shape>
<v:shape id="b"><v:textbox>of a note</v:textbox><x:ClientData ObjectType="Note"/></v:shape></xml>"""
RELATIONS = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://x/2017/10/relationships/threadedComment" Target="../t.xml"/>
<Relationship Id="r2" Type="http://x/relationships/comments" Target="../comments1.xml"/>
<Relationship Id="r3" Type="http://x/relationships/vmlDrawing" Target="../drawings/v.vml"/></Relationships>"""


def with_parts(parts: dict[str, bytes]) -> bytes:
    content = workbook(Progress="| a |")
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


def test_read_workbook__conversations_and_old_drawings__are_told_once(tmp_path: Path) -> None:
    content = with_parts(
        {
            "xl/worksheets/_rels/sheet1.xml.rels": RELATIONS,
            "xl/t.xml": THREAD,
            "xl/comments1.xml": COPY,
            "xl/drawings/v.vml": VML,
        }
    )
    assert grid_of(content, tmp_path).asides == (
        Aside((2, 2), "comment", "Who writes this?\nA third clinic opens in 2027."),
        Aside((3, 2), "comment", "An old note"),
        Aside((4, 2), "box", "Old box"),
    )


def test_read_workbook__conversation_in_a_program_that_knows_none__is_its_plain_copy(tmp_path: Path) -> None:
    relations = RELATIONS.replace(b"threadedComment", b"gone")
    content = with_parts({"xl/worksheets/_rels/sheet1.xml.rels": relations, "xl/comments1.xml": COPY})
    assert grid_of(content, tmp_path).asides[0] == Aside((2, 2), "comment", "Who writes this?")


def test_read_workbook__damaged_drawing__does_not_cost_the_answers(tmp_path: Path) -> None:
    relations = RELATIONS.replace(b"vmlDrawing", b"drawing")
    content = with_parts({"xl/worksheets/_rels/sheet1.xml.rels": relations, "xl/drawings/v.vml": b"<a><b>"})
    grid = grid_of(content, tmp_path)
    assert grid.cells == {(1, 1): "a"}
    assert Aside(None, "picture", "") in grid.asides


def test_comment_of__note_of_the_tool_itself__is_none() -> None:
    assert comment_of((1, 1), "Must be corrected\nit is wrong\n→ correct it") == []
    assert comment_of((1, 1), "anything", "uprreport") == []
    assert comment_of((1, 1), "  ") == []
    assert comment_of((1, 1), "see → the annex") == [Aside((1, 1), "comment", "see → the annex")]


def test_written_again__struck_words_stay_struck(tmp_path: Path) -> None:
    from uprreport.files.excel.workbook import RawTab
    from uprreport.files.excel.write import write_workbook

    cells: dict[tuple[int, int], Raw] = {
        (1, 1): Struck((("all gone", True),)),
        (1, 2): Struck((("old ", True), ("new", False))),
        (1, 3): Shown("109%", 109, "%"),
    }
    created = datetime.date(2026, 1, 1)
    content = write_workbook([RawTab(grid=Grid("a", False, cells))], properties={}, created=created)
    assert grid_of(content, tmp_path).cells == {**cells, (1, 3): "109%"}
