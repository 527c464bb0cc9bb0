"""Request for assistance to the Voluntary Fund for UPR Implementation: the needs that agencies described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uprreport.files.word.letter import Grid, Line, Page
from uprreport.language import phrase
from uprreport.model import Record
from uprreport.report import phrases
from uprreport.report.companions.pages import (
    NONE,
    by_number,
    make_page,
    numbers_of,
    opening,
    period_of,
    ranges_of,
)
from uprreport.report.given import Given

TITLE = phrase("Request for technical assistance and capacity-building")
TO = phrase("To the Voluntary Fund for UPR Implementation")
OTHERS = phrase("Other needs, which are not put to the Fund")
NOTHING = phrase("No need for assistance has been reported for the Fund.")
OVERVIEW = phrase("Overview")
OTHER_KIND = phrase("Other")
NOT_ESTIMATED = phrase("not estimated: {count}")
COST = phrase("Rough cost")
ASKED_FOR = phrase("What is asked for")
PARTNER = phrase("Partner")


def assistance_page(given: Given) -> Page:
    """The request as a document: an overview, the needs by kind, and those for which others are asked."""
    asked, others = split_needs(given)
    parts: list[Line | Grid] = [*opening(given, TITLE), Line(given.say(TO), "Strong")]
    if asked:
        parts += [Line(given.say(OVERVIEW), "Heading1"), _overview(given, asked)]
    else:
        parts.append(Line(given.say(NOTHING)))
    number = 0
    for kind in _kinds(given, asked):
        parts.append(Line(_kind(given, kind), "Heading1"))
        for record in (record for record in asked if record.text("kind") == kind):
            number += 1
            who = given.agency(record.agency)
            parts.append(Line(f"{number}. {ranges_of(given, record)}: {who}", "Heading2", keep=True))
            parts.append(Grid(list(_rows(given, record)), (3, 8)))
    if others:
        parts += [Line(given.say(OTHERS), "Heading1"), _others(given, others)]
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
    return given.label("assistance", "kind", key) if key else given.say(OTHER_KIND)


def _rows(given: Given, record: Record) -> Iterator[tuple[str, str]]:
    """Labels and what was answered; what a fund must know has a dash where it is missing."""
    items = {item.number: given.wording(item) for item in given.register.items}
    texts = "\n".join(f"{number} {items.get(number, '')}".strip() for number in numbers_of(record))
    needed = (
        (phrases.COLUMN_RECOMMENDATIONS, texts),
        (phrase("Problem"), record.text("problem")),
        (ASKED_FOR, record.text("description")),
        (phrase("Beneficiary"), record.text("beneficiary")),
        (phrase("Expected result"), record.text("result")),
        (phrases.COLUMN_PERIOD, period_of(given, record)),
        (COST, given.amount(record, "cost")),
        (phrase("Own contribution"), record.text("own_contribution")),
        (PARTNER, record.text("partner")),
    )
    yield from ((given.say(label), text or NONE) for label, text in needed)
    further = ((phrase("Contacts already made"), "contacts_made"), (phrase("Contact"), "contact"))
    yield from ((given.say(label), record.text(name)) for label, name in further if record.text(name))


def _overview(given: Given, records: Sequence[Record]) -> Grid:
    say = given.say
    rows = [(say(phrases.COLUMN_KIND), say(phrase("Needs")), say(COST))]
    for kind in _kinds(given, records):
        mine = [record for record in records if record.text("kind") == kind]
        rows.append((_kind(given, kind), str(len(mine)), costs(given, mine)))
    rows.append((say(phrases.TOTAL), str(len(records)), costs(given, records)))
    return Grid(rows, (5, 2, 5), head=True)


def costs(given: Given, records: Sequence[Record]) -> str:
    """The sum in each currency, one a line, and how many needs have no cost."""
    sums: dict[str, float] = {}
    for record in records:
        cost = record.fields.get("cost")
        if isinstance(cost, (int, float)):
            currency = record.text("currency")
            sums[currency] = sums.get(currency, 0) + cost
    unknown = sum(not isinstance(record.fields.get("cost"), (int, float)) for record in records)
    lines = [
        given.say(phrases.CURRENCY, amount=given.show(total), currency=currency).strip()
        for currency, total in sorted(sums.items())
    ]
    return "\n".join([*lines, *([given.say(NOT_ESTIMATED, count=str(unknown))] if unknown else [])])


def _others(given: Given, records: Sequence[Record]) -> Grid:
    head = (phrases.COLUMN_NUMBERS, phrases.COLUMN_KIND, ASKED_FOR, PARTNER, COST)
    rows = [tuple(given.say(heading) for heading in head)]
    rows += [
        (
            ranges_of(given, record),
            _kind(given, record.text("kind")),
            record.text("description") or record.text("problem") or NONE,
            record.text("partner") or NONE,
            given.amount(record, "cost") or NONE,
        )
        for record in records
    ]
    return Grid(rows, (5, 4, 11, 4, 4), head=True)
