"""Fields that tell of files, persons and programs: what they show stays as words, or goes with them.

A field is a code and what it shows. Links to other files, lists for letters and programs' own data are kept
as they read; names of files, of whoever is at work and of templates go, since they print a machine's data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from uprreport.files.word.accept import remove, unwrap
from uprreport.files.word.xml import Element, get, w

_GOES = frozenset(
    ("FILENAME", "AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "TEMPLATE")
)
_NAMED = frozenset(("DOCPROPERTY", "INFO"))
_PERSONS = frozenset(
    ("AUTHOR", "LASTSAVEDBY", "MANAGER", "COMPANY", "TEMPLATE", "FILENAME", "HYPERLINKBASE", "PATH")
)
_PLAIN = frozenset((
    *("INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "DATA"),
    *("MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF", "SKIPIF", "DOCVARIABLE", "DOCPROPERTY"),
    *("INFO", "COMMENTS", "SAVEDATE", "CREATEDATE", "PRINTDATE", "EDITTIME", "REVNUM", "RD", "AUTOTEXT"),
    *("AUTOTEXTLIST", "GLOSSARY", "EMBED", "CONTROL", "ADDIN", "HTMLCONTROL", "PRIVATE", "MACROBUTTON"),
    *("ADDRESSBLOCK", "GREETINGLINE", "CITATION", "BIBLIOGRAPHY", "ASK", "FILLIN", "SET"),
))  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A field that has begun: its code, the elements of it, and those of what it shows."""

    begin: Element
    code: str = ""
    parts: list[Element] = field(default_factory=list)
    shown: list[Element] = field(default_factory=list)
    is_shown: bool = False


def settle_codes(root: Element, is_private: Callable[[str], bool]) -> Iterator[str]:
    """Settle the fields below an element; gives what was done to each kind.

    ``is_private`` tells whether a code holds the path of a file or somebody's name.
    """
    for node in list(root.iter(w("fldSimple"))):
        kind, goes = _judge(get(node, "instr"), is_private)
        if kind:
            yield _told(kind, goes=goes)
            if goes:
                remove(node)
            else:
                unwrap(node)
    for one in list(_fields(root)):
        kind, goes = _judge(one.code, is_private)
        if kind:
            yield _told(kind, goes=goes)
            for node in [*one.parts, *(one.shown if goes else ())]:
                _drop(node)


def _told(kind: str, *, goes: bool) -> str:
    return f"a field {kind} is gone" if goes else f"a field {kind} is plain words now"


def _judge(code: str, is_private: Callable[[str], bool]) -> tuple[str, bool]:
    """The kind of a field that must be settled, and whether what it shows goes too; empty for none."""
    words = code.upper().replace('"', " ").split() or [""]
    kind, about = words[0], words[1] if len(words) > 1 else ""
    if kind in _GOES or (kind in _NAMED and about in _PERSONS):
        return kind, True
    return (kind, False) if kind in _PLAIN or is_private(code) else ("", False)


def _fields(root: Element) -> Iterator[_Open]:
    """The fields of a part that are made of runs, inner ones first."""
    waiting: list[_Open] = []
    for node in root.iter(w("fldChar"), w("instrText"), w("t"), w("tab"), w("br"), w("drawing"), w("pict")):
        kind = get(node, "fldCharType")
        if kind == "begin":
            waiting.append(_Open(node))
        if not waiting:
            continue
        last = waiting[-1]
        for outer in waiting:
            (outer.shown if outer.is_shown else outer.parts).append(node)
        if kind == "separate":
            last.is_shown = True
        elif kind == "end":
            if last.is_shown:
                last.shown.remove(node)
                last.parts.append(node)
            yield waiting.pop()
        elif node.tag == w("instrText") and not last.is_shown:
            last.code += node.text or ""


def _drop(node: Element) -> None:
    """Take an element out, and its run where nothing else is left in it."""
    parent = node.getparent()
    remove(node)
    if parent is not None and parent.tag == w("r") and all(c.tag == w("rPr") for c in parent):
        remove(parent)
