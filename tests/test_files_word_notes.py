from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import TEMPLATE, document, draft, notes, notes_of, report, submission
from editors import Editor
from uprreport.files.word.notes import Notes, kind_of, linked, references_in
from uprreport.files.word.package import read_parts
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import element, get, parse, plain_text, serialise, w
from uprreport.text import clean_text

ANSWERS = {"140.7": {"status": "in progress", "measures": "Midwives were trained.", "legal_act": "Act No. 5"}}
BLOCK = "rec:140.7/measures"


def made() -> bytes:
    return draft(report(submission("moh", ANSWERS), report_symbol="A/HRC/44/12")).content


def empty() -> Notes:
    parts = read_parts(TEMPLATE.read_bytes())
    return Notes(parts, Styles(parse(parts["word/styles.xml"])))


def bare() -> tuple[dict[str, bytes], Styles]:
    """A document that never had notes: no parts, no styles, no settings for them."""
    parts = {n: xml for n, xml in read_parts(TEMPLATE.read_bytes()).items() if "notes" not in n}
    for name in ("word/settings.xml", "word/styles.xml"):
        root = parse(parts[name])
        for node in list(root):
            name_of = node.find(w("name"))
            told = get(name_of, "val") if name_of is not None else node.tag
            if "footnote" in told or "endnote" in told:
                root.remove(node)
        parts[name] = serialise(root)
    return parts, Styles(parse(parts["word/styles.xml"]))


def test_draft__passage__cites_its_number_and_its_act() -> None:
    assert notes(made(), BLOCK) == [("footnote", "Act No. 5"), ("endnote", "A/HRC/44/12, para. 140.7.")]


def test_draft__notes__stand_behind_the_text_of_the_numbered_paragraph() -> None:
    editor = Editor(made())
    node = editor.paragraph("rec_140_7_measures")
    runs = list(node.iter(w("r")))
    marks = [one for one in runs if references_in(one)]
    assert [kind_of(mark) for one in marks for mark in references_in(one)] == ["footnote", "endnote"]
    text = next(one for one in runs if plain_text(one) == "Midwives were trained.")
    assert all(runs.index(text) < runs.index(mark) for mark in marks)


def test_add__document_without_notes__gets_parts_lines_and_settings() -> None:
    parts, styles = bare()
    notes = Notes(parts, styles)
    body = parse(parts["word/document.xml"])[0]
    next(body.iter(w("p"))).append(notes.add("endnote", "Told at the end."))
    notes.save(parts)
    assert list(Notes(parts, styles).read(body)) == [("endnote", "Told at the end.")]
    types = [get(node, "type") for node in parse(parts["word/endnotes.xml"])]
    assert types == ["separator", "continuationSeparator", ""]
    settings = parse(parts["word/settings.xml"])
    tags = [node.tag for node in settings]
    assert tags.index(w("endnotePr")) < tags.index(w("compat"))
    assert b"endnotes+xml" in parts["[Content_Types].xml"]
    assert b'Target="endnotes.xml"' in parts["word/_rels/document.xml.rels"]
    assert "word/footnotes.xml" not in parts


def test_save__nothing_added__touches_no_part() -> None:
    parts, styles = bare()
    before = dict(parts)
    Notes(parts, styles).save(parts)
    assert parts == before


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(lambda text: clean_text(text)[0]))
def test_add__any_text__reads_as_it_was(text: str) -> None:
    notes = empty()
    reference = next(notes.add("footnote", text).iter(w("footnoteReference")))
    wanted = [line.strip() for line in text.split("\n") if line.strip()]
    assert notes.text(reference).split() == " ".join(wanted).split()


def test_read__deleted_reference__is_none() -> None:
    editor = Editor(made())
    node = editor.paragraph("rec_140_7_measures")
    for one in editor.marks(node):
        mark = element("del", id="77", author="A. Editor")
        one.addprevious(mark)
        mark.append(one)
    assert notes(editor.save(), BLOCK) == []


def test_settle__note_that_nothing_refers_to__goes_with_its_words() -> None:
    editor = Editor(made())
    for one in editor.marks(editor.paragraph("rec_140_7_measures")):
        one.getparent().remove(one)  # type: ignore[union-attr]
    parts = read_parts(editor.save())
    assert b"Act No. 5" not in parts["word/footnotes.xml"]
    assert b"140.10" in parts["word/endnotes.xml"]


def test_adopt__copy_of_a_passage__has_notes_of_its_own() -> None:
    editor = Editor(made())
    node = editor.paragraph("rec_140_7_measures")
    copied = copy.deepcopy(node)
    editor.notes.adopt(copied, notes_of(made()), copy.deepcopy)
    before, after = ({(kind_of(m), get(m, "id")) for m in references_in(one)} for one in (node, copied))
    assert not before & after
    assert list(editor.notes.read(copied)) == list(editor.notes.read(node))


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Act No. 5; https://example.org/law?no=5.", ["https://example.org/law?no=5"]),
        ("http://example.org/a and https://example.org/b", ["http://example.org/a", "https://example.org/b"]),
        ("ftp://example.org", []),
        (f"https://example.org/{'x' * 2000}", []),
        ('https://example.org/"quoted"', ["https://example.org/"]),
    ],
)
def test_linked__addresses_in_a_text__become_links_and_read_the_same(text: str, links: list[str]) -> None:
    node = element("p", *linked(text))
    codes = [(code.text or "").strip() for code in node.iter(w("instrText"))]
    assert codes == [f'HYPERLINK "{link}"' for link in links]
    assert plain_text(node) == text


def test_notes__in_a_table__belong_to_its_block() -> None:
    content = made()
    editor = Editor(content)
    cell = next(p for t in editor.body.iter(w("tbl")) for p in t.iter(w("p")))
    cell.append(editor.notes.add("footnote", "Counted by hand."))
    saved = editor.save()
    body, _ = document(saved)
    table = next(body.iter(w("tbl")))
    assert list(notes_of(saved).read(table)) == [("footnote", "Counted by hand.")]
