"""Covering letters: what an agency is told beside its sheet, in its language. A letter holds no answers."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from uprreport.collect.expected import Expected
from uprreport.collect.instructions import reached_by
from uprreport.files.word.letter import Line, Page
from uprreport.language import Language, label, listed, phrase
from uprreport.model import Agency
from uprreport.review import Contact

Kind = Literal["first", "reminder", "partial", "filled", "corrections"]
"""A blank sheet for the first time, again because nothing came back, one with the answers so far because rows
lack an answer or because the agency asked for it, or one in which what was found is marked.
"""


@dataclass(frozen=True, slots=True)
class Missing:
    """How many of an agency's rows lack an answer, of how many, and which: a line for each topic."""

    rows: int = 0
    of: int = 0
    topics: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a letter is written: its kind, the names of the sheets, when one was sent before.

    Where something came back: the names of those files, how much in them is to be corrected and looked at,
    and which rows lack an answer.
    """

    kind: Kind
    sheets: Sequence[str]
    sent_on: datetime.date | None = None
    came: Sequence[str] = ()
    found: tuple[int, int] = (0, 0)
    missing: Missing = field(default_factory=Missing)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in its agency's language: the subject, then the paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The letter as the text of a message."""
        return "\n\n".join(self.paragraphs) + "\n"


def letter_to(expected: Expected, agency: Agency, occasion: Occasion, language: Language) -> Letter:
    """What an agency is told; the first paragraph opens the letter, the last closes it."""
    settings, name = expected.settings, label(agency.called(language.code))
    subject = phrase("Universal Periodic Review: progress sheet of {agency}", agency=name)
    if occasion.kind in ("reminder", "partial"):
        subject = phrase("Reminder: progress sheet of {agency}", agency=name)
    told: list[str] = [phrase("Dear colleagues,")]
    if occasion.kind == "corrections":
        subject = phrase("Corrections: progress sheet of {agency}", agency=name)
        told += [_thanks(occasion), *_corrections(occasion), *_missing(occasion)]
    elif occasion.kind == "partial":
        told += [_thanks(occasion), *_missing(occasion), *_completing(occasion)]
    else:
        count = str(len(expected.register.assigned_to(agency.id)))
        told += [_about(settings.state, str(settings.cycle), name, count), *_why(occasion, language)]
    told += [*_due(expected, language), *_asked(occasion)]
    told += [
        phrase("Attached: {files}", files=listed(occasion.sheets)),
        _closing(settings.coordinator),
    ]
    return Letter(language(subject), tuple(language(paragraph) for paragraph in told))


def _closing(contact: Contact) -> str:
    """The end of a letter: the coordinator by name, as far as ``review.toml`` names one."""
    lines = [contact.name, contact.post]
    if not contact.name:
        lines.insert(0, phrase("The coordinator of the mid-term report"))
    lines += reached_by(contact)
    closing: str = phrase("With kind regards,")
    for line in filter(None, lines):
        closing = phrase("{lines}\n{line}", lines=closing, line=line)
    return closing


def _thanks(occasion: Occasion) -> str:
    return phrase("Thank you for your progress sheet: {files}.", files=listed(occasion.came))


def _missing(occasion: Occasion) -> list[str]:
    """The rows without an answer, by topic and number; nothing where each row has one."""
    missing = occasion.missing
    if not missing.rows:
        return []
    topics = "\n".join(missing.topics)
    return [
        phrase(
            "The following rows have no answer yet ({rows} of {all}):\n{topics}",
            rows=str(missing.rows), all=str(missing.of), topics=topics,
        )
    ]  # fmt: skip


def _completing(occasion: Occasion) -> list[str]:
    """What to do with one's own filled sheet; with findings in it, they are marked."""
    if any(occasion.found):
        return _corrections(occasion)
    return [
        phrase(
            "The attached workbook holds your answers as you sent them. Please complete it and send it back: "
            "nothing need be typed again."
        )
    ]


def _corrections(occasion: Occasion) -> list[str]:
    errors, warnings = occasion.found
    return [
        phrase(
            "Some cells in it must be corrected before they can be used, or need a second look. To be "
            "corrected: {errors}. To be looked at: {warnings}.",
            errors=str(errors),
            warnings=str(warnings),
        ),
        phrase(
            "The attached workbook holds your answers as you sent them. Its page Findings lists each cell "
            "and says what to do; the cells are coloured and have a note. Please correct them there and send "
            "that workbook back: nothing else need be typed again."
        ),
    ]


def _due(expected: Expected, language: Language) -> list[str]:
    due = expected.settings.sheets_due
    if due is None:
        return []
    if due >= expected.today:
        return [phrase("Please send it back by {date}.", date=language.day(due))]
    return [phrase("It was due on {date}. Please send it back as soon as you can.", date=language.day(due))]


def _asked(occasion: Occasion) -> list[str]:
    told: list[str] = [
        phrase(
            "Please leave tabs, columns and numbers as they are: by them each answer is found again. The "
            "file may have any name."
        ),
        phrase("Please say on the tab Cover who approved the answers, and when."),
    ]
    if occasion.kind in ("corrections", "partial"):
        return told
    return [
        phrase(
            "Fill in the tabs Cover and Progress, and the other tabs where you have something to add. "
            "The tab Instructions explains each step."
        ),
        *told,
    ]


def _about(state: str, cycle: str, name: str, count: str) -> str:
    return phrase(
        "{state} reports at mid-term on the recommendations of the Universal Periodic Review "
        "(cycle {cycle}). Recommendations, pledges and observations that {agency} answers: {count}.",
        state=state, cycle=cycle, agency=name, count=count,
    )  # fmt: skip


def _why(occasion: Occasion, language: Language) -> list[str]:
    told: list[str] = []
    if occasion.kind == "reminder" and occasion.sent_on:
        day = language.day(occasion.sent_on)
        told.append(phrase("The sheet that was sent to you on {date} has not come back yet.", date=day))
    elif occasion.kind == "reminder":
        told.append(phrase("The sheet that was sent to you has not come back yet."))
    elif occasion.kind == "filled":
        told.append(
            phrase(
                "Your answers so far are filled in. Please correct and complete them in this file: what you "
                "send back takes their place."
            )
        )
    if len(occasion.sheets) > 1:
        told.append(
            phrase(
                "There is one file for each of your departments. They can be filled in side by side and sent "
                "back one by one."
            )
        )
    return told


def letter_page(letter: Letter, agency: Agency, day: datetime.date, language: Language, author: str) -> Page:
    """The letter as a page: date, addressee, subject, text."""
    opening = [Line(language.day(day))]
    opening += [Line(told) for told in (agency.focal_point, agency.called(language.code)) if told]
    parts = [*opening, Line(letter.subject, "Title"), *(Line(told) for told in letter.paragraphs)]
    return Page(letter.subject, author, language, day, parts)
