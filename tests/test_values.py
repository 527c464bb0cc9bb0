from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.model import BareFormula, ErrorCell, Raw
from uprreport.review import load_shipped_schema
from uprreport.values import as_text, is_blank, read_value

PROGRESS = load_shipped_schema("progress")
NOTHING = [
    "-",
    "–",
    "—",
    "--",
    " - ",
    "n/a",
    "N/A",
    "n.a.",
    "None",
    "none ",
    "Néant",
    "Ninguna.",
    "无",
    "لا يوجد",
    "Yoxdur",
]


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize("name", ["status", "measures", "start", "budget", "consulted", "assistance_needed"])
def test_read_value__dash_or_none__is_no_answer_in_any_kind_of_column(name: str, text: str) -> None:
    column = PROGRESS.column(name)
    assert read_value(column, text) == (None, ())
    assert is_blank(column, text)


@pytest.mark.parametrize("text", ["None of the clinics was closed.", "- two clinics", "no", "nonetheless"])
def test_read_value__text_that_begins_alike__is_an_answer(text: str) -> None:
    column = PROGRESS.column("measures")
    assert read_value(column, text) == (text, ())
    assert not is_blank(column, text)


def test_read_value__dash_where_the_schema_says_so__is_an_answer() -> None:
    column = replace(PROGRESS.column("challenges"), none_counts=True)
    assert read_value(column, "none") == ("none", ())
    assert not is_blank(column, "none")
    listed = replace(
        PROGRESS.column("status"), choices=(replace(PROGRESS.column("status").choices[0], key="none"),)
    )
    assert read_value(listed, "None") == ("none", ())


def test_is_blank__error_or_bare_formula__is_not() -> None:
    column = PROGRESS.column("measures")
    assert not is_blank(column, ErrorCell("#N/A"))
    assert not is_blank(column, BareFormula(""))
    assert is_blank(column, " \u00a0\n")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (ErrorCell("#REF!"), "#REF!"),
        (BareFormula("A1+1"), "=A1+1"),
        (0.1 + 0.2, "0.3"),
        (140.1, "140.1"),
        (3.0, "3"),
        (float("inf"), "inf"),
        (True, "Yes"),
        (datetime.datetime(2025, 3, 1), "2025-03-01"),
        (datetime.date(2025, 3, 1), "2025-03-01"),
    ],
)
def test_as_text__cell__as_a_person_sees_it(raw: Raw, shown: str) -> None:
    assert as_text(raw) == shown


@pytest.mark.parametrize("year", [1990, 2023, 2025, 2026])
def test_read_value__year_typed_into_a_date_cell__is_told(year: int) -> None:
    day = datetime.date(1899, 12, 30) + datetime.timedelta(year)
    for raw in (day, datetime.datetime(day.year, day.month, day.day), float(year), str(year)):
        value, (problem,) = read_value(PROGRESS.column("start"), raw)
        assert value is None
        assert (problem.code, problem.value) == ("value-wrong-type", str(year))


@given(st.dates(datetime.date(1906, 1, 1), datetime.date(2200, 1, 1)))
def test_read_value__any_other_date__is_read(day: datetime.date) -> None:
    column = PROGRESS.column("start")
    for raw in (day, day.isoformat(), f"{day.day}.{day.month}.{day.year}"):
        assert read_value(column, raw) == (day, ())


@pytest.mark.parametrize("text", ["03/04/2025", "4-3-2025"])
def test_read_value__date_with_two_readings__is_told(text: str) -> None:
    value, (problem,) = read_value(PROGRESS.column("start"), text)
    assert (value, problem.code) == (None, "date-ambiguous")


@pytest.mark.parametrize("text", ["31.02.2025", "2025", "March 2025", "31/03/25", "soon"])
def test_read_value__no_date__is_told(text: str) -> None:
    value, (problem,) = read_value(PROGRESS.column("start"), text)
    assert (value, problem.code) == (None, "value-wrong-type")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1250,5", 1250.5),
        ("0,75", 0.75),
        ("3,1416", 3.1416),
        ("1 250,50", 1250.5),
        ("1250.5", 1250.5),
        ("12", 12),
    ],
)
def test_read_value__decimal_sign__is_a_point_or_a_comma(text: str, number: float) -> None:
    assert read_value(PROGRESS.column("indicator_value"), text) == (number, ())


@pytest.mark.parametrize("text", ["1,250", "1,250,000", "1,250.5", "1.250,5", ",5", "5,"])
def test_read_value__comma_that_may_divide_thousands__is_not_guessed_at(text: str) -> None:
    value, (problem,) = read_value(PROGRESS.column("indicator_value"), text)
    assert (value, problem.code) == (None, "value-wrong-type")


@pytest.mark.parametrize(
    "typed", ["moh, moe", "moh; moe", "moh\nmoe", "moh،moe", "moh؛ moe", "moh，moe", "moh、moe"]
)
def test_read_value__several_ids__are_divided_by_any_script_s_comma(typed: str) -> None:
    column = load_shipped_schema("recommendations").column("supporting")
    assert read_value(column, typed) == (("moh", "moe"), ())


def test_read_value__names_with_commas__are_divided_by_lines_only() -> None:
    column = load_shipped_schema("recommendations").column("recommending_states")
    assert read_value(column, "Iran, Islamic Republic of\nPeru") == (
        ("Iran, Islamic Republic of", "Peru"),
        (),
    )
