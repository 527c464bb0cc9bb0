"""What of a block stands in another language than the report's.

Agencies answer in the language of their sheet. The matrix is English: so are recommendations, States, themes
and groups of persons, unless the register has them otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uprreport.language import code_of
from uprreport.model import Foreign, Recommendation, Record
from uprreport.report import phrases
from uprreport.report.given import Given

_ENGLISH = "en"


def of_answers(given: Given, records: Iterable[Record], fields: Iterable[str] = ()) -> Foreign:
    """The texts that agencies typed in another language; of all fields where none are named."""
    names = tuple(fields)
    found = (
        (line, language)
        for record in records
        for name in names or record.fields
        if (language := _language_of(given, record, name))
        for line in _lines(record.text(name))
    )
    return tuple(dict.fromkeys(found))


def _language_of(given: Given, record: Record, field: str) -> str:
    """The language in which a field was typed, where it is another than the report's."""
    language = next((source.language for source in record.sources if source.field == field), "")
    return "" if code_of(language) == code_of(given.settings.language) else language


def of_item(given: Given, item: Recommendation) -> Foreign:
    """The text of a recommendation as the report prints it, and its States, themes and groups of persons."""
    named = of_register(given, (*item.recommending_states, *item.themes, *item.persons))
    if item.kind != "recommendation":  # the coordinator typed it
        return (*of_register(given, (item.text,)), *named)
    if given.settings.language == _ENGLISH or given.wording(item) != item.text:
        return named
    return (*((line, _ENGLISH) for line in _lines(item.text)), *named)


def of_register(given: Given, texts: Iterable[str]) -> Foreign:
    """Texts that come from English lists, but may have been typed anew: English as long as its letters do."""
    if code_of(given.settings.language) == _ENGLISH:
        return ()
    return tuple((line, _ENGLISH) for text in texts for line in _lines(text) if _has_english_letters(line))


def _has_english_letters(text: str) -> bool:
    return all(char.isascii() for char in text if char.isalpha())


def _lines(text: str) -> Iterator[str]:
    """The lines that hold a letter: signs and numbers have no language."""
    return (line.strip() for line in text.split("\n") if any(char.isalpha() for char in line))


def untranslated(given: Given, records: Iterable[Record], fields: Iterable[str]) -> Iterator[str]:
    """The comment that tells editors whose words are in another language; nothing where none are."""
    names = tuple(fields)
    agencies = [record.agency for record in records if of_answers(given, (record,), names)]
    if agencies:
        yield given.say(phrases.COMMENT_UNTRANSLATED, agencies=given.agencies(agencies))
