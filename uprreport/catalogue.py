"""The catalogue of everything that can be said about people's files: a code, its weight, its words.

Each code has one severity, one message and one hint; documentation and test cases are held against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs: cannot be used, used with care, only told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Entry(NamedTuple):
    """One code of the catalogue; message and hint are templates over a finding's ``details``."""

    severity: Severity
    message: str
    hint: str


def _error(message: str, hint: str) -> Entry:
    return Entry(Severity.ERROR, message, hint)


def _warning(message: str, hint: str) -> Entry:
    return Entry(Severity.WARNING, message, hint)


def _note(message: str, hint: str) -> Entry:
    return Entry(Severity.NOTE, message, hint)


CATALOGUE: Mapping[str, Entry] = {
    # Files that cannot be used at all.
    "workbook-unreadable": _error(
        "this file could not be read as a workbook: {problem}",
        "open it in Excel or LibreOffice and save it as .xlsx; if it does not open, ask for a new copy",
    ),
    "workbook-encrypted": _error(
        "this workbook is protected by a password",
        "send a copy without a password (in Excel: File > Info > Protect Workbook > Encrypt with Password)",
    ),
    "workbook-old-format": _error(
        "this is a workbook in {format}, which is not read",
        "open it in Excel or LibreOffice and save it as Excel workbook (.xlsx)",
    ),
    "file-wrapped": _error(
        "this file is not read: it is {what}{whose}",
        "{way}",
    ),
    "workbook-empty": _error(
        "this workbook holds nothing",
        "send the filled sheet; perhaps the wrong file was attached",
    ),
    "workbook-wrong": _error(
        "this is not a progress sheet of this review: {problem}",
        "fill in the sheet that was sent out; a file that is none belongs outside the submissions folder",
    ),
    "version-unsupported": _error(
        "this sheet was made from template version {value}, this tool reads version {expected}",
        "copy the answers into a fresh sheet (the coordinator makes one: uprreport sheets {agency})",
    ),
    "agency-unknown": _error(
        '"{value}" is not an agency of the register',
        "use one of the ids on the tab Agencies of register.xlsx{near}",
    ),
    "version-older": _note(
        "this sheet was made from template version {value}; all its tabs and columns are those of version "
        "{expected}, and it was read",
        "nothing to do; the sheets of the next round are made anew",
    ),
    "agency-doubtful": _warning(
        "this may be the sheet of {other}, not of {named}: {reason}",
        "check whose sheet this is: the tab Cover names the agency",
    ),
    "sheet-missing": _error(
        "the tab {expected} is missing",
        "send the complete workbook: every tab of the sheet that was sent out must come back",
    ),
    "column-missing": _error(
        "the column {expected} is missing{near}",
        "put the heading {expected} back above its column; the order of the columns does not matter",
    ),
    "register-tab-missing": _error(
        "the tab {expected} is missing",
        "put the tab {expected} back with its headings, from an earlier copy of the file",
    ),
    "document-unreadable": _error(
        "this file could not be read as a Word document: {problem}",
        "{way}",
    ),
    "matrix-unknown": _error(
        "this is not OHCHR's thematic list of recommendations of the fourth cycle: {problem}",
        "{way}",
    ),
    "matrix-row-unread": _error(
        'row {row} of the list could not be read: "{value}"',
        "compare it with the document, and type the recommendation into register.xlsx",
    ),
    # Rows and values that cannot be used as they stand.
    "number-unknown": _error(
        '"{value}" is not the number of a recommendation, pledge or observation in the register',
        "type the number as it stands in register.xlsx, for example {example}",
    ),
    "row-duplicate": _error(
        "{value} stands here again with another answer; it was first answered in {first}",
        "keep one row for each recommendation and delete the other",
    ),
    "register-row-twice": _error(
        "{value} stands twice in the register; the first row, in {first}, is used",
        "keep one row for {value} and delete the other",
    ),
    "value-not-in-list": _error(
        '"{value}" is not one of the choices for {heading}',
        "choose {choices}{near}",
    ),
    "value-wrong-type": _error(
        '"{value}" cannot be read as {expected}',
        "type {example}",
    ),
    "value-error-cell": _error(
        "the cell shows the error {value}",
        "type the value itself into the cell",
    ),
    "formula-without-value": _error(
        "the cell holds a formula whose result was not saved",
        "open the file in Excel or LibreOffice and save it again, or type the value itself",
    ),
    "number-unit": _error(
        'the cell shows "{value}", and nothing beside it says that {number} is in {unit}',
        "name the unit in the column beside it, or type the number in the unit that stands there",
    ),
    "number-shown-otherwise": _error(
        'the cell shows "{value}" and holds another number',
        "format the cell as General, and type the number as it is to be printed",
    ),
    "date-made-of-text": _error(
        'the cell shows "{value}": the office program made the date {day} of what was typed',
        "format the cell as Text, and type it again",
    ),
    "date-ambiguous": _error(
        '"{value}" can be read as two different dates',
        "type the date as year-month-day, for example {example}",
    ),
    "link-unsafe": _error(
        '"{value}" is not a web address that can be printed',
        "give an address that begins with https:// or the name of the attached file",
    ),
    "paste-spilled": _error(
        "this text seems to continue the answer in {first}: it has no status and stands right below it",
        "move it back into {first}: double-click that cell before pasting, so that it stays in one cell",
    ),
    "withheld-in-draft": _error(
        "words of an answer that is no longer for publication stand in {value}",
        "run uprreport update; what it leaves take out by hand, or clear the answer in decisions.xlsx, "
        "before the draft goes to anybody",
    ),
    # Used, but a person should look.
    "setting-unknown": _warning(
        "{value} is not a setting of this file{near}",
        "correct the name or delete the line; it has no effect",
    ),
    "column-unknown": _warning(
        'the column "{value}" is not part of this table and was not read{near}',
        "move what it holds into one of the columns of the table",
    ),
    "value-without-heading": _warning(
        '"{value}" stands in column {column}, which has no heading, and was not read',
        "move it into one of the columns of the table",
    ),
    "cells-merged": _warning(
        "this cell is merged with others up to {last}; it counts for its first row and column only",
        "unmerge the cells (in Excel: Home > Merge & Center), and write the answer into each row it is for",
    ),
    "words-struck": _warning(
        '"{value}" is struck through in this cell and was left out',
        "delete these words, or take the line away if they belong to the answer",
    ),
    "text-unseen": _warning(
        '"{value}" stands here and cannot be seen (white letters, or a format that hides it); it was read',
        "make it visible, or delete it",
    ),
    "beside-the-cell": _warning(
        '{what} at this cell was not read: "{value}"',
        "write what belongs to the answer into the cell itself",
    ),
    "picture-unread": _warning(
        "a picture or another object stands at this cell, and was not read",
        "write what it shows into the cell; a picture can be sent as an attachment",
    ),
    "link-differs": _warning(
        'the words "{shown}" lead to {value}; only the words were read',
        "type the address itself if it belongs to the answer",
    ),
    "tab-unknown": _warning(
        'the tab {tab} is not part of the sheet and was not read; it begins with "{value}"',
        "move what belongs to the answers into the tabs of the sheet",
    ),
    "row-incomplete": _warning(
        "{columns} stand here, but neither a status nor measures, challenges or next steps",
        "choose a status, or clear the row: without any of these it is no answer",
    ),
    "state-unknown": _warning(
        '"{value}" is not the name of a State as the United Nations print it{near}',
        "correct the name on the tab Recommendations; each State in a line of its own",
    ),
    "list-text-hidden": _warning(
        'the list holds text that is formatted as hidden and was left out: "{value}"',
        "in Word show it (Home, ¶); if it belongs to the list, take Hidden off (Font) and import again",
    ),
    "number-damaged": _warning(
        "the number of this row was {value}; by its text this is {expected}, and it was read so",
        "type {expected} as text (the office program turned it into a number)",
    ),
    "row-missing": _warning(
        "there is no row for {value}, which is assigned to this agency",
        "answer {value} too, in the sheet that was sent out",
    ),
    "row-not-assigned": _warning(
        "{value} is answered here, but this agency was not asked; the coordinator decides if it is printed",
        "decide on it in decisions.xlsx, or assign it on the tab Recommendations of register.xlsx",
    ),
    "locked-text-changed": _warning(
        "a pre-filled cell was changed ({heading}); the register's text is used",
        "tell the coordinator if the pre-filled text is wrong; answers belong into the open columns",
    ),
    "value-missing": _warning(
        "{heading} is not filled in{because}",
        "fill in {heading}",
    ),
    "value-too-long": _warning(
        "{heading} has {count} words; the limit is {limit}",
        "shorten the text to {limit} words; it is printed whole until then",
    ),
    "date-outside-period": _warning(
        "{value} lies outside the period of this report ({from} to {to})",
        "correct the date, or explain it in the text",
    ),
    "date-doubtful": _warning(
        "{value} {problem}",
        "correct the date (is the year right?), or the status",
    ),
    "number-elsewhere": _warning(
        "{value} is cited with {symbol}, and the recommendations of this review stand in {own}",
        "correct the symbol or the number",
    ),
    "end-before-start": _warning(
        "the end {value} is before the start {start}",
        "correct one of the two dates",
    ),
    "expected-against-status": _warning(
        "{status} stands beside an expected date, {value}",
        "choose In progress or Planned if something is still to be done; else leave Expected by empty",
    ),
    "evidence-missing": _warning(
        "this is reported as implemented without a legal act, an end date or a link",
        "name the act, the date or a link that shows it",
    ),
    "assistance-undescribed": _warning(
        "assistance is needed for {value}, but the tab Assistance does not describe it",
        "add a row for {value} on the tab Assistance",
    ),
    "status-conflict": _warning(
        "agencies report different statuses for {value}: {answers}",
        "decide in decisions.xlsx, with a reason and your name",
    ),
    "double-text": _warning(
        "{agency_name} gave two different texts for {heading} of {value}: here and in {first}",
        "decide in decisions.xlsx which one stands",
    ),
    "reference-unknown": _warning(
        '"{value}" is referred to, but it is not in the register',
        "correct the number, for example {example}",
    ),
    "range-unknown": _warning(
        "{value} is no range of the register: {problem}",
        "correct the ends, or cite the numbers one by one",
    ),
    "paragraph-unknown": _warning(
        "the text refers to paragraph {value} of this report, and {problem} (the last one is {last})",
        "correct the number; a cross-reference (in Word: References > Cross-reference) follows its paragraph",
    ),
    "reference-broken": _warning(
        "a cross-reference leads to {value}, whose passage or number is no longer in the draft",
        "write where it is answered now; otherwise finish leaves the number that stood there as plain text",
    ),
    "position-contradicts": _warning(
        'the text says "{said}" of {value}, and the register has: {position}',
        "correct the sentence, or Position now in register.xlsx if the position has changed",
    ),
    "symbol-unknown": _warning(
        "the document {value} is quoted, but it is none of this review's and none on the tab Links",
        "correct the symbol, or add the document to the tab Links of register.xlsx{near}",
    ),
    "table-disagrees": _warning(
        '{heading} of {row} reads "{value}", and the data say "{data}" ({who})',
        "correct the cell, or the data that it comes from; uprreport update carries data into a draft",
    ),
    "struck-in-body": _warning(
        "the passage {value} was taken out of the text, and Annex I still prints its words",
        "take them out of the annex too, or withhold the answer in decisions.xlsx",
    ),
    "passage-twice": _warning(
        "the passage {value} stands here a second time; only the other one is kept up to date",
        "delete one of them, or make this one a text of its own: other words, without the label",
    ),
    "placeholder-left": _warning(
        "this is still to be written: {value}",
        "write the text, or delete the mark",
    ),
    "text-unplaced": _warning(
        "the template has no place for the coordinator's own text: {value}",
        "put {places} into a paragraph of its own where the text is to stand, or take the text out of the "
        "tab Texts of register.xlsx",
    ),
    "abbreviation-unknown": _note(
        "the text uses abbreviations that no list explains: {value}",
        "add them to the tab Abbreviations of register.xlsx, or write them out where they stand first",
    ),
    "hidden-text": _warning(
        "text that is formatted as hidden stands in the draft ({count}): {places}",
        "in Word show it (Home, ¶), then delete it or take Hidden off (Font); the limit of words counts it",
    ),
    "file-inside": _warning(
        "this cannot be read or cleaned, and no final is made of it: {value}",
        "open the draft in Word and save it, embed what is only linked, or paste an object as a picture",
    ),
    "answer-not-taken": _warning(
        "an answer of {agencies} to {value} was offered in a comment and is not in the text",
        "take what is to be printed into the text, then delete or resolve the comment",
    ),
    "change-declined": _note(
        "an editor turned down what {agencies} reported on {value}",
        "nothing to do, if that was meant; uprreport finish lists it, and keeps the words in build/internal/",
    ),
    "comment-left": _note(
        "comments of {author} are still open ({count}): {places}",
        "settle them in Word, then delete or resolve them; uprreport finish asks for it",
    ),
    "decision-stale": _warning(
        '"{value}" was decided on other answers than stand there now, and does not count any more',
        "decide anew in the row of this question: uprreport merge writes the answers of today beside it",
    ),
    "decision-unknown": _warning(
        '"{value}" stands in a row that asks nothing: {question} is not a question',
        "type it into the row of a question; uprreport merge writes one for each",
    ),
    "decision-cell-changed": _warning(
        "this cell is filled in by uprreport, and somebody changed it ({heading})",
        "type remarks into a column of your own; uprreport merge moves this text into one and fills the cell "
        "in again",
    ),
    "word-budget-exceeded": _warning(
        "{heading} has {count} words; its budget is {limit}",
        "shorten the texts, or change the budget in register.xlsx or review.toml",
    ),
    "approval-missing": _warning(
        "nobody is named as having approved these answers",
        "fill in Approved by and Approved on, on the tab Cover",
    ),
    "approval-stale": _warning(
        "these answers were signed as {value}, and some are others by now: {rows}",
        "have them signed again: uprreport sheets {agency} --to-sign",
    ),
    "file-not-read": _warning(
        "this file is not read: it is {what}{whose}",
        "if it holds answers, type them into a sheet: uprreport sheets {agency} --on-behalf "
        '"number and date of the letter"; if it only goes with a sheet, name it there under Link or '
        "attachment",
    ),
    # Repaired, or only told.
    "file-copied": _note(
        "this is a copy of {first}, which was read in its place",
        "nothing to do; delete the copy, or put the file here that was meant",
    ),
    "owner-file": _note(
        "an office program leaves this file beside one that it has open, or did not close",
        "close that file there; if this one is still here then, delete it",
    ),
    "decision-idle": _note(
        "{question} is not asked any more, and the decision has no effect at present",
        "nothing to do; it holds again if the same answers come back",
    ),
    "text-repaired": _note(
        "characters that cannot be printed were left out of {heading}",
        "read the text once; they often come with text pasted from a PDF file",
    ),
    "superseded-submission": _note(
        "a later answer to {value} stands in {later}; that one is used",
        "nothing to do, if the later one is the right one",
    ),
    "publication-withheld": _note(
        "the answer to {value} is not for publication ({reason}) and stays out of the report",
        "change Publication, or decide in decisions.xlsx, if it may be printed",
    ),
}

OF_DRAFTS = frozenset(
    {
        *("range-unknown", "paragraph-unknown", "position-contradicts", "symbol-unknown", "table-disagrees"),
        *("struck-in-body", "placeholder-left", "comment-left", "reference-broken"),
        *("hidden-text", "withheld-in-draft", "abbreviation-unknown", "text-unplaced", "passage-twice"),
        *("answer-not-taken", "change-declined", "file-inside"),
    }
)
"""Codes about drafts, which agencies are never told: they are in no catalogue of another language."""

OF_DECISIONS = frozenset(
    {
        *("decision-stale", "decision-unknown", "decision-cell-changed", "decision-idle"),
        *("file-not-read", "file-wrapped", "file-copied", "owner-file"),
    }
)
"""Codes about ``decisions.xlsx`` and about whole files, which are the coordinator's: they are in English."""

OF_THE_REGISTER = frozenset(
    {
        *("register-tab-missing", "register-row-twice", "list-text-hidden"),
        *("matrix-unknown", "document-unreadable"),
    }
)
"""Codes about the coordinator's own file and its source, which are in no catalogue of another language."""

FOR_THE_COORDINATOR = OF_DECISIONS | {"status-conflict", "superseded-submission", "publication-withheld"}
"""Codes that quote another agency's answer, or that no agency can do anything about: none is told of them."""
