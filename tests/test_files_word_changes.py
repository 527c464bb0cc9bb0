"""Who changed what, read from tracked changes and comments."""

from __future__ import annotations

from drafts import draft, regions, report, submission
from editors import WHEN, Editor
from uprreport.files.word.changes import Mark, marks_in
from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.threads import Thread
from uprreport.files.word.xml import Element, element, run, w

ANSWERS = {"140.7": {"status": "in progress", "measures": "Twelve midwives were trained."}}


def marks(content: bytes, block: str = "rec:140.7/measures") -> list[Mark]:
    return list(marks_in(regions(content)[block].elements, {}))


def editor() -> Editor:
    return Editor(draft(report(submission("moh", ANSWERS))).content)


def change(kind: str, text: str, author: str = "A. Editor", date: str = WHEN) -> Element:
    made = run(text)
    if kind in ("del", "moveFrom"):
        for one in made.iter(w("t")):
            one.tag = w("delText") if kind == "del" else w("t")
    return element(kind, made, id="1", author=author, date=date)


def test_marks__untouched__are_none() -> None:
    assert marks(editor().save()) == []


def test_marks__insertion_and_deletion__tell_author_day_and_words() -> None:
    one = editor()
    one.tracked_insert("rec_140_7_measures", " More follow in May.", "B. Reader")
    one.tracked_delete("rec_140_7_measures", "C. Writer")
    assert marks(one.save()) == [
        Mark("C. Writer", WHEN, "deletion", 4),
        Mark("B. Reader", WHEN, "insertion", 4),
        Mark("C. Writer", WHEN, "deletion", 4),  # what another one had inserted
        Mark("C. Writer", WHEN, "deletion"),  # the note: its mark is no word
    ]


def test_marks__split_by_a_program__count_as_one() -> None:
    node = element("p", change("ins", "mid"), change("ins", "wives"), run(" were "), change("ins", "paid"))
    assert [(m.kind, m.words) for m in marks_in([node], {})] == [("insertion", 1), ("insertion", 1)]


def test_marks__neighbours_of_two_people__are_told_apart() -> None:
    node = element("p", change("ins", "one "), change("ins", "two three", "B. Reader"))
    assert [(m.author, m.words) for m in marks_in([node], {})] == [("A. Editor", 1), ("B. Reader", 2)]


def test_marks__moved_text__went_here_and_came_there() -> None:
    node = element("p", change("moveFrom", "a b"), run(" "), change("moveTo", "a b"))
    assert [(m.kind, m.words) for m in marks_in([node], {})] == [("deletion", 2), ("insertion", 2)]


def test_marks__end_of_a_paragraph__has_no_words() -> None:
    end = element("pPr", element("rPr", element("del", id="1", author="A. Editor", date=WHEN)))
    assert list(marks_in([element("p", end, run("text"))], {})) == [Mark("A. Editor", WHEN, "deletion", 0)]


def test_marks__of_the_tool__are_left_out() -> None:
    node = element("p", change("ins", "late answer", AUTHOR))
    assert list(marks_in([node], {})) == []


def test_marks__comments__of_people_only() -> None:
    node = element("p", *(element("r", element("commentReference", id=number)) for number in "123"))
    threads = {
        "1": Thread("1", "B. Reader", "Is this so?", date=WHEN),
        "2": Thread("2", AUTHOR, "No answer yet."),
    }
    assert list(marks_in([node], threads)) == [Mark("B. Reader", WHEN, "comment")]
