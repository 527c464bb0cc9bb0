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
                "remind the agencies that are late",
                "look at what could not be used",
                "decide the open questions",
            ],
        ),
        (
            Facts(60, 12, submissions=11, errors=3, to_correct=("moh",), late=("moj",)),
            [
                "remind the agencies that are late",
                "look at what could not be used",
                "give the agencies back what they must correct",
            ],
        ),
        (
            Facts(60, 12, unassigned=1, submissions=11, partial=("moh",), overdue=True),
            [
                "remind the agencies that are late",
                "assign agencies on the tabs Themes and Recommendations",
                "write the draft",
            ],
        ),
        (
            Facts(60, 12, submissions=11, open_questions=2, partial=("moh",)),
            ["decide the open questions", "ask for the rows without an answer", "write the draft"],
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


def test_next_steps__reminder__names_who_is_silent_and_who_answered_a_part() -> None:
    (first, *_) = next_steps(
        Facts(60, 12, submissions=11, late=("mof",), partial=("moj", "moi"), overdue=True)
    )
    assert first.command == "uprreport sheets --remind"
    assert first.why == "nothing has come from mof; rows without an answer: moj, moi"
