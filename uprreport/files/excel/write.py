"""Write a workbook: tabs as ``workbook.py`` describes them, to bytes that are the same for the same tabs."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.workbook import Workbook as Book

from uprreport.files.excel.canvas import COMPACT_ROW, Canvas, Styles, ok
from uprreport.files.excel.cells import address
from uprreport.files.excel.draw import draw_table
from uprreport.files.excel.forms import FIRST_LINE, draw_form, draw_raw
from uprreport.files.excel.layout import cell_at, letters, slots_of
from uprreport.files.excel.listing import draw_listing
from uprreport.files.excel.lists import Lists, quoted
from uprreport.files.excel.pages import draw_text
from uprreport.files.excel.workbook import FormTab, Jump, ListTab, RawTab, Tab, TableTab, TextTab

FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
"""Every office program has it, or a font of the same widths: what fits here fits there."""

_SIZES = {"default_row_height": 17}  # pixels, for that font


def write_workbook(
    tabs: Sequence[Tab],
    *,
    properties: Mapping[str, str],
    created: datetime.date,
    lists_title: str = "Lists",
    right_to_left: bool = False,
) -> bytes:
    """An .xlsx file with these tabs, and a last one with the drop-down lists that they need.

    ``properties`` become custom document properties (at most 255 characters each). ``created`` is the only
    date in the file. ``right_to_left`` turns the worksheets, for languages that are written so. Raises
    ``UprReportError`` when a text is longer than a cell can hold, and ``RuntimeError`` when something else
    cannot be written, which is a bug.
    """
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            book = Book(target, {"in_memory": True, "default_format_properties": dict(FONT), **_SIZES})
            _set_properties(book, properties, created)
            _draw(book, tabs, lists_title, Styles(book, right_to_left=right_to_left))
            book.close()
        except (UserWarning, XlsxWriterException) as problem:
            raise RuntimeError(f"XlsxWriter: {problem}") from problem
    return _let_rows_grow(target.getvalue())


_FIXED_HEIGHT = re.compile(rb'(<row (?![^>]*\bht="%g")[^>]*?) customHeight="1"' % COMPACT_ROW)


def _let_rows_grow(content: bytes) -> bytes:
    """Mark the heights of rows as fitted to their texts, which they are: so rows grow while people type.

    XlsxWriter can only mark them as chosen by hand, and then a long answer is cut off below its first lines.
    Only rows of compact tables that have reached their bound stay as they are.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                part = _FIXED_HEIGHT.sub(rb"\1", part)
            copy.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _set_properties(book: Book, properties: Mapping[str, str], created: datetime.date) -> None:
    moment = datetime.datetime(created.year, created.month, created.day, tzinfo=datetime.UTC)
    book.set_properties({"created": moment.replace(tzinfo=None)})
    for name, value in properties.items():
        ok(book.set_custom_property(name, value, "text"), f"the property {name}")


def _draw(book: Book, tabs: Sequence[Tab], lists_title: str, styles: Styles) -> None:
    *titles, lists_title = _sheet_titles(tabs, lists_title)
    pairs = list(zip(titles, tabs, strict=True))
    tables = {
        name: (title, tab)
        for title, tab in pairs
        if isinstance(tab, TableTab)
        for name in (tab.schema.name, tab.schema.title, tab.title)
    }
    lists = Lists(book, tables)
    places = Places(
        {tab.schema.name: (title, tab) for title, tab in pairs if isinstance(tab, (TableTab, FormTab))}
    )
    for title, tab in pairs:
        canvas = Canvas(book.add_worksheet(title), styles)
        match tab:
            case TableTab():
                draw_table(canvas, tab, lists, lists_title)
            case FormTab():
                draw_form(canvas, tab, lists, lists_title)
            case TextTab():
                draw_text(canvas, tab, places.range_of)
            case ListTab():
                draw_listing(canvas, tab, places.resolve)
            case RawTab():
                draw_raw(canvas, tab)
    if lists.lists:
        lists.draw(Canvas(book.add_worksheet(lists_title), styles))
    shown = [sheet for sheet in book.worksheets() if not sheet.hidden]
    if not shown:
        raise RuntimeError("a workbook needs a tab that can be seen")
    shown[0].activate()
    shown[0].set_first_sheet()


@dataclass(frozen=True, slots=True)
class Places:
    """Where cells stand that other tabs speak of: each table or form by its schema's name, with its title."""

    tabs: Mapping[str, tuple[str, TableTab | FormTab]]

    def resolve(self, jump: Jump) -> tuple[str, str]:
        """The title of the worksheet and the address of the cell that a jump leads to."""
        title, tab = self.tabs[jump.tab]
        if isinstance(tab, TableTab):
            return title, cell_at(tab, jump.row, jump.column)
        line = [column.name for column in tab.schema.columns].index(jump.column)
        return title, address(line + FIRST_LINE + 1, 2)

    def range_of(self, name: str, heading: str) -> str:
        """The cells of a table's computed column, as a formula of another tab names them."""
        title, tab = self.tabs[name]
        assert isinstance(tab, TableTab), f"{name} is not a table"  # noqa: S101  (a count of a form is a bug)
        headings = [slot.computed.heading if slot.computed else "" for slot in slots_of(tab)]
        column = letters(headings.index(heading))
        last = 1 + max(1, len(tab.rows) + tab.spare_rows)
        return f"{quoted(title)}!${column}$2:${column}${last}"


# Titles -----------------------------------------------------------------------------------------------


def _sheet_titles(tabs: Sequence[Tab], lists_title: str) -> list[str]:
    """The title of each worksheet, and of the one with lists: ours as they are, others made to fit beside."""
    ours = [None if isinstance(tab, RawTab) else tab.title for tab in tabs]
    taken = {title.casefold() for title in (*ours, lists_title) if title is not None}
    titles: list[str] = []
    for tab, title in zip(tabs, ours, strict=True):
        titles.append(_free_title(tab.grid.name, taken) if isinstance(tab, RawTab) else title or "")
        taken.add(titles[-1].casefold())
    return [*titles, lists_title]


def _free_title(wanted: str, taken: Iterable[str]) -> str:
    """A title that Excel allows and that no other tab has."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", wanted).strip("'")[:31] or "Sheet"
    title, count = plain, 1
    while title.casefold() in taken or title.casefold() == "history":  # Excel keeps that name for itself
        count += 1
        title = f"{plain[: 28 - len(str(count))]} ({count})"
    return title
