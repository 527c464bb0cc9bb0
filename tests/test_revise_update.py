from __future__ import annotations

from typing import Any

import pytest

from drafts import TODAY, document, draft, manifest, report, submission
from editors import LATER, Editor, accepted, comments, everything, tracked, untouched
from hands import Hand
from uprreport.files.word.regions import paragraph_text
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import get, parse, run, serialise, style_of, w
from uprreport.model import Report
from uprreport.revise.update import Updated, update_draft

MEASURES = "The ministry trained twelve midwives in two districts. Their salaries were raised."
FIRST = {
    "140.7": {"status": "in progress", "measures": MEASURES},
    "140.1": {"status": "planned", "measures": "Sites are chosen."},
}
BLOCK = "rec_140_7_measures"


def first() -> Report:
    return report(submission("moh", FIRST))


def with_measures(text: str, number: str = "140.7", **more: Any) -> Report:
    return report(
        submission(
            "moh", {**FIRST, number: {**FIRST.get(number, {"status": "planned"}), "measures": text, **more}}
        )
    )


def update(content: bytes, told: Report) -> Updated:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    return update_draft(revised, base, draft(told, today=TODAY), LATER)


def changes(done: Updated) -> dict[str, str]:
    return {plan.id: plan.change for plan in done.plans if plan.change != "same"}


def without_comments(content: bytes) -> bytes:
    """A draft of which an editor settled and deleted all comments of the tool."""
    hand = Hand(content, lambda _count: 0)
    while any(thread.is_own for thread in Revised(hand.save(), "x", LATER).threads().values()):
        hand.edit("settle comment")
    return hand.save()


def read_all(content: bytes) -> list[str]:
    """Every paragraph as it reads, wherever it belongs."""
    body, styles = document(content)
    return [paragraph_text(node, styles) for node in body.iter(w("p"))]


# Nothing to do ----------------------------------------------------------------------------------------


def test_update__same_data__changes_no_byte() -> None:
    content = draft(first()).content
    done = update(content, first())
    assert done.content == content
    assert changes(done) == {}


def test_update__edited_and_same_data__keeps_the_edits_and_every_byte() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "twelve", "a dozen")
    edited = editor.save()
    done = update(edited, first())
    assert done.content == edited
    assert changes(done) == {"rec:140.7/measures": "kept"}


# Data changed, not edited ------------------------------------------------------------------------------


def test_update__data_changed__is_tracked_word_by_word_and_nothing_else_is_touched() -> None:
    content = draft(first()).content
    done = update(content, with_measures(MEASURES.replace("two districts", "five districts")))
    assert changes(done) == {"rec:140.7/measures": "replaced", "table:annex-1": "replaced"}
    assert ("del", "uprreport", "two") in tracked(done.content)
    assert ("ins", "uprreport", "five") in tracked(done.content)
    assert accepted(done.content)[BLOCK] == [MEASURES.replace("two", "five")]
    same = untouched(content, done.content)
    assert {name for name in accepted(content) if name not in same} == {BLOCK, "table_annex_1"}


def test_update__again_with_the_same_data__changes_nothing() -> None:
    told = with_measures("Everything is new here.")
    done = update(draft(first()).content, told)
    again = update(done.content, told)
    assert again.content == done.content
    assert not any(plan.touches for plan in again.plans)


def test_update__missing_answer_arrives__replaces_mark_and_comment() -> None:
    content = draft(first()).content
    awaited = "140.7, 140.12: the sheet of Ministry of Education has not come back."
    assert awaited in comments(content)
    told = report(
        submission("moh", FIRST),
        submission("moe", {"140.12": {"status": "planned", "measures": "Meals start."}}),
    )
    done = update(content, told)
    assert accepted(done.content)["rec_140_12_measures"] == ["Meals start."]
    assert awaited not in comments(done.content)
    assert not any("140.12" in c for c in comments(done.content))
    body = Editor(done.content)
    (inserted,) = [
        r for r in body.runs(body.paragraph("rec_140_12_measures")) if "Meals" in "".join(r.itertext())
    ]
    assert inserted.find(".//{*}rStyle") is None


# Both changed -------------------------------------------------------------------------------------------


def test_update__edited_elsewhere_in_the_paragraph__both_stand() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "The ministry trained", "The Government had trained")
    done = update(editor.save(), with_measures(MEASURES.replace("raised.", "raised by a tenth.")))
    assert changes(done)["rec:140.7/measures"] == "merged"
    assert accepted(done.content)[BLOCK] == [
        "The Government had trained twelve midwives in two districts. Their salaries were raised by a tenth."
    ]


def test_update__bold_word__keeps_its_formatting() -> None:
    editor = Editor(draft(first()).content)
    editor.embolden(BLOCK, "midwives")
    done = update(editor.save(), with_measures(MEASURES.replace("two districts", "five districts")))
    after = Editor(done.content)
    (bold,) = [r for r in after.runs(after.paragraph(BLOCK)) if r.find(".//{*}b") is not None]
    assert "".join(bold.itertext()) == "midwives"


def test_update__own_paragraph_and_split__stay_in_their_places() -> None:
    editor = Editor(draft(first()).content)
    editor.split(BLOCK, "Their salaries")
    editor.add_paragraph("rec_140_1_measures", "An editor's own paragraph.")
    done = update(editor.save(), with_measures(MEASURES.replace("raised.", "raised by a tenth.")))
    assert accepted(done.content)[BLOCK] == [
        "The ministry trained twelve midwives in two districts.",
        "Their salaries were raised by a tenth.",
    ]
    assert accepted(done.content)["rec_140_1_measures"] == ["Sites are chosen.", "An editor's own paragraph."]


def test_update__pending_changes_of_an_editor__stay_exactly_as_they_are() -> None:
    editor = Editor(draft(first()).content)
    editor.tracked_insert(BLOCK, " See annex.")
    edited = editor.save()
    done = update(edited, with_measures(MEASURES.replace("two districts", "five districts")))
    assert [change for change in tracked(done.content) if change[1] == "A. Editor"] == tracked(edited)
    assert accepted(done.content)[BLOCK] == [f"{MEASURES.replace('two', 'five')} See annex."]


# Clashes -------------------------------------------------------------------------------------------------


def clash() -> tuple[bytes, Report]:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "twelve midwives", "several midwives")
    return editor.save(), with_measures(MEASURES.replace("twelve midwives", "thirty midwives"))


def test_clash__keeps_the_editors_words_and_tells_the_new_text_in_a_comment() -> None:
    edited, told = clash()
    done = update(edited, told)
    assert changes(done)["rec:140.7/measures"] == "conflict"
    assert accepted(done.content)[BLOCK] == [MEASURES.replace("twelve", "several")]
    assert sum("thirty midwives" in comment for comment in comments(done.content)) == 1


def test_clash__while_its_comment_stands__is_kept_and_nothing_is_written() -> None:
    edited, told = clash()
    done = update(edited, told)
    again = update(done.content, told)
    assert again.content == done.content
    assert changes(again)["rec:140.7/measures"] == "kept"


def test_clash__comment_gone__the_offer_becomes_the_base() -> None:
    edited, told = clash()
    editor = Editor(update(edited, told).content)
    root = parse(editor.parts["word/comments.xml"])
    for node in list(root):
        if "thirty" in "".join(node.itertext()):
            number = get(node, "id")
            root.remove(node)
    for node in list(editor.root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
        if get(node, "id") == number:
            parent = node.getparent()
            assert parent is not None
            parent.remove(node)
    editor.parts["word/comments.xml"] = serialise(root)
    done = update(editor.save(), told)
    assert changes(done)["rec:140.7/measures"] == "kept"
    block = next(b for b in manifest(done.content).blocks if b.id == "rec:140.7/measures")
    assert "thirty" in block.text.paragraphs[0][1]
    assert block.offer is None


def test_clash__newer_data__is_a_new_one_and_the_old_comment_goes() -> None:
    edited, told = clash()
    done = update(edited, told)
    newer = with_measures(MEASURES.replace("twelve midwives", "forty midwives"))
    again = update(done.content, newer)
    assert changes(again)["rec:140.7/measures"] == "conflict"
    assert not any("thirty" in comment for comment in comments(again.content))
    assert sum("forty midwives" in comment for comment in comments(again.content)) == 1


FORTY = "In May forty midwives follow."


def partly() -> tuple[bytes, Report]:
    """The first sentence reworded by an editor; the data change a number in it and add a sentence."""
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "trained twelve midwives in", "prepared a dozen nurses for")
    return editor.save(), with_measures(f"{MEASURES.replace('twelve', 'thirty')} {FORTY}")


def test_clash__in_one_sentence__new_sentence_comes_in_and_the_comment_tells_the_rest_alone() -> None:
    edited, told = partly()
    done = update(edited, told)
    assert changes(done)["rec:140.7/measures"] == "conflict"
    reworded = MEASURES.replace("trained twelve midwives in", "prepared a dozen nurses for")
    assert accepted(done.content)[BLOCK] == [f"{reworded} {FORTY}"]
    assert ("ins", "uprreport", f" {FORTY}") in tracked(done.content)
    (comment,) = [text for text in comments(done.content) if "thirty" in text]
    assert comment.split("\n")[1:] == [
        "The ministry trained thirty midwives in two districts.",
        '(new: "thirty" for "twelve")',
    ]


def test_clash__partly_carried__again_changes_nothing_and_settled_becomes_the_base() -> None:
    edited, told = partly()
    done = update(edited, told)
    again = update(done.content, told)
    assert again.content == done.content
    assert changes(again)["rec:140.7/measures"] == "kept"
    settled = update(without_comments(done.content), told)
    assert settled.touched is False
    block = next(b for b in manifest(settled.content).blocks if b.id == "rec:140.7/measures")
    assert "thirty" in block.text.paragraphs[0][1]
    assert block.offer is None


def test_clash__partly_carried_then_newer_data__what_came_in_is_base_and_the_rest_a_new_offer() -> None:
    edited, told = partly()
    done = update(edited, told)
    newer = with_measures(f"{MEASURES.replace('twelve', 'ninety')} {FORTY.replace('May', 'June')}")
    again = update(done.content, newer)
    assert changes(again)["rec:140.7/measures"] == "conflict"
    assert accepted(again.content)[BLOCK][0].endswith("In June forty midwives follow.")
    assert [text for text in comments(again.content) if "thirty" in text] == []
    assert sum("trained ninety midwives" in text for text in comments(again.content)) == 1
    back = update(again.content, first())
    assert "forty" not in accepted(back.content)[BLOCK][0]
    assert [text for text in comments(back.content) if "ninety" in text] == []


def test_clash__in_one_cell_of_a_row__other_sentences_of_the_cell_come_in() -> None:
    def need(text: str) -> Report:
        need = {"numbers": ("140.7",), "kind": "training", "description": "Trainers", "result": text}
        return report(submission("moh", FIRST, assistance=[need]))

    one, two = "Trainers for twelve midwives are needed.", "A building is needed."
    editor = Editor(draft(need(f"{one} {two}")).content)
    for text in editor.body.iter(w("t")):
        text.text = (text.text or "").replace("twelve midwives", "several midwives")
    done = update(editor.save(), need(f"{one.replace('twelve', 'thirty')} Books are needed. {two}"))
    assert changes(done)["table:assistance"] == "conflict"
    rows = accepted(done.content)["table_assistance"]
    assert sum(f"{one.replace('twelve', 'several')} Books are needed. {two}" in row for row in rows) == 1
    (comment,) = [text for text in comments(done.content) if "thirty" in text]
    assert "Books" not in comment
    assert '(new: "thirty" for "twelve")' in comment


# Deleted, absorbed, moved, added, removed ----------------------------------------------------------------


def test_deleted__stays_deleted_and_a_later_change_is_told_on_the_heading_above() -> None:
    editor = Editor(draft(first()).content)
    editor.delete(BLOCK)
    edited = editor.save()
    assert changes(update(edited, first())) == {"rec:140.7/measures": "deleted"}
    assert update(edited, first()).content == edited
    told = with_measures("Newer text.")
    done = update(edited, told)
    assert BLOCK not in accepted(done.content)
    heading = Editor(done.content).paragraph("theme_right_to_health_heading")
    assert heading.find(".//{*}commentReference") is not None
    assert any("Newer text." in comment for comment in comments(done.content))
    assert update(done.content, told).content == done.content


def test_absorbed__two_blocks_in_one_paragraph__hear_of_changes_in_comments() -> None:
    editor = Editor(draft(first()).content)
    editor.join("rec_140_1_measures", BLOCK)
    edited = editor.save()
    told = with_measures("Newer text.")
    done = update(edited, told)
    assert changes(done)["rec:140.7/measures"] == "absorbed"
    assert changes(done)["rec:140.1/measures"] == "absorbed"
    assert accepted(done.content)["rec_140_1_measures"] == accepted(edited)["rec_140_1_measures"]
    assert sum("Newer text." in comment for comment in comments(done.content)) == 1
    assert update(done.content, told).content == done.content


def test_moved__is_changed_where_it_is() -> None:
    editor = Editor(draft(first()).content)
    editor.move(BLOCK, "rec_140_12_measures")
    done = update(editor.save(), with_measures("Newer text."))
    names = list(accepted(done.content))
    assert names.index(BLOCK) == names.index("rec_140_12_measures") + 1
    assert accepted(done.content)[BLOCK] == ["Newer text."]


def test_added__comes_in_at_its_place_tracked() -> None:
    content = draft(first()).content
    told = with_measures(MEASURES, challenges="Few apply.")
    done = update(content, told)
    assert changes(done)["theme:right-to-health/challenges"] == "added"
    names = list(accepted(done.content))
    at = names.index("rec_140_10_measures")
    heading, block = names[at + 1 : at + 3]
    assert block == "theme_right_to_health_challenges"
    assert [accepted(done.content)[name] for name in (heading, block)] == [["Challenges"], ["Few apply."]]
    assert ("ins", "uprreport", "Few apply.") in tracked(done.content)
    assert update(done.content, told).content == done.content


def test_added_chapter__heading_and_table__come_in_between_their_neighbours() -> None:
    content = draft(first()).content
    need = {"numbers": ("140.7",), "kind": "training", "description": "Trainers for midwives"}
    told = report(submission("moh", FIRST, assistance=[need]))
    done = update(content, told)
    added = {k for k, v in changes(done).items() if v == "added"}
    added -= {"text:conclusion"}  # it tells of the need, too
    assert {name.partition(":")[0] for name in added} == {"heading", "table"}
    assert all("assistance" in name for name in added)
    names = list(accepted(done.content))
    assert names == list(accepted(draft(told).content))
    assert update(done.content, told).content == done.content


def test_removed__not_edited__is_struck_and_edited__is_kept_with_a_comment() -> None:
    told = with_measures(MEASURES, challenges="Few apply.")
    content = draft(told).content
    done = update(content, first())
    assert changes(done)["theme:right-to-health/challenges"] == "removed"
    assert ("del", "uprreport", "Few apply.") in tracked(done.content)
    assert update(done.content, first()).content == done.content

    editor = Editor(content)
    editor.runs(editor.paragraph("theme_right_to_health_challenges"))[-1].addnext(run(" Many would like to."))
    kept = update(editor.save(), first())
    assert changes(kept)["theme:right-to-health/challenges"] == "conflict"
    assert "Few apply. Many would like to." in " ".join(
        accepted(kept.content)["theme_right_to_health_challenges"]
    )
    assert update(kept.content, first()).content == kept.content


def test_removed__line_of_the_contents_that_came_to_stand_in_it__is_left_to_word() -> None:
    editor = Editor(draft(with_measures(MEASURES, challenges="Few apply.")).content)
    line = next(p for p in editor.paragraphs() if editor.styles.name(style_of(p)) == "toc 1")
    editor.paragraph("theme_right_to_health_challenges").addnext(line)
    done = update(editor.save(), first())
    assert changes(done)["theme:right-to-health/challenges"] == "removed"
    assert not any("Summary" in text for kind, _, text in tracked(done.content) if kind == "del")


def test_withdrawn_then_given_again__comes_back() -> None:
    told = with_measures(MEASURES, challenges="Few apply.")
    gone = update(draft(told).content, first())
    back = update(gone.content, told)
    assert changes(back)["theme:right-to-health/challenges"] == "added"
    assert "Few apply." in everything(back.content)


# Tables ---------------------------------------------------------------------------------------------------


def test_table__edited_cell_and_changed_cell__both_stand() -> None:
    editor = Editor(draft(first()).content)
    for text in editor.body.iter(w("t")):
        if (text.text or "").startswith("140.1 Open a clinic"):
            text.text = "140.1 Open a modern clinic in every district"
    done = update(editor.save(), with_measures("Sites were bought.", number="140.1"))
    (row,) = [line for line in accepted(done.content)["table_annex_1"] if line.startswith("140.1 ")]
    assert row.startswith("140.1 Open a modern clinic")
    assert "Sites were bought." in row
    assert changes(done)["table:annex-1"] == "merged"


def test_table__row_comes_and_goes__is_tracked_in_its_place() -> None:
    def needs(*descriptions: str) -> Report:
        rows = [
            {"numbers": (f"140.{i}",), "kind": "training", "description": d}
            for i, d in enumerate(descriptions, 1)
        ]
        return report(submission("moh", FIRST, assistance=rows))

    content = draft(needs("Alpha trainers", "Beta trainers")).content
    done = update(content, needs("Alpha trainers", "Gamma trainers", "Beta trainers"))
    assert [line.split(" | ")[2] for line in accepted(done.content)["table_assistance"][2:]] == [
        "Alpha trainers", "Gamma trainers", "Beta trainers",
    ]  # fmt: skip
    fewer = update(content, needs("Alpha trainers"))
    assert [line.split(" | ")[2] for line in accepted(fewer.content)["table_assistance"][2:]] == [
        "Alpha trainers"
    ]
    assert "Beta trainers" in everything(fewer.content)


# Anchors lost ---------------------------------------------------------------------------------------------


def test_anchors_renamed__blocks_are_found_by_text_and_said_so() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "twelve", "a dozen")
    editor.drop_anchors()
    done = update(editor.save(), with_measures(MEASURES.replace("raised.", "raised by a tenth.")))
    plan = next(p for p in done.plans if p.id == "rec:140.7/measures")
    assert (plan.change, plan.by_text) == ("merged", True)
    whole = [line for lines in accepted(done.content).values() for line in lines] + read_all(done.content)
    assert (
        "The ministry trained a dozen midwives in two districts. Their salaries were raised by a tenth."
        in whole
    )
    assert not [p.id for p in done.plans if p.change in ("deleted", "added")]


@pytest.mark.parametrize("data", ["same", "changed"])
def test_manifest__after_an_update__is_that_of_a_fresh_draft(data: str) -> None:
    told = first() if data == "same" else with_measures("Newer text.")
    done = update(draft(first()).content, told)
    fresh = {b.id: b.text for b in manifest(draft(told).content).blocks}
    assert {b.id: b.text for b in manifest(done.content).blocks} == fresh


def test_deleted__its_answer_is_not_put_into_the_similar_paragraph_of_a_pledge() -> None:
    told = {"140.7": FIRST["140.7"]}
    editor = Editor(draft(report(submission("moh", told))).content)
    editor.delete("rec_140_1_measures")
    below = editor.paragraph("rec_O1_measures").getnext()
    assert below is not None
    editor.body.remove(below)
    edited = editor.save()
    done = update(edited, first())
    assert changes(done)["rec:140.1/measures"] == "deleted"
    assert {"rec_P1_measures", "rec_O1_measures"} <= untouched(edited, done.content)
    assert any("Sites are chosen." in comment for comment in comments(done.content))
