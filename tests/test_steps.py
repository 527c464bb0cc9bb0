from __future__ import annotations

import pytest

from uprreport.steps import Facts, next_steps


@pytest.mark.parametrize(
    ("facts", "steps"),
    [
        (Facts(), ["import the list of recommendations", "name the agencies on the tab Agencies"]),
        (
            Facts(60, 12, unassigned=2, sheets_missing=("moh",)),
            ["assign agencies on the tabs Themes and Recommendations", "make the progress sheets"],
        ),
        (
            Facts(60, 12, awaited=("moh",)),
            ["send out the sheets, and put what comes back into submissions/"],
        ),
        (
            Facts(60, 12, submissions=11, errors=3, open_questions=2, late=("moh",)),
            [
                "look at what could not be used",
                "decide the open questions",
                "remind the agencies that are late",
            ],
        ),
        (
            Facts(60, 12, submissions=11, errors=3, to_correct=("moh",), late=("moj",)),
            [
                "look at what could not be used",
                "give the agencies back what they must correct",
                "remind the agencies that are late",
            ],
        ),
        (Facts(60, 12, submissions=12), ["write the draft"]),
        (
            Facts(60, 12, submissions=12, drafted=True),
            ["revise the draft in Word", "finish the revised draft"],
        ),
    ],
)
def test_next_steps__as_the_folder_stands(facts: Facts, steps: list[str]) -> None:
    assert [step.step for step in next_steps(facts)] == steps
