from __future__ import annotations

from pathlib import Path

import pytest

from clearances import two
from conftest import Convert
from drafts import document, draft
from uprreport.files.word.fields import readable
from uprreport.files.word.numbers import automatic_numbers, paragraph_numbers
from uprreport.files.word.package import read_parts
from uprreport.files.word.regions import paragraph_text
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, W, element, parse, run, style_of, w

STRUCK = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'


def root(inner: str) -> Element:
    return parse(f'<w:x xmlns:w="{W}">{inner}</w:x>'.encode())


def style(name: str, based: str = "", numbers: str = "") -> str:
    ident = name.replace(" ", "")
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    own = f'<w:pPr><w:numPr><w:numId w:val="{numbers}"/></w:numPr></w:pPr>' if numbers else ""
    return f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/>{on}{own}</w:style>'


def level(at: int, kind: str, pattern: str, linked: str = "", start: int = 1) -> str:
    link = f'<w:pStyle w:val="{linked}"/>' if linked else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{link}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def num(number: int, counts: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{counts}"/>{override}</w:num>'


STYLES = Styles(
    root(
        style("Normal")
        + style("heading 1", "Normal", "1")
        + style("heading 2", "Normal", "1")
        + style("Numbered Paragraph", "Normal", "2")
        + style("Numbered Tight", "NumberedParagraph")
        + style("Unnumbered", "NumberedParagraph", "0")
    )
)
NUMBERING = root(
    '<w:abstractNum w:abstractNumId="10">'
    + level(0, "upperRoman", "%1.", "heading1")
    + level(1, "upperLetter", "%1.%2.", "heading2")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="11">'
    + level(0, "decimal", "%1.", "NumberedParagraph")
    + level(1, "lowerLetter", "(%2)")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="12">'
    + level(0, "bullet", "•")
    + "</w:abstractNum>"
    + num(1, 10)
    + num(2, 11)
    + num(3, 11)
    + num(4, 12)
    + num(5, 11, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>')
)


def p(text: str, name: str = "NumberedParagraph", direct: str = "", end: str = "") -> str:
    said = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{direct}{end}</w:pPr>{said}</w:p>'


def listed(number: int, at: int | None = None) -> str:
    deep = f'<w:ilvl w:val="{at}"/>' if at is not None else ""
    return f'<w:numPr>{deep}<w:numId w:val="{number}"/></w:numPr>'


def printed(*paragraphs: str) -> list[tuple[str, str]]:
    """Number and text of the numbered paragraphs and headings of a body."""
    body = root("".join(paragraphs))
    found = automatic_numbers(body, STYLES, NUMBERING)
    return [(found[n].text, paragraph_text(n, STYLES)) for n in body.iterchildren(w("p")) if n in found]


def own(*paragraphs: str) -> list[tuple[str, str]]:
    """Number and text of the report's own numbered paragraphs."""
    body = root("".join(paragraphs))
    found = paragraph_numbers(body, STYLES, NUMBERING)
    return [(found[n], paragraph_text(n, STYLES)) for n in body.iterchildren(w("p")) if n in found]


@pytest.mark.parametrize("directly", [False, True], ids=["by-style", "directly"])
def test_paragraph_numbers__of_a_draft__are_counted_as_in_print(*, directly: bool) -> None:
    content = draft(two()).content
    numbering = parse(read_parts(content)["word/numbering.xml"])
    body, styles = document(content)
    nodes = [n for n in body.iterchildren(w("p")) if "Numbered" in style_of(n)]
    if directly:
        nodes[1][0].append(element("numPr", element("numId", val="0")))
    numbers = paragraph_numbers(body, styles, numbering)
    wanted = [n for n in nodes if not directly or n is not nodes[1]]
    assert [numbers[node] for node in wanted] == [str(n) for n in range(1, len(wanted) + 1)]
    assert len(numbers) == len(wanted)


def test_automatic_numbers__headings_and_paragraphs__each_list_by_itself() -> None:
    made = printed(
        p("One", "heading1"), p("a"), p("Under", "heading2"), p("b"), p("Two", "heading1"),
        p("c"), p("Again", "heading2"),
    )  # fmt: skip
    assert made == [
        ("I.", "One"), ("1.", "a"), ("I.A.", "Under"), ("2.", "b"), ("II.", "Two"), ("3.", "c"),
        ("II.A.", "Again"),
    ]  # fmt: skip


def test_automatic_numbers__styles_inherit_the_list_of_those_they_are_based_on() -> None:
    assert printed(p("a"), p("b", "NumberedTight"), p("no", "Unnumbered"), p("c")) == [
        ("1.", "a"), ("2.", "b"), ("3.", "c"),
    ]  # fmt: skip


def test_automatic_numbers__direct_lists__count_with_their_abstract_list_unless_they_begin_anew() -> None:
    made = printed(
        p("a"), p("b", "Normal", listed(3)), p("c", "Normal", listed(5)), p("d", "Normal", listed(5)), p("e")
    )
    assert made == [("1.", "a"), ("2.", "b"), ("7.", "c"), ("8.", "d"), ("9.", "e")]


def test_automatic_numbers__bullets__print_no_number() -> None:
    assert printed(p("a", "Normal", listed(4)), p("b")) == [("1.", "b")]


def test_automatic_numbers__paragraphs_in_tables__count_in_the_same_list() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p('in a cell')}</w:tc></w:tr></w:tbl>"
    assert printed(p("a"), table, p("b")) == [("1.", "a"), ("3.", "b")]


def test_automatic_numbers__empty_paragraphs__count_as_word_counts_them() -> None:
    assert printed(p("a"), p(""), p("c"))[-1] == ("3.", "c")


def test_automatic_numbers__struck_paragraph__has_none() -> None:
    body = root(
        p("a")
        + f'<w:p><w:pPr><w:pStyle w:val="NumberedParagraph"/>{STRUCK}</w:pPr>'
        + '<w:del w:id="2" w:author="A"><w:r><w:delText>b</w:delText></w:r></w:del></w:p>'
        + p("c")
    )
    found = automatic_numbers(body, STYLES, NUMBERING)
    assert [found[n].bare if n in found else "" for n in body] == ["1", "", "2"]


def test_automatic_numbers__struck_end__gives_both_the_number_that_the_joined_paragraph_has() -> None:
    assert printed(p("a"), p("b", end=STRUCK), p("c"), p("d")) == [
        ("1.", "a"), ("2.", "b"), ("2.", "c"), ("3.", "d"),
    ]  # fmt: skip
    assert printed(p("a", end=STRUCK), p("no number", "Normal"), p("d")) == [("1.", "d")]


def test_paragraph_numbers__headings_sub_paragraphs_and_other_lists__are_left_out() -> None:
    made = own(p("One", "heading1"), p("a"), p("sub", "Normal", listed(2, 1)), p("b"))
    assert made == [("1", "a"), ("2", "b")]


def test_paragraph_numbers__without_lists__are_none() -> None:
    body = root(p("a"))
    assert paragraph_numbers(body, STYLES, None) == {}
    assert paragraph_numbers(body, Styles(root(style("Normal"))), NUMBERING) == {}


@pytest.mark.parametrize(
    ("kind", "at", "shown"),
    [
        ("upperRoman", 49, "XLIX"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 26, "z"),
    ],
)
def test_automatic_numbers__formats__print_as_word_prints_them(kind: str, at: int, shown: str) -> None:
    only = level(0, kind, "Annex %1.", start=at)
    numbering = root(f'<w:abstractNum w:abstractNumId="1">{only}</w:abstractNum>{num(2, 1)}')
    body = element("body", element("p", element("pPr", element("pStyle", val="NumberedParagraph")), run("a")))
    (found,) = automatic_numbers(body, STYLES, numbering).values()
    assert found.text == f"Annex {shown}."


@pytest.mark.apps
@pytest.mark.parametrize("ways", [(), ("docx",), ("odt", "docx")], ids=["as-built", "saved", "through-odt"])
def test_numbers__libreoffice__prints_the_same(
    tmp_path: Path, soffice: Convert, ways: tuple[str, ...]
) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(draft(two()).content)
    for way in ways:
        path = soffice(path, way)
    body, styles = document(path.read_bytes())
    numbering = parse(read_parts(path.read_bytes())["word/numbering.xml"])
    numbers = automatic_numbers(body, styles, numbering)
    ours = [
        f"{numbers[n].text} {readable(paragraph_text(n, styles, ()))}"
        for n in body.iterchildren(w("p"))
        if n in numbers
    ]
    printed = soffice(path, "txt:Text").read_text(encoding="utf-8-sig").splitlines()
    theirs = [" ".join(line.split()) for line in printed]
    assert len(ours) > 20
    # Behind the words LibreOffice prints the marks of notes.
    assert [line for line in ours if not any(t.startswith(" ".join(line.split())) for t in theirs)] == []
