"""The document that is sent: nothing of how it was made, and every word that an editor wants in it."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import TODAY, document, draft, manifest, report, submission
from editors import Editor
from finals import (
    AUTHOR,
    OFFICE,
    bytes_of,
    change,
    comment,
    labels_of,
    look_of,
    reads,
    strike_end,
    strike_row,
    strike_runs,
    struck,
    wear,
)
from hands import CHARTS, SIMPLE, STRUCTURAL, Hand, Pick
from plots import Charts
from test_revise_properties import DATA, Data, built, few
from uprreport.files.word import properties
from uprreport.files.word.fields import find_fields
from uprreport.files.word.final import Colophon, figures_of, make_final, read_final
from uprreport.files.word.manifest import plots_of
from uprreport.files.word.notes import Notes
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.plots import find_drawn
from uprreport.files.word.styles import DRAFT_WORDS
from uprreport.files.word.xml import Element, element, get, parse, plain_text, run, serialise, style_of, w

DAY = datetime.date(2026, 6, 29)
ANCHOR = "rec_140_7_measures"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ANSWERS = {
    "140.7": {"status": "in progress", "measures": "Twelve midwives were trained.\n- in Upper Vale"},
    "140.1": {"status": "planned", "measures": "Sites are chosen."},
    "140.12": {"status": "planned", "measures": "Meals start in autumn."},
}


def first() -> bytes:
    return draft(report(submission("moh", ANSWERS))).content


def finished(content: bytes, base: bytes | None = None) -> bytes:
    return make(content, base or content).content


def make(content: bytes, base: bytes):  # type: ignore[no-untyped-def]
    colophon = Colophon("Examplia", DAY, labels_of(base), ("20 April 2026",))
    return make_final(content, colophon)


# Whatever an editor did ---------------------------------------------------------------------------------


class Office(Hand):
    """An editor with tracking and comments, who remembers what must not go out."""

    def __init__(self, content: bytes, pick: Pick) -> None:
        super().__init__(content, pick)
        self.gone: list[str] = []

    def bad(self) -> str:
        self.gone.append(f"{self.word()}gone")
        return self.gone[-1]

    def spoken(self) -> list[Element]:
        return [p for p in self.editor.body.iter(w("p")) if self.editor.runs(p)]

    def office(self, what: str) -> None:
        node = self.choose(self.spoken())
        one = self.choose(self.editor.runs(node))
        if what == "strike":
            one.addnext(struck(f" {self.bad()}"))
        elif what == "strike end":
            strike_end(node)
        elif what == "strike paragraph":
            one.addnext(run(f" {self.bad()}"))
            strike_runs(node)
            strike_end(node)
        elif what == "strike row" and (rows := list(self.editor.body.iter(w("tr")))):
            row = self.choose(rows)
            next(row.iter(w("p"))).append(run(self.bad()))
            strike_row(row)
        elif what == "move":
            self.move(one)
        elif what == "comment":
            comment(self.editor, node, self.bad(), resolved=self.pick(2) == 1)
        elif what == "formatting":
            look_of(node, "pPrChange").getparent()[-1:] = [change("pPrChange", element("pPr"))]  # type: ignore[index]
            look = one.find(w("rPr"))
            if look is None:
                look = element("rPr")
                one.insert(0, look)
            look.append(change("rPrChange", element("rPr")))
        elif what == "label" and (labels := self.labels()):
            text = self.choose(labels)
            text.text = f"{self.word()} "

    def move(self, one: Element) -> None:
        word = self.word()
        moved = struck(f" {word}")
        moved.tag = w("moveFrom")
        for text in moved.iter(w("delText")):
            text.tag = w("t")
        start = {"id": "7001", "name": "move1", "author": AUTHOR, "date": "2026-04-10T09:00:00Z"}
        one.addnext(element("moveFromRangeEnd", id="7001"))
        one.addnext(moved)
        one.addnext(element("moveFromRangeStart", **start))
        one.addnext(element("moveToRangeEnd", id="7002"))
        one.addnext(change("moveTo", run(f" {word}")))
        one.addnext(element("moveToRangeStart", **{**start, "id": "7002"}))

    def labels(self) -> list[Element]:
        style = self.editor.styles.id("UPR Label")
        runs = (
            s.getparent().getparent() for s in self.editor.body.iter(w("rStyle")) if get(s, "val") == style
        )  # type: ignore[union-attr]
        return [t for one in runs if one is not None for t in one.iter(w("t"))]


OFFICE_EDITS = st.lists(
    st.sampled_from(
        ["strike", "strike end", "strike paragraph", "strike row", "move", "comment", "formatting", "label"]
    ),
    max_size=6,
)


@given(DATA, few((*SIMPLE, *STRUCTURAL, *CHARTS)), OFFICE_EDITS, st.data())
def test_final__whatever_an_editor_did__holds_his_words_and_nothing_of_him(
    data: Data,
    edits: list[str],
    office: list[str],
    pick: st.DataObject,
) -> None:
    base = draft(built(data)).content
    hand = Office(base, lambda count: pick.draw(st.integers(0, count - 1)))
    for what in edits:
        hand.edit(what)
    for what in office:
        hand.office(what)
    wear(hand.editor)
    edited = hand.editor.save()
    made = make(edited, base)
    whole = bytes_of(made.content)
    forbidden = [
        AUTHOR,
        "A. Editor",
        "upr_",
        "uprreport",
        "rsid",
        "not for circulation",
        "Draft of",
        *hand.gone,
    ]
    labels = {label for several in labels_of(base).values() for label in several}
    assert [told for told in (*forbidden, *labels) if told.encode() in whole] == []
    assert reads(made.content) == reads(edited, labels_of(base))
    assert finished(made.content, base) == made.content


@given(DATA)
def test_final__untouched_draft__reads_the_same(
    data: Data,
) -> None:
    base = draft(built(data)).content
    made = make(base, base)
    assert reads(made.content) == reads(base, labels_of(base))
    assert made.kept == ()
    assert make(base, base).content == made.content


@pytest.mark.parametrize("what", ["drop label", "strike paragraph"])
@pytest.mark.parametrize("name", ["SEQ:Table", "REF:_Ref_table_status"])
def test_final__number_that_was_deleted_out_of_its_field__stays_out(name: str, what: str) -> None:
    base = first()
    editor = Editor(base)
    told = next(f for node in editor.paragraphs() for f in find_fields(node) if f.name == name)
    node = next(told.runs[0].iterancestors(w("p")))
    if what == "drop label":
        hand = Office(base, lambda _: 0)
        hand.editor, hand.choose = editor, lambda _: node  # type: ignore[method-assign]
        hand.edit(what)
    else:
        strike_runs(node)
    edited = editor.save()
    made = make(edited, base).content
    assert reads(made) == reads(edited, labels_of(base))
    assert reads(made) != reads(base, labels_of(base))
    assert finished(made, base) == made


# One thing at a time ------------------------------------------------------------------------------------


def test_label__changed_by_somebody__stays_as_text_and_is_listed() -> None:
    base = first()
    editor = Editor(base)
    for text in editor.paragraph(ANCHOR).iter(w("t")):
        if (text.text or "").startswith("["):
            text.text = "[140.7, see also 140.9] "
            break
    made = make(editor.save(), base)
    assert made.kept == ("[140.7, see also 140.9]",)
    assert any(line.startswith("[140.7, see also 140.9] Twelve") for line in read_final(made.content))
    assert make(base, base).removed == made.removed + 1


def test_label__nothing_to_compare_with__goes_where_it_is_one_and_stays_where_it_is_not() -> None:
    editor = Editor(first())
    for text in editor.paragraph(ANCHOR).iter(w("t")):
        if (text.text or "").startswith("["):
            text.text = "Own words "
            break
    made = make_final(editor.save(), Colophon("Examplia", DAY))
    assert made.kept == ("Own words",)
    lines = list(read_final(made.content))
    assert "Own words Twelve midwives were trained." in lines
    assert not any(line.startswith("[140.") and line.endswith("]") and ":" not in line for line in lines)


def test_label__only_thing_left_of_a_paragraph__leaves_no_empty_number() -> None:
    base = first()
    editor = Editor(base)
    editor.tracked_delete("rec_140_1_measures")
    before, _ = document(finished(base))
    after, _ = document(finished(editor.save(), base))
    assert len(list(after.iterchildren(w("p")))) == len(list(before.iterchildren(w("p")))) - 1


def test_anchor__that_a_link_leads_to__is_renamed_and_the_link_still_works() -> None:
    base = first()
    editor = Editor(base)
    editor.paragraph("rec_140_1_measures").append(
        element("hyperlink", run("see there"), anchor=f"upr_{ANCHOR}")
    )
    root, _ = document(finished(editor.save(), base))
    (link,) = [n for n in root.iter(w("hyperlink")) if plain_text(n) == "see there"]
    (target,) = [n for n in root.iter(w("bookmarkStart")) if get(n, "name") == get(link, "anchor")]
    assert "Twelve midwives" in plain_text(next(target.iterancestors(w("p"))))


def test_bookmarks__each_start_has_its_end_and_its_own_name() -> None:
    root, _ = document(finished(first()))
    starts = [get(n, "id") for n in root.iter(w("bookmarkStart"))]
    assert starts
    assert sorted(starts) == sorted(get(n, "id") for n in root.iter(w("bookmarkEnd")))
    names = [get(n, "name") for n in root.iter(w("bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert all(name.startswith(("_Toc", "_Ref")) for name in names)  # what contents and texts refer to


@pytest.mark.parametrize("with_style", [True, False], ids=["by-style", "by-words"])
def test_draft_mark__in_header_and_on_cover__is_gone(*, with_style: bool) -> None:
    base = first()
    if not with_style:  # as drafts of earlier templates have it
        parts = read_parts(base)
        for name in [name for name in parts if name.startswith("word/header")]:
            head = parse(parts[name])
            for look in list(head.iter(w("rStyle"))):
                look.getparent().remove(look)  # type: ignore[union-attr]
            parts[name] = serialise(head)
        styles = parts["word/styles.xml"].decode().replace(DRAFT_WORDS, "Something Else")
        parts["word/styles.xml"] = styles.encode()
        base = write_parts(parts)
    assert b"Draft of 20 April 2026" in bytes_of(base)
    whole = bytes_of(finished(base))
    assert b"20 April 2026" not in whole
    assert b"DRAFT" not in whole
    assert "Examplia – voluntary mid-term report, fourth cycle".encode() in whole


@pytest.mark.parametrize("which", ["before", "mark"])
def test_draft_mark__paragraph_joined_to_it__keeps_its_words(which: str) -> None:
    base = first()
    editor = Editor(base)
    styles = editor.styles
    (mark,) = [p for p in editor.paragraphs() if styles.name(style_of(p)) == "draft mark"]
    before = mark.getprevious()
    assert before is not None
    strike_end(before if which == "before" else mark)
    made = finished(editor.save(), base)
    assert reads(made) == reads(finished(base))
    assert plain_text(before) in list(read_final(made))


@pytest.mark.parametrize("part", ["word/header1.xml", "word/footer1.xml"])
def test_changes__in_headers_and_footers__are_accepted(part: str) -> None:
    parts = read_parts(first())
    root = parse(parts[part])
    node = next(root.iter(w("p")))
    node.append(change("ins", run(" kept there")))
    node.append(struck(" dropped there"))
    parts[part] = serialise(root)
    content = write_parts(parts)
    made = read_parts(finished(content))[part]
    assert b"kept there" in made
    assert b"dropped there" not in made
    assert AUTHOR.encode() not in made


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_note__whose_reference_was_deleted__goes_with_its_words(kind: str) -> None:
    editor = Editor(first())
    notes = Notes(editor.parts, editor.styles)
    node = editor.paragraph(ANCHOR)
    node.append(notes.add(kind, "A note that stays."))
    node.append(change("del", notes.add(kind, "A note that goes.")))
    notes.save(editor.parts)
    name = f"word/{kind}s.xml"
    made = read_parts(finished(editor.save()))[name]
    assert b"A note that stays." in made
    assert b"A note that goes." not in made


def test_picture__that_was_deleted__leaves_the_package_and_others_stay() -> None:
    editor = Editor(first())
    for number in (1, 2):
        properties.add_part(editor.parts, f"word/media/image{number}.png", b"png%d" % number, "image/png")
        link = properties.relate(
            editor.parts, "word/document.xml", f"{OFFICE}/image", f"word/media/image{number}.png"
        )
        drawing = element("drawing")
        drawing.set(f"{{{OFFICE}}}embed", link)
        held = element("r", drawing)
        editor.paragraph(ANCHOR).append(change("del", held) if number == 2 else held)
    parts = read_parts(finished(editor.save()))
    assert parts["word/media/image1.png"] == b"png1"
    assert "word/media/image2.png" not in parts
    assert b"image2" not in parts["word/_rels/document.xml.rels"]


def test_chart__workbook_behind_it__tells_of_nobody() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.properties.creator = AUTHOR
    held = io.BytesIO()
    book.save(held)
    editor = Editor(first())
    name = "word/embeddings/book1.xlsx"
    properties.add_part(editor.parts, name, held.getvalue(), "application/vnd.ms-excel")
    properties.relate(editor.parts, "word/document.xml", f"{OFFICE}/package", name)
    inner = read_parts(finished(editor.save()))[name]
    with zipfile.ZipFile(io.BytesIO(inner)) as package:
        assert all(AUTHOR.encode() not in package.read(entry) for entry in package.namelist())
    assert openpyxl.load_workbook(io.BytesIO(inner)).sheetnames == book.sheetnames


def test_chart__edited_in_excel__workbook_tells_no_path_no_name_and_no_moment() -> None:
    editor = Editor(draft(report(submission("moh", ANSWERS))).content)
    name = next(n for n in editor.parts if n.startswith("word/embeddings/"))
    inner = read_parts(editor.parts[name])
    path = (
        '<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"'
        f' url="C:\\Users\\{AUTHOR}\\"/><workbookPr'
    )
    inner["xl/workbook.xml"] = inner["xl/workbook.xml"].replace(b"<workbookPr", path.encode(), 1)
    note = f'<comments xmlns="{SHEET}"><authors><author>{AUTHOR}</author></authors><commentList/></comments>'
    properties.add_part(inner, "xl/comments1.xml", note.encode(), "application/xml")
    properties.relate(inner, "xl/worksheets/sheet1.xml", f"{OFFICE}/comments", "xl/comments1.xml")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for entry, content in inner.items():
            package.writestr(zipfile.ZipInfo(entry, (2026, 4, 10, 9, 0, 0)), content)
    editor.parts[name] = held.getvalue()
    made = read_parts(finished(editor.save()))[name]
    assert AUTHOR.encode() not in b"".join(read_parts(made).values())
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "xl/worksheets/sheet1.xml" in package.namelist()


def test_charts__stay_with_their_workbooks_and_deleted_ones_leave_nothing() -> None:
    base = draft(report(submission("moh", ANSWERS))).content
    editor = Editor(base)
    charts = Charts(editor)
    kept, gone, *_ = charts.all()
    charts.strike(gone)
    made = make_final(editor.save(), Colophon("Examplia", DAY, labels_of(base))).content
    parts = read_parts(made)
    shown = [one.seen.rows for one in find_drawn([parse(parts["word/document.xml"])], parts)]
    assert shown == [one.seen.rows for one in charts.all()]
    assert kept.part in parts
    assert gone.part not in parts
    assert len([n for n in parts if n.startswith("word/embeddings/")]) == len(shown) == 2
    assert b'name="chart:' not in bytes_of(made)


@pytest.mark.parametrize("edited", [False, True])
def test_charts__alternative_text_that_a_program_lost__comes_back_where_the_chart_is_the_same(
    edited: bool,
) -> None:
    base = draft(report(submission("moh", ANSWERS))).content
    editor = Editor(base)
    charts = Charts(editor)
    one = charts.all()[0]
    before = one.seen.alternative
    charts.describe(one, "")
    if edited:
        charts.number(one, 0, 0, "77")
    colophon = Colophon("Examplia", DAY, plots=plots_of(manifest(base)))
    first_one, *others = figures_of(make_final(editor.save(), colophon).content)
    assert first_one.alternative == ("" if edited else before)
    assert all(other.alternative and other.is_chart for other in others)


def test_properties__tell_the_state_and_the_day_and_nothing_else() -> None:
    editor = Editor(first())
    wear(editor)
    parts = read_parts(finished(editor.save()))
    assert [name for name in parts if name.startswith("docProps/")] == ["docProps/core.xml"]
    told = {node.tag.rpartition("}")[2]: node.text for node in parse(parts["docProps/core.xml"])}
    assert told.pop("title")
    assert told == {
        "creator": "Examplia",
        "language": "en",
        "created": "2026-06-29T00:00:00Z",
        "modified": "2026-06-29T00:00:00Z",
    }
    assert not any(name.startswith("customXml") for name in parts)


def test_package__every_relationship_leads_somewhere_and_every_part_has_its_type() -> None:
    editor = Editor(first())
    wear(editor)
    comment(editor, editor.paragraph(ANCHOR), "A remark.")
    parts = read_parts(finished(editor.save()))
    types = {node.get("PartName", "").lstrip("/") for node in parse(parts["[Content_Types].xml"])} - {""}
    assert types <= set(parts)
    targets = {
        node.get("Target")
        for node in parse(parts["word/_rels/document.xml.rels"])
        if not node.get("TargetMode")
    }
    assert {f"word/{target}" for target in targets} <= set(parts)


def test_tables_styles_and_numbering__are_as_they_were() -> None:
    base = first()
    before, after = read_parts(base), read_parts(finished(base))
    assert after["word/numbering.xml"] == before["word/numbering.xml"]
    shapes = [
        [(len(list(row.iter(w("tc")))), plain_text(row)) for row in body.iter(w("tr"))]
        for body in (document(base)[0], document(finished(base))[0])
    ]
    assert shapes[0] == shapes[1] != []
    kept = {get(s, "styleId") for s in parse(after["word/styles.xml"]).iter(w("style"))}
    assert {get(s, "styleId") for s in parse(before["word/styles.xml"]).iter(w("style"))} - kept == {
        "UPRLabel", "DraftMark", "UPRDraftMark",
    }  # fmt: skip  # marks of missing texts still stand in it


def test_placeholder__written_over__is_ordinary_text() -> None:
    editor = Editor(first())
    style = editor.styles.id("UPR Placeholder")
    (one, *_) = [r for r in editor.body.iter(w("r")) if r.find(f"{w('rPr')}/{w('rStyle')}") is not None
                 and get(r.find(f"{w('rPr')}/{w('rStyle')}"), "val") == style]  # fmt: skip  # type: ignore[arg-type]
    next(one.iter(w("t"))).text = "Two laws were passed."
    root, _ = document(finished(editor.save()))
    (made,) = [r for r in root.iter(w("r")) if plain_text(r) == "Two laws were passed."]
    assert made.find(w("rPr")) is None


def test_day__is_the_only_thing_that_differs_between_two_days() -> None:
    base = first()
    one, other = (
        make_final(base, Colophon("Examplia", day, labels_of(base))).content for day in (DAY, TODAY)
    )
    differ = [name for name, part in read_parts(one).items() if read_parts(other)[name] != part]
    assert differ == ["docProps/core.xml"]
