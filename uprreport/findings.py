"""What is wrong in people's files, as values, and the catalogue of everything that can be said about it.

A stage that judges people's files returns ``(value, findings)``; nothing here is ever raised or printed.
What stops the run is one ``UprReportError``. Each code of the catalogue has one severity, one message and
one hint; documentation and test cases are held against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uprreport.catalogue import CATALOGUE, FOR_THE_COORDINATOR, Severity
from uprreport.language import Language, Phrase, label

__all__ = [
    "CATALOGUE",
    "FOR_THE_COORDINATOR",
    "Finding",
    "Location",
    "Severity",
    "UprReportError",
    "count_severities",
    "group_findings",
    "has_errors",
    "shorten",
]


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
