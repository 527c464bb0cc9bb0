"""An agency's answers as a paper to be signed, in its language: every answer, then who signs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from uprreport.collect.expected import FREE_TABLES, Expected
from uprreport.collect.signing import UNSIGNED, sums_of
from uprreport.files.word.letter import Grid, Line, Page
from uprreport.language import Language, label, phrase
from uprreport.model import Agency, Cells, Filled
from uprreport.schema import Column, TabSchema, localise
from uprreport.values import as_text

SIGN = (phrase("Name"), phrase("Post"), phrase("Date"), phrase("Signature"))


def sign_page(expected: Expected, agency: Agency, filled: Filled, code: str, language: Language) -> Page:
    """The paper; ``code`` is what is typed when it was signed. It holds no remark to the coordinator."""
    name = label(agency.called(language.code))
    title = phrase("Answers of {agency}, for signature", agency=name)
    settings = expected.settings
    about = phrase(
        "Universal Periodic Review of {state}, cycle {cycle}, mid-term report; round {round}, {date}",
        state=settings.state,
        cycle=str(settings.cycle),
        round=str(settings.round),
        date=language.day(expected.today),
    )
    signed = sums_of(filled)
    why = phrase(
        "These are all answers of {agency} as they will be used. Whoever signs approves them as they stand "
        "here.",
        agency=name,
    )
    parts: list[Line | Grid] = [Line(language(title), "Title"), Line(language(about)), Line(language(why))]
    parts += _answers(expected, filled, language)
    parts += _tables(expected, filled, language)
    missing = [i.number for i in expected.register.assigned_to(agency.id) if i.number not in signed]
    if missing:
        without = phrase("Without an answer: {numbers}", numbers=", ".join(missing))
        parts += [Line("", "Small"), Line(language(without))]
    parts += _signature(code, language)
    foot = language(phrase("{agency}: answers {code}", agency=name, code=code))
    return Page(language(title), settings.state, language, expected.today, parts, foot)


def _answers(expected: Expected, filled: Filled, language: Language) -> Iterator[Line | Grid]:
    schema = localise(expected.schema("progress"), language)
    signed = sums_of(filled)
    for item in expected.register.items:
        if item.number in signed and item.number in filled.progress:
            yield Line(item.number, "Heading2")
            yield Line((item.text_local if language.code != "en" else "") or item.text, keep=True)
            yield _grid(schema, filled.progress[item.number], language)


def _tables(expected: Expected, filled: Filled, language: Language) -> Iterator[Line | Grid]:
    for name in FREE_TABLES:
        schema = localise(expected.schema(name), language)
        for index, cells in enumerate(filled.tables.get(name, ())):
            yield Line(schema.title, "Heading1") if not index else Line("", "Small")
            yield _grid(schema, cells, language)


def _grid(schema: TabSchema, cells: Cells, language: Language) -> Grid:
    shown = (c for c in schema.columns if c.name in cells and c.name not in UNSIGNED)
    return Grid([(column.title, _told(column, cells[column.name], language)) for column in shown], (28, 72))


def _told(column: Column, value: object, language: Language) -> str:
    if isinstance(value, datetime.date):
        return language.day(value)
    if isinstance(value, (str, tuple)):
        return as_text(column.show(value))
    return as_text(value)


def _signature(code: str, language: Language) -> Iterator[Line | Grid]:
    yield Line(language(phrase("Approval")), "Heading1")
    yield Line(language(phrase("Code of these answers: {code}", code=code)), "Strong", keep=True)
    yield Grid([(language(text), "") for text in SIGN], (28, 72), 560, keep=True)
    yield Line("", "Small", keep=True)
    told = phrase(
        "When it is signed, fill in Approved by and Approved on, on the tab Cover of your sheet, and type "
        "the code into Letter of approval. Send the sheet back with this paper. The code tells which answers "
        "were signed; if any of them changes, they are signed again."
    )
    yield Line(language(told))
