from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrices import archive, document, list_table, matrix, paragraph, row, table
from uprreport.files.word.filling import CellText, Filling, fill_tables
from uprreport.files.word.package import read_parts
from uprreport.files.word.tables import read_tables
from uprreport.files.word.xml import Element, get, parse, w
from uprreport.findings import UprReportError
from uprreport.text import clean_text

ROWS = """
    Theme: Right to health
    140.1 Open a clinic (Chile); // Source of Position: A/HRC/1 - Para.3 | Supported | Right to health | 3
    140.2 Train {-no-}midwives (Ghana); | Noted | Right to health // Groups of Persons: // Women | 3 // 5
"""
TEXT = CellText("In progress", ("Two clinics opened.\nOne is in the north.", "Act No. 3"))


def read(content: bytes, folder: Path) -> list[list[str]]:
    """The rows of the first table as another reader of ours sees them: cells as text."""
    path = folder / "read.docx"
    path.write_bytes(content)
    found, findings = read_tables(path, "read.docx")
    assert found is not None, findings
    return [[cell.text for cell in line] for line in found.tables[0]]


def grid(content: bytes) -> tuple[Element, list[int]]:
    body = parse(read_parts(content)["word/document.xml"])
    found = next(body.iter(w("tbl")))
    return found, [int(get(node, "w")) for node in found.iter(w("gridCol"))]


def added(content: bytes, text: CellText = TEXT, line: int = 2) -> bytes:
    return fill_tables(content, [Filling(0, None, "Assessment", frozenset({0}), {line: text})])


# A new column -----------------------------------------------------------------------------------------


def test_fill_tables__new_column__is_the_last_one_and_all_else_reads_the_same(tmp_path: Path) -> None:
    before, after = matrix(ROWS), added(matrix(ROWS))
    old, new = read(before, tmp_path), read(after, tmp_path)
    assert [cells[: len(first)] for cells, first in zip(new, old, strict=True)] == old
    assert new[0][4] == "Assessment"
    assert new[2][4] == "In progress\nTwo clinics opened.\nOne is in the north.\nAct No. 3"
    assert (new[1], new[3][4]) == (["Theme: Right to health"], "")


def test_fill_tables__new_column__other_parts_keep_their_bytes() -> None:
    before, after = read_parts(matrix(ROWS)), read_parts(added(matrix(ROWS)))
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    assert list(before) == list(after)


def test_fill_tables__new_column__widths_add_up_and_narrow_columns_stay() -> None:
    _, before = grid(matrix(ROWS))
    found, after = grid(added(matrix(ROWS)))
    assert (len(after), sum(after), after[1]) == (5, sum(before), before[1])
    assert after[4] == max(after)
    for line in found.iter(w("tr")):
        widths = [int(get(node, "w")) for node in line.iter(w("tcW"))]
        assert sum(widths) == sum(after)
    assert [get(node, "val") for node in found.iter(w("gridSpan"))] == ["5"]


def test_fill_tables__new_column__heading_row_is_repeated() -> None:
    found, _ = grid(added(matrix(ROWS)))
    heads = [line.find(f"{w('trPr')}/{w('tblHeader')}") is not None for line in found.iter(w("tr"))]
    assert heads == [True, False, False, False]


def test_fill_tables__status__is_bold_and_the_measures_are_not() -> None:
    found, _ = grid(added(matrix(ROWS)))
    cell = list(found.iter(w("tc")))[10]
    bold = [node.find(f"{w('r')}/{w('rPr')}/{w('b')}") is not None for node in cell.iter(w("p"))]
    assert bold == [True, False, False, False]
    assert {get(node, "val") for node in cell.iter(w("sz"))} == {"20"}  # as the row's own text


@pytest.mark.parametrize(
    "rows",
    [
        table(row([paragraph("a"), paragraph("b")]), row([paragraph("c")], span=2)),  # without a grid
        table(row([paragraph("a"), paragraph("b")]), row([paragraph("c")])),  # a row that ends early
        table(
            row([paragraph("a"), paragraph("b")]), row(["", ""], properties='<w:del w:id="1" w:author="A"/>')
        ),
    ],
)
def test_fill_tables__odd_tables__have_as_many_columns_in_every_row(rows: str) -> None:
    found, widths = grid(fill_tables(document(rows), [Filling(0, None, "x", frozenset({0}), {})]))
    assert len(widths) == 3
    for line in found.iter(w("tr")):
        spans = [node.find(f"{w('tcPr')}/{w('gridSpan')}") for node in line.iter(w("tc"))]
        assert sum(1 if span is None else int(get(span, "val")) for span in spans) == 3


# A column that is there -------------------------------------------------------------------------------


def with_column(cell: str) -> bytes:
    cells = [paragraph(text) for text in ("140.1 Open a clinic", "Supported", "- Right to health")]
    head = [paragraph(text) for text in ("Recommendation", "Position", "Full list of themes", "Assessment")]
    return document(table(row(head), row([*cells, cell])))


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ("", "In progress\nDone."),
        (paragraph(""), "In progress\nDone."),
        (paragraph("See the annex."), "See the annex.\nIn progress\nDone."),
    ],
)
def test_fill_tables__column_that_is_there__keeps_what_stands_in_it(
    there: str, expected: str, tmp_path: Path
) -> None:
    filling = Filling(0, 3, "", frozenset(), {1: CellText("In progress", ("Done.",))})
    found = read(fill_tables(with_column(there), [filling]), tmp_path)
    assert (len(found[0]), found[1][3]) == (4, expected)


def test_fill_tables__nothing_to_fill__reads_the_same(tmp_path: Path) -> None:
    filling = Filling(0, 3, "", frozenset(), {})
    assert read(fill_tables(with_column(""), [filling]), tmp_path) == read(with_column(""), tmp_path)


# Any text ---------------------------------------------------------------------------------------------


@given(strong=st.text(min_size=1), line=st.text())
def test_fill_tables__any_text__reads_as_it_was_typed(
    strong: str, line: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    given_list = matrix(ROWS)  # once: an archive holds the second in which it was made
    content = added(given_list, CellText(strong, (line,)))
    found = read(content, tmp_path_factory.getbasetemp())[2][4]
    wanted = "\n".join(clean_text(text)[0].replace("\u00a0", " ") for text in (strong, line))
    assert found.split() == wanted.split()
    assert content == added(given_list, CellText(strong, (line,)))


def test_fill_tables__strict_variant__is_refused_in_words() -> None:
    parts = {name: part.decode() for name, part in read_parts(matrix(ROWS)).items()}
    transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    changed = archive({name: part.replace(transitional, strict) for name, part in parts.items()})
    with pytest.raises(UprReportError, match="Strict Open XML"):
        added(changed)


def test_fill_tables__rows__are_those_that_the_reader_counts(tmp_path: Path) -> None:
    gone = row([paragraph("gone")] * 4, properties='<w:del w:id="1" w:author="A"/>')
    rows = list_table(ROWS).replace("</w:tbl>", f"{gone}{row([paragraph('last')] * 4)}</w:tbl>")
    found = read(added(document(rows), line=4), tmp_path)
    assert found[4][:4] == ["last"] * 4
    assert found[4][4] == "In progress\nTwo clinics opened.\nOne is in the north.\nAct No. 3"
