"""What is withdrawn from publication after drafting leaves the draft for good."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import TODAY, draft, report, submission
from editors import LATER, Editor, accepted, comments, tracked
from test_revise_update import BLOCK, FIRST, MEASURES, first
from uprreport.files.word.manifest import read_manifest, without_text, write_manifest
from uprreport.files.word.revised import Revised
from uprreport.model import Source, Submission
from uprreport.revise.update import Updated, Withheld, update_draft
from uprreport.revise.withheld import Passages, in_scope, withheld_texts

SCOPE = frozenset({("moh", "140.7")})
NOW = submission("moh", {**FIRST, "140.7": {**FIRST["140.7"], "publication": "internal"}})


def every_byte(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return b"\n".join(package.read(name) for name in package.namelist())


def withdraw(content: bytes, *submissions: Submission) -> Updated:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    passages = Passages(withheld_texts(submissions or (NOW,), SCOPE, ()))
    held = Withheld(in_scope(SCOPE), passages.is_in)
    return update_draft(revised, base, draft(report(*(submissions or (NOW,))), today=TODAY), LATER, held)


def test_withdrawn__not_edited__is_gone_from_every_byte() -> None:
    content = draft(first()).content
    assert b"twelve midwives" in every_byte(content)
    done = withdraw(content)
    assert b"midwives in two" not in every_byte(done.content)
    assert b"salaries" not in every_byte(done.content)
    assert accepted(done.content)[BLOCK] == ["[140.7: no information for publication.]"]
    assert not [t for t in tracked(done.content) if t[0] == "del" and "midwives" in t[2]]


def test_withdrawn__struck_by_an_editor_before__is_gone_too() -> None:
    editor = Editor(draft(first()).content)
    editor.tracked_delete(BLOCK)
    editor.append("rec_140_1_measures", " An editor's words.")
    done = withdraw(editor.save())
    assert b"midwives in two" not in every_byte(done.content)
    assert "An editor's words." in accepted(done.content)["rec_140_1_measures"][0]


def test_withdrawn__offered_in_a_comment_before__the_comment_goes() -> None:
    editor = Editor(
        draft(
            report(
                submission(
                    "moh",
                    {
                        **FIRST,
                        "140.7": {"status": "planned", "measures": "Old text about six trained midwives."},
                    },
                )
            )
        ).content
    )
    editor.replace(BLOCK, "six", "seven")
    revised = Revised(editor.save(), "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    clash = update_draft(
        revised,
        base,
        draft(
            report(
                submission(
                    "moh",
                    {
                        **FIRST,
                        "140.7": {"status": "planned", "measures": "Old text about nine trained midwives."},
                    },
                )
            )
        ),
        LATER,
    )
    assert any("nine trained midwives" in text for text in comments(clash.content))
    withheld = submission(
        "moh",
        {
            **FIRST,
            "140.7": {
                "status": "planned",
                "measures": "Old text about nine trained midwives.",
                "publication": "internal",
            },
        },
    )
    done = withdraw(clash.content, withheld)
    assert b"nine trained midwives" not in every_byte(done.content)


def test_withdrawn__edited__stays_with_a_comment_and_is_told_until_it_is_mended() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(
        BLOCK, "twelve midwives in two districts. Their", "a dozen midwives in two districts; their"
    )
    done = withdraw(editor.save())
    (plan,) = [p for p in done.plans if p.id == "rec:140.7/measures"]
    assert plan.withheld
    assert plan.after is not None
    assert plan.after.offer is not None
    assert "a dozen midwives" in accepted(done.content)[BLOCK][0]
    assert any("no longer for publication" in text for text in comments(done.content))
    held = Revised(done.content, "x", LATER).manifest()
    assert held is not None
    assert MEASURES not in str(held)
    again = withdraw(done.content)
    assert [p.id for p in again.plans if p.withheld] == ["rec:140.7/measures"]
    assert again.content == done.content


def test_withdrawn__merged_with_another_passage__is_told_until_somebody_has_looked() -> None:
    editor = Editor(draft(first()).content)
    editor.join("rec_140_1_measures", BLOCK)
    done = withdraw(editor.save())
    (plan,) = [p for p in done.plans if p.id == "rec:140.7/measures"]
    assert (plan.change, plan.withheld, plan.clash) == ("absorbed", True, True)
    assert sum("140.7: An answer in this passage" in text for text in comments(done.content)) == 1
    assert b"midwives in two" not in done.manifest
    again = withdraw(done.content)
    assert again.content == done.content
    assert [p.id for p in again.plans if p.withheld] == ["rec:140.7/measures"]


def test_withdrawn__deleted_before__nothing_of_it_is_kept_or_told() -> None:
    editor = Editor(draft(first()).content)
    editor.delete(BLOCK)
    done = withdraw(editor.save())
    assert b"midwives in two" not in every_byte(done.content)
    assert not [p.id for p in done.plans if p.clash]
    assert withdraw(done.content).content == done.content


def test_history__keeps_only_the_sum_of_what_is_withheld() -> None:
    held = read_manifest(draft(first()).manifest)
    assert held is not None
    less = without_text(held, in_scope(SCOPE))
    xml = write_manifest(less)
    assert b"twelve midwives" not in xml  # the recommendation itself speaks of midwives too
    assert b"Sites are chosen" in xml
    back = read_manifest(xml)
    assert back is not None
    assert back.id == held.id
    assert [b.digest for b in back.blocks] == [b.digest for b in held.blocks]
    assert without_text(held, in_scope(frozenset())) is held


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It said that the ministry trained twelve midwives in two districts, and more.", True),
        ("The ministry trained eleven midwives in two districts.", False),
        ("their SALARIES were raised", True),
        ("", False),
    ],
)
def test_passages__runs_of_words__are_found_whatever_the_case(text: str, found: bool) -> None:
    passages = Passages(
        ["The ministry trained twelve midwives in two districts.", "Their salaries were raised"]
    )
    assert passages.is_in(text) is found


def test_passages__printed_elsewhere__may_stand() -> None:
    assert not Passages(["one two three four five six seven"], ["one two three four five six seven"])


def test_in_scope__by_number_or_tab() -> None:
    told = in_scope(frozenset({("moh", "140.7"), ("moh", "Assistance")}))
    assert told(Source("f", "Progress", "A1", "moh", "measures", "", "140.7"))
    assert told(Source("f", "Assistance", "A1", "moh", "kind"))
    assert not told(Source("f", "Progress", "A1", "moh", "measures", "", "140.1"))
    assert not told(Source("f", "Progress", "A1", "moe", "measures", "", "140.7"))


SECRET = st.lists(st.sampled_from([f"secret{i}" for i in range(9)]), min_size=3, max_size=9).map(" ".join)


@given(SECRET, SECRET, st.sampled_from(["", "track", "elsewhere"]))
def test_withdrawn__any_text__is_in_no_byte(measures: str, challenges: str, edit: str) -> None:
    answers = {**FIRST, "140.7": {"status": "planned", "measures": measures, "challenges": challenges}}
    editor = Editor(draft(report(submission("moh", answers))).content)
    if edit == "track":
        editor.tracked_delete(BLOCK)
    if edit == "elsewhere":
        editor.append("rec_140_1_measures", " Own words.")
    held = submission("moh", {**answers, "140.7": {**answers["140.7"], "publication": "needs clearance"}})
    done = withdraw(editor.save(), held)
    assert b"secret" not in every_byte(done.content)
    assert b"secret" not in done.manifest
