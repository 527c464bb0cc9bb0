from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Convert
from reviews import expected
from uprreport.collect.computed import HEADINGS, computed_columns, is_computed
from uprreport.collect.expected import Expected
from uprreport.collect.needs import Condition, Need, missing, needs_of
from uprreport.collect.rules import check_evidence
from uprreport.collect.sheet import sheet_properties, sheet_tabs, write_sheet
from uprreport.collect.submissions import read_submission
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.workbook import Count, TextTab
from uprreport.language import ENGLISH, LANGUAGES, Language, load_language
from uprreport.model import Filled
from uprreport.review import load_shipped_schema
from uprreport.schema import RowPlace, localise, read_row, read_schema
from uprreport.text import words

WANT = expected()
MOH = WANT.register.agencies[0]
PROGRESS = load_shipped_schema("progress")


# What is missing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({}, ["status"]),
        ({"status": "planned"}, []),
        ({"status": "in progress"}, ["measures"]),
        ({"status": "implemented"}, ["measures", "legal_act"]),
        ({"status": "implemented", "measures": "Done."}, ["legal_act"]),
        ({"status": "implemented", "measures": "Done.", "link": "https://a.org"}, []),
        ({"status": "implemented", "measures": "Done.", "end": "2025-03-31"}, []),
        ({"measures": "Done."}, ["status"]),
        ({"status": "planned", "indicator": "Beds"}, ["indicator_value"]),
        ({"status": "planned", "budget": 5, "sdg_targets_corrected": ("3.8",)}, ["currency", "sdg_reason"]),
        ({"not_ours": "yes"}, []),
        ({"not_ours": "no"}, ["status"]),
    ],
)
def test_missing__row_of_progress__names_the_columns(row: dict[str, Any], wanted: list[str]) -> None:
    assert list(missing(needs_of(PROGRESS), row)) == wanted


def test_needs__schema_of_a_review_s_own__is_read() -> None:
    document = {
        "$id": "x/own.schema.json",
        "title": "Own",
        "properties": {"a": {"title": "A"}, "b": {"title": "B"}, "c": {"title": "C"}},
        "required": ["a"],
        "allOf": [
            {"if": {"properties": {"a": {"const": "x"}}, "required": ["a"]}, "then": {"required": ["b"]}},
            {"if": {"properties": {"a": {"pattern": "x"}}, "required": ["a"]}, "then": {"required": ["c"]}},
        ],
    }
    assert needs_of(read_schema(document)) == (
        Need("a", ((),)),
        Need("b", ((Condition("a", ("x",)),),)),
    )


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "status": st.sampled_from(["implemented", "planned", "in progress", "not implemented"]),
            "measures": st.just("Done."),
            "legal_act": st.just("Act No. 5"),
            "end": st.just(datetime.date(2025, 3, 31)),
            "link": st.just("https://a.org"),
            "indicator": st.just("Beds"),
            "indicator_value": st.just(2.5),
            "budget": st.just(100),
            "currency": st.just("EUR"),
            "sdg_targets_corrected": st.just("3.8"),
            "sdg_reason": st.just("Closer."),
        },
    )
)
def test_missing__any_row_with_a_status__is_what_the_check_finds(row: dict[str, Any]) -> None:
    read, findings = read_row(PROGRESS, RowPlace("f", "s", 2, {}), {"number": "140.1", **row})
    told = {finding.at.field for finding in findings if finding.code == "value-missing"}
    told |= {finding.at.field for finding in check_evidence(read, WANT)}
    assert set(missing(needs_of(PROGRESS), row)) - told <= {"status"}
    assert told <= set(missing(needs_of(PROGRESS), row))


# The formulas, as LibreOffice computes them ---------------------------------------------------------------

ANSWERS: dict[str, dict[str, Any]] = {
    "140.1": {"status": "implemented", "measures": " Two clinics\nin three\u00a0towns  were\u202fopened. "},
    "140.10": {"status": "implemented", "indicator": "Beds", "challenges": "word " * 101},
    "140.100": {"measures": "Something\twas done.", "budget": 5},
    "P1": {"not_ours": "yes"},
    "140.11": {"status": "Nearly there", "publication": "public", "challenge_type": "Weather"},
}
TABLES = {
    "assistance": ({"numbers": ("140.1",), "kind": "training", "cost": 5}, {"publication": "public"}),
    "practices": ({"title": "A forum", "practice": "One.\nTwo."},),
}


def sheet(language: str = "en", filled: Filled | None = None) -> bytes:
    agency = replace(MOH, language=language)
    return write_sheet(WANT, agency, sheet_tabs(WANT, agency, filled), sheet_properties(WANT, agency))


def without_values(content: bytes) -> bytes:
    """The workbook with its formulas' stored values taken out, so that a program must compute them."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
                assert b"</f><v>" not in part
            copy.writestr(entry, part)
    return target.getvalue()


def formulas(content: bytes) -> dict[tuple[str, str], Any]:
    """The stored values of the formulas of a workbook, by tab and cell."""
    told = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        (tab.title, cell.coordinate): values[tab.title][cell.coordinate].value
        for tab in told
        for row in tab.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.apps
@pytest.mark.parametrize("code", ["en", "az", "ar"])
def test_formulas__computed_by_libreoffice__give_the_values_that_were_written(
    code: str, soffice: Convert, tmp_path: Path
) -> None:
    content = sheet(code, Filled(progress=ANSWERS, tables=TABLES))
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(without_values(content))
    written, computed = formulas(content), formulas(soffice(path, "xlsx").read_bytes())
    assert set(written) <= set(computed)
    assert len(written) > 100
    assert {at: computed[at] or None for at in written} == {at: told or None for at, told in written.items()}


def values(name: str, rows: list[dict[str, Any]], *, always: bool) -> dict[str, list[Any]]:
    made = computed_columns(load_shipped_schema(name), rows, ENGLISH, always=always)
    return {f"{column.heading} {column.after}".strip(): list(column.values) for column in made}


def test_computed__rows_of_progress__tell_what_is_missing_and_count() -> None:
    assert values("progress", list(ANSWERS.values()), always=True) == {
        "Still missing": [
            "Legal act",
            "Measures taken, Legal act, Indicator: value",
            "Status, Currency",
            "Complete",
            "Status, Type of challenge",
        ],
        "Words measures": [7, 0, 3, 0, 0],
        "Words challenges": [0, 101, 0, 0, 0],
        "Words next_steps": [0, 0, 0, 0, 0],
    }


def test_computed__row_of_another_agency__needs_nothing() -> None:
    told = values("progress", [{"not_ours": "yes"}, {"not_ours": "yes", "status": "nonsense"}], always=True)
    assert told["Still missing"] == ["Complete", "Status"]


def test_computed__value_that_is_not_in_its_list__is_never_complete_and_is_marked() -> None:
    for name in ("progress", "assistance", "practices", "consultations"):
        schema = load_shipped_schema(name)
        for column in schema.columns:
            if not column.choices or column.locked:
                continue
            made, *_ = computed_columns(schema, [{column.name: "Neither"}], ENGLISH, always=True)
            assert column.title in str(made.values[0]).split(", ")
            assert column.name in made.cells


def test_computed__row_of_a_free_table__needs_nothing_until_something_stands_in_it() -> None:
    told = values("assistance", [dict(row) for row in TABLES["assistance"]] + [{}], always=False)
    assert told["Still missing"] == ["Description, Currency", "", ""]


@given(st.text(alphabet=st.sampled_from("ab \n\t\u00a0\u202f\u3000–"), max_size=30))
def test_computed__words__are_counted_as_everywhere(text: str) -> None:
    told = values("progress", [{"measures": text}], always=True)
    assert told["Words measures"] == [words(text)]


def test_computed__first_page__tells_the_counts() -> None:
    page = sheet_tabs(WANT, MOH, Filled(progress=ANSWERS))[0]
    assert isinstance(page, TextTab)
    rows = len(WANT.register.assigned_to(MOH.id))
    counts = [passage.value for passage in page.passages if isinstance(passage, Count)]
    assert counts == [1, rows - 1]


def test_computed__formulas__use_only_what_every_office_program_has() -> None:
    known = {"IF", "IFERROR", "AND", "OR", "LEN", "TRIM", "MID", "SUBSTITUTE", "CHAR", "COUNTA", "COUNTIF"}
    book = openpyxl.load_workbook(io.BytesIO(sheet("en", Filled(progress=ANSWERS))))
    told = [c.value for tab in book for row in tab.iter_rows() for c in row if c.data_type == "f"]
    rules = [
        f
        for tab in book
        for rules in tab.conditional_formatting
        for rule in rules.rules
        for f in rule.formula
    ]
    used = {
        name for f in (*told, *rules) for name in re.findall(r"([A-Z.]+)\(", re.sub(r'"[^"]*"', "", str(f)))
    }
    assert used <= known
    assert {"IFERROR", "SUBSTITUTE", "COUNTIF"} <= used
    assert max(len(str(f)) for f in told) < 8192


# Reading back, in every language ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_sheet__in_a_language__reads_back_the_same(code: str, tmp_path: Path) -> None:
    filled = {
        "140.1": {"status": "implemented", "measures": "Two.", "end": datetime.date(2025, 3, 31)},
        "140.10": {"status": "planned", "publication": "internal", "challenge_type": "financial"},
    }
    tables = {"assistance": ({"numbers": ("140.1",), "kind": "training", "description": "Two courses."},)}
    cover = {"approved_by": "A. Director", "approved_on": datetime.date(2026, 4, 1)}
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(sheet(code, Filled(cover, filled, tables)))
    submission, findings = read_submission(path, "sheet.xlsx", WANT)
    assert findings == ()
    assert submission is not None
    rows = {row.text("number"): dict(row.values) for row in submission.rows["progress"]}
    assert rows == {number: {"number": number, **answer} for number, answer in filled.items()}
    assert [dict(row.values) for row in submission.rows["assistance"]] == [dict(tables["assistance"][0])]
    assert submission.approved_on == datetime.date(2026, 4, 1)


def test_sheet__arabic__runs_from_right_to_left() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet("ar", Filled(progress=ANSWERS))))
    assert all(tab.sheet_view.rightToLeft for tab in book)
    progress = book[load_language("ar")("Progress")]
    cells = [cell for row in progress.iter_rows() for cell in row if cell.data_type == "s"]
    direction = {cell.value: cell.alignment.readingOrder for cell in cells}
    assert {direction[title] for title in (c.value for c in progress[1])} == {2}
    assert (
        direction["Open a clinic in every district"] == 1
    )  # else its full stop would stand at its beginning
    assert direction["140.10"] == 2
    assert not any(tab.sheet_view.rightToLeft for tab in openpyxl.load_workbook(io.BytesIO(sheet("az"))))


@pytest.mark.parametrize("code", LANGUAGES)
def test_is_computed__headings_of_a_language__and_no_others(code: str) -> None:
    language = load_language(code)
    assert all(is_computed(language(heading)) and is_computed(heading) for heading in HEADINGS)
    schemas = [localise(load_shipped_schema(name), language) for name in ("progress", "assistance")]
    assert not any(is_computed(column.title) for schema in schemas for column in schema.columns)


def test_sheet__schema_of_a_review_s_own__needs_none_of_the_shipped_columns(tmp_path: Path) -> None:
    gone = ("publication", "legal_act", "not_ours", "status")
    document = dict(PROGRESS.document)
    document["properties"] = {n: spec for n, spec in document["properties"].items() if n not in gone}
    document["allOf"] = []
    own = read_schema(document)
    want = Expected(
        WANT.settings, WANT.register, lambda n: own if n == "progress" else load_shipped_schema(n), WANT.today
    )
    tabs = sheet_tabs(want, MOH)
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(write_sheet(want, MOH, tabs, sheet_properties(want, MOH)))
    workbook, findings = read_workbook(path, "sheet.xlsx")
    assert findings == ()
    assert workbook is not None


def test_computed__language_with_another_comma__joins_and_cuts_by_it() -> None:
    language = Language("xx", {"{first}, {second}": "{first}、{second}"})
    (made, *_) = computed_columns(PROGRESS, [{"measures": "x", "budget": 5}], language, always=True)
    assert made.values == ["Status、Currency"]
    assert '"、Status"' in "".join(part for part in made.formula if isinstance(part, str))
    assert ",2,500)" in "".join(part for part in made.formula if isinstance(part, str))
