from __future__ import annotations

from drafts import REGISTER, draft, report, submission
from reviews import register
from uprreport.report.budgets import check_budgets, measure, words_by_theme
from uprreport.text import above_limit

ANSWERS = {
    "140.7": {
        "status": "in progress",
        "measures": "Twelve midwives were trained.",
        "challenges": "Few apply.",
    },
    "140.11": {"status": "not implemented", "measures": "Fees remain."},
}


def with_budget(words: int) -> str:
    lines = (
        "| Theme | Lead agency | Word budget |",
        "| --- | --- | --- |",
        f"| Right to health | moh | {words} |",
    )
    before, _, rest = REGISTER.partition("## Themes")
    after = rest.partition("## Recommendations")[2]
    return f"{before}## Themes\n\n" + "\n".join(lines) + "\n\n## Recommendations" + after


def told(words: int, limit: int = 10_000) -> list[tuple[str, str, str]]:
    text = with_budget(words)
    made = report(submission("moh", ANSWERS), register=text)
    found = check_budgets(made, draft(made).words, register(text), limit, "build/draft.docx")
    return [(f.code, str(f.at), f.message) for f in found]


def test_words_by_theme__supported_and_noted__together_without_headings_and_marks() -> None:
    counts = words_by_theme(report(submission("moh", ANSWERS)).sections)
    assert counts == {"right-to-health": 4 + 2 + 2, "right-to-education": 0}


def test_check_budgets__theme__at_its_budget_and_above() -> None:
    assert told(8) == []
    assert told(7) == [
        (
            "word-budget-exceeded",
            "register.xlsx Themes",
            "The theme Right to health has 8 words; its budget is 7",
        )
    ]


def test_theme_above_its_budget__has_a_comment_for_editors_below_its_headings() -> None:
    for words, expected in (
        (8, []),
        (7, ["theme:right-to-health/reference", "noted:right-to-health/reference"]),
    ):
        made = report(submission("moh", ANSWERS), register=with_budget(words))
        blocks = [block for blocks in made.sections.values() for block in blocks]
        long = [
            b.id for b in blocks if f"This theme is longer than its budget of {words} words." in b.comments
        ]
        assert long == expected


def test_check_budgets__body__above_the_limit() -> None:
    (found,) = told(8, limit=20)
    assert found[:2] == ("word-budget-exceeded", "build/draft.docx")
    assert found[2].startswith("The body of the report has ")


def test_check_budgets__notes__are_counted_in_both_ways() -> None:
    counts = draft(report(submission("moh", ANSWERS), report_symbol="A/HRC/44/12")).words
    assert counts["notes"] == counts["footnotes"] + counts["endnotes"]
    assert counts["with_notes"] == counts["body"] + counts["notes"]
    assert counts["without_endnotes"] == counts["body"] + counts["footnotes"]
    assert 0 < counts["headings"] < counts["body"]
    assert counts["endnotes"] > 0
    assert [f[2] for f in told(8, limit=counts["with_notes"])] == []


def test_above_limit__the_first_way_that_is_above__is_told() -> None:
    counts = {"body": 10, "without_endnotes": 12, "with_notes": 15}
    assert above_limit(counts, 15) is None
    assert [above_limit(counts, limit) for limit in (9, 10, 12)] == [
        ("The body of the report", 10),
        ("The body of the report with its footnotes", 12),
        ("The body of the report with all its notes, as the Editorial Manual counts,", 15),
    ]


def test_measure__sections_and_the_longest_texts__without_annexes() -> None:
    lengths = measure(report(submission("moh", ANSWERS)), most=2)
    assert lengths.sections["implementation"] == 4 + 2
    assert lengths.sections["noted"] == 2
    assert not any(name.startswith("annex") for name in lengths.sections)
    counts = [count for _, count in lengths.longest]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == 2
    everything = {block.id: count for block, count in measure(report(submission("moh", ANSWERS)), 99).longest}
    assert everything["rec:140.7/measures"] == 4
    assert max(everything.values()) == counts[0]
