"""What a program makes of tracked changes that are rejected or accepted, worked out on the XML alone.

Nothing of the tool is used here, so that it cannot agree with itself in a mistake. The rules are those of
ISO/IEC 29500-1, 17.13.5; a paragraph whose end goes becomes part of the next one, in that one's look, as Word
does it. ``canonical`` gives a document as its reader has it, whatever its runs are cut into.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
KINDS = ("footnote", "endnote")
Element = etree._Element


def q(name: str) -> str:
    return f"{{{W}}}{name}"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


class Package:
    """The stories of a document: its text and its notes."""

    def __init__(self, content: bytes) -> None:
        self.parts = parts_of(content)
        self.root = etree.fromstring(self.parts[DOCUMENT])
        names = {kind: f"word/{kind}s.xml" for kind in KINDS}
        self.notes = {kind: etree.fromstring(self.parts[n]) for kind, n in names.items() if n in self.parts}

    @property
    def stories(self) -> list[Element]:
        return [self.root, *self.notes.values()]

    def save(self) -> bytes:
        made = {**self.parts, DOCUMENT: etree.tostring(self.root)}
        made |= {f"word/{kind}s.xml": etree.tostring(root) for kind, root in self.notes.items()}
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as package:
            for name, xml in made.items():
                package.writestr(name, xml)
        return target.getvalue()


def reject(content: bytes, author: str) -> bytes:
    """A document in which all tracked changes of one author are rejected."""
    return _settled(content, author, gone="ins", kept="del")


def accept(content: bytes, author: str) -> bytes:
    """A document in which all tracked changes of one author are accepted."""
    return _settled(content, author, gone="del", kept="ins")


def _settled(content: bytes, author: str, gone: str, kept: str) -> bytes:
    package = Package(content)
    for root in package.stories:
        _settle(root, author, gone, kept)
    return package.save()


def _settle(root: Element, author: str, gone: str, kept: str) -> None:
    held = {number for number, inside in _bookmarks(root) if inside}
    _settle_rows(root, author, gone, kept)
    for mark in [one for one in root.iter(q(gone)) if _is_wrapper(one) and _by(one, author)]:
        for bookmark in list(mark.iter(q("bookmarkStart"), q("bookmarkEnd"))):
            mark.addprevious(bookmark)
        _remove(mark)
    for mark in [one for one in root.iter(q(kept)) if _is_wrapper(one) and _by(one, author)]:
        for child in list(mark):
            mark.addprevious(child)
            if kept == "del":
                _revive(child)
        _remove(mark)
    _settle_ends(root, author, gone, kept)
    _drop_bookmarks(root, held & {number for number, inside in _bookmarks(root) if not inside})


def _settle_rows(root: Element, author: str, gone: str, kept: str) -> None:
    for row in list(root.iter(q("tr"))):
        if _marks(row, f"{q('trPr')}/{q(gone)}", author):
            _remove_row(row)
        for mark in _marks(row, f"{q('trPr')}/{q(kept)}", author):
            _remove(mark)


def _settle_ends(root: Element, author: str, gone: str, kept: str) -> None:
    for node in list(root.iter(q("p"))):
        for mark in _marks(node, f"{q('pPr')}/{q('rPr')}/{q(kept)}", author):
            _remove(mark)
        if _marks(node, f"{q('pPr')}/{q('rPr')}/{q(gone)}", author):
            _join(node)


def _marks(node: Element, path: str, author: str) -> list[Element]:
    return [one for one in node.findall(path) if _by(one, author)]


def _by(node: Element, author: str) -> bool:
    return node.get(q("author")) == author


def _is_wrapper(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag not in (q("rPr"), q("trPr"))


def _revive(node: Element) -> None:
    for one in node.iter(q("delText"), q("delInstrText")):
        one.tag = q("t") if one.tag == q("delText") else q("instrText")


def _remove(node: Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def _remove_row(row: Element) -> None:
    table = next(row.iterancestors(q("tbl")))
    _remove(row)
    if next(table.iter(q("tr")), None) is None:
        _remove(table)


def _join(node: Element) -> None:
    """The end of a paragraph goes: what it holds opens the next one."""
    following = node.getnext()
    held = [child for child in node if child.tag != q("pPr")]
    if following is not None and following.tag == q("p"):
        at = 1 if following.find(q("pPr")) is not None else 0
        following[at:at] = held
        _remove(node)
    elif not any(child.tag == q("r") for child in node.iter()):
        _remove(node)


def _bookmarks(root: Element) -> Iterator[tuple[str, bool]]:
    """The ids of bookmarks that end, and whether anything stands in them."""
    opened: dict[str, bool] = {}
    for node in root.iter(q("bookmarkStart"), q("bookmarkEnd"), q("t"), q("delText"), q("drawing"), q("p")):
        number = node.get(q("id"), "")
        if node.tag == q("bookmarkStart"):
            opened[number] = False
        elif node.tag == q("bookmarkEnd"):
            if number in opened:
                yield number, opened.pop(number)
        elif node.tag != q("t") or node.text:
            opened = dict.fromkeys(opened, True)


def _drop_bookmarks(root: Element, numbers: set[str]) -> None:
    for node in list(root.iter(q("bookmarkStart"), q("bookmarkEnd"))):
        if node.get(q("id"), "") in numbers:
            _remove(node)


# The same for any reader --------------------------------------------------------------------------------

_UNSEEN = re.compile(r"\}(rsid\w*|paraId|textId)$")
_EMPTY = ("rPr", "pPr", "trPr", "r", "ins", "del")


def canonical(content: bytes, author: str) -> list[bytes]:
    """The body of a document, element by element: without the comments of an author, numbers that nobody
    sees, and the places at which programs cut runs. Notes stand where their marks are."""
    package = Package(content)
    _drop_comments(package, author)
    for kind, notes in package.notes.items():
        told = {note.get(q("id")): note for note in notes if note.get(q("type")) is None}
        for mark in package.root.iter(q(f"{kind}Reference")):
            note = told.get(mark.get(q("id")))
            mark.set(q("id"), "")
            mark.extend(list(note) if note is not None else [])
    root = package.root
    _forget_charts(root)
    _level_fields(root)
    _name_bookmarks(root)
    for node in root.iter(etree.Element):
        for name in [n for n in node.attrib if _UNSEEN.search(str(n)) or n.endswith("}space")]:
            del node.attrib[name]
        if node.tag in (q("ins"), q("del")):
            node.attrib.pop(q("id"), None)
    _prune(root)
    _grow(root)
    return [etree.tostring(node, method="c14n", exclusive=True) for node in root[0]]


def _drop_comments(package: Package, author: str) -> None:
    if COMMENTS not in package.parts:
        return
    comments = etree.fromstring(package.parts[COMMENTS]).iter(q("comment"))
    own = {node.get(q("id")) for node in comments if node.get(q("author")) == author}
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in [one for one in package.root.iter(q(mark)) if one.get(q("id")) in own]:
            holder = node.getparent()
            _remove(node)
            if holder is not None and holder.tag == q("r") and all(c.tag == q("rPr") for c in holder):
                _remove(holder)


def _forget_charts(root: Element) -> None:
    """Nobody can track changes in a chart: what it is called and how large it is follow its data."""
    for drawing in root.iter(q("drawing")):
        if next(drawing.iter("{*}chart"), None) is not None:
            for node in drawing.iter("{*}docPr", "{*}extent", "{*}ext"):
                for name in ("descr", "cx", "cy"):
                    node.attrib.pop(name, None)


def _level_fields(root: Element) -> None:
    """A field is one whether it is one element or a row of runs; the look of its code is seen by nobody."""
    for node in list(root.iter(q("fldSimple"))):
        code = etree.Element(q("instrText"))
        code.text = node.get(q("instr"))
        around = [_field_run(kind) for kind in ("begin", "separate", "end")]
        for one in (around[0], _run(code), around[1], *list(node), around[2]):
            node.addprevious(one)
        _remove(node)
    for node in root.iter(q("r")):
        if node.find(q("fldChar")) is not None or node.find(q("instrText")) is not None:
            for look in node.findall(q("rPr")):
                node.remove(look)
            for code in node.iter(q("instrText")):
                code.text = " ".join((code.text or "").split())


def _run(child: Element) -> Element:
    made = etree.Element(q("r"))
    made.append(child)
    return made


def _field_run(kind: str) -> Element:
    return _run(etree.Element(q("fldChar"), {q("fldCharType"): kind}))


def _name_bookmarks(root: Element) -> None:
    names: dict[str | None, str] = {}
    for node in root.iter(q("bookmarkStart"), q("bookmarkEnd")):
        if node.tag == q("bookmarkStart"):
            names[node.get(q("id"))] = node.get(q("name"), "")
        node.set(q("id"), names.get(node.get(q("id")), ""))


def _prune(root: Element) -> None:
    """Take what holds nothing away, from the inside out."""
    for node in reversed(list(root.iter(*map(q, _EMPTY)))):
        is_mark = node.tag in (q("ins"), q("del")) and not _is_wrapper(node)
        says_nothing = node.tag == q("r") and all(c.tag == q("rPr") or _is_blank(c) for c in node)
        if says_nothing or not (is_mark or len(node) or node.text):
            _remove(node)


def _is_blank(node: Element) -> bool:
    return node.tag in (q("t"), q("delText")) and not node.text


def _grow(root: Element) -> None:
    """Runs of one look that follow each other are one, and so are changes of one person."""
    for kind in ("ins", "del", "r"):
        for node in list(root.iter(q(kind))):
            before = node.getprevious()
            if before is None or before.tag != node.tag or not _is_alike(before, node) or _is_special(node):
                continue
            for child in list(node):
                if child.tag != q("rPr"):
                    before.append(child)
            _remove(node)
    for node in list(root.iter(q("t"), q("delText"))):
        before = node.getprevious()
        if before is not None and before.tag == node.tag:
            before.text = (before.text or "") + (node.text or "")
            _remove(node)


def _is_special(node: Element) -> bool:
    return node.tag != q("r") and not _is_wrapper(node)


def _is_alike(one: Element, other: Element) -> bool:
    if one.tag != q("r"):
        return dict(one.attrib) == dict(other.attrib)
    looks = [node.find(q("rPr")) for node in (one, other)]
    told = [
        etree.tostring(look, method="c14n", exclusive=True) if look is not None else b"" for look in looks
    ]
    return told[0] == told[1]


def differences(one: Iterable[bytes], other: Iterable[bytes]) -> list[tuple[bytes, bytes]]:
    """The pairs of elements that differ; what one side lacks is empty."""
    left, right = list(one), list(other)
    size = max(len(left), len(right))
    left += [b""] * (size - len(left))
    right += [b""] * (size - len(right))
    return [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
