"""What the Word companions have in common: how a page opens, periods, amounts, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uprreport.files.word.letter import Grid, Line, Page
from uprreport.language import phrase
from uprreport.model import Record
from uprreport.report.facts import cycle_of
from uprreport.report.given import Given
from uprreport.report.locales import show_ordinal
from uprreport.text import natural_key

NONE = "–"
REVIEW = phrase("{state}: Universal Periodic Review, {cycle} cycle")
REVIEW_SESSION = phrase("{state}: Universal Periodic Review, {cycle} cycle, {session} session")
AS_OF = phrase("Information as of {day}.")
AS_OF_SYMBOL = phrase("Information as of {day}. Numbers are those of the recommendations in {symbol}.")
FROM = phrase("from {day}")
UNTIL = phrase("until {day}")


def make_page(given: Given, title: str, parts: Sequence[Line | Grid], *, landscape: bool = False) -> Page:
    """A document in the report's language, written by the State on the day that is taken as today's."""
    settings = given.settings
    headed = f"{settings.state}: {given.say(title)}"
    return Page(
        title=headed,
        author=settings.state,
        language=given.language,
        day=given.today,
        parts=parts,
        foot=headed,
        landscape=landscape,
    )


def opening(given: Given, title: str) -> tuple[Line, ...]:
    """The title, and below it which review this is about and what day."""
    about = Line(review_line(given), "Strong"), Line(day_line(given), "Small")
    return Line(given.say(title), "Title"), *about, Line("")


def review_line(given: Given) -> str:
    """``Aurenia: Universal Periodic Review, fourth cycle, 51st session``."""
    settings = given.settings
    told = {"state": settings.state, "cycle": cycle_of(given)}
    if settings.session is None:
        return given.say(REVIEW, **told)
    return given.say(REVIEW_SESSION, **told, session=show_ordinal(settings.session, settings.language))


def day_line(given: Given) -> str:
    """From what day the information is, and where the recommendations stand.

    That day is never later than the report's cut-off date, nor than today.
    """
    last = min(day for day in (given.settings.cut_off, given.today) if day)
    symbol, day = given.settings.report_symbol, given.show(last)
    return given.say(AS_OF_SYMBOL, day=day, symbol=symbol) if symbol else given.say(AS_OF, day=day)


def numbers_of(record: Record) -> tuple[str, ...]:
    """The recommendations that a row of a table is about."""
    return tuple(number for number in record.text("numbers").split("\n") if number)


def ranges_of(given: Given, record: Record) -> str:
    """The same as UN documents cite them; a dash for none."""
    return given.ranges(numbers_of(record)) or NONE


def by_number(records: Iterable[Record]) -> list[Record]:
    """Rows in the order of their first numbers; those without any are last."""
    return sorted(records, key=lambda r: natural_key((numbers_of(r) or ("~",))[0]))


def period_of(given: Given, record: Record) -> str:
    """``1 September 2026 – 28 February 2027``; from or until, where only one is given."""
    start, end = (given.show(record.fields.get(name)) for name in ("start", "end"))
    if start and end:
        return f"{start} – {end}"
    return given.say(FROM, day=start) if start else end and given.say(UNTIL, day=end)
