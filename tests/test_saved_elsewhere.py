"""Drafts that came back from programs which the tests cannot run: kept as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafts import draft, report, submission
from editors import LATER, tracked
from uprreport.files.word.manifest import Manifest, read_manifest
from uprreport.files.word.regions import RegionText, read_text
from uprreport.files.word.revised import Revised
from uprreport.revise.locate import locate
from uprreport.revise.update import read_lines, regions_by_block, update_draft

FILES = Path(__file__).parent / "files"
SAVED = ("draft-libreoffice-25.2.docx", "draft-libreoffice-25.2-through-odt.docx")
EDITED = {"rec:140.7/measures", "rec:140.1/measures"}


def opened(name: str) -> tuple[Revised, Manifest]:
    base = read_manifest((FILES / "draft-libreoffice-25.2-manifest.xml").read_bytes())
    assert base is not None
    return Revised((FILES / name).read_bytes(), name, LATER), base


@pytest.mark.parametrize("name", SAVED)
def test_saved__every_block__is_found_by_its_mark_and_reads_as_generated(name: str) -> None:
    revised, base = opened(name)
    located = locate(base, read_lines(revised))
    assert not located.by_text
    regions = regions_by_block(revised, located)
    assert set(regions) == {block.id for block in base.blocks}
    read = {block: read_text(region, revised.styles) for block, region in regions.items()}
    assert {b.id for b in base.blocks if _plain(b.text) != _plain(read[b.id])} == EDITED


def test_saved__docx__keeps_its_manifest_and_odt_its_name() -> None:
    direct, base = opened(SAVED[0])
    assert direct.manifest() == base
    through, _ = opened(SAVED[1])
    assert through.manifest() is None
    assert through.held()["uprreport manifest"] == base.id


@pytest.mark.parametrize("name", SAVED)
def test_saved__late_answers__come_in_beside_what_the_editor_wrote(name: str) -> None:
    revised, base = opened(name)
    answers = {
        "140.7": {
            "status": "in progress",
            "measures": "Twelve midwives were trained abroad.\n- in Upper Vale\n- in Lower Vale",
            "challenges": "Few apply.",
        },
        "140.1": {"status": "planned"},
    }
    done = update_draft(revised, base, draft(report(submission("moh", answers))), LATER)
    plans = {plan.id: plan for plan in done.plans}
    assert plans["rec:140.7/measures"].change == "merged"
    again = Revised(done.content, name, LATER)
    assert (again.manifest() or base).id == done.manifest_id
    region = regions_by_block(again, locate(base, read_lines(again)))["rec:140.7/measures"]
    lines = [line for _, line in read_text(region, again.styles).paragraphs]
    assert lines[0] == "A dozen midwives were trained abroad. See also annex I."
    assert ("ins", "A. Editor", " (as agreed)") in tracked(done.content)


def _plain(text: RegionText) -> tuple[object, ...]:
    return tuple(line.split() for _, line in text.paragraphs), text.tables
