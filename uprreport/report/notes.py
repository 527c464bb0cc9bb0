"""The notes of the report: which recommendations a passage answers, and the acts and links behind it.

National reports under the review cite recommendations in endnotes, by the symbol of the Working Group's
report and the numbers of its paragraphs; acts and links stand in footnotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from uprreport.model import Note, Paragraph, Record, note_of
from uprreport.report import phrases
from uprreport.report.given import Given
from uprreport.report.tongues import of_answers

EVIDENCE = ("legal_act", "link")
"""The cells of an answer that its footnote prints."""


def cited(given: Given, numbers: Sequence[str], key: str = "numbers") -> tuple[Note, ...]:
    """The endnote with numbers of recommendations as ranges, under the symbol of the report that has them."""
    if not numbers:
        return ()
    symbol, told = given.settings.report_symbol, given.ranges(numbers)
    if symbol:
        form = phrases.NOTE_PARAGRAPHS if len(numbers) > 1 else phrases.NOTE_PARAGRAPH
        text = given.say(form, symbol=symbol, numbers=told)
    else:
        form = phrases.REFERENCE if len(numbers) > 1 else phrases.REFERENCE_ONE
        text = given.say(form, numbers=told)
    return (Note("endnote", key, text),)


def front_notes(given: Given) -> Mapping[str, str]:
    """The endnotes that a template may set in its own text: the Working Group's report, and the document in
    which the positions stand: the addendum, or else the paragraphs of that report.

    Both come early, one after the other: LibreOffice 7.4 mixes up the notes of a document when a comment
    follows right after the first one.
    """
    report, addendum = given.settings.report_symbol, given.settings.addendum_symbol
    numbers = [outcome.item.number for outcome in given.records.of_kind("recommendation")]
    listed = "".join(note.text for note in cited(given, numbers)) if report else ""
    return {
        "report": note_of(f"{report}." if report else ""),
        "positions": note_of(f"{addendum}." if addendum else listed),
    }


def acts(given: Given, answers: Sequence[Record], key: str = "acts") -> tuple[Note, ...]:
    """The footnote with the acts and links of some answers, each once; none where they name nothing."""
    told = dict.fromkeys(line for answer in answers for line in evidence_of(answer))
    foreign = of_answers(given, answers, ("legal_act",))
    return (Note("footnote", key, "; ".join(told), foreign),) if told else ()


def evidence_of(answer: Record) -> Iterator[str]:
    """The acts and links of one answer, a line each, without what would end a sentence."""
    for name in EVIDENCE:
        lines = (line.strip().rstrip(";") for line in answer.text(name).split("\n"))
        yield from (line for line in lines if line)


def noted(paragraphs: Sequence[Paragraph], *notes: tuple[Note, ...]) -> tuple[Paragraph, ...]:
    """Paragraphs with notes on the first of them that is an answer's own: the one that has a number."""
    told = tuple(note for several in notes for note in several)
    at = next((i for i, paragraph in enumerate(paragraphs) if paragraph.look == "numbered"), None)
    if at is None or not told:
        return tuple(paragraphs)
    return (*paragraphs[:at], replace(paragraphs[at], notes=told), *paragraphs[at + 1 :])
