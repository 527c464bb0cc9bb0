from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.text import clean_text, fold, is_empty, natural_key, number_ranges, slug, words


def test_clean_text__control_characters__are_removed_and_told() -> None:
    assert clean_text("a\x0bb\ud800c_x000C_") == ("abc", True)


def test_clean_text__line_ends_and_no_break_spaces__are_no_fault() -> None:
    assert clean_text(" a\r\nb\u00a0c\u200dd ") == ("a\nb\u00a0c\u200dd", False)


def test_clean_text__line_end_that_a_program_wrote_as_an_escape__is_one() -> None:
    assert clean_text("a_x000D_\nb_x000d_c_x000A_d") == ("a\nb\nc\nd", False)


def test_clean_text__escape_that_is_printable__stays() -> None:
    assert clean_text("_x0041_") == ("_x0041_", False)


@given(st.text(alphabet=st.characters()))
def test_clean_text__twice__changes_nothing_more(text: str) -> None:
    cleaned, _ = clean_text(text)
    assert clean_text(cleaned) == (cleaned, False)


def test_fold__label_as_people_type_it__is_the_same() -> None:
    assert fold("  Partially\u00a0 IMPLEMENTED: ") == fold("partially implemented")
    assert fold("planned") != fold("not planned")


@pytest.mark.parametrize("typed", ["İCRA EDİLİB", "ICRA EDILIB", "İcra edilib", "icra edılıb"])
def test_fold__dotted_and_dotless_i__are_one_letter(typed: str) -> None:
    assert fold(typed) == fold("İcra edilib")


def test_fold__apostrophes__are_one_sign() -> None:
    assert fold("Niveau d’exécution") == fold("niveau d'exécution") != fold("niveau dexécution")


def test_natural_key__numbers__in_the_order_people_read() -> None:
    numbers = ["140.10", "P10", "140.2", "16.b", "16.10", "16.9", "P2"]
    assert sorted(numbers, key=natural_key) == ["16.9", "16.10", "16.b", "140.2", "140.10", "P2", "P10"]


@pytest.mark.parametrize(
    ("numbers", "cited"),
    [
        (["140.11", "140.7", "140.12", "140.13"], "140.7, 140.11–140.13"),
        (["140.1", "140.2"], "140.1, 140.2"),
        (["121.9", "122.10", "122.11", "122.12"], "121.9, 122.10–122.12"),
        (["P1", "P2", "P3"], "P1, P2, P3"),
        ([], ""),
    ],
)
def test_number_ranges__as_un_documents_cite(numbers: list[str], cited: str) -> None:
    assert number_ranges(numbers) == cited


def test_words__runs_of_non_blank_characters() -> None:
    assert words(" one\ntwo\u00a0three – 4 ") == 5


def test_slug__theme__is_ascii() -> None:
    assert (
        slug("Right to an adequate standard of living & health")
        == "right-to-an-adequate-standard-of-living-health"
    )
    assert slug("Sağlamlıq") == "saglamlq"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0", "\u200b", "\ufeff \u2060", "\u3000\u00ad"])
def test_is_empty__blanks_and_hidden_signs__are_nothing(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["a", "-", "\u200bə", " — ", "\u00a0؟", "\u200b" * 30 + "中"])
def test_is_empty__one_sign_that_is_seen__is_something(text: str) -> None:
    assert not is_empty(text)
