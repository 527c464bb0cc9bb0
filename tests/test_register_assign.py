from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reviews import register
from uprreport.model import Recommendation, Register
from uprreport.register.assign import assign, effective, outdated, propose, unassigned

TABLES = """
## Recommendations
| Number | Recommendation | Theme     | Lead agency | Supporting agencies |
| 140.1  | Its own lead   | Health    | moj         |                     |
| 140.2  | Its theme's    | Health    |             |                     |
| 140.3  | Some help more | Health    |             | moj, mof           |
| 140.4  | Own lead, help | Health    | moj         | mof                 |
| 140.5  | No theme known | Peace     |             |                     |
| 140.6  | Nobody's theme | Education |             |                     |
| 140.7  | Only help      | Education |             | mof                 |
| 140.8  | The lead helps | Health    |             | moh                 |

## Themes
| Theme     | Lead agency | Supporting agencies |
| Health    | moh         | mof, moe           |
| Education |             |                     |

## Agencies
| Id  | Name                  |
| moh | Ministry of Health    |
| moj | Ministry of Justice   |
| mof | Ministry of Finance   |
| moe | Ministry of Education |

## Pledges
| Number | Pledge      | Lead agency | Supporting agencies |
| P1     | Plant trees | moe         | xyz                 |

## Observations
| Number | Observation | Lead agency | Supporting agencies |
| O1     | Say how     |             |                     |
"""
TYPED = register(TABLES)


def agencies(register: Register) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {item.number: (item.lead, item.supporting) for item in register.items}


def test_propose__own_lead_theme_s_or_none__is_written_into_the_recommendations() -> None:
    assert agencies(propose(TYPED)) == {
        "140.1": ("moj", ()),
        "140.2": ("moh", ("mof", "moe")),
        "140.3": ("moh", ("moj", "mof", "moe")),
        "140.4": ("moj", ("mof",)),
        "140.5": ("", ()),
        "140.6": ("", ()),
        "140.7": ("", ("mof",)),
        "140.8": ("moh", ("mof", "moe")),
        "P1": ("moe", ("xyz",)),
        "O1": ("", ()),
    }


def test_propose__theme_with_helpers_only__lends_them() -> None:
    themes = tuple(replace(theme, lead="") for theme in TYPED.themes)
    proposed = agencies(propose(replace(TYPED, themes=themes)))
    assert (proposed["140.2"], proposed["140.3"]) == (("", ("mof", "moe")), ("", ("moj", "mof", "moe")))


def test_propose__nothing_else__is_touched() -> None:
    proposed = propose(TYPED)
    assert (proposed.themes, proposed.agencies, proposed.pledges) == (
        TYPED.themes,
        TYPED.agencies,
        TYPED.pledges,
    )
    assert [replace(i, lead="", supporting=()) for i in proposed.recommendations] == [
        replace(i, lead="", supporting=()) for i in TYPED.recommendations
    ]


def test_effective__agencies_that_are_not_on_the_tab__are_left_out() -> None:
    few = replace(TYPED, agencies=tuple(a for a in TYPED.agencies if a.id != "mof"))
    assert agencies(effective(few))["140.3"] == ("moh", ("moj", "moe"))
    assert agencies(effective(few))["P1"] == ("moe", ())
    without_lead = replace(TYPED, agencies=tuple(a for a in TYPED.agencies if a.id != "moj"))
    assert agencies(effective(without_lead))["140.1"] == ("", ())
    assert agencies(propose(few))["140.3"] == ("moh", ("moj", "mof", "moe"))  # typed ones stay typed


def test_unassigned__neither_lead_nor_helper__is_listed_in_order() -> None:
    assert [item.number for item in unassigned(effective(TYPED))] == ["140.5", "140.6"]
    everybody = replace(TYPED, themes=tuple(replace(theme, lead="moh") for theme in TYPED.themes))
    assert [item.number for item in unassigned(effective(everybody))] == ["140.5"]


IDS = st.sampled_from(["", "moh", "moj", "mof", "xyz"])
HELPERS = st.lists(st.sampled_from(["moh", "moj", "mof", "xyz"]), max_size=3, unique=True).map(tuple)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    names = st.sampled_from(["Health", "Education", "Peace"])
    items = tuple(
        Recommendation(f"140.{n}", "Text", theme=draw(names), lead=draw(IDS), supporting=draw(HELPERS))
        for n in range(1, draw(st.integers(1, 6)))
    )
    themes = tuple(replace(theme, lead=draw(IDS), supporting=draw(HELPERS)) for theme in TYPED.themes)
    return replace(TYPED, recommendations=items, themes=themes)


@given(registers())
def test_propose__any_register__keeps_what_was_typed_and_twice_changes_nothing(typed: Register) -> None:
    proposed = propose(typed)
    assert propose(proposed) == proposed
    for before, after in zip(typed.recommendations, proposed.recommendations, strict=True):
        assert after.lead == before.lead or not before.lead
        assert set(before.supporting) <= {*after.supporting, after.lead}
        if before.lead:
            assert after == before


@given(registers())
def test_effective__any_register__every_agency_is_known_and_assigning_first_is_the_same(
    typed: Register,
) -> None:
    holds = effective(typed)
    known = {agency.id for agency in typed.agencies}
    assert all(set(item.agencies) <= known for item in holds.items)
    assert effective(propose(typed)) == holds
    listed = {item.number for item in unassigned(holds)}
    for item in holds.recommendations:
        assert (item.number in listed) == (not item.lead and not item.supporting)
        assert item.number in listed or any(item in holds.assigned_to(agency) for agency in item.agencies)


# Assigned again ---------------------------------------------------------------------------------------


def with_theme(register: Register, name: str, lead: str, *supporting: str) -> Register:
    themes = [
        replace(theme, lead=lead, supporting=supporting) if theme.theme == name else theme
        for theme in register.themes
    ]
    return replace(register, themes=tuple(themes))


def typed_into(register: Register, number: str, **fields: object) -> Register:
    items = [
        replace(item, **fields) if item.number == number else item  # type: ignore[arg-type]
        for item in register.recommendations
    ]
    return replace(register, recommendations=tuple(items))


FIRST = assign(TYPED, {})


def test_assign__lead_changed_on_themes__reaches_the_rows_that_hold_what_was_written() -> None:
    assert FIRST.register == propose(TYPED)
    changed = with_theme(FIRST.register, "Health", "moe", "mof")
    assert outdated(changed, FIRST.written) == 3
    again = assign(changed, FIRST.written)
    told = agencies(again.register)
    assert told["140.2"] == ("moe", ("mof",))
    assert told["140.3"] == ("moe", ("moj", "mof"))  # both were typed, and stay
    assert told["140.8"] == ("moe", ("moh", "mof"))  # moh was typed as supporting before moh was the lead
    assert told["140.1"] == ("moj", ())
    assert outdated(again.register, again.written) == 0
    assert [item.number for item in again.kept] == ["140.1", "140.4"]


def test_assign__row_that_a_person_changed_since__is_kept_and_listed() -> None:
    typed = typed_into(FIRST.register, "140.2", lead="mof", supporting=())
    again = assign(with_theme(typed, "Health", "moe"), FIRST.written)
    assert agencies(again.register)["140.2"] == ("mof", ())
    assert "140.2" in [item.number for item in again.kept]
    assert "140.2" not in again.written


def test_assign__lead_taken_from_the_theme__leaves_the_row_as_it_was_before() -> None:
    again = assign(with_theme(FIRST.register, "Health", ""), FIRST.written)
    assert agencies(again.register)["140.3"] == ("", ("moj", "mof"))
    assert agencies(again.register)["140.2"] == ("", ())
    assert "140.2" in [item.number for item in unassigned(effective(again.register))]
    assert again.kept == ()


def test_assign__theme_without_a_lead__its_supporting_agencies_follow_too() -> None:
    first = assign(with_theme(TYPED, "Health", "", "mof"), {})
    assert agencies(first.register)["140.2"] == ("", ("mof",))
    again = assign(with_theme(first.register, "Health", "", "moe"), first.written)
    assert agencies(again.register)["140.2"] == ("", ("moe",))


def test_assign__without_what_was_written__counts_every_lead_as_typed() -> None:
    again = assign(with_theme(FIRST.register, "Health", "moe"), {})
    assert agencies(again.register) == agencies(FIRST.register)
    assert "140.2" in [item.number for item in again.kept]


def test_assign__theme_s_agency_that_nobody_has__is_written_into_no_row() -> None:
    first = assign(with_theme(TYPED, "Health", "mho", "mof", "xyz"), {})
    assert agencies(first.register)["140.2"] == ("", ("mof",))
    assert agencies(first.register)["140.3"] == ("", ("moj", "mof"))
    again = assign(with_theme(first.register, "Health", "moh", "mof"), first.written)
    assert agencies(again.register)["140.2"] == ("moh", ("mof",))
    assert agencies(again.register)["140.3"] == ("moh", ("moj", "mof"))


@given(
    st.lists(st.sampled_from(["", "moh", "moj", "mof", "moe"]), min_size=1, max_size=6),
    st.sampled_from(["140.1", "140.2", "140.3", "140.8"]),
    st.sampled_from(["moh", "moj", "mof", "moe"]),
)
def test_assign__any_changes_of_a_theme__never_touch_what_a_person_typed(
    leads: list[str], number: str, typed: str
) -> None:
    register, written = FIRST.register, FIRST.written
    register = typed_into(register, number, lead=typed, supporting=("moj", "moh", "mof"))
    for lead in leads:
        made = assign(with_theme(register, "Health", lead), written)
        register, written = made.register, made.written
        assert assign(register, written).register == register  # a second run changes nothing
    assert agencies(register)[number] == (typed, ("moj", "moh", "mof"))
    last = leads[-1]
    for other in {"140.2", "140.3", "140.8"} - {number}:
        assert agencies(register)[other][0] == last
