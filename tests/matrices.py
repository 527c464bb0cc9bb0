"""Lists of recommendations for tests, in OHCHR's fourth-cycle layout, from a small notation::

    matrix('''
        Theme: Right to health
        140.1 Open a clinic (Chile); // Source of Position: A/HRC/1 - Para.3
            | Supported | Right to health // Groups of Persons: // Children | 3
    ''')

One line is one row, continued in lines that begin with ``|`` or ``//``. ``|`` parts its cells, ``//`` the
paragraphs of a cell; a line without ``|`` is one cell across the table, a line of dashes the heading row
again (the first one is there already), ``<blank>`` a row of blank cells. In the third column a name becomes
an item (``- Right to health``) and in the fourth a number a goal (``- 3 - GOOD HEALTH AND WELL-BEING``),
unless the paragraph begins with ``=`` or ends with a colon. Inside a text ``{+a+}`` is a tracked insertion,
``{-a-}`` a tracked deletion, ``{=a=}`` a content control, ``\\n`` a line break and ``\\t`` a tab.

The XML is written here by itself: reading is tested against something that our own writer did not make.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

HEADINGS = (
    "Recommendation and recommending State",
    "Position of the State under review",
    "Human rights themes and groups of persons",
    "Relevant SDGs",
)
HEADER = "UPR of Examplia (4th Cycle - 51st Session)\tThematic list of recommendations*"
GOALS = {
    str(number): name
    for number, name in enumerate(
        (
            *(
                "NO POVERTY",
                "ZERO HUNGER",
                "GOOD HEALTH AND WELL-BEING",
                "QUALITY EDUCATION",
                "GENDER EQUALITY",
            ),
            *("CLEAN WATER AND SANITATION", "AFFORDABLE AND CLEAN ENERGY", "DECENT WORK AND ECONOMIC GROWTH"),
            *("INDUSTRY, INNOVATION AND INFRASTRUCTURE", "REDUCED INEQUALITIES"),
            *("SUSTAINABLE CITIES AND COMMUNITIES", "RESPONSIBLE CONSUMPTION AND PRODUCTION"),
            *("CLIMATE ACTION", "LIFE BELOW WATER", "LIFE ON LAND", "PEACE, JUSTICE AND STRONG INSTITUTIONS"),
            "PARTNERSHIPS FOR THE GOALS",
        ),
        1,
    )
}

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def matrix(rows: str, *, header: str | None = None) -> bytes:
    """A list with these rows below its heading row; ``header`` is the text of the page header."""
    return document(list_table(rows), header=HEADER if header is None else header)


def list_table(rows: str) -> str:
    """The XML of the table alone."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (4435, 1134, 5017, 4592))
    joined = re.sub(r"\s*\n\s*(?=\||//)", " ", rows)
    lines = [line.strip() for line in joined.splitlines() if line.strip()]
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(map(_row, ['---', *lines]))}</w:tbl>"


def _row(line: str) -> str:
    if re.fullmatch("-{3,}", line):
        cells = [[heading] for heading in HEADINGS]
    elif line == "<blank>":
        cells = [[""]] * 4
    elif "|" not in line:
        return row([paragraph(line)], span=4)
    else:
        cells = [[piece.strip() for piece in re.split(r"\s//\s", cell)] for cell in line.split("|")]
        cells = [[_printed(text, column) for text in cell] for column, cell in enumerate(cells)]
    return row(["".join(paragraph(text) for text in cell) for cell in cells])


def _printed(text: str, column: int) -> str:
    if text.startswith("="):
        return text[1:]
    if column < 2 or not text or text.endswith(":"):
        return text
    return f"- {text}" if column == 2 else f"- {text} - {GOALS[text]}"


# XML -------------------------------------------------------------------------------------------------


def row(cells: list[str], *, span: int = 1, properties: str = "") -> str:
    """One table row; ``cells`` are the XML of what each cell holds."""
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    held = "".join(f"<w:tc><w:tcPr>{spanning}</w:tcPr>{cell or '<w:p/>'}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{held}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows of XML."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def paragraph(text: str) -> str:
    """One paragraph in the notation of this module, its text in several runs as Word writes them."""
    return f'<w:p><w:pPr><w:spacing w:before="40"/></w:pPr>{"".join(_runs(text))}</w:p>'


def _runs(text: str) -> Iterator[str]:
    for piece in re.split(r"(\{[+=-].*?[+=-]\}|Source of [Pp]osition:)", text):
        inner = piece[2:-2]
        if piece.startswith("{+"):
            yield f'<w:ins w:id="1" w:author="A">{_run(inner)}</w:ins>'
        elif piece.startswith("{-"):
            yield f'<w:del w:id="1" w:author="A">{_run(inner, "delText")}</w:del>'
        elif piece.startswith("{="):
            yield f"<w:sdt><w:sdtPr/><w:sdtContent>{_run(inner)}</w:sdtContent></w:sdt>"
        elif piece:
            yield _run(piece)


def _run(text: str, name: str = "t") -> str:
    breaks = {"\\n": "<w:br/>", "\\t": "<w:tab/>", "\t": "<w:tab/>"}
    pieces = re.split(r"(\\n|\\t|\t)", text)
    shown = (breaks.get(p) or f'<w:{name} xml:space="preserve">{escape(p)}</w:{name}>' for p in pieces if p)
    return f'<w:r><w:rPr><w:sz w:val="20"/></w:rPr>{"".join(shown)}</w:r>'


def document(body: str, *, header: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this XML as its body; ``parts`` replace what is made here, or come beside it."""
    names = (
        f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr>'
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("header1", "header"))
    )
    default = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{default}{overrides}</Types>',
        "_rels/.rels": _relationship("officeDocument", "word/document.xml"),
        "word/document.xml": f"<w:document {names}><w:body>{body}<w:p/>{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationship("header", "header1.xml"),
        "word/header1.xml": f"<w:hdr {names}>{paragraph(header)}</w:hdr>",
    }
    return archive({**made, **(parts or {})})


def _relationship(kind: str, target: str) -> str:
    node = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{node}</Relationships>'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()
