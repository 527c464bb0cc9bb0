"""What the cases cannot show: rules that look at the name of a file."""

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
