"""Fill a column of the tables in somebody's own Word file, or add one: all else stays as it is.

Tables and rows are named by their places among those that ``tables.read_tables`` gives.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uprreport.files.word.package import read_parts, rewrite_parts
from uprreport.files.word.tables import STRICT, cell_elements, main_part, row_elements, table_elements
from uprreport.files.word.xml import Element, element, get, parse, plain_text, run, serialise, w
from uprreport.findings import UprReportError
from uprreport.text import clean_text

ADDED = 3
"""A column that is added takes this part of the table's width: a third."""

NARROW = 1300
"""Columns up to this width, in twentieths of a point, stay as they are: their words would be broken."""

_FULL = 15000


@dataclass(frozen=True, slots=True)
class CellText:
    """What one cell receives: a first line in bold, and the paragraphs below it."""

    strong: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filling:
    """What one table receives: in a ``column`` that it has, or, where that is None, in a new last one.

    ``heading`` stands in the rows ``headings`` of a new column, ``rows`` gives the cells by row.
    """

    table: int
    column: int | None
    heading: str
    headings: frozenset[int]
    rows: Mapping[int, CellText]


def fill_tables(content: bytes, fillings: Sequence[Filling]) -> bytes:
    """The same .docx with the cells filled in; every part but the document's own keeps its bytes.

    What stands in a cell stays, and what is added follows it. Raises ``UprReportError`` for the strict
    variant of the format, which cannot be told from the usual one by its name.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        name = main_part(package)
    parts = read_parts(content)
    if STRICT[1:-1].encode() in parts[name]:
        raise UprReportError(
            "the list is saved as Strict Open XML, into which nothing can be written",
            "save it in Word as a Word document (.docx), and import it again",
        )
    root = parse(parts[name])
    tables: list[Element] = list(table_elements(_any(root)))  # type: ignore[arg-type]
    for filling in fillings:
        _fill(tables[filling.table], filling)
    return rewrite_parts(content, {**parts, name: serialise(root)})


def _any(node: Element) -> Any:
    """An element of lxml where one of the standard library is expected: what is asked of both is the same."""
    return node


def _rows(table: Element) -> list[Element]:
    found: Any = row_elements(_any(table))
    return list(found)


def _cells(row: Element) -> list[Element]:
    found: Any = cell_elements(_any(row))
    return list(found)


def _fill(table: Element, filling: Filling) -> None:
    rows = _rows(table)
    if filling.column is None:
        _add_column(table)
        for index in filling.headings:
            _head(rows[index], filling.heading)
    for index, text in filling.rows.items():
        cells = _cells(rows[index])
        at = len(cells) - 1 if filling.column is None else min(filling.column, len(cells) - 1)
        _put(cells[at], cells[0], text)
        for height in rows[index].findall(f"{w('trPr')}/{w('trHeight')}"):
            if get(height, "hRule") == "exact":  # would cut what was added
                height.set(w("hRule"), "atLeast")


# A new column -------------------------------------------------------------------------------------------


def _add_column(table: Element) -> None:
    """A last column: the others give it room."""
    rows = [row for row in table.iter(w("tr")) if _table_of(row) is table]
    count = max((_places(row)[-1][1] for row in rows if _cells(row)), default=0)
    widths = _shared(_widths(table, rows, count))
    grid = table.find(w("tblGrid"))
    if grid is None:
        grid = element("tblGrid")
        table.insert(1, grid)
    for node in grid.findall(w("gridCol")):
        grid.remove(node)
    for index, width in enumerate(widths):
        grid.insert(index, element("gridCol", w=str(width)))
    for row in rows:
        if _cells(row):
            _widen(row, widths)


def _table_of(row: Element) -> Element | None:
    return next(row.iterancestors(w("tbl")), None)


def _places(row: Element) -> list[tuple[int, int]]:
    """First column and the one after the last, of each cell of a row."""
    at = _number(row.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
    found = []
    for cell in _cells(row):
        span = _number(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)
        found.append((at, at + span))
        at += span
    return found


def _number(node: Element | None, otherwise: int, name: str = "val") -> int:
    text = get(node, name) if node is not None else ""
    return int(text) if text.isdecimal() else otherwise


def _widths(table: Element, rows: Sequence[Element], count: int) -> list[int]:
    """The widths of the columns: as the grid has them, else as the first full row, else all equal."""
    grid = [_number(node, 0, "w") for node in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    if len(grid) == count and all(grid):
        return grid
    full = next((_cells(row) for row in rows if len(_cells(row)) == count), [])
    found = [_number(cell.find(f"{w('tcPr')}/{w('tcW')}"), 0, "w") for cell in full]
    return found if found and all(found) else [_FULL // count] * count


def _shared(widths: Sequence[int]) -> list[int]:
    """The widths with one more: narrow columns stay, the others shrink by the same part."""
    whole = sum(widths)
    added = whole // ADDED
    fixed = sum(width for width in widths if width <= NARROW)
    if fixed >= whole - added:
        fixed = 0
    left, wide = whole - added - fixed, whole - fixed
    shared = [width if fixed and width <= NARROW else width * left // wide for width in widths]
    return [*shared, whole - sum(shared)]


def _widen(row: Element, widths: Sequence[int]) -> None:
    """One more cell in a row; a single cell across the table spans the new column too."""
    cells, places = _cells(row), _places(row)
    last = len(widths) - 1
    if len(cells) == 1 and places[0] == (0, last):
        places = [(0, last + 1)]
        _set(cells[0], "gridSpan", {"val": str(last + 1)})
    else:
        cells.append(_new_cell(cells[-1], last + 1 - places[-1][1]))
        places.append((places[-1][1], last + 1))
        row.append(cells[-1])
        for name in ("gridAfter", "wAfter"):
            for node in row.findall(f"{w('trPr')}/{w(name)}"):
                _drop(node)
    for cell, (start, end) in zip(cells, places, strict=True):
        _set(cell, "tcW", {"w": str(sum(widths[start:end])), "type": "dxa"})


_OWN = ("gridSpan", "hMerge", "vMerge", "cellIns", "cellDel", "cellMerge", "tcPrChange")


def _new_cell(model: Element, span: int) -> Element:
    """An empty cell that looks like another."""
    about = copy.deepcopy(model.find(w("tcPr")))
    about = element("tcPr") if about is None else about
    for name in _OWN:
        for node in about.findall(w(name)):
            _drop(node)
    made = element("tc", about, element("p"))
    if span > 1:
        _set(made, "gridSpan", {"val": str(span)})
    return made


def _set(cell: Element, name: str, values: Mapping[str, str]) -> None:
    """Set a property of a cell; ``cnfStyle``, ``tcW`` and ``gridSpan`` must come first, in this order."""
    about = cell.find(w("tcPr"))
    if about is None:
        about = element("tcPr")
        cell.insert(0, about)
    node = about.find(w(name))
    if node is None:
        node = element(name)
        before = ("cnfStyle",) if name == "tcW" else ("cnfStyle", "tcW")
        about.insert(sum(about.find(w(other)) is not None for other in before), node)
    for key, value in values.items():
        node.set(w(key), value)


def _drop(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


# Text ---------------------------------------------------------------------------------------------------


def _head(row: Element, heading: str) -> None:
    """Write a heading as its neighbour is written, and let the row be repeated on every page."""
    *_, neighbour, cell = _cells(row)
    made = _paragraph(neighbour, heading, plain=False)
    for node in cell.findall(w("p")):
        _drop(node)
    cell.append(made)
    about = row.find(w("trPr"))
    if about is None:
        about = element("trPr")
        row.insert(1 if row.find(w("tblPrEx")) is not None else 0, about)
    if about.find(w("tblHeader")) is None:
        changes = [node for node in about if node.tag in (w("ins"), w("del"), w("trPrChange"))]
        about.insert(len(about) - len(changes), element("tblHeader"))


def _put(cell: Element, model: Element, text: CellText) -> None:
    """Write paragraphs into a cell, as another cell's are written, below what stands there."""
    for node in cell.findall(w("p")):
        if all(child.tag == w("pPr") for child in node):
            _drop(node)
    cell.append(_paragraph(model, text.strong, strong=True))
    for line in _lines(text.lines):
        cell.append(_paragraph(model, line))


def _lines(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (line for line in clean_text(text)[0].split("\n") if line.strip())


def _paragraph(model: Element, text: str, *, strong: bool = False, plain: bool = True) -> Element:
    """A paragraph with the properties of the first one of a cell, its text with those of the first run."""
    made = element("p")
    first = next((p for p in model.iter(w("p")) if plain_text(p).strip()), None)
    if first is None:
        first = element("p")
    about = _copied(first.find(w("pPr")), ("numPr", "sectPr", "pPrChange", "rPr"))
    if about is not None:
        made.append(about)
    words = run(clean_text(text)[0])
    letters = next((r for r in first.iter(w("r")) if plain_text(r).strip()), None)
    look = _copied(letters.find(w("rPr")) if letters is not None else None, _EMPHASIS if plain else _CHANGES)
    if strong:
        look = element("rPr") if look is None else look
        before = sum(look.find(w(name)) is not None for name in ("rStyle", "rFonts"))
        look.insert(before, element("b"))
    if look is not None:
        words.insert(0, look)
    made.append(words)
    return made


_CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange")
_EMPHASIS = (*_CHANGES, "b", "bCs", "i", "iCs", "u", "strike", "dstrike", "highlight", "vanish", "caps")


def _copied(about: Element | None, without: Sequence[str]) -> Element | None:
    made = copy.deepcopy(about)
    if made is not None:
        for node in [node for node in made if node.tag in {w(name) for name in without}]:
            made.remove(node)
    return made
