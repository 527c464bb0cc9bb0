"""What a document says, passage by passage, each with the place at which an editor finds it in Word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from uprreport.files.word.containers import blocks, boxes, paragraphs
from uprreport.files.word.fields import readable
from uprreport.files.word.hidden import hidden_texts
from uprreport.files.word.marks import marks_of
from uprreport.files.word.numbers import paragraph_numbers
from uprreport.files.word.pending import placeholders
from uprreport.files.word.regions import (
    NotesOf,
    paragraph_text,
    raw_text,
    read_rows,
    reads_into_next,
)
from uprreport.files.word.styles import ANNEX_HEADING, GENERATED, LABEL, PLACEHOLDER, Styles
from uprreport.files.word.xml import Element, style_of, w
from uprreport.text import words

Part = Literal["", "body", "annexes"]
"""Where a passage stands: on the cover and before the first chapter, in the body, or in an annex."""

Kind = Literal["heading", "paragraph", "cell", "footnote", "endnote", "text box"]

_SAID = (LABEL, PLACEHOLDER)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, the cell of a table, or a note as it reads.

    ``node`` is what it stands in at the top of the body, ``style`` that of a paragraph by name, ``heading``
    the nearest one above it, ``number`` that of the paragraph as printed. ``missing`` are the marks of
    missing texts in it, which are not counted as ``words``.
    """

    kind: Kind
    text: str
    node: Element = field(repr=False)
    style: str = ""
    heading: str = ""
    number: str = ""
    words: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a document under one heading of the first level, and its words: all of them, and of these
    those in headings and the hidden ones."""

    part: Part
    heading: str
    words: int
    headings: int = 0
    hidden: int = 0


def read_passages(
    body: Element,
    styles: Styles,
    numbering: Element | None,
    notes: NotesOf,
    generated: Collection[str] = (),
) -> Iterator[Passage]:
    """The passages of a body in order; the table of contents and the draft mark are left out.

    ``generated`` are the marks of missing text as they were generated, flat.
    """
    numbers = paragraph_numbers(body, styles, numbering)
    heading = ""
    for nodes in _as_read(body, styles):
        last = nodes[-1]
        told = (
            _cells(last, styles, generated) if last.tag == w("tbl") else _paragraph(nodes, styles, generated)
        )
        made = list(told)
        if made and made[0].kind == "heading":
            heading = made[0].text
        for node in nodes:
            made += [_note(kind, text, node) for kind, text in notes(node)]
            made += [made_of for box in boxes(node) for made_of in _boxed(box, node, styles, generated)]
        for passage in made:
            yield replace(passage, heading=heading, number=numbers.get(last, ""))


def _as_read(body: Element, styles: Styles) -> Iterator[list[Element]]:
    """The tables, and the paragraphs as the elements that they read from."""
    begun: list[Element] = []
    for node in blocks(body):
        if node.tag == w("tbl"):
            yield from [begun] if begun else []
            begun = []
            yield [node]
        elif styles.name(style_of(node)) not in GENERATED:
            begun.append(node)
            if not reads_into_next(node):
                yield begun
                begun = []
    yield from [begun] if begun else []


def _boxed(box: Element, node: Element, styles: Styles, generated: Collection[str]) -> Iterator[Passage]:
    """The paragraphs of a text box, each by itself."""
    for told in paragraphs(box):
        for passage in _paragraph([told], styles, generated):
            yield replace(passage, kind="text box", node=node)


def _note(kind: str, text: str, node: Element) -> Passage:
    return Passage(_kind(kind), text, node, words=words(text), missing=tuple(marks_of(text)))


def _paragraph(nodes: list[Element], styles: Styles, generated: Collection[str]) -> Iterator[Passage]:
    text = readable("".join(raw_text(node, styles) for node in nodes).strip())
    style = styles.name(style_of(nodes[-1]))
    missing = tuple(told for node in nodes for told in placeholders(node, styles, generated))
    count = sum(words(paragraph_text(node, styles, _SAID)) for node in nodes)
    kind: Kind = "paragraph" if styles.heading_level(style_of(nodes[-1])) is None else "heading"
    if text:
        yield Passage(kind, text, nodes[-1], style, words=count, missing=missing)


def _cells(table: Element, styles: Styles, generated: Collection[str]) -> Iterator[Passage]:
    missing = tuple(placeholders(table, styles, generated))
    for row in read_rows(table, styles):
        for cell in filter(None, row):
            yield Passage("cell", readable(cell), table, words=words(cell), missing=missing)
            missing = ()


def _kind(kind: str) -> Kind:
    return "footnote" if kind == "footnote" else "endnote"


def chapters(body: Element, styles: Styles) -> list[Chapter]:
    """The words of each chapter and annex, in order; labels and marks of missing texts are not counted.

    What stands before the first chapter is one without a heading.
    """
    found = [Chapter("", "", 0)]
    for node in blocks(body):
        level = styles.heading_level(style_of(node)) if node.tag == w("p") else None
        text = paragraph_text(node, styles) if level == 1 else ""
        if text:
            is_annex = found[-1].part == "annexes" or styles.name(style_of(node)) == ANNEX_HEADING.lower()
            found.append(Chapter("annexes" if is_annex else "body", text, 0))
        count = sum(words(paragraph_text(told, styles, _SAID)) for told in _all_paragraphs(node))
        found[-1] = replace(
            found[-1],
            words=found[-1].words + count,
            headings=found[-1].headings + (0 if level is None else count),
            hidden=found[-1].hidden + sum(words(told) for told in hidden_texts(node, styles)),
        )
    return found


def _all_paragraphs(node: Element) -> Iterator[Element]:
    """The paragraphs of a paragraph or table, those of its text boxes once."""
    yield from paragraphs(node)
    for box in boxes(node):
        yield from paragraphs(box)


def count_words(found: Sequence[Chapter], notes: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The words of a document by part; ``notes`` are kind and text of each.

    ``body`` holds the words of its ``headings`` and ``hidden`` ones. The limit is read in two ways:
    ``with_notes`` as the Editorial Manual of the United Nations counts, which leaves out annexes alone, and
    ``without_endnotes`` as is usual for national reports.
    """
    body = [chapter for chapter in found if chapter.part == "body"]
    told = Counter[str]()
    for kind, text in notes:
        told[kind] += words(text)
    counts = {
        "body": sum(chapter.words for chapter in body),
        "annexes": sum(chapter.words for chapter in found if chapter.part == "annexes"),
        "notes": told["footnote"] + told["endnote"],
        "headings": sum(chapter.headings for chapter in body),
        "hidden": sum(chapter.hidden for chapter in body),
        "footnotes": told["footnote"],
        "endnotes": told["endnote"],
    }
    with_notes = counts["body"] + counts["notes"]
    return {**counts, "with_notes": with_notes, "without_endnotes": with_notes - counts["endnotes"]}
