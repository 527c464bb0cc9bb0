"""Comments of a revised document: which of the tool's own still stand, and how they are taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.package import Parts
from uprreport.files.word.xml import Element, get, parse, serialise, w

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_EXTENDED = "word/commentsExtended.xml"
_IDS = "word/commentsIds.xml"


@dataclass(frozen=True, slots=True)
class Thread:
    """One comment: its id, who wrote it and when, what it says, whether it is resolved or was answered."""

    id: str
    author: str
    text: str
    resolved: bool = False
    answered: bool = False
    date: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the tool wrote it."""
        return self.author == AUTHOR


def read_threads(comments: Element, parts: Mapping[str, bytes]) -> Mapping[str, Thread]:
    """The comments of a document by their ids."""
    done, parents = _extended(parts)
    found: dict[str, Thread] = {}
    for node in comments.iter(w("comment")):
        names = {p.get(f"{_W14}paraId", "") for p in node.iter(w("p"))} - {""}
        text = "\n".join("".join(t.text or "" for t in p.iter(w("t"))) for p in node.iter(w("p")))
        resolved, answered = bool(names & done), bool(names & parents)
        found[get(node, "id")] = Thread(
            get(node, "id"), get(node, "author"), text.strip(), resolved, answered, get(node, "date")
        )
    return found


def _extended(parts: Mapping[str, bytes]) -> tuple[set[str], set[str]]:
    """Ids of paragraphs whose comments are resolved, and of those that were answered."""
    if _EXTENDED not in parts:
        return set(), set()
    nodes = list(parse(parts[_EXTENDED]).iter(f"{_W15}commentEx"))
    done = {node.get(f"{_W15}paraId", "") for node in nodes if node.get(f"{_W15}done") in ("1", "true")}
    return done, {node.get(f"{_W15}paraIdParent", "") for node in nodes} - {""}


def threads_in(node: Element) -> Iterator[str]:
    """The ids of the comments that are marked inside an element."""
    for mark in node.iter(w("commentReference")):
        yield get(mark, "id")


def remove_thread(number: str, root: Element, comments: Element, parts: Parts) -> None:
    """Take one comment away: its marks in the text, itself, and what other parts say of it."""
    for node in list(root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
        if get(node, "id") == number:
            _drop_mark(node)
    names: set[str] = set()
    for node in list(comments.iter(w("comment"))):
        if get(node, "id") == number:
            names |= {p.get(f"{_W14}paraId", "") for p in node.iter(w("p"))} - {""}
            comments.remove(node)
    for part in (_EXTENDED, _IDS):
        if names and part in parts:
            _drop_entries(parts, part, names)


def _drop_mark(node: Element) -> None:
    """Remove a mark, and the run around a reference that holds nothing else."""
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    grandparent = parent.getparent()
    is_empty = parent.tag == w("r") and all(child.tag == w("rPr") for child in parent)
    if is_empty and grandparent is not None:
        grandparent.remove(parent)


def _drop_entries(parts: Parts, part: str, names: set[str]) -> None:
    root = parse(parts[part])
    for node in list(root):
        if any(str(name).endswith("}paraId") and value in names for name, value in node.attrib.items()):
            root.remove(node)
    parts[part] = serialise(root)
