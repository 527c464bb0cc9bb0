"""Good practices, each on a page of its own, as repositories of good practices ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from uprreport.files.word.letter import Grid, Line, Page
from uprreport.language import phrase
from uprreport.model import Record
from uprreport.report import phrases
from uprreport.report.companions.listing import reference
from uprreport.report.companions.pages import (
    NONE,
    by_number,
    day_line,
    make_page,
    numbers_of,
    period_of,
    ranges_of,
    review_line,
)
from uprreport.report.companions.vnr import goal_title
from uprreport.report.given import Given
from uprreport.text import natural_key, words

TITLE = phrase("Good practices")
NOTHING = phrase("No good practice has been reported.")

FITS = 420
"""Words that one page holds for certain, with headings and labels."""


def practices_page(given: Given) -> Page:
    """The practices as a document, each beginning a page."""
    parts: list[Line | Grid] = []
    for index, record in enumerate(_practices(given)):
        parts += [
            Line(review_line(given), "Small", new_page=index > 0),
            Line(record.text("title") or given.say(TITLE), "Title"),
            Line(given.agency(record.agency), "Strong"),
            Grid(list(_rows(given, record)), (3, 9)),
            Line(""),
            Line(day_line(given), "Small"),
        ]
    return make_page(given, TITLE, parts or [Line(given.say(TITLE), "Title"), Line(given.say(NOTHING))])


def long_practices(given: Given) -> tuple[str, ...]:
    """The titles of those that may take more than a page: nothing is cut."""
    return tuple(
        record.text("title")
        for record in _practices(given)
        if sum(words(text) for _, text in _rows(given, record)) > FITS
    )


def _practices(given: Given) -> list[Record]:
    return by_number(given.records.tables.get("practices", ()))


def _rows(given: Given, record: Record) -> Iterator[tuple[str, str]]:
    about = (
        (phrase("Challenge"), record.text("challenge")),
        (phrase("What was done"), record.text("practice")),
        (phrase("Result"), record.text("result")),
        (phrase("What made it work"), record.text("factors")),
        (phrase("Who took part"), record.text("actors")),
        (phrases.COLUMN_PERIOD, period_of(given, record)),
        (phrases.COLUMN_RECOMMENDATIONS, _cited(given, record)),
        (phrase("Goals"), _goals(given, record)),
    )
    yield from ((given.say(label), text or NONE) for label, text in about)
    if link := record.text("link"):
        yield given.say(phrase("Link")), link


def _cited(given: Given, record: Record) -> str:
    numbers = numbers_of(record)
    if not numbers:
        return ""
    return reference(given, ranges_of(given, record), several=len(numbers) > 1)


def _goals(given: Given, record: Record) -> str:
    mine = set(numbers_of(record))
    goals = {goal for item in given.register.items if item.number in mine for goal in item.sdgs}
    return "\n".join(goal_title(given, goal) for goal in sorted(goals, key=natural_key))
