from __future__ import annotations

from pathlib import Path

import pytest

from uprreport.findings import UprReportError
from uprreport.revise.signoffs import (
    Judged,
    SignOff,
    add_asked,
    add_sign_offs,
    judge_sign_offs,
    load_asked,
    load_sign_offs,
)

PAIR = ("moh", "rec:1")


def signed(digest: str = "a", *, cleared: bool = True, date: str = "2026-05-02") -> SignOff:
    return SignOff("moh", "rec:1", digest, cleared, "A. Minister", "Minister", date)


@pytest.mark.parametrize(
    ("signs", "part"),
    [
        ([signed("a")], "cleared"),
        ([signed("b")], "reopened"),
        ([signed("a", cleared=False)], "refused"),
        ([signed("b", cleared=False)], "refused"),
        ([signed("a"), signed("a", cleared=False)], "refused"),
        ([signed("a", cleared=False), signed("a")], "cleared"),
        ([signed("a"), signed("b", cleared=False)], "cleared"),
        ([signed("b", cleared=False), signed("c")], "reopened"),
    ],
)
def test_judge__last_answer_on_the_present_text__counts(signs: list[SignOff], part: str) -> None:
    judged = judge_sign_offs(signs, {"rec:1": "a"})
    assert judged == Judged(**{part: frozenset([PAIR])})
    assert judged.pending([PAIR]) == (() if part == "cleared" else (PAIR,))


def test_judge__block_that_is_gone__is_in_no_part() -> None:
    assert judge_sign_offs([signed()], {}) == Judged()


def test_history__added_twice__stands_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "history" / "clearance.json"
    assert load_sign_offs(path) == ()
    assert add_sign_offs(path, []) == ()
    assert not path.exists()
    one, other = signed("a"), signed("b", date="2026-05-03")
    assert add_sign_offs(path, [one, one]) == (one,)
    before = path.read_bytes()
    assert add_sign_offs(path, [one]) == ()
    assert path.read_bytes() == before
    assert add_sign_offs(path, [other, one]) == (other,)
    assert load_sign_offs(path) == (one, other)
    assert [p.name for p in path.parent.iterdir()] == ["clearance.json"]


def test_history__agencies_that_were_asked__are_kept_beside_what_they_signed(tmp_path: Path) -> None:
    path = tmp_path / "history" / "clearance.json"
    assert load_asked(path) == frozenset()
    add_asked(path, ["moj", "moe"])
    assert load_asked(path) == {"moj", "moe"}
    add_sign_offs(path, [signed()])
    add_asked(path, ["moe"])
    assert load_asked(path) == {"moj", "moe", "moh"}  # whoever signed was asked
    assert load_sign_offs(path) == (signed(),)
    before = path.read_bytes()
    add_asked(path, ["moj"])
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"sign_offs": [{"agency": "moh"}]}', '{"sign_offs": [1]}'])
def test_history__damaged__is_refused_and_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clearance.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UprReportError, match="damaged"):
        add_sign_offs(path, [signed()])
    assert path.read_text(encoding="utf-8") == text
