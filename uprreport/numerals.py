"""Whole numbers inside a sentence: below ten in words, with the words that have to agree with them.

A text names a number and says how it stands there: ``{count}``, ``{count:f}`` for a row of number words
(``ROWS``), ``{count:# body|# bodies}`` for the forms of the words around it. ``#`` is the number itself, and
``f:# …`` writes it with words of that row. The forms are those of CLDR for whole numbers, in CLDR's order.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

FIGURES_FROM = 10
"""United Nations Editorial Manual: numbers below ten are written in words."""

ROWS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {"": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")},
    "fr": {
        "": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
        "f": ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    },
    "es": {
        "": ("cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
        "f": ("cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    },
    "ru": {
        "": ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
        "f": ("ноль", "одна", "две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
        "f.acc": ("ноль", "одну", "две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
        "n": ("ноль", "одно", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
        "f.gen": (
            *("нуля", "одной", "двух", "трех", "четырех"),
            *("пяти", "шести", "семи", "восьми", "девяти"),
        ),
        "gen": (
            *("нуля", "одного", "двух", "трех", "четырех"),
            *("пяти", "шести", "семи", "восьми", "девяти"),
        ),
    },
    "ar": {
        "": ("صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"),
        "f": ("صفر", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع"),
    },
    "az": {"": ("sıfır", "bir", "iki", "üç", "dörd", "beş", "altı", "yeddi", "səkkiz", "doqquz")},
}
"""Number words from nought to nine by language and row: gender or case of what is counted. In Arabic ``f`` is
the row that stands before feminine nouns. Chinese has none: its documents print figures."""

_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a language says it in a sentence; ``in_words`` is false where the sentence has figures."""

    value: int
    language: str
    in_words: bool = True

    def __format__(self, spec: str) -> str:
        """The number as the text asks for it: with a row of words, or with forms."""
        if "|" not in spec and "#" not in spec:
            return self._told(spec)
        first = spec.partition("|")[0]
        row, colon, _ = first.partition(":")
        forms = (spec.removeprefix(f"{row}:") if colon else spec).split("|")
        form = forms[plural_form(self.value, self.language)]
        return form.replace("#", self._told(row if colon else "")) if "#" in form else form

    def _told(self, row: str) -> str:
        rows = ROWS.get(self.language)
        if self.in_words and 0 <= self.value < FIGURES_FROM and rows is not None:
            return rows[row][self.value]
        return _figures(self.value, self.language)


def _figures(value: int, language: str) -> str:
    if -1000 < value < 1000:
        return str(value)
    from babel.numbers import format_decimal

    return format_decimal(value, locale=language)


@functools.cache
def plural_forms(language: str) -> tuple[str, ...]:
    """CLDR's plural categories of a language that a whole number takes, nought and millions apart."""
    category = _rule(language)
    used = {category(number) for number in range(1, 1000)}
    return tuple(name for name in _CATEGORIES if name in used)


def plural_form(number: int, language: str) -> int:
    """Which of those forms a number takes; the last one where it takes none of them."""
    if language == "en":  # nearly all texts, without loading the rules
        return int(number != 1)
    forms = plural_forms(language)
    category = _rule(language)(number)
    return forms.index(category) if category in forms else len(forms) - 1


@functools.cache
def _rule(language: str) -> Callable[[int], str]:
    from babel import Locale

    return Locale(language).plural_form
