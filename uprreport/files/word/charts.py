"""A chart as a part of a Word file: horizontal bars with direct labels, in DrawingML, ready to be edited.

Colours differ in lightness first, so that they can be told apart in grey and by whoever sees few colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from uprreport.files.excel.layout import letters
from uprreport.files.word.chart_book import SHEET
from uprreport.files.word.plots import A, C, Grid, c
from uprreport.files.word.xml import Element, R, serialise
from uprreport.model import Chart

MISSING = "EDEDED"
"""The colour of what is missing."""

_STOPS = ((0x1F, 0x38, 0x64), (0x2A, 0x7A, 0x94), (0x6F, 0xB0, 0x9A), (0xF3, 0xE7, 0xB3))
"""Colours from dark to light, between which tones are mixed."""

_NARROW = 0.022
"""The share of the longest bar below which a piece is too narrow for its number."""

_INK = "404040"
_LINE = "8C8C8C"


@dataclass(frozen=True, slots=True)
class Look:
    """The letters of a chart: their font (empty for the document's own) and size in points, and which way it
    reads."""

    font: str = ""
    size: float = 8.5
    right_to_left: bool = False


def colour_of(tone: float | None) -> str:
    """The colour of a tone, as six hexadecimal digits."""
    if tone is None:
        return MISSING
    place = max(0.0, min(1.0, tone)) * (len(_STOPS) - 1)
    at = min(int(place), len(_STOPS) - 2)
    mixed = (round(a + (b - a) * (place - at)) for a, b in zip(_STOPS[at], _STOPS[at + 1], strict=True))
    return "".join(f"{part:02X}" for part in mixed)


def lightness(colour: str) -> float:
    """How light a colour is, from 0 to 1, as contrasts are reckoned."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on a colour."""
    return "FFFFFF" if lightness(colour) < 0.18 else "000000"


def rows_of(chart: Chart) -> Grid:
    """A chart's data as its readers see them."""
    values = ((name, *(str(s.values[i]) for s in chart.series)) for i, name in enumerate(chart.categories))
    return (("", *(series.name for series in chart.series)), *values)


# Elements -----------------------------------------------------------------------------------------------


def node(tag: str, /, *children: Element, **attributes: str) -> Element:
    """``<c:tag attribute="…">`` with its children."""
    made = etree.Element(c(tag), dict(attributes), nsmap={"c": C, "a": A, "r": R})
    made.extend(children)
    return made


def _value(tag: str, value: str) -> Element:
    return node(tag, val=value)


def _a(tag: str, /, *children: Element, **attributes: str) -> Element:
    made = etree.Element(f"{{{A}}}{tag}", dict(attributes))
    made.extend(children)
    return made


def _fill(colour: str) -> Element:
    return _a("solidFill", _a("srgbClr", val=colour))


def _letters(look: Look, colour: str) -> Element:
    fonts = [_a(kind, typeface=look.font) for kind in ("latin", "cs")] if look.font else []
    own = _a("defRPr", _fill(colour), *fonts, sz=str(round(look.size * 100)), b="0")
    return node("txPr", _a("bodyPr"), _a("lstStyle"), _a("p", _a("pPr", own)))


def _shape(fill: str = "", line: str = "") -> Element:
    border = _a("ln", _fill(line), w="6350") if line else _a("ln", _a("noFill"))
    return node("spPr", _fill(fill) if fill else _a("noFill"), border)


# The chart ----------------------------------------------------------------------------------------------


def write_chart(chart: Chart, look: Look, relation: str) -> bytes:
    """The part of a chart; ``relation`` is the id of its relationship to its workbook."""
    plot = node("plotArea", node("layout"), _bars(chart, look), _categories(look), _values(look), _shape())
    held = node("chart", _value("autoTitleDeleted", "1"), plot)
    if chart.series[1:]:
        legend = (_value("legendPos", "b"), _value("overlay", "0"), _letters(look, _INK))
        held.append(node("legend", *legend))
    held.extend([_value("plotVisOnly", "1"), _value("dispBlanksAs", "gap")])
    workbook = node("externalData", _value("autoUpdate", "0"))
    workbook.set(f"{{{R}}}id", relation)
    root = node("chartSpace", _value("date1904", "0"), _value("roundedCorners", "0"), held, _shape(),
                _letters(look, _INK), workbook)  # fmt: skip
    return serialise(root)


def _bars(chart: Chart, look: Look) -> Element:
    stacked = chart.kind == "stacked"
    rows = rows_of(chart)
    made = node(
        "barChart",
        _value("barDir", "bar"),
        _value("grouping", "stacked" if stacked else "clustered"),
        _value("varyColors", "0"),
    )
    for index, told in enumerate(chart.series):
        made.append(_series(index, colour_of(told.tone), rows, look, stacked=stacked))
    made.append(_value("gapWidth", "40"))
    made.extend([_value("overlap", "100")] if stacked else [])
    made.extend([_value("axId", "111111111"), _value("axId", "222222222")])
    return made


def _series(index: int, colour: str, rows: Grid, look: Look, *, stacked: bool) -> Element:
    made = node("ser", _value("idx", str(index)), _value("order", str(index)), node("tx"))
    made.append(_shape(colour, "FFFFFF" if colour != MISSING else _LINE))
    made.append(_value("invertIfNegative", "0"))
    ink = ink_on(colour) if stacked else _INK
    shown = {"showLegendKey": "0", "showVal": "1", "showCatName": "0", "showSerName": "0",
             "showPercent": "0", "showBubbleSize": "0"}  # fmt: skip
    made.append(
        node(
            "dLbls",
            node("numFmt", formatCode=label_format(rows), sourceLinked="0"),
            _shape(),
            _letters(look, ink),
            _value("dLblPos", "ctr" if stacked else "outEnd"),
            *(_value(name, value) for name, value in shown.items()),
        )
    )
    made.extend([node("cat"), node("val")])
    fill_series(made, rows, index)
    return made


def label_format(rows: Grid) -> str:
    """How numbers beside bars are written: none for 0, nor where a piece is too narrow for its number."""
    longest = max((sum(_digits(cell) for cell in row[1:]) for row in rows[1:]), default=0)
    least = int(longest * _NARROW) + 1
    return f'[>={least}]#,##0;""'


def _digits(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return 0


def _categories(look: Look) -> Element:
    """The axis of the categories, the first of them on top."""
    side = "r" if look.right_to_left else "l"
    more = {"auto": "1", "lblAlgn": "ctr", "lblOffset": "100", "noMultiLvlLbl": "0"}
    told = (_value(name, value) for name, value in more.items())
    return _axis("catAx", ("111111111", "222222222"), ("maxMin", "0", side), look, told)


def _values(look: Look) -> Element:
    """The axis of the values: every bar has its number, so it is not drawn."""
    way = "maxMin" if look.right_to_left else "minMax"
    between = [_value("crossBetween", "between")]
    return _axis("valAx", ("222222222", "111111111"), (way, "1", "t"), look, between)


def _axis(
    kind: str, ids: tuple[str, str], way: tuple[str, str, str], look: Look, more: Iterable[Element]
) -> Element:
    direction, deleted, side = way
    return node(
        kind,
        _value("axId", ids[0]),
        node("scaling", _value("orientation", direction)),
        _value("delete", deleted),
        _value("axPos", side),
        node("numFmt", formatCode="General", sourceLinked="0"),
        _value("majorTickMark", "none"),
        _value("minorTickMark", "none"),
        _value("tickLblPos", "low"),
        node("spPr", _a("ln", _fill(_LINE), w="6350")),
        _letters(look, _INK),
        _value("crossAx", ids[1]),
        _value("crosses", "autoZero"),
        *more,
    )


# Data in a chart ----------------------------------------------------------------------------------------


def fill_series(series: Element, rows: Grid, column: int) -> None:
    """Put name, categories and values of one column into a series: references and caches.

    ``column`` counts from 0; the first cells of the rows are the categories.
    """
    last, letter = len(rows), letters(column + 1)
    places = {"tx": f"${letter}$1", "cat": f"$A$2:$A${last}", "val": f"${letter}$2:${letter}${last}"}
    cells = {"tx": [rows[0][column + 1]], "cat": [row[0] for row in rows[1:]],
             "val": [row[column + 1] for row in rows[1:]]}  # fmt: skip
    for tag, texts in cells.items():
        held = series.find(c(tag))
        if held is None:
            continue
        for child in list(held):
            held.remove(child)
        kind = "num" if tag == "val" else "str"
        reference = node("f")
        reference.text = f"{SHEET}!{places[tag]}"
        held.append(node(f"{kind}Ref", reference, _cache(kind, texts)))


def _cache(kind: str, texts: Sequence[str]) -> Element:
    made = node(f"{kind}Cache")
    if kind == "num":
        shown = node("formatCode")
        shown.text = "General"
        made.append(shown)
    made.append(_value("ptCount", str(len(texts))))
    for index, text in enumerate(texts):
        told = node("v")
        told.text = text
        if text or kind == "str":
            made.append(node("pt", told, idx=str(index)))
    return made
