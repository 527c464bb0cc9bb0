"""Request for assistance to the Voluntary Fund for UPR Implementation: the needs that agencies described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uprreport.files.word.letter import Grid, Line, Page
from uprreport.model import Record
from uprreport.report.companions.pages import (
    NONE,
    amount_of,
    by_number,
    make_page,
    numbers_of,
    opening,
    period_of,
    ranges_of,
)
from uprreport.report.given import Given

TITLE = "Request for technical assistance and capacity-building"
TO = "To the Voluntary Fund for UPR Implementation"
OTHERS = "Other needs, which are not put to the Fund"
NOTHING = "No need for assistance has been reported for the Fund."


def assistance_page(given: Given) -> Page:
    """The request as a document: an overview, the needs by kind, and those for which others are asked."""
    asked, others = split_needs(given)
    parts: list[Line | Grid] = [*opening(given, TITLE), Line(TO, "Strong")]
    parts += [Line("Overview", "Heading1"), _overview(given, asked)] if asked else [Line(NOTHING)]
    number = 0
    for kind in _kinds(given, asked):
        parts.append(Line(_kind(given, kind), "Heading1"))
        for record in (record for record in asked if record.text("kind") == kind):
            number += 1
            who = given.agency(record.agency)
            parts.append(Line(f"{number}. {ranges_of(record)}: {who}", "Heading2", keep=True))
            parts.append(Grid(list(_rows(given, record)), (3, 8)))
    if others:
        parts += [Line(OTHERS, "Heading1"), _others(given, others)]
    return make_page(given, TITLE, parts)


def split_needs(given: Given) -> tuple[list[Record], list[Record]]:
    """The needs that may be put to the Fund, and those for which it is not to be asked."""
    records = by_number(given.records.tables.get("assistance", ()))
    others = [record for record in records if record.text("voluntary_fund") == "no"]
    return [record for record in records if record not in others], others


def _kinds(given: Given, records: Sequence[Record]) -> list[str]:
    """The kinds in use, in the order of the list; needs without a kind are last."""
    listed = [choice.key for choice in given.schema("assistance").column("kind").choices]
    used = {record.text("kind") for record in records}
    return [*(key for key in listed if key in used), *sorted(used - set(listed))]


def _kind(given: Given, key: str) -> str:
    return given.label("assistance", "kind", key) if key else "Other"


def _rows(given: Given, record: Record) -> Iterator[tuple[str, str]]:
    """Labels and what was answered; what a fund must know has a dash where it is missing."""
    items = {item.number: item.text for item in given.register.items}
    texts = "\n".join(f"{number} {items.get(number, '')}".strip() for number in numbers_of(record))
    needed = (
        ("Recommendations", texts),
        ("Problem", record.text("problem")),
        ("What is asked for", record.text("description")),
        ("Beneficiary", record.text("beneficiary")),
        ("Expected result", record.text("result")),
        ("Period", period_of(record)),
        ("Rough cost", amount_of(record, "cost")),
        ("Own contribution", record.text("own_contribution")),
        ("Partner", record.text("partner")),
    )
    yield from ((label, text or NONE) for label, text in needed)
    further = (("Contacts already made", "contacts_made"), ("Contact", "contact"))
    yield from ((label, record.text(name)) for label, name in further if record.text(name))


def _overview(given: Given, records: Sequence[Record]) -> Grid:
    rows = [("Kind", "Needs", "Rough cost")]
    for kind in _kinds(given, records):
        mine = [record for record in records if record.text("kind") == kind]
        rows.append((_kind(given, kind), str(len(mine)), costs(mine)))
    rows.append(("Total", str(len(records)), costs(records)))
    return Grid(rows, (5, 2, 5), head=True)


def costs(records: Sequence[Record]) -> str:
    """The sum in each currency, one a line, and how many needs have no cost."""
    sums: dict[str, float] = {}
    for record in records:
        cost = record.fields.get("cost")
        if isinstance(cost, (int, float)):
            currency = record.text("currency")
            sums[currency] = sums.get(currency, 0) + cost
    unknown = sum(not isinstance(record.fields.get("cost"), (int, float)) for record in records)
    lines = [f"{total:,} {currency}".strip() for currency, total in sorted(sums.items())]
    return "\n".join([*lines, *([f"not estimated: {unknown}"] if unknown else [])])


def _others(given: Given, records: Sequence[Record]) -> Grid:
    rows = [("Numbers", "Kind", "What is asked for", "Partner", "Rough cost")]
    rows += [
        (
            ranges_of(record),
            _kind(given, record.text("kind")),
            record.text("description") or record.text("problem") or NONE,
            record.text("partner") or NONE,
            amount_of(record, "cost") or NONE,
        )
        for record in records
    ]
    return Grid(rows, (5, 4, 11, 4, 4), head=True)
