from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Convert
from reviews import TODAY, expected
from uprreport.collect.decisions import read_decisions
from uprreport.collect.decisions_sheet import decisions_tab, is_current
from uprreport.collect.rules import check_submission
from uprreport.collect.sheet import sheet_properties, sheet_tabs
from uprreport.collect.submissions import read_submission
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.seal import is_untouched, write_sealed
from uprreport.files.excel.write import write_workbook
from uprreport.model import Agency, Filled, Register, Row
from uprreport.review import load_shipped_schema

WANT = expected()
MOH = WANT.register.agencies[0]


def written(folder: Path, filled: Filled | None = None, name: str = "moh-r1.xlsx") -> Path:
    path = folder / name
    tabs = sheet_tabs(WANT, MOH, filled)
    path.write_bytes(write_sealed(tabs, properties=sheet_properties(WANT, MOH), created=TODAY))
    return path


def test_sheet__tabs__in_the_contract_s_order(tmp_path: Path) -> None:
    workbook, _ = read_workbook(written(tmp_path), "moh.xlsx")
    assert workbook is not None
    names = [grid.name for grid in workbook.grids]
    assert names == [
        "Instructions",
        "Cover",
        "Progress",
        "Assistance",
        "Actions",
        "Practices",
        "Consultations",
        "Lists",
    ]
    assert workbook.properties["uprreport agency"] == "moh"


def values_below(sheet: Worksheet, heading: str) -> list[object]:
    column = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [sheet.cell(line, column).value for line in range(2, sheet.max_row + 1)]


def test_sheet__agencies__stand_there_by_name(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path))
    names = WANT.register.names("en")
    leads = values_below(book["Progress"], "Lead agency")
    assert leads == [names[item.lead] for item in WANT.register.assigned_to("moh")]
    supporting = [name for cell in values_below(book["Progress"], "Supporting agencies") if cell
                  for name in str(cell).split("\n")]  # fmt: skip
    assert supporting
    assert set(supporting) <= set(names.values())
    assert not {*leads, *supporting} & {agency.id for agency in WANT.register.agencies}


@pytest.mark.parametrize("shown", ["{name}", "{id}", "{ID}", "{name} ({id})"])
def test_sheet__suggested_agency__is_read_by_name_or_id(shown: str, tmp_path: Path) -> None:
    other = WANT.register.agencies[1]
    typed = shown.format(name=other.name, id=other.id, ID=other.id.upper())
    filled = Filled(progress={"140.10": {"not_ours": "yes", "suggested_agency": typed}})
    submission, findings = read_submission(written(tmp_path, filled), "moh.xlsx", WANT)
    assert submission is not None
    (row,) = submission.rows["progress"]
    assert row.text("suggested_agency") == other.id
    told = [*findings, *check_submission(submission, WANT)]
    assert "agency-unknown" not in [finding.code for finding in told]


def test_sheet__agencies_of_one_name__are_told_apart_by_their_ids() -> None:
    twins = (Agency("north", "Regional office"), Agency("south", "Regional Office"), Agency("moh", "Health"))
    register = Register(agencies=twins)
    assert register.names("en") == {
        "north": "Regional office (north)",
        "south": "Regional Office (south)",
        "moh": "Health",
    }
    meant = {
        told: register.agency_meant(told) for told in ("regional office", *register.names("en").values())
    }
    assert {told: agency and agency.id for told, agency in meant.items()} == {
        "regional office": None,
        "Regional office (north)": "north",
        "Regional Office (south)": "south",
        "Health": "moh",
    }
    assert register.agency_meant("") is None


def test_sheet__cover__says_in_words_whose_it_is_and_is_read_by_the_ids(tmp_path: Path) -> None:
    path = written(tmp_path)
    cover = openpyxl.load_workbook(path)["Cover"]
    told = {str(row[0].value): row[1].value for row in cover.iter_rows()}
    assert told["Review"] == f"{WANT.settings.state}: Universal Periodic Review, cycle 4 ({WANT.settings.id})"
    assert (told["Agency"], told["Language"]) == (f"{MOH.name} (moh)", "English (en)")
    submission, findings = read_submission(path, "moh.xlsx", WANT)
    assert submission is not None
    assert findings == ()
    read = {name: submission.cover.text(name) for name in ("review", "agency", "language")}
    assert read == {"review": WANT.settings.id, "agency": "moh", "language": "en"}


@pytest.mark.parametrize(("label", "typed"), [("Review", "Borduria (bor-upr4)"), ("Agency", "Tourism (mot)")])
def test_sheet__cover_of_another_review_or_agency__is_refused(label: str, typed: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path))
    next(row for row in book["Cover"].iter_rows() if row[0].value == label)[1].value = typed
    book.save(tmp_path / "moh.xlsx")
    submission, findings = read_submission(tmp_path / "moh.xlsx", "moh.xlsx", WANT)
    assert submission is None
    assert len(findings) == 1


def test_sheet__blank__comes_back_without_findings(tmp_path: Path) -> None:
    submission, findings = read_submission(written(tmp_path), "moh.xlsx", WANT)
    assert submission is not None
    assert (findings, submission.rows["progress"]) == ((), ())
    assert (submission.agency, submission.round) == ("moh", 1)


def test_sheet__filled__reads_back_the_same(tmp_path: Path) -> None:
    answers = {
        "140.10": {
            "status": "Implemented",
            "measures": "Waiting times are published\nevery month & read <often>.",
            "end": datetime.date(2025, 3, 31),
            "indicator": "Hospitals",
            "indicator_value": 12.5,
            "indicator_year": 2025,
            "sdg_targets_corrected": ("3.8",),
            "sdg_reason": "Closer.",
            "publication": "Public",
        },
        "P1": {"status": "Planned", "next_steps": "The forum takes place in June."},
    }
    tables = {
        "assistance": ({"numbers": ("140.1", "140.10"), "kind": "Training", "description": "Two courses."},)
    }
    filled = Filled({"approved_by": "A. Director", "approved_on": datetime.date(2026, 4, 1)}, answers, tables)
    submission, findings = read_submission(written(tmp_path, filled), "moh.xlsx", WANT)
    assert submission is not None
    assert findings == ()
    assert check_submission(submission, WANT) == ()
    rows = {row.text("number"): dict(row.values) for row in submission.rows["progress"]}
    assert rows == {
        "140.10": {"number": "140.10", **answers["140.10"], "status": "implemented", "publication": "public"},
        "P1": {"number": "P1", "status": "planned", "next_steps": "The forum takes place in June."},
    }
    (need,) = submission.rows["assistance"]
    assert need.values["numbers"] == ("140.1", "140.10")
    assert need.values["kind"] == "training"
    assert submission.approved_on == datetime.date(2026, 4, 1)


def edited(path: Path, change: Callable[[openpyxl.Workbook], None], name: str = "edited.xlsx") -> Path:
    """The sheet as somebody changed it and saved it again."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path.with_name(name))
    return path.with_name(name)


def answer_rows(book: openpyxl.Workbook) -> None:
    """Fill in the first row of Progress and the Cover as an official does."""
    sheet = book["Progress"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    typed = {
        "Status": "In progress",
        "Measures taken": "Two clinics.\nA third & <last> one.",
        "Start": datetime.date(2025, 1, 31),
        "Indicator": "Clinics",
        "Indicator: value": 2.5,
        "Publication": "Public",
    }
    for heading, value in typed.items():
        sheet.cell(2, columns[heading], value)
    cover = book["Cover"]
    labels = {cell.value: cell.row for cell in cover["A"]}
    cover.cell(labels["Approved by"], 2, "A. Director")
    cover.cell(labels["Approved on"], 2, datetime.date(2026, 4, 1))


ANSWERED = {
    "number": "140.1",
    "status": "in progress",
    "measures": "Two clinics.\nA third & <last> one.",
    "start": datetime.date(2025, 1, 31),
    "indicator": "Clinics",
    "indicator_value": 2.5,
    "publication": "public",
}


def without_cover(book: openpyxl.Workbook) -> None:
    del book["Cover"]


def without_properties(book: openpyxl.Workbook) -> None:
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def test_sheet__identity__each_of_its_two_places_is_enough(tmp_path: Path) -> None:
    path = written(tmp_path)
    submission, findings = read_submission(edited(path, without_properties), "moh.xlsx", WANT)
    assert (submission and submission.agency, findings) == ("moh", ())
    submission, findings = read_submission(edited(path, without_cover), "moh.xlsx", WANT)
    assert (submission and submission.agency) == "moh"
    assert [f.code for f in findings] == ["sheet-missing"]
    # What the Cover said of publication is gone with it, so nothing is public by default.
    assert submission is not None
    assert submission.cover.text("publication_all") == "needs clearance"

    def nothing_left(book: openpyxl.Workbook) -> None:
        without_cover(book)
        without_properties(book)

    submission, findings = read_submission(edited(path, nothing_left), "moh.xlsx", WANT)
    assert (submission, [f.code for f in findings]) == (None, ["workbook-wrong"])


@pytest.mark.parametrize(
    ("cell", "agency", "codes"),
    [
        (" MOH ", "moh", []),
        ("mohh", "", ["agency-unknown"]),
        ("Ministry of Health", "moh", []),
        ("ministry of health:", "moh", []),
        ("Ministry of Healht", "", ["agency-unknown"]),
        (None, "", ["workbook-wrong"]),
    ],
)
def test_sheet__agency_typed_anew__is_read_or_told(
    cell: str | None, agency: str, codes: list[str], tmp_path: Path
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        without_properties(book)
        cover = book["Cover"]
        cover.cell(next(c.row for c in cover["A"] if c.value == "Agency"), 2).value = cell

    submission, findings = read_submission(edited(written(tmp_path), change), "moh.xlsx", WANT)
    assert (submission.agency if submission else "") == agency
    assert [f.code for f in findings] == codes


@pytest.mark.parametrize("digits", ["0", "-1", "²", "9" * 300, "two"])
def test_sheet__round_that_is_none__is_the_first(digits: str, tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        without_cover(book)
        book.custom_doc_props["uprreport round"].value = digits

    submission, _ = read_submission(edited(written(tmp_path), change), "moh.xlsx", WANT)
    assert submission is not None
    assert submission.round == 1


@pytest.mark.parametrize(("typed", "wanted"), [("", 0), ("2", 2), ("two", 0), ("-1", 0), ("99999", 0)])
def test_sheet__edition_and_unit__travel_inside_the_file(typed: str, wanted: int, tmp_path: Path) -> None:
    unit = "hospitals" if wanted else ""
    properties = {**sheet_properties(WANT, MOH, wanted, unit=unit), "uprreport edition": typed}
    content = write_workbook(sheet_tabs(WANT, MOH), properties=properties, created=TODAY)
    (tmp_path / "moh.xlsx").write_bytes(content)
    submission, _ = read_submission(tmp_path / "moh.xlsx", "moh.xlsx", WANT)
    assert submission is not None
    assert (submission.edition, submission.unit) == (wanted, unit)
    assert "uprreport edition" not in sheet_properties(WANT, MOH)


def test_sheet__publication_of_all_that_cannot_be_read__needs_clearance(tmp_path: Path) -> None:
    def publication(cell: str) -> str:
        filled = Filled({"publication_all": cell})
        submission, _ = read_submission(written(tmp_path, filled), "moh.xlsx", WANT)
        assert submission is not None
        return submission.cover.text("publication_all")

    assert publication("Perhaps later") == "needs clearance"
    assert publication("Internal") == "internal"
    assert publication("") == ""


def test_sheet__agency_with_nothing_assigned__is_blank_and_read(tmp_path: Path) -> None:
    moj = WANT.register.agencies[2]
    path = tmp_path / "moj-r1.xlsx"
    properties = sheet_properties(WANT, moj)
    path.write_bytes(write_sealed(sheet_tabs(WANT, moj), properties=properties, created=TODAY))
    submission, findings = read_submission(path, "moj.xlsx", WANT)
    assert (submission and submission.rows["progress"], findings) == ((), ())


def test_sheet__publication_filled_in_down_a_free_table__is_no_row(tmp_path: Path) -> None:
    filled = Filled(
        tables={"assistance": ({"publication": "Public"}, {"publication": "Public", "kind": "-"})}
    )
    submission, findings = read_submission(written(tmp_path, filled), "moh.xlsx", WANT)
    assert (submission and submission.rows["assistance"], findings) == ((), ())


@pytest.mark.apps
@pytest.mark.parametrize("by_way_of", ["xlsx", "ods", "xlsx then ods"])
def test_sheet__through_libreoffice__answers_and_identity_are_the_same(
    by_way_of: str, tmp_path: Path, soffice: Convert
) -> None:
    path = edited(written(tmp_path), answer_rows)
    for step in by_way_of.split(" then "):
        path = soffice(path, step)
    path = soffice(path, "xlsx") if path.suffix == ".ods" else path
    for change in (lambda _: None, without_properties, without_cover):
        submission, findings = read_submission(edited(path, change, "again.xlsx"), "moh.xlsx", WANT)
        assert submission is not None
        assert (submission.agency, submission.round) == ("moh", 1)
        assert [dict(row.values) for row in submission.rows["progress"]] == [ANSWERED]
        assert [f.code for f in findings] == (["sheet-missing"] if change is without_cover else [])


@pytest.mark.apps
@pytest.mark.parametrize("by_way_of", ["xlsx", "ods"])
def test_sheet__through_libreoffice__can_be_filled_in_as_before(
    by_way_of: str, tmp_path: Path, soffice: Convert
) -> None:
    path = written(tmp_path)
    saved = soffice(path, by_way_of)
    saved = soffice(saved, "xlsx") if by_way_of == "ods" else saved
    before, after = openpyxl.load_workbook(path), openpyxl.load_workbook(saved)
    assert after.sheetnames == before.sheetnames
    assert all(sheet.protection.sheet for sheet in after.worksheets)
    for title in ("Progress", "Assistance"):
        assert offered(after, title) == offered(before, title)
    assert set(offered(after, "Progress")) >= {"Status", "Publication", "Suggested agency"}
    one, other = before["Progress"], after["Progress"]
    for cell in one[2]:
        again = other[cell.coordinate]
        assert again.protection.locked == cell.protection.locked, cell.coordinate
        assert again.number_format.replace("\\", "") == cell.number_format, cell.coordinate
        assert (again.value, again.data_type) == (cell.value, cell.data_type)
    assert looks(other) == looks(one)


def offered(book: openpyxl.Workbook, title: str) -> dict[str, list[str]]:
    """The drop-down of each column of a table, by its heading."""
    sheet = book[title]
    found: dict[str, list[str]] = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            name, cells = book.defined_names[rule.formula1].attr_text.rsplit("!", 1)
            heading = sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value
            choices = [cell.value for (cell,) in book[name.strip("'")][cells.replace("$", "")]]
            found[str(heading)] = choices
    return found


def looks(sheet: Worksheet) -> dict[str, object]:
    """What makes a sheet usable on a screen and on paper; a window's frozen panes need a window."""
    usual = (round(sheet.sheet_format.defaultColWidth or 13), False)  # LibreOffice leaves such columns out
    widths = dict.fromkeys(range(1, sheet.max_column + 1), usual) | {
        column: (round(one.width), one.hidden)
        for one in sheet.column_dimensions.values()
        for column in range(one.min, min(one.max, sheet.max_column) + 1)
    }
    setup = sheet.page_setup
    return {
        "widths": widths,
        "printed": (sheet.print_title_rows, sheet.print_title_cols, sheet.print_area),
        "page": (setup.orientation, int(setup.paperSize), _scale(sheet)),
        "filter": sheet.auto_filter.ref,
    }


def _scale(sheet: Worksheet) -> tuple[object, ...]:
    """How much is printed on a page: so many pages, or at a scale with breaks between columns."""
    setup, properties = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    if properties is not None and properties.fitToPage:
        return tuple(1 if pages is None else pages for pages in (setup.fitToWidth, setup.fitToHeight))
    return int(setup.scale), [one.id for one in sheet.col_breaks.brk]


def test_sheet__same_inputs__same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path, name="a.xlsx").read_bytes() == written(tmp_path, name="b.xlsx").read_bytes()


def test_seal__touched_by_another_program__is_seen(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert is_untouched(path)
    book = openpyxl.load_workbook(path)
    book["Progress"]["R3"] = "typed"
    book.save(path)
    assert not is_untouched(path)
    path.write_bytes(b"something else")
    assert not is_untouched(path)


def test_decisions__written_and_read__keep_what_was_typed(tmp_path: Path) -> None:
    from uprreport.collect.decisions import NO_DECISIONS
    from uprreport.collect.merge import merge

    schema = load_shipped_schema("decisions")
    cells = {"status": "R3", "measures": "S3"}
    row = Row("progress", "a.xlsx", "Progress", 3, {"number": "140.1", "status": "planned"}, cells)
    cover = Row("cover", "a.xlsx", "Cover", 0, {"publication_all": "needs clearance"}, {})
    from uprreport.model import Submission

    submission = Submission("a.xlsx", "exa-upr4", "moh", 1, "1", cover, {"progress": (row,)})
    merged = merge((submission,), WANT, NO_DECISIONS, {})
    path = tmp_path / "decisions.xlsx"
    tab = decisions_tab(merged.questions, NO_DECISIONS, schema, WANT.register)
    path.write_bytes(write_workbook([tab], properties={}, created=TODAY))
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    typed = {"Decision": "Public", "Reason": "Agreed", "Decided by": "A. Coordinator"}
    for heading, value in typed.items():
        sheet.cell(3, headings[heading], value)
    sheet.cell(1, len(headings) + 1, "My notes")
    sheet.cell(3, len(headings) + 1, "call them")
    book.save(path)
    decisions, findings = read_decisions(path, "decisions.xlsx", schema)
    assert findings == ()
    decision = decisions.on(merged.questions[0])
    assert decision is not None
    assert (decision.decision, decision.reason) == ("public", "Agreed")
    assert is_current(merged.questions, decisions, schema, WANT.register)
    path.write_bytes(
        write_workbook(
            [decisions_tab(merged.questions, decisions, schema, WANT.register)], properties={}, created=TODAY
        )
    )
    again, _ = read_decisions(path, "decisions.xlsx", schema)
    assert again.on(merged.questions[0]) == decision
    assert again.own == {"My notes": {merged.questions[0].id: "call them"}}


def test_decisions__damaged_file__stops_the_run(tmp_path: Path) -> None:
    from uprreport.findings import UprReportError

    path = tmp_path / "decisions.xlsx"
    path.write_bytes(b"PK broken")
    with pytest.raises(UprReportError, match=r"decisions\.xlsx"):
        read_decisions(path, "decisions.xlsx", load_shipped_schema("decisions"))
