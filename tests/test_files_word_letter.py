"""Pages to be signed: valid order of elements, right to left where the language is, the same bytes."""

from __future__ import annotations

import datetime
from pathlib import Path

from conftest import Convert
from uprreport.files.word.letter import Grid, Line, Page, write_letter
from uprreport.files.word.package import read_parts
from uprreport.files.word.xml import Element, get, parse, plain_text, style_of, w
from uprreport.language import ENGLISH, Language

ARABIC = Language("ar", {})
DAY = datetime.date(2026, 4, 20)
PARTS = (
    Line("وزارة الصحة", "Title"),
    Line("140.10"),
    Line("Ministry of Health & others"),
    Line("مرفق: moh-hospitals-r1.xlsx"),
    Grid([("الحالة", "قيد التنفيذ"), ("الاسم", "")], (1, 3), 500, keep=True),
)


def page(language: Language) -> Page:
    return Page("A <title>", "Examplia", language, DAY, PARTS, "Foot")


def body(language: Language) -> Element:
    return parse(read_parts(write_letter(page(language)))["word/document.xml"])


def test_letter__right_to_left__turns_paragraphs_tables_and_page() -> None:
    root = body(ARABIC)
    turned = [plain_text(p) for p in root.iter(w("p")) if p.find(f"{w('pPr')}/{w('bidi')}") is not None]
    assert "وزارة الصحة" in turned
    assert {"140.10", "مرفق: moh-hospitals-r1.xlsx"} < set(turned)
    assert "Ministry of Health & others" not in turned
    assert root.find(f".//{w('tblPr')}/{w('bidiVisual')}") is not None
    assert root.find(f".//{w('sectPr')}/{w('bidi')}") is not None
    words = [plain_text(r) for r in root.iter(w("r")) if r.find(f"{w('rPr')}/{w('rtl')}") is not None]
    assert words == ["وزارة الصحة", "مرفق: moh-hospitals-r1.xlsx", "الحالة", "قيد التنفيذ", "الاسم"]


def test_letter__left_to_right__turns_nothing() -> None:
    root = body(ENGLISH)
    assert not [node for name in ("bidi", "bidiVisual", "rtl") for node in root.iter(w(name))]


def test_letter__texts__stand_in_order_and_control_characters_do_not() -> None:
    made = write_letter(Page("t", "a", ENGLISH, DAY, (Line("one\x0b\ntwo"), Grid([("a", "b\nc")], (1, 1)))))
    root = parse(read_parts(made)["word/document.xml"])
    assert [plain_text(p) for p in root.iter(w("p"))] == ["onetwo", "a", "b", "c"]


def test_letter__same_page__same_bytes() -> None:
    assert write_letter(page(ARABIC)) == write_letter(page(ARABIC))


def test_letter__in_libreoffice__is_a_page(soffice: Convert, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(write_letter(page(ARABIC)))
    text = soffice(path, "txt:Text").read_text(encoding="utf-8-sig")
    assert "قيد التنفيذ" in text
    assert "Ministry of Health & others" in text


def test_letter__table_with_a_head__repeats_it_and_sets_only_it_in_bold() -> None:
    rows = [("Kind", "Cost"), ("Training", "500")]
    told = Page("A", "B", ENGLISH, DAY, [Grid(rows, (1, 1), head=True)])
    root = parse(read_parts(write_letter(told))["word/document.xml"])
    heads = [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in root.iter(w("tr"))]
    assert heads == [True, False]
    assert [style_of(p) for p in root.iter(w("p"))] == [*["TableHeading"] * 2, *["TableText"] * 2]


def test_letter__on_its_side__page_and_tables_are_wider() -> None:
    made = {}
    for landscape in (False, True):
        told = Page("A", "B", ENGLISH, DAY, PARTS, landscape=landscape)
        root = parse(read_parts(write_letter(told))["word/document.xml"])
        size = next(root.iter(w("pgSz")))
        widths = sum(int(get(node, "w")) for node in root.iter(w("gridCol")))
        made[landscape] = (get(size, "orient"), int(get(size, "w")), widths)
    assert made[False][:2] == ("", 11906)
    assert made[True][:2] == ("landscape", 16838)
    assert made[True][1] - made[True][2] < 2 * 1200  # within the margins
    assert made[False][2] < made[True][2]


def test_letter__new_page__begins_one_there_and_nowhere_else() -> None:
    told = Page("A", "B", ENGLISH, DAY, [Line("one"), Line("two", new_page=True)])
    root = parse(read_parts(write_letter(told))["word/document.xml"])
    breaks = [
        plain_text(p) for p in root.iter(w("p")) if p.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
    ]
    assert breaks == ["two"]
