"""Papers beside the sheets: covering letters with unsent messages, and answers to be signed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uprreport.collect.letters import Kind, Letter, Occasion, letter_page, letter_to
from uprreport.collect.sheet import language_of
from uprreport.collect.sign_page import sign_page
from uprreport.collect.signing import Offer, add_offer, code_of, sums_of
from uprreport.files.eml import DOCX, XLSX, Attachment, Mail, addresses, write_eml
from uprreport.files.excel.read import read_properties
from uprreport.files.excel.seal import is_untouched
from uprreport.files.word.letter import write_letter
from uprreport.flows.approvals import offers_path
from uprreport.flows.base import Result, Review, collect, load
from uprreport.flows.dispatch import Dispatch, add_to_log, digest_of, load_log
from uprreport.flows.sending import Out, Sheet, asked, returned, submissions_of, write_sheet
from uprreport.model import Agency
from uprreport.review import write_file
from uprreport.steps import Step

# Letters and messages ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Present:
    """A sheet of ``sheets/``: its edition, and whether it is as it was written."""

    path: Path
    edition: int
    unit: str
    untouched: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message with its letter: what was prepared for one agency."""

    agency: Agency
    kind: Kind
    letter: Path
    message: Path
    sheets: tuple[Path, ...]

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
        }


def mail(path: Path, agencies: Sequence[str], today: datetime.date) -> Result:
    """Write a covering letter and an unsent message with the sheet for each agency, or each named one.

    Who has returned a sheet is left out unless it is named. A sheet that is missing is written first. What
    holds answers goes to ``build/corrections/``, all else to ``build/mail/``; ``history/`` keeps what was
    prepared.
    """
    review = load(path, today)
    came = {submission.agency for submission in collect(review).submissions}
    out = Out()
    chosen = [agency for agency in asked(review, agencies) if agencies or agency.id not in came]
    prepared = [_prepare(review, agency, out, came) for agency in chosen]
    add_to_log(review.folder, (line for told in prepared for line in told.dispatches(review)))
    returned_ids = [a.id for a in asked(review, ()) if not agencies and a.id in came]
    document = {"mails": [told.document(review) for told in prepared], "returned": returned_ids}
    step = Step("open the messages in your mail program, read and send them", "", "", "build/mail/")
    if not prepared:
        why = "all have returned a sheet"
        step = Step("name an agency to write to it again", why, "uprreport sheets AGENCY --mail")
    return out.result(review, document, step)


def _prepare(review: Review, agency: Agency, out: Out, came: set[str]) -> Prepared:
    sheets = _latest(review, agency) or (_Present(write_sheet(review, agency, Sheet(), out), 0, "", True),)
    holds_answers = any(sheet.edition or not sheet.untouched for sheet in sheets)
    sent = [t for t in load_log(review.folder) if t.agency == agency.id and _is_earlier(review, t)]
    is_again = bool(sent) and agency.id not in came
    kind: Kind = "filled" if any(s.edition for s in sheets) else "reminder" if is_again else "first"
    sent_on = datetime.date.fromisoformat(sent[-1].date) if sent else None
    language = language_of(review.expected, agency)
    occasion = Occasion(kind, [sheet.path.name for sheet in sheets], sent_on)
    letter = letter_to(review.expected, agency, occasion, language)
    folder = review.folder.build
    page = letter_page(letter, agency, review.expected.today, language, review.folder.settings.state)
    paper = folder / "mail" / f"{agency.id}-letter.docx"
    message = folder / ("corrections" if holds_answers else "mail") / f"{agency.id}-mail.eml"
    write_file(paper, write_letter(page))
    paths = tuple(sheet.path for sheet in sheets)
    write_file(message, write_eml(_message(review, agency, letter, (*paths, paper))))
    out.written += [paper, message]
    return Prepared(agency, kind, paper, message, paths)


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


# Answers to be signed ---------------------------------------------------------------------------------


def to_sign(path: Path, agencies: Sequence[str], today: datetime.date) -> Result:
    """Write the answers of each agency that returned any, or of each named one, as a paper to be signed.

    It goes back to the agency that wrote them: ``build/corrections/<agency>-to-sign.docx``. What was offered
    is kept in ``history/approvals.json``. Raises ``UprReportError`` when there is nothing to sign.
    """
    review = load(path, today)
    collected = collect(review)
    out = Out()
    told = []
    for agency in returned(review, collected, agencies):
        filled = review.refill(submissions_of(collected, agency)).filled
        sums = sums_of(filled)
        code = code_of(agency.id, sums)
        page = sign_page(review.expected, agency, filled, code, language_of(review.expected, agency))
        target = review.folder.build / "corrections" / f"{agency.id}-to-sign.docx"
        write_file(target, write_letter(page))
        add_offer(offers_path(review.folder), Offer(agency.id, code, today.isoformat(), sums))
        out.written.append(target)
        shown = review.folder.show(target)
        told.append({"agency": agency.id, "file": shown, "digest": code, "answers": len(sums)})
    step = Step("have it signed; the code and who signed stand on the Cover of the sheet that comes back", "",
                "", "build/corrections/")  # fmt: skip
    return out.result(review, {"papers": told}, step)
