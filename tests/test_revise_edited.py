"""One judgement of what counts as an edit: update, withdrawal, trace, clearance and build agree on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Convert
from drafts import document, draft, manifest, report, submission
from editors import LATER, Editor, accepted, comments
from hands import FIELDS, Hand
from test_revise_update import BLOCK, FIRST, first
from uprreport.files.word.manifest import Manifest, without_text
from uprreport.files.word.regions import RegionText, run_style
from uprreport.files.word.revised import Revised
from uprreport.files.word.wording import same_wording, wording_digest
from uprreport.files.word.xml import w
from uprreport.model import Report, Source
from uprreport.revise.clearance import digests, read_standing
from uprreport.revise.trace import Present, trace_draft
from uprreport.revise.update import Updated, Withheld, update_draft

ID = "rec:140.7/measures"


def is_moh(source: Source) -> bool:
    return source.agency == "moh" and source.number == "140.7"


def internal() -> Report:
    return report(submission("moh", {**FIRST, "140.7": {**FIRST["140.7"], "publication": "internal"}}))


def updated(content: bytes, base: Manifest, told: Report, *, held: bool = False) -> Updated:
    withheld = Withheld(is_moh) if held else None
    return update_draft(Revised(content, "x.docx", LATER), base, draft(told), LATER, withheld)


def judgements(content: bytes, original: bytes) -> dict[str, set[str]]:
    """The blocks that count as edited, by who judges."""
    base = manifest(original)
    held = without_text(base, is_moh)
    revised = Revised(content, "x.docx", LATER)
    cleared = digests(read_standing(Revised(original, "x.docx", LATER), base))
    now = digests(read_standing(revised, base))

    def traced(known: Manifest) -> set[str]:
        return {b.id for b in trace_draft(revised, known, Present()) if b.edited is not False}

    return {
        "update": {p.id for p in updated(content, base, first()).plans if p.change != "same"},
        "trace": traced(base),
        "trace, text forgotten": traced(held),
        "clearance": {block for block, told in cleared.items() if now.get(block) != told},
    }


# What programs do by themselves ----------------------------------------------------------------------------


def _autocorrected(editor: Editor) -> None:
    for text in editor.body.iter(w("t")):
        text.text = (text.text or "").replace("'", "’").replace("-", "–").replace(" ", "\u00a0", 1)


def _split(editor: Editor) -> None:
    editor.embolden(BLOCK, "midwives")


def _unstyled_labels(editor: Editor) -> None:
    label = editor.styles.id("UPR Label")
    for one in editor.body.iter(w("r")):
        if run_style(one) == label:
            look = one.find(w("rPr"))
            assert look is not None
            one.remove(look)


@pytest.mark.parametrize("noise", [_autocorrected, _split, _unstyled_labels])
def test_edited__what_programs_do_by_themselves__is_no_edit_for_anybody(
    noise: Callable[[Editor], None],
) -> None:
    original = draft(first()).content
    editor = Editor(original)
    noise(editor)
    assert {who: blocks for who, blocks in judgements(editor.save(), original).items() if blocks} == {}


@given(st.lists(st.sampled_from([*FIELDS[:1], "autocorrect"]), max_size=3), st.data())
def test_edited__any_word_typed__is_an_edit_for_everybody_or_for_nobody(
    kinds: list[str], pick: st.DataObject
) -> None:
    original = draft(first()).content
    hand = Hand(original, lambda count: pick.draw(st.integers(0, count - 1)))
    for kind in kinds:
        hand.edit(kind)
    told = judgements(hand.save(), original)
    assert len({frozenset(blocks) for blocks in told.values()}) == 1, told


def test_edited__one_word__is_an_edit_for_everybody() -> None:
    original = draft(first()).content
    editor = Editor(original)
    editor.replace(BLOCK, "twelve", "a dozen")
    assert set(map(frozenset, judgements(editor.save(), original).values())) == {frozenset({ID})}


# What the manifest had to forget ---------------------------------------------------------------------------


def test_withdrawn__text_forgotten_and_not_edited__is_taken_out_for_good() -> None:
    content = draft(first()).content
    base = without_text(manifest(content), is_moh)
    done = updated(content, base, internal(), held=True)
    assert not any(plan.clash for plan in done.plans)
    fresh = accepted(draft(internal()).content, notes=True)
    now = accepted(done.content, notes=True)
    assert {name: lines for name, lines in now.items() if lines != fresh.get(name)} == {}
    assert b"midwives in two" not in Revised(done.content, "x", LATER).parts["word/document.xml"]


def test_withdrawn__text_forgotten_and_edited__stays_and_is_told() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "twelve", "a dozen")
    base = without_text(manifest(editor.save()), is_moh)
    done = updated(editor.save(), base, internal(), held=True)
    plans = {plan.id: plan for plan in done.plans}
    assert (plans[ID].change, plans[ID].withheld) == ("conflict", True)
    assert "a dozen midwives" in accepted(done.content)[BLOCK][0]
    assert any("no longer for publication" in text for text in comments(done.content))


def test_forgotten__public_again_and_not_edited__newer_words_come_in() -> None:
    content = draft(first()).content
    base = without_text(manifest(content), is_moh)
    answers = {**FIRST, "140.7": {**FIRST["140.7"], "measures": "Newer text."}}
    done = updated(content, base, report(submission("moh", answers)))
    assert accepted(done.content)[BLOCK] == ["Newer text."]


def test_forgotten__older_manifest_without_the_sum_of_words__judges_by_the_exact_text() -> None:
    content = draft(first()).content
    base = without_text(manifest(content), is_moh)
    older = replace(base, blocks=tuple(replace(block, kept_wording="") for block in base.blocks))
    assert not any(plan.clash for plan in updated(content, older, internal(), held=True).plans)


@pytest.mark.apps
@pytest.mark.parametrize("edits", [False, True], ids=["only-saved", "edited"])
def test_withdrawn__after_a_way_through_odt__only_what_was_edited_stays(
    edits: bool,
    tmp_path: Path,
    soffice: Convert,
) -> None:
    built = report(submission("moh", FIRST), report_symbol="A/HRC/44/12")
    editor = Editor(draft(built).content)
    if edits:
        editor.replace(BLOCK, "twelve", "a dozen")
    path = tmp_path / "revised.docx"
    path.write_bytes(editor.save())
    content = soffice(soffice(path, "odt"), "docx").read_bytes()
    base = without_text(manifest(editor.save()), is_moh)  # as history keeps it; the part is gone by then
    revised = Revised(content, "x.docx", LATER)
    assert revised.manifest() is None
    traced = {b.id for b in trace_draft(revised, base, Present()) if b.edited is not False}
    held = {**FIRST, "140.7": {**FIRST["140.7"], "publication": "internal"}}
    told = report(submission("moh", held), report_symbol="A/HRC/44/12")
    done = updated(content, base, told, held=True)
    expected = {ID} if edits else set()
    assert traced == expected
    assert {plan.id for plan in done.plans if plan.clash} == expected
    body, _ = document(done.content)
    words = "".join(text.text or "" for text in body.iter(w("t"), w("delText")))
    assert ("midwives in two districts" in words) == edits


# The wording itself ----------------------------------------------------------------------------------------

TEXTS = st.builds(
    lambda lines, cells, notes: (lines, cells, notes),
    st.lists(st.text("ab '’-–\n", max_size=6), max_size=3),
    st.lists(st.text("ab ’\n", max_size=4), max_size=3),
    st.lists(st.sampled_from([("footnote", "a"), ("endnote", "b"), ("footnote", "c")]), max_size=3),
)


@given(TEXTS, TEXTS)
def test_wording__same_wording_and_equal_sums__are_one_judgement(one: object, other: object) -> None:
    def text(told: object) -> RegionText:
        assert isinstance(told, tuple)
        lines, cells, notes = told
        return RegionText(
            tuple(("", line) for line in lines), ((tuple(cells),),) if cells else (), tuple(notes)
        )

    same = same_wording(text(one), text(other))
    assert same == (wording_digest(text(one)) == wording_digest(text(other)))
