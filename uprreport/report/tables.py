"""The tables of the chapters, but the annexes': each a caption and rows that are told apart by a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from uprreport.model import (
    NO_INFORMATION,
    Block,
    Outcome,
    Paragraph,
    Record,
    Source,
    Table,
    TableColumn,
    TableRow,
    counted,
)
from uprreport.report import phrases
from uprreport.report.given import Given, sources_of, text_of
from uprreport.report.ids import row_keys
from uprreport.report.themes import order_themes
from uprreport.text import natural_key, number_ranges, slug

Rows = Sequence[tuple[str, Sequence[str]]]


def table_block(
    name: str, caption: str, columns: tuple[TableColumn, ...], rows: Rows, sources: Iterable[Source] = ()
) -> tuple[Block, ...]:
    """A table as a block, or nothing when it has no rows. ``rows`` are pairs of key and cells."""
    if not rows:
        return ()
    keys = row_keys(key for key, _ in rows)
    made = tuple(TableRow(key, tuple(cells)) for key, (_, cells) in zip(keys, rows, strict=True))
    block_id = f"table:{name}"
    text = phrases.CAPTION_TABLE.format(number=counted("Table"), title=caption)
    paragraphs = (Paragraph(text, "caption"),)
    return (Block(block_id, caption, f"[{block_id}]", paragraphs, Table(columns, made), tuple(sources)),)


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
        (
            key,
            [given.status_label(key), *(str(counts[key, position]) for position in shown), str(totals[key])],
        )
        for key in statuses(given)
        if totals[key]
    ]
    by_position = Counter(outcome.item.current_position for outcome in outcomes)
    rows.append(("total", ["Total", *(str(by_position[position]) for position in shown), str(len(outcomes))]))
    columns = (
        TableColumn("Level of implementation", 3),
        *(TableColumn(given.position(position), 1.4, digits=True) for position in shown),
        TableColumn("Total", 1, digits=True),
    )
    return table_block("status", phrases.CAPTION_STATUS, columns, rows if outcomes else ())


def themes_table(given: Given) -> tuple[Block, ...]:
    """Recommendations by primary theme: how many, and how many with information."""
    outcomes = given.records.of_kind("recommendation")
    rows = []
    for theme in order_themes(given, outcomes):
        mine = [outcome for outcome in outcomes if outcome.item.theme == theme.theme]
        informed = sum(outcome.status != NO_INFORMATION for outcome in mine)
        supported = sum(outcome.item.current_position == "supported" for outcome in mine)
        cells = [theme.theme or phrases.OTHER_THEMES, str(len(mine)), str(supported), str(informed)]
        rows.append((theme.theme, cells))
    columns = (
        TableColumn("Theme", 5),
        TableColumn("Recommendations", 2, digits=True),
        TableColumn("Supported", 1.4, digits=True),
        TableColumn("With information", 2, digits=True),
    )
    return table_block("themes", phrases.CAPTION_THEMES, columns, rows)


def definitions_table(given: Given) -> tuple[Block, ...]:
    """What each level of implementation means."""
    choices = given.schema("progress").column("status").choices
    rows = [(choice.key, [choice.label, choice.definition]) for choice in choices]
    columns = (TableColumn("Level of implementation", 2), TableColumn("Meaning", 5))
    return table_block("definitions", phrases.CAPTION_DEFINITIONS, columns, rows)


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
        numbers = number_ranges([item.number for item in items])
        informed = sum(outcome.status != NO_INFORMATION for outcome in by_goal[goal])
        shown = ", ".join(sorted(targets, key=natural_key)) or "–"
        rows.append((goal, [goal, shown, numbers, str(len(items)), str(informed)]))
    columns = (
        TableColumn("Goal", 0.8),
        TableColumn("Targets", 1.6),
        TableColumn("Recommendations", 5),
        TableColumn("Number", 1.1, digits=True),
        TableColumn("With information", 1.6, digits=True),
    )
    return table_block("goals", phrases.CAPTION_GOALS, columns, rows)


def challenges_table(given: Given) -> tuple[Block, ...]:
    """Types of challenges across the themes, with the recommendations that met them."""
    met: dict[str, list[str]] = {}
    sources: list[Source] = []
    for outcome in given.records.of_kind("recommendation"):
        for answer in outcome.answers:
            if kind := answer.text("challenge_type"):
                met.setdefault(kind, []).append(outcome.item.number)
                sources += sources_of(answer, ("challenge_type",))
    column = given.schema("progress").column("challenge_type")
    rows = [
        (choice.key, [choice.label, str(len(set(met[choice.key]))), number_ranges(met[choice.key])])
        for choice in column.choices
        if choice.key in met
    ]
    columns = (
        TableColumn("Type of challenge", 2),
        TableColumn("Recommendations", 1.9, digits=True),
        TableColumn("Numbers", 5),
    )
    return table_block("challenges", phrases.CAPTION_CHALLENGES, columns, rows, sources)


# What the register tells -------------------------------------------------------------------------------


def changes_table(given: Given) -> tuple[Block, ...]:
    """Recommendations whose position was re-decided since the review."""
    rows = [
        (
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
    columns = (
        TableColumn("Recommendation", 1.9),
        TableColumn("At the review", 1.5, fact=True),
        TableColumn("Now", 1.5, fact=True),
        TableColumn("Reason", 5),
    )
    return table_block("changes", phrases.CAPTION_CHANGES, columns, rows, sources)


def links_table(given: Given) -> tuple[Block, ...]:
    """Corresponding recommendations of other mechanisms, but those that the coordinator turned down."""
    rows = []
    links = [link for link in given.register.links if link.confirmed != "no"]
    for link in sorted(links, key=lambda link: natural_key(link.number)):
        place = ", ".join(
            part for part in (link.symbol, link.paragraph and f"para. {link.paragraph}") if part
        )
        year = f" ({link.year})" if link.year else ""
        key = f"{link.number}/{link.symbol}/{link.paragraph}"
        rows.append((key, [link.number, f"{link.mechanism}{year}", place, link.text]))
    columns = (
        TableColumn("Recommendation", 1.9),
        TableColumn("Mechanism", 2.2),
        TableColumn("Document", 2),
        TableColumn("Text", 4),
    )
    return table_block("links", phrases.CAPTION_LINKS, columns, rows)


# What agencies added -----------------------------------------------------------------------------------

Cell = Callable[[Record], str]


def _record_rows(
    records: Iterable[Record], cells: Sequence[Cell], about: str
) -> tuple[list[tuple[str, list[str]]], list[Source]]:
    """Rows of a table that agencies fill; ``about`` is the field after which a row is called."""
    rows: list[tuple[str, list[str]]] = []
    sources: list[Source] = []
    for record in records:
        rows.append((f"{record.agency}/{slug(record.text(about), 24)}", [cell(record) for cell in cells]))
        sources += sources_of(record, record.fields)
    return rows, sources


def _numbers(record: Record) -> str:
    return number_ranges([n for n in record.text("numbers").split("\n") if n]) or "–"


def _field(*names: str) -> Cell:
    """The filled ones of some fields, one a line."""
    return lambda record: "\n".join(text for name in names if (text := text_of(record.fields.get(name))))


def _period(record: Record) -> str:
    return "\n– ".join(text for name in ("start", "end") if (text := record.text(name)))


def _amount(name: str) -> Cell:
    def cell(record: Record) -> str:
        amount = text_of(record.fields.get(name))
        return (
            phrases.CURRENCY.format(amount=amount, currency=record.text("currency")).strip() if amount else ""
        )

    return cell


def _by_number(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda r: natural_key(r.text("numbers").split("\n")[0] or "~"))


def assistance_table(given: Given) -> tuple[Block, ...]:
    """Needs for technical assistance and capacity-building."""

    def kind(record: Record) -> str:
        return given.label("assistance", "kind", record.text("kind"))

    def means(record: Record) -> str:
        fund = phrases.VOLUNTARY_FUND if record.text("voluntary_fund") == "yes" else ""
        return "\n".join(part for part in (_period(record), _amount("cost")(record), fund) if part)

    cells = (_numbers, kind, _field("problem", "description"), _field("beneficiary", "result"), means)
    rows, sources = _record_rows(_by_number(given.records.tables.get("assistance", ())), cells, "description")
    columns = (
        TableColumn("Numbers", 1.7),
        TableColumn("Kind", 1.6),
        TableColumn("Need", 4),
        TableColumn("Beneficiary and expected result", 2.8),
        TableColumn("Period and rough cost", 2),
    )
    return table_block("assistance", phrases.CAPTION_ASSISTANCE, columns, rows, sources)


def plan_table(given: Given) -> tuple[Block, ...]:
    """The implementation plan: planned actions."""
    agency: Cell = lambda r: "\n".join(t for t in (given.agency(r.agency), r.text("unit")) if t)  # noqa: E731
    cells = (_numbers, _field("action"), agency, _period, _field("indicator", "target"), _amount("budget"))
    rows, sources = _record_rows(_by_number(given.records.tables.get("actions", ())), cells, "action")
    columns = (
        TableColumn("Numbers", 1.7),
        TableColumn("Action", 4),
        TableColumn("Responsible", 2.2),
        TableColumn("Period", 1.7),
        TableColumn("Indicator and target", 2.3),
        TableColumn("Budget", 1.8),
    )
    return table_block("plan", phrases.CAPTION_PLAN, columns, rows, sources)


def consultations_table(given: Given) -> tuple[Block, ...]:
    """Who was consulted, when, how and with what outcome."""
    kind: Cell = lambda r: given.label("consultations", "kind", r.text("kind"))  # noqa: E731
    cells = (_field("date"), _field("with"), kind, _field("form"), _field("outcome"))
    records = sorted(given.records.tables.get("consultations", ()), key=lambda r: r.text("date"))
    rows, sources = _record_rows(records, cells, "with")
    columns = (
        TableColumn("Date", 1.3),
        TableColumn("With", 2.4),
        TableColumn("Kind", 1.4),
        TableColumn("Form", 1.8),
        TableColumn("Outcome", 4),
    )
    return table_block("consultations", phrases.CAPTION_CONSULTATIONS, columns, rows, sources)
