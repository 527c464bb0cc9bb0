from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from matrices import matrix
from uprreport.cli import main
from workbooks import workbook

ROWS = """
Theme: Right to health
140.1 Open a clinic in every district (Chile); | Supported | Right to health | 3
140.2 Train midwives in rural areas (Ghana) (Fiji); | Noted | Right to health | 3
"""


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "review"
    done = run("new", str(target), "--state", "Examplia", "--session", "51", "--sheets-due", "2026-04-15")
    assert done.exit_code == 0, done.output
    return target


def test_new__options__make_a_folder_that_opens(folder: Path) -> None:
    text = (folder / "review.toml").read_text(encoding="utf-8")
    assert 'id = "examplia-upr4"' in text
    assert "due = 2026-04-15" in text
    assert (folder / "register.xlsx").exists()
    alone = run("-C", str(folder))
    assert alone.exit_code == 0
    assert "1. import the list of recommendations" in alone.stdout


def test_new__existing_folder__is_refused(folder: Path) -> None:
    before = (folder / "review.toml").read_bytes()
    done = run("new", str(folder), "--state", "Other")
    assert done.exit_code == 2
    assert "exists already" in done.stderr
    assert (folder / "review.toml").read_bytes() == before


def test_new__without_state_and_terminal__says_what_is_missing(tmp_path: Path) -> None:
    done = run("new", str(tmp_path / "x"))
    assert done.exit_code == 2
    assert "--state" in done.stderr
    assert not (tmp_path / "x").exists()


def test_outside_a_folder__one_line_and_status_2(tmp_path: Path) -> None:
    done = run("-C", str(tmp_path), "check")
    assert done.exit_code == 2
    assert "is not a review folder" in done.stderr
    assert "Traceback" not in done.output


def test_today__no_date__is_bad_usage(folder: Path) -> None:
    assert run("-C", str(folder), "status", "--today", "tomorrow").exit_code == 2


def test_path__import_assign_sheets_check_build(folder: Path, tmp_path: Path) -> None:
    import openpyxl

    source = tmp_path / "list.docx"
    source.write_bytes(matrix(ROWS))
    done = run("-C", str(folder), "import", str(source), "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["rows"], told["recommendations"], told["positions"]) == (4, 2, {"supported": 1, "noted": 1})
    assert (folder / "sources" / "list.docx").exists()

    book = openpyxl.load_workbook(folder / "register.xlsx")
    book["Agencies"]["A2"], book["Agencies"]["B2"] = "moh", "Ministry of Health"
    headings = {cell.value: cell.column for cell in book["Themes"][1]}
    book["Themes"].cell(2, headings["Lead agency"], "moh")
    book.save(folder / "register.xlsx")

    done = run("-C", str(folder), "assign", "--format", "json")
    assert json.loads(done.stdout) == {
        "assigned": ["140.1", "140.2"], "changed": [], "kept": [], "unassigned": []
    }  # fmt: skip
    done = run("-C", str(folder), "sheets")
    assert done.stdout.strip() == "sheets/moh-r1.xlsx"
    sheet = folder / "sheets" / "moh-r1.xlsx"
    first = sheet.read_bytes()

    book = openpyxl.load_workbook(sheet)
    headings = {cell.value: cell.column for cell in book["Progress"][1]}
    book["Progress"].cell(2, headings["Status"], "Planned")
    book["Progress"].cell(2, headings["Next steps"], "Sites are chosen.")
    book["Progress"].cell(2, headings["Publication"], "Public")
    book.save(folder / "submissions" / "returned.xlsx")

    done = run("-C", str(folder), "check", "--format", "json", "--today", "2026-04-01")
    assert done.exit_code == 0, done.output
    assert [f["code"] for f in json.loads(done.stdout)["findings"]] == ["approval-missing"]
    done = run("-C", str(folder), "build", "--format", "json", "--today", "2026-04-01")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["recommendations"]["answered"] == 1
    assert told["recommendations"]["empty"] == 1
    assert (folder / told["draft"]).exists()

    shutil.copy(folder / "submissions" / "returned.xlsx", sheet)
    done = run("-C", str(folder), "sheets")
    assert done.stdout.strip() == "sheets/moh-r1b.xlsx"
    assert "left as it is" in done.stderr
    assert (folder / "sheets" / "moh-r1b.xlsx").read_bytes() == first


def test_strict__errors__write_nothing(folder: Path) -> None:
    (folder / "submissions" / "broken.xlsx").write_bytes(b"not a workbook")
    done = run("-C", str(folder), "build", "--strict", "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["draft"] is None
    assert not (folder / "build" / "draft.docx").exists()
    assert not (folder / "build" / "records.json").exists()


def test_check__broken_file__finding_and_status_1(folder: Path) -> None:
    (folder / "submissions" / "broken.xlsx").write_bytes(b"not a workbook")
    (folder / "submissions" / "scan.pdf").write_bytes(b"%PDF-1.7")
    done = run("-C", str(folder), "check", "--no-color")
    assert done.exit_code == 1
    assert "submissions/broken.xlsx error workbook-unreadable" in done.stdout
    assert "submissions/scan.pdf warning file-not-read" in done.stdout


def test_import__not_a_matrix__leaves_the_register(folder: Path, tmp_path: Path) -> None:
    before = (folder / "register.xlsx").read_bytes()
    source = tmp_path / "letter.docx"
    source.write_bytes(b"PK nothing")
    done = run("-C", str(folder), "import", str(source))
    assert done.exit_code == 2
    assert (folder / "register.xlsx").read_bytes() == before


def test_sheets__unknown_agency__names_the_known_ones(folder: Path) -> None:
    done = run("-C", str(folder), "sheets", "mox")
    assert done.exit_code == 2
    assert "mox is not an agency" in done.stderr


def test_every_command__ends_with_next(folder: Path) -> None:
    for command in (["check"], ["merge"], ["build"], ["status"], ["assign"]):
        done = run("-C", str(folder), *command)
        assert done.stderr.splitlines()[-1].startswith("Next: "), command


# new: questions in a terminal -------------------------------------------------------------------------


def answer(folder: Path, *arguments: str, lines: list[str]) -> subprocess.CompletedProcess[str]:
    """Run ``new`` with a terminal as its standard input, in which somebody types these lines."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    os.write(ours, "".join(f"{line}\n" for line in lines).encode())
    try:
        command = [sys.executable, "-m", "uprreport", "new", str(folder), *arguments]
        return subprocess.run(
            command, stdin=theirs, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
        )
    finally:
        os.close(ours)
        os.close(theirs)


def settings(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "review.toml").read_text(encoding="utf-8"))


def test_new__in_a_terminal__asks_and_writes_the_answers(tmp_path: Path) -> None:
    target = tmp_path / "review"
    lines = ["Côte d'Ivoire", "3", "34", "civ-3", "fr", "en", "2026-06-30", "2026-04-15"]
    contact = ["Awa Example", "Head of Unit", "upr@mfa.example", "+999 1 555 0100"]
    done = answer(target, lines=[*lines, *contact])
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{target}\n"  # the questions are talk
    for question in (
        "State under review",
        "Cycle [4]",
        "Session",
        "Short name",
        "Report due",
        "Sheets due back",
        "fr Français, es Español",
        "Coordinator's name",
        "Coordinator's telephone number",
    ):
        assert question in done.stderr
    told = settings(target)
    assert (
        told["review"] | {"id": "civ-3", "state": "Côte d'Ivoire", "cycle": 3, "session": 34}
        == told["review"]
    )
    assert told["report"] | {"language": "fr", "due": datetime.date(2026, 6, 30)} == told["report"]
    assert told["collection"] | {"language": "en", "due": datetime.date(2026, 4, 15)} == told["collection"]
    assert list(told["coordinator"].values()) == contact
    assert run("-C", str(target)).exit_code == 0


def test_new__in_a_terminal__enter_takes_what_is_offered(tmp_path: Path) -> None:
    target = tmp_path / "review"
    done = answer(target, lines=["Examplia", *[""] * 11])
    assert done.returncode == 0, done.stderr
    told = settings(target)
    assert told["review"] == {
        "id": "examplia-upr4", "state": "Examplia", "cycle": 4, "report_symbol": "", "addendum_symbol": ""
    }  # fmt: skip
    assert "due" not in told["report"] | told["collection"]
    assert (told["report"]["language"], told["collection"]["language"]) == ("en", "en")


def test_new__in_a_terminal__what_the_options_say_is_not_asked(tmp_path: Path) -> None:
    target = tmp_path / "review"
    options = (
        "--state",
        "Examplia",
        "--cycle",
        "4",
        "--session",
        "51",
        "--language",
        "ru",
        "--due",
        "2026-06-30",
    )
    done = answer(target, *options, lines=[""] * 7)
    assert done.returncode == 0, done.stderr
    assert [word in done.stderr for word in ("State under review", "Cycle", "Report due")] == [False] * 3
    assert "Short name of the review [examplia-upr4]" in done.stderr
    assert settings(target)["collection"]["language"] == "ru"  # as the report, unless told otherwise


def test_new__in_a_terminal__answer_that_cannot_be_used_is_asked_again(tmp_path: Path) -> None:
    target = tmp_path / "review"
    typed = [
        *("four", "4", "51", "Short Name!", "exa-4", "Klingon", "Русский", "xx", ""),
        *("30.6.2026", "2026-06-30", "", "A. Example", "", "a.example", "a@example.org", "none", ""),
    ]
    done = answer(target, "--state", "Examplia", lines=typed)
    assert done.returncode == 0, done.stderr
    assert "'30.6.2026' is not a date" in done.stderr
    assert "'Short Name!' cannot be used; type a short name of small Latin letters" in done.stderr
    assert "'Klingon' is not one of the languages: en English, fr Français" in done.stderr
    assert "'a.example' cannot be used; type an e-mail address such as" in done.stderr
    assert "'none' cannot be used; type a telephone number such as" in done.stderr
    told = settings(target)
    assert (told["review"]["cycle"], told["review"]["id"]) == (4, "exa-4")
    assert (told["report"]["language"], told["collection"]["language"]) == ("ru", "ru")
    assert told["report"]["due"] == datetime.date(2026, 6, 30)
    contact = {"name": "A. Example", "post": "", "email": "a@example.org", "phone": ""}
    assert told["coordinator"] == contact


def test_new__in_a_terminal__folder_of_another_review__is_refused_before_anything_is_asked(
    folder: Path,
) -> None:
    done = answer(folder, lines=[])
    assert done.returncode == 2
    assert "State under review" not in done.stderr
    assert "exists already" in done.stderr


def test_new__option_that_cannot_be_used__status_2_and_no_folder(tmp_path: Path) -> None:
    for option, value in (
        *(("--due", "30.6.2026"), ("--cycle", "four"), ("--cycle", "0"), ("--session", "-1")),
        *(("--id", "Two Words"), ("--language", "tlh"), ("--sheet-language", "Elvish")),
        *(("--coordinator-email", "me"), ("--coordinator-phone", "call"), ("--coordinator", "two\nlines")),
    ):
        done = run("new", str(tmp_path / "x"), "--state", "Examplia", option, value)
        assert done.exit_code == 2
        assert repr(value)[1:-1] in done.stderr
    assert list(tmp_path.iterdir()) == []


# Errors as JSON ---------------------------------------------------------------------------------------

_FILE = "no-such-file.docx"
EVERY_COMMAND = (
    *(("import", _FILE), ("assign",), ("sheets",), ("check",), ("check", _FILE), ("merge",), ("build",)),
    *(("update", _FILE), ("trace", _FILE), ("finish", _FILE), ("status",)),
    *(("export", kind) for kind in ("csv", "json", "xlsx", "matrix", "vnr", "assistance", "plan")),
    *(("export", "practices"), ("export", "clearance", _FILE), ("export", "consultation", _FILE)),
    *(("new",), ("no-such-command",), ("status", "--no-such-option"), ("status", "--today", "soon")),
)


def test_every_command__is_among_those_tried() -> None:
    export = main.commands["export"]
    assert isinstance(export, click.Group)
    tried = {command[0] for command in EVERY_COMMAND}
    assert set(main.commands) <= tried | {"export"}
    assert set(export.commands) == {command[1] for command in EVERY_COMMAND if command[0] == "export"}


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
@pytest.mark.parametrize("asked", [("--format", "json"), ("--format=json",)])
def test_error__json__one_document_with_message_and_hint(
    command: tuple[str, ...], asked: tuple[str, ...], tmp_path: Path
) -> None:
    done = run("-C", str(tmp_path), *command, *asked)
    assert done.exit_code == 2
    told = json.loads(done.stdout)
    assert set(told) == {"error"}
    assert set(told["error"]) == {"message", "hint"}
    assert told["error"]["message"]
    assert told["error"]["hint"]
    assert done.stderr  # people read it there


def test_error__text__nothing_on_stdout(tmp_path: Path) -> None:
    for command in (("status",), ("status", "--format", "text"), ("status", "--no-such-option")):
        done = run("-C", str(tmp_path), *command)
        assert (done.exit_code, done.stdout) == (2, "")


# import -----------------------------------------------------------------------------------------------


def imported(folder: Path, source: Path, rows: str, *options: str) -> tuple[dict[str, Any], Result]:
    source.write_bytes(matrix(rows))
    done = run("-C", str(folder), "import", str(source), "--format", "json", *options)
    return json.loads(done.stdout), done


def column_of(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def test_import__json__has_every_key(folder: Path, tmp_path: Path) -> None:
    rows = f"{ROWS}\n140.3 A position unknown (Chile); | Perhaps | Right to health | 3"
    told, done = imported(folder, tmp_path / "list.docx", rows)
    assert done.exit_code == 1  # a row could not be read; all others were
    assert list(told) == [
        "rows", "headings", "themes", "recommendations", "unread", "positions", "new", "changed", "gone",
        "repeated", "files",
    ]  # fmt: skip
    (unread,) = told["unread"]
    assert (unread["row"], unread["text"].partition(" (")[0]) == (5, "140.3 A position unknown")
    assert (
        told["rows"] == told["headings"] + told["themes"] + told["recommendations"] + len(told["unread"]) == 5
    )
    assert told["positions"] == {"supported": 1, "noted": 1}
    assert (told["new"], told["changed"], told["gone"]) == (2, 0, 0)


def test_import__text__tells_rows_and_positions_and_what_was_unread(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "list.docx"
    source.write_bytes(matrix(f"{ROWS}\nnothing of the kind | | | "))
    done = run("-C", str(folder), "import", str(source))
    assert done.exit_code == 1
    assert "5 rows: 1 heading, 1 themes, 2 recommendations, 1 unread" in done.stdout
    assert "positions: 1 supported, 1 noted" in done.stdout
    assert "register: 2 new, 0 changed, 0 no longer in the list" in done.stdout
    assert "unread row 5: nothing of the kind" in done.stdout
    assert "matrix-row-unread" in done.stdout
    assert "written: " in done.stderr


def test_import__again_after_the_coordinator_typed__keeps_it_and_tells_what_changed(
    folder: Path, tmp_path: Path
) -> None:
    import openpyxl

    source = tmp_path / "list.docx"
    imported(folder, source, ROWS)
    book = openpyxl.load_workbook(folder / "register.xlsx")
    sheet = book["Recommendations"]
    sheet.cell(2, column_of(sheet, "Group")).value = "clinics"
    sheet.cell(2, column_of(sheet, "Recommendation")).value = "Open a clinic in each district"
    sheet.cell(1, 30).value, sheet.cell(3, 30).value = "My remark", "ask again"
    book.create_sheet("My notes")["A1"] = "call back"
    book.save(folder / "register.xlsx")

    told, done = imported(folder, source, ROWS)
    assert done.exit_code == 0, done.stderr
    assert (told["new"], told["changed"], told["gone"]) == (0, 0, 0)
    newer = ROWS.replace("(Fiji); | Noted", "(Fiji); | Supported").replace("140.1 ", "140.3 ")
    told, done = imported(folder, source, newer)
    assert (told["new"], told["changed"], told["gone"]) == (1, 1, 1)
    book = openpyxl.load_workbook(folder / "register.xlsx")
    sheet = book["Recommendations"]
    heads = [cell.value for cell in sheet[1]]
    lines = {
        line[0]: dict(zip(heads, line, strict=True)) for line in sheet.iter_rows(min_row=2, values_only=True)
    }
    assert list(lines) == ["140.3", "140.2", "140.1"]
    assert lines["140.1"]["Group"] == "clinics"
    assert lines["140.1"]["Recommendation"] == "Open a clinic in each district"
    assert (lines["140.2"]["Position"], lines["140.2"]["My remark"]) == ("Supported", "ask again")
    assert book["My notes"]["A1"].value == "call back"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("UPR of Aurenia (4th Cycle - 51st Session)", "the State Aurenia, and review.toml Examplia"),
        ("UPR of Chad (4th Cycle - 51st Session)", "the State Chad, and review.toml Examplia"),
        ("UPR of Examplia (3rd Cycle - 51st Session)", "the 3rd cycle, and review.toml the 4th"),
        ("UPR of Examplia (4th Cycle - 44th Session)", "the 44th session, and review.toml the 51st"),
    ],
)
def test_import__list_of_another_review__is_refused_and_taken_anyway(
    header: str, words: str, folder: Path, tmp_path: Path
) -> None:
    source = tmp_path / "list.docx"
    source.write_bytes(matrix(ROWS, header=header))
    before = (folder / "register.xlsx").read_bytes()
    done = run("-C", str(folder), "import", str(source), "--format", "json")
    assert done.exit_code == 2
    told = json.loads(done.stdout)["error"]
    assert words in told["message"]
    assert "--anyway" in told["hint"]
    assert (folder / "register.xlsx").read_bytes() == before
    assert list((folder / "sources").iterdir()) == []
    done = run("-C", str(folder), "import", str(source), "--anyway")
    assert done.exit_code == 0
    assert (folder / "register.xlsx").read_bytes() != before


@pytest.mark.parametrize(
    "header",
    ["UPR of the Republic of Examplia (4th Cycle - 51st Session)", "UPR of EXAMPLIA (4th Cycle)", ""],
)
def test_import__own_list__is_taken_also_under_a_longer_name_or_without_a_header(
    header: str, folder: Path, tmp_path: Path
) -> None:
    source = tmp_path / "list.docx"
    source.write_bytes(matrix(ROWS, header=header))
    done = run("-C", str(folder), "import", str(source))
    assert done.exit_code == 0
    told = "its page header names no State" if not header else "4th cycle"
    assert told in done.stdout.splitlines()[0]


MORE = """
Theme: Right to education
140.3 Open a school (Peru); | Supported | Right to education | 4
"""


def test_import__several_files__make_up_one_list(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.docx", tmp_path / "two.docx"
    one.write_bytes(matrix(ROWS))
    again = ROWS.partition("140.2")[0]
    two.write_bytes(matrix(MORE + again))
    done = run("-C", str(folder), "import", str(one), str(two), "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["rows"], told["headings"], told["themes"], told["repeated"]) == (9, 2, 3, 1)
    assert (told["recommendations"], told["new"], told["gone"]) == (3, 3, 0)
    assert [part["file"] for part in told["files"]] == [one.as_posix(), two.as_posix()]
    assert sorted(path.name for path in (folder / "sources").iterdir()) == ["one.docx", "two.docx"]
    told = json.loads(run("-C", str(folder), "import", str(two), str(one), "--format", "json").stdout)
    assert (told["new"], told["changed"], told["gone"]) == (0, 0, 0)


def test_import__several_files_that_contradict__are_refused_by_number(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.docx", tmp_path / "two.docx"
    one.write_bytes(matrix(ROWS))
    two.write_bytes(matrix(ROWS.replace("midwives", "nurses")))
    done = run("-C", str(folder), "import", str(one), str(two))
    assert done.exit_code == 2
    assert "140.2 is not the same in" in done.stderr
    for file in (one, two):  # what the hint says helps
        assert run("-C", str(folder), "import", str(file)).exit_code == 0


def test_import__one_file_that_cannot_be_read__takes_none(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.docx", tmp_path / "two.docx"
    one.write_bytes(matrix(ROWS))
    two.write_bytes(b"")
    before = (folder / "register.xlsx").read_bytes()
    assert run("-C", str(folder), "import", str(one), str(two)).exit_code == 2
    assert run("-C", str(folder), "import", str(one), str(one)).exit_code == 2
    assert (folder / "register.xlsx").read_bytes() == before


def test_import__missing_file__is_bad_usage(folder: Path) -> None:
    done = run("-C", str(folder), "import", "no-such.docx")
    assert done.exit_code == 2
    assert "no-such.docx" in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "a PDF file"),
        (b"", "it is empty"),
        (matrix("", header="").replace(b"PK", b"KP"), "not a Word document"),
    ],
)
def test_import__no_word_file__one_line_with_a_hint(
    content: bytes, words: str, folder: Path, tmp_path: Path
) -> None:
    source = tmp_path / "list.docx"
    source.write_bytes(content)
    done = run("-C", str(folder), "import", str(source), "--format", "json")
    assert done.exit_code == 2
    error, hint = done.stderr.splitlines()
    assert error.startswith("error: ")
    assert words in error
    assert hint.startswith("  hint: ")
    told = {"message": error.removeprefix("error: "), "hint": hint.removeprefix("  hint: ")}
    assert json.loads(done.stdout) == {"error": told}
    assert list((folder / "sources").iterdir()) == []


def test_register_that_cannot_be_used__stops_and_is_left_as_it_is(folder: Path, tmp_path: Path) -> None:
    import openpyxl

    imported(folder, tmp_path / "list.docx", ROWS)
    book = openpyxl.load_workbook(folder / "register.xlsx")
    book["Recommendations"]["A1"] = "No."
    book.save(folder / "register.xlsx")
    before = (folder / "register.xlsx").read_bytes()
    for command in (["assign"], ["import", str(tmp_path / "list.docx")], ["status"], ["sheets"]):
        done = run("-C", str(folder), *command)
        assert done.exit_code == 2, command
        assert "register.xlsx Recommendations!A1: the column Number is missing" in done.stderr
    assert (folder / "register.xlsx").read_bytes() == before


# assign -----------------------------------------------------------------------------------------------


def typed_in_register(folder: Path, tab: str, cells: dict[str, str]) -> None:
    """Type into ``register.xlsx`` as a person does: cells by their addresses."""
    import openpyxl

    book = openpyxl.load_workbook(folder / "register.xlsx")
    for address, text in cells.items():
        book[tab][address] = text
    book.save(folder / "register.xlsx")


def test_assign__lead_changed_on_themes__is_told_by_status_applied_and_listed(
    folder: Path, tmp_path: Path
) -> None:
    import openpyxl

    imported(folder, tmp_path / "list.docx", ROWS)
    book = openpyxl.load_workbook(folder / "register.xlsx")
    at = {name: column_of(book["Recommendations"], name) for name in ("Lead agency", "Supporting agencies")}
    lead = book["Recommendations"].cell(3, at["Lead agency"]).coordinate
    theme = book["Themes"].cell(2, column_of(book["Themes"], "Lead agency")).coordinate
    typed_in_register(
        folder,
        "Agencies",
        {"A2": "moh", "B2": "Health", "A3": "moj", "B3": "Justice", "A4": "mof"} | {"B4": "Finance"},
    )
    typed_in_register(folder, "Themes", {theme: "moh"})
    told = json.loads(run("-C", str(folder), "assign", "--format", "json").stdout)
    assert (told["assigned"], told["changed"], told["kept"]) == (["140.1", "140.2"], [], [])
    typed_in_register(folder, "Recommendations", {lead: "mof"})
    typed_in_register(folder, "Themes", {theme: "moj"})
    status = json.loads(run("-C", str(folder), "status", "--format", "json", "--today", "2026-03-01").stdout)
    assert status["next"][0]["command"] == "uprreport assign"
    assert "1 recommendation with the lead that the tab Themes named before" in status["next"][0]["why"]
    done = run("-C", str(folder), "assign")
    assert "  140.1: moh, now moj" in done.stdout
    assert "  140.2: mof (Right to health: moj)" in done.stdout
    assert done.stderr.splitlines()[-1] == "Next: make these progress sheets again: uprreport sheets moh moj"
    sheet = openpyxl.load_workbook(folder / "register.xlsx")["Recommendations"]
    assert [sheet.cell(line, at["Lead agency"]).value for line in (2, 3)] == ["moj", "mof"]
    status = json.loads(run("-C", str(folder), "status", "--format", "json", "--today", "2026-03-01").stdout)
    assert "uprreport assign" not in [step["command"] for step in status["next"]]
    before = (folder / "register.xlsx").read_bytes()
    run("-C", str(folder), "assign")
    assert (folder / "register.xlsx").read_bytes() == before


def test_assign__what_it_wrote_is_damaged__the_hint_helps(folder: Path, tmp_path: Path) -> None:
    imported(folder, tmp_path / "list.docx", ROWS)
    run("-C", str(folder), "assign")
    kept = folder / "history" / "assigned.json"
    kept.write_text("{", encoding="utf-8")
    done = run("-C", str(folder), "assign")
    assert done.exit_code == 2
    assert "delete it" in done.stderr
    kept.unlink()
    assert run("-C", str(folder), "assign").exit_code == 0


@pytest.mark.parametrize("name", ["register.xlsx", "decisions.xlsx"])
def test_file_of_another_review__stops_every_command_and_the_hint_helps(name: str, tmp_path: Path) -> None:
    for state in ("Examplia", "Aurenia"):
        folder = tmp_path / state
        assert run("new", str(folder), "--state", state).exit_code == 0
        imported(folder, tmp_path / f"{state}.docx", ROWS, "--anyway")
        decisions = workbook(
            {"Decisions": "| Question | Number | Answers | Decision |\n| reassign:140.1@moh | 140.1 | | |"},
            properties={"uprreport review": f"{state.lower()}-upr4"},
        )
        (folder / "decisions.xlsx").write_bytes(decisions)
        assert run("-C", str(folder), "status").exit_code == 0
    own = folder / name
    own.write_bytes((tmp_path / "Examplia" / name).read_bytes())
    before = own.read_bytes()
    for command in ("status", "assign", "merge", "build"):
        done = run("-C", str(folder), command)
        assert done.exit_code == 2, command
        assert f"{name} is that of the review examplia-upr4, and this folder is that of aurenia-upr4" in (
            done.stderr
        )
    assert own.read_bytes() == before


# Folders and files ------------------------------------------------------------------------------------


def test_folder_option__file__is_read_from_where_one_stands(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "list.docx").write_bytes(matrix(ROWS))
    monkeypatch.chdir(desk)
    done = run("-C", "../review", "import", "list.docx", "--format", "json")
    assert done.exit_code == 0, done.output
    assert (folder / "sources" / "list.docx").read_bytes() == (desk / "list.docx").read_bytes()
    assert [path.name for path in desk.iterdir()] == ["list.docx"]


def test_folder_option__without_it__the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert run("status").exit_code == 0
    assert run().exit_code == 0
    monkeypatch.chdir(folder / "sheets")
    assert run("status").exit_code == 2
    assert run("-C", "..", "status").exit_code == 0


def test_folder_option__after_the_command__is_bad_usage(folder: Path) -> None:
    assert run("status", "-C", str(folder)).exit_code == 2


def test_check__file_outside_the_folder__is_shown_with_its_whole_path(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.xlsx").write_bytes(b"not a workbook")
    (folder / "submissions" / "inside.xlsx").write_bytes(b"not a workbook")
    paths = [str(tmp_path / "outside.xlsx"), str(folder / "submissions" / "inside.xlsx")]
    done = run("-C", str(folder), "check", *paths, "--format", "json")
    assert done.exit_code == 1
    files = [finding["file"] for finding in json.loads(done.stdout)["findings"]]
    assert files == [(tmp_path / "outside.xlsx").resolve().as_posix(), "submissions/inside.xlsx"]


# Dates ------------------------------------------------------------------------------------------------


def kept_registers(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "history").glob("register-*.xlsx"))


def test_today__option_then_source_date_epoch_then_the_system(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    run("-C", str(folder), "assign")
    assert kept_registers(folder) == ["register-2026-02-02.xlsx"]
    run("-C", str(folder), "assign", "--today", "2026-03-01")
    assert kept_registers(folder) == ["register-2026-02-02.xlsx", "register-2026-03-01.xlsx"]
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before = datetime.datetime.now().astimezone().date()
    run("-C", str(folder), "assign")
    after = datetime.datetime.now().astimezone().date()
    assert kept_registers(folder)[-1] in {f"register-{day.isoformat()}.xlsx" for day in (before, after)}


def test_today__same_day__same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        target = tmp_path / name
        run("new", str(target), "--state", "Examplia", "--today", "2026-03-01")
        imported(target, tmp_path / "list.docx", ROWS, "--today", "2026-03-01")
        made.append([(target / file).read_bytes() for file in ("review.toml", "register.xlsx")])
    assert made[0] == made[1]


def test_today__tells_who_is_late(folder: Path, tmp_path: Path) -> None:
    import openpyxl

    imported(folder, tmp_path / "list.docx", ROWS)
    book = openpyxl.load_workbook(folder / "register.xlsx")
    book["Agencies"]["A2"], book["Agencies"]["B2"] = "moh", "Ministry of Health"
    book["Themes"].cell(2, column_of(book["Themes"], "Lead agency")).value = "moh"
    book.save(folder / "register.xlsx")
    for today, late in (("2026-04-15", []), ("2026-04-16", ["moh"])):
        done = run("-C", str(folder), "status", "--today", today, "--format", "json")
        told = json.loads(done.stdout)
        own = ["recommendations", "agencies", "late", "next"]
        assert list(told) == [*own, "unread", "draft", "not_taken"]
        assert told["late"] == late


# Talk and colour --------------------------------------------------------------------------------------

COLOURS = re.compile(r"\x1b\[[\d;]*3[0-7]m")


def colours(folder: Path, *options: str, **environment: str) -> bool:
    """Whether findings are shown in colour, on a terminal that can."""
    command = [sys.executable, "-m", "uprreport", "-C", str(folder), "check", *options]
    usual = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.run(
        command,
        env={**usual, "FORCE_COLOR": "1", "TERM": "xterm", **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "workbook-unreadable" in done.stdout
    return bool(COLOURS.search(done.stdout))


def test_colour__option_or_no_color__readable_without(folder: Path) -> None:
    (folder / "submissions" / "broken.xlsx").write_bytes(b"not a workbook")
    assert colours(folder)
    assert not colours(folder, "--no-color")
    assert not colours(folder, NO_COLOR="1")


def test_quiet__only_data_and_errors(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "list.docx"
    source.write_bytes(matrix(ROWS))
    done = run("-C", str(folder), "import", str(source), "--quiet")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "2 recommendations" in done.stdout
    done = run("-C", str(folder), "sheets", "mox", "-q")
    assert done.exit_code == 2
    assert "mox is not an agency" in done.stderr


# Exit statuses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["-h"], 0),
        (["import", "--help"], 0),
        (["no-such-command"], 2),
        (["status", "--no-such-option"], 2),
        (["status", "--format", "xml"], 2),
        (["import"], 2),
        (["new"], 2),
        (["-C", "no-such-folder", "status"], 2),
    ],
)
def test_exit_status__usage(
    arguments: list[str], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == status, done.output
    assert bool(done.stdout) == (status == 0)
    assert bool(done.stderr) == (status == 2)


def test_exit_status__warnings_only__is_0(folder: Path) -> None:
    with (folder / "review.toml").open("a", encoding="utf-8") as settings_file:
        settings_file.write('languag = "en"\n')
    done = run("-C", str(folder), "check", "--format", "json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert [finding["code"] for finding in told["findings"]] == ["setting-unknown"]
    assert told["counts"] == {"error": 0, "warning": 1, "note": 0}


def test_exit_status__status__tells_and_is_0_whatever_it_finds(folder: Path) -> None:
    (folder / "submissions" / "broken.xlsx").write_bytes(b"not a workbook")
    assert run("-C", str(folder), "check").exit_code == 1
    assert run("-C", str(folder), "status").exit_code == 0
    assert run("-C", str(folder)).exit_code == 0


def test_module__run_by_python__is_the_same_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "uprreport"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert "is not a review folder" in done.stderr
    assert "Traceback" not in done.stderr
