from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from uprreport.cli import main
from uprreport.collect.check_page import check_page
from uprreport.findings import Finding, Location
from uprreport.language import ENGLISH, Language, label, phrase
from uprreport.review import shipped
from uprreport.schema import join_or

TEMPLATE = (shipped("templates") / "check.html").read_text(encoding="utf-8")
ARABIC = Language(
    "ar",
    {
        '"{value}" is not one of the choices for {heading}': "«{value}» / {heading}",
        "choose {choices}{near}": "اختر {choices}{near}",
        "Status": "الحالة",
        "Planned": "مخطط",
        "{most} or {last}": "{most} أو {last}",
        "Must be corrected": "يجب تصحيحه",
    },
)


def wrong(cell: str = "F12", value: str = "Done", number: str = "140.7") -> Finding:
    choices = join_or([label("Planned"), label("Continuous")])
    at = Location("health.xlsx", "Progress", cell, "status")
    return Finding("value-not-in-list", at, "moh", number, value, "Status", {"choices": choices})


def test_tell__in_a_language__labels_and_joints_are_told_and_what_was_typed_is_not() -> None:
    message, hint = wrong(value="Planned").tell(ARABIC)
    assert (message, hint) == ("«Planned» / الحالة", "اختر مخطط أو Continuous")
    assert wrong().tell(ENGLISH) == (wrong().message, wrong().hint)


def test_phrase__words__are_told_where_they_are_phrases() -> None:
    made = phrase("{most} or {last}", most=label("Planned"), last="Planned")
    assert (made, ARABIC(made)) == ("Planned or Planned", "مخطط أو Planned")
    assert ARABIC("Planned, with {braces}") == "Planned, with {braces}"


def test_page__arabic__runs_from_right_to_left_and_keeps_places_readable() -> None:
    page = check_page("وزارة", [wrong()], ARABIC, TEMPLATE)
    assert '<html lang="ar" dir="rtl">' in page
    assert "<bdi>Progress!F12 · 140.7</bdi>" in page
    assert "يجب تصحيحه" in page


def test_page__equal_problems__stand_once_with_their_places() -> None:
    findings = [wrong(f"F{line}", number=f"140.{line}") for line in range(12, 32)]
    page = check_page("Health", findings, ENGLISH, TEMPLATE)
    assert page.count("is not one of the choices") == 1
    assert "also in F13, F14, F15, F16, F17, F18, F19, F20 and 11 more" in page
    assert "To be corrected: 20. To be looked at: 0." in page
    assert page.count("<tr class=") == 1


def test_page__what_was_typed__is_never_markup() -> None:
    page = check_page("<Health>", [wrong(value="<script>alert(1)</script> & {{ 7 * 7 }}")], ENGLISH, TEMPLATE)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in page


def test_page__no_findings__says_so() -> None:
    assert "Nothing was found." in check_page("Health", [], ENGLISH, TEMPLATE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("check") / "review"
    CliRunner().invoke(main, ("new", str(made), "--example"), catch_exceptions=False)
    return made


def test_check__html__one_page_an_agency_and_the_rest_for_the_coordinator(folder: Path) -> None:
    run = CliRunner().invoke(main, ("-C", str(folder), "check", "--format", "html"), catch_exceptions=False)
    listed = run.stdout.split()
    assert run.exit_code == 1
    assert sorted(listed) == sorted(
        path.relative_to(folder).as_posix() for path in folder.glob("build/*/*check.html")
    )
    assert "build/corrections/moh-check.html" in listed
    told = CliRunner().invoke(main, ("-C", str(folder), "check", "--format", "json")).stdout
    shared = (folder / "build" / "internal" / "check.html").read_text(encoding="utf-8")
    assert ("status-conflict" in told) == ("agencies report different statuses" in shared)
    assert "is not for publication" in shared
    for page in folder.glob("build/corrections/*.html"):
        assert "agencies report different statuses" not in page.read_text(encoding="utf-8")
        assert "is not for publication" not in page.read_text(encoding="utf-8")
    assert "Next: give the agencies back what they must correct: uprreport" in run.stderr
    assert "sheets --corrections" in run.stderr
