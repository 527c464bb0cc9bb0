"""What the cases cannot show: the name of a file, the report's symbol, what follows from a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviews import expected, sheet, submit

ANSWERS = """
| Number | Recommendation                     | Status  | Next steps             |
| ------ | ---------------------------------- | ------- | ---------------------- |
| 140.1  | Open a clinic in every district    | Planned | A clinic is planned.   |
"""


def doubts(folder: Path, name: str) -> list[str]:
    """What is told about the agency of the Ministry of Health's sheet under this name."""
    submission, findings = submit(folder, sheet({"Progress": ANSWERS}), expected(), name)
    assert submission is not None
    assert submission.agency == "moh"
    return [finding.message for finding in findings if finding.code == "agency-doubtful"]


@pytest.mark.parametrize("name", ["moe-r1.xlsx", "MOE-R2b (signed).xlsx"])
def test_check_whose_sheet__file_named_like_the_sheet_of_another__is_asked(name: str, tmp_path: Path) -> None:
    (message,) = doubts(tmp_path, name)
    assert message.startswith("this may be the sheet of moe, not of moh: the name of the file")


@pytest.mark.parametrize(
    "name",
    ["moh-r1.xlsx", "moh-r1b.xlsx", "moh-nursing-r1.xlsx", "sheet.xlsx", "moe.xlsx", "of moe-r1.xlsx"],
)
def test_check_whose_sheet__any_other_name__is_fine(name: str, tmp_path: Path) -> None:
    assert doubts(tmp_path, name) == []


def cited(text: str, folder: Path) -> list[tuple[str, str]]:
    """What is told about the numbers that a text cites, in a review whose report is A/HRC/60/5."""
    answers = ANSWERS.replace("A clinic is planned.  ", text)
    _, findings = submit(folder, sheet({"Progress": answers}), expected(report_symbol="A/HRC/60/5"))
    judged = ("reference-unknown", "number-elsewhere")
    return [(finding.code, finding.value) for finding in findings if finding.code in judged]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("See 140.10 in A/HRC/60/5.", []),
        ("See A/HRC/60/5/Add.1, 140.10.", []),
        ("See A/HRC/58/15, para. 140.10.", [("number-elsewhere", "140.10")]),
        ("See A/HRC/58/15, para. 140.999.", [("number-elsewhere", "140.999")]),
        ("See A/HRC/58/15, paras. 12 and 130.4.", []),
        ("See A/HRC/58/15.", []),
        ("See 140.7 to 140.99.", [("reference-unknown", "140.99")]),
    ],
)
def test_check_cited__number_beside_a_symbol__is_judged_by_it(
    text: str, told: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert cited(text, tmp_path) == told


def test_without_followers__missing_tabs__are_told_once(tmp_path: Path) -> None:
    answers = """
    | Number | Recommendation                  | Status  | Next steps           | Assistance needed |
    | 140.1  | Open a clinic in every district | Planned | A clinic is planned. | Yes               |
    """
    content = sheet({"Progress": answers, "Assistance": "missing", "Cover": "missing"})
    _, findings = submit(tmp_path, content, expected())
    codes = {finding.code for finding in findings}
    assert codes == {"column-missing", "row-missing", "sheet-missing"}


def test_without_followers__numbers_under_another_heading__are_told_once(tmp_path: Path) -> None:
    answers = ANSWERS.replace("Number", "Nomber").replace("Open a clinic", "Something else")
    _, findings = submit(tmp_path, sheet({"Progress": answers}), expected())
    assert {f.code for f in findings if f.at.field == "number"} == {"column-missing"}
    assert "row-missing" not in {finding.code for finding in findings}
