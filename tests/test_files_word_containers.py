"""Whatever stands around a passage or its words: it is read, updated, traced and finished there."""

from __future__ import annotations

import functools

import pytest

from drafts import document, draft, report, submission
from editors import LATER, Editor, accepted
from promises import reads, rejected, unsound
from test_revise_join import join
from test_revise_update import BLOCK, FIRST, MEASURES, changes, first, with_measures
from uprreport.files.word.containers import blocks, pieces
from uprreport.files.word.passages import read_passages
from uprreport.files.word.regions import read_regions, sign
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import Element, element, parse, run, w
from uprreport.model import Draft
from uprreport.revise.trace import Present, trace_draft
from uprreport.revise.update import Updated, update_draft
from wrappers import BLOCKS, ROWS, RUNS, Wrap, text_box

LATE = MEASURES.replace("two districts", "five districts")
MORE = f"{MEASURES} A law followed."
NEXT = "rec_140_10_measures"


@pytest.fixture(scope="module")
def content() -> bytes:
    return draft(first()).content


def text_in(node: Element) -> str:
    return "".join(str(text) for text in node.itertext())


def neighbours(editor: Editor, *anchors: str) -> list[Element]:
    """The paragraphs from the first anchor's to the last one's."""
    nodes = editor.paragraphs()
    first_at, last_at = (nodes.index(editor.paragraph(name)) for name in (anchors[0], anchors[-1]))
    return nodes[first_at : last_at + 1]


@functools.cache
def fresh(text: str, **more: str) -> Draft:
    """The draft of later answers."""
    return draft(with_measures(text, **more))


def update(content: bytes, now: Draft) -> Updated:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    return update_draft(revised, base, now, LATER)


def trace(content: bytes) -> dict[str, tuple[str, bool | None, str | None]]:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    return {t.id: (t.found, t.edited, t.text) for t in trace_draft(revised, base, Present())}


def holds(edited: bytes, done: bytes, author: str = "uprreport") -> None:
    """Taking everything back gives what the editor had, and no program is given what it cannot read."""
    assert rejected(done, author) == reads(edited)
    assert [fault for fault in unsound(done) if fault not in unsound(edited)] == []


def around_words(content: bytes, wrap: Wrap, words: str) -> bytes:
    """The draft with a container around some words of the passage."""
    editor = Editor(content)
    node = editor.paragraph(BLOCK)
    (one,) = [r for r in editor.runs(node) if words in text_in(r)]
    before, _, after = text_in(one).partition(words)
    pieces_of = [run(before), run(words), run(after)]
    for piece in [p for p in reversed(pieces_of) if text_in(p)]:
        one.addnext(piece)
    node.remove(one)
    wrap([pieces_of[1]])
    return editor.save()


# Around words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrap", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("words", [MEASURES, "two", "trained twelve midwives in two"])
def test_update__words_in_a_container__change_side_by_side_in_it(
    content: bytes, wrap: Wrap, words: str
) -> None:
    edited = around_words(content, wrap, words)
    done = update(edited, fresh(LATE))
    assert changes(done)["rec:140.7/measures"] == "replaced"
    assert accepted(done.content)[BLOCK] == [LATE]
    node = Editor(done.content).paragraph(BLOCK)
    (struck,) = [one for one in node.iter(w("del")) if "two" in text_in(one)]
    following = struck.getnext()
    while following is None:  # somebody's insertion was split between them
        parent = struck.getparent()
        assert parent is not None
        struck, following = parent, parent.getnext()
    assert text_in(following) == "five"
    holds(edited, done.content)
    again = update(done.content, fresh(LATE))
    assert again.content == done.content


@pytest.mark.parametrize("wrap", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("words", [MEASURES, "raised."])
def test_update__words_before_and_behind_a_container__stand_in_their_place(
    content: bytes, wrap: Wrap, words: str
) -> None:
    edited = around_words(content, wrap, words)
    for text in (MORE, f"Since May, {MEASURES}", MORE.replace("Their", "All their")):
        done = update(edited, fresh(text))
        assert accepted(done.content)[BLOCK] == [text]
        holds(edited, done.content)


@pytest.mark.parametrize("wrap", RUNS.values(), ids=RUNS)
def test_update__a_paragraph_comes_in_between_words_in_a_container__both_parts_keep_it(
    content: bytes, wrap: Wrap
) -> None:
    edited = around_words(content, wrap, MEASURES)
    text = MEASURES.replace("districts. Their", "districts.\nA law followed.\nTheir")
    done = update(edited, fresh(text))
    assert accepted(done.content)[BLOCK] == text.split("\n")
    holds(edited, done.content)


@pytest.mark.parametrize("wrap", RUNS.values(), ids=RUNS)
def test_update__words_of_a_note_in_a_container__change_side_by_side_in_it(wrap: Wrap) -> None:
    editor = Editor(fresh(MEASURES, legal_act="Act 5 of 2024 on midwives").content)
    told = [one for node in editor.notes.roots["footnote"].iter(w("p")) for one in editor.runs(node)]
    wrap([next(one for one in told if "Act 5" in text_in(one))])
    editor.notes.touch()
    edited = editor.save()
    done = update(edited, fresh(MEASURES, legal_act="Act 7 of 2024 on midwives"))
    assert any("Act 7 of 2024 on midwives" in text for text in reads(done.content))
    holds(edited, done.content)


@pytest.mark.parametrize("wrap", RUNS.values(), ids=RUNS)
def test_join__words_in_a_container_reworded__come_in(content: bytes, wrap: Wrap) -> None:
    editor = Editor(around_words(content, wrap, "trained twelve midwives"))
    node = editor.paragraph(BLOCK)
    for text in node.iter(w("t")):
        text.text = (text.text or "").replace("twelve", "a dozen")
    made, became = join(content, editor.save())
    assert accepted(made)[BLOCK] == [MEASURES.replace("twelve", "a dozen")]
    assert became["rec:140.7/measures"] == "replaced"
    holds(content, made, "B. Editor")


# Around passages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrap", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("last", [BLOCK, NEXT])
def test_update__passages_in_a_container__are_found_and_changed_in_it(
    content: bytes, wrap: Wrap, last: str
) -> None:
    editor = Editor(content)
    wrap(neighbours(editor, BLOCK, last))
    edited = editor.save()
    assert trace(edited) == trace(content)
    done = update(edited, fresh(LATE))
    assert changes(done) == {"rec:140.7/measures": "replaced", "table:annex-1": "replaced"}
    assert accepted(done.content)[BLOCK] == [LATE]
    holds(edited, done.content)


@pytest.mark.parametrize("wrap", BLOCKS.values(), ids=BLOCKS)
def test_update__an_editors_paragraph_below_a_container__belongs_to_the_passage_in_it(
    content: bytes, wrap: Wrap
) -> None:
    editor = Editor(content)
    (node,) = neighbours(editor, BLOCK)
    wrap([node]).addnext(element("p", run("An editor wrote this.")))
    edited = editor.save()
    assert accepted(edited)[BLOCK] == [MEASURES, "An editor wrote this."]
    done = update(edited, fresh(LATE))
    assert changes(done)["rec:140.7/measures"] == "merged"
    assert accepted(done.content)[BLOCK] == [LATE, "An editor wrote this."]
    holds(edited, done.content)


@pytest.mark.parametrize("wrap", BLOCKS.values(), ids=BLOCKS)
def test_update__a_passage_begins_before_a_container__its_rest_is_read_in_it(wrap: Wrap) -> None:
    editor = Editor(fresh(f"{MEASURES}\nA second paragraph.").content)
    wrap([editor.paragraph(BLOCK).getnext()])  # type: ignore[list-item]
    edited = editor.save()
    done = update(edited, fresh(f"{LATE}\nA second long paragraph."))
    assert accepted(done.content)[BLOCK] == [LATE, "A second long paragraph."]
    holds(edited, done.content)


@pytest.mark.parametrize("wrap", BLOCKS.values(), ids=BLOCKS)
def test_join__a_passage_in_a_container_reworded__comes_in_and_nothing_is_struck(
    content: bytes, wrap: Wrap
) -> None:
    editor = Editor(content)
    editor.replace(BLOCK, "twelve", "a dozen")
    wrap(neighbours(editor, BLOCK))
    made, became = join(content, editor.save())
    assert became == {"rec:140.7/measures": "replaced"}
    assert accepted(made)[BLOCK] == [MEASURES.replace("twelve", "a dozen")]
    holds(content, made, "B. Editor")


@pytest.mark.parametrize("wrap", BLOCKS.values(), ids=BLOCKS)
def test_update__a_new_passage_behind_a_container__stands_outside_of_it(content: bytes, wrap: Wrap) -> None:
    editor = Editor(content)
    wrap(neighbours(editor, BLOCK))
    done = update(editor.save(), fresh(MEASURES, challenges="Roads are closed in winter."))
    body, _ = document(done.content)
    (added,) = [r for r in read_regions(body) if "upr_theme_right_to_health_challenges" in r.anchors]
    assert added.elements[0].getparent() is body


@pytest.mark.parametrize("wrap", BLOCKS.values(), ids=BLOCKS)
def test_update__a_passage_in_a_container_that_is_no_longer_given__is_struck_in_it(wrap: Wrap) -> None:
    editor = Editor(fresh(MEASURES, challenges="Roads are closed in winter.").content)
    wrap(neighbours(editor, "theme_right_to_health_challenges"))
    edited = editor.save()
    done = update(edited, draft(first()))
    assert changes(done)["theme:right-to-health/challenges"] == "removed"
    assert accepted(done.content).get("theme_right_to_health_challenges", []) == []
    holds(edited, done.content)


@pytest.mark.parametrize("wrap", BLOCKS.values(), ids=BLOCKS)
def test_read_passages__in_a_container__read_as_without_it(content: bytes, wrap: Wrap) -> None:
    """So do their numbers and headings: this is what the check of a draft looks at."""
    editor = Editor(content)
    numbering = parse(editor.parts["word/numbering.xml"])

    def told() -> list[tuple[str, str, str, str]]:
        found = read_passages(editor.body, editor.styles, numbering, editor.notes.read)
        return [(passage.kind, passage.heading, passage.number, passage.text) for passage in found]

    before = told()
    wrap(neighbours(editor, "theme_right_to_health_heading", NEXT))
    assert told() == before


def test_read__a_page_with_a_colour__is_read_as_any_other(content: bytes) -> None:
    editor = Editor(content)
    editor.root.insert(0, element("background", color="FFFFEE"))
    edited = editor.save()
    assert trace(edited) == trace(content)
    assert changes(update(edited, fresh(LATE)))["rec:140.7/measures"] == "replaced"


# Around tables, rows and cells --------------------------------------------------------------------------


def annex(editor: Editor) -> Element:
    body = editor.body
    (region,) = [r for r in read_regions(body) if "upr_table_annex_1" in r.anchors]
    return region.tables[0]


PARTS = {
    **{f"table in a {name}": ("tbl", wrap) for name, wrap in BLOCKS.items()},
    **{f"row in a {name}": ("tr", wrap) for name, wrap in ROWS.items()},
    **{f"cell in a {name}": ("tc", wrap) for name, wrap in ROWS.items()},
    **{f"paragraph of a cell in a {name}": ("p", wrap) for name, wrap in BLOCKS.items()},
}


@pytest.mark.parametrize(("tag", "wrap"), PARTS.values(), ids=PARTS)
def test_update__part_of_a_table_in_a_container__is_merged_in_it(
    content: bytes, tag: str, wrap: Wrap
) -> None:
    editor = Editor(content)
    table = annex(editor)
    (paragraph,) = [p for p in table.iter(w("p")) if "twelve midwives" in text_in(p)]
    wrap([paragraph if tag == "p" else next(paragraph.iterancestors(w(tag)))])
    edited = editor.save()
    assert trace(edited) == trace(content)
    done = update(edited, fresh(LATE))
    assert changes(done)["table:annex-1"] == "replaced"
    assert any("five districts" in line for line in accepted(done.content)["table_annex_1"])
    holds(edited, done.content)


@pytest.mark.parametrize("wrap", ROWS.values(), ids=ROWS)
def test_update__a_row_in_a_container__goes_and_comes(wrap: Wrap) -> None:
    told = report(
        submission(
            "moh", FIRST, assistance=[{"numbers": ("140.7",), "kind": "training", "description": "Help"}]
        )
    )
    less = report(
        submission(
            "moh", FIRST, assistance=[{"numbers": ("140.7",), "kind": "funds", "description": "Other"}]
        )
    )
    editor = Editor(draft(told).content)
    (row,) = [r for r in editor.body.iter(w("tr")) if "Help" in text_in(r)]
    wrap([row])
    edited = editor.save()
    done = update(edited, draft(less))
    lines = " ".join(accepted(done.content)["table_assistance"])
    assert "Other" in lines
    assert "Help" not in lines
    holds(edited, done.content)


# What is read -------------------------------------------------------------------------------------------

READ = {
    "t": "words", "ins": "words", "moveTo": "words", "sdt": "words", "customXml": "words",
    "smartTag": "words", "hyperlink": "words", "dir": "words", "bdo": "words", "fldSimple": "words",
    "del": "", "moveFrom": "",
}  # fmt: skip
"""What stands for the words that a child of a paragraph holds (``EG_PContent``, ``EG_RunLevelElts``)."""


def said(node: Element) -> str:
    return "".join(sign(child) for _, child in pieces(node))


@pytest.mark.parametrize("tag", READ)
def test_pieces__every_child_of_a_paragraph__reads_as_people_see_it(tag: str) -> None:
    inner = run("words")
    if tag == "sdt":
        inner = element("sdt", element("sdtPr"), element("sdtContent", inner))
    elif tag != "t":
        inner = element(tag, inner)
    node = element("p", element("pPr", element("rPr")), run("a "), inner, run(" b"))
    assert said(node) == f"a {READ[tag]} b"


def test_pieces__alternatives_and_small_print__read_once() -> None:
    word = element("r", element("ruby", element("rt", run("small")), element("rubyBase", run("word"))))
    node = element("p", run("a "), word, text_box("Box."), run(" b"))
    assert said(node) == "a word b"
    assert [sum(1 for _ in pieces(p)) for p in blocks(element("body", node))] == [3]
