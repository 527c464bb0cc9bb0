"""The way back: revised drafts and the present data become an updated draft."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uprreport import __version__
from uprreport.collect.merge import Merged
from uprreport.files.word.manifest import Manifest, read_manifest
from uprreport.files.word.revised import Revised
from uprreport.findings import Finding, Location, UprReportError
from uprreport.flows.base import Collected, Result, Review, collect, judge, load
from uprreport.flows.draft import render
from uprreport.flows.history import scrub_history, withheld_scope
from uprreport.model import RecordSet
from uprreport.review import ReviewFolder, write_file
from uprreport.revise.join import Copy, as_manifest, join_copy
from uprreport.revise.plan import BlockPlan
from uprreport.revise.summary import update_document, update_lines, update_page
from uprreport.revise.update import Updated, Withheld, read_passages, update_draft
from uprreport.revise.withheld import Passages, in_scope, withheld_texts
from uprreport.steps import Step


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``update`` was asked to do: where to write, other copies to join, a final to carry back."""

    out: Path | None = None
    copies: tuple[Path, ...] = ()
    final: Path | None = None
    dry_run: bool = False


def update(path: Path, file: Path, asked: Asked, today: datetime.date) -> Result:
    """Carry the present data, and other copies, into a revised draft; the input is never written to.

    Raises ``UprReportError`` when the file is no draft of this review, or the output exists already.
    """
    review = load(path, today)
    target = _target(review.folder, file, asked)
    collected = collect(review)
    merged, findings = judge(review, collected)
    revised = read_revised(file, today)
    base = base_manifest(revised, review.folder)
    joined = [_join(revised, base, copy, review.folder, today) for copy in asked.copies]
    if asked.final is not None:
        joined.append(_carry_back(revised, base, asked.final, today))
    draft, own = render(review, merged, today)
    held = _withheld(collected, merged)
    updated = update_draft(revised, base, draft, today, held)
    left = tuple(_left(updated, held, review.folder.show(target), today)) if held else ()
    told = (*own, *left)
    document = update_document(updated, None if asked.dry_run else review.folder.show(target), joined)
    step = Step("look through the tracked changes and comments in Word", "", "", review.folder.show(target))
    if asked.dry_run:
        return Result(document, (*findings, *told), own=told, steps=(step,))
    written = _write(review, updated, target, joined)
    scrub_history(review.folder, withheld_scope(merged))
    return Result(document, (*findings, *told), written, steps=(step,), own=told)


def _target(folder: ReviewFolder, file: Path, asked: Asked) -> Path:
    target = asked.out or file.with_name(f"{file.stem}-updated.docx")
    if target.exists() and not asked.dry_run:
        raise UprReportError(
            f"{folder.show(target)} exists already, and is not overwritten",
            "name another file with -o, or move that one away",
        )
    return target


def read_revised(file: Path, today: datetime.date, author: str = "") -> Revised:
    """A revised draft from a file. Raises ``UprReportError`` when it cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise UprReportError(f"{file} could not be opened: {problem.strerror}") from None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UprReportError(
            f"{file.name} is protected by a password or in an old format (.doc)",
            "open it in Word or LibreOffice and save it as .docx, without a password",
        )
    return Revised(content, file.name, today, author) if author else Revised(content, file.name, today)


def base_manifest(revised: Revised, folder: ReviewFolder) -> Manifest:
    """What a revised draft was generated from: its own manifest, else the copy in the folder's history.

    Raises ``UprReportError`` when there is none, or it belongs to another review or a newer tool.
    """
    found = revised.manifest() or _from_history(revised, folder)
    if found is None:
        raise UprReportError(
            f"{revised.shown} does not say what it was generated from, so it cannot be compared",
            "some programs drop that part: take the copy that was saved last by Word or LibreOffice, and put "
            "the folder history/ of this review back if it is gone",
        )
    if found.review != folder.settings.id:
        raise UprReportError(
            f"{revised.shown} is a draft of the review {found.review}, not of {folder.settings.id}",
            "name the folder of its review with -C",
        )
    if _version(found.version) > _version(__version__):
        raise UprReportError(
            f"{revised.shown} was made by uprreport {found.version}, and this is {__version__}",
            "install that version, or a newer one",
        )
    return found


def _from_history(revised: Revised, folder: ReviewFolder) -> Manifest | None:
    name = revised.held().get("uprreport manifest", "")
    path = folder.history / "manifests" / f"{name}.xml"
    if not name or "/" in name or not path.is_file():
        return None
    return read_manifest(path.read_bytes())


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


# Other copies -------------------------------------------------------------------------------------------

Joined = tuple[str, tuple[BlockPlan, ...]]


def _join(revised: Revised, base: Manifest, copy: Path, folder: ReviewFolder, today: datetime.date) -> Joined:
    other = read_revised(copy, today)
    author = other.last_author() or copy.stem
    with revised.written_by(author):
        return copy.name, join_copy(revised, base, Copy(other, base_manifest(other, folder), author))


def _carry_back(revised: Revised, base: Manifest, final: Path, today: datetime.date) -> Joined:
    other = read_revised(final, today)
    author = other.last_author() or final.stem
    now = as_manifest(revised, base)
    with revised.written_by(author):
        return final.name, join_copy(revised, base, Copy(other, now, author, is_marked=False))


# What is no longer for publication ----------------------------------------------------------------------


def _withheld(collected: Collected, merged: Merged) -> Withheld | None:
    scope = withheld_scope(merged)
    if not scope:
        return None
    printed = tuple(_printed(merged.records))
    passages = Passages(withheld_texts(collected.submissions, scope, printed), printed)
    return Withheld(in_scope(scope), passages.is_in)


def _printed(records: RecordSet) -> Iterator[str]:
    answers = [answer for outcome in records.outcomes for answer in outcome.answers]
    for record in (*answers, *(record for rows in records.tables.values() for record in rows)):
        yield from (record.text(name) for name in record.fields)


def _left(updated: Updated, held: Withheld, shown: str, today: datetime.date) -> Iterator[Finding]:
    """Passages that a person must take out: edited ones, and ones that were copied elsewhere."""
    marked = {plan.id for plan in updated.plans if plan.withheld and plan.after and plan.after.offer}
    titles = {plan.id: plan.title for plan in updated.plans}
    for block, lines in read_passages(Revised(updated.content, shown, today)).items():
        if block in marked or any(held.in_text(line) for line in lines):
            value = titles.get(block, block)
            yield Finding("withheld-in-draft", Location(shown), value=value, heading=value)


# Writing ------------------------------------------------------------------------------------------------


def _write(review: Review, updated: Updated, target: Path, joined: Sequence[Joined]) -> tuple[Path, ...]:
    folder = review.folder
    manifest = folder.history / "manifests" / f"{updated.manifest_id}.xml"
    page = folder.build / f"{target.stem}-report.html"
    data = page.with_suffix(".json")
    write_file(manifest, updated.manifest)
    write_file(target, updated.content)
    write_file(page, update_page(updated, target.name, joined).encode())
    text = json.dumps(update_document(updated, folder.show(target), joined), ensure_ascii=False, indent=1)
    write_file(data, f"{text}\n".encode())
    removed = [plan for plan in updated.plans if plan.withheld and plan.theirs is not None]
    if not removed:
        return target, page, data, manifest
    note = folder.build / "internal" / f"{target.stem}-withheld.txt"
    write_file(note, "\n\n".join(map(_removed_text, removed)).encode())
    return target, page, data, manifest, note


def _removed_text(plan: BlockPlan) -> str:
    """A passage as it read before what is withheld was taken out, for the coordinator's eyes only."""
    assert plan.theirs is not None  # noqa: S101 - the caller chose those that were found
    lines = [text for _, text in plan.theirs.paragraphs]
    lines += [" | ".join(row) for table in plan.theirs.tables for row in table]
    return "\n".join((plan.title, *lines))


def told_lines(document: dict[str, Any]) -> tuple[str, ...]:
    """What an update did, in lines for a terminal."""
    return tuple(update_lines(document))
