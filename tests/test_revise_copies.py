"""Passages that an editor pasted twice: told by update and check, and no copy is silently out of date."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from drafts import document, draft, manifest, report, submission
from editors import LATER, Editor, comments
from test_revise_update import BLOCK, FIRST, MEASURES, first, update, with_measures
from uprreport.files.word.label_runs import label_runs
from uprreport.files.word.regions import raw_text
from uprreport.files.word.revised import Revised
from uprreport.files.word.threads import threads_in
from uprreport.files.word.xml import Element, get, w
from uprreport.revise.copies import find_copies
from uprreport.revise.locate import locate
from uprreport.revise.summary import update_document, update_lines, update_page
from uprreport.revise.update import read_lines

ID = "rec:140.7/measures"
LATE = MEASURES.replace("two districts", "five districts")


def _pasted(editor: Editor) -> Element:
    """The passage once more behind another one, as it is pasted with the same bookmark."""
    made = copy.deepcopy(editor.paragraph(BLOCK))
    for one in list(made.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)
    for one in made.iter(w("bookmarkStart"), w("bookmarkEnd")):
        one.set(w("id"), str(int(get(one, "id")) + 5000))
    editor.paragraph("rec_140_12_measures").addnext(made)
    return made


def same_bookmark(editor: Editor) -> None:
    _pasted(editor)


def renamed_bookmark(editor: Editor) -> None:
    for one in _pasted(editor).iter(w("bookmarkStart")):
        one.set(w("name"), f"{get(one, 'name')}1")


def dropped_bookmark(editor: Editor) -> None:
    for one in list(_pasted(editor).iter(w("bookmarkStart"), w("bookmarkEnd"))):
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)


def text_alone(editor: Editor) -> None:
    made = _pasted(editor)
    for one in label_runs([made], editor.styles, f"upr_{BLOCK}"):
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)
    for one in list(made.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)


def edited_first(editor: Editor) -> None:
    editor.replace(BLOCK, "twelve", "a dozen")
    text_alone(editor)


WAYS = (same_bookmark, renamed_bookmark, dropped_bookmark, text_alone, edited_first)


def copies_of(content: bytes) -> dict[str, int]:
    revised = Revised(content, "x.docx", LATER)
    base, lines = manifest(content), read_lines(revised)
    return {block: len(places) for block, places in find_copies(base, lines, locate(base, lines)).items()}


def passages(content: bytes) -> list[str]:
    body, styles = document(content)
    return [text for node in body.iterchildren(w("p")) if "midwives in" in (text := raw_text(node, styles))]


@pytest.mark.parametrize("way", WAYS)
def test_copies__data_changed__one_is_updated_and_the_other_has_a_comment(
    way: Callable[[Editor], None],
) -> None:
    editor = Editor(draft(first()).content)
    way(editor)
    edited = editor.save()
    assert copies_of(edited) == {ID: 1}
    done = update(edited, with_measures(LATE))
    old, new = sorted(passages(done.content), key=lambda text: "five" in text)
    assert ("five" in old, "five" in new) == (False, True)
    assert old == passages(edited)[-1]
    body, styles = document(done.content)
    (node,) = [n for n in body.iterchildren(w("p")) if raw_text(n, styles) == old]
    told = {get(n, "id"): n for n in _comments(done.content)}
    texts = ["".join(told[number].itertext()) for number in threads_in(node)]
    assert [LATE in text and "This is a copy of 140.7" in text for text in texts] == [True]
    again = update(done.content, with_measures(LATE))
    assert again.content == done.content


def _comments(content: bytes) -> list[Element]:
    from uprreport.files.word.package import read_parts
    from uprreport.files.word.xml import parse

    return list(parse(read_parts(content)["word/comments.xml"]).iter(w("comment")))


def test_copies__same_data__are_told_and_not_a_byte_changes() -> None:
    editor = Editor(draft(first()).content)
    same_bookmark(editor)
    done = update(editor.save(), first())
    assert done.content == editor.save()
    told = update_document(done, "x.docx", ())
    assert told["copies"] == [{"id": ID, "title": "140.7", "count": 1}]
    assert f"copied    {ID}: stands 2 times, one is kept up to date" in list(update_lines({**told}))
    assert "Pasted more than once" in update_page(done, "x.docx", ())


def test_copies__moved_or_untouched__none() -> None:
    editor = Editor(draft(first()).content)
    assert copies_of(editor.save()) == {}
    editor.move(BLOCK, "rec_140_12_measures")
    assert copies_of(editor.save()) == {}


def test_copies__same_words_in_two_answers__are_none() -> None:
    answers = {**FIRST, "140.1": {"status": "planned", "measures": MEASURES}}
    content = draft(report(submission("moh", answers))).content
    assert copies_of(content) == {}
    editor = Editor(content)
    text_alone(editor)
    assert copies_of(editor.save()) == {}  # of which of both, nobody can tell


def test_copies__answers_withdrawn__copy_of_a_struck_passage_is_told() -> None:
    told = with_measures(MEASURES, challenges="Few midwives apply for posts in the mountains.")
    editor = Editor(draft(told).content)
    node = editor.paragraph("theme_right_to_health_challenges")
    made = copy.deepcopy(node)
    for one in list(made.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)
    editor.paragraph("rec_140_12_measures").addnext(made)
    done = update(editor.save(), first())
    assert sum("no longer hold" in text for text in comments(done.content)) == 1
