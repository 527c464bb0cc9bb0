"""One cell of an OpenDocument spreadsheet: its value as the eye sees it, and what stands beside it."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from xml.etree.ElementTree import Element

from uprreport.files.excel.beside import comment_of
from uprreport.files.excel.cells import Position, plain_value
from uprreport.files.excel.formats import LONG
from uprreport.files.excel.parts import local
from uprreport.files.excel.workbook import Aside
from uprreport.model import BareFormula, ErrorCell, Raw, Shown, Struck
from uprreport.values import as_text


def attribute(node: Element, name: str) -> str:
    """An attribute by its name without its namespace; a cell has none twice that is asked for."""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def count(node: Element, name: str) -> int:
    """An attribute that counts, such as how often a cell is repeated; 1 where it is none."""
    text = attribute(node, name)
    return max(1, int(text)) if re.fullmatch("[0-9]{1,9}", text) else 1


# One cell ---------------------------------------------------------------------------------------------

_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}")
_TRUTH = {"of:=TRUE()": True, "of:=FALSE()": False}


@dataclass(slots=True)
class Looks:
    """What styles do to letters, by their names: ``struck`` tells of a line through them, where they do."""

    struck: dict[str, bool] = field(default_factory=dict)
    white: set[str] = field(default_factory=set)

    def take(self, style: Element) -> None:
        """Take in one style; letters are white where the ground is not coloured."""
        name = attribute(style, "name")
        colour = ground = ""
        for child in style:
            lines = [attribute(child, f"text-line-through-{part}") for part in ("style", "type")]
            if any(lines):
                self.struck[name] = any(line not in ("", "none") for line in lines)
            if local(child) == "text-properties":
                colour = attribute(child, "color").lower()
            elif local(child) == "table-cell-properties":
                ground = attribute(child, "background-color").lower()
        if colour == "#ffffff" and ground in ("", "transparent", "#ffffff"):
            self.white.add(name)


def value_of(node: Element, looks: Looks) -> Raw | None:
    """What a cell holds; None for a blank one."""
    if not node.attrib and not len(node):
        return None
    formula, kind = attribute(node, "formula"), attribute(node, "value-type")
    paragraphs = [child for child in node if local(child) == "p"]
    text = "\n".join(text_of(paragraph) for paragraph in paragraphs)
    if formula and _is_error(node, text):
        return ErrorCell(text or "#N/A")
    if formula and not kind and not paragraphs:
        return BareFormula(formula.partition(":=")[2] or formula)
    if formula in _TRUTH and kind == "float":
        return _TRUTH[formula]  # LibreOffice's way of a truth value that came from Excel
    value = _typed(node, kind, text)
    if value == 0 and paragraphs and not text and kind != "boolean":
        return None  # a nought that its format does not show
    return _seen(node, looks, paragraphs, plain_value(value))


def _seen(node: Element, looks: Looks, paragraphs: list[Element], value: Raw | None) -> Raw | None:
    """A value with what is struck through of it."""
    line = looks.struck.get(attribute(node, "style-name"), False)
    if value is None or not (line or any(True for p in paragraphs for _ in p)):
        return value
    pieces = [piece for p in paragraphs for piece in (("\n", line), *_runs(p, looks, line=line))][1:]
    if not any(through and part.strip() for part, through in pieces):
        return value
    return Struck(tuple(pieces)) if isinstance(value, str) else Struck(((as_text(value), True),))


def _is_error(node: Element, text: str) -> bool:
    return "error" in (value for key, value in node.attrib.items() if key.endswith("}value-type")) or bool(
        _ERROR.fullmatch(text)
    )


def _typed(node: Element, kind: str, text: str) -> Raw:
    if kind in ("float", "percentage", "currency"):
        return _number(attribute(node, "value"), text, kind)
    if kind == "boolean":
        return attribute(node, "boolean-value") == "true"
    if kind == "date":
        return _date(attribute(node, "date-value"), text)
    if kind == "time":
        return _time(attribute(node, "time-value"), text)
    # Where LibreOffice writes the text as an attribute too, the paragraphs hold blanks that count.
    return (attribute(node, "string-value") if kind == "string" else "") or text


def _number(value: str, text: str, kind: str) -> Raw:
    try:
        number = float(value)
    except ValueError:
        return text
    if not math.isfinite(number) or not text:
        return number if math.isfinite(number) else text
    return _number_seen(number, text, per_cent=kind == "percentage")


_DIGITS = re.compile(r"[-\u2212]?\d(?:[\d.,'’\u00a0\u202f ]*\d)?")
_GENERAL = 10
"""Digits that the general format of LibreOffice shows at most: such a number is not rounded on purpose."""


def _number_seen(number: float, text: str, *, per_cent: bool) -> Raw:
    """A number as its cell shows it, in the signs of any language."""
    found = _DIGITS.search(text)
    if found is None:
        return Shown(text) if text.strip() else number
    unit = "%" if per_cent else re.sub(r"[\s()+\-–−:#№]+", " ", text.replace(found[0], "", 1)).strip()
    exact = Decimal(repr(abs(number))).scaleb(2 if per_cent else 0)
    shown = next((reading for reading in _readings(found[0]) if _is_rounded(exact, reading)), None)
    if re.fullmatch(r"-?(\d+ )?\d+\s*/\s*\d+", text):
        parts = [Fraction(part) for part in re.sub(r"\s*/\s*", "/", text.strip("-")).split(" ")]
        return Shown(text, number if float(sum(parts)) == abs(number) else None)
    if re.search(r"E[+-]\d", text) or shown is None:
        return number if re.search(r"\dE[+-]\d", text) and not unit.strip("E+0123456789") else Shown(text)
    if len(shown.as_tuple().digits) >= _GENERAL and not unit:
        return number
    seen = math.copysign(float(shown), number)
    if not unit and seen == number and text == as_text(number):
        return number
    return Shown(text, int(seen) if seen.is_integer() else seen, unit)


def _is_rounded(exact: Decimal, shown: Decimal) -> bool:
    return exact.quantize(Decimal(1).scaleb(int(shown.as_tuple().exponent)), ROUND_HALF_UP, LONG) == shown


def _readings(digits: str) -> Iterator[Decimal]:
    """The numbers that digits may mean, by the sign that parts off the decimals: none, a point or a comma."""
    plain = re.sub(r"[-\u2212'’\u00a0\u202f ]", "", digits)
    yield Decimal(re.sub("[.,]", "", plain))
    for sign in ".,":
        whole, point, decimals = plain.rpartition(sign)
        if point and decimals.isdecimal():
            yield Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}")


def _date(value: str, text: str) -> Raw:
    try:
        moment = datetime.datetime.fromisoformat(value.removesuffix("Z")).replace(tzinfo=None)
    except ValueError:
        return text or value
    return moment if not text or _tells_day(text, moment) else Shown(text, day=moment.date())


def _tells_day(text: str, moment: datetime.datetime) -> bool:
    """Whether a date as it is shown tells its day and its year; the month may be a word."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if moment.day not in numbers:
        return False
    numbers.remove(moment.day)
    return bool({moment.year, moment.year % 100} & set(numbers))


def _time(value: str, text: str) -> Raw:
    """A time of the day; what is longer than a day stays a span of time."""
    if re.fullmatch(r"\d{1,2}:\d\d", text):  # the seconds are not shown
        return Shown(text.removeprefix("0"))
    match = re.fullmatch(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S", value)
    if not match:
        return text or value
    hours, minutes, seconds = (int(part) for part in match.groups())
    if hours < 24 and minutes < 60 and seconds < 60:
        return datetime.time(hours, minutes, seconds)
    return f"{hours}:{minutes:02}:{seconds:02}"


def text_of(node: Element) -> str:
    """The text of a paragraph: runs of blanks are one, several are counted, comments are no part of it."""
    return "".join(_pieces(node)).strip(" ")


def _pieces(node: Element) -> Iterator[str]:
    yield _BLANKS.sub(" ", node.text or "")
    for child in node:
        name = local(child)
        if name == "s":
            yield " " * min(count(child, "c"), 1000)
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name not in ("annotation", "note", "ruby-text"):
            yield from _pieces(child)
        yield _BLANKS.sub(" ", child.tail or "")


def _runs(node: Element, looks: Looks, *, line: bool) -> Iterator[tuple[str, bool]]:
    """The pieces of a paragraph and whether each is struck through; ``line`` is what they inherit."""
    yield from _run(node.text, line=line)
    for child in node:
        name = local(child)
        if name in ("span", "a", "ruby", "ruby-base"):
            yield from _runs(child, looks, line=looks.struck.get(attribute(child, "style-name"), line))
        elif name == "s":
            yield " " * min(count(child, "c"), 1000), line
        elif name in _BREAKS:
            yield _BREAKS[name], line
        yield from _run(child.tail, line=line)


def _run(text: str | None, *, line: bool) -> Iterator[tuple[str, bool]]:
    if text:
        yield _BLANKS.sub(" ", text), line


_BLANKS = re.compile("[ \t\r\n]+")
_BREAKS: Mapping[str, str] = {"tab": "\t", "line-break": "\n"}


# What stands at a cell --------------------------------------------------------------------------------

DRAWN = ("frame", "custom-shape", "rect", "ellipse", "caption", "line", "g")


_HIDDEN = {"float", "percentage", "currency"}


def asides_of(cell: Element, at: Position, looks: Looks) -> Iterator[Aside]:
    """Comments, shapes and addresses that a cell holds beside its value, and what of it cannot be seen."""
    text = "\n".join(text_of(child) for child in cell if local(child) == "p")
    hidden = attribute(cell, "value-type") in _HIDDEN and not text and any(local(c) == "p" for c in cell)
    if hidden and attribute(cell, "value") not in ("0", "-0"):
        yield Aside(at, "unseen", attribute(cell, "value"))
    elif text and attribute(cell, "style-name") in looks.white:
        yield Aside(at, "unseen", text)
    for child in cell:
        name = local(child)
        if name == "annotation":
            yield from comment_of(at, _lines(child))
        elif name in DRAWN:
            yield from drawn(child, name, at)
        elif name == "p":
            for link in child.iter():
                target = attribute(link, "href") if local(link) == "a" else ""
                if re.match("[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
                    yield Aside(at, "link", target)


def drawn(node: Element, name: str, at: Position | None) -> Iterator[Aside]:
    """The text of a shape, or that it is a picture."""
    if name == "g":
        for child in node:
            yield from drawn(child, local(child), at) if local(child) in DRAWN else ()
        return
    if text := _lines(node):
        yield Aside(at, "box", text)
    elif any(local(child) in ("image", "object", "object-ole") for child in node):
        told = next((child.text or "" for child in node if local(child) in ("title", "desc")), "")
        yield Aside(at, "picture", told)


def _lines(node: Element) -> str:
    return "\n".join(text_of(p) for p in node.iter() if local(p) == "p").strip()
