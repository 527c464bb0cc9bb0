"""Where new words stand beside others: in the innermost container that holds the words on both sides."""

from __future__ import annotations

from uprreport.files.word.containers import EQUATIONS
from uprreport.files.word.splitting import sink, split_wrapper
from uprreport.files.word.tracking import Mark
from uprreport.files.word.xml import Element, w

_ADDED = (w("ins"), w("moveTo"))
_TRACKED = (*_ADDED, w("del"), w("moveFrom"))


def beside(one: Element, other: Element | None, mark: Mark, *, before: bool = False) -> Element:
    """The element beside which text can be inserted, in the innermost container that holds another run too.

    A run in somebody's insertion splits that first. Without another run all is split up to the paragraph.
    """
    while (wide := _around_containers(one)) is not None:
        sink(wide, mark)
    around = set(other.iterancestors()) if other is not None else set()
    node = one
    while (parent := node.getparent()) is not None and parent.tag != w("p"):
        if parent.tag in _ADDED:
            node = split_wrapper(parent, node, mark("ins"), before=before)
        elif parent.tag == EQUATIONS:
            node = parent
        elif parent in around:
            break
        elif other is None:
            node = split_wrapper(parent, node, None, before=before)
        else:
            node = parent
    return node


def holder_of(node: Element) -> Element | None:
    """The nearest thing around an element that is no tracked change."""
    return next((outer for outer in node.iterancestors() if outer.tag not in _TRACKED), None)


def after_deleted(node: Element) -> Element:
    """The last of the deletions that follow an element: what replaces deleted text stands behind it."""
    while (following := node.getnext()) is not None and following.tag == w("del"):
        node = following
    return node


def _around_containers(one: Element) -> Element | None:
    """Somebody's insertion in which a run stands in a container of its own; None where there is none."""
    is_inside = False
    for outer in one.iterancestors():
        if outer.tag == w("p"):
            return None
        if outer.tag in _ADDED and is_inside:
            return outer
        is_inside = is_inside or outer.tag not in _TRACKED
    return None
