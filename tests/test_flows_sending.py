"""Sheets inside an agency and over time: parts for departments, one from all returns, answers by letter."""

from __future__ import annotations

import datetime
import email
import json
import re
import shutil
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from reviews import TODAY
from uprreport.cli import main
from uprreport.files.excel.read import read_properties
from uprreport.language import load_language
from uprreport.text import cited_numbers, fold, numbers_between

DAY = TODAY.isoformat()
FRENCH = load_language("fr")


def run(folder: Path, *words: str, status: int = 0) -> Result:
    result = CliRunner().invoke(main, ["-C", str(folder), *words, "--today", DAY])
    assert result.exit_code == status, result.output + str(result.exception)
    return result


def told(folder: Path, *words: str, status: int = 0) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(folder, *words, "--format", "json", status=status).stdout)
    return document


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "demo"
    result = CliRunner().invoke(main, ["new", str(folder), "--example", "--today", DAY])
    assert result.exit_code == 0
    shutil.rmtree(folder / "submissions")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """The shipped example, without anything that came back."""
    return Path(shutil.copytree(made, tmp_path / "demo"))


def columns_of(sheet: Any) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def fill(source: Path, target: Path, rows: dict[str, dict[str, str]], **tabs: Any) -> Path:
    """Type into a sheet as an agency does: by number and heading; ``Cover`` by label, other tabs by row."""
    book = openpyxl.load_workbook(source)
    sheet = book["Progress"]
    columns = columns_of(sheet)
    lines = {str(sheet.cell(n, columns["Number"]).value): n for n in range(2, sheet.max_row + 1)}
    for number, cells in rows.items():
        for heading, text in cells.items():
            sheet.cell(lines[number], columns[heading]).value = text
    for label, text in tabs.pop("Cover", {}).items():
        next(row for row in book["Cover"].iter_rows() if row[0].value == label)[1].value = text
    for title, typed in tabs.items():
        columns = columns_of(book[title])
        for line, cells in enumerate(typed, 2):
            for heading, text in cells.items():
                book[title].cell(line, columns[heading]).value = text
    target.parent.mkdir(exist_ok=True)
    book.save(target)
    return target


def cells(path: Path, tab: str = "Progress") -> dict[str, dict[str, Any]]:
    """The filled cells of a tab by the number of the row, or its place where it has none, and heading."""
    sheet = openpyxl.load_workbook(path)[tab]
    names = [str(cell.value) for cell in sheet[1]]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    number = names.index("Number") if "Number" in names else None
    keys = [str(row[number]) if number is not None else str(line) for line, row in enumerate(rows)]
    found = zip(keys, rows, strict=True)
    return {k: {n: v for n, v in zip(names, row, strict=True) if v} for k, row in found if any(row)}


def cover(path: Path) -> dict[str, Any]:
    return {str(row[0].value): row[1].value for row in openpyxl.load_workbook(path)["Cover"].iter_rows()}


def numbers(folder: Path, agency: str = "moh") -> list[str]:
    return list(cells(folder / f"sheets/{agency}-r1.xlsx"))


def answers(folder: Path, agency: str = "moh") -> dict[str, dict[str, str]]:
    run(folder, "merge", status=0 if not (folder / "submissions/bad.xlsx").exists() else 1)
    records = json.loads((folder / "build/records.json").read_text(encoding="utf-8"))
    items = [item for kind in ("recommendations", "pledges", "observations") for item in records[kind]]
    return {i["number"]: a["fields"] for i in items for a in i["answers"] if a["agency"] == agency}


def codes(folder: Path) -> list[str]:
    result = CliRunner().invoke(main, ["-C", str(folder), "check", "--format", "json", "--today", DAY])
    return [finding["code"] for finding in json.loads(result.stdout)["findings"]]


MEASURES, REMARK = "Measures taken", "Remark to the coordinator"
WIDE = {"Status": "In progress", "Publication": "Public"}


# Departments ------------------------------------------------------------------------------------------


def test_by_unit__answers_name_departments__parts_hold_their_rows_with_answers(folder: Path) -> None:
    first, second, third, *_ = numbers(folder)
    fill(
        folder / "sheets/moh-r1.xlsx",
        folder / "submissions/moh.xlsx",
        {
            first: {**WIDE, "Unit": "Hospitals", MEASURES: "Two wards were opened."},
            second: {"Unit": "hospitals "},
            third: {**WIDE, "Unit": "Hospitals\nPlanning", MEASURES: "A plan was made."},
        },
        Actions=[{"Recommendations": first, "Action": "Open two more wards."}],
    )
    document = told(folder, "sheets", "moh", "--by-unit")
    assert [(u["unit"], u["file"]) for u in document["units"]] == [
        ("Hospitals", "sheets/moh-hospitals-r1.xlsx"),
        ("Planning", "sheets/moh-planning-r1.xlsx"),
        (None, "sheets/moh-rest-r1.xlsx"),
    ]
    part = cells(folder / "sheets/moh-hospitals-r1.xlsx")
    assert list(part) == [first, second, third]
    assert part[first][MEASURES] == "Two wards were opened."
    assert list(cells(folder / "sheets/moh-planning-r1.xlsx")) == [third]
    rest = folder / "sheets/moh-rest-r1.xlsx"
    assert not {first, second, third} & set(cells(rest))
    assert set(cells(rest)) | {first, second, third} == set(numbers(folder))
    assert "Open two more wards." in str(cells(rest, "Actions"))
    assert "Open two more wards." not in str(cells(folder / "sheets/moh-hospitals-r1.xlsx", "Actions"))
    properties = read_properties(rest.read_bytes())
    assert (properties["uprreport edition"], properties["uprreport unit"]) == ("1", "rest")


def test_by_unit__parts_that_come_back__complete_each_other_without_findings(folder: Path) -> None:
    first, second, *_ = numbers(folder)
    fill(folder / "sheets/moh-r1.xlsx", folder / "sheets/moh-r1.xlsx",
         {first: {"Unit": "Hospitals"}, second: {"Unit": "Planning"}})  # fmt: skip
    run(folder, "sheets", "moh", "--by-unit")
    approved = {"Approved by": "A. Director"}
    for unit, number in (("hospitals", first), ("planning", second)):
        fill(
            folder / f"sheets/moh-{unit}-r1.xlsx",
            folder / f"submissions/{unit}.xlsx",
            {number: {**WIDE, MEASURES: f"Done by {unit}."}},
            Cover=approved,
            Actions=[{"Recommendations": number, "Action": f"Go on, {unit}."}],
        )
    assert codes(folder) == []
    found = answers(folder)
    assert [found[n]["measures"] for n in (first, second)] == ["Done by hospitals.", "Done by planning."]
    records = json.loads((folder / "build/records.json").read_text(encoding="utf-8"))
    assert [row["fields"]["action"] for row in records["actions"]] == [
        "Go on, hospitals.",
        "Go on, planning.",
    ]


def test_by_unit__file_of_departments__is_read_for_nothing_else(folder: Path, tmp_path: Path) -> None:
    first, *_ = numbers(folder)
    named = fill(folder / "sheets/moh-r1.xlsx", tmp_path / "named.xlsx",
                 {first: {"Unit": "Отдел больниц", MEASURES: "Not an answer."}})  # fmt: skip
    document = told(folder, "sheets", "moh", "--by-unit", "--units", str(named))
    file = document["units"][0]["file"]
    assert file.startswith("sheets/moh-unit-")
    assert file.isascii()
    part = cells(folder / file)
    assert part[first]["Unit"] == "Отдел больниц"
    assert MEASURES not in part[first]
    assert "uprreport edition" not in read_properties((folder / file).read_bytes())


def test_by_unit__no_department_named__says_how_to_name_one(folder: Path) -> None:
    result = run(folder, "sheets", "moh", "--by-unit", status=2)
    assert "moh names no department" in result.output
    assert "column Unit" in result.output


# One from all returns ---------------------------------------------------------------------------------


def two_returns(folder: Path) -> tuple[str, str]:
    first, second, *_ = numbers(folder)
    blank = folder / "sheets/moh-r1.xlsx"
    fill(blank, folder / "submissions/a.xlsx",
         {first: {**WIDE, MEASURES: "One ward.", REMARK: "Ask Planning."}, second: WIDE},
         Cover={"Filled in by": "B. Official", "Approved by": "A. Director"},
         Practices=[{"Title": "Mobile clinics", "Practice": "Two buses visit villages."}])  # fmt: skip
    fill(blank, folder / "submissions/b.xlsx",
         {first: {MEASURES: "Two wards.", REMARK: "Seen.", "Publication": "Public"},
          second: {"Status": "Planned"}},
         Cover={"Filled in by": "C. Official"})  # fmt: skip
    return first, second


def test_combine__texts_that_differ__both_stand_and_are_told(folder: Path) -> None:
    first, second = two_returns(folder)
    kept = {path: path.read_bytes() for path in (folder / "submissions").iterdir()}
    document = told(folder, "sheets", "moh", "--combine")
    (combined,) = document["combined"]
    assert combined["made_from"] == ["submissions/a.xlsx", "submissions/b.xlsx"]
    assert combined["edition"] == 1
    assert [(d["number"], d["field"], d["kept"]) for d in combined["disputed"]] == [
        (first, "measures", True),
        (second, "status", False),
    ]
    sheet = cells(folder / combined["file"])
    assert sheet[first][MEASURES] == "One ward.\nTwo wards."
    assert sheet[first][REMARK] == "Ask Planning.\nSeen."
    assert "Status" not in sheet[second]
    assert "Mobile clinics" in str(cells(folder / combined["file"], "Practices"))
    assert cover(folder / combined["file"])["Filled in by"] == "B. Official\nC. Official"
    assert cover(folder / combined["file"])["Approved by"] is None
    assert kept == {path: path.read_bytes() for path in (folder / "submissions").iterdir()}


def test_combine__comes_back_edited__replaces_what_it_was_made_from(folder: Path) -> None:
    first, second = two_returns(folder)
    assert "double-text" in codes(folder)
    file = told(folder, "sheets", "moh", "--combine")["combined"][0]["file"]
    fill(folder / file, folder / "submissions/c.xlsx",
         {first: {MEASURES: "Three wards."}, second: {"Status": "Planned"}},
         Cover={"Approved by": "A. Director"})  # fmt: skip
    assert "double-text" not in codes(folder)
    found = answers(folder)
    assert found[first]["measures"] == "Three wards."
    assert found[first]["status"] == "in progress"
    assert told(folder, "sheets", "moh", "--combine")["combined"][0]["edition"] == 2


def test_combine__blank_sheet_of_a_later_run__is_written_beside_it(folder: Path) -> None:
    two_returns(folder)
    file = folder / told(folder, "sheets", "moh", "--combine")["combined"][0]["file"]
    assert file.name == "moh-r1.xlsx"
    content = file.read_bytes()
    assert told(folder, "sheets", "moh")["sheets"] == ["sheets/moh-r1b.xlsx"]
    assert file.read_bytes() == content
    fill(file, file, {})
    assert told(folder, "sheets", "moh", "--combine")["sheets"] == ["sheets/moh-r1b.xlsx"]
    assert told(folder, "sheets", "moh")["sheets"] == ["sheets/moh-r1c.xlsx"]


def test_combine__cell_that_could_not_be_read__is_typed_again(folder: Path) -> None:
    first, *_ = numbers(folder)
    fill(folder / "sheets/moh-r1.xlsx", folder / "submissions/bad.xlsx",
         {first: {"Status": "Nearly", MEASURES: "One ward."}})  # fmt: skip
    file = told(folder, "sheets", "moh", "--combine")["combined"][0]["file"]
    assert cells(folder / file)[first]["Status"] == "Nearly"


def test_combine__unread_cell_of_a_row_that_a_later_one_replaced__is_left_out(folder: Path) -> None:
    first, *_ = numbers(folder)
    blank = folder / "sheets/moh-r1.xlsx"
    for name, day, row in (
        ("old", "2026-04-01", {"Status": "Nearly", MEASURES: "One ward."}),
        ("new", "2026-04-10", {MEASURES: "Two wards."}),
    ):
        approved = {"Approved by": "A. Minister", "Approved on": day}
        fill(blank, folder / f"submissions/{name}.xlsx", {first: row}, Cover=approved)
    file = told(folder, "sheets", "moh", "--combine")["combined"][0]["file"]
    assert cells(folder / file)[first][MEASURES] == "Two wards."
    assert "Status" not in cells(folder / file)[first]


def test_combine__publication_nobody_gave__stays_blank_and_mixed_ones_are_careful(folder: Path) -> None:
    first, second, third, *_ = numbers(folder)
    blank = folder / "sheets/moh-r1.xlsx"
    fill(blank, folder / "submissions/a.xlsx",
         {first: {MEASURES: "One."}, second: {MEASURES: "Two.", "Publication": "Public"},
          third: {MEASURES: "Three."}})  # fmt: skip
    fill(blank, folder / "submissions/b.xlsx",
         {second: {MEASURES: "Two.", "Publication": "Internal"}})  # fmt: skip
    file = told(folder, "sheets", "moh", "--combine")["combined"][0]["file"]
    sheet = cells(folder / file)
    assert "Publication" not in sheet[first]
    assert sheet[second]["Publication"] == "Internal"


def test_combine__nothing_returned__says_so(folder: Path) -> None:
    assert "moh has returned nothing" in run(folder, "sheets", "moh", "--combine", status=2).output


def test_combine__same_inputs__same_bytes(folder: Path, tmp_path: Path) -> None:
    two_returns(folder)
    again = Path(shutil.copytree(folder, tmp_path / "again"))
    for place in (folder, again):
        run(place, "sheets", "moh", "--combine")
    assert (folder / "sheets/moh-r1.xlsx").read_bytes() == (again / "sheets/moh-r1.xlsx").read_bytes()


# Whole rows pasted between copies ---------------------------------------------------------------------


def test_rows__pasted_in_another_order__keep_their_numbers(folder: Path) -> None:
    first, second, *_ = numbers(folder)
    path = fill(folder / "sheets/moh-r1.xlsx", folder / "submissions/a.xlsx",
                {first: {**WIDE, MEASURES: "One."}, second: {**WIDE, MEASURES: "Two."}})  # fmt: skip
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book["Progress"].iter_rows(min_row=2)]
    for line, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            book["Progress"].cell(line, column).value = value
    book.save(path)
    found = answers(folder)
    assert [found[n]["measures"] for n in (first, second)] == ["One.", "Two."]


def test_rows__pasted_from_a_copy_in_another_language__are_read_under_their_numbers(folder: Path) -> None:
    first, second, *_ = numbers(folder)
    path = fill(folder / "sheets/moh-r1.xlsx", folder / "submissions/a.xlsx",
                {first: {**WIDE, MEASURES: "One."}, second: {**WIDE, MEASURES: "Two."}})  # fmt: skip
    book = openpyxl.load_workbook(path)
    sheet = book["Progress"]
    columns = columns_of(sheet)
    # The rows come from a copy whose labels are French, and whose given texts are in another language.
    for line in range(2, sheet.max_row + 1):
        if sheet.cell(line, columns["Status"]).value:
            sheet.cell(line, columns["Recommendation"]).value = "Texte de la recommandation"
            sheet.cell(line, columns["Status"]).value = FRENCH("In progress")
            sheet.cell(line, columns["Publication"]).value = FRENCH("Public")
    book.save(path)
    found = answers(folder)
    assert [(found[n]["measures"], found[n]["status"]) for n in (first, second)] == [
        ("One.", "in progress"),
        ("Two.", "in progress"),
    ]


# Answers to be signed ---------------------------------------------------------------------------------


def signed(folder: Path, code: str, **typed: str) -> None:
    """A sheet with nothing but its Cover, on which somebody typed the code."""
    told = {"Approved by": "A. Minister", "Letter of approval": f"No. 7, {code}", **typed}
    blank = folder / "sheets/moh-r1.xlsx"
    fill(blank, folder / "submissions/signed.xlsx", {}, Cover=told)


def answered(folder: Path, text: str = "One ward.") -> str:
    first, *_ = numbers(folder)
    fill(folder / "sheets/moh-r1.xlsx", folder / "submissions/moh.xlsx",
         {first: {**WIDE, MEASURES: text, REMARK: "Not for the minister."}},
         Actions=[{"Recommendations": first, "Action": "Go on."}])  # fmt: skip
    return first


def test_to_sign__answers__stand_in_the_paper_with_their_code(folder: Path) -> None:
    first = answered(folder)
    (paper,) = told(folder, "sheets", "moh", "--to-sign")["papers"]
    assert paper["file"] == "build/corrections/moh-to-sign.docx"
    assert paper["answers"] == 2
    texts = paper_texts(folder / paper["file"])
    assert {"One ward.", "Go on.", first} < set(texts)
    assert "Not for the minister." not in texts
    assert any(paper["digest"] in text for text in texts)


def paper_texts(path: Path) -> list[str]:
    from uprreport.files.word.package import read_parts
    from uprreport.files.word.xml import parse, plain_text, w

    root = parse(read_parts(path.read_bytes())["word/document.xml"])
    return [plain_text(p) for p in root.iter(w("p"))]


def test_approval__code_came_back__nothing_is_missing(folder: Path) -> None:
    answered(folder)
    assert codes(folder) == ["approval-missing"]
    code = told(folder, "sheets", "moh", "--to-sign")["papers"][0]["digest"]
    assert codes(folder) == ["approval-missing"]
    signed(folder, code.lower())
    assert codes(folder) == []
    assert "One ward." not in (folder / "history/approvals.json").read_text(encoding="utf-8")


def test_approval__answer_changed_since__is_stale_until_signed_again(folder: Path) -> None:
    first = answered(folder)
    signed(folder, told(folder, "sheets", "moh", "--to-sign")["papers"][0]["digest"])
    answered(folder, "Two wards.")
    findings = told(folder, "check")["findings"]
    assert [(f["code"], f["agency"], f["file"]) for f in findings] == [
        ("approval-stale", "moh", "submissions/signed.xlsx")
    ]
    assert findings[0]["message"].endswith(first)
    signed(folder, told(folder, "sheets", "moh", "--to-sign")["papers"][0]["digest"])
    assert codes(folder) == []


def test_approval__changed_in_a_file_that_is_approved_itself__is_not_stale(folder: Path) -> None:
    first = answered(folder)
    signed(folder, told(folder, "sheets", "moh", "--to-sign")["papers"][0]["digest"])
    file = told(folder, "sheets", "moh", "--combine")["combined"][0]["file"]
    fill(folder / file, folder / "submissions/new.xlsx", {first: {MEASURES: "Three wards."}},
         Cover={"Approved by": "A. Minister", "Approved on": TODAY})  # fmt: skip
    assert "approval-stale" not in codes(folder)


def test_finish__approval_that_is_stale__is_pending(folder: Path) -> None:
    answered(folder)
    signed(folder, told(folder, "sheets", "moh", "--to-sign")["papers"][0]["digest"])

    def pending() -> list[str]:
        draft = folder / "build/draft.docx"
        told_ = CliRunner().invoke(
            main, ["-C", str(folder), "finish", str(draft), "--format", "json", "--today", DAY]
        )
        document = json.loads(told_.stdout)
        return [p["where"] for p in document["pending"] if p["kind"] == "approval"]

    run(folder, "build")
    assert pending() == []
    answered(folder, "Two wards.")
    assert pending() == ["moh"]


def test_to_sign__damaged_history__stops_the_run(folder: Path) -> None:
    answered(folder)
    (folder / "history").mkdir(exist_ok=True)
    (folder / "history/approvals.json").write_text("{}", encoding="utf-8")
    assert "approvals.json is damaged" in run(folder, "check", status=2).output


# Letters and messages ---------------------------------------------------------------------------------


def log(folder: Path) -> list[tuple[str, str, str]]:
    document = json.loads((folder / "history/dispatch.json").read_text(encoding="utf-8"))
    return [(line["agency"], line["kind"], line["file"]) for line in document["prepared"]]


def test_mail__each_agency__gets_a_message_with_its_sheet(folder: Path) -> None:
    document = told(folder, "sheets", "--mail")
    assert len(document["mails"]) == 12
    (mine,) = [m for m in document["mails"] if m["agency"] == "moh"]
    assert mine == {
        "agency": "moh",
        "kind": "first",
        "to": ["senna.arkwell@moh.example.org"],
        "message": "build/mail/moh-mail.eml",
        "letter": "build/mail/moh-letter.docx",
        "sheets": ["sheets/moh-r1.xlsx"],
        "missing": [],
    }
    assert ("moh", "first", "moh-r1.xlsx") in log(folder)


def test_mail__who_has_returned__is_left_out_unless_named(folder: Path) -> None:
    answered(folder)
    document = told(folder, "sheets", "--mail")
    assert "moh" not in [m["agency"] for m in document["mails"]]
    assert document["returned"] == ["moh"]
    assert [m["agency"] for m in told(folder, "sheets", "moh", "--mail")["mails"]] == ["moh"]


def test_mail__on_a_later_day__reminds(folder: Path) -> None:
    assert told(folder, "sheets", "moh", "--mail")["mails"][0]["kind"] == "first"
    assert told(folder, "sheets", "moh", "--mail")["mails"][0]["kind"] == "first"
    words = ["-C", str(folder), "sheets", "moh", "--mail", "--format", "json", "--today", "2026-05-02"]
    later = json.loads(CliRunner().invoke(main, words).stdout)
    assert later["mails"][0]["kind"] == "reminder"
    assert "20 April 2026" in " ".join(paper_texts(folder / "build/mail/moh-letter.docx"))
    assert log(folder) == [("moh", "first", "moh-r1.xlsx"), ("moh", "reminder", "moh-r1.xlsx")]


def test_mail__sheet_with_answers__goes_where_answers_may_be_and_the_letter_has_none(folder: Path) -> None:
    answered(folder, "Secret beds.")
    told(folder, "sheets", "moh", "--combine")
    (mine,) = told(folder, "sheets", "moh", "--mail")["mails"]
    assert (mine["kind"], mine["message"]) == ("partial", "build/corrections/moh-mail.eml")
    assert "Secret beds." not in " ".join(paper_texts(folder / mine["letter"]))
    assert not (folder / "build/mail/moh-mail.eml").exists()


def test_mail__departments__get_their_parts(folder: Path) -> None:
    first, *_ = numbers(folder)
    fill(folder / "sheets/moh-r1.xlsx", folder / "sheets/moh-r1.xlsx", {first: {"Unit": "Hospitals"}})
    told(folder, "sheets", "moh", "--by-unit")
    (mine,) = told(folder, "sheets", "moh", "--mail")["mails"]
    assert mine["sheets"] == ["sheets/moh-hospitals-r1.xlsx", "sheets/moh-rest-r1.xlsx"]


def letter_of(folder: Path, agency: str = "moh") -> str:
    """The subject and text of an agency's message, which are those of its letter."""
    (path,) = folder.glob(f"build/*/{agency}-mail.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    return f"{message['subject']}\n{body.get_content()}"


def test_remind__half_filled__names_what_is_missing_and_attaches_the_own_filled_sheet(folder: Path) -> None:
    first, *others = numbers(folder)
    answered(folder, "Two wards were opened.")
    document = told(folder, "sheets", "moh", "--remind")
    (mine,) = document["mails"]
    assert (mine["kind"], mine["missing"]) == ("partial", others)
    assert mine["message"] == "build/corrections/moh-mail.eml"
    (sheet,) = mine["sheets"]
    held = cells(folder / sheet)
    assert held[first][MEASURES] == "Two wards were opened."
    assert list(held) == [first, *others]
    topics = {cells(folder / sheet)[number].get("Theme", "") for number in others}
    text = letter_of(folder)
    assert f"({len(others)} of {len(others) + 1})" in text
    assert [topic for topic in topics if topic not in text] == []
    assert set(others) <= set(numbers_between_of(text))
    assert first not in numbers_between_of(text)
    assert "wards" not in text


def numbers_between_of(text: str) -> list[str]:
    """The numbers that a letter names, those inside a range too."""
    found: list[str] = []
    for cited in cited_numbers(text):
        found += numbers_between(cited.first, cited.last) if cited.last else [cited.first]
    return found + re.findall(r"\b[PO]\d+\b", text)


def test_remind__nothing_came__sends_the_sheet_again(folder: Path) -> None:
    (mine,) = told(folder, "sheets", "moh", "--remind")["mails"]
    assert (mine["kind"], mine["sheets"], mine["missing"]) == ("reminder", ["sheets/moh-r1.xlsx"], [])
    assert "has not come back yet" in letter_of(folder)


def test_remind__who_answered_everything__is_left_out_even_when_named(folder: Path) -> None:
    rows = {number: {**WIDE, MEASURES: "Done what was planned."} for number in numbers(folder)}
    fill(folder / "sheets/moh-r1.xlsx", folder / "submissions/moh.xlsx", rows)
    assert told(folder, "sheets", "moh", "--remind")["complete"] == ["moh"]
    everybody = told(folder, "sheets", "--remind")
    assert (everybody["complete"], len(everybody["mails"])) == (["moh"], 11)


def test_remind__nothing_to_report_or_not_ours__is_not_asked_for_again(folder: Path) -> None:
    first, second, *others = numbers(folder)
    fill(folder / "sheets/moh-r1.xlsx", folder / "submissions/moh.xlsx",
         {first: {**WIDE, MEASURES: "Two wards."}, second: {"Not ours": "Yes"}})  # fmt: skip
    (mine,) = told(folder, "sheets", "moh", "--remind")["mails"]
    assert mine["missing"] == others
    fill(
        folder / "sheets/moj-r1.xlsx", folder / "submissions/moj.xlsx", {}, Cover={"Nothing to report": "Yes"}
    )
    assert told(folder, "sheets", "moj", "--remind")["complete"] == ["moj"]
    said = run(folder, "status").stdout
    assert "rows without an answer: moh" in said
    assert "moj" not in said.partition("rows without an answer")[2]


def test_remind__errors_too__marks_them_in_the_sheet_and_says_so(folder: Path) -> None:
    first, second, *_ = numbers(folder)
    unread = {"Status": "Almost there", MEASURES: "A plan."}
    fill(folder / "sheets/moh-r1.xlsx", folder / "submissions/moh.xlsx",
         {first: {**WIDE, MEASURES: "Two wards."}, second: unread})  # fmt: skip
    document = told(folder, "sheets", "moh", "--remind")
    (mine,) = document["mails"]
    assert mine["sheets"] == ["build/corrections/moh-r1-corrections.xlsx"]
    assert "Almost there" in str(cells(folder / mine["sheets"][0])[second])
    assert "To be corrected: 1" in letter_of(folder)


def test_mail__named_agency_that_returned_a_part__never_gets_a_blank_sheet(folder: Path) -> None:
    first, *others = numbers(folder)
    answered(folder, "Two wards were opened.")
    assert told(folder, "sheets", "--mail")["partial"] == ["moh"]
    (mine,) = told(folder, "sheets", "moh", "--mail")["mails"]
    assert (mine["kind"], mine["missing"]) == ("partial", others)
    assert cells(folder / mine["sheets"][0])[first][MEASURES] == "Two wards were opened."


@pytest.mark.parametrize("language", ["fr", "es", "ru", "ar", "zh", "az"])
def test_remind__in_each_language__is_wholly_in_it(folder: Path, language: str) -> None:
    answered(folder)
    book = openpyxl.load_workbook(folder / "register.xlsx")
    sheet = book["Agencies"]
    columns = columns_of(sheet)
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, columns["Id"]).value == "moh")
    sheet.cell(row, columns["Language"]).value = language
    book.save(folder / "register.xlsx")
    told(folder, "sheets", "moh", "--remind")
    text = letter_of(folder)
    opening = load_language(language)("Reminder: progress sheet of {agency}").partition("{")[0]
    assert fold(opening) in fold(text)
    for english in ("have no answer yet", "The attached workbook", "Observations of", "Voluntary pledges"):
        assert english not in text


def test_sheets__one_that_was_sent__is_never_written_over(folder: Path) -> None:
    told(folder, "sheets", "moh", "--mail")
    sent = (folder / "sheets/moh-r1.xlsx").read_bytes()
    answered(folder)
    assert told(folder, "sheets", "moh", "--combine")["sheets"] == ["sheets/moh-r1b.xlsx"]
    assert (folder / "sheets/moh-r1.xlsx").read_bytes() == sent


def test_mail__same_inputs__same_bytes(folder: Path, tmp_path: Path) -> None:
    again = Path(shutil.copytree(folder, tmp_path / "again"))
    for place in (folder, again):
        told(place, "sheets", "moh", "--mail")
    for name in ("moh-mail.eml", "moh-letter.docx"):
        assert (folder / "build/mail" / name).read_bytes() == (again / "build/mail" / name).read_bytes()


# What belongs to one agency only ----------------------------------------------------------------------


def test_sheets__every_way__holds_no_other_agencys_words(folder: Path) -> None:
    first = answered(folder, "Ours.")
    other = numbers(folder, "moj")[0]
    fill(folder / "sheets/moj-r1.xlsx", folder / "submissions/moj.xlsx",
         {other: {MEASURES: "Zebra crossing.", "Publication": "Internal", "Unit": "Courts"}})  # fmt: skip
    kept = set(folder.rglob("*"))
    fill(folder / "sheets/moh-r1.xlsx", folder / "sheets/moh-r1.xlsx", {first: {"Unit": "Hospitals"}})
    for way in ("--combine", "--by-unit", "--to-sign", "--mail", "--remind"):
        told(folder, "sheets", "moh", way)
    made = [path for path in folder.rglob("*") if path.is_file() and path not in kept]
    assert len(made) > 6
    for path in made:
        assert "Zebra" not in everything(path), path


def everything(path: Path) -> str:
    """All text of a file, packages inside packages too."""
    import io
    import zipfile

    def inside(content: bytes) -> str:
        if content[:2] != b"PK":
            return content.decode("utf-8", "replace")
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "".join(inside(package.read(name)) for name in package.namelist())

    content = path.read_bytes()
    if path.suffix != ".eml":
        return inside(content)
    parts = email.message_from_bytes(content, policy=default).walk()
    return "".join(inside(p.get_payload(decode=True) or b"") for p in parts if not p.is_multipart())


# What came as a letter --------------------------------------------------------------------------------


def test_on_behalf__letter__is_the_approval_and_named_by_the_sources(folder: Path) -> None:
    document = told(folder, "sheets", "moh", "--on-behalf", "No. 5 of 3 March 2026")
    sheet = folder / document["sheets"][0]
    assert document["on_behalf"] == {"agency": "moh", "letter": "No. 5 of 3 March 2026", "date": "2026-03-03"}
    assert cover(sheet)["On behalf, by letter"] == "No. 5 of 3 March 2026"
    first, *_ = numbers(folder)
    fill(sheet, folder / "submissions/letter.xlsx", {first: {**WIDE, MEASURES: "By letter: one ward."}})
    assert codes(folder) == []
    assert answers(folder)[first]["measures"] == "By letter: one ward."
    run(folder, "build")
    draft = folder / "build/draft.docx"
    traced = CliRunner().invoke(main, ["-C", str(folder), "trace", str(draft), "--format", "json"])
    sources = [s for block in json.loads(traced.stdout)["blocks"] for s in block["sources"]]
    letters = {s["letter"] for s in sources if s["file"] == "submissions/letter.xlsx"}
    assert letters == {"No. 5 of 3 March 2026"}
    assert {s["letter"] for s in sources if s["file"] != "submissions/letter.xlsx"} == {None}


@pytest.mark.parametrize(
    ("letter", "day"),
    [
        ("No. 5 of 3 March 2026", datetime.date(2026, 3, 3)),
        ("12/7, 2026-04-01", datetime.date(2026, 4, 1)),
        ("No. 5 of 31 February 2026", None),
        ("No. 5 of 3 March 2026, sent 4 March 2026", None),
        ("No. 5", None),
    ],
)
def test_letter_date__one_date__is_read(letter: str, day: datetime.date | None) -> None:
    from uprreport.flows.sending import letter_date

    assert letter_date(letter) == day


# Usage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["moh", "--mail", "--to-sign"], "--to-sign and --mail cannot be done at once"),
        (["moh", "--by-unit", "--combine"], "--by-unit and --combine cannot be done at once"),
        (["moh", "--combine", "--units", "review.toml"], "use it together with --by-unit"),
        (["mohh", "--combine"], "did you mean moh?"),
        (["--on-behalf", "No. 5"], "one letter is one agency's answer"),
        (["moh", "moj", "--on-behalf", "No. 5"], "one letter is one agency's answer"),
        (["moh", "--on-behalf", " "], "the letter is not named"),
    ],
)
def test_sheets__asked_for_what_cannot_be_done__says_so(
    folder: Path, words: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert message in run(folder, "sheets", *words, status=2).output
