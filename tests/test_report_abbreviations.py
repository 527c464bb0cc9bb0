from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import REGISTER, draft, manifest, report, rows, submission
from reviews import register
from uprreport.language import LANGUAGES
from uprreport.model import Report
from uprreport.report.abbreviations import (
    IN_LANGUAGES,
    MEANINGS,
    check_abbreviations,
    find_abbreviations,
    known_abbreviations,
)

OWN = """
## Abbreviations

| Abbreviation | Meaning                  |
| ------------ | ------------------------ |
| PDO          | Public Defender’s Office |
| NGO          | non-profit organization  |
"""


def answered(measures: str, text: str = REGISTER, **settings: str) -> Report:
    answer = {"status": "in progress", "measures": measures}
    return report(submission("moh", {"140.7": answer}), register=text, **settings)


def listed(told: Report) -> list[tuple[str, ...]]:
    """The list of abbreviations; nothing where the report has none."""
    return [row.cells for block in told.sections["abbreviations"] if block.table for row in block.table.rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Three NGOs and the ILO met.", ["NGO", "ILO"]),
        ("In 2025 (UNICEF) trained nurses.", ["UNICEF"]),
        ("Part II of A/HRC/44/12, para. 3; CCPR/C/AUR/4.", []),
        ("It cost USD 500 or 300 EUR.", []),
        ("THE NATIONAL PLAN OF ACTION FOR HEALTH", []),
        ("The UN-Habitat office, COVID-19 and TV.", []),
        ("An NGO-led forum.", ["NGO"]),
        ("OP-CRC was signed.", ["OP", "CRC"]),
        ("Act No. 5 of the MFA, article 3 A.", ["MFA"]),
        ("Совместно с ПРООН и МОТ.", ["ПРООН", "МОТ"]),
        ("CEDAW委员会和联合国", ["CEDAW"]),
    ],
)
def test_find_abbreviations__text__are_those_that_a_reader_sees(text: str, found: list[str]) -> None:
    assert list(find_abbreviations([text], ("CRC", "CEDAW"))) == found


@given(st.text(max_size=300))
def test_find_abbreviations__any_text__are_capitals_that_stand_in_it(text: str) -> None:
    for name in find_abbreviations([text]):
        assert name in text
        assert name.isupper()


def test_list__used_and_known__with_what_they_stand_for() -> None:
    told = answered("UNICEF and two NGOs trained midwives.")
    assert listed(told) == [
        ("NGO", "non-governmental organization"), ("UNICEF", "United Nations Children’s Fund"),
    ]  # fmt: skip
    made = draft(told)
    assert rows(made.content, "list:abbreviations")[1].startswith("NGO | ")
    (block,) = [b for b in manifest(made.content).blocks if b.id == "list:abbreviations"]
    assert block.row_keys == ("NGO", "UNICEF")


def test_list__coordinators_own__goes_before_the_shipped_one() -> None:
    told = answered("The PDO met NGOs.", REGISTER + OWN)
    assert listed(told) == [("NGO", "non-profit organization"), ("PDO", "Public Defender’s Office")]


def test_list__nothing_used__is_no_list() -> None:
    assert listed(answered("Midwives were trained.")) == []


def test_list__is_not_counted_against_the_limit() -> None:
    without, with_list = draft(answered("The ILOX met.")).words, draft(answered("The ILO met.")).words
    assert without["body"] == with_list["body"]


def test_unknown__is_told_once_and_never_printed() -> None:
    told = answered("The XQZ and the ABQ met; the XQZ and the public defender (PDO) agreed. The PDO left.")
    (finding,) = check_abbreviations(told, register(), "en", "build/draft.docx")
    assert (finding.code, finding.value) == ("abbreviation-unknown", "ABQ, XQZ")
    assert listed(told) == []
    assert check_abbreviations(answered("The ILO met."), register(), "en", "build/draft.docx") == ()


def test_unknown__in_another_language_than_the_reports__is_for_the_translator() -> None:
    answer = {"status": "in progress", "measures": "ABQ ilə görüşüldü."}
    told = report(submission("moh", {"140.7": answer}, language="az"))
    assert check_abbreviations(told, register(), "en", "build/draft.docx") == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_known__in_every_language__each_has_a_meaning_of_its_own(code: str) -> None:
    known = known_abbreviations(register(), code)
    assert set(MEANINGS) | set(IN_LANGUAGES.get(code, ())) == set(known)
    assert all(known.values())
    if code != "en":
        assert not [name for name, meaning in MEANINGS.items() if known[name] == meaning]


def test_in_languages__lead_to_known_ones_and_hide_none() -> None:
    for names in IN_LANGUAGES.values():
        assert set(names.values()) <= set(MEANINGS)
        assert all(names[name] == name for name in set(names) & set(MEANINGS))


def test_list__in_french__own_letters_and_meanings() -> None:
    answer = {"status": "in progress", "measures": "Deux ONG et l’UNICEF ont formé des sages-femmes."}
    told = report(submission("moh", {"140.7": answer}, language="fr"), language="fr")
    assert listed(told) == [
        ("ONG", "organisation non gouvernementale"), ("UNICEF", "Fonds des Nations Unies pour l’enfance"),
    ]  # fmt: skip
