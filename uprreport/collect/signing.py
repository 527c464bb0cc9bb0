"""Answers that are signed: what stands in the paper, the code of what was signed, and what changed since.

An agency's head signs a paper with all of its answers. The paper shows a short code, a sum of these answers;
typed on the Cover of any sheet of the agency, beside who approved, it says what was approved. From the day
on which the paper was made ``history/approvals.json`` keeps the sums of its rows, and none of their words.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from uprreport.collect.combine import NEVER_PRINTED
from uprreport.collect.fill import Refill
from uprreport.findings import Finding, UprReportError
from uprreport.model import Cells, Filled, Submission
from uprreport.review import write_file
from uprreport.text import natural_key
from uprreport.values import as_text

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that cannot be taken for one another."""

UNSIGNED = NEVER_PRINTED - {"publication"}
"""Columns that are the coordinator's business and stand in no paper."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What was once offered for signature: the code, the day as ISO, and the sum of each row."""

    agency: str
    code: str
    date: str
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signature:
    """An offer that came back, and the submission whose Cover says so."""

    offer: Offer
    submission: Submission


def sums_of(filled: Filled) -> dict[str, str]:
    """The sum of each answer that is signed: by number, and of other tabs by tab and sum."""
    sums: dict[str, str] = {}
    for number, cells in filled.progress.items():
        told = {name: as_text(value) for name, value in cells.items() if name not in UNSIGNED}
        if told.keys() - {"unit", "publication"}:
            sums[number] = _sum(told)
    for tab, rows in filled.tables.items():
        for cells in rows:
            key, total = _row_key(tab, cells)
            sums[key] = total
    return sums


def _row_key(tab: str, cells: Cells) -> tuple[str, str]:
    told = _sum({name: as_text(value) for name, value in cells.items()})
    return f"{tab}/{told}", told


def _files(present: Refill) -> dict[str, frozenset[str]]:
    """The files from which each answer comes."""
    found = dict(present.origins)
    for tab, rows in present.filled.tables.items():
        for cells, file in zip(rows, present.row_files[tab], strict=True):
            found[_row_key(tab, cells)[0]] = frozenset([file])
    return found


def _sum(cells: Mapping[str, str]) -> str:
    told = json.dumps(sorted(cells.items()), ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def code_of(agency: str, sums: Mapping[str, str]) -> str:
    """A short sum of all rows, as ``7K3M-Q2XD``: to be typed by hand, whatever the case."""
    told = json.dumps([agency, sorted(sums.items())])
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:5], "big")
    code = "".join(_LETTERS[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{code[:4]}-{code[4:]}"


def is_named(code: str, text: str) -> bool:
    """Whether a text names a code, however it was typed: blanks, case, O for 0, digits of another script."""
    typed = "".join(str(unicodedata.decimal(char, char)) for char in unicodedata.normalize("NFKC", text))
    typed = typed.upper().translate(str.maketrans("OIL", "011"))
    return code.replace("-", "") in re.sub(r"[\W_]+", "", typed)


# What was offered -------------------------------------------------------------------------------------


def load_offers(path: Path) -> tuple[Offer, ...]:
    """What was offered so far, in order; nothing without the file. Raises ``UprReportError`` when damaged."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Offer(**told) for told in document["offered"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError):
        raise UprReportError(
            f"{path} is damaged", "take it back from a copy; it holds what was offered for signature"
        ) from None


def add_offer(path: Path, offer: Offer) -> None:
    """Keep an offer; the same code of one agency is kept once, with its first day."""
    known = load_offers(path)
    if all((told.agency, told.code) != (offer.agency, offer.code) for told in known):
        document = {"offered": [dataclasses.asdict(told) for told in (*known, offer)]}
        write_file(path, f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode())


# What came back ---------------------------------------------------------------------------------------


def signatures(submissions: Iterable[Submission], offers: Sequence[Offer]) -> Iterator[Signature]:
    """The offers whose code stands on a Cover of their agency, beside the name of who approved."""
    for submission in submissions:
        cover = submission.cover
        if cover.text("approved_by"):
            text = (
                f"{cover.text('approval_letter')} {cover.text('approver_post')} {cover.text('approved_by')}"
            )
            for offer in offers:
                if offer.agency == submission.agency and is_named(offer.code, text):
                    yield Signature(offer, submission)


def approval_findings(
    agency: str, signed: Sequence[Signature], present: Refill, approved: Collection[str]
) -> Iterator[Finding]:
    """``approval-stale`` where answers of an agency differ from all that was signed.

    ``approved`` are the files that are approved as they stand: what comes from them alone needs no code.
    """
    known = {(key, told) for signature in signed for key, told in signature.offer.rows.items()}
    now = sums_of(present.filled)
    files = _files(present)
    changed = [
        key
        for key, told in now.items()
        if (key, told) not in known and not (files.get(key) and files[key] <= frozenset(approved))
    ]
    last = max(signed, key=lambda one: (one.offer.date, one.offer.code, one.submission.file))
    gone = [key for key in last.offer.rows if key not in now and "/" not in key]
    if changed or gone:
        told = sorted({key.partition("/")[0] for key in (*changed, *gone)}, key=natural_key)
        details = {"rows": ", ".join(told), "agency": agency}
        at = last.submission.cover.at("approval_letter")
        yield Finding("approval-stale", at, agency, "", last.offer.code, "Letter of approval", details)


def settle_approvals(
    submissions: Sequence[Submission],
    offers: Sequence[Offer],
    refills: Mapping[str, Refill],
    findings: Sequence[Finding],
) -> tuple[Finding, ...]:
    """The findings once signatures are taken into account: what was signed is not missing its approval.

    ``refills`` gives the present answers of each agency that has any offers.
    """
    signed: dict[str, list[Signature]] = {}
    for signature in signatures(submissions, offers):
        signed.setdefault(signature.submission.agency, []).append(signature)
    kept = [f for f in findings if f.code != "approval-missing" or f.agency not in signed]
    with_code = {one.submission.file for own in signed.values() for one in own}
    approved = {s.file for s in submissions if is_approved(s) and s.file not in with_code}
    for agency, own in sorted(signed.items()):
        kept += approval_findings(agency, own, refills[agency], approved)
    return tuple(kept)


def is_approved(submission: Submission) -> bool:
    """Whether somebody is named who approved it, or it was typed from an official letter."""
    return bool(submission.cover.text("approved_by") or submission.cover.text("on_behalf"))
