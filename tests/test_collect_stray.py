from __future__ import annotations

from collections.abc import Sequence

import pytest

from reviews import expected
from uprreport.collect.stray import NEVER_READ, check_asides, check_table, check_tabs
from uprreport.files.excel.table import find_table
from uprreport.files.excel.workbook import Aside, Grid, Span
from uprreport.findings import Finding
from uprreport.language import LANGUAGES, load_language
from uprreport.model import ErrorCell, Raw
from uprreport.review import load_shipped_schema

WANT = expected()
HEADINGS = ("Number", "Recommendation", "Status", "Measures taken", "Challenges")
ANSWER: dict[tuple[int, int], Raw] = {(4, 1): "140.1", (4, 3): "Planned", (4, 4): "A clinic is planned."}


def told(
    cells: dict[tuple[int, int], Raw], merged: Sequence[Span] = (), headings: Sequence[str] = HEADINGS
) -> list[Finding]:
    """What is told of a table with its headings in row 3 and an answer in row 4."""
    top: dict[tuple[int, int], Raw] = {(3, column): text for column, text in enumerate(headings, 1) if text}
    grid = Grid("Progress", False, {**top, **ANSWER, **cells}, tuple(merged))
    table = find_table(grid, load_shipped_schema("progress"))
    assert table is not None
    return list(check_table(table, "moh.xlsx"))


def test_check_table__sound__is_silent() -> None:
    assert told({(1, 1): "Ministry of Health", (1, 9): "beside the title", (6, 1): "* a footnote"}) == []


@pytest.mark.parametrize(("span", "last"), [((4, 4, 6, 4), "D6"), ((4, 3, 4, 4), "D4"), ((4, 4, 5, 5), "E5")])
def test_check_table__answer_over_several_cells__is_told_where_it_begins(span: Span, last: str) -> None:
    (finding,) = told({}, [span])
    assert finding.code == "cells-merged"
    assert (finding.at.cell, finding.details["last"]) == ("C4" if span[1] == 3 else "D4", last)


@pytest.mark.parametrize(
    "span",
    [(1, 1, 1, 5), (3, 3, 3, 4), (2, 1, 3, 5), (4, 1, 6, 1), (5, 4, 6, 4), (4, 5, 4, 9), (7, 1, 7, 5)],
    ids=["title", "headings", "title down to the headings", "locked", "blank", "beside the table", "below"],
)
def test_check_table__merged_where_no_answer_is_lost__is_silent(span: Span) -> None:
    assert told({(1, 1): "Ministry of Health", (7, 1): "Part two"}, [span]) == []


def test_check_table__values_under_no_heading__are_told_once_a_column() -> None:
    first, second = told({(4, 6): "ask", (5, 6): "again", (9, 8): 12, (2, 7): "above the headings"})
    assert (first.code, first.at.cell, first.value) == ("value-without-heading", "F4", "ask")
    assert (second.at.cell, second.value, second.details["column"]) == ("H9", "12", "H")


@pytest.mark.parametrize("raw", [" ", "\u00a0", "\u200b"])
def test_check_table__blanks_under_no_heading__are_nothing(raw: str) -> None:
    assert told({(4, 6): raw}) == []


def test_check_table__error_under_no_heading__is_told() -> None:
    assert [finding.at.cell for finding in told({(4, 6): ErrorCell("#REF!")})] == ["F4"]


def test_check_table__column_with_an_unknown_heading__is_told_elsewhere() -> None:
    assert told({(4, 6): "text"}, headings=(*HEADINGS, "Notes of the lawyers")) == []


# Tabs -------------------------------------------------------------------------------------------------


def tabs(*grids: Grid) -> list[str]:
    return [str(finding.at) for finding in check_tabs(grids, ["Progress (2)"], "moh.xlsx", WANT)]


def test_check_tabs__tab_of_ones_own__is_told_with_its_first_cell() -> None:
    own = Grid("Draft", False, {(3, 2): "A third clinic", (5, 1): "is being built."})
    (finding,) = check_tabs([own], [], "moh.xlsx", WANT)
    assert (finding.code, finding.at.sheet, finding.at.cell) == ("tab-unknown", "Draft", "B3")
    assert "A third clinic" in finding.message


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("title", NEVER_READ)
def test_check_tabs__page_of_the_tools_own__is_silent_in_every_language(title: str, code: str) -> None:
    assert tabs(Grid(load_language(code)(title), False, {(1, 1): "text"})) == []


def test_check_tabs__read_empty_and_hidden_tabs__are_silent() -> None:
    cells: dict[tuple[int, int], Raw] = {(1, 1): "text"}
    assert tabs(Grid("Progress (2)", False, cells), Grid("Sheet2", False, {}), Grid("x", True, cells)) == []
    assert tabs(Grid("Sheet2", False, {(1, 1): " "}), Grid("Actions", False, cells)) == []


def asides(*told: Aside, cells: dict[tuple[int, int], Raw] | None = None) -> list[tuple[str, str, str, str]]:
    """What is told beside a table with its headings in row 3: code, cell, recommendation, value."""
    top: dict[tuple[int, int], Raw] = {(3, column): text for column, text in enumerate(HEADINGS, 1)}
    grid = Grid("Progress", False, {**top, **ANSWER, **(cells or {})}, asides=told)
    table = find_table(grid, load_shipped_schema("progress"))
    assert table is not None
    found = check_asides(grid, "moh.xlsx", table, {"140.1"})
    return [(f.code, f.at.cell, f.recommendation, f.value) for f in found]


def test_check_asides__in_a_table__names_cell_and_recommendation() -> None:
    assert asides(
        Aside((4, 5), "comment", "No trainers."),
        Aside((4, 4), "picture", ""),
        Aside((9, 9), "box", "Far away"),
        Aside(None, "picture", "A stamp"),
    ) == [
        ("beside-the-cell", "E4", "140.1", "No trainers."),
        ("picture-unread", "D4", "140.1", ""),
        ("beside-the-cell", "I9", "", "Far away"),
        ("picture-unread", "", "", "A stamp"),
    ]


def test_check_asides__pre_filled_cells_and_addresses_that_are_typed__are_silent() -> None:
    assert (
        asides(
            Aside((4, 2), "link", "https://example.org"),
            Aside((4, 1), "unseen", "140.1"),
            Aside((4, 4), "link", "https://www.example.org/a/"),
            Aside((4, 5), "link", "mailto:a@example.org"),
            cells={(4, 4): "see http://example.org/a", (4, 5): "a@example.org"},
        )
        == []
    )


def test_check_asides__other_address_behind_the_words__is_told() -> None:
    told = asides(Aside((4, 4), "link", "https://b.org"), cells={(4, 4): "https://a.org"})
    assert told == [("link-differs", "D4", "140.1", "https://b.org")]
