"""A plain A4 page to be printed and signed: headings, paragraphs, tables; right to left where the language
is.

It has styles of its own and needs no template: what goes to an agency is the same in every review.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from uprreport.files.word import properties
from uprreport.files.word.package import Parts, write_parts
from uprreport.files.word.xml import Element, R, element, run, serialise
from uprreport.language import Language
from uprreport.text import clean_text

Style = Literal["Title", "Heading1", "Heading2", "Normal", "Small", "Strong", "TableText", "TableHeading"]

WIDTH = 9070
"""The width of the text, in twentieths of a point."""

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in a style; its lines are broken where the text is. ``keep``: on one page with the next."""

    text: str
    style: Style = "Normal"
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cells of its rows are headings. ``widths`` are shares, ``height`` that of a row.

    ``keep``: on one page with what follows.
    """

    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    height: int = 0
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is written: the parts in order, the words at the foot of each page, and about the document."""

    title: str
    author: str
    language: Language
    day: datetime.date
    parts: Sequence[Line | Grid]
    foot: str = ""


def write_letter(page: Page) -> bytes:
    """A .docx file; the same bytes for the same page."""
    writer = _Writer(is_rtl=page.language.is_rtl)
    body = element("body", *(writer.part(part) for part in page.parts), _section(is_rtl=writer.is_rtl))
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

    def part(self, part: Line | Grid) -> Element:
        return self.paragraph(part) if isinstance(part, Line) else self._table(part)

    def paragraph(self, line: Line) -> Element:
        text = clean_text(line.text)[0] if line.text.strip() else ""
        about = element("pPr", element("pStyle", val=line.style))
        if line.keep:
            about.append(element("keepNext"))
        made = element("p", about)
        if self.is_rtl and (_is_rtl(text) or not any(char.isalpha() for char in text)):
            about.append(element("bidi"))
        if text:
            words = run(text + line.text[len(line.text.rstrip(" ")) :])
            if self.is_rtl and _is_rtl(text):
                words.insert(0, element("rPr", element("rtl")))
            made.append(words)
        return made

    def _table(self, grid: Grid) -> Element:
        whole = sum(grid.widths)
        widths = [WIDTH * share // whole for share in grid.widths]
        about = element("tblPr", element("tblStyle", val="TableGrid"))
        if self.is_rtl:
            about.append(element("bidiVisual"))
        about.extend([element("tblW", w=str(sum(widths)), type="dxa"), element("tblLayout", type="fixed")])
        columns = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
        return element("tbl", about, columns, *(self._row(row, widths, grid) for row in grid.rows))

    def _row(self, row: Sequence[str], widths: Sequence[int], grid: Grid) -> Element:
        about = element("trPr")
        if len(" ".join(row)) < 800:  # a longer row may be broken: it might not fit on a page of its own
            about.append(element("cantSplit"))
        if grid.height:
            about.append(element("trHeight", val=str(grid.height), hRule="atLeast"))
        made = element("tr", about) if len(about) else element("tr")
        for index, (text, width) in enumerate(zip(row, widths, strict=True)):
            style: Style = "TableHeading" if index == 0 else "TableText"
            lines = [self.paragraph(Line(line, style, grid.keep)) for line in text.split("\n")]
            made.append(element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), *lines))
        return made


def _is_rtl(text: str) -> bool:
    """Whether any of its letters is written from right to left: names in other letters may outnumber them."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _section(*, is_rtl: bool) -> Element:
    foot = element("footerReference", type="default")
    foot.set(f"{{{R}}}id", "r2")
    made = element(
        "sectPr",
        foot,
        element("pgSz", w="11906", h="16838"),
        element("pgMar", top="1418", right="1418", bottom="1418", left="1418", header="709", footer="709",
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
