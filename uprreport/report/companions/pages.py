"""What the Word companions have in common: how a page opens, periods, amounts, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uprreport.files.word.letter import Grid, Line, Page
from uprreport.language import load_language
from uprreport.model import Record
from uprreport.report import phrases
from uprreport.report.facts import facts_of
from uprreport.report.given import Given, text_of
from uprreport.text import natural_key, number_ranges

NONE = "–"


def make_page(given: Given, title: str, parts: Sequence[Line | Grid], *, landscape: bool = False) -> Page:
    """A document in the report's language, written by the State on the day that is taken as today's."""
    settings = given.settings
    return Page(
        title=f"{settings.state}: {title}",
        author=settings.state,
        language=load_language(settings.language),
        day=given.today,
        parts=parts,
        foot=f"{settings.state}: {title}",
        landscape=landscape,
    )


def opening(given: Given, title: str) -> tuple[Line, ...]:
    """The title, and below it which review this is about and what day."""
    return Line(title, "Title"), Line(review_line(given), "Strong"), Line(day_line(given), "Small"), Line("")


def review_line(given: Given) -> str:
    """``Aurenia: Universal Periodic Review, fourth cycle, 51st session``."""
    review = facts_of(given)["review"]
    session = f", {review['session']} session" if review["session"] else ""
    return f"{review['state']}: Universal Periodic Review, {review['cycle']} cycle{session}"


def day_line(given: Given) -> str:
    """From what day the information is, and where the recommendations stand."""
    symbol = given.settings.report_symbol
    of = f" Numbers are those of the recommendations in {symbol}." if symbol else ""
    return f"Information as of {facts_of(given)['report']['today']}.{of}"


def numbers_of(record: Record) -> tuple[str, ...]:
    """The recommendations that a row of a table is about."""
    return tuple(number for number in record.text("numbers").split("\n") if number)


def ranges_of(record: Record) -> str:
    """The same as UN documents cite them; a dash for none."""
    return number_ranges(numbers_of(record)) or NONE


def by_number(records: Iterable[Record]) -> list[Record]:
    """Rows in the order of their first numbers; those without any are last."""
    return sorted(records, key=lambda r: natural_key((numbers_of(r) or ("~",))[0]))


def period_of(record: Record) -> str:
    """``2026-09-01 – 2027-02-28``; from or until, where only one is given."""
    start, end = record.text("start"), record.text("end")
    if start and end:
        return f"{start} – {end}"
    return f"from {start}" if start else end and f"until {end}"


def amount_of(record: Record, name: str) -> str:
    """``45,000 USD``; empty for none."""
    amount = text_of(record.fields.get(name))
    return phrases.CURRENCY.format(amount=amount, currency=record.text("currency")).strip() if amount else ""
