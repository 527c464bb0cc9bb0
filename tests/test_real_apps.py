"""What real programs make of the files that are written: LibreOffice opens, saves and prints them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Convert
from drafts import document, draft, manifest, report, submission
from editors import LATER, Editor
from uprreport.files.word.package import read_parts
from uprreport.files.word.properties import read_custom
from uprreport.files.word.regions import read_regions, read_text
from uprreport.files.word.revised import Revised
from uprreport.revise.update import update_draft

pytestmark = pytest.mark.apps

ANSWERS = {
    "140.7": {
        "status": "in progress",
        "measures": "Twelve midwives were trained.\n- in Upper Vale\n- in Lower Vale",
        "challenges": "Few apply.",
    },
    "140.1": {"status": "planned"},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("draft") / "draft.docx"
    path.write_bytes(draft(report(submission("moh", ANSWERS))).content)
    return path


def said(content: bytes) -> dict[str, tuple[list[str], list[tuple[str, ...]]]]:
    """What the region of each anchor says: paragraphs and rows."""
    body, styles = document(content)
    told = {}
    for region in read_regions(body):
        text = read_text(region, styles)
        rows = [row for table in text.tables for row in table]
        told.update({name: ([line for _, line in text.paragraphs], rows) for name in region.anchors})
    return told


def test_draft__libreoffice__prints_it(built: Path, soffice: Convert) -> None:
    printed = soffice(built, "pdf")
    program = shutil.which("pdftotext")
    assert program is not None
    text = subprocess.run(
        [program, "-layout", str(printed), "-"], capture_output=True, text=True, check=True
    ).stdout
    flat = " ".join(text.split())
    assert "Examplia" in flat
    assert "Twelve midwives were trained." in flat
    assert "Annex I. Recommendations and their implementation" in flat
    assert "Error" not in flat
    assert "{{" not in flat


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_update__edited_and_saved_by_libreoffice__carries_late_answers_in(
    built: Path, soffice: Convert, tmp_path: Path, ways: tuple[str, ...]
) -> None:
    editor = Editor(built.read_bytes())
    editor.replace("rec_140_7_measures", "Twelve midwives", "A dozen midwives")
    editor.append("rec_140_7_measures", " See also annex I.")
    path = tmp_path / "revised.docx"
    path.write_bytes(editor.save())
    for way in ways:
        path = soffice(path, way)
    revised = Revised(path.read_bytes(), "revised.docx", LATER)
    base = revised.manifest() or manifest(built.read_bytes())  # odt has no room for the part
    answers = {
        **ANSWERS,
        "140.7": {
            **ANSWERS["140.7"],
            "measures": "Twelve midwives were trained abroad.\n- in Upper Vale\n- in Lower Vale",
        },
        "140.1": {"status": "planned", "measures": "Sites are chosen."},
    }
    done = update_draft(revised, base, draft(report(submission("moh", answers))), LATER)
    changed = {plan.id: plan.change for plan in done.plans if plan.change != "same"}
    assert changed == {
        "rec:140.7/measures": "merged",
        "rec:140.1/measures": "replaced",
        "table:annex-1": "replaced",
    }
    assert said(done.content)["upr_rec_140_7_measures"][0] == [
        "A dozen midwives were trained abroad. See also annex I.", "- in Upper Vale", "- in Lower Vale",
    ]  # fmt: skip
    target = tmp_path / "updated.docx"
    target.write_bytes(done.content)
    saved = soffice(target, "docx")
    assert said(saved.read_bytes()) == said(done.content)
    again = Revised(saved.read_bytes(), "again.docx", LATER)
    held = again.manifest()
    assert held is not None
    later = update_draft(again, held, draft(report(submission("moh", answers))), LATER)
    assert [plan.id for plan in later.plans if plan.touches] == []


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_draft__libreoffice_saves__every_anchor_region_and_property_survives(
    built: Path, soffice: Convert, ways: tuple[str, ...]
) -> None:
    path = built
    for way in ways:
        path = soffice(path, way)
    before, after = said(built.read_bytes()), said(path.read_bytes())
    assert list(after) == list(before)
    assert after == before
    held = read_custom(read_parts(path.read_bytes()))
    assert held["uprreport manifest"] == manifest(built.read_bytes()).id
