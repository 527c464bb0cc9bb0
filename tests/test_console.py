from __future__ import annotations

import pytest

from uprreport.console import Talk
from uprreport.findings import Finding, Location, UprReportError


def test_talk__findings__readable_without_colour(capsys: pytest.CaptureFixture[str]) -> None:
    at = [Location("a.xlsx", "Progress", cell, "status") for cell in ("F12", "F13")]
    details = {"choices": "Implemented or [Planned]"}
    findings = [
        Finding("value-not-in-list", place, value="Done", heading="Status", details=details) for place in at
    ]
    Talk(color=False).findings(findings)
    assert capsys.readouterr().out.splitlines() == [
        'a.xlsx Progress!F12 (Status) error value-not-in-list: "Done" is not one of the choices for Status',
        "  also in F13 (2 in all)",
        "  hint: choose Implemented or [Planned]",
        "",
        "2 errors, 0 warnings, 0 notes",
    ]


def test_talk__quiet__leaves_out_talk_but_not_errors(capsys: pytest.CaptureFixture[str]) -> None:
    talk = Talk(quiet=True, color=False)
    talk.say("hello")
    talk.next("something")
    talk.error(UprReportError("it [broke]", "mend it"))
    captured = capsys.readouterr()
    assert captured.err == "error: it [broke]\n  hint: mend it\n"
    assert captured.out == ""


def test_talk__table__digits_to_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    Talk(color=False).table(["Agency", "Assigned"], [["moh", "7"], ["moe", "12"]])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert [line.split() for line in lines if line[0] == "m"] == [["moh", "7"], ["moe", "12"]]
    assert lines[-2].endswith(" 7")
