from __future__ import annotations

import re

import pytest

from uprreport.files.pdf_figures import Figure, describe_figures

HEAD = b"%PDF-1.6\n"
OBJECTS = {
    1: b"<</Type/Catalog/StructTreeRoot 2 0 R>>",
    2: b"<</Type/StructTreeRoot/K[3 0 R 4 0 R 5 0 R]>>",
    3: b"<</Type/StructElem\n/S/Figure\n/P 2 0 R\n/K[0 ]>>",
    4: b"<</Type/StructElem\n/S/Figure\n/P 2 0 R\n/Alt<FEFF0041>\n/K[1 ]>>",
    5: b"<</Type/StructElem\n/S/P\n/P 2 0 R\n/K[2 ]>>",
    6: b"<</Type/StructElem\n/S/Figure\n/P 2 0 R\n/K[3 ]>>",
}
CHART, PICTURE, LAST = Figure("Bars: ä", is_chart=True), Figure("A"), Figure("More", is_chart=True)


def pdf(objects: dict[int, bytes] = OBJECTS) -> bytes:
    made = bytearray(HEAD)
    places = {}
    for number, body in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 7\n0000000000 65535 f \n"
    made += b"".join(b"%010d 00000 n \n" % place for place in places.values())
    made += b"trailer\n<</Size 7/Root 1 0 R\n/ID [ <AB>\n<AB> ]\n/DocChecksum /ABCDEF0123\n>>\n"
    made += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(made)


def objects_of(content: bytes) -> dict[int, bytes]:
    """The objects that the last list of a file tells, each at the place that it gives."""
    start = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    table = content[start : content.index(b"trailer", start)]
    found = {}
    for number, place in re.findall(rb"(\d+) 1\n(\d{10}) 00000 n ", table):
        head = b"%d 0 obj\n" % int(number)
        assert content[int(place) :].startswith(head)
        found[int(number)] = content[int(place) + len(head) : content.index(b"\nendobj", int(place))]
    return found


def test_describe__charts_without_a_text__get_theirs_and_nothing_else_changes() -> None:
    told = describe_figures(pdf(), (CHART, PICTURE, LAST))
    assert told.startswith(pdf())
    assert objects_of(told) == {
        3: OBJECTS[3][:-2] + b"/Alt<FEFF0042006100720073003A002000E4>\n>>",
        6: OBJECTS[6][:-2] + b"/Alt<FEFF004D006F00720065>\n>>",
    }
    start = int(re.findall(rb"startxref\s+(\d+)", pdf())[0])
    assert told.endswith(b"%%EOF\n")
    assert b"/Prev %d>>" % start in told
    assert told.count(b"/DocChecksum") == 1
    assert told.count(b"/Root 1 0 R") == 2


def test_describe__chart_that_has_a_text__keeps_it() -> None:
    figures = (Figure("", is_chart=True), Figure("Other", is_chart=True), Figure("", is_chart=True))
    assert describe_figures(pdf(), figures) == pdf()


@pytest.mark.parametrize(
    "figures",
    [(CHART, PICTURE), (PICTURE, CHART, LAST), (CHART, PICTURE, LAST, LAST), ()],
    ids=["one less", "another order", "one more", "none"],
)
def test_describe__figures_that_do_not_fit__changes_nothing(figures: tuple[Figure, ...]) -> None:
    assert describe_figures(pdf(), figures) == pdf()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.6\n", pdf().replace(b"trailer", b"stream ")])
def test_describe__file_of_another_make__is_left_as_it_is(content: bytes) -> None:
    assert describe_figures(content, (CHART, PICTURE, LAST)) == content
