from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Convert
from uprreport.files.excel.write import write_workbook
from uprreport.findings import Finding, Severity
from uprreport.model import Abbreviation, Agency, Kind, Link, OwnText, Recommendation, Register, Theme
from uprreport.register.workbook import RegisterFile, read_register, register_tabs
from uprreport.review import load_shipped_schema
from uprreport.schema import TabSchema, read_schema
from uprreport.text import clean_text
from uprreport.values import is_blank

TODAY = datetime.date(2026, 1, 1)
TABS = ["Recommendations", "Themes", "Agencies", "Links", "Pledges", "Observations", "Abbreviations", "Texts"]
Schemas = Callable[[str], TabSchema]
Change = Callable[[openpyxl.Workbook], None]

REGISTER = Register(
    recommendations=(
        Recommendation(
            number="140.1",
            text="Open a clinic in every district",
            text_local="Hər rayonda klinika açmaq",
            recommending_states=("Chile", "Iran (Islamic Republic of)"),
            position="supported",
            source_of_position="A/HRC/59/15/Add.1 - Para.3",
            theme="Right to health",
            themes=("Right to health", "Children: definition; general principles; protection"),
            persons=("Judges, lawyers and prosecutors", "Women & girls"),
            sdgs=("3", "5"),
            sdg_targets=("3.8", "16.10", "16.b"),
            lead="moh",
            supporting=("moe",),
            group="clinics",
        ),
        Recommendation(
            number="140.10",
            text="Build schools",
            position="noted",
            theme="Right to education",
            themes=("Right to education",),
            position_now="supported",
            position_reason="Decided by the Government in 2025",
        ),
    ),
    themes=(
        Theme("Right to health", "moh", ("moe",), chapter="Services", order=0, word_budget=300),
        Theme("Right to education", narrative="Two lines\nof the coordinator's own."),
    ),
    agencies=(
        Agency(
            "moh", "Ministry of Health", "Səhiyyə Nazirliyi", "government", "az", "A", "B", "C", "a@b.org"
        ),
        Agency("moe", "Ministry of Education"),
    ),
    abbreviations=(Abbreviation("PDO", "Public Defender’s Office"),),
    texts=(OwnText("foreword", "First words.\nMore of them."),),
    links=(
        Link("140.1", "CEDAW", "CEDAW/C/EXA/CO/7", "12", "Open it", 2024, "https://a.org", confirmed="yes"),
    ),
    pledges=(Recommendation("P1", "Plant trees", "pledge", lead="moe"),),
    observations=(Recommendation("O1", "Say how", "observation", supporting=("moh", "moe")),),
)  # fmt: skip


def written(file: RegisterFile | Register, schema: Schemas = load_shipped_schema) -> bytes:
    file = file if isinstance(file, RegisterFile) else RegisterFile(register=file)
    return write_workbook(register_tabs(file, schema), properties={"uprreport review": "a"}, created=TODAY)


def told(
    content: bytes, folder: Path, schema: Schemas = load_shipped_schema
) -> tuple[RegisterFile | None, tuple[Finding, ...]]:
    path = folder / "register.xlsx"
    path.write_bytes(content)
    return read_register(path, "register.xlsx", schema)


def read(
    content: bytes, folder: Path, schema: Schemas = load_shipped_schema, but: tuple[str, ...] = ()
) -> RegisterFile:
    """A register in which nothing is wrong, ``but`` for these codes."""
    file, findings = told(content, folder, schema)
    assert file is not None
    assert [finding for finding in findings if finding.code not in but] == []
    return file


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def edited(content: bytes, *changes: Change) -> bytes:
    """The workbook as somebody saved it after typing into it."""
    book = opened(content)
    for change in changes:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def type_in(tab: str, line: int, **cells: Any) -> Change:
    """Typing values into a line, by the names of columns."""

    def change(book: openpyxl.Workbook) -> None:
        schema = load_shipped_schema(tab.lower())
        for name, value in cells.items():
            book[tab].cell(line, column(book[tab], schema.heading(name))).value = value

    return change


def values(content: bytes, tab: str) -> list[list[Any]]:
    return [list(line) for line in opened(content)[tab].iter_rows(values_only=True)]


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.at.sheet, finding.at.cell) for finding in findings]


# Written and read back --------------------------------------------------------------------------------


def test_read_register__what_was_written__is_the_same_register(tmp_path: Path) -> None:
    file = read(written(REGISTER), tmp_path)
    assert file.register == REGISTER
    assert written(file) == written(REGISTER)


def test_register_tabs__every_tab__has_headings_even_when_empty(tmp_path: Path) -> None:
    book = opened(written(RegisterFile()))
    assert book.sheetnames[: len(TABS)] == TABS
    for tab in TABS:
        headings = [cell.value for cell in book[tab][1]]
        columns = load_shipped_schema(tab.lower()).columns
        if tab == "Recommendations":  # what the coordinator works with stands on the first screen
            columns = tuple(sorted(columns, key=lambda column: not column.essential))
            assert headings[:6] == [
                *("Number", "Recommendation", "Position", "Theme", "Lead agency", "Supporting agencies")
            ]
        assert headings == [column.title for column in columns]
    assert read(written(RegisterFile()), tmp_path).register == Register()


def test_register_tabs__numbers__are_text_cells() -> None:
    sheet = opened(written(REGISTER))["Recommendations"]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet["A"][1:]] == [
        ("140.1", "s", "@"),
        ("140.10", "s", "@"),
    ]


def test_register_tabs__count_of_a_theme__is_counted_and_never_read_back(tmp_path: Path) -> None:
    more = replace(REGISTER.recommendations[0], number="140.2")
    content = written(replace(REGISTER, recommendations=(*REGISTER.recommendations, more)))
    assert [line[1] for line in values(content, "Themes")[1:]] == [2, 1]
    changed = edited(content, type_in("Themes", 2, count="very many"), type_in("Themes", 3, count=99))
    assert [line[1] for line in values(written(read(changed, tmp_path)), "Themes")[1:]] == [2, 1]


TEXTS = (
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30
    )
    .map(lambda text: clean_text(text)[0])
    .filter(lambda text: not is_blank(load_shipped_schema("agencies").column("name"), text))
)
LINES = TEXTS.map(lambda text: " ".join(text.split()))
IDS = st.from_regex(r"\A[a-z][a-z0-9-]{0,8}\Z")
NUMBERS = st.from_regex(r"\A[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}\Z")
POSITIONS = st.sampled_from(["", "supported", "noted", "supported in part", "under consideration"])


def several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=3, unique=True).map(tuple)


def maybe(values: st.SearchStrategy[Any], blank: Any = "") -> st.SearchStrategy[Any]:
    return st.one_of(st.just(blank), values)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    agencies = draw(
        st.lists(st.builds(Agency, IDS, LINES, maybe(LINES)), max_size=3, unique_by=lambda a: a.id)
    )
    ids = maybe(st.sampled_from([agency.id for agency in agencies])) if agencies else st.just("")
    others = several(st.sampled_from([agency.id for agency in agencies])) if agencies else st.just(())

    def items(numbers: st.SearchStrategy[str], kind: Kind, **fields: Any) -> tuple[Recommendation, ...]:
        item = st.builds(Recommendation, numbers, TEXTS, st.just(kind), lead=ids, supporting=others, **fields)
        return tuple(draw(st.lists(item, max_size=3, unique_by=lambda i: i.number)))

    recommendations = items(
        NUMBERS,
        "recommendation",
        text_local=maybe(TEXTS),
        recommending_states=several(LINES),
        position=POSITIONS,
        source_of_position=maybe(LINES),
        theme=maybe(LINES),
        themes=several(LINES),
        persons=several(LINES),
        sdgs=several(st.integers(1, 17).map(str)),
        sdg_targets=several(st.sampled_from(["3.8", "16.1", "16.10", "16.b"])),
        group=maybe(LINES),
        position_now=POSITIONS,
        position_reason=LINES,
    )
    themes = st.builds(
        Theme,
        LINES,
        ids,
        others,
        maybe(LINES),
        maybe(st.integers(0, 99), None),
        maybe(st.integers(1, 999), None),
        maybe(TEXTS),
    )
    numbers = [item.number for item in recommendations]
    link = st.builds(
        Link,
        st.sampled_from(numbers or ["1.1"]),
        LINES,
        text=maybe(TEXTS),
        year=maybe(st.integers(1945, 2100), None),
    )
    return Register(
        recommendations,
        tuple(draw(st.lists(themes, max_size=3, unique_by=lambda theme: theme.theme))),
        tuple(agencies),
        tuple(draw(st.lists(link, max_size=3, unique=True))) if numbers else (),
        items(st.from_regex(r"\AP[1-9][0-9]?\Z"), "pledge"),
        items(st.from_regex(r"\AO[1-9][0-9]?\Z"), "observation"),
    )


@given(registers())
def test_read_register__any_register__comes_back_the_same(tmp_path: Path, register: Register) -> None:
    found = read(written(register), tmp_path, but=("state-unknown",))
    assert found.register == register


# Drop-downs -------------------------------------------------------------------------------------------


def rule(content: bytes, tab: str, heading: str, line: int) -> DataValidation:
    sheet = opened(content)[tab]
    at = sheet.cell(line, column(sheet, heading)).coordinate
    (found,) = [rule for rule in sheet.data_validations.dataValidation if at in rule.cells]
    return found


def source(content: bytes, rule: DataValidation) -> str:
    """The cells that a rule's list refers to, by its name."""
    return str(opened(content).defined_names[str(rule.formula1).lstrip("=")].attr_text)


@pytest.mark.parametrize(
    ("tab", "line"),
    [("Recommendations", 2), ("Themes", 3), ("Pledges", 2), ("Pledges", 15), ("Observations", 2)],
)
def test_register_tabs__lead_agency__is_offered_from_the_tab_agencies(tab: str, line: int) -> None:
    content = written(REGISTER)
    for heading in ("Lead agency", "Supporting agencies"):
        found = rule(content, tab, heading, line)
        assert found.type == "list"
        assert "Agencies!$A$2" in source(content, found).replace("'", "")


def test_register_tabs__theme_and_choices__are_offered() -> None:
    content = written(REGISTER)
    assert "Themes" in source(content, rule(content, "Recommendations", "Theme", 2))
    position = source(content, rule(content, "Recommendations", "Position", 3))
    assert position.replace("'", "").startswith("Lists!")
    offered = {line[i] for line in values(content, "Lists") for i in range(len(line))}
    assert {"Supported", "Noted", "Supported in part", "Under consideration"} <= offered


@pytest.mark.parametrize(
    ("tab", "heading", "rows"),
    [
        ("Agencies", "Kind of body", 2),
        ("Links", "Confirmed", 1),
        ("Pledges", "Lead agency", 1),
        ("Observations", "Lead agency", 1),
    ],
)
def test_register_tabs__rows_to_come__have_their_drop_downs(tab: str, heading: str, rows: int) -> None:
    for line in (rows + 2, rows + 20):
        assert rule(written(REGISTER), tab, heading, line).type == "list"


def test_register_tabs__agencies_typed_below_the_last__are_offered_too(tmp_path: Path) -> None:
    content = edited(written(RegisterFile()), type_in("Agencies", 2, id="moh", name="Ministry of Health"))
    assert read(content, tmp_path).register.agencies == (Agency("moh", "Ministry of Health"),)
    assert "$A$2:$A$" in source(content, rule(content, "Pledges", "Lead agency", 2))


# What a person typed is kept --------------------------------------------------------------------------


def own_column(tab: str, position: int, heading: Any, **cells: Any) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        book[tab].cell(1, position).value = heading
        for line, value in cells.items():
            book[tab].cell(int(line.removeprefix("line")), position).value = value

    return change


def shown(content: bytes, tab: str, heading: str) -> dict[str, Any]:
    """What stands under a heading, by the first cell of the row."""
    lines = values(content, tab)
    at = lines[0].index(heading)
    return {line[0]: line[at] for line in lines[1:] if line[at] is not None}


@pytest.mark.parametrize("tab", TABS)
def test_own_column__on_every_tab__stays_with_its_rows(tab: str, tmp_path: Path) -> None:
    content = edited(written(REGISTER), own_column(tab, 40, "My remark", line2="ask again"))
    file = read(content, tmp_path)
    assert file.register == REGISTER
    turned = replace(
        REGISTER,
        recommendations=(
            *reversed(REGISTER.recommendations),
            Recommendation("140.3", "New", theme="Right to health"),
        ),
        themes=REGISTER.themes[::-1],
        agencies=REGISTER.agencies[::-1],
    )
    again = written(file.with_register(turned))
    key = values(content, tab)[1][0]
    assert shown(again, tab, "My remark") == {key: "ask again"}
    assert read(again, tmp_path).register == turned


def test_own_columns__typed_values_and_odd_headings__are_all_kept(tmp_path: Path) -> None:
    content = edited(
        written(REGISTER),
        own_column("Recommendations", 30, "Note", line2="first", line3=NOON),
        own_column("Recommendations", 31, "Note", line2="second"),
        own_column("Recommendations", 32, 2026, line2=12.5),
        own_column("Recommendations", 34, None, line3="beside the table"),
        own_column("Recommendations", 35, None, line2=True),
        own_column("Recommendations", 36, "Lead agency", line2="an older lead"),
        own_column("Recommendations", 37, "Empty"),
    )
    file, _ = told(content, tmp_path)
    assert file is not None
    assert file.register == REGISTER
    for _ in range(2):
        content = written(file)
        lines = [
            line[len(load_shipped_schema("recommendations").columns) :]
            for line in values(content, "Recommendations")
        ]
        assert lines[0][0] == "Note"
        assert [cell for cell in lines[1] if cell is not None] == [
            "first",
            "second",
            12.5,
            True,
            "an older lead",
        ]
        assert [cell for cell in lines[2] if cell is not None] == [NOON, "beside the table"]
        headings = ["Note", "Note (2)", "2026", None, None, "Lead agency", "Empty"]
        assert [cell or None for cell in lines[0]] == headings
        file, _ = told(content, tmp_path)
        assert file is not None


NOON = datetime.datetime.fromisoformat("2026-01-31T12:00")


def test_own_tab__with_any_values__is_kept_as_it_was(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("My notes", 0)
        sheet["B2"], sheet["C7"], sheet["A9"] = "call back", 12.5, NOON
        book.create_sheet("Hidden")["A1"] = "x"
        book["Hidden"].sheet_state = "hidden"

    file = read(edited(written(REGISTER), change), tmp_path)
    again = written(file)
    book = opened(again)
    assert book.sheetnames == [*TABS, "My notes", "Hidden", "Lists"]
    assert (book["My notes"]["B2"].value, book["My notes"]["C7"].value) == ("call back", 12.5)
    assert book["My notes"]["A9"].value == NOON
    assert book["Hidden"].sheet_state == "hidden"
    assert read(again, tmp_path) == file


def test_own_tab__named_almost_like_one_of_ours__is_kept_too(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Themes.")["A1"] = "older themes"

    file = read(edited(written(REGISTER), change), tmp_path)
    assert file.register == REGISTER
    assert opened(written(file))["Themes."]["A1"].value == "older themes"


def test_tab_of_ours_without_a_cell__counts_as_empty_and_is_no_own_tab(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Links"].delete_rows(1, 99)

    file = read(edited(written(REGISTER), change), tmp_path)
    assert (file.register.links, file.own_tabs) == ((), ())
    assert opened(written(file)).sheetnames == [*TABS, "Lists"]


@pytest.mark.parametrize(
    ("tab", "line", "typed", "kept"),
    [
        ("Recommendations", 4, {"number": 140.1, "text": "Typed by hand"}, [140.1, "Typed by hand"]),
        ("Recommendations", 4, {"number": "140.4"}, ["140.4", None]),
        ("Recommendations", 4, {"text": "Without a number"}, [None, "Without a number"]),
        ("Recommendations", 4, {"number": "one", "text": "Odd"}, ["one", "Odd"]),
        ("Recommendations", 4, {"number": "140.1", "text": "Again"}, ["140.1", "Again"]),
        ("Agencies", 4, {"id": "MoJ", "name": "Ministry of Justice"}, ["MoJ", "Ministry of Justice"]),
        ("Agencies", 4, {"id": "moj"}, ["moj", None]),
        ("Links", 3, {"number": "140.1"}, ["140.1", None]),
        ("Links", 3, {"year": "last year"}, [None, None]),
    ],
    ids=[
        *("number", "no text", "no number", "no such number", "twice"),
        *("odd id", "no name", "no mechanism", "one cell"),
    ],
)
def test_row_that_cannot_be_read__written_again__still_stands_there(
    tab: str, line: int, typed: dict[str, Any], kept: list[Any], tmp_path: Path
) -> None:
    change = type_in(tab, line, **typed)
    content = edited(written(REGISTER), change, own_column(tab, 40, "My remark", line4="ask", line3="other"))
    for _ in range(2):
        file, findings = told(content, tmp_path)
        assert file is not None
        assert findings
        assert file.register == REGISTER
        content = written(file)
        lines = values(content, tab)
        assert kept in [line[:2] for line in lines]
        assert {line[-1] for line in lines} >= {"My remark", "other"}
    if tab != "Links":
        assert next(line[-1] for line in lines if line[:2] == kept) == "ask"


@pytest.mark.parametrize(
    ("tab", "name", "typed", "code", "cell"),
    [
        ("Recommendations", "position", "Agreed", "value-not-in-list", "C2"),
        ("Recommendations", "sdgs", "3\n99", "value-wrong-type", "N2"),
        ("Themes", "order", "first", "value-wrong-type", "F2"),
        ("Links", "year", "last year", "value-wrong-type", "F2"),
        ("Links", "url", "javascript:x", "link-unsafe", "G2"),
        ("Agencies", "email", "no address", "value-wrong-type", "I2"),
    ],
)
def test_cell_that_cannot_be_used__written_again__still_stands_there(
    tab: str, name: str, typed: str, code: str, cell: str, tmp_path: Path
) -> None:
    content = edited(written(REGISTER), type_in(tab, 2, **{name: typed}))
    for _ in range(2):
        file, findings = told(content, tmp_path)
        assert codes(findings) == [(code, tab, cell)]
        assert file is not None
        content = written(file)
        assert opened(content)[tab][cell].value == typed


WRITTEN = written(REGISTER)
PLACES = st.tuples(st.sampled_from(TABS), st.integers(2, 8), st.integers(1, 25))


@settings(max_examples=settings.default.max_examples // 3)  # each one is saved by another program's writer
@given(st.dictionaries(PLACES, st.booleans(), min_size=1, max_size=6))
def test_anything_typed_anywhere__written_again__still_stands_on_its_tab(
    tmp_path: Path, places: dict[tuple[str, int, int], bool]
) -> None:
    typed = {
        place: f"Typed {number}" if is_text else 7000.5 + number
        for number, (place, is_text) in enumerate(places.items(), 10)
        if place[0] != "Themes" or place[2] != 2  # what a theme counts is the tool's own
    }

    def change(book: openpyxl.Workbook) -> None:
        for (tab, line, position), value in typed.items():
            book[tab].cell(line, position).value = value

    file, _ = told(edited(WRITTEN, change), tmp_path)
    assert file is not None
    again = opened(written(file))
    for (tab, _, _), value in typed.items():
        cells = [str(cell) for line in again[tab].iter_rows(values_only=True) for cell in line]
        assert any(str(value) in cell for cell in cells)


def test_cell_that_cannot_be_used__register_has_a_value_now__gives_way(tmp_path: Path) -> None:
    file, _ = told(edited(written(REGISTER), type_in("Recommendations", 2, position="Agreed")), tmp_path)
    assert file is not None
    first = file.register.recommendations[0]
    assert first.position == ""
    settled = replace(file.register, recommendations=(replace(first, position="noted"),))
    assert shown(written(file.with_register(settled)), "Recommendations", "Position")["140.1"] == "Noted"


def test_own_schema__two_more_columns__are_kept(tmp_path: Path) -> None:
    document = json.loads(json.dumps(load_shipped_schema("recommendations").document))
    document["properties"]["priority"] = {"title": "Priority", "type": "integer"}
    document["properties"]["budget_line"] = {"title": "Budget line", "type": "string"}
    own = read_schema(document)

    def schema(name: str) -> TabSchema:
        return own if name == "recommendations" else load_shipped_schema(name)

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Recommendations"]
        sheet.cell(2, column(sheet, "Priority")).value = 1
        sheet.cell(3, column(sheet, "Budget line")).value = "04.12"

    file = read(edited(written(REGISTER, schema), change), tmp_path, schema)
    assert file.register == REGISTER
    again = written(file, schema)
    assert shown(again, "Recommendations", "Priority") == {"140.1": 1}
    assert shown(again, "Recommendations", "Budget line") == {"140.10": "04.12"}


def test_columns_moved_and_a_title_above__are_found(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Recommendations"].insert_rows(1, 2)
        book["Recommendations"].insert_cols(1)
        book["Recommendations"]["A1"] = "Register of the ministry"

    assert read(edited(written(REGISTER), change), tmp_path).register == REGISTER


# What is wrong in it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", TABS)
def test_tab_that_is_missing__stops_only_where_everything_depends_on_it(tab: str, tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        del book[tab]

    bare = (
        replace(REGISTER, links=(), themes=(), pledges=(), observations=()) if tab == "Agencies" else REGISTER
    )
    file, findings = told(edited(written(bare), change), tmp_path)
    if tab in ("Recommendations", "Agencies"):
        assert file is None
        assert "register-tab-missing" in [finding.code for finding in findings]
        assert f"the tab {tab} is missing" in [finding.message for finding in findings]
    else:
        assert file is not None
        assert findings == ()
        assert getattr(file.register, tab.lower()) == ()


@pytest.mark.parametrize("tab", TABS)
def test_headings_that_are_gone__stop_before_anything_could_be_overwritten(tab: str, tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book[tab].delete_rows(1)

    file, findings = told(edited(written(REGISTER), change), tmp_path)
    assert file is None
    problem = next(finding for finding in findings if finding.severity is Severity.ERROR)
    assert (problem.code, problem.at.sheet) == ("column-missing", tab)
    first = load_shipped_schema(tab.lower()).columns[0].title
    assert problem.message == f"the column {first} is missing"


@pytest.mark.parametrize(
    ("tab", "heading", "near"),
    [
        ("Recommendations", "Number", "Numbr"),
        ("Agencies", "Id", "Ids"),
        ("Themes", "Theme", "Them"),
        ("Links", "Number", "No."),
    ],
)
def test_required_column_renamed__column_missing_stops_and_names_the_nearest(
    tab: str, heading: str, near: str, tmp_path: Path
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book[tab].cell(1, column(book[tab], heading)).value = near

    file, findings = told(edited(written(REGISTER), change), tmp_path)
    assert file is None
    (problem,) = [finding for finding in findings if finding.code == "column-missing"]
    assert (problem.at.sheet, problem.at.cell) == (tab, "A1")
    assert problem.message.startswith(f"the column {heading} is missing")
    assert (near in problem.message) == (near != "No.")


def test_other_column_deleted__is_no_fault(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Recommendations"].delete_cols(column(book["Recommendations"], "Group"))

    (first, second) = REGISTER.recommendations
    assert read(edited(written(REGISTER), change), tmp_path).register.recommendations == (
        replace(first, group=""),
        second,
    )


def test_file_that_is_no_workbook__is_told_and_not_read(tmp_path: Path) -> None:
    file, (finding,) = told(b"no workbook", tmp_path)
    assert file is None
    assert finding.code == "workbook-unreadable"


def test_number_that_became_a_number__is_a_finding_since_nobody_knows_which_it_was(tmp_path: Path) -> None:
    change = type_in("Recommendations", 3, number=140.1)
    file, findings = told(edited(written(REGISTER), change), tmp_path)
    assert file is not None
    assert [item.number for item in file.register.recommendations] == ["140.1"]
    (finding,) = findings
    assert codes(findings) == [("value-wrong-type", "Recommendations", "A3")]
    assert (finding.value, finding.heading) == ("140.1", "Number")
    assert "'140.1, with the apostrophe" in finding.hint
    assert finding.message == '"140.1" cannot be read as the text of a number'


def test_rows_twice__the_first_holds_and_the_second_is_told(tmp_path: Path) -> None:
    content = edited(
        written(REGISTER),
        type_in("Recommendations", 4, number="140.1", text="Another text"),
        type_in("Agencies", 4, id="moe", name="Another ministry"),
        type_in("Themes", 4, theme="Right to health", lead="moe"),
        type_in("Pledges", 3, number="P1", text="Plant more trees"),
        type_in("Observations", 3, number="O1", text="Say more"),
    )
    file, findings = told(content, tmp_path)
    assert file is not None
    assert file.register == REGISTER
    assert codes(findings) == [
        ("register-row-twice", "Recommendations", "A4"),
        ("register-row-twice", "Themes", "A4"),
        ("register-row-twice", "Agencies", "A4"),
        ("register-row-twice", "Pledges", "A3"),
        ("register-row-twice", "Observations", "A3"),
    ]
    assert [finding.details["first"] for finding in findings] == ["A2", "A2", "A3", "A2", "A2"]


def test_equal_links__are_one_and_no_fault(tmp_path: Path) -> None:
    again = type_in("Links", 3, number="140.2", mechanism="CEDAW")
    one = written(replace(REGISTER, links=(Link("140.1", "CEDAW"), Link("140.1", "CEDAW"))))
    assert read(one, tmp_path).register.links == (Link("140.1", "CEDAW"),)
    file, findings = told(edited(one, again), tmp_path)
    assert file is not None
    assert len(file.register.links) == 2
    assert [finding.code for finding in findings] == ["reference-unknown"]


@pytest.mark.parametrize(
    ("tab", "line", "cells", "cell", "number", "near"),
    [
        ("Recommendations", 2, {"lead": "mohh"}, "E2", "140.1", "moh"),
        ("Recommendations", 2, {"supporting": "moe, xyz"}, "F2", "140.1", ""),
        ("Themes", 3, {"lead": "mohh"}, "C3", "", "moh"),
        ("Pledges", 2, {"lead": "x"}, "C2", "P1", ""),
        ("Observations", 2, {"supporting": "x"}, "D2", "O1", ""),
    ],
)
def test_agency_that_is_not_on_the_tab__agency_unknown_by_cell(
    tab: str, line: int, cells: dict[str, str], cell: str, number: str, near: str, tmp_path: Path
) -> None:
    file, findings = told(edited(written(REGISTER), type_in(tab, line, **cells)), tmp_path)
    assert file is not None
    assert codes(findings) == [("agency-unknown", tab, cell)]
    assert findings[0].recommendation == number
    assert (f"did you mean {near}" in findings[0].hint) == bool(near)


def test_agency_by_its_name_or_in_capitals__is_read_as_its_id(tmp_path: Path) -> None:
    name = next(agency.name for agency in REGISTER.agencies if agency.id == "moe")
    change = type_in("Recommendations", 3, lead=name.upper(), supporting="MOH")
    file, findings = told(edited(written(REGISTER), change), tmp_path)
    assert file is not None
    assert codes(findings) == []
    item = file.register.recommendations[1]
    assert (item.lead, item.supporting) == ("moe", ("moh",))


def test_agency_with_a_slip_in_its_name__is_offered(tmp_path: Path) -> None:
    name = next(agency.name for agency in REGISTER.agencies if agency.id == "moe")
    _, findings = told(edited(written(REGISTER), type_in("Themes", 2, lead=name[:-1])), tmp_path)
    assert [f.hint.rpartition(";")[2] for f in findings] == [" did you mean moe?"]


def test_agencies_that_are_on_the_tab__are_no_finding(tmp_path: Path) -> None:
    change = type_in("Recommendations", 3, lead="moe", supporting="moh; moe")
    file = read(edited(written(REGISTER), change), tmp_path)
    assert file.register.recommendations[1].lead == "moe"
    assert file.register.recommendations[1].supporting == ("moh", "moe")


def test_link_to_a_number_that_is_not_there__reference_unknown_with_an_example_that_is(
    tmp_path: Path,
) -> None:
    change = type_in("Links", 2, number="141.1")
    file, findings = told(edited(written(REGISTER), change), tmp_path)
    assert file is not None
    assert codes(findings) == [("reference-unknown", "Links", "A2")]
    assert findings[0].value == "141.1"
    assert "140.1" in findings[0].hint


def test_link_to_a_pledge__is_no_finding(tmp_path: Path) -> None:
    assert read(edited(written(REGISTER), type_in("Links", 2, number="P1")), tmp_path).register.links


def test_error_cell__is_told(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = book["Links"].cell(3, 1)
        cell.value, cell.data_type = "#REF!", "e"

    _, findings = told(edited(written(REGISTER), change), tmp_path)
    assert ("value-error-cell", "Links", "A3") in codes(findings)


# Saved by another program -----------------------------------------------------------------------------


@pytest.mark.apps
def test_register__opened_and_saved_by_libreoffice__keeps_values_and_drop_downs(
    tmp_path: Path, soffice: Convert
) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(written(REGISTER))
    saved = soffice(path, "xlsx").read_bytes()
    assert read(saved, tmp_path).register == REGISTER
    for tab, heading in (
        ("Recommendations", "Lead agency"),
        ("Themes", "Lead agency"),
        ("Agencies", "Kind of body"),
    ):
        assert rule(saved, tab, heading, 2).type == "list"
    assert "Agencies" in source(saved, rule(saved, "Recommendations", "Lead agency", 2))


def test_read_register__state_that_is_none__is_told_with_the_nearest(tmp_path: Path) -> None:
    states = ("Chile", "Perru", "Iran, Islamic Republic of")
    item = Recommendation("140.1", "Open a clinic", recommending_states=states)
    findings = told(written(Register(recommendations=(item,))), tmp_path)[1]
    (finding,) = [f for f in findings if f.code == "state-unknown"]
    assert (finding.value, finding.recommendation) == ("Perru", "140.1")
    assert "did you mean Peru?" in finding.message
