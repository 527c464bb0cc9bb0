"""The first page of a progress sheet: who, what, by when, what each choice means, an example, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from uprreport.collect.computed import COMPLETE, STILL_MISSING
from uprreport.files.excel.workbook import Count, Example, Passage, TextTab
from uprreport.language import Language, label, listed, phrase
from uprreport.model import Agency
from uprreport.review import Contact, Settings
from uprreport.schema import TabSchema

TITLE = phrase("Instructions")


def instructions(
    settings: Settings, agency: Agency, progress: TabSchema, told: list[str], language: Language
) -> TextTab:
    """The page in a language.

    ``progress`` is in that language already; ``told`` are the values of its rows in the column that says what
    is still missing.
    """
    page = _Page(language)
    passages = [
        page.passage("title", phrase("Progress sheet: {agency}", agency=agency.called(language.code))),
        *page.opening(settings),
        *(page.counts(told) if told else ()),
        *page.steps(),
        *page.choices(progress, "status"),
        *page.choices(progress, "publication"),
        *page.blank_publication(settings, progress),
        *page.example(progress),
        page.passage("heading", phrase("Whom to ask")),
        page.passage("text", whom_to_ask(settings.coordinator)),
    ]
    return TextTab(title=language(TITLE), passages=passages, protected=True)


def whom_to_ask(contact: Contact) -> str:
    """The coordinator by name and address, as far as ``review.toml`` gives them."""
    told = [part for part in (contact.name, contact.post, *reached_by(contact)) if part]
    if not told:
        return phrase("The coordinator who sent you this sheet; please answer to the same address.")
    return phrase("The coordinator who sent you this sheet: {contact}", contact=listed(told))


def reached_by(contact: Contact) -> list[str]:
    """E-mail and telephone, each with its name; nothing for what is not known."""
    told: list[str] = []
    if contact.email:
        told.append(phrase("E-mail: {address}", address=contact.email))
    if contact.phone:
        told.append(phrase("Telephone: {number}", number=contact.phone))
    return told


class _Page:
    """The parts of the page in one language."""

    def __init__(self, language: Language) -> None:
        self._told = language

    def passage(self, style: str, text: str, term: str = "") -> Passage:
        return Passage(style, self._told(text), self._told(term))  # type: ignore[arg-type]

    def opening(self, settings: Settings) -> Iterator[Passage]:
        purpose = phrase(
            "{state} reports at mid-term on what became of the recommendations of the Universal Periodic "
            "Review (cycle {cycle}). This workbook holds what was assigned to you.",
            state=settings.state,
            cycle=str(settings.cycle),
        )
        yield self.passage("text", purpose)
        if settings.sheets_due:
            due = phrase("Please send it back by {date}.", date=self._told.day(settings.sheets_due))
            yield self.passage("text", due)
        if settings.period_start and settings.cut_off:
            first, last = (self._told.day(day) for day in (settings.period_start, settings.cut_off))
            period = phrase("Please report what was done from {first} to {last}.", first=first, last=last)
            yield self.passage("text", period)
        yield self.passage(
            "text",
            phrase(
                "Your focal point fills it in; the head of the agency, or whom the head names, approves it "
                "on the tab Cover. What you write is printed in the report, once it may be published."
            ),
        )

    def counts(self, told: list[str]) -> Iterator[Passage | Count]:
        done = self._told(COMPLETE)
        complete = told.count(done)
        heading = self._told(STILL_MISSING)
        yield self.passage("heading", phrase("Where you stand"))
        yield Count(self._told(phrase("Rows that are complete")), "progress", heading, done, complete)
        yield Count(
            self._told(phrase("Rows in which something is missing")),
            "progress",
            heading,
            f"<>{done}",
            len(told) - complete,
        )
        yield self.passage(
            "text",
            phrase(
                "The column Still missing on the tab Progress says what each row needs. The counts change "
                "while you type; they need no macros."
            ),
        )

    def steps(self) -> Iterator[Passage]:
        yield self.passage("heading", phrase("How to fill it in"))
        for term, text in _STEPS:
            yield self.passage("item", text, term)

    def choices(self, progress: TabSchema, name: str) -> Iterator[Passage]:
        """The definitions of a list, where a review's own schema has its column."""
        for column in (column for column in progress.columns if column.name == name):
            yield Passage("heading", column.title)
            yield from (Passage("item", choice.definition, choice.label) for choice in column.choices)

    def blank_publication(self, settings: Settings, progress: TabSchema) -> Iterator[Passage]:
        """What a blank means, by the review's settings."""
        for column in (column for column in progress.columns if column.name == "publication"):
            choice = column.label(settings.publication)
            told = phrase(
                "If this stays blank in a row and on the tab Cover, it means: {choice}.", choice=choice
            )
            yield self.passage("item", told)

    def example(self, progress: TabSchema) -> Iterator[Passage | Example]:
        yield self.passage("heading", phrase("An example of a filled row"))
        cells = {
            "number": ("140.7", 1),
            "status": (_label(progress, "status", "in progress"), 2),
            "measures": (self._told(_MEASURES), 4),
            "legal_act": (self._told(phrase("Order No. 12 of 8 January 2025")), 2),
            "next_steps": (self._told(phrase("Open the three remaining centres by November 2026.")), 3),
        }
        known = {column.name: column.title for column in progress.columns if column.name in cells}
        chosen = [cells[name] for name in known]
        yield Example(list(known.values()), [text for text, _ in chosen], [span for _, span in chosen])


def _label(progress: TabSchema, name: str, key: str) -> str:
    return next((column.label(key) for column in progress.columns if column.name == name), "")


_MEASURES = phrase(
    "The ministry opened two of five planned advice centres in March 2025; 412 people used them."
)

_LONG_TEXTS = phrase(
    "The number beside a text counts its words and tells the limit; ▲ marks a text that is too long."
)

_STEPS = (
    (
        label("Cover"),
        phrase("Say who filled in the sheet, and who approved it and when."),
    ),
    (
        label("Progress"),
        phrase(
            "One row for each recommendation, pledge or observation. Grey cells are filled in already and "
            "locked. Choose a status, and describe the measures: who did what, when, with what result."
        ),
    ),
    (label("Assistance"), phrase("If a row says that assistance is needed, describe the need here.")),
    (label("Actions"), phrase("What you plan to do next: the implementation plan.")),
    (label("Practices"), phrase("What worked well and may help other States.")),
    (label("Consultations"), phrase("Whom you consulted, how, and what came of it.")),
    (
        phrase("Pasting text"),
        phrase(
            "Double-click the cell first, then paste. Otherwise text from Word is spread over the rows "
            "below, a paragraph in each."
        ),
    ),
    (phrase("Long texts"), _LONG_TEXTS),
    (phrase("Numbers"), phrase("Do not change the numbers of the rows: 140.10 is not 140.1.")),
    (phrase("Dates"), phrase("Year-month-day, for example 2025-03-31.")),
    (
        phrase("Blank cells"),
        phrase("Leave blank what you cannot answer yet, and send it later: only what is new is taken."),
    ),
)
