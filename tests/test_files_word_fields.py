from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable

import pytest

from drafts import TODAY, document, draft, report, submission
from editors import WHEN, Editor
from uprreport.files.word.fields import Field, find_fields, lasting, readable, runs_of, word_of
from uprreport.files.word.final import Colophon, make_final
from uprreport.files.word.numbers import automatic_numbers, paragraph_numbers
from uprreport.files.word.package import read_parts
from uprreport.files.word.regions import raw_text
from uprreport.files.word.renewing import find_dead, renew_fields
from uprreport.files.word.story import Pen, Story
from uprreport.files.word.tokens import keys, tokenise
from uprreport.files.word.tracking import strike
from uprreport.files.word.xml import Element, element, field, parse, plain_text, run, w
from uprreport.model import Paragraph, Report
from uprreport.model.report import Block, number_of

TARGET = "REF:upr_rec_140_7_measures"
ANSWERS = {"140.7": {"status": "in progress", "measures": "Midwives were trained."}}


def referring() -> Report:
    return report(submission("moh", ANSWERS), annex_text="reference")


def simple(code: str, shown: str) -> Element:
    return element("fldSimple", run(shown), instr=f" {code} ")


def reads(*content: Element) -> str:
    _, styles = document(draft(referring()).content)
    return raw_text(element("p", *content), styles)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("REF upr_rec_140_7_measures \\r \\h", TARGET),
        ("REF _Ref_table_status \\h", "REF:_Ref_table_status"),
        ("SEQ Table \\* ARABIC", "SEQ:Table"),
        ("SEQ Figure", "SEQ:Figure"),
    ],
)
def test_read__number_that_is_computed__is_one_word_whatever_it_shows(code: str, word: str) -> None:
    one = reads(run("See para. "), *field(code, "7"), run("."))
    other = reads(run("See para. "), *field(code, "23"), run("."))
    folded = reads(run("See para. "), simple(code, "9"), run("."))
    assert readable(one) == "See para. 7."
    assert lasting(one) == lasting(other) == lasting(folded)
    assert word in one
    assert keys(tokenise([("", one)])) == keys(tokenise([("", other)]))


@pytest.mark.parametrize("code", ["PAGE", "REF _Ref123456 \\h", "DATE", "SEQ Chart", 'HYPERLINK "upr_x"'])
def test_read__any_other_field__reads_as_what_it_shows(code: str) -> None:
    assert reads(run("See "), *field(code, "page 7"), run(".")) == "See page 7."
    assert reads(run("See "), simple(code, "page 7"), run(".")) == "See page 7."


def test_read__two_numbers_of_different_places__are_different_words() -> None:
    one, other = (reads(*field(f"REF upr_rec_140_{n}_measures \\r", "7")) for n in (1, 7))
    assert lasting(one) != lasting(other)


def test_find__field_that_was_deleted__is_none() -> None:
    deleted = element("del", *field("SEQ Table", "1"), id="1", author="A. Editor")
    assert find_fields(element("p", deleted)) == []
    assert len(find_fields(element("p", *field("SEQ Table", "1")))) == 1


def test_runs__word_that_stands_for_a_field__is_written_as_one() -> None:
    text = f"See para. {word_of(TARGET, '23')}."
    assert reads(*runs_of(text)) == text
    assert plain_text(run(text)) == "See para. 23."  # where no field may stand


@pytest.mark.parametrize(
    "text", ["plain", "\ue001", "\ue001REF:elsewhere\ue0023\ue003", "\ue001a\ue003b\ue002"]
)
def test_runs__private_characters_of_somebody_else__stay(text: str) -> None:
    assert "".join(plain_text(one) for one in runs_of(text)) == text


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("strikes", [False, True])
def test_story__deleting_the_words_around_a_number__takes_the_whole_field(
    *, folded: bool, strikes: bool
) -> None:
    _, styles = document(draft(referring()).content)
    code = "REF upr_rec_140_7_measures \\r \\h"
    middle = [simple(code, "23")] if folded else field(code, "23")
    node = element("p", run("See para. "), *middle, run(". Then go on."))
    element("body", node)
    story = Story([node], styles, Pen(lambda kind: element(kind, id="1"), strikes=strikes))
    end = story.paragraphs[0][1].index(" Then")
    story.delete(0, 0, end)
    story.insert(0, 0, "Below.")
    assert raw_text(node, styles) == "Below. Then go on."
    live = [one for one in node.iter(w("fldChar")) if next(one.iterancestors(w("del")), None) is None]
    assert live == []


def test_story__inserting_beside_a_number__leaves_it_whole() -> None:
    _, styles = document(draft(referring()).content)
    node = element("p", run("See para. "), *field("SEQ Table", "2"), run(" now"))
    element("body", node)
    story = Story([node], styles, Pen(lambda kind: element(kind, id="1")))
    at = story.paragraphs[0][1].index(" now")
    story.insert(0, at, " and 3")
    assert readable(raw_text(node, styles)) == "See para. 2 and 3 now"
    assert len(find_fields(node)) == 1


# In a draft ---------------------------------------------------------------------------------------------


def test_draft__captions__are_counted_and_references_show_the_paragraphs_number() -> None:
    content = draft(referring()).content
    body, styles = document(content)
    numbering = parse(read_parts(content)["word/numbering.xml"])
    numbers = paragraph_numbers(body, styles, numbering)
    editor = Editor(content)
    anchored = editor.paragraph("rec_140_7_measures")
    own = next(number for node, number in numbers.items() if plain_text(node) == plain_text(anchored))
    texts = [readable(raw_text(node, styles)).strip() for node in body.iter(w("p"))]
    assert f"See para. {own}." in texts
    captions = [text for text in texts if re.match(r"Table \d+\. ", text)]  # sentences name tables, too
    assert captions[0] == "Table 1. Recommendations by level of implementation and present position"
    assert [text.split(".")[0] for text in captions] == [f"Table {n}" for n in range(1, len(captions) + 1)]


def test_draft__text_of_the_template_may_name_a_table_by_its_number() -> None:
    blocks = (Block("text:x", "X", "[x]", (Paragraph(f"Table {number_of('table:status')} tells."),)),)
    told = referring()
    content = draft(Report(told.facts, {**told.sections, "developments": blocks})).content
    body, styles = document(content)
    assert "Table 1 tells." in [readable(raw_text(node, styles)).strip() for node in body.iter(w("p"))]


def test_draft__reference_to_a_block_without_a_place__says_it_otherwise() -> None:
    blocks = (
        Block("text:x", "X", "[x]", (Paragraph(f"See {number_of('rec:1/gone', 'para. {}', '“Health”')}."),)),
    )
    told = referring()
    content = draft(Report(told.facts, {**told.sections, "developments": blocks})).content
    body, styles = document(content)
    assert "See “Health”." in [raw_text(node, styles).strip() for node in body.iter(w("p"))]


# Renewing -----------------------------------------------------------------------------------------------


def final(editor: Editor) -> Element:
    made = make_final(editor.save(), Colophon("Examplia", TODAY)).content
    return document(made)[0]


def test_final__paragraph_that_an_editor_added__moves_the_numbers_that_refer_behind_it() -> None:
    content = draft(referring()).content
    plain, added = Editor(content), Editor(content)
    node = added.paragraph("rec_140_1_measures")
    properties = node.find(w("pPr"))
    assert properties is not None
    made = element("p", copy.deepcopy(properties), run("A paragraph of the editor's own."))
    node.addprevious(made)
    before, after = (_shown(final(one), "140.7") for one in (plain, added))
    assert int(after) == int(before) + 1


def test_final__reference_whose_paragraph_is_gone__stays_as_a_plain_number() -> None:
    editor = Editor(draft(referring()).content)
    before = _shown(final(editor), "140.7")
    editor.delete("rec_140_7_measures")
    body = final(editor)
    assert _shown(body, "140.7") == before
    row = next(row for row in body.iter(w("tr")) if "140.7 " in plain_text(row))
    assert next(row.iter(w("fldChar")), None) is None


def test_renew__tells_references_that_lead_nowhere() -> None:
    editor = Editor(draft(referring()).content)
    numbering = parse(editor.parts["word/numbering.xml"])

    def dead() -> tuple[str, ...]:
        return renew_fields(editor.body, automatic_numbers(editor.body, editor.styles, numbering))

    assert dead() == ()
    editor.delete("rec_140_7_measures")
    assert dead() == ("upr_rec_140_7_measures",)


def _shown(body: Element, number: str) -> str:
    row = next(row for row in body.iter(w("tr")) if plain_text(row).startswith(f"{number} "))
    text = next(plain_text(p) for p in row.iter(w("p")) if plain_text(p).startswith("See para. "))
    return text.removeprefix("See para. ").removesuffix(".")


# Numbers that somebody deleted ----------------------------------------------------------------------------


def strike_number(told: Field) -> None:
    """Delete what a field shows with tracking on."""
    for one in _results(told):
        mark = element("del", id="9001", author="A. Editor", date=WHEN)
        one.addprevious(mark)
        mark.append(one)
        for text in one.iter(w("t")):
            text.tag = w("delText")


def delete_number(told: Field) -> None:
    for one in _results(told):
        one.getparent().remove(one)  # type: ignore[union-attr]


def empty_number(told: Field) -> None:
    for node in told.nodes:
        if node.tag == w("t"):
            node.text = ""


def hide_number(told: Field) -> None:
    for one in _results(told):
        one.insert(0, element("rPr", element("vanish")))


def delete_folded(told: Field) -> None:
    """Some programs write a field as one element."""
    kind, _, target = told.name.partition(":")
    told.runs[0].addprevious(element("fldSimple", instr=f" {kind} {target} "))
    for one in told.runs:
        one.getparent().remove(one)  # type: ignore[union-attr]


def strike_field(told: Field) -> None:
    """Delete a field with all that makes it, as Word does it."""
    for number, one in enumerate(told.runs, 9001):
        strike(one, element("del", id=str(number), author="A. Editor", date=WHEN))


def _results(told: Field) -> list[Element]:
    return [one for one in told.runs if one.find(w("t")) is not None]


DELETING = [strike_number, delete_number, empty_number, hide_number, delete_folded, strike_field]


@functools.cache
def naming_a_table() -> bytes:
    """A draft in which a sentence names the first table by its number."""
    return draft(referring()).content


def field_named(editor: Editor, name: str) -> Field:
    """The first field that is a count or reference of a name."""
    return next(f for node in editor.body.iter(w("p")) for f in find_fields(node) if f.name == name)


def lines(body: Element) -> list[str]:
    return [plain_text(node).strip() for node in body.iter(w("p"))]


@pytest.mark.parametrize("delete", DELETING)
def test_final__number_of_a_caption_that_was_deleted__does_not_come_back(
    delete: Callable[[Field], None],
) -> None:
    editor = Editor(naming_a_table())
    assert find_dead(editor.body) == ()
    delete(field_named(editor, "SEQ:Table"))
    if delete is not hide_number:  # which check tells apart
        assert find_dead(editor.body) == ("_Ref_table_status",)
    body = final(editor)
    told = lines(body)
    captions = [line for line in told if re.match(r"Table ?\d*\. ", line)]
    title = "Recommendations by level of implementation and present position"
    assert " ".join(captions[0].split()) in (f"Table . {title}", f"Table. {title}")
    numbers = [line.split(".")[0] for line in captions[1:]]
    assert numbers == [f"Table {number}" for number in range(1, len(captions))]
    sentence = next(node for node in body.iter(w("p")) if "Table 1 shows the levels" in plain_text(node))
    assert find_fields(sentence) == []  # as it stood: nothing is left that a program could compute


@pytest.mark.parametrize("delete", DELETING)
def test_final__reference_whose_number_was_deleted__does_not_come_back(
    delete: Callable[[Field], None],
) -> None:
    editor = Editor(naming_a_table())
    told = field_named(editor, "REF:_Ref_table_status")
    delete(told)
    assert find_dead(editor.body) == ()
    body = final(editor)
    sentence = next(node for node in body.iter(w("p")) if "shows the levels of" in plain_text(node))
    assert "Table shows the levels" in " ".join(plain_text(sentence).split())
    assert find_fields(sentence) == []


@pytest.mark.parametrize("delete", [strike_number, delete_number, empty_number, hide_number])
def test_final__caption_of_which_only_the_field_is_left__leaves_no_paragraph(
    delete: Callable[[Field], None],
) -> None:
    editor = Editor(naming_a_table())
    told = field_named(editor, "SEQ:Table")
    holder = next(told.runs[0].iterancestors(w("p")))
    for one in editor.runs(holder):
        one.getparent().remove(one)  # type: ignore[union-attr]
    delete(told)
    before = len(list(final(Editor(naming_a_table())).iterchildren(w("p"))))
    assert len(list(final(editor).iterchildren(w("p")))) == before - 1
