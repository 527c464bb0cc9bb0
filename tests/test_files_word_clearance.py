from __future__ import annotations

import datetime
from typing import Any

import pytest

from drafts import document, manifest
from editors import everything
from uprreport.files.word.clearance import ClearanceFile, Form, Passage, write_clearance
from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.properties import read_custom
from uprreport.files.word.regions import RegionText, read_regions, read_text
from uprreport.files.word.returned import (
    CLEARED,
    INSTRUCTIONS,
    SHOWN,
    drop_part,
    lay_out,
    open_word,
    read_sign_off,
)
from uprreport.files.word.seal import is_edited
from uprreport.files.word.wording import wording_digest
from uprreport.findings import UprReportError
from uprreport.model import Source
from uprreport.review import shipped

TEMPLATE = (shipped("templates") / "midterm-report.docx").read_bytes()
DAY = datetime.date(2026, 4, 25)
TEXT = RegionText(
    (("numbered paragraph", "Twelve midwives were trained."), ("paragraph continued", "- here"))
)
TABLE = RegionText((("caption", "Needs"),), ((("Need", "Kind"), ("Beds & sheets", "Training")),))


def block(block_id: str, agency: str = "moh") -> ManifestBlock:
    anchor = "upr_" + "".join(c if c.isalnum() else "_" for c in block_id)
    source = Source("submissions/a.xlsx", "Progress", "F12", agency, "measures", "0" * 16, "140.7")
    other = Source("submissions/b.xlsx", "Progress", "F12", "moj", "measures", "1" * 16, "140.7")
    return ManifestBlock(block_id, anchor, block_id, TEXT, sources=(source, other), label="[x]")


def passage(title: str = "140.7", text: RegionText = TEXT, **more: Any) -> Passage:
    given: dict[str, Any] = {
        "about": ("Train midwives",),
        "sent": (("Measures taken", "We trained twelve."),),
    }
    blocks = more.pop("blocks", (block(f"rec:{title}/measures"),))
    return Passage(title, **{**given, **more}, text=text, label=f"[{title}]", blocks=blocks)


def clearance(*passages: Passage) -> ClearanceFile:
    form = Form(
        "moh", "Ministry of Health", "Examplia: report", "exa-upr4", "Examplia", "en", "0.1", DAY,
        passages or (passage(), passage("140.1")),
    )  # fmt: skip
    return write_clearance(TEMPLATE, form)


def texts(content: bytes) -> dict[str, RegionText]:
    """What stands at each anchor once the file is laid out."""
    body, styles = document(write_parts(lay_out(read_parts(content))))
    return {a: read_text(region, styles) for region in read_regions(body) for a in region.anchors}


def test_clearance__same_form__same_bytes() -> None:
    assert clearance().content == clearance().content
    assert not is_edited(clearance().content)


def test_clearance__laid_out__holds_only_the_reports_passages() -> None:
    made = clearance()
    assert texts(made.content) == {"upr_rec_140_7_measures": TEXT, "upr_rec_140_1_measures": TEXT}
    body, _ = document(write_parts(lay_out(read_parts(made.content))))
    assert "We trained twelve." not in "".join(body.itertext())


def test_clearance__its_manifest__has_the_drafts_ids_own_sources_and_the_texts() -> None:
    made = clearance()
    held = manifest(made.content)
    assert [b.id for b in held.blocks] == ["rec:140.7/measures", "rec:140.1/measures"]
    assert all(b.text == TEXT and b.label == f"[{b.id[4:-9]}]" for b in held.blocks)
    own, other = held.blocks[0].sources
    assert (own.agency, own.file, own.cell) == ("moh", "submissions/a.xlsx", "F12")
    assert (other.agency, other.number, other.file, other.cell, other.digest) == ("moj", "140.7", "", "", "")
    properties = read_custom(read_parts(made.content))
    assert properties["uprreport manifest"] == held.id == made.manifest_id
    assert properties["uprreport agency"] == "moh"
    assert properties["uprreport kind"] == "clearance"


def test_clearance__what_a_reader_sees__is_all_there() -> None:
    text = everything(clearance().content)
    for told in (
        "Clearance: Ministry of Health",
        *INSTRUCTIONS,
        "Train midwives",
        "We trained twelve.",
        CLEARED,
    ):
        assert told in text
    assert wording_digest(TEXT)[:SHOWN] in text
    assert "{{" not in text


def test_clearance__table_of_its_own__stands_in_full_and_is_read_back() -> None:
    made = clearance(passage("needs", TABLE))
    assert texts(made.content) == {"upr_rec_needs_measures": TABLE}


def test_clearance__table_with_a_merged_cell_and_lines__is_read_back_as_it_was() -> None:
    rows = (("Need", "Kind", "Cost"), ("Beds\nand sheets", "Training"), ("", "Advice", "1"))
    told = RegionText(TABLE.paragraphs, (rows,))
    assert texts(clearance(passage("needs", told)).content) == {"upr_rec_needs_measures": told}


def test_clearance__blocks_in_one_paragraph__share_it() -> None:
    made = clearance(passage(blocks=(block("rec:140.7/measures"), block("rec:140.8/measures"))))
    assert texts(made.content) == {"upr_rec_140_7_measures": TEXT, "upr_rec_140_8_measures": TEXT}


def test_digest__blanks_quotes_and_styles__are_set_aside_and_words_are_not() -> None:
    one = wording_digest(RegionText((("a", "He said “yes” – twice"),)))
    assert wording_digest(RegionText((("b", 'He  said "yes" - twice '),))) == one
    assert wording_digest(RegionText((("a", "He said “no” – twice"),))) != one
    assert wording_digest(TABLE) != wording_digest(RegionText(TABLE.paragraphs))


def test_sign_off__untouched__has_a_line_for_each_passage_and_nobody_signed() -> None:
    table = read_sign_off(read_parts(clearance().content))
    assert [(line.title, line.cleared) for line in table.lines] == [("140.7", ""), ("140.1", "")]
    assert {line.digest for line in table.lines} == {wording_digest(TEXT)[:SHOWN]}
    assert table.signed == {}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0 old", "password"),
        (b"%PDF-1.7", "PDF"),
        (b"no file at all", "could not be read"),
        (write_parts({"a.txt": b"x"}), "could not be read"),
        (write_parts({"word/document.xml": b"<w", "word/styles.xml": b"<s/>"}), "could not be read"),
        (write_parts({"word/document.xml": b" " * 60_000_000}), "larger"),
    ],
)
def test_open__anything_but_a_sound_word_file__is_refused_in_words(content: bytes, told: str) -> None:
    with pytest.raises(UprReportError, match=told):
        open_word(content, "x.docx")


def test_open__clearance_file__gives_its_parts() -> None:
    assert "word/document.xml" in open_word(clearance().content, "x.docx")


def test_drop_part__with_its_type_and_relations__nothing_refers_to_it() -> None:
    parts = read_parts(TEMPLATE)
    drop_part(parts, "word/header2.xml")
    assert "word/header2.xml" not in parts
    assert not any(b"header2.xml" in content for content in parts.values())
    assert b"header1.xml" in parts["[Content_Types].xml"]
