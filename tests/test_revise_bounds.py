from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafts import draft
from editors import Editor, comments
from test_revise_update import BLOCK, first, update, with_measures
from uprreport.revise.bounds import LONGEST, shorten_comment
from uprreport.revise.withheld import RUN, Passages

WHERE = "The rest stands in moh.xlsx."
SENTENCES = st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from([". ", "! ", ".\n", "\n", "; "])), min_size=1, max_size=200
)


@given(st.text(max_size=LONGEST))
def test_shorten_comment__short__stays_as_it_is(text: str) -> None:
    assert shorten_comment(text, WHERE) == text


@given(SENTENCES)
def test_shorten_comment__long__tells_of_no_answer_fewer_words_than_can_be_found_again(
    sizes: list[tuple[int, str]],
) -> None:
    numbers = iter(range(10**6))
    pieces = [" ".join(f"w{next(numbers):05}" for _ in range(size)) + end for size, end in sizes]
    text = "".join(pieces)
    told = shorten_comment(text, WHERE)
    if len(text) <= LONGEST:
        assert told == text
        return
    head, _, where = told.rpartition(" […]\n")
    assert where == WHERE
    assert text.startswith(head)
    assert len(head) <= LONGEST
    for piece in pieces:
        words = piece.strip(" .!;\n").split()
        if len(words) >= RUN and words[0] in head:
            assert Passages([piece]).is_in(head)


def test_shorten_comment__without_any_blank__is_cut() -> None:
    assert shorten_comment("x" * (LONGEST + 1), WHERE) == f"{'x' * LONGEST} […]\n{WHERE}"


def test_update__long_text_that_does_not_fit__is_told_in_its_first_words_and_by_its_cell() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "trained twelve midwives", "taught twelve midwives and nurses")
    long = "A course of two weeks was held in every district of the country. " * 200
    told = with_measures(long)
    done = update(editor.save(), told)
    (comment,) = [c for c in comments(done.content) if "Newer text:" in c]
    assert LONGEST - 200 < len(comment) < LONGEST + 400
    assert "submissions/moh.xlsx, Progress!" in comment
    again = update(done.content, told)
    assert again.content == done.content  # the comment that stands is known again
