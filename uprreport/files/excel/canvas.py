"""A worksheet as it is drawn: cells of our own values, formats, heights; every refusal becomes an error.

XlsxWriter only warns, or returns a negative number, when it leaves something out. Here nothing is left out.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from uprreport.files.excel.cells import address
from uprreport.findings import UprReportError
from uprreport.model import BareFormula, ErrorCell, Raw, Shown, Struck
from uprreport.text import reads_from_right

LONGEST_TEXT = 32_767
"""UTF-16 units that one cell can hold."""

LINE = 12.75
"""Height of one line of the standard font, in points."""

TALLEST_ROW = 409.0
COMPACT_ROW = 145.5
"""The tallest row of a compact table, in points: some twelve lines, so that several rows fit on a screen."""
"""Excel's limit, in points."""

DATE, MOMENT, TIME, TEXT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm:ss", "@"

_KNOWN_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_FIRST_DATE = datetime.date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_SURROGATES = re.compile("[\ud800-\udfff]")


def ok(code: object, what: str) -> None:
    """Turn a refusal of XlsxWriter into the bug that it is: ``RuntimeError``."""
    if isinstance(code, int) and code < 0:
        raise RuntimeError(f"XlsxWriter refused {what} (code {code})")


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Book, *, right_to_left: bool = False) -> None:
        """Formats belong to the workbook that they were made in."""
        self._book = book
        self.right_to_left = right_to_left
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> Format:
        """The format with exactly these properties (XlsxWriter's names)."""
        given = {name: value for name, value in properties.items() if value != ""}
        key = tuple(sorted(given.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(given)
        return self._made[key]


class Canvas:
    """One worksheet to draw on; rows and columns are counted from 0, as XlsxWriter does."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        """Draw on ``sheet`` with the formats of its workbook."""
        self.sheet = sheet
        self.styles = styles
        if styles.right_to_left:
            sheet.right_to_left()

    @property
    def beginning(self) -> str:
        """The side on which a line begins."""
        return "right" if self.styles.right_to_left else "left"

    @property
    def title(self) -> str:
        """The title of the worksheet as it is in the file."""
        return str(self.sheet.get_name())

    def put(self, row: int, column: int, value: Raw | None, **style: Any) -> None:
        """Write one cell; the number format follows the value where the style's would change its meaning.

        Raises ``UprReportError`` when a text is longer than a cell can hold.
        """
        at = f"{self.title}!{address(row + 1, column + 1)}"
        written, number_format = _prepare(value, style.get("num_format", ""))
        style["num_format"] = number_format
        if isinstance(written, str) and "text_wrap" in style:
            style = self.directed(written, style)
        made = self.styles.get(**style) if any(style.values()) else None
        sheet = self.sheet
        if isinstance(written, str) and written.strip():
            ok(sheet.write_string(row, column, _storable(written, at), made), at)
        elif written is None or isinstance(written, str):
            if made is not None:
                ok(sheet.write_blank(row, column, None, made), at)
        elif isinstance(written, bool):
            ok(sheet.write_boolean(row, column, written, made), at)
        elif isinstance(written, (int, float)):
            ok(sheet.write_number(row, column, written, made), at)
        elif isinstance(written, Struck):
            self._put_struck(row, column, written, style)
        elif isinstance(written, ErrorCell):
            ok(sheet.write_formula(row, column, f"={written.text}", made, written.text), at)
        else:
            ok(sheet.write_datetime(row, column, written, made), at)

    def _put_struck(self, row: int, column: int, text: Struck, style: dict[str, Any]) -> None:
        """Write a text as it was typed, with a line through what was struck."""
        struck = self.styles.get(**{**style, "font_strikeout": True})
        at = f"{self.title}!{address(row + 1, column + 1)}"
        if not text.kept.strip() or len(text.runs) == 1:
            ok(self.sheet.write_string(row, column, _storable(text.whole, at), struck), at)
            return
        pieces = [part for run, line in text.runs for part in ([struck, run] if line else [run])]
        ok(self.sheet.write_rich_string(row, column, *pieces, self.styles.get(**style)), at)

    def directed(self, text: str, style: dict[str, Any]) -> dict[str, Any]:
        """The style of a text; on a worksheet from right to left each is told on which side it begins."""
        if not self.styles.right_to_left or not text.strip():
            return style
        align, order = ("right", 2) if reads_from_right(text, default=True) else ("left", 1)
        return {"align": align, **style, "reading_order": order}

    def put_formula(self, row: int, column: int, formula: tuple[str, Raw], **style: Any) -> None:
        """Write a formula with the value that it has."""
        text, value = formula
        made = self.styles.get(**self.directed(value if isinstance(value, str) else "", style))
        ok(self.sheet.write_formula(row, column, text, made, value), f"{self.title}: {text}")

    def merge(self, place: tuple[int, int], columns: int, value: Raw | None, **style: Any) -> None:
        """Write one value across several cells of a row."""
        row, first = place
        made = self.styles.get(**style)
        if columns > 1:
            ok(self.sheet.merge_range(row, first, row, first + columns - 1, "", made), str(value))
        self.put(row, first, value, **style)

    def set_column(
        self, column: int, width: float, *, hidden: bool = False, style: Format | None = None
    ) -> None:
        """Width in characters."""
        ok(self.sheet.set_column(column, column, width, style, {"hidden": hidden}), f"column {column}")

    def set_height(self, row: int, height: float) -> None:
        """Height in points."""
        ok(self.sheet.set_row(row, height), f"row {row}")

    def print_on(self, *, landscape: bool) -> None:
        """A4, one page wide, numbered pages that name the tab."""
        if landscape:
            self.sheet.set_landscape()
        else:
            self.sheet.set_portrait()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        self.sheet.fit_to_pages(1, 0)
        ok(self.sheet.set_footer("&L&8&A&R&8&P / &N"), "the footer")

    def protect(self) -> None:
        """Lock what is locked, without a password; widths, heights, sorting and filters stay free."""
        allowed = ("format_columns", "format_rows", "sort", "autofilter")
        self.sheet.protect("", dict.fromkeys(allowed, True))


_Written = str | int | float | bool | datetime.date | datetime.time | ErrorCell | Struck | None


def _prepare(value: Raw | None, number_format: str) -> tuple[_Written, str]:
    """What is written for a value, and in which number format, so that the same is read back."""
    if isinstance(value, (datetime.date, datetime.time)):
        return _prepare_time(value)
    if isinstance(value, BareFormula):
        return value.formula and f"={value.formula}", number_format
    if isinstance(value, Shown):
        return value.text, TEXT
    if isinstance(value, ErrorCell) and value.text not in _KNOWN_ERRORS:
        return value.text, number_format
    if isinstance(value, float) and not math.isfinite(value):
        return str(value), number_format
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value, "" if is_number and number_format == DATE else number_format


def _prepare_time(value: datetime.date | datetime.time) -> tuple[_Written, str]:
    if isinstance(value, datetime.time):
        return value, TIME
    if (value.date() if isinstance(value, datetime.datetime) else value) < _FIRST_DATE:
        return value.isoformat(), TEXT
    return value, MOMENT if isinstance(value, datetime.datetime) else DATE


def _storable(text: str, at: str) -> str:
    whole = _SURROGATES.sub("\ufffd", text)
    length = len(whole.encode("utf-16-le")) // 2
    if length > LONGEST_TEXT:
        raise UprReportError(
            f"the text for {at} has {length:,} characters, and a cell holds at most {LONGEST_TEXT:,}",
            "shorten the text where it comes from",
        )
    return whole


# Heights ----------------------------------------------------------------------------------------------


def height_of(cells: Iterable[tuple[str, float]], *, least: float = LINE, line: float = LINE) -> float:
    """The height in points of a row with wrapped texts, from ``(text, width in characters)``."""
    lines = max((lines_in(text, width) for text, width in cells), default=1)
    return min(TALLEST_ROW, max(least, lines * line + 3))


def lines_in(text: str, width: float) -> int:
    """The lines that a text takes when it is wrapped between words in a column of ``width`` characters."""
    room = max(1.0, width * 1.1)  # letters are narrower than the digits in which widths are counted
    total = 0
    for paragraph in text.split("\n"):
        lines, used = 1, 0.0
        for word in paragraph.split(" "):
            length = _length(word)
            if used and used + 1 + length > room:
                lines, used = lines + 1, 0.0
            used += length + (1 if used else 0)
            if used > room:  # a word longer than the column is broken
                broken = math.ceil(used / room) - 1
                lines, used = lines + broken, used - broken * room
        total += lines
    return total


def _length(word: str) -> float:
    """The width of a word in characters; Chinese, Japanese and Korean ones are twice as wide."""
    if word.isascii():
        return len(word)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in word)
