"""The draft: build."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uprreport.collect.ledger import count_parts
from uprreport.collect.merge import Merged
from uprreport.collect.records import records_document
from uprreport.counts import count_printed
from uprreport.findings import UprReportError, count_severities, has_errors
from uprreport.flows.base import Findings, Result, Review, Watch, collect, facts_of, judge, load
from uprreport.flows.exported import drop_stale
from uprreport.flows.gather import write_questions, write_records
from uprreport.flows.history import scrub_history, withheld_scope
from uprreport.model import Draft
from uprreport.review import write_file
from uprreport.steps import next_steps

if TYPE_CHECKING:
    from uprreport.report.budgets import Lengths


@dataclass(frozen=True, slots=True)
class Wish:
    """What a draft is to be like where it differs from the settings: another template, another word limit."""

    template: Path | None = None
    limit: int | None = None


def build(
    path: Path, today: datetime.date, wish: Wish | None = None, *, strict: bool = False, watch: Watch = iter
) -> Result:
    """Check, merge, and write the draft with its manifest; ``wish`` goes before the settings.

    Raises ``UprReportError`` when somebody edited the draft: it is never overwritten.
    """
    from uprreport.files.word.seal import is_edited

    wish = wish or Wish()
    review = load(path, today)
    folder = review.folder
    if folder.draft.exists() and is_edited(folder.draft.read_bytes()):
        raise UprReportError(
            f"{folder.show(folder.draft)} was {_what_was_done(review, today)}, and is not overwritten",
            f"carry the present data into it with: uprreport update {folder.show(folder.draft)}; "
            "or move it away, then build again",
        )
    collected = collect(review, watch=watch)
    merged, findings = judge(review, collected)
    if strict and has_errors(findings):
        return Result(_build_document(review, merged, findings, None), findings)
    (merged, findings), asked = write_questions(review, collected, (merged, findings), today)
    draft, own, lengths = _render(review, merged, today, wish)
    findings = (*findings, *own)
    written = (write_records(folder, records_document(folder.settings, merged.records)), *asked)
    manifest = folder.history / "manifests" / f"{draft.manifest_id}.xml"
    write_file(manifest, draft.manifest)
    scrub_history(folder, withheld_scope(merged))
    write_file(folder.draft, draft.content)
    document = _build_document(review, merged, findings, draft.words)
    if wish.limit is not None:
        document["words"]["limit"] = wish.limit
    document["sections"] = dict(lengths.sections)
    document["longest"] = [
        {"block": block.id, "title": block.title, "words": count} for block, count in lengths.longest
    ]
    steps = next_steps(facts_of(review, collected, merged))
    removed = drop_stale(folder, merged)
    return Result(
        document, findings, (folder.draft, *written, manifest), steps=steps, own=own, removed=removed
    )


def _what_was_done(review: Review, today: datetime.date) -> str:
    """What somebody did to the draft after it was built, by the judgement that all commands share."""
    from uprreport.flows.returns import find_manifest, read_revised
    from uprreport.revise.trace import Present, trace_draft

    edited = "edited after it was built"
    try:
        revised = read_revised(review.folder.draft, today)
        base = find_manifest(revised, review.folder)
    except UprReportError:
        return edited
    if base is None or any(block.edited is not False for block in trace_draft(revised, base, Present())):
        return edited
    return "saved again after it was built (its words are as they were, formatting or comments may not be)"


def render(review: Review, merged: Merged, today: datetime.date) -> tuple[Draft, Findings]:
    """The draft of the present data, and what is too long in it. Nothing is written.

    Raises ``UprReportError`` when the template cannot be used.
    """
    draft, findings, _ = _render(review, merged, today, Wish())
    return draft, findings


def _render(
    review: Review, merged: Merged, today: datetime.date, wish: Wish
) -> tuple[Draft, Findings, Lengths]:
    from uprreport.report.abbreviations import check_abbreviations
    from uprreport.report.budgets import check_budgets, measure
    from uprreport.report.content import build_report
    from uprreport.report.draft import build_draft
    from uprreport.report.words import unplaced_texts

    folder = review.folder
    report = build_report(folder.settings, review.register, merged.records, folder.schema, today)
    template = wish.template or folder.template()
    draft = build_draft(template, report, folder.settings, today)
    limit = folder.settings.word_limit if wish.limit is None else wish.limit
    shown = folder.show(folder.draft)
    findings = (
        *check_budgets(report, draft.words, review.register, limit, shown),
        *unplaced_texts(review.register, draft.unplaced, template.name),
        *check_abbreviations(report, review.register, folder.settings.language, shown),
    )
    return draft, findings, measure(report)


def _build_document(
    review: Review, merged: Merged, findings: Findings, words: Mapping[str, int] | None
) -> dict[str, Any]:
    from uprreport.files.word.passages import count_words

    limit = review.folder.settings.word_limit
    return {
        "draft": review.folder.show(review.folder.draft) if words else None,
        "words": {**(words or count_words((), ())), "limit": limit},
        "counts": count_severities(findings),
        "recommendations": count_parts(merged.records),
        "printed": count_printed(merged.records),
    }
