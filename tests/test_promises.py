"""The checks of what an update promises notice what they are there for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafts import draft
from editors import WHEN, Editor
from hands import Hand, words_of
from promises import (
    accepted_otherwise,
    disturbed,
    misplaced_comments,
    not_taken_back,
    reads,
    rejected,
    unheard,
    unsound,
)
from test_revise_update import BLOCK, MEASURES, first, update, with_measures
from uprreport.files.word.xml import Element, element, run, w
from uprreport.revise.update import Updated

TOLD = with_measures(MEASURES.replace("two districts", "five districts"))


def spoiled(done: Updated, old: str, new: str) -> Updated:
    editor = Editor(done.content)
    for text in editor.body.iter(w("t"), w("delText")):
        text.text = (text.text or "").replace(old, new)
    return replace(done, content=editor.save())


@pytest.fixture
def hand() -> Hand:
    return Hand(draft(first()).content, lambda count: count // 2)


def test_words_of__counts_what_reads_and_not_what_is_struck(hand: Hand) -> None:
    for what in ("insert", "track", "comment"):
        hand.edit(what)
    assert sum(words_of(hand.save(), hand.typed).values()) == 3
    for mark in list(hand.editor.body.iter(w("ins"))):
        mark.tag = w("del")
    assert sum(words_of(hand.save(), hand.typed).values()) == 2


def test_disturbed__unchanged_paragraph_altered__is_noticed(hand: Hand) -> None:
    done = update(hand.save(), TOLD)
    fresh = draft(TOLD).content
    assert disturbed(hand.save(), done, fresh, hand.owners) == []
    assert disturbed(hand.save(), spoiled(done, "Sites", "Some"), fresh, hand.owners) != []
    assert disturbed(hand.save(), spoiled(done, "twelve midwives", "twelve nurses"), fresh, hand.owners) == []


def test_unheard__new_word_missing__is_noticed(hand: Hand) -> None:
    done = update(hand.save(), TOLD)
    fresh = draft(TOLD).content
    assert unheard(hand.save(), done, fresh) == []
    assert unheard(hand.save(), spoiled(done, "five", "six"), fresh) != []


def test_rejected__all_taken_back__reads_as_before_and_any_other_change_shows(hand: Hand) -> None:
    done = update(hand.save(), with_measures("One.\nTwo.", challenges="Few apply."))
    assert reads(done.content) != reads(hand.save())
    assert rejected(done.content) == reads(hand.save())
    assert not_taken_back(hand.save(), done.content) == []
    spoilt = spoiled(done, "Sites", "Some").content
    assert rejected(spoilt) != reads(hand.save())
    assert not_taken_back(hand.save(), spoilt) != []


def test_accepted_otherwise__word_that_was_not_merged__is_noticed(hand: Hand) -> None:
    done = update(hand.save(), TOLD)
    assert accepted_otherwise(done) == []
    assert accepted_otherwise(spoiled(done, "five", "six")) == ["rec:140.7/measures"]


def test_misplaced_comments__news_of_another_block__is_noticed() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "twelve", "several")
    edited = editor.save()
    done = update(edited, with_measures(MEASURES.replace("twelve", "forty")))
    assert misplaced_comments(edited, done) == []
    moved = Editor(done.content)
    marks = [*moved.paragraph(BLOCK).iter(w("commentReference"))]
    moved.paragraph("rec_140_1_measures").append(element("r", marks[-1]))
    assert misplaced_comments(edited, replace(done, content=moved.save())) != []


def _twice(node: Element) -> None:
    node.extend(element("ins", run("x"), id="5", author="E", date=WHEN) for _ in range(2))


def _inside(node: Element) -> None:
    inner = element("ins", run("x"), id="6", author="E", date=WHEN)
    node.append(element("del", inner, id="7", author="E", date=WHEN))


def _dangling(node: Element) -> None:
    node.append(element("r", element("commentReference", id="999")))


def _alone(node: Element) -> None:
    node.append(element("bookmarkEnd", id="888"))


def _late(node: Element) -> None:
    node.append(element("pPr"))


@pytest.mark.parametrize("spoil", [_twice, _inside, _dangling, _alone, _late])
def test_unsound__whatever_is_wrong__is_noticed(spoil: object) -> None:
    editor = Editor(draft(first()).content)
    assert unsound(editor.save()) == []
    assert callable(spoil)
    spoil(editor.paragraph(BLOCK))
    assert unsound(editor.save()) != []
