from __future__ import annotations

import pytest

from drafts import TODAY, draft, report, submission
from editors import Editor
from uprreport.files.word.document import Document
from uprreport.files.word.final import Colophon, make_final, read_final
from uprreport.files.word.hidden import hidden_texts
from uprreport.files.word.package import read_parts
from uprreport.files.word.passages import chapters, count_words
from uprreport.files.word.pending import HIDDEN, read_marks
from uprreport.files.word.xml import Element, element, get, parse, plain_text, run, serialise, w

BLOCK = "rec_140_7_measures"
ANSWER = {"140.7": {"status": "in progress", "measures": "Midwives were trained.", "legal_act": "Act No. 5"}}
WORDS = "not for the Council"
COLOPHON = Colophon("Examplia", TODAY)


def editor() -> Editor:
    return Editor(draft(report(submission("moh", ANSWER))).content)


def looks(*marks: Element) -> Element:
    made = run(f" {WORDS}")
    made.insert(0, element("rPr", *marks))
    return made


def style(one: Editor, name: str, kind: str, *marks: Element, based_on: str = "") -> str:
    """A style that an editor made."""
    root = parse(one.parts["word/styles.xml"])
    base = [element("basedOn", val=based_on)] if based_on else []
    own = element("style", element("name", val=name), *base, element("rPr", *marks), type=kind, styleId=name)
    root.append(own)
    one.parts["word/styles.xml"] = serialise(root)
    return name


def hide(way: str) -> bytes:
    """A draft in which an editor hid words in one of the ways that Word has."""
    one = editor()
    node = one.paragraph(BLOCK)
    if way == "row":
        row = next(one.body.iter(w("tr")))
        row.find(w("trPr")).append(element("hidden"))  # type: ignore[union-attr]
        next(row.iter(w("p"))).insert(1, run(f"{WORDS} "))
        return one.save()
    marks = {
        "vanish": [element("vanish")],
        "specVanish": [element("specVanish")],
        "character style": [element("rStyle", val=style(one, "Secret", "character", element("vanish")))],
        "style of a style": [
            element(
                "rStyle",
                val=style(
                    one, "Child", "character", based_on=style(one, "Parent", "character", element("vanish"))
                ),
            )
        ],
        "paragraph style": [],
    }[way]
    if way == "paragraph style":
        name = style(one, "SecretParagraph", "paragraph", element("vanish"))
        node.addnext(element("p", element("pPr", element("pStyle", val=name)), run(WORDS)))
    else:
        node.append(looks(*marks))
    return one.save()


WAYS = ("vanish", "specVanish", "character style", "style of a style", "paragraph style", "row")


@pytest.mark.parametrize("way", WAYS)
def test_hidden__in_any_way__is_pending_counted_and_in_no_final(way: str) -> None:
    content = hide(way)
    marks = [mark for mark in read_marks(read_parts(content), {}) if mark.kind == HIDDEN]
    assert any(WORDS in mark.where for mark in marks)
    one = Document(content, "draft.docx")
    counts = count_words(chapters(one.body, one.styles), one.notes.read(one.body))
    assert counts["hidden"] >= len(WORDS.split())
    final = make_final(content, COLOPHON).content
    assert not any(WORDS in text for text in read_final(final))
    assert WORDS.encode() not in b"".join(read_parts(final).values())
    assert not [mark for mark in read_marks(read_parts(final), {}) if mark.kind == HIDDEN]


def test_hidden__nothing__is_said_of_a_draft_as_it_was_built() -> None:
    one = Document(editor().save(), "draft.docx")
    assert list(hidden_texts(one.body, one.styles)) == []
    assert count_words(chapters(one.body, one.styles), ())["hidden"] == 0


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_hidden__turned_off_or_in_one_view_only__is_ordinary_text(value: str) -> None:
    one = editor()
    one.paragraph(BLOCK).append(looks(element("vanish", val=value), element("webHidden")))
    content = one.save()
    assert not [mark for mark in read_marks(read_parts(content), {}) if mark.kind == HIDDEN]
    final = make_final(content, COLOPHON).content
    assert any(WORDS in text for text in read_final(final))
    assert b"webHidden" not in read_parts(final)["word/document.xml"]


def test_hidden__style_off_in_a_run__is_seen() -> None:
    one = editor()
    name = style(one, "Secret", "character", element("vanish"))
    one.paragraph(BLOCK).append(looks(element("rStyle", val=name), element("vanish", val="0")))
    assert list(hidden_texts(one.body, one.styles)) == []


def test_hidden__mark_of_a_note__the_note_goes_with_it() -> None:
    one = editor()
    mark = next(
        run for run in one.marks(one.paragraph(BLOCK)) if run.find(w("footnoteReference")) is not None
    )
    mark.find(w("rPr")).append(element("vanish"))  # type: ignore[union-attr]
    final = read_parts(make_final(one.save(), COLOPHON).content)
    assert "Act No. 5" not in plain_text(parse(final["word/footnotes.xml"]))


def test_hidden__label_that_a_template_hides__is_not_told() -> None:
    one = editor()
    root = parse(one.parts["word/styles.xml"])
    (label,) = [s for s in root.iter(w("style")) if get(s, "styleId") == "UPRLabel"]
    label.find(w("rPr")).append(element("vanish"))  # type: ignore[union-attr]
    one.parts["word/styles.xml"] = serialise(root)
    assert not [mark for mark in read_marks(read_parts(one.save()), {}) if mark.kind == HIDDEN]
