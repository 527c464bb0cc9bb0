"""Clearance files that came back: guarded, laid out as a draft has its passages, and their sign-off table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from uprreport.files.excel.guard import DAMAGE, ENTRIES, Package
from uprreport.files.excel.workbook import Limits
from uprreport.files.word.anchors import anchors_in
from uprreport.files.word.containers import body_of, top_paragraphs
from uprreport.files.word.package import Parts, read_parts
from uprreport.files.word.regions import cells_of, live_rows, read_rows
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, parse, plain_text, serialise, w
from uprreport.findings import UprReportError
from uprreport.text import clean_text, fold

SENT, NOW = "What you sent", "As it now reads in the report"
PASSAGE, TEXT, CLEARED, REMARK = "Passage", "Text", "Cleared (yes/no)", "Remark"
SHOWN = 8
"""Digits of a passage's sum that a reader sees."""

NAME, POST, DATE = "Name", "Post", "Date (year-month-day)"

INSTRUCTIONS = (
    (
        "Please read the right-hand column: so your information will stand in the report. You may change it "
        "there, with or without tracked changes; your changes come back to the coordinator in your name."
    ),
    (
        "Then fill in the table at the end: yes or no beside each passage, and once name, post and date. "
        "A sign-off holds for the text as it stands in this file when you return it. If that text is changed "
        "later, you will be asked again."
    ),
)
NOTHING_SENT = "(nothing for publication)"


def drop_part(parts: Parts, name: str) -> None:
    """Take a part out of a package, with its content type and whatever refers to it."""
    parts.pop(name, None)
    folder, _, short = name.rpartition("/")
    parts.pop(f"{folder}/_rels/{short}.rels", None)
    for other in [key for key in parts if key == "[Content_Types].xml" or key.endswith(".rels")]:
        root = parse(parts[other])
        targets = {short, name, f"/{name}", f"../{name}"}
        gone = [n for n in root if n.get("PartName") == f"/{name}" or n.get("Target") in targets]
        for node in gone:
            root.remove(node)
        if gone:
            parts[other] = serialise(root)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sign-off table as it came back."""

    title: str
    digest: str
    cleared: str
    remark: str


@dataclass(frozen=True, slots=True)
class SignOffTable:
    """What came back at the end of a clearance file, as typed."""

    lines: tuple[Line, ...] = ()
    signed: Mapping[str, str] = field(default_factory=dict)


def open_word(content: bytes, shown: str) -> Parts:
    """The parts of a .docx that came from outside, unpacked within bounds.

    Raises ``UprReportError`` when it is anything else, and says what.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UprReportError(
            f"{shown} is protected by a password or in an old format (.doc)",
            "open it in Word or LibreOffice and save it as .docx, without a password",
        )
    if content.startswith(b"%PDF"):
        raise UprReportError(
            f"{shown} is a PDF file",
            "ask for the Word file as well; keep the PDF with the signature among your papers",
        )
    try:
        package, limits = Package(content), Limits()
        if package.encrypted or package.unpacked > limits.unpacked or len(package) > ENTRIES:
            raise UprReportError(
                f"{shown} is larger than any such file, and was not opened", "ask for it anew"
            )
        parts = read_parts(content)
        parse(parts["word/document.xml"])
        parse(parts["word/styles.xml"])
    except (*DAMAGE, zipfile.BadZipFile, etree.XMLSyntaxError):
        raise UprReportError(
            f"{shown} could not be read as a Word document",
            "open it in Word or LibreOffice and save it as .docx; if it does not open, ask for it anew",
        ) from None
    return parts


def lay_out(parts: Mapping[str, bytes]) -> Parts:
    """The same document with nothing in its body but the cells that hold the report's text, one after the
    other: paragraphs and tables as a draft has them, with whatever was changed in them."""
    root = parse(parts["word/document.xml"])
    body = body_of(root)
    held = list(_reading_cells(body))
    for node in list(body):
        if node.tag != w("sectPr"):
            body.remove(node)
    inside = [node for cell in held for node in cell if node.tag != w("tcPr")]
    body[0:0] = inside
    return {**parts, "word/document.xml": serialise(root)}


def _reading_cells(body: Element) -> Iterator[Element]:
    """The cells below the heading ``NOW``, and any other cell that an anchor stands in."""
    below: set[Element] = set()
    for table in body.iter(w("tbl")):
        rows = list(live_rows(table))
        heading = cells_of(rows[0]) if rows else ()
        if heading and fold(plain_text(heading[-1])) == fold(NOW):
            below |= {cells_of(row)[-1] for row in rows[1:] if cells_of(row)}
    for cell in body.iter(w("tc")):
        outer = any(parent in below for parent in cell.iterancestors(w("tc")))
        anchored = any(next(anchors_in(node), None) for node in top_paragraphs(cell))
        if cell in below or (anchored and not outer):
            yield cell


def read_sign_off(parts: Mapping[str, bytes]) -> SignOffTable:
    """The table for the sign-off and who signed, wherever they stand; empty when they are gone."""
    styles = Styles(parse(parts["word/styles.xml"]))
    lines: list[Line] = []
    signed: dict[str, str] = {}
    for table in parse(parts["word/document.xml"]).iter(w("tbl")):
        rows = [tuple(clean_text(cell)[0] for cell in row) for row in read_rows(table, styles)]
        if rows and fold(CLEARED) in {fold(cell) for cell in rows[0]}:
            lines += _read_lines(rows)
        else:
            fields = {fold(name): name for name in (NAME, POST, DATE)}
            for row in rows:
                name = fields.get(fold(row[0])) if len(row) > 1 else None
                if name and " ".join(row[1:]).strip():
                    signed.setdefault(name, " ".join(row[1:]).strip())
    return SignOffTable(tuple(lines), signed)


def _read_lines(rows: Sequence[tuple[str, ...]]) -> Iterator[Line]:
    headings = [fold(cell) for cell in rows[0]]
    at = {
        name: headings.index(fold(name))
        for name in (PASSAGE, TEXT, CLEARED, REMARK)
        if fold(name) in headings
    }
    for row in rows[1:]:
        told = [row[at[n]] if n in at and at[n] < len(row) else "" for n in (PASSAGE, TEXT, CLEARED, REMARK)]
        yield Line(*told)
