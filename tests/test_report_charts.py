from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import REGISTER, report, submission
from uprreport.model import Block, Chart, Report
from uprreport.report.charts import LONG, MOST

ANSWERS = {
    "140.1": {"status": "planned", "measures": "Sites are chosen."},
    "140.7": {"status": "in progress", "measures": "Twelve midwives were trained."},
    "140.11": {"status": "not implemented"},
}
STATUSES = ("implemented", "partially implemented", "in progress", "planned", "continuous", "not implemented")


def charts(told: Report) -> dict[str, Block]:
    return {b.id: b for blocks in told.sections.values() for b in blocks if b.chart is not None}


def bars(told: Report, name: str) -> dict[str, dict[str, int]]:
    """What a chart shows: by category, the series that have anything there."""
    chart = charts(told)[f"chart:{name}"].chart
    assert chart is not None
    return {
        category: {one.name: one.values[index] for one in chart.series if one.values[index]}
        for index, category in enumerate(chart.categories)
    }


def many(themes: int, chapters: bool = False) -> str:
    """A register with many themes, the first of them with three recommendations, all others with one."""
    heading = "| Theme | Lead agency | Chapter |\n| --- | --- | --- |\n"
    rows = "".join(f"| Theme {n} | moh | {f'Part {n % 3}' if chapters else ''} |\n" for n in range(themes))
    head = "| Number | Recommendation | Position | Theme | Lead agency |\n| --- | --- | --- | --- | --- |\n"
    numbers = [*range(themes), 0, 0]
    asked = "".join(
        f"| 140.{at} | Do it | Supported | Theme {n} | moh |\n" for at, n in enumerate(numbers, 1)
    )
    agencies = REGISTER.partition("## Themes")[0]
    return f"{agencies}## Themes\n\n{heading}{rows}\n## Recommendations\n\n{head}{asked}"


# Which stand, and where --------------------------------------------------------------------------------


def test_charts__some_answers__stand_in_their_sections_below_captions_with_labels() -> None:
    told = report(
        submission(
            "moh",
            ANSWERS,
            assistance=[
                {"numbers": ("140.7",), "kind": "training", "description": "A course"},
                {"numbers": ("140.1",), "kind": "funds", "description": "A clinic"},
            ],
        )
    )
    ids = {name: [b.id for b in blocks] for name, blocks in told.sections.items()}
    tables = ["table:status", "chart:positions", "table:themes", "chart:status"]
    assert [name for name in ids["summary"] if not name.startswith("text:")] == tables
    assert ids["assistance"] == ["chart:assistance", "table:assistance"]
    assert ids["annex_3"] == ["table:annex-3", "chart:coverage"]
    for block_id, block in charts(told).items():
        assert block.label == f"[{block_id}]"
        assert [p.look for p in block.paragraphs] == ["caption"]
        assert block.table is None


def test_charts__nothing_answered__none_stands() -> None:
    assert charts(report()) == {}


def test_status__one_theme_only__has_nothing_to_compare() -> None:
    register = REGISTER.replace("| Right to education   | moe         |\n", "").replace(
        "| Right to education |", "| Right to health    |"
    )
    found = charts(report(submission("moh", ANSWERS), register=register))
    assert "chart:status" not in found
    assert "chart:positions" in found


def test_positions__one_position_only__has_nothing_to_compare() -> None:
    found = charts(report(submission("moh", ANSWERS), register=REGISTER.replace("Noted    ", "Supported")))
    assert "chart:positions" not in found
    assert "chart:status" in found


@pytest.mark.parametrize(
    ("kinds", "stands"), [(("training", "training"), False), (("training", "funds"), True)]
)
def test_assistance__needs__stand_where_there_are_two_kinds(kinds: tuple[str, ...], stands: bool) -> None:
    needs = [
        {"numbers": ("140.7",), "kind": kind, "description": f"Need {n}"} for n, kind in enumerate(kinds)
    ]
    found = charts(report(submission("moh", ANSWERS, assistance=needs)))
    assert ("chart:assistance" in found) is stands


# What they show ----------------------------------------------------------------------------------------


def test_status__each_theme__adds_up_and_has_levels_in_the_order_of_the_list() -> None:
    told = report(submission("moh", ANSWERS))
    assert bars(told, "status") == {
        "Right to health": {"In progress": 1, "Planned": 1, "Not implemented": 1, "No information": 1},
        "Right to education": {"No information": 1},
    }
    assert bars(told, "positions") == {
        "Supported": {"In progress": 1, "Planned": 1, "No information": 2},
        "Noted": {"Not implemented": 1},
    }


def test_coverage__each_body__has_the_counts_of_annex_three() -> None:
    told = report(submission("moh", ANSWERS))
    (table,) = [b.table for b in told.sections["annex_3"] if b.table is not None]
    printed = {row.cells[0]: (int(row.cells[3]), int(row.cells[4])) for row in table.rows}
    shown = {
        body: (sum(told.values()), told.get("With information", 0))
        for body, told in bars(told, "coverage").items()
    }
    assert shown == printed


def test_charts__withheld_answer__counts_as_no_information() -> None:
    kept = {**ANSWERS, "140.7": {**ANSWERS["140.7"], "publication": "internal"}}
    told = report(submission("moh", kept))
    assert bars(told, "status")["Right to health"] == {
        "Planned": 1, "Not implemented": 1, "No information": 2,
    }  # fmt: skip
    assert bars(told, "coverage")["Ministry of Health"] == {"With information": 2, "Without information": 2}


def test_assistance__kinds__come_in_the_order_of_the_list_with_their_cells() -> None:
    needs = [
        {"numbers": ("140.7",), "kind": "funds", "description": "One"},
        {"numbers": ("140.1",), "kind": "training", "description": "Two"},
        {"numbers": ("140.7",), "kind": "funds", "description": "Three"},
    ]
    told = report(submission("moh", ANSWERS, assistance=needs))
    block = charts(told)["chart:assistance"]
    assert block.chart is not None
    assert block.chart.categories == ("Training", "Funds")
    assert [one.values for one in block.chart.series] == [(1, 2)]
    assert [(s.agency, s.field) for s in block.sources] == [("moh", "kind")] * 3


# Many bars ---------------------------------------------------------------------------------------------


def test_status__many_themes__the_smallest_are_together_and_none_is_lost() -> None:
    told = report(submission("moh", ANSWERS), register=many(MOST + 5))
    shown = bars(told, "status")
    assert len(shown) == MOST
    assert next(iter(shown)) == "Theme 0"
    assert list(shown)[-1] == "Other themes (6)"
    assert sum(sum(bar.values()) for bar in shown.values()) == MOST + 7


def test_status__as_many_themes_as_fit__each_has_its_bar() -> None:
    shown = bars(report(submission("moh", ANSWERS), register=many(MOST)), "status")
    assert list(shown) == [f"Theme {n}" for n in range(MOST)]


def test_status__many_themes_in_chapters__a_bar_for_each_chapter() -> None:
    shown = bars(report(submission("moh", ANSWERS), register=many(MOST + 5, chapters=True)), "status")
    assert sorted(shown) == ["Part 0", "Part 1", "Part 2"]
    assert sum(sum(bar.values()) for bar in shown.values()) == MOST + 7


# Alternative text --------------------------------------------------------------------------------------


def test_alternative__few_numbers__tells_all_of_them() -> None:
    told = charts(report(submission("moh", ANSWERS)))
    assert alternative(told["chart:positions"]) == (
        "Bar chart: Level of implementation by present position. Supported: In progress 1, Planned 1, "
        "No information 2; Noted: Not implemented 1."
    )


def test_alternative__many_numbers__tells_sums_and_the_longest_bars() -> None:
    long = "a theme with a rather long name that says very much of what it is about, and of what it is not"
    register = many(12).replace("Theme ", f"{long} ").replace(f"| {long} |", "| Theme |")
    told = alternative(charts(report(submission("moh", ANSWERS), register=register))["chart:status"])
    assert "In all: In progress 1, Planned 1," in told
    assert f"Longest bars: {long} 0 3; {long} 1 1; " in told
    assert len(told) < LONG + 300


def alternative(block: Block) -> str:
    assert block.chart is not None
    return block.chart.alternative


# Whatever the data are ---------------------------------------------------------------------------------

ANY = st.dictionaries(
    st.sampled_from(["140.1", "140.7", "140.10", "140.11"]),
    st.fixed_dictionaries({"status": st.sampled_from(STATUSES)}),
)


@given(ANY)
def test_charts__any_answers__count_each_recommendation_once_and_keep_their_tones(answers: Any) -> None:
    told = report(submission("moh", answers))
    tones: dict[str, float | None] = {}
    for block in charts(told).values():
        chart = block.chart
        assert chart is not None
        assert len(chart.categories) == len(set(chart.categories)) > 1
        assert all(len(one.values) == len(chart.categories) for one in chart.series)
        assert all(any(one.values) for one in chart.series)
        for one in chart.series:
            assert tones.setdefault(one.key, one.tone) == one.tone
    for name in ("status", "positions"):
        if f"chart:{name}" in charts(told):
            assert sum(sum(bar.values()) for bar in bars(told, name).values()) == 5
            assert _levels(charts(told)[f"chart:{name}"].chart) == [
                *_in_list_order(answers),
                "no information",
            ]


def _levels(chart: Chart | None) -> list[str]:
    assert chart is not None
    return [one.key for one in chart.series]


def _in_list_order(answers: Any) -> list[str]:
    used = {answer["status"] for answer in answers.values()}
    return [status for status in STATUSES if status in used]
