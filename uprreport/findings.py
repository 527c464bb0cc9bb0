"""What is wrong in people's files, as values, and the catalogue of everything that can be said about it.

A stage that judges people's files returns ``(value, findings)``; nothing here is ever raised or printed.
What stops the run is one ``UprReportError``. Each code of the catalogue has one severity, one message and
one hint; documentation and test cases are held against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from uprreport.language import Language, Phrase, label


class Severity(StrEnum):
    """How much a finding weighs: cannot be used, used with care, only told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(NamedTuple):
    """A place in a file. ``file`` is relative to the review folder; ``cell`` is an address as ``F12``."""

    file: str
    sheet: str = ""
    cell: str = ""
    field: str = ""

    def __str__(self) -> str:
        """``health.xlsx Progress!F12``, as far as it is known."""
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        return f"{self.file} {place}".strip()


class Entry(NamedTuple):
    """One code of the catalogue; message and hint are templates over a finding's ``details``."""

    severity: Severity
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in somebody's file.

    ``value`` is what was found, ``heading`` that of its column, ``details`` the words that fill the
    catalogue's templates; those that are a ``Phrase`` are told in the reader's language, others as they are.
    """

    code: str
    at: Location
    agency: str = ""
    recommendation: str = ""
    value: str = ""
    heading: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """The weight that the catalogue gives to this code."""
        return CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        """What was found, in one sentence."""
        return CATALOGUE[self.code].message.format_map(self._words())

    @property
    def hint(self) -> str:
        """What to do about it."""
        return CATALOGUE[self.code].hint.format_map(self._words())

    def tell(self, language: Language) -> tuple[str, str]:
        """Message and hint in a language."""
        words = {**self._words(), "heading": self.details.get("heading", label(self.heading))}
        told = {name: language(word) if isinstance(word, Phrase) else word for name, word in words.items()}
        entry = CATALOGUE[self.code]
        return language(entry.message).format_map(told), language(entry.hint).format_map(told)

    def _words(self) -> dict[str, str]:
        return {**_SOMETIMES, "value": shorten(self.value), "heading": self.heading, **self.details}


_SOMETIMES: Mapping[str, str] = {"near": "", "because": "", "agency": ""}
"""Words of the templates that a finding may leave out."""


class UprReportError(Exception):
    """What stops the run: one message and one hint, shown without a traceback, exit status 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Take the one line that says what is wrong, and what to do about it."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def shorten(text: str, limit: int = 60) -> str:
    """One line of at most ``limit`` characters, for quoting a cell inside a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def count_severities(findings: Iterable[Finding]) -> dict[str, int]:
    """``{"error": n, "warning": n, "note": n}``, always with all three."""
    counts = Counter(finding.severity.value for finding in findings)
    return {severity.value: counts[severity.value] for severity in Severity}


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


_ORDER = {severity: index for index, severity in enumerate(Severity)}


def group_findings(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Equal problems of one file together: same code, heading and value; errors before warnings and notes.

    The order inside is the order found.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        at = finding.at
        key = (finding.severity, at.file, at.sheet, finding.code, at.field, _kind_of(finding))
        groups.setdefault(key, []).append(finding)
    return sorted(groups.values(), key=lambda group: (group[0].at.file, _ORDER[group[0].severity]))


def _kind_of(finding: Finding) -> str:
    """What must be equal for two findings to be told together: the message with its own number set aside."""
    return finding.message.replace(finding.recommendation, "") if finding.recommendation else finding.message


def _error(message: str, hint: str) -> Entry:
    return Entry(Severity.ERROR, message, hint)


def _warning(message: str, hint: str) -> Entry:
    return Entry(Severity.WARNING, message, hint)


def _note(message: str, hint: str) -> Entry:
    return Entry(Severity.NOTE, message, hint)


CATALOGUE: Mapping[str, Entry] = {
    # Files that cannot be used at all.
    "workbook-unreadable": _error(
        "this file could not be read as a workbook: {problem}",
        "open it in Excel or LibreOffice and save it as .xlsx; if it does not open, ask for a new copy",
    ),
    "workbook-encrypted": _error(
        "this workbook is protected by a password",
        "ask the agency for a copy without a password (File > Info > Protect Workbook)",
    ),
    "workbook-old-format": _error(
        "this is a workbook in {format}, which is not read",
        "open it in Excel or LibreOffice and save it as Excel workbook (.xlsx)",
    ),
    "workbook-empty": _error(
        "this workbook holds nothing",
        "ask the agency for the filled sheet; perhaps the wrong file was attached",
    ),
    "workbook-wrong": _error(
        "this is not a progress sheet of this review: {problem}",
        "move the file out of the submissions folder, or ask the agency to fill the sheet that it was sent",
    ),
    "version-unsupported": _error(
        "this sheet was made from template version {value}, this tool reads version {expected}",
        "send the agency a fresh sheet (uprreport sheets {agency}) and ask for the answers in that one",
    ),
    "agency-unknown": _error(
        '"{value}" is not an agency of the register',
        "use one of the ids on the tab Agencies of register.xlsx{near}",
    ),
    "sheet-missing": _error(
        "the tab {expected} is missing",
        "ask the agency for the complete workbook: every tab of the sheet it was sent must come back",
    ),
    "column-missing": _error(
        "the column {expected} is missing{near}",
        "put the heading {expected} back above its column; the order of the columns does not matter",
    ),
    "document-unreadable": _error(
        "this file could not be read as a Word document: {problem}",
        "open it in Word or LibreOffice and save it as .docx; if it does not open, download it again",
    ),
    "matrix-unknown": _error(
        "this is not OHCHR's thematic list of recommendations of the fourth cycle: {problem}",
        "download the matrix from the State's page of the Universal Periodic Review at ohchr.org",
    ),
    "matrix-row-unread": _error(
        'row {row} of the list could not be read: "{value}"',
        "compare it with the document, and type the recommendation into register.xlsx",
    ),
    # Rows and values that cannot be used as they stand.
    "number-unknown": _error(
        '"{value}" is not the number of a recommendation, pledge or observation in the register',
        "type the number as it stands in register.xlsx, for example {example}",
    ),
    "row-duplicate": _error(
        "{value} stands here again with another answer; it was first answered in {first}",
        "keep one row for each recommendation and delete the other",
    ),
    "value-not-in-list": _error(
        '"{value}" is not one of the choices for {heading}',
        "choose {choices}",
    ),
    "value-wrong-type": _error(
        '"{value}" cannot be read as {expected}',
        "type {example}",
    ),
    "value-error-cell": _error(
        "the cell shows the error {value}",
        "type the value itself into the cell",
    ),
    "formula-without-value": _error(
        "the cell holds a formula whose result was not saved",
        "open the file in Excel or LibreOffice and save it again, or type the value itself",
    ),
    "date-ambiguous": _error(
        '"{value}" can be read as two different dates',
        "type the date as year-month-day, for example {example}",
    ),
    "link-unsafe": _error(
        '"{value}" is not a web address that can be printed',
        "give an address that begins with https:// or the name of the attached file",
    ),
    "paste-spilled": _error(
        "this text seems to continue the answer in {first}: it has no status and stands right below it",
        "move it back into {first}: double-click that cell before pasting, so that it stays in one cell",
    ),
    "withheld-in-draft": _error(
        "the passage {value} holds words of an answer that is no longer for publication",
        "take them out by hand, or clear the answer in decisions.xlsx, before the draft goes to anybody",
    ),
    # Used, but a person should look.
    "setting-unknown": _warning(
        "{value} is not a setting of this file{near}",
        "correct the name or delete the line; it has no effect",
    ),
    "column-unknown": _warning(
        'the column "{value}" is not part of this table and was not read{near}',
        "move what it holds into one of the columns of the table",
    ),
    "number-damaged": _warning(
        "the number of this row was {value}; by its text this is {expected}, and it was read so",
        "type {expected} as text (the office program turned it into a number)",
    ),
    "row-missing": _warning(
        "there is no row for {value}, which is assigned to this agency",
        "ask the agency to answer {value}, in the sheet that it was sent",
    ),
    "row-not-assigned": _warning(
        "{value} is answered here, but it is not assigned to this agency",
        "assign it on the tab Recommendations of register.xlsx if the agency is to answer",
    ),
    "locked-text-changed": _warning(
        "a pre-filled cell was changed ({heading}); the register's text is used",
        "tell the coordinator if the pre-filled text is wrong; answers belong into the open columns",
    ),
    "value-missing": _warning(
        "{heading} is not filled in{because}",
        "fill in {heading}",
    ),
    "value-too-long": _warning(
        "{heading} has {count} words; the limit is {limit}",
        "shorten the text to {limit} words; it is printed whole until then",
    ),
    "date-outside-period": _warning(
        "{value} lies outside the period of this report ({from} to {to})",
        "correct the date, or explain it in the text",
    ),
    "end-before-start": _warning(
        "the end {value} is before the start {start}",
        "correct one of the two dates",
    ),
    "evidence-missing": _warning(
        "this is reported as implemented without a legal act, an end date or a link",
        "name the act, the date or a link that shows it",
    ),
    "assistance-undescribed": _warning(
        "assistance is needed for {value}, but the tab Assistance does not describe it",
        "add a row for {value} on the tab Assistance",
    ),
    "status-conflict": _warning(
        "agencies report different statuses for {value}: {answers}",
        "decide in decisions.xlsx, with a reason and your name",
    ),
    "double-text": _warning(
        "{agency_name} gave two different texts for {heading} of {value}: here and in {first}",
        "decide in decisions.xlsx which one stands",
    ),
    "reference-unknown": _warning(
        '"{value}" is referred to, but it is not in the register',
        "correct the number, for example {example}",
    ),
    "word-budget-exceeded": _warning(
        "{heading} has {count} words; its budget is {limit}",
        "shorten the texts, or change the budget in register.xlsx or review.toml",
    ),
    "approval-missing": _warning(
        "nobody is named as having approved these answers",
        "ask the agency to fill in Approved by and Approved on",
    ),
    # Repaired, or only told.
    "text-repaired": _note(
        "characters that cannot be printed were left out of {heading}",
        "read the text once; they often come with text pasted from a PDF file",
    ),
    "superseded-submission": _note(
        "a later answer to {value} stands in {later}; that one is used",
        "nothing to do, if the later one is the right one",
    ),
    "publication-withheld": _note(
        "the answer to {value} is not for publication ({reason}) and stays out of the report",
        "change Publication, or decide in decisions.xlsx, if it may be printed",
    ),
}
