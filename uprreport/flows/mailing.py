"""Letters and unsent messages with the sheets: the first ones, and reminders that name what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uprreport.collect.corrections import for_agency
from uprreport.collect.letters import Kind, Letter, Occasion, letter_page, letter_to
from uprreport.collect.missing import unanswered
from uprreport.collect.sheet import language_of
from uprreport.files.eml import DOCX, XLSX, Attachment, Mail, addresses, write_eml
from uprreport.files.excel.read import read_properties
from uprreport.files.excel.seal import is_untouched
from uprreport.files.word.letter import write_letter
from uprreport.findings import Finding, count_severities
from uprreport.flows.base import Collected, Findings, Result, Review, collect, judge, load
from uprreport.flows.correcting import write_marked
from uprreport.flows.dispatch import Dispatch, add_to_log, digest_of, load_log
from uprreport.flows.sending import (
    Out,
    Sheet,
    asked,
    came_from,
    missing_of,
    refill_of,
    submissions_of,
    write_sheet,
)
from uprreport.model import Agency
from uprreport.review import write_file
from uprreport.steps import Step


@dataclass(frozen=True, slots=True)
class _Present:
    """A sheet that can be sent: its edition, its department, and whether it is as it was written."""

    path: Path
    edition: int
    unit: str
    untouched: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message with its letter, prepared for one agency; ``missing`` are the numbers that it names."""

    agency: Agency
    kind: Kind
    letter: Path
    message: Path
    sheets: tuple[Path, ...]
    missing: tuple[str, ...] = ()

    @property
    def to(self) -> tuple[str, ...]:
        """The addresses that it goes to."""
        return addresses(self.agency.email)

    def dispatches(self, review: Review) -> Iterator[Dispatch]:
        """Its lines in the log, one for each sheet."""
        day, round_ = review.expected.today.isoformat(), review.folder.settings.round
        for sheet in self.sheets:
            digest = digest_of(sheet.read_bytes())
            yield Dispatch(self.agency.id, day, round_, self.kind, sheet.name, digest)

    def document(self, review: Review) -> dict[str, Any]:
        """As JSON has it."""
        show = review.folder.show
        return {
            "agency": self.agency.id,
            "kind": self.kind,
            "to": list(self.to),
            "message": show(self.message),
            "letter": show(self.letter),
            "sheets": [show(sheet) for sheet in self.sheets],
            "missing": list(self.missing),
        }


def mail(path: Path, agencies: Sequence[str], today: datetime.date) -> Result:
    """Write a covering letter and an unsent message with the sheet for each agency, or each named one.

    Who has returned a sheet is left out unless it is named; then it gets its own filled sheet, never a blank
    one, and the letter names the rows without an answer. A sheet that is missing is written first. What
    holds answers goes to ``build/corrections/``, all else to ``build/mail/``; ``history/`` keeps what was
    prepared.
    """
    post = _Post.of(path, today)
    everybody = asked(post.review, agencies)
    prepared = [post.prepare(agency) for agency in everybody if agencies or not post.came(agency)]
    left = [agency for agency in everybody if not agencies and post.came(agency)]
    partial = [agency.id for agency in left if post.missing(agency)]
    document = {"returned": [agency.id for agency in left], "partial": partial}
    if partial:
        none = Step("remind who answered a part", ", ".join(partial), "uprreport sheets --remind")
    else:
        why = "all have returned a sheet"
        none = Step("name an agency to write to it again", why, "uprreport sheets AGENCY --mail")
    return post.result(prepared, document, none)


def remind(path: Path, agencies: Sequence[str], today: datetime.date) -> Result:
    """Write a reminder for each agency, or each named one, that returned nothing or left rows unanswered.

    Its letter names what is missing, by topic and number. Who returned nothing gets its sheet again; who
    answered a part gets its own filled sheet, with what must be corrected marked.
    """
    post = _Post.of(path, today)
    everybody = asked(post.review, agencies)
    owing = [agency for agency in everybody if not post.is_complete(agency)]
    prepared = [post.prepare(agency, is_reminder=True) for agency in owing]
    complete = [agency.id for agency in everybody if agency not in owing]
    none = Step("see where the review stands", "nobody need be reminded", "uprreport status")
    return post.result(prepared, {"complete": complete}, none)


@dataclass(frozen=True, slots=True)
class _Post:
    """A review whose mail is prepared: what came back, what was found in it, and what is written."""

    review: Review
    collected: Collected
    findings: Findings
    out: Out

    @classmethod
    def of(cls, path: Path, today: datetime.date) -> _Post:
        review = load(path, today)
        collected = collect(review)
        return cls(review, collected, judge(review, collected)[1], Out())

    def came(self, agency: Agency) -> bool:
        """Whether anything that can be read came back from an agency."""
        return bool(submissions_of(self.collected, agency))

    def missing(self, agency: Agency) -> tuple[str, ...]:
        """The numbers of an agency's rows without an answer."""
        items = unanswered(self.review.expected, agency, submissions_of(self.collected, agency))
        return tuple(item.number for item in items)

    def is_complete(self, agency: Agency) -> bool:
        """Whether an agency owes nothing any more."""
        return self.came(agency) and not self.missing(agency)

    def prepare(self, agency: Agency, *, is_reminder: bool = False) -> Prepared:
        """Write one agency's letter and message, and its sheet where it is not there yet."""
        sent_on = self._sent_on(agency)
        if self.came(agency):
            findings = for_agency(self.findings, agency.id)
            missing = self.missing(agency)
            kind: Kind = "partial" if missing else "filled"
            sheets = self._own_sheets(agency, findings)
            occasion = self._about_rows(agency, kind, sheets, findings)
        else:
            missing = ()
            sheets = self._sheets_to_fill(agency)
            again = is_reminder or sent_on is not None
            kind = "filled" if any(s.edition for s in sheets) else "reminder" if again else "first"
            occasion = Occasion(kind, [sheet.path.name for sheet in sheets], sent_on)
        paper, message = self._write(agency, occasion, sheets)
        return Prepared(agency, kind, paper, message, tuple(sheet.path for sheet in sheets), missing)

    def _about_rows(
        self, agency: Agency, kind: Kind, sheets: Sequence[_Present], findings: Sequence[Finding]
    ) -> Occasion:
        """The occasion of a letter to an agency that returned any; only errors are worth a word in it."""
        counts = count_severities(findings)
        found = (counts["error"], counts["warning"]) if counts["error"] else (0, 0)
        names = [sheet.path.name for sheet in sheets]
        came, missing = came_from(self.collected, agency), missing_of(self.review, self.collected, agency)
        return Occasion(kind, names, None, came, found, missing)

    def _write(self, agency: Agency, occasion: Occasion, sheets: Sequence[_Present]) -> tuple[Path, Path]:
        """Write the letter, and the message with it and the sheets: beside corrections if any is filled."""
        language = language_of(self.review.expected, agency)
        letter = letter_to(self.review.expected, agency, occasion, language)
        state, day = self.review.folder.settings.state, self.review.expected.today
        holds_answers = any(sheet.edition or not sheet.untouched for sheet in sheets)
        build = self.review.folder.build
        paper = build / "mail" / f"{agency.id}-letter.docx"
        message = build / ("corrections" if holds_answers else "mail") / f"{agency.id}-mail.eml"
        write_file(paper, write_letter(letter_page(letter, agency, day, language, state)))
        paths = [sheet.path for sheet in sheets]
        write_file(message, write_eml(_message(self.review, agency, letter, (*paths, paper))))
        self.out.written += [paper, message]
        return paper, message

    def _sheets_to_fill(self, agency: Agency) -> tuple[_Present, ...]:
        """The sheets of an agency that returned nothing: those in ``sheets/``, else a blank one."""
        made = _latest(self.review, agency)
        return made or (_Present(write_sheet(self.review, agency, Sheet(), self.out), 0, "", True),)

    def _own_sheets(self, agency: Agency, findings: Sequence[Finding]) -> tuple[_Present, ...]:
        """The filled sheet of an agency that returned any: where it has errors, the one that marks them.

        Parts that were made for its departments from all that it returned are sent as they are.
        """
        made = refill_of(self.review, self.collected, agency, self.findings)
        present = _latest(self.review, agency)
        if present and all(sheet.unit and sheet.edition == made.edition for sheet in present):
            return present
        if count_severities(findings)["error"]:
            path = write_marked(self.review, self.collected, agency, findings, self.out.left)
            self.out.written.append(path)
        else:
            path = write_sheet(self.review, agency, Sheet(made.filled, made.edition), self.out)
        return (_Present(path, made.edition, "", True),)

    def _sent_on(self, agency: Agency) -> datetime.date | None:
        """When something was last prepared for an agency in this round, before today."""
        log = load_log(self.review.folder)
        sent = [told for told in log if told.agency == agency.id and _is_earlier(self.review, told)]
        return datetime.date.fromisoformat(sent[-1].date) if sent else None

    def result(self, prepared: Sequence[Prepared], document: dict[str, Any], none: Step) -> Result:
        """The result of a command; ``none`` is the next step where nothing was prepared."""
        add_to_log(self.review.folder, (line for told in prepared for line in told.dispatches(self.review)))
        folders = dict.fromkeys(self.review.folder.show(told.message.parent) for told in prepared)
        where = " and ".join(f"{folder}/" for folder in folders)
        step = Step(f"open the messages of {where} in your mail program, read and send them", "", "", where)
        mails = [told.document(self.review) for told in prepared]
        return self.out.result(self.review, {"mails": mails, **document}, step if prepared else none)


def _is_earlier(review: Review, told: Dispatch) -> bool:
    return told.round == review.folder.settings.round and told.date < review.expected.today.isoformat()


def _message(review: Review, agency: Agency, letter: Letter, files: Sequence[Path]) -> Mail:
    kinds = {".xlsx": XLSX, ".docx": DOCX}
    attached = [Attachment(file.name, kinds[file.suffix], file.read_bytes()) for file in files]
    key = f"{review.folder.settings.id} {agency.id} {review.folder.settings.round}"
    return Mail(agency.email, letter.subject, letter.text, attached, review.expected.today, key)


def _latest(review: Review, agency: Agency) -> tuple[_Present, ...]:
    """The sheet of the present round that is to be sent: the parts for departments, where they are as new."""
    found = _present(review, agency)
    whole = [sheet for sheet in found if not sheet.unit]
    last = max(whole, key=lambda s: (s.untouched, s.edition, len(s.path.stem), s.path.stem), default=None)
    parts: dict[str, _Present] = {}
    for sheet in sorted(found, key=lambda s: (s.untouched, s.edition, len(s.path.stem), s.path.stem)):
        if sheet.unit and (last is None or sheet.edition >= last.edition):
            parts[sheet.unit] = sheet
    newest = max((sheet.edition for sheet in parts.values()), default=0)
    chosen = tuple(parts[unit] for unit in sorted(parts) if parts[unit].edition == newest)
    return chosen or ((last,) if last else ())


def _present(review: Review, agency: Agency) -> list[_Present]:
    """The agency's sheets of the present round; those that the coordinator fills in from a letter are not."""
    settings, found = review.folder.settings, []
    for path in sorted(review.folder.sheets.glob(f"{agency.id}-*.xlsx")):
        if path.name.startswith(f"{agency.id}-letter-"):
            continue
        held = read_properties(path.read_bytes())
        about = tuple(held.get(f"uprreport {name}", "") for name in ("review", "agency", "round"))
        if about == (settings.id, agency.id, str(settings.round)):
            edition = held.get("uprreport edition", "")
            found.append(
                _Present(
                    path,
                    int(edition) if edition.isdigit() else 0,
                    held.get("uprreport unit", ""),
                    is_untouched(path),
                )
            )
    return found
