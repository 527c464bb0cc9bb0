"""A plain A4 page to be printed and signed: headings, paragraphs, tables; right to left where the language
is.

It has styles of its own and needs no template: what goes to an agency is the same in every review.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from uprreport.files.word import properties
from uprreport.files.word.package import Parts, write_parts
from uprreport.files.word.xml import Element, R, element, run, serialise
from uprreport.language import Language
from uprreport.text import clean_text, reads_from_right

Style = Literal["Title", "Heading1", "Heading2", "Normal", "Small", "Strong", "TableText", "TableHeading"]

WIDTH = 9070
"""The width of the text of an upright page, in twentieths of a point."""

WIDE = 14570
"""The width of the text of a page that lies on its side."""

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in a style; its lines are broken where the text is. ``keep``: on one page with the next.

    ``new_page``: the first one on its page.
    """

    text: str
    style: Style = "Normal"
    keep: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cells of its rows are headings. ``widths`` are shares, ``height`` that of a row.

    ``keep``: on one page with what follows. ``head``: the first row holds the headings, which are repeated on
    every page, and the first cells of the others are cells like any other.
    """

    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    height: int = 0
    keep: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is written: the parts in order, the words at the foot of each page, and about the document."""

    title: str
    author: str
    language: Language
    day: datetime.date
    parts: Sequence[Line | Grid]
    foot: str = ""
    landscape: bool = False


def write_letter(page: Page) -> bytes:
    """A .docx file; the same bytes for the same page."""
    writer = _Writer(page.language.is_rtl, WIDE if page.landscape else WIDTH)
    section = _section(is_rtl=writer.is_rtl, landscape=page.landscape)
    body = element("body", *(writer.part(part) for part in page.parts), section)
    foot = writer.paragraph(Line(page.foot and f"{page.foot}    ", "Small"))
    foot.extend(_page_number())
    parts: Parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("footer", "footer1.xml")),
        "word/document.xml": serialise(element("document", body)),
        "word/footer1.xml": serialise(element("ftr", foot)),
        "word/styles.xml": serialise(_styles(page.language)),
    }
    properties.set_core(
        parts, title=page.title, author=page.author, language=page.language.code, day=page.day
    )
    return write_parts(parts)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes elements; in a language from right to left all turns round but texts in other letters."""

    is_rtl: bool
    width: int

    def part(self, part: Line | Grid) -> Element:
        return self.paragraph(part) if isinstance(part, Line) else self._table(part)

    def paragraph(self, line: Line) -> Element:
        text = clean_text(line.text)[0] if line.text.strip() else ""
        about = element("pPr", element("pStyle", val=line.style))
        if line.keep:
            about.append(element("keepNext"))
        if line.new_page:
            about.append(element("pageBreakBefore"))
        made = element("p", about)
        turned = self.is_rtl and reads_from_right(text, default=True)
        if turned:
            about.append(element("bidi"))
        if text:
            words = run(text + line.text[len(line.text.rstrip(" ")) :])
            if turned and any(char.isalpha() for char in text):
                words.insert(0, element("rPr", element("rtl")))
            made.append(words)
        return made

    def _table(self, grid: Grid) -> Element:
        whole = sum(grid.widths)
        widths = [self.width * share // whole for share in grid.widths]
        about = element("tblPr", element("tblStyle", val="TableGrid"))
        if self.is_rtl:
            about.append(element("bidiVisual"))
        about.extend([element("tblW", w=str(sum(widths)), type="dxa"), element("tblLayout", type="fixed")])
        columns = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
        rows = (self._row(row, widths, grid, index == 0) for index, row in enumerate(grid.rows))
        return element("tbl", about, columns, *rows)

    def _row(self, row: Sequence[str], widths: Sequence[int], grid: Grid, is_first: bool) -> Element:
        is_head = grid.head and is_first
        about = element("trPr")
        if len(" ".join(row)) < 800:  # a longer row may be broken: it might not fit on a page of its own
            about.append(element("cantSplit"))
        if grid.height:
            about.append(element("trHeight", val=str(grid.height), hRule="atLeast"))
        if is_head:
            about.append(element("tblHeader"))
        made = element("tr", about) if len(about) else element("tr")
        for index, (text, width) in enumerate(zip(row, widths, strict=True)):
            style: Style = "TableHeading" if is_head or (index == 0 and not grid.head) else "TableText"
            lines = [self.paragraph(Line(line, style, grid.keep)) for line in text.split("\n")]
            cell = element("tcPr", element("tcW", w=str(width), type="dxa"))
            if is_head:
                cell.append(element("shd", val="clear", color="auto", fill="E7E6E6"))
            made.append(element("tc", cell, *lines))
        return made


def _section(*, is_rtl: bool, landscape: bool) -> Element:
    foot = element("footerReference", type="default")
    foot.set(f"{{{R}}}id", "r2")
    size = element("pgSz", w="11906", h="16838")
    if landscape:
        size = element("pgSz", w="16838", h="11906", orient="landscape")
    margin = "1134" if landscape else "1418"
    made = element(
        "sectPr",
        foot,
        size,
        element("pgMar", top=margin, right=margin, bottom=margin, left=margin, header="709", footer="709",
                gutter="0"),
    )  # fmt: skip
    if is_rtl:
        made.append(element("bidi"))
    return made


def _page_number() -> list[Element]:
    text = element("instrText")
    text.text = " PAGE "
    pieces = [element("fldChar", fldCharType="begin"), text, element("fldChar", fldCharType="separate")]
    shown = run("1")
    end = element("r", element("fldChar", fldCharType="end"))
    return [*(element("r", piece) for piece in pieces), shown, end]


# Styles -----------------------------------------------------------------------------------------------

_LOOKS: Mapping[Style, tuple[str, int, int, int]] = {
    "Title": ("Title", 32, 200, 120),
    "Heading1": ("heading 1", 26, 320, 100),
    "Heading2": ("heading 2", 22, 240, 60),
    "Small": ("Small", 16, 0, 0),
    "Strong": ("Strong Line", 22, 60, 120),
    "TableText": ("Table Text", 19, 30, 30),
    "TableHeading": ("Table Heading", 19, 30, 30),
}
"""By id: name, size in half points, space before and after in twips."""

_LIGHT = ("Small", "TableText")


def _styles(language: Language) -> Element:
    fonts = element("rFonts", ascii="Arial", hAnsi="Arial", eastAsia="SimSun", cs="Arial")
    tongue = {
        "val": language.code,
        "eastAsia": "zh-CN",
        "bidi": language.code if language.is_rtl else "ar-SA",
    }
    look = element(
        "rPr", fonts, element("sz", val="21"), element("szCs", val="21"), element("lang", **tongue)
    )
    defaults = element("docDefaults", element("rPrDefault", look), element("pPrDefault"))
    normal = element("style", element("name", val="Normal"), element("qFormat"),
                     element("pPr", element("spacing", before="0", after="120", line="264", lineRule="auto")),
                     type="paragraph", default="1", styleId="Normal")  # fmt: skip
    return element("styles", defaults, normal, *map(_style, _LOOKS), _grid_style())


def _style(style: Style) -> Element:
    name, size, before, after = _LOOKS[style]
    about = element("pPr", element("spacing", before=str(before), after=str(after)))
    if style in ("Title", "Heading1", "Heading2"):
        about.insert(0, element("keepNext"))
    if style.startswith("Heading"):
        about.append(element("outlineLvl", val=str(int(style[-1]) - 1)))
    look = element("rPr", *([] if style in _LIGHT else [element("b"), element("bCs")]))
    look.extend([element("sz", val=str(size)), element("szCs", val=str(size))])
    return element("style", element("name", val=name), element("basedOn", val="Normal"), element("qFormat"),
                   about, look, type="paragraph", styleId=style)  # fmt: skip


def _grid_style() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (element(side, val="single", sz="4", space="0", color="A6A6A6") for side in sides)
    margins = (element(side, w="100", type="dxa") for side in ("left", "right"))
    about = element("tblPr", element("tblBorders", *lines), element("tblCellMar", *margins))
    return element("style", element("name", val="Table Grid"), about, type="table", styleId="TableGrid")


# The container ----------------------------------------------------------------------------------------

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("footer1", "footer"))
    )
    + "</Types>"
).encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    nodes = "".join(
        f'<Relationship Id="r{number}" Type="{R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{nodes}</Relationships>'.encode()
