"""An equation that an editor added is an edit: it is read, kept, and changed as a whole or not at all."""

from __future__ import annotations

import pytest

from drafts import TODAY, draft, manifest, report, submission, texts
from editors import Editor
from test_revise_update import update
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import Element, element, parse, run, w
from uprreport.model import Report
from uprreport.revise.trace import Present, trace_draft

BLOCK, ANCHOR = "rec:140.7/measures", "rec_140_7_measures"
FIRST = "Twelve midwives were trained. Their salaries rose by a tenth."
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def told(text: str) -> Report:
    answers = {"140.7": {"status": "implemented", "measures": text, "publication": "public"}}
    return report(submission("moh", answers))


def built(text: str) -> bytes:
    return draft(told(text)).content


def equation(*, display: bool = False) -> Element:
    one = f"<m:oMath xmlns:m='{M}'><m:r><m:t>r = 12/100</m:t></m:r></m:oMath>"
    return parse((f"<m:oMathPara xmlns:m='{M}'>{one}</m:oMathPara>" if display else one).encode())


def edited(where: str, *, display: bool = False) -> bytes:
    """The draft with an equation at the start, behind the first sentence, or at the end of the passage."""
    editor = Editor(built(FIRST))
    one = editor.runs(editor.paragraph(ANCHOR))[0]
    node = equation(display=display)
    if where == "start":
        one.addprevious(node)
    else:
        one.addnext(node)
        node.addprevious(run(" "))
    if where == "middle":
        text = next(one.iter(w("t")))
        first, second = FIRST.split(". ")
        text.text = f"{first}. "
        rest = element("r", element("t"))
        rest[0].text = f" {second}"
        node.addnext(rest)
    return editor.save()


PLACES = pytest.mark.parametrize("where", ["start", "middle", "end"])


@PLACES
@pytest.mark.parametrize("display", [False, True], ids=["in a line", "in a paragraph of its own"])
def test_equation__that_an_editor_added__is_part_of_what_the_passage_says(
    where: str, *, display: bool
) -> None:
    content = edited(where, display=display)
    assert "r = 12/100" in texts(content, BLOCK)[0]
    (told,) = [
        b for b in trace_draft(Revised(content, "x", TODAY), manifest(content), Present()) if b.id == BLOCK
    ]
    assert told.edited


@PLACES
def test_equation__late_words_elsewhere__come_in_beside_it(where: str) -> None:
    done = update(edited(where), told(FIRST.replace("a tenth", "a fifth")))
    (plan,) = [p for p in done.plans if p.id == BLOCK]
    assert plan.change == "merged"
    (said,) = texts(done.content, BLOCK)
    assert "r = 12/100" in said
    assert "by a fifth" in said


@PLACES
def test_equation__passage_that_the_data_no_longer_give__keeps_it(where: str) -> None:
    done = update(edited(where), told("Nothing of this is left."))
    assert "r = 12/100" in texts(done.content, BLOCK)[0]


def test_equation__alone_in_the_way_of_new_words__stays_between_them() -> None:
    content = edited("end")
    done = update(content, told(f"{FIRST} A law was passed."))
    said = " ".join(texts(done.content, BLOCK))
    assert "r = 12/100" in said
    assert ("A law was passed." in said) != any("A law was passed." in (p.comment or "") for p in done.plans)
