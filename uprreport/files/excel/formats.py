"""What a number looks like in its cell: the formats of Excel, as far as they change what the eye reads.

Only what is needed to tell whether a cell shows the number that it holds; the layout of sections, digits and
signs is that of ECMA-376, part 1, 18.8.31.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from uprreport.files.excel.dates import as_moment
from uprreport.model import Raw, Shown

LONG = Context(prec=400)
"""Enough digits for every number that a cell can hold, and for as many decimals as a format can ask for."""

_PLAIN = {"", "general", "@", "standard"}


def format_code(number: int, code: str) -> str:
    """The code of a number format; ``code`` is its own one, empty for one that is built in."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    return code or str(BUILTIN_FORMATS.get(number, ""))


@functools.lru_cache(maxsize=2_000)
def shows_otherwise(code: str) -> bool:
    """Whether a format may show a number in another way than as the number, or the whole date, that it is."""
    if code.lower() in _PLAIN:
        return False
    return not (_is_date(code) and _is_whole_date(code) and not re.search("[hs]", _bare(code)))


@functools.lru_cache(maxsize=20_000)
def as_seen(value: float, code: str, *, date1904: bool = False) -> Raw | datetime.timedelta:
    """A number as its cell shows it: itself, or ``Shown`` where the eye sees something else."""
    if not math.isfinite(value) or code.lower() in _PLAIN:
        return value
    if _is_date(code):
        return _date_seen(value, code, date1904=date1904)
    section, signed = _section(code, value)
    return _number_seen(value, section, signed=signed) if section.strip() else Shown("")


def _number_seen(value: float, section: str, *, signed: bool) -> Raw:
    if section.strip().lower() in _PLAIN:
        return value
    general = re.sub("General", "0", section, flags=re.IGNORECASE)
    look, size = _look(general), abs(value) if signed else value
    if general != section:  # words around the number as it is
        text, number = f"{look.before}{_plain_text(size)}{look.after}".strip(), size
    else:
        text, rendered = _render(size, look)
        number = rendered if rendered is not None else math.nan
    if text == _plain_text(value) and not look.unit:
        return value
    if math.isnan(number):
        return Shown(text, None, look.unit)
    number = -number if value < 0 < number else number
    return Shown(text, int(number) if float(number).is_integer() else number, look.unit)


def hides_text(code: str) -> bool:
    """Whether a format shows nothing of a text: ``;;;``."""
    sections = _sections(code)
    return len(sections) > 3 and not sections[3].strip() and ";" in code


def _plain_text(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.15g}"


# Sections ---------------------------------------------------------------------------------------------

_PIECES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|E[+-]0+|AM/PM|A/P|General|.', re.IGNORECASE | re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")


@functools.lru_cache(maxsize=2_000)
def _sections(code: str) -> tuple[str, ...]:
    found = [""]
    for piece in _PIECES.findall(code):
        if piece == ";":
            found.append("")
        else:
            found[-1] += piece
    return tuple(found)


def _section(code: str, value: float) -> tuple[str, bool]:
    """The section of a format that a number takes, and whether it brings a minus sign of its own."""
    sections = _sections(code)
    if any(_CONDITION.search(section) for section in sections):
        for section in sections:
            condition = _CONDITION.search(section)
            if condition is None or _holds(value, condition[1], float(condition[2])):
                return section, False
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    return (sections[2], False) if value == 0 and len(sections) > 2 else (sections[0], False)


def _holds(value: float, sign: str, bound: float) -> bool:
    return {
        "<": value < bound,
        ">": value > bound,
        "=": value == bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "<>": value != bound,
    }[sign]


# Numbers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """How a section shows a number: what stands around its digits, and how these are made."""

    before: str
    after: str
    digits: str
    per_cent: int
    scale: int
    exponent: bool
    fraction: bool

    @property
    def unit(self) -> str:
        """``%``, a currency or a word that stands beside the digits; signs that only lay out are none."""
        found = re.sub(r"[\s()+\-–−:#№]+", " ", f"{self.before} {self.after}").strip()
        return "%" if self.per_cent else found


@functools.lru_cache(maxsize=2_000)
def _look(section: str) -> _Look:
    beside, digits = ["", ""], ""
    pieces = _PIECES.findall(section)
    exponent = any(re.fullmatch("E[+-]0+", piece, re.IGNORECASE) for piece in pieces)
    fraction = "/" in pieces and bool(re.search(r"[0#?]\s*/\s*[0-9#?]", section))
    for piece in pieces:
        if len(piece) == 1 and piece in ("0#?/ " if fraction else "0#?.,"):
            # what stands between digits is kept among them
            digits, beside[1] = digits + (beside[1] if digits else "") + piece, ""
        else:
            beside[bool(digits)] += _literal(piece)
    scale = len(digits) - len(digits.rstrip(","))
    return _Look(beside[0], beside[1], digits.rstrip(","), pieces.count("%"), scale, exponent, fraction)


def _literal(piece: str) -> str:
    if piece.startswith('"'):
        return piece[1:-1]
    if piece.startswith("\\"):
        return piece[1:]
    if piece.startswith("_"):
        return " "
    if piece.startswith("[$"):
        return piece[2:-1].partition("-")[0]
    return "" if piece[0] in "*[" or re.fullmatch("E[+-]0+", piece, re.IGNORECASE) else piece


def _render(value: float, look: _Look) -> tuple[str, float | None]:
    """What the eye sees, and the number that it reads there; None where that is of another size."""
    if look.fraction:
        return _fraction(value, look)
    if look.exponent:
        text = f"{value:.{len(look.digits.partition('.')[2])}E}"
        return text, value if float(text) == value else None
    if not re.search("[0#?]", look.digits):
        return (look.before + look.after).strip(), None
    if re.search("[^0#?.,]", look.digits):
        return _between(value, look), None
    exact = Decimal(repr(float(value))).scaleb(2 * look.per_cent - 3 * look.scale)
    whole, _, decimals = look.digits.replace(",", "").partition(".")
    shown = exact.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, LONG)
    text = f"{abs(shown):{',' if ',' in look.digits else ''}f}"
    text = _optional(text, decimals)
    text = f"{'0' * (whole.count('0') - len(text.partition('.')[0]))}{text}"
    sign = "-" if shown < 0 else ""
    number = None if look.scale else float(shown)
    return f"{sign}{look.before}{text}{look.after}".strip(), number


def _fraction(value: float, look: _Look) -> tuple[str, float | None]:
    most = 10 ** len(re.sub("[^0-9#?]", "", look.digits.rpartition("/")[2])) - 1
    near = Fraction(value).limit_denominator(max(1, most))
    whole, rest = divmod(abs(near.numerator), near.denominator)
    parts = [str(whole)] if whole or not rest else []
    parts += [f"{rest}/{near.denominator}"] if rest else []
    sign = "-" if near < 0 else ""
    return f"{sign}{look.before}{' '.join(parts)}{look.after}".strip(), value if float(
        near
    ) == value else None


def _between(value: float, look: _Look) -> str:
    """A whole number whose digits have other signs between them, from the right: ``2024-01-15``."""
    digits = list(str(abs(int(Decimal(repr(float(value))).quantize(Decimal(1), ROUND_HALF_UP, LONG)))))
    told = ""
    for sign in reversed(look.digits):
        if sign not in "0#?":
            told = sign + told
        elif digits or sign == "0":
            told = (digits.pop() if digits else "0") + told
    return f"{'-' if value < 0 else ''}{look.before}{''.join(digits)}{told}{look.after}".strip()


def _optional(text: str, decimals: str) -> str:
    """A number without the zeros at its end that stand for ``#``."""
    kept = len(decimals.rstrip("#?"))
    whole, point, tail = text.partition(".")
    tail = tail[:kept] + tail[kept:].rstrip("0")
    return f"{whole}{point if tail else ''}{tail}"


# Dates and times --------------------------------------------------------------------------------------

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@functools.lru_cache(maxsize=2_000)
def _is_date(code: str) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(_sections(code)[0]))


def _bare(code: str) -> str:
    """The signs of a date format alone: no colours, languages and words; spans of time stay."""
    kept = (piece for piece in _PIECES.findall(_sections(code)[0]) if piece[0] not in '"\\_*')
    return "".join("" if re.match(r"\[(?!h|m|s)", p, re.IGNORECASE) else p for p in kept).lower()


def _is_whole_date(code: str) -> bool:
    bare = re.sub(r"am/pm|a/p", "", _bare(code))
    return {"y", "m", "d"} <= set(bare) or {"e", "m", "d"} <= set(bare)


def _date_seen(value: float, code: str, *, date1904: bool) -> Raw | datetime.timedelta:
    """The date or time of a number; a text where the cell shows only a part of the date, or seconds less."""
    moment = as_moment(value, code, date1904=date1904)
    if isinstance(moment, datetime.datetime):
        if _is_whole_date(code):
            return moment if re.search("[hs]", _bare(code)) else moment.date()
        return Shown(_date_text(moment, code), day=moment.date())
    if isinstance(moment, datetime.time) and not re.search("[hs]", _bare(code)):
        return Shown(_date_text(datetime.datetime.combine(_ZERO, moment), code))
    if isinstance(moment, datetime.time) and "s" not in _bare(code):
        return Shown(_date_text(datetime.datetime.combine(_ZERO, moment), code))
    return moment


_ZERO = datetime.date(1900, 1, 1)


_DATE_PIECES = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]|y+|m+|d+|h+|s+|am/pm|a/p|.', re.IGNORECASE)


def _date_text(moment: datetime.datetime, code: str) -> str:
    told, hours = "", False
    for piece in _DATE_PIECES.findall(_sections(code)[0]):
        if piece[0] in '"\\_[':
            told += "" if piece[0] == "[" else _literal(piece)
            continue
        minutes = piece.lower() in ("m", "mm") and hours
        hours = piece[0].lower() == "h" or (hours and not piece[0].isalpha())
        told += _date_piece(moment, "n" * len(piece) if minutes else piece)
    return told.strip(" -/.,;")


def _date_piece(moment: datetime.datetime, piece: str) -> str:
    sign, length = piece[0].lower(), len(piece)
    numbers = {"d": moment.day, "m": moment.month, "h": moment.hour, "n": moment.minute, "s": moment.second}
    if sign == "y":
        return str(moment.year) if length > 2 else f"{moment.year % 100:02}"
    if sign == "m" and length > 2:
        return _MONTHS[moment.month - 1][: 3 if length == 3 else None]
    if sign == "d" and length > 2:
        return ""  # a day of the week
    return f"{numbers[sign]:0{length}}" if sign in numbers else piece
