"""The progress sheet that one agency is sent: its tabs, made from the schemas and the register."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from uprreport.collect.computed import STILL_MISSING, computed_columns
from uprreport.collect.expected import FREE_TABLES, TEMPLATE_VERSION, Expected, locked_values
from uprreport.collect.instructions import instructions
from uprreport.files.excel.seal import write_sealed
from uprreport.files.excel.workbook import FormTab, Tab, TableTab
from uprreport.language import LANGUAGES, Language, code_of, load_language, phrase
from uprreport.model import Agency, Cells, Filled, Raw, Recommendation, Value, with_id
from uprreport.schema import Column, TabSchema, localise
from uprreport.text import natural_key

LISTS = phrase("Lists")
SPARE_ROWS = 25


def sheet_properties(
    expected: Expected, agency: Agency, edition: int = 0, *, unit: str = ""
) -> dict[str, str]:
    """The identity that travels inside the workbook beside the Cover tab, as custom document properties.

    ``edition`` and ``unit`` are those of ``Submission``; a blank sheet for a whole agency has neither.
    """
    filled = {"uprreport edition": str(edition) if edition else "", "uprreport unit": unit}
    return {
        "uprreport review": expected.settings.id,
        "uprreport agency": agency.id,
        "uprreport round": str(expected.settings.round),
        "uprreport template version": TEMPLATE_VERSION,
        **{name: value for name, value in filled.items() if value},
    }


def write_sheet(
    expected: Expected, agency: Agency, tabs: Sequence[Tab], properties: Mapping[str, str]
) -> bytes:
    """The workbook with these tabs, in the agency's language, sealed with a digest of its content."""
    language = language_of(expected, agency)
    return write_sealed(
        tabs,
        properties=properties,
        created=expected.today,
        lists_title=language(LISTS),
        right_to_left=language.is_rtl,
    )


def language_of(expected: Expected, agency: Agency) -> Language:
    """The language of an agency's sheets and letters."""
    return load_language(agency.language or expected.settings.sheet_language)


def sheet_tabs(
    expected: Expected,
    agency: Agency,
    filled: Filled | None = None,
    *,
    numbers: Collection[str] | None = None,
) -> list[Tab]:
    """All tabs of an agency's progress sheet, in order (the writer adds Lists), in its language.

    ``filled`` holds what was answered before; without it the sheet is blank. ``numbers`` restricts the rows
    of Progress, for a department.
    """
    filled = filled or Filled()
    language = language_of(expected, agency)
    rows = _progress_rows(expected, agency, filled.progress, numbers)
    progress = _table(expected, "progress", rows, language)
    counted = [made for made in progress.computed if made.heading == language(STILL_MISSING)]
    told = [str(value) for made in counted for value in made.values]
    agencies = tuple(expected.register.names(language.code).values())
    offered = {"agencies": agencies, "numbers": tuple(str(row["number"]) for row in rows)}
    cover = localise(expected.schema("cover"), language)
    heading = phrase(
        "{state}: progress sheet of {agency}",
        state=expected.settings.state,
        agency=agency.called(language.code),
    )
    free = [_table(expected, name, filled.tables.get(name, ()), language) for name in FREE_TABLES]
    return [
        instructions(expected.settings, agency, progress.schema, told, language),
        FormTab(
            schema=cover,
            title=cover.title,
            heading=language(heading),
            values={**_identity(expected, agency, language), **filled.cover},
            protected=True,
        ),
        *(replace(table, offered=offered) for table in (progress, *free)),
    ]


def _table(expected: Expected, name: str, rows: Sequence[Cells], language: Language) -> TableTab:
    schema = _with_hints(localise(expected.schema(name), language), language)
    is_progress = name == "progress"
    return TableTab(
        schema=schema,
        title=schema.title,
        rows=rows,
        computed=computed_columns(schema, rows, language, always=is_progress),
        spare_rows=0 if is_progress else SPARE_ROWS,
        essential_first=is_progress,
        protected=True,
    )


def _with_hints(schema: TabSchema, language: Language) -> TabSchema:
    """The schema with prompts that tell the limit of long texts, and how to paste them into one cell."""
    paste = language(phrase("To paste, double-click the cell first."))

    def hinted(column: Column) -> Column:
        if not column.max_words or column.locked:
            return column
        limit = language(phrase("At most {limit} words.", limit=str(column.max_words)))
        return replace(column, help=" ".join(filter(None, (column.help, limit, paste))))

    return replace(schema, columns=tuple(hinted(column) for column in schema.columns))


def _identity(expected: Expected, agency: Agency, language: Language) -> dict[str, Value | Raw]:
    """Whose sheet this is, in words; ids stand behind them, by which it is read."""
    settings = expected.settings
    review = phrase(
        "{state}: Universal Periodic Review, cycle {cycle}", state=settings.state, cycle=str(settings.cycle)
    )
    code = agency.language or settings.sheet_language
    values: dict[str, Value | Raw] = {
        "review": with_id(language(review), settings.id),
        "agency": with_id(agency.called(language.code), agency.id),
        "round": settings.round,
        "template_version": TEMPLATE_VERSION,
        "language": with_id(LANGUAGES.get(code_of(code), ""), code),
    }
    return values | ({"due": settings.sheets_due} if settings.sheets_due else {})


def _progress_rows(
    expected: Expected, agency: Agency, answers: Mapping[str, Cells], numbers: Collection[str] | None
) -> list[Cells]:
    """The agency's rows: recommendations first, in natural order, then pledges and observations."""
    items = sorted(expected.register.assigned_to(agency.id), key=_row_order)
    names = expected.register.names(language_of(expected, agency).code)
    return [
        _by_name({**locked_values(item, agency.id), **answers.get(item.number, {})}, names)
        for item in items
        if numbers is None or item.number in numbers
    ]


def _by_name(row: Cells, names: Mapping[str, str]) -> Cells:
    """A row with agencies by their names, as people know them; what is no id of an agency stays."""
    shown = dict(row)
    for column in ("lead", "supporting", "suggested_agency"):
        value = row.get(column)
        if isinstance(value, tuple):
            shown[column] = tuple(names.get(agency, agency) for agency in value)
        elif isinstance(value, str):
            shown[column] = names.get(value, value)
    return shown


def _row_order(item: Recommendation) -> tuple[int, object]:
    return ("recommendation", "pledge", "observation").index(item.kind), natural_key(item.number)
