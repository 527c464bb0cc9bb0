"""Which blocks a name means: ids, recommendations, agencies, themes; and the nearest ones of a wrong name."""

from __future__ import annotations

import pytest

from uprreport.findings import UprReportError
from uprreport.model import Source
from uprreport.revise.choose import Known, choose
from uprreport.revise.trace import Traced, TracedSource


def source(agency: str, number: str, field: str = "measures") -> TracedSource:
    return TracedSource(Source(f"submissions/{agency}.xlsx", "Progress", "C2", agency, field, number=number))


HEALTH = "right-to-health"
BLOCKS = (
    Traced("heading:supported", "Supported", "anchor"),
    Traced(f"theme:{HEALTH}/heading", "Right to health", "anchor", theme=HEALTH),
    Traced(
        "rec:140.7/measures", "140.7, 140.11–140.14", "anchor",
        label="[140.7, 140.11–140.14 · Planned · moh]", theme=HEALTH,
        sources=(source("moh", "140.7"), source("moe", "140.7")),
    ),
    Traced("rec:140.1/measures", "140.1", "anchor", label="[140.1 · Planned · moe]", theme=HEALTH,
           sources=(source("moe", "140.1"),)),
    Traced(f"theme:{HEALTH}/challenges", "Right to health: challenges", "anchor", label="[140.1, 140.7]",
           theme=HEALTH, sources=(source("moh", "140.7", "challenges"),)),
    Traced("rec:P1/measures", "P1", "anchor", label="[P1 · Planned · moh]", sources=(source("moh", "P1"),)),
    Traced(
        "table:annex-1", "Recommendations one by one", "anchor", row_keys=("140.1", "140.7", "140.12"),
        sources=(source("moe", "140.1"), source("moh", "140.7"), source("moe", "140.7")),
    ),
    Traced("table:assistance", "Needs", "anchor", row_keys=("moh/a-course",), sources=(source("moh", ""),)),
)  # fmt: skip
KNOWN = Known(
    ("140.1", "140.7", "140.11", "140.12", "140.50", "P1"), ("moh", "moe", "mof"), {HEALTH: "Right to health"}
)


def chosen(*names: str) -> list[str]:
    return [block.id for block in choose(BLOCKS, names, KNOWN)]


def test_choose__nothing_named__is_the_whole_draft() -> None:
    assert choose(BLOCKS, [], KNOWN) == BLOCKS


@pytest.mark.parametrize("name", ["rec:140.1/measures", "REC:140.1/Measures", " rec:140.1/measures "])
def test_choose__id__is_that_block(name: str) -> None:
    assert chosen(name) == ["rec:140.1/measures"]


@pytest.mark.parametrize(
    ("number", "ids"),
    [
        ("140.7", ["rec:140.7/measures", f"theme:{HEALTH}/challenges", "table:annex-1"]),
        ("140.1", ["rec:140.1/measures", f"theme:{HEALTH}/challenges", "table:annex-1"]),
        ("140.12", ["rec:140.7/measures", "table:annex-1"]),
        ("140.14", ["rec:140.7/measures"]),
        ("P1", ["rec:P1/measures"]),
        ("p1", ["rec:P1/measures"]),
    ],
)
def test_choose__number__is_every_block_it_stands_in(number: str, ids: list[str]) -> None:
    assert chosen(number) == ids


def test_choose__number__a_longer_one_is_another() -> None:
    assert "rec:140.1/measures" not in chosen("140.11")
    assert chosen("140.50") == []  # the register has it, the draft does not


def test_choose__number__of_a_table_only_its_own_sources() -> None:
    told = {block.id: block for block in choose(BLOCKS, ["140.7"], KNOWN)}
    assert [s.source.agency for s in told["table:annex-1"].sources] == ["moh", "moe"]
    assert len(told["rec:140.7/measures"].sources) == 2
    told = {block.id: block for block in choose(BLOCKS, ["140.12"], KNOWN)}
    assert told["table:annex-1"].sources == ()  # answered with 140.7
    assert len(told["rec:140.7/measures"].sources) == 2


def test_choose__agency__is_every_block_that_comes_from_it() -> None:
    assert chosen("moe") == ["rec:140.7/measures", "rec:140.1/measures", "table:annex-1"]
    assert chosen("MOE") == chosen("moe")
    told = {block.id: block for block in choose(BLOCKS, ["moe"], KNOWN)}
    assert [s.source.number for s in told["table:annex-1"].sources] == ["140.1", "140.7"]


def test_choose__agency_that_gave_nothing__is_no_block() -> None:
    assert chosen("mof") == []


@pytest.mark.parametrize("name", [HEALTH, f"theme:{HEALTH}", "Right to health", "right to HEALTH"])
def test_choose__theme__is_its_whole_stretch(name: str) -> None:
    assert chosen(name) == [block.id for block in BLOCKS if block.theme]


@pytest.mark.parametrize(("name", "block"), [("annex-1", "table:annex-1"), ("Needs", "table:assistance")])
def test_choose__last_part_of_an_id_or_a_title__is_that_block(name: str, block: str) -> None:
    assert chosen(name) == [block]


def test_choose__several_names__each_block_once_in_the_drafts_order() -> None:
    assert chosen("P1", "140.1", "moe") == [
        "rec:140.7/measures",
        "rec:140.1/measures",
        f"theme:{HEALTH}/challenges",
        "rec:P1/measures",
        "table:annex-1",
    ]
    told = {block.id: block for block in choose(BLOCKS, ["140.1", "moh"], KNOWN)}
    sources = [(s.source.agency, s.source.number) for s in told["table:annex-1"].sources]
    assert sources == [("moe", "140.1"), ("moh", "140.7")]
    whole = {block.id: block for block in choose(BLOCKS, ["140.1", "annex-1"], KNOWN)}
    assert len(whole["table:annex-1"].sources) == 3


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("140.77", "140.7"),
        ("rec:140.7/measure", "rec:140.7/measures"),
        ("mohh", "moh"),
        ("right-to-heath", HEALTH),
    ],
)
def test_choose__unknown__names_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UprReportError) as problem:
        choose(BLOCKS, ["140.1", name], KNOWN)
    assert problem.value.message == f"nothing in the draft is called {name}"
    assert near in problem.value.hint.removeprefix("did you mean ").replace(" or ", ", ").strip("?").split(
        ", "
    )


def test_choose__unlike_anything__says_how_to_list_all() -> None:
    with pytest.raises(UprReportError) as problem:
        choose(BLOCKS, ["zzzzzzzz"], KNOWN)
    assert "lists every block" in problem.value.hint
