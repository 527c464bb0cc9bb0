"""The way back: revised drafts and the present data become an updated draft."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uprreport.collect.merge import Merged
from uprreport.files.word.everywhere import read_everything
from uprreport.files.word.revised import Revised
from uprreport.findings import Finding, Location, UprReportError
from uprreport.flows.base import Collected, Result, Review, collect, judge, load
from uprreport.flows.draft import render
from uprreport.flows.history import scrub_history, withheld_passages, withheld_scope
from uprreport.flows.returns import (
    Joined,
    Returned,
    base_manifest,
    carry_back,
    carry_comments,
    join,
    read_revised,
    tell_clearance,
)
from uprreport.flows.untaken import note_draft
from uprreport.review import ReviewFolder, write_file
from uprreport.revise.blocks import BlockPlan
from uprreport.revise.clearance import digests, read_standing
from uprreport.revise.signoffs import add_sign_offs, load_sign_offs
from uprreport.revise.summary import update_document, update_lines, update_page
from uprreport.revise.update import Updated, Withheld, read_passages, update_draft
from uprreport.revise.withheld import in_scope, places_of
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
    returned = [join(revised, base, copy, review, today) for copy in asked.copies]
    if asked.final is not None:
        returned.append(carry_back(revised, base, asked.final, today))
    base, comments = carry_comments(revised, base, review)
    joined = [came.joined for came in returned]
    draft, own = render(review, merged, today)
    held = _withheld(collected, merged)
    updated = update_draft(revised, base, draft, today, held)
    left = tuple(_left(updated, held, review.folder.show(target), today)) if held else ()
    told = (*own, *left, *(finding for came in returned for finding in came.findings))
    shown = None if asked.dry_run else review.folder.show(target)
    clearance = _clearance(review.folder, updated, returned, today)
    document = {**update_document(updated, shown, joined), "comments": list(comments), "clearance": clearance}
    step = Step("look through the tracked changes and comments in Word", "", "", review.folder.show(target))
    if asked.dry_run:
        return Result(document, (*findings, *told), own=told, steps=(step,))
    written = _write(review, (updated, joined, document), target)
    note_draft(review.folder, target, updated.manifest_id, today)
    add_sign_offs(_signed(review.folder), (s for came in returned for s in came.sign_offs))
    scrub_history(review.folder, withheld_scope(merged))
    return Result(document, (*findings, *told), written, steps=(step,), own=told)


def _signed(folder: ReviewFolder) -> Path:
    return folder.history / "clearance.json"


def _clearance(
    folder: ReviewFolder, updated: Updated, returned: Sequence[Returned], today: datetime.date
) -> dict[str, Any] | None:
    """How the clearance stands in the updated draft; None before the first sign-off."""
    sign_offs = (*load_sign_offs(_signed(folder)), *(s for came in returned for s in came.sign_offs))
    remarks = [told for came in returned for told in came.remarks]
    if not sign_offs and not remarks:
        return None
    draft = Revised(updated.content, "the updated draft", today)
    manifest = draft.manifest()
    now = digests(read_standing(draft, manifest)) if manifest is not None else {}
    return tell_clearance(sign_offs, now, remarks)


def _target(folder: ReviewFolder, file: Path, asked: Asked) -> Path:
    target = asked.out or file.with_name(f"{file.stem}-updated.docx")
    if target.exists() and not asked.dry_run:
        raise UprReportError(
            f"{folder.show(target)} exists already, and is not overwritten",
            "name another file with -o, or move that one away",
        )
    return target


# What is no longer for publication ----------------------------------------------------------------------


def _withheld(collected: Collected, merged: Merged) -> Withheld | None:
    scope = withheld_scope(merged)
    if not scope:
        return None
    return Withheld(in_scope(scope), withheld_passages(collected, merged).is_in)


def _left(updated: Updated, held: Withheld, shown: str, today: datetime.date) -> Iterator[Finding]:
    """Passages that a person must take out: edited ones, and ones that were copied elsewhere."""
    marked = {plan.id for plan in updated.plans if plan.withheld and plan.after and plan.after.offer}
    titles = {plan.id: plan.title for plan in updated.plans}
    draft = Revised(updated.content, shown, today)
    known: list[str] = []
    places: list[str] = []
    for block, lines in read_passages(draft).items():
        if block in marked or any(held.in_text(line) for line in lines):
            places.append(titles.get(block, block))
            known += lines
    places += places_of(read_everything(draft.parts), held.in_text, known)
    yield from (Finding("withheld-in-draft", Location(shown), value=v, heading=v) for v in places)


# Writing ------------------------------------------------------------------------------------------------


def _write(
    review: Review, told: tuple[Updated, Sequence[Joined], dict[str, Any]], target: Path
) -> tuple[Path, ...]:
    updated, joined, document = told
    folder = review.folder
    manifest = folder.history / "manifests" / f"{updated.manifest_id}.xml"
    page = folder.build / f"{target.stem}-report.html"
    data = page.with_suffix(".json")
    write_file(manifest, updated.manifest)
    write_file(target, updated.content)
    write_file(page, update_page(updated, target.name, joined).encode())
    text = json.dumps(_without_remarks(document), ensure_ascii=False, indent=1)
    write_file(data, f"{text}\n".encode())
    removed = [plan for plan in updated.plans if plan.withheld and plan.theirs is not None]
    if not removed:
        return target, page, data, manifest
    note = folder.build / "internal" / f"{target.stem}-withheld.txt"
    write_file(note, "\n\n".join(map(_removed_text, removed)).encode())
    return target, page, data, manifest, note


def _without_remarks(document: dict[str, Any]) -> dict[str, Any]:
    """What may stand in a file that is passed on: what agencies wrote to the coordinator may not."""
    told = document["clearance"]
    return document if told is None else {**document, "clearance": {**told, "remarks": []}}


def _removed_text(plan: BlockPlan) -> str:
    """A passage as it read before what is withheld was taken out, for the coordinator's eyes only."""
    assert plan.theirs is not None  # noqa: S101 - the caller chose those that were found
    lines = [text for _, text in plan.theirs.paragraphs]
    lines += [" | ".join(row) for table in plan.theirs.tables for row in table]
    return "\n".join((plan.title, *lines))


def told_lines(document: dict[str, Any]) -> tuple[str, ...]:
    """What an update did, in lines for a terminal."""
    return tuple(update_lines(document))
