"""Every kind of Office file that is written, before the Open XML SDK's validator."""

from __future__ import annotations

import datetime
import itertools
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Validate
from drafts import draft, report
from editors import Editor
from test_revise_charts import ANCHOR, editing, first, later
from test_revise_update import BLOCK, MEASURES, update, with_measures
from uprreport.cli import main
from uprreport.files.word.final import Colophon, make_final
from uprreport.files.word.plots import c
from uprreport.files.word.xml import run as piece
from uprreport.files.word.xml import w
from uprreport.model import Report
from wrappers import BLOCKS, CLOSED, ROWS, RUNS, picture_box, text_box

pytestmark = pytest.mark.apps
TODAY = ("--today", "2026-04-25")


def run(folder: Path, *arguments: str) -> None:
    done = CliRunner().invoke(main, ("-C", str(folder), *arguments, *TODAY), catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with everything made of it that a command can make."""
    path = tmp_path_factory.mktemp("open-xml") / "review"
    CliRunner().invoke(main, ("new", str(path), "--example", *TODAY), catch_exceptions=False)
    run(path, "sheets")
    for mode in ("--corrections", "--to-sign", "--combine"):
        run(path, "sheets", "moe", mode)
    run(path, "sheets", "moh", "--by-unit")
    run(path, "sheets", "mof", "--mail")
    run(path, "build")
    revised = path / "revised.docx"
    shutil.copy(path / "build" / "draft.docx", revised)
    (path / "submissions" / "MoH_final (2).xlsx").unlink()
    run(path, "update", str(revised))
    run(path, "export", "clearance", str(revised))
    run(path, "export", "consultation", str(revised))
    run(path, "finish", str(revised), "--anyway")
    for companion in ("xlsx", "matrix", "vnr", "assistance", "plan", "practices"):
        run(path, "export", companion)
    for language in ("ar", "zh"):
        other = path.parent / language
        CliRunner().invoke(main, ("new", str(other), "--example", *TODAY), catch_exceptions=False)
        speak(other, language)
        run(other, "build")
        run(other, "export", "plan")
    return path


def speak(folder: Path, language: str) -> None:
    """Set the language of a review's report."""
    settings = folder / "review.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('language = "en"', f'language = "{language}"', 1), encoding="utf-8")


KINDS = {
    "register": "register.xlsx",
    "decisions": "decisions.xlsx",
    "sheet": "sheets/moi-r1.xlsx",
    "filled sheet": "submissions/education/moe-r1 (corrected).xlsx",
    "corrections": "build/corrections/moe-r1-corrections.xlsx",
    "sheet from returns": "sheets/moe-r1.xlsx",
    "department's sheet": "sheets/moh-primary-care-r1.xlsx",
    "letter of corrections": "build/corrections/moe-r1-corrections-letter.docx",
    "covering letter": "build/mail/mof-letter.docx",
    "paper to sign": "build/corrections/moe-to-sign.docx",
    "draft": "build/draft.docx",
    "Arabic draft": "../ar/build/draft.docx",
    "Chinese draft": "../zh/build/draft.docx",
    "Arabic plan": "../ar/build/exports/aur-upr4-plan.docx",
    "updated draft": "revised-updated.docx",
    "clearance file": "build/clearance/moj-clearance.docx",
    "consultation copy": "build/consultation/revised-consultation.docx",
    "comment form": "build/consultation/comments-2026-04-25.xlsx",
    "final": "revised-final.docx",
    "extract by goal": "build/exports/aur-upr4-vnr.docx",
    "request for assistance": "build/exports/aur-upr4-assistance.docx",
    "plan": "build/exports/aur-upr4-plan.docx",
    "plan as a workbook": "build/exports/aur-upr4-plan.xlsx",
    "good practices": "build/exports/aur-upr4-practices.docx",
    "list filled in": "build/exports/aur-upr4-matrix.docx",
    "list for spreadsheets": "build/exports/aur-upr4-recommendations.xlsx",
    "imported list": "sources/aur-upr4-thematic-list-of-recommendations.docx",
}
"""One file of each kind, in the example's folder."""


@pytest.mark.parametrize("kind", KINDS)
def test_open_xml__file_of_each_kind__is_valid(folder: Path, kind: str, open_xml: Validate) -> None:
    assert open_xml(folder / KINDS[kind]) == []


def brought_up_to_date(told: Report, now: Report) -> bytes:
    return update(draft(told).content, now).content


def linked_elsewhere() -> bytes:
    """A chart without the workbook that it had, and a picture in the place of another one, updated."""
    editor, charts = editing()
    one = charts.of(ANCHOR)
    root = charts.root(one)
    root.remove(next(root.iter(c("externalData"))))
    charts.put(one, root)
    charts.picture(charts.of("chart_positions"))
    return update(editor.save(), later()).content


CHARTS: dict[str, Callable[[], bytes]] = {
    "came": lambda: brought_up_to_date(report(), first()),
    "other series": lambda: brought_up_to_date(first(), later(n10="implemented", n1="in progress")),
    "went": lambda: brought_up_to_date(first(), report()),
    "without a workbook": linked_elsewhere,
}


@pytest.mark.parametrize("how", CHARTS)
def test_open_xml__charts_of_an_updated_draft__are_valid(
    how: str, tmp_path: Path, open_xml: Validate
) -> None:
    path = tmp_path / "updated.docx"
    path.write_bytes(CHARTS[how]())
    assert open_xml(path) == []


def test_open_xml__broken_file__is_told(tmp_path: Path, folder: Path, open_xml: Validate) -> None:
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(folder / "build" / "draft.docx") as source, zipfile.ZipFile(broken, "w") as copy:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "word/document.xml":
                part = part.replace(b"<w:body>", b"<w:body><w:r/>", 1)
            copy.writestr(entry, part)
    assert open_xml(broken)


def contained() -> bytes:
    """A draft with every container of words, passages, rows and cells, and with text boxes."""
    editor = Editor(draft(with_measures(MEASURES, legal_act="Act 5 of 2024")).content)
    node = editor.paragraph(BLOCK)
    one = editor.runs(node)[0]
    kinds = [wrap for name, wrap in {**RUNS, **CLOSED}.items() if "smart tag" not in name]
    pieces = [piece(f"{word} ") for word in [*MEASURES.split(" "), *[""] * len(kinds)]]
    one.addprevious(pieces[0])
    for before, made in itertools.pairwise(pieces):
        before.addnext(made)
    node.remove(one)
    for made, wrap in zip(pieces, kinds, strict=False):
        wrap([made])
    others = [p for p in editor.paragraphs() if editor.runs(p) and p is not node][20:]
    for paragraph, wrap in zip(others, BLOCKS.values(), strict=False):
        wrap([paragraph])
    rows = list(next(t for t in editor.body.iter(w("tbl")) if len(t) > 5).iter(w("tr")))[1:]
    for row, wrap in zip(rows, ROWS.values(), strict=False):
        wrap([next(row.iter(w("tc")))])
        wrap([row])
    node.extend([text_box("In the box."), picture_box("Of an older program.")])
    return editor.save()


def test_open_xml__containers_of_every_kind__are_updated_and_finished_validly(
    tmp_path: Path, open_xml: Validate
) -> None:
    edited, path = contained(), tmp_path / "draft.docx"
    path.write_bytes(edited)
    before = {told.partition("'path'")[0] for told in open_xml(path)}
    text = f"Since May, {MEASURES.replace('two', 'five').replace('trained', 'taught')} A law followed."
    done = update(edited, with_measures(text, legal_act="Act 7 of 2024")).content
    path.write_bytes(done)
    assert {told.partition("'path'")[0] for told in open_xml(path)} <= before
    path.write_bytes(make_final(done, Colophon("Aurenia", datetime.date(2026, 4, 25))).content)
    assert open_xml(path) == []
