from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearances import HEALTH, SCHOOLS, SIGNED, Hand, made, standing, two
from drafts import draft, manifest
from editors import LATER, Editor, accepted, everything, tracked
from uprreport.files.word.manifest import without_text
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.regions import RegionText
from uprreport.files.word.revised import Revised
from uprreport.files.word.wording import wording_digest
from uprreport.findings import UprReportError
from uprreport.revise.clearance import (
    Clearance,
    agencies_of,
    asked_pairs,
    digests,
    is_clearance,
    read_clearance,
)
from uprreport.revise.join import join_copy
from uprreport.revise.signoffs import judge_sign_offs
from uprreport.revise.withheld import in_scope

BLOCK = "rec:140.7/measures"
ANCHOR = "rec_140_7_measures"
OWN = [BLOCK, "rec:140.1/measures", "theme:right-to-health/challenges"]


def read(content: bytes) -> Clearance:
    found, findings = read_clearance(content, "moh.docx")
    assert findings == ()
    return found


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in read_clearance(content, "moh.docx")[1]]


def join(target: bytes, returned: bytes) -> tuple[bytes, dict[str, str]]:
    revised = Revised(target, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    copy = read(returned).copy("Ministry of Health")
    with revised.written_by(copy.author):
        plans = join_copy(revised, base, copy)
    return revised.content(None), {plan.id: plan.change for plan in plans if plan.change != "same"}


# What each agency is asked ----------------------------------------------------------------------------


def test_agencies__each__has_the_blocks_that_it_is_a_source_of() -> None:
    own = agencies_of(standing(draft(two()).content))
    assert {b.id for told in own["moh"] for b in told.blocks} == set(OWN)
    assert {b.id for told in own["moe"] for b in told.blocks} == {BLOCK, "rec:140.12/measures"}


def test_agencies__tables_of_several__are_nobodys_and_a_table_of_one_is_its_own() -> None:
    told = standing(draft(two()).content)
    assert "table:annex-1" in digests(told)
    assert ("moh", "table:annex-1") not in asked_pairs(told)
    alone = two({})  # only the other agency answered
    assert ("moe", "table:annex-1") in asked_pairs(standing(draft(alone).content))


def test_standing__edited_tracked_and_deleted__reads_as_accepted() -> None:
    editor = Editor(draft(two()).content)
    editor.tracked_insert(ANCHOR, " More follow.")
    editor.delete("rec_140_1_measures")
    now = {block.id: told.text for told in standing(editor.save()) for block in told.blocks}
    assert now[BLOCK].paragraphs[0][1].endswith("More follow.")
    assert "rec:140.1/measures" not in now


def test_standing__blocks_joined_in_one_paragraph__are_one_passage() -> None:
    editor = Editor(draft(two()).content)
    editor.join(ANCHOR, "rec_140_1_measures")
    content = editor.save()
    (told,) = [t for t in agencies_of(standing(content))["moh"] if len(t.blocks) > 1]
    assert {block.id for block in told.blocks} == {BLOCK, "rec:140.1/measures"}
    found = read(made(content).content)
    assert sorted(len(p.blocks) for p in found.passages) == [1, 2]


# Coming back ------------------------------------------------------------------------------------------


def test_clearance__untouched__comes_back_unchanged_and_unsigned() -> None:
    found = read(made().content)
    assert found.agency == "moh"
    assert {block for told in found.passages for block in told.blocks} == set(OWN)
    assert not any(told.changed or told.cleared is not None for told in found.passages)
    assert found.sign_offs() == ()
    assert is_clearance(made().content, "x.docx")
    assert not is_clearance(draft(two()).content, "x.docx")


def test_clearance__signed__binds_each_block_to_the_digest_of_its_text() -> None:
    hand = Hand(made().content)
    hand.sign("Yes", **SIGNED)
    found = read(hand.save())
    now = digests(standing(draft(two()).content))
    assert {(s.block, s.digest, s.cleared) for s in found.sign_offs()} == {(b, now[b], True) for b in OWN}
    assert (found.name, found.post, found.date) == ("A. Minister", "Minister", datetime.date(2026, 5, 2))
    judged = judge_sign_offs(found.sign_offs(), now)
    assert judged.cleared == {("moh", block) for block in OWN}
    assert judged.pending(asked_pairs(standing(draft(two()).content))) == (
        ("moe", "rec:140.12/measures"), ("moe", BLOCK),
    )  # fmt: skip


def test_clearance__text_changed_after_it_was_signed__is_open_again() -> None:
    hand = Hand(made().content)
    hand.sign(**SIGNED)
    editor = Editor(draft(two()).content)
    editor.replace(ANCHOR, "twelve", "thirteen")
    judged = judge_sign_offs(read(hand.save()).sign_offs(), digests(standing(editor.save())))
    assert judged.reopened == {("moh", BLOCK)}
    assert judged.cleared == {("moh", block) for block in OWN if block != BLOCK}


def test_clearance__agency_edits_and_signs__its_own_text_is_signed_once_it_stands_in_the_draft() -> None:
    hand = Hand(made().content)
    hand.replace(ANCHOR, "twelve midwives", "twelve young midwives")
    hand.sign(**SIGNED)
    returned = hand.save()
    before = draft(two()).content
    judged = judge_sign_offs(read(returned).sign_offs(), digests(standing(before)))
    assert judged.reopened == {("moh", BLOCK)}
    assert [told.blocks for told in read(returned).passages if told.changed] == [(BLOCK,)]
    after, changes = join(before, returned)
    assert changes == {BLOCK: "replaced"}
    judged = judge_sign_offs(read(returned).sign_offs(), digests(standing(after)))
    assert judged.cleared == {("moh", block) for block in OWN}


def test_clearance__edits__come_in_tracked_in_the_senders_name_beside_an_editors() -> None:
    hand = Hand(made().content)
    hand.track(ANCHOR, " Six more follow.")
    hand.add_paragraph("rec_140_1_measures", "Work starts in May.")
    editor = Editor(draft(two()).content)
    editor.replace(ANCHOR, "The ministry", "The Government")
    after, changes = join(editor.save(), hand.save())
    assert changes == {BLOCK: "merged", "rec:140.1/measures": "replaced"}
    (text,) = accepted(after)[ANCHOR]
    assert text.startswith("The Government trained twelve")
    assert text.endswith("Six more follow.")
    assert accepted(after)["rec_140_1_measures"] == ["Sites are chosen.", "Work starts in May."]
    assert {author for _, author, _ in tracked(after)} == {"Ministry of Health"}
    assert join(after, hand.save())[0] == after


def test_clearance__passage_deleted_by_the_agency__is_struck_in_its_name() -> None:
    hand = Hand(made().content)
    hand.empty("rec_140_1_measures")
    hand.sign(**SIGNED)
    found = read(hand.save())
    (gone,) = [told for told in found.passages if told.text is None]
    assert gone.changed
    after, changes = join(draft(two()).content, hand.save())
    assert changes == {"rec:140.1/measures": "removed"}
    assert ("del", "Ministry of Health", "Sites are chosen.") in tracked(after)


def test_clearance__anchors_lost__passages_are_found_by_their_labels() -> None:
    hand = Hand(made().content)
    for number, start in enumerate(hand.root.iter("{*}bookmarkStart")):
        start.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}name", f"kix.{number}")
    hand.sign(**SIGNED)
    found = read(hand.save())
    assert not any(told.changed for told in found.passages)
    assert len(found.sign_offs()) == len(OWN)
    assert not found.copy().is_marked
    assert found.copy().author == "moh"


def test_clearance__manifest_gone__is_recalled_by_its_id_or_refused() -> None:
    file = made()
    parts = read_parts(file.content)
    bare = write_parts({name: part for name, part in parts.items() if not name.startswith("customXml/")})
    held = manifest(file.content)
    found, _ = read_clearance(bare, "moh.docx", {file.manifest_id: held}.get)
    assert found.manifest == held
    for recall in (None, {"other": held}.get):
        with pytest.raises(UprReportError, match="made from"):
            read_clearance(bare, "moh.docx", recall)


def test_clearance__a_draft__is_no_clearance_file() -> None:
    with pytest.raises(UprReportError, match="not a clearance file"):
        read_clearance(draft(two()).content, "draft.docx")


def test_clearance__another_agencys_answer_withheld_later__leaves_its_manifest_in_history() -> None:
    held = without_text(read(made().content).manifest, in_scope(frozenset({("moe", "140.7")})))
    (block,) = [block for block in held.blocks if block.id == BLOCK]
    assert block.text == RegionText()
    assert all(b.text != RegionText() for b in held.blocks if b is not block)


# The table at the end ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "cleared"),
    [
        ("YES", True),
        (" yes. ", True),
        ("да", True),
        ("Bəli", True),
        ("No", False),
        ("нет", False),
        ("", None),
    ],
)
def test_sign_off__yes_and_no__in_the_ways_people_write_them(typed: str, cleared: bool | None) -> None:
    hand = Hand(made().content)
    hand.sign(typed, **SIGNED)
    assert {told.cleared for told in read(hand.save()).passages} == {cleared}


def test_sign_off__anything_else__is_an_error_and_no_answer() -> None:
    hand = Hand(made().content)
    hand.sign({"140.7": "yes, with changes"}, **SIGNED)
    found, (finding,) = read_clearance(hand.save(), "moh.docx")
    assert finding.code == "value-not-in-list"
    assert (finding.agency, finding.recommendation) == ("moh", "140.7")
    assert found.sign_offs() == ()


def test_sign_off__no__is_recorded_as_refused() -> None:
    hand = Hand(made().content)
    hand.sign({"140.7": "no", "140.1": "yes"}, **SIGNED)
    judged = judge_sign_offs(read(hand.save()).sign_offs(), digests(standing(draft(two()).content)))
    assert judged.refused == {("moh", BLOCK)}
    assert judged.cleared == {("moh", "rec:140.1/measures")}


def test_sign_off__without_a_name__does_not_count() -> None:
    hand = Hand(made().content)
    hand.sign(post="Minister", date="2026-05-02")
    found, findings = read_clearance(hand.save(), "moh.docx")
    assert [(f.code, f.heading) for f in findings] == [("value-missing", "Name")]
    assert found.sign_offs() == ()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [("2026-05-02", []), ("early May", ["value-wrong-type"]), ("03/04/2026", ["date-ambiguous"]), ("", [])],
)
def test_sign_off__date__is_read_or_told(typed: str, wrong: list[str]) -> None:
    hand = Hand(made().content)
    hand.sign(**{**SIGNED, "date": typed})
    assert codes(hand.save()) == wrong


def test_sign_off__line_about_another_text__does_not_count_and_is_told() -> None:
    hand = Hand(made().content)
    hand.sign(**SIGNED)
    (row,) = hand.rows(lambda cells: cells[0] == "140.7" and len(cells) == 4)
    next(row[1].iter("{*}t")).text = "00000000"
    found, (finding,) = read_clearance(hand.save(), "moh.docx")
    assert (finding.code, finding.recommendation) == ("value-wrong-type", "140.7")
    assert BLOCK not in {told.block for told in found.sign_offs()}
    assert found.sign_offs()


# Properties -------------------------------------------------------------------------------------------

WORDS = st.text("abc é\"'–-.,&<", min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
EDIT = st.tuples(
    st.sampled_from(["replace", "track", "add", "empty"]),
    st.sampled_from([ANCHOR, "rec_140_1_measures"]),
    WORDS,
)


@given(st.lists(EDIT, max_size=4))
def test_clearance__any_edit_of_an_agency__comes_back_with_ids_and_texts(
    edits: list[tuple[str, str, str]],
) -> None:
    hand = Hand(made().content)
    wanted = {"rec:140.7/measures": True, "rec:140.1/measures": True}
    for kind, anchor, words in edits:
        block = f"rec:140.{anchor.split('_')[2]}/measures"
        if not wanted[block]:
            continue
        if kind == "empty":
            hand.empty(anchor)
            wanted[block] = False
        elif kind == "add":
            hand.add_paragraph(anchor, words)
        else:
            hand.track(anchor, f" {words}")
    content = hand.save()
    found = read(content)
    assert [told.blocks for told in found.passages] == [told.blocks for told in read(made().content).passages]
    for told in found.passages:
        if told.blocks[0] in wanted and wanted[told.blocks[0]]:
            assert told.text is not None
            said = "".join(" ".join(line.split()) for _, line in told.text.paragraphs)
            for kind, anchor, words in edits:
                if kind != "empty" and f"rec:140.{anchor.split('_')[2]}/measures" == told.blocks[0]:
                    assert words in said
    assert SCHOOLS["140.12"]["measures"] not in everything(content)
    others = [s for block in found.manifest.blocks for s in block.sources if s.agency != "moh"]
    assert not any(source.file or source.cell or source.digest for source in others)
    assert HEALTH["140.7"]["remark"] not in everything(content)


@given(st.text(max_size=30), st.text(max_size=30))
def test_digest__equal_texts__have_equal_sums(one: str, other: str) -> None:
    told = [wording_digest(RegionText((("", text),))) for text in (one, other)]
    assert one != other or told[0] == told[1]
