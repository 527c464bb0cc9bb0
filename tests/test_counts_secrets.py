"""Nobody can work out from what is sent whose answer is withheld: each could as well be another's.

For every review there must be another one in which none of its withheld answers exists, and of which all can
read exactly the same. Where the report says how many answers are withheld, that one withholds as many.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import uprreport.counts
from uprreport.model import NO_INFORMATION, Agency, Recommendation, Register
from worlds import HIDDEN, World, published, worlds

SECRET = {"status": "implemented", "measures": "Sixty were trained.", "publication": "internal"}


def other(world: World) -> World:
    """A review without any of the withheld answers; as many others are, where the report counts them."""
    open_ = {k: v for k, v in world.answers.items() if v.get("publication") not in HIDDEN}
    counts = world.given.counts
    if not counts.tells_apart:
        return world.answered(open_)
    items = {item.number: item for item in world.register.recommendations}
    free = [n for n in counts.unanswered if items[n].agencies and not items[n].group]
    instead = free[: len(counts.withheld)]
    assert len(instead) == len(counts.withheld)
    return world.answered({**open_, **{(items[n].agencies[0], n): SECRET for n in instead}})


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_published__any_review__could_be_one_in_which_none_of_these_is_withheld(world: World) -> None:
    another = other(world)
    assert published(world) == published(another)
    assert not set(world.given.counts.withheld) & set(another.given.counts.withheld)


def plain(silent: int, withheld: int) -> World:
    numbers = [f"140.{n}" for n in range(1, silent + withheld + 2)]
    items = tuple(Recommendation(n, "Do it", theme=n, lead="moh", position="supported") for n in numbers)
    answers = {("moh", n): SECRET for n in numbers[1 : withheld + 1]}
    public = {**SECRET, "publication": "public"}
    return World(
        Register(items, (), (Agency("moh", "Ministry of Health"),)), {**answers, ("moh", numbers[0]): public}
    )


@given(st.integers(0, 7), st.integers(0, 7))
@settings(max_examples=40, deadline=None)
def test_published__themes_of_one_recommendation__tell_nothing_either(silent: int, withheld: int) -> None:
    world = plain(silent, withheld)
    assert published(world) == published(other(world))


@pytest.mark.parametrize(("silent", "withheld"), [(0, 1), (0, 4), (2, 5)])
def test_counts__told_apart_where_few_are_unanswered__would_point_at_the_withheld(
    silent: int, withheld: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the rule is for: without it the same search finds no other review."""
    world = plain(silent, withheld)
    honest = published(world)
    monkeypatch.setattr(uprreport.counts, "_may_tell_apart", lambda _unanswered, withheld: withheld > 0)
    assert published(world) != honest
    with pytest.raises(AssertionError):
        other(world)


@pytest.mark.parametrize("lead", [None, SECRET], ids=["silent", "withheld"])
def test_level__nothing_printed__is_no_information_for_all_readers(lead: dict[str, str] | None) -> None:
    world = plain(3, 0).answered({("moh", "140.2"): lead} if lead else {})
    told = {o.item.number: o.status for o in world.records.of_kind("recommendation")}
    assert told["140.2"] == NO_INFORMATION
