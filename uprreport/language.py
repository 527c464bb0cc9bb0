"""Texts in the languages of the agencies: gettext catalogues (``locale/<code>.po``), read as they are.

English is the language of the code: a text is its own key. A text that was put together from others is a
``Phrase``, which remembers its parts, so that it can be told in another language later.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Self, TypeAlias

from uprreport.numerals import FIGURES_FROM, Number
from uprreport.text import LABEL, fold, unaccented

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "ar": "العربية",
    "zh": "中文",
    "az": "Azərbaycan dili",
}
"""The languages that texts are shipped in, by code, each in its own name."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


Word: TypeAlias = "str | int"
"""What fills a place of a text; a whole number is said as the sentence and its language ask: ``numerals``."""


class Phrase(str):
    """An English text with the template and the words it was made from; otherwise it is a plain text.

    ``largest`` is the largest number in it: where one is written in figures, all of its sentence are.
    """

    __slots__ = ("largest", "template", "words")
    template: str
    words: Mapping[str, Word]
    largest: int

    def __new__(cls, template: str, words: Mapping[str, Word]) -> Self:
        """The template with its words put in."""
        largest = max(map(_largest, words.values()), default=-1)
        made = super().__new__(cls, _told(template, words, ENGLISH, largest < FIGURES_FROM))
        made.template, made.words, made.largest = template, words, largest
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, Word]]:  # type: ignore[override]
        """How it is copied."""
        return self.template, self.words


def _largest(word: Word) -> int:
    return word if isinstance(word, int) else word.largest if isinstance(word, Phrase) else -1


def _told(template: str, words: Mapping[str, Word], language: Language, in_words: bool) -> str:
    """A template in a language with its words: texts in that language too, small numbers in words or not."""
    found = language.texts.get(template)
    form = template if found is None else found
    if not words:
        return form
    code = "en" if found is None else language.code
    told: dict[str, str | Number] = {}
    for name, word in words.items():
        if isinstance(word, Phrase):
            told[name] = _told(word.template, word.words, language, in_words)
        else:
            told[name] = Number(word, code, in_words) if isinstance(word, int) else word
    return form.format_map(told)


def phrase(template: str, **words: Word) -> Phrase:
    """A text for people, to be found in the catalogues; ``words`` fill its ``{places}``.

    The template must be written out where this is called: that is where catalogues are made from.
    """
    return Phrase(template, words)


def label(text: str) -> Phrase:
    """A heading or label of a schema as part of a phrase; it is in the catalogues by way of its schema."""
    return Phrase(text, {})


def listed(words: Iterable[str]) -> str:
    """``A, B, C``, with the comma of the reader's language; empty for nothing."""
    first, *more = [*words] or [""]
    told = first
    for word in more:
        told = phrase("{first}, {second}", first=told, second=word)
    return told


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code, and the texts by their English ones; what it does not have stays English."""

    code: str
    texts: Mapping[str, str]

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left."""
        return runs_from_right(self.code)

    def __call__(self, text: str) -> str:
        """A text in this language; of a phrase also the words that are phrases themselves."""
        if not isinstance(text, Phrase):
            return self.texts.get(text, text)
        return _told(text.template, text.words, self, text.largest < FIGURES_FROM)

    def day(self, day: datetime.date) -> str:
        """A date as the language writes it out: ``15 April 2026``."""
        from babel.dates import format_date

        return format_date(day, "d MMMM y" if self.code == "en" else "long", self.code)


ENGLISH = Language("en", {})


def code_of(language: str) -> str:
    """The code of a language without script and region: ``az`` of ``az-Latn`` and ``az_AZ``."""
    return language.replace("_", "-").partition("-")[0].strip().lower()


def runs_from_right(code: str) -> bool:
    """Whether a language is written from right to left."""
    return code_of(code) in _RIGHT_TO_LEFT


@functools.cache
def load_language(code: str) -> Language:
    """A shipped language by its code (``az``, ``az-Latn`` and ``az_AZ`` are one); English for any other."""
    short = code_of(code)
    if short == "en" or short not in LANGUAGES:
        return ENGLISH
    return Language(short, _read(Path(str(resources.files("uprreport"))) / "locale" / f"{short}.po"))


def _read(path: Path) -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file)
    return {
        message.id: message.string
        for message in catalogue
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id and message.string
    }


@functools.cache
def bracketed() -> tuple[str, ...]:
    """Every text in brackets, in every shipped language: the report's marks of missing text.

    English ones are the keys of the catalogues, which a test holds complete.
    """
    texts = (load_language(code).texts.items() for code in LANGUAGES)
    told = {text for items in texts for pair in items if _is_bracketed(pair[0]) for text in pair}
    return tuple(sorted(told))


def _is_bracketed(text: str) -> bool:
    return text.startswith("[") and text.endswith("]")


def english_of(text: str) -> frozenset[str]:
    """The English texts that are told so in any shipped language.

    Case and blanks do not count, and accents only where something is told so with them.
    """
    return _english_of(text) if len(text) > LABEL else _english_of_label(text)


def _english_of(text: str) -> frozenset[str]:
    folded = fold(text)
    return _english().get(folded) or _english_unaccented().get(unaccented(folded), frozenset())


_english_of_label = functools.lru_cache(maxsize=10_000)(_english_of)


@functools.cache
def _english() -> Mapping[str, frozenset[str]]:
    texts = (load_language(code).texts.items() for code in LANGUAGES)
    return _grouped((fold(told), english) for items in texts for english, told in items)


@functools.cache
def _english_unaccented() -> Mapping[str, frozenset[str]]:
    return _grouped((unaccented(told), text) for told, english in _english().items() for text in english)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for told, english in pairs:
        found.setdefault(told, set()).add(english)
    return {told: frozenset(english) for told, english in found.items()}
