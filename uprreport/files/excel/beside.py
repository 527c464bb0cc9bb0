"""What stands over the cells of a worksheet and is no part of their values: comments, text boxes, pictures,
addresses behind words. Only the parts of a package that a worksheet refers to are opened.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from uprreport.files.excel.cells import Cells, Position, column_number
from uprreport.files.excel.guard import DAMAGE, Package
from uprreport.files.excel.parts import addresses, local, parse, relations, safe_xml
from uprreport.files.excel.workbook import Aside

OUR_NOTE = re.compile(r"^(?:.+\n)+→ ", re.MULTILINE)
"""How the notes look that the tool itself puts on cells, and that come back with the sheet."""

_THREAD = re.compile(r"^\[[^\]]+\].*?:\n\s*", re.DOTALL)
"""What Excel writes into the plain copy of a conversation, for programs that know no conversations."""

_PICTURE_FORMULA = re.compile(r"=(?:_xlfn\.)?DISPIMG\(")
"""What WPS keeps in a cell that holds a picture."""


def pictures_in(cells: Cells) -> list[Aside]:
    """Pictures that a program keeps as a formula in their cells; they are taken out of ``cells``."""
    found = [at for at, raw in cells.items() if isinstance(raw, str) and _PICTURE_FORMULA.match(raw)]
    for at in found:
        del cells[at]
    return [Aside(at, "picture", "") for at in found]


def beside_cells(package: Package, part: str, xml: bytes) -> list[Aside]:
    """What stands over the cells of a worksheet; ``part`` is its name in the package, ``xml`` its text.

    Raises ``ParseError`` or one of ``guard.DAMAGE`` where the list of these parts is damaged.
    """
    found = list(_formula_links(xml)) if b"HYPERLINK(" in xml else []
    parts = relations(package, part).values()
    threaded = any(kind == "threadedComment" for kind, _ in parts)
    for kind, name in parts:
        try:
            found += _part_of(package, kind, name, threaded=threaded)
        except (SyntaxError, *DAMAGE):  # a damaged drawing is no reason to refuse the answers
            found.append(Aside(None, "picture", ""))
    if b"<hyperlink" in xml:
        found += _links(xml, addresses(package, part))
    return found


def _part_of(package: Package, kind: str, name: str, *, threaded: bool) -> list[Aside]:
    if kind == "threadedComment":
        return _threads(package, name)
    if kind == "comments" and name.endswith(".xml"):
        return _comments(package, name, threaded=threaded)
    if kind == "drawing":
        return [*_drawn(package, name)]
    return [*_old_drawn(safe_xml(package, name).decode("utf-8", "replace"))] if kind == "vmlDrawing" else []


def _cell(reference: str) -> Position | None:
    match = re.match(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", reference)
    return (int(match[2]), column_number(match[1])) if match else None


# Comments ---------------------------------------------------------------------------------------------


def comment_of(at: Position | None, text: str, author: str = "") -> list[Aside]:
    """A comment, but one of the tool's own; without the words that a program adds to it."""
    own = (_THREAD.sub("", text, count=1) if author.startswith("tc=") else text).strip()
    head, _, rest = own.partition(":\n")
    own = rest.strip() if rest and head == author else own
    return [] if not own or author == "uprreport" or OUR_NOTE.search(own) else [Aside(at, "comment", own)]


def _comments(package: Package, name: str, *, threaded: bool) -> list[Aside]:
    """The comments of a worksheet; ``threaded``: its conversations stand in a part of their own."""
    root = parse(safe_xml(package, name))
    authors = [node.text or "" for node in root.iter() if local(node) == "author"]
    found = []
    for node in root.iter():
        if local(node) == "comment":
            index = node.get("authorId", "")
            author = authors[int(index)] if index.isdecimal() and int(index) < len(authors) else ""
            if threaded and author.startswith("tc="):
                continue
            texts = (part.text or "" for part in node.iter() if local(part) == "t")
            found += comment_of(_cell(node.get("ref", "")), "".join(texts), author)
    return found


def _threads(package: Package, name: str) -> list[Aside]:
    """The conversations of a worksheet: the remarks at one cell, one below the other."""
    told: dict[Position | None, list[str]] = {}
    for node in parse(safe_xml(package, name)):
        if local(node) == "threadedComment":
            text = "".join(part.text or "" for part in node if local(part) == "text").strip()
            told.setdefault(_cell(node.get("ref", "")), []).append(text)
    return [Aside(at, "comment", "\n".join(texts)) for at, texts in told.items() if any(texts)]


# What is drawn ----------------------------------------------------------------------------------------


def _drawn(package: Package, name: str) -> Iterator[Aside]:
    for anchor in parse(safe_xml(package, name)):
        start = next((node for node in anchor if local(node) == "from"), None)
        place = {local(node): node.text or "" for node in start} if start is not None else {}
        found = place.get("row", "").isdecimal() and place.get("col", "").isdecimal()
        at = (int(place["row"]) + 1, int(place["col"]) + 1) if found else None
        yield from _shapes(anchor, at)


def _shapes(node: Element, at: Position | None) -> Iterator[Aside]:
    """Texts, pictures and charts; of two ways to draw one thing the first."""
    for child in node:
        kind = local(child)
        if kind == "sp":
            if (text := _drawn_text(child)) and not child.get("textlink"):
                yield Aside(at, "box", text)
        elif kind in ("pic", "graphicFrame"):
            yield Aside(at, "picture", _description(child))
        elif kind != "Fallback":
            yield from _shapes(child, at)


def _drawn_text(shape: Element) -> str:
    lines = (
        "".join(part.text or "" for part in line.iter() if local(part) == "t")
        for line in shape.iter()
        if local(line) == "p"
    )
    return "\n".join(lines).strip()


def _description(drawn: Element) -> str:
    names = next((node for node in drawn.iter() if local(node) == "cNvPr"), None)
    return "" if names is None else names.get("descr") or names.get("title") or ""


_SHAPE = re.compile(r"<v:(?:shape|rect|roundrect|oval)\b.*?</v:(?:shape|rect|roundrect|oval)>", re.DOTALL)
_BOX = re.compile(r"<v:textbox\b[^>]*>(.*?)</v:textbox>", re.DOTALL)
_ANCHOR = re.compile(r"<x:Anchor>\s*(\d+)\s*,\s*\d+\s*,\s*(\d+)\s*,")


def _old_drawn(xml: str) -> Iterator[Aside]:
    """Texts in shapes of the old drawing language, which need not be well-formed; comments are not here."""
    for shape in _SHAPE.findall(xml):
        box, anchor = _BOX.search(shape), _ANCHOR.search(shape)
        if box is None or 'ObjectType="Note"' in shape:
            continue
        lines = re.sub(r"<br\s*/?>|</(?:div|p)>", "\n", box[1])
        text = html.unescape(re.sub(r"<[^>]*>", "", lines))
        text = "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
        if text:
            yield Aside((int(anchor[2]) + 1, int(anchor[1]) + 1) if anchor else None, "box", text)


# Addresses --------------------------------------------------------------------------------------------

_LINK = re.compile(rb"<(?:[\w.-]+:)?hyperlink\s[^>]*>")
_LINK_PART = re.compile(r"""\b(ref|id)\s*=\s*["']([^"']*)["']""")
_LINK_FORMULA = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*><f[^>]*>HYPERLINK\((?:&quot;|")([^"&]*(?:&amp;[^"&]*)*)(?:&quot;|")'
)
MOST_LINKED = 100
"""Cells of one link over several: more are nobody's answers."""


def _links(xml: bytes, targets: dict[str, str]) -> Iterator[Aside]:
    for node in _LINK.findall(xml):
        named = dict(_LINK_PART.findall(node.decode("utf-8", "replace")))
        first, last = (
            _cell(cell) for cell in f"{named.get('ref', '')}:{named.get('ref', '')}".split(":")[:2]
        )
        if first is None or last is None or not (target := targets.get(named.get("id", ""), "")):
            continue
        cells = [(r, c) for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)][
            :MOST_LINKED
        ]
        yield from (Aside(at, "link", target) for at in cells)


def _formula_links(xml: bytes) -> Iterator[Aside]:
    for column, row, target in _LINK_FORMULA.findall(xml):
        address = html.unescape(target.decode("utf-8", "replace"))
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
            yield Aside((int(row), column_number(column.decode())), "link", address)
