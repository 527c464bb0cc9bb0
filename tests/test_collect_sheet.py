from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from reviews import TODAY, expected
from uprreport.collect.decisions import decisions_tab, is_current, read_decisions
from uprreport.collect.rules import check_submission
from uprreport.collect.sheet import sheet_properties, sheet_tabs
from uprreport.collect.submissions import read_submission
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.seal import is_untouched, write_sealed
from uprreport.files.excel.write import write_workbook
from uprreport.model import Filled, Row
from uprreport.review import load_shipped_schema

WANT = expected()
MOH = WANT.register.agencies[0]


def written(folder: Path, filled: Filled | None = None, name: str = "moh-r1.xlsx") -> Path:
    path = folder / name
    tabs = sheet_tabs(WANT, MOH, filled)
    path.write_bytes(write_sealed(tabs, properties=sheet_properties(WANT, MOH), created=TODAY))
    return path


def test_sheet__tabs__in_the_contract_s_order(tmp_path: Path) -> None:
    workbook, _ = read_workbook(written(tmp_path), "moh.xlsx")
    assert workbook is not None
    names = [grid.name for grid in workbook.grids]
    assert names == [
        "Instructions",
        "Cover",
        "Progress",
        "Assistance",
        "Actions",
        "Practices",
        "Consultations",
        "Lists",
    ]
    assert workbook.properties["uprreport agency"] == "moh"


def test_sheet__blank__comes_back_without_findings(tmp_path: Path) -> None:
    submission, findings = read_submission(written(tmp_path), "moh.xlsx", WANT)
    assert submission is not None
    assert (findings, submission.rows["progress"]) == ((), ())
    assert (submission.agency, submission.round) == ("moh", 1)


def test_sheet__filled__reads_back_the_same(tmp_path: Path) -> None:
    answers = {
        "140.10": {
            "status": "Implemented",
            "measures": "Waiting times are published\nevery month & read <often>.",
            "end": datetime.date(2025, 3, 31),
            "indicator": "Hospitals",
            "indicator_value": 12.5,
            "indicator_year": 2025,
            "sdg_targets_corrected": ("3.8",),
            "sdg_reason": "Closer.",
            "publication": "Public",
        },
        "P1": {"status": "Planned", "next_steps": "The forum takes place in June."},
    }
    tables = {
        "assistance": ({"numbers": ("140.1", "140.10"), "kind": "Training", "description": "Two courses."},)
    }
    filled = Filled({"approved_by": "A. Director", "approved_on": datetime.date(2026, 4, 1)}, answers, tables)
    submission, findings = read_submission(written(tmp_path, filled), "moh.xlsx", WANT)
    assert submission is not None
    assert findings == ()
    assert check_submission(submission, WANT) == ()
    rows = {row.text("number"): dict(row.values) for row in submission.rows["progress"]}
    assert rows == {
        "140.10": {"number": "140.10", **answers["140.10"], "status": "implemented", "publication": "public"},
        "P1": {"number": "P1", "status": "planned", "next_steps": "The forum takes place in June."},
    }
    (need,) = submission.rows["assistance"]
    assert need.values["numbers"] == ("140.1", "140.10")
    assert need.values["kind"] == "training"
    assert submission.approved_on == datetime.date(2026, 4, 1)


def test_sheet__same_inputs__same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path, name="a.xlsx").read_bytes() == written(tmp_path, name="b.xlsx").read_bytes()


def test_seal__touched_by_another_program__is_seen(tmp_path: Path) -> None:
    import openpyxl

    path = written(tmp_path)
    assert is_untouched(path)
    book = openpyxl.load_workbook(path)
    book["Progress"]["R3"] = "typed"
    book.save(path)
    assert not is_untouched(path)
    path.write_bytes(b"something else")
    assert not is_untouched(path)


def test_decisions__written_and_read__keep_what_was_typed(tmp_path: Path) -> None:
    import openpyxl

    from uprreport.collect.decisions import NO_DECISIONS
    from uprreport.collect.merge import merge

    schema = load_shipped_schema("decisions")
    cells = {"status": "R3", "measures": "S3"}
    row = Row("progress", "a.xlsx", "Progress", 3, {"number": "140.1", "status": "planned"}, cells)
    cover = Row("cover", "a.xlsx", "Cover", 0, {"publication_all": "needs clearance"}, {})
    from uprreport.model import Submission

    submission = Submission("a.xlsx", "exa-upr4", "moh", 1, "1", cover, {"progress": (row,)})
    merged = merge((submission,), WANT, NO_DECISIONS, {})
    path = tmp_path / "decisions.xlsx"
    tab = decisions_tab(merged.questions, NO_DECISIONS, schema)
    path.write_bytes(write_workbook([tab], properties={}, created=TODAY))
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    typed = {"Decision": "Public", "Reason": "Agreed", "Decided by": "A. Coordinator"}
    for heading, value in typed.items():
        sheet.cell(2, headings[heading], value)
    sheet.cell(1, len(headings) + 1, "My notes")
    sheet.cell(2, len(headings) + 1, "call them")
    book.save(path)
    decisions, findings = read_decisions(path, "decisions.xlsx", schema)
    assert findings == ()
    decision = decisions.on(merged.questions[0])
    assert decision is not None
    assert (decision.decision, decision.reason) == ("public", "Agreed")
    assert is_current(merged.questions, decisions)
    path.write_bytes(
        write_workbook([decisions_tab(merged.questions, decisions, schema)], properties={}, created=TODAY)
    )
    again, _ = read_decisions(path, "decisions.xlsx", schema)
    assert again.on(merged.questions[0]) == decision
    assert again.own == {"My notes": {merged.questions[0].id: "call them"}}


def test_decisions__damaged_file__stops_the_run(tmp_path: Path) -> None:
    from uprreport.findings import UprReportError

    path = tmp_path / "decisions.xlsx"
    path.write_bytes(b"PK broken")
    with pytest.raises(UprReportError, match=r"decisions\.xlsx"):
        read_decisions(path, "decisions.xlsx", load_shipped_schema("decisions"))
