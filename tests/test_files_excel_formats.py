"""Formats that are not .xlsx: .ods and .xls as LibreOffice writes them, .xlsb by hand; and damaged ones."""

from __future__ import annotations

import datetime
import functools
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from conftest import Convert
from reviews import PROPERTIES, expected
from uprreport.collect.sheet import sheet_properties, sheet_tabs, write_sheet
from uprreport.collect.submissions import read_submission
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.workbook import Limits
from uprreport.model import ErrorCell, Filled, Raw
from uprreport.text import is_empty
from workbooks import workbook
from xlsb import Cell, xlsb

TABLE = """
| Number  | Status            | Start            | Budget    | Sure        | Broken       | Note             |
| 140.10  | Partly\\n& <done> | =date:2025-01-31 | =num:12.5 | =bool:true  | =error:#REF! | a\u00a0 b  c     |
| 140.100 | Planned           | 31.01.2025       | =num:3    | =bool:false | =error:#N/A  | əğıİ 中文 |
"""

CELLS: dict[tuple[int, int], Raw] = {
    (2, 1): "140.10",
    (2, 2): "Partly\n& <done>",
    (2, 3): datetime.date(2025, 1, 31),
    (2, 4): 12.5,
    (2, 5): True,
    (2, 6): ErrorCell("#REF!"),
    (3, 1): "140.100",
    (3, 3): "31.01.2025",
    (3, 4): 3,
    (3, 5): False,
    (3, 6): ErrorCell("#N/A"),
    (3, 7): "əğıİ 中文",
}


@pytest.fixture(scope="module", params=["ods", "xls"])
def converted(
    request: pytest.FixtureRequest, soffice: Convert, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("formats") / "table.xlsx"
    path.write_bytes(workbook(Progress=TABLE, properties=PROPERTIES))
    return soffice(path, str(request.param))


def cells_of(path: Path) -> dict[tuple[int, int], Raw]:
    book, findings = read_workbook(path, path.name)
    assert findings == ()
    assert book is not None
    return dict(book.grids[0].cells)


@pytest.mark.apps
def test_read_workbook__saved_in_another_format__holds_the_same_cells(converted: Path) -> None:
    found = cells_of(converted)
    assert {at: found[at] for at in CELLS} == CELLS


@pytest.mark.apps
def test_read_workbook__other_format_under_the_name_of_xlsx__is_read_by_its_content(
    converted: Path, tmp_path: Path
) -> None:
    renamed = tmp_path / "table.xlsx"
    renamed.write_bytes(converted.read_bytes())
    assert cells_of(renamed) == cells_of(converted)


@pytest.mark.apps
@pytest.mark.parametrize("form", ["ods", "xls"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_sheet__sent_back_in_another_format__is_read_as_if_it_were_xlsx(
    form: str, language: str, soffice: Convert, tmp_path: Path
) -> None:
    want = expected()
    agency = replace(want.register.agencies[0], language=language)
    answers = {
        "140.1": {"status": "implemented", "measures": "Two.\nThree.", "end": datetime.date(2025, 3, 31)},
        "140.10": {"status": "planned", "publication": "internal"},
    }
    filled = Filled({"approved_by": "A", "approved_on": datetime.date(2026, 4, 1)}, answers)
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(
        write_sheet(want, agency, sheet_tabs(want, agency, filled), sheet_properties(want, agency))
    )
    submission, findings = read_submission(soffice(path, form), f"sheet.{form}", want)
    assert findings == ()
    assert submission is not None
    assert submission.agency == agency.id
    rows = {row.text("number"): dict(row.values) for row in submission.rows["progress"]}
    assert rows == {number: {"number": number, **answer} for number, answer in answers.items()}


# The binary one ---------------------------------------------------------------------------------------------

BINARY: dict[tuple[int, int], Cell] = {
    (1, 1): "Number",
    (1, 2): "Start",
    (2, 1): "140.10",
    (2, 2): 45688.0,
    (2, 3): 12.5,
    (2, 4): True,
    (2, 5): b"\x17",
    (3, 1): "140.100",
    (3, 3): 3,
}


def test_read_workbook__binary_workbook__holds_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsb"
    path.write_bytes(xlsb(BINARY, frozenset({(2, 2)})))
    assert cells_of(path) == {
        (1, 1): "Number",
        (1, 2): "Start",
        (2, 1): "140.10",
        (2, 2): datetime.date(2025, 1, 31),
        (2, 3): 12.5,
        (2, 4): True,
        (2, 5): ErrorCell("#REF!"),
        (3, 1): "140.100",
        (3, 3): 3.0,
    }


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 8), st.integers(1, 8)),
        st.one_of(TEXTS.filter(lambda text: not is_empty(text)), st.floats(0, 1e6).map(float), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_read_workbook__any_binary_workbook__is_what_another_reader_sees(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[tuple[int, int], Cell]
) -> None:
    content = xlsb(cells)
    path = tmp_path_factory.mktemp("xlsb") / "table.xlsb"
    path.write_bytes(content)
    found = cells_of(path)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    top, left = sheet.start or (0, 0)
    told = {
        (top + row + 1, left + column + 1): value
        for row, line in enumerate(sheet.to_python(skip_empty_area=True))
        for column, value in enumerate(line)
        if value != "" and not (isinstance(value, str) and is_empty(value))
    }
    assert found == told == cells


# Damage -----------------------------------------------------------------------------------------------------

Damage = Callable[[random.Random, bytes], bytes]


def flip(rng: random.Random, content: bytes) -> bytes:
    damaged = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content))]


def inside(rng: random.Random, content: bytes) -> bytes:
    """Bytes of one part changed, in an archive that is sound."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        names = source.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = source.read(name)
            copy.writestr(name, flip(rng, part) if name == chosen and part else part)
    return target.getvalue()


def survive(content: bytes, path: Path) -> None:
    """Whatever it is, it is read or told about; never a traceback."""
    path.write_bytes(content)
    book, findings = read_workbook(path, path.name, Limits(unpacked=8 * 1024 * 1024))
    assert (book is not None) or findings
    assert all(finding.message and finding.hint for finding in findings)


@functools.cache
def intact() -> tuple[bytes, bytes]:
    """Two sound workbooks, made once: an archive holds the second in which it was made."""
    return workbook(Progress=TABLE), xlsb(BINARY)


@given(st.randoms(use_true_random=False), st.sampled_from([flip, cut, inside]))
def test_read_workbook__damaged_xlsx_and_xlsb__is_told_or_read(
    tmp_path_factory: pytest.TempPathFactory, rng: random.Random, damage: Damage
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    plain, binary = intact()
    survive(damage(rng, plain), folder / "a.xlsx")
    survive(damage(rng, binary), folder / "a.xlsb")


@pytest.mark.apps
@settings(max_examples=25)
@given(rng=st.randoms(use_true_random=False), damage=st.sampled_from([flip, cut, inside]))
def test_read_workbook__damaged_ods_and_xls__is_told_or_read(
    converted: Path, tmp_path_factory: pytest.TempPathFactory, rng: random.Random, damage: Damage
) -> None:
    if converted.suffix == ".xls" and damage is inside:
        damage = flip
    survive(damage(rng, converted.read_bytes()), tmp_path_factory.mktemp("damaged") / converted.name)


OFFICE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(tables: str) -> bytes:
    """An .ods file with these tables and nothing else."""
    content = (
        f"<office:document-content {OFFICE}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return target.getvalue()


def of_texts(text: str, rows: int, columns: int, sheets: int = 1) -> str:
    """Worksheets in which one text fills everything."""
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}"><text:p>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}{text}</text:p></table:table-cell>'
    return f'<table:table table:name="P">{row}</table:table-row></table:table>' * sheets


BOMBS = {
    "cells": (ods(of_texts("x", 20_000, 400)), "more than 500,000 filled cells"),
    "worksheets": (ods(of_texts("x", 1_000, 300, 3)), "more than 500,000 filled cells"),
    "one text in all": (ods(of_texts("<text:s text:c='999'/>x" * 900, 200, 300)), "more text than is read"),
    "blank cells": (
        ods(f'<table:table table:name="P">{"<table:table-row/>" * 2_100_000}</table:table>'),
        "blank cells",
    ),
    "too many worksheets": (ods(of_texts("x", 1, 1, 1_001)), "more than 1000 worksheets"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_read_workbook__small_file_that_grows__is_refused_in_plain_words(name: str, tmp_path: Path) -> None:
    content, words = BOMBS[name]
    path = tmp_path / "bomb.ods"
    path.write_bytes(content)
    assert path.stat().st_size < 200_000
    book, (finding,) = read_workbook(path, "bomb.ods")
    assert book is None
    assert finding.code == "workbook-unreadable"
    assert words in finding.message


def test_read_workbook__ods_with_a_million_repeated_rows__is_bounded(tmp_path: Path) -> None:
    table = (
        "<table:table table:name='Progress'>"
        "<table:table-row><table:table-cell office:value-type='string'><text:p>Number</text:p>"
        "</table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated='1048574'><table:table-cell "
        "table:number-columns-repeated='16384'/></table:table-row>"
        "<table:table-row table:number-rows-repeated='900000'><table:table-cell office:value-type='float' "
        "office:value='1' table:number-columns-repeated='16000'/></table:table-row></table:table>"
    )
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"' for name, uri in names.items()
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{table}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "bomb.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    book, findings = read_workbook(path, "bomb.ods")
    assert book is not None
    assert book.grids[0].cells[1, 1] == "Number"
    assert len(book.grids[0].cells) <= Limits().cells
    assert [f.code for f in findings] == ["workbook-unreadable"]
    assert "beyond" in findings[0].message
