"""``trace``: where each block of a draft came from, and what editors made of it. Only a page is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from uprreport.collect.merge import Merged
from uprreport.files.word.manifest import Manifest
from uprreport.files.word.revised import Revised
from uprreport.findings import UprReportError
from uprreport.flows.base import Collected, Result, Review, collect, judge, load
from uprreport.flows.history import withheld_passages, withheld_scope
from uprreport.flows.returns import base_manifest, open_clearance, read_revised
from uprreport.model import Source
from uprreport.report.content import build_report
from uprreport.report.given import text_of
from uprreport.report.ids import digest, name_themes
from uprreport.review import write_file
from uprreport.revise.choose import Known, choose
from uprreport.revise.trace import Present, Traced, trace_draft
from uprreport.revise.trace_page import MADE_BY, trace_page
from uprreport.revise.trace_report import About, block_lines, list_lines, trace_document
from uprreport.revise.withheld import in_scope
from uprreport.steps import Step

TEMPLATE = "trace.html"

Place = tuple[str, str, str, str]
"""File, tab, cell and field of a source."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``trace`` was asked for: blocks by name, edited ones only, and where to write a page, if any."""

    names: tuple[str, ...] = ()
    edited: bool = False
    page: bool = False
    out: Path | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The result, and the same in lines for a terminal."""

    result: Result
    lines: tuple[str, ...]


def trace(path: Path, file: Path, asked: Asked, today: datetime.date) -> Told:
    """Trace a draft of this review, revised or not.

    Raises ``UprReportError`` when the file is no draft of this review, a name means nothing in it, or the
    page would stand over somebody's file.
    """
    review = load(path, today)
    collected = collect(review)
    merged, _ = judge(review, collected)
    revised, base = _opened(review, file, today)
    blocks = trace_draft(revised, base, _present(review, collected, merged, today))
    chosen = choose(blocks, asked.names, _known(review))
    if asked.edited:
        chosen = tuple(block for block in chosen if block.edited is not False)
    about = About(review.folder.show(file), base.id, base.date, revised.last_author())
    document = trace_document(about, chosen)
    lines = tuple(block_lines(about, chosen) if asked.names else list_lines(about, chosen))
    if not (asked.page or asked.out):
        shown = f'"{file}"' if " " in str(file) else file
        step = Step("carry late answers into it", "", f"uprreport update {shown}")
        return Told(Result(document, steps=(step,)), lines)
    target = _write_page(review, about, chosen, asked.out)
    step = Step("open the page in a browser", "", "", review.folder.show(target))
    document["page"] = review.folder.show(target)
    return Told(Result(document, written=(target,), steps=(step,)), lines)


def _opened(review: Review, file: Path, today: datetime.date) -> tuple[Revised, Manifest]:
    """A draft and what it was generated from; of a clearance file the passages that it holds."""
    revised = read_revised(file, today)
    clearance = open_clearance(file, review)
    if clearance is not None:
        return clearance
    is_bare = revised.manifest() is None and not revised.held().get("uprreport manifest")
    if is_bare and not any(revised.anchors(node) for node in revised.nodes()):
        raise UprReportError(
            f"{file.name} holds no anchors or manifest: trace the working copy instead",
            "a final and a copy for consultation have nothing of the tool left in them; the file that they "
            "were made from has",
        )
    return revised, base_manifest(revised, review.folder)


def _known(review: Review) -> Known:
    register = review.register
    titles = [*(theme.theme for theme in register.themes), *(i.theme for i in register.recommendations)]
    themes = {name: title for title, name in name_themes(dict.fromkeys(titles)).items()}
    return Known(
        tuple(item.number for item in register.items), tuple(a.id for a in register.agencies), themes
    )


# What the review holds now --------------------------------------------------------------------------------


def _present(review: Review, collected: Collected, merged: Merged, today: datetime.date) -> Present:
    settings, schema = review.folder.settings, review.folder.schema
    report = build_report(settings, review.register, merged.records, schema, today)
    sources = [s for blocks in report.sections.values() for block in blocks for s in block.sources]
    printed = {(s.agency, s.number or s.sheet, s.field, s.digest) for s in sources}
    is_in_scope = in_scope(withheld_scope(merged))

    def is_withheld(source: Source) -> bool:
        told = (source.agency, source.number or source.sheet, source.field, source.digest)
        return is_in_scope(source) and told not in printed

    now = {_place(source): source.digest for source in sources}
    return Present(
        _Cells(review, collected, now).changed, is_withheld, withheld_passages(collected, merged).is_in
    )


def _place(source: Source) -> Place:
    return source.file, source.sheet, source.cell, source.field


class _Cells:
    """What the cells hold that a draft was made from."""

    def __init__(self, review: Review, collected: Collected, now: Mapping[Place, str]) -> None:
        """``now`` are the sums of what a draft would be made from at present; they tell decisions too."""
        self._review, self._now = review, now
        self._read = {submission.file for submission in collected.submissions}
        self._held = dict(_held(collected))
        self._sums = {(file, sheet, field, told) for (file, sheet, _, field), told in now.items()}

    def changed(self, source: Source) -> bool | None:
        """Whether a source holds something else by now; None when its file is gone or cannot be read."""
        place = _place(source)
        if place in self._now:
            return self._now[place] != source.digest
        if source.file in self._read:
            return self._held.get(place) != source.digest
        folder = self._review.folder
        if source.file in (folder.show(folder.register), folder.show(folder.decisions)):
            # Their rows move when the tool writes them anew: the same value elsewhere is the same source.
            return (source.file, source.sheet, source.field, source.digest) not in self._sums
        return None


def _held(collected: Collected) -> Iterator[tuple[Place, str]]:
    for submission in collected.submissions:
        for rows in submission.rows.values():
            for row in rows:
                for name, value in row.values.items():
                    yield (row.file, row.sheet, row.cells.get(name, ""), name), digest(text_of(value))


# The page -------------------------------------------------------------------------------------------------


def _write_page(review: Review, about: About, blocks: tuple[Traced, ...], out: Path | None) -> Path:
    """Write the page; outside ``build/`` never over anything but another page of this kind."""
    target = out or review.folder.build / TEMPLATE
    if out is not None and out.exists() and MADE_BY.encode() not in target.read_bytes()[:1000]:
        raise UprReportError(
            f"{review.folder.show(target)} exists already, and is not overwritten",
            "name another file with -o, or move that one away",
        )
    template = review.folder.data("templates", TEMPLATE)
    page = trace_page((template.name, template.read_text(encoding="utf-8")), about, blocks)
    write_file(target, page.encode("utf-8", "replace"))
    return target
