from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.register.states import STATES, is_state, same_state, split_states

NO_STATES = ["", "CEDAW", "No. 189", "erased", "Republic of", "Islamic Republic of", "Korea"]


def test_states__table__is_that_of_the_united_nations() -> None:
    assert len(STATES) == len(set(STATES)) == 193 + 2  # members, the Holy See, the State of Palestine
    assert {"Holy See", "State of Palestine", "Côte d'Ivoire", "Türkiye", "Eswatini"} <= set(STATES)


@given(st.sampled_from(STATES))
def test_is_state__every_name__in_any_case_and_spacing(name: str) -> None:
    assert is_state(name)
    assert is_state(f"  {name.upper()} ")
    assert is_state(name.replace(" ", "\u00a0"))


@pytest.mark.parametrize(
    "name",
    [
        "Iran (Islamic Republic of)",
        "Iran, Islamic Republic of",
        "Islamic Republic of Iran",
        "Venezuela, Bolivarian Republic of",
        "Bolivarian Republic of Venezuela",
        "Kingdom of the Netherlands",
        "the Netherlands",
        "the Philippines",
        "The Syrian Arab Republic",
        "Turkey",
        "Czech Republic",
        "Swaziland",
        "Tu\u0308rkiye",
        "Côte d’Ivoire",
        "Cote d'Ivoire",
        "Lao People’s Democratic Republic",
        "Guinea‑Bissau",
        "Timor\u2011Leste",
        "Timor ‑ Leste",
        "Côte d ’ Ivoire",
    ],
)
def test_is_state__other_spelling__is_known(name: str) -> None:
    assert is_state(name)


@pytest.mark.parametrize("name", NO_STATES)
def test_is_state__something_else__is_none(name: str) -> None:
    assert not is_state(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chile", ("Chile",)),
        ("Chile, Peru", ("Chile", "Peru")),
        ("Chile,Peru", ("Chile", "Peru")),
        ("Chile; Peru", ("Chile", "Peru")),
        ("Chile and Peru", ("Chile", "Peru")),
        ("Chile, Ghana and Peru", ("Chile", "Ghana", "Peru")),
        ("Chile, Ghana, and Peru", ("Chile", "Ghana", "Peru")),
        ("Antigua and Barbuda", ("Antigua and Barbuda",)),
        ("Bosnia and Herzegovina and Trinidad and Tobago", ("Bosnia and Herzegovina", "Trinidad and Tobago")),
        ("Iran, Islamic Republic of", ("Iran, Islamic Republic of",)),
        (
            "Chile, Iran, Islamic Republic of and Peru",
            ("Chile", "Iran, Islamic Republic of", "Peru"),
        ),
        (
            "Venezuela, Bolivarian Republic of, Bolivia, Plurinational State of",
            ("Venezuela, Bolivarian Republic of", "Bolivia, Plurinational State of"),
        ),
        (
            "United Kingdom of Great Britain and Northern Ireland and Ireland",
            ("United Kingdom of Great Britain and Northern Ireland", "Ireland"),
        ),
        ("Guinea, Guinea-Bissau, Papua New Guinea", ("Guinea", "Guinea-Bissau", "Papua New Guinea")),
        ("Niger, Nigeria", ("Niger", "Nigeria")),
        ("  Sri\nLanka ", ("Sri Lanka",)),
        ("Chile, ", ("Chile",)),
    ],
)
def test_split_states__list__gives_the_names_as_printed(text: str, names: tuple[str, ...]) -> None:
    assert split_states(text) == names


@pytest.mark.parametrize("text", ["Atlantis", "Atlantis and Chile", "Women, children and men"])
def test_split_states__with_something_that_is_no_name__stays_one(text: str) -> None:
    assert split_states(text) == (" ".join(text.split()),)


@given(
    st.lists(st.sampled_from(STATES), min_size=1, max_size=6, unique=True),
    st.sampled_from([", ", "; ", " and ", ",", ", and "]),
)
def test_split_states__any_names_any_separator__all_come_back(names: list[str], separator: str) -> None:
    assert split_states(separator.join(names)) == tuple(names)


@given(st.text(alphabet="Chile, ;andPeru()", max_size=30))
def test_split_states__any_text__loses_no_letter(text: str) -> None:
    kept = Counter(c for name in split_states(text) for c in name if c.isalnum())
    lost = Counter(c for c in text if c.isalnum())
    lost.subtract(kept)
    assert lost["a"] == lost["n"] == lost["d"] >= 0  # the word between two names, and nothing else
    assert not any(count for letter, count in lost.items() if letter not in "and")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Azerbaijan", "AZERBAIJAN "),
        ("Azerbaijan", "Republic of Azerbaijan"),
        ("Azerbaijan", "Azərbaycan Respublikası"),
        ("République du Mali", "Mali"),
        ("Республика Узбекистан", "Uzbekistan"),
        ("République de Guinée-Bissau", "Guinea-Bissau"),
        ("Turkey", "Türkiye"),
        ("Iran", "Iran (Islamic Republic of)"),
        ("the Gambia", "Gambia (Republic of The)"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("مصر", "Egypt"),
        ("Examplia", "the Republic of Examplia"),
    ],
)
def test_same_state__other_name_or_language__is_the_same(one: str, other: str) -> None:
    assert same_state(one, other)
    assert same_state(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Azerbaijan", "Armenia"),
        ("Guinea", "Guinea-Bissau"),
        ("Guinea", "Equatorial Guinea"),
        ("Republic of Korea", "Democratic People's Republic of Korea"),
        ("Congo", "Democratic Republic of the Congo"),
        ("Sudan", "South Sudan"),
        ("Dominica", "Dominican Republic"),
        ("Examplia", "Aurenia"),
        ("Examplia", "Chad"),
    ],
)
def test_same_state__another_state__is_not(one: str, other: str) -> None:
    assert not same_state(one, other)
    assert not same_state(other, one)


@given(st.sampled_from(STATES), st.sampled_from(STATES))
def test_same_state__any_two_of_the_list__only_a_state_and_itself(one: str, other: str) -> None:
    assert same_state(one, other) == (one == other)
