"""What changes of an answer beside its text is heard of once, whatever an editor made of its passage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drafts import REGISTER, draft, report, submission
from editors import LATER, Editor, accepted, comments
from test_report_budgets import with_budget
from test_revise_update import BLOCK, FIRST, MEASURES, first, update
from uprreport.files.word.label_runs import label_runs
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import Element, plain_text
from uprreport.model import Report
from uprreport.revise.update import Updated

OTHER = "rec_140_1_measures"


def joined(editor: Editor) -> None:
    editor.join(OTHER, BLOCK)


def deleted(editor: Editor) -> None:
    editor.delete(BLOCK)


def struck(editor: Editor) -> None:
    editor.tracked_delete(BLOCK)


def moved(editor: Editor) -> None:
    editor.move(BLOCK, "rec_140_12_measures")


def edited(editor: Editor) -> None:
    editor.replace(BLOCK, "twelve", "a dozen")


def unlabelled(editor: Editor) -> None:
    _relabelled(editor, "")


def relabelled(editor: Editor) -> None:
    _relabelled(editor, "[our own label] ")


def untouched(_editor: Editor) -> None:
    pass


def _relabelled(editor: Editor, text: str) -> None:
    node = editor.paragraph(BLOCK)
    first_run, *others = label_runs([node], editor.styles, f"upr_{BLOCK}")
    next(first_run.iter("{*}t")).text = text
    for one in others:
        _parent(one).remove(one)


def _parent(node: Element) -> Element:
    parent = node.getparent()
    assert parent is not None
    return parent


def status(value: str) -> Report:
    return report(submission("moh", {**FIRST, "140.7": {**FIRST["140.7"], "status": value}}))


def contested() -> Report:
    return report(submission("moh", FIRST), submission("moe", {"140.7": {"status": "implemented"}}))


def internal() -> Report:
    return report(
        submission("moh", FIRST),
        submission("moe", {"140.7": {"status": "in progress", "publication": "internal"}}),
    )


def other_theme() -> Report:
    row = next(line for line in REGISTER.splitlines() if line.startswith("| 140.7 "))
    return report(
        submission("moh", FIRST),
        register=REGISTER.replace(row, row.replace("Right to health   ", "Right to education")),
    )


def noted() -> Report:
    row = next(line for line in REGISTER.splitlines() if line.startswith("| 140.7 "))
    told = row.replace("Supported", "Noted    ")
    return report(submission("moh", FIRST), register=REGISTER.replace(row, told))


NEWS: dict[str, tuple[Callable[[], Report], str]] = {
    "status": (lambda: status("implemented"), "[140.7 · Implemented"),
    "contested": (contested, "140.7: agencies report different levels"),
    "withheld": (internal, "140.7: an answer of Ministry of Education"),
    "theme": (other_theme, 'now belongs below the heading "Right to education"'),
    "position": (noted, 'now belongs below the heading "Right to health"'),
}
WAYS = (untouched, edited, moved, joined, deleted, struck, unlabelled, relabelled)


def heard(done: Updated, words: str) -> int:
    """How often something is told: in comments, or in the label of the passage."""
    revised = Revised(done.content, "x.docx", LATER)
    runs = label_runs(revised.nodes(), revised.styles, f"upr_{BLOCK}")
    label = "".join(map(plain_text, runs))
    return sum(words in text for text in comments(done.content)) + (words in label)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("what", NEWS)
def test_state__whatever_an_editor_did__is_heard_of_once(way: Callable[[Editor], None], what: str) -> None:
    build, words = NEWS[what]
    editor = Editor(draft(first()).content)
    way(editor)
    before = editor.save()
    assert not any(words in text for text in comments(before))
    told = build()
    done = update(before, told)
    assert heard(done, words) == 1
    again = update(done.content, told)
    assert again.content == done.content
    assert [plan.id for plan in again.plans if plan.touches] == []


@pytest.mark.parametrize("way", [joined, deleted, struck, moved])
def test_state__budget_of_a_theme_exceeded__is_heard_of_once_wherever_its_heading_went(
    way: Callable[[Editor], None],
) -> None:
    def built(words: int) -> Report:
        return report(submission("moh", FIRST), register=with_budget(words))

    heading = "theme_right_to_health_heading"
    editor = Editor(draft(built(100)).content)
    {
        joined: lambda: editor.join("rec_140_1_measures", heading),
        deleted: lambda: editor.delete(heading),
        struck: lambda: editor.tracked_delete(heading),
        moved: lambda: editor.move(heading, "rec_140_12_measures"),
    }[way]()
    done = update(editor.save(), built(3))
    assert sum("budget" in text for text in comments(done.content)) == 2  # the theme has two headings
    assert update(done.content, built(3)).content == done.content


def test_state__label_of_one_of_two_in_a_paragraph__is_replaced_and_the_other_is_left() -> None:
    editor = Editor(draft(first()).content)
    joined(editor)
    done = update(editor.save(), status("implemented"))
    revised = Revised(done.content, "x.docx", LATER)
    labels = [
        "".join(map(plain_text, label_runs(revised.nodes(), revised.styles, f"upr_{name}"))).strip()
        for name in (OTHER, BLOCK)
    ]
    assert labels == ["[140.1 · Planned · moh]", "[140.7 · Implemented · moh]"]
    assert MEASURES in accepted(done.content)[BLOCK][0]


def test_state__text_and_status_changed_of_a_deleted_passage__are_told_in_one_comment() -> None:
    editor = Editor(draft(first()).content)
    deleted(editor)
    answers = {**FIRST, "140.7": {"status": "implemented", "measures": "Newer text."}}
    done = update(editor.save(), report(submission("moh", answers)))
    (comment,) = [text for text in comments(done.content) if "Newer text." in text]
    assert "Implemented" in comment


def test_state__newer_data_of_a_deleted_passage__replace_the_older_comment() -> None:
    def measures(text: str) -> Report:
        return report(submission("moh", {**FIRST, "140.7": {**FIRST["140.7"], "measures": text}}))

    editor = Editor(draft(first()).content)
    deleted(editor)
    one = update(editor.save(), measures("Newer text."))
    two = update(one.content, measures("Newest text."))
    assert [sum(words in c for c in comments(two.content)) for words in ("Newer", "Newest")] == [0, 1]


def test_state__passage_that_was_deleted_comes_back__its_late_answer_comes_in() -> None:
    content = draft(first()).content
    editor = Editor(content)
    deleted(editor)
    told = report(submission("moh", {**FIRST, "140.7": {**FIRST["140.7"], "measures": "Newer text."}}))
    done = Editor(update(editor.save(), told).content)
    done.paragraph(OTHER).addnext(Editor(content).paragraph(BLOCK))
    back = update(done.save(), told)
    assert accepted(back.content)[BLOCK] == ["Newer text."]
    assert not any("Newer text." in text for text in comments(back.content))
