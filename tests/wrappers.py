"""Every container of WordprocessingML that may stand around paragraphs, rows, cells and runs, put around them
as programs write it. From the schema: ECMA-376 part 4, ``wml.xsd``; part 3 for alternatives."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Sequence

from editors import WHEN
from uprreport.files.word.xml import Element, element, parse, w

Wrap = Callable[[Sequence[Element]], Element]
"""Puts a container around neighbours, in their place; gives it."""

_numbers = itertools.count(880_000)
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def around(nodes: Sequence[Element], container: Element, holder: Element | None = None) -> Element:
    nodes[0].addprevious(container)
    (container if holder is None else holder).extend(nodes)
    return container


def control(*about: Element) -> Wrap:
    """A content control; without a kind it is one for free text."""

    def wrap(nodes: Sequence[Element]) -> Element:
        content = element("sdtContent")
        number = element("id", val=str(next(_numbers)))
        names = element("alias", val="Prisons"), element("tag", val="goog_rdk_0")
        properties = element("sdtPr", *names, number, *map(copy.deepcopy, about))
        return around(nodes, element("sdt", properties, content), content)

    return wrap


def named(tag: str, **attributes: str) -> Wrap:
    return lambda nodes: around(nodes, element(tag, **attributes))


def tracked(tag: str, author: str = "A. Editor") -> Wrap:
    return lambda nodes: around(nodes, element(tag, id=str(next(_numbers)), author=author, date=WHEN))


def nested(*wraps: Wrap) -> Wrap:
    def wrap(nodes: Sequence[Element]) -> Element:
        made = wraps[-1](nodes)
        for one in reversed(wraps[:-1]):
            made = one([made])
        return made

    return wrap


def building_block() -> Element:
    return element("docPartObj", element("docPartGallery", val="Quick Parts"), element("docPartUnique"))


RUNS: dict[str, Wrap] = {
    "content control": control(),
    "control for rich text": control(element("richText")),
    "custom XML": named("customXml", uri="urn:x", element="figure"),
    "smart tag": named(
        "smartTag", uri="urn:schemas-microsoft-com:office:smarttags", element="metricconverter"
    ),
    "link": named("hyperlink", anchor="_Toc1", history="1"),
    "direction": named("dir", val="ltr"),
    "direction override": named("bdo", val="ltr"),
    "field of a link": named("fldSimple", instr=' HYPERLINK "https://example.org" '),
    "insertion": tracked("ins"),
    "moved here": tracked("moveTo"),
    "link in a control": nested(control(), named("hyperlink", anchor="_Toc1")),
    "insertion in a control": nested(control(), tracked("ins")),
    "smart tag in an insertion": nested(tracked("ins"), named("smartTag", uri="urn:x", element="place")),
    "control in a control": nested(control(), control()),
}
"""What may stand around runs (``EG_PContent``, ``EG_ContentRunContent``, ``EG_RunLevelElts``)."""

BLOCKS: dict[str, Wrap] = {
    "content control": control(),
    "building block": control(building_block()),
    "custom XML": named("customXml", uri="urn:x", element="chapter"),
    "control in custom XML": nested(named("customXml", uri="urn:x", element="chapter"), control()),
    "control in a control": nested(control(), control()),
}
"""What may stand around paragraphs and tables (``EG_ContentBlockContent``)."""

ROWS: dict[str, Wrap] = {
    "content control": control(),
    "custom XML": named("customXml", uri="urn:x", element="row"),
    "control in a control": nested(control(), control()),
}
"""What may stand around rows (``EG_ContentRowContent``), and around cells (``EG_ContentCellContent``)."""

CLOSED: dict[str, Wrap] = {
    "plain text": control(element("text")),
    "list": control(element("dropDownList")),
    "list with free text": control(element("comboBox")),
    "date": control(element("date")),
    "group": control(element("group")),
    "bound to another part": control(element("dataBinding", xpath="/x", storeItemID="{0}")),
    "locked": control(element("lock", val="sdtContentLocked")),
    "computed": named("fldSimple", instr=" DOCPROPERTY Subject "),
}
"""Controls and fields whose words a program writes anew, or refuses to change."""


def alternatives(shown: str, older: str) -> Element:
    """``mc:AlternateContent`` with what today's programs show, and what older ones do."""
    return parse(
        f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:w="{w("")[1:-1]}"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:Choice Requires="wps">{shown}</mc:Choice><mc:Fallback>{older}</mc:Fallback>'
        "</mc:AlternateContent>".encode()
    )


def text_box(*lines: str, older: Sequence[str] | None = None) -> Element:
    """The run of a text box, as Word writes it: once for itself, once for older programs."""
    drawing, picture = (
        "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in told)
        for told in (lines, lines if older is None else older)
    )
    number = next(_numbers)
    return element("r", alternatives(_SHAPE.format(number=number, text=drawing), _VML.format(text=picture)))


_SHAPE = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1800000" cy="540000"/>'
    '<wp:docPr id="{number}" name="Text Box {number}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="540000"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
    "<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)
_VML = (
    '<w:pict><v:shape type="#_x0000_t202" style="width:140pt;height:42pt"><v:textbox><w:txbxContent>'
    "{text}</w:txbxContent></v:textbox></v:shape></w:pict>"
)


def picture_box(*lines: str) -> Element:
    """The run of a text box as older programs write it, without an alternative."""
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    head = f'<w:r xmlns:w="{w("")[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml">'
    return parse(f"{head}{_VML.format(text=text)}</w:r>".encode())
