"""Drafts in other languages and directions: templates, paragraphs, tables, contents, the way back."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import make_template
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conftest import Convert
from drafts import TEMPLATE, TODAY, document, draft, manifest, report, submission, texts
from editors import LATER
from test_files_word_draft import made, text_report
from uprreport.cli import main
from uprreport.files.office import ACCESSIBLE, open_office
from uprreport.files.word.final import Colophon, make_final
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.plots import c
from uprreport.files.word.revised import Revised
from uprreport.files.word.styles import DRAFT_WORDS, HEADINGS, Styles
from uprreport.files.word.xml import Element, get, parse, plain_text, style_of, w
from uprreport.language import LANGUAGES, load_language, phrase
from uprreport.model import Report
from uprreport.report.locales import show_date
from uprreport.revise.update import update_draft
from uprreport.text import clean_text

ARABIC = "دُرِّبت اثنتا عشرة قابلة (Act No. 5)."
ENGLISH = "Twelve midwives were trained."
ANSWERS = {
    "140.7": {"status": "in progress", "measures": ARABIC, "challenges": ENGLISH, "legal_act": "القانون 5"},
    "140.1": {"status": "planned", "measures": "Sites are chosen."},
}
DAY = ("--today", "2026-06-10")
OTHERS = [code for code in LANGUAGES if code != "en"]


def told(language: str) -> Report:
    return report(submission("moh", ANSWERS, "ar"), language=language, report_symbol="A/HRC/1/1")


def body_of(language: str) -> Element:
    return document(draft(told(language), language=language).content)[0]


def is_on(node: Element, path: str) -> bool | None:
    found = node.find(path)
    return None if found is None else get(found, "val") not in ("0", "false")


def paragraph(body: Element, text: str) -> Element:
    return next(node for node in body.iter(w("p")) if text in plain_text(node))


def turned(body: Element, text: str) -> bool | None:
    """What a paragraph itself says of its direction."""
    return is_on(paragraph(body, text), f"{w('pPr')}/{w('bidi')}")


# Templates --------------------------------------------------------------------------------------------

_PLACEHOLDER = re.compile(r"\{\{ ([\w.]+)[^}]*\}\}|\{%p? ?([^%]*?) ?%\}")


def placeholders(content: bytes) -> list[list[str]]:
    """The names of the placeholders of each part, and its conditions."""
    parts = read_parts(content)
    names = [name for name in sorted(parts) if re.fullmatch(r"word/(document|header\d|footer\d).xml", name)]
    return [
        sorted(first or other for first, other in _PLACEHOLDER.findall(plain_text(parse(parts[name]))))
        for name in names
    ]


@pytest.mark.parametrize("form", make_template.FORMS, ids=lambda form: form.file)
def test_template__of_each_language__holds_the_placeholders_and_styles_of_the_english_one(
    form: make_template.Form,
) -> None:
    folder = TEMPLATE.parent
    english, own = ((folder / name).read_bytes() for name in (f"{form.name}.docx", form.file))
    assert placeholders(own) == placeholders(english)
    assert len(placeholders(own)[0]) > 50
    names = [
        sorted(get(node, "val") for node in parse(read_parts(content)["word/styles.xml"]).iter(w("name")))
        for content in (english, own)
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize("form", make_template.FORMS, ids=lambda form: form.file)
def test_template__right_to_left__is_so_throughout_and_no_other_one(form: make_template.Form) -> None:
    parts = read_parts((TEMPLATE.parent / form.file).read_bytes())
    is_rtl = form.language == "ar"
    styles = Styles(parse(parts["word/styles.xml"]))
    assert {styles.is_rtl(styles.id(name)) for name in ("Normal", "heading 1", "Table Text", "toc 1")} == {
        is_rtl
    }
    roots = [parse(parts[f"word/{name}.xml"]) for name in ("document", "header1", "footer2")]
    sections = [node for root in roots for node in root.iter(w("sectPr"))]
    assert [section.find(w("bidi")) is not None for section in sections] == [is_rtl] * 2
    runs = [node for root in roots for node in root.iter(w("r"))]
    assert {is_on(one, f"{w('rPr')}/{w('rtl')}") or False for one in runs} == {is_rtl}
    assert all(one[0].tag == w("rPr") for one in runs if one.find(w("rPr")) is not None)


# Directions -------------------------------------------------------------------------------------------


def test_arabic_draft__own_words__take_the_template_s_direction_and_others_their_own() -> None:
    body = body_of("ar")
    assert turned(body, ARABIC[:10]) is None  # as the style has it
    assert turned(body, "Sites are chosen.") is False
    assert turned(body, load_language("ar")(phrase("Contents"))) is None
    assert {table.find(f"{w('tblPr')}/{w('bidiVisual')}") is not None for table in body.iter(w("tbl"))} == {
        True
    }
    assert not [node for node in body.iter(w("jc")) if get(node, "val") == "right"]


def test_english_draft__arabic_answer__runs_from_right_to_left_and_nothing_else_does() -> None:
    body = body_of("en")
    assert turned(body, ARABIC[:10]) is True
    assert turned(body, "Sites are chosen.") is None
    assert list(body.iter(w("bidiVisual"))) == []
    ends = [node for node in body.iter(w("jc")) if get(node, "val") == "right"]
    assert ends  # digits


@pytest.mark.parametrize(("language", "way"), [("ar", "maxMin"), ("zh", "minMax")])
def test_charts__of_a_language__read_in_its_direction(language: str, way: str) -> None:
    parts = read_parts(draft(told(language), language=language).content)
    charts = [parse(parts[name]) for name in parts if name.startswith("word/charts/chart")]
    assert charts
    for chart in charts:
        (values,) = chart.iter(c("valAx"))
        assert [node.get("val") for node in values.iter(c("orientation"))] == [way]
    body = parse(parts["word/document.xml"])
    held = [node for node in body.iter(w("p")) if next(node.iter(w("drawing")), None) is not None]
    assert {is_on(node, f"{w('pPr')}/{w('bidi')}") for node in held} == {False if language == "ar" else None}
    said = "".join(text for chart in charts for text in chart.itertext())
    assert load_language(language)(phrase("Planned")) in said


def test_arabic_answer__is_apart_by_direction_in_any_report() -> None:
    for language in ("ar", "en", "zh"):
        body = body_of(language)
        pieces = {
            plain_text(one): one.find(f"{w('rPr')}/{w('rtl')}") is not None
            for one in paragraph(body, ARABIC[:10]).iter(w("r"))
        }
        assert pieces["Act No. 5"] is False
        assert pieces[ARABIC.partition("(")[0] + "("] is True


def langs(node: Element) -> set[tuple[str, str, str]]:
    return {
        (plain_text(one), kind, get(lang, kind))
        for one in node.iter(w("r"))
        for lang in one.findall(f"{w('rPr')}/{w('lang')}")
        for kind in ("val", "eastAsia", "bidi")
        if get(lang, kind)
    }


def test_runs__in_another_language__carry_it_and_those_of_the_report_do_not() -> None:
    body = body_of("fr")
    row = next(row for row in body.iter(w("tr")) if "Train midwives" in plain_text(row))
    assert ("Train midwives in rural areas", "val", "en-GB") in langs(row)
    assert {value for _, kind, value in langs(paragraph(body, ARABIC[:10])) if kind == "bidi"} == {"ar-SA"}
    assert langs(paragraph(body, "Recommandations par thème")) == set()
    assert {value for _, _, value in langs(body_of("en"))} == {"ar-SA"}  # the agency answered in Arabic


def test_notes__in_another_direction__stand_in_it() -> None:
    parts = read_parts(draft(told("en"), language="en").content)
    notes = parse(parts["word/footnotes.xml"])
    assert turned(notes, "القانون") is True
    assert ("القانون 5", "bidi", "ar-SA") in langs(notes)
    ends = parse(read_parts(draft(told("ar"), language="ar").content)["word/endnotes.xml"])
    said = "".join(plain_text(node) for node in ends.iter(w("p")))
    assert "الفقرة 140.7" in said


def test_comments__in_arabic__run_from_right_to_left() -> None:
    parts = read_parts(draft(told("ar"), language="ar").content)
    root = parse(parts["word/comments.xml"])
    runs = [one for one in root.iter(w("r")) if plain_text(one)]
    assert any(one.find(f"{w('rPr')}/{w('rtl')}") is not None for one in runs)


def test_defaults__of_the_draft__name_its_language() -> None:
    for language, (val, east, bidi) in {
        "fr": ("fr-FR", "zh-CN", "ar-SA"),
        "zh": ("zh-CN", "zh-CN", "ar-SA"),
        "ar": ("ar-SA", "zh-CN", "ar-SA"),
    }.items():
        parts = read_parts(draft(told(language), language=language).content)
        (lang,) = parse(parts["word/styles.xml"]).findall(f"{w('docDefaults')}//{w('lang')}")
        assert (get(lang, "val"), get(lang, "eastAsia"), get(lang, "bidi")) == (val, east, bidi)
        assert f"<dc:language>{language}</dc:language>".encode() in parts["docProps/core.xml"]


@given(st.text(min_size=1), st.sampled_from(["ar", "zh"]))
def test_any_text__in_any_template__reads_the_same(text: str, language: str) -> None:
    report_of = text_report(clean_text(text)[0] or "x")
    there = [texts(draft(report_of, language=code).content, "text:own") for code in (language, "en")]
    assert there[0] == there[1]


# Contents, headings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "numbers"),
    [("en", ["I.", "II."]), ("zh", ["一、", "二、"]), ("ar", ["أ -", "ب -"]), ("ru", ["I.", "II."])],
)
def test_contents__chapters__are_numbered_as_the_language_does(language: str, numbers: list[str]) -> None:
    body = body_of(language)
    styles = document(draft(told(language), language=language).content)[1]
    entries = [node for node in body.iter(w("p")) if styles.name(style_of(node)) == "toc 1"]
    shown = [_with_tabs(entry) for entry in entries]
    assert [text.partition("\t")[0] for text in shown[:2]] == numbers


def _with_tabs(node: Element) -> str:
    return "".join("\t" if n.tag == w("tab") else n.text or "" for n in node.iter(w("t"), w("tab")))


def test_contents__headings_in_another_language__carry_it_too() -> None:
    entry = paragraph(body_of("fr"), "Right to health")
    assert ("Right to health", "val", "en-GB") in langs(entry)
    assert next(entry.iter(w("hyperlink")), None) is not None


def test_headings__in_other_letters__have_ids_of_their_own_whatever_stands_before_them() -> None:
    several = draft(told("ar"), language="ar").content
    more = report(
        submission("moh", ANSWERS, "ar", practices=[{"title": "a", "practice": "b"}]), language="ar"
    )
    ids = [
        {block.id for block in manifest(content).blocks if block.id.startswith("heading:")}
        for content in (several, draft(more, language="ar").content)
    ]
    assert ids[0] < ids[1]
    assert len(ids[1]) == len(ids[0]) + 1


NARRATIVE = """
## Agencies

| Id  | Name               |
| --- | ------------------ |
| moh | Ministry of Health |

## Themes

| Theme  | Chapter | Narrative        |
| ------ | ------- | ---------------- |
| Health | Lives   | We did a lot.    |
| Homes  | Lives   |                  |
| Work   |         |                  |

## Recommendations

| Number | Recommendation | Position  | Theme  | Lead agency |
| ------ | -------------- | --------- | ------ | ----------- |
| 140.1  | Open clinics   | Supported | Health | moh         |
| 140.2  | Build homes    | Supported | Homes  | moh         |
| 140.3  | Pay people     | Noted     | Work   | moh         |
"""


@pytest.mark.parametrize("register", ["", NARRATIVE], ids=["plain", "chapters and narratives"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_headings__levels__never_jump(register: str, language: str) -> None:
    number = "140.2" if register else "140.7"
    answers = {number: {"status": "planned", "measures": "A plan.", "challenges": "Money."}}
    kwargs = {"register": register} if register else {}
    made_of = report(
        submission("moh", answers, practices=[{"title": "A way", "practice": "It works."}]),
        language=language, **kwargs,
    )  # fmt: skip
    body, styles = document(draft(made_of, language=language).content)
    levels = [HEADINGS.get(styles.name(style_of(node)), 0) for node in body.iterchildren(w("p"))]
    found = [level for level in levels if level]
    assert max(found) == (4 if register else 3)
    assert found[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(found))


def test_tables__first_row__is_marked_as_headings_in_every_language() -> None:
    for language in ("en", "ar", "zh"):
        for table in body_of(language).iter(w("tbl")):
            heads = [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in table.iter(w("tr"))]
            assert heads == [True] + [False] * (len(heads) - 1)


# The way back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_update__same_data__changes_no_byte_in_any_language(language: str) -> None:
    content = draft(told(language), language=language).content
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    done = update_draft(revised, base, draft(told(language), language=language), LATER)
    assert done.content == content
    assert [plan.change for plan in done.plans if plan.change != "same"] == []


def test_update__new_words_in_arabic__run_from_right_to_left() -> None:
    content = draft(told("ar"), language="ar").content
    later = {**ANSWERS, "140.7": {**ANSWERS["140.7"], "measures": f"{ARABIC}\nوبُنيت عيادتان in 2026."}}
    newer = report(submission("moh", later, "ar"), language="ar", report_symbol="A/HRC/1/1")
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    done = update_draft(revised, base, draft(newer, language="ar"), LATER)
    body, styles = document(done.content)
    node = paragraph(body, "وبُنيت عيادتان")
    assert is_on(node, f"{w('pPr')}/{w('bidi')}") is not False
    for one in node.iter(w("r")):
        letters = [char for char in plain_text(one) if char.isalpha()]
        if letters:
            is_arabic = letters[0] > "ء"
            assert (one.find(f"{w('rPr')}/{w('rtl')}") is not None) is is_arabic
    assert styles.is_rtl("")


@pytest.mark.parametrize("language", LANGUAGES)
def test_final__words_of_the_draft_in_headers__are_gone_even_without_their_style(language: str) -> None:
    content = draft(told(language), language=language).content
    parts = read_parts(content)
    styles = parts["word/styles.xml"].decode().replace(DRAFT_WORDS, "Something Else")
    parts["word/styles.xml"] = styles.encode()
    day = show_date(TODAY, language)
    words = load_language(language)(phrase("Draft of {{ report.today }}")).replace("{{ report.today }}", day)
    assert words in plain_text(parse(parts["word/header1.xml"]))
    final = make_final(write_parts(parts), Colophon("Examplia", TODAY, None, (day,))).content
    head = plain_text(parse(read_parts(final)["word/header1.xml"]))
    assert words not in head
    assert "Examplia" in head


# LibreOffice ------------------------------------------------------------------------------------------


@pytest.mark.apps
@pytest.mark.parametrize(("language", "tag"), [("ar", "ar-SA"), ("fr", "fr-FR"), ("zh", "zh-CN")])
def test_pdf__accessible__is_tagged_and_says_its_languages(
    language: str, tag: str, soffice: Convert, tmp_path: Path
) -> None:
    content = draft(told(language), language=language).content
    with open_office() as office:
        printed = office.print(content, ACCESSIBLE) if office is not None else None
    assert printed is not None
    assert b"/StructTreeRoot" in printed
    assert b"/Marked true" in printed
    assert f"/Lang({tag})".encode() in printed
    assert b"/Lang(en-GB)" in printed  # the recommendations
    path = tmp_path / "draft.docx"
    path.write_bytes(content)
    text = soffice(path, "txt:Text").read_text(encoding="utf-8-sig")
    assert load_language(language)(phrase("Supported")) in text


def test_check__of_a_fresh_draft__finds_the_same_in_every_language(tmp_path: Path) -> None:
    run, folder = CliRunner().invoke, tmp_path / "review"
    run(main, ("new", str(folder), "--example"), catch_exceptions=False)
    there, path = ("-C", str(folder)), folder / "review.toml"
    text = path.read_text(encoding="utf-8")
    found = {}
    for code in ("en", "fr", "ar", "zh"):
        path.write_text(text.replace('language = "en"', f'language = "{code}"', 1), encoding="utf-8")
        run(main, (*there, "build", *DAY), catch_exceptions=False)
        draft_file = str(folder / "build" / "draft.docx")
        done = run(main, (*there, "check", draft_file, "--format", "json", *DAY), catch_exceptions=False)
        told_of = json.loads(done.stdout)["findings"]
        found[code] = [(finding["code"], finding["recommendation"]) for finding in told_of]
    assert len(found["en"]) > 2
    assert all(several == found["en"] for several in found.values())


def test_example__made_in_english__holds_no_direction() -> None:
    assert b"<w:rtl/>" not in read_parts(made())["word/document.xml"]
