"""The tables of the chapters, but the annexes': each a caption and rows that are told apart by a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from uprreport.model import (
    NO_INFORMATION,
    Block,
    Foreign,
    Outcome,
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
    """The keys of the levels of implementation, and the one that only the tool sets."""
    return (*(choice.key for choice in given.schema("progress").column("status").choices), NO_INFORMATION)


def positions(given: Given) -> tuple[str, ...]:
    """The keys of the positions that any recommendation has, in the order of the list."""
    used = {outcome.item.current_position for outcome in given.records.of_kind("recommendation")}
    listed = (choice.key for choice in given.schema("recommendations").column("position").choices)
    return tuple(key for key in listed if key in used)


def status_table(given: Given) -> tuple[Block, ...]:
    """Recommendations by level of implementation and position; its rows and columns add up."""
    outcomes = given.records.of_kind("recommendation")
    shown = positions(given)
    counts = Counter((outcome.status, outcome.item.current_position) for outcome in outcomes)
    totals = Counter(outcome.status for outcome in outcomes)
    rows = [
        Row(
            key,
            [given.status_label(key), *(str(counts[key, position]) for position in shown), str(totals[key])],
        )
        for key in statuses(given)
        if totals[key]
    ]
    by_position = Counter(outcome.item.current_position for outcome in outcomes)
    rows.append(
        Row(
            "total",
            [
                given.say(phrases.TOTAL),
                *(str(by_position[position]) for position in shown),
                str(len(outcomes)),
            ],
        )
    )
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_LEVEL), 3),
        *(TableColumn(given.position(position), 1.4, digits=True) for position in shown),
        TableColumn(say(phrases.TOTAL), 1, digits=True),
    )
    return table_block(given, "status", columns, rows if outcomes else ())


def themes_table(given: Given) -> tuple[Block, ...]:
    """Recommendations by primary theme: how many, and how many with information."""
    outcomes = given.records.of_kind("recommendation")
    rows = []
    for theme in order_themes(given, outcomes):
        mine = [outcome for outcome in outcomes if outcome.item.theme == theme.theme]
        informed = sum(outcome.status != NO_INFORMATION for outcome in mine)
        supported = sum(outcome.item.current_position == "supported" for outcome in mine)
        cells = [
            theme.theme or given.say(phrases.OTHER_THEMES),
            str(len(mine)),
            str(supported),
            str(informed),
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
    by_goal: dict[str, list[Outcome]] = {}
    for outcome in given.records.of_kind("recommendation"):
        for goal in outcome.item.sdgs:
            by_goal.setdefault(goal, []).append(outcome)
    rows = []
    for goal in sorted(by_goal, key=natural_key):
        items = [outcome.item for outcome in by_goal[goal]]
        targets = {t for item in items for t in item.sdg_targets if t.partition(".")[0] == goal}
        numbers = given.ranges([item.number for item in items])
        informed = sum(outcome.status != NO_INFORMATION for outcome in by_goal[goal])
        shown = given.numbers(sorted(targets, key=natural_key)) or "–"
        rows.append(Row(goal, [goal, shown, numbers, str(len(items)), str(informed)]))
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
    met: dict[str, list[str]] = {}
    sources: list[Source] = []
    for outcome in given.records.of_kind("recommendation"):
        for answer in outcome.answers:
            if kind := answer.text("challenge_type"):
                met.setdefault(kind, []).append(outcome.item.number)
                sources += sources_of(answer, ("challenge_type",))
    column = given.column("progress", "challenge_type")
    rows = [
        Row(choice.key, [choice.label, str(len(set(met[choice.key]))), given.ranges(met[choice.key])])
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
        for item in (outcome.item for outcome in given.records.of_kind("recommendation"))
        if item.position_now and item.position_now != item.position
    ]
    sources = [
        source
        for item in (outcome.item for outcome in given.records.of_kind("recommendation"))
        if item.position_now and item.position_now != item.position
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
