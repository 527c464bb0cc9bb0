from __future__ import annotations

import copy
import datetime
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from drafts import manifest
from editors import Editor, unmarked
from uprreport.catalogue import OF_DRAFTS
from uprreport.cli import main
from uprreport.files.word.document import Document
from uprreport.files.word.fields import find_fields
from uprreport.files.word.notes import Notes
from uprreport.files.word.numbers import paragraph_numbers
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.passages import Passage, read_passages
from uprreport.files.word.xml import parse, serialise, w
from uprreport.findings import Finding
from uprreport.flows.base import collect, judge, load
from uprreport.flows.drafts import check_drafts, is_draft
from uprreport.report.budgets import words_by_theme
from uprreport.report.content import build_report
from uprreport.report.ids import name_themes

TODAY = ("--today", "2026-04-25")
OPENING = "The recommendations are presented by theme"


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
    assert codes == {"placeholder-left", "comment-left", "word-budget-exceeded"}
    (budget,) = found(folder, path, "word-budget-exceeded")
    assert budget.message.startswith("The theme National Human Rights Institution (NHRI) has")
    (comments,) = found(folder, path, "comment-left")
    # What concerns many passages of a chapter stands once, at its first line of references.
    first = "Ratification of & accession to international instruments: references"
    budget_at = "National Human Rights Institution (NHRI): references"
    assert (
        f"comments of uprreport are still open (12): Summary; Developments; {first}; {budget_at}; 140.15;"
        in comments.message
    )


def test_check_draft__hidden_text__is_told_with_its_words(folder: Path) -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>kept back by us</w:t></w:r></w:p>"
    (finding,) = found(folder, revised(folder, ("<w:body>", f"<w:body>{hidden}")), "hidden-text")
    assert finding.message == 'text that is formatted as hidden stands in the draft (1): "kept back by us"'


def everything() -> tuple[str, ...]:
    return (*OF_DRAFTS, "reference-unknown", "word-budget-exceeded")


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
    assert told[0].at.sheet == "Observations of the Office of the High Commissioner"


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
    (finding,) = found(folder, without(folder, "rec:140.41/measures"), "struck-in-body")
    assert finding.recommendation == "140.41"


def without(folder: Path, block: str) -> Path:
    """The draft from which an editor deleted a block's paragraph."""
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    (anchor,) = (b.anchor for b in manifest(editor.save()).blocks if b.id == block)
    editor.delete(anchor.removeprefix("upr_"))
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    return path


def test_check_draft__passage_pasted_twice__is_told_where_it_stands_again(folder: Path) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    names = {b.id: b.anchor.removeprefix("upr_") for b in manifest(editor.save()).blocks}
    again = copy.deepcopy(editor.paragraph(names["rec:140.41/measures"]))
    for one in list(again.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        one.getparent().remove(one)  # type: ignore[union-attr]
    editor.body[-1].addprevious(unmarked(again))
    path = folder / "twice.docx"
    path.write_bytes(editor.save())
    (finding,) = found(folder, path, "passage-twice")
    assert finding.value == "140.41"
    last = [p.text for p in _passages(path) if p.kind == "heading"][-1]
    assert finding.at.sheet == last
    assert found(folder, folder / "build" / "draft.docx", "passage-twice") == []


def _passages(path: Path) -> list[Passage]:
    draft = Document(path.read_bytes(), "x")
    return list(read_passages(draft.body, draft.styles, draft.numbering(), draft.notes.read))


def test_check_draft__reference_to_a_passage_that_is_gone__is_told_once(folder: Path) -> None:
    assert found(folder, revised(folder), "reference-broken") == []
    (finding,) = found(folder, without(folder, "rec:140.41/measures"), "reference-broken")
    assert finding.value == "140.41"


def test_check_draft__reference_to_a_caption_whose_number_is_gone__names_the_caption(folder: Path) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    told = next(f for node in editor.paragraphs() for f in find_fields(node) if f.name == "SEQ:Table")
    for node in told.nodes:
        if node.tag == w("t"):
            node.text = ""
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    (finding,) = found(folder, path, "reference-broken")
    assert finding.value.startswith("Recommendations by level of implementation")


def test_check_draft__chart_whose_numbers_an_editor_changed__is_told_with_what_the_data_say(
    folder: Path,
) -> None:
    parts = read_parts((folder / "build" / "draft.docx").read_bytes())
    name = min(name for name in parts if name.startswith("word/charts/chart"))
    chart = parse(parts[name])
    cache = next(chart.iter("{*}numCache"))
    value = next(cache.iter("{*}v"))
    was, value.text = value.text, "77"
    path = folder / "revised.docx"
    path.write_bytes(write_parts({**parts, name: serialise(chart)}))
    (finding,) = found(folder, path, "table-disagrees")
    assert finding.value == "77"
    assert f'the data say "{was}" (an editor changed it)' in finding.message


def test_check_draft__passage_struck_while_the_annex_only_refers_to_it__is_silent(folder: Path) -> None:
    assert found(folder, without(folder, "rec:140.41/measures"), "struck-in-body") == []


def test_check_draft__body_above_the_limit__is_told(folder: Path) -> None:
    settings = folder / "review.toml"
    text = settings.read_text(encoding="utf-8")
    assert "word_limit = 10700" in text
    settings.write_text(text.replace("word_limit = 10700", "word_limit = 900"), encoding="utf-8")
    told = found(folder, folder / "build" / "draft.docx", "word-budget-exceeded")
    (finding,) = (f for f in told if f.heading == "The body of the report")
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


# Positions in running words ---------------------------------------------------------------------------------


def test_check_draft__position_in_the_text__is_held_against_the_register(folder: Path) -> None:
    said = "Aurenia noted recommendations 140.1 and 140.3, and supported recommendation 140.32."
    path = revised(folder, (OPENING, f"{said} {OPENING}"))
    told = found(folder, path, "position-contradicts")
    assert [(f.value, f.recommendation, f.details["position"]) for f in told] == [
        ("140.1", "140.1", "supported"),
        ("140.32", "140.32", "supported in part"),
    ]
    assert told[0].message == 'the text says "noted" of 140.1, and the register has: supported'


def test_check_draft__position_at_the_review_or_now__fits_both(folder: Path) -> None:
    register = load(folder, datetime.date(2026, 4, 25)).register
    moved = [r for r in register.recommendations if r.position_now and r.position_now != r.position]
    item = next(r for r in moved if {r.position, r.position_now} == {"noted", "supported"})
    said = (
        f"Aurenia noted recommendation {item.number}. The Government supported recommendation {item.number}."
    )
    path = revised(folder, (OPENING, f"{said} {OPENING}"))
    assert found(folder, path, "position-contradicts") == []


def test_check_draft__position_of_another_language__is_read_by_the_reports_own(folder: Path) -> None:
    path = revised(folder, (OPENING, f"Aurenia tomó nota de la recomendación 140.1. {OPENING}"))
    assert found(folder, path, "position-contradicts") == []


# Places -----------------------------------------------------------------------------------------------------


def test_check_draft__finding__names_heading_and_paragraph_as_printed(folder: Path) -> None:
    path = revised(folder, (OPENING, f"See 140.99 and paragraph 999 above. {OPENING}"))
    told = found(folder, path, "reference-unknown", "paragraph-unknown")
    place = 'revised.docx, "Implementation of supported recommendations", paragraph 11'
    assert [str(finding.at) for finding in told] == [place, place]
    done = run(folder, "check", str(path))
    assert f"{place} warning reference-unknown" in done.stdout


def test_check_draft__paragraph_that_is_there__is_silent(folder: Path) -> None:
    draft = Document((folder / "build" / "draft.docx").read_bytes(), "draft.docx")
    numbers = paragraph_numbers(draft.body, draft.styles, draft.numbering()).values()
    last = max(int(number) for number in numbers if number.isdecimal())
    path = revised(folder, (OPENING, f"As paragraphs 3 and 8–12 above show. See paragraph {last}. {OPENING}"))
    assert found(folder, path, "paragraph-unknown") == []
    over = revised(folder, (OPENING, f"See paragraph {last + 1}. {OPENING}"))
    (finding,) = found(folder, over, "paragraph-unknown")
    assert finding.message.endswith(f"there is no paragraph {last + 1} (the last one is {last})")


def test_check_draft__text_shared_by_several_blocks__is_told_once(folder: Path) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    ids = {b.id: b.anchor.removeprefix("upr_") for b in manifest(editor.save()).blocks}
    first, second = ids["rec:140.41/measures"], ids["rec:140.42/measures"]
    editor.append(first, " See 140.99.")
    editor.join(first, second)
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    assert [f.value for f in found(folder, path, "reference-unknown")] == ["140.99"]


def test_check_draft__tracked_changes__are_read_as_accepted(folder: Path) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    (anchor,) = (b.anchor for b in manifest(editor.save()).blocks if b.id == "rec:140.41/measures")
    editor.append(anchor.removeprefix("upr_"), " See 140.98.")
    editor.tracked_delete(anchor.removeprefix("upr_"))
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    assert found(folder, path, "reference-unknown") == []


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_check_draft__number_and_symbol_in_a_note__are_told_with_its_paragraph(
    folder: Path, kind: str
) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    (anchor,) = (b.anchor for b in manifest(editor.save()).blocks if b.id == "rec:140.41/measures")
    notes = Notes(editor.parts, editor.styles)
    node = editor.paragraph(anchor.removeprefix("upr_"))
    node.append(notes.add(kind, "See 140.8, 140.99 and A/HRC/98/7."))
    notes.save(editor.parts)
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    told = found(folder, path, "reference-unknown", "symbol-unknown")
    assert [f.value for f in told] == ["140.99", "A/HRC/98/7"]
    assert {f.at.cell.rstrip("0123456789") for f in told} == {f"{kind} of paragraph "}


# What is withheld -------------------------------------------------------------------------------------------


def test_check_draft__withheld_passage__is_never_quoted(folder: Path) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    (anchor,) = (b.anchor for b in manifest(editor.save()).blocks if b.id == "rec:140.41/measures")
    editor.append(anchor.removeprefix("upr_"), " See 140.99.")
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    assert [f.value for f in found(folder, path, "reference-unknown")] == ["140.99"]
    book = openpyxl.load_workbook(folder / "submissions" / "MoH_final (2).xlsx")
    sheet = book["Progress"]
    heads = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
    sheet.cell(4, heads["Publication"], "Internal")
    book.save(folder / "submissions" / "MoH_final (2).xlsx")
    assert found(folder, path, "reference-unknown") == []


# Words ------------------------------------------------------------------------------------------------------


def lengths(folder: Path, path: Path) -> dict[str, Any]:
    done = run(folder, "check", str(path), "--format", "json")
    (told,) = json.loads(done.stdout)["drafts"]
    assert isinstance(told, dict)
    return told


def test_check_draft__words_of_the_draft_as_built__are_those_that_build_tells(folder: Path) -> None:
    built = json.loads(run(folder, "build", "--format", "json").stdout)
    told = lengths(folder, folder / "build" / "draft.docx")
    assert told["words"] == built["words"]
    assert sum(c["words"] for c in told["chapters"] if c["part"] == "body") == built["words"]["body"]
    assert told["longest"] == built["longest"]
    review = load(folder, datetime.date(2026, 4, 25))
    merged, _ = judge(review, collect(review))
    schema = review.folder.schema
    report = build_report(
        review.folder.settings, review.register, merged.records, schema, review.expected.today
    )
    names = name_themes(theme.theme for theme in review.register.themes)
    by_theme = words_by_theme(report.sections)
    assert {t["theme"]: t["words"] for t in told["themes"]} == {
        theme: by_theme.get(name, 0) for theme, name in names.items()
    }


def test_check_draft__words_that_an_editor_adds__count_in_chapter_and_theme(folder: Path) -> None:
    before = lengths(folder, folder / "build" / "draft.docx")
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    (block,) = (b for b in manifest(editor.save()).blocks if b.id == "rec:140.41/measures")
    editor.append(
        block.anchor.removeprefix("upr_"), " Eleven more words were typed here by one who knows more."
    )
    editor.add_paragraph(block.anchor.removeprefix("upr_"), "And four words below.")
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    after = lengths(folder, path)
    grown = [
        (new["heading"], new["words"] - old["words"])
        for old, new in zip(before["chapters"], after["chapters"], strict=True)
        if new["words"] != old["words"]
    ]
    assert grown == [("Implementation of supported recommendations", 15)]
    themes = [n["words"] - o["words"] for o, n in zip(before["themes"], after["themes"], strict=True)]
    assert sorted(themes)[-2:] == [0, 15]


def test_check_draft__theme_above_its_budget_by_an_editors_words__is_told(folder: Path) -> None:
    editor = Editor((folder / "build" / "draft.docx").read_bytes())
    (block,) = (b for b in manifest(editor.save()).blocks if b.id == "rec:140.1/measures")
    path = folder / "revised.docx"
    editor.append(block.anchor.removeprefix("upr_"), " word" * 40)
    path.write_bytes(editor.save())
    assert len(found(folder, path, "word-budget-exceeded")) == 1
    editor.append(block.anchor.removeprefix("upr_"), " word" * 40)
    path.write_bytes(editor.save())
    told = [f.heading for f in found(folder, path, "word-budget-exceeded")]
    assert "The theme Ratification of & accession to international instruments" in told


def test_check_draft__as_text__lists_chapters_and_totals(folder: Path) -> None:
    done = run(folder, "check", str(folder / "build" / "draft.docx"))
    assert "Chapters of build/draft.docx" in done.stdout
    assert "Developments since the review" in done.stdout
    assert " in the body (of these " in done.stdout
    assert "longest texts: 140.25:" in done.stdout


def test_check__sheets_as_json__have_no_drafts(folder: Path) -> None:
    told = json.loads(run(folder, "check", "--format", "json").stdout)
    assert set(told) == {"findings", "counts"}
