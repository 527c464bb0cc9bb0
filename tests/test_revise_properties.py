"""What must always hold of an update, for random edits by a simulated editor and random changes of data."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from drafts import TODAY, document, draft, report, submission
from editors import LATER, accepted, comments, untouched
from hands import CHARTS, CONTAINERS, FIELDS, NOTES, SIMPLE, STRUCTURAL, TRACKED, Hand, words_of
from promises import (
    accepted_otherwise,
    charts_by_anchor,
    comment_texts,
    disturbed,
    disturbed_charts,
    is_sure,
    misplaced_comments,
    not_taken_back,
    unheard,
    unheard_charts,
    unsound,
)
from uprreport.files.word.plots import Grid
from uprreport.files.word.regions import raw_text
from uprreport.files.word.revised import Revised
from uprreport.files.word.styles import GENERATED
from uprreport.files.word.xml import style_of, w
from uprreport.model import Report
from uprreport.revise.join import Copy, join_copy
from uprreport.revise.update import Updated, update_draft

NUMBERS = ("140.1", "140.7", "140.10", "140.11")
WORDS = st.sampled_from(
    [
        "the",
        "ministry",
        "trained",
        "twelve",
        "midwives",
        "in",
        "districts.",
        "Clinics",
        "opened",
        "of",
        "A",
        "law",
    ]
)
DATUM = st.integers(0, 10**6).map(lambda number: f"datum{number}")
TEXT = st.lists(WORDS | DATUM, min_size=1, max_size=12).map(" ".join)
LINES = st.lists(TEXT, min_size=1, max_size=2).map("\n".join)
ANSWER = st.fixed_dictionaries(
    {"status": st.sampled_from(["planned", "in progress", "implemented"])},
    optional={"measures": LINES, "challenges": LINES, "next_steps": TEXT, "legal_act": TEXT},
)
ANSWERS = st.dictionaries(st.sampled_from(NUMBERS), ANSWER, max_size=4)
KINDS = st.sampled_from(["training", "funds", "expertise"])
NEEDS = st.lists(
    st.fixed_dictionaries({"numbers": st.just(("140.7",)), "kind": KINDS, "description": TEXT}),
    max_size=3,
)
EVERY = SIMPLE + STRUCTURAL + TRACKED + NOTES + FIELDS + CHARTS + CONTAINERS
Data = tuple[Mapping[str, Mapping[str, str]], list[dict[str, object]]]
DATA: st.SearchStrategy[Data] = st.tuples(ANSWERS, NEEDS)


def built(data: Data) -> Report:
    answers, needs = data
    return report(submission("moh", answers, assistance=needs), annex_text="reference")


def few(kinds: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(kinds), max_size=5)


def hand(content: bytes, data: st.DataObject, author: str = "A. Editor") -> Hand:
    return Hand(content, lambda count: data.draw(st.integers(0, count - 1)), author)


def update(content: bytes, told: Report) -> Updated:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    return update_draft(revised, base, draft(told, today=TODAY), LATER)


@given(DATA, DATA, few(SIMPLE + CHARTS + NOTES + FIELDS), st.data())
def test_update__any_edits_and_any_data__hold_what_is_promised(
    before: Data,
    after: Data,
    edits: list[str],
    pick: st.DataObject,
) -> None:
    first = draft(built(before)).content
    editor = hand(first, pick)
    for what in edits:
        editor.edit(what)
    edited = editor.save()
    told = built(after)
    done = update(edited, told)

    # No word of an editor is lost: each still reads, with all changes accepted.
    assert words_of(done.content, editor.typed) == words_of(edited, editor.typed)

    # No block whose data did not change is touched.
    plans = {plan.id: plan for plan in done.plans}
    same = untouched(edited, done.content)
    for plan in done.plans:
        if not plan.touches and plan.after is not None and plan.theirs is not None and not plan.theirs.shared:
            anchor = plan.after.anchor.removeprefix("upr_")
            headings = [p for p in done.plans if p.change == "deleted" and p.comment]
            assert anchor in same or headings, plan.id

    # Every changed datum is in the text as it reads, in a comment, or was there already.
    fresh = accepted(draft(told).content, notes=True)
    notes = "\n".join(comments(done.content)).split()
    now = accepted(done.content, notes=True)
    for plan in done.plans:
        if plan.change == "replaced" and plan.after is not None:
            anchor = plan.after.anchor.removeprefix("upr_")
            assert [line.split() for line in now[anchor]] == [line.split() for line in fresh[anchor]], plan.id
            assert plan.chart is None or not plan.chart.redraws or plan.chart.now in _drawn(done, plan.id)
        if plan.change in ("conflict", "absorbed", "deleted") and plan.comment:
            assert all(word in notes for word in plan.comment.split()), plan.id
    assert {plan_id for plan_id, plan in plans.items() if plan.change == "added"} <= {
        b.id for blocks in told.sections.values() for b in blocks
    } | {plan_id for plan_id in plans if plan_id.startswith("heading:")}

    # Taken back, it is the revised draft; accepted, it is the merged text.
    assert not_taken_back(edited, done.content) == []
    assert accepted_otherwise(done) == []

    # Again with the same data: not a byte.
    again = update(done.content, told)
    assert [p.id for p in again.plans if p.touches] == []
    assert again.content == done.content


def _drawn(done: Updated, block: str) -> list[object]:
    (anchor,) = [p.after.anchor for p in done.plans if p.id == block and p.after is not None]
    return charts_by_anchor(done.content)[anchor]


@given(DATA, st.lists(st.tuples(few(EVERY), DATA), min_size=1, max_size=3), st.data())
def test_update__generation_after_generation__holds_what_is_promised(
    before: Data, generations: list[tuple[list[str], Data]], pick: st.DataObject
) -> None:
    content = draft(built(before)).content
    editor, sure = hand(content, pick), True
    for number, (edits, data) in enumerate(generations):
        if number:
            editor.take(content, is_sure=sure)
        for what in edits:
            editor.edit(what)
        told = built(data)
        done = update(editor.save(), told)
        hold(editor, done, told)
        content, sure = done.content, is_sure(done)


def hold(editor: Hand, done: Updated, told: Report) -> None:
    """What is promised of one update of what an editor made."""
    edited, fresh = editor.save(), draft(told).content
    assert words_of(done.content, editor.typed) == words_of(edited, editor.typed)
    assert disturbed(edited, done, fresh, editor.owners) == []
    assert misplaced_comments(edited, done) == []
    assert unheard(edited, done, fresh) == []
    assert unheard_charts(edited, done, fresh) == []
    assert disturbed_charts(edited, done, fresh) == []
    assert not_taken_back(edited, done.content) == []
    assert accepted_otherwise(done) == []
    assert [fault for fault in unsound(done.content) if fault not in unsound(edited)] == []
    again = update(done.content, told)
    assert [plan.id for plan in again.plans if plan.touches] == []
    assert again.content == done.content


@given(DATA, few(EVERY), few(EVERY), DATA, st.data())
def test_join__any_edits_of_two_copies__lose_no_word_of_either(
    before: Data, edits: list[str], others: list[str], after: Data, pick: st.DataObject
) -> None:
    content = draft(built(before)).content
    one, two = hand(content, pick), hand(content, pick, "B. Editor")
    for what in edits:
        one.edit(what)
    for what in others:
        two.edit(what)
    edited, other = one.save(), two.save()
    revised, copy = Revised(edited, "one.docx", LATER), Revised(other, "two.docx", LATER)
    held, base = revised.manifest(), copy.manifest()
    assert held is not None
    assert base is not None
    with revised.written_by("B. Editor, joined"):
        join_copy(revised, held, Copy(copy, base, "B. Editor, joined"))
    joined = revised.content(None)

    # The first copy's words stand; the second one's stand, or are told in a comment.
    assert words_of(joined, one.typed) == words_of(edited, one.typed)
    theirs = " ".join([*_texts_of(other), *(" ".join(row) for rows in _charts_of(other) for row in rows)])
    notes = " ".join(comment_texts(joined).values())
    there, wrote = words_of(joined, two.typed), words_of(other, two.typed)
    assert {word: count for word, count in there.items() if count > wrote[word]} == {}
    assert [w for w in two.typed if w in theirs and not there[w] and w not in notes] == []
    assert not_taken_back(edited, joined, "B. Editor, joined") == []
    assert [fault for fault in unsound(joined) if fault not in unsound(edited)] == []

    # And the update that follows loses none of them.
    done = update(joined, built(after))
    both = [*one.typed, *two.typed]
    assert words_of(done.content, both) == words_of(joined, both)


def _charts_of(content: bytes) -> list[Grid]:
    return [rows or () for several in charts_by_anchor(content).values() for rows in several]


def _texts_of(content: bytes) -> list[str]:
    """What a draft reads, but for what Word writes by itself: a copy's table of contents is not carried."""
    body, styles = document(content)
    nodes = (node for node in body.iter(w("p")) if styles.name(style_of(node)) not in GENERATED)
    return [raw_text(node, styles, ()) for node in nodes]
