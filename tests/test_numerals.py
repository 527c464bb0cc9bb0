"""Numbers in sentences: words below ten, figures from there on, forms as CLDR has them."""

from __future__ import annotations

import pytest

from uprreport.language import LANGUAGES, Language, Phrase, load_language, phrase
from uprreport.numerals import ROWS, Number, plural_forms

FORMS = {
    "en": ("one", "other"),
    "fr": ("one", "other"),
    "es": ("one", "other"),
    "ru": ("one", "few", "many"),
    "ar": ("one", "two", "few", "many", "other"),
    "zh": ("other",),
    "az": ("one", "other"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_plural_forms__of_each_language__are_those_of_whole_numbers(code: str) -> None:
    assert plural_forms(code) == FORMS[code]


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "zh"])
def test_rows__each__has_ten_different_words(code: str) -> None:
    for words in ROWS[code].values():
        assert len(words) == len(set(words)) == 10


def said(code: str, template: str, **words: int) -> str:
    """A template of a test, told as if the language's catalogue had it for an English one."""
    english = "".join(f"{{{name}}}" for name in words)
    return Language(code, {english: template})(Phrase(english, words))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "One body"), (2, "Two bodies"), (9, "Nine bodies"), (10, "10 bodies"), (1200, "1,200 bodies")],
)
def test_number__in_english__is_a_word_below_ten(number: int, expected: str) -> None:
    assert said("en", "{count:# body|# bodies}", count=number).capitalize() == expected


def test_numbers__of_one_sentence__are_figures_where_one_of_them_is() -> None:
    template = "Of {all}, {some} came."
    assert said("en", template, all=9, some=2) == "Of nine, two came."
    assert said("en", template, all=10, some=2) == "Of 10, 2 came."


def test_numbers__of_a_sentence_in_a_sentence__count_with_it() -> None:
    inner = phrase("{few:# sheet|# sheets}", few=3)
    assert inner == "three sheets"
    assert phrase("{told} of {all}", told=inner, all=40) == "3 sheets of 40"
    assert phrase("{told} of {all}", told=inner, all=4) == "three sheets of four"


RUSSIAN = "{count:f.acc:# рекомендацию|# рекомендации|# рекомендаций}"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "одну рекомендацию"),
        (2, "две рекомендации"),
        (5, "пять рекомендаций"),
        (11, "11 рекомендаций"),
        (21, "21 рекомендацию"),
        (112, "112 рекомендаций"),
        (254, "254 рекомендации"),
    ],
)
def test_number__in_russian__has_the_case_and_form_it_asks_for(number: int, expected: str) -> None:
    assert said("ru", RUSSIAN, count=number) == expected


ARABIC = "{count:f:توصية واحدة|توصيتان|# توصيات|# توصيةً|# توصية}"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "توصية واحدة"),
        (2, "توصيتان"),
        (3, "ثلاث توصيات"),
        (10, "10 توصيات"),
        (11, "11 توصيةً"),
        (100, "100 توصية"),
        (103, "103 توصيات"),
    ],
)
def test_number__in_arabic__may_be_the_noun_itself(number: int, expected: str) -> None:
    assert said("ar", ARABIC, count=number) == expected


@pytest.mark.parametrize(("number", "expected"), [(1, "1项建议"), (60, "60项建议")])
def test_number__in_chinese__stays_a_figure(number: int, expected: str) -> None:
    assert said("zh", "{count}项建议", count=number) == expected


def test_number__of_an_untranslated_text__is_said_in_english() -> None:
    template = "{count:# body|# bodies}"
    assert Language("ru", {})(Phrase(template, {"count": 5})) == "five bodies"


def test_number__of_large_size__has_the_signs_of_its_language() -> None:
    assert format(Number(1200, "fr"), "") == "1\u202f200"
    assert load_language("en")(phrase("{count}", count=1200)) == "1,200"
