"""What the charts of a Word file show: their numbers and names, read from the part that a drawing refers to.

Programs rename and renumber parts, and write references as they like: relationships are followed, and what
counts is the cache, which is what a reader sees.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from uprreport.files.word.regions import is_deleted
from uprreport.files.word.scrub import relations_of, target_of
from uprreport.files.word.xml import Element, R, parse, w

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
DOCUMENT = "word/document.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

POINTS = 1000
"""Categories that are read of a chart: no report has more, and a damaged file may say anything."""

Grid = tuple[tuple[str, ...], ...]
"""A chart's data as rows of cells: the names of its series, then for each category its name and values."""


def c(name: str) -> str:
    """A name in the namespace of charts."""
    return f"{{{C}}}{name}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a drawing shows: its data (None for anything but a chart that can be read), its alternative text.

    ``name`` is the one that programs keep beside it, unseen.
    """

    rows: Grid | None
    alternative: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing in a document: its element, what it shows, and the name of its chart's part if it has one."""

    node: Element
    seen: Seen
    part: str = ""


def find_drawn(elements: Iterable[Element], parts: Mapping[str, bytes]) -> tuple[Drawn, ...]:
    """The drawings in some paragraphs and tables, in their order; deleted ones are not among them."""
    kinds = (w("drawing"), w("pict"), w("object"))
    return tuple(_drawn(node, parts) for one in elements for node in one.iter(*kinds) if not _is_hidden(node))


def _is_hidden(node: Element) -> bool:
    return is_deleted(node) or any(parent.tag == _FALLBACK for parent in node.iterancestors())


def _drawn(node: Element, parts: Mapping[str, bytes]) -> Drawn:
    told = next(node.iter(f"{{{WP}}}docPr"), None)
    alternative, name = (told.get("descr", ""), told.get("name", "")) if told is not None else ("", "")
    found = next(node.iter(c("chart")), None)
    part = related(parts, DOCUMENT, found.get(f"{{{R}}}id", "")) if found is not None else ""
    return Drawn(node, Seen(_read_part(parts.get(part, b"")), alternative, name), part)


def related(parts: Mapping[str, bytes], part: str, relation: str) -> str:
    """The part that one of a part's relationships leads to; empty where there is none inside the package."""
    name = relations_of(part)
    if name not in parts or not relation:
        return ""
    node = next((node for node in parse(parts[name]) if node.get("Id") == relation), None)
    found = target_of(name, node) if node is not None else ""
    known = {other.lower(): other for other in parts}
    return known.get(posixpath.normpath(found).lower(), "") if found else ""


def _read_part(xml: bytes) -> Grid | None:
    try:
        return read_rows(parse(xml)) if xml else None
    except etree.XMLSyntaxError:
        return None


def read_rows(root: Element) -> Grid | None:
    """The data of a chart as its reader sees them; None where it has no series of values by category."""
    series = ordered_series(root)
    if not series or any(one.find(c("val")) is None for one in series):
        return None
    categories = _texts(next((found for one in series if (found := one.find(c("cat"))) is not None), None))
    columns = [_texts(one.find(c("val"))) for one in series]
    length = max([len(categories), *(len(column) for column in columns)])
    names = tuple(name_of(one) for one in series)
    rows = (
        (_at(categories, index), *(plain_number(_at(column, index)) for column in columns))
        for index in range(length)
    )
    return (("", *names), *rows)


def ordered_series(root: Element) -> list[Element]:
    """The series of a chart in the order in which they are drawn."""
    found = [one for area in root.iter(c("plotArea")) for one in area.iter(c("ser"))]
    return sorted(found, key=lambda one: _number(one.find(c("order"))))


def _number(node: Element | None) -> int:
    told = node.get("val", "0") if node is not None else "0"
    return int(told) if told.isdigit() and len(told) < 6 else 0


def name_of(series: Element) -> str:
    """The name of a series."""
    told = series.find(c("tx"))
    return " ".join(text.text or "" for text in told.iter(c("v"))).strip() if told is not None else ""


def _texts(held: Element | None) -> list[str]:
    """The points of a cache by their places; of categories in several levels the innermost ones."""
    if held is None:
        return []
    level = next(held.iter(c("lvl")), held)
    points = {place_of(point): point.findtext(c("v"), "") for point in level.iter(c("pt"))}
    count = next(held.iter(c("ptCount")), None)
    length = min(max([_number(count), *(index + 1 for index in points)]), POINTS)
    return [points.get(index, "").strip() for index in range(length)]


def place_of(node: Element) -> int:
    """The place of a point, or of what is told of it, among the categories."""
    told = node.get("idx", "")
    return int(told) if told.isdigit() and len(told) < 6 else 0


def _at(texts: list[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def plain_number(text: str) -> str:
    """A value as it is compared: whole numbers without a point, whatever a program wrote."""
    try:
        value = float(text)
    except ValueError:
        return text
    return str(int(value)) if value.is_integer() else repr(value)


# In a manifest ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlotOffer:
    """What the data wanted a chart to show where an editor had changed it: the data, and the comment."""

    rows: Grid
    comment: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart as generated: its data and alternative text; ``offer`` is pending while its comment stands."""

    rows: Grid
    alternative: str = ""
    offer: PlotOffer | None = None


def plot_sum(plot: Plot | None) -> tuple[str, ...]:
    """What a sum of a block takes in of its chart; nothing where it has none."""
    if plot is None:
        return ()
    offer = (_flat(plot.offer.rows), plot.offer.comment) if plot.offer is not None else ()
    return ("\x1e".join((_flat(plot.rows), plot.alternative, *offer)),)


def _flat(rows: Grid) -> str:
    return "\x1d".join("\x1c".join(row) for row in rows)


def write_plot(plot: Plot, namespace: str) -> Element:
    """A chart's entry in a manifest."""
    made = etree.Element(f"{{{namespace}}}chart", {"alternative": plot.alternative})
    _write_rows(made, plot.rows, namespace)
    if plot.offer is not None:
        held = etree.SubElement(made, f"{{{namespace}}}offer", {"comment": plot.offer.comment})
        _write_rows(held, plot.offer.rows, namespace)
    return made


def _write_rows(parent: Element, rows: Grid, namespace: str) -> None:
    for row in rows:
        made = etree.SubElement(parent, f"{{{namespace}}}points")
        for cell in row:
            etree.SubElement(made, f"{{{namespace}}}c").text = cell


def read_plot(block: Element, namespace: str) -> Plot | None:
    """The chart of a block's entry; None where it has none."""
    node = block.find(f"{{{namespace}}}chart")
    if node is None:
        return None
    held = node.find(f"{{{namespace}}}offer")
    offer = PlotOffer(_read_points(held, namespace), held.get("comment", "")) if held is not None else None
    return Plot(_read_points(node, namespace), node.get("alternative", ""), offer)


def _read_points(parent: Element, namespace: str) -> Grid:
    return tuple(
        tuple(cell.text or "" for cell in row.iterchildren(f"{{{namespace}}}c"))
        for row in parent.iterchildren(f"{{{namespace}}}points")
    )
