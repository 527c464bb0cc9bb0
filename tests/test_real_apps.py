"""What real programs make of the files that are written: LibreOffice opens, saves and prints them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Convert
from drafts import document, draft, manifest, report, submission
from uprreport.files.word.package import read_parts
from uprreport.files.word.properties import read_custom
from uprreport.files.word.regions import read_regions, read_text

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
    assert "Annex I. Recommendations one by one" in flat
    assert "Error" not in flat
    assert "{{" not in flat


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
