"""Answers that were offered to a draft and do not stand in it, and the draft that was updated last."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from uprreport.collect.merge import Merged
from uprreport.files.word.document import comments_of
from uprreport.files.word.manifest import Manifest
from uprreport.files.word.threads import threads_in
from uprreport.findings import Finding, Location, UprReportError
from uprreport.flows.base import Collected, Review
from uprreport.flows.history import withheld_passages
from uprreport.flows.returns import base_manifest, read_revised, recall
from uprreport.flows.rounds import Opened
from uprreport.review import ReviewFolder, write_file
from uprreport.revise.locate import locate
from uprreport.revise.offers import read_offers
from uprreport.revise.untaken import Comments, Reading, Untaken, find_untaken
from uprreport.revise.update import read_lines, read_theirs, regions_by_block

_MANY = 1000
"""Updates in a row that are followed back; no draft has so many."""


def untaken_in(opened: Opened) -> tuple[Untaken, ...]:
    """What was offered to a draft and does not stand in it; nothing where nobody knows what it came from.

    What is not for publication by now is nobody's to take, and not quoted.
    """
    revised, base = opened.revised, opened.base
    if not base.blocks:
        return ()
    located = locate(base, read_lines(revised))
    regions = regions_by_block(revised, located)
    at = {number: block for block, region in regions.items() for number in comments_of(region)}
    comments = Comments(revised.threads(), frozenset(threads_in(revised.body)), at)
    there = read_theirs(revised, regions, located)
    before = tuple(_before(opened.folder, base))
    agencies = {item.number: item.agencies for item in opened.review.register.items}
    found = find_untaken(Reading(base, before, read_offers(revised, base), there, comments, agencies))
    held = withheld_passages(opened.collected, opened.merged)
    return tuple(told for told in found if not held.is_in(told.text))


def _before(folder: ReviewFolder, base: Manifest) -> Iterator[Manifest]:
    """The manifests that a draft's own was updated from, the oldest first."""
    find, found = recall(folder), list[Manifest]()
    earlier = find(base.previous)
    while earlier is not None and len(found) < _MANY:
        found.append(earlier)
        earlier = find(earlier.previous)
    yield from reversed(found)


def untaken_findings(shown: str, untaken: Sequence[Untaken]) -> Iterator[Finding]:
    """One finding for each answer and agency: offered ones are to be settled, declined ones only told."""
    for told in untaken:
        code = "answer-not-taken" if told.how == "offered" else "change-declined"
        number = told.numbers[0] if len(told.numbers) == 1 else ""
        details = {"agencies": ", ".join(told.agencies) or "the coordinator"}
        yield Finding(code, Location(shown), ", ".join(told.agencies), number, told.where, details=details)


# The draft that was updated last ----------------------------------------------------------------------------


def note_draft(folder: ReviewFolder, file: Path, manifest: str, today: datetime.date) -> None:
    """Remember which draft was updated last, so that ``status`` can tell what was not taken into it."""
    told = {"file": folder.show(file), "manifest": manifest, "date": today.isoformat()}
    write_file(_noted(folder), f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode())


def last_draft(folder: ReviewFolder) -> Path | None:
    """The draft that was updated last, where it still lies there."""
    try:
        told = json.loads(_noted(folder).read_text(encoding="utf-8"))
        path = folder.path / str(told["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return path if path.is_file() else None


def _noted(folder: ReviewFolder) -> Path:
    return folder.history / "last-update.json"


def untaken_of(
    given: tuple[Review, Collected, Merged], file: Path | None, today: datetime.date
) -> tuple[str, tuple[Untaken, ...]] | None:
    """What was not taken into a draft, by default the one that was updated last, and its name; None for none.

    A draft that was named must be one of this review; the one that is remembered is passed over otherwise.
    """
    review, collected, merged = given
    folder = review.folder
    draft = file or last_draft(folder)
    if draft is None:
        return None
    try:
        revised = read_revised(draft, today)
        opened = Opened(review, collected, merged, (), revised, base_manifest(revised, folder))
    except UprReportError:
        if file is not None:
            raise
        return None
    return folder.show(draft), untaken_in(opened)
