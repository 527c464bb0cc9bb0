"""Withdrawn words are an error wherever they still stand in a draft: in its check, in finish, in update."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl

from editors import Editor
from finals import comment, struck
from test_flows_finishing import approve, kinds, settled
from test_flows_finishing import no_office as no_office  # noqa: PLC0414 - a fixture
from test_flows_revision import FIRST, answer, run, update
from test_flows_revision import folder as folder  # noqa: PLC0414 - a fixture
from uprreport.files.word import properties
from uprreport.files.word.package import write_parts
from uprreport.files.word.xml import element, parse, serialise
from uprreport.files.word.xml import run as words

SAID = "The ministry trained twelve midwives in two districts."
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def copied(editor: Editor) -> None:
    editor.body.insert(0, element("p", words(f"Copied: {SAID}")))


def in_struck(editor: Editor) -> None:
    editor.body.insert(0, element("p", words("Kept. "), struck(SAID)))


def in_comment(editor: Editor) -> None:
    comment(editor, editor.paragraphs()[0], f"Was it so? {SAID}")


def in_header(editor: Editor) -> None:
    name = next(n for n in sorted(editor.parts) if n.startswith("word/header"))
    root = parse(editor.parts[name])
    root.append(element("p", words(SAID)))
    editor.parts[name] = serialise(root)


def in_cell(editor: Editor) -> None:
    cell = element("tc", element("p", words(SAID)))
    editor.body.insert(0, element("tbl", element("tblPr"), element("tblGrid"), element("tr", cell)))


def in_hidden_words(editor: Editor) -> None:
    one = words(SAID)
    one.insert(0, element("rPr", element("vanish")))
    editor.body.insert(0, element("p", one))


def in_alternative_text(editor: Editor) -> None:
    drawn = f"<wp:docPr xmlns:wp='{WP}' id='9000' name='Picture' descr='{SAID}'/>"
    editor.body.insert(0, element("p", element("r", element("drawing", parse(drawn.encode())))))


def in_properties(editor: Editor) -> None:
    properties.update_custom(editor.parts, {"Note": SAID})


def in_custom_data(editor: Editor) -> None:
    properties.add_custom_xml(editor.parts, f"<note xmlns='urn:other'>{SAID}</note>".encode(), "urn:other")


def in_chart(editor: Editor) -> None:
    editor.parts["word/charts/chart9.xml"] = f"<c:v xmlns:c='{C}'>{SAID}</c:v>".encode()


def in_workbook(editor: Editor) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Own").append([SAID])
    made = io.BytesIO()
    book.save(made)
    editor.parts["word/embeddings/own.xlsx"] = made.getvalue()


def in_file_inside(editor: Editor) -> None:
    inner = write_parts(
        {"word/document.xml": serialise(element("document", element("body", element("p", words(SAID)))))}
    )
    editor.parts["word/a.docx"] = inner


def in_web_page_inside(editor: Editor) -> None:
    editor.parts["word/a.htm"] = f"<html><p>{SAID.replace('two', '<b>two</b>')}</p></html>".encode()


STRUCK = "struck words in the text"
"""What update takes out by itself."""

PLACES: dict[Callable[[Editor], None], str] = {
    copied: "the text", in_cell: "the text", in_hidden_words: "the text", in_struck: STRUCK,
    in_comment: "a comment of Zbigniew Q. Redactor", in_header: "a header",
    in_alternative_text: "a hidden text in the text", in_properties: "the properties",
    in_custom_data: "custom data", in_chart: "a chart", in_workbook: "the workbook behind a chart",
    in_file_inside: "the file word/a.docx inside", in_web_page_inside: "the file word/a.htm inside",
}  # fmt: skip


def held(folder: Path, path: Path) -> Iterator[str]:
    done = run("-C", str(folder), "check", str(path), "--format", "json")
    for finding in json.loads(done.stdout)["findings"]:
        if finding["code"] == "withheld-in-draft":
            assert done.exit_code == 1
            assert "midwives" not in json.dumps(finding)
            yield finding["value"]


def test_withheld__in_every_place_of_a_draft__is_an_error_until_it_is_gone(folder: Path) -> None:
    approve(folder)
    draft = settled(folder)
    assert list(held(folder, draft)) == []
    answer(folder, FIRST, Publication="Internal")
    assert set(held(folder, draft)) >= {"140.2", "the record of what was generated"}
    assert update(folder, draft).exit_code == 0
    clean = folder / "revised-updated.docx"
    assert list(held(folder, clean)) == []
    content = clean.read_bytes()
    for put, place in PLACES.items():
        editor = Editor(content)
        put(editor)
        (folder / "revised.docx").write_bytes(editor.save())
        assert list(held(folder, folder / "revised.docx")) == [place], put.__name__
    editor = Editor(content)
    for put in PLACES:
        put(editor)
    (folder / "revised.docx").write_bytes(editor.save())
    places = set(PLACES.values()) - {"the text"}
    told = {where for kind, _, where in kinds(folder, "--anyway") if kind == "withheld"}
    assert places <= told
    assert any(str(where).startswith('"') for where in told), "words that would be printed"
    again = folder / "again.docx"
    done = update(folder, folder / "revised.docx", "-o", again)
    assert done.exit_code == 1
    assert set(held(folder, again)) == {*PLACES.values()} - {"struck words in the text"}, (
        "update took those out"
    )
    assert all(place in done.stdout for place in places - {STRUCK})
