"""A report as a Word draft: the template filled in, blocks put in their places, anchors, manifest.

Nothing here knows what a recommendation is: it places blocks.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from uprreport.files.word import properties, seal
from uprreport.files.word import styles as names
from uprreport.files.word.anchors import Bookmarks, name_anchors
from uprreport.files.word.boxes import read_region
from uprreport.files.word.chart_parts import Charts
from uprreport.files.word.comments import Comments
from uprreport.files.word.compose import Composer
from uprreport.files.word.containers import body_of, top_paragraphs
from uprreport.files.word.headings import Heading, find_headings, list_contents, wrap
from uprreport.files.word.manifest import NAMESPACE, Manifest, block_of, make_manifest, write_manifest
from uprreport.files.word.notes import Notes
from uprreport.files.word.numbers import automatic_numbers
from uprreport.files.word.package import Parts, read_parts, write_parts
from uprreport.files.word.passages import chapters, count_words
from uprreport.files.word.plots import Plot, find_drawn
from uprreport.files.word.regions import Region, read_regions
from uprreport.files.word.renewing import renew_fields
from uprreport.files.word.speech import EAST_ASIAN, TAGS
from uprreport.files.word.styles import Styles
from uprreport.files.word.template import MARK, fill_template, mark
from uprreport.files.word.toc import Entry, contents
from uprreport.files.word.written import Writer
from uprreport.files.word.xml import Element, element, get, parse, plain_text, serialise, w
from uprreport.findings import UprReportError
from uprreport.language import runs_from_right
from uprreport.model import Block, Draft, Report
from uprreport.text import slug

CONTENTS = "contents"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a draft says of itself: template and review by name, title, author, language, version and date."""

    template: str
    review: str
    title: str
    author: str
    language: str
    version: str
    today: datetime.date


def render_draft(template: bytes, report: Report, imprint: Imprint) -> Draft:
    """The draft of a report in a template's look.

    Raises ``UprReportError`` when the template cannot be used: the message names what is wrong in it.
    """
    parts = read_parts(fill_template(template, imprint.template, _facts(report)))
    styles = Styles(parse(parts["word/styles.xml"]))
    if missing := styles.missing(names.NEEDED):
        raise UprReportError(
            f"the template {imprint.template} has no style named {', '.join(missing)}",
            "begin from a copy of the shipped template, and change how its styles look, not their names",
        )
    root = parse(parts["word/document.xml"])
    body = body_of(root)
    comments = Comments(_comments_root(parts), styles, imprint.today)
    bookmarks = Bookmarks(root)
    notes = Notes(parts, styles)
    blocks = {block.id: block for block in _placed(body, report, imprint.template)}
    unplaced = _unplaced(report, blocks)
    anchors = dict(name_anchors(blocks))
    captions = frozenset(name for name, block in blocks.items() if block.paragraphs[0].look == "caption")
    writer, rtl = Writer(anchors, captions, bookmarks), runs_from_right(imprint.language)
    charts = Charts(parts, root, styles)
    _place(body, report, Composer(styles, bookmarks, comments, notes, dict(anchors), charts, writer, rtl))
    writer.finish(body, notes)
    headings = list(find_headings(body, styles))
    anchors |= _anchor_headings(headings, anchors, bookmarks)
    numbers = automatic_numbers(body, styles, _numbering(parts))
    _place_contents(body, list_contents(headings, numbers, bookmarks), styles)
    _refuse_marks(body, imprint.template)
    renew_fields(body, numbers)
    notes.settle(root)
    manifest = _manifest((body, styles, notes, parts), blocks, anchors, imprint)
    parts["word/document.xml"] = serialise(root)
    _put_comments(parts, comments)
    notes.save(parts)
    xml = write_manifest(manifest)
    content = _finish(parts, (manifest, xml), imprint)
    beneath = {block.id: dict(block.beneath) for block in blocks.values() if block.beneath}
    return Draft(
        content, xml, manifest.id, count_words(chapters(body, styles), notes.read(body)), beneath, unplaced
    )


def _facts(report: Report) -> dict[str, object]:
    sections = {name: mark(f"blocks.{name}") if blocks else "" for name, blocks in report.sections.items()}
    return {**report.facts, "blocks": sections, CONTENTS: mark(CONTENTS)}


# Blocks -----------------------------------------------------------------------------------------------


def _marked(body: Element) -> Iterator[tuple[Element, str]]:
    """The paragraphs at the top of the body that hold nothing but a mark, and the name in it."""
    for node in list(top_paragraphs(body)):
        text = plain_text(node).strip()
        if text.startswith(MARK) and text.endswith(MARK) and text.count(MARK) == 2:
            yield node, text.strip(MARK)


def _placed(body: Element, report: Report, template: str) -> Iterator[Block]:
    """The blocks that the template has a place for, in the order of the document."""
    seen: set[str] = set()
    for _, name in _marked(body):
        if name in seen:
            raise UprReportError(
                f"the template {template} places {{{{ {name} }}}} twice", "leave one of the two out"
            )
        seen.add(name)
        yield from report.sections.get(name.removeprefix("blocks."), ())


def _unplaced(report: Report, placed: Mapping[str, Block]) -> tuple[str, ...]:
    """The sections that have something to say and no place in the template."""
    return tuple(
        name
        for name, blocks in report.sections.items()
        if blocks and not any(block.id in placed for block in blocks)
    )


def _place(body: Element, report: Report, composer: Composer) -> None:
    for node, name in _marked(body):
        if name == CONTENTS:
            continue
        width, composer.charts.room = _text_size(node)
        made = [
            piece
            for block in report.sections[name.removeprefix("blocks.")]
            for piece in composer.block(block, width)
        ]
        _replace(node, made)
        if made and made[-1].tag == w("tbl") and _needs_paragraph(made[-1]):
            made[-1].addnext(element("p"))


def _replace(node: Element, made: list[Element]) -> None:
    """Put elements where a mark stands: in a template's content control, too."""
    parent = node.getparent()
    if parent is not None:
        at = parent.index(node)
        parent[at : at + 1] = made


def _needs_paragraph(table: Element) -> bool:
    """Whether what follows a table is no paragraph: Word wants one after the last table of a section."""
    following = table.getnext()
    return following is None or following.tag != w("p")


def _text_size(node: Element) -> tuple[int, int]:
    """Width and height of the text in the section in which a paragraph stands, in twentieths of a point."""
    outer = [node, *node.iterancestors()]
    following = (sibling for one in outer for sibling in (one, *one.itersiblings()))
    sections = (found for sibling in following for found in sibling.iter(w("sectPr")))
    section = next(sections, None)
    size = section.find(w("pgSz")) if section is not None else None
    margins = section.find(w("pgMar")) if section is not None else None
    if size is None or margins is None:
        return 9000, 0
    width = int(get(size, "w")) - int(get(margins, "left")) - int(get(margins, "right"))
    return width, int(get(size, "h")) - abs(int(get(margins, "top"))) - abs(int(get(margins, "bottom")))


def _anchor_headings(
    headings: list[Heading], taken: Mapping[str, str], bookmarks: Bookmarks
) -> dict[str, str]:
    """Anchors for the headings that have none, by the ids of their blocks: ``heading:<text>``."""
    own: dict[str, Heading] = {}
    for heading in headings:
        if not heading.anchored:
            name = f"heading:{slug(heading.text, 40) or seal.digest(heading.text.encode())[:8]}"
            while name in own:
                name += "-again"
            own[name] = heading
    anchors = name_anchors([*taken, *own])
    for block_id, heading in own.items():
        wrap(heading.node, anchors[block_id], bookmarks)
    return {block_id: anchors[block_id] for block_id in own}


def _place_contents(body: Element, entries: list[Entry], styles: Styles) -> None:
    for node, name in _marked(body):
        if name == CONTENTS:
            _replace(node, contents(entries, styles))


def _refuse_marks(body: Element, template: str) -> None:
    for node in body.iter(w("p")):
        text = plain_text(node)
        if MARK in text:
            name = text.split(MARK)[1]
            shown = text.replace(MARK, "").replace(name, f"{{{{ {name} }}}}").strip()
            raise UprReportError(
                f'the template {template} places {{{{ {name} }}}} beside other text or in a table: "{shown}"',
                "put it in a paragraph of its own, outside tables and text boxes",
            )


# Manifest and package ---------------------------------------------------------------------------------


def _manifest(
    document: tuple[Element, Styles, Notes, Parts],
    blocks: Mapping[str, Block],
    anchors: Mapping[str, str],
    imprint: Imprint,
) -> Manifest:
    body, styles, notes, parts = document
    ids = {anchor: block_id for block_id, anchor in anchors.items()}
    entries = [
        replace(
            block_of(
                blocks.get(ids[anchor]), ids[anchor], anchor, read_region(region, styles, notes.read, parts)
            ),
            plot=_plot(blocks.get(ids[anchor]), region, parts),
        )
        for region in read_regions(body)
        for anchor in region.anchors
    ]
    return make_manifest(imprint.review, imprint.version, imprint.today.isoformat(), entries)


def _plot(block: Block | None, region: Region, parts: Parts) -> Plot | None:
    """What a block's chart shows, read from its part."""
    if block is None or block.chart is None:
        return None
    (drawn,) = find_drawn(region.elements, parts)
    return Plot(drawn.seen.rows or (), drawn.seen.alternative)


def _numbering(parts: Parts) -> Element | None:
    xml = parts.get("word/numbering.xml")
    return parse(xml) if xml else None


_COMMENTS = "word/comments.xml"


def _comments_root(parts: Parts) -> Element:
    return parse(parts[_COMMENTS]) if _COMMENTS in parts else element("comments")


def _put_comments(parts: Parts, comments: Comments) -> None:
    properties.add_part(parts, _COMMENTS, serialise(comments.root), f"{_WORD}.comments+xml")
    properties.relate(parts, "word/document.xml", f"{_OFFICE}/comments", _COMMENTS)


def _finish(parts: Parts, told: tuple[Manifest, bytes], imprint: Imprint) -> bytes:
    manifest, xml = told
    properties.add_custom_xml(parts, xml, NAMESPACE)
    properties.set_core(
        parts, title=imprint.title, author=imprint.author, language=imprint.language, day=imprint.today
    )
    _set_language(parts, imprint.language)
    _ask_to_update_fields(parts)
    held = {
        "uprreport review": imprint.review,
        "uprreport manifest": manifest.id,
        "uprreport manifest digest": seal.digest(xml),
    }
    properties.set_custom(parts, held)  # first without the digest, so that its relationship is part of it
    properties.set_custom(parts, {**held, seal.PROPERTY: seal.content_digest(parts)})
    return write_parts(parts)


def _set_language(parts: Parts, language: str) -> None:
    """The language of all text that has no other, for spelling and screen readers."""
    root = parse(parts["word/styles.xml"])
    defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
    if defaults is None:
        return
    for found in defaults.findall(w("lang")):
        defaults.remove(found)
    code = TAGS.get(language, language)
    east, rtl = language in EAST_ASIAN, runs_from_right(language)
    defaults.append(element("lang", val=code, eastAsia=code if east else "zh-CN",
                            bidi=code if rtl else "ar-SA"))  # fmt: skip
    parts["word/styles.xml"] = serialise(root)


_AFTER_UPDATE_FIELDS = frozenset(
    w(name)
    for name in (
        *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr"),
        *("attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats"),
        *("doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType"),
        *("schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
)
"""What the format puts behind ``w:updateFields``; elements of other namespaces stand there too."""


def _ask_to_update_fields(parts: Parts) -> None:
    """Word fills in the numbers of pages in the contents when it opens the draft (it asks first)."""
    root = parse(parts["word/settings.xml"])
    if root.find(w("updateFields")) is None:
        own = w("")
        behind = (i for i, n in enumerate(root) if n.tag in _AFTER_UPDATE_FIELDS or not n.tag.startswith(own))
        root.insert(next(behind, len(root)), element("updateFields", val="true"))
        parts["word/settings.xml"] = serialise(root)
