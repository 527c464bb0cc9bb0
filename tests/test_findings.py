from __future__ import annotations

import re
import string

import pytest

from uprreport.console import check_document, exit_status
from uprreport.findings import CATALOGUE, Finding, Location, Severity, group_findings, shorten

JARGON = re.compile(r"\b(null|enum|schema|NoneType|regex|JSON|XML|parse|exception)\b", re.IGNORECASE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_catalogue__texts__are_for_people(code: str) -> None:
    entry = CATALOGUE[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", code)
    assert entry.message
    assert entry.hint
    assert not JARGON.search(entry.message + entry.hint)
    for text in (entry.message, entry.hint):
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text))


def test_finding__text__names_place_what_and_expectation() -> None:
    finding = Finding(
        "value-not-in-list",
        Location("health.xlsx", "Progress", "F12", "status"),
        value="Done",
        heading="Status",
        details={"choices": "Implemented or Planned"},
    )
    assert str(finding.at) == "health.xlsx Progress!F12"
    assert finding.message == '"Done" is not one of the choices for Status'
    assert finding.hint == "choose Implemented or Planned"
    assert finding.severity is Severity.ERROR


def finding(code: str, cell: str, number: str = "") -> Finding:
    at = Location("a.xlsx", "Progress", cell, "status")
    return Finding(code, at, "moh", number, number, "Status", {"because": "", "first": "A1"})


def test_group_findings__equal_problems__together_the_gravest_first() -> None:
    findings = [
        finding("evidence-missing", "C3", "1.1"),
        finding("paste-spilled", "C4"),
        finding("evidence-missing", "C5"),
    ]
    groups = group_findings(findings)
    assert [[f.at.cell for f in group] for group in groups] == [["C4"], ["C3", "C5"]]


def test_check_document__keys__are_present_even_when_null() -> None:
    document = check_document([finding("evidence-missing", "C3")])
    assert list(document["findings"][0]) == [
        "code", "severity", "agency", "file", "sheet", "cell", "field", "recommendation", "value",
        "message", "hint",
    ]  # fmt: skip
    assert document["findings"][0]["recommendation"] is None
    assert document["counts"] == {"error": 0, "warning": 1, "note": 0}


def test_exit_status__only_errors__count() -> None:
    assert exit_status([finding("evidence-missing", "C3")]) == 0
    assert exit_status([finding("paste-spilled", "C3")]) == 1


def test_shorten__long_text__is_one_short_line() -> None:
    assert shorten("a\nb") == "a b"
    assert len(shorten("x" * 100)) == 60
