"""Text boxes: read once, as today's programs show them, by themselves; never written into."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from drafts import draft
from editors import Editor, accepted, comments, everything, unmarked
from test_files_word_closed import withdraw
from test_files_word_containers import LATE, MORE, content, fresh, holds, text_in, trace, update
from test_revise_join import join
from test_revise_update import BLOCK, MEASURES, changes, first
from uprreport.files.word.containers import BOX, box_around
from uprreport.files.word.passages import chapters, read_passages
from uprreport.files.word.xml import Element, element, w
from wrappers import picture_box, text_box

__all__ = ["content"]

BOXES = {"with an older twin": text_box, "of an older program": picture_box}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("at", [0, 1])
def test_update__a_text_box_in_a_passage__is_no_part_of_its_sentence(
    content: bytes, box: Callable[..., Element], at: int
) -> None:
    editor = Editor(content)
    node = editor.paragraph(BLOCK)
    one = editor.runs(node)[0]
    (one.addprevious if at == 0 else one.addnext)(box("Only in the box.", "And below."))
    edited = editor.save()
    found, is_edited, text = trace(edited)["rec:140.7/measures"]
    assert (found, is_edited) == ("anchor", True)
    assert text == f"{MEASURES}\nText box: Only in the box.\nAnd below."
    assert accepted(edited)[BLOCK] == [MEASURES]
    done = update(edited, fresh(MORE))
    assert changes(done)["rec:140.7/measures"] == "merged"
    assert accepted(done.content)[BLOCK] == [MORE]
    assert not any(box_around(one) is not None for one in Editor(done.content).body.iter(w("ins"), w("del")))
    holds(edited, done.content)


def test_read__a_text_box__is_counted_once(content: bytes) -> None:
    editor = Editor(content)
    styles = editor.styles
    before = sum(chapter.words for chapter in chapters(editor.body, styles))
    editor.paragraph(BLOCK).append(text_box("Four words in it."))
    assert sum(chapter.words for chapter in chapters(editor.body, styles)) == before + 4
    told = [
        p.text for p in read_passages(editor.body, styles, None, editor.notes.read) if p.kind == "text box"
    ]
    assert told == ["Four words in it."]


def test_join__a_text_box_in_the_other_copy__is_told_once(content: bytes) -> None:
    editor = Editor(content)
    editor.paragraph(BLOCK).append(text_box("Only in the box."))
    editor.replace(BLOCK, "twelve", "a dozen")
    made, became = join(content, editor.save())
    assert became["rec:140.7/measures"] == "conflict"
    assert accepted(made)[BLOCK] == [MEASURES.replace("twelve", "a dozen")]
    assert sum("Only in the box." in text for text in comments(made)) == 1
    again, _ = join(made, editor.save())
    assert comments(again) == comments(made)


def test_update__a_passage_that_the_data_no_longer_give_with_a_text_box__stays_and_is_told() -> None:
    editor = Editor(fresh(MEASURES, challenges="Roads are closed in winter.").content)
    editor.paragraph("theme_right_to_health_challenges").append(text_box("An editor's words."))
    done = update(editor.save(), draft(first()))
    assert changes(done)["theme:right-to-health/challenges"] == "conflict"
    assert "An editor's words." in everything(done.content)


def into_box(editor: Editor, anchor: str) -> None:
    """What Word does when a paragraph is selected and a text box is drawn around it."""
    node = editor.paragraph(anchor)
    run_of = text_box("x")
    node.addprevious(element("p", run_of))
    for box in run_of.iter(BOX):
        box[:] = [unmarked(copy.deepcopy(node))]
    editor.body.remove(node)


def test_update__a_passage_in_a_text_box__is_found_left_and_told_once(content: bytes) -> None:
    editor = Editor(content)
    into_box(editor, BLOCK)
    edited = editor.save()
    assert trace(edited) == trace(content)
    done = update(edited, fresh(LATE))
    assert changes(done) == {"rec:140.7/measures": "conflict", "table:annex-1": "replaced"}
    assert not any(box_around(one) is not None for one in Editor(done.content).body.iter(w("ins"), w("del")))
    assert sum("five districts" in text for text in comments(done.content)) == 1
    assert not any(box_around(m) is not None for m in Editor(done.content).body.iter(w("commentReference")))
    again = update(done.content, fresh(LATE))
    assert again.content == done.content


def test_update__a_withdrawn_passage_in_a_text_box__goes_from_both_of_its_copies(content: bytes) -> None:
    editor = Editor(content)
    into_box(editor, BLOCK)
    done = withdraw(editor.save())
    assert "salaries" not in everything(done)
    (shown_box, older) = [[text_in(p) for p in box.iter(w("p"))] for box in Editor(done).body.iter(BOX)]
    assert shown_box == older
