from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.report.voice import each_once, in_sequence, is_sentence, lines
from uprreport.text import fold

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (
            ["A law was adopted", "Forty officers were trained."],
            "A law was adopted. Forty officers were trained.",
        ),
        (["Done?", "Done!"], "Done? Done!"),
        (["The same", " the  same "], "The same."),
        (["", "  "], ""),
        (["Two steps:\n- a\n- b", "Then more."], "Two steps:\n- a\n- b\nThen more."),
        (["(Act No. 5)", "Then"], "(Act No. 5) Then."),
    ],
)
def test_in_sequence__texts__read_as_sentences(texts: list[str], told: str) -> None:
    assert in_sequence(texts) == told


@given(st.lists(TEXTS, max_size=5))
def test_in_sequence__any_texts__each_is_found_again_or_one_that_says_the_same(texts: list[str]) -> None:
    told = in_sequence(texts)
    for text in texts:
        if text.strip():
            assert any(fold(other) == fold(text) and other.strip() in told for other in texts)


@given(TEXTS)
def test_lines__any_text__keeps_every_word(text: str) -> None:
    assert " ".join(lines(text)).split() == text.split()


@given(st.lists(TEXTS, max_size=6))
def test_each_once__any_names__each_is_there_and_none_twice(names: list[str]) -> None:
    told = each_once(names)
    assert [fold(name) for name in told] == list(dict.fromkeys(fold(n) for n in names if n.strip()))
    assert set(told) <= set(names)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Few apply", True),
        ("Few apply.", True),
        ("Act No. 5 leaves out approx. half of them.", True),
        ("Few apply. Fewer stay.", False),
        ("Few apply (see below). None stay!", False),
        ("Two things:\n- one\n- two", False),
        ("缺少资金。", True),
        ("缺少资金。人员不足。", False),
        ("Мало мест. Нет средств.", False),
        ("عدد الوظائف قليل. لا توجد أموال.", False),
    ],
)
def test_is_sentence__text__is_told_from_several(text: str, is_one: bool) -> None:
    assert is_sentence(text) is is_one
