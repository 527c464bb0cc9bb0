"""A clearance file: for one body, what it sent beside what the report now says, and a table for its sign-off.

The passages of the report stand in cells that can be edited, each with its anchor; the file has a manifest
of its own. How such a file is read when it comes back stands in ``returned``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from uprreport.files.word import properties, seal
from uprreport.files.word import returned as words
from uprreport.files.word import styles as names
from uprreport.files.word.anchors import Bookmarks
from uprreport.files.word.containers import body_of
from uprreport.files.word.fields import readable
from uprreport.files.word.manifest import NAMESPACE, ManifestBlock, make_manifest, write_manifest
from uprreport.files.word.notes import Notes
from uprreport.files.word.package import Parts, read_parts, write_parts
from uprreport.files.word.regions import RegionText, read_regions, read_text
from uprreport.files.word.returned import SHOWN, drop_part, lay_out
from uprreport.files.word.speech import direct, write
from uprreport.files.word.styles import Styles
from uprreport.files.word.wording import wording_digest
from uprreport.files.word.xml import Element, element, parse, plain_text, run, serialise, w
from uprreport.model import Source
from uprreport.text import reads_from_right

KIND = "clearance"
_WIDTHS = (3850, 5220)
_SIGN_OFF = (4270, 1100, 1500, 2200)
_SIGNED = (2600, 6470)


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: its title, what it is about, what was sent (heading and text), how it reads, its label.

    ``blocks`` are its entries in the draft's manifest: several, where they share a paragraph.
    """

    title: str
    about: tuple[str, ...]
    sent: tuple[tuple[str, str], ...]
    text: RegionText
    label: str
    blocks: tuple[ManifestBlock, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What a clearance file is made from; ``agency`` is an id, the other words are printed."""

    agency: str
    agency_name: str
    heading: str
    review: str
    author: str
    language: str
    version: str
    today: datetime.date
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ClearanceFile:
    """A clearance file: its bytes, and its manifest as XML with its id."""

    content: bytes
    manifest: bytes
    manifest_id: str


# Writing ------------------------------------------------------------------------------------------------


def write_clearance(template: bytes, form: Form) -> ClearanceFile:
    """A clearance file in the styles of the shipped template; the same bytes for the same form."""
    parts = read_parts(template)
    styles = Styles(parse(parts["word/styles.xml"]))
    root = parse(parts["word/document.xml"])
    body = body_of(root)
    section = _section(body)
    bookmarks = Bookmarks(element("body"))
    for node in list(body):
        body.remove(node)
    notes = Notes(parts, styles)
    composer = _Composer(styles, bookmarks, notes)
    body.extend([*composer.opening(form), *composer.passages(form), *composer.sign_off(form), section])
    parts["word/document.xml"] = serialise(root)
    notes.save(parts)
    _keep_one_section(parts, form)
    manifest = _manifest(parts, styles, form)
    return _seal(parts, form, manifest)


def _section(body: Element) -> Element:
    """The first section's page, without a title page of its own."""
    found = next(body.iter(w("sectPr")))
    for child in found.findall(w("titlePg")):
        found.remove(child)
    return found


def _keep_one_section(parts: Parts, form: Form) -> None:
    """A header of its own; the parts of the template's other sections go."""
    told = f"{form.heading} – {form.agency_name}\t{form.today.isoformat()}"
    head = element("pPr", element("pStyle", val="Header"))
    parts["word/header1.xml"] = serialise(element("hdr", element("p", head, run(told))))
    for name in ("word/header2.xml", "word/footer2.xml"):
        drop_part(parts, name)


def _manifest(parts: Parts, styles: Styles, form: Form) -> tuple[bytes, str]:
    """What the file was made from: the ids and sources of the draft, the texts as they stand in this file."""
    laid_out = body_of(parse(lay_out(parts)["word/document.xml"]))
    notes = Notes(parts, styles)
    regions = read_regions(laid_out)
    texts = {a: read_text(region, styles, notes.read) for region in regions for a in region.anchors}
    blocks = [
        replace(block, text=texts[block.anchor], label=passage.label, sources=_sources(block, form.agency),
                comments=(), beneath=(), offer=None)
        for passage in form.passages
        for block in passage.blocks
    ]  # fmt: skip
    made = make_manifest(form.review, form.version, form.today.isoformat(), blocks)
    return write_manifest(made), made.id


def _sources(block: ManifestBlock, agency: str) -> tuple[Source, ...]:
    """The agency's own sources; of others only who answered what, so that history can forget it later."""
    others = (Source("", s.sheet, "", s.agency, s.field, "", s.number) for s in block.sources)
    pairs = zip(block.sources, others, strict=True)
    return tuple(own if own.agency == agency else other for own, other in pairs)


def _seal(parts: Parts, form: Form, manifest: tuple[bytes, str]) -> ClearanceFile:
    xml, manifest_id = manifest
    properties.add_custom_xml(parts, xml, NAMESPACE)
    title = f"{form.heading}: {form.agency_name}"
    properties.set_core(parts, title=title, author=form.author, language=form.language, day=form.today)
    held = {
        "uprreport review": form.review,
        "uprreport manifest": manifest_id,
        "uprreport manifest digest": seal.digest(xml),
        "uprreport agency": form.agency,
        "uprreport kind": KIND,
    }
    properties.set_custom(parts, held)  # first without the digest, so that its relationship is part of it
    properties.set_custom(parts, {**held, seal.PROPERTY: seal.content_digest(parts)})
    return ClearanceFile(write_parts(parts), xml, manifest_id)


class _Composer:
    """Makes the pages of a clearance file."""

    def __init__(self, styles: Styles, bookmarks: Bookmarks, notes: Notes) -> None:
        self._styles, self._bookmarks, self._notes = styles, bookmarks, notes

    def _p(self, style: str, *content: Element, **look: str) -> Element:
        properties = element("pPr", element("pStyle", val=self._styles.id(style)))
        if look:
            properties.append(element("spacing", **look))
        made = element("p", properties, *content)
        direct(made, self._styles, turned=reads_from_right(plain_text(made), default=False))
        return made

    def opening(self, form: Form) -> Iterator[Element]:
        """Whose file it is, and what to do with it."""
        name = run(f"Clearance: {form.agency_name}")
        name.insert(0, element("rPr", element("sz", val="36"), element("szCs", val="36")))
        yield self._p("Title", name, before="0", after="120")
        yield self._p("Subtitle", run(f"{form.heading} – {form.today.day} {form.today:%B %Y}"))
        for text in words.INSTRUCTIONS:
            yield self._p("Normal", run(text), before="0", after="120")

    def passages(self, form: Form) -> Iterator[Element]:
        """A heading and a table for each passage."""
        for passage in form.passages:
            yield self._p("heading 2", run(passage.title))
            for line in passage.about:
                about = self._p("Quoted Text", *_lines(line), before="0", after="80")
                about[0].append(element("ind", left="0"))
                yield about
            yield self._table(passage)

    def _table(self, passage: Passage) -> Element:
        now = self._now(passage)
        if passage.text.tables:  # its rows are all the reader's own: they need the width of the page
            return self._grid((sum(_WIDTHS),), [words.NOW], [[now]])
        return self._grid(_WIDTHS, [words.SENT, words.NOW], [[self._sent(passage), now]])

    def _grid(
        self, widths: Sequence[int], headings: Sequence[str], rows: Sequence[Sequence[list[Element]]]
    ) -> Element:
        made = element(
            "tbl",
            element(
                "tblPr",
                element("tblStyle", val=self._styles.id(names.TABLE)),
                element("tblW", w=str(sum(widths)), type="dxa"),
                _borders(),
                element("tblLayout", type="fixed"),
                _look(is_headed=bool(headings)),
            ),
            element("tblGrid", *(element("gridCol", w=str(width)) for width in widths)),
        )  # fmt: skip
        if headings:
            head = [[self._p(names.TABLE_HEADING, run(text))] for text in headings]
            made.append(_row(head, widths, element("cantSplit"), element("tblHeader")))
        keep = [element("cantSplit")] if rows and len(rows[0]) != len(_WIDTHS) else []
        made.extend(_row(row, widths, *keep) for row in rows)
        return made

    def _sent(self, passage: Passage) -> list[Element]:
        made: list[Element] = []
        for heading, text in passage.sent:
            bold = run(heading)
            bold.insert(0, element("rPr", element("b"), element("bCs")))
            made.append(self._p(names.TABLE_TEXT, bold))
            made += [self._p(names.TABLE_TEXT, *_lines(line)) for line in text.split("\n") if line.strip()]
        return made or [self._p(names.TABLE_TEXT, run(words.NOTHING_SENT))]

    def _now(self, passage: Passage) -> list[Element]:
        """The passage's paragraphs, the first opened by its label inside the anchors; then its tables."""
        first, *more = passage.text.paragraphs or (("", ""),)
        label = [run(f"{passage.label} ", self._styles.id(names.LABEL))]
        for block in passage.blocks:
            label = self._bookmarks.around(block.anchor, label)
        marks = [self._notes.add(kind, text) for kind, text in passage.text.notes]
        made = [self._reading(first[0], *label, *_lines(first[1]), *marks)]
        opening = made[0][0]
        closer = element("spacing", before="40")  # level with what stands beside it
        opening.insert(len(opening) - len(opening.findall(w("ind"))), closer)
        made += [self._reading(style, *_lines(text)) for style, text in more]
        for table in passage.text.tables:
            made += [self._rows(table), element("p")]
        return made

    def _reading(self, style: str, *content: Element) -> Element:
        """A paragraph in its own style, without the number that it has in the report."""
        known = style if style and not self._styles.missing([style]) else names.TABLE_TEXT
        made = self._p(known, *content)
        if known in ("numbered paragraph", "paragraph continued"):
            numberless = element("numPr", element("ilvl", val="0"), element("numId", val="0"))
            made[0].insert(1, numberless)
            made[0].append(element("ind", left="0", firstLine="0"))
        return made

    def _rows(self, table: Sequence[Sequence[str]]) -> Element:
        columns = max(len(row) for row in table)
        styles = [names.TABLE_HEADING, *[names.TABLE_TEXT] * len(table)]
        rows = [
            [[self._p(style, *_lines(line)) for line in cell.split("\n")] for cell in row]
            for style, row in zip(styles, table, strict=False)
        ]
        made = self._grid([(sum(_WIDTHS) - 200) // columns] * columns, [], rows)
        made[0][-1] = _look(is_headed=True)
        return made

    def sign_off(self, form: Form) -> Iterator[Element]:
        """One line for each passage, then once who signs."""
        heading = self._p(names.ANNEX_HEADING, run("Sign-off"))
        heading[0].append(element("pageBreakBefore"))
        yield heading
        rows = [
            [self._cell(passage.title), self._cell(wording_digest(passage.text)[:SHOWN]),
             self._cell(""), self._cell("")]
            for passage in form.passages
        ]  # fmt: skip
        yield self._grid(_SIGN_OFF, [words.PASSAGE, words.TEXT, words.CLEARED, words.REMARK], rows)
        told = (
            f"{words.TEXT} is a short sum of the right-hand column as it was sent; it tells which wording "
            "the sign-off is about. Please leave it."
        )
        yield self._p("Normal", run(told), before="80", after="240")
        signed = [[self._cell(name), self._cell("")] for name in (words.NAME, words.POST, words.DATE)]
        for cells in signed:
            cells[0][0][0].append(element("keepNext"))
        yield self._grid(_SIGNED, [], signed)
        yield element("p")

    def _cell(self, text: str) -> list[Element]:
        return [self._p(names.TABLE_TEXT, *([run(text)] if text else []))]


def _lines(text: str) -> list[Element]:
    told = text.replace("\u2028", "\n")
    return write(told, rtl=reads_from_right(readable(told), default=False)) if text else []


def _borders() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (element(side, val="single", sz="4", space="0", color="BFBFBF") for side in sides)
    return element("tblBorders", *lines)


def _look(*, is_headed: bool) -> Element:
    first = "1" if is_headed else "0"
    return element("tblLook", val=f"04{2 * int(first)}0", firstRow=first, lastRow="0", firstColumn="0",
                   lastColumn="0", noHBand="0", noVBand="1")  # fmt: skip


def _row(cells: Sequence[list[Element]], widths: Sequence[int], *look: Element) -> Element:
    """A row; where it has fewer cells than the table has columns, the last one spans the rest."""
    made = element("tr", element("trPr", *look)) if look else element("tr")
    for at, cell in enumerate(cells):
        own = widths[at:] if at == len(cells) - 1 else widths[at : at + 1]
        size = element("tcPr", element("tcW", w=str(sum(own)), type="dxa"))
        if len(own) > 1:
            size.append(element("gridSpan", val=str(len(own))))
        made.append(element("tc", size, *cell))
    return made
