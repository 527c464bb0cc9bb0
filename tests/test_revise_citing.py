from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.findings import Location
from uprreport.revise.citing import Citable, check_citations, sentences, symbols_in
from uprreport.text import cited_numbers, number_ranges, numbers_between

AT = Location("draft.docx")
NUMBERS = frozenset(f"140.{n}" for n in range(1, 61) if n != 12)
SYMBOLS = frozenset({"A/HRC/99/7", "A/HRC/99/7/Add.1", "CEDAW/C/AUR/CO/6"})
PARAGRAPHS = frozenset(str(n) for n in range(1, 31))


def told(text: str, language: str = "en") -> list[tuple[str, str]]:
    citable = Citable(NUMBERS, SYMBOLS, PARAGRAPHS, language)
    return [(f.code, f.value) for f in check_citations(text, AT, citable)]


def range_told(text: str) -> list[str]:
    found = check_citations(text, AT, Citable(NUMBERS, SYMBOLS))
    return [f.message for f in found if f.code == "range-unknown"]


# Numbers and ranges -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("140.7", [("140.7", "")]),
        ("140.11–140.14", [("140.11", "140.14")]),
        ("140.11-14", [("140.11", "140.14")]),
        ("140.11 – 140.14", [("140.11", "140.14")]),
        ("140.11 to 140.14", [("140.11", "140.14")]),
        ("140.11 à 140.14", [("140.11", "140.14")]),
        ("140.11 по 140.14", [("140.11", "140.14")]),
        ("paras. 140.3, 140.5 and 140.7.", [("140.3", ""), ("140.5", ""), ("140.7", "")]),
        ("(140.7)", [("140.7", "")]),
    ],
)
def test_cited_numbers__as_people_write_them__are_read(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(found.first, found.last) for found in cited_numbers(text)] == wanted


@pytest.mark.parametrize(
    "text",
    ["140.7 per cent", "140.7%", "140.7 million", "USD 140.7", "$140.7", "140.7.3", "v140.7",
     "140.7 pour cent", "140.7 млн", "1140.7", "140.7a"],
)  # fmt: skip
def test_cited_numbers__quantities_and_parts_of_other_numbers__are_none(text: str) -> None:
    assert list(cited_numbers(text)) == []


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12, unique=True))
def test_cited_numbers__what_number_ranges_writes__is_read_back(tails: list[int]) -> None:
    numbers = [f"140.{tail}" for tail in tails]
    read: list[str] = []
    for cited in cited_numbers(number_ranges(numbers)):
        read += numbers_between(cited.first, cited.last or cited.first)
    assert read == sorted(numbers, key=lambda number: int(number[4:]))


def test_numbers_between__backwards_or_across_prefixes__are_none() -> None:
    assert numbers_between("140.3", "140.5") == ("140.3", "140.4", "140.5")
    assert numbers_between("140.5", "140.3") == ()
    assert numbers_between("139.3", "140.5") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("See 140.11–140.14.", "140.12 is not in the register"),
        ("See 140.58 to 140.63.", "140.61–140.63 are not in the register"),
        ("See 140.10-14.", "140.12 is not in the register"),
        ("See 140.14–140.11.", "it runs backwards"),
        ("See 139.50–140.3.", "it runs from the numbers under 139 into those under 140"),
    ],
)
def test_check_citations__range_with_a_fault__is_one_line_that_names_it(text: str, problem: str) -> None:
    (message,) = range_told(text)
    assert message.endswith(f"is no range of the register: {problem}")


@pytest.mark.parametrize("text", ["See 140.1–140.5.", "See 140.13 to 140.60.", "139.1–139.9 of another list"])
def test_check_citations__sound_range__is_silent(text: str) -> None:
    assert told(text) == []


def test_check_citations__unknown_number__is_told_once() -> None:
    assert told("See 140.12, 140.99 and 140.99.") == [
        ("reference-unknown", "140.12"), ("reference-unknown", "140.99"),
    ]  # fmt: skip


def test_check_citations__numbers_of_another_document__are_left_alone() -> None:
    assert told("See A/HRC/99/7, paras. 140.3 and 140.99.") == [("reference-unknown", "140.99")]
    assert told("See A/HRC/40/9, paras. 140.3 and 140.99.") == [("symbol-unknown", "A/HRC/40/9")]
    assert told("See recommendation 140.99 of document A/HRC/40/9.") == [("symbol-unknown", "A/HRC/40/9")]
    both = told("A/HRC/40/9 was adopted. Recommendation 140.99 followed.")
    assert both == [("reference-unknown", "140.99"), ("symbol-unknown", "A/HRC/40/9")]


# Symbols ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "symbol",
    ["A/HRC/44/12", "A/HRC/44/12/Add.1", "A/HRC/WG.6/44/AUR/1", "A/HRC/RES/16/21", "A/RES/70/1", "A/77/10",
     "CCPR/C/AUR/CO/4", "CEDAW/C/AUR/CO/6", "CAT/OP/AUR/1", "CRC/C/OPAC/AUR/CO/1", "E/C.12/AUR/CO/4",
     "HRI/CORE/AUR/2019", "S/RES/1325", "CRPD/C/AUR/CO/1/Corr.1", "E/2023/22", "A/HRC/44/12/Rev.1"],
)  # fmt: skip
def test_symbols_in__documents_of_the_united_nations__are_known(symbol: str) -> None:
    assert [found.text for found in symbols_in(f"See {symbol}, para. 3; and ({symbol}).")] == [symbol, symbol]


@pytest.mark.parametrize(
    "text",
    ["and/or", "A/B testing", "s/he", "km/h", "E/S", "https://example.org/A/HRC/1/2", "2024/25", "A/4"],
)
def test_symbols_in__other_strokes__are_none(text: str) -> None:
    assert symbols_in(text) == []


@pytest.mark.parametrize(
    ("symbol", "near"),
    [("A/HRC/98/7", "A/HRC/99/7"), ("A/HRC/99/7/Add.2", "A/HRC/99/7/Add.1"),
     ("CEDAW/C/AUR/CO/5", "CEDAW/C/AUR/CO/6")],
)  # fmt: skip
def test_check_citations__symbol_with_a_slip__names_the_nearest(symbol: str, near: str) -> None:
    (finding,) = check_citations(f"See {symbol}.", AT, Citable(NUMBERS, SYMBOLS))
    assert finding.hint.endswith(f"; did you mean {near}?")


def test_check_citations__symbol_like_none__names_none() -> None:
    (finding,) = check_citations("See HRI/MC/2008/3.", AT, Citable(NUMBERS, SYMBOLS))
    assert "did you mean" not in finding.hint


# Paragraphs of this report ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "See paragraph 31.", "31"),
        ("en", "This is described in paras. 12–35 above.", "12–35"),
        ("en", "Paragraphs 3 and 44 of this report tell more.", "44"),
        ("en", "See paragraphs 3, 4 and 31.", "31"),
        ("en", "See paragraphs 29–30 and paragraph 31.", "31"),
        ("en", "See paragraphs 15–12.", "15–12"),
        ("fr", "Voir le paragraphe 3 et voir paragraphe 31.", "31"),
        ("fr", "Les paragraphes 30 et 31 ci-dessus.", "31"),
        ("es", "Véase párrafo 31.", "31"),
        ("es", "Los párrafos 30 y 31 del presente informe.", "31"),
        ("ru", "См. пункт 31.", "31"),
        ("ru", "В пунктах 30 и 31 выше.", "31"),
    ],
)
def test_check_citations__paragraph_that_is_not_there__is_told(language: str, text: str, value: str) -> None:
    assert told(text, language) == [("paragraph-unknown", value)]


@pytest.mark.parametrize(
    "text",
    [
        "See paragraphs 3, 12–15 and 30 above.",
        "A/HRC/44/12, para. 140",
        "CEDAW/C/AUR/CO/6, para. 123, above all.",
        "See paragraph 99 of the concluding observations.",
        "See article 12, paragraph 99.",
        "The Law, in its paragraph 99, says so.",
        "Paragraph 99 was deleted.",
        "See paragraph 99 (CEDAW/C/AUR/CO/6).",
        "See paragraph 140.7.",
        "See the Committee's observations, see paragraph 99.",
        "Paragraph 1999 above.",
    ],
)
def test_check_citations__paragraphs_that_are_there_or_elsewhere__are_silent(text: str) -> None:
    assert [value for code, value in told(text) if code == "paragraph-unknown"] == []


def test_check_citations__report_without_numbers__is_never_told_of_paragraphs() -> None:
    assert list(check_citations("See paragraph 99.", AT, Citable(NUMBERS, SYMBOLS))) == []


def test_check_citations__language_without_words__reads_numbers_and_symbols_only() -> None:
    assert told("见第99段, 140.99, A/HRC/40/9; see paragraph 99 above", "zh") == [
        ("reference-unknown", "140.99"), ("symbol-unknown", "A/HRC/40/9"),
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_sentences__of_any_text__together_are_the_text(text: str) -> None:
    assert "".join(sentence for _, sentence in sentences(text)) == text
    assert all(text[at : at + len(sentence)] == sentence for at, sentence in sentences(text))
