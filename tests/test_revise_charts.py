"""Charts in a revised draft: newer data in an editor's look; an editor's numbers stay, news is told once."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from drafts import REGISTER, TODAY, draft, manifest, report, submission
from editors import LATER, Editor, accepted, comments, reject_all
from plots import Charts, book, drawn, shows, told
from promises import unsound
from test_revise_join import join
from test_revise_update import FIRST, changes, update
from test_revise_withheld import SCOPE
from uprreport.files.word.charts import colour_of
from uprreport.files.word.package import read_parts
from uprreport.files.word.plots import WP, c, name_of
from uprreport.files.word.revised import Revised
from uprreport.files.word.threads import remove_thread
from uprreport.files.word.xml import Element, R, get, parse, serialise, w
from uprreport.model import Report, Submission
from uprreport.revise.charts import GONE, NEWER, OWN_ALTERNATIVE, UPDATED, disagreements
from uprreport.revise.clearance import asked_pairs, read_standing
from uprreport.revise.join import CHART_CLASH, CHART_GONE, REDRAWN
from uprreport.revise.trace import Present, trace_draft
from uprreport.revise.update import Updated, Withheld, update_draft
from uprreport.revise.withheld import in_scope

BLOCK, ANCHOR = "chart:status", "chart_status"
HEALTH = "Right to health"
BEFORE = {"In progress": "1", "Planned": "1", "No information": "2"}
AFTER = {"In progress": "2", "Planned": "1", "No information": "1"}


def answers(**more: str) -> Submission:
    """What was answered first, and levels of further recommendations (``n10="planned"``)."""
    return submission("moh", {**FIRST, **{f"140.{n[1:]}": {"status": s} for n, s in more.items()}})


def first() -> Report:
    return report(answers())


def later(**more: str) -> Report:
    return report(answers(**(more or {"n10": "in progress"})))


def editing() -> tuple[Editor, Charts]:
    editor = Editor(draft(first()).content)
    return editor, Charts(editor)


def settled_comment(content: bytes, start: str) -> bytes:
    """A draft in which somebody deleted the comments that begin with some words."""
    editor = Editor(content)
    root = parse(editor.parts["word/comments.xml"])
    for node in list(root.iter(w("comment"))):
        text = "".join(t.text or "" for t in node.iter(w("t")))
        if text.startswith(start):
            remove_thread(get(node, "id"), editor.root, root, editor.parts)
    editor.parts["word/comments.xml"] = serialise(root)
    return editor.save()


def about_charts(content: bytes) -> list[str]:
    starts = (UPDATED, NEWER, GONE)
    return [text for text in comments(content) if text.startswith(starts) and "Right to health" in text]


# The chart as it was generated --------------------------------------------------------------------------


def test_update__data_changed__chart_and_workbook_show_them_and_a_comment_tells() -> None:
    content = draft(first()).content
    assert shows(content, BLOCK)[HEALTH] == BEFORE
    done = update(content, later())
    assert changes(done)[BLOCK] == "replaced"
    assert shows(done.content, BLOCK)[HEALTH] == AFTER
    assert told(book(done.content, BLOCK))[HEALTH] == AFTER
    assert about_charts(done.content) == [
        f"{UPDATED}\nRight to health, In progress: 1 → 2\nRight to health, No information: 2 → 1"
    ]
    assert unsound(done.content) == []


def test_update__again_with_the_same_data__changes_no_byte() -> None:
    done = update(draft(first()).content, later())
    assert update(done.content, later()).content == done.content


def test_update__newer_data_again__replace_the_comment_unless_somebody_answered_it() -> None:
    done = update(draft(first()).content, later())
    again = update(done.content, later(n10="implemented"))
    assert shows(again.content, BLOCK)[HEALTH] == {**BEFORE, "No information": "1", "Implemented": "1"}
    assert len(about_charts(again.content)) == 1
    assert "Implemented: – → 1" in about_charts(again.content)[0]


def test_update__other_parts__keep_every_byte() -> None:
    content = draft(first()).content
    done = update(content, later(n1="in progress"))
    before, after = (read_parts(found) for found in (content, done.content))
    redrawn = {name for name in before if name.startswith(("word/charts/", "word/embeddings/"))}
    touched = {name for name in before if before[name] != after[name]}
    assert touched - redrawn <= {
        "word/document.xml", "word/comments.xml", "customXml/item1.xml", "docProps/custom.xml",
    }  # fmt: skip
    assert set(after) == set(before)
    assert len(touched & redrawn) == 4  # positions and status; the counts by body stayed


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"n10": "implemented"}, {**BEFORE, "No information": "1", "Implemented": "1"}),
        ({"n10": "planned", "n11": "planned"}, {"In progress": "1", "Planned": "3"}),
        ({"n1": "in progress"}, {"In progress": "2", "No information": "2"}),
    ],
    ids=["series came", "points moved", "series went"],
)
def test_update__series_come_and_go__in_the_order_of_the_list(
    more: dict[str, str], shown: dict[str, str]
) -> None:
    told_now = later(**more)
    done = update(draft(first()).content, told_now)
    fresh = drawn(draft(told_now).content, BLOCK)[0].seen
    assert drawn(done.content, BLOCK)[0].seen == fresh
    assert shows(done.content, BLOCK)[HEALTH] == shown
    assert book(done.content, BLOCK) == fresh.rows
    root = parse(read_parts(done.content)[drawn(done.content, BLOCK)[0].part])
    for tag in ("idx", "order"):
        numbers = [series.find(c(tag)).get("val") for series in root.iter(c("ser"))]  # type: ignore[union-attr]
        assert len(set(numbers)) == len(numbers)
    assert {f.get("formatCode") for f in root.iter(c("numFmt"))} == {"General", '[>=1]#,##0;""'}


# What an editor made of it -----------------------------------------------------------------------------


def test_update__recoloured__new_data_in_the_editors_colours() -> None:
    editor, charts = editing()
    one = charts.of(ANCHOR)
    charts.recolour(one, "AA0000")
    done = update(editor.save(), later())
    root = parse(read_parts(done.content)[one.part])
    assert {fill.get("val") for fill in charts.fills(root)} == {"AA0000"}
    assert shows(done.content, BLOCK)[HEALTH] == AFTER


def test_update__series_came_first__the_others_keep_their_numbers_and_colours() -> None:
    editor, charts = editing()
    one = charts.of(ANCHOR)
    before = _numbers(charts.root(one))
    charts.recolour(one, "AA0000")
    done = update(editor.save(), later(n10="implemented"))
    root = parse(read_parts(done.content)[one.part])
    after = _numbers(root)
    assert list(after) == ["Implemented", *before]
    assert {name: after[name] for name in before} == before
    assert [fill.get("val") for fill in charts.fills(root)] == [
        colour_of(0), *["AA0000"] * len(before),
    ]  # fmt: skip


def _numbers(root: Element) -> dict[str, str | None]:
    numbers = {}
    for series in root.iter(c("ser")):
        told_number = series.find(c("idx"))
        assert told_number is not None
        numbers[name_of(series)] = told_number.get("val")
    return numbers


def test_update__made_columns_of_lines__stays_so_with_new_series_like_its_own() -> None:
    editor, charts = editing()
    one = charts.of(ANCHOR)
    root = charts.root(one)
    group = next(root.iter(c("barChart")))
    group.tag = c("lineChart")
    for name in ("barDir", "gapWidth", "overlap"):
        for node in group.findall(c(name)):
            group.remove(node)
    for series in group.findall(c("ser")):
        for name in ("invertIfNegative", "dLbls"):
            for node in series.findall(c(name)):
                series.remove(node)
    charts.put(one, root)
    done = update(editor.save(), later(n10="implemented"))
    made = parse(read_parts(done.content)[one.part])
    assert list(made.iter(c("barChart"))) == []
    assert list(made.iter(c("invertIfNegative"))) == []
    assert shows(done.content, BLOCK)[HEALTH]["Implemented"] == "1"


def test_update__single_bar_coloured__goes_with_its_category() -> None:
    told_first = report(answers(), submission("moe", {"140.12": {"status": "planned"}}))
    editor = Editor(draft(told_first).content)
    charts = Charts(editor)
    one = charts.of("chart_coverage")
    root = charts.root(one)
    series = next(root.iter(c("ser")))
    point = parse(
        b'<c:dPt xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:idx val="1"/>'
        b'<c:invertIfNegative val="0"/><c:bubble3D val="0"/></c:dPt>'
    )
    series.find(c("invertIfNegative")).addnext(point)  # type: ignore[union-attr]
    charts.put(one, root)
    content = editor.save()
    assert list(shows(content, "chart:coverage")) == ["Ministry of Health", "Ministry of Education"]
    rows = (
        "| moh | Ministry of Health    | Government   |\n",
        "| moe | Ministry of Education | Government   |\n",
    )
    register = REGISTER.replace("".join(rows), "".join(reversed(rows)))
    assert register != REGISTER
    now = report(answers(), submission("moe", {"140.12": {"status": "planned"}}), register=register)
    done = update(content, now)
    assert list(shows(done.content, "chart:coverage")) == ["Ministry of Education", "Ministry of Health"]
    made = parse(read_parts(done.content)[one.part])
    assert [node.get("val") for node in made.iter(c("idx")) if node.getparent().tag == c("dPt")] == ["0"]  # type: ignore[union-attr]


def test_update__numbers_changed_and_same_data__keeps_every_byte() -> None:
    editor, charts = editing()
    charts.number(charts.of(ANCHOR), 0, 0, "7")
    edited = editor.save()
    done = update(edited, first())
    assert done.content == edited
    assert changes(done) == {BLOCK: "kept"}


def test_update__numbers_changed_and_other_data__is_told_exactly_once() -> None:
    editor, charts = editing()
    one = charts.of(ANCHOR)
    charts.number(one, 0, 0, "7")
    edited = editor.save()
    done = update(edited, later())
    assert changes(done)[BLOCK] == "conflict"
    assert read_parts(done.content)[one.part] == read_parts(edited)[one.part]
    rows = ("In progress | Planned | No information", "Right to health | 2 | 1 | 1",
            "Right to education | 0 | 0 | 1")  # fmt: skip
    assert about_charts(done.content) == ["\n".join((NEWER, *rows))]
    again = update(done.content, later())
    assert again.content == done.content
    assert changes(again)[BLOCK] == "kept"


def test_update__comment_of_a_clash_settled__is_not_told_again_but_newer_data_are() -> None:
    editor, charts = editing()
    charts.number(charts.of(ANCHOR), 0, 0, "7")
    done = update(editor.save(), later())
    settled = settled_comment(done.content, NEWER)
    assert about_charts(settled) == []
    quiet = update(settled, later())
    assert changes(quiet)[BLOCK] == "kept"
    assert about_charts(quiet.content) == []
    newer = update(quiet.content, later(n10="implemented"))
    assert len(about_charts(newer.content)) == 1
    assert shows(newer.content, BLOCK)[HEALTH]["In progress"] == "7"


def test_update__clash_and_data_again_as_they_were__takes_the_comment_away() -> None:
    editor, charts = editing()
    charts.number(charts.of(ANCHOR), 0, 0, "7")
    done = update(editor.save(), later())
    back = update(done.content, first())
    assert about_charts(back.content) == []
    assert shows(back.content, BLOCK)[HEALTH]["In progress"] == "7"


def test_update__editor_typed_what_the_data_now_say__has_nothing_to_do_there() -> None:
    editor, charts = editing()
    one = charts.of(ANCHOR)
    charts.number(one, 0, 0, "2")
    charts.number(one, 2, 0, "1")
    edited = editor.save()
    done = update(edited, later())
    assert changes(done)[BLOCK] == "kept"
    assert about_charts(done.content) == []
    assert read_parts(done.content)[one.part] == read_parts(edited)[one.part]


def test_update__caption_reworded__stays_so_above_new_data() -> None:
    editor, _ = editing()
    editor.replace(ANCHOR, "by theme", "in each field")
    done = update(editor.save(), later())
    assert changes(done)[BLOCK] == "merged"
    assert accepted(done.content)[ANCHOR][0].endswith("Level of implementation in each field")
    assert shows(done.content, BLOCK)[HEALTH] == AFTER


@pytest.mark.parametrize("resized", [False, True])
def test_update__more_bars__need_more_room_unless_somebody_chose_a_size(resized: bool) -> None:
    needs = [{"numbers": ("140.7",), "kind": k, "description": k} for k in ("training", "funds", "expertise")]
    editor = Editor(draft(report(submission("moh", FIRST, assistance=needs[:2]))).content)
    charts = Charts(editor)
    size = next(charts.of("chart_assistance").node.iter(f"{{{WP}}}extent"))
    if resized:
        size.set("cy", str(int(size.get("cy", "")) * 2))
    before = size.get("cy")
    now = report(submission("moh", FIRST, assistance=needs))
    done = update(editor.save(), now)
    (after,) = drawn(done.content, "chart:assistance")
    (fresh,) = drawn(draft(now).content, "chart:assistance")
    assert len(shows(done.content, "chart:assistance")) == 3
    heights = [next(one.node.iter(f"{{{WP}}}extent")).get("cy") for one in (after, fresh)]
    assert heights == ([before, heights[1]] if resized else [heights[1]] * 2)
    assert heights[1] != before


# Alternative text ---------------------------------------------------------------------------------------


def test_update__own_alternative_text__stays_and_the_comment_says_so() -> None:
    editor, charts = editing()
    charts.describe(charts.of(ANCHOR), "What I see in it.")
    done = update(editor.save(), later())
    assert drawn(done.content, BLOCK)[0].seen.alternative == "What I see in it."
    assert about_charts(done.content)[0].endswith(OWN_ALTERNATIVE)


@pytest.mark.parametrize("lost", [True, False])
def test_update__generated_or_lost_alternative_text__is_the_new_one(lost: bool) -> None:
    editor, charts = editing()
    if lost:
        charts.describe(charts.of(ANCHOR), "")
    done = update(editor.save(), later())
    assert "In progress 2, Planned 1, No information 1" in drawn(done.content, BLOCK)[0].seen.alternative
    assert OWN_ALTERNATIVE not in about_charts(done.content)[0]


# Gone, or something else --------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["drop", "strike"])
def test_update__chart_deleted__stays_away_and_news_is_told_once(how: str) -> None:
    editor, charts = editing()
    getattr(charts, how)(charts.of(ANCHOR))
    edited = editor.save()
    assert update(edited, first()).content == edited
    done = update(edited, later())
    assert drawn(done.content, BLOCK) == ()
    assert [text.split("\n")[0] for text in about_charts(done.content)] == [GONE]
    assert update(done.content, later()).content == done.content


def test_update__picture_in_its_place__counts_as_edited() -> None:
    editor, charts = editing()
    charts.picture(charts.of(ANCHOR))
    edited = editor.save()
    assert changes(update(edited, first())) == {BLOCK: "kept"}
    done = update(edited, later())
    assert [text.split("\n")[0] for text in about_charts(done.content)] == [NEWER]
    assert drawn(done.content, BLOCK)[0].seen.rows is None


def test_update__caption_and_chart_deleted__is_told_with_its_numbers_on_the_heading() -> None:
    editor, charts = editing()
    charts.drop(charts.of(ANCHOR))
    editor.delete(ANCHOR)
    done = update(editor.save(), later())
    assert changes(done)[BLOCK] == "deleted"
    (comment,) = [text for text in comments(done.content) if "Right to health | 2 | 1 | 1" in text]
    assert update(done.content, later()).content == done.content
    assert comment.startswith("Level of implementation by theme")


def test_update__words_of_the_caption_deleted__chart_is_still_there() -> None:
    editor, _ = editing()
    editor.empty(ANCHOR)
    for label in [r for r in editor.paragraph(ANCHOR).iter(w("r")) if r.find(w("t")) is not None]:
        label.getparent().remove(label)  # type: ignore[union-attr]
    done = update(editor.save(), later())
    assert shows(done.content, BLOCK)[HEALTH] == AFTER


def test_update__own_chart_beside_it__is_not_touched() -> None:
    editor, charts = editing()
    one = charts.of(ANCHOR)
    own = copy.deepcopy(one.node.getparent().getparent())  # type: ignore[union-attr]
    editor.parts["word/charts/own.xml"] = editor.parts[one.part]
    relations = parse(editor.parts["word/_rels/document.xml.rels"])
    made = copy.deepcopy(relations[0])
    made.set("Id", "own1")
    made.set("Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart")
    made.set("Target", "charts/own.xml")
    relations.append(made)
    editor.parts["word/_rels/document.xml.rels"] = serialise(relations)
    next(own.iter(c("chart"))).set(f"{{{R}}}id", "own1")
    for about in own.iter(f"{{{WP}}}docPr"):
        about.set("name", "Chart 99")
    editor.paragraph(ANCHOR).addnext(own)
    mine = charts.of(ANCHOR)
    assert mine.part == "word/charts/own.xml"
    charts.number(mine, 0, 0, "50")
    edited = editor.save()
    done = update(edited, later())
    assert changes(done)[BLOCK] == "replaced"
    kept, ours = drawn(done.content, BLOCK)
    assert read_parts(done.content)[kept.part] == read_parts(edited)[kept.part]
    assert ours.seen.rows is not None
    assert told(ours.seen.rows)[HEALTH] == AFTER


# New and gone blocks ------------------------------------------------------------------------------------


def test_update__new_chart__comes_with_its_parts_under_names_that_are_free() -> None:
    content = draft(report()).content
    assert not [name for name in read_parts(content) if "chart" in name]
    editor = Editor(content)
    editor.parts["word/charts/Chart1.xml"] = b"<somebody/>"
    done = update(editor.save(), first())
    assert {"chart:positions", BLOCK, "chart:coverage"} <= {
        n for n, what in changes(done).items() if what == "added"
    }
    assert shows(done.content, BLOCK)[HEALTH] == BEFORE
    assert told(book(done.content, BLOCK))[HEALTH] == BEFORE
    parts = read_parts(done.content)
    assert parts["word/charts/Chart1.xml"] == b"<somebody/>"
    assert "word/charts/chart1.xml" not in parts
    ids = [node.get("id") for node in parse(parts["word/document.xml"]).iter(f"{{{WP}}}docPr")]
    assert len(ids) == len(set(ids)) == 3
    assert unsound(done.content) == []
    assert update(done.content, first()).content == done.content


def test_update__data_give_no_chart_any_more__it_is_struck_and_can_be_kept() -> None:
    content = draft(first()).content
    done = update(content, report())
    assert changes(done)[BLOCK] == "removed"
    body = parse(read_parts(done.content)["word/document.xml"])[0]
    assert all(any(p.tag == w("del") for p in d.iterancestors()) for d in body.iter(w("drawing")))
    back = reject_all(done.content)
    assert len(list(parse(read_parts(back)["word/document.xml"]).iter(w("drawing")))) == 3


def test_update__data_give_no_chart_and_it_was_edited__stays_with_a_comment() -> None:
    editor, charts = editing()
    charts.number(charts.of(ANCHOR), 0, 0, "7")
    done = update(editor.save(), report())
    assert changes(done)[BLOCK] == "conflict"
    (there,) = [one for one in Charts(Editor(done.content)).all() if one.seen.name == BLOCK]
    assert there.seen.rows is not None
    assert told(there.seen.rows)[HEALTH]["In progress"] == "7"


# Workbooks ----------------------------------------------------------------------------------------------


def test_update__linked_to_a_file_elsewhere__gets_a_workbook_of_its_own_again() -> None:
    editor, charts = editing()
    one = charts.of(ANCHOR)
    name = f"word/charts/_rels/{one.part.rpartition('/')[2]}.rels"
    relations = parse(editor.parts[name])
    relations[0].set("Target", "file:///C:/Users/A/chart.xlsx")
    relations[0].set("TargetMode", "External")
    editor.parts[name] = serialise(relations)
    done = update(editor.save(), later())
    assert told(book(done.content, BLOCK))[HEALTH] == AFTER
    assert b"C:/Users" not in read_parts(done.content)[name]


def test_update__no_workbook_left__gets_one() -> None:
    editor, charts = editing()
    one = charts.of(ANCHOR)
    root = charts.root(one)
    root.remove(next(root.iter(c("externalData"))))
    charts.put(one, root)
    done = update(editor.save(), later())
    assert told(book(done.content, BLOCK))[HEALTH] == AFTER


# Withdrawn ----------------------------------------------------------------------------------------------

NEEDS: list[dict[str, Any]] = [
    {"numbers": ("140.7",), "kind": "training", "description": "A course for midwives in the south"},
    {"numbers": ("140.7",), "kind": "funds", "description": "A clinic with forty beds in the north"},
    {"numbers": ("140.1",), "kind": "expertise", "description": "An expert on the ventilation of wards"},
]


def withdrawn(content: bytes) -> Updated:
    kept = [NEEDS[0], {**NEEDS[1], "publication": "internal"}, NEEDS[2]]
    now = submission("moh", FIRST, assistance=kept)
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    held = Withheld(in_scope(frozenset({*SCOPE, ("moh", "Assistance")})))
    return update_draft(revised, base, draft(report(now), today=TODAY), LATER, held)


def test_withdrawn__need_in_a_chart__leaves_it_and_no_comment_tells_the_number() -> None:
    content = draft(report(submission("moh", FIRST, assistance=NEEDS))).content
    assert "Funds" in shows(content, "chart:assistance")
    done = withdrawn(content)
    assert "Funds" not in shows(done.content, "chart:assistance")
    assert UPDATED in comments(done.content)
    assert not [text for text in comments(done.content) if "Funds" in text]
    parts = read_parts(done.content)
    assert not [name for name in parts if name.startswith("customXml") and b">Funds<" in parts[name]]


def test_withdrawn__chart_edited__must_be_mended_by_hand() -> None:
    editor = Editor(draft(report(submission("moh", FIRST, assistance=NEEDS))).content)
    charts = Charts(editor)
    charts.number(charts.of("chart_assistance"), 0, 0, "9")
    done = withdrawn(editor.save())
    (plan,) = [p for p in done.plans if p.id == "chart:assistance"]
    assert (plan.change, plan.withheld, plan.clash) == ("conflict", True, True)
    assert sum("Training | 1" in text for text in comments(done.content)) == 1


# Another copy -------------------------------------------------------------------------------------------


def test_join__numbers_changed_in_the_other_copy__come_in_and_are_told_in_its_name() -> None:
    editor, charts = editing()
    charts.number(charts.of(ANCHOR), 0, 0, "7")
    content = draft(first()).content
    made, plans = join(content, editor.save())
    assert plans == {BLOCK: "replaced"}
    assert shows(made, BLOCK)[HEALTH]["In progress"] == "7"
    assert told(book(made, BLOCK))[HEALTH]["In progress"] == "7"
    (comment,) = [text for text in comments(made) if "In progress: 1 → 7" in text]
    assert comment.startswith(REDRAWN.format(author="B. Editor"))
    again, _ = join(made, editor.save())
    assert comments(again) == comments(made)


def test_join__numbers_changed_in_both__the_first_stay_and_the_second_are_told_once() -> None:
    copies = []
    for value in ("7", "8"):
        editor, charts = editing()
        charts.number(charts.of(ANCHOR), 0, 0, value)
        copies.append(editor.save())
    made, plans = join(*copies)
    assert plans == {BLOCK: "conflict"}
    assert shows(made, BLOCK)[HEALTH]["In progress"] == "7"
    assert (
        sum(t.startswith(CHART_CLASH.format(author="B. Editor")) and " | 8 | " in t for t in comments(made))
        == 1
    )
    again, _ = join(made, copies[1])
    assert again == made


@pytest.mark.parametrize("how", ["drop", "picture"])
def test_join__no_chart_in_the_other_copy__is_told_and_stays(how: str) -> None:
    editor, charts = editing()
    getattr(charts, how)(charts.of(ANCHOR))
    made, plans = join(draft(first()).content, editor.save())
    assert plans == {BLOCK: "conflict"}
    assert shows(made, BLOCK)[HEALTH] == BEFORE
    assert comments(made).count(CHART_GONE.format(author="B. Editor")) == 1
    again, _ = join(made, editor.save())
    assert comments(again) == comments(made)


# Traced -------------------------------------------------------------------------------------------------


def traced(content: bytes) -> dict[str, Any]:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    return {block.id: block for block in trace_draft(revised, base, Present())}


def test_trace__chart_as_generated__tells_its_numbers_and_no_edit() -> None:
    block = traced(draft(first()).content)[BLOCK]
    assert (block.edited, block.cells) == (False, ())
    assert "Right to health | 1 | 1 | 2" in block.generated
    assert block.text == block.generated


def test_trace__number_changed__is_a_cell_by_category_and_series() -> None:
    editor, charts = editing()
    charts.number(charts.of(ANCHOR), 0, 0, "7")
    block = traced(editor.save())[BLOCK]
    assert block.edited is True
    assert [(e.row, e.column, e.was, e.now) for e in block.cells] == [(HEALTH, "In progress", "1", "7")]


@pytest.mark.parametrize("how", ["drop", "strike", "picture"])
def test_trace__chart_gone__counts_as_edited(how: str) -> None:
    editor, charts = editing()
    getattr(charts, how)(charts.of(ANCHOR))
    block = traced(editor.save())[BLOCK]
    assert block.edited is True
    assert "Right to health" not in block.text


def test_trace__recoloured__is_not_edited() -> None:
    editor, charts = editing()
    charts.recolour(charts.of(ANCHOR), "AA0000")
    assert traced(editor.save())[BLOCK].edited is False


# For a check of the draft ---------------------------------------------------------------------------------


def test_disagreements__number_typed_and_data_changed__are_told_by_category_and_series() -> None:
    editor, charts = editing()
    charts.number(charts.of(ANCHOR), 0, 0, "7")
    content = editor.save()
    (base,) = [block for block in manifest(content).blocks if block.id == BLOCK]
    seen = [one.seen for one in drawn(content, BLOCK)]

    def told_of(now: Report) -> list[tuple[str, str, str, str]]:
        (block,) = [b for b in now.sections["summary"] if b.id == BLOCK]
        return [(d.category, d.series, d.there, d.now) for d in disagreements(block, base, seen)]

    assert told_of(first()) == [(HEALTH, "In progress", "7", "1")]
    assert told_of(later(n10="planned")) == [
        (HEALTH, "In progress", "7", "1"),
        (HEALTH, "Planned", "1", "2"),
        (HEALTH, "No information", "2", "1"),
    ]


def test_disagreements__chart_gone__has_nothing_to_compare() -> None:
    (base,) = [block for block in manifest(draft(first()).content).blocks if block.id == BLOCK]
    (block,) = [b for b in first().sections["summary"] if b.id == BLOCK]
    assert list(disagreements(block, base, ())) == []


# Sent to others -------------------------------------------------------------------------------------------


def test_clearance__charts__are_not_asked_about() -> None:
    content = draft(report(submission("moh", FIRST, assistance=NEEDS))).content
    held = manifest(content)
    standing = read_standing(Revised(content, "revised.docx", LATER), held)
    asked = {block for _, block in asked_pairs(standing)}
    assert "chart:assistance" in {block.id for block in held.blocks if block.sources}
    assert "table:assistance" in asked
    assert not [block for block in asked if block.startswith("chart:")]


# Drafts of before there were charts ---------------------------------------------------------------------


def test_manifest__block_without_a_chart__has_the_sum_it_always_had() -> None:
    found = manifest(draft(report()).content)
    assert all(block.plot is None for block in found.blocks)
    assert b"<chart" not in read_parts(draft(report()).content)["customXml/item1.xml"]
