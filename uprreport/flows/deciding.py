"""The check of ``decisions.xlsx``, or of a copy of it that somebody filled in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from uprreport.collect.comments import comment_questions
from uprreport.collect.decisions import read_decisions
from uprreport.collect.decisions_check import check_decisions, check_rows
from uprreport.collect.merge import merge
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.table import find_table
from uprreport.findings import UprReportError
from uprreport.flows.base import Findings, Result, Watch, collect, collect_comments, load
from uprreport.review import ReviewFolder, open_review
from uprreport.steps import Step


def is_decisions(path: Path, file: Path) -> bool:
    """Whether a file is the review folder's ``decisions.xlsx``, or a workbook with that table."""
    folder = open_review(path)[0]
    if file.resolve() == folder.decisions.resolve():
        return True
    if file.suffix.lower() not in (".xlsx", ".ods", ".xls", ".xlsb") or not file.is_file():
        return False
    workbook, _ = read_workbook(file, file.name)
    schema = folder.schema("decisions")
    tables = (find_table(grid, schema) for grid in workbook.grids) if workbook else ()
    return any(table is not None and {"question", "decision"} <= set(table.columns) for table in tables)


def check_decision_files(
    path: Path, files: Sequence[Path], today: datetime.date, *, watch: Watch = iter
) -> Result:
    """Check decisions against the questions of today: choices, reasons, names, rows that ask nothing."""
    review = load(path, today)
    collected = collect(review, watch=watch)
    schema, folder = review.folder.schema("decisions"), review.folder
    comments, _ = collect_comments(folder)
    findings: Findings = ()
    for file in files:
        decisions, found = read_decisions(file, folder.show(file), schema)
        _refuse_foreign(file, decisions.review, folder)
        merged = merge(collected.submissions, review.expected, decisions, collected.errors)
        asked = (*merged.questions, *comment_questions(comments))
        told = (*check_decisions(decisions, asked, schema), *check_rows(decisions, asked, schema))
        is_open = sum(decisions.on(question) is None for question in asked)
        step = _step(is_open, folder.show(file))
        findings = (*findings, *found, *told)
    return Result({}, findings, steps=(step,) if files else ())


def _step(is_open: int, shown: str) -> Step:
    if is_open:
        why = f"{is_open} question{'' if is_open == 1 else 's'} waiting for a decision"
        return Step("decide the open questions", why, "", shown)
    return Step("apply the decisions", "everything is decided", "uprreport build", shown)


def _refuse_foreign(file: Path, review: str, folder: ReviewFolder) -> None:
    if review and review != folder.settings.id:
        raise UprReportError(
            f"{file.name} holds decisions of the review {review}, not of {folder.settings.id}",
            "name the folder of its review with -C",
        )
