"""``trace`` on a review folder: what it tells, what it refuses, and that it writes nothing but its page."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from conftest import Convert
from editors import Editor
from matrices import matrix
from uprreport.cli import main

ROWS = """
Theme: Right to health
140.1 Open a clinic in every district (Chile); | Supported | Right to health | 3
140.2 Train midwives in rural areas (Ghana) (Fiji); | Supported | Right to health | 3
"""
FIRST = "The ministry trained twelve midwives in two districts. Their salaries were raised."
CLINICS = "Clinics were opened in four districts."
NARRATIVE = "The Government gives priority to rural health."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def fill(path: Path, number: str, **cells: str) -> None:
    """Answer a recommendation in a sheet: heading by cell."""
    book = openpyxl.load_workbook(path)
    sheet = book["Progress"]
    headings = {str(cell.value): cell.column for cell in sheet[1]}
    (line,) = [row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == number]
    for heading, value in {"Status": "In progress", "Publication": "Public", **cells}.items():
        sheet.cell(line, headings[heading.replace("_", " ")], value)
    book.save(path)


def type_into(path: Path, tab: str, heading: str, value: str, line: int = 2) -> None:
    book = openpyxl.load_workbook(path)
    headings = {cell.value: cell.column for cell in book[tab][1]}
    book[tab].cell(line, headings[heading], value)
    book.save(path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("made") / "review"
    run("new", str(target), "--state", "Examplia", "--session", "51")
    source = target.parent / "list.docx"
    source.write_bytes(matrix(ROWS))
    run("-C", str(target), "import", str(source))
    book = openpyxl.load_workbook(target / "register.xlsx")
    book["Agencies"]["A2"], book["Agencies"]["B2"] = "moh", "Ministry of Health"
    book["Agencies"]["A3"], book["Agencies"]["B3"] = "mof", "Ministry of Finance"
    book.save(target / "register.xlsx")
    type_into(target / "register.xlsx", "Themes", "Lead agency", "moh")
    run("-C", str(target), "assign")
    run("-C", str(target), "sheets")
    sheet = target / "submissions" / "moh.xlsx"
    shutil.copy(target / "sheets" / "moh-r1.xlsx", sheet)
    book = openpyxl.load_workbook(sheet)
    (cell,) = [row[0] for row in book["Cover"].iter_rows() if row[0].value == "Approved on"]
    book["Cover"].cell(cell.row, 2, "2026-04-02")
    book.save(sheet)
    fill(sheet, "140.1", Measures_taken=CLINICS)
    fill(sheet, "140.2", Measures_taken=FIRST)
    done = run("-C", str(target), "build", "--today", "2026-04-20")
    assert done.exit_code == 0, done.output
    return target


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "review"))


def revised(folder: Path, name: str = "revised.docx") -> Path:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    editor.replace("rec_140_2_measures", "twelve", "a dozen")
    path = folder / name
    path.write_bytes(editor.save())
    return path


def trace(folder: Path, *arguments: str | Path) -> Result:
    return run("-C", str(folder), "trace", *map(str, arguments), "--today", "2026-05-12")


def document(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    done = trace(folder, *arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def blocks(folder: Path, *arguments: str | Path) -> dict[str, dict[str, Any]]:
    return {block["id"]: block for block in document(folder, *arguments)["blocks"]}


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


BLOCK = "rec:140.2/measures"


# What it tells ----------------------------------------------------------------------------------------


def test_trace__json__has_every_key(folder: Path) -> None:
    told = document(folder, revised(folder))
    assert set(told) == {"draft", "manifest", "generated_on", "saved_by", "blocks", "counts", "page"}
    assert (told["draft"], told["generated_on"], told["page"]) == ("revised.docx", "2026-04-20", None)
    for block in told["blocks"]:
        assert set(block) == {
            *(
                "id",
                "title",
                "section",
                "label",
                "found",
                "edited",
                "text",
                "generated",
                "notes",
                "cells",
                "editors",
            ),
            *("sources", "withheld"),
        }
    assert told["counts"] == {
        **dict.fromkeys(("deleted", "absorbed", "by_text", "withheld", "changed_since"), 0),
        "blocks": len(told["blocks"]),
        "edited": 1,
    }
    (block,) = [block for block in told["blocks"] if block["id"] == BLOCK]
    assert (block["title"], block["found"], block["edited"]) == ("140.2", "anchor", True)
    assert (block["generated"], block["text"]) == (FIRST, FIRST.replace("twelve", "a dozen"))
    assert block["editors"] == []
    source = {
        "file": "submissions/moh.xlsx", "sheet": "Progress", "agency": "moh", "number": "140.2",
        "date": "2026-04-02",
        "letter": None, "changed_since": False,
    }  # fmt: skip
    places = [{k: v for k, v in s.items() if k not in ("cell", "field")} for s in block["sources"]]
    assert places == [source, source]
    book = openpyxl.load_workbook(folder / "submissions" / "moh.xlsx")
    cells = {s["field"]: book["Progress"][s["cell"]].value for s in block["sources"]}
    assert cells == {"status": "In progress", "measures": FIRST}


def test_trace__tracked__names_the_editor_and_the_day(folder: Path) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    editor.tracked_insert("rec_140_2_measures", " Two more words.")
    (folder / "revised.docx").write_bytes(editor.save())
    assert blocks(folder, folder / "revised.docx")[BLOCK]["editors"] == [
        {"author": "A. Editor", "first": "2026-04-10", "last": "2026-04-10", "insertions": 3, "deletions": 0,
         "comments": 0}
    ]  # fmt: skip
    done = trace(folder, folder / "revised.docx", "140.2")
    assert "edited – A. Editor, 2026-04-10: 3 words in" in done.stdout


def test_trace__only_reads(folder: Path) -> None:
    path = revised(folder)
    before = contents(folder)
    for arguments in ((path,), (path, "140.2"), (path, "--edited"), (path, "--format", "json")):
        assert trace(folder, *arguments).exit_code == 0
    assert contents(folder) == before


def test_trace__text__groups_by_section_counts_and_fits(folder: Path) -> None:
    done = trace(folder, revised(folder))
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert "  edited    rec:140.2/measures  (moh)" in lines
    assert "  same      rec:140.1/measures  (moh)" in lines
    assert lines.index("Implementation of supported recommendations") < lines.index(
        "  same      rec:140.1/measures  (moh)"
    )
    assert ", 1 edited, 0 deleted, 0 found by text" in lines[-1]
    assert max(map(len, lines)) <= 100
    assert done.stderr.splitlines()[-1].startswith("Next: carry late answers into it: uprreport update ")


def test_trace__block__sources_a_line_each_and_both_texts(folder: Path) -> None:
    lines = trace(folder, revised(folder), BLOCK).stdout.splitlines()
    assert "  from moh on 140.2: submissions/moh.xlsx Progress " in "\n".join(lines)
    assert "approved 2026-04-02" in " ".join(line.strip() for line in lines)
    assert [line[:6] for line in lines if FIRST[:20] in line] == ["  was ", "  now "]
    assert lines[-1] == "1 block, 1 edited, 0 deleted, 0 found by text"


def test_trace__edited__leaves_all_else_out(folder: Path) -> None:
    assert list(blocks(folder, revised(folder), "--edited")) == [BLOCK]
    assert blocks(folder, folder / "build" / "draft.docx", "--edited") == {}


def test_trace__names__choose_blocks(folder: Path) -> None:
    path = revised(folder)
    assert set(blocks(folder, path, "140.2")) == {BLOCK, "table:annex-1"}
    assert {s["number"] for s in blocks(folder, path, "140.2")["table:annex-1"]["sources"]} == {"140.2"}
    assert set(blocks(folder, path, "right-to-health")) >= {BLOCK, "rec:140.1/measures"}
    assert set(blocks(folder, path, "Right to health")) == set(blocks(folder, path, "right-to-health"))
    assert {BLOCK, "rec:140.1/measures"} <= set(blocks(folder, path, "moh"))
    assert blocks(folder, path, "mof") == {}


@pytest.mark.parametrize(("name", "near"), [("140.22", "140.2"), ("mhh", "moh")])
def test_trace__unknown_name__is_refused_with_the_nearest(folder: Path, name: str, near: str) -> None:
    done = trace(folder, revised(folder), name)
    assert done.exit_code == 2
    assert f"nothing in the draft is called {name}" in done.stderr
    assert near in done.stderr.partition("hint: ")[2]
    assert done.stdout == ""


# What changed since -----------------------------------------------------------------------------------


def told_of(block: dict[str, Any]) -> dict[str, bool | None]:
    return {source["field"]: source["changed_since"] for source in block["sources"]}


def test_changed_since__a_cell_holds_something_else(folder: Path) -> None:
    fill(folder / "submissions" / "moh.xlsx", "140.2", Measures_taken="Something else.")
    told = blocks(folder, revised(folder))
    assert told_of(told[BLOCK]) == {"status": False, "measures": True}
    assert set(told_of(told["rec:140.1/measures"]).values()) == {False}
    assert "changed since: " in trace(folder, folder / "revised.docx", BLOCK).stdout


def test_changed_since__superseded_by_a_later_sheet__the_cell_still_holds_it(folder: Path) -> None:
    sheet = folder / "submissions" / "moh.xlsx"
    later = folder / "submissions" / "moh-later.xlsx"
    shutil.copy(sheet, later)
    fill(later, "140.2", Measures_taken="Something else.")
    book = openpyxl.load_workbook(later)
    (cell,) = [row[0] for row in book["Cover"].iter_rows() if row[0].value == "Approved on"]
    book["Cover"].cell(cell.row, 2, "2026-05-02")
    book.save(later)
    assert set(told_of(blocks(folder, revised(folder))[BLOCK]).values()) == {False}


def test_changed_since__file_gone_or_unreadable__nobody_can_tell(folder: Path) -> None:
    path = revised(folder)
    (folder / "submissions" / "moh.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert set(told_of(blocks(folder, path)[BLOCK]).values()) == {None}
    (folder / "submissions" / "moh.xlsx").unlink()
    assert set(told_of(blocks(folder, path)[BLOCK]).values()) == {None}
    assert "the file is gone" in " ".join(trace(folder, path, BLOCK).stdout.split())


# The coordinator's own words --------------------------------------------------------------------------


def test_sources__narrative__names_its_cell_of_the_register(folder: Path) -> None:
    type_into(folder / "register.xlsx", "Themes", "Narrative", NARRATIVE)
    run("-C", str(folder), "build", "--today", "2026-04-21")
    draft = folder / "build" / "draft.docx"
    block = blocks(folder, draft)["theme:right-to-health/narrative"]
    own = block["sources"][0]
    assert (own["file"], own["sheet"], own["agency"], own["field"]) == (
        "register.xlsx",
        "Themes",
        None,
        "narrative",
    )
    assert openpyxl.load_workbook(folder / "register.xlsx")["Themes"][own["cell"]].value == NARRATIVE
    assert own["changed_since"] is False
    type_into(folder / "register.xlsx", "Themes", "Narrative", "Other words.")
    assert blocks(folder, draft)["theme:right-to-health/narrative"]["sources"][0]["changed_since"] is True


def test_sources__edited_text_of_a_decision__names_its_cell_and_day(folder: Path) -> None:
    fill(folder / "submissions" / "moh.xlsx", "140.2", Measures_taken=FIRST, Publication="Needs clearance")
    run("-C", str(folder), "merge", "--today", "2026-04-21")
    decided = {
        "Decision": "Public", "Edited text": "Midwives were trained.", "Reason": "Agreed by telephone",
        "Decided by": "A. Coordinator", "Decided on": "2026-04-22",
    }  # fmt: skip
    for heading, value in decided.items():
        type_into(folder / "decisions.xlsx", "Decisions", heading, value, line=3)
    run("-C", str(folder), "build", "--today", "2026-04-23")
    draft = folder / "build" / "draft.docx"
    block = blocks(folder, draft)[BLOCK]
    assert block["text"] == "Midwives were trained."
    (own,) = [source for source in block["sources"] if source["file"] == "decisions.xlsx"]
    assert openpyxl.load_workbook(folder / "decisions.xlsx")["Decisions"][own["cell"]].value == block["text"]
    assert (own["agency"], own["field"], own["date"]) == ("moh", "measures", "2026-04-22")
    assert set(told_of(block).values()) == {False}
    type_into(folder / "decisions.xlsx", "Decisions", "Edited text", "Other words.", line=3)
    assert told_of(blocks(folder, draft)[BLOCK])["measures"] is True


# Files of every kind ----------------------------------------------------------------------------------


def strip(path: Path, part: str) -> None:
    with zipfile.ZipFile(path) as package:
        kept = [(e, package.read(e)) for e in package.infolist() if not e.filename.startswith(part)]
    with zipfile.ZipFile(path, "w") as package:
        for entry, content in kept:
            package.writestr(entry, content)


def test_trace__manifest_gone__history_has_it(folder: Path) -> None:
    path = revised(folder)
    strip(path, "customXml/")
    assert blocks(folder, path)[BLOCK]["edited"] is True
    shutil.rmtree(folder / "history" / "manifests")
    done = trace(folder, path)
    assert done.exit_code == 2
    assert "does not say what it was generated from" in done.stderr


def test_trace__manifest_damaged__history_has_it(folder: Path) -> None:
    path = revised(folder)
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.infolist()}
    with zipfile.ZipFile(path, "w") as package:
        for entry, content in parts.items():
            package.writestr(entry, content.replace(b"two districts", b"three districts")
                             if entry.filename.startswith("customXml/item") else content)  # fmt: skip
    assert blocks(folder, path)[BLOCK]["generated"] == FIRST


def test_trace__updated_draft__is_compared_with_its_own_manifest(folder: Path) -> None:
    path = revised(folder)
    fill(folder / "submissions" / "moh.xlsx", "140.1", Measures_taken="Clinics were opened in six districts.")
    assert run("-C", str(folder), "update", str(path), "--today", "2026-05-12").exit_code == 0
    told = blocks(folder, folder / "revised-updated.docx")
    assert (told[BLOCK]["edited"], told["rec:140.1/measures"]["edited"]) == (True, False)
    assert told["rec:140.1/measures"]["text"] == "Clinics were opened in six districts."
    assert set(told_of(told["rec:140.1/measures"]).values()) == {False}


def test_trace__clearance_file__is_traced_passage_by_passage(folder: Path) -> None:
    path = revised(folder)
    assert run("-C", str(folder), "export", "clearance", str(path), "-o", str(folder / "out")).exit_code == 0
    (form,) = (folder / "out").glob("*.docx")
    told = blocks(folder, form)
    assert told[BLOCK]["edited"] is False
    assert told[BLOCK]["text"] == FIRST.replace("twelve", "a dozen")
    assert {s["agency"] for s in told[BLOCK]["sources"]} == {"moh"}


def test_trace__copy_for_consultation__points_to_the_working_copy(folder: Path) -> None:
    path = revised(folder)
    run("-C", str(folder), "export", "consultation", str(path), "-o", str(folder / "out"))
    (copy,) = (folder / "out").glob("*.docx")
    done = trace(folder, copy)
    assert done.exit_code == 2
    assert f"{copy.name} holds no anchors or manifest: trace the working copy instead" in done.stderr


def test_trace__somebodys_document__points_to_the_working_copy(folder: Path) -> None:
    import docx

    path = folder / "final.docx"
    docx.Document().save(str(path))
    done = trace(folder, path)
    assert done.exit_code == 2
    assert "final.docx holds no anchors or manifest: trace the working copy instead" in done.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "could not be read as a Word document"),
        (b"plain text", "could not be read as a Word document"),
        (b"PK\x03\x04 cut off", "could not be read as a Word document"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old format"),
    ],
)
def test_trace__no_word_file__is_one_clear_line(folder: Path, content: bytes, told: str) -> None:
    path = folder / "broken.docx"
    path.write_bytes(content)
    done = trace(folder, path)
    assert done.exit_code == 2
    assert told in done.stderr


def test_trace__another_reviews_draft_or_a_newer_tools__is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = revised(folder)
    settings = folder / "review.toml"
    own = settings.read_text(encoding="utf-8")
    settings.write_text(own.replace("examplia-upr4", "other-upr4"), encoding="utf-8")
    done = trace(folder, path)
    assert done.exit_code == 2
    assert "of the review examplia-upr4" in done.stderr
    settings.write_text(own, encoding="utf-8")
    monkeypatch.setattr("uprreport.flows.returns.__version__", "0.0.1")
    done = trace(folder, path)
    assert done.exit_code == 2
    assert "was made by uprreport" in done.stderr


@pytest.mark.apps
@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")], ids=["saved", "through-odt"])
def test_trace__saved_by_libreoffice__tells_the_same(
    folder: Path, soffice: Convert, ways: tuple[str, ...]
) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    editor.replace("rec_140_2_measures", "twelve", "a dozen")
    editor.tracked_insert("rec_140_1_measures", " Two more words.")
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    before = blocks(folder, path)
    for way in ways:
        path = soffice(path, way)
    after = blocks(folder, path)
    assert {name for name, block in after.items() if block["edited"]} == {BLOCK, "rec:140.1/measures"}
    for name, block in before.items():
        again = after[name]
        assert (block["found"], block["edited"], block["text"]) == (
            again["found"],
            again["edited"],
            again["text"],
        )
        assert block["editors"] == again["editors"]
        assert block["sources"] == again["sources"]


# The page ---------------------------------------------------------------------------------------------


def test_page__is_written_below_build_and_over_its_like_only(folder: Path) -> None:
    path = revised(folder)
    told = document(folder, path, "--html")
    assert told["page"] == "build/trace.html"
    first = (folder / "build" / "trace.html").read_bytes()
    assert b"<ins>a dozen</ins>" in first
    assert trace(folder, path, "--html").exit_code == 0
    assert (folder / "build" / "trace.html").read_bytes() == first
    own = folder / "notes.html"
    own.write_text("<p>Somebody's notes</p>", encoding="utf-8")
    done = trace(folder, path, "-o", own)
    assert done.exit_code == 2
    assert "exists already" in done.stderr
    assert own.read_text(encoding="utf-8") == "<p>Somebody's notes</p>"
    done = trace(folder, path, "140.2", "-o", folder / "one.html")
    assert done.exit_code == 0
    assert "written: " in done.stderr
    assert done.stderr.splitlines()[-1] == "Next: open the page in a browser"
    assert trace(folder, path, "140.2", "-o", folder / "one.html").exit_code == 0
    assert CLINICS not in (folder / "one.html").read_text(encoding="utf-8").partition("table:annex-1")[0]


def test_page__folders_own_template__wins(folder: Path) -> None:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "trace.html").write_text(
        "{{ about.draft }}: {{ counts.edited }}", encoding="utf-8"
    )
    assert trace(folder, revised(folder), "--html").exit_code == 0
    assert (folder / "build" / "trace.html").read_text(encoding="utf-8") == "revised.docx: 1"


@pytest.mark.parametrize("has_text", [True, False], ids=["its manifest has the text", "only sums are left"])
def test_withdrawn__its_text__is_in_no_page_and_in_nothing_printed(folder: Path, has_text: bool) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    editor.add_paragraph(
        "text_developments", "Again: trained twelve midwives in two districts. Their pay rose."
    )
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    sheet = folder / "submissions" / "moh.xlsx"
    fill(sheet, "140.2", Measures_taken=FIRST, Publication="Internal", Remark_to_the_coordinator="quince")
    if not has_text:
        assert run("-C", str(folder), "build", "--today", "2026-05-12").exit_code == 0
        strip(path, "customXml/")  # what history keeps of the first draft are sums by now
    done = trace(folder, path, "--html", "--format", "json")
    assert done.exit_code == 0, done.output
    page = (folder / "build" / "trace.html").read_text(encoding="utf-8")
    for words in ("midwives in two districts", "quince"):
        assert words not in page
        assert words not in done.stdout
        assert words not in trace(folder, path, "140.2").stdout
    assert CLINICS in page
    told = {block["id"]: block for block in json.loads(done.stdout)["blocks"]}
    hidden = {name for name, block in told.items() if block["withheld"]}
    assert hidden == {BLOCK, "table:annex-1", "text:developments"}
    assert (told[BLOCK]["text"], told[BLOCK]["generated"], told[BLOCK]["cells"]) == (None, None, [])
