"""Sheets out: blank ones, one from all returns, one for what came as a letter.

What an agency sent is only read; every sheet is a new file in ``sheets/``, and none that was changed or sent
is written over.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from uprreport.collect.corrections import for_agency
from uprreport.collect.fill import Refill
from uprreport.collect.letters import Missing
from uprreport.collect.missing import by_topic, unanswered
from uprreport.collect.restore import Restored, Returned, restore
from uprreport.collect.sheet import language_of, sheet_properties, sheet_tabs
from uprreport.collect.sheet import write_sheet as write_tabs
from uprreport.collect.units import Part
from uprreport.files.excel.read import read_properties, read_workbook
from uprreport.files.excel.seal import PROPERTY, is_untouched
from uprreport.findings import Finding, UprReportError
from uprreport.flows.base import Collected, Result, Review, collect, facts_of, judge, load, sheet_path
from uprreport.flows.dispatch import digest_of, load_log
from uprreport.model import Agency, Filled, Raw, Submission, Value
from uprreport.review import write_file
from uprreport.schema import nearest
from uprreport.steps import Step, next_steps


@dataclass(slots=True)
class Out:
    """What a command has written, what it left as it was, and the sheets it made, in order."""

    written: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)
    sheets: list[Path] = field(default_factory=list)

    def result(self, review: Review, document: dict[str, Any], *steps: Step) -> Result:
        """The result of a command: the paths of its sheets, then what is its own."""
        told = {"sheets": [review.folder.show(path) for path in self.sheets], **document}
        return Result(told, review.findings, tuple(self.written), tuple(self.left), steps)


def asked(review: Review, agencies: Sequence[str]) -> list[Agency]:
    """The named agencies, or all that have something to answer.

    Raises ``UprReportError`` when a name is unknown, or nobody has anything to answer.
    """
    register = review.register
    unknown = [name for name in agencies if register.agency(name) is None]
    if unknown:
        ids = [agency.id for agency in register.agencies]
        told = f"the ids on the tab Agencies are: {', '.join(ids) or 'none yet'}"
        near = nearest(unknown[0], ids).removeprefix("; ")
        raise UprReportError(
            f"{unknown[0]} is not an agency of the register", f"{near} ({told})" if near else told
        )
    found = [
        a for a in register.agencies if register.assigned_to(a.id) and (not agencies or a.id in agencies)
    ]
    if not found:
        raise UprReportError(
            "no agency has anything to answer", "assign agencies on the tabs Themes and Recommendations"
        )
    return found


def sheets(path: Path, agencies: Sequence[str], today: datetime.date) -> Result:
    """Write a blank progress sheet for each agency that has something to answer, or for the named ones."""
    review = load(path, today)
    out = Out()
    for agency in asked(review, agencies):
        write_sheet(review, agency, Sheet(), out)
    collected = collect(review)
    steps = next_steps(facts_of(review, collected, judge(review, collected)[0]))
    return out.result(review, {}, *steps)


# One sheet --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be written: its content, its edition, and the part of the agency's rows that it holds.

    ``stem`` is the file's name without ``.xlsx``, the agency's usual one where it is empty.
    """

    filled: Filled = field(default_factory=Filled)
    edition: int = 0
    part: Part | None = None
    stem: str = ""


def write_sheet(review: Review, agency: Agency, sheet: Sheet, out: Out) -> Path:
    """Write one sheet where none stands that somebody touched, that was sent, or that is of another kind."""
    expected = review.expected
    part = sheet.part
    tabs = sheet_tabs(expected, agency, sheet.filled, numbers=part.numbers if part else None)
    properties = sheet_properties(expected, agency, sheet.edition, unit=part.slug if part else "")
    content = write_tabs(expected, agency, tabs, properties)
    first = sheet_path(review, agency)
    sent = {told.digest for told in load_log(review.folder)}
    for target in _places(first.with_stem(sheet.stem or first.stem)):
        if not target.exists():
            break
        present = target.read_bytes()
        if _is_same(target, present, content):
            out.sheets.append(target)
            return target
        if _is_free(target, present, properties) and digest_of(present) not in sent:
            break
        out.left.append(target)
    write_file(target, content)
    out.written.append(target)
    out.sheets.append(target)
    return target


def _places(first: Path) -> Iterator[Path]:
    """The file, then ``…b``, ``…c`` beside it, and so on for ever."""
    letters = ("", *"bcdefghijklmnopqrstuvwxyz")
    more = (f"z{number}" for number in itertools.count(2))
    return (first.with_stem(f"{first.stem}{suffix}") for suffix in itertools.chain(letters, more))


def _is_same(target: Path, present: bytes, content: bytes) -> bool:
    """Whether it stands there already, but for the day on which it was made."""
    return is_untouched(target) and read_properties(present) == read_properties(content)


def _is_free(target: Path, present: bytes, properties: dict[str, str]) -> bool:
    """Whether the file is as it was written, and of the same kind: whose, which part, blank or filled in."""
    if not is_untouched(target):
        return False
    held = read_properties(present)
    held.pop(PROPERTY)
    editions = (held.pop("uprreport edition", ""), properties.get("uprreport edition", ""))
    kind = {name: value for name, value in properties.items() if name != "uprreport edition"}
    return held == kind and (not editions[0] or bool(editions[1]))


# From an agency's returns -----------------------------------------------------------------------------


def submissions_of(collected: Collected, agency: Agency) -> list[Submission]:
    """The submissions of one agency."""
    return [submission for submission in collected.submissions if submission.agency == agency.id]


def came_from(collected: Collected, agency: Agency) -> list[str]:
    """The names of the files that came from an agency."""
    return [PurePosixPath(submission.file).name for submission in submissions_of(collected, agency)]


def missing_of(review: Review, collected: Collected, agency: Agency) -> Missing:
    """What an agency that returned a sheet still owes, for its letter."""
    items = unanswered(review.expected, agency, submissions_of(collected, agency))
    topics = by_topic(items, language_of(review.expected, agency))
    return Missing(len(items), len(review.register.assigned_to(agency.id)), topics)


def restored_of(
    review: Review, collected: Collected, agency: Agency, findings: Sequence[Finding]
) -> tuple[Refill, Restored]:
    """What an agency has answered so far, and its sheet's cells with what could not be read, as it was typed.

    ``findings`` are those that this agency can do something about.
    """
    own = submissions_of(collected, agency)
    made = review.refill(own)
    workbooks = {s.file: w for s in own if (w := read_workbook(review.folder.path / s.file, s.file)[0])}
    return made, restore(review.expected, Returned(workbooks, own, made.filled), findings)


def refill_of(review: Review, collected: Collected, agency: Agency, findings: Sequence[Finding]) -> Refill:
    """What an agency has answered so far, with the coordinator's decisions on its own contradictions, and
    what could not be read put back as it was typed; ``findings`` are those of all agencies."""
    made, restored = restored_of(review, collected, agency, for_agency(findings, agency.id))
    return replace(made, filled=restored.filled)


def combine(path: Path, agencies: Sequence[str], today: datetime.date) -> Result:
    """Write one fresh sheet for each agency, or each named one, from all that it returned.

    Raises ``UprReportError`` when a named agency, or all of them, returned nothing.
    """
    review = load(path, today)
    collected = collect(review)
    findings = judge(review, collected)[1]
    out = Out()
    told = []
    for agency in returned(review, collected, agencies):
        made = refill_of(review, collected, agency, findings)
        sheet = write_sheet(review, agency, Sheet(made.filled, made.edition), out)
        told.append({"agency": agency.id, "file": review.folder.show(sheet), **_document(made)})
    why = "what comes back takes the place of the files that it was made from"
    step = Step("send it to the agency, and put what comes back into submissions/", why, "", "sheets/")
    return out.result(review, {"combined": told}, step)


def _document(made: Refill) -> dict[str, Any]:
    disputed = [
        {"number": d.number, "field": d.field, "places": list(d.places), "kept": d.keeps_both}
        for d in made.disputes
    ]
    return {"edition": made.edition, "made_from": list(made.files), "disputed": disputed}


def returned(review: Review, collected: Collected, agencies: Sequence[str]) -> list[Agency]:
    """The asked agencies that returned anything; ``UprReportError`` when a named one, or all, did not."""
    came = {submission.agency for submission in collected.submissions}
    found = [agency for agency in asked(review, agencies) if agency.id in came]
    missing = [name for name in agencies if name not in came]
    if missing or not found:
        raise UprReportError(
            f"{missing[0] if missing else 'no agency'} has returned nothing that can be read",
            "put what came back into submissions/, and see uprreport check",
        )
    return found


# What came as a letter --------------------------------------------------------------------------------

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def on_behalf(path: Path, agencies: Sequence[str], letter: str, today: datetime.date) -> Result:
    """Write a sheet in which the coordinator types what an agency answered in an official letter.

    Its Cover names the letter, which is the approval; a date in ``letter`` becomes that of the approval.
    Raises ``UprReportError`` unless one agency and a letter are named.
    """
    review = load(path, today)
    letter = " ".join(letter.split())
    if len(agencies) != 1:
        raise UprReportError(
            "one letter is one agency's answer",
            'name the agency: uprreport sheets AGENCY --on-behalf "No. 5 of 3 March 2026"',
        )
    if not letter:
        raise UprReportError(
            "the letter is not named", 'give its number and date: --on-behalf "No. 5 of 3 March 2026"'
        )
    (agency,) = asked(review, agencies)
    day = letter_date(letter)
    cover: dict[str, Value | Raw] = {"on_behalf": letter, **({"approved_on": day} if day else {})}
    stem = f"{agency.id}-letter-{digest_of(letter.encode())[:6]}-r{review.folder.settings.round}"
    out = Out()
    sheet = write_sheet(review, agency, Sheet(Filled(cover), stem=stem), out)
    told = {"agency": agency.id, "letter": letter, "date": day.isoformat() if day else None}
    where = review.folder.show(sheet)
    step = Step(f"type the letter into {where}, and save it in submissions/", "", "", where)
    return out.result(review, {"on_behalf": told}, step)


def letter_date(letter: str) -> datetime.date | None:
    """The date in a letter's name, as ``3 March 2026`` or ``2026-03-03``; None for none or several."""
    told = [(int(y), _MONTHS.index(m.capitalize()) + 1, int(d)) for d, m, y in _DAY.findall(letter)]
    told += [(int(y), int(m), int(d)) for y, m, d in _ISO.findall(letter)]
    try:
        days = {datetime.date(*parts) for parts in told}
    except ValueError:
        return None
    return days.pop() if len(days) == 1 else None
