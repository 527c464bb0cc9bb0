"""Corrections: for each agency a fresh sheet with its own answers and what the check found."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from uprreport.collect.corrections import correction_tabs, for_agency
from uprreport.collect.letters import Occasion, letter_page, letter_to
from uprreport.collect.sheet import language_of, sheet_properties, write_sheet
from uprreport.files.excel.seal import is_untouched
from uprreport.files.word.letter import write_letter
from uprreport.findings import Finding, count_severities
from uprreport.flows.base import Collected, Result, Review, collect, judge, load
from uprreport.flows.sending import asked, came_from, missing_of, restored_of
from uprreport.model import Agency
from uprreport.review import write_file
from uprreport.steps import Step


def write_corrections(path: Path, agencies: Sequence[str], today: datetime.date) -> Result:
    """Write a fresh sheet and a letter for each agency, or each named one, with findings in its files.

    They go to ``build/corrections/``; the agency's own files are only read. A sheet that somebody has begun
    to correct is left, and the new one written beside it.
    """
    review = load(path, today)
    collected = collect(review)
    findings = judge(review, collected)[1]
    written: list[Path] = []
    left: list[Path] = []
    told = []
    for agency in asked(review, agencies):
        own = for_agency(findings, agency.id)
        if not own or not any(submission.agency == agency.id for submission in collected.submissions):
            continue
        target = write_marked(review, collected, agency, own, left)
        letter = target.with_name(f"{target.stem}-letter.docx")
        write_file(letter, _letter(review, collected, agency, target.name, count_severities(own)))
        written += [target, letter]
        shown = {"sheet": review.folder.show(target), "letter": review.folder.show(letter)}
        told.append({"agency": agency.id, **shown, **count_severities(own)})
    step = Step("send each agency its corrections, and put what comes back into submissions/", "",
                "", "build/corrections/")  # fmt: skip
    return Result(
        {"corrections": told}, review.findings, tuple(written), tuple(left), (step,) if written else ()
    )


def write_marked(
    review: Review, collected: Collected, agency: Agency, findings: Sequence[Finding], left: list[Path]
) -> Path:
    """Write the agency's own answers with its findings marked; where a person changed the file, beside it.

    ``findings`` are those that the agency can do something about; files that stay are added to ``left``.
    """
    target = _free_place(review, agency, left)
    write_file(target, _sheet(review, collected, agency, findings))
    return target


def _sheet(review: Review, collected: Collected, agency: Agency, findings: Sequence[Finding]) -> bytes:
    """The sheet as bytes; it supersedes, row by row, the submissions that it was made from."""
    made, restored = restored_of(review, collected, agency, findings)
    language = language_of(review.expected, agency)
    tabs = correction_tabs(review.expected, agency, restored, findings, language)
    properties = sheet_properties(review.expected, agency, made.edition)
    return write_sheet(review.expected, agency, tabs, properties)


def _letter(
    review: Review, collected: Collected, agency: Agency, sheet: str, counts: Mapping[str, int]
) -> bytes:
    """The covering letter; it names files and counts, and holds no answers."""
    found = (counts["error"], counts["warning"])
    language = language_of(review.expected, agency)
    came, missing = came_from(collected, agency), missing_of(review, collected, agency)
    occasion = Occasion("corrections", [sheet], came=came, found=found, missing=missing)
    letter = letter_to(review.expected, agency, occasion, language)
    state = review.folder.settings.state
    return write_letter(letter_page(letter, agency, review.expected.today, language, state))


def _free_place(review: Review, agency: Agency, left: list[Path]) -> Path:
    """Where the sheet is written: one that somebody touched stays, and the new one gets a letter."""
    first = (
        review.folder.build / "corrections" / f"{agency.id}-r{review.folder.settings.round}-corrections.xlsx"
    )
    target = first
    for suffix in "bcdefghijklmnopqrstuvwxyz":
        if not target.exists() or is_untouched(target):
            break
        left.append(target)
        target = first.with_stem(f"{first.stem}-{suffix}")
    return target
