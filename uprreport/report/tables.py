"""The tables of the chapters, but the annexes': each a caption and rows that are told apart by a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from uprreport.counts import Tally
from uprreport.model import (
    NO_INFORMATION,
    UNDER_CLARIFICATION,
    Block,
    Foreign,
    Paragraph,
    Source,
    Table,
    TableColumn,
    TableRow,
    counted,
)
from uprreport.report import phrases
from uprreport.report.given import Given, sources_of
from uprreport.report.ids import row_keys
from uprreport.report.themes import order_themes
from uprreport.report.tongues import of_register
from uprreport.text import natural_key


class Row(NamedTuple):
    """A row before it is counted: its wanted key, its cells, and what of them is in another language."""

    key: str
    cells: Sequence[str]
    foreign: Foreign = ()


Rows = Sequence[Row]


def table_block(
    given: Given, name: str, columns: tuple[TableColumn, ...], rows: Rows, sources: Iterable[Source] = ()
) -> tuple[Block, ...]:
    """A table as a block, or nothing when it has no rows."""
    if not rows:
        return ()
    keys = row_keys(row.key for row in rows)
    made = tuple(TableRow(key, tuple(row.cells), row.foreign) for key, row in zip(keys, rows, strict=True))
    block_id, title = f"table:{name}", given.say(phrases.CAPTIONS[name])
    caption = given.say(phrases.CAPTION_TABLE, number=counted("Table"), title=title)
    paragraphs = (Paragraph(caption, "caption"),)
    return (Block(block_id, title, f"[{block_id}]", paragraphs, Table(columns, made), tuple(sources)),)


# Counts ------------------------------------------------------------------------------------------------


def statuses(given: Given) -> tuple[str, ...]:
    """The keys of the levels of implementation, and the two that only the tool sets."""
    levels = (choice.key for choice in given.schema("progress").column("status").choices)
    return (*levels, UNDER_CLARIFICATION, NO_INFORMATION)


def positions(given: Given) -> tuple[str, ...]:
    """The keys of the present positions that any recommendation has, in the list's order; none is last."""
    listed = (choice.key for choice in given.schema("recommendations").column("position").choices)
    return tuple(key for key in (*listed, "") if key in given.counts.positions)


def status_table(given: Given) -> tuple[Block, ...]:
    """Recommendations by level of implementation and present position; its rows and columns add up."""
    counts = given.counts
    shown = [counts.positions[key] for key in positions(given)]
    rows = [
        Row(key, [given.status_label(key), *(str(tally.count(key)) for tally in (*shown, counts.whole))])
        for key in statuses(given)
        if counts.whole.count(key)
    ]
    totals = (str(tally.total) for tally in (*shown, counts.whole))
    rows.append(Row("total", [given.say(phrases.TOTAL), *totals]))
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_LEVEL), 3),
        *(TableColumn(given.position_counted(key), 1.4, digits=True) for key in positions(given)),
        TableColumn(say(phrases.TOTAL), 1, digits=True),
    )
    return table_block(given, "status", columns, rows if counts.whole.total else ())


def themes_table(given: Given) -> tuple[Block, ...]:
    """Recommendations by primary theme: how many, how many now supported, how many with information."""
    counts = given.counts
    supported = counts.positions.get("supported", Tally({}))
    rows = []
    for theme in order_themes(given, given.records.of_kind("recommendation")):
        tally = counts.themes[theme.theme]
        cells = [
            theme.theme or given.say(phrases.OTHER_THEMES),
            str(tally.total),
            str(supported.among(tally.all_numbers).total),
            str(tally.informed),
        ]
        rows.append(Row(theme.theme, cells, of_register(given, (theme.theme,))))
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_THEME), 5),
        TableColumn(say(phrases.COLUMN_RECOMMENDATIONS), 2, digits=True),
        TableColumn(say(phrases.COLUMN_SUPPORTED), 1.7, digits=True),
        TableColumn(say(phrases.COLUMN_INFORMED), 2, digits=True),
    )
    return table_block(given, "themes", columns, rows)


def definitions_table(given: Given) -> tuple[Block, ...]:
    """What each level of implementation means."""
    choices = given.column("progress", "status").choices
    rows = [Row(choice.key, [choice.label, choice.definition]) for choice in choices]
    say = given.say
    columns = (TableColumn(say(phrases.COLUMN_LEVEL), 2), TableColumn(say(phrases.COLUMN_MEANING), 5))
    return table_block(given, "definitions", columns, rows)


def goals_table(given: Given) -> tuple[Block, ...]:
    """Recommendations by goal: proposed targets, numbers as ranges."""
    items = {item.number: item for item in given.register.recommendations}
    goals = given.counts.goals
    rows = []
    for goal in sorted(goals, key=natural_key):
        tally = goals[goal]
        named = (target for number in tally.all_numbers for target in items[number].sdg_targets)
        targets = {target for target in named if target.partition(".")[0] == goal}
        shown = given.numbers(sorted(targets, key=natural_key)) or "–"
        numbers = given.ranges(tally.all_numbers)
        rows.append(Row(goal, [goal, shown, numbers, str(tally.total), str(tally.informed)]))
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_GOAL), 1),
        TableColumn(say(phrases.COLUMN_TARGETS), 1.6),
        TableColumn(say(phrases.COLUMN_RECOMMENDATIONS), 5),
        TableColumn(say(phrases.COLUMN_NUMBER), 1.1, digits=True),
        TableColumn(say(phrases.COLUMN_INFORMED), 2, digits=True),
    )
    return table_block(given, "goals", columns, rows)


def challenges_table(given: Given) -> tuple[Block, ...]:
    """Types of challenges across the themes, with the recommendations that met them."""
    met = given.counts.challenges
    answers = [a for outcome in given.records.of_kind("recommendation") for a in outcome.answers]
    sources = [source for answer in answers for source in sources_of(answer, ("challenge_type",))]
    column = given.column("progress", "challenge_type")
    rows = [
        Row(choice.key, [choice.label, str(len(met[choice.key])), given.ranges(met[choice.key])])
        for choice in column.choices
        if choice.key in met
    ]
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_TYPE_OF_CHALLENGE), 2),
        TableColumn(say(phrases.COLUMN_RECOMMENDATIONS), 1.9, digits=True),
        TableColumn(say(phrases.COLUMN_NUMBERS), 5),
    )
    return table_block(given, "challenges", columns, rows, sources)


# What the register tells -------------------------------------------------------------------------------


def changes_table(given: Given) -> tuple[Block, ...]:
    """Recommendations whose position was re-decided since the review."""
    moved = frozenset(given.counts.moved)
    items = [o.item for o in given.records.of_kind("recommendation") if o.item.number in moved]
    rows = [
        Row(
            item.number,
            [
                item.number,
                given.position(item.position),
                given.position(item.position_now),
                item.position_reason,
            ],
        )
        for item in items
    ]
    sources = [
        source
        for item in items
        for name in ("position_now", "position_reason")
        for source in given.own("recommendations", item.number, name, getattr(item, name))
    ]
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_RECOMMENDATION), 1.9),
        TableColumn(say(phrases.COLUMN_AT_REVIEW), 1.5, fact=True),
        TableColumn(say(phrases.COLUMN_NOW), 1.5, fact=True),
        TableColumn(say(phrases.COLUMN_REASON), 5),
    )
    return table_block(given, "changes", columns, rows, sources)


def links_table(given: Given) -> tuple[Block, ...]:
    """Corresponding recommendations of other mechanisms, but those that the coordinator turned down."""
    rows = []
    links = [link for link in given.register.links if link.confirmed != "no"]
    for link in sorted(links, key=lambda link: natural_key(link.number)):
        paragraph = given.say(phrases.PARAGRAPH, number=link.paragraph) if link.paragraph else ""
        place = given.listed(part for part in (link.symbol, paragraph) if part)
        year = f" ({link.year})" if link.year else ""
        key = f"{link.number}/{link.symbol}/{link.paragraph}"
        foreign = of_register(given, (link.mechanism, link.text))
        rows.append(Row(key, [link.number, f"{link.mechanism}{year}", place, link.text], foreign))
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_RECOMMENDATION), 1.9),
        TableColumn(say(phrases.COLUMN_MECHANISM), 2.2),
        TableColumn(say(phrases.COLUMN_DOCUMENT), 2),
        TableColumn(say(phrases.COLUMN_TEXT), 4),
    )
    return table_block(given, "links", columns, rows)
