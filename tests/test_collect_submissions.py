"""Whatever stands in whatever cell: no traceback, findings that can be read, and places that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import TODAY, expected
from test_collect_sheet import MOH
from uprreport.collect.decisions import NO_DECISIONS, read_decisions
from uprreport.collect.decisions_sheet import decisions_tabs, is_current
from uprreport.collect.merge import merge
from uprreport.collect.records import records_document
from uprreport.collect.rules import check_submission
from uprreport.collect.sheet import sheet_properties, sheet_tabs
from uprreport.collect.submissions import read_submission
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.workbook import Grid, RawTab
from uprreport.files.excel.write import write_workbook
from uprreport.findings import CATALOGUE
from uprreport.model import ErrorCell, Filled, Raw
from uprreport.review import load_shipped_schema, shipped
from uprreport.schema import validator
from uprreport.text import clean_text
from uprreport.values import is_blank

WANT = expected(publication="needs clearance")
RECORDS = json.loads((shipped("schemas") / "records.schema.json").read_text(encoding="utf-8"))
DECISIONS = load_shipped_schema("decisions")
WORDS = [
    *("In progress", "Implemented", "Public", "Internal", "Confidential", "Yes", "-", "moj", "moh", "140.1"),
    *("140.10", "2025-03-31", "03/04/2025", "16.9", "https://example.org", "javascript:alert(1)"),
    *("One.\nTwo.", "Number", "Status", "_x000B_", "EUR"),
]
CELLS: st.SearchStrategy[Raw] = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8),
    st.floats(-1e6, 1e6),
    st.sampled_from([140.1, 140.7, 2025, 2025.5, True, ErrorCell("#REF!"), ErrorCell("#N/A")]),
    st.dates(),
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["Cover", "Progress", "Progress", "Progress", "Assistance", "Practices"]),
        st.integers(1, 9),
        st.integers(1, 42),
        CELLS,
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a blank sheet as it was sent."""
    made = tmp_path_factory.mktemp("bent")
    content = write_workbook(sheet_tabs(WANT, MOH), properties={}, created=TODAY)
    (made / "sent.xlsx").write_bytes(content)
    return made


def read_sent(folder: Path) -> dict[str, Grid]:
    workbook, _ = read_workbook(folder / "sent.xlsx", "sent.xlsx")
    assert workbook is not None
    return {grid.name: grid for grid in workbook.grids}


def bent(sent: dict[str, Grid], changes: list[tuple[str, int, int, Raw]]) -> bytes:
    cells = {name: dict(grid.cells) for name, grid in sent.items()}
    for title, line, column, raw in changes:
        cells[title][line, column] = raw
    tabs = [RawTab(grid=Grid(name, False, found)) for name, found in cells.items()]
    return write_workbook(tabs, properties=sheet_properties(WANT, MOH), created=TODAY, lists_title="L")


@given(CHANGES)
def test_submission__anything_in_any_cell__is_read_told_and_merged(
    folder: Path, changes: list[tuple[str, int, int, Raw]]
) -> None:
    sent = read_sent(folder)
    path = folder / "moh.xlsx"
    path.write_bytes(bent(sent, changes))
    submission, findings = read_submission(path, "moh.xlsx", WANT)
    if submission is None:
        assert "error" in {finding.severity for finding in findings}
        return
    told = [*findings, *check_submission(submission, WANT)]
    merged = merge((submission,), WANT, NO_DECISIONS, {})
    for finding in (*told, *merged.findings):
        assert finding.code in CATALOGUE
        assert "{" not in finding.hint
        assert not re.search(r"\b(null|None|enum|schema|ErrorCell|BareFormula|Traceback)\b", finding.hint)
        assert "ErrorCell(" not in finding.message + finding.value
        assert finding.at.file == "moh.xlsx"
        assert not finding.at.cell or re.fullmatch("[A-Z]{1,2}[1-9][0-9]?", finding.at.cell)
        assert not finding.at.cell or finding.at.sheet in sent
    assert list(validator(RECORDS).iter_errors(records_document(WANT.settings, merged.records))) == []
    decisions = folder / "decisions.xlsx"
    tabs = decisions_tabs(merged.questions, NO_DECISIONS, DECISIONS, WANT.register)
    decisions.write_bytes(write_workbook(tabs, properties={}, created=TODAY))
    read, problems = read_decisions(decisions, "decisions.xlsx", DECISIONS)
    assert problems == ()
    assert is_current(merged.questions, read, DECISIONS, WANT.register)


OPEN_TEXTS = ("measures", "challenges", "next_steps", "legal_act", "indicator_source", "remark")
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(
        st.sampled_from("\x00\x0b\r\n\t \u00a0\u200b\u200d\u2028\ufeff\ufffe_x000B=+@'é界؟\U0001f3e5"),
        max_size=30,
    ),
    st.sampled_from(["_x0041_", "_x000D_", "=1+1", "{=A1}", "#REF!", "TRUE", "0012", "https://a.b", "'x"]),
)


@given(st.dictionaries(st.sampled_from(OPEN_TEXTS), TEXTS, min_size=1))
def test_submission__any_text_in_any_open_cell__reads_the_same_but_for_control_characters(
    folder: Path, texts: dict[str, str]
) -> None:
    filled = Filled(progress={"140.1": {"status": "planned", **texts}})
    path = folder / "texts.xlsx"
    path.write_bytes(
        write_workbook(sheet_tabs(WANT, MOH, filled), properties=sheet_properties(WANT, MOH), created=TODAY)
    )
    submission, _ = read_submission(path, "texts.xlsx", WANT)
    assert submission is not None
    (row,) = submission.rows["progress"]
    schema = load_shipped_schema("progress")
    for name, text in texts.items():
        wanted = "" if is_blank(schema.column(name), text) else clean_text(text)[0]
        assert row.text(name) == wanted
