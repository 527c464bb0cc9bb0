from __future__ import annotations

import io
import sys

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


class Terminal(io.StringIO):
    """What stderr is when somebody looks at it."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch, *, patience: float, quiet: bool = False) -> str:
    """What a terminal shows while three items are gone through."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)  # not in a fixture: pytest has its own again after that
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("uprreport.console.PATIENCE", patience)
    assert list(Talk(quiet=quiet).watch(["a", "b", "c"])) == ["a", "b", "c"]
    return terminal.getvalue()


def test_talk__watched_for_long_in_a_terminal__shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = watched(monkeypatch, patience=-1)
    assert "reading" in shown
    assert "/3" in shown


def test_talk__watched_and_quiet__shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert watched(monkeypatch, patience=-1, quiet=True) == ""


def test_talk__watched_but_soon_done__shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert watched(monkeypatch, patience=1000) == ""


def test_talk__watched_without_a_terminal__shows_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uprreport.console.PATIENCE", -1)
    assert list(Talk().watch(["a"])) == ["a"]
    assert capsys.readouterr().err == ""
