"""The shipped samples, and the README's commands run on them."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from uprreport.cli import main
from uprreport.files.word.package import read_parts
from uprreport.model import Recommendation, Register
from uprreport.register.assign import effective, unassigned
from uprreport.register.matrix import read_matrix
from uprreport.register.states import STATES, is_state
from uprreport.review import open_review, shipped
from uprreport.sample import read_register, read_submissions

DEMO = shipped("samples") / "demo"
AZERBAIJAN = shipped("samples") / "azerbaijan"
WITHHELD = ("Operation Quiet Lantern", "Harbourline memorandum", "please do not print: quince")
TODAY = ("--today", "2026-04-20")
MISTAKES = {"value-not-in-list", "date-ambiguous", "value-error-cell", "link-unsafe", "paste-spilled"}
WARNINGS = {
    "approval-missing",
    "assistance-undescribed",
    "evidence-missing",
    "locked-text-changed",
    "number-damaged",
    "row-not-assigned",
    "status-conflict",
}


def uprreport(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "uprreport", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


def told_by(folder: Path, command: str) -> dict[str, Any]:
    done = uprreport("-C", str(folder), command, "--format", "json", *TODAY)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(DEMO / "register.toml")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as it comes, before anything is built from it."""
    folder = tmp_path_factory.mktemp("collected") / "demo"
    made = uprreport("new", str(folder), "--example", *TODAY)
    assert made.returncode == 0, made.stderr
    assert made.stderr.splitlines()[-1].startswith("Next: ")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "demo"
    assert uprreport("new", str(folder), "--example", *TODAY).returncode == 0
    done = uprreport("-C", str(folder), "build", "--format", "json", *TODAY)
    assert done.returncode == 1, done.stderr  # the sample holds mistakes
    assert "Next: " in done.stderr
    (folder / "told.json").write_text(done.stdout, encoding="utf-8")
    return folder


# What the sample holds --------------------------------------------------------------------------------


def test_demo__register__is_what_the_readme_promises(register: Register) -> None:
    assert len(register.recommendations) == 60
    assert len(register.agencies) == 12
    assert (len(register.pledges), len(register.observations)) == (5, 4)
    assert len(register.links) >= 6
    assert len({submission.agency for submission in read_submissions(DEMO / "submissions")}) == 11


def test_demo__numbers__collide_where_a_program_makes_them_numbers(register: Register) -> None:
    numbers = {item.number for item in register.recommendations}
    assert len(numbers) == len(register.recommendations)
    assert numbers >= {"140.1", "140.10", "140.2", "140.20"}
    assert len({item.text for item in register.items}) == len(register.items)


def test_demo__register__stands_in_blocks_as_in_the_matrix(register: Register) -> None:
    positions = [item.position for item in register.recommendations]
    assert positions == sorted(positions, key=["supported", "supported in part", "noted"].index)
    assert Counter(positions)["noted"] >= 8
    assert Counter(positions)["supported in part"] == 2
    assert {item.theme for item in register.recommendations} == {theme.theme for theme in register.themes}
    assert all(item.themes[0] == item.theme for item in register.recommendations)
    assert all(is_state(state) for item in register.recommendations for state in item.recommending_states)


def test_demo__one_group__is_three_recommendations_on_one_treaty(register: Register) -> None:
    groups = Counter(item.group for item in register.recommendations if item.group)
    assert list(groups.values()) == [3]


def test_demo__one_position__changed_since_the_review(register: Register) -> None:
    (item,) = (item for item in register.recommendations if item.position_now)
    assert (item.position, item.position_now) == ("noted", "supported")
    assert item.position_reason


def test_demo__leads__come_mostly_from_the_themes(register: Register) -> None:
    own = [item for item in register.recommendations if item.lead]
    assert 0 < len(own) < len(register.recommendations) / 2
    assert 1 <= len(unassigned(effective(register))) <= 2
    known = {agency.id for agency in register.agencies}
    assert {agency for item in effective(register).items for agency in item.agencies} <= known
    assert sum(len(item.agencies) > 1 for item in effective(register).recommendations) > 20


def test_demo__themes__show_what_a_coordinator_can_arrange(register: Register) -> None:
    arranged = [theme for theme in register.themes if theme.chapter and theme.order and theme.word_budget]
    assert 2 <= len(arranged) <= 3
    (told,) = (theme for theme in register.themes if theme.narrative)
    assert 60 <= len(told.narrative.split()) <= 100


def test_demo__texts__speak_of_no_real_state(register: Register) -> None:
    names = re.compile(rf"\b({'|'.join(re.escape(name) for name in STATES)})\b")
    texts = [item.text for item in register.items]
    for submission in read_submissions(DEMO / "submissions"):
        rows = [*submission.filled.progress.values(), *sum(submission.filled.tables.values(), ())]
        texts += [value for row in rows for value in row.values() if isinstance(value, str)]
    assert [text for text in texts if names.search(text)] == []


# What is made of it -----------------------------------------------------------------------------------


def test_demo__build__writes_draft_records_and_decisions(built: Path) -> None:
    told = json.loads((built / "told.json").read_text(encoding="utf-8"))
    assert told["draft"] == "build/draft.docx"
    assert (built / told["draft"]).exists()
    assert 2000 < told["words"]["body"] <= told["words"]["limit"]
    assert told["counts"]["error"] > 5
    parts = dict(told["recommendations"])
    assert parts.pop("total") == sum(parts.values()) == 60
    assert all(parts.values()), parts
    assert parts["answered"] > 45
    assert (built / "decisions.xlsx").exists()
    assert (built / "build" / "records.json").exists()
    assert list((built / "history" / "manifests").glob("*.xml"))


def test_demo__build_with_a_limit_and_a_template__go_before_the_settings(
    collected: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(collected, tmp_path / "review"))
    own = tmp_path / "own.docx"
    shutil.copy(shipped("templates") / "midterm-report.docx", own)
    arguments = ["-C", str(folder), "build", "--limit", "500", "--template", str(own)]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert "of 500 in the body" in done.stdout
    assert "longest texts: " in done.stdout
    assert "The body of the report has " in done.stdout
    own.write_bytes(b"no template")
    broken = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert broken.exit_code == 2
    assert "own.docx could not be read as a Word document" in broken.stderr


def test_demo__form_of_national_reports__goes_the_whole_way(collected: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(collected, tmp_path / "review"))
    settings = folder / "review.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("midterm-report.docx", "national-report.docx"), encoding="utf-8")
    assert "national-report.docx" in settings.read_text(encoding="utf-8")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, ["-C", str(folder), *arguments], catch_exceptions=False)
        assert done.exit_code in (0, 1), done.output
        return done.stdout

    run("build")
    draft = folder / "build" / "draft.docx"
    assert "Follow-up to supported recommendations" in "".join(
        part.decode() for name, part in read_parts(draft.read_bytes()).items() if name == "word/document.xml"
    )
    revised = folder / "revised.docx"
    shutil.copy(draft, revised)
    told = json.loads(run("update", str(revised), "--format", "json"))
    assert {block["change"] for block in told["blocks"]} == {"same"}
    assert "table-disagrees" not in run("check", str(revised))


def test_demo__matrix__reads_back_as_the_register(collected: Path, register: Register) -> None:
    (source,) = (collected / "sources").glob("*.docx")
    matrix, findings = read_matrix(source, "sources/list.docx")
    assert matrix is not None
    assert (findings, matrix.unread) == ((), ())
    assert (matrix.state, matrix.cycle) == ("Aurenia", 4)

    def printed(item: Recommendation) -> tuple[object, ...]:
        first = (item.number, item.text, item.recommending_states, item.position, item.source_of_position)
        return (*first, item.theme, item.themes, item.persons, item.sdgs)

    assert list(map(printed, matrix.recommendations)) == list(map(printed, register.recommendations))


def test_demo__import_again__changes_nothing(collected: Path) -> None:
    (source,) = (collected / "sources").glob("*.docx")
    done = uprreport("-C", str(collected), "import", str(source), "--format", "json", *TODAY)
    told = json.loads(done.stdout)
    assert (told["new"], told["changed"], told["gone"]) == (0, 0, 0)
    assert told["rows"] == told["headings"] + told["themes"] + told["recommendations"] + len(told["unread"])


def test_demo__merge__answers_the_group_once_and_asks_about_the_conflict(
    collected: Path, register: Register
) -> None:
    assert uprreport("-C", str(collected), "merge", "-q", *TODAY).returncode == 1
    records = json.loads((collected / "build" / "records.json").read_text(encoding="utf-8"))
    outcomes = {outcome["number"]: outcome for outcome in records["recommendations"]}
    first, *others = (item.number for item in register.recommendations if item.group)
    assert outcomes[first]["answers"]
    assert [outcomes[number]["reason"] for number in others] == [f"see {first}", f"see {first}"]
    assert {outcomes[number]["part"] for number in (first, *others)} == {"answered"}
    kinds = Counter(question.partition(":")[0] for question in records["open_questions"])
    assert kinds["status-conflict"] == 1
    contested = [number for number, outcome in outcomes.items() if outcome["part"] == "contested"]
    assert [f"status-conflict:{number}" for number in contested] == [
        question for question in records["open_questions"] if question.startswith("status-conflict:")
    ]
    used = {outcome["status"] for outcome in outcomes.values()}
    asked = {a["fields"].get("status") for outcome in outcomes.values() for a in outcome["answers"]}
    statuses = {"implemented", "partially implemented", "in progress", "planned", "continuous"}
    assert used | asked >= {*statuses, "not implemented", "no information"}
    for table, least in (("assistance", 5), ("actions", 8), ("practices", 4), ("consultations", 5)):
        assert len(records[table]) >= least, table


def unpacked(path: Path) -> list[tuple[str, bytes]]:
    content = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return [(path.name, content)]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [(f"{path.name}!{name}", package.read(name)) for name in package.namelist()]


def holding(folder: Path, words: tuple[str, ...]) -> set[str]:
    needles = {word: [word.encode(), word.encode("utf-16-le")] for word in words}
    return {
        word
        for path in folder.rglob("*")
        if path.is_file()
        for _, content in unpacked(path)
        for word, forms in needles.items()
        if any(form in content for form in forms)
    }


def test_demo__withheld_text__is_in_no_byte_of_any_output(built: Path) -> None:
    assert holding(built / "submissions", WITHHELD) == set(WITHHELD)
    for name in ("build", "history", "sheets", "sources"):
        assert any((built / name).iterdir()), name
        assert holding(built / name, WITHHELD) == set(), name


def test_demo__two_builds__same_bytes(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    uprreport("new", str(folder), "--example", *TODAY)
    uprreport("-C", str(folder), "build", *TODAY)
    for name in ("build/draft.docx", "build/records.json", "decisions.xlsx"):
        assert (folder / name).read_bytes() == (built / name).read_bytes(), name


def test_demo__trace__leads_from_a_passage_to_its_cells(built: Path) -> None:
    draft = str(built / "build" / "draft.docx")
    done = uprreport("-C", str(built), "trace", draft, "140.7", "--format", "json", *TODAY)
    assert done.returncode == 0, done.stderr
    blocks = {block["id"]: block for block in json.loads(done.stdout)["blocks"]}
    block = blocks["rec:140.7/measures"]
    assert (block["edited"], block["found"]) == (False, "anchor")
    told = [block["text"], *block["notes"]]
    for source in block["sources"]:
        cell = openpyxl.load_workbook(built / source["file"])[source["sheet"]][source["cell"]]
        assert source["field"] == "status" or str(cell.value).rstrip(".") in "\n".join(told)
        assert (source["changed_since"], source["date"]) == (False, source["date"] or None)
    assert {source["agency"] for source in block["sources"]} == {"omb", "par"}
    whole = uprreport("-C", str(built), "trace", draft, "--html", *TODAY)
    assert whole.returncode == 0, whole.stderr
    assert max(map(len, whole.stdout.splitlines())) <= 100
    assert whole.stdout.splitlines()[-1].endswith(", 0 edited, 0 deleted, 0 found by text")
    assert holding(built / "build", WITHHELD) == set()


def test_demo__edited_draft__is_not_overwritten(built: Path) -> None:
    import docx

    draft = built / "build" / "draft.docx"
    original = draft.read_bytes()
    document = docx.Document(str(draft))
    document.add_paragraph("An editor's own sentence.")
    document.save(str(draft))
    edited = draft.read_bytes()
    done = uprreport("-C", str(built), "build", *TODAY)
    assert done.returncode == 2
    assert "was edited" in done.stderr
    assert draft.read_bytes() == edited
    draft.write_bytes(original)
    again = uprreport("-C", str(built), "build", *TODAY)
    assert again.returncode == 1
    assert draft.read_bytes() == original


def test_demo__check__names_the_mistakes_by_cell(collected: Path) -> None:
    done = uprreport("-C", str(collected), "check", "--format", "json", *TODAY)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    errors = [finding for finding in told["findings"] if finding["severity"] == "error"]
    assert len(errors) == told["counts"]["error"] > 5
    assert len({finding["file"] for finding in errors}) == 2
    assert {finding["code"] for finding in errors} >= MISTAKES
    for finding in errors:
        assert finding["cell"], finding
        assert (collected / finding["file"]).exists()
    others = Counter(finding["code"] for finding in told["findings"] if finding["severity"] == "warning")
    assert set(others) >= WARNINGS
    assert (others["approval-missing"], others["status-conflict"]) == (1, 1)
    assert others["value-too-long"] <= 1


def test_demo__damaged_number__is_known_by_its_text(collected: Path) -> None:
    findings = told_by(collected, "check")["findings"]
    (damaged,) = (finding for finding in findings if finding["code"] == "number-damaged")
    assert (damaged["value"], damaged["recommendation"]) == ("140.1", "140.10")


def test_demo__status__one_agency_is_late_and_each_part_adds_up(collected: Path) -> None:
    told = told_by(collected, "status")
    assert told["late"] == ["mof"]
    states = Counter(agency["state"] for agency in told["agencies"])
    assert states["late"] == 1
    assert states["returned"] >= 3
    assert states["partial"] >= 1
    for agency in told["agencies"]:
        came = agency["state"] != "late"
        assert agency["assigned"] == agency["answered"] + agency["empty"] or not came, agency
    assert sum(agency["errors"] > 0 for agency in told["agencies"]) == 2


def test_demo__before_the_day_the_sheets_are_due__nobody_is_late(collected: Path) -> None:
    done = uprreport("-C", str(collected), "status", "--format", "json", "--today", "2026-04-15")
    assert json.loads(done.stdout)["late"] == []


def test_demo__finish__lists_what_is_pending_and_writes_it_anyway(built: Path) -> None:
    revised = built / "draft revised.docx"
    revised.write_bytes((built / "build" / "draft.docx").read_bytes())
    command = ("-C", str(built), "finish", str(revised), "--format", "json", *TODAY)
    refused = uprreport(*command)
    assert refused.returncode == 1, refused.stderr
    pending = json.loads(refused.stdout)["pending"]
    assert {p["kind"] for p in pending} == {"comment", "placeholder", "decision", "approval"}
    assert not (built / "archive").exists()
    done = uprreport(*command, "--anyway")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["output"] == "draft revised-final.docx"
    assert told["pending"] == pending
    content = dict(unpacked(built / told["output"]))
    whole = b"".join(content.values())
    assert [word for word in ("upr_", "uprreport", "DRAFT", *WITHHELD) if word.encode() in whole] == []
    assert (built / told["archive"] / "final" / "draft revised-final.docx").is_file()


def test_demo__uprreport_alone__says_where_it_stands_and_three_steps(collected: Path) -> None:
    done = uprreport("-C", str(collected))
    assert done.returncode == 0, done.stderr
    steps = [line[:2] for line in done.stdout.splitlines() if re.match(r"\d\.", line)]
    assert steps == ["1.", "2.", "3."]


# The other sample -------------------------------------------------------------------------------------


def test_azerbaijan__sample__holds_no_recommendation(tmp_path: Path) -> None:
    review, findings = open_review(AZERBAIJAN)
    assert findings == ()
    settings = review.settings
    assert (settings.id, settings.state, settings.cycle) == ("aze-upr4", "Azerbaijan", 4)
    assert (settings.session, settings.sheet_language) == (44, "az")
    assert (settings.report_symbol, settings.addendum_symbol) == ("", "")
    assert (settings.due, settings.cut_off, settings.sheets_due, settings.period_start) == (None,) * 4
    done = uprreport("new", str(tmp_path / "aze"), "--sample", "azerbaijan")
    assert done.returncode == 0, done.stderr
    assert "import" in uprreport("-C", str(tmp_path / "aze")).stdout


def test_azerbaijan__agencies__are_named_in_both_languages_and_name_nobody() -> None:
    document = tomllib.loads((AZERBAIJAN / "register.toml").read_text(encoding="utf-8"))
    assert set(document) == {"agencies"}
    agencies = document["agencies"]
    assert 12 <= len(agencies) <= 21
    assert {name for agency in agencies for name in agency} == {
        "id",
        "name",
        "name_local",
        "role",
        "language",
    }
    assert all(agency["name_local"] and agency["name"] for agency in agencies)
    assert {agency["language"] for agency in agencies} == {"az"}
    assert {"mfa", "pgo", "omb"} <= {agency["id"] for agency in agencies}
