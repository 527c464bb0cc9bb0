"""What other programs, people and machines left in a document, taken out before it is sent.

Paths and names of users stand in links, fields, names of pictures and charts' workbooks; whole files stand
in objects. What is seen stays: a link becomes its words, a field what it shows, an object its picture. What
can be neither read nor cleaned is named, and no final is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from uprreport.files.pictures import bare_picture
from uprreport.files.word.accept import remove, unwrap
from uprreport.files.word.coded import settle_codes
from uprreport.files.word.package import Parts
from uprreport.files.word.scrub import drop_relations, put_relations, relations_of, stories, used_relations
from uprreport.files.word.xml import Element, R, W, parse, serialise, w

_V, _O = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CLICKS = (f"{_A}hlinkClick", f"{_A}hlinkHover", f"{_A}hlinkMouseOver")
_ID, _LINK, _EMBED, _HREF = (f"{{{R}}}{name}" for name in ("id", "link", "embed", "href"))

_PRIVATE = re.compile(
    r"file:|^\\\\|^[a-z]:[\\/]|[\s\"'=(][a-z]:[\\/]|[\s\"'=(]\\\\\w|\\users\\"
    r"|/(?:users|home|documents and settings)/|/personal/|d\.docs\.live\.net|^https?://[^/?#]*@|onedrive\.live\.com",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"^(?:https?|mailto|tel|ftps?|urn|doi):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Foreign:
    """What was taken out or made plain (``settled``), what can be neither read nor cleaned (``closed``)."""

    settled: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def is_private(text: str) -> bool:
    """Whether a text holds the path of a file, a share or a person's own space, or somebody's name."""
    return _PRIVATE.search(unquote(text)) is not None


def is_private_target(target: str) -> bool:
    """Whether a link leads to somebody's machine: a path, or a file beside the document."""
    return bool(target) and (is_private(target) or not _ABROAD.match(target))


def find_closed(parts: Parts) -> tuple[str, ...]:
    """What a draft holds that can be neither read nor cleaned, each with the words before it."""
    found: list[str] = []
    for name, root in stories(parts):
        targets = _targets(parts, name)
        found += _closed(root, targets)
    return tuple(found)


def settle_foreign(parts: Parts) -> Foreign:
    """Take out what tells of machines and persons in all parts of a package that is about to be sent."""
    settled: list[str] = []
    closed: list[str] = []
    for name in [name for name in sorted(parts) if name.endswith(".xml")]:
        root = _parsed(parts[name]) if name.startswith(("word/", "docProps/")) else None
        if root is None:
            continue
        before, links = etree.tostring(root), used_relations(root)
        targets = _targets(parts, name)
        if str(root.tag).startswith(f"{{{W}}}"):
            closed += _closed(root, targets)
            settled += _settle_story(root, targets)
        _settle_part(root, targets, is_about=name.startswith("docProps/"))
        if etree.tostring(root) != before:
            parts[name] = serialise(root)
            drop_relations(parts, name, links - used_relations(root))
    settled += _settle_pictures(parts)
    _settle_relations(parts)
    return Foreign(tuple(dict.fromkeys(settled)), tuple(closed))


def _parsed(content: bytes) -> Element | None:
    try:
        return parse(content)
    except etree.XMLSyntaxError:
        return None


def _targets(parts: Parts, part: str) -> dict[str, tuple[str, bool]]:
    """Where the relationships of a part lead, by their ids, and whether that is outside of the package."""
    name = relations_of(part)
    nodes = parse(parts[name]) if name in parts else ()
    return {n.get("Id", ""): (n.get("Target", ""), n.get("TargetMode") == "External") for n in nodes}


# What can be neither read nor cleaned --------------------------------------------------------------------


def _closed(root: Element, targets: dict[str, tuple[str, bool]]) -> Iterator[str]:
    def outside(node: Element, key: str) -> bool:
        return targets.get(str(node.get(key, "")), ("", False))[1]

    for node in root.iter(w("altChunk"), w("subDoc")):
        yield f"{_WHAT[node.tag]}{_near(node)}"
    for node in root.iter(f"{_A}blip"):
        if node.get(_EMBED) is None and node.get(_LINK) is not None:
            yield f"a picture that is only linked{_near(node)}"
    for node in root.iter(f"{_V}imagedata", f"{_V}fill"):
        if (node.get(_ID) is None and node.get(_HREF) is not None) or outside(node, _ID):
            yield f"a picture that is only linked{_near(node)}"
    for node in root.iter(w("object")):
        if _picture(node, targets) is None:
            yield f"an object of another program without a picture of it{_near(node)}"


_WHAT = {w("altChunk"): "a whole file that was put in", w("subDoc"): "a document that is only linked"}


_HOLDERS = tuple(w(name) for name in ("body", "tc", "hdr", "ftr", "txbxContent", "footnote", "endnote"))


def _near(node: Element) -> str:
    """The words before an element, by which an editor finds it."""
    up, parent = node, node.getparent()
    while parent is not None and parent.tag not in _HOLDERS:
        up, parent = parent, parent.getparent()
    for before in (up, *up.itersiblings(preceding=True)):
        words = "".join(t.text or "" for t in before.iter(w("t"))).split()
        if words:
            return f', by "{" ".join(words[:8])}"'
    return ""


# Stories -----------------------------------------------------------------------------------------------


def _settle_story(root: Element, targets: dict[str, tuple[str, bool]]) -> Iterator[str]:
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    yield from _objects(root, targets)
    yield from _links(root, targets)
    yield from settle_codes(root, _tells)
    for node in list(root.iter(w("fldData"), w("divId"), f"{_O}signatureline", w("control"))):
        remove(node)
    for node in root.iter(f"{_A}blip"):
        if node.get(_EMBED) is not None:
            node.attrib.pop(_LINK, "")
    for node in root.iter(f"{_V}imagedata", f"{_V}fill"):
        if node.get(_ID) is not None:
            node.attrib.pop(_HREF, "")
    for node in list(root.iter(w("entryMacro"), w("exitMacro"))):
        remove(node)


def _tells(code: str) -> bool:
    """Whether the code of a field leads to somebody's machine."""
    found = re.match(r'\s*HYPERLINK\s+"([^"]+)"', code, re.IGNORECASE)
    return is_private(code) or (found is not None and is_private_target(found[1]))


def _picture(node: Element, targets: dict[str, tuple[str, bool]]) -> Element | None:
    """The drawing in an object that shows it."""
    for shape in node.iter(f"{_V}shape", f"{_V}rect"):
        image = shape.find(f"{_V}imagedata")
        if image is not None and not targets.get(str(image.get(_ID, "")), ("", True))[1]:
            return shape
    return next(node.iter(w("drawing")), None)


def _objects(root: Element, targets: dict[str, tuple[str, bool]]) -> Iterator[str]:
    """Objects of other programs become the pictures that stand for them: the files inside go."""
    for node in list(root.iter(w("object"))):
        shown = _picture(node, targets)
        if shown is None:
            continue
        yield f"an object of another program is a picture now{_near(node)}"
        if shown.tag == w("drawing"):
            node.addprevious(shown)
        else:
            shown.attrib.pop(f"{_O}ole", "")
            made = etree.Element(w("pict"))
            made.extend([*node.iterchildren(f"{_V}shapetype"), shown])
            node.addprevious(made)
        remove(node)
    for node in list(root.iter(f"{_O}OLEObject")):
        remove(node)


def _links(root: Element, targets: dict[str, tuple[str, bool]]) -> Iterator[str]:
    for node in list(root.iter(w("hyperlink"))):
        target, outside = targets.get(str(node.get(_ID, "")), ("", False))
        if outside and is_private_target(target):
            yield f"a link to a file is plain words now{_near(node)}"
            unwrap(node)
    for node in root.iter(etree.Element):
        if str(node.tag).startswith(_V) and is_private_target(str(node.get("href", "#")).lstrip("#")):
            del node.attrib["href"]


# All parts ---------------------------------------------------------------------------------------------

_NEEDED = {"name": "Picture"}
"""Attributes that must stand, and what they say instead of a path."""


_FILE_NAME = re.compile(
    r"\S[^/\\]*\.(?:jpe?g|png|gif|tiff?|bmp|emf|wmf|webp|svg|docx?|xlsx?|pptx?|pdf)", re.IGNORECASE
)
"""What programs call a picture by themselves: the name of its file, which often is a person's or a date."""

_TITLES = ("name", "descr", "title", "alt")


def _settle_part(root: Element, targets: dict[str, tuple[str, bool]], *, is_about: bool) -> None:
    """Take paths out of attributes, and the links of charts and drawings to files elsewhere; ``is_about``
    tells that the part holds the document's properties."""
    for node in list(root.iter(f"{_C}externalData", *_CLICKS)):
        target, outside = targets.get(str(node.get(_ID, "")), ("", False))
        if outside and (node.tag not in _CLICKS or is_private_target(target)):
            remove(node)
    for node in root.iter(etree.Element):
        for key, value in node.attrib.items() if node.attrib else ():
            if any(sign in value for sign in _SIGNS) or key in _GOES:
                _settle_attribute(node, str(key), str(value))
    if is_about:
        for node in [n for n in root if is_private(n.text or "")]:
            root.remove(node)


_SIGNS = "\\/:."
"""One of these stands in every path and every name of a file."""

_GOES = (f"{_O}gfxdata", f"{_O}title")


def _settle_attribute(node: Element, key: str, value: str) -> None:
    is_name = key in _TITLES and _FILE_NAME.fullmatch(value) is not None
    if key not in _GOES and not is_name and (key.startswith(f"{{{R}}}") or not is_private(value)):
        return
    if key in _NEEDED:
        node.set(key, _NEEDED[key])
    else:
        del node.attrib[key]


def _settle_relations(parts: Parts) -> None:
    """Leave out what still leads to somebody's machine: nothing that is seen refers to it any more."""
    for name in [name for name in sorted(parts) if name.endswith(".rels")]:
        root = parse(parts[name])
        gone = [
            n for n in root if n.get("TargetMode") == "External" and is_private_target(n.get("Target", ""))
        ]
        for node in gone:
            root.remove(node)
        if gone:
            put_relations(parts, name, root)


def _settle_pictures(parts: Parts) -> Iterator[str]:
    for name in [name for name in sorted(parts) if name.startswith("word/media/")]:
        bare = bare_picture(parts[name])
        if bare is None:
            yield f"not looked into: {name.rpartition('/')[2]}"
        else:
            parts[name] = bare
