"""The parts of an .xlsx package: which worksheets there are, and what else belongs to reading them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from uprreport.files.excel.guard import Package, plain_name

# The two families of names that the standard has: Strict, and Transitional, which everybody writes.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")


class UnsafeXmlError(ValueError):
    """A part declares entities, which no office program writes and which can grow without bound."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet of a package: its title, whether it is hidden, its XML, and the name of its part."""

    name: str
    hidden: bool
    xml: bytes
    part: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What reading a workbook needs: ``strings`` and ``styles`` are XML, empty when there is no such part."""

    sheets: tuple[Sheet, ...]
    strings: bytes = b""
    styles: bytes = b""
    date1904: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)


def read_parts(package: Package) -> Parts:
    """The parts of a workbook's package.

    Raises ``UnsafeXmlError``, one of ``guard.DAMAGE``, or ``ParseError`` when a part is not XML.
    """
    workbook = _workbook_part(package)
    book = parse(_part(package, workbook))
    targets = relations(package, workbook)
    sheets = tuple(_sheets(package, book, targets))
    related = {kind: name for kind, name in targets.values() if kind in ("sharedStrings", "styles")}
    settings = next((node for node in book if local(node) == "workbookPr"), None)
    return Parts(
        sheets,
        _uncounted(_part(package, related.get("sharedStrings", "xl/sharedStrings.xml"))),
        _uncounted(_part(package, related.get("styles", "xl/styles.xml"))),
        settings is not None and settings.get("date1904", "") in ("1", "true", "on"),
        custom_properties(package),
    )


def parse(xml: bytes) -> Element:
    """The root of a part; raises ``ParseError``, or ``ValueError`` where entities are declared."""
    from defusedxml.ElementTree import fromstring

    root: Element = fromstring(xml)
    return root


def local(node: Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2]


def safe_xml(package: Package, name: str) -> bytes:
    """A part of any package; empty when there is none. ``UnsafeXmlError`` or one of ``guard.DAMAGE``."""
    xml = package.read(name)
    if any(declaration in xml for declaration in _DECLARATIONS):
        raise UnsafeXmlError(name)
    return xml


def _part(package: Package, name: str) -> bytes:
    """A part as Transitional XML in UTF-8."""
    xml = safe_xml(package, name)
    if _is_other_encoding(xml):
        xml = _serialised(parse(xml))
    if _STRICT in xml:
        for strict, transitional in _TRANSITIONAL.items():
            xml = xml.replace(strict, transitional)
    return xml


_TEXTS_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*<sst(?:\s[^<>]*)?>")
_COUNT = re.compile(rb"""\s(?:uniqueCount|count)="[^"]*\"""")


def _uncounted(xml: bytes) -> bytes:
    """A part without the counts that it announces: readers make room for as many, and die if they cannot."""
    head = _TEXTS_HEAD.match(xml)
    if head and xml.count(b"sst") == 2:  # the texts as they usually are, too many to be parsed here
        plain = _COUNT.sub(b"", head[0])
        if b"ount" not in plain:
            return plain + xml[head.end() :]
    if not xml:
        return xml
    root = parse(xml)
    for node in root.iter():
        node.attrib.pop("count", None)
        node.attrib.pop("uniqueCount", None)
    return _serialised(root)


def _serialised(root: Element) -> bytes:
    from xml.etree.ElementTree import tostring

    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _is_other_encoding(xml: bytes) -> bool:
    if xml.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")):
        return True
    declared = _ENCODING.match(xml[:200].removeprefix(b"\xef\xbb\xbf"))
    return declared is not None and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def _workbook_part(package: Package) -> str:
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    kinds = relations(package, "")
    return next((name for kind, name in kinds.values() if kind == "officeDocument"), "xl/workbook.xml")


def relations(package: Package, source: str) -> dict[str, tuple[str, str]]:
    """``id -> (kind, name of the part)`` of everything that a part refers to; ``""`` is the package."""
    folder = posixpath.dirname(source)
    found: dict[str, tuple[str, str]] = {}
    for node in _relations(package, source):
        target = node.get("Target", "").replace("\\", "/")
        if node.get("TargetMode") != "External":
            kind = node.get("Type", "").rpartition("/")[2]
            found[node.get("Id", "")] = (kind, posixpath.normpath(posixpath.join("/", folder, target)))
    return found


def addresses(package: Package, source: str) -> dict[str, str]:
    """``id -> address`` of everything outside the package that a part leads to."""
    found = _relations(package, source)
    return {n.get("Id", ""): n.get("Target", "") for n in found if n.get("TargetMode") == "External"}


def _relations(package: Package, source: str) -> Iterator[Element]:
    folder, name = posixpath.split(source)
    xml = _part(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    yield from parse(xml) if xml else ()


def _sheets(package: Package, book: Element, targets: Mapping[str, tuple[str, str]]) -> Iterator[Sheet]:
    """The worksheets in the order of their tabs; chart sheets and macro sheets hold no cells."""
    for node in book.iter():
        if local(node) != "sheet":
            continue
        kind, name = targets.get(node.get(_RELATION_ID, ""), ("", ""))
        if kind == "worksheet" or (not kind and "worksheets/" in plain_name(name)):
            hidden = node.get("state", "visible") != "visible"
            yield Sheet(node.get("name", ""), hidden, _part(package, name), name)


def custom_properties(package: Package) -> dict[str, str]:
    """The custom document properties as text; none where the part is damaged: they are not the answers."""
    xml = package.read("docProps/custom.xml")
    if not xml or any(declaration in xml for declaration in _DECLARATIONS):
        return {}
    try:
        root = parse(xml)
    except (SyntaxError, ValueError):
        return {}
    named = ((node.get("name", ""), "".join(node.itertext())) for node in root)
    return {name: text for name, text in named if name}
