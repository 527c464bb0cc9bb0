"""One folder of ``cases/`` for each way of bending a sheet: a new folder is a new test.

``sheet.md`` holds the tabs (those not named are sound), ``expected.json`` all findings and the answers that
are read all the same, ``why.md`` what happened in the office. ``register.md`` is shared unless a case has
its own.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviews import CASES, expected, sections, sheet, submit
from uprreport.findings import CATALOGUE, Finding

FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir())

ELSEWHERE = {
    "workbook-unreadable": "test_files_excel_guard.py",
    "workbook-encrypted": "test_files_excel_guard.py",
    "workbook-old-format": "test_files_excel_guard.py",
    "workbook-empty": "test_files_excel_guard.py",
    "document-unreadable": "test_files_word_tables.py",
    "matrix-unknown": "test_register_matrix.py",
    "matrix-row-unread": "test_register_matrix.py",
    "setting-unknown": "test_cli.py",
    "state-unknown": "test_register_workbook.py",
    "status-conflict": "test_collect_merge.py",
    "approval-stale": "test_flows_sending.py",
    "double-text": "test_collect_merge.py",
    "superseded-submission": "test_collect_merge.py",
    "publication-withheld": "test_collect_merge.py",
    "withheld-in-draft": "test_flows_revision.py",
    "register-tab-missing": "test_register_workbook.py",
    "register-row-twice": "test_register_workbook.py",
    "number-elsewhere": "test_collect_rules.py",
    "list-text-hidden": "test_register_matrix.py",
    "decision-stale": "test_collect_decisions.py",
    "decision-unknown": "test_collect_decisions.py",
    "decision-cell-changed": "test_collect_decisions.py",
    "decision-idle": "test_collect_decisions.py",
    "picture-unread": "test_collect_stray.py",
    "word-budget-exceeded": "test_report_budgets.py",
    "symbol-unknown": "test_revise_draft_check.py",
    "table-disagrees": "test_revise_draft_check.py",
    "struck-in-body": "test_revise_draft_check.py",
    "passage-twice": "test_revise_draft_check.py",
    "reference-broken": "test_revise_draft_check.py",
    "range-unknown": "test_revise_citing.py",
    "paragraph-unknown": "test_revise_citing.py",
    "position-contradicts": "test_revise_draft_check.py",
    "placeholder-left": "test_revise_draft_check.py",
    "abbreviation-unknown": "test_report_abbreviations.py",
    "text-unplaced": "test_report_words.py",
    "hidden-text": "test_revise_draft_check.py",
    "comment-left": "test_revise_draft_check.py",
    "answer-not-taken": "test_flows_untaken.py",
    "change-declined": "test_flows_untaken.py",
    **dict.fromkeys(
        ("decision-stale", "decision-unknown", "decision-cell-changed", "decision-idle"),
        "test_collect_decisions.py",
    ),
    **dict.fromkeys(("file-not-read", "file-wrapped", "file-copied", "owner-file"), "test_collect_unread.py"),
    "file-inside": "test_flows_foreign.py",
}
"""Codes that a single sheet cannot show, and the test module that shows them."""


def told(finding: Finding) -> dict[str, str]:
    shown = {"code": finding.code, "sheet": finding.at.sheet, "cell": finding.at.cell}
    return {**shown, "recommendation": finding.recommendation}


def order(entry: dict[str, str]) -> list[str]:
    return [entry[key] for key in ("code", "sheet", "cell", "recommendation")]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_case__bent_sheet__tells_exactly_what_is_expected(folder: Path, tmp_path: Path) -> None:
    own_register = folder / "register.md"
    want = expected(own_register.read_text(encoding="utf-8") if own_register.exists() else "")
    tabs = sections((folder / "sheet.md").read_text(encoding="utf-8"))
    properties = dict(line.split(": ", 1) for line in tabs.pop("Properties", "").strip().splitlines() if line)
    content = sheet(tabs, {f"uprreport {k}": v for k, v in properties.items()} or None)
    submission, findings = submit(tmp_path, content, want)
    outcome = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert sorted(map(told, findings), key=order) == sorted(outcome["findings"], key=order)
    answers = {row.text("number"): row for row in submission.rows["progress"]} if submission else {}
    assert sorted(answers) == sorted(outcome["answers"])
    for number, fields in outcome["answers"].items():
        assert {name: answers[number].text(name) for name in fields} == fields
    for finding in findings:
        assert finding.message
        assert "{" not in finding.message + finding.hint


def test_cases__every_folder__says_why() -> None:
    assert all((folder / "why.md").read_text(encoding="utf-8").strip() for folder in FOLDERS)


def test_catalogue__every_code__has_a_case() -> None:
    shown = {
        entry["code"]
        for folder in FOLDERS
        for entry in json.loads((folder / "expected.json").read_text(encoding="utf-8"))["findings"]
    }
    assert shown | set(ELSEWHERE) == set(CATALOGUE)
    assert not shown & set(ELSEWHERE)
    for code, module in ELSEWHERE.items():
        assert f'"{code}"' in (Path(__file__).parent / module).read_text(encoding="utf-8"), code
