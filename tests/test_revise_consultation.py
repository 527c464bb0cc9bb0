from __future__ import annotations

from dataclasses import replace

from clearances import two
from drafts import draft
from editors import LATER, Editor, accepted, comments, tracked
from uprreport.files.word.consultation import accept_changes
from uprreport.files.word.revised import Revised
from uprreport.revise.consultation import Consulted, Proposal, carry_proposal, read_consulted

BLOCK, ANCHOR = "rec:140.1/measures", "rec_140_1_measures"
ASKED = "Sites are chosen."
NGO = "Centre for Rights"
PROPOSAL = Proposal(BLOCK, NGO, ASKED, "Twelve sites are chosen.")


def consulted(content: bytes) -> dict[str, Consulted]:
    revised = Revised(accept_changes(content), "x.docx", LATER)
    base = revised.manifest()
    assert base is not None
    return {told.block: told for told in read_consulted(revised, base)}


def carry(content: bytes, proposal: Proposal = PROPOSAL) -> tuple[bytes, str]:
    revised = Revised(content, "x.docx", LATER)
    base = revised.manifest()
    assert base is not None
    done = carry_proposal(revised, base, proposal)
    return revised.content(None), done


def test_consulted__passages__with_number_title_and_text_as_it_reads() -> None:
    editor = Editor(draft(two()).content)
    editor.tracked_insert(ANCHOR, " Work begins.")
    told = consulted(editor.save())[BLOCK]
    assert told.text == f"{ASKED} Work begins."
    assert told.title == "140.1"
    assert told.paragraph.isdigit()


def test_consulted__bare_headings_and_cover__are_left_out() -> None:
    found = consulted(draft(two()).content)
    assert not any(block.startswith("heading:voluntary-mid-term") for block in found)
    assert found["heading:introduction-and-methodology"].title == "Introduction and methodology"
    assert "–" in found["heading:introduction-and-methodology"].paragraph
    assert "heading:contents" not in found


def test_carry__accepted_wording__comes_in_tracked_in_the_senders_name_and_once() -> None:
    content, done = carry(draft(two()).content)
    assert done == "carried"
    assert accepted(content)[ANCHOR] == ["Twelve sites are chosen."]
    assert {author for _, author, _ in tracked(content)} == {NGO}
    assert carry(content) == (content, "done")


def test_carry__edited_since_at_other_words__both_stand() -> None:
    editor = Editor(draft(two()).content)
    editor.append(ANCHOR, " Work begins.")
    content, done = carry(editor.save())
    assert done == "carried"
    assert accepted(content)[ANCHOR] == ["Twelve sites are chosen. Work begins."]


def test_carry__edited_since_at_the_same_words__is_told_in_a_comment_once() -> None:
    editor = Editor(draft(two()).content)
    editor.replace(ANCHOR, "Sites", "Six sites")
    content, done = carry(editor.save())
    assert done == "comment"
    assert accepted(content)[ANCHOR] == ["Six sites are chosen."]
    assert [text for text in comments(content) if NGO in text] == [
        f'{NGO} proposes for this passage:\nTwelve sites are chosen.\n(new: "Twelve sites" for "Sites")'
    ]
    assert carry(content) == (content, "done")


def test_carry__a_note_instead_of_a_passage__never_replaces_it() -> None:
    content, done = carry(
        draft(two()).content, replace(PROPOSAL, proposed="Please add a table with figures.")
    )
    assert done == "comment"
    assert accepted(content)[ANCHOR] == [ASKED]


def test_carry__further_paragraph__comes_in() -> None:
    content, done = carry(draft(two()).content, replace(PROPOSAL, proposed=f"{ASKED}\nWork begins."))
    assert done == "carried"
    assert accepted(content)[ANCHOR] == [ASKED, "Work begins."]


def test_carry__passage_that_is_gone__is_told() -> None:
    editor = Editor(draft(two()).content)
    editor.delete(ANCHOR)
    content = editor.save()
    assert carry(content) == (content, "missing")


def test_carry__passage_joined_with_another__is_told_in_a_comment() -> None:
    editor = Editor(draft(two()).content)
    editor.join("rec_140_7_measures", ANCHOR)
    _, done = carry(editor.save())
    assert done == "comment"
