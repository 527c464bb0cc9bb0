from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.language import LANGUAGES
from uprreport.report.locales import enumerate_words, show_date, show_number, show_ordinal
from uprreport.text import chinese_number

DAY = datetime.date(2026, 5, 31)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "31 May 2026"),
        ("fr", "31 mai 2026"),
        ("es", "31 de mayo de 2026"),
        ("ru", "31 мая 2026 года"),
        ("ar", "31 مايو 2026"),
        ("zh", "2026年5月31日"),
        ("az", "31 may 2026"),
        ("pt", "31 de maio de 2026"),
        ("qq", "31 May 2026"),
    ],
)
def test_show_date__each_language__writes_it_in_its_way(language: str, told: str) -> None:
    assert show_date(DAY, language) == told
    assert show_date(None, language) == ""


def test_show_date__first_of_a_month__is_an_ordinal_in_french() -> None:
    assert show_date(datetime.date(2026, 9, 1), "fr") == "1er septembre 2026"
    assert show_date(datetime.date(2026, 9, 11), "fr") == "11 septembre 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_show_date__at_the_end_of_a_sentence__ends_in_no_stop(language: str) -> None:
    assert not show_date(DAY, language).endswith(".")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "45,000.125"), ("fr", "45\u202f000,125"), ("es", "45.000,125"), ("zh", "45,000.125")],
)
def test_show_number__signs__are_the_language_s(language: str, told: str) -> None:
    assert show_number(45000.125, language) == told


@given(st.integers(-(10**12), 10**12), st.sampled_from(sorted(LANGUAGES)))
def test_show_number__digits__are_all_there(number: int, language: str) -> None:
    assert "".join(char for char in show_number(number, language) if char.isdigit()) == str(abs(number))


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        *(("en", 1, "1st"), ("en", 51, "51st"), ("en", 112, "112th")),
        *(("fr", 1, "1re"), ("fr", 51, "51e")),
        *(("es", 41, "41er"), ("es", 11, "11º"), ("es", 44, "44º"), ("es", 53, "53er")),
        *(("ru", 51, "51-я"), ("ru", 3, "3-я")),
        *(("ar", 1, "الأولى"), ("ar", 10, "العاشرة"), ("ar", 12, "الثانية عشرة"), ("ar", 40, "الأربعون")),
        *(("ar", 51, "الحادية والخمسون"), ("ar", 100, "100")),
        *(("zh", 10, "第十"), ("zh", 51, "第五十一"), ("zh", 103, "第一百〇三")),
        *(
            ("az", 51, "51-ci"),
            ("az", 40, "40-cı"),
            ("az", 46, "46-cı"),
            ("az", 53, "53-cü"),
            ("az", 9, "9-cu"),
        ),
        ("pt", 51, "51st"),
    ],
)
def test_show_ordinal__sessions__as_the_language_counts_them(language: str, number: int, told: str) -> None:
    assert show_ordinal(number, language) == told


@given(st.integers(0, 999), st.integers(0, 999))
def test_chinese_number__different_numbers__are_written_differently(one: int, other: int) -> None:
    assert (chinese_number(one) == chinese_number(other)) is (one == other)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "A, B and C"),
        ("fr", "A, B et C"),
        ("es", "A, B y C"),
        ("ru", "A, B и C"),
        ("ar", "A وB وC"),
        ("zh", "A、B和C"),
        ("az", "A, B və C"),
    ],
)
def test_enumerate_words__in_each_language__are_listed_as_a_sentence_has_them(
    language: str, told: str
) -> None:
    assert enumerate_words(["A", "B", "C"], language) == told
    assert enumerate_words(["A"], language) == "A"
    assert enumerate_words([], language) == ""
