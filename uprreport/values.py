"""What one cell holds, read by its column's kind: text, lists, choices, numbers, dates."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uprreport.language import english_of, label, phrase
from uprreport.model import BareFormula, ErrorCell, Raw, Value
from uprreport.text import clean_text, fold

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
    """Whether a cell holds no answer: blanks, or a dash, ``n/a`` or ``none`` where they count as none."""
    text = clean_text(as_text(raw))[0]
    return not isinstance(raw, (ErrorCell, BareFormula)) and (not text or _is_no_answer(column, text))


def as_text(raw: object) -> str:
    """A raw cell as a person sees it: whole numbers without a point, dates as ISO text, errors as shown."""
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else f"{raw:.15g}"  # as office programs show 0.1 + 0.2
    if isinstance(raw, ErrorCell):
        return raw.text
    if isinstance(raw, BareFormula):
        return f"={raw.formula}"
    if isinstance(raw, datetime.datetime) and raw.time() == datetime.time():
        return raw.date().isoformat()
    return str(raw)


_Read = tuple[Value | None, Problem | None]


def _read_text(_column: Column, _raw: Raw, text: str) -> _Read:
    return text, None


_SEPARATORS = {",": ",\u060c\uff0c\u3001", ";": ";\u061b\uff1b"}
"""The signs of Arabic and Chinese that are typed for a comma and a semicolon."""


def _read_texts(column: Column, _raw: Raw, text: str) -> _Read:
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
    found = _matching(column, {fold(text)}) or _matching(column, {fold(told) for told in english_of(text)})
    return found[0] if len(found) == 1 else ""


def _matching(column: Column, wanted: set[str]) -> list[str]:
    return [
        choice.key
        for choice in column.choices
        if wanted & {fold(told) for told in (choice.key, choice.label, *choice.synonyms)}
    ]


def _read_number(column: Column, raw: Raw, text: str) -> _Read:
    number: float | None = None
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        number = float(raw)
    # A comma is the decimal sign of many languages; before three digits it may as well divide thousands.
    elif re.fullmatch(r"-?\d{1,15}(\.\d+|,\d{1,2}|,\d{4,})?", compact := re.sub(r"\s", "", text)):
        number = float(compact.replace(",", "."))
    if number is None or not math.isfinite(number):
        return None, Problem("value-wrong-type", text, expected_of(column))
    return (int(number) if number.is_integer() else number), None


def _read_date(column: Column, raw: Raw, text: str) -> _Read:
    if isinstance(raw, datetime.date):
        day = raw.date() if isinstance(raw, datetime.datetime) else raw
        if year := _typed_year(day):
            return None, Problem("value-wrong-type", year, expected_of(column))
        return day, None
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
