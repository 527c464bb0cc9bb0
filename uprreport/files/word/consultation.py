"""A copy of a revised draft for consultation: as it would be sent, but with a mark across every page."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from uprreport.files.word import properties
from uprreport.files.word.accept import accept
from uprreport.files.word.final import Colophon, make_final
from uprreport.files.word.labels import drop_bare_labels, shorten_marks
from uprreport.files.word.marks import marks_in
from uprreport.files.word.package import Parts, read_parts, write_parts
from uprreport.files.word.scrub import COMMENTS, drop_kinds, scrub_marks, stories
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, R, element, get, parse, serialise, w

_DOCUMENT = "word/document.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"

# Accepting ----------------------------------------------------------------------------------------------


def accept_changes(content: bytes) -> bytes:
    """The same document with every tracked change accepted and without comments; anchors and labels stay,
    but where nothing else is left of a paragraph."""
    parts = read_parts(content)
    styles = Styles(parse(parts["word/styles.xml"]))
    for name, root in list(stories(parts)):
        accept(root)
        scrub_marks(root)
        drop_bare_labels(root, styles)
        parts[name] = serialise(root)
    drop_kinds(parts, COMMENTS)
    return write_parts(parts)


def without_reasons(content: bytes) -> bytes:
    """The same document, in which marks of missing answers do not say why they are missing."""
    parts = read_parts(content)
    root = parse(parts[_DOCUMENT])
    shorten_marks(root, Styles(parse(parts["word/styles.xml"])))
    parts[_DOCUMENT] = serialise(root)
    return write_parts(parts)


def clean_copy(content: bytes, colophon: Colophon, mark: str) -> bytes:
    """A draft as it would be sent, with ``mark`` across every page.

    Marks of missing answers do not say why they are missing.
    """
    parts = read_parts(without_reasons(make_final(content, colophon).content))
    root = parse(parts[_DOCUMENT])
    _mark_pages(parts, root, mark)
    parts[_DOCUMENT] = serialise(root)
    return write_parts(parts)


def placeholders(accepted: bytes) -> int:
    """How many marks stand where a text is still missing."""
    parts = read_parts(accepted)
    styles = Styles(parse(parts["word/styles.xml"]))
    nodes = parse(parts[_DOCUMENT]).iter(w("p"))
    return sum(len(marks_in(node, styles)) for node in nodes)


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
