"""A plain Word file with one table: cells of paragraphs, a row of one cell spans the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from uprreport.files.word.package import write_parts
from uprreport.text import clean_text

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_table_document(
    header: str, rows: Sequence[Sequence[Sequence[str]]], *, widths: Sequence[int]
) -> bytes:
    """A landscape A4 page with a page header and one table; the first row repeats on every page.

    ``rows`` are rows of cells of paragraphs; ``widths`` are in twentieths of a point.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = "".join(_row(row, widths, is_first=index == 0) for index, row in enumerate(rows))
    body = f"<w:tbl>{_TABLE_PROPERTIES}<w:tblGrid>{grid}</w:tblGrid>{table}</w:tbl><w:p/>{_SECTION}"
    document = f'<w:document {_W} xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relationships(("header", "header1.xml")),
        "word/document.xml": document,
        "word/header1.xml": f"<w:hdr {_W}>{_paragraph(header)}</w:hdr>",
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return write_parts({name: f"{head}{xml}".encode() for name, xml in parts.items()})


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_PROPERTIES = (
    f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/></w:tblPr>'
)
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="r1"/>'
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="851" w:header="567" w:footer="567"'
    ' w:gutter="0"/></w:sectPr>'
)


def _row(row: Sequence[Sequence[str]], widths: Sequence[int], *, is_first: bool) -> str:
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if is_first else "") + "</w:trPr>"
    if len(row) == 1:
        span = f'<w:gridSpan w:val="{len(widths)}"/>'
        return f"<w:tr>{properties}{_cell(row[0], sum(widths), span)}</w:tr>"
    cells = "".join(_cell(cell, width, "") for cell, width in zip(row, widths, strict=True))
    return f"<w:tr>{properties}{cells}</w:tr>"


def _cell(paragraphs: Sequence[str], width: int, span: str) -> str:
    text = "".join(_paragraph(paragraph) for paragraph in paragraphs) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{text}</w:tc>'


def _paragraph(text: str) -> str:
    pieces = "".join(_piece(piece) for piece in re.split(r"([\t\n])", clean_text(text)[0]))
    properties = (
        '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="20"/></w:rPr>'
    )
    return f'<w:p><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr><w:r>{properties}{pieces}</w:r></w:p>'


def _piece(text: str) -> str:
    breaks = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    return breaks.get(text) or f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _content_types() -> str:
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    kinds = {"document": "document.main", "header1": "header"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return f'<Types xmlns="{_P}/content-types">{defaults}{overrides}</Types>'


def _relationships(*targets: tuple[str, str]) -> str:
    nodes = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_P}/relationships">{nodes}</Relationships>'
