"""Every text that a Word file holds, wherever it stands: what the page shows, and what it does not.

Tracked deletions, comments, alternative texts, properties, custom XML, charts with their workbooks and other
files inside are read, too. Nothing is judged here.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from uprreport.files.word.manifest import NAMESPACE
from uprreport.files.word.package import Parts, read_parts
from uprreport.files.word.xml import Element, get, parse, w

TEXT, NOTE = "the text", "a note"
"""Where most is said; all other places are told as they are."""

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PARAGRAPHS = (w("p"), f"{_DRAWN}p", "{*}si", "{*}is", "{*}text")
_STRUCK = w("delText")
_WORDS = ("t", "delText", "instrText", "delInstrText")
_SAYS = 2
"""Blanks that an attribute must hold to be words for people."""
_DEPTH = 4
"""Files inside of files that are opened, and no more."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and the place where it stands in words for people."""

    place: str
    text: str


def read_everything(parts: Parts, depth: int = _DEPTH) -> Iterator[Said]:
    """Every text of a package, part by part; files inside of it too. Damaged parts are read as bare text."""
    for name in sorted(parts):
        yield from _read_part(name, parts[name], depth)


def _read_part(name: str, content: bytes, depth: int) -> Iterator[Said]:
    if name.endswith((".rels", "[Content_Types].xml")):
        return
    if content[:2] == b"PK":
        yield from _read_inside(name, content, depth)
        return
    if _is_binary(name):
        return
    try:
        root = parse(content)
    except (etree.XMLSyntaxError, ValueError):
        yield Said(f"the file {name} inside", _bare(content))
        return
    place = _place(name, root)
    yield from _paragraphs(root, place)
    yield from _attributes(root, place)


def _read_inside(name: str, content: bytes, depth: int) -> Iterator[Said]:
    try:
        inner = read_parts(content) if depth else {}
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return
    place = "the workbook behind a chart" if "xl/workbook.xml" in inner else f"the file {name} inside"
    yield from (Said(place, told.text) for told in read_everything(inner, depth - 1))


_BINARY = re.compile(
    r"\.(?:png|jpe?g|gif|tiff?|bmp|emf|wmf|webp|odttf|ttf|bin|mp[34]|wav|wdp)$", re.IGNORECASE
)


def _is_binary(name: str) -> bool:
    return _BINARY.search(name) is not None


def _bare(content: bytes) -> str:
    """A file that is no XML, such as a web page or plain text, without its tags."""
    code = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return html.unescape(re.sub(r"<[^>]*>|\\[a-z]+-?\d* ?|[{}]", " ", content.decode(code, "replace")))


_NAMES = (
    ("word/document", TEXT), ("word/footnotes", NOTE), ("word/endnotes", NOTE), ("word/header", "a header"),
    ("word/footer", "a footer"), ("word/comments", "a comment"), ("word/charts/", "a chart"),
    ("word/diagrams/", "a diagram"), ("word/glossary/", "a building block"), ("docProps/", "the properties"),
    ("customXml/", "custom data"),
)  # fmt: skip


def _place(name: str, root: Element) -> str:
    if str(root.tag).startswith(f"{{{NAMESPACE}}}"):
        return "the record of what was generated"
    return next((place for start, place in _NAMES if name.startswith(start)), f"the file {name} inside")


# What one part says -------------------------------------------------------------------------------------


def _paragraphs(root: Element, place: str) -> Iterator[Said]:
    """The paragraphs of a part; of one without any, each text, and all of them in a row."""
    found = list(root.iter(*_PARAGRAPHS))
    for node in found:
        yield from _paragraph(node, place)
    if not found:
        texts = [text for text in map(str, root.itertext()) if text.strip()]
        yield from (Said(place, text) for text in texts)
        yield Said(place, " ".join(texts))


def _paragraph(node: Element, place: str) -> Iterator[Said]:
    """What a paragraph says as it reads; and with what was struck in it, where that says more."""
    words = [one for one in node.iter() if etree.QName(one).localname in _WORDS] if _is_node(node) else []
    struck = {one for one in words if one.tag == _STRUCK or _is_struck(one)}
    standing = "".join(one.text or "" for one in words if one not in struck)
    by = next((get(up, "author") for up in node.iterancestors(w("comment"))), "")
    if standing.strip():
        yield Said(f"a comment of {by}" if by else place, standing)
    if struck:
        yield Said(f"struck words in {place}", "".join(one.text or "" for one in words if one in struck))
        yield Said(f"struck words in {place}", "".join(one.text or "" for one in words))


def _is_node(node: Element) -> bool:
    return isinstance(node.tag, str)


def _is_struck(node: Element) -> bool:
    return any(up.tag in (w("del"), w("moveFrom")) for up in node.iterancestors())


def _attributes(root: Element, place: str) -> Iterator[Said]:
    """Words in attributes: alternative texts, hints of links, variables, tags of controls."""
    for node in root.iter(etree.Element):
        for value in node.attrib.values():
            if str(value).count(" ") >= _SAYS:
                yield Said(f"a hidden text in {place}", str(value))
