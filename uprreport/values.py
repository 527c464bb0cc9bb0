"""What one cell holds, read by its column's kind: text, lists, choices, numbers, dates."""

from __future__ import annotations

import datetime
import difflib
import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uprreport.language import LANGUAGES, english_of, label, load_language, phrase
from uprreport.model import BareFormula, Choice, ErrorCell, Raw, Shown, Struck, Value
from uprreport.text import LABEL, clean_text, fold, unaccented
from uprreport.vocabulary import unclear_labels

if TYPE_CHECKING:
    from uprreport.schema import Column


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value cannot be used as it stands: a code of the catalogue and the words for its message."""

    code: str
    value: str
    details: Mapping[str, str]


def read_value(column: Column, raw: Raw) -> tuple[Value | None, tuple[Problem, ...]]:
    """What one cell holds, read by its column's kind; None when it is blank or cannot be read.

    A text that is not what the column expects is kept as text where the schema will judge it (lists,
    patterns) and becomes a problem here where it could not be converted (dates, numbers).
    """
    if isinstance(raw, ErrorCell):
        return None, (Problem("value-error-cell", raw.text, {}),)
    if isinstance(raw, BareFormula):
        return None, (Problem("formula-without-value", raw.formula, {}),)
    if isinstance(raw, Struck):
        value, problems = read_value(column, raw.kept)
        return value, (Problem("words-struck", raw.struck, {}), *problems)
    text, repaired = clean_text(as_text(raw))
    if not text or _is_no_answer(column, text):
        return None, ()
    notes = (Problem("text-repaired", text, {}),) if repaired else ()
    value, problem = _READERS[column.kind](column, raw, text)
    return value, (*notes, problem) if problem else notes


_NO_ANSWER = re.compile(
    r"[-\u2010-\u2015]+|n/a|n\.a|none|néant|sans objet|s\.o|ninguno|ninguna|no procede"
    r"|отсутствует|неприменимо|لا يوجد|لا ينطبق|无|暂无|不适用|yoxdur"
)
"""In the languages of the sheets; what means "no" as well is left to the lists that know it."""


def _is_no_answer(column: Column, text: str) -> bool:
    """Whether a text only says that there is nothing; where the schema lists it, it is an answer."""
    wanted = fold(text)
    if column.none_counts or not _NO_ANSWER.fullmatch(wanted):
        return False
    return not choice_of(column, text)


def is_blank(column: Column, raw: Raw) -> bool:
    """Whether a cell says nothing: blanks, or a dash, ``n/a`` or ``none`` where they count as none."""
    text = clean_text(as_text(raw))[0]
    return not isinstance(raw, (ErrorCell, BareFormula, Struck)) and (not text or _is_no_answer(column, text))


def as_text(raw: object) -> str:
    """A raw cell as a person sees it: whole numbers without a point, dates as ISO text, errors as shown."""
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else f"{raw:.15g}"  # as office programs show 0.1 + 0.2
    if isinstance(raw, (ErrorCell, Shown, Struck)):
        return raw.kept if isinstance(raw, Struck) else raw.text
    if isinstance(raw, BareFormula):
        return f"={raw.formula}"
    if isinstance(raw, datetime.datetime) and raw.time() == datetime.time():
        return raw.date().isoformat()
    return str(raw)


_Read = tuple[Value | None, Problem | None]


def _read_text(_column: Column, raw: Raw, text: str) -> _Read:
    if isinstance(raw, Shown) and raw.day:
        return None, _made_of_text(raw)
    return text, None


def _made_of_text(raw: Shown) -> Problem:
    return Problem("date-made-of-text", raw.text, {"day": str(raw.day or raw.text)})


_SEPARATORS = {",": ",\u060c\uff0c\u3001", ";": ";\u061b\uff1b"}
"""The signs of Arabic and Chinese that are typed for a comma and a semicolon."""


def _read_texts(column: Column, raw: Raw, text: str) -> _Read:
    if isinstance(raw, Shown) and raw.day:
        return None, _made_of_text(raw)
    signs = "".join(_SEPARATORS.get(sign, sign) for sign in column.separators)
    pattern = f"[\n{re.escape(signs)}]"
    pieces = tuple(dict.fromkeys(piece.strip() for piece in re.split(pattern, text) if piece.strip()))
    return pieces or None, None


def _read_choice(column: Column, _raw: Raw, text: str) -> _Read:
    key = choice_of(column, text)
    return (key or text), None


def choice_of(column: Column, text: str) -> str:
    """The key that a text stands for: by key, label or synonym, in English or any shipped language; or "".

    A text that could stand for two keys stands for none.
    """
    names, synonyms, unmarked = _keys_of(column.choices)
    wanted = fold(text)
    found = names.get(wanted) or frozenset().union(
        *(names.get(fold(told), frozenset()) for told in english_of(text))
    )
    found = found or synonyms.get(wanted) or unmarked.get(unaccented(wanted), frozenset())
    return next(iter(found)) if len(found) == 1 else ""


_Keys = Mapping[str, frozenset[str]]


@functools.lru_cache(maxsize=200)
def _keys_of(choices: tuple[Choice, ...]) -> tuple[_Keys, _Keys, _Keys]:
    """The keys of a list by its own names, by its synonyms, and by these without their accents."""
    names = _grouped((fold(told), choice.key) for choice in choices for told in (choice.key, choice.label))
    synonyms = _grouped((fold(word), choice.key) for choice in choices for word in choice.synonyms)
    return (
        names,
        synonyms,
        _grouped((unaccented(word), key) for word, keys in synonyms.items() for key in keys),
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> _Keys:
    found: dict[str, set[str]] = {}
    for word, key in pairs:
        found.setdefault(word, set()).add(key)
    return {word: frozenset(keys) for word, keys in found.items()}


ALIKE = 0.75
"""From which part of its signs on a text may be a slip of a word, by ``difflib``."""

NEXT_BEST = 0.06
"""Words that are nearly as much alike as the best one are offered too: they may be its opposite."""


def choices_near(column: Column, text: str) -> tuple[str, ...]:
    """The labels that a text may have been meant for, which is none of the list's words; perhaps none.

    They are offered, never taken: ``in progess`` is not read as In progress.
    """
    labels = [choice.label for choice in column.choices]
    if unclear := [label for label in unclear_labels(text) if label in labels]:
        return tuple(unclear)
    words = {
        fold(word): choice.label
        for choice in reversed(column.choices)
        for word in (*choice.synonyms, *(load_language(code)(choice.label) for code in LANGUAGES))
    }
    typed = fold(text)
    near = difflib.get_close_matches(typed, words, n=3, cutoff=ALIKE) if len(text) <= LABEL else []
    shares = {word: difflib.SequenceMatcher(None, word, typed).ratio() for word in near}
    best = max(shares.values(), default=0.0) - NEXT_BEST
    return tuple(dict.fromkeys(words[word] for word in near if shares[word] >= best))


def _read_number(column: Column, raw: Raw, text: str) -> _Read:
    number: float | None = None
    if isinstance(raw, Shown):
        return _read_shown(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        number = float(raw)
    # A comma is the decimal sign of many languages; before three digits it may as well divide thousands.
    elif re.fullmatch(r"-?\d{1,15}(\.\d+|,\d{1,2}|,\d{4,})?", compact := re.sub(r"\s", "", text)):
        number = float(compact.replace(",", "."))
    if number is None or not math.isfinite(number):
        return None, Problem("value-wrong-type", text, expected_of(column))
    return (int(number) if number.is_integer() else number), None


def _read_shown(raw: Shown) -> _Read:
    """The number that the eye reads; none where a date, or a number of another size, stands behind it."""
    if raw.day or re.fullmatch(r"\d+:\d\d", raw.text):
        return None, _made_of_text(raw)
    if raw.number is None:
        return None, Problem("number-shown-otherwise", raw.text, {})
    problem = Problem("number-unit", raw.text, {"number": as_text(raw.number), "unit": raw.unit})
    return raw.number, problem if raw.unit else None


_PER_CENT = re.compile(
    r"[%٪]|per\s?cent|pour\s?cent|por\s?cien|процент|faiz|百分|بالمائة|بالمئة|في المائة|في المئة",
    re.IGNORECASE,
)
_CURRENCIES = {"€": "EUR", "£": "GBP", "₽": "RUB", "₼": "AZN", "¥": "JPY CNY"}


def names_unit(unit: str, row: Mapping[str, Value]) -> bool:
    """Whether a row says in another cell in which unit a number is: per cent, a currency, or a word.

    A dollar may be that of many States: any currency will do.
    """
    currency = str(row.get("currency", ""))
    if unit == "$" or unit in _CURRENCIES or re.fullmatch("[A-Z]{3}", unit):
        return bool(currency) and (unit == "$" or currency in _CURRENCIES.get(unit, unit))
    texts = [value for value in row.values() if isinstance(value, str)]
    if unit == "%":
        return any(_PER_CENT.search(text) for text in texts)
    return any(fold(unit) in fold(text) for text in texts)


def _read_date(column: Column, raw: Raw, text: str) -> _Read:
    if isinstance(raw, datetime.date):
        day = raw.date() if isinstance(raw, datetime.datetime) else raw
        if year := _typed_year(day):
            return None, Problem("value-wrong-type", year, expected_of(column))
        return day, None
    if isinstance(raw, Shown) and raw.day:
        return None, Problem("date-ambiguous", text, {"example": raw.day.isoformat()})
    readings = set(_date_readings(text)) if isinstance(raw, str) else set()
    if len(readings) == 1:
        return readings.pop(), None
    if readings:
        return None, Problem("date-ambiguous", text, {"example": min(readings).isoformat()})
    return None, Problem("value-wrong-type", text, expected_of(column))


def _typed_year(day: datetime.date) -> str:
    """The year that somebody typed into a cell for dates: 2025 becomes the day 2025 of 1900, in 1905."""
    days = (day - datetime.date(1899, 12, 30)).days
    return str(days) if 1900 <= days <= 2100 else ""


def _date_readings(text: str) -> Iterator[datetime.date]:
    if match := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text):
        orders = [(int(match[1]), int(match[2]), int(match[3]))]
    elif match := re.fullmatch(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})", text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        # A point separates day.month.year wherever it is used at all; a slash or hyphen is either order.
        orders = [(year, second, first)] + ([] if match[2] == "." else [(year, first, second)])
    else:
        return
    for year, month, day in orders:
        try:
            yield datetime.date(year, month, day)
        except ValueError:
            continue


_READERS = {
    "text": _read_text,
    "link": _read_text,
    "texts": _read_texts,
    "choice": _read_choice,
    "integer": _read_number,
    "number": _read_number,
    "date": _read_date,
}


def expected_of(column: Column) -> dict[str, str]:
    """The words that say what a column expects, with an example."""
    expected: dict[str, dict[str, str]] = {
        "date": {
            "expected": phrase("a date"),
            "example": phrase("the date as year-month-day, for example 2025-03-31"),
        },
        "integer": {
            "expected": phrase("a whole number"),
            "example": phrase("a whole number, for example 2025"),
        },
        "number": {"expected": phrase("a number"), "example": phrase("digits only, for example 1250.5")},
    }
    other: dict[str, str] = {
        "expected": phrase("a value of {heading}", heading=label(column.title)),
        "example": phrase("it as the help text describes"),
    }
    return expected.get(column.kind, other)
