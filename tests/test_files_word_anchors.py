from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from uprreport.files.word.anchors import Bookmarks, anchors_in, name_anchors
from uprreport.files.word.xml import element, run

IDS = st.lists(st.text(max_size=120), unique=True, max_size=20)


@given(IDS)
def test_name_anchors__any_ids__word_takes_them_and_all_differ(ids: list[str]) -> None:
    names = name_anchors(ids)
    assert list(names) == ids
    assert all(re.fullmatch(r"upr_[A-Za-z0-9_]{1,36}", name) for name in names.values())
    assert len({name.lower() for name in names.values()}) == len(ids)


def test_name_anchors__usual_ids__can_be_read() -> None:
    assert name_anchors(["rec:140.7/measures", "table:annex-1"]) == {
        "rec:140.7/measures": "upr_rec_140_7_measures",
        "table:annex-1": "upr_table_annex_1",
    }


def test_name_anchors__other_blocks_around__a_name_stays() -> None:
    alone = name_anchors(["theme:a-very-long-name-of-a-theme-that-goes-on/challenges"])
    among = name_anchors(["rec:1.1/measures", *alone, "rec:1.2/measures"])
    assert among.items() >= alone.items()


def test_bookmarks__new_ones__do_not_take_numbers_that_are_used() -> None:
    body = element("body", element("p", element("bookmarkStart", id="7", name="own")))
    start, _, end = Bookmarks(body).around("upr_x", [run("text")])
    assert list(start.attrib.values()) == ["8", "upr_x"]
    assert list(end.attrib.values()) == ["8"]
    assert list(anchors_in(element("p", start, end))) == ["upr_x"]
    assert list(anchors_in(body)) == []
