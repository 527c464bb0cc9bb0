"""Submissions in: check, merge, status."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from uprreport.collect.check_page import check_page
from uprreport.collect.decisions_sheet import decisions_tabs, is_current
from uprreport.collect.ledger import status_document
from uprreport.collect.merge import Merged
from uprreport.collect.records import records_document
from uprreport.counts import count_printed
from uprreport.findings import FOR_THE_COORDINATOR, Finding, has_errors
from uprreport.flows.base import (
    Collected,
    Findings,
    Result,
    Review,
    Watch,
    collect,
    facts_of,
    judge,
    load,
    to_correct,
)
from uprreport.flows.exported import drop_stale
from uprreport.flows.untaken import untaken_of
from uprreport.language import ENGLISH, load_language
from uprreport.review import ReviewFolder, write_file
from uprreport.steps import Step, correction_step, next_steps


def status(path: Path, today: datetime.date, *, draft: Path | None = None, watch: Watch = iter) -> Result:
    """Where the review stands: the ledger, each agency's part, the next three steps.

    Answers that were not taken are those of ``draft``, by default of the draft that was updated last.
    """
    review = load(path, today)
    collected = collect(review, watch=watch)
    merged, findings = judge(review, collected)
    steps = next_steps(facts_of(review, collected, merged))
    document = status_document(merged.records, [step.document() for step in steps])
    document["unread"] = [
        {"file": f.at.file, "agency": f.agency or None, "message": f.message, "hint": f.hint}
        for f in collected.findings
        if f.code in ("file-not-read", "file-wrapped")
    ]
    left = untaken_of((review, collected, merged), draft, today)
    document["draft"] = left[0] if left else None
    document["not_taken"] = [told.document() for told in left[1]] if left else []
    return Result(document, findings, steps=steps, printed=count_printed(merged.records))


def is_returned(path: Path, file: Path) -> bool:
    """Whether a file lies among what came back: a Word document there is no draft."""
    return (path / "submissions").resolve() in file.resolve().parents


def check(
    path: Path, files: Sequence[Path], today: datetime.date, *, pages: bool = False, watch: Watch = iter
) -> Result:
    """Check submissions; the findings of the merge too, when all of them are checked.

    With ``pages`` each agency's findings are written as a page in its language to ``build/corrections/``,
    and those that are no agency's to ``build/internal/``.
    """
    review = load(path, today)
    collected = collect(review, files, watch)
    findings: Findings = (*review.findings, *collected.findings)
    steps: tuple[Step, ...] = ()
    if not files:
        merged, findings = judge(review, collected)
        steps = next_steps(facts_of(review, collected, merged))
    wrong = to_correct(review.register, collected.findings)
    steps = (correction_step(wrong), *steps) if wrong else steps
    written = tuple(_write_pages(review, findings)) if pages else ()
    document = {"pages": [review.folder.show(page) for page in written]}
    return Result(document, findings, written, steps=steps)


def _write_pages(review: Review, findings: Sequence[Finding]) -> Iterator[Path]:
    """One page for each agency with findings it can do something about; all others are the coordinator's."""
    folder = review.folder
    template = folder.data("templates", "check.html").read_text(encoding="utf-8")
    by_agency: dict[str, list[Finding]] = {}
    for finding in findings:
        is_known = review.register.agency(finding.agency) is not None
        is_own = is_known and finding.code not in FOR_THE_COORDINATOR
        by_agency.setdefault(finding.agency if is_own else "", []).append(finding)
    for name, own in by_agency.items():
        agency = review.register.agency(name)
        if agency is None:
            target, language, title = folder.build / "internal" / "check.html", ENGLISH, "the coordinator"
        else:
            target = folder.build / "corrections" / f"{name}-check.html"
            language = load_language(agency.language or folder.settings.sheet_language)
            title = agency.called(language.code)
        write_file(target, check_page(title, own, language, template).encode())
        yield target


def write_merged(path: Path, today: datetime.date, *, strict: bool = False, watch: Watch = iter) -> Result:
    """Merge all submissions: ``build/records.json`` and, with anything to ask, ``decisions.xlsx``."""
    review = load(path, today)
    collected = collect(review, watch=watch)
    judged = judge(review, collected)
    if strict and has_errors(judged[1]):
        return Result(records_document(review.folder.settings, judged[0].records), judged[1])
    (merged, findings), asked = write_questions(review, collected, judged, today)
    document = records_document(review.folder.settings, merged.records)
    written = (write_records(review.folder, document), *asked)
    steps = next_steps(facts_of(review, collected, merged))
    return Result(document, findings, written, steps=steps, removed=drop_stale(review.folder, merged))


def write_records(folder: ReviewFolder, document: dict[str, Any]) -> Path:
    """Write the record set."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_file(folder.records, f"{text}\n".encode())
    return folder.records


Judged = tuple[Merged, Findings]


def write_questions(
    review: Review, collected: Collected, judged: Judged, today: datetime.date
) -> tuple[Judged, tuple[Path, ...]]:
    """Write ``decisions.xlsx`` when a question came, went or changed, or a row is to be completed.

    Rows move then, so all is judged again by the file as it stands: what is printed and found names its
    cells. Gives that, and the file if it was written.
    """
    from uprreport.files.excel.write import write_workbook

    folder, decisions, questions = review.folder, review.decisions, judged[0].questions
    schema = folder.schema("decisions")
    if is_current(questions, decisions, schema, review.register):
        return judged, ()
    tabs = decisions_tabs(questions, decisions, schema, review.register)
    content = write_workbook(tabs, properties={"uprreport review": folder.settings.id}, created=today)
    write_file(folder.decisions, content)
    if any(decisions.typed.values()):
        judged = judge(load(folder.path, today), collected)
    return judged, (folder.decisions,)
