"""Paragraphs, tables and rows of one document, copied so that they fit into another one.

What comes is text as it reads: tracked changes of the other document are accepted, since each side numbers
its own, and its comments are left behind.
"""

from __future__ import annotations

import copy

from uprreport.files.word.accept import unwrap
from uprreport.files.word.anchors import PREFIX, Bookmarks
from uprreport.files.word.controls import take_off_controls
from uprreport.files.word.fields import CAPTION
from uprreport.files.word.styles import Styles
from uprreport.files.word.tracking import remove
from uprreport.files.word.xml import Element, R, get, w

_STYLES = (w("pStyle"), w("rStyle"), w("tblStyle"))
_GONE = (w("del"), w("moveFrom"), w("rPrChange"), w("pPrChange"), w("trPrChange"), w("tcPrChange"))
_UNWRAPPED = (w("ins"), w("moveTo"))


def bring_in(node: Element, theirs: Styles, ours: Styles, bookmarks: Bookmarks) -> Element:
    """A copy of an element: styles by their names, bookmarks numbered anew, changes accepted, no comments."""
    made = copy.deepcopy(node)
    _accept(made)
    _take_off(made)
    for one in list(made.iter()):
        if one.tag in _STYLES:
            name = theirs.name(get(one, "val"))
            if name and not ours.missing([name]):
                one.set(w("val"), ours.id(name))
        elif one.tag in (w("commentRangeStart"), w("commentRangeEnd")):
            remove(one)
        elif one.tag == w("commentReference"):
            remove(one.getparent())
    _renumber(made, bookmarks)
    return made


def _accept(made: Element) -> None:
    for row in [one for one in made.iter(w("tr")) if one.find(f"{w('trPr')}/{w('del')}") is not None]:
        remove(row)
    for one in list(made.iter(*_GONE)):
        remove(one)
    for one in list(made.iter(*_UNWRAPPED)):
        for child in list(one):  # marks of a paragraph's end or a row hold nothing
            one.addprevious(child)
        remove(one)


def _take_off(made: Element) -> None:
    """Leave behind what means nothing here: controls and tags, and links that lead by way of another part."""
    take_off_controls(made)
    for link in list(made.iter(w("hyperlink"))):
        if link.get(f"{{{R}}}id"):
            unwrap(link)


def _renumber(made: Element, bookmarks: Bookmarks) -> None:
    """Bookmarks that begin or end outside of what is copied are left behind, and foreign ones whose name is
    taken: what refers to that name would lead to the copy."""
    ends = {get(one, "id") for one in made.iter(w("bookmarkEnd"))}
    numbers = {
        get(one, "id"): bookmarks.take()
        for one in made.iter(w("bookmarkStart"))
        if get(one, "id") in ends
        and (get(one, "name") not in bookmarks.names or get(one, "name").startswith((PREFIX, CAPTION)))
    }
    for one in list(made.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        if (number := numbers.get(get(one, "id"))) is not None:
            one.set(w("id"), number)
        else:
            remove(one)
