"""Codes of what was signed: typed anyhow they are known, and any other answer has another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.collect.signing import code_of, is_named, sums_of
from uprreport.model import Filled

FILLED = Filled(progress={"140.1": {"status": "planned", "measures": "One."}})


@pytest.mark.parametrize(
    "typed",
    ["7K01-Q2XD", "No. 5 of 3 March 2026, code 7k01q2xd", "7KOL–Q2XD", "(7K 0I Q2XD)", "٧K٠١-Q٢XD"],
)
def test_code__however_it_was_typed__is_known(typed: str) -> None:
    assert is_named("7K01-Q2XD", typed)


@pytest.mark.parametrize("typed", ["", "No. 5 of 3 March 2026", "7K01-Q2XE", "7K01"])
def test_code__that_is_not_there__is_not_known(typed: str) -> None:
    assert not is_named("7K01-Q2XD", typed)


def test_sums__what_is_the_coordinators__is_no_part_of_them() -> None:
    with_remark = Filled(progress={"140.1": {**FILLED.progress["140.1"], "remark": "Seen."}})
    only_remark = {"140.10": {"remark": "Later.", "unit": "Hospitals", "publication": "public"}}
    assert sums_of(with_remark) == sums_of(FILLED)
    assert sums_of(Filled(progress={**FILLED.progress, **only_remark})) == sums_of(FILLED)


@given(
    st.dictionaries(st.sampled_from(["measures", "challenges", "status", "publication"]), st.text(max_size=9))
)
def test_code__another_answer__has_another_one(cells: dict[str, str]) -> None:
    other = Filled(progress={"140.1": cells})
    same = sums_of(other) == sums_of(FILLED)
    assert (code_of("moh", sums_of(other)) == code_of("moh", sums_of(FILLED))) is same
    assert code_of("moh", sums_of(FILLED)) != code_of("moj", sums_of(FILLED))
