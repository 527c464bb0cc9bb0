"""A package without what is nobody else's business: comments, the manifest, properties, revision ids.

Parts go by taking their relationships away: whatever nothing leads to any more is left out. Parts in which
there is nothing to take away keep every byte.
"""

from __future__ import annotations

import datetime
import posixpath
import zipfile
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from lxml import etree

from uprreport.files.pictures import bare_picture
from uprreport.files.word.accept import remove
from uprreport.files.word.package import Parts, read_parts, write_parts
from uprreport.files.word.properties import set_core
from uprreport.files.word.xml import Element, R, W, parse, serialise, w

_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_TYPES = "[Content_Types].xml"
COMMENTS = frozenset(
    ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "documenttasks")
)
"""Last words of the relationships that lead to comments and to the persons who wrote them."""

_PRIVATE = COMMENTS | frozenset((
    *("customXml", "custom-properties", "extended-properties", "thumbnail", "classificationlabels", "origin"),
    *("attachedTemplate", "printerSettings", "glossaryDocument", "recipientData"),
    *("mailMergeSource", "mailMergeHeaderSource", "mailMergeRecipientData", "transform", "webSettings"),
    *("vbaProject", "keyMapCustomizations", "attachedToolbars", "extensibility", "webextensiontaskpanes"),
))  # fmt: skip
"""Last words of the relationships that lead to whatever else tells of a tool, a program or an office: the
manifest, properties, pictures of the draft, signatures of it, templates, printers and lists of somebody's."""

_PRIVATE_INSIDE = frozenset((
    *("core-properties", "extended-properties", "custom-properties", "thumbnail", "printerSettings"),
    *("comments", "threadedComment", "person", "vmlDrawing", "externalLink", "connections", "customXml"),
    *("vbaProject", "usernames", "revisionHeaders", "queryTable", "extensibility", "hyperlink"),
))  # fmt: skip
"""The same in embedded workbooks; comments there show in no report."""

_CORE_STAYS = frozenset(("title", "subject", "language", "keywords", "category"))
_SETTINGS_GO = tuple(
    w(name)
    for name in (
        *("trackRevisions", "rsids", "attachedTemplate", "revisionView", "docVars", "mailMerge"),
        *("documentProtection", "writeProtection", "saveThroughXslt", "attachedSchema", "activeWritingStyle"),
    )
)


def stories(parts: Parts) -> Iterator[tuple[str, Element]]:
    """The parts of a document in Word's own language, by name; damaged ones are left alone."""
    for name in sorted(parts):
        if name.startswith("word/") and name.endswith(".xml"):
            try:
                root = parse(parts[name])
            except etree.XMLSyntaxError:
                continue
            if root.tag.startswith(f"{{{W}}}"):
                yield name, root


def scrub_package(parts: Parts, *, author: str, day: datetime.date) -> None:
    """Take away comments, manifest and properties; ``author`` and ``day`` are what the properties tell."""
    drop_kinds(parts, _PRIVATE)
    _drop_macros(parts)
    _scrub_core(parts, author, day)
    _scrub_settings(parts)
    _scrub_embedded(parts)


def _drop_macros(parts: Parts) -> None:
    """A document whose macros went is a plain one, by its type too: Word would not open it otherwise."""
    types = parts[_TYPES]
    for kind in (b"vnd.ms-word.document.macroEnabled", b"vnd.ms-word.template.macroEnabledTemplate"):
        types = types.replace(kind, b"vnd.openxmlformats-officedocument.wordprocessingml.document")
    parts[_TYPES] = types


def drop_kinds(parts: Parts, kinds: Collection[str]) -> None:
    """Take away the relationships of some kinds, by their last words, and what only they led to."""
    for name, root in _relations(parts):
        gone = [node for node in root if node.get("Type", "").rpartition("/")[2] in kinds]
        for node in gone:
            root.remove(node)
        if gone:
            put_relations(parts, name, root)
    sweep(parts)


# Relationships ----------------------------------------------------------------------------------------


def _relations(parts: Parts) -> Iterator[tuple[str, Element]]:
    for name in sorted(parts):
        if name.endswith(".rels"):
            yield name, parse(parts[name])


def put_relations(parts: Parts, name: str, root: Element) -> None:
    """Write relationships back; a part without any goes."""
    if len(root):
        parts[name] = serialise(root)
    else:
        del parts[name]


def target_of(relations: str, node: Element) -> str:
    """The name of the part that a relationship leads to; empty for what lies outside the package.

    ``relations`` is the name of the part that holds it.
    """
    if node.get("TargetMode") == "External":
        return ""
    folder = posixpath.dirname(posixpath.dirname(relations))
    target = unquote(node.get("Target", ""))
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}").lstrip(
        "/"
    )


def relations_of(part: str) -> str:
    """The name of the part that holds another's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def used_relations(root: Element) -> set[str]:
    """The ids of the relationships that a part refers to."""
    prefix = f"{{{R}}}"
    return {
        str(value)
        for node in root.iter()
        for key, value in node.attrib.items()
        if str(key).startswith(prefix)
    }


def drop_relations(parts: Parts, part: str, ids: set[str]) -> None:
    """Take away relationships of a part that nothing in it refers to any more, such as deleted pictures."""
    name = relations_of(part)
    if ids and name in parts:
        root = parse(parts[name])
        for node in [node for node in root if node.get("Id") in ids]:
            root.remove(node)
        put_relations(parts, name, root)


def sweep(parts: Parts) -> None:
    """Leave out every part that nothing leads to, and its content type."""
    names = {name.lower(): name for name in parts}
    found = {_TYPES}
    waiting = ["_rels/.rels"]
    while waiting:
        name = waiting.pop()
        if name not in parts or name in found:
            continue
        found.add(name)
        for node in parse(parts[name]):
            part = names.get(target_of(name, node).lower(), "")
            if part and part not in found:
                found.add(part)
                waiting.append(relations_of(part))
    for name in set(parts) - found:
        del parts[name]
    types = parse(parts[_TYPES])
    there = {f"/{name.lower()}" for name in parts}
    stale = [n for n in types if n.get("PartName") is not None and n.get("PartName", "").lower() not in there]
    for node in stale:
        types.remove(node)
    if stale:
        parts[_TYPES] = serialise(types)


# Properties -------------------------------------------------------------------------------------------


def _part_by_kind(parts: Parts, kind: str) -> str:
    """The part that the package itself names as its core or extended properties; empty for none."""
    root = parse(parts["_rels/.rels"])
    found = (n for n in root if n.get("Type", "").rpartition("/")[2] == kind)
    return next((name for node in found if (name := target_of("_rels/.rels", node)) in parts), "")


def _scrub_core(parts: Parts, author: str, day: datetime.date) -> None:
    name = _part_by_kind(parts, "core-properties")
    if not name:
        set_core(parts, title="", author=author, language="", day=day)
        return
    root = parse(parts[name])
    for node in list(root):
        if etree.QName(node).localname not in _CORE_STAYS:
            root.remove(node)
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    etree.SubElement(root, f"{{{dc}}}creator").text = author
    for what in ("created", "modified"):
        node = etree.SubElement(root, f"{{{terms}}}{what}")
        node.set("{http://www.w3.org/2001/XMLSchema-instance}type", "dcterms:W3CDTF")
        node.text = f"{day.isoformat()}T00:00:00Z"
    parts[name] = _with_terms(root)


def _with_terms(root: Element) -> bytes:
    """The value of ``xsi:type`` names a prefix, which must be declared: the root is written anew with it."""
    spaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    spaces["dcterms"] = "http://purl.org/dc/terms/"
    made = etree.Element(root.tag, {str(k): str(v) for k, v in root.attrib.items()}, nsmap=spaces)
    made.extend(list(root))
    return serialise(made)


def _scrub_settings(parts: Parts) -> None:
    name = "word/settings.xml"
    if name not in parts:
        return
    root = parse(parts[name])
    private = [*root.iterchildren(*_SETTINGS_GO), *root.iterchildren("{*}docId", "{*}schemaLibrary")]
    for node in private:
        root.remove(node)
    if private:
        parts[name] = serialise(root)


def _scrub_embedded(parts: Parts) -> None:
    """Workbooks behind charts and other embedded files tell who made them and when, too."""
    for name in [name for name in parts if name.startswith("word/embeddings/")]:
        try:
            inner = read_parts(parts[name])
        except zipfile.BadZipFile:
            continue
        if "_rels/.rels" in inner:
            drop_kinds(inner, _PRIVATE_INSIDE)
            for other in [other for other in inner if other.startswith("xl/media/")]:
                inner[other] = bare_picture(inner[other]) or b""  # nobody sees it behind a chart
            for other in [other for other in inner if other.startswith("xl/") and other.endswith(".xml")]:
                _scrub_sheet(inner, other)
            parts[name] = write_parts(inner)


def _scrub_sheet(parts: Parts, name: str) -> None:
    """Take out the path of a workbook, and what led to comments and printers in its sheets."""
    try:
        root = parse(parts[name])
    except etree.XMLSyntaxError:
        return
    gone = list(root.iter(*(f"{{*}}{name}" for name in _SHEET_GOES)))
    gone += [one for one in root.iter("{*}f") if "[" in (one.text or "")]  # what it gave stays beside it
    names = [one for one in root.iter("{*}definedName") if "[" in (one.text or "")]
    told = [one.attrib.pop(name, "") for one in root.iter() for name in ("refreshedBy", "userName")]
    printed = [node for node in root.iter("{*}pageSetup") if node.attrib.pop(f"{{{R}}}id", "")]
    for node in (*gone, *names):
        remove(node)
    if gone or names or printed or any(told):
        parts[name] = serialise(root)


_SHEET_GOES = (
    *(
        "absPath",
        "legacyDrawing",
        "externalReferences",
        "fileSharing",
        "hyperlinks",
        "oleObjects",
        "controls",
    ),
    *("fileRecoveryPr", "webPublishing", "customWorkbookViews", "queryTableParts"),
)
"""What a sheet behind a chart has of paths, persons, other files and links; nobody sees it there."""

_TOLD = ("rsid", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "printerSettings",
         "proofErr", "dataBinding")  # fmt: skip
"""Elements that tell of sessions and persons, or bind text to a part that goes."""


def scrub_marks(root: Element) -> None:
    """Take away what a part tells of sessions and persons: revision ids, comments' marks, permissions."""
    for node in root.iter():
        for key in [k for k in node.attrib if str(k).startswith(f"{{{W}}}rsid")]:
            del node.attrib[key]
    for node in list(root.iter(*(w(name) for name in _TOLD), f"{{{_W15}}}dataBinding")):
        remove(node)
    for node in list(root.iter(w("commentReference"), w("annotationRef"))):
        parent = node.getparent()
        remove(node)
        if parent is not None and parent.tag == w("r") and all(c.tag == w("rPr") for c in parent):
            remove(parent)
