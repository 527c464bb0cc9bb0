from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace

import docx
import make_template
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import TEMPLATE, document, draft, manifest, outline, regions, report, rows, submission, texts
from reviews import SETTINGS, TODAY
from uprreport.files.word.anchors import anchors_in
from uprreport.files.word.draft import Imprint, render_draft
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.seal import is_edited
from uprreport.files.word.xml import get, parse, w
from uprreport.findings import UprReportError
from uprreport.model import Block, Paragraph, Report, Table, TableColumn, TableRow
from uprreport.report.draft import build_draft
from uprreport.review import shipped
from uprreport.text import clean_text, words

IMPRINT = Imprint("own.docx", "exa-upr4", "Examplia: report", "Examplia", "en", "1.0", TODAY)
ANSWERS = {
    "140.7": {
        "status": "in progress",
        "measures": "Twelve midwives were trained.",
        "challenges": "Few apply.",
    }
}


def made(**settings: object) -> bytes:
    return draft(report(submission("moh", ANSWERS), **settings)).content


def own_template(text: str) -> bytes:
    """The shipped template with one more paragraph at the end of its first chapter."""
    parts = read_parts(TEMPLATE.read_bytes())
    xml = parts["word/document.xml"].decode()
    paragraph = f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    place = xml.index("<w:p>", xml.index("blocks.summary"))
    parts["word/document.xml"] = (xml[:place] + paragraph + xml[place:]).encode()
    return write_parts(parts)


def text_report(*paragraphs: str) -> Report:
    """A report whose only block has these paragraphs."""
    empty = report(register="## Agencies\n\n| Id | Name |\n| -- | -- |\n")
    block = Block("text:own", "Own", "[own]", tuple(Paragraph(text) for text in paragraphs))
    return replace(empty, sections=dict.fromkeys(empty.sections, ()) | {"developments": (block,)})


# Anchors and manifest -----------------------------------------------------------------------------------


def test_draft__every_block_and_heading__has_one_anchor_inside_its_paragraph() -> None:
    content = made()
    body, styles = document(content)
    names = Counter(name for node in body for name in anchors_in(node))
    entries = manifest(content).blocks
    assert names == Counter(block.anchor for block in entries)
    assert set(names.values()) == {1}
    for node in body.iter(w("bookmarkStart")):
        assert node.getparent() is not None
        assert node.getparent().tag == w("p")
    for node in body.iterchildren(w("p")):
        style = node.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and styles.heading_level(get(style, "val")) is not None:
            assert list(anchors_in(node)), "".join(node.itertext())


def test_draft__label__stands_in_its_bookmark_and_in_no_text() -> None:
    region = regions(made())["rec:140.7/measures"]
    opening = region.elements[0]
    inside = []
    for node in opening.iter(w("bookmarkStart")):
        following = node.getnext()
        assert following is not None
        inside.append("".join(following.itertext()))
    assert inside == ["[140.7 · In progress · moh] "]
    assert texts(made(), "rec:140.7/measures") == ["Twelve midwives were trained."]


def test_manifest__holds_what_the_draft_says_and_where_it_came_from() -> None:
    content = made()
    held = manifest(content)
    block = next(b for b in held.blocks if b.id == "rec:140.7/measures")
    assert block.text.paragraphs == (("numbered paragraph", "Twelve midwives were trained."),)
    assert {(s.file, s.field) for s in block.sources} == {
        ("submissions/moh.xlsx", "status"),
        ("submissions/moh.xlsx", "measures"),
    }
    annex = next(b for b in held.blocks if b.id == "table:annex-1")
    assert annex.row_keys == ("140.1", "140.7", "140.10", "140.11", "140.12")
    assert (
        next(row for table in annex.text.tables for row in table)[0]
        == "Recommendation and recommending State"
    )
    assert {b.id for b in held.blocks} >= {"heading:summary", "heading:contents", "text:developments"}


def test_properties__name_manifest_title_author_language() -> None:
    content = made()
    parts = read_parts(content)
    custom = parts["docProps/custom.xml"].decode()
    assert manifest(content).id in custom
    core = docx.Document(io.BytesIO(content)).core_properties
    assert core.title == "Examplia: voluntary mid-term report, Universal Periodic Review, fourth cycle"
    assert (core.author, core.language, core.created.date()) == ("Examplia", "en", TODAY)
    lang = parse(parts["word/styles.xml"]).find(
        f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"
    )
    assert lang is not None
    assert get(lang, "val") == "en-GB"


def test_seal__untouched__and_after_any_change() -> None:
    content = made()
    assert not is_edited(content)
    parts = read_parts(content)
    assert not is_edited(write_parts(parts))
    for name in ("word/document.xml", "word/styles.xml", "word/comments.xml"):
        assert is_edited(write_parts({**parts, name: parts[name] + b" "})), name
    assert is_edited(write_parts({**parts, "word/new.xml": b"<x/>"}))
    assert is_edited(b"no document")


def test_draft__same_inputs__same_bytes() -> None:
    assert made() == made()


# Word -----------------------------------------------------------------------------------------------------


def test_draft__numbered_paragraphs__are_numbered_by_word() -> None:
    content = made()
    _body, styles = document(content)
    numbered = [line for line in outline(content) if line[0] == "numbered paragraph"]
    assert len(numbered) > 10
    assert not any(text[:1].isdigit() and text[1:2] == "." for _, _, text in numbered)
    assert styles.numbering(styles.id("Numbered Paragraph"))


def test_draft__tables__repeat_their_headings_and_fill_the_text() -> None:
    content = made()
    body, _ = document(content)
    for table in body.iter(w("tbl")):
        first, *others = table.findall(w("tr"))
        assert first.find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(row.find(f"{w('trPr')}/{w('tblHeader')}") is None for row in others)
        width = sum(int(get(column, "w")) for column in table.iter(w("gridCol")))
        assert width in (9070, 14796)
    assert rows(content, "table:status")[-1] == "Total | 4 | 1 | 5"


def test_draft__comments__stand_on_what_is_missing() -> None:
    content = made()
    comments = {
        get(node, "id"): "".join(node.itertext()) for node in parse(read_parts(content)["word/comments.xml"])
    }
    body, _ = document(content)
    marks = [
        [get(n, "id") for n in body.iter(w(name))]
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    ]
    assert all(sorted(found) == sorted(comments) for found in marks)
    (first, *_) = [r for name, r in regions(content).items() if name.endswith("/reference")]
    numbers = [get(n, "id") for n in first.elements[0].iter(w("commentReference"))]
    said = [comments[number] for number in numbers]
    assert [c for c in said if c.endswith(": the sheet of Ministry of Education has not come back.")]
    # What concerns many passages of a chapter is said once, not beside each of them.
    assert not list(regions(content)["rec:140.12/measures"].elements[0].iter(w("commentReference")))


def test_contents__list_headings_of_two_levels_with_their_numbers() -> None:
    body, styles = document(made())
    entries = [
        (
            styles.name(get(p.find(f"{w('pPr')}/{w('pStyle')}"), "val")),
            "".join(t.text or "" for t in p.iter(w("t"))),
        )
        for p in body.iterchildren(w("p"))
        if p.find(f"{w('pPr')}/{w('pStyle')}") is not None
        and styles.name(get(p.find(f"{w('pPr')}/{w('pStyle')}"), "val")).startswith("toc ")
    ]
    assert ("toc 1", "I.Summary") in entries
    assert ("toc 2", "Right to health") in entries
    assert ("toc 1", "Annex I. Recommendations and their implementation") in entries
    links = {get(node, "anchor") for node in body.iter(w("hyperlink"))}
    marks = {get(node, "name") for node in body.iter(w("bookmarkStart"))}
    assert len(links) == len([e for e in entries if e[0] != "toc heading"])
    assert links <= marks


def test_words__cover_contents_labels_and_marks__are_not_counted() -> None:
    blank, filled = report(), report(submission("moh", ANSWERS))
    before, after = draft(blank).words, draft(filled).words
    own = [sum(words(text) for text in told.facts["paragraphs"].values()) for told in (blank, filled)]
    # The paragraph of 140.7, heading and paragraph of its challenges; a row "In progress | 1 | 0 | 1".
    # With a level of implementation there are two charts: "Figure 2. Level of implementation by theme".
    # The summary tells the level in a sentence, the conclusion that there was a challenge.
    assert after["body"] - before["body"] == 4 + 1 + 2 + 5 + 7 + 8 + 10 + 7 + own[1] - own[0]
    # Annex I: measures in place of the sentence that there are none, challenges in place of a dash.
    # Annex III: the caption of a chart. Annex IV: a column "In progress" over three rows.
    assert after["annexes"] - before["annexes"] == (4 - 11) + (2 - 1) + (2 + 4) + (2 + 3)
    # An endnote "Recommendation 140.7." at the challenges; the five recommendations have theirs anyway.
    assert (before["notes"], after["notes"]) == (10, 12)


# Texts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "AT&T <b>bold</b> \"q\" 'q'",
        "{{ review.state }} {% if x %}",
        "a\tb",
        "  x  y  ",
        "😀 עברית العربية 中文",
        "]]>",
        "&amp;",
    ],
)
def test_draft__odd_text__reads_as_it_was_typed(text: str) -> None:
    found = texts(draft(text_report(text)).content, "text:own")
    assert found == [text.strip()]


CLEAN = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: clean_text(text)[0])


@given(CLEAN.filter(lambda text: text and "\n" not in text))
def test_draft__any_text__reads_the_same(text: str) -> None:
    content = draft(text_report(text)).content
    assert texts(content, "text:own") == [text]
    assert text in "".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)


def test_draft__table_cell_with_lines__keeps_them() -> None:
    told = text_report("x")
    table = Table((TableColumn("A"), TableColumn("B", digits=True)), (TableRow("k", ("one\ntwo", "3")),))
    block = Block("table:own", "Own", "[own]", (Paragraph("Caption", "caption"),), table)
    content = draft(replace(told, sections={**told.sections, "goals": (block,)})).content
    assert rows(content, "table:own") == ["A | B", "one\ntwo | 3"]


# Templates of people -----------------------------------------------------------------------------------


def render(template: bytes) -> bytes:
    return render_draft(template, text_report("x"), IMPRINT).content


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ review.sate }}", "not known"),
        ("{{ blocks.unknown }}", "not known"),
        ("{{ review.state", "cannot be understood"),
        ("{% if x %}", "cannot be understood"),
        ("{{ ''.__class__.__mro__ }}", "cannot be understood"),
        ("see {{ blocks.developments }}", "beside other text"),
        ("{{ blocks.developments }}", "twice"),
    ],
)
def test_template__bent__is_one_clear_error(text: str, told: str) -> None:
    with pytest.raises(UprReportError) as caught:
        render(own_template(text))
    assert "own.docx" in caught.value.message
    assert told in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Report of {{ review.sate }} to the Council", "{{ review.sate }}, in the paragraph"),
        ("of {{ review.state }} and {{ nobody }}", "{{ nobody }}, in the paragraph"),
        ("Symbol {{ review.report_symbol", "{{ review.report_symbol, in the paragraph"),
        ("{%p if review.nothing %}", "{%p if review.nothing %}, in the paragraph"),
    ],
)
def test_template__placeholder_at_fault__is_named_with_its_paragraph(text: str, told: str) -> None:
    with pytest.raises(UprReportError) as caught:
        render(own_template(text))
    assert told in caught.value.message
    assert f'"{text}"' in caught.value.message


def test_template__own_text_and_placeholder__is_printed_and_belongs_to_the_heading_above() -> None:
    content = render(own_template("Prepared for {{ review.state }}."))
    assert "Prepared for Examplia." in texts(content, "heading:summary")


def test_template__style_missing__is_named() -> None:
    parts = read_parts(TEMPLATE.read_bytes())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'w:val="UPR Label"', b'w:val="Mine"')
    with pytest.raises(UprReportError, match="UPR Label"):
        render(write_parts(parts))


def test_template__chapter_left_out__the_rest_stands() -> None:
    parts = read_parts(TEMPLATE.read_bytes())
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"{{ blocks.definitions }}", b"")
    content = render(write_parts(parts))
    assert "table:definitions" not in regions(content)
    assert "text:own" in regions(content)


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 cut off"])
def test_template__no_word_file__is_one_clear_error(content: bytes) -> None:
    with pytest.raises(UprReportError, match="could not be read as a Word document"):
        render(content)


def test_template__workbook__is_one_clear_error() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UprReportError, match="could not be read as a Word document"):
        render(target.getvalue())


def test_shipped_templates__are_what_their_script_makes() -> None:
    folder = shipped("templates")
    made = {form.file: make_template.template(form) for form in make_template.FORMS}
    assert made == {name: (folder / name).read_bytes() for name in made}, "run: tools/make_template.py"
    assert set(made) == {path.name for path in folder.glob("*.docx")}


@pytest.mark.parametrize("form", make_template.FORMS, ids=lambda form: form.file)
def test_shipped_template__chapters__stand_in_its_order_with_its_titles(form: make_template.Form) -> None:
    told = report(submission("moh", ANSWERS))
    content = build_draft(shipped("templates") / form.file, told, SETTINGS, TODAY).content
    said = [text for style, _, text in outline(content) if style == "heading 1"]
    titles = [form.say(title) for title in form.chapters.values()]
    assert said == [title for title in titles if title in said]
    assert {form.say(form.chapters[name]) for name in ("implementation", "noted")} <= set(said)
    assert {b.id for b in manifest(content).blocks} >= {"rec:140.7/measures", "table:annex-1", "table:status"}


# Pages ------------------------------------------------------------------------------------------------


def kept_rows(lines: list[str]) -> list[bool]:
    """For headings and rows of a table with these first cells: whether it stays on a page with the next."""
    columns = (TableColumn("Goal"), TableColumn("Text"))
    table = Table(columns, tuple(TableRow(f"r{i}", (line, "–")) for i, line in enumerate(lines)))
    empty = text_report()
    block = Block("table:own", "Own", "[own]", (Paragraph("Own table", "caption"),), table)
    told = replace(empty, sections={**empty.sections, "developments": (block,)})
    body, _ = document(render_draft(TEMPLATE.read_bytes(), told, IMPRINT).content)
    (made,) = body.iter(w("tbl"))
    return [
        all(p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in row.iter(w("p")))
        for row in made.iter(w("tr"))
    ]


def test_table__short__stays_on_one_page_with_its_caption() -> None:
    assert kept_rows(["One."] * 6) == [True] * 6 + [False]


def test_table__long__begins_with_two_rows_and_ends_with_two() -> None:
    assert kept_rows(["One."] * 60) == [True, True, *[False] * 57, True, False]


def test_table__few_rows_with_long_texts__may_break() -> None:
    assert kept_rows(["A word. " * 300] * 4) == [True, True, False, True, False]
