"""What history keeps: labels as they were generated, and of what is withheld nothing but sums of texts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from uprreport.collect.merge import Merged
from uprreport.files.word.manifest import Manifest, read_manifest, without_text, write_manifest
from uprreport.flows.base import Collected
from uprreport.report.locales import show_date
from uprreport.review import ReviewFolder, write_file
from uprreport.revise.sent import records_in
from uprreport.revise.withheld import Passages, Scope, in_scope, withheld_texts


def withheld_scope(merged: Merged) -> Scope:
    """What is withheld at present, by agency and number or tab."""
    told = (finding for finding in merged.findings if finding.code == "publication-withheld")
    return frozenset((finding.agency, finding.recommendation or finding.at.sheet) for finding in told)


def withheld_passages(collected: Collected, merged: Merged) -> Passages:
    """Finds passages of what is not for publication at present in other texts."""
    scope = withheld_scope(merged)
    printed = [record.text(name) for record in records_in(merged.records) for name in record.fields]
    return Passages(withheld_texts(collected.submissions, scope, printed), printed)


def scrub_history(folder: ReviewFolder, scope: Scope) -> None:
    """Older manifests keep only the sums of what is withheld by now."""
    if not scope:
        return
    for path in sorted((folder.history / "manifests").glob("*.xml")):
        found = read_manifest(path.read_bytes())
        if found is not None and (less := without_text(found, in_scope(scope))) is not found:
            write_file(path, write_manifest(less))


def labels_of(folder: ReviewFolder, base: Manifest) -> Mapping[str, frozenset[str]]:
    """Every label that was ever generated for a block of a draft, by anchor: older ones may still stand."""
    known = {block.anchor: {block.label} for block in base.blocks}
    for manifest in _manifests(folder):
        for block in manifest.blocks:
            known.setdefault(block.anchor, set()).add(block.label)
    return {anchor: frozenset(labels - {""}) for anchor, labels in known.items()}


def dates_of(folder: ReviewFolder, base: Manifest) -> tuple[str, ...]:
    """The dates of all drafts so far as their headers print them, in the report's language."""
    days = {found.date for found in (base, *_manifests(folder)) if found.date}
    return tuple(
        show_date(datetime.date.fromisoformat(day), folder.settings.language) for day in sorted(days)
    )


def _manifests(folder: ReviewFolder) -> Iterator[Manifest]:
    for path in sorted((folder.history / "manifests").glob("*.xml")):
        found = read_manifest(path.read_bytes())
        if found is not None and found.review == folder.settings.id:
            yield found
