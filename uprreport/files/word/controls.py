"""Content controls, custom XML and smart tags taken off a final: what they hold stays where it stands.

They show on no page; their names, and the words that ask to fill one in, are nobody's text.
"""

from __future__ import annotations

from uprreport.files.word.accept import may_go, remove, unwrap
from uprreport.files.word.containers import SHELLS, is_vacant, shown, take_out
from uprreport.files.word.xml import Element, plain_text, w

_TAGS = (w("customXml"), w("smartTag"))


def vacant_controls(body: Element) -> list[str]:
    """What the controls that nobody filled in ask for, as it reads."""
    return [plain_text(one).strip() or "…" for one in shown(body, w("sdt")) if is_vacant(one)]


def take_off_controls(root: Element) -> None:
    """Put what content controls and tags hold in their place; those that nobody filled in go with their
    words."""
    for control in list(root.iter(w("sdt"))):
        emptied = _empty(control) if is_vacant(control) else []
        _unwrap(control, control.find(w("sdtContent")))
        for node in emptied:
            if may_go(node):
                take_out(node)
    for tag in list(root.iter(*_TAGS)):
        _unwrap(tag, tag)


def _empty(control: Element) -> list[Element]:
    """Take the words out of a control; gives its paragraphs."""
    for run in list(control.iter(w("r"))):
        remove(run)
    return list(control.iter(w("p")))


def _unwrap(outer: Element, holder: Element | None) -> None:
    for child in [child for child in outer if child.tag in SHELLS]:
        outer.remove(child)
    if holder is not None and holder is not outer:
        unwrap(holder)
    unwrap(outer)
