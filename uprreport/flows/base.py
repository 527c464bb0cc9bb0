"""A review folder read as a whole: register, decisions, submissions, findings, and what comes next."""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from uprreport.collect.comments import Comment, comment_questions, read_comments
from uprreport.collect.decisions import Decisions, read_decisions, reassigned
from uprreport.collect.decisions_check import check_decisions
from uprreport.collect.expected import Expected
from uprreport.collect.fill import Refill, refill
from uprreport.collect.followers import without_followers
from uprreport.collect.merge import Merged, merge
from uprreport.collect.missing import unanswered
from uprreport.collect.rules import check_submission
from uprreport.collect.submissions import read_submission
from uprreport.collect.unread import copies_of, is_system, is_unread, tell_unread
from uprreport.findings import FOR_THE_COORDINATOR, Finding, Location, Severity, UprReportError
from uprreport.flows.approvals import settle_with
from uprreport.flows.assigned import load_assigned
from uprreport.model import Agency, AgencyLedger, Register, Submission
from uprreport.register.assign import effective, outdated, unassigned
from uprreport.register.workbook import RegisterFile, read_register
from uprreport.review import ReviewFolder, open_review
from uprreport.steps import Facts, Step

Findings = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gives back: its JSON document, its findings, the files it wrote, the next steps.

    ``printed`` counts the recommendations by what the report prints of them (``counts.count_printed``).
    ``own`` are the findings that only this command makes, beside those that ``check`` tells. ``removed`` are
    generated files that may hold what has been withheld since.
    """

    document: dict[str, Any]
    findings: Findings = ()
    written: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    steps: tuple[Step, ...] = ()
    own: Findings = ()
    removed: tuple[Path, ...] = ()
    printed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """A review folder with its register and decisions read, ready for any stage."""

    folder: ReviewFolder
    file: RegisterFile
    expected: Expected
    decisions: Decisions
    findings: Findings

    @property
    def register(self) -> Register:
        """The register as it holds: themes' agencies filled in, reassignments applied."""
        return self.expected.register

    def refill(self, own: Sequence[Submission]) -> Refill:
        """What one agency has answered so far, with the decisions on its own contradictions."""
        return refill(own, self.expected, self.decisions)


@dataclass(frozen=True, slots=True)
class Collected:
    """The submissions as read, what was found in them, and how many files there were."""

    submissions: tuple[Submission, ...]
    findings: Findings
    files: int
    errors: Counter[str] = field(default_factory=Counter)


# Reading the folder -----------------------------------------------------------------------------------


def load(path: Path, today: datetime.date) -> Review:
    """Read ``review.toml``, ``register.xlsx`` and ``decisions.xlsx``.

    Raises ``UprReportError`` when there is no review folder, or its register or decisions cannot be read or
    are those of another review.
    """
    folder, findings = open_review(path)
    file = RegisterFile()
    if folder.register.exists():
        found, register_findings = read_register(folder.register, folder.show(folder.register), folder.schema)
        if found is None:
            problem = next(f for f in register_findings if f.severity is Severity.ERROR)
            raise UprReportError(f"{problem.at}: {problem.message}", problem.hint)
        file, findings = found, (*findings, *register_findings)
        _refuse_foreign(folder.register.name, file.review, folder)
    schema = folder.schema("decisions")
    decisions, told = read_decisions(folder.decisions, folder.show(folder.decisions), schema)
    _refuse_foreign(folder.decisions.name, decisions.review, folder)
    register = reassigned(effective(file.register), decisions)
    expected = Expected(folder.settings, register, functools.cache(folder.schema), today)
    return Review(folder, file, expected, decisions, (*findings, *told))


def _refuse_foreign(name: str, review: str, folder: ReviewFolder) -> None:
    """Raise ``UprReportError`` for the register or the decisions of another review."""
    own = folder.settings.id
    if review and review != own:
        raise UprReportError(
            f"{name} is that of the review {review}, and this folder is that of {own}",
            f'put the file of {own} back; if only the short name was changed, set id = "{review}" in '
            "review.toml again",
        )


Watch = Callable[[Sequence[Path]], Iterable[Path]]
"""Gives the same files one after the other, and may show how far it has come."""


def collect(review: Review, files: Sequence[Path] = (), watch: Watch = iter) -> Collected:
    """Read and check submissions: the given files, or all in ``submissions/``."""
    folder, agencies = review.folder, review.register.agencies
    paths = [path for path in (list(files) or submission_files(folder)) if not is_unread(path)]
    others = [path for path in (list(files) or submission_files(folder)) if is_unread(path)]
    copies = copies_of([(path, folder.show(path)) for path in paths if path.is_file()])
    submissions: list[Submission] = []
    findings: list[Finding] = []
    for path in watch(paths):
        if path in copies:
            findings.append(
                Finding("file-copied", Location(folder.show(path)), details={"first": copies[path]})
            )
            continue
        submission, found = read_submission(path, folder.show(path), review.expected)
        if submission is not None:
            submissions.append(submission)
            found = without_followers((*found, *check_submission(submission, review.expected)))
        findings += found
    told = (tell_unread(path, folder.show(path), agencies, submissions) for path in others)
    findings += [finding for finding in told if finding is not None]
    errors = Counter(f.agency for f in findings if f.severity is Severity.ERROR)
    return Collected(tuple(submissions), tuple(findings), len(paths), errors)


def submission_files(folder: ReviewFolder) -> list[Path]:
    """Every file in ``submissions/`` and its subfolders, in the order of their names, but a system's own."""
    return sorted(path for path in folder.submissions.rglob("*") if path.is_file() and not is_system(path))


def judge(review: Review, collected: Collected) -> tuple[Merged, Findings]:
    """Merge what was collected; all findings: of the folder, the submissions, the merge and the decisions."""
    merged = merge(collected.submissions, review.expected, review.decisions, collected.errors)
    comments, found = collect_comments(review.folder)
    merged = merged.with_questions(comment_questions(comments), review.decisions)
    told = check_decisions(review.decisions, merged.questions, review.folder.schema("decisions"))
    settled = settle_with(review.folder, collected.submissions, collected.findings, review.refill)
    return merged, (*review.findings, *settled, *merged.findings, *found, *told)


def collect_comments(
    folder: ReviewFolder, files: Sequence[Path] = ()
) -> tuple[tuple[Comment, ...], Findings]:
    """The comments of the forms in ``comments/`` and its subfolders, or of the given files."""
    schema = folder.schema("comments")
    found = (p for p in (folder.path / "comments").rglob("*") if p.is_file() and not is_system(p))
    paths = list(files) or sorted(path for path in found if not is_unread(path))
    read = [read_comments(path, folder.show(path), schema, folder.settings.id) for path in paths]
    return tuple(c for comments, _ in read for c in comments), tuple(f for _, told in read for f in told)


def facts_of(review: Review, collected: Collected, merged: Merged) -> Facts:
    """What the folder holds at present, for the next steps."""
    register, ledger = review.register, merged.records.agencies
    asked = [agency for agency in register.agencies if register.assigned_to(agency.id)]
    return Facts(
        recommendations=len(register.recommendations),
        agencies=len(register.agencies),
        unassigned=len(unassigned(register)),
        outdated=outdated(review.file.register, load_assigned(review.folder)),
        sheets_missing=tuple(a.id for a in asked if not sheet_path(review, a).exists()),
        submissions=len(collected.submissions),
        errors=sum(f.severity is Severity.ERROR for f in collected.findings),
        to_correct=to_correct(register, collected.findings),
        open_questions=len(merged.records.open_questions),
        late=tuple(agency.id for agency in ledger if agency.state == "late"),
        awaited=tuple(agency.id for agency in ledger if agency.state == "awaited" and agency.assigned),
        partial=tuple(agency.id for agency in ledger if _owes_rows(review, collected, agency)),
        overdue=is_overdue(review),
        unread=tuple(f.at.file for f in collected.findings if f.code in ("file-not-read", "file-wrapped")),
        drafted=review.folder.draft.exists(),
    )


def is_overdue(review: Review) -> bool:
    """Whether the day by which the sheets are due has passed."""
    due = review.folder.settings.sheets_due
    return due is not None and review.expected.today > due


def _owes_rows(review: Review, collected: Collected, part: AgencyLedger) -> bool:
    """Whether an agency that returned a sheet has left rows unanswered that are its to answer."""
    agency = review.register.agency(part.id)
    own = [submission for submission in collected.submissions if submission.agency == part.id]
    return part.state == "partial" and agency is not None and bool(unanswered(review.expected, agency, own))


def to_correct(register: Register, findings: Iterable[Finding]) -> tuple[str, ...]:
    """The agencies in whose sheets something could not be used, by their ids, in the register's order."""
    found = {
        finding.agency
        for finding in findings
        if finding.severity is Severity.ERROR and finding.code not in FOR_THE_COORDINATOR
    }
    return tuple(agency.id for agency in register.agencies if agency.id in found)


def sheet_path(review: Review, agency: Agency) -> Path:
    """Where an agency's progress sheet of the present round is written."""
    return review.folder.sheets / f"{agency.id}-r{review.folder.settings.round}.xlsx"
