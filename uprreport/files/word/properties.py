"""Document properties, custom XML, and the relationships and content types that parts need."""

from __future__ import annotations

import datetime
import posixpath
import uuid
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from uprreport.files.word.package import Parts
from uprreport.files.word.xml import nsmap, parse, serialise

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_VT = f"{_OFFICE}/docPropsVTypes"


def add_part(parts: Parts, name: str, content: bytes, content_type: str) -> None:
    """Put a part into a package and list its content type, once."""
    parts[name] = content
    root = parse(parts["[Content_Types].xml"])
    path = f"/{name}"
    if not any(node.get("PartName") == path for node in root.findall(f"{{{_TYPES}}}Override")):
        etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": path, "ContentType": content_type})
        parts["[Content_Types].xml"] = serialise(root)


def relate(parts: Parts, source: str, kind: str, target: str) -> str:
    """Relate one part to another, once; the id of the relationship. ``source`` is ``""`` for the package.

    ``kind`` is the full type, ``target`` the name of a part.
    """
    folder, name = posixpath.split(source)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    root = (
        parse(parts[path])
        if path in parts
        else etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=nsmap(_RELATIONS))
    )
    shown = posixpath.relpath(target, folder) if folder else target
    used = set()
    for node in root:
        used.add(node.get("Id"))
        if (
            node.get("Type") == kind
            and posixpath.normpath(posixpath.join(folder, node.get("Target", "").lstrip("/"))) == target
        ):
            return str(node.get("Id"))
    number = next(n for n in range(1, len(used) + 2) if f"upr{n}" not in used)
    etree.SubElement(
        root, f"{{{_RELATIONS}}}Relationship", {"Id": f"upr{number}", "Type": kind, "Target": shown}
    )
    parts[path] = serialise(root)
    return f"upr{number}"


def set_core(parts: Parts, *, title: str, author: str, language: str, day: datetime.date) -> None:
    """Title, author, language and the one date of a document; nothing of whoever made the template."""
    moment = f"{day.isoformat()}T00:00:00Z"
    xml = (
        f"{_HEAD}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>{escape(language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    )
    add_part(
        parts, "docProps/core.xml", xml.encode(), "application/vnd.openxmlformats-package.core-properties+xml"
    )
    relate(
        parts,
        "",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    )


CUSTOM = "docProps/custom.xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def set_custom(parts: Parts, properties: Mapping[str, str]) -> None:
    """Custom document properties, all of them text; those of the template are replaced."""
    rows = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    xml = f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_VT}">{rows}</Properties>'
    add_part(
        parts, CUSTOM, xml.encode(), "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    )
    relate(parts, "", f"{_OFFICE}/relationships/custom-properties", CUSTOM)


def update_custom(parts: Parts, properties: Mapping[str, str]) -> None:
    """Set some custom document properties; all others stay as they are."""
    if CUSTOM not in parts:
        set_custom(parts, properties)
        return
    root = parse(parts[CUSTOM])
    own = {node.get("name", ""): node for node in root}
    numbers = [int(node.get("pid", "1")) for node in root if node.get("pid", "").isdigit()]
    for name, value in properties.items():
        node = own.get(name)
        if node is None:
            attributes = {"fmtid": _FORMAT, "pid": str(max(numbers, default=1) + 1), "name": name}
            numbers.append(int(attributes["pid"]))
            node = etree.SubElement(root, f"{{{_OFFICE}/custom-properties}}property", attributes)
        for child in list(node):
            node.remove(child)
        etree.SubElement(node, f"{{{_VT}}}lpwstr").text = value
    parts[CUSTOM] = serialise(root)


def read_custom(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The custom document properties as text; none where the part is gone or damaged."""
    xml = parts.get(CUSTOM, b"")
    try:
        root = parse(xml) if xml else None
    except etree.XMLSyntaxError:
        return {}
    return (
        {node.get("name", ""): "".join(str(text) for text in node.itertext()) for node in root}
        if root is not None
        else {}
    )


def add_custom_xml(parts: Parts, xml: bytes, namespace: str) -> None:
    """A custom XML part beside those that the template has; it is found again by its namespace."""
    number = next(n for n in range(1, 1000) if f"customXml/item{n}.xml" not in parts)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    add_part(parts, item, xml, "application/xml")
    name = str(uuid.uuid5(uuid.NAMESPACE_URL, namespace)).upper()
    told = (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{{{name}}}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
        f"<ds:schemaRef ds:uri={quoteattr(namespace)}/></ds:schemaRefs></ds:datastoreItem>"
    )
    add_part(
        parts,
        properties,
        told.encode(),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    relate(parts, item, f"{_OFFICE}/relationships/customXmlProps", properties)
    relate(parts, "word/document.xml", f"{_OFFICE}/relationships/customXml", item)


def find_custom_xml(parts: Mapping[str, bytes], namespace: str) -> tuple[str, ...]:
    """The names of the custom XML parts whose root is in a namespace: programs renumber them."""
    found = (n for n in sorted(parts) if n.startswith("customXml/item") and n.endswith(".xml"))
    return tuple(name for name in found if namespace.encode() in parts[name][:2000] and "Props" not in name)
