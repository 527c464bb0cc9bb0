"""Dates, numbers and ordinals as a language writes them, also one in which no texts are shipped."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from uprreport.language import code_of
from uprreport.text import chinese_number, ordinal

if TYPE_CHECKING:
    from babel import Locale


@functools.cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
    return Locale("en", "GB") if locale.language == "en" else locale


def show_date(day: datetime.date | None, language: str) -> str:
    """A date as a language writes it out; empty for none."""
    from babel.dates import format_date

    if day is None:
        return ""
    locale = _locale(language)
    form = _DATES.get(locale.language, "long")
    if locale.language == "fr" and day.day == 1:
        form = "d'er' MMMM y"
    return format_date(day, form, locale)


_DATES = {"en": "d MMMM y", "ru": "d MMMM y 'года'"}
"""Where the language's own long form is not what a report prints: Russian would end a sentence twice."""


def show_number(number: float, language: str) -> str:
    """A number with the language's signs for thousands and decimals; none of its digits is lost."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language), decimal_quantization=False)


def enumerate_words(words: Sequence[str], language: str) -> str:
    """``A, B and C`` with the language's commas and its word for *and*; empty for nothing."""
    from babel.lists import format_list

    return format_list(words, locale=_locale(language)) if words else ""


def show_ordinal(number: int, language: str) -> str:
    """The number of a session as it stands beside that word: ``51st``, ``51e``, ``51-я``, ``第五十一``."""
    return _ORDINALS.get(code_of(language), ordinal)(number)


def _french(number: int) -> str:
    return "1re" if number == 1 else f"{number}e"


def _spanish(number: int) -> str:
    """Shortened before the noun: *41er*, *43er período*, but *11º*."""
    return f"{number}{'er' if number % 10 in (1, 3) and number % 100 != 11 else 'º'}"


def _azerbaijani(number: int) -> str:
    """Vowels of the ending follow the last one of the word."""
    ones = {1: "ci", 2: "ci", 3: "cü", 4: "cü", 5: "ci", 6: "cı", 7: "ci", 8: "ci", 9: "cu"}
    tens = {1: "cu", 2: "ci", 3: "cu", 4: "cı", 5: "ci", 6: "cı", 7: "ci", 8: "ci", 9: "cı", 0: "cü"}
    return f"{number}-{ones.get(number % 10) or tens[number // 10 % 10]}"


_ARABIC_ONES = (
    *("", "الحادية", "الثانية", "الثالثة", "الرابعة"),
    *("الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة"),
)
_ARABIC_TENS = (
    *("", "", "العشرون", "الثلاثون", "الأربعون"),
    *("الخمسون", "الستون", "السبعون", "الثمانون", "التسعون"),
)


def _arabic(number: int) -> str:
    """Feminine and definite, in words as United Nations documents have them; above 99 in digits."""
    tens, ones = divmod(number, 10)
    if number == 1:
        return "الأولى"
    if not 1 < number < 100:
        return str(number)
    if tens == 0:
        return _ARABIC_ONES[ones]
    if tens == 1:
        return f"{_ARABIC_ONES[ones]} عشرة" if ones else "العاشرة"
    return " و".join(part for part in (_ARABIC_ONES[ones], _ARABIC_TENS[tens]) if part)


_ORDINALS: Mapping[str, Callable[[int], str]] = {
    "fr": _french,
    "es": _spanish,
    "ru": lambda number: f"{number}-я",
    "ar": _arabic,
    "zh": lambda number: f"第{chinese_number(number)}",
    "az": _azerbaijani,
}
