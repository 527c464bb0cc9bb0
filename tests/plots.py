"""Charts in an editor's hands: what they show, and what is done to them, in the XML of their parts."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl

from drafts import regions
from editors import Editor
from uprreport.files.word import properties
from uprreport.files.word.anchors import PREFIX
from uprreport.files.word.chart_parts import CHART_KIND, CHART_RELATION
from uprreport.files.word.package import read_parts
from uprreport.files.word.plots import WP, A, Drawn, Grid, c, find_drawn, related
from uprreport.files.word.regions import read_regions
from uprreport.files.word.xml import Element, R, element, parse, serialise, w

IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def drawn(content: bytes, block: str) -> tuple[Drawn, ...]:
    """The drawings in a block's region, by its id."""
    return find_drawn(regions(content)[block].elements, read_parts(content))


def shows(content: bytes, block: str) -> dict[str, dict[str, str]]:
    """What the only chart of a block shows: by category, the series that have anything there."""
    (one,) = drawn(content, block)
    assert one.seen.rows is not None
    return told(one.seen.rows)


def told(rows: Grid) -> dict[str, dict[str, str]]:
    return {row[0]: {n: v for n, v in zip(rows[0][1:], row[1:], strict=True) if v != "0"} for row in rows[1:]}


def book(content: bytes, block: str) -> Grid:
    """The cells of the workbook behind a block's chart."""
    parts = read_parts(content)
    (one,) = drawn(content, block)
    held = next(parse(parts[one.part]).iter(c("externalData")))
    name = related(parts, one.part, held.get(f"{{{R}}}id", ""))
    sheet = openpyxl.load_workbook(io.BytesIO(parts[name])).worksheets[0]
    return tuple(tuple("" if v is None else str(v) for v in row) for row in sheet.iter_rows(values_only=True))


class Charts:
    """The charts of a draft that is being edited; blocks are named by their anchors."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor

    def of(self, anchor: str) -> Drawn:
        region = next(
            r for r in read_regions(self.editor.body) if r.anchors and r.anchors[0] == PREFIX + anchor
        )
        return find_drawn(region.elements, self.editor.parts)[0]

    def all(self) -> list[Drawn]:
        return [one for one in find_drawn([self.editor.body], self.editor.parts) if one.part]

    def root(self, one: Drawn) -> Element:
        return parse(self.editor.parts[one.part])

    def put(self, one: Drawn, root: Element) -> None:
        self.editor.parts[one.part] = serialise(root)

    def number(self, one: Drawn, series: int, point: int, value: str) -> None:
        """Type another number into the data of a chart."""
        root = self.root(one)
        points = list(list(root.iter(c("val")))[series].iter(c("v")))
        points[point].text = value
        self.put(one, root)

    def rename(self, one: Drawn, point: int, name: str) -> None:
        """Type another name of a category into the data of a chart."""
        root = self.root(one)
        for category in root.iter(c("cat")):
            list(category.iter(c("v")))[point].text = name
        self.put(one, root)

    def recolour(self, one: Drawn, colour: str) -> None:
        """Choose one colour for all bars."""
        root = self.root(one)
        for fill in self.fills(root):
            fill.set("val", colour)
        self.put(one, root)

    def fills(self, root: Element) -> Iterator[Element]:
        for series in root.iter(c("ser")):
            shape = series.find(c("spPr"))
            if shape is not None:
                yield from shape.iterfind(f"{{{A}}}solidFill/{{{A}}}srgbClr")

    def picture(self, one: Drawn) -> None:
        """Put a picture in the place of a chart."""
        properties.add_part(self.editor.parts, "word/media/image1.png", PIXEL, "image/png")
        relation = properties.relate(self.editor.parts, "word/document.xml", IMAGE, "word/media/image1.png")
        pic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
        data = next(one.node.iter(f"{{{A}}}graphicData"))
        data[:] = []
        data.set("uri", pic)
        xml = (
            f'<pic:pic xmlns:pic="{pic}" xmlns:a="{A}" xmlns:r="{R}"><pic:nvPicPr>'
            '<pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        data.append(parse(xml.encode()))

    def drop(self, one: Drawn) -> None:
        """Delete the drawing; its paragraph stays."""
        run = one.node.getparent()
        assert run is not None
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)

    def strike(self, one: Drawn, number: int = 9300, author: str = "A. Editor") -> None:
        """Delete the drawing with tracking on."""
        run = one.node.getparent()
        assert run is not None
        mark = element("del", id=str(number), author=author, date="2026-04-10T09:00:00Z")
        run.addprevious(mark)
        mark.append(run)

    def own(self, node: Element, number: int) -> None:
        """Give pasted charts parts and numbers of their own, as programs do."""
        parts = self.editor.parts
        for chart in node.iter(c("chart")):
            was = related(parts, "word/document.xml", chart.get(f"{{{R}}}id", ""))
            if was:
                name = f"word/charts/pasted{number}.xml"
                relations = f"word/charts/_rels/{was.rpartition('/')[2]}.rels"
                properties.add_part(parts, name, parts[was], CHART_KIND)
                if relations in parts:
                    parts[f"word/charts/_rels/pasted{number}.xml.rels"] = parts[relations]
                chart.set(f"{{{R}}}id", properties.relate(parts, "word/document.xml", CHART_RELATION, name))
        for offset, about in enumerate(node.iter(f"{{{WP}}}docPr")):
            about.set("id", str(number + offset))
            about.set("name", f"Chart {number + offset}")

    def describe(self, one: Drawn, alternative: str) -> None:
        for about in one.node.iter(f"{{{WP}}}docPr"):
            about.set("descr", alternative)

    def drawings(self) -> list[Element]:
        return list(self.editor.body.iter(w("drawing")))
