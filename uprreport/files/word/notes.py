"""Footnotes and endnotes: the parts that hold them, and the references to them in a text.

A note belongs to the passage in which its reference stands. Programs renumber notes, so that nothing but a
reference tells which note is meant.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from uprreport.files.word import properties
from uprreport.files.word.containers import own, paragraphs
from uprreport.files.word.package import Parts
from uprreport.files.word.regions import is_deleted, read_paragraphs, run_style
from uprreport.files.word.speech import direct, reads, write
from uprreport.files.word.styles import Styles
from uprreport.files.word.tracking import remove
from uprreport.files.word.xml import (
    Element,
    element,
    field,
    get,
    paragraph,
    parse,
    plain_text,
    run,
    serialise,
    style_of,
    w,
)
from uprreport.model import Foreign

KINDS = ("footnote", "endnote")
REFERENCES = tuple(w(f"{kind}Reference") for kind in KINDS)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINK = re.compile(r"https?://[^\s\"\\<>]+")
_LONGEST_LINK = 2000
"""Characters above which Word refuses an address: a longer one is printed, and leads nowhere."""


def part_of(kind: str) -> str:
    """The name of the part that holds the notes of a kind."""
    return f"word/{kind}s.xml"


class Notes:
    """The notes of one document, those that it has and those that are added."""

    def __init__(self, parts: Mapping[str, bytes], styles: Styles) -> None:
        """Read both parts, where they are. Raises ``lxml.etree.XMLSyntaxError`` for a damaged one."""
        self._styles = styles
        self.roots = {kind: parse(parts[part_of(kind)]) for kind in KINDS if part_of(kind) in parts}
        self._notes = {kind: _by_number(root, kind) for kind, root in self.roots.items()}
        self._next = {kind: _highest(self.roots.get(kind)) + 1 for kind in KINDS}
        self._touched: set[str] = set()

    # Reading --------------------------------------------------------------------------------------------

    def paragraphs(self, reference: Element) -> list[Element]:
        """The paragraphs of the note that a reference leads to; none where it leads nowhere."""
        note = self._notes.get(kind_of(reference), {}).get(get(reference, "id"))
        return list(paragraphs(note)) if note is not None else []

    def text(self, reference: Element) -> str:
        """What a note says with its changes accepted, paragraphs one a line."""
        return "\n".join(text for _, text in read_paragraphs(self.paragraphs(reference), self._styles))

    def read(self, node: Element) -> Iterator[tuple[str, str]]:
        """Kind and text of the notes that an element refers to, in order, but those that were deleted."""
        for reference in references_in(node):
            yield kind_of(reference), self.text(reference)

    # Changing -------------------------------------------------------------------------------------------

    def touch(self) -> None:
        """Something in a note was changed from outside."""
        self._touched |= set(self.roots)

    def add(self, kind: str, text: str, foreign: Foreign = ()) -> Element:
        """A new note; gives the run that refers to it. Addresses in the text become links."""
        return self._add(kind, [self._told(kind, line, foreign) for line in text.split("\n")])

    def _told(self, kind: str, line: str, foreign: Foreign) -> Element:
        made = self._paragraph(kind)
        turned = reads(line, foreign, rtl=self._styles.is_rtl(style_of(made)))
        direct(made, self._styles, turned=turned)
        made.extend(linked(line, rtl=turned, foreign=foreign))
        return made

    def adopt(self, made: Element, other: Notes, fit: Callable[[Element], Element]) -> None:
        """Bring the notes along to which a copied element of another document refers; ``fit`` copies a
        paragraph so that it fits in here."""
        for reference in list(made.iter(*REFERENCES)):
            told = [fit(node) for node in other.paragraphs(reference)]
            kind = kind_of(reference)
            if not told:
                remove(reference)
                continue
            for node in told:
                _drop_mark(node, kind)
            added = self._add(kind, told)
            reference.set(w("id"), get(next(added.iter(*REFERENCES)), "id"))

    def settle(self, document: Element) -> None:
        """Take away the notes that nothing refers to any more, since their words would stay, out of sight.

        The others are put and numbered in the order of their marks: LibreOffice 7.4 takes each mark for the
        note in its place, whatever the numbers say.
        """
        marks = list(document.iter(*REFERENCES))
        for kind, notes in self._notes.items():
            own = [mark for mark in marks if kind_of(mark) == kind and get(mark, "id") in notes]
            numbers = list(dict.fromkeys(get(mark, "id") for mark in own))
            for number in notes.keys() - set(numbers):
                remove(notes.pop(number))
                self._touched.add(kind)
            there = [get(note, "id") for note in self.roots[kind] if get(note, "id") in notes]
            if there != numbers or any(_int(b) != _int(a) + 1 for a, b in itertools.pairwise(numbers)):
                self._renumber(kind, numbers, own)

    def _renumber(self, kind: str, numbers: Sequence[str], marks: Sequence[Element]) -> None:
        first = 1 + max((_int(get(n, "id")) for n in self.roots[kind] if get(n, "type")), default=0)
        new = {number: str(first + place) for place, number in enumerate(numbers)}
        notes = self._notes[kind]
        for mark in marks:
            mark.set(w("id"), new[get(mark, "id")])
        for number in numbers:
            notes[number].set(w("id"), new[number])
        self.roots[kind].extend(notes[number] for number in numbers)
        self._notes[kind] = {new[number]: notes[number] for number in numbers}
        self._next[kind] = first + len(numbers)
        self._touched.add(kind)

    def save(self, parts: Parts) -> None:
        """Put what was changed into a package."""
        for kind in sorted(self._touched):
            name = part_of(kind)
            properties.add_part(parts, name, serialise(self.roots[kind]), f"{_WORD}.{kind}s+xml")
            properties.relate(parts, "word/document.xml", f"{_OFFICE}/{kind}s", name)
            if "word/settings.xml" in parts:
                parts["word/settings.xml"] = _with_separators(parts["word/settings.xml"], kind)

    def _add(self, kind: str, told: list[Element]) -> Element:
        if kind not in self.roots:
            self.roots[kind] = element(f"{kind}s", *_separators(kind))
            self._notes[kind] = {}
        number = str(self._next[kind])
        self._next[kind] += 1
        mark = element("r", *self._look(kind), element(f"{kind}Ref"))
        properties_of = told[0].find(w("pPr"))
        at = 1 if properties_of is not None else 0
        told[0][at:at] = [mark, run(" ")]
        note = element(kind, *told, id=number)
        self.roots[kind].append(note)
        self._notes[kind][number] = note
        self._touched.add(kind)
        return element("r", *self._look(kind), element(f"{kind}Reference", id=number))

    def gap(self, kind: str) -> Element:
        """A blank between the marks of two notes, raised like them."""
        made = run(" ")
        for index, look in enumerate(self._look(kind)):
            made.insert(index, look)
        return made

    def gap_beside(self, holder: Element) -> list[Element]:
        """The blank between a note's mark and the next one, or else the one before it; one at most."""
        for node in (holder.getnext(), holder.getprevious()):
            if node is not None and node.tag == w("r") and plain_text(node) == " " and self._is_raised(node):
                return [node]
        return []

    def _is_raised(self, one: Element) -> bool:
        names = [f"{kind} reference" for kind in KINDS]
        own = {self._styles.id(name) for name in names if not self._styles.missing([name])}
        return run_style(one) in own or one.find(f"{w('rPr')}/{w('vertAlign')}") is not None

    def _paragraph(self, kind: str, *content: Element) -> Element:
        """A paragraph in the style of notes, where the document has one."""
        name = f"{kind} text"
        if self._styles.missing([name]):
            return element("p", *content)
        return paragraph(self._styles.id(name), *content)

    def _look(self, kind: str) -> list[Element]:
        name = f"{kind} reference"
        if self._styles.missing([name]):
            return [element("rPr", element("vertAlign", val="superscript"))]
        return [element("rPr", element("rStyle", val=self._styles.id(name)))]


def kind_of(reference: Element) -> str:
    """Whether a reference leads to a footnote or an endnote."""
    return reference.tag.rpartition("}")[2].removesuffix("Reference")


def references_in(node: Element) -> list[Element]:
    """The references to notes inside an element, in order, but those that were deleted."""
    return [found for found in own(node, *REFERENCES) if not is_deleted(found)]


def is_standing(reference: Element) -> bool:
    """Whether a reference still stands in its document: neither taken out nor struck."""
    return next(reference.iterancestors(w("p")), None) is not None and not is_deleted(reference)


def read_notes(nodes: Iterable[Element], notes: Notes) -> tuple[tuple[str, str], ...]:
    """Kind and text of all notes of some elements."""
    return tuple(told for node in nodes for told in notes.read(node))


def linked(text: str, *, rtl: bool = False, foreign: Foreign = ()) -> list[Element]:
    """A text as runs, in which addresses are links: fields, so that no other part has to know them."""
    made: list[Element] = []
    at = 0
    for found in _LINK.finditer(text):
        address = found[0].rstrip(".,;:!?)")
        if len(address) <= _LONGEST_LINK:
            before = text[at : found.start()]
            made += write(before, rtl=rtl, foreign=foreign) if before else []
            made += field(f'HYPERLINK "{address}"', address)
            at = found.start() + len(address)
    return [*made, *write(text[at:], rtl=rtl, foreign=foreign)] if text[at:] or not made else made


def _highest(root: Element | None) -> int:
    return max((_int(get(note, "id")) for note in root), default=0) if root is not None else 0


def _int(number: str) -> int:
    return int(number) if number.removeprefix("-").isdecimal() else 0


def _by_number(root: Element, kind: str) -> dict[str, Element]:
    """The notes themselves, without the lines that separate them from the text."""
    return {get(note, "id"): note for note in root.iter(w(kind)) if not get(note, "type")}


def _drop_mark(node: Element, kind: str) -> None:
    """Take the note's own mark out of a copied paragraph, with the blank behind it."""
    for mark in list(node.iter(w(f"{kind}Ref"))):
        holder = mark.getparent()
        following = holder.getnext() if holder is not None else None
        if holder is not None:
            remove(mark)
            if all(child.tag == w("rPr") for child in holder):
                remove(holder)
        for tab in following.findall(w("tab")) if following is not None else ():
            remove(tab)
        first = next(following.iter(w("t")), None) if following is not None else None
        if first is not None and (first.text or "").startswith(" "):
            first.text = (first.text or "")[1:]


def _separators(kind: str) -> Iterator[Element]:
    """The lines that stand between text and notes, as every document has them."""
    for number, name in (("-1", "separator"), ("0", "continuationSeparator")):
        yield element(kind, element("p", element("r", element(name))), type=name, id=number)


_AFTER_NOTES = frozenset(
    w(name)
    for name in (
        *("compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions"),
        *("readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags"),
        *("decimalSymbol", "listSeparator"),
    )
)
"""What the format puts behind the settings of notes; elements of other namespaces stand there too."""


def _with_separators(settings: bytes, kind: str) -> bytes:
    """Settings that name the lines between text and notes, once."""
    root = parse(settings)
    if root.find(w(f"{kind}Pr")) is not None:
        return settings
    made = element(f"{kind}Pr", *(element(kind, id=number) for number in ("-1", "0")))
    behind = {*_AFTER_NOTES, *([w("endnotePr")] if kind == "footnote" else [])}
    own = w("")
    places = (i for i, n in enumerate(root) if n.tag in behind or not n.tag.startswith(own))
    root.insert(next(places, len(root)), made)
    return serialise(root)
