"""The table of contents of a finished report: its entries as the headings now read, with numbers of pages.

The entries are written here, because LibreOffice prints them as they stand. A table that somebody set up
otherwise is left to Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from uprreport.files.word.anchors import Bookmarks
from uprreport.files.word.containers import body_of
from uprreport.files.word.headings import find_headings, list_contents
from uprreport.files.word.numbers import automatic_numbers
from uprreport.files.word.package import Parts, read_parts, write_parts
from uprreport.files.word.styles import TOC, Styles
from uprreport.files.word.toc import contents
from uprreport.files.word.xml import Element, element, field, get, parse, serialise, style_of, w

_DOCUMENT, _SETTINGS = "word/document.xml", "word/settings.xml"
_OWN = re.compile(r'\s*TOC\b.*\\o "1-2"')
_SEEN = (w("t"), w("br"), w("drawing"), w("pict"), w("sectPr"))


def renew(root: Element, styles: Styles, parts: Parts) -> None:
    """Write the entries anew from the headings; nothing is done where the table is not the tool's own."""
    nodes = _paragraphs(root, styles)
    if not nodes:
        return
    numbering = parts.get("word/numbering.xml")
    headings = list(find_headings(body_of(root), styles))
    numbers = automatic_numbers(body_of(root), styles, parse(numbering) if numbering else None)
    listed = list_contents(headings, numbers, Bookmarks(root))
    parent = nodes[0].getparent()
    if parent is None or not listed:
        return
    at = parent.index(nodes[0])
    parent[at : at + len(nodes)] = contents(listed, styles)


def _paragraphs(root: Element, styles: Styles) -> list[Element]:
    """The paragraphs of the field; none where it is missing, set up otherwise, or mixed with other text."""
    field = _field(root)
    if field is None:
        return []
    begin, end = (next(node.iterancestors(w("p"))) for node in field)
    if begin.getparent() is not end.getparent():
        return []
    nodes = [begin]
    while nodes[-1] is not end and (following := nodes[-1].getnext()) is not None:
        nodes.append(following)
    beside = _beside(begin, field[0])[0] or _beside(end, field[1])[1]
    is_mixed = any(_is_seen(node) and styles.name(style_of(node)) not in TOC for node in nodes)
    return nodes if nodes[-1] is end and not beside and not is_mixed else []


def _is_seen(node: Element) -> bool:
    return next(node.iter(*_SEEN), None) is not None


def _beside(node: Element, mark: Element) -> tuple[list[Element], list[Element]]:
    """What is seen of a paragraph before a mark in it, and behind it."""
    inside = list(node.iter())
    at = inside.index(mark)
    return [n for n in inside[:at] if n.tag in _SEEN], [n for n in inside[at:] if n.tag in _SEEN]


def _field(root: Element) -> tuple[Element, Element] | None:
    """Begin and end of the field, as their marks."""
    open_fields: list[tuple[Element, bool]] = []
    for node in body_of(root).iter(w("fldChar"), w("instrText")):
        kind = get(node, "fldCharType")
        if kind == "begin":
            open_fields.append((node, False))
        elif node.tag == w("instrText") and open_fields and _OWN.match(node.text or ""):
            open_fields[-1] = (open_fields[-1][0], True)
        elif kind == "end" and open_fields:
            begin, is_contents = open_fields.pop()
            if is_contents:
                return begin, node
    return None


# Numbers of pages -------------------------------------------------------------------------------------


def listed_bookmarks(content: bytes) -> tuple[str, ...]:
    """The bookmarks of the headings in the table of contents; none where their pages cannot be told.

    That is so where the numbers of pages do not run through from the first one.
    """
    parts = read_parts(content)
    root = parse(parts[_DOCUMENT])
    if any(get(node, "start") for node in root.iter(w("pgNumType"))):
        return ()
    return tuple(get(link, "anchor") for link in _links(root, parts))


def _links(root: Element, parts: Parts) -> Iterator[Element]:
    for node in _paragraphs(root, Styles(parse(parts["word/styles.xml"]))):
        for link in node.iterchildren(w("hyperlink")):
            if get(link, "anchor"):
                yield link


def number(content: bytes, pages: Mapping[str, str], *, is_final: bool = True) -> bytes:
    """A final with numbers of pages in its table of contents, by bookmark; Word then asks no more for them.

    Unless it ``is_final``: then the numbers only hold the places of others.
    """
    parts = read_parts(content)
    root = parse(parts[_DOCUMENT])
    for link in _links(root, parts):
        name = get(link, "anchor")
        link.extend(_number(name, pages[name]))
    parts[_DOCUMENT] = serialise(root)
    if is_final and _SETTINGS in parts:
        settings = parse(parts[_SETTINGS])
        for node in settings.findall(w("updateFields")):
            settings.remove(node)
        parts[_SETTINGS] = serialise(settings)
    return write_parts(parts)


def _number(bookmark: str, page: str) -> Iterator[Element]:
    """A tab, and the number of a page in a field that Word renews."""
    yield element("r", element("tab"))
    yield from field(f"PAGEREF {bookmark} \\h", page)
