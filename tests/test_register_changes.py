from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from uprreport.model import Agency, Link, Recommendation, Register, Theme
from uprreport.register.changes import OWNED, Change, merge_matrix
from uprreport.register.matrix import Matrix

TYPED: dict[str, Any] = {
    "text_local": "Klinika açmaq",
    "sdg_targets": ("3.8",),
    "lead": "moh",
    "supporting": ("moe",),
    "group": "clinics",
    "position_now": "noted",
    "position_reason": "Decided in 2025",
}
"""What the coordinator types beside what the list gives."""


def listed(number: str, text: str = "Open a clinic", **fields: Any) -> Recommendation:
    """A recommendation as the list gives it."""
    given: dict[str, Any] = {
        "position": "supported",
        "theme": "Health",
        "themes": ("Health",),
        "sdgs": ("3",),
    }
    return Recommendation(number, text, **{**given, **fields})


def matrix(*items: Recommendation) -> Matrix:
    return Matrix("Examplia", 4, 51, len(items) + 1, 1, 0, items, ())


def numbers(register: Register) -> list[str]:
    return [item.number for item in register.recommendations]


OLD = Register(
    recommendations=(listed("140.1", **TYPED), listed("140.2", "Build schools", theme="Education")),
    themes=(Theme("Health", lead="moh", order=1, narrative="My text"),),
    agencies=(Agency("moh", "Ministry of Health"),),
    links=(Link("140.1", "CEDAW"),),
    pledges=(Recommendation("P1", "Plant trees", "pledge"),),
)
LIST = matrix(listed("140.1"), listed("140.2", "Build schools", theme="Education"))


def test_owned__with_what_is_typed__are_all_fields_of_a_recommendation() -> None:
    names = {field.name for field in fields(Recommendation)}
    assert set(OWNED) | set(TYPED) == names - {"number", "kind"}
    assert not set(OWNED) & set(TYPED)


def test_merge_matrix__first_import__everything_is_new_with_its_themes() -> None:
    register, changes = merge_matrix(Register(), LIST)
    assert register.recommendations == LIST.recommendations
    assert register.themes == (Theme("Health"), Theme("Education"))
    assert (changes.new, changes.changed, changes.gone) == (("140.1", "140.2"), (), ())


def test_merge_matrix__same_list_again__changes_nothing() -> None:
    register, changes = merge_matrix(replace(OLD, themes=(*OLD.themes, Theme("Education"))), LIST)
    assert register == replace(OLD, themes=(*OLD.themes, Theme("Education")))
    assert (changes.new, changes.changed, changes.gone) == ((), (), ())


def test_merge_matrix__list_changed__its_fields_change_and_what_was_typed_stays() -> None:
    newer = matrix(
        listed("140.1", "Open two clinics", position="noted", sdgs=("3", "5")), LIST.recommendations[1]
    )
    register, changes = merge_matrix(OLD, newer)
    assert register.recommendations[0] == replace(
        OLD.recommendations[0], text="Open two clinics", position="noted", sdgs=("3", "5")
    )
    assert changes.changed == (
        Change("140.1", "text", "Open a clinic", "Open two clinics"),
        Change("140.1", "position", "supported", "noted"),
        Change("140.1", "sdgs", "3", "3; 5"),
    )
    for name, value in TYPED.items():
        assert getattr(register.recommendations[0], name) == value


def test_merge_matrix__new_numbers__come_in_the_order_of_the_list() -> None:
    newer = matrix(listed("140.3", theme="Peace"), *LIST.recommendations)
    register, changes = merge_matrix(OLD, newer)
    assert numbers(register) == ["140.3", "140.1", "140.2"]
    assert changes.new == ("140.3",)


def test_merge_matrix__numbers_gone__stay_at_the_end_until_a_person_deletes_them() -> None:
    register, changes = merge_matrix(OLD, matrix(LIST.recommendations[1]))
    assert numbers(register) == ["140.2", "140.1"]
    assert register.recommendations[1] == OLD.recommendations[0]
    assert (changes.new, changes.changed, changes.gone) == ((), (), ("140.1",))


def test_merge_matrix__themes__stay_as_arranged_and_new_ones_come_below() -> None:
    register, _ = merge_matrix(OLD, matrix(listed("140.3", theme="Peace"), *LIST.recommendations))
    assert register.themes == (OLD.themes[0], Theme("Peace"), Theme("Education"))
    without, _ = merge_matrix(OLD, matrix(listed("140.3", theme="")))
    assert [theme.theme for theme in without.themes] == ["Health", "Education"]


def test_merge_matrix__other_tabs__are_not_touched() -> None:
    register, _ = merge_matrix(OLD, matrix(listed("140.9")))
    assert (register.agencies, register.links, register.pledges) == (OLD.agencies, OLD.links, OLD.pledges)


# A correction by hand ---------------------------------------------------------------------------------

CORRECTED = replace(OLD, recommendations=(replace(OLD.recommendations[0], text="Open a clinic (as made)"),))
ONE = matrix(listed("140.1"))


def test_merge_matrix__corrected_by_hand_and_list_the_same__the_correction_stays() -> None:
    register, changes = merge_matrix(CORRECTED, ONE, base=ONE)
    assert register.recommendations == CORRECTED.recommendations
    assert changes.changed == ()


def test_merge_matrix__corrected_by_hand_and_list_changed_there__the_list_wins_and_tells() -> None:
    register, changes = merge_matrix(CORRECTED, matrix(listed("140.1", "Open two clinics")), base=ONE)
    assert register.recommendations[0].text == "Open two clinics"
    assert changes.changed == (Change("140.1", "text", "Open a clinic (as made)", "Open two clinics"),)


def test_merge_matrix__corrected_by_hand_and_list_changed_elsewhere__both_hold() -> None:
    register, changes = merge_matrix(CORRECTED, matrix(listed("140.1", position="noted")), base=ONE)
    assert register.recommendations[0].text == "Open a clinic (as made)"
    assert register.recommendations[0].position == "noted"
    assert [change.field for change in changes.changed] == ["position"]


def test_merge_matrix__no_earlier_list__the_list_wins_and_tells() -> None:
    register, changes = merge_matrix(CORRECTED, ONE)
    assert register.recommendations[0].text == "Open a clinic"
    assert [change.field for change in changes.changed] == ["text"]


def test_merge_matrix__blanked_by_hand__stays_blank() -> None:
    blanked = replace(OLD, recommendations=(replace(OLD.recommendations[0], sdgs=()),))
    register, _ = merge_matrix(blanked, ONE, base=ONE)
    assert register.recommendations[0].sdgs == ()


ITEMS = st.lists(
    st.builds(
        listed,
        st.integers(1, 6).map(lambda n: f"140.{n}"),
        st.sampled_from(["a", "b"]),
        position=st.sampled_from(["supported", "noted"]),
        theme=st.sampled_from(["", "Health", "Peace"]),
        lead=st.sampled_from(["", "moh"]),
    ),
    max_size=5,
    unique_by=lambda item: item.number,
)


@given(ITEMS, ITEMS, st.one_of(st.none(), ITEMS))
def test_merge_matrix__any_lists__add_up_and_a_second_run_changes_nothing(
    old: list[Recommendation], new: list[Recommendation], base: list[Recommendation] | None
) -> None:
    before = Register(recommendations=tuple(old))
    given = matrix(*(replace(item, lead="") for item in new))
    register, changes = merge_matrix(before, given, matrix(*base) if base is not None else None)
    had = {item.number: item for item in old}
    assert sorted(numbers(register)) == sorted({*had, *(item.number for item in new)})
    assert set(changes.new) == {item.number for item in new} - set(had)
    assert set(changes.gone) == set(had) - {item.number for item in new}
    assert all(item.lead == had[item.number].lead for item in register.recommendations if item.number in had)
    assert {item.theme for item in register.recommendations} - {""} <= {
        theme.theme for theme in register.themes
    }
    again, nothing = merge_matrix(register, given, given)
    assert again == register
    assert (nothing.new, nothing.changed) == ((), ())
