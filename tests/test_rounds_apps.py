"""What LibreOffice makes of the files of a round: it opens, saves and prints them."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

from clearances import SIGNED, Hand, made, standing, two
from conftest import Convert
from drafts import draft, manifest
from uprreport.collect.comments import Asked, form_properties, form_tabs, read_comments
from uprreport.files.excel.write import write_workbook
from uprreport.files.word.consultation import clean_copy
from uprreport.files.word.final import Colophon
from uprreport.review import load_shipped_schema
from uprreport.revise.clearance import digests, read_clearance
from uprreport.revise.signoffs import judge_sign_offs

pytestmark = pytest.mark.apps
MARK = "Draft for consultation – 25 April 2026"


def printed(path: Path) -> str:
    program = shutil.which("pdftotext")
    assert program is not None
    done = subprocess.run([program, "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_clearance__libreoffice_saves__reads_back_the_same(
    tmp_path: Path, soffice: Convert, ways: tuple[str, ...]
) -> None:
    hand = Hand(made().content)
    hand.track("rec_140_7_measures", " Six more follow.")
    hand.sign(**SIGNED)
    path = tmp_path / "moh-clearance.docx"
    path.write_bytes(hand.save())
    before, _ = read_clearance(path.read_bytes(), path.name)
    for way in ways:
        path = soffice(path, way)
    held = {before.manifest.id: manifest(made().content)}
    after, findings = read_clearance(path.read_bytes(), path.name, held.get)
    assert findings == ()
    assert (after.agency, after.manifest, after.name) == (before.agency, before.manifest, before.name)
    assert [p.digest for p in after.passages] == [p.digest for p in before.passages]
    assert after.sign_offs() == before.sign_offs()
    assert after.copy().is_marked
    now = digests(standing(draft(two()).content))
    assert judge_sign_offs(after.sign_offs(), now) == judge_sign_offs(before.sign_offs(), now)


def test_clearance__libreoffice__prints_it(tmp_path: Path, soffice: Convert) -> None:
    path = tmp_path / "moh-clearance.docx"
    path.write_bytes(made().content)
    text = printed(soffice(path, "pdf"))
    for told in ("What you sent", "As it now reads in the report", "The ministry trained twelve", "Sign-off"):
        assert told in text
    assert "1. [140" not in text


def test_consultation__libreoffice__prints_it_with_its_numbers_and_without_labels(
    tmp_path: Path, soffice: Convert
) -> None:
    path = tmp_path / "consultation.docx"
    colophon = Colophon("Examplia", datetime.date(2026, 4, 25), dates=("20 April 2026",))
    path.write_bytes(clean_copy(draft(two()).content, colophon, MARK))
    text = printed(soffice(path, "pdf"))
    assert "The ministry trained twelve midwives" in text
    assert "[140.7" not in text


def test_form__libreoffice_saves__reads_back_the_same(tmp_path: Path, soffice: Convert) -> None:
    schema = load_shipped_schema("comments")
    asked = [Asked("rec:140.7/measures", "140.7", "12", "Twelve midwives were trained.")]
    tabs = form_tabs(asked, schema, "exa-upr4", "Examplia", "draft.docx")
    (form,) = (tab for tab in tabs if tab.title == "Comments")
    form.rows[1].update({"comment": "Say where.", "from": "Centre for Rights"})  # type: ignore[union-attr]
    path = tmp_path / "form.xlsx"
    day = datetime.date(2026, 4, 25)
    path.write_bytes(write_workbook(tabs, properties=form_properties("exa-upr4", "abc"), created=day))
    before = read_comments(path, "form.xlsx", schema, "exa-upr4")
    assert len(before[0]) == 1
    assert read_comments(soffice(path, "xlsx"), "form.xlsx", schema, "exa-upr4") == before
