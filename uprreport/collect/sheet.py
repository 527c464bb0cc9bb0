"""The progress sheet that one agency is sent: its tabs, made from the schemas and the register."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from uprreport.collect.expected import FREE_TABLES, TEMPLATE_VERSION, Expected, locked_values
from uprreport.files.excel.workbook import FormTab, Passage, Tab, TableTab, TextTab
from uprreport.model import Agency, Cells, Filled, Raw, Recommendation, Value
from uprreport.schema import TabSchema
from uprreport.text import natural_key

SPARE_ROWS = 25


def sheet_properties(expected: Expected, agency: Agency) -> dict[str, str]:
    """The identity that travels inside the workbook beside the Cover tab, as custom document properties."""
    return {
        "uprreport review": expected.settings.id,
        "uprreport agency": agency.id,
        "uprreport round": str(expected.settings.round),
        "uprreport template version": TEMPLATE_VERSION,
    }


def sheet_tabs(expected: Expected, agency: Agency, filled: Filled | None = None) -> list[Tab]:
    """All tabs of an agency's progress sheet, in order (the writer adds Lists).

    ``filled`` holds what was answered before; without it the sheet is blank.
    """
    filled = filled or Filled()
    agencies = tuple(a.id for a in expected.register.agencies)
    numbers = tuple(item.number for item in expected.register.assigned_to(agency.id))
    offered = {"agencies": agencies, "numbers": numbers}
    tabs: list[Tab] = [
        _instructions(expected, agency),
        FormTab(
            schema=expected.schema("cover"),
            title="Cover",
            heading=f"{expected.settings.state}: progress sheet of {agency.name}",
            values={**_identity(expected, agency), **filled.cover},
            protected=True,
        ),
        TableTab(
            schema=expected.schema("progress"),
            title="Progress",
            rows=_progress_rows(expected, agency, filled.progress),
            offered=offered,
            protected=True,
        ),
    ]
    for name in FREE_TABLES:
        rows = filled.tables.get(name, ())
        schema = expected.schema(name)
        tabs.append(
            TableTab(
                schema=schema,
                title=schema.title,
                rows=rows,
                offered=offered,
                spare_rows=SPARE_ROWS,
                protected=True,
            )
        )
    return tabs


def _identity(expected: Expected, agency: Agency) -> dict[str, Value | Raw]:
    settings = expected.settings
    values: dict[str, Value | Raw] = {
        "review": settings.id,
        "agency": agency.id,
        "round": settings.round,
        "template_version": TEMPLATE_VERSION,
        "language": agency.language or settings.sheet_language,
    }
    return values | ({"due": settings.sheets_due} if settings.sheets_due else {})


def _progress_rows(expected: Expected, agency: Agency, answers: Mapping[str, Cells]) -> list[Cells]:
    """The agency's rows: recommendations first, in natural order, then pledges and observations."""
    items = sorted(expected.register.assigned_to(agency.id), key=_row_order)
    return [{**locked_values(item, agency.id), **answers.get(item.number, {})} for item in items]


def _row_order(item: Recommendation) -> tuple[int, object]:
    return ("recommendation", "pledge", "observation").index(item.kind), natural_key(item.number)


# Instructions -----------------------------------------------------------------------------------------


def _instructions(expected: Expected, agency: Agency) -> TextTab:
    progress = expected.schema("progress")
    passages = [
        Passage("title", f"Progress sheet of {agency.name}"),
        Passage("text", _purpose(expected)),
        Passage("heading", "How to fill it in"),
        *(Passage("item", text, term) for term, text in _STEPS),
        *_status_list(progress),
        *_publication_list(progress),
        *_example(progress),
        Passage("heading", "Whom to ask"),
        Passage("text", "The coordinator who sent you this sheet; please answer to the same address."),
    ]
    return TextTab(title="Instructions", passages=passages, protected=True)


def _purpose(expected: Expected) -> str:
    settings = expected.settings
    due = f" Please send it back by {_day(settings.sheets_due)}." if settings.sheets_due else ""
    return (
        f"{settings.state} reports at mid-term on the recommendations of the Universal Periodic Review "
        f"(cycle {settings.cycle}). This workbook holds what was assigned to you.{due}"
    )


def _day(day: datetime.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


_STEPS = (
    ("Cover", "Say who filled in the sheet and who approved it."),
    (
        "Progress",
        (
            "One row for each recommendation, pledge or observation. Grey columns are pre-filled and locked. "
            "Choose a Status and describe the Measures taken: who did what, when, with what result."
        ),
    ),
    ("Assistance", "If a row says that assistance is needed, describe the need here."),
    ("Actions", "What you plan to do next: the implementation plan."),
    ("Practices", "What worked well and may help other States."),
    ("Consultations", "Whom you consulted, how, and what came of it."),
    (
        "Pasting text",
        "Double-click the cell first, then paste. Otherwise text from Word is spread over the rows below.",
    ),
    ("Numbers", "Do not change the numbers of the rows: 140.10 is not 140.1."),
    ("Dates", "Year-month-day, for example 2025-03-31."),
    ("Leave blank", "what you cannot answer. A blank means: no answer."),
)


def _status_list(progress: TabSchema) -> list[Passage]:
    choices = progress.column("status").choices
    return [Passage("heading", "Status"), *(Passage("item", c.definition, c.label) for c in choices)]


def _publication_list(progress: TabSchema) -> list[Passage]:
    choices = progress.column("publication").choices
    items = (Passage("item", c.definition, c.label) for c in choices)
    return [Passage("heading", "Publication"), *items]


def _example(progress: TabSchema) -> list[Passage]:
    cells = (
        ("status", progress.column("status").label("in progress")),
        (
            "measures",
            "The ministry opened two of five planned advice centres in March 2025; 412 people used them.",
        ),
        ("start", "2025-01-15"),
        ("legal_act", "Order No. 12 of 8 January 2025"),
        ("challenges", "Staff for the three remaining centres could not be recruited outside the capital."),
        ("next_steps", "Open the remaining centres together with the municipalities."),
        ("expected", "2026-11-30"),
        ("publication", progress.column("publication").label("public")),
    )
    return [
        Passage("heading", "An example of a filled row"),
        *(Passage("item", text, progress.heading(name)) for name, text in cells),
    ]
