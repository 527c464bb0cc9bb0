"""What goes back to an agency: merging a filled sheet gives what merging its submissions gave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import TODAY, expected
from test_collect_merge import answer, decided, merged, row, submission
from uprreport.collect.combine import is_answer
from uprreport.collect.decisions import NO_DECISIONS
from uprreport.collect.expected import Expected
from uprreport.collect.fill import refill
from uprreport.collect.merge import Merged, merge
from uprreport.collect.sheet import sheet_properties, sheet_tabs
from uprreport.collect.submissions import read_submission
from uprreport.collect.units import split, units_in
from uprreport.files.excel.write import write_workbook
from uprreport.model import Submission

NUMBERS = ("140.1", "140.10")
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["planned", "in progress"]),
        "measures": st.sampled_from(["One.", "Two.", "One.\nTwo."]),
        "challenges": st.sampled_from(["Staff.", "Money."]),
        "publication": st.sampled_from(["public", "internal", "needs clearance"]),
        "not_ours": st.just("yes"),
    },
)
SUBMISSIONS = st.lists(
    st.tuples(
        st.integers(1, 2), st.integers(0, 2), st.dictionaries(st.sampled_from(NUMBERS), CELLS, min_size=1),
        st.sampled_from(["", "public", "internal"]),
    ),
    min_size=1,
    max_size=3,
)  # fmt: skip


def made(told: list[tuple[int, int, dict[str, dict[str, Any]], str]]) -> list[Submission]:
    found = []
    for index, (round_, edition, rows, publication) in enumerate(told):
        cells = [row(number, line=3 + i, **values) for i, (number, values) in enumerate(rows.items())]
        cover = {"publication_all": publication} if publication else {}
        one = submission("moh", *cells, round_=round_, **cover)
        file = f"{index}.xlsx"
        moved = {tab: tuple(replace(r, file=file) for r in rows_) for tab, rows_ in one.rows.items()}
        found.append(replace(one, file=file, rows=moved, edition=edition))
    return found


def outcome(result: Merged) -> list[Any]:
    return [
        (o.item.number, o.part, o.withheld_by, [dict(a.fields) for a in o.answers])
        for o in result.records.outcomes
        if o.item.number in NUMBERS
    ]


def returned(folder: Path, submissions: list[Submission], want: Expected) -> Submission:
    """The filled sheet, written and read again, untouched."""
    again = refill(submissions, want)
    moh = want.register.agencies[0]
    content = write_workbook(
        sheet_tabs(want, moh, again.filled),
        properties=sheet_properties(want, moh, again.edition),
        created=TODAY,
    )
    path = folder / "again.xlsx"
    path.write_bytes(content)
    found, _ = read_submission(path, "again.xlsx", want)
    assert found is not None
    return replace(found, round=max(s.round for s in submissions))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("filled")


@given(SUBMISSIONS, st.sampled_from(["public", "needs clearance"]))
def test_refill__comes_back_untouched__changes_nothing_but_settles_texts(
    folder: Path, told: list[tuple[int, int, dict[str, dict[str, Any]], str]], default: str
) -> None:
    want = expected(publication=default)
    submissions = made(told)
    first = merge(submissions, want, NO_DECISIONS, {})
    again = merge([*submissions, returned(folder, submissions, want)], want, NO_DECISIONS, {})
    assert outcome(again) == outcome(first)
    # Two statuses cannot stand in one cell: a row that is blank for it leaves the question open.
    filled = refill(submissions, want).filled.progress
    open_ = {f.recommendation for f in again.findings if f.code == "double-text"}
    assert not [number for number in open_ if is_answer(filled[number])]


def test_refill__decided_by_the_coordinator__holds() -> None:
    one = submission("moh", row("140.1", status="planned", measures="One."))
    two = submission("moh", row("140.1", line=4, status="planned", measures="Two."))
    (question,) = merged(one, two).questions
    decisions = decided(question, question.choices[1].key)
    settled = refill([one, two], expected(), decisions)
    assert settled.filled.progress["140.1"]["measures"] == "Two."
    assert settled.disputes == ()
    assert answer(merged(one, two, decisions=decisions), "140.1") == [("moh", "planned", "Two.")]


def test_split__names_that_differ_in_case__are_one_and_slugs_tell_apart() -> None:
    units = {
        "1": ("Hospitals",),
        "2": ("HOSPITALS ",),
        "3": ("Больницы",),
        "4": ("Rest",),
        "5": ("A-B",),
        "6": ("A B",),
    }
    parts = split(["1", "2", "3", "4", "5", "6", "7"], units)
    assert [part.numbers for part in parts] == [("1", "2"), ("3",), ("4",), ("5",), ("6",), ("7",)]
    slugs = [part.slug for part in parts]
    assert slugs[0] == "hospitals"
    assert slugs[-1] == "rest"
    assert len(set(slugs)) == len(slugs)
    assert all(slug.isascii() for slug in slugs)
    assert split(["1"], units, taken=["hospitals"])[0].slug.startswith("hospitals-")


def test_units__two_in_one_row__stand_one_a_line() -> None:
    assert units_in([row("140.1", unit="A\n B "), row("140.10", unit=" ")]) == {"140.1": ("A", "B")}
