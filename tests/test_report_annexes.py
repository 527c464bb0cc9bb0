from __future__ import annotations

from drafts import REGISTER, draft, outline, report, submission
from uprreport.model import Report, Table
from uprreport.text import natural_key

ANSWERED = submission(
    "moh",
    {
        "140.1": {"status": "implemented", "measures": "Two clinics were opened"},
        "140.10": {"status": "in progress", "measures": "Waiting times are published"},
    },
)


def table(told: Report, section: str) -> Table:
    (block,) = [block for block in told.sections[section] if block.chart is None]
    assert block.table is not None
    assert block.id == f"table:{section.replace('_', '-')}"
    return block.table


def cells(told: Report, section: str) -> list[list[str]]:
    return [list(row.cells) for row in table(told, section).rows]


def test_goals__each_recommendation_under_each_goal_in_natural_order() -> None:
    told = report(ANSWERED)
    rows = cells(told, "annex_2")
    assert [(row[0], row[2]) for row in rows] == sorted(
        ((row[0], row[2]) for row in rows), key=lambda pair: (natural_key(pair[0]), natural_key(pair[1]))
    )
    assert len({(row[0], row[2]) for row in rows}) == len(rows)
    status = {row[2]: row[4] for row in rows}
    assert status["140.1"] == "Implemented"


def test_agencies__every_recommendation_stands_with_its_lead_and_supporters() -> None:
    told = report(ANSWERED)
    rows = {row[0]: row[1:] for row in cells(told, "annex_3")}
    health = rows["Ministry of Health"]
    assert "140.1" in health[0]
    assert health[3] == "2"
    assert all(int(row[3]) <= int(row[2]) for row in rows.values())


def test_statistics__rows_and_columns_add_up() -> None:
    told = report(ANSWERED)
    *themes, total = cells(told, "annex_4")
    counts = [[int(cell) for cell in row[1:]] for row in themes]
    assert [sum(column) for column in zip(*counts, strict=True)] == [int(cell) for cell in total[1:]]
    assert all(sum(row[:-1]) == row[-1] for row in counts)
    assert total[0] == "Total"


def test_states__each_state_once_with_all_its_recommendations() -> None:
    told = report(ANSWERED)
    rows = cells(told, "annex_6")
    names = [row[0] for row in rows]
    assert names == sorted(names, key=str.casefold)
    assert len(set(names)) == len(names)
    assert all(row[1] for row in rows)


def test_states__numbers_stand_once_under_their_level() -> None:
    told = table(report(ANSWERED), "annex_6")
    assert [column.heading for column in told.columns] == [
        "Recommending State", "Recommendations by level of implementation", "Number",
    ]  # fmt: skip
    (chile,) = [row.cells for row in told.rows if row.cells[0] == "Chile"]
    assert chile[1].count("140.1") == 1


def test_states__named_twice_in_a_recommendation__counts_once() -> None:
    register = REGISTER.replace("| Chile ", "| Chile<br>Chile ", 1)
    assert register != REGISTER
    (chile,) = [row for row in cells(report(ANSWERED, register=register), "annex_6") if row[0] == "Chile"]
    assert chile == [cell for row in cells(report(ANSWERED), "annex_6") if row[0] == "Chile" for cell in row]


def test_annexes__empty_register__have_nothing_to_say() -> None:
    told = report(register="## Recommendations\n\n| Number | Recommendation |\n| --- | --- |\n")
    assert [name for name in told.sections if name.startswith("annex") and told.sections[name]] == []


def test_annexes__without_consultations__are_numbered_without_a_gap_and_listed_so() -> None:
    lines = outline(draft(report(ANSWERED)).content)
    annexes = [text for style, _, text in lines if style == "annex heading"]
    assert annexes == [
        "Recommendations and their implementation",
        "Sustainable Development Goals",
        "Responsible bodies",
        "Statistics",
        "Index by recommending State",
    ]


def test_annexes__keys_of_rows__do_not_depend_on_answers() -> None:
    before, after = report(), report(ANSWERED)
    for section in ("annex_2", "annex_6"):
        keys = [[row.key for row in table(told, section).rows] for told in (before, after)]
        assert keys[0] == keys[1]


def test_headings_and_captions__differ__so_that_each_is_found_by_its_text() -> None:
    titles = [
        text
        for style, _, text in outline(draft(report(ANSWERED)).content)
        if style in ("caption", "annex heading", "heading 1")
    ]
    assert len(titles) > 10
    assert len(set(titles)) == len(titles)
