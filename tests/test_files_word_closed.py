"""Words that a program writes anew or locks are left and told; withdrawn ones go from there all the same."""

from __future__ import annotations

import pytest

from drafts import draft, manifest, report, submission
from editors import LATER, Editor, accepted, comments, everything
from promises import comment_texts, unsound
from test_files_word_containers import (
    LATE,
    NEXT,
    annex,
    around_words,
    content,
    fresh,
    holds,
    neighbours,
    text_in,
    trace,
    update,
)
from test_revise_update import BLOCK, FIRST, MEASURES, changes
from uprreport.files.word.containers import is_bound
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import get, w
from uprreport.revise.update import Withheld, update_draft
from wrappers import BLOCKS, CLOSED, RUNS, Wrap

__all__ = ["content"]

CONTROLS = {name: wrap for name, wrap in CLOSED.items() if name != "computed"}


# What a program writes anew, or locks -------------------------------------------------------------------


@pytest.mark.parametrize("wrap", CLOSED.values(), ids=CLOSED)
def test_update__words_that_a_program_writes_anew__are_left_and_told_once(content: bytes, wrap: Wrap) -> None:
    edited = around_words(content, wrap, "two")
    assert trace(edited) == trace(content)
    done = update(edited, fresh(f"{LATE} A law followed."))
    assert changes(done)["rec:140.7/measures"] == "conflict"
    assert accepted(done.content)[BLOCK] == [f"{MEASURES} A law followed."]
    assert sum("five districts" in text and "Word fills in" in text for text in comments(done.content)) == 1
    holds(edited, done.content)
    again = update(done.content, fresh(f"{LATE} A law followed."))
    assert again.content == done.content


@pytest.mark.parametrize("wrap", CONTROLS.values(), ids=CONTROLS)
def test_update__a_passage_that_a_program_writes_anew__is_left_and_told_once(
    content: bytes, wrap: Wrap
) -> None:
    editor = Editor(content)
    wrap(neighbours(editor, BLOCK))
    edited = editor.save()
    assert trace(edited) == trace(content)
    done = update(edited, fresh(LATE))
    assert changes(done)["rec:140.7/measures"] == "conflict"
    assert accepted(done.content)[BLOCK] == [MEASURES]
    assert (
        sum("five districts" in text and "stands in a text box" in text for text in comments(done.content))
        == 1
    )
    holds(edited, done.content)
    again = update(done.content, fresh(LATE))
    assert again.content == done.content


def test_update__a_comment_on_a_bound_passage__stands_where_no_program_takes_it_away(content: bytes) -> None:
    editor = Editor(content)
    (node,) = neighbours(editor, BLOCK)
    CLOSED["bound to another part"]([node])
    done = update(editor.save(), fresh(LATE))
    (number,) = [n for n, text in comment_texts(done.content).items() if "five districts" in text]
    body = Editor(done.content).body
    (mark,) = [one for one in body.iter(w("commentReference")) if get(one, "id") == number]
    assert not is_bound(mark)


@pytest.mark.parametrize("wrap", CONTROLS.values(), ids=CONTROLS)
@pytest.mark.parametrize("tag", ["tc", "p"])
def test_update__a_cell_that_a_program_writes_anew__is_left_and_told(
    content: bytes, tag: str, wrap: Wrap
) -> None:
    editor = Editor(content)
    (node,) = [p for p in annex(editor).iter(w("p")) if "twelve midwives" in text_in(p)]
    wrap([node if tag == "p" else next(node.iterancestors(w(tag)))])
    edited = editor.save()
    done = update(edited, fresh(LATE))
    assert changes(done)["table:annex-1"] == "conflict"
    assert any("five districts" in text and "Word fills in" in text for text in comments(done.content))
    holds(edited, done.content)


@pytest.mark.parametrize("wrap", CONTROLS.values(), ids=CONTROLS)
def test_update__a_passage_that_is_withdrawn__goes_from_every_control(content: bytes, wrap: Wrap) -> None:
    editor = Editor(content)
    wrap(neighbours(editor, BLOCK))
    done = withdraw(editor.save())
    assert "salaries" not in everything(done)
    assert "salaries" not in str(manifest(done))
    assert [fault for fault in unsound(done) if fault not in unsound(content)] == []


def withdraw(edited: bytes) -> bytes:
    """A draft after the only answer on 140.7 was withdrawn."""
    revised = Revised(edited, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    rest = report(submission("moh", {"140.1": FIRST["140.1"]}))
    held = Withheld(lambda source: source.number == "140.7", lambda text: "salaries" in text)
    return update_draft(revised, base, draft(rest), LATER, held).content


@pytest.mark.parametrize("wrap", BLOCKS.values(), ids=BLOCKS)
def test_update__withdrawn_words_in_a_container__are_gone(content: bytes, wrap: Wrap) -> None:
    editor = Editor(content)
    wrap(neighbours(editor, BLOCK, NEXT))
    assert "salaries" not in everything(withdraw(editor.save()))


@pytest.mark.parametrize("wrap", RUNS.values(), ids=RUNS)
def test_update__withdrawn_words_in_a_container_of_words__are_gone(content: bytes, wrap: Wrap) -> None:
    done = withdraw(around_words(content, wrap, "Their salaries were raised."))
    assert "salaries" not in everything(done)
    assert not [one for one in Editor(done).body.iter(w("r")) if not len(one)]
