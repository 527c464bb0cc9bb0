"""A copy of a revised draft for consultation: changes accepted, nothing of the tool or of editors left in
it, and a mark across every page.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from uprreport.files.word import properties
from uprreport.files.word.anchors import PREFIX
from uprreport.files.word.manifest import NAMESPACE
from uprreport.files.word.package import Parts, read_parts, write_parts
from uprreport.files.word.regions import paragraph_text, run_style
from uprreport.files.word.returned import drop_part
from uprreport.files.word.styles import DRAFT_MARK, LABEL, PLACEHOLDER, Styles
from uprreport.files.word.xml import Element, R, element, get, parse, serialise, style_of, w

MARK = "Draft for consultation – {date}"

_DOCUMENT = "word/document.xml"
_STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/header", "word/footer")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"

_GONE = frozenset(
    w(name)
    for name in (
        *("del", "moveFrom", "delText", "delInstrText", "rPrChange", "pPrChange", "sectPrChange"),
        *("tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "cellIns"),
        *("commentRangeStart", "commentRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd"),
        *("customXmlDelRangeStart", "customXmlDelRangeEnd", "proofErr", "permStart", "permEnd"),
    )
)
_UNWRAPPED = (w("ins"), w("moveTo"))


# Accepting ----------------------------------------------------------------------------------------------


def accept_changes(content: bytes) -> bytes:
    """The same document with every tracked change accepted and without comments; anchors and labels stay,
    but where nothing else is left of a paragraph."""
    parts = read_parts(content)
    styles = Styles(parse(parts["word/styles.xml"]))
    for name in [name for name in parts if name.endswith(".xml") and name.startswith(_STORIES)]:
        root = parse(parts[name])
        _accept(root)
        for node in list(root.iter(w("p"))):
            if any(is_label(one, styles) for one in node.iter(w("r"))) and _is_bare(node, styles):
                _remove(node)
        parts[name] = serialise(root)
    for name in [name for name in parts if name.startswith(("word/comments", "word/people"))]:
        drop_part(parts, name)
    return write_parts(parts)


def _accept(root: Element) -> None:
    for row in list(root.iter(w("tr"))):
        if row.find(f"{w('trPr')}/{w('del')}") is not None or _cell_gone(row):
            _remove(row)
    for table in [t for t in root.iter(w("tbl")) if next(t.iter(w("tr")), None) is None]:
        _remove(table)
    _join_paragraphs(root)
    for reference in list(root.iter(w("commentReference"), w("annotationRef"))):
        _remove(reference.getparent())
    for node in [node for node in root.iter() if node.tag in _GONE]:
        _remove(node)
    for node in [node for node in root.iter() if node.tag in _UNWRAPPED]:
        _unwrap(node)


def _cell_gone(row: Element) -> bool:
    cells = list(row.iterchildren(w("tc")))
    gone = [cell for cell in cells if cell.find(f"{w('tcPr')}/{w('cellDel')}") is not None]
    return bool(cells) and len(gone) == len(cells)


def _join_paragraphs(root: Element) -> None:
    """A paragraph whose end was deleted reads on into the next one, in the look of the next one."""
    for node in list(root.iter(w("p"))):
        look = node.find(f"{w('pPr')}/{w('rPr')}")
        if look is None or all(look.find(w(kind)) is None for kind in ("del", "moveFrom")):
            continue
        after = node.getnext()
        if node.find(f"{w('pPr')}/{w('sectPr')}") is not None or after is None or after.tag != w("p"):
            if not _says(node) and _may_go(node):
                _remove(node)
            continue
        moved = [child for child in node if child.tag != w("pPr")]
        at = 1 if after.find(w("pPr")) is not None else 0
        after[at:at] = moved
        _remove(node)


def _says(node: Element) -> bool:
    """Whether anything that stays is left in a paragraph."""
    texts = (t for t in node.iter(w("t"), w("drawing"), w("pict")))
    return any(not any(p.tag in (w("del"), w("moveFrom")) for p in text.iterancestors()) for text in texts)


def _may_go(node: Element) -> bool:
    """Whether a paragraph can be taken out: not the only one of a cell, nor the end of a section."""
    parent = node.getparent()
    others = parent is not None and len(list(parent.iterchildren(w("p")))) > 1
    return others and node.find(f"{w('pPr')}/{w('sectPr')}") is None


def _remove(node: Element | None) -> None:
    parent = node.getparent() if node is not None else None
    if node is not None and parent is not None:
        parent.remove(node)


def _unwrap(node: Element) -> None:
    """Put what an element holds into its place; the mark of an inserted end or row holds nothing."""
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    parent[at : at + 1] = list(node)


# Cleaning -----------------------------------------------------------------------------------------------


def clean_copy(accepted: bytes, day: datetime.date, mark: str) -> bytes:
    """A document whose changes are accepted, without labels, anchors, manifest and properties of the tool and
    of whoever edited it, and with ``mark`` across every page."""
    parts = read_parts(accepted)
    styles = Styles(parse(parts["word/styles.xml"]))
    root = parse(parts[_DOCUMENT])
    _drop_labels(root, styles)
    _drop_anchors(root)
    for node in [n for n in root.iter(w("p")) if styles.name(style_of(n)) == DRAFT_MARK.lower()]:
        _remove(node)
    for name in properties.find_custom_xml(parts, NAMESPACE):
        drop_part(parts, name.replace("/item", "/itemProps"))
        drop_part(parts, name)
    _clean_properties(parts, day)
    _clean_settings(parts)
    _mark_pages(parts, root, mark)
    parts[_DOCUMENT] = serialise(root)
    return write_parts(parts)


def placeholders(accepted: bytes) -> int:
    """How many marks stand where a text is still missing."""
    parts = read_parts(accepted)
    styles = Styles(parse(parts["word/styles.xml"]))
    mark = styles.id(PLACEHOLDER) if not styles.missing([PLACEHOLDER]) else ""
    return sum(run_style(one) == mark for one in parse(parts[_DOCUMENT]).iter(w("r"))) if mark else 0


def _drop_labels(root: Element, styles: Styles) -> None:
    for one in [one for one in root.iter(w("r")) if is_label(one, styles)]:
        _remove(one)


def is_label(one: Element, styles: Styles) -> bool:
    """Whether a run is one of the tool's labels."""
    return not styles.missing([LABEL]) and run_style(one) == styles.id(LABEL)


def _is_bare(node: Element, styles: Styles) -> bool:
    """Whether nothing but a label is left of a paragraph that can be taken out."""
    pictured = next(node.iter(w("drawing"), w("pict")), None) is not None
    return _may_go(node) and not pictured and not paragraph_text(node, styles)


def _drop_anchors(root: Element) -> None:
    starts = [n for n in root.iter(w("bookmarkStart")) if get(n, "name").startswith(PREFIX)]
    numbers = {get(node, "id") for node in starts}
    ends = [node for node in root.iter(w("bookmarkEnd")) if get(node, "id") in numbers]
    for node in (*starts, *ends):
        _remove(node)


def _clean_properties(parts: Parts, day: datetime.date) -> None:
    """Title, author and language stay; names of editors, of their offices and of the tool go."""
    told: dict[str, str] = {"title": "", "creator": "", "language": ""}
    if "docProps/core.xml" in parts:
        for node in parse(parts["docProps/core.xml"]):
            name = str(node.tag).rpartition("}")[2]
            if name in told:
                told[name] = node.text or ""
    properties.set_core(
        parts, title=told["title"], author=told["creator"], language=told["language"], day=day
    )
    for name in (properties.CUSTOM, "docProps/app.xml"):
        drop_part(parts, name)


_SETTINGS = frozenset(
    w(name) for name in ("trackRevisions", "attachedTemplate", "rsids", "docVars", "documentProtection")
)


def _clean_settings(parts: Parts) -> None:
    if "word/settings.xml" not in parts:
        return
    root = parse(parts["word/settings.xml"])
    for node in [node for node in root if node.tag in _SETTINGS]:
        root.remove(node)
    parts["word/settings.xml"] = serialise(root)
    parts.pop("word/_rels/settings.xml.rels", None)  # the place of a template on somebody's computer


# The mark -------------------------------------------------------------------------------------------------


def _mark_pages(parts: Parts, root: Element, mark: str) -> None:
    """Put the mark into every header, and headers where a kind of page has none of its own."""
    has_even = b"evenAndOddHeaders" in parts.get("word/settings.xml", b"")
    known: set[str] = set()
    for section in root.iter(w("sectPr")):
        known |= {get(node, "type") for node in section.iterchildren(w("headerReference"))}
        wanted = ["default", *(["first"] if section.find(w("titlePg")) is not None else [])]
        for kind in [*wanted, *(["even"] if has_even else [])]:
            if kind not in known:
                known.add(kind)
                _add_header(parts, section, kind)
    for number, name in enumerate(sorted(n for n in parts if _is_header(n)), 1):
        head = parse(parts[name])
        first = next(head.iter(w("p")), None)
        if first is None:
            first = element("p")
            head.append(first)
        first.append(_watermark(mark, number))
        parts[name] = serialise(head)


def _is_header(name: str) -> bool:
    return name.startswith("word/header") and name.endswith(".xml")


def _add_header(parts: Parts, section: Element, kind: str) -> None:
    number = next(n for n in range(1, 1000) if f"word/header{n}.xml" not in parts)
    name = f"word/header{number}.xml"
    properties.add_part(parts, name, serialise(element("hdr", element("p"))), _HEADER)
    reference = element("headerReference", type=kind)
    reference.set(f"{{{R}}}id", properties.relate(parts, _DOCUMENT, f"{_OFFICE}/header", name))
    section.insert(0, reference)


_VML = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136"'
    ' adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
    '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
    '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom"'
    ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="ConsultationMark{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" alt={mark}'
    ' style="position:absolute;margin-left:0;margin-top:0;width:560pt;height:38pt;rotation:315;'
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f"'
    ' fillcolor="#d0d0d0" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:Arial;font-size:1pt" string={mark}/></v:shape></w:pict></w:r>'
)


def _watermark(mark: str, number: int) -> Element:
    xml = _VML.format(number=number, spid=2048 + number, mark=quoteattr(mark))
    return parse(xml.encode())


# Numbers of paragraphs -----------------------------------------------------------------------------------


def paragraph_numbers(parts: Mapping[str, bytes], body: Element, styles: Styles) -> Mapping[Element, int]:
    """The number that each automatically numbered paragraph of the report has in print."""
    lists = _lists(parts)
    style = "numbered paragraph"
    own = lists.get(styles.numbering(styles.id(style)) or "") if not styles.missing([style]) else None
    numbers: dict[Element, int] = {}
    for node in body.iterchildren(w("p")):
        direct = node.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        number = get(direct, "val") if direct is not None else styles.numbering(style_of(node)) or ""
        if own is not None and lists.get(number) == own:
            numbers[node] = len(numbers) + 1
    return numbers


def _lists(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """The abstract list behind each list's id."""
    if "word/numbering.xml" not in parts:
        return {}
    found: dict[str, str] = {}
    for node in parse(parts["word/numbering.xml"]).iter(w("num")):
        link = node.find(w("abstractNumId"))
        found[get(node, "numId")] = get(link, "val") if link is not None else ""
    return found
