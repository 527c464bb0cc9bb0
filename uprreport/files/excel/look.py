"""What the cells of an .xlsx worksheet look like where that changes what the eye reads there.

Number formats, words that are struck through, and letters in the colour of their cell. Styles are looked at
once for each workbook, and cells only where such a style, or such a text, occurs.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from uprreport.files.excel.cells import Cells, Position, column_number, plain_value
from uprreport.files.excel.formats import as_seen, format_code, hides_text, shows_otherwise
from uprreport.files.excel.parts import local, parse
from uprreport.files.excel.workbook import Aside
from uprreport.model import BareFormula, ErrorCell, Raw, Shown, Struck
from uprreport.values import as_text


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of cells, by number, that change what the eye reads.

    ``codes`` are number formats, ``struck`` styles with a line through the letters, ``unseen`` those whose
    letters have the colour of their ground, or whose format shows nothing of a text.
    """

    codes: Mapping[int, str]
    struck: frozenset[int]
    unseen: frozenset[int]


@functools.lru_cache(maxsize=16)
def read_styles(xml: bytes) -> Styles:
    """The styles of a workbook's part ``styles.xml``; none for an empty part."""
    root = parse(xml) if xml else Element("styleSheet")
    groups = {local(node): node for node in root}
    codes = {node.get("numFmtId", ""): node.get("formatCode", "") for node in groups.get("numFmts", ())}
    fonts = [(_is_on(font, "strike"), _is_white(font)) for font in groups.get("fonts", ())]
    fills = [_is_blank(fill) for fill in groups.get("fills", ())]
    found: dict[int, str] = {}
    struck, unseen = set(), set()
    for index, style in enumerate(groups.get("cellXfs", ())):
        number = style.get("numFmtId", "0")
        code = format_code(int(number) if number.isdecimal() else 0, codes.get(number, ""))
        line, white = _at(fonts, style.get("fontId"), (False, False))
        if shows_otherwise(code):
            found[index] = code
        if line:
            struck.add(index)
        if (white and _at(fills, style.get("fillId"), True)) or hides_text(code):
            unseen.add(index)
    return Styles(found, frozenset(struck), frozenset(unseen))


_T = TypeVar("_T")


def _at(values: list[_T], index: str | None, default: _T) -> _T:
    return values[int(index)] if index and index.isdecimal() and int(index) < len(values) else default


def _is_on(node: Element, name: str) -> bool:
    found = next((child for child in node if local(child) == name), None)
    return found is not None and found.get("val", "1") not in ("0", "false", "off")


def _is_white(font: Element) -> bool:
    colour = next((child for child in font if local(child) == "color"), None)
    return colour is not None and _is_white_colour(colour)


def _is_blank(fill: Element) -> bool:
    """Whether a cell's ground is that of paper: no pattern, or white."""
    pattern = next((child for child in fill if local(child) == "patternFill"), None)
    if pattern is None:
        return not len(fill)  # a gradient is a colour
    if pattern.get("patternType", "none") == "none":
        return True
    ground = next((child for child in pattern if local(child) == "fgColor"), None)
    return pattern.get("patternType") == "solid" and ground is not None and _is_white_colour(ground)


def _is_white_colour(colour: Element) -> bool:
    if colour.get("theme") == "0":
        return colour.get("tint", "0") in ("0", "0.0")
    return colour.get("indexed") in ("1", "9") or colour.get("rgb", "")[-6:].upper() == "FFFFFF"


# Texts with runs --------------------------------------------------------------------------------------


def parted_text(node: Element, *, struck: bool = False) -> Struck | str:
    """A text with runs as it is seen; ``struck`` where its cell is struck through, which its runs inherit."""
    runs: list[tuple[str, bool]] = []
    for child in node:
        name = local(child)
        if name not in ("t", "r"):
            continue  # the reading aids of Japanese (rPh) are no part of it
        parts = [child] if name == "t" else [part for part in child if local(part) == "t"]
        text = "".join(part.text or "" for part in parts)
        look = next((part for part in child if local(part) == "rPr"), None) if name == "r" else None
        runs.append((text, struck if look is None else _is_on(look, "strike")))
    if any(line and text.strip() for text, line in runs):
        return Struck(tuple((text, line) for text, line in runs if text))
    return "".join(text for text, _ in runs)


@functools.lru_cache(maxsize=4)
def struck_texts(xml: bytes, *, struck: bool = False) -> Mapping[int, Struck]:
    """The shared texts with struck words, by their numbers; ``struck`` is that of ``parted_text``."""
    if b"strike" not in xml and not (struck and b"r>" in xml):
        return {}
    items = [node for node in parse(xml) if local(node) == "si"]
    parted = ((index, node) for index, node in enumerate(items) if any(local(part) == "r" for part in node))
    read = ((index, parted_text(node, struck=struck)) for index, node in parted)
    return {index: text for index, text in read if isinstance(text, Struck)}


# One worksheet ----------------------------------------------------------------------------------------


def look_at(xml: bytes, cells: Cells, styles: Styles, strings: bytes, *, date1904: bool) -> list[Aside]:
    """Put into ``cells`` what the eye sees there; what is there and is not seen comes back.

    ``xml`` are rows as ``scan`` gives them: attributes in the usual order, no formulas. ``strings`` is the
    part of shared texts.
    """
    asides: list[Aside] = []
    for at, style, value in _numbers(xml, styles.codes):
        if at not in cells:
            continue
        seen, unseen = number_at(at, value, styles.codes[style], date1904=date1904)
        asides += unseen
        if seen is None:
            del cells[at]
        else:
            cells[at] = seen
    texts = struck_texts(strings)
    for at, index in _found(xml, texts, rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")? t="s"><v>(%s)</v>'):
        if at in cells:
            cells[at] = texts[index]
    for at, index in _found(xml, styles.struck, rb'<c r="([A-Z]+)([0-9]+)" s="(?:%s)" t="s"><v>([0-9]+)</v>'):
        if index in (parted := struck_texts(strings, struck=True)):
            cells[at] = parted[index]
    for at, _ in _found(xml, styles.struck, _STYLED):
        if at in cells:
            cells[at] = all_struck(cells[at])
    hidden = ((at, cells.get(at)) for at, _ in _found(xml, styles.unseen, _STYLED))
    return [*asides, *(Aside(at, "unseen", raw) for at, raw in hidden if isinstance(raw, str))]


_STYLED = rb'<c r="([A-Z]+)([0-9]+)" s="(%s)"[ >]'


def number_at(at: Position, value: float, code: str, *, date1904: bool) -> tuple[Raw | None, list[Aside]]:
    """A number as its format shows it. One that a format hides is read and told; a nought is a blank then."""
    seen = plain_value(as_seen(value, code, date1904=date1904))
    if seen != Shown(""):
        return seen, []
    return (value, [Aside(at, "unseen", f"{value:.15g}")]) if value else (None, [])


def all_struck(raw: Raw) -> Raw:
    """A cell whose own style is struck through; runs with a look of their own were judged by themselves."""
    if isinstance(raw, (Struck, ErrorCell, BareFormula)):
        return raw
    return Struck(((as_text(raw), True),))


def _numbers(xml: bytes, codes: Mapping[int, str]) -> Iterator[tuple[Position, int, float]]:
    if not codes:
        return
    numbers = b"|".join(b"%d" % index for index in codes)
    pattern = rb'<c r="([A-Z]+)([0-9]+)" s="(%s)"(?: t="n")?><v>([^<]+)</v>' % numbers
    for column, row, style, value in re.findall(pattern, xml):
        try:
            yield (int(row), column_number(column.decode())), int(style), float(value)
        except ValueError:
            continue


def _found(xml: bytes, indices: Iterable[int], pattern: bytes) -> Iterator[tuple[Position, int]]:
    numbers = b"|".join(b"%d" % index for index in indices)
    for column, row, index in re.findall(pattern % numbers, xml) if numbers else ():
        yield (int(row), column_number(column.decode())), int(index)
