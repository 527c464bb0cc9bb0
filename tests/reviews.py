"""A small review for tests: register and submissions from Markdown tables, read as the tool reads them."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

from uprreport.collect.expected import Expected
from uprreport.collect.followers import without_followers
from uprreport.collect.rules import check_submission
from uprreport.collect.submissions import read_submission
from uprreport.findings import Finding
from uprreport.model import (
    Abbreviation,
    Agency,
    Kind,
    Link,
    OwnText,
    Recommendation,
    Register,
    Submission,
    Theme,
)
from uprreport.review import Settings, load_shipped_schema
from uprreport.schema import RowPlace, read_row
from workbooks import markdown_rows, workbook

CASES = Path(__file__).parent / "cases"

SETTINGS = Settings(
    id="exa-upr4",
    state="Examplia",
    cycle=4,
    session=51,
    cut_off=datetime.date(2026, 5, 31),
    sheets_due=datetime.date(2026, 4, 15),
    period_start=datetime.date(2023, 11, 1),
    publication="public",
    annex_text="full",
)
TODAY = datetime.date(2026, 4, 20)

PROPERTIES = {
    "uprreport review": "exa-upr4",
    "uprreport agency": "moh",
    "uprreport round": "1",
    "uprreport template version": "1",
}

COVER = """
| Review           | exa-upr4        |
| Agency           | moh             |
| Round            | =num:1          |
| Template version | 1               |
| Filled in by     | A. Official     |
| Approved by      | A. Director     |
| Approved on      | =date:2026-04-01 |
"""

FREE_TABLES = ("assistance", "actions", "practices", "consultations")


def _headings(tab: str) -> str:
    return f"| {' | '.join(column.title for column in load_shipped_schema(tab).columns)} |"


BASE_TABS = {
    "Cover": COVER,
    **{load_shipped_schema(tab).title: _headings(tab) for tab in FREE_TABLES},
}


def sections(markdown: str) -> dict[str, str]:
    """The parts of a Markdown text under their ``## `` headings."""
    parts = re.split(r"^## +(.+)$", markdown, flags=re.MULTILINE)
    return {title.strip(): body for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def register(markdown: str = "") -> Register:
    """A register from tables whose headings are the schema's headings."""
    tables = sections(markdown or (CASES / "register.md").read_text(encoding="utf-8"))
    return Register(
        recommendations=_items(tables, "recommendations", "recommendation"),
        themes=tuple(Theme(**row) for row in _rows(tables, "themes")),
        agencies=tuple(Agency(**row) for row in _rows(tables, "agencies")),
        pledges=_items(tables, "pledges", "pledge"),
        observations=_items(tables, "observations", "observation"),
        links=tuple(Link(**row) for row in _rows(tables, "links")),
        abbreviations=tuple(Abbreviation(**row) for row in _rows(tables, "abbreviations")),
        texts=tuple(OwnText(**row) for row in _rows(tables, "texts")),
    )


def _items(tables: dict[str, str], tab: str, kind: Kind) -> tuple[Recommendation, ...]:
    return tuple(Recommendation(kind=kind, **row) for row in _rows(tables, tab))


def _rows(tables: dict[str, str], tab: str) -> list[dict[str, Any]]:
    schema = load_shipped_schema(tab)
    if schema.title not in tables:
        return []
    names = {column.title: column.name for column in schema.columns}
    headings, *rows = markdown_rows(tables[schema.title])
    result = []
    for row in rows:
        cells = zip(headings, row, strict=True)
        raw = {names[title]: cell.replace("<br>", "\n") for title, cell in cells if cell}
        values, findings = read_row(schema, RowPlace("register.md", schema.title, 1, {}), raw)
        assert not findings, findings
        result.append(dict(values.values))
    return result


def expected(markdown: str = "", **settings: Any) -> Expected:
    """What submissions are checked against in tests; ``settings`` replace the usual ones."""
    from dataclasses import replace

    return Expected(replace(SETTINGS, **settings), register(markdown), load_shipped_schema, TODAY)


def sheet(tabs: dict[str, str], properties: dict[str, str] | None = None) -> bytes:
    """A progress sheet: the base with some tabs replaced, or left out where the text is ``missing``."""
    merged = {"Cover": "", "Progress": "", **BASE_TABS, **tabs}
    kept = {title: text for title, text in merged.items() if text.strip() not in ("", "missing")}
    return workbook(kept, properties=PROPERTIES if properties is None else properties)


def submit(
    folder: Path, content: bytes, want: Expected, name: str = "sheet.xlsx"
) -> tuple[Submission | None, list[Finding]]:
    """Write a workbook, read it as a submission and check it."""
    path = folder / name
    path.write_bytes(content)
    submission, findings = read_submission(path, name, want)
    told = list(findings)
    if submission is not None:
        told = [*without_followers((*told, *check_submission(submission, want)))]
    return submission, told
