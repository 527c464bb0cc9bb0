"""Texts as runs: nothing of them is lost, each part in its direction and language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.files.word.speech import direct, directions, dress, languages, reads, write
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, element, get, parse, plain_text, run, w
from uprreport.text import reads_from_right

NAME = "وزارة الصحة"
TEXTS = st.text(st.sampled_from("aZ5. ،-()–وزا健康،ü\t"), max_size=30)
PIECES = st.lists(st.tuples(TEXTS, st.sampled_from(["en", "fr", "ar", "zh"])), max_size=4)


def told(runs: list[Element]) -> list[tuple[str, bool, str]]:
    """Text, direction and language of each run."""
    return [(plain_text(one), one.find(f"{w('rPr')}/{w('rtl')}") is not None, spoken(one)) for one in runs]


def spoken(one: Element) -> str:
    kinds = ("val", "eastAsia", "bidi")
    langs = one.findall(f"{w('rPr')}/{w('lang')}")
    return next((f"{kind}={get(lang, kind)}" for lang in langs for kind in kinds if get(lang, kind)), "")


def whole(runs: list[Element]) -> str:
    """The text of runs, tabs included."""
    return "".join(
        "\t" if node.tag == w("tab") else node.text or ""
        for one in runs
        for node in one.iter(w("t"), w("tab"))
    )


# Runs -------------------------------------------------------------------------------------------------


@given(TEXTS, PIECES, st.booleans())
def test_write__any_text__says_the_same(text: str, foreign: list[tuple[str, str]], rtl: bool) -> None:
    made = write(text, rtl=rtl, foreign=tuple(foreign))
    assert whole(made) == text
    assert len(made) >= 1


@given(TEXTS, st.booleans())
def test_directions__letters__keep_their_own(text: str, rtl: bool) -> None:
    found = directions(text, rtl=rtl)
    assert len(found) == len(text)
    assert all(turned is True for char, turned in zip(text, found, strict=True) if char in "وزا")
    assert all(turned is False for char, turned in zip(text, found, strict=True) if char in "aZ健康ü")


def test_directions__signs_between_letters__go_with_them_else_with_the_paragraph() -> None:
    assert directions("a-b", rtl=True) == [False] * 3
    assert directions("و-ز", rtl=False) == [True] * 3
    assert directions("a-و", rtl=True) == [False, True, True]
    assert directions("a-و", rtl=False) == [False, False, True]
    assert directions("140.11–140.14", rtl=True) == [True] * 13
    assert directions("و 140.7", rtl=True) == [True] * 7
    assert directions("Act 5 و", rtl=True) == [False] * 5 + [True] * 2  # the number is the act's


def test_write__plain_text__is_one_plain_run() -> None:
    (one,) = write("Twelve midwives (2026).")
    assert one.find(w("rPr")) is None


def test_write__letters_of_both_directions__are_apart() -> None:
    assert told(write(f"{NAME} (Ministry)", rtl=True)) == [
        (f"{NAME} (", True, ""),
        ("Ministry", False, ""),
        (")", True, ""),
    ]
    assert told(write(f"The {NAME} decided.")) == [
        ("The ", False, ""),
        (NAME, True, ""),
        (" decided.", False, ""),
    ]


def test_write__style__is_that_of_every_run_and_comes_first() -> None:
    for one in write(f"a {NAME}", "Label"):
        assert one[0][0].tag == w("rStyle")
    assert [node.tag for node in write(NAME, "Label")[0][0]] == [w("rStyle"), w("rtl")]


def test_write__chinese__asks_for_the_fonts_of_its_signs() -> None:
    (one,) = write("卫生部（“目标”）")
    fonts = one.find(f"{w('rPr')}/{w('rFonts')}")
    assert fonts is not None
    assert get(fonts, "hint") == "eastAsia"


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "val=en-GB"), ("fr", "val=fr-FR"), ("az-Latn", "val=az-Latn-AZ"), ("de", "val=de"),
     ("zh", "eastAsia=zh-CN"), ("ar", "bidi=ar-SA"), ("fa", "bidi=fa")],
)  # fmt: skip
def test_write__foreign_piece__carries_its_language_where_programs_look_for_it(
    language: str, shown: str
) -> None:
    made = told(write("Voir: Few apply. Fin", foreign=(("Few apply.", language),)))
    assert made == [("Voir: ", False, ""), ("Few apply.", False, shown), (" Fin", False, "")]


def test_languages__pieces_in_each_other__the_longer_one_counts() -> None:
    found = languages("abc b", (("b", "fr"), ("abc", "en")))
    assert found == ["en", "en", "en", "", "fr"]
    assert languages("abc", (("", "fr"), ("x", "fr"))) == ["", "", ""]


# Paragraphs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        (NAME, True),
        ("Ministry of Health", False),
        (f"Aurenia: {NAME} {NAME}", True),
        (f"{NAME}: Ministry of Labour and Social Protection", True),
        (f"{NAME}: " + "The Government decided to ratify. " * 20, False),
        (f"The {NAME} of the State decided it.", False),
        (f"{NAME}: moh-hospitals-r1.xlsx, A/HRC/99/7/Add.1", True),
    ],
)
def test_reads_from_right__text__by_most_of_its_letters_or_its_first_ones(text: str, turned: bool) -> None:
    assert reads_from_right(text, default=not turned) is turned


@given(st.text("0123456789 .,;–()", max_size=10), st.booleans())
def test_reads_from_right__without_letters__as_what_stands_around_it(text: str, rtl: bool) -> None:
    assert reads_from_right(text, default=rtl) is rtl
    assert reads_from_right(f"{text} 16.b A/HRC/99/7", default=rtl) is rtl


def test_reads__foreign_title_in_a_sentence__leaves_the_sentence_its_direction() -> None:
    title = "Ratification of and accession to international instruments"
    assert reads(f"انظر «{title}».", ((title, "en"),), rtl=True)
    assert not reads(title, ((title, "en"),), rtl=True)
    assert reads("140.7", (), rtl=True)


STYLES = """
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
 <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
  <w:pPr>{}</w:pPr></w:style>
 <w:style w:type="paragraph" w:styleId="Text"><w:name w:val="Text"/><w:basedOn w:val="Normal"/></w:style>
 <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Text"/>
  <w:pPr><w:bidi w:val="0"/></w:pPr></w:style>
 <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>
"""


def styles(turned: bool) -> Styles:
    return Styles(parse(STYLES.format("<w:bidi/>" if turned else "").encode()))


def test_styles__direction__comes_from_what_they_are_based_on() -> None:
    rtl, ltr = styles(True), styles(False)
    assert [rtl.is_rtl(name) for name in ("", "Normal", "Text", "Own", "Loop")] == [True] * 3 + [False] * 2
    assert not any(ltr.is_rtl(name) for name in ("", "Normal", "Text", "Own"))


@pytest.mark.parametrize("of_styles", [True, False])
@pytest.mark.parametrize("turned", [True, False])
def test_direct__only_against_the_style__says_so_behind_its_name(of_styles: bool, turned: bool) -> None:
    node = element("p", element("pPr", element("pStyle", val="Text"), element("jc", val="center")))
    direct(node, styles(of_styles), turned=turned)
    tags = [child.tag for child in node[0]]
    if turned == of_styles:
        assert tags == [w("pStyle"), w("jc")]
    else:
        assert tags == [w("pStyle"), w("bidi"), w("jc")]
        assert get(node[0][1], "val") == ("" if turned else "0")


def test_dress__look_of_another_run__keeps_the_direction_of_the_letters() -> None:
    def look(*names: str) -> Element:
        return element("rPr", *(element(name) for name in names), element("lang", val="fr-FR"))

    (arabic,) = write(NAME)
    dress(arabic, look("b"))
    assert [node.tag for node in arabic[0]] == [w("b"), w("rtl")]
    latin = run("Act")
    dress(latin, look("b", "rtl"))
    assert [node.tag for node in latin[0]] == [w("b")]
    other = run("Act")
    dress(other, look("b"))
    assert [node.tag for node in other[0]] == [w("b"), w("lang")]
