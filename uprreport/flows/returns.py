"""What comes back to a revised draft: other copies, clearance files, a final, accepted comments."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uprreport import __version__
from uprreport.collect.comments import answered_comments
from uprreport.files.word.manifest import Manifest, read_manifest
from uprreport.files.word.revised import Revised
from uprreport.findings import UprReportError
from uprreport.flows.base import Findings, Review, collect_comments
from uprreport.review import ReviewFolder
from uprreport.revise.blocks import BlockPlan
from uprreport.revise.clearance import is_clearance, read_clearance
from uprreport.revise.consultation import Proposal, carry_proposal
from uprreport.revise.join import Copy, as_manifest, join_copy, share_found
from uprreport.revise.signoffs import SignOff, judge_sign_offs

_PAIR = 1 / 3
"""The least share of a working copy's passages that its final must have: more are hardly ever rewritten."""

Joined = tuple[str, tuple[BlockPlan, ...]]
"""The name of a file that came back, and what became of each block."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What an agency wrote to the coordinator about a passage; it is shown, and kept in no file."""

    agency: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What one file brought: its changes, what is wrong in it, what was signed and remarked in it."""

    joined: Joined
    findings: Findings = ()
    sign_offs: tuple[SignOff, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_revised(file: Path, today: datetime.date) -> Revised:
    """A revised draft from a file. Raises ``UprReportError`` when it cannot be read."""
    return Revised(_content(file), file.name, today)


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise UprReportError(f"{file} could not be opened: {problem.strerror}") from None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UprReportError(
            f"{file.name} is protected by a password or in an old format (.doc)",
            "open it in Word or LibreOffice and save it as .docx, without a password",
        )
    return content


def base_manifest(revised: Revised, folder: ReviewFolder) -> Manifest:
    """What a revised draft was generated from: its own manifest, else the copy in the folder's history.

    Raises ``UprReportError`` when there is none, or it belongs to another review or a newer tool.
    """
    found = find_manifest(revised, folder)
    if found is None:
        raise UprReportError(
            f"{revised.shown} does not say what it was generated from, so it cannot be compared",
            "of a finished report take the working copy, in archive/; some programs drop that part: take the "
            "copy that was saved last by Word or LibreOffice, and put the folder history/ of this review "
            "back if it is gone",
        )
    return found


def find_manifest(revised: Revised, folder: ReviewFolder) -> Manifest | None:
    """What a revised draft was generated from; None where neither it nor the folder's history tells.

    Raises ``UprReportError`` when it belongs to another review or a newer tool.
    """
    found = revised.manifest() or recall(folder)(revised.held().get("uprreport manifest", ""))
    if found is not None:
        _refuse_foreign(found, revised.shown, folder)
    return found


def open_clearance(file: Path, review: Review) -> tuple[Revised, Manifest] | None:
    """The passages of a clearance file and what it was made from; None for any other .docx."""
    content = _content(file)
    if not is_clearance(content, file.name):
        return None
    clearance, _ = read_clearance(content, file.name, recall(review.folder))
    _refuse_foreign(clearance.manifest, file.name, review.folder)
    return clearance.document, clearance.manifest


def _refuse_foreign(found: Manifest, shown: str, folder: ReviewFolder) -> None:
    if found.review != folder.settings.id:
        raise UprReportError(
            f"{shown} is a draft of the review {found.review}, not of {folder.settings.id}",
            "name the folder of its review with -C",
        )
    if _version(found.version) > _version(__version__):
        raise UprReportError(
            f"{shown} was made by uprreport {found.version}, and this is {__version__}",
            "install that version, or a newer one",
        )


def recall(folder: ReviewFolder) -> Callable[[str], Manifest | None]:
    """Finds manifests in the folder's history by their ids."""

    def find(name: str) -> Manifest | None:
        path = folder.history / "manifests" / f"{name}.xml"
        return read_manifest(path.read_bytes()) if name and "/" not in name and path.is_file() else None

    return find


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


# Joining ------------------------------------------------------------------------------------------------


def join(revised: Revised, base: Manifest, file: Path, review: Review, today: datetime.date) -> Returned:
    """Carry a file that came back into a revised draft: a clearance file, or another copy of the draft."""
    content = _content(file)
    if is_clearance(content, file.name):
        return _join_clearance(revised, base, (file.name, content), review)
    other = Revised(content, file.name, today)
    author = other.last_author() or file.stem
    copy = Copy(other, base_manifest(other, review.folder), author)
    with revised.written_by(author):
        return Returned((file.name, join_copy(revised, base, copy)))


def _join_clearance(revised: Revised, base: Manifest, file: tuple[str, bytes], review: Review) -> Returned:
    shown, content = file
    clearance, findings = read_clearance(content, shown, recall(review.folder))
    _refuse_foreign(clearance.manifest, shown, review.folder)
    agency = review.register.agency(clearance.agency)
    author = agency.name if agency is not None else clearance.agency
    with revised.written_by(author):
        plans = join_copy(revised, base, clearance.copy(author))
    remarks = tuple(
        Remark(clearance.agency, told.title, told.remark) for told in clearance.passages if told.remark
    )
    return Returned((shown, plans), findings, clearance.sign_offs(), remarks)


def tell_clearance(
    sign_offs: Sequence[SignOff], now: Mapping[str, str], remarks: Iterable[Remark]
) -> dict[str, Any]:
    """How the clearance stands: ``now`` maps each block to the digest of its text.

    Keys: ``cleared`` (a number), ``refused`` and ``reopened`` (lists of agency and block), ``remarks``.
    """
    judged = judge_sign_offs(sign_offs, now)
    return {
        "cleared": len(judged.cleared),
        "refused": [{"agency": agency, "block": block} for agency, block in sorted(judged.refused)],
        "reopened": [{"agency": agency, "block": block} for agency, block in sorted(judged.reopened)],
        "remarks": [{"agency": told.agency, "title": told.title, "text": told.text} for told in remarks],
    }


def carry_back(revised: Revised, base: Manifest, final: Path, today: datetime.date) -> Returned:
    """Carry later edits of a final, which has no anchors, back into the working copy.

    Raises ``UprReportError`` when the file is a draft, or the final of something else.
    """
    other = read_revised(final, today)
    now = as_manifest(revised, base)
    _refuse_other_pair(revised, now, other)
    author = other.last_author() or final.stem
    with revised.written_by(author):
        return Returned((final.name, join_copy(revised, base, Copy(other, now, author, is_marked=False))))


def _refuse_other_pair(revised: Revised, now: Manifest, other: Revised) -> None:
    if other.manifest() is not None:
        raise UprReportError(
            f"{other.shown} is a draft that still has its marks, not a final",
            f"give it as another copy: uprreport update {revised.shown} --with {other.shown}",
        )
    if share_found(now, other) < _PAIR:
        raise UprReportError(
            f"{other.shown} does not read like {revised.shown}: most of its passages are not there",
            "name the working copy that the final was made from",
        )


def carry_comments(
    revised: Revised, base: Manifest, review: Review
) -> tuple[Manifest, tuple[dict[str, str], ...]]:
    """Carry the proposals of accepted comments in; gives block, sender and outcome of each.

    The manifest that comes back remembers them: what an editor turns down later is not proposed again.
    """
    told = tuple(_carried(revised, base, review))
    sums = [name for name, _ in told]
    if set(sums) <= set(base.carried):
        return base, tuple(outcome for _, outcome in told)
    return replace(base, carried=tuple(dict.fromkeys((*base.carried, *sums)))), tuple(o for _, o in told)


def _carried(revised: Revised, base: Manifest, review: Review) -> Iterator[tuple[str, dict[str, str]]]:
    comments, _ = collect_comments(review.folder)
    for told in answered_comments(comments, review.decisions):
        comment = told.comment
        if told.accepted and comment.proposed_text:
            proposal = Proposal(comment.block, comment.sender, comment.text, comment.proposed_text)
            known = proposal.digest in base.carried
            outcome = "done" if known else carry_proposal(revised, base, proposal)
            yield proposal.digest, {"block": comment.block, "from": comment.sender, "outcome": outcome}
