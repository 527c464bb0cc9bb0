"""Every table, chart and sentence with counts is added up, as a reader would, and held against the ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from reviews import TODAY
from uprreport.cli import main
from uprreport.counts import Counts, count_printed
from uprreport.flows.base import collect, judge, load
from uprreport.model import Block, Report
from uprreport.model.report import CLOSE, OPEN
from uprreport.report.companions.entries import make_entries
from uprreport.report.companions.vnr import vnr_page
from uprreport.report.content import build_report
from uprreport.report.given import Given
from worlds import World, worlds

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def blocks(told: Report) -> dict[str, Block]:
    return {block.id: block for own in told.sections.values() for block in own}


def rows(told: Report, name: str) -> list[tuple[str, ...]]:
    """The rows of a table with its headings first; none where it does not stand."""
    block = blocks(told).get(f"table:{name}")
    if block is None or block.table is None:
        return []
    return [tuple(c.heading for c in block.table.columns), *(row.cells for row in block.table.rows)]


def expanded(ranges: str) -> list[str]:
    """``140.2, 140.4–140.6`` as the numbers that it means."""
    found: list[str] = []
    for part in re.split(r"[,;]\s*", ranges.replace("–", "-")) if ranges not in ("–", "") else ():
        first, _, last = part.partition("-")
        before, _, start = first.rpartition(".")
        found += [f"{before}.{n}" for n in range(int(start), int((last or first).rpartition(".")[2]) + 1)]
    return found


def numbers_in(sentence: str) -> list[int]:
    """The numbers of a sentence, figures or words."""
    return [
        int(one) if one.isdigit() else WORDS.index(one.lower())
        for one in re.findall(rf"\b(?:\d+|{'|'.join(WORDS)})\b", sentence, re.IGNORECASE)
    ]


def bars(told: Report, name: str) -> dict[str, Counter[str]]:
    block = blocks(told).get(f"chart:{name}")
    if block is None or block.chart is None:
        return {}
    chart = block.chart
    return {
        category: Counter({one.name: one.values[index] for one in chart.series if one.values[index]})
        for index, category in enumerate(chart.categories)
    }


# What has to add up -------------------------------------------------------------------------------------


def check_totals(table: Sequence[Sequence[str]]) -> None:
    """A last row and a last column called *Total* are the sums of what stands before them."""
    if not table or table[-1][0] != "Total":
        return
    cells = [[int(cell) for cell in row[1:]] for row in table[1:]]
    assert cells[-1] == [sum(column) for column in zip(*cells[:-1], strict=True)]
    assert table[0][-1] == "Total"
    assert all(row[-1] == sum(row[:-1]) for row in cells)


def check_levels(told: Report, given_: Given, counts: Counts) -> None:
    """Table 1, Annexes I and IV, both charts and OHCHR's list print the same levels."""
    levels = Counter({given_.status_label(key): len(own) for key, own in counts.whole.numbers.items()})
    printed = {row[0]: int(row[-1]) for row in rows(told, "status")[1:]}
    assert printed.pop("Total") == sum(printed.values()) == counts.whole.total
    assert Counter(printed) == levels
    headings, *annex = rows(told, "annex-1")
    assert Counter(row[headings.index("Status")] for row in annex) == levels
    assert Counter(entry.status for entry in make_entries(given_)) == levels
    statistics = rows(told, "annex-4")
    assert dict(zip(statistics[0][1:-1], map(int, statistics[-1][1:-1]), strict=True)) == levels
    for name in ("status", "positions"):
        if found := bars(told, name):
            assert sum(found.values(), Counter()) == levels
    for row in rows(told, "themes")[1:]:
        if bar := bars(told, "status").get(row[0]):
            assert (sum(bar.values()), sum(bar.values()) - bar["No information"]) == (
                int(row[1]),
                int(row[3]),
            )


def check_printed_measures(told: Report, counts: Counts) -> None:
    """What stands in the body with words of an answer is nowhere without information, nor the reverse."""
    headings, *annex = rows(told, "annex-1")
    nothing = {row[0].split()[0] for row in annex if row[headings.index("Status")] == "No information"}
    assert nothing == {*counts.unanswered, *counts.withheld}
    for block in blocks(told).values():
        found = re.match(r"rec:([\d.]+)/measures", block.id)
        own = [p for p in block.paragraphs if p.look == "numbered" and not p.placeholder]
        if found and own and not own[0].text.startswith(("Reason for", "This is answered")):
            assert found[1] not in nothing


def check_parts(told: Report, counts: Counts) -> None:
    """Themes, goals, challenges, bodies and States: the count beside the numbers is how many these are."""
    themes = [[int(cell) for cell in row[1:]] for row in rows(told, "themes")[1:]]
    supported = counts.positions["supported"].total if "supported" in counts.positions else 0
    assert [sum(column) for column in zip(*themes, strict=True)] == [
        counts.whole.total, supported, counts.whole.informed,
    ]  # fmt: skip
    under = Counter(row[0] for row in rows(told, "annex-2")[1:])
    informed = Counter(row[0] for row in rows(told, "annex-2")[1:] if row[-1] != "No information")
    for goal, _, ranges, number, known in rows(told, "goals")[1:]:
        assert len(expanded(ranges)) == int(number) == under[goal]
        assert int(known) == informed[goal]
    for _, number, ranges in rows(told, "challenges")[1:]:
        assert len(expanded(ranges)) == int(number)
    coverage = bars(told, "coverage")
    for name, leads, supports, number, known in rows(told, "annex-3")[1:]:
        assert len({*expanded(leads), *expanded(supports)}) == int(number) >= int(known)
        if coverage:
            assert coverage[name] == +Counter(
                {"With information": int(known), "Without information": int(number) - int(known)}
            )
    for _, levels, number in rows(told, "annex-6")[1:]:
        told_numbers = [n for level in levels.split("; ") for n in expanded(level.partition(": ")[2])]
        assert len(told_numbers) == len(set(told_numbers)) == int(number)


def check_goals(given_: Given) -> None:
    """In the extract for the Voluntary National Review the levels of a goal add up to its number."""
    for part in vnr_page(given_, make_entries(given_)).parts:
        told = getattr(part, "rows", None)
        if told and tuple(told[0])[:2] == ("Goal", "Number"):
            for _, number, levels in told[1:]:
                assert sum(int(one.rpartition(" ")[2]) for one in levels.split("; ")) == int(number)


def sentences(told: Report) -> Iterator[str]:
    for paragraph in told.facts["paragraphs"].values():
        bare = re.sub(f"{OPEN}note [^{OPEN}-{CLOSE}]*{CLOSE}", "", paragraph)
        yield from re.split(r"(?<=\.)\s+", bare)


def check_sentences(told: Report, counts: Counts) -> None:
    """The report's own sentences: parts add up to the whole that is named before them."""
    whole, found = counts.whole, 0
    for sentence in sentences(told):
        numbers = numbers_in(sentence)
        if sentence.startswith("At the time of the review,"):
            assert sum(numbers) == whole.total
            found += 1
        elif sentence.startswith("After the position on"):
            assert (numbers[0], sum(numbers[1:])) == (len(counts.moved), whole.total)
        elif "is under clarification for" in sentence:
            assert numbers == [whole.settled, whole.informed - whole.settled]
        elif sentence.startswith("This report contains information on each of the"):
            assert numbers == [whole.total] == [whole.informed]
        elif sentence.startswith("This report contains information on the"):
            assert (whole.informed, whole.total) == (1, 1)
        elif sentence.startswith("This report contains information on"):
            assert numbers == [whole.informed, whole.total]
        elif sentence.startswith("Of the other"):
            assert numbers == [whole.total - whole.informed, len(counts.withheld)]
            assert counts.tells_apart
    assert found


def check(told: Report, given_: Given) -> None:
    counts = given_.counts
    for block in blocks(told).values():
        if block.table is not None:
            check_totals(rows(told, block.id.removeprefix("table:")))
    check_levels(told, given_, counts)
    check_printed_measures(told, counts)
    check_parts(told, counts)
    check_goals(given_)
    check_sentences(told, counts)
    printed = count_printed(given_.records)
    assert printed.pop("total") == sum(printed.values()) == sum(counts.parts.values()) == counts.whole.total


# For which reviews --------------------------------------------------------------------------------------


@given(worlds())
@settings(max_examples=120, deadline=None)
def test_counts__any_review__add_up_wherever_they_are_printed(world: World) -> None:
    check(world.report, world.given)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Given:
    path = tmp_path_factory.mktemp("demo") / "review"
    CliRunner().invoke(main, ("new", str(path), "--example"), catch_exceptions=False)
    review = load(path, TODAY)
    merged, _ = judge(review, collect(review))
    return Given(review.folder.settings, review.register, merged.records, review.folder.schema, TODAY)


def test_counts__demo__add_up_wherever_they_are_printed(demo: Given) -> None:
    told = build_report(demo.settings, demo.register, demo.records, demo.schema, demo.today)
    assert {"moved", "contested"} <= {"moved" if demo.counts.moved else "", *demo.counts.parts}
    check(told, demo)
