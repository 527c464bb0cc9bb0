"""``trace``: what became of each block, whoever edited it, and where it came from."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import draft, manifest, report, submission
from editors import LATER, WHEN, Editor
from uprreport.files.word.changes import Mark
from uprreport.files.word.manifest import ManifestBlock, without_text
from uprreport.files.word.regions import RegionText, cells_of, live_rows, read_regions
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import Element, element, run, w
from uprreport.model import Source
from uprreport.revise.blocks import Theirs
from uprreport.revise.trace import (
    Editor as Person,
)
from uprreport.revise.trace import (
    Present,
    Reading,
    Traced,
    trace_blocks,
    trace_draft,
)
from uprreport.revise.update import update_draft
from uprreport.revise.withheld import Passages

BLOCK = "rec:140.7/measures"
ANCHOR = "rec_140_7_measures"
FIRST = "Twelve midwives were trained in two districts."
ANSWERS = {
    "140.7": {"status": "in progress", "measures": FIRST, "challenges": "Few women apply."},
    "140.10": {"status": "planned", "measures": "A law on leave is being drafted by the Government."},
}
NEEDS = [
    {"numbers": ("140.7",), "kind": "training", "description": "A course for midwives"},
    {"numbers": ("140.10",), "kind": "legislation", "description": "Advice on the law"},
]
CAME = submission("moh", ANSWERS, assistance=NEEDS)
BUILT = draft(report(CAME)).content


def traced(content: bytes, present: Present | None = None) -> dict[str, Traced]:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest() or manifest(BUILT)
    return {block.id: block for block in trace_draft(revised, base, present or Present())}


def edited(work: Callable[[Editor], None]) -> dict[str, Traced]:
    editor = Editor(BUILT)
    work(editor)
    return traced(editor.save())


def others(told: dict[str, Traced], *names: str) -> set[tuple[str, bool | None]]:
    return {(block.found, block.edited) for name, block in told.items() if name not in names}


# What became of a block -------------------------------------------------------------------------------


def test_trace__untouched__every_block_is_as_generated() -> None:
    told = traced(BUILT)
    assert list(told) == [block.id for block in manifest(BUILT).blocks]
    assert others(told) == {("anchor", False)}
    assert all(block.text == block.generated and not block.editors for block in told.values())
    assert told[BLOCK].text == FIRST


def test_trace__typed_over__is_edited_and_nobody_is_named() -> None:
    told = edited(lambda e: e.replace(ANCHOR, "Twelve", "A dozen"))
    assert (told[BLOCK].found, told[BLOCK].edited, told[BLOCK].editors) == ("anchor", True, ())
    assert (told[BLOCK].generated, told[BLOCK].text) == (FIRST, FIRST.replace("Twelve", "A dozen"))
    assert others(told, BLOCK) == {("anchor", False)}


@pytest.mark.parametrize(
    "work",
    [
        lambda e: e.embolden(ANCHOR, "midwives"),
        lambda e: e.replace(ANCHOR, "midwives were", "midwives  were"),
        lambda e: e.add_paragraph(ANCHOR, "  "),
    ],
    ids=["bold", "blanks", "empty paragraph"],
)
def test_trace__nothing_reads_otherwise__is_no_edit(work: Callable[[Editor], None]) -> None:
    assert others(edited(work)) == {("anchor", False)}


def test_trace__autocorrected_quotes__are_no_edit() -> None:
    came = submission("moh", {"140.7": {"status": "planned", "measures": 'The "law" - it\'s new.'}})
    editor = Editor(draft(report(came)).content)
    editor.replace(ANCHOR, 'The "law" - it\'s new.', "The “law” – it’s new.")
    told = traced(editor.save())
    assert told[BLOCK].text == "The “law” – it’s new."
    assert others(told) == {("anchor", False)}


def test_trace__own_paragraph_below__belongs_to_the_block() -> None:
    told = edited(lambda e: e.add_paragraph(ANCHOR, "An editor's own."))
    assert (told[BLOCK].edited, told[BLOCK].text) == (True, f"{FIRST}\nAn editor's own.")
    assert others(told, BLOCK) == {("anchor", False)}


def test_trace__moved__is_found_where_it_is() -> None:
    told = edited(lambda e: e.move(ANCHOR, "text_developments"))
    assert others(told) == {("anchor", False)}


def test_trace__duplicated__counts_once() -> None:
    def work(editor: Editor) -> None:
        node = editor.paragraph(ANCHOR)
        editor.paragraph("text_developments").addnext(copy.deepcopy(node))

    told = edited(work)
    assert told[BLOCK].found == "anchor"
    assert FIRST in (told[BLOCK].text or "")


def test_trace__deleted__keeps_what_was_generated() -> None:
    told = edited(lambda e: e.delete(ANCHOR))
    assert (told[BLOCK].found, told[BLOCK].edited) == ("deleted", True)
    assert (told[BLOCK].generated, told[BLOCK].text) == (FIRST, None)
    assert [s.source.cell for s in told[BLOCK].sources] == ["B2", "C2"]


def test_trace__deleted_with_tracking__tells_by_whom() -> None:
    def work(editor: Editor) -> None:
        node = editor.paragraph(ANCHOR)
        for one in list(node.iter(w("r"))):
            mark = element("del", id="7", author="A. Editor", date=WHEN)
            one.addprevious(mark)
            mark.append(one)
            for text in one.iter(w("t")):
                text.tag = w("delText")
        properties = node.find(w("pPr"))
        assert properties is not None
        properties.append(element("rPr", element("del", id="8", author="A. Editor", date=WHEN)))

    block = edited(work)[BLOCK]
    assert (block.found, block.text) == ("deleted", None)
    (person,) = block.editors
    assert (person.author, person.first, person.insertions) == ("A. Editor", "2026-04-10", 0)
    assert person.deletions >= len(FIRST.split())


def test_trace__joined__is_absorbed_and_its_own_words_are_looked_for() -> None:
    def work(editor: Editor) -> None:
        editor.append(ANCHOR, " ")
        editor.join(ANCHOR, "rec_140_10_measures")

    told = edited(work)
    shared = {block: (told[block].found, told[block].edited) for block in (BLOCK, "rec:140.10/measures")}
    assert shared == dict.fromkeys(shared, ("absorbed", False))
    assert told[BLOCK].text == told["rec:140.10/measures"].text == f"{FIRST} {ANSWERS['140.10']['measures']}"

    def rewritten(editor: Editor) -> None:
        work(editor)
        editor.replace(ANCHOR, "Twelve", "A dozen")

    told = edited(rewritten)
    assert [told[block].edited for block in shared] == [True, False]


def test_trace__marks_renamed__blocks_are_found_by_text() -> None:
    told = edited(lambda e: e.drop_anchors())
    assert told[BLOCK].found == "by text"
    assert told[BLOCK].edited is False
    assert {block.found for block in told.values()} <= {"by text", "deleted"}


@given(st.sets(st.sampled_from(["replace", "append", "own", "delete", "bold", "tracked"])))
def test_trace__any_edits__each_block_is_told_once_and_quiet_ones_stay_so(works: set[str]) -> None:
    editor = Editor(BUILT)
    if "replace" in works:
        editor.replace(ANCHOR, "Twelve", "A dozen")
    if "append" in works:
        editor.append(ANCHOR, " More.")
    if "own" in works:
        editor.add_paragraph(ANCHOR, "Own.")
    if "tracked" in works:
        editor.tracked_insert(ANCHOR, " Tracked.")
    if "bold" in works:
        editor.embolden("rec_140_10_measures", "law")
    if "delete" in works:
        editor.delete("text_developments")
    told = traced(editor.save())
    assert list(told) == [block.id for block in manifest(BUILT).blocks]
    assert told[BLOCK].edited is bool(works & {"replace", "append", "own", "tracked"})
    assert (told["text:developments"].found == "deleted") is ("delete" in works)
    assert others(told, BLOCK, "text:developments") == {("anchor", False)}


def test_trace__updated_draft__is_compared_with_what_the_data_gave_last() -> None:
    editor = Editor(BUILT)
    editor.append(ANCHOR, " An editor's own.")
    answers = {**ANSWERS, "140.10": {**ANSWERS["140.10"], "measures": "A law on leave was adopted."}}
    later = draft(report(submission("moh", answers, assistance=NEEDS)))
    revised = Revised(editor.save(), "revised.docx", LATER)
    told = traced(update_draft(revised, manifest(BUILT), later, LATER).content)
    assert (told[BLOCK].edited, told["rec:140.10/measures"].edited) == (True, False)
    assert told["rec:140.10/measures"].text == "A law on leave was adopted."
    assert told["rec:140.10/measures"].editors == ()  # the tool's own changes are nobody's edit


# Who edited it ----------------------------------------------------------------------------------------


def test_trace__tracked_changes__name_each_editor() -> None:
    def work(editor: Editor) -> None:
        editor.tracked_insert(ANCHOR, " Three more words.", "B. Reader")
        editor.tracked_delete(ANCHOR, "A. Editor")

    block = edited(work)[BLOCK]
    assert block.edited is True
    assert {(p.author, p.insertions) for p in block.editors} == {("A. Editor", 0), ("B. Reader", 3)}


def test_editors__marks__are_summed_by_person_with_first_and_last_day() -> None:
    marks = (
        Mark("B", "2026-04-12T09:00:00Z", "insertion", 3),
        Mark("A", "", "comment"),
        Mark("B", "2026-04-10T09:00:00Z", "deletion", 2),
        Mark("B", "2026-04-11T09:00:00Z", "insertion", 1),
    )
    block = ManifestBlock("rec:1/measures", "upr_x", "1", RegionText((("", "a"),)))
    (told,) = trace_blocks(
        replace(manifest(BUILT), blocks=(block,)),
        {block.id: Reading(Theirs((("", "a"),)), block.text, marks)},
        Present(),
    )
    assert told.editors == (
        Person("A", comments=1),
        Person("B", "2026-04-10", "2026-04-12", insertions=4, deletions=2),
    )


# Tables -----------------------------------------------------------------------------------------------


def with_rows(work: Callable[[list[Element]], None]) -> Traced:
    """The table of needs after something was done to its rows."""
    editor = Editor(BUILT)
    region = next(r for r in read_regions(editor.body) if "upr_table_assistance" in r.anchors)
    work(list(live_rows(region.tables[0])))
    return traced(editor.save())["table:assistance"]


def type_into(row: Element, column: int, text: str) -> None:
    first, *more = cells_of(row)[column].iter(w("t"))
    first.text = text
    for one in more:
        one.text = ""


def test_table__untouched__has_no_changed_cell() -> None:
    told = traced(BUILT)["table:assistance"]
    assert (told.edited, told.cells, len(told.row_keys)) == (False, (), 2)


def test_table__cell_typed_over__is_named_by_row_and_column() -> None:
    told = with_rows(lambda rows: type_into(rows[1], 2, "Two courses"))
    (cell,) = told.cells
    assert told.edited is True
    assert (cell.row, cell.column, cell.was, cell.now) == (
        "moh/a-course-for-midwives",
        "Need",
        "A course for midwives",
        "Two courses",
    )


def test_table__autocorrected_cell__is_no_edit() -> None:
    told = with_rows(lambda rows: type_into(rows[1], 2, "A  course for midwives"))
    assert (told.edited, told.cells) == (False, ())


def test_table__rows_in_another_order__are_an_edit_without_a_changed_cell() -> None:
    told = with_rows(lambda rows: rows[2].addnext(rows[1]))
    assert (told.edited, told.cells) == (True, ())


def test_table__row_deleted_and_row_added__are_told_whole() -> None:
    def work(rows: list[Element]) -> None:
        own = copy.deepcopy(rows[2])
        for column, text in enumerate(["140.99", "Other", "Something else altogether", "Nobody", "Never"]):
            cell = cells_of(own)[column]
            for one in list(cell.iter(w("p"))):
                cell.remove(one)
            cell.append(element("p", run(text)))
        rows[2].addnext(own)
        parent = rows[1].getparent()
        assert parent is not None
        parent.remove(rows[1])

    told = with_rows(work)
    gone, new = told.cells
    assert (gone.row, gone.column, gone.now) == ("moh/a-course-for-midwives", "", None)
    assert (new.row, new.was, new.now) == (
        "140.99",
        None,
        "140.99 | Other | Something else altogether | Nobody | Never",
    )


def test_table__column_removed__rows_are_told_whole() -> None:
    def work(rows: list[Element]) -> None:
        for row in rows:
            row.remove(cells_of(row)[4])

    told = with_rows(work)
    assert [cell.column for cell in told.cells] == ["", "", ""]


def test_table__deleted__every_row_is_gone() -> None:
    def work(rows: list[Element]) -> None:
        table = rows[0].getparent()
        assert table is not None
        parent = table.getparent()
        assert parent is not None
        parent.remove(table)

    told = with_rows(work)
    assert told.edited is True
    assert [cell.now for cell in told.cells] == [None, None, None]


# Where it came from, and what is withheld -------------------------------------------------------------


def test_sources__are_the_manifests__each_with_what_the_review_says() -> None:
    asked: list[Source] = []

    def changed(source: Source) -> bool | None:
        asked.append(source)
        return {"status": True, "measures": None}.get(source.field, False)

    told = traced(BUILT, Present(changed=changed))[BLOCK]
    assert [(s.source.field, s.source.cell, s.changed) for s in told.sources] == [
        ("status", "B2", True),
        ("measures", "C2", None),
    ]
    assert {source.agency for source in asked} == {"moh"}


def test_places__section_and_theme__follow_the_headings() -> None:
    told = traced(BUILT)
    assert told[BLOCK].section == told["rec:140.10/measures"].section != ""
    theme = told[BLOCK].theme
    assert told[f"theme:{theme}/heading"].theme == theme
    assert told["table:annex-1"].theme == ""
    assert told["table:annex-1"].section == "Recommendations and their implementation"


def is_moh(source: Source) -> bool:
    return source.agency == "moh" and source.number == "140.7"


def test_withheld__by_source__no_text_is_given_and_all_else_is() -> None:
    told = traced(BUILT, Present(is_withheld=is_moh))
    block = told[BLOCK]
    assert (block.withheld, block.generated, block.text, block.edited) == (True, None, None, False)
    assert block.sources
    assert told["rec:140.10/measures"].text == ANSWERS["140.10"]["measures"]
    assert told["table:annex-1"].withheld  # one of its rows says it too


def test_withheld__copied_elsewhere__is_not_shown_there_either() -> None:
    editor = Editor(BUILT)
    editor.add_paragraph("text_developments", f"As was said: {FIRST}")
    told = traced(editor.save(), Present(in_text=Passages([FIRST]).is_in))
    assert told["text:developments"].withheld
    assert told["text:developments"].text is None
    assert all(FIRST not in f"{b.text}{b.generated}{b.title}{b.cells}" for b in told.values())


def test_withheld__manifest_with_sums_only__shows_no_text_and_tells_what_it_can() -> None:
    base = without_text(manifest(BUILT), is_moh)
    revised = Revised(BUILT, "draft.docx", LATER)
    told = {block.id: block for block in trace_draft(revised, base, Present())}
    block = told[BLOCK]
    assert (block.found, block.withheld, block.edited) == ("anchor", True, False)
    assert (block.text, block.generated) == (None, None)
    editor = Editor(BUILT)
    editor.replace(ANCHOR, "Twelve", "A dozen")
    revised = Revised(editor.save(), "draft.docx", LATER)
    told = {block.id: block for block in trace_draft(revised, base, Present())}
    assert (told[BLOCK].edited, told[BLOCK].text) == (True, None)
    older = replace(base, blocks=tuple(replace(b, kept_wording="") for b in base.blocks))  # without that sum
    told = {block.id: block for block in trace_draft(revised, older, Present())}
    assert (told[BLOCK].edited, told[BLOCK].text) == (None, None)
