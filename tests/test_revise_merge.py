from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merging import apply
from uprreport.files.word.tokens import END, keys, reads_the_same, tokenise
from uprreport.revise.merge import compare, merge


def words(text: str) -> list[str]:
    """``|`` ends a paragraph."""
    return [END if word == "|" else word for word in f"{text} |".split()]


def merged(base: str, theirs: str, ours: str) -> str | None:
    changes = merge(words(base), words(theirs), words(ours))
    if changes is None:
        return None
    told = apply(words(theirs), words(ours), changes)
    return " ".join("|" if word == END else word for word in told).removesuffix(" |")


BASE = "The ministry trained twelve midwives in two districts last year."


@pytest.mark.parametrize(
    ("theirs", "ours", "told"),
    [
        (BASE, BASE, BASE),
        (BASE, f"{BASE} Forty follow.", f"{BASE} Forty follow."),
        (f"{BASE} See annex.", BASE, f"{BASE} See annex."),
        # Apart: both stand.
        (
            "Our ministry trained twelve midwives in two districts last year.",
            "The ministry trained twelve midwives in three districts last year.",
            "Our ministry trained twelve midwives in three districts last year.",
        ),
        # Both appended a sentence: the editor's comes first.
        (f"{BASE} See annex.", f"{BASE} Forty follow.", f"{BASE} See annex. Forty follow."),
        # The same edit on both sides is done already.
        (
            "The ministry trained twenty midwives in two districts last year.",
            "The ministry trained twenty midwives in two districts last year.",
            "The ministry trained twenty midwives in two districts last year.",
        ),
        # The editor split the paragraph; the change lands in its half.
        (
            "The ministry trained twelve midwives | in two districts last year.",
            "The ministry trained twelve midwives in two districts this year.",
            "The ministry trained twelve midwives | in two districts this year.",
        ),
        # Overlapping: a clash.
        (
            "The ministry trained twenty midwives in two districts last year.",
            "The ministry trained thirty midwives in two districts last year.",
            None,
        ),
        # Touching inside a sentence: a clash.
        (
            "The ministry trained twelve skilled midwives in two districts last year.",
            "The ministry trained twelve young midwives in two districts last year.",
            None,
        ),
        # The editor deleted what the data changed.
        (
            "The ministry trained midwives.",
            "The ministry trained twelve midwives in nine districts last year.",
            None,
        ),
    ],
)
def test_merge__cases(theirs: str, ours: str, told: str | None) -> None:
    assert merged(BASE, theirs, ours) == told


WORDS = st.lists(st.sampled_from(["a", "b", "c.", "d", "e", "f", END]), max_size=14).map(
    lambda ws: [*ws, END]
)


@given(WORDS, WORDS)
def test_compare__any_texts__turn_one_into_the_other(one: list[str], other: list[str]) -> None:
    assert apply(one, other, compare(one, other)) == other


@given(WORDS, WORDS)
def test_merge__only_one_side_changed__gives_that_side(base: list[str], changed: list[str]) -> None:
    left = merge(base, base, changed)
    assert left is not None
    assert apply(base, changed, left) == changed
    right = merge(base, changed, base)
    assert right == []
    same = merge(base, changed, changed)
    assert same == []


@given(WORDS, WORDS, WORDS)
def test_merge__any_three__no_word_of_the_editor_is_lost(
    base: list[str], theirs: list[str], ours: list[str]
) -> None:
    changes = merge(base, theirs, ours)
    if changes is None:
        return
    told = apply(theirs, ours, changes)
    for edit in compare(base, theirs):
        typed = theirs[edit.other_start : edit.other_end]
        kept = any(told[i : i + len(typed)] == typed for i in range(len(told) - len(typed) + 1))
        assert kept, (typed, told)
    for at, change in enumerate(changes):
        assert 0 <= change.start <= change.end <= len(theirs)
        assert at == 0 or changes[at - 1].end <= change.start


@given(WORDS, WORDS, WORDS)
def test_merge__any_three__again_with_the_result_changes_nothing(
    base: list[str], theirs: list[str], ours: list[str]
) -> None:
    changes = merge(base, theirs, ours)
    if changes is None:
        return
    told = apply(theirs, ours, changes)
    assert merge(ours, told, ours) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the State’s “plan”", 'the State\'s "plan"', True),
        ("2024–2026", "2024-2026", True),
        ("a  b\tc", "a b c", True),
        ("a b", "a c", False),
        ("卫生部培训", "卫生部 培训", True),
        ("卫生部培训", "卫生部培", False),
    ],
)
def test_reads_the_same__typography_and_blanks__are_set_aside(one: str, other: str, same: bool) -> None:
    assert reads_the_same([("x", one)], [("y", other)]) is same


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=30)), max_size=4))
def test_tokenise__any_paragraphs__places_are_right(paragraphs: list[tuple[str, str]]) -> None:
    for token in tokenise(paragraphs):
        style, text = paragraphs[token.paragraph]
        assert text[token.start : token.end] == token.text
        assert not token.is_end or (token.start == len(text) and token.style == style)
    assert keys(tokenise([])) == ()
