from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drafts import manifest
from editors import Editor
from uprreport.cli import main
from uprreport.files.word.package import read_parts, write_parts
from uprreport.findings import Finding
from uprreport.flows.drafts import check_drafts, is_draft

TODAY = ("--today", "2026-04-25")
OPENING = "The following paragraphs set out"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ("-C", str(folder), *arguments, *TODAY), catch_exceptions=False)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts") / "review"
    CliRunner().invoke(main, ("new", str(folder), "--example", *TODAY), catch_exceptions=False)
    run(folder, "build")
    return folder


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "review"))


def revised(folder: Path, *changes: tuple[str, str]) -> Path:
    """The draft as an editor typed into it, words for words, each where it stands first."""
    path = folder / "revised.docx"
    parts = read_parts((folder / "build" / "draft.docx").read_bytes())
    document = parts["word/document.xml"].decode()
    for old, new in changes:
        assert old in document, old
        document = document.replace(old, new, 1)
    parts["word/document.xml"] = document.encode()
    path.write_bytes(write_parts(parts))
    return path


def found(folder: Path, path: Path, *codes: str) -> list[Finding]:
    findings = check_drafts(folder, (path,), datetime.date(2026, 4, 25)).findings
    return [finding for finding in findings if finding.code in codes]


def test_check_draft__as_it_was_built__tells_only_what_is_open(folder: Path) -> None:
    path = folder / "build" / "draft.docx"
    done = run(folder, "check", str(path))
    assert done.exit_code == 0
    codes = {f.code for f in found(folder, path, *everything())}
    assert codes == {"placeholder-left", "comment-left"}
    (comments,) = found(folder, path, "comment-left")
    assert "comments of uprreport are still open (12): Developments; 140.8;" in comments.message


def everything() -> tuple[str, ...]:
    own = ("symbol-unknown", "table-disagrees", "struck-in-body", "placeholder-left", "comment-left")
    return (*own, "reference-unknown", "word-budget-exceeded")


def test_check_draft__number_and_symbol_that_nobody_has__are_told_once_each(folder: Path) -> None:
    path = revised(
        folder,
        (
            "The following paragraphs set out",
            "See 140.99, 140.99 and A/HRC/99/1, and 0.6 per cent; these set out",
        ),
    )
    told = found(folder, path, "reference-unknown", "symbol-unknown")
    assert [(f.code, f.value) for f in told] == [
        ("reference-unknown", "140.99"),
        ("symbol-unknown", "A/HRC/99/1"),
    ]
    assert told[0].at.sheet == "Implementation of supported recommendations"


def test_check_draft__numbers_and_symbols_of_the_review__are_silent(folder: Path) -> None:
    settings = (folder / "review.toml").read_text(encoding="utf-8")
    symbol = settings.partition('report_symbol = "')[2].partition('"')[0]
    assert symbol
    path = revised(
        folder, ("The following paragraphs set out", f"See {symbol}, paras. 140.1–140.5; these set out")
    )
    assert found(folder, path, "reference-unknown", "symbol-unknown") == []


def test_check_draft__status_that_an_editor_changed__is_told_with_what_the_data_say(folder: Path) -> None:
    parts = read_parts((folder / "build" / "draft.docx").read_bytes())
    document = parts["word/document.xml"].decode()
    annex = document.index("Recommendations and their implementation", document.index("w:sectPr"))
    at = document.index("Implemented<", annex)
    changed = document[:at] + "Planned<" + document[at + len("Implemented<") :]
    path = folder / "revised.docx"
    path.write_bytes(write_parts({**parts, "word/document.xml": changed.encode()}))
    (finding,) = found(folder, path, "table-disagrees")
    assert (finding.heading, finding.value) == ("Status", "Planned")
    assert 'the data say "Implemented" (an editor changed it)' in finding.message
    assert finding.recommendation.startswith("140.")


def test_check_draft__data_that_changed_since__are_told_as_such(folder: Path) -> None:
    path = revised(folder)
    (folder / "submissions" / "MoH_final (2).xlsx").unlink()
    told = found(folder, path, "table-disagrees")
    assert told
    assert all("the data changed since" in finding.message for finding in told)


def test_check_draft__passage_struck_in_the_body__is_told_while_the_annex_prints_it(folder: Path) -> None:
    settings = folder / "review.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"reference"', '"full"'), encoding="utf-8")
    run(folder, "build")
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    (anchor,) = (b.anchor for b in manifest(editor.save()).blocks if b.id == "rec:140.41/measures")
    editor.delete(anchor.removeprefix("upr_"))
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    (finding,) = found(folder, path, "struck-in-body")
    assert finding.recommendation == "140.41"


def test_check_draft__passage_struck_while_the_annex_only_refers_to_it__is_silent(folder: Path) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    (anchor,) = (b.anchor for b in manifest(editor.save()).blocks if b.id == "rec:140.41/measures")
    editor.delete(anchor.removeprefix("upr_"))
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    assert found(folder, path, "struck-in-body") == []


def test_check_draft__body_above_the_limit__is_told(folder: Path) -> None:
    settings = folder / "review.toml"
    text = settings.read_text(encoding="utf-8")
    assert "word_limit = 10700" in text
    settings.write_text(text.replace("word_limit = 10700", "word_limit = 900"), encoding="utf-8")
    (finding,) = found(folder, folder / "build" / "draft.docx", "word-budget-exceeded")
    assert "its budget is 900" in finding.message


def test_is_draft__by_content_not_by_name(folder: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "draft.xlsx"
    shutil.copy(folder / "build" / "draft.docx", renamed)
    assert is_draft(renamed)
    assert not is_draft(folder / "register.xlsx")
    assert not is_draft(tmp_path / "nothing.docx")


def test_check__sheets_and_drafts_at_once__are_refused(folder: Path) -> None:
    done = run(
        folder, "check", str(folder / "build" / "draft.docx"), str(folder / "submissions" / "stat-r1.xlsx")
    )
    assert done.exit_code == 2
    assert "are not checked at once" in done.stderr
