from __future__ import annotations

import datetime
import io
from dataclasses import replace

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from uprreport.files.excel.formulas import Ref, quote, spell
from uprreport.files.excel.layout import cell_at, positions, printed, slots_of
from uprreport.files.excel.printing import PADDING, PAGE_CHARACTERS, page_breaks
from uprreport.files.excel.workbook import Computed, TableTab
from uprreport.files.excel.write import write_workbook
from uprreport.schema import Column, read_schema

SCHEMA = read_schema(
    {
        "$id": "x/things.schema.json",
        "title": "Things",
        "properties": {
            "number": {"title": "Number", "x-locked": True, "x-essential": True},
            "theme": {"title": "Theme", "x-locked": True},
            "start": {"title": "Start"},
            "text": {"title": "Text", "x-essential": True},
        },
    }
)
COUNTED = Computed(heading="Words", formula=("LEN(", Ref("text"), ")"), values=[4], width=8, after="text")
TAB = TableTab(schema=SCHEMA, title="Things", rows=[{"number": "1.10", "text": "four"}], computed=[COUNTED])


def headings(tab: TableTab) -> list[str]:
    return [slot.column.title for slot in slots_of(tab)]


def test_slots__computed_column__stands_where_it_says() -> None:
    assert headings(TAB) == ["Number", "Theme", "Start", "Text", "Words"]
    assert headings(replace(TAB, computed=[replace(COUNTED, after="", before="start")]))[2] == "Words"


def test_slots__essential_first__then_what_is_asked_then_what_is_given() -> None:
    tab = replace(TAB, essential_first=True)
    assert headings(tab) == ["Number", "Text", "Words", "Start", "Theme"]
    assert positions(tab) == {"number": 0, "text": 1, "start": 3, "theme": 4}
    assert cell_at(tab, 0, "start") == "D2"
    assert (printed(tab, slots_of(tab)), printed(TAB, slots_of(TAB))) == (3, 5)


def test_write_workbook__computed_column__is_a_formula_with_its_value_over_all_rows() -> None:
    tab = replace(TAB, essential_first=True, spare_rows=1)
    content = write_workbook([tab], properties={}, created=datetime.date(2026, 4, 20))
    told = openpyxl.load_workbook(io.BytesIO(content))["Things"]
    held = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Things"]
    assert [told["C2"].value, told["C3"].value] == ["=LEN($B2)", "=LEN($B3)"]
    assert held["C2"].value == 4
    assert told.print_area == "'Things'!$A$1:$C$3"
    assert (told.page_setup.fitToHeight, told.sheet_properties.pageSetUpPr.fitToPage) == (0, True)


def test_spell__quotes_and_own_cell__are_written_as_programs_want_them() -> None:
    formula = ("IF(", Ref(""), "=", quote('a "b"'), ",", Ref("text"), ")")
    assert spell(formula, lambda name: {"": "Z1", "text": "A1"}[name]) == '=IF(Z1="a ""b""",A1)'


WIDTHS = st.lists(st.tuples(st.integers(1, 80), st.booleans(), st.booleans()), min_size=1, max_size=30)


@given(WIDTHS, st.integers(0, 2))
def test_page_breaks__any_columns__fit_and_keep_a_count_beside_its_text(
    widths: list[tuple[int, bool, bool]], repeated: int
) -> None:
    columns = [
        Column("" if i > repeated and nameless else f"c{i}", "", "text", width=width, hidden=hidden)
        for i, (width, nameless, hidden) in enumerate(widths)
    ]
    breaks = page_breaks(columns, repeated)
    again = sum(c.width + PADDING for c in columns[:repeated] if not c.hidden)
    assert all(columns[at].name for at in breaks)
    for first, end in zip([repeated, *breaks], [*breaks, len(columns)], strict=True):
        shown = [c for c in columns[first:end] if not c.hidden]
        one_group = sum(bool(c.name) for c in shown) <= 1
        assert again + sum(c.width + PADDING for c in shown) <= PAGE_CHARACTERS or one_group
