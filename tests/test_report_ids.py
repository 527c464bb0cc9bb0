from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uprreport.report.ids import name_themes, row_keys


@given(st.lists(st.text(max_size=80), unique=True, max_size=30))
def test_name_themes__any_names__all_different_and_plain(themes: list[str]) -> None:
    names = name_themes(themes)
    assert list(names) == themes
    assert len(set(names.values())) == len(themes)
    assert all(
        name.isascii() and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        for name in names.values()
    )


def test_name_themes__another_theme_added__names_stay() -> None:
    before = name_themes(["Right to health", "الحق في الصحة"])
    after = name_themes(["Right to education", "Right to health", "الحق في الصحة"])
    assert {theme: after[theme] for theme in before} == before


@given(st.lists(st.sampled_from(["a", "b", "c"])))
def test_row_keys__equal_ones__are_counted(wanted: list[str]) -> None:
    keys = row_keys(wanted)
    assert len(set(keys)) == len(wanted)
    assert [key.partition("#")[0] for key in keys] == wanted
