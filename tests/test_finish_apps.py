"""What LibreOffice makes of a final: it opens and prints it, with right numbers of pages in the contents."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Convert
from drafts import document, draft, report, submission
from editors import Editor
from finals import AUTHOR, bytes_of, change, comment, labels_of, reads, strike_end, struck, wear
from test_files_word_contents import lines
from test_files_word_final import ANSWERS, DAY
from test_files_word_marks import ALL as EVERY_MARK
from uprreport.files.office import ACCESSIBLE, open_office
from uprreport.files.word.contents import listed_bookmarks
from uprreport.files.word.final import Colophon, make_final, read_final
from uprreport.files.word.marks import stands_in
from uprreport.files.word.package import read_parts
from uprreport.files.word.pending import MISSING, read_marks
from uprreport.files.word.xml import element, plain_text, run, style_of, w
from uprreport.flows.finishing import number_pages

pytestmark = pytest.mark.apps
ANCHOR = "rec_140_7_measures"
MANY = {
    **ANSWERS,
    "140.7": {
        "status": "in progress",
        "measures": "\n".join(f"Clinic {n} was opened in a town." for n in range(90)),
    },
}


def tool(name: str, *arguments: str) -> str:
    program = shutil.which(name)
    assert program is not None
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


def pages(path: Path) -> list[str]:
    """The text of each page."""
    return tool("pdftotext", "-layout", str(path), "-").split("\f")


@pytest.fixture(scope="module")
def base() -> bytes:
    return draft(report(submission("moh", MANY))).content


def finished(content: bytes, base: bytes) -> bytes:
    return make_final(content, Colophon("Examplia", DAY, labels_of(base), ("20 April 2026",))).content


def test_pages__of_the_contents__are_those_on_which_the_headings_stand(
    base: bytes, tmp_path: Path, soffice: Convert
) -> None:
    with open_office() as office:
        content, is_paged = number_pages(finished(base, base), office)
    assert is_paged
    path = tmp_path / "final.docx"
    path.write_bytes(content)
    printed = pages(soffice(path, "pdf"))
    body, styles = document(content)
    shown = [line.rpartition(" | ")[2] for line in lines(content)]
    headings = [
        plain_text(p)
        for p in body.iterchildren(w("p"))
        if styles.name(style_of(p)) in ("heading 1", "heading 2", "annex heading")
    ]
    assert len(headings) == len(shown) == len(listed_bookmarks(content)) > 5
    assert len(set(shown)) > 2
    for heading, page in zip(headings, shown, strict=True):
        flat = " ".join(printed[int(page) - 1].split())
        assert heading in flat, (heading, page)
        assert f"Page {page} of" in flat


def test_pdf__is_tagged_and_tells_of_nobody(base: bytes, tmp_path: Path) -> None:
    editor = Editor(base)
    wear(editor)
    comment(editor, editor.paragraph(ANCHOR), "A remark.")
    with open_office() as office:
        assert office is not None
        printed = office.print(finished(editor.save(), base), ACCESSIBLE)
    assert printed is not None
    path = tmp_path / "final.pdf"
    path.write_bytes(printed)
    told = dict(line.split(":", 1) for line in tool("pdfinfo", str(path)).splitlines())
    assert told["Tagged"].strip() == "yes"
    assert told["Author"].strip() == "Examplia"
    assert "Manager" not in told
    assert AUTHOR not in tool("pdfinfo", "-meta", str(path))
    assert "uprreport" not in "".join(told.values())
    text = "".join(pages(path))
    assert "A remark." not in text
    assert "[140.7" not in text
    assert "Draft" not in text


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_final__of_a_draft_that_libreoffice_saved__reads_the_same_and_holds_nothing_of_it(
    base: bytes, tmp_path: Path, soffice: Convert, ways: tuple[str, ...]
) -> None:
    editor = Editor(base)
    wear(editor)
    editor.append(ANCHOR, " See also annex I.")
    node = editor.paragraph(ANCHOR)
    node.append(change("ins", run(" More follow.")))
    node.append(struck(" This goes."))
    strike_end(node)  # it reads on into the next line of the same answer
    comment(editor, node, "A remark.")
    content = editor.save()
    path = tmp_path / "revised.docx"
    path.write_bytes(content)
    for way in ways:
        path = soffice(path, way)
    made = finished(path.read_bytes(), base)
    whole = bytes_of(made)
    labels = {label for several in labels_of(base).values() for label in several}
    forbidden = (
        AUTHOR,
        "upr_",
        "uprreport",
        "A remark.",
        "This goes.",
        "Draft of",
        "not for circulation",
        *labels,
    )
    assert [told for told in forbidden if told.encode() in whole] == []
    assert reads(made, in_body=True) == reads(finished(content, base), in_body=True)
    assert len(lines(made)) == len(lines(finished(content, base)))
    target = tmp_path / "final.docx"
    target.write_bytes(made)
    assert "More follow." in " ".join("".join(pages(soffice(target, "pdf"))).split())


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_marks__of_every_language_in_a_draft_that_libreoffice_saved__are_told_and_left_out(
    base: bytes, tmp_path: Path, soffice: Convert, ways: tuple[str, ...]
) -> None:
    editor = Editor(base)
    style = editor.styles.id("UPR Placeholder")
    for index, text in enumerate(EVERY_MARK):
        editor.paragraphs()[-1].addnext(element("p", run(text, style if index % 2 else "")))
    path = tmp_path / "revised.docx"
    path.write_bytes(editor.save())
    before = [mark.where for mark in read_marks(editor.parts, {}) if mark.kind == MISSING]
    for way in ways:
        path = soffice(path, way)
    content = path.read_bytes()
    found = [mark.where for mark in read_marks(read_parts(content), {}) if mark.kind == MISSING]
    assert sorted(found) == sorted(before)
    made = make_final(content, Colophon("Examplia", DAY, labels_of(base), drops=True))
    assert [line for line in read_final(made.content) if stands_in(line)] == []
