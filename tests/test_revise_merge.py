from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merging import apply
from uprreport.files.word.tokens import END, keys, reads_the_same, tokenise
from uprreport.revise.merge import Merge, compare, merge
from uprreport.revise.sentences import sentences


def words(text: str) -> list[str]:
    """``|`` ends a paragraph."""
    return [END if word == "|" else word for word in f"{text} |".split()]


def merged(base: str, theirs: str, ours: str) -> str | None:
    """The merged text; None where something clashes."""
    found = merge(words(base), words(theirs), words(ours))
    return None if found.clashes else part(theirs, ours, found)


def part(theirs: str, ours: str, found: Merge) -> str:
    """What of ours was carried into theirs."""
    told = apply(words(theirs), words(ours), found.changes)
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


# Sentences that nobody else touched ----------------------------------------------------------------------

RAISED = "Their salaries were raised by a tenth."
TWO = f"The ministry trained twelve midwives in two districts. {RAISED}"


@pytest.mark.parametrize(
    ("theirs", "ours", "told", "left"),
    [
        # Another sentence is new: it comes in at its place, whatever was made of the first one.
        (
            f"A dozen nurses were prepared abroad. {RAISED}",
            f"The ministry trained thirty midwives in two districts. In May forty follow. {RAISED}",
            f"A dozen nurses were prepared abroad. In May forty follow. {RAISED}",
            ["thirty"],
        ),
        # All that changed in a sentence stays together: no sentence is made of two answers.
        (
            "The ministry trained several midwives in two districts. Their salaries were raised by a tenth.",
            "The ministry trained thirty midwives in nine districts. Their salaries were raised by a fifth.",
            "The ministry trained several midwives in two districts. Their salaries were raised by a fifth.",
            ["thirty", "nine"],
        ),
        # A sentence that moved is not put in at its new place while it clashes at the old one.
        (
            "The ministry trained several midwives in two districts. Their salaries were raised by a tenth.",
            "Their salaries were raised by a tenth. The ministry trained thirty midwives in two districts.",
            "The ministry trained several midwives in two districts. Their salaries were raised by a tenth.",
            [
                "The ministry trained twelve midwives in two districts.",
                "The ministry trained thirty midwives in two districts.",
            ],
        ),
    ],
)
def test_merge__clash_in_one_sentence__all_else_is_carried(
    theirs: str, ours: str, told: str, left: list[str]
) -> None:
    found = merge(words(TWO), words(theirs), words(ours))
    assert part(theirs, ours, found) == told
    now = words(ours)
    pieces = [
        " ".join(now[c.other_start : c.other_end] or words(TWO)[c.start : c.end]) for c in found.clashes
    ]
    assert pieces == left


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four…", 4),
        ("Law No. 5 of 2024, art. 3, of Mr. J. Doe. Done.", 2),
        ('He said "It is done." Then he left.', 2),
        ("Принят закон № 5 от 3 мая 2024 г. и п. 2 ст. 4. Готово.", 2),
        ("تم اعتماد القانون. هل نُفذ؟ نعم.", 3),
        ("通过了法律。已实施！", 2),
        ("Qəbul edildi. Bənd. 5 icra olunub.", 2),
        ("Se aprobó el art. 3. ¿Se aplicó? Sí.", 3),
        ("La loi no. 12 fut adoptée. Elle s'applique.", 2),
        ("a b", 1),
        ("", 0),
    ],
)
def test_sentences__of_every_language__end_where_they_end(text: str, count: int) -> None:
    told = keys(tokenise([("", text)]))
    spans = sentences(told)
    assert [word for start, end in spans for word in told[start:end]] == list(told)
    assert len([span for span in spans if told[span[0]] != END]) == count


WORDS = st.lists(st.sampled_from(["a", "b", "c.", "d", "e", "f", END]), max_size=14).map(
    lambda ws: [*ws, END]
)


@given(WORDS, WORDS)
def test_compare__any_texts__turn_one_into_the_other(one: list[str], other: list[str]) -> None:
    assert apply(one, other, compare(one, other)) == other


@given(WORDS, WORDS)
def test_merge__only_one_side_changed__gives_that_side(base: list[str], changed: list[str]) -> None:
    left = merge(base, base, changed)
    assert left.clashes == ()
    assert apply(base, changed, left.changes) == changed
    right = merge(base, changed, base)
    assert right == Merge()
    same = merge(base, changed, changed)
    assert (same.changes, same.clashes) == ((), ())


@given(WORDS, WORDS, WORDS)
def test_merge__any_three__no_word_of_the_editor_is_lost(
    base: list[str], theirs: list[str], ours: list[str]
) -> None:
    changes = merge(base, theirs, ours).changes
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
    found = merge(base, theirs, ours)
    if not found.clashes:
        assert merge(ours, apply(theirs, ours, found.changes), ours) == Merge()


@given(WORDS, WORDS, WORDS)
def test_merge__any_three__every_change_of_the_data_is_carried_done_or_told_once(
    base: list[str], theirs: list[str], ours: list[str]
) -> None:
    found = merge(base, theirs, ours)
    told = [*found.carried, *found.done, *found.clashes]
    assert sorted(told, key=lambda c: (c.start, c.other_start)) == compare(base, ours)
    assert len(found.changes) == len(found.carried)


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
