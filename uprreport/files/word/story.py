"""Paragraphs that can be changed word by word, with every change tracked on the runs that are there.

A story is the paragraphs of a region or of a cell as they read with all changes accepted. Its text can be
replaced from character to character; formatting, other people's tracked changes and comments around it stay.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from uprreport.files.word.accept import is_wrapper
from uprreport.files.word.beside import after_deleted, beside, holder_of
from uprreport.files.word.containers import is_fixed, may_hold_fixed, own, pieces, take_out
from uprreport.files.word.fields import Field, find_fields, readable, unfold
from uprreport.files.word.regions import SPECIAL, is_section_break, reads_into_next, run_style, sign
from uprreport.files.word.speech import direct, dress, put_style, write
from uprreport.files.word.splitting import split_run, split_text
from uprreport.files.word.styles import COMMENT_REFERENCE, GENERATED, LABEL, PLACEHOLDER, Styles
from uprreport.files.word.tracking import mark_end, remove, strike
from uprreport.files.word.xml import Element, element, style_of, w
from uprreport.text import reads_from_right

_SILENT = {w("fldChar"), w("fldSimple")}
"""What stands for no characters, unless it is a field that is one word."""

_HELD = {w("t"), *SPECIAL, w("fldChar"), w("instrText")}
"""What a run may hold that must not be parted from what follows without need."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, and how. ``mark`` makes a tracking element of a kind (``ins``, ``del``).

    What is inserted is always tracked; what is deleted is struck, or gone for good.
    """

    mark: Callable[[str], Element]
    strikes: bool = True


@dataclass(frozen=True, slots=True)
class _Atom:
    """One text element of a run and the characters that it holds; or a field, which is one word."""

    run: Element
    node: Element
    start: int
    end: int
    field: Field | None = None

    @property
    def runs(self) -> tuple[Element, ...]:
        """The runs that it stands in, in order."""
        return self.field.runs if self.field is not None else (self.run,)

    @property
    def outside(self) -> tuple[Element, ...]:
        """Its runs; of a field that is one element, that element: nothing may come into it."""
        return (self.node,) if self.field is not None and self.field.is_simple else self.runs


class Story:
    """The paragraphs that say anything, in order, and the changes that can be made to them."""

    def __init__(self, nodes: Sequence[Element], styles: Styles, pen: Pen) -> None:
        """Take the paragraphs of a region or cell; at least one."""
        self._styles = styles
        self._pen = pen
        self._nodes = [node for node in nodes if not is_section_break(node)]
        self._emptied: list[Element] = []
        self.missing: frozenset[str] = frozenset()
        self._fillers: list[Element] = []
        self._last: tuple[int, int, Element, Element] | None = None
        self._skipped = {styles.id(LABEL)} if not styles.missing([LABEL]) else set()
        self._groups = [
            group
            for group in self._grouped()
            if self._text(group).strip() and styles.name(style_of(group[-1])) not in GENERATED
        ]

    def _grouped(self) -> list[list[Element]]:
        """The paragraphs as they read: one whose end was deleted together with the next."""
        groups: list[list[Element]] = [[]]
        for node in self._nodes:
            groups[-1].append(node)
            if not reads_into_next(node):
                groups.append([])
        return [group for group in groups if group]

    @property
    def paragraphs(self) -> tuple[tuple[str, str], ...]:
        """Name of style and characters of each paragraph that says anything and is part of a text."""
        return tuple((self._styles.name(style_of(group[-1])), self._text(group)) for group in self._groups)

    @property
    def fixed(self) -> tuple[tuple[int, int, int], ...]:
        """Stretches of characters (paragraph, start, end) that a program writes anew, or locks."""
        return tuple(
            (index, atom.start, atom.end)
            for index, group in enumerate(self._groups)
            if any(map(may_hold_fixed, group))
            for atom in self._atoms(group)
            if is_fixed(atom.node)
        )

    # Reading --------------------------------------------------------------------------------------------

    def _atoms(self, group: Sequence[Element]) -> list[_Atom]:
        atoms: list[_Atom] = []
        at = 0
        for node in group:
            fields = {told.nodes[0]: told for told in find_fields(node)}
            held = {one for told in fields.values() for one in told.nodes}
            for one, child in pieces(node):
                field = fields.get(child)
                if field is None and (child in held or child.tag in _SILENT):
                    continue
                if self._skipped and run_style(one) in self._skipped:
                    continue
                length = len(_characters(child, field))
                atoms.append(_Atom(field.runs[0] if field else one, child, at, at + length, field))
                at += length
        return atoms

    def _text(self, group: Sequence[Element]) -> str:
        return "".join(_characters(atom.node, atom.field) for atom in self._atoms(group))

    # Changing -------------------------------------------------------------------------------------------

    def delete(self, paragraph: int, start: int, end: int) -> None:
        """Delete characters of one paragraph."""
        group = self._groups[paragraph]
        self._split(group, start)
        self._split(group, end)
        for told in self._within(group, start, end):
            if told.field is not None and told.field.is_simple:
                unfold(told.node)
        gone = list(dict.fromkeys(one for told in self._within(group, start, end) for one in told.runs))
        place = gone[0].getparent() if gone else None
        for one in gone:
            if self._pen.strikes:
                strike(one, self._pen.mark("del"))
                struck = one.getparent()
            else:
                struck = element("r")  # keeps the place until the new words stand there
                one.addprevious(struck)
                self._fillers.append(struck)
                remove(one)
            if struck is not None and struck.getparent() is place:
                self._last = (paragraph, start, struck, one)

    def _within(self, group: Sequence[Element], start: int, end: int) -> list[_Atom]:
        return [a for a in self._atoms(group) if start <= a.start and a.end <= end and a.end > a.start]

    def delete_end(self, paragraph: int) -> None:
        """Delete the end of a paragraph, so that it reads on into the next one."""
        node = self._groups[paragraph][-1]
        if self._pen.strikes:
            mark_end(node, self._pen.mark("del"))
        elif node is not self._nodes[0]:
            self._emptied.append(node)

    def finish(self) -> None:
        """Take away paragraphs whose end was deleted for good and that say nothing any more."""
        for filler in self._fillers:
            remove(filler)
        for node in self._emptied:
            if not self._text([node]).strip():
                take_out(node)

    def insert(self, paragraph: int, at: int, text: str) -> None:
        """Insert characters into one paragraph, formatted as those before them."""
        if not text:
            return
        group = self._groups[paragraph]
        self._split(group, at)
        atoms = self._atoms(group)
        told = [a for a in atoms if a.end > a.start]
        before = next((a for a in reversed(told) if a.end <= at), None)
        left = before.outside[-1] if before is not None else None
        right = next((a.outside[0] for a in atoms if a.start >= at), None)
        look = before.runs[-1] if before is not None else right
        if self._last is not None and self._last[:2] == (paragraph, at):  # what replaces words follows them
            (_, _, struck, one), self._last = self._last, None
            is_other = look is None or holder_of(struck) is not holder_of(look)
            made = self._written(text, one if is_other else look)
            after_deleted(beside(struck, struck, self._pen.mark)).addnext(made)
            return
        made = self._written(text, look)
        if left is not None:
            other = right if right is not None else told[0].outside[0]
            after_deleted(beside(left, other, self._pen.mark)).addnext(made)
        elif right is not None:
            last = told[-1].outside[-1] if told else right
            beside(right, last, self._pen.mark, before=True).addprevious(made)
        elif gone := [node for one in group for node in own(one, w("del")) if is_wrapper(node)]:
            beside(gone[-1], gone[-1], self._pen.mark).addnext(made)
        else:
            group[-1].append(made)

    def insert_paragraphs(
        self, paragraph: int, at: int, paragraphs: Sequence[tuple[str, str]], rest: str = ""
    ) -> None:
        """Insert whole paragraphs (name of style, text) at a place in one paragraph, ``rest`` behind them.

        What stands before the place, with the anchor, and the first of them become one paragraph.
        ``paragraph`` may be the number of paragraphs: then they follow the last one.
        """
        if paragraph >= len(self._groups):
            self._append(paragraphs)
            return
        group = self._groups[paragraph]
        (_, text), *others = paragraphs
        if at == 0 and not self._opens_with_label(group[0]):
            for name, told in paragraphs:
                group[0].addprevious(self._paragraph(name, told))
            self.insert(paragraph, 0, rest)
            return
        behind = self._split_paragraph(group, at, text)
        for name, told in others:
            behind.addprevious(self._paragraph(name, told))
        if rest:
            first = next((r for r in behind.iter(w("r"))), None)
            made = self._written(rest, first)
            behind.insert(1 if behind.find(w("pPr")) is not None else 0, made)

    def _append(self, paragraphs: Sequence[tuple[str, str]]) -> None:
        """Paragraphs behind the last one; where nothing is said yet, the first goes into what is there."""
        rest = list(paragraphs)
        last = self._groups[-1][-1] if self._groups else self._nodes[0]
        if not self._groups and rest:
            last.append(self._written(rest.pop(0)[1], None))
        made = [self._paragraph(style, text) for style, text in rest]
        if rest and self._groups and reads_into_next(last):
            made.insert(0, self._paragraph(rest[0][0], ""))  # its end was struck: the new ones need one
        for node in reversed(made):
            last.addnext(node)

    def _opens_with_label(self, node: Element) -> bool:
        return any(True for _ in node.iter(w("bookmarkStart"))) or any(
            run_style(one) in self._skipped for one in node.iter(w("r"))
        )

    def _split_paragraph(self, group: list[Element], at: int, text: str) -> Element:
        """End a paragraph at a place, after some text; gives the new paragraph with what stood behind it."""
        self._split(group, at)
        atoms = self._atoms(group)
        follows = next((atom.run for atom in atoms if atom.start >= at and atom.end > atom.start), None)
        front = group[-1] if follows is None else next(follows.iterancestors(w("p")))
        behind = element("p")
        properties = front.find(w("pPr"))
        if properties is not None:
            behind.append(copy.deepcopy(properties))
            for child in properties.findall(w("rPr")):
                properties.remove(child)
        if follows is not None:
            stop = beside(follows, None, self._pen.mark, before=True)
            for child in [stop, *stop.itersiblings()]:
                behind.append(child)
        last = next((a.runs[-1] for a in reversed(atoms) if a.end <= at and a.end > a.start), None)
        if text:
            front.append(self._written(text, last if last is not None else follows))
        front.addnext(behind)
        mark_end(front, self._pen.mark("ins"))
        return behind

    def _paragraph(self, style: str, text: str) -> Element:
        made = element("p")
        if style and not self._styles.missing([style]):
            made.append(element("pPr", element("pStyle", val=self._styles.id(style))))
        if text:
            usual = self._styles.is_rtl(style_of(made))
            direct(made, self._styles, turned=reads_from_right(readable(text), default=usual))
        made.append(self._written(text, None))
        mark_end(made, self._pen.mark("ins"))
        return made

    def _written(self, text: str, like: Element | None) -> Element:
        """New text, in the look of a run as far as that does not depend on its letters.

        Words of a mark of missing text (``missing``) are in the style of those.
        """
        usual = like.find(f"{w('rPr')}/{w('rtl')}") is not None if like is not None else False
        inserted = self._pen.mark("ins")
        is_missing = bool(text.strip()) and any(text.strip() in mark for mark in self.missing)
        for made in write(text, rtl=reads_from_right(readable(text), default=usual)):
            if like is not None and (look := self._look(like)) is not None:
                dress(made, look)
            if is_missing and not self._styles.missing([PLACEHOLDER]):
                put_style(made, self._styles.id(PLACEHOLDER))
            inserted.append(made)
        return inserted

    def _look(self, like: Element) -> Element | None:
        """The formatting of a run, but what marks it as something special."""
        found = like.find(w("rPr"))
        if found is None:
            return None
        special = [PLACEHOLDER, LABEL, COMMENT_REFERENCE]
        ids = {self._styles.id(name) for name in special if not self._styles.missing([name])}
        made = copy.deepcopy(found)
        for child in list(made):
            if child.tag in (w("rPrChange"), w("ins"), w("del")) or (
                child.tag == w("rStyle") and run_style(like) in ids
            ):
                made.remove(child)
        return made if len(made) else None

    # Splitting ------------------------------------------------------------------------------------------

    def _split(self, group: Sequence[Element], at: int) -> None:
        """See that no run holds characters on both sides of a place."""
        for atom in self._atoms(group):
            if atom.start < at < atom.end and atom.field is None and atom.node is not atom.run:
                split_text(atom.node, at - atom.start)
                break
        for atom in self._atoms(group):
            if atom.start == at and atom.node not in (atom.run, _first_text(atom.run)):
                split_run(atom.run, atom.node)
                break


def _first_text(one: Element) -> Element | None:
    return next((child for child in one if child.tag in _HELD), None)


def _characters(node: Element, field: Field | None) -> str:
    if field is not None:
        return field.word
    return sign(node)
