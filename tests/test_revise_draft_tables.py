from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.regions import RegionText
from uprreport.model import Table, TableColumn, TableRow
from uprreport.revise.draft_tables import compare, match_columns

HEADINGS = ("Number", "Recommendation", "Position", "Status")
ROWS = (
    ("140.1", "Ratify the Optional Protocol", "Supported", "Implemented"),
    ("140.2", "Open a legal aid office", "Supported", "Planned"),
    ("140.3", "Abolish fees for schools", "Noted", "Not implemented"),
    ("140.4", "Adopt a law on housing", "Supported in part", "Planned"),
)
TABLE = Table(
    tuple(TableColumn(name, fact=name in ("Position", "Status")) for name in HEADINGS),
    tuple(TableRow(row[0], row) for row in ROWS),
)
KEYS = tuple(row[0] for row in ROWS)


def block(*rows: tuple[str, ...]) -> ManifestBlock:
    return ManifestBlock("table:x", "upr_x", "X", RegionText((), ((HEADINGS, *rows),)), KEYS)


Grid = list[list[str]]


def grid() -> Grid:
    return [list(HEADINGS), *(list(row) for row in ROWS)]


def told(there: Grid, was: ManifestBlock | None = None) -> list[tuple[str, str, str, str, bool]]:
    found = compare(TABLE, there, was or block(*ROWS))
    return [(d.row, d.heading, d.reads, d.data, d.edited) for d in found]


def edited(row: int, column: int, text: str) -> Grid:
    made = grid()
    made[row][column] = text
    return made


WRONG = ("140.2", "Status", "Implemented", "Planned", True)


def test_compare__as_the_data_have_it__is_silent() -> None:
    assert told(grid()) == []


def test_compare__wording_that_an_editor_changed__is_silent() -> None:
    assert told(edited(2, 1, "Open an office for legal aid")) == []


def test_compare__status_that_an_editor_changed__is_told() -> None:
    assert told(edited(2, 3, "Implemented")) == [WRONG]


def test_compare__data_that_changed_since__are_told_as_such() -> None:
    before = [ROWS[0], (*ROWS[1][:3], "In progress"), *ROWS[2:]]
    there = [list(HEADINGS), *(list(row) for row in before)]
    assert told(there, block(*before)) == [("140.2", "Status", "In progress", "Planned", False)]


def test_compare__column_taken_out__others_are_compared() -> None:
    made = edited(2, 3, "Implemented")
    for row in made:
        del row[1]
    assert told(made) == [WRONG]
    for row in made:
        del row[-1]
    assert told(made) == []


def test_compare__column_added__others_are_compared() -> None:
    made = edited(2, 3, "Implemented")
    for index, row in enumerate(made):
        row.insert(1, "Remark" if not index else f"see note {index}")
    assert told(made) == [WRONG]


def test_compare__columns_moved__are_found_by_their_headings() -> None:
    made = [[row[3], row[2], row[0], row[1]] for row in edited(2, 3, "Implemented")]
    assert told(made) == [WRONG]


def test_compare__heading_reworded__column_is_found_by_what_stands_in_it() -> None:
    made = edited(2, 3, "Implemented")
    made[0][3] = "Level of implementation"
    assert told(made) == [WRONG]


def test_compare__key_column_taken_out__rows_are_found_by_their_words() -> None:
    made = [row[1:] for row in edited(2, 3, "Implemented")]
    assert told(made) == [WRONG]


def test_compare__rows_in_another_order__are_found_by_their_keys() -> None:
    made = edited(2, 3, "Implemented")
    made[1:] = reversed(made[1:])
    assert told(made) == [WRONG]


def test_compare__row_with_joined_cells_and_row_taken_out__are_not_compared() -> None:
    made = edited(2, 3, "Implemented")
    made[2] = made[2][:2]
    assert told(made) == []
    del made[2]
    assert told(made) == []


def test_match_columns__two_that_are_as_much_alike__are_neither() -> None:
    ours = [["A", "B"], ["1", "1"], ["2", "2"]]
    assert match_columns(ours, [["C", "D"], ["1", "1"], ["2", "2"]]) == {}
    assert match_columns(ours, [["A", "D"], ["1", "1"], ["2", "2"]]) == {0: 0, 1: 1}


def test_match_columns__nothing_alike__are_none() -> None:
    assert match_columns([["A"], ["1"]], [["Z"], ["9"]]) == {}
    assert match_columns([["A"], ["1"]], []) == {}


@given(st.permutations(range(4)), st.sets(st.integers(0, 3), max_size=2), st.randoms(use_true_random=False))
def test_compare__sound_cells_in_any_columns_and_rows__are_never_told(
    order: list[int], gone: set[int], chance: random.Random
) -> None:
    kept = [at for at in order if at not in gone]
    made = [[row[at] for at in kept] for row in grid()]
    body = made[1:]
    chance.shuffle(body)
    assert told([made[0], *body]) == []


@pytest.mark.parametrize("column", [2, 3])
@given(order=st.permutations(range(4)), row=st.integers(1, 4))
def test_compare__wrong_fact_in_any_order_of_columns__is_told(
    column: int, order: list[int], row: int
) -> None:
    made = [[cells[at] for at in order] for cells in edited(row, column, "Something else")]
    (found,) = told(made)
    assert found[:3] == (KEYS[row - 1], HEADINGS[column], "Something else")
