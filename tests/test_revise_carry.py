"""Changes carried into paragraphs: what reads afterwards is exactly what the merge of words gave."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafts import TEMPLATE
from merging import apply
from uprreport.files.word.package import read_parts
from uprreport.files.word.regions import read_paragraphs
from uprreport.files.word.story import Pen, Story
from uprreport.files.word.styles import Styles
from uprreport.files.word.tokens import keys, tokenise
from uprreport.files.word.tracking import mark_end
from uprreport.files.word.xml import Element, element, get, paragraph, parse, run, w
from uprreport.revise.carry import carry_out
from uprreport.revise.merge import compare, merge

STYLES = Styles(parse(read_parts(TEMPLATE.read_bytes())["word/styles.xml"]))
WORDS = st.sampled_from(["a", "b", "c.", "dd", "e", "f.", "卫", "生"])
LINE = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
LINES = st.lists(LINE, min_size=1, max_size=3)


def body(lines: list[str], cuts: list[int], *, inserted: bool = False) -> Element:
    """Paragraphs with runs cut at some characters; the first one opens with a label in a bookmark."""
    made = element("body")
    for index, line in enumerate(lines):
        node = paragraph(STYLES.id("Numbered Paragraph"))
        if index == 0:
            label = run("[1.1] ", STYLES.id("UPR Label"))
            node.extend(
                [element("bookmarkStart", id="0", name="upr_x"), label, element("bookmarkEnd", id="0")]
            )
        at = 0
        for cut in sorted({c % (len(line) + 1) for c in cuts} | {len(line)}):
            if cut > at:
                piece = run(line[at:cut])
                if inserted and at:
                    piece = element("ins", piece, id="5", author="E", date="2026-01-01T00:00:00Z")
                node.append(piece)
                at = cut
        made.append(node)
    made.append(paragraph(STYLES.id("Numbered Paragraph"), run("next block")))
    return made


def pen(*, strikes: bool = True) -> Pen:
    return Pen(
        lambda kind: element(kind, id="7", author="uprreport", date="2026-01-02T00:00:00Z"), strikes=strikes
    )


def reads(nodes: list[Element]) -> tuple[str, ...]:
    return keys(tokenise(list(read_paragraphs(nodes, STYLES))))


def flat(lines: list[str]) -> list[tuple[str, str]]:
    return [("numbered paragraph", line) for line in lines]


@given(LINES, LINES, st.lists(st.integers(0, 40), max_size=4), st.booleans())
def test_carry_out__any_texts__reads_as_ours(
    theirs: list[str], ours: list[str], cuts: list[int], inserted: bool
) -> None:
    root = body(theirs, cuts, inserted=inserted)
    story = Story(list(root)[:-1], STYLES, pen())
    wanted = keys(tokenise(flat(ours)))
    carry_out(story, flat(ours), compare(keys(tokenise(story.paragraphs)), wanted))
    assert reads(list(root)) == (*wanted, *keys(tokenise([("", "next block")])))
    check_sound(root)


@given(LINES, LINES, st.lists(st.integers(0, 40), max_size=4))
def test_carry_out__last_end_is_struck__what_comes_behind_is_a_paragraph_of_its_own(
    theirs: list[str], ours: list[str], cuts: list[int]
) -> None:
    root = body(theirs, cuts)
    nodes = list(root)[:-1]
    mark_end(nodes[-1], element("del", id="6", author="E", date="2026-01-01T00:00:00Z"))
    story = Story(nodes, STYLES, pen())
    wanted = keys(tokenise(flat(ours)))
    carry_out(story, flat(ours), compare(keys(tokenise(story.paragraphs)), wanted))
    assert reads(list(root)[:-1]) == wanted
    check_sound(root)


@given(LINES, LINES, LINES, st.lists(st.integers(0, 40), max_size=4))
def test_carry_out__any_three_texts__reads_as_merged(
    base: list[str], theirs: list[str], ours: list[str], cuts: list[int]
) -> None:
    root = body(theirs, cuts)
    story = Story(list(root)[:-1], STYLES, pen())
    words = [keys(tokenise(flat(lines))) for lines in (base, theirs, ours)]
    changes = merge(*words).changes
    carry_out(story, flat(ours), changes)
    merged = apply(words[1], words[2], changes)
    kept = merged if set(merged) - {"\n"} else ()  # a paragraph of which nothing is left is none
    assert reads(list(root)) == (*kept, *keys(tokenise([("", "next block")])))
    check_sound(root)


@given(LINES, LINES, st.lists(st.integers(0, 40), max_size=4))
def test_carry_out__rejected__reads_as_before(theirs: list[str], ours: list[str], cuts: list[int]) -> None:
    root = body(theirs, cuts)
    story = Story(list(root)[:-1], STYLES, pen())
    before = keys(tokenise(story.paragraphs))
    carry_out(story, flat(ours), compare(before, keys(tokenise(flat(ours)))))
    reject(root)
    assert reads(list(root)) == (*before, *keys(tokenise([("", "next block")])))


@given(LINES, LINES, st.lists(st.integers(0, 40), max_size=4))
def test_carry_out__for_good__leaves_no_struck_word(
    theirs: list[str], ours: list[str], cuts: list[int]
) -> None:
    root = body(theirs, cuts)
    story = Story(list(root)[:-1], STYLES, pen(strikes=False))
    wanted = keys(tokenise(flat(ours)))
    carry_out(story, flat(ours), compare(keys(tokenise(story.paragraphs)), wanted))
    assert not list(root.iter(w("del"), w("delText")))
    assert "".join(reads(list(root))).replace("\n", "") == "".join(wanted).replace("\n", "") + "nextblock"


def check_sound(root: Element) -> None:
    """The label stays first in its paragraph, and no deleted text stands outside a deletion."""
    first = next(
        node for node in root if any(get(b, "name") == "upr_x" for b in node.iter(w("bookmarkStart")))
    )
    assert "".join(first.itertext(w("t"))).startswith("[1.1] ")
    for node in root.iter(w("delText")):
        assert any(parent.tag == w("del") for parent in node.iterancestors())
    for node in root.iter(w("t")):
        assert not any(parent.tag == w("del") for parent in node.iterancestors())


def reject(root: Element) -> None:
    """Reject every change of the tool's, as an office program does."""
    for node in list(root.iter(w("ins"))):
        parent = node.getparent()
        if get(node, "author") == "uprreport" and parent is not None and parent.tag != w("rPr"):
            parent.remove(node)
    for node in list(root.iter(w("del"))):
        parent = node.getparent()
        if get(node, "author") != "uprreport" or parent is None:
            continue
        for text in node.iter(w("delText")):
            text.tag = w("t")
        for child in list(node):
            node.addprevious(child)
        parent.remove(node)
    for node in list(root.iterchildren(w("p"))):
        mark = node.find(f"{w('pPr')}/{w('rPr')}/{w('ins')}")
        following = node.getnext()
        if mark is not None and following is not None:
            at = 1 if len(following) and following[0].tag == w("pPr") else 0
            for child in reversed([c for c in node if c.tag != w("pPr")]):
                following.insert(at, child)
            root.remove(node)
