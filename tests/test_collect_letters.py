from __future__ import annotations

import pytest

from reviews import expected
from uprreport.collect.instructions import whom_to_ask
from uprreport.collect.letters import Occasion, letter_to
from uprreport.collect.sheet import sheet_tabs
from uprreport.files.excel.workbook import Passage, TextTab
from uprreport.language import ENGLISH, LANGUAGES, load_language
from uprreport.review import Contact

WHOLE = Contact("A. Example", "Head of Unit", "upr@mfa.example", "+999 1 555 0100")


def closing(contact: Contact, language: str = "en") -> list[str]:
    want = expected(coordinator=contact)
    letter = letter_to(
        want, want.register.agencies[0], Occasion("first", ["a.xlsx"]), load_language(language)
    )
    return letter.paragraphs[-1].splitlines()


@pytest.mark.parametrize(
    ("contact", "lines"),
    [
        (Contact(), ["The coordinator of the mid-term report"]),
        (WHOLE, ["A. Example", "Head of Unit", "E-mail: upr@mfa.example", "Telephone: +999 1 555 0100"]),
        (Contact(name="A. Example"), ["A. Example"]),
        (
            Contact(email="upr@mfa.example"),
            ["The coordinator of the mid-term report", "E-mail: upr@mfa.example"],
        ),
    ],
)
def test_letter__coordinator__closes_it_as_far_as_known(contact: Contact, lines: list[str]) -> None:
    assert closing(contact) == ["With kind regards,", *lines]


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_letter__every_language__names_the_coordinator_in_its_own_words(language: str) -> None:
    told, english = closing(WHOLE, language), closing(WHOLE)
    assert told[1:3] == ["A. Example", "Head of Unit"]
    for own, other, value in zip(told[3:], english[3:], (WHOLE.email, WHOLE.phone), strict=True):
        assert value in own
        assert own != other
    assert told[0] != english[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_instructions__coordinator__stands_under_whom_to_ask(language: str) -> None:
    want = expected(coordinator=WHOLE, sheet_language=language)
    page = sheet_tabs(want, want.register.agencies[0])[0]
    assert isinstance(page, TextTab)
    last = page.passages[-1]
    assert isinstance(last, Passage)
    assert [value for value in (WHOLE.name, WHOLE.post, WHOLE.email, WHOLE.phone) if value in last.text] == [
        WHOLE.name,
        WHOLE.post,
        WHOLE.email,
        WHOLE.phone,
    ]


def test_instructions__nobody_named__says_where_to_answer() -> None:
    assert "answer to the same address" in ENGLISH(whom_to_ask(Contact()))
    assert "answer to the same address" not in ENGLISH(whom_to_ask(Contact(phone="1")))
