"""Read the tables and page headers of a Word file as plain values: rows of cells, cells of paragraphs.

Text inside content controls, insertions, links and fields is seen; deleted and hidden text is not. A
paragraph whose end was deleted reads on in the next one. Whatever the file is, the outcome is a value or a
finding.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from uprreport.findings import Finding, Location

UNPACKED = 50 * 1024 * 1024
"""Bytes that the parts of one file may take up when unpacked."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OLDER_PROGRAMS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SHOWN = frozenset({_OLDER_PROGRAMS, *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rt"))})
"""Elements in which no text of the document stands, or text that stands beside them already."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, LookupError, RuntimeError)
"""What the standard library raises on damaged archives, and on elements nested without end."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its paragraphs as text, and how many columns of the grid it spans."""

    paragraphs: tuple[str, ...]
    span: int = 1

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


TableRow = tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class WordTables:
    """The tables of a document in their order, the text of its page headers, and the tables' hidden words."""

    headers: tuple[str, ...]
    tables: tuple[tuple[TableRow, ...], ...]
    hidden: tuple[str, ...] = ()


def read_tables(path: Path, shown: str) -> tuple[WordTables | None, tuple[Finding, ...]]:
    """The tables of a .docx; or None and why it cannot be read. ``shown`` names the file in findings."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, (_unreadable(shown, error.strerror or "it could not be opened"),)
    problem = _foreign(content)
    if problem:
        return None, (_unreadable(shown, problem),)
    try:
        return _read(content), ()
    except _RefusedError as refused:
        problem = str(refused)
    except (ParseError, ValueError):
        problem = "its contents are damaged, or hold what no office program writes"
    except _DAMAGE:
        problem = "it is cut off or damaged; perhaps it was not copied or downloaded to the end"
    return None, (_unreadable(shown, problem),)


class _RefusedError(Exception):
    """Why a sound archive is not read, in words for people."""


def _unreadable(shown: str, problem: str) -> Finding:
    way = _WAYS.get(problem, _OPEN)
    return Finding("document-unreadable", Location(shown), details={"problem": problem, "way": way})


_OPEN = "open it in Word or LibreOffice and save it as .docx; if it does not open, download it again"
_NO_WORD = (
    "take the list as a Word document (.docx), as OHCHR publishes it, or type its rows into register.xlsx"
)
_WAYS = {
    "it is empty": "download it again",
    "it is a PDF file": _NO_WORD,
    "it is not a Word document": _NO_WORD,
    "it is protected by a password": "open it in Word and save it without a password",
}
"""What helps with a file that opening and saving it in Word does not make a list."""


def _foreign(content: bytes) -> str:
    """What a file is that is no zip archive."""
    if not content:
        return "it is empty"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in content
        return "it is protected by a password" if protected else "it is in an old format (.doc)"
    if content.startswith(b"%PDF"):
        return "it is a PDF file"
    return "" if content.startswith(b"PK") else "it is not a Word document"


def _read(content: bytes) -> WordTables:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(entry.file_size for entry in package.infolist()) > UNPACKED:
            raise _RefusedError(f"unpacked it would take up more than {UNPACKED // 1024 // 1024} MB")
        names = package.namelist()
        main = main_part(package)
        if main not in names:
            open_document = "mimetype" in names
            raise _RefusedError(
                "it is in OpenDocument format (.odt)" if open_document else "it is not a Word document"
            )
        body = _parse(package.read(main))
        hidden = _hidden_styles(_parse(package.read(_STYLES))) if _STYLES in names else frozenset()
        headers = [_parse(package.read(n)) for n in sorted(names) if n.startswith("word/header")]
    if body.tag != f"{_W}document":
        raise _RefusedError("it is not a Word document")
    tables = [*table_elements(body)]
    unseen = tuple(text for table in tables for text in _take_hidden(table, hidden))
    return WordTables(
        tuple("\n".join(_paragraphs(header)) for header in headers),
        tuple(tuple(_rows(table)) for table in tables),
        unseen,
    )


_STYLES = "word/styles.xml"
_HIDING = (f"{_W}vanish", f"{_W}specVanish")


def _hidden_styles(styles: Element) -> frozenset[str]:
    """The styles of letters and paragraphs that hide their text."""
    hiding = (style for style in styles.iter(f"{_W}style") if _hides(style.find(f"{_W}rPr")))
    return frozenset(style.get(f"{_W}styleId", "") for style in hiding)


def _hides(look: Element | None) -> bool:
    marks = [look.find(name) for name in _HIDING] if look is not None else []
    return any(mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off") for mark in marks)


def _take_hidden(table: Element, styles: frozenset[str]) -> Iterator[str]:
    """Take the words out of a table that Word hides; they come back, paragraph by paragraph."""
    for paragraph in _elements(table, "p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        whole = style is not None and style.get(f"{_W}val") in styles
        found = ""
        for run in _elements(paragraph, "r"):
            look = run.find(f"{_W}rPr")
            named = look.find(f"{_W}rStyle") if look is not None else None
            if whole or _hides(look) or (named is not None and named.get(f"{_W}val") in styles):
                found += "".join(_texts(run))
                for child in list(run):
                    run.remove(child)
        if found.strip():
            yield found.strip()


def main_part(package: zipfile.ZipFile) -> str:
    """The name of the part that holds the text: programs may number it."""
    if "_rels/.rels" in package.namelist():
        for node in _parse(package.read("_rels/.rels")):
            if node.get("Type", "").endswith("/officeDocument"):
                return node.get("Target", "").lstrip("/")
    return "word/document.xml"


def _parse(xml: bytes) -> Element:
    from defusedxml.ElementTree import fromstring

    # The strict variant of the format differs in nothing that is read here but its namespace.
    root: Element = fromstring(xml.replace(STRICT[1:-1].encode(), _W[1:-1].encode()))
    return root


def _elements(parent: Element, name: str) -> Iterator[Element]:
    """All elements of that name below, in their order, but those that are not shown."""
    for child in parent:
        if child.tag in _NOT_SHOWN:
            continue
        if child.tag == f"{_W}{name}":
            yield child
        yield from _elements(child, name)


def table_elements(root: Element) -> Iterator[Element]:
    """The tables of a document in the order in which ``read_tables`` gives them."""
    return _elements(root, "tbl")


def row_elements(table: Element) -> Iterator[Element]:
    """The rows of a table in the order in which ``read_tables`` gives them: without deleted ones."""
    for row in _inside(table, "tr"):
        if next(_inside(row, "tc"), None) is not None and not _is_gone(row.find(f"{_W}trPr")):
            yield row


def _is_gone(look: Element | None) -> bool:
    """Whether a row, or the end of a paragraph, is deleted or moved away."""
    return look is not None and any(look.find(f"{_W}{name}") is not None for name in ("del", "moveFrom"))


def cell_elements(row: Element) -> Iterator[Element]:
    """The cells of a row."""
    return _inside(row, "tc")


def _rows(table: Element) -> Iterator[TableRow]:
    for row in row_elements(table):
        yield tuple(_cell(cell) for cell in _inside(row, "tc"))


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also inside content controls; not those of inner tables."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo"):
            yield from _inside(child, name)


def _cell(cell: Element) -> TableCell:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    digits = span.get(f"{_W}val", "1") if span is not None else "1"
    return TableCell(tuple(_paragraphs(cell)), int(digits) if digits.isdecimal() else 1)


def _paragraphs(parent: Element) -> Iterator[str]:
    begun = ""
    for paragraph in _elements(parent, "p"):
        begun += "".join(_texts(paragraph)).replace("\u00a0", " ")
        if _is_gone(paragraph.find(f"{_W}pPr/{_W}rPr")):
            continue  # it reads on in the next paragraph
        if begun.strip():
            yield begun.strip()
        begun = ""
    if begun.strip():
        yield begun.strip()


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _NOT_SHOWN or child.tag == f"{_W}p":
            continue  # an inner paragraph (of a text box) is met by itself
        name = child.tag.removeprefix(_W)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "\u2011"
        else:
            yield from _texts(child)
