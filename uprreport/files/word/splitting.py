"""Texts, runs and tracked changes split in two, so that one side can be changed without the other."""

from __future__ import annotations

import copy

from uprreport.files.word.xml import Element, element, w


def split_text(node: Element, at: int) -> None:
    """Split a text element in two, and its run between them."""
    text = node.text or ""
    second = copy.deepcopy(node)
    node.text, second.text = text[:at], text[at:]
    for one in (node, second):
        one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    node.addnext(second)
    split_run(node.getparent(), second)


def split_run(one: Element | None, first: Element) -> None:
    """Move a child of a run and all that follow it into a run of their own, formatted alike."""
    if one is None:
        return
    made = element("r")
    look = one.find(w("rPr"))
    if look is not None:
        made.append(copy.deepcopy(look))
    for child in [first, *first.itersiblings()]:
        made.append(child)
    one.addnext(made)


def isolate(child: Element) -> Element:
    """See that the run around an element holds nothing else but its look; gives that run."""
    following, before = child.getnext(), child.getprevious()
    if following is not None:
        split_run(child.getparent(), following)
    if before is not None and before.tag != w("rPr"):
        split_run(child.getparent(), child)
    holder = child.getparent()
    return holder if holder is not None else child


def split_wrapper(wrapper: Element, node: Element, numbered: Element, *, before: bool) -> Element:
    """Split somebody's insertion beside one of its children, unless it ends there anyway; gives the part
    that holds the child. ``numbered`` has the number for the second part."""
    moved = [node, *node.itersiblings()] if before else list(node.itersiblings())
    if not moved or len(moved) == len(wrapper):
        return wrapper
    second = element(wrapper.tag.rpartition("}")[2])
    for name, value in wrapper.attrib.items():
        second.set(name, value)
    second.set(w("id"), str(numbered.get(w("id"))))
    for child in moved:
        second.append(child)
    wrapper.addnext(second)
    return second if before else wrapper
