from __future__ import annotations

from drafts import TODAY, draft, manifest, notes, report, submission
from editors import LATER, Editor, accepted, comments, everything
from uprreport.files.word.notes import references_in
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import Element, get, w
from uprreport.model import Report, Source
from uprreport.revise.update import Updated, Withheld, update_draft

BLOCK, ANCHOR = "rec:140.7/measures", "rec_140_7_measures"


def told(**answer: str) -> Report:
    return report(submission("moh", {"140.7": {"status": "planned", "measures": "Train twelve.", **answer}}))


def update(content: bytes, now: Report, withheld: Withheld | None = None) -> Updated:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    return update_draft(revised, base, draft(now, today=TODAY), LATER, withheld)


def change_of(done: Updated) -> str:
    return next(plan.change for plan in done.plans if plan.id == BLOCK)


def note_text(editor: Editor, kind: str = "footnote") -> Element:
    """The text of a note of the block, to be typed over."""
    marks = references_in(editor.paragraph(ANCHOR))
    mark = next(mark for mark in marks if mark.tag == w(f"{kind}Reference"))
    (node,) = editor.notes.paragraphs(mark)
    editor.notes.touch()
    return next(t for t in node.iter(w("t")) if (t.text or "").strip())


def drop_note(editor: Editor, kind: str = "footnote") -> None:
    marks = references_in(editor.paragraph(ANCHOR))
    one = next(mark for mark in marks if mark.tag == w(f"{kind}Reference")).getparent()
    assert one is not None
    one.getparent().remove(one)  # type: ignore[union-attr]


def test_update__same_notes__changes_not_a_byte() -> None:
    content = draft(told(legal_act="Act No. 5")).content
    done = update(content, told(legal_act="Act No. 5"))
    assert done.content == content
    assert manifest(content).blocks[0].note_keys == ()


def test_update__act_that_is_new__comes_as_a_tracked_note_before_the_numbers() -> None:
    done = update(draft(told()).content, told(legal_act="Act No. 5"))
    assert change_of(done) == "replaced"
    assert notes(done.content, BLOCK) == [("footnote", "Act No. 5"), ("endnote", "Recommendation 140.7.")]
    editor = Editor(done.content)
    holders = [mark.getparent().getparent() for mark in references_in(editor.paragraph(ANCHOR))]  # type: ignore[union-attr]
    assert [holder.tag == w("ins") for holder in holders if holder is not None] == [True, False]


def test_update__notes__stand_in_the_order_of_their_marks() -> None:
    acts = {n: {"status": "planned", "legal_act": f"Act of {n}"} for n in ("140.1", "140.10")}
    before = draft(report(submission("moh", acts))).content
    now = report(submission("moh", {**acts, "140.7": {"status": "planned", "legal_act": "Act of 140.7"}}))
    editor = Editor(update(before, now).content)
    marks = [mark for mark in references_in(editor.body) if mark.tag == w("footnoteReference")]
    there = [node for node in editor.notes.roots["footnote"] if not get(node, "type")]
    assert [get(mark, "id") for mark in marks] == [get(node, "id") for node in there]
    assert [editor.notes.text(mark) for mark in marks] == [f"Act of 140.{n}" for n in (1, 7, 10)]


def test_update__act_that_changed__is_merged_word_by_word_inside_the_note() -> None:
    editor = Editor(draft(told(legal_act="Health Act, No. 5 of 2024")).content)
    note_text(editor).text = "The Health Act, No. 5 of 2024"
    done = update(editor.save(), told(legal_act="Health Act, No. 5 of 2026"))
    assert change_of(done) == "merged"
    assert notes(done.content, BLOCK)[0] == ("footnote", "The Health Act, No. 5 of 2026")
    again = update(done.content, told(legal_act="Health Act, No. 5 of 2026"))
    assert again.content == done.content


def test_update__act_that_both_changed__keeps_the_editors_and_comments_once() -> None:
    editor = Editor(draft(told(legal_act="Health Act, No. 5 of 2024")).content)
    note_text(editor).text = "Health Act, No. 5 of last year"
    now = told(legal_act="Health Act, No. 5 of 2026")
    done = update(editor.save(), now)
    assert change_of(done) == "conflict"
    assert notes(done.content, BLOCK)[0] == ("footnote", "Health Act, No. 5 of last year")
    assert sum("Health Act, No. 5 of 2026" in comment for comment in comments(done.content)) == 1
    again = update(done.content, now)
    assert again.content == done.content
    assert change_of(again) == "kept"


def test_update__act_that_is_gone__is_struck_where_nobody_touched_it() -> None:
    done = update(draft(told(legal_act="Act No. 5")).content, told())
    assert notes(done.content, BLOCK) == [("endnote", "Recommendation 140.7.")]
    assert "Act No. 5" in everything(done.content)  # struck, not lost


def test_update__act_that_is_gone__stays_where_an_editor_worked_on_it() -> None:
    editor = Editor(draft(told(legal_act="Health Act, No. 5 of 2024")).content)
    note_text(editor).text = "Health Act, No. 5 of 2024, as amended"
    done = update(editor.save(), told())
    assert ("footnote", "Health Act, No. 5 of 2024, as amended") in notes(done.content, BLOCK)
    assert change_of(done) == "conflict"


def test_update__note_that_an_editor_deleted__does_not_come_back_but_its_change_is_told() -> None:
    editor = Editor(draft(told(legal_act="Act No. 5")).content)
    drop_note(editor)
    same = update(editor.save(), told(legal_act="Act No. 5"))
    assert change_of(same) == "kept"
    done = update(editor.save(), told(legal_act="Act No. 6"))
    assert notes(done.content, BLOCK) == [("endnote", "Recommendation 140.7.")]
    assert any("Act No. 6" in comment for comment in comments(done.content))


def test_update__note_of_an_editor__is_left_alone() -> None:
    editor = Editor(draft(told(legal_act="Act No. 5")).content)
    editor.paragraph(ANCHOR).append(editor.notes.add("footnote", "Counted by the editor."))
    done = update(editor.save(), told(legal_act="Act No. 6", measures="Train thirteen."))
    assert ("footnote", "Counted by the editor.") in notes(done.content, BLOCK)
    assert "Train thirteen." in accepted(done.content)[ANCHOR]


def test_update__new_passage__brings_its_notes() -> None:
    before = report(submission("moh", {}))
    practice = {
        "title": "Night clinics",
        "numbers": ("140.1",),
        "practice": "Open late.",
        "link": "https://a.example",
    }
    done = update(draft(before).content, report(submission("moh", {}, practices=[practice])))
    assert notes(done.content, "practice:night-clinics@moh") == [
        ("footnote", "https://a.example"), ("endnote", "Recommendation 140.1."),
    ]  # fmt: skip


def _of_moh(source: Source) -> bool:
    return source.agency == "moh"


def _is_secret(text: str) -> bool:
    return "Secret Decree" in text


def test_withheld__act__leaves_no_byte_in_the_draft() -> None:
    content = draft(told(legal_act="Secret Decree No. 5")).content
    done = update(content, report(), Withheld(_of_moh, _is_secret))
    assert "Secret Decree" not in everything(done.content)
    assert b"Secret Decree" not in done.manifest


def test_withheld__act_that_was_struck_before__leaves_no_byte_either() -> None:
    struck = update(draft(told(legal_act="Secret Decree No. 5")).content, told())
    assert "Secret Decree" in everything(struck.content)
    done = update(struck.content, told(), Withheld(in_text=_is_secret))
    assert "Secret Decree" not in everything(done.content)


def test_withheld__act_that_an_editor_reworded__stays_and_is_told() -> None:
    editor = Editor(draft(told(legal_act="Secret Decree No. 5 of the year 2024")).content)
    note_text(editor).text = "Secret Decree No. 5 of the year 2024, in part"
    done = update(editor.save(), report(), Withheld(_of_moh, _is_secret))
    assert "in part" in everything(done.content)
    assert any(plan.withheld and plan.clash for plan in done.plans if plan.id == BLOCK)


def test_update__passage_of_more_paragraphs_than_before__keeps_the_order_of_its_notes() -> None:
    before = told(measures="the the the the law", next_steps="the the of", legal_act="the the the")
    now = told(
        measures="opened clinics trained law\nmidwives in trained ministry",
        next_steps="of",
        legal_act="opened another law",
    )
    done = update(draft(before).content, now)
    assert notes(done.content, BLOCK) == notes(draft(now).content, BLOCK)
    marks = references_in(Editor(done.content).paragraph(ANCHOR))
    assert [mark.tag for mark in marks] == [w("footnoteReference"), w("endnoteReference")]
