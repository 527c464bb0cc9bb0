"""Fields brought up to date: numbers of captions and of what is referred to, as a program would compute them.

LibreOffice prints some of them as they stand, so they must be right without anybody renewing them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uprreport.files.word.accept import unwrap
from uprreport.files.word.containers import boxes, own, paragraphs, twins
from uprreport.files.word.containers import shown as elements_shown
from uprreport.files.word.fields import CAPTION, Field, find_fields, readable, word_of
from uprreport.files.word.numbers import Number
from uprreport.files.word.regions import is_deleted
from uprreport.files.word.tracking import remove
from uprreport.files.word.xml import Element, get, run, w


def renew_fields(body: Element, numbers: Mapping[Element, Number]) -> tuple[str, ...]:
    """Write into all fields what they show now; gives the references that lead nowhere. ``numbers`` are those
    of the paragraphs at the top of the body (``automatic_numbers``).

    Those show what they showed; Word would put an error in their place.
    """
    found = [told for node in elements_shown(body, w("p")) for told in find_fields(node)]
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for told in found:
        name = told.name
        if name.startswith("SEQ:"):
            counts[name] = counts.get(name, 0) + 1
            _show(told, str(counts[name]))
            shown |= dict.fromkeys(_bookmarks_around(told), str(counts[name]))
    shown |= _paragraphs(numbers)
    dead: list[str] = []
    for told in found:
        kind, _, target = told.name.partition(":")
        if kind == "REF" and target in shown:
            _show(told, shown[target])
        elif kind == "REF":
            dead.append(target)
    _show_in_twins(body)
    return tuple(dead)


def _show_in_twins(body: Element) -> None:
    """Text boxes stand in a file twice: the second time, for older programs, their fields show the same."""
    for box in boxes(body):
        own = [told for node in paragraphs(box) for told in find_fields(node)]
        for other in twins(box):
            others = (told for node in paragraphs(other) for told in find_fields(node))
            for one, two in zip(own, others, strict=False):
                if one.name == two.name:
                    _show(two, readable(one.word))


def drop_emptied(root: Element) -> None:
    """Take out the fields whose number somebody deleted, in a part whose changes are accepted.

    Some programs delete what a field shows and leave the field, from which the next one writes the number
    again.
    """
    for node in list(root.iter(w("p"))):
        for told in find_fields(node):
            if not told.shown:
                _flatten(told)


def find_dead(body: Element) -> tuple[str, ...]:
    """The bookmarks to which references lead and that are nowhere in a document, each once.

    A caption whose number was deleted is nowhere, too.
    """
    found = [told for node in body.iter(w("p")) for told in find_fields(node) if told.shown]
    starts = body.iter(w("bookmarkStart"))
    there = {get(start, "name") for start in starts if not _is_emptied(start)}
    there |= {name for told in found if told.name.startswith("SEQ:") for name in _bookmarks_around(told)}
    targets = (told.name.removeprefix("REF:") for told in found if told.name.startswith("REF:"))
    return tuple(dict.fromkeys(target for target in targets if target not in there))


def _is_emptied(start: Element) -> bool:
    """Whether nothing is left between the ends of the bookmark around a caption's number."""
    holder = next(start.iterancestors(w("p")), None) if get(start, "name").startswith(CAPTION) else None
    is_inside = False
    for node in own(holder, w("bookmarkStart"), w("bookmarkEnd"), w("t")) if holder is not None else ():
        if node is start:
            is_inside = True
        elif is_inside and node.tag == w("bookmarkEnd") and get(node, "id") == get(start, "id"):
            return True
        elif is_inside and node.tag == w("t") and (node.text or "").strip() and not is_deleted(node):
            return False
    return False


def _show(told: Field, text: str) -> None:
    """Write a number into a field, where it shows another one."""
    if told.word == word_of(told.name, text):
        return
    texts = [node for node in told.nodes if node.tag == w("t")]
    if texts:
        texts[0].text = text
        for node in texts[1:]:
            node.text = ""
        return
    if told.is_simple:
        told.nodes[0].append(run(text))
        return
    for node in told.nodes:
        if get(node, "fldCharType") == "separate":
            next(node.iterancestors(w("r"))).addnext(run(text))


def _bookmarks_around(told: Field) -> Iterator[str]:
    """The bookmarks that begin just before a caption's number."""
    first = told.nodes[0] if told.is_simple else told.runs[0]
    node = first.getprevious()
    while node is not None and node.tag in (w("bookmarkStart"), w("bookmarkEnd")):
        if node.tag == w("bookmarkStart"):
            yield get(node, "name")
        node = node.getprevious()


def _paragraphs(numbers: Mapping[Element, Number]) -> Mapping[str, str]:
    """The numbers of paragraphs by the bookmarks in them."""
    return {
        get(start, "name"): number.bare
        for node, number in numbers.items()
        for start in node.iter(w("bookmarkStart"))
        if not get(start, "name").startswith(CAPTION)
    }


def drop_dead(body: Element, dead: tuple[str, ...]) -> None:
    """Let references that lead nowhere stand as the plain numbers that they showed."""
    for node in list(body.iter(w("p"))) if dead else ():
        for told in find_fields(node):
            if told.name.removeprefix("REF:") in dead:
                _flatten(told)


def _flatten(told: Field) -> None:
    if told.is_simple:
        unwrap(told.nodes[0])
        return
    for node in told.nodes:
        if node.tag in (w("fldChar"), w("instrText")) or (node.tag == w("t") and not node.text):
            remove(node)
    for one in told.runs:
        if all(child.tag == w("rPr") for child in one):
            remove(one)
