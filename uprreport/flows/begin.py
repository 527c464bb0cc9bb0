"""How a review begins: a new folder, the shipped example."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from uprreport import sample
from uprreport.collect.expected import Expected
from uprreport.collect.sheet import sheet_properties, sheet_tabs, write_sheet
from uprreport.findings import UprReportError
from uprreport.flows.base import Result, collect, facts_of, judge, load
from uprreport.language import LANGUAGES
from uprreport.model import Register
from uprreport.register.assign import effective
from uprreport.register.matrix import write_matrix
from uprreport.register.workbook import RegisterFile, register_tabs
from uprreport.review import SETTINGS_FILE, ReviewFolder, expected_of, open_review, shipped, write_file
from uprreport.steps import Facts, next_steps

__all__ = [
    "LANGUAGES",
    "expected_of",
    "new",
    "new_example",
    "refuse_existing",
    "settings_text",
    "write_register",
]

# A new folder ----------------------------------------------------------------------------------------


def new(folder: Path, settings: Mapping[str, Any], today: datetime.date) -> Result:
    """A review folder with ``review.toml`` and an empty register.

    ``settings`` holds ``id``, ``state``, ``cycle``, ``session``, ``language``, ``sheet_language``, ``due``,
    ``sheets_due`` and ``contact`` (the coordinator's name, post, email and phone); blank ones are left to be
    typed in. Raises ``UprReportError`` when there is a review in that folder already.
    """
    path = _begin(folder, settings_text(settings).encode())
    review, findings = open_review(folder)
    written = write_register(review, RegisterFile(), today)
    return Result({"folder": str(folder)}, findings, (path, *written), steps=next_steps(Facts()))


def refuse_existing(folder: Path) -> None:
    """Raise ``UprReportError`` when a folder holds a review: before anybody answers questions about it."""
    path = folder / SETTINGS_FILE
    if path.exists():
        raise UprReportError(
            f"{path} exists already", "choose another folder, or change that file in an editor"
        )


def _begin(folder: Path, settings: bytes) -> Path:
    refuse_existing(folder)
    path = folder / SETTINGS_FILE
    write_file(path, settings)
    for name in ("sources", "sheets", "submissions", "history", "build"):
        (folder / name).mkdir(exist_ok=True)
    return path


def settings_text(settings: Mapping[str, Any]) -> str:
    """The text of ``review.toml``; a setting that is not known stands there as a comment to be completed."""
    tables = (
        ("review", "id state cycle session report_symbol addendum_symbol"),
        ("coordinator", "name post email phone"),
        ("report", "language template cut_off due word_limit voice annex_text no_information"),
        ("collection", "round language due period_start publication agree"),
    )
    defaults = {
        **dict.fromkeys(("report_symbol", "addendum_symbol", "name", "post", "email", "phone"), ""),
        "template": "midterm-report.docx",
        "word_limit": 10700,
        "voice": "government",
        "annex_text": "reference",
        "no_information": "",
        "round": 1,
        "publication": "needs clearance",
        "agree": [],
    }
    names = {("collection", "language"): "sheet_language", ("collection", "due"): "sheets_due"}
    lines: list[str] = []
    for table, keys in tables:
        lines += [f"[{table}]"] if not lines else ["", f"[{table}]"]
        for key in keys.split():
            given = settings.get("contact", {}) if table == "coordinator" else settings
            value = given.get(names.get((table, key), key), defaults.get(key))
            remark = _REMARKS.get(key, "")
            lines.append(f"{key} = {_toml(value)}{remark}" if value is not None else f"# {key} ={remark}")
    return "\n".join(lines) + "\n"


_REMARKS = {
    "report_symbol": "  # of the Working Group's report, as A/HRC/…",
    "addendum_symbol": "  # of its addendum, as A/HRC/…/Add.1",
    "name": "  # whom agencies ask: named in letters and on the first page of the sheets",
    "cut_off": "  # last day that the report covers, as 2026-05-31",
    "due": "  # a date, as 2026-06-30",
    "period_start": "  # first day that the report covers, as 2023-11-01",
    "session": "  # of the Working Group",
    "publication": "  # what a blank Publication means: public, internal or needs clearance",
    "annex_text": "  # or full: Annex I then repeats the texts of the body",
    "no_information": "  # what Annex I says where nothing can be printed; blank: a sentence to that effect",
    "agree": "  # pairs of statuses that do not contradict each other",
}


def _toml(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value, ensure_ascii=False)


# The example -----------------------------------------------------------------------------------------


def new_example(folder: Path, name: str, today: datetime.date) -> Result:
    """A shipped sample as a review folder: its source, register, sheets and filled submissions."""
    source = shipped("samples") / name
    _begin(folder, (source / SETTINGS_FILE).read_bytes())
    review, findings = open_review(folder)
    typed = sample.read_register(source / "register.toml")
    written = [*write_register(review, RegisterFile(register=typed), today)]
    if typed.recommendations:
        settings = review.settings
        matrix = write_matrix(settings.state, settings.cycle, settings.session, typed.recommendations)
        written.append(review.sources / f"{review.settings.id}-thematic-list-of-recommendations.docx")
        write_file(written[-1], matrix)
        written += _write_example_sheets(review, effective(typed), source / "submissions", today)
    loaded = load(folder, today)
    collected = collect(loaded)
    steps = next_steps(facts_of(loaded, collected, judge(loaded, collected)[0]))
    return Result({"folder": str(folder)}, findings, tuple(written), steps=steps)


def _write_example_sheets(
    folder: ReviewFolder, register: Register, submissions: Path, today: datetime.date
) -> list[Path]:
    expected = Expected(folder.settings, register, functools.cache(folder.schema), today)
    written: list[Path] = []
    filled = {submission.agency: submission for submission in sample.read_submissions(submissions)}
    for agency in register.agencies:
        if not register.assigned_to(agency.id):
            continue
        properties = sheet_properties(expected, agency)
        blank = write_sheet(expected, agency, sheet_tabs(expected, agency), properties)
        written.append(folder.sheets / f"{agency.id}-r{folder.settings.round}.xlsx")
        write_file(written[-1], blank)
        if agency.id in filled:
            tabs = sheet_tabs(expected, agency, filled[agency.id].filled)
            written.append(folder.submissions / filled[agency.id].file)
            write_file(written[-1], write_sheet(expected, agency, tabs, properties))
    return written


def write_register(folder: ReviewFolder, file: RegisterFile, today: datetime.date) -> tuple[Path, ...]:
    """Write ``register.xlsx``; the one that was there is kept in ``history/``, once a day."""
    from uprreport.files.excel.write import write_workbook

    tabs = register_tabs(file, folder.schema)
    content = write_workbook(tabs, properties={"uprreport review": folder.settings.id}, created=today)
    kept = folder.history / f"register-{today.isoformat()}.xlsx"
    if folder.register.exists() and not kept.exists():
        write_file(kept, folder.register.read_bytes())
    write_file(folder.register, content)
    return (folder.register,)
