from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from clearances import SIGNED, Hand
from drafts import document, manifest
from editors import Editor, accepted, everything, reject_all, tracked
from uprreport.cli import main
from uprreport.collect.comments import comment_questions
from uprreport.files.word.manifest import read_manifest
from uprreport.files.word.package import read_parts
from uprreport.files.word.regions import paragraph_text
from uprreport.files.word.xml import w
from uprreport.flows.base import collect_comments
from uprreport.review import open_review
from uprreport.revise.clearance import read_clearance

TODAY = ("--today", "2026-04-25")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ("-C", str(folder), *arguments, *TODAY), catch_exceptions=False)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example, built."""
    folder = tmp_path_factory.mktemp("rounds") / "review"
    CliRunner().invoke(main, ("new", str(folder), "--example", *TODAY), catch_exceptions=False)
    run(folder, "build")
    shutil.copy(folder / "build" / "draft.docx", folder / "revised.docx")
    return folder


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "review"))


def document_of(folder: Path, what: str, *arguments: str) -> dict[str, object]:
    done = run(folder, "export", what, str(folder / "revised.docx"), *arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    told: dict[str, object] = json.loads(done.stdout)
    return told


# Clearance ----------------------------------------------------------------------------------------------


def test_clearance__every_agency_of_the_draft__has_a_file_that_reads_back(folder: Path) -> None:
    told = document_of(folder, "clearance")["clearance"]
    assert isinstance(told, dict)
    wanted = {s.agency for b in manifest((folder / "revised.docx").read_bytes()).blocks for s in b.sources}
    assert set(told) == wanted - {""}  # the coordinator's own cells are nobody's to clear
    for agency, found in told.items():
        assert found["file"] == f"build/clearance/{agency}-clearance.docx"
        clearance, findings = read_clearance((folder / found["file"]).read_bytes(), found["file"])
        assert (clearance.agency, len(clearance.passages), findings) == (agency, found["passages"], ())
        assert read_manifest((folder / "history/manifests" / f"{clearance.manifest.id}.xml").read_bytes())


def test_clearance__one_agency__holds_its_answers_and_no_sheet_text_of_another(folder: Path) -> None:
    done = run(folder, "export", "clearance", str(folder / "revised.docx"), "moh")
    assert "moh: 9 passages" in done.stdout
    assert "Next: " in done.stderr
    assert [p.name for p in (folder / "build" / "clearance").iterdir()] == ["moh-clearance.docx"]
    text = everything((folder / "build" / "clearance" / "moh-clearance.docx").read_bytes())
    records = json.loads((folder / "build" / "records.json").read_text(encoding="utf-8"))
    answers = [(a, i["number"]) for i in records["recommendations"] for a in i["answers"]]
    own = {a["fields"]["measures"] for a, _ in answers if a["agency"] == "moh" and "measures" in a["fields"]}
    assert all(line in text for told in own for line in told.split("\n"))
    mine = {number for a, number in answers if a["agency"] == "moh"}
    others = {a["fields"].get("measures", "") for a, number in answers if number not in mine} - own - {""}
    assert not [told for told in others if told in text]


def test_clearance__twice__same_bytes_and_an_edited_file_is_left(folder: Path) -> None:
    run(folder, "export", "clearance", str(folder / "revised.docx"), "moh")
    path = folder / "build" / "clearance" / "moh-clearance.docx"
    before = path.read_bytes()
    run(folder, "export", "clearance", str(folder / "revised.docx"), "moh")
    assert path.read_bytes() == before
    hand = Hand(before)
    hand.sign(**SIGNED)
    path.write_bytes(hand.save())
    done = run(folder, "export", "clearance", str(folder / "revised.docx"), "moh")
    assert done.exit_code == 0
    assert "left as it is" in done.stderr
    assert path.read_bytes() == hand.save()
    assert path.with_name("moh-clearance-b.docx").read_bytes() == before


def test_clearance__another_folder__is_written_there(folder: Path, tmp_path: Path) -> None:
    run(folder, "export", "clearance", str(folder / "revised.docx"), "moh", "-o", str(tmp_path / "out"))
    assert (tmp_path / "out" / "moh-clearance.docx").is_file()
    assert not (folder / "build" / "clearance").exists()


@pytest.mark.parametrize(("agency", "told"), [("xyz", "not an agency"), ("mof", "nothing in the draft")])
def test_clearance__agency_without_passages__is_refused(folder: Path, agency: str, told: str) -> None:
    done = run(folder, "export", "clearance", str(folder / "revised.docx"), agency)
    assert done.exit_code == 2
    assert told in done.stderr


def test_clearance__draft_of_another_review_or_no_draft__is_refused(folder: Path) -> None:
    (folder / "notes.docx").write_bytes(b"no document")
    done = run(folder, "export", "clearance", str(folder / "notes.docx"))
    assert done.exit_code == 2


# What is no longer for publication ------------------------------------------------------------------------


@pytest.fixture
def withdrawn(folder: Path) -> Path:
    """The Ministry of Health withdraws its answer to 140.42 after it was drafted."""
    paths = [p for p in (folder / "submissions").rglob("*.xlsx") if not p.name.startswith("~")]
    books = {path: openpyxl.load_workbook(path) for path in paths}
    (path,) = (p for p, b in books.items() if any(str(c.value).endswith("(moh)") for c in b["Cover"]["B"]))
    book = books[path]
    sheet = book["Progress"]
    headings = [cell.value for cell in sheet[1]]
    number, publication = headings.index("Number") + 1, headings.index("Publication") + 1
    line = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, number).value == "140.42")
    sheet.cell(line, publication, "Internal")
    book.save(path)
    return folder


def test_clearance__withdrawn_answer__is_in_no_file_and_is_told(withdrawn: Path) -> None:
    done = run(withdrawn, "export", "clearance", str(withdrawn / "revised.docx"))
    assert done.exit_code == 1
    assert "withheld-in-draft" in done.stdout
    for path in (withdrawn / "build" / "clearance").iterdir():
        assert "Maternal deaths fell from 31" not in everything(path.read_bytes()), path.name


def test_consultation__withdrawn_answer__writes_nothing(withdrawn: Path) -> None:
    done = run(withdrawn, "export", "consultation", str(withdrawn / "revised.docx"))
    assert done.exit_code == 1
    assert "withheld-in-draft" in done.stdout
    assert not (withdrawn / "build" / "consultation").exists()


# Consultation ---------------------------------------------------------------------------------------------


def test_consultation__copy_and_form__say_the_same(folder: Path) -> None:
    editor = Editor((folder / "revised.docx").read_bytes())
    editor.tracked_insert("rec_140_42_measures", " A third follows.")
    (folder / "revised.docx").write_bytes(editor.save())
    told = document_of(folder, "consultation")
    assert told["document"] == "build/consultation/revised-consultation.docx"
    assert told["form"] == "build/consultation/comments-2026-04-25.xlsx"
    body, styles = document((folder / str(told["document"])).read_bytes())
    said = "\n".join(paragraph_text(node, styles, ()) for node in body.iter(w("p")))
    assert "A third follows." in said
    sheet = openpyxl.load_workbook(folder / str(told["form"]))["Comments"]
    rows = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    assert len(rows) == told["passages"]
    for row in rows:
        assert all(line in said for line in str(row[3]).split("\n")), row[0]
    assert b"uprreport" not in b"".join(read_parts((folder / str(told["document"])).read_bytes()).values())


def test_consultation__twice__same_bytes_and_a_filled_form_is_never_overwritten(folder: Path) -> None:
    told = document_of(folder, "consultation")
    paths = [folder / str(told[name]) for name in ("document", "form")]
    before = [path.read_bytes() for path in paths]
    document_of(folder, "consultation")
    assert [path.read_bytes() for path in paths] == before
    book = openpyxl.load_workbook(paths[1])
    book["Comments"]["E3"] = "Say where."
    book.save(paths[1])
    filled = paths[1].read_bytes()
    done = run(folder, "export", "consultation", str(folder / "revised.docx"))
    assert done.exit_code == 2
    assert paths[1].read_bytes() == filled


def test_comments__forms_in_any_subfolder__become_questions(folder: Path) -> None:
    told = document_of(folder, "consultation")
    target = folder / "comments" / "from the Ombudsman" / "our comments.xlsx"
    target.parent.mkdir(parents=True)
    book = openpyxl.load_workbook(folder / str(told["form"]))
    book["Comments"]["E4"] = "Say where."
    book["Sender"]["B4"] = "Office of the Ombudsman"
    book.save(target)
    (target.parent / "letter.pdf").write_bytes(b"%PDF")
    comments, findings = collect_comments(open_review(folder)[0])
    assert findings == ()
    (question,) = comment_questions(comments)
    assert question.id.endswith("@office-of-the-ombudsman")
    assert question.answers[0].place == "comments/from the Ombudsman/our comments.xlsx Comments!E4"


def test_comments__no_folder__is_nothing_to_read(folder: Path) -> None:
    assert collect_comments(open_review(folder)[0]) == ((), ())


# What returns -----------------------------------------------------------------------------------------------


def test_update__clearance_file_returns__its_changes_come_in_and_its_sign_off_is_kept(folder: Path) -> None:
    run(folder, "export", "clearance", str(folder / "revised.docx"), "moh")
    hand = Hand((folder / "build" / "clearance" / "moh-clearance.docx").read_bytes())
    hand.replace("rec_140_42_measures", "Maternal deaths", "Registered maternal deaths")
    hand.sign(**SIGNED)
    back = folder / "MoH cleared.docx"
    back.write_bytes(hand.save())
    done = run(folder, "update", str(folder / "revised.docx"), "--with", str(back), "--format", "json")
    told = json.loads(done.stdout)
    (copy,) = told["joined"]
    assert (copy["file"], [(b["id"], b["change"]) for b in copy["blocks"]]) == (
        "MoH cleared.docx",
        [("rec:140.42/measures", "replaced")],
    )
    content = (folder / told["output"]).read_bytes()
    assert "Registered maternal deaths" in accepted(content)["rec_140_42_measures"][0]
    assert {author for _, author, _ in tracked(content)} == {"Ministry of Health"}
    kept = json.loads((folder / "history" / "clearance.json").read_text(encoding="utf-8"))["sign_offs"]
    assert {sign_off["agency"] for sign_off in kept} == {"moh"}
    assert all(sign_off["cleared"] and sign_off["name"] == "A. Minister" for sign_off in kept)


def test_update__dry_run__keeps_no_sign_off(folder: Path) -> None:
    run(folder, "export", "clearance", str(folder / "revised.docx"), "moh")
    hand = Hand((folder / "build" / "clearance" / "moh-clearance.docx").read_bytes())
    hand.sign(**SIGNED)
    back = folder / "back.docx"
    back.write_bytes(hand.save())
    run(folder, "update", str(folder / "revised.docx"), "--with", str(back), "--dry-run")
    kept = json.loads((folder / "history" / "clearance.json").read_text(encoding="utf-8"))
    assert kept == {"sign_offs": [], "asked": ["moh"]}


def accept_proposal(folder: Path) -> str:
    """The ombudsman proposes another wording, and the coordinator accepts it; gives the question's id."""
    told = document_of(folder, "consultation")
    book = openpyxl.load_workbook(folder / str(told["form"]))
    sheet = book["Comments"]
    (line,) = [
        n for n in range(3, sheet.max_row + 1) if "Maternal deaths fell" in str(sheet.cell(n, 4).value)
    ]
    heads = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=2) for cell in row}
    proposed = str(sheet.cell(line, 4).value).replace("Maternal deaths", "Recorded maternal deaths")
    sheet.cell(line, heads["Proposed text"], proposed)
    book["Sender"]["B4"] = "Office of the Ombudsman"
    (folder / "comments").mkdir()
    book.save(folder / "comments" / "ombudsman.xlsx")

    before = json.loads(run(folder, "merge", "--format", "json").stdout)["open_questions"]
    (question,) = [name for name in before if name.startswith("comment:")]
    decisions = openpyxl.load_workbook(folder / "decisions.xlsx")
    table = decisions.active
    columns = {str(cell.value): cell.column for cell in table[1]}
    (row,) = [n for n in range(2, table.max_row + 1) if table.cell(n, columns["Question"]).value == question]
    for heading, value in (
        ("Decision", "Accept"),
        ("Reason", "More exact"),
        ("Decided by", "A. Coordinator"),
    ):
        table.cell(row, columns[heading], value)
    decisions.save(folder / "decisions.xlsx")
    return question


def test_comments__accepted__come_into_the_draft_in_the_senders_name(folder: Path) -> None:
    question = accept_proposal(folder)
    done = run(folder, "update", str(folder / "revised.docx"), "--format", "json")
    out = json.loads(done.stdout)
    assert [(c["block"], c["outcome"]) for c in out["comments"]] == [("rec:140.42/measures", "carried")]
    content = (folder / out["output"]).read_bytes()
    assert ("ins", "Office of the Ombudsman", "Recorded maternal") in tracked(content)
    assert question not in json.loads(run(folder, "merge", "--format", "json").stdout)["open_questions"]
    again = run(folder, "update", str(folder / out["output"]), "--format", "json")
    assert [c["outcome"] for c in json.loads(again.stdout)["comments"]] == ["done"]


def test_comments__carried_and_turned_down__are_not_proposed_again(folder: Path) -> None:
    accept_proposal(folder)
    done = run(folder, "update", str(folder / "revised.docx"), "--format", "json")
    first = folder / json.loads(done.stdout)["output"]
    assert "Office of the Ombudsman" in {author for _, author, _ in tracked(first.read_bytes())}
    first.write_bytes(reject_all(first.read_bytes()))
    again = json.loads(run(folder, "update", str(first), "--format", "json").stdout)
    assert [c["outcome"] for c in again["comments"]] == ["done"]
    assert tracked((folder / again["output"]).read_bytes()) == []


def test_update__refused_and_reopened_passages_and_remarks__are_told_and_in_no_file(folder: Path) -> None:
    run(folder, "export", "clearance", str(folder / "revised.docx"), "moh")
    hand = Hand((folder / "build" / "clearance" / "moh-clearance.docx").read_bytes())
    hand.sign(**SIGNED)
    hand.answer("140.42", "no", "Wait for the figures of March.")
    back = folder / "back.docx"
    back.write_bytes(hand.save())
    done = run(folder, "update", str(folder / "revised.docx"), "--with", str(back))
    assert "refused   moh: rec:140.42/measures" in done.stdout
    assert "remark    moh on 140.42: Wait for the figures of March." in done.stdout
    assert "clearance: 8 cleared, 1 refused, 0 reopened" in done.stdout
    written = [p for p in (folder / "build").rglob("*.*") if p.suffix in (".json", ".html")]
    assert [p.name for p in written if p.name.startswith("revised-updated-report")]
    assert not [p for p in written if "figures of March" in p.read_text(encoding="utf-8")]
    assert "figures of March" not in everything((folder / "revised-updated.docx").read_bytes())

    editor = Editor((folder / "revised-updated.docx").read_bytes())
    editor.replace("rec_140_41_measures", "the", "our")
    (folder / "later.docx").write_bytes(editor.save())
    later = json.loads(run(folder, "update", str(folder / "later.docx"), "--format", "json").stdout)
    assert later["clearance"]["reopened"] == [{"agency": "moh", "block": "rec:140.41/measures"}]
