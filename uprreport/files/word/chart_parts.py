"""Charts in the package of a Word file: parts, names and relationships, and the drawings that show them.

Nothing in a name or number is random: each is the next one that is free.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from lxml import etree

from uprreport.files.word import properties
from uprreport.files.word import styles as names
from uprreport.files.word.chart_book import KIND as BOOK
from uprreport.files.word.chart_book import write_book
from uprreport.files.word.charts import Look, rows_of, write_chart
from uprreport.files.word.package import Parts
from uprreport.files.word.plots import DOCUMENT, WP, A, C, Grid
from uprreport.files.word.scrub import stories
from uprreport.files.word.speech import direct
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, R, element, get, parse, w
from uprreport.model import Chart

CHART_KIND: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_RELATION: Final = f"{R}/chart"
BOOK_RELATION: Final = f"{R}/package"

TWIP = 635
"""The units of drawings in a twentieth of a point."""

_MM = 36_000
_BAR, _TALL_BAR, _EDGE, _LEGEND = 6.2, 8.4, 4.0, 6.5
"""Millimetres of a bar with the gap below it, of one with a long name, of the edges, of a line of legend."""

_LONG_NAME, _LEGEND_LINE = 206, 95
"""Twips for each character of a name that fits beside a bar in one line, and for one of a legend."""

_KEY = 6
"""Characters that the key beside a name takes in a legend."""

_CAPTION = 900
"""Twips that a page keeps free above a chart, for its caption."""


class Charts:
    """Puts charts into a package."""

    def __init__(self, parts: Parts, root: Element, styles: Styles) -> None:
        """``root`` is that of the document, which may hold drawings already."""
        self._parts, self._styles = parts, styles
        self._next = next_drawing(parts, root)
        self._look = _look_of(parts, styles)
        self.room = 0
        """The height of the text on a page where charts are put, in twips; 0 where it is not known."""

    def paragraph(self, chart: Chart, name: str, width: int) -> Element:
        """A paragraph that shows a chart; ``width`` is in twips, ``name`` is what programs call it."""
        relation = self._add(chart)
        height = height_of(rows_of(chart), width * TWIP)
        most = (self.room - _CAPTION) * TWIP if self.room else height
        size = (width * TWIP, min(height, most))
        made = drawing(relation, self._next, (name, chart.alternative), size)
        self._next += 1
        shown = element("p", self._properties(), element("r", element("rPr", element("noProof")), made))
        direct(shown, self._styles, turned=False)  # else LibreOffice prints Latin letters in it backwards
        return shown

    def _properties(self) -> Element:
        if not self._styles.missing([names.CHART]):
            return element("pPr", element("pStyle", val=self._styles.id(names.CHART)))
        style = element("pStyle", val=self._styles.id(names.TABLE_TEXT))
        return element("pPr", style, element("spacing", before="0", after="200"))

    def _add(self, chart: Chart) -> str:
        part = free_name(self._parts, "word/charts/chart{}.xml")
        relation = embed_book(self._parts, part, write_book(rows_of(chart)))
        properties.add_part(self._parts, part, write_chart(chart, self._look, relation), CHART_KIND)
        return properties.relate(self._parts, DOCUMENT, CHART_RELATION, part)


def embed_book(parts: Parts, chart: str, content: bytes) -> str:
    """Put a workbook behind a chart's part; gives the id of the relationship."""
    book = free_name(parts, "word/embeddings/chart{}.xlsx")
    properties.add_part(parts, book, content, BOOK)
    return properties.relate(parts, chart, BOOK_RELATION, book)


def free_name(parts: Mapping[str, bytes], pattern: str) -> str:
    """The first name of a pattern that no part has; some programs compare names without case."""
    taken = {name.lower() for name in parts}
    return next(name for n in range(1, len(parts) + 2) if (name := pattern.format(n)).lower() not in taken)


def next_drawing(parts: Parts, root: Element) -> int:
    """The first number above those of all drawings of a document, its headers and notes."""
    others = [story for name, story in stories(parts) if name != DOCUMENT]
    found = (node.get("id", "") for one in (root, *others) for node in one.iter(f"{{{WP}}}docPr"))
    return max((int(number) for number in found if number.isdigit()), default=0) + 1


def drawing(relation: str, number: int, told: tuple[str, str], size: tuple[int, int]) -> Element:
    """The drawing of a chart in a line of text; ``told`` are its name and its alternative text, ``size`` its
    width and height in the units of drawings."""

    def wp(tag: str, /, *children: Element, **attributes: str) -> Element:
        made = etree.Element(f"{{{WP}}}{tag}", attributes, nsmap={"wp": WP, "a": A, "c": C, "r": R})
        made.extend(children)
        return made

    chart = etree.Element(f"{{{C}}}chart", {f"{{{R}}}id": relation})
    held = etree.Element(f"{{{A}}}graphic")
    data = etree.SubElement(held, f"{{{A}}}graphicData", {"uri": C})
    data.append(chart)
    name, alternative = told
    inline = wp(
        "inline",
        wp("extent", cx=str(size[0]), cy=str(size[1])),
        wp("effectExtent", l="0", t="0", r="0", b="0"),
        wp("docPr", id=str(number), name=name, descr=alternative),
        wp("cNvGraphicFramePr"),
        held,
        distT="0", distB="0", distL="0", distR="0",
    )  # fmt: skip
    return element("drawing", inline)


# How large, in which letters ----------------------------------------------------------------------------


def height_of(rows: Grid, width: int) -> int:
    """The height of a chart of that width, in the units of drawings: it grows with its bars."""
    twips = width / TWIP
    categories, series = [row[0] for row in rows[1:]], rows[0][1:]
    longest = max((len(name) for name in categories), default=0)
    bars = len(categories) * (_TALL_BAR if longest * _LONG_NAME > twips else _BAR)
    told = sum(len(name) + _KEY for name in series) * _LEGEND_LINE
    lines = math.ceil(told / twips) if series[1:] else 0
    return round((bars + _EDGE + lines * _LEGEND) * _MM)


def _look_of(parts: Mapping[str, bytes], styles: Styles) -> Look:
    """The letters of a chart are those of the text in tables."""
    root = parse(parts["word/styles.xml"])
    own = styles.id(names.TABLE_TEXT)
    style = next((s for s in root.iter(w("style")) if get(s, "styleId") == own), None)
    told = style.find(w("rPr")) if style is not None else None
    fonts = told.find(w("rFonts")) if told is not None else None
    size = told.find(w("sz")) if told is not None else None
    points = get(size, "val") if size is not None else ""
    font = get(fonts, "ascii") if fonts is not None else ""
    points_of = int(points) / 2 if points.isdigit() else Look().size
    return Look(font, points_of, right_to_left=styles.is_rtl(own))
