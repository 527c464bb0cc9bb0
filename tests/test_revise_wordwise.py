from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uprreport.files.word.tokens import keys, tokenise
from uprreport.revise.wordwise import Piece, compare

TEXT = st.text(st.sampled_from("ab \n“\"’'–-中文."), max_size=30)


def test_compare__one_word__is_marked_on_both_sides() -> None:
    left, right = compare("Twelve midwives left.", "A dozen midwives left.")
    assert left == (Piece("gone", "Twelve"), Piece("same", " midwives left."))
    assert right == (Piece("new", "A dozen"), Piece("same", " midwives left."))


def test_compare__lines__stay_lines() -> None:
    left, right = compare("One\nTwo", "One\nTwo\nThree")
    assert left == (Piece("same", "One\nTwo"),)
    assert right == (Piece("same", "One\nTwo\n"), Piece("new", "Three"))


def test_compare__typography__is_no_difference() -> None:
    for side in compare('the "law" - new', "the “law” – new"):
        assert [piece.kind for piece in side] == ["same"]


def test_compare__signs_without_blanks__are_compared_one_by_one() -> None:
    _, right = compare("中文", "中国文")
    assert right == (Piece("same", "中"), Piece("new", "国"), Piece("same", "文"))


@given(TEXT, TEXT)
def test_compare__any_texts__pieces_are_the_texts(one: str, other: str) -> None:
    left, right = compare(one, other)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other
    assert {piece.kind for piece in left} <= {"same", "gone"}
    assert {piece.kind for piece in right} <= {"same", "new"}


@given(TEXT, TEXT)
def test_compare__what_both_have__has_the_same_words(one: str, other: str) -> None:
    left, right = (
        " ".join(piece.text for piece in side if piece.kind == "same").replace("\n", " ")
        for side in compare(one, other)
    )
    assert keys(tokenise([("", left)])) == keys(tokenise([("", right)]))
