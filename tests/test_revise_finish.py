from __future__ import annotations

from dataclasses import replace

import pytest

from clearances import standing, two
from drafts import draft, manifest, submission
from editors import Editor
from finals import AUTHOR, change, comment, look_of, strike_row, struck
from uprreport.files.word.package import read_parts
from uprreport.files.word.pending import Mark, read_marks
from uprreport.files.word.xml import parse, run, serialise, w
from uprreport.model import Row, Submission
from uprreport.revise import finish
from uprreport.revise.finish import KINDS, Pending, add_up, pending_lines
from uprreport.revise.withheld import Passages

ANCHOR = "rec_140_7_measures"


def marks(editor: Editor) -> list[Mark]:
    content = editor.save()
    titles = {block.anchor: block.title for block in manifest(content).blocks}
    return [
        m
        for m in read_marks(read_parts(content), titles)
        if m.kind != "placeholder" and m.author != "uprreport"
    ]


# Marks in the draft ---------------------------------------------------------------------------------------


def test_marks__untouched_draft__has_none() -> None:
    assert marks(Editor(draft(two()).content)) == []


@pytest.mark.parametrize("kind", ["ins", "del", "moveFrom", "moveTo"])
def test_marks__tracked_words__are_told_with_author_and_place(kind: str) -> None:
    editor = Editor(draft(two()).content)
    made = struck(" x") if kind == "del" else change(kind, run(" x"))
    editor.paragraph(ANCHOR).append(made)
    assert marks(editor) == [Mark("tracked-change", AUTHOR, "140.7")]


@pytest.mark.parametrize(
    "kind", ["pPrChange", "rPr/rPrChange", "rPr/ins", "rPr/del", "numPr/numberingChange"]
)
def test_marks__changes_of_looks_and_ends__are_told(kind: str) -> None:
    editor = Editor(draft(two()).content)
    outer, _, inner = kind.rpartition("/")
    node = editor.paragraph(ANCHOR)
    properties = node.find(w("pPr"))
    assert properties is not None
    (look_of(node, outer) if outer else properties).append(change(inner))
    assert marks(editor) == [Mark("tracked-change", AUTHOR, "140.7")]


def test_marks__deleted_row__is_one_change() -> None:
    editor = Editor(draft(two()).content)
    strike_row(next(editor.body.iter(w("tbl")))[3])
    assert [mark.kind for mark in marks(editor)] == ["tracked-change"]


def test_marks__change_in_a_header__is_told_with_its_place() -> None:
    editor = Editor(draft(two()).content)
    head = parse(editor.parts["word/header1.xml"])
    next(head.iter(w("p"))).append(change("ins", run("x")))
    editor.parts["word/header1.xml"] = serialise(head)
    assert marks(editor) == [Mark("tracked-change", AUTHOR, "headers")]


def test_marks__comment__counts_until_it_is_resolved() -> None:
    for resolved, wanted in ((False, [Mark("comment", AUTHOR, "140.7")]), (True, [])):
        editor = Editor(draft(two()).content)
        comment(editor, editor.paragraph(ANCHOR), "Is this so?", resolved=resolved)
        assert marks(editor) == wanted


def test_marks__comment_that_stands_nowhere__is_none() -> None:
    editor = Editor(draft(two()).content)
    comment(editor, editor.paragraph(ANCHOR), "Is this so?")
    for node in list(editor.paragraph(ANCHOR).iter(w("commentReference"))):
        node.getparent().remove(node)  # type: ignore[union-attr]
    assert marks(editor) == []


def test_marks__of_missing_texts__are_told_until_somebody_wrote_over_them() -> None:
    content = draft(two()).content
    told = [m for m in read_marks(read_parts(content), {}) if m.kind == "placeholder"]
    assert len(told) > 1
    editor = Editor(content)
    (text, *_) = [t for t in editor.body.iter(w("t")) if (t.text or "").startswith("[Developments")]
    text.text = "Two laws were passed."
    assert (
        len([m for m in read_marks(read_parts(editor.save()), {}) if m.kind == "placeholder"])
        == len(told) - 1
    )


# What it was made from --------------------------------------------------------------------------------------


def sheet(
    agency: str, numbers: str, *, number: int = 1, edition: int = 0, approved: str = "", language: str = ""
) -> Submission:
    told = submission(
        agency, {n: {"number": n, "measures": f"Maßnahmen zu {n} sind jetzt geplant."} for n in numbers}
    )
    values = {"approved_by": approved, "language": language}
    cover = Row("cover", told.file, "Cover", 0, values, {})
    return Submission(told.file, told.review, agency, number, "1", cover, told.rows, edition)


@pytest.mark.parametrize(
    ("sheets", "wanted"),
    [
        ([sheet("moh", "12")], ["moh"]),
        ([sheet("moh", "12", approved="A. Director")], []),
        ([sheet("moh", "12"), sheet("moh", "12", number=2, approved="A. Director")], []),
        ([sheet("moh", "12"), sheet("moh", "1", number=2, approved="A. Director")], ["moh"]),
        ([sheet("moh", "12", number=2), sheet("moh", "12", approved="A. Director")], ["moh"]),
        ([sheet("moh", "12"), sheet("moe", "12", approved="A. Director")], ["moh"]),
        ([sheet("moh", "")], []),
        ([sheet("moh", "12"), sheet("moh", "12", edition=1, approved="A. Director")], []),
        ([sheet("moh", "12", edition=1), sheet("moh", "12", approved="A. Director")], ["moh"]),
    ],
    ids=[
        *("unapproved", "approved", "replaced", "partly", "later", "another-agency", "blank"),
        *("edited", "edited-later"),
    ],
)
def test_approval__every_row_that_counts__needs_one(sheets: list[Submission], wanted: list[str]) -> None:
    assert [told.where for told in finish.from_submissions(sheets)] == wanted


def test_approval__by_letter_or_signed_paper__needs_no_name_but_stale_ones_are_told() -> None:
    one, other = sheet("moh", "12"), sheet("moe", "12")
    letter = Row("cover", one.file, "Cover", 0, {"on_behalf": "No. 5 of 3 March 2026"}, {})
    assert list(finish.from_submissions([replace(one, cover=letter)])) == []
    found = finish.from_submissions([one, other], signed={"moh"}, stale=["moh"])
    assert [told.where for told in found] == ["moh", "moe"]
    assert list(finish.from_submissions([one], signed={"moh"})) == []


@pytest.mark.parametrize(
    ("cover", "register", "is_foreign"),
    [("az", "", True), ("", "az", True), ("en", "az", False), ("EN-gb", "", False), ("", "", False)],
)
def test_translation__language_of_a_sheet__is_its_covers_then_its_agencys(
    cover: str, register: str, *, is_foreign: bool
) -> None:
    texts = list(finish.foreign_texts([sheet("moh", "1", language=cover)], {"moh": register}, "en"))
    assert any("Maßnahmen zu 1" in text for text in texts) is is_foreign


def test_translation__words_as_they_were_sent__are_pending_until_they_are_written_anew() -> None:
    told = standing(draft(two()).content)
    foreign = Passages(["The ministry trained twelve midwives in two districts."])
    assert [p.where for p in finish.from_texts(told, foreign)][:1] == ["140.7"]
    editor = Editor(draft(two()).content)
    editor.replace(ANCHOR, "trained twelve midwives in two districts", "had midwives trained")
    found = [p.where for p in finish.from_texts(standing(editor.save()), foreign)]
    assert "140.7" not in found
    assert list(finish.from_texts(told, Passages([]))) == []


def test_clearance__only_agencies_that_were_asked__are_pending() -> None:
    pairs = [("moe", "rec:140.7/measures"), ("moh", "rec:140.1/measures"), ("moh", "rec:140.7/measures")]
    assert add_up(finish.from_pairs(pairs, {"moh"})) == (Pending("clearance", 2, where="moh"),)
    assert add_up(finish.from_pairs(pairs, ())) == ()


def test_withheld__words_anywhere_in_the_final__are_told_in_short() -> None:
    held = Passages(["Operation Quiet Lantern is under way in the north."])
    line = "As is known, Operation Quiet Lantern is under way in the north."
    assert [p.where for p in finish.from_withheld((), ["x", line], held)] == [
        '"As is known, Operation Quiet Lantern is under way in the no…"'
    ]
    assert [p.where for p in finish.from_withheld(["140.7"], [line], held)] == ["140.7"]
    assert list(finish.from_withheld((), ["x"], held)) == []


# Telling ----------------------------------------------------------------------------------------------------


def test_add_up__equal_things__are_counted_in_the_order_of_kinds() -> None:
    told = [
        Pending("comment", 1, "A", "140.7"),
        Pending("tracked-change", 1, "A", "140.7"),
        Pending("comment", 1, "A", "140.7"),
    ]
    assert add_up(told) == (Pending("tracked-change", 1, "A", "140.7"), Pending("comment", 2, "A", "140.7"))


@pytest.mark.parametrize("kind", KINDS)
def test_lines__each_kind__says_what_it_is_and_what_to_do(kind: finish.Kind) -> None:
    what, remedy = pending_lines([Pending(kind, 1, where="140.7")])
    assert what.startswith("1 ")
    assert what.endswith(": 140.7")
    assert remedy.strip().startswith("what to do: ")


def test_lines__many_places__are_cut_short_and_counted() -> None:
    many = [Pending("tracked-change", 1 + n % 2, "A. Editor", f"140.{n}") for n in range(9)]
    first, _ = pending_lines(many)
    assert first == (
        "13 tracked changes by A. Editor: 140.0; 140.1 (2); 140.2; 140.3 (2); 140.4; 140.5 (2) and 3 more"
    )
    assert list(pending_lines([])) == []


def test_document__nothing_known__is_null() -> None:
    assert Pending("decision", 2).document() == {
        "kind": "decision",
        "count": 2,
        "author": None,
        "where": None,
    }
