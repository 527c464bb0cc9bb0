from __future__ import annotations

import copy

from drafts import draft, manifest
from editors import LATER, WHEN, Editor, accepted, comments, everything, tracked
from promises import unsound
from test_revise_update import BLOCK, MEASURES, first, update, with_measures
from uprreport.files.word.revised import Revised
from uprreport.files.word.tracking import mark_end
from uprreport.files.word.xml import element, run, w
from uprreport.revise.join import Copy, as_manifest, join_copy


def join(one: bytes, other: bytes, author: str = "B. Editor") -> tuple[bytes, dict[str, str]]:
    revised, second = Revised(one, "a.docx", LATER), Revised(other, "b.docx", LATER)
    held, base = revised.manifest(), second.manifest()
    assert held is not None
    assert base is not None
    with revised.written_by(author):
        plans = join_copy(revised, held, Copy(second, base, author))
    return revised.content(None), {plan.id: plan.change for plan in plans if plan.change != "same"}


def edited(old: str, new: str, anchor: str = BLOCK) -> bytes:
    editor = Editor(draft(first()).content)
    editor.replace(anchor, old, new)
    return editor.save()


def test_join__edits_of_different_blocks__both_stand_in_the_names_of_their_editors() -> None:
    one, other = edited("Sites", "All sites", "rec_140_1_measures"), edited("twelve", "a dozen")
    made, changes = join(one, other)
    assert changes == {"rec:140.1/measures": "kept", "rec:140.7/measures": "replaced"}
    assert accepted(made)["rec_140_1_measures"] == ["All sites are chosen."]
    assert accepted(made)[BLOCK] == [MEASURES.replace("twelve", "a dozen")]
    assert {author for _, author, _ in tracked(made)} == {"B. Editor"}
    assert manifest(made) == manifest(one)


def test_join__edits_of_one_paragraph_apart__both_stand() -> None:
    made, changes = join(edited("The ministry", "The Ministry of Health"), edited("raised.", "raised twice."))
    assert changes["rec:140.7/measures"] == "merged"
    assert accepted(made)[BLOCK] == [
        MEASURES.replace("The ministry", "The Ministry of Health").replace("raised.", "raised twice.")
    ]


def test_join__clash__keeps_the_first_and_tells_the_second_once() -> None:
    one, other = edited("twelve", "several"), edited("twelve", "many")
    made, changes = join(one, other)
    assert changes["rec:140.7/measures"] == "conflict"
    assert accepted(made)[BLOCK] == [MEASURES.replace("twelve", "several")]
    assert sum("many midwives" in text and "B. Editor" in text for text in comments(made)) == 1
    again, _ = join(made, other)
    assert comments(again) == comments(made)
    assert accepted(again) == accepted(made)


def test_join__own_paragraph_and_deleted_block__come_in() -> None:
    editor = Editor(draft(first()).content)
    editor.add_paragraph(BLOCK, "B wrote this.")
    editor.delete("rec_140_10_measures")
    made, changes = join(draft(first()).content, editor.save())
    assert accepted(made)[BLOCK] == [MEASURES, "B wrote this."]
    assert changes["rec:140.10/measures"] == "removed"
    assert ("del", "B. Editor", "[140.10: no information was received.]") in tracked(made)


def test_join__edited_where_the_first_copy_deleted__is_told_on_the_heading_above_once() -> None:
    editor = Editor(draft(first()).content)
    editor.delete(BLOCK)
    other = edited("twelve", "a dozen")
    made, changes = join(editor.save(), other)
    assert changes["rec:140.7/measures"] == "deleted"
    assert sum("a dozen midwives" in text and "B. Editor" in text for text in comments(made)) == 1
    heading = Editor(made).paragraph("theme_right_to_health_heading")
    assert heading.find(".//{*}commentReference") is not None
    again, _ = join(made, other)
    assert comments(again) == comments(made)


def test_join__not_edited_where_the_first_copy_deleted__is_not_told() -> None:
    editor = Editor(draft(first()).content)
    editor.delete(BLOCK)
    content = editor.save()
    made, _ = join(content, draft(first()).content)
    assert made == content


def test_join__paragraphs_joined_in_the_copy__are_not_told_twice() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "twelve", "a dozen")
    editor.join("rec_140_1_measures", BLOCK)
    made, _ = join(draft(first()).content, editor.save())
    whole = " ".join(line for lines in accepted(made).values() for line in lines if "table" not in line)
    assert whole.count("a dozen midwives") == 1
    assert accepted(made)["rec_140_1_measures"][0].startswith("Sites are chosen.")


def test_join__deleted_in_the_copy_and_edited_in_the_first__stays_and_says_who_deleted_it() -> None:
    editor = Editor(draft(first()).content)
    editor.delete(BLOCK)
    one = edited("twelve", "a dozen")
    made, changes = join(one, editor.save())
    assert changes["rec:140.7/measures"] == "conflict"
    assert accepted(made) == accepted(one)
    assert "B. Editor deleted this passage, and it was edited here; it is left as it is." in comments(made)


def test_join__text_above_the_first_heading__is_told_once() -> None:
    editor = Editor(draft(first()).content)
    editor.paragraphs()[0].addprevious(element("p", run("For the Minister's eyes.")))
    made, _ = join(draft(first()).content, editor.save())
    told = "In the copy of B. Editor other text stands above the first heading:\nFor the Minister's eyes."
    assert [text for text in comments(made) if text.startswith(told)] != []
    again, _ = join(made, editor.save())
    assert comments(again) == comments(made)


def test_join__own_row_with_pending_changes__comes_in_as_it_reads_and_once_tracked() -> None:
    editor = Editor(draft(first()).content)
    table = next(iter(editor.body.iter(w("tbl"))))
    row = table.findall(w("tr"))[1]
    made_row = copy.deepcopy(row)
    (one, *others) = list(made_row.iter(w("p")))
    for node in (one, *others):
        for child in node.findall(w("r")):
            node.remove(child)
    struck = run("struck")
    struck[0].tag = w("delText")
    one.append(element("ins", run("typed"), id="7", author="B", date=WHEN))
    one.append(element("del", struck, id="8", author="B", date=WHEN))
    mark_end(one, element("ins", id="9", author="B", date=WHEN))
    row.addnext(made_row)
    made, _ = join(draft(first()).content, editor.save())
    assert any(line.startswith("typed |") for line in accepted(made)["table_status"])
    assert "struck" not in everything(made)
    assert unsound(made) == []


def test_join__table_whose_caption_the_copy_lost__is_told_with_the_one_above() -> None:
    editor = Editor(draft(first()).content)
    caption = editor.paragraph("table_themes")
    next(iter(caption.getnext().iter(w("p")))).append(run(" as B counts them"))  # type: ignore[union-attr]
    editor.body.remove(caption)
    one = Editor(draft(first()).content)
    table = one.paragraph("table_themes").getnext()
    assert table is not None
    one.body.remove(table)
    made, _ = join(one.save(), editor.save())
    assert any("Theme as B counts them" in text for text in comments(made))


def test_join__copy_of_an_older_generation__is_compared_with_its_own() -> None:
    older = edited("twelve", "a dozen")
    newer = update(
        draft(first()).content, with_measures(MEASURES.replace("raised.", "raised by a tenth."))
    ).content
    made, changes = join(newer, older)
    assert changes["rec:140.7/measures"] == "merged"
    assert accepted(made)[BLOCK] == [
        MEASURES.replace("twelve", "a dozen").replace("raised.", "raised by a tenth.")
    ]
    told = with_measures(MEASURES.replace("raised.", "raised by a fifth."))
    assert accepted(update(made, told).content)[BLOCK] == [
        MEASURES.replace("twelve", "a dozen").replace("raised.", "raised by a fifth.")
    ]


def test_carry_back__final_without_anchors__later_edits_come_into_the_working_copy() -> None:
    working = edited("twelve", "a dozen")
    editor = Editor(working)
    editor.drop_anchors()
    for label in [r for r in editor.body.iter("{*}r") if r.find(".//{*}rStyle") is not None]:
        if "UPRLabel" in str(label.find(".//{*}rStyle").attrib):
            label.getparent().remove(label)
    final = Editor(editor.save())
    for node in final.body.iter("{*}t"):
        if "a dozen" in (node.text or ""):
            node.text = (node.text or "").replace("two districts", "both districts")
    revised, second = Revised(working, "w.docx", LATER), Revised(final.save(), "final.docx", LATER)
    held = revised.manifest()
    assert held is not None
    plans = join_copy(revised, held, Copy(second, as_manifest(revised, held), "A. Minister", is_marked=False))
    assert {p.id: p.change for p in plans if p.change != "same"} == {"rec:140.7/measures": "replaced"}
    assert accepted(revised.content(None))[BLOCK] == [
        MEASURES.replace("twelve", "a dozen").replace("two", "both")
    ]
