"""Texts, runs and tracked changes split in two, so that one side can be changed without the other."""

from __future__ import annotations

import copy
from collections.abc import Callable

from lxml import etree

from uprreport.files.word.containers import SHELLS
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


def split_wrapper(wrapper: Element, node: Element, numbered: Element | None, *, before: bool) -> Element:
    """Split what stands around runs (somebody's insertion, a link, a content control) beside one of its
    children, unless it ends there anyway; gives the part that holds the child.

    ``numbered`` has the number for the second part of an insertion.
    """
    moved = [node, *node.itersiblings()] if before else list(node.itersiblings())
    shell = [copy.deepcopy(child) for child in wrapper if child.tag in SHELLS]
    if not moved or len(moved) + len(shell) >= len(wrapper):
        return wrapper
    second = etree.Element(wrapper.tag, {str(k): str(v) for k, v in wrapper.attrib.items()})
    if numbered is not None:
        second.set(w("id"), str(numbered.get(w("id"))))
    for one in shell:
        for number in one.findall(w("id")):  # a control's own, which no other may have
            one.remove(number)
    second.extend([*shell, *moved])
    wrapper.addnext(second)
    return second if before else wrapper


def sink(insertion: Element, mark: Callable[[str], Element]) -> None:
    """Put somebody's insertion inside the containers that it holds, so that it can be split beside a run."""
    for child in list(insertion):
        insertion.addprevious(child)
        holder = child.find(w("sdtContent")) if child.tag == w("sdt") else child
        if holder is None or next(child.iter(w("r")), None) is None:
            continue
        made = copy.copy(insertion)
        made[:] = []
        made.set(w("id"), str(mark("ins").get(w("id"))))
        if child.tag in (w("r"), w("del")):
            child.addprevious(made)
            made.append(child)
        else:
            made.extend([one for one in holder if one.tag not in SHELLS])
            holder.append(made)
    parent = insertion.getparent()
    if parent is not None:
        parent.remove(insertion)
