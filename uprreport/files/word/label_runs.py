"""The runs of one block's label, also where several blocks share a paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from uprreport.files.word.anchors import PREFIX
from uprreport.files.word.regions import is_deleted, run_style
from uprreport.files.word.styles import LABEL, Styles
from uprreport.files.word.xml import Element, get, plain_text, w


def label_runs(nodes: Iterable[Element], styles: Styles, anchor: str) -> list[Element]:
    """The runs of the label that an anchor opens, in paragraphs of its region; deleted ones left out.

    A label begins behind the start of its anchor and ends before the next anchor or any other words.
    """
    if styles.missing([LABEL]):
        return []
    label = styles.id(LABEL)
    for node in nodes:
        found: list[Element] | None = None
        for one in node.iter(w("bookmarkStart"), w("r")):
            if one.tag == w("bookmarkStart"):
                name = get(one, "name")
                if found is not None and name.startswith(PREFIX):
                    return found
                found = [] if name == anchor else found
            elif found is not None and not is_deleted(one):
                if run_style(one) == label:
                    found.append(one)
                elif plain_text(one).strip():
                    return found
        if found is not None:
            return found
    return []
