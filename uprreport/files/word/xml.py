"""Elements of WordprocessingML: parsed safely, made in few words, written the same way each time."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from uprreport.model.report import BETWEEN, CLOSE, OPEN

Element: TypeAlias = etree._Element  # noqa: SLF001 - the only name that lxml gives to its type

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


FIELD = re.compile(
    f"{OPEN}(REF:(?:upr_|_Ref_)\\w+|SEQ:(?:Table|Figure)){BETWEEN}([^\\s{OPEN}-{CLOSE}]*){CLOSE}"
)
"""A word that stands for a field in a text: what it refers to, and what it shows."""


def w(name: str) -> str:
    """A name in the namespace of Word's documents."""
    return f"{{{W}}}{name}"


def parse(xml: bytes) -> Element:
    """The root of a part; entities are not resolved. Raises ``lxml.etree.XMLSyntaxError``."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def serialise(root: Element) -> bytes:
    """A part as Office writes it: UTF-8, standalone."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def element(tag: str, /, *children: Element, **attributes: str) -> Element:
    """``<w:tag w:attribute="…">`` with its children."""
    made = etree.Element(w(tag), {w(key): value for key, value in attributes.items()})
    made.extend(children)
    return made


def run(text: str, style: str = "") -> Element:
    """A run of text; tabs and line breaks become their elements. ``style`` is the id of a character style.

    A word that stands for a field is written as what it shows.
    """
    made = element("r")
    if style:
        made.append(element("rPr", element("rStyle", val=style)))
    for index, line in enumerate(FIELD.sub(r"\2", text).split("\n")):
        if index:
            made.append(element("br"))
        for position, piece in enumerate(line.split("\t")):
            if position:
                made.append(element("tab"))
            if piece:
                made.append(_text(piece))
    return made


def field(code: str, *shown: str) -> list[Element]:
    """The runs of a field: what a program computes, and what stands there until it does."""
    told = element("instrText")
    told.text = f" {code} "
    told.set(_XML_SPACE, "preserve")
    opening = (element("fldChar", fldCharType="begin"), told, element("fldChar", fldCharType="separate"))
    ending = element("fldChar", fldCharType="end")
    return [*(element("r", node) for node in opening), *map(run, shown), element("r", ending)]


def _text(text: str) -> Element:
    made = element("t")
    made.text = text
    if text != text.strip() or "  " in text:
        made.set(_XML_SPACE, "preserve")
    return made


def paragraph(style: str, *content: Element) -> Element:
    """A paragraph in a style, by its id."""
    return element("p", element("pPr", element("pStyle", val=style)), *content)


def plain_text(node: Element) -> str:
    """All text inside an element, as it stands."""
    return "".join(text.text or "" for text in node.iter(w("t")))


def nsmap(namespace: str) -> dict[str, str]:
    """A namespace as the default one of a new root."""
    return {None: namespace}  # type: ignore[dict-item]  # the stubs do not know default namespaces


def get(node: Element, name: str) -> str:
    """An attribute of Word's namespace; empty when there is none."""
    return str(node.get(w(name), ""))


def style_of(node: Element) -> str:
    """The id of a paragraph's style; empty for the default one."""
    found = node.find(_STYLE)
    return str(found.get(_VALUE, "")) if found is not None else ""


_STYLE, _VALUE = f"{w('pPr')}/{w('pStyle')}", w("val")
