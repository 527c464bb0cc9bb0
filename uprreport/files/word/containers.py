"""The one place that knows what may stand around paragraphs, rows, cells and runs: content controls, custom
XML, smart tags, links, directions, tracked insertions, alternatives for older programs.

To a reader such containers are transparent: what they hold stands where they stand. Text boxes are not: their
text is a story of its own. What stands in a ``mc:Fallback`` beside a ``mc:Choice`` is shown by no program of
today: it is never read, and never written to. The table of containers is derived from the schema of
ECMA-376, part 4 (``wml.xsd``: the groups ``EG_ContentBlockContent``, ``EG_ContentRowContent``,
``EG_ContentCellContent``, ``EG_PContent`` and ``EG_RunLevelElts``) and part 3 (``mc:AlternateContent``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from uprreport.files.word.xml import Element, get, w

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES, CHOICE, FALLBACK = (f"{_MC}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
SYMBOL = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx"
"""A sign in the writing of today's Word; older programs find it in the Fallback."""

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATION, EQUATIONS, _MATH_TEXT = (f"{_MATH}{name}" for name in ("oMath", "oMathPara", "t"))
"""An equation is part of what a passage says: one piece of its text, changed as a whole or not at all."""

BOX = w("txbxContent")
"""What a text box holds, whatever shape it has."""

_P, _TBL, _ROW, _CELL, _RUN = (w(name) for name in ("p", "tbl", "tr", "tc", "r"))

AROUND_BLOCKS = frozenset((
    *map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo")), ALTERNATIVES, CHOICE, FALLBACK,
))  # fmt: skip
"""What may stand around paragraphs and tables, around rows and around cells."""

SHELLS = frozenset(map(w, ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rubyPr")))
"""What a container says of itself."""

_NOT_RUNS = SHELLS | frozenset(map(w, ("pPr", "rPr", "del", "moveFrom", "rt", "drawing", "pict", "object")))
"""What holds no run of a paragraph's text as it reads: ``w:rt`` is the small print above a word."""

_SIGNS = frozenset(map(w, ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "ptab", "fldChar")))

_INSIDE_RUNS = frozenset((*map(w, ("ruby", "rubyBase")), ALTERNATIVES, SYMBOL))


def body_of(root: Element) -> Element:
    """The body of a document: a colour of the page may stand before it."""
    found = root.find(w("body"))
    return found if found is not None else root[0]


def shown_part(alternatives: Element) -> Element | None:
    """The part of a ``mc:AlternateContent`` that programs of today show."""
    choice = alternatives.find(CHOICE)
    return choice if choice is not None else alternatives.find(FALLBACK)


def _inside(parent: Element, wanted: Collection[str]) -> Iterator[Element]:
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag == ALTERNATIVES:
            part = shown_part(child)
            yield from _inside(part, wanted) if part is not None else ()
        elif child.tag in AROUND_BLOCKS and not (_P in wanted and is_vacant(child)):
            yield from _inside(child, wanted)


def blocks(story: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body, a cell, a note, a header or a text box, in order."""
    return _inside(story, (_P, _TBL))


def top_paragraphs(story: Element) -> Iterator[Element]:
    """The paragraphs of a story that stand in no table."""
    return _inside(story, (_P,))


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table, deleted ones too; those of inner tables are not among them."""
    return _inside(table, (_ROW,))


def cells(row: Element) -> Iterator[Element]:
    """The cells of a row."""
    return _inside(row, (_CELL,))


def paragraphs(node: Element) -> Iterator[Element]:
    """The paragraphs of a story, a table or a cell, inner tables included; text boxes are not."""
    found = list(node.iter(_P, BOX, FALLBACK))
    if all(one.tag == _P for one in found):
        yield from found
        return
    if node.tag == _P:
        yield node
    for one in _inside(node, (_P, _TBL, _ROW, _CELL)) if node.tag != _P else ():
        yield from paragraphs(one)


def shown(node: Element, *tags: str) -> list[Element]:
    """The elements of some kinds below one, text boxes included, but those that stand in a Fallback that
    nobody sees."""
    found = list(node.iter(*tags))
    if found and next(node.iter(FALLBACK), None) is not None:
        return [one for one in found if is_shown(one)]
    return found


def is_shown(node: Element) -> bool:
    """Whether programs of today show an element."""
    for inner in node.iterancestors(CHOICE, FALLBACK):
        outer = inner.getparent()
        if outer is not None and outer.tag == ALTERNATIVES and shown_part(outer) is not inner:
            return False
    return True


def own(node: Element, *tags: str) -> list[Element]:
    """The elements of some kinds below a paragraph or table that are part of its own text: neither in a text
    box nor in a Fallback."""
    found = list(node.iter(*tags))
    if found and next(node.iter(BOX, FALLBACK), None) is not None:
        return [one for one in found if box_around(one) is box_around(node) and is_shown(one)]
    return found


def box_around(node: Element) -> Element | None:
    """The text box in which an element stands; None for the text of the document itself."""
    return next(node.iterancestors(BOX), None)


def boxes(node: Element) -> list[Element]:
    """The text boxes that a reader sees below an element, in order; those in other boxes too."""
    return shown(node, BOX)


def twins(box: Element) -> list[Element]:
    """The boxes that stand for a box in the Fallback beside it: as many there as in what is shown."""
    for choice in box.iterancestors(CHOICE):
        outer = choice.getparent()
        fallback = outer.find(FALLBACK) if outer is not None else None
        if fallback is not None:
            own_boxes, others = list(choice.iter(BOX)), list(fallback.iter(BOX))
            return [others[own_boxes.index(box)]] if len(own_boxes) == len(others) else others
    return []


# Runs ---------------------------------------------------------------------------------------------------


def pieces(node: Element) -> Iterator[tuple[Element, Element]]:
    """What a paragraph's text is made of as it reads, in order: pairs of a run and an element in it that
    stands for characters, or of a simple field or an equation and itself."""
    for child in node:
        tag = child.tag
        if tag == _RUN:
            yield from pieces_of_run(child)
        elif tag in _NOT_RUNS:
            continue
        elif tag == EQUATION:
            yield child, child
        elif tag == ALTERNATIVES:
            part = shown_part(child)
            yield from pieces(part) if part is not None else ()
        elif len(child) and not is_vacant(child):
            if tag == w("fldSimple"):
                yield child, child
            yield from pieces(child)


def equation_text(equation: Element) -> str:
    """The signs of an equation in a row."""
    return "".join(text.text or "" for text in equation.iter(_MATH_TEXT))


def pieces_of_run(run: Element) -> Iterator[tuple[Element, Element]]:
    """The same of a single run."""
    for child in run:
        if child.tag in _SIGNS:
            yield run, child
        elif child.tag in _INSIDE_RUNS:
            yield from _deeper(run, child)


def _deeper(run: Element, node: Element) -> Iterator[tuple[Element, Element]]:
    """What stands in a run not directly: the word below small print, and alternatives."""
    if node.tag == SYMBOL:
        yield run, node
    elif node.tag == w("ruby"):
        base = node.find(w("rubyBase"))
        yield from pieces(base) if base is not None else ()
    elif node.tag == ALTERNATIVES and (part := shown_part(node)) is not None:
        yield from pieces_of_run(part)


# What must not be written to ----------------------------------------------------------------------------

_BOUND = (w("dataBinding"), "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding")
_TYPED = frozenset((
    *map(w, ("text", "comboBox", "date", "dropDownList", "picture", "citation", "bibliography", "equation",
             "group")), *_BOUND,
    "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox",
))  # fmt: skip
"""Kinds of content controls that hold no free text: Word writes them anew from a list, a calendar or another
part when it opens the file, or takes one look and one paragraph only."""


def is_fixed(node: Element) -> bool:
    """Whether what stands at a place would be lost or refused there if a program wrote it: in a control that
    is not for free text or is locked, in a computed field, in alternatives, below small print, in a box."""
    for outer in node.iterancestors(*_LIMITS):
        if outer.tag == w("sdt"):
            if _is_closed(outer):
                return True
        elif outer.tag != w("fldSimple") or "HYPERLINK" not in get(outer, "instr"):
            return True
    return False


def may_hold_fixed(node: Element) -> bool:
    """Whether anything below an element may be fixed: nearly nothing is."""
    return next(node.iter(*_LIMITS), None) is not None


_LIMITS = (w("sdt"), ALTERNATIVES, w("ruby"), BOX, w("fldSimple"))


def is_bound(node: Element) -> bool:
    """Whether what stands at a place is a copy of another part, which programs make anew."""
    found = (outer.find(w("sdtPr")) for outer in node.iterancestors(w("sdt")))
    return any(about is not None and any(c.tag in _BOUND for c in about) for about in found)


def _is_closed(control: Element) -> bool:
    about = control.find(w("sdtPr"))
    if about is None:
        return False
    lock = about.find(w("lock"))
    is_locked = lock is not None and get(lock, "val") in ("contentLocked", "sdtContentLocked")
    return is_locked or any(child.tag in _TYPED for child in about)


def is_vacant(node: Element) -> bool:
    """Whether a content control shows nothing but the words that ask to fill it in: those are nobody's text.

    Word sets them in a character style; where a program left the mark on words of a person, they have none.
    """
    if node.tag != w("sdt") or node.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is None:
        return False
    said = [one for one in node.iter(_RUN) if one.find(w("t")) is not None]
    if next(node.iter(w("drawing"), w("pict")), None) is not None:
        return False
    return all(one.find(f"{w('rPr')}/{w('rStyle')}") is not None for one in said)


# Neighbours ---------------------------------------------------------------------------------------------


def next_block(node: Element) -> Element | None:
    """The paragraph or table behind one in the same story; None at its end and before what ends the body."""
    return _beside(node, forward=True)


def block_before(node: Element) -> Element | None:
    """The paragraph or table before one in the same story."""
    return _beside(node, forward=False)


def _beside(node: Element, *, forward: bool) -> Element | None:
    current: Element | None = node
    while current is not None:
        for sibling in current.itersiblings(preceding=not forward):
            found = [sibling] if sibling.tag in (_P, _TBL) else []
            if not found and sibling.tag in AROUND_BLOCKS:
                found = list(blocks(_wrapped(sibling)))
            if found:
                return found[0 if forward else -1]
        current = current.getparent()
        if current is None or current.tag not in AROUND_BLOCKS:
            return None
    return None


def _wrapped(node: Element) -> Element:
    part = shown_part(node) if node.tag == ALTERNATIVES else node
    return part if part is not None else node


def outside(node: Element, *, behind: bool = True) -> Element:
    """The outermost container that ends with an element (or begins with it): what is new and belongs to
    nobody's container stands beside that."""
    while (parent := node.getparent()) is not None and parent.tag in AROUND_BLOCKS:
        others = node.itersiblings(preceding=not behind)
        if any(other.tag in (_P, _TBL, _ROW, _CELL) or other.tag in AROUND_BLOCKS for other in others):
            return node
        node = parent
    return node


def take_out(node: Element) -> None:
    """Remove a paragraph, table, row or cell, and the containers that hold nothing else."""
    parent = node.getparent()
    while parent is not None:
        parent.remove(node)
        if parent.tag not in AROUND_BLOCKS or any(True for _ in _inside(parent, (_P, _TBL, _ROW, _CELL))):
            return
        for mark in [child for child in parent if child.tag in _RANGES]:
            parent.addprevious(mark)
        node, parent = parent, parent.getparent()


_RANGES = frozenset(map(w, ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")))
