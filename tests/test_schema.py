from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.findings import CATALOGUE
from uprreport.model import BareFormula, ErrorCell, Raw
from uprreport.review import load_shipped_schema, shipped
from uprreport.schema import RowPlace, nearest, read_row
from uprreport.values import read_value

PROGRESS = load_shipped_schema("progress")
PLACE = RowPlace("a.xlsx", "Progress", 3, {column.name: "A3" for column in PROGRESS.columns})


@pytest.mark.parametrize("path", sorted(shipped("schemas").glob("*.json")), ids=lambda path: path.name)
def test_shipped_schema__is_valid(path: object) -> None:
    from pathlib import Path

    from jsonschema import Draft202012Validator

    document = json.loads(Path(str(path)).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(document)


def test_lists__every_key__has_a_label() -> None:
    for tab in ("progress", "assistance", "recommendations", "consultations", "cover", "agencies"):
        for spec in load_shipped_schema(tab).document["properties"].values():
            assert list(spec.get("x-labels", {})) == spec.get("enum", [])


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("status", "In Progress", "in progress"),
        ("status", " partially implemented ", "partially implemented"),
        ("status", "Almost done", "Almost done"),
        ("start", datetime.datetime(2025, 3, 1, 12), datetime.date(2025, 3, 1)),
        ("start", "2025-03-01", datetime.date(2025, 3, 1)),
        ("start", "1.3.2025", datetime.date(2025, 3, 1)),
        ("start", "03/03/2025", datetime.date(2025, 3, 3)),
        ("indicator_value", "1 250.5", 1250.5),
        ("indicator_value", 3.0, 3),
        ("indicator_value", "1,250", None),
        ("indicator_value", float("nan"), None),
        ("sdg_targets_corrected", "16.9, 3.4;16.b", ("16.9", "3.4", "16.b")),
        (
            "consulted",
            "Bar Association; Section A\nUnion, local",
            ("Bar Association; Section A", "Union, local"),
        ),
        ("measures", 2025.0, "2025"),
        ("measures", "  ", None),
        ("start", 45000.0, None),
        ("measures", ErrorCell("#N/A"), None),
        ("measures", BareFormula("A1"), None),
    ],
)
def test_read_value__cell__by_its_column(name: str, raw: Raw, value: object) -> None:
    found, _ = read_value(PROGRESS.column(name), raw)
    assert found == value
    assert type(found) is type(value)


def test_read_row__error__is_left_out_and_warning_stays() -> None:
    row, findings = read_row(PROGRESS, PLACE, {"number": "140.1", "status": "Almost done", "budget": 5})
    assert dict(row.values) == {"number": "140.1", "budget": 5}
    assert {(f.code, f.at.field) for f in findings} == {
        ("value-not-in-list", "status"),
        ("value-missing", "currency"),
    }
    told = next(f for f in findings if f.code == "value-not-in-list")
    assert told.hint.startswith("choose Implemented, Partially implemented")
    assert told.hint.endswith("Continuous or Not implemented")


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("indicator_year", 25, "a whole number of at least 1990 and at most 2100"),
        ("indicator_year", 2025.5, "a whole number"),
        ("budget", -5, "a number of at least 0"),
        ("budget", "much", "a number"),
    ],
)
def test_read_row__number_out_of_bounds__is_told_the_bounds(name: str, raw: Raw, expected: str) -> None:
    row, findings = read_row(PROGRESS, PLACE, {"number": "140.1", name: raw})
    assert name not in row.values
    told = next(f for f in findings if f.at.field == name)
    assert told.message.endswith(f"cannot be read as {expected}")


@given(
    st.dictionaries(
        st.sampled_from([column.name for column in PROGRESS.columns]),
        st.one_of(
            st.text(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.integers(), st.times(),
            st.builds(ErrorCell, st.text()), st.builds(BareFormula, st.text()),
        ),
    )
)  # fmt: skip
def test_read_row__anything_in_any_cell__gives_findings_not_exceptions(raw: dict[str, Raw]) -> None:
    row, findings = read_row(PROGRESS, PLACE, raw)
    assert set(row.values) <= set(raw)
    for finding in findings:
        assert finding.code in CATALOGUE
        assert finding.message
        assert finding.at.cell == "A3"


def test_nearest__misspelt__is_named_and_strange_is_not() -> None:
    assert nearest("Sttus", ["Status", "Start"]) == "; did you mean Status?"
    assert nearest("quince", ["Status", "Start"]) == ""
