from __future__ import annotations

import datetime

import pytest

from clearances import two
from drafts import document, draft, report, submission
from editors import LATER, Editor, accepted
from uprreport.files.word.consultation import (
    accept_changes,
    clean_copy,
    placeholders,
    without_reasons,
)
from uprreport.files.word.final import Colophon
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.regions import paragraph_text
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import element, parse, run, serialise, w
from uprreport.revise.join import Copy, join_copy

MARK = "Draft for consultation – 25 April 2026"
COLOPHON = Colophon("Examplia", datetime.date(2026, 4, 25), dates=("20 April 2026",))
ANCHOR = "rec_140_7_measures"


def clean(content: bytes) -> bytes:
    return clean_copy(content, COLOPHON, MARK)


def edited() -> bytes:
    """A draft with every kind of tracked change in it."""
    editor = Editor(draft(two()).content)
    editor.tracked_insert(ANCHOR, " More follow.")
    editor.tracked_delete("rec_140_1_measures")
    joined = editor.paragraph("rec_140_12_measures")
    joined[0].append(
        element("rPr", element("del", id="9301", author="A. Editor", date="2026-04-10T09:00:00Z"))
    )
    joined.addnext(element("p", run("Read on.")))
    row = next(editor.body.iter(w("tbl")))[3]
    row.insert(0, element("trPr", element("del", id="9302", author="A. Editor", date="2026-04-10T09:00:00Z")))
    look = element("rPrChange", element("rPr"), id="9303", author="A. Editor", date="2026-04-10T09:00:00Z")
    one = editor.runs(editor.paragraph("rec_140_10_measures"))[0]
    one.insert(0, element("rPr", element("b"), look)) if one.find(w("rPr")) is None else one[0].append(look)
    return editor.save()


def texts(content: bytes) -> list[str]:
    body, styles = document(content)
    return [text for node in body.iter(w("p")) if (text := paragraph_text(node, styles, ()))]


def test_accept__every_kind_of_change__reads_as_the_draft_did() -> None:
    content = edited()
    made = accept_changes(content)
    before, after = accepted(content), accepted(made)
    before.pop("rec_140_1_measures")
    after.pop("rec_140_1_measures", None)
    assert after == before
    names = {"ins", "del", "rPrChange", "delText", "commentReference", "commentRangeStart"}
    assert not names & {str(node.tag).rpartition("}")[2] for node in document(made)[0].iter()}
    assert not any(name.startswith("word/comments") for name in read_parts(made))


def test_accept__joined_paragraphs__stand_in_one() -> None:
    assert any(
        "Meals start in autumn." in text and "Read on." in text for text in texts(accept_changes(edited()))
    )


def test_accept__changes_of_a_joined_copy__are_accepted_too() -> None:
    one, other = (Revised(content, "x.docx", LATER) for content in (draft(two()).content, edited()))
    base, theirs = one.manifest(), other.manifest()
    assert base is not None
    assert theirs is not None
    with one.written_by("B. Editor"):
        join_copy(one, base, Copy(other, theirs, "B. Editor"))
    content = one.content(None)
    assert accepted(accept_changes(content))[ANCHOR] == accepted(content)[ANCHOR]


def test_clean__nothing_of_the_tool_or_of_editors__is_left_in_any_part() -> None:
    parts = read_parts(clean(edited()))
    whole = b"\n".join(name.encode() + b"\n" + part for name, part in parts.items())
    for told in (b"upr_", b"uprreport", b"urn:uprreport", b"A. Editor", b"[140.7", b"not for circulation"):
        assert told not in whole, told
    assert "docProps/custom.xml" not in parts
    assert "docProps/app.xml" not in parts


def test_clean__text__is_what_the_draft_says() -> None:
    said = texts(clean(edited()))
    assert "Recommendations and their implementation" in " ".join(said)
    assert any(text.endswith("More follow.") and text.startswith("The ministry trained") for text in said)


def test_clean__passage_of_which_only_its_label_is_left__leaves_no_empty_paragraph() -> None:
    editor = Editor(draft(two()).content)
    editor.tracked_delete("rec_140_1_measures")
    body, _ = document(clean(editor.save()))
    before, _ = document(clean(draft(two()).content))
    assert len(list(body.iterchildren(w("p")))) == len(list(before.iterchildren(w("p")))) - 1


def test_clean__same_draft__same_bytes() -> None:
    assert clean(edited()) == clean(edited())


def test_clean__place_of_a_template_and_tracking__leave_the_settings() -> None:
    parts = read_parts(draft(two()).content)
    settings = parse(parts["word/settings.xml"])
    settings.insert(1, element("trackRevisions"))
    settings.insert(1, element("attachedTemplate"))
    parts["word/settings.xml"] = serialise(settings)
    parts["word/_rels/settings.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        b' Target="file:///C:/Users/someone/Normal.dotm" TargetMode="External"/></Relationships>'
    )
    made = read_parts(clean(write_parts(parts)))
    assert b"attachedTemplate" not in made["word/settings.xml"]
    assert b"trackRevisions" not in made["word/settings.xml"]
    assert "word/_rels/settings.xml.rels" not in made


def test_mark__every_header_and_the_cover__has_it_once() -> None:
    parts = read_parts(clean(draft(two()).content))
    heads = {name: part for name, part in parts.items() if name.startswith("word/header")}
    assert len(heads) == 3  # two kinds of pages, and the cover, which had none
    assert all(part.decode().count(f'string="{MARK}"') == 1 for part in heads.values())
    numbers = {node.get("id") for part in heads.values() for node in parse(part).iter("{*}shape")}
    assert len(numbers) == 3
    kinds = [node.get(w("type")) for node in parse(parts["word/document.xml"]).iter(w("headerReference"))]
    assert sorted(kinds) == ["default", "default", "first"]


def test_mark__words_with_signs__are_escaped() -> None:
    made = clean_copy(draft(two()).content, COLOPHON, 'A "draft" & more <x>')
    head = parse(read_parts(made)["word/header1.xml"])
    assert [node.get("string") for node in head.iter("{*}textpath") if node.get("string")] == [
        'A "draft" & more <x>'
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh", "az"])
def test_copy__marks_of_missing_answers__do_not_tell_the_withheld_from_the_others(language: str) -> None:
    hidden = {"status": "planned", "measures": "Sites are chosen.", "publication": "internal"}
    made = [
        draft(report(submission("moh", answers), language=language), language=language).content
        for answers in ({"140.1": hidden}, {"140.1": {}})
    ]
    copies = [texts(clean_copy(content, COLOPHON, "For consultation")) for content in made]
    assert copies[0] == copies[1]
    assert "[140.1]" in copies[0]
    forms = [texts(without_reasons(accept_changes(content))) for content in made]
    assert forms[0] == forms[1]


def test_placeholders__marks_for_missing_texts__are_counted_without_their_style_too() -> None:
    count = placeholders(accept_changes(draft(two()).content))
    assert count > 0
    editor = Editor(draft(two()).content)
    for style in [*editor.body.iter(w("rStyle"))]:
        style.set(w("val"), "Other")
    assert placeholders(editor.save()) == count
