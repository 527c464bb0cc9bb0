"""Containers come off a final; controls that nobody filled in are told and go with their words."""

from __future__ import annotations

import datetime

import pytest

from editors import Editor
from test_files_word_containers import annex, content, text_in, trace
from test_revise_update import BLOCK, MEASURES
from uprreport.files.word.final import Colophon, make_final, read_final
from uprreport.files.word.package import read_parts
from uprreport.files.word.pending import read_marks
from uprreport.files.word.xml import element, run, w
from wrappers import control

__all__ = ["content"]
COLOPHON = Colophon("Aurenia", datetime.date(2026, 4, 25))


@pytest.mark.parametrize("name", ["around words", "around a passage", "around a heading", "around a row"])
def test_finish__containers__come_off_and_their_words_stay(content: bytes, name: str) -> None:
    editor = Editor(content)
    node = editor.paragraph(BLOCK)
    heading = editor.paragraph("theme_right_to_health_heading")
    nodes = {
        "around words": [editor.runs(node)[0]],
        "around a passage": [node],
        "around a heading": [heading],
    }
    row = next(r for r in annex(editor).iter(w("tr")) if "midwives" in text_in(r))
    control()(nodes.get(name, [row]))
    final = make_final(editor.save(), COLOPHON).content
    plain = make_final(content, COLOPHON).content
    assert list(read_final(final)) == list(read_final(plain))
    assert b"goog_rdk_0" not in read_parts(final)["word/document.xml"]


@pytest.mark.parametrize("is_block", [True, False])
def test_finish__a_control_that_nobody_filled_in__is_told_and_goes(content: bytes, *, is_block: bool) -> None:
    editor = Editor(content)
    asks = run("Click or tap here to enter text.", "PlaceholderText")
    node = element("p", asks)
    editor.paragraph(BLOCK).addnext(node)
    control(element("showingPlcHdr"))([node if is_block else asks])
    edited = editor.save()
    assert trace(edited) == trace(content)
    assert "Click or tap here to enter text." in [mark.where for mark in read_marks(read_parts(edited), {})]
    final = make_final(edited, COLOPHON).content
    assert list(read_final(final)) == list(read_final(make_final(content, COLOPHON).content))


def test_finish__words_that_a_program_left_marked_as_missing__stay(content: bytes) -> None:
    editor = Editor(content)
    control(element("showingPlcHdr"))([editor.runs(editor.paragraph(BLOCK))[0]])
    final = make_final(editor.save(), COLOPHON).content
    assert any(MEASURES in line for line in read_final(final))
