"""Hidden text: words that stand in a file and on no page. The tool writes none; editors may.

Hidden are runs with ``w:vanish`` or ``w:specVanish``, of their own or by a style, and rows with ``w:hidden``.
``w:webHidden`` hides in one view of Word only, and prints: it is taken off, as Word sets it in its contents.
"""

from __future__ import annotations

from collections.abc import Iterator

from uprreport.files.word.accept import remove
from uprreport.files.word.containers import take_out
from uprreport.files.word.labels import remove_if_bare
from uprreport.files.word.regions import is_deleted, run_style
from uprreport.files.word.renewing import drop_emptied
from uprreport.files.word.styles import LABEL, Styles, is_on
from uprreport.files.word.xml import Element, plain_text, style_of, w

_OWN = (w("vanish"), w("specVanish"))
_MARKS = (*_OWN, w("hidden"))
_SEEN = (w("t"), w("drawing"), w("pict"), w("object"), w("footnoteReference"), w("endnoteReference"))


def hidden_runs(node: Element, styles: Styles) -> list[Element]:
    """The hidden runs below an element that hold anything, but the tool's labels and struck text."""
    if not styles.hide_any and next(node.iter(*_MARKS), None) is None:  # nearly all
        return []
    label = "" if styles.missing([LABEL]) else styles.id(LABEL)
    return [
        run
        for run in node.iter(w("r"))
        if next(run.iter(*_SEEN), None) is not None
        and not (label and run_style(run) == label)
        and _is_hidden(run, styles)
        and not is_deleted(run)
    ]


def hidden_texts(node: Element, styles: Styles) -> Iterator[str]:
    """What is hidden in each paragraph at the top or in a table, pictures without words as ``…``."""
    found: dict[Element | None, str] = {}
    for run in hidden_runs(node, styles):
        holder = next(run.iterancestors(w("p")), None)
        found[holder] = found.get(holder, "") + plain_text(run)
    return (text.strip() or "…" for text in found.values())


def remove_hidden(root: Element, styles: Styles) -> None:
    """Take hidden text out for good, with the paragraphs and rows of which nothing else is left."""
    for run in hidden_runs(root, styles):
        node = next(run.iterancestors(w("p")), None)
        remove(run)
        if node is not None:
            drop_emptied(node)
            remove_if_bare(node, styles)
    for row in [row for row in root.iter(w("tr")) if _is_row_hidden(row)]:
        take_out(row)
    for mark in list(root.iter(w("webHidden"))):
        remove(mark)


def _is_hidden(run: Element, styles: Styles) -> bool:
    look = run.find(w("rPr"))
    own = [node for name in _OWN if look is not None and (node := look.find(name)) is not None]
    if any(is_on(node) for node in own):
        return True
    row = next(run.iterancestors(w("tr")), None)
    if row is not None and _is_row_hidden(row):
        return True
    if own:
        return False
    node = next(run.iterancestors(w("p")), None)
    return styles.hides(run_style(run)) or (node is not None and styles.hides(style_of(node)))


def _is_row_hidden(row: Element) -> bool:
    return is_on(row.find(f"{w('trPr')}/{w('hidden')}"))
