"""What real programs make of the files that are written: LibreOffice opens, saves and prints them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Convert
from drafts import document, draft, manifest, report, submission
from editors import LATER, Editor
from plots import drawn
from uprreport.cli import main
from uprreport.files.office import ACCESSIBLE, open_office
from uprreport.files.pdf_figures import describe_figures
from uprreport.files.word.final import Colophon, figures_of, make_final
from uprreport.files.word.manifest import plots_of
from uprreport.files.word.package import read_parts
from uprreport.files.word.plots import find_drawn
from uprreport.files.word.properties import read_custom
from uprreport.files.word.regions import read_regions, read_text
from uprreport.files.word.revised import Revised
from uprreport.model import Report, Submission
from uprreport.revise.update import update_draft

pytestmark = pytest.mark.apps

ANSWERS = {
    "140.7": {
        "status": "in progress",
        "measures": "Twelve midwives were trained.\n- in Upper Vale\n- in Lower Vale",
        "challenges": "Few apply.",
    },
    "140.1": {"status": "planned"},
}


def given(*submissions: Submission) -> Report:
    """A report of a review whose documents have symbols, which its first two endnotes name.

    LibreOffice 7.4 mixes up the notes of a document in which a comment follows right after the first one.
    """
    return report(*submissions, report_symbol="A/HRC/44/12")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("draft") / "draft.docx"
    path.write_bytes(draft(given(submission("moh", ANSWERS))).content)
    return path


def said(content: bytes) -> dict[str, tuple[list[str], list[tuple[str, ...]]]]:
    """What the region of each anchor says: paragraphs and rows."""
    body, styles = document(content)
    told = {}
    for region in read_regions(body):
        text = read_text(region, styles)
        rows = [row for table in text.tables for row in table]
        told.update({name: ([line for _, line in text.paragraphs], rows) for name in region.anchors})
    return told


def test_draft__libreoffice__prints_it(built: Path, soffice: Convert) -> None:
    printed = soffice(built, "pdf")
    program = shutil.which("pdftotext")
    assert program is not None
    text = subprocess.run(
        [program, "-layout", str(printed), "-"], capture_output=True, text=True, check=True
    ).stdout
    flat = " ".join(text.split())
    assert "Examplia" in flat
    assert "Twelve midwives were trained." in flat
    assert "Annex I. Recommendations and their implementation" in flat
    assert "Error" not in flat
    assert "{{" not in flat


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_update__edited_and_saved_by_libreoffice__carries_late_answers_in(
    built: Path, soffice: Convert, tmp_path: Path, ways: tuple[str, ...]
) -> None:
    editor = Editor(built.read_bytes())
    editor.replace("rec_140_7_measures", "Twelve midwives", "A dozen midwives")
    editor.append("rec_140_7_measures", " See also annex I.")
    path = tmp_path / "revised.docx"
    path.write_bytes(editor.save())
    for way in ways:
        path = soffice(path, way)
    revised = Revised(path.read_bytes(), "revised.docx", LATER)
    base = revised.manifest() or manifest(built.read_bytes())  # odt has no room for the part
    answers = {
        **ANSWERS,
        "140.7": {
            **ANSWERS["140.7"],
            "measures": "Twelve midwives were trained abroad.\n- in Upper Vale\n- in Lower Vale",
        },
        "140.1": {"status": "planned", "measures": "Sites are chosen."},
    }
    done = update_draft(revised, base, draft(given(submission("moh", answers))), LATER)
    changed = {plan.id: plan.change for plan in done.plans if plan.change != "same"}
    assert changed == {
        "theme:right-to-health/reference": "replaced",  # the comment on it names fewer numbers
        "rec:140.7/measures": "merged",
        "rec:140.1/measures": "replaced",
        "table:annex-1": "replaced",
    }
    assert said(done.content)["upr_rec_140_7_measures"][0] == [
        "A dozen midwives were trained abroad. See also annex I.", "- in Upper Vale", "- in Lower Vale",
    ]  # fmt: skip
    target = tmp_path / "updated.docx"
    target.write_bytes(done.content)
    saved = soffice(target, "docx")
    assert said(saved.read_bytes()) == said(done.content)
    again = Revised(saved.read_bytes(), "again.docx", LATER)
    held = again.manifest()
    assert held is not None
    later = update_draft(again, held, draft(given(submission("moh", answers))), LATER)
    assert [plan.id for plan in later.plans if plan.touches] == []


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_draft__libreoffice_saves__every_anchor_region_and_property_survives(
    built: Path, soffice: Convert, ways: tuple[str, ...]
) -> None:
    path = built
    for way in ways:
        path = soffice(path, way)
    before, after = said(built.read_bytes()), said(path.read_bytes())
    assert list(after) == list(before)
    assert after == before
    held = read_custom(read_parts(path.read_bytes()))
    assert held["uprreport manifest"] == manifest(built.read_bytes()).id


# Charts -------------------------------------------------------------------------------------------------

NEEDS = [
    {"numbers": ("140.7",), "kind": "training", "description": "A course"},
    {"numbers": ("140.1",), "kind": "funds", "description": "A clinic"},
]
CHARTS = ("chart:positions", "chart:status", "chart:assistance", "chart:coverage")


@pytest.fixture(scope="module")
def drawn_draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("charts") / "draft.docx"
    path.write_bytes(draft(given(submission("moh", ANSWERS, assistance=NEEDS))).content)
    return path


def test_charts__libreoffice__prints_their_names_and_numbers(drawn_draft: Path, soffice: Convert) -> None:
    printed = soffice(drawn_draft, "pdf")
    program = shutil.which("pdftotext")
    assert program is not None
    text = subprocess.run([program, str(printed), "-"], capture_output=True, text=True, check=True).stdout
    for block in CHARTS:
        caption = text.index(f"[{block}]")
        page = text[caption : text.index("\f", caption)]
        (one,) = drawn(drawn_draft.read_bytes(), block)
        assert one.seen.rows is not None
        shown = [name for row in one.seen.rows for name in row[:1] if name]
        assert [name for name in shown if name not in page.replace("\n", " ")] == []
        series = one.seen.rows[0][1:]
        assert series == ("Needs",) or [name for name in series if name not in page] == []


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_charts__libreoffice_saves__is_no_edit_and_newer_data_come_in(
    drawn_draft: Path, soffice: Convert, tmp_path: Path, ways: tuple[str, ...]
) -> None:
    path = drawn_draft
    for way in ways:
        path = soffice(path, way)
    base = manifest(drawn_draft.read_bytes())
    same = update_draft(
        Revised(path.read_bytes(), "revised.docx", LATER), base,
        draft(given(submission("moh", ANSWERS, assistance=NEEDS))), LATER,
    )  # fmt: skip
    assert {plan.id: plan.change for plan in same.plans if plan.change != "same"} == {}
    later = {**ANSWERS, "140.10": {"status": "implemented"}}
    fresh = draft(given(submission("moh", later, assistance=NEEDS)))
    done = update_draft(Revised(path.read_bytes(), "revised.docx", LATER), base, fresh, LATER)
    changed = {plan.id: plan.change for plan in done.plans if plan.id in CHARTS}
    assert changed == {**dict.fromkeys(CHARTS, "replaced"), "chart:assistance": "same"}
    parts, body = read_parts(done.content), document(done.content)[0]
    shown = {one.seen.rows: one for one in find_drawn([body], parts)}
    assert set(shown) == {
        one.seen.rows for one in find_drawn([document(fresh.content)[0]], read_parts(fresh.content))
    }
    target = tmp_path / "updated.docx"
    target.write_bytes(done.content)
    saved = soffice(target, "docx").read_bytes()
    assert {one.seen.rows for one in find_drawn([document(saved)[0]], read_parts(saved))} == set(shown)


@pytest.mark.parametrize("ways", [(), ("docx",)], ids=["as written", "saved by LibreOffice"])
def test_charts__final__tells_their_alternative_texts_in_word_file_and_pdf(
    drawn_draft: Path, soffice: Convert, ways: tuple[str, ...], tmp_path: Path
) -> None:
    path = drawn_draft
    for way in ways:
        path = soffice(path, way)
    base = manifest(drawn_draft.read_bytes())
    final = make_final(path.read_bytes(), Colophon("Examplia", LATER, plots=plots_of(base))).content
    wanted = [plot.alternative for plot in plots_of(base)]
    assert [figure.alternative for figure in figures_of(final)] == wanted
    with open_office() as office:
        assert office is not None
        bare = office.print(final, ACCESSIBLE)
    assert bare is not None
    told = describe_figures(bare, figures_of(final))
    hexadecimal = [alternative.encode("utf-16-be").hex().upper().encode() for alternative in wanted]
    assert [text for text in hexadecimal if text not in told] == []
    assert told.startswith(bare)
    printed = tmp_path / "final.pdf"
    printed.write_bytes(told)
    program = shutil.which("pdfinfo")
    assert program is not None
    shown = subprocess.run([program, "-struct", str(printed)], capture_output=True, text=True, check=True)
    assert shown.stdout.count("Figure") == len(wanted)
    assert "rror" not in shown.stderr


# Sheets and register on paper -------------------------------------------------------------------------


def pages_of(printed: Path) -> list[str]:
    """The text of each page."""
    program = shutil.which("pdftotext")
    assert program is not None
    done = subprocess.run([program, "-layout", str(printed), "-"], capture_output=True, text=True, check=True)
    return done.stdout.removesuffix("\f").split("\f")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printed") / "example"
    made = CliRunner().invoke(main, ["new", str(folder), "--example"])
    assert made.exit_code == 0
    return folder


def test_sheet__printed__free_tables_without_rows_take_one_page_from_top_to_bottom(
    example: Path, soffice: Convert
) -> None:
    pages = pages_of(soffice(example / "sheets/moj-r1.xlsx", "pdf"))
    names = ("Progress", "Assistance", "Actions", "Practices", "Consultations", "Lists")
    found = {name: sum(name in page.splitlines()[-1] for page in pages) for name in names}
    assert found == {
        "Progress": 2, "Assistance": 2, "Actions": 1, "Practices": 2, "Consultations": 1, "Lists": 0,
    }  # fmt: skip


def test_register__printed__each_tab_is_one_page_wide_and_blank_rows_are_not_printed(
    example: Path, soffice: Convert
) -> None:
    pages = pages_of(soffice(example / "register.xlsx", "pdf"))
    headings = {"Themes": "Narrative", "Agencies": "Approver", "Links": "Confirmed", "Pledges": "Supporting"}
    for tab, last in headings.items():
        (page,) = [page for page in pages if tab in page.splitlines()[-1]]
        assert last in page
    listed = [page for page in pages if "Recommendations" in page.splitlines()[-1]]
    assert all("Lead agency" in page and "Number" in page for page in listed)
