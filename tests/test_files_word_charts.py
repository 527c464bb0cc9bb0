"""Charts as they are written: parts, workbook, drawing, colours; and read back as they are drawn."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import TEMPLATE, document, draft, regions, report, submission
from uprreport.files.word.chart_book import write_book
from uprreport.files.word.chart_parts import Charts, height_of
from uprreport.files.word.charts import (
    MISSING,
    Look,
    colour_of,
    ink_on,
    label_format,
    lightness,
    rows_of,
    write_chart,
)
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.plots import WP, A, Grid, c, find_drawn, read_rows, related
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, element, parse, serialise, style_of, w
from uprreport.model import Chart, Report, Series

ANSWERS = {"140.1": {"status": "planned"}, "140.7": {"status": "in progress"}}
NEEDS = [
    {"numbers": ("140.7",), "kind": "training", "description": "A course"},
    {"numbers": ("140.1",), "kind": "funds", "description": "A clinic"},
]
TONES = st.floats(0, 1)


def told() -> Report:
    return report(submission("moh", ANSWERS, assistance=NEEDS))


@pytest.fixture(scope="module")
def content() -> bytes:
    return draft(told()).content


def chart_of(rows: int = 2, *values: int) -> Chart:
    names = tuple(f"Bar {n}" for n in range(rows))
    numbers = values or tuple(range(rows))
    series = (Series("a", "First", numbers, 0), Series("b", "Second", numbers[::-1], None))
    return Chart("stacked", names, series, "Bars.")


def books(content: bytes) -> Iterator[tuple[str, Element, Grid]]:
    """Each chart's part with the cells of its workbook, empty ones as an empty text."""
    parts = read_parts(content)
    for name in sorted(parts):
        if re.fullmatch(r"word/charts/chart\d+\.xml", name):
            root = parse(parts[name])
            data = next(root.iter(c("externalData")))
            book = related(parts, name, next(iter(data.attrib.values())))
            sheet = openpyxl.load_workbook(io.BytesIO(parts[book])).worksheets[0]
            cells = tuple(
                tuple("" if v is None else str(v) for v in row) for row in sheet.iter_rows(values_only=True)
            )
            yield sheet.title, root, cells


# In the draft -------------------------------------------------------------------------------------------


def test_draft__each_chart__stands_alone_below_its_caption(content: bytes) -> None:
    _, styles = document(content)
    found = {block: region for block, region in regions(content).items() if block.startswith("chart:")}
    assert set(found) == {"chart:positions", "chart:status", "chart:assistance", "chart:coverage"}
    for region in found.values():
        caption, drawing = [node for node in region.elements if len(node)][:2]
        assert styles.name(style_of(caption)) == "caption"
        assert styles.name(style_of(drawing)) == "chart"
        assert next(caption.iter(w("drawing")), None) is None
        assert len(list(drawing.iter(w("drawing")))) == 1
        assert [node.text for node in drawing.iter(w("t"))] == []


def test_draft__each_drawing__has_a_number_of_its_own_and_tells_what_it_shows(content: bytes) -> None:
    body, _ = document(content)
    about = list(body.iter(f"{{{WP}}}docPr"))
    assert len({node.get("id") for node in about}) == len(about) == 4
    expected = {b.id: b.chart.alternative for s in told().sections.values() for b in s if b.chart is not None}
    assert {node.get("name"): node.get("descr") for node in about} == expected


def test_draft__chart_read_back__is_what_the_report_said(content: bytes) -> None:
    parts = read_parts(content)
    for block in (b for blocks in told().sections.values() for b in blocks if b.chart is not None):
        (drawn,) = find_drawn(regions(content)[block.id].elements, parts)
        assert drawn.seen.rows == rows_of(block.chart)
        assert drawn.seen.name == block.id


def test_draft__references__lead_to_the_cells_that_the_cache_shows(content: bytes) -> None:
    found = list(books(content))
    assert len(found) == 4
    for title, root, cells in found:
        for reference in root.iter(c("f")):
            sheet, _, area = (reference.text or "").partition("!")
            assert sheet == title
            first, _, last = area.replace("$", "").partition(":")
            cache = reference.getnext()
            assert cache is not None
            points = [point.findtext(c("v")) for point in cache.iter(c("pt"))]
            assert points == list(_area(cells, first, last or first))


def _area(cells: Grid, first: str, last: str) -> Iterator[str]:
    (left, top), (right, bottom) = ((ord(at[0]) - ord("A"), int(at[1:])) for at in (first, last))
    for row in cells[top - 1 : bottom]:
        yield from row[left : right + 1]


def test_draft__workbook__tells_no_moment_and_no_name(content: bytes) -> None:
    parts = read_parts(content)
    inner = [read_parts(parts[name]) for name in parts if name.startswith("word/embeddings/")]
    assert len(inner) == 4
    assert not [name for book in inner for name in book if name.startswith("docProps/")]
    assert write_parts(inner[0]) == parts["word/embeddings/chart1.xlsx"]


def test_draft__same_data__same_bytes(content: bytes) -> None:
    assert draft(told()).content == content


def test_draft__template_without_the_style__has_charts_in_the_one_of_tables() -> None:
    parts = read_parts(TEMPLATE.read_bytes())
    root = parse(parts["word/document.xml"])
    full = Styles(parse(parts["word/styles.xml"]))
    bare = parse(parts["word/styles.xml"])
    for style in [s for s in bare.iter(w("style")) if s.get(w("styleId")) == "Chart"]:
        bare.remove(style)
    made = [Charts(dict(parts), root, s).paragraph(chart_of(), "chart:x", 9000) for s in (full, Styles(bare))]
    assert [full.name(style_of(node)) for node in made] == ["chart", "table text"]


def test_charts__document_with_drawings__numbers_go_on_above_theirs() -> None:
    parts = read_parts(TEMPLATE.read_bytes())
    styles = Styles(parse(parts["word/styles.xml"]))
    first = Charts(parts, element("document"), styles).paragraph(chart_of(), "one", 9000)
    root = element("document", element("body", first))
    parts["word/document.xml"] = serialise(root)
    second = Charts(parts, root, styles).paragraph(chart_of(), "two", 9000)
    ids = [node.get("id") for made in (first, second) for node in made.iter(f"{{{WP}}}docPr")]
    assert ids == ["1", "2"]
    assert {"word/charts/chart1.xml", "word/charts/chart2.xml"} < set(parts)


# Colours and letters ------------------------------------------------------------------------------------


@given(TONES, TONES)
def test_colour__lighter_tone__is_a_lighter_colour(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert lightness(colour_of(low)) <= lightness(colour_of(high))
    if high - low >= 0.2:  # as far apart as two levels of implementation
        assert lightness(colour_of(high)) >= lightness(colour_of(low)) + 0.02


@given(TONES | st.none())
def test_label__any_tone__can_be_read_on_it(tone: float | None) -> None:
    colour = colour_of(tone)
    ink = lightness(ink_on(colour))
    light, dark = max(ink, lightness(colour)), min(ink, lightness(colour))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_missing__colour__is_that_of_no_tone() -> None:
    assert colour_of(None) == MISSING
    assert MISSING not in {colour_of(step / 100) for step in range(101)}


def test_chart__letters__are_those_that_are_asked_for() -> None:
    root = parse(write_chart(chart_of(), Look("Arial", 9), "r1"))
    assert {node.get("sz") for node in root.iter(f"{{{A}}}defRPr")} == {"900"}
    assert {node.get("typeface") for node in root.iter(f"{{{A}}}latin")} == {"Arial"}


def test_chart__other_direction__mirrors_the_axes() -> None:
    ways = {
        right: [
            n.get("val")
            for n in parse(write_chart(chart_of(), Look(right_to_left=right), "r1")).iter(c("orientation"))
        ]
        for right in (False, True)
    }
    assert ways == {False: ["maxMin", "minMax"], True: ["maxMin", "maxMin"]}


@pytest.mark.parametrize(
    ("values", "shown"),
    [((0, 0), '[>=1]#,##0;""'), ((1, 9), '[>=1]#,##0;""'), ((1, 99), '[>=3]#,##0;""')],
)
def test_labels__pieces_too_narrow_for_their_number__have_none(values: tuple[int, ...], shown: str) -> None:
    assert label_format(rows_of(chart_of(2, *values))) == shown


def test_height__more_bars__is_higher_and_fits_on_a_page() -> None:
    heights = [height_of(rows_of(chart_of(bars)), 9000 * 635) for bars in range(2, 21)]
    assert all(one < other for one, other in itertools.pairwise(heights))
    assert heights[-1] < 150 * 36_000


@pytest.mark.parametrize(("room", "higher"), [(0, True), (5000, False)])
def test_height__more_bars_than_a_page_has_room_for__fills_the_page(room: int, higher: bool) -> None:
    parts = read_parts(TEMPLATE.read_bytes())
    charts = Charts(parts, element("document"), Styles(parse(parts["word/styles.xml"])))
    charts.room = room
    made = charts.paragraph(chart_of(40), "chart:x", 9000)
    height = int(next(made.iter(f"{{{WP}}}extent")).get("cy", ""))
    assert (height > 5000 * 635) is higher
    assert height > 3000 * 635


# Whatever stands in it ----------------------------------------------------------------------------------

CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=9,
)


@given(
    st.lists(CELL, min_size=2, max_size=6, unique=True),
    st.lists(CELL, min_size=1, max_size=5, unique=True),
    st.data(),
)
def test_chart__any_names_and_numbers__are_read_back_and_stand_in_the_workbook(
    categories: list[str], names: list[str], data: st.DataObject
) -> None:
    number = st.integers(0, 10**6)
    values = data.draw(
        st.lists(st.tuples(*[number] * len(categories)), min_size=len(names), max_size=len(names))
    )
    series = tuple(Series(n, n, v, 0.5) for n, v in zip(names, values, strict=True))
    chart = Chart("stacked", tuple(categories), series, "Bars.")
    rows = rows_of(chart)
    assert read_rows(parse(write_chart(chart, Look(), "r1"))) == rows
    sheet = openpyxl.load_workbook(io.BytesIO(write_book(rows))).worksheets[0]
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [value or "" for value in cells[0]] == ["", *names]
    assert [[str(v) for v in row] for row in cells[1:]] == [list(row) for row in rows[1:]]
