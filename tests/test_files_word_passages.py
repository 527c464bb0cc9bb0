from __future__ import annotations

from clearances import two
from drafts import document, draft
from editors import Editor
from uprreport.files.word.notes import Notes
from uprreport.files.word.package import read_parts
from uprreport.files.word.passages import Passage, chapters, count_words, read_passages
from uprreport.files.word.xml import element, parse, run
from uprreport.text import words

ANCHOR = "rec_140_7_measures"


def passages(content: bytes) -> list[Passage]:
    body, styles = document(content)
    parts = read_parts(content)
    numbering = parse(parts["word/numbering.xml"])
    return list(read_passages(body, styles, numbering, Notes(parts, styles).read))


def test_read_passages__paragraph__has_heading_number_and_words() -> None:
    editor = Editor(draft(two()).content)
    editor.append(ANCHOR, " See 140.99.")
    (found,) = (p for p in passages(editor.save()) if "See 140.99." in p.text)
    assert (found.kind, found.heading) == ("paragraph", "Right to health")
    assert found.number.isdigit()
    assert found.words == words(found.text)
    assert not found.text.startswith("[")


def test_read_passages__cells_and_headings__have_no_number() -> None:
    made = passages(draft(two()).content)
    assert {p.number for p in made if p.kind in ("cell", "heading")} == {""}
    assert any(p.kind == "cell" and p.text == "140.7" for p in made)
    assert [p.heading for p in made if p.kind == "heading"] == [p.text for p in made if p.kind == "heading"]


def test_read_passages__joined_paragraphs__read_as_one() -> None:
    editor = Editor(draft(two()).content)
    node = editor.paragraph(ANCHOR)
    editor.append(ANCHOR, " to be")
    node[0].append(element("rPr", element("del", id="9301", author="A. Editor", date="2026-04-10T09:00:00Z")))
    node.addnext(element("p", run(" read on.")))
    assert any("to be read on." in p.text for p in passages(editor.save()))


def test_read_passages__mark_of_a_missing_text__is_told_and_not_counted() -> None:
    missing = [p for p in passages(draft(two()).content) if p.missing]
    assert missing
    for passage in missing:
        assert passage.words <= words(passage.text) - words(passage.missing[0])


def test_read_passages__notes__stand_where_their_reference_stands() -> None:
    editor = Editor(draft(two()).content)
    notes = Notes(editor.parts, editor.styles)
    editor.paragraph(ANCHOR).append(notes.add("endnote", "See 140.99 in a note."))
    notes.save(editor.parts)
    made = passages(editor.save())
    (note,) = (p for p in made if p.text.endswith("See 140.99 in a note."))
    above = next(p for p in reversed(made[: made.index(note)]) if p.kind == "paragraph")
    assert (note.kind, note.heading, note.number) == ("endnote", above.heading, above.number)
    assert (note.words, note.node) == (5, above.node)


def test_chapters__together__are_the_words_of_the_draft() -> None:
    content = draft(two()).content
    body, styles = document(content)
    made = chapters(body, styles)
    counted = count_words(made, Notes(read_parts(content), styles).read(body))
    for part in ("body", "annexes"):
        assert sum(chapter.words for chapter in made if chapter.part == part) == counted[part] > 0
    assert made[0].part == made[0].heading == ""
    annex = next(chapter for chapter in made if chapter.part == "annexes")
    assert annex.heading == "Recommendations and their implementation"
