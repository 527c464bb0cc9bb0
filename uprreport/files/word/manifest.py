"""The manifest: what was generated in a draft, block by block; the base of every later update.

It travels as a custom XML part inside the draft, and a copy is kept in the review folder's history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from uprreport.files.word.fields import lasting
from uprreport.files.word.plots import Plot, plot_sum, read_plot, write_plot
from uprreport.files.word.regions import RegionText
from uprreport.files.word.wording import wording_digest
from uprreport.files.word.xml import Element, nsmap, parse, serialise
from uprreport.model import Block, Source

NAMESPACE = "urn:uprreport:manifest:1"


def _m(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the data wanted to say where an editor had changed the same words: the text, the comment, and what
    the text comes from."""

    text: RegionText
    comment: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a block was generated before newer data came in, with the keys of its rows and notes."""

    text: RegionText
    row_keys: tuple[str, ...] = ()
    note_keys: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class ManifestBlock:
    """One block as generated: its anchor, label and text, the keys of its table's rows and of its notes, its
    sources.

    ``comments`` are the texts of the comments made on it; ``kept_digest`` is set where the text was taken
    out of the manifest, with the sum of its words in ``kept_wording``; ``beneath`` pairs of a name and a sum
    of what stands beneath a text that people wrote; ``offer`` is pending while its comment stands; ``plot``
    is what its chart shows; ``earlier`` are the texts that newer ones replaced, as long as an editor may
    still turn the newer words down, or has done so.
    """

    id: str
    anchor: str
    title: str
    text: RegionText
    row_keys: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    label: str = ""
    comments: tuple[str, ...] = ()
    beneath: tuple[tuple[str, str], ...] = ()
    offer: Offer | None = None
    kept_digest: str = ""
    note_keys: tuple[str, ...] = ()
    plot: Plot | None = None
    earlier: tuple[Earlier, ...] = ()
    kept_wording: str = ""

    @property
    def digest(self) -> str:
        """A sum of the text: equal for blocks that read the same. It stays when the text had to go."""
        return self.kept_digest or digest_text(self.text)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a draft was generated from; ``id`` is a sum of its blocks, so equal drafts have equal ids.

    ``carried`` are the sums of the proposals that came into the draft since, so that one which an editor
    turned down is not made again. ``previous`` is the id of the manifest that an update brought up to date.
    """

    id: str
    review: str
    version: str
    date: str
    blocks: tuple[ManifestBlock, ...] = field(default=())
    carried: tuple[str, ...] = ()
    previous: str = ""


def digest_text(text: RegionText) -> str:
    """A sum of what a region says, 16 hexadecimal digits."""
    notes = ["\x1e".join(f"{kind}\x1f{line}" for kind, line in text.notes)] if text.notes else []
    told = "\x1d".join(
        ("\x1e".join(f"{style}\x1f{line}" for style, line in text.paragraphs),
         "\x1e".join("\x1f".join(row) for table in text.tables for row in table),
         *notes, *text.boxes)
    )  # fmt: skip
    return hashlib.sha256(lasting(told).encode("utf-8", "replace")).hexdigest()[:16]


def block_of(block: Block | None, block_id: str, anchor: str, text: RegionText) -> ManifestBlock:
    """A region's entry; ``block`` is None for a heading of the template."""
    if block is None:
        title = text.paragraphs[0][1] if text.paragraphs else block_id
        return ManifestBlock(block_id, anchor, title, text)
    keys = tuple(row.key for row in block.table.rows) if block.table else ()
    beneath = tuple((name, sum_of(told)) for name, told in block.beneath)
    made = ManifestBlock(
        block_id, anchor, block.title, text, keys, block.sources, block.label, block.comments, beneath
    )
    return replace(made, note_keys=tuple(note.key for told in block.paragraphs for note in told.notes))


def without_text(manifest: Manifest, is_withheld: Callable[[Source], bool]) -> Manifest:
    """A manifest in which the blocks with a withheld source keep only the sums of their texts."""
    blocks = tuple(_without_text(block, is_withheld) for block in manifest.blocks)
    return manifest if blocks == manifest.blocks else replace(manifest, blocks=blocks)


def _without_text(block: ManifestBlock, is_withheld: Callable[[Source], bool]) -> ManifestBlock:
    def holds(told: Offer | Earlier | ManifestBlock | None) -> bool:
        return told is not None and any(is_withheld(source) for source in told.sources)

    if holds(block) and block.text != RegionText():
        return replace(
            block,
            text=RegionText(),
            row_keys=(),
            comments=(),
            offer=None,
            kept_digest=block.digest,
            kept_wording=wording_digest(block.text),
            note_keys=(),
            plot=None,
            earlier=(),
        )
    offer = None if holds(block.offer) else block.offer
    return replace(block, offer=offer, earlier=tuple(told for told in block.earlier if not holds(told)))


def plots_of(manifest: Manifest) -> tuple[Plot, ...]:
    """The charts of a draft as they were generated."""
    return tuple(block.plot for block in manifest.blocks if block.plot is not None)


def sum_of(text: str) -> str:
    """A short sum of a text: 16 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def make_manifest(
    review: str, version: str, date: str, blocks: Iterable[ManifestBlock], carried: Iterable[str] = ()
) -> Manifest:
    """A manifest with its id, which depends on the review, on every block, and on what was carried in."""
    found, proposals = tuple(blocks), tuple(dict.fromkeys(carried))
    told = "\x1d".join([review, *(_block_sum(block) for block in found), *proposals])
    return Manifest(sum_of(told), review, version, date, found, proposals)


def _block_sum(block: ManifestBlock) -> str:
    offer = _offer_sum(block.offer) if block.offer else ""
    others = [block.row_keys, block.comments, tuple(f"{n}={d}" for n, d in block.beneath)]
    others += [block.note_keys] if block.note_keys else []
    others += [(digest_text(e.text), *e.row_keys, *e.note_keys, _sources(e.sources)) for e in block.earlier]
    told = (
        *(block.id, block.anchor, block.title, block.label, block.digest),
        *(_sources(block.sources), offer),
    )
    return "\x1f".join((*told, *("\x1e".join(other) for other in others), *plot_sum(block.plot)))


def _offer_sum(offer: Offer) -> str:
    told = (digest_text(offer.text), offer.comment, *([_sources(offer.sources)] if offer.sources else []))
    return "\x1e".join(told)


def _sources(sources: Iterable[Source]) -> str:
    return "\x1e".join(f"{s.file}!{s.sheet}!{s.cell}!{s.agency}!{s.field}!{s.digest}" for s in sources)


# As XML -----------------------------------------------------------------------------------------------


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as XML in the namespace ``urn:uprreport:manifest:1``."""
    root = etree.Element(
        _m("manifest"),
        {"id": manifest.id, "review": manifest.review, "version": manifest.version, "date": manifest.date},
        nsmap=nsmap(NAMESPACE),
    )
    if manifest.previous:
        root.set("previous", manifest.previous)
    for block in manifest.blocks:
        root.append(_write_block(block))
    for told in manifest.carried:
        _child(root, "carried", {"digest": told})
    return serialise(root)


def _write_block(block: ManifestBlock) -> Element:
    attributes = {"id": block.id, "anchor": block.anchor, "digest": block.digest, "title": block.title}
    attributes |= {"label": block.label} if block.label else {}
    attributes |= {"withheld": "yes"} if block.kept_digest else {}
    attributes |= {"wording": block.kept_wording} if block.kept_wording else {}
    made = etree.Element(_m("block"), attributes)
    _write_text(made, block.text, block.row_keys, block.note_keys)
    if block.plot is not None:
        made.append(write_plot(block.plot, NAMESPACE))
    _write_sources(made, block.sources)
    for comment in block.comments:
        _child(made, "comment", {}).text = comment
    for name, told in block.beneath:
        _child(made, "beneath", {"name": name, "digest": told})
    if block.offer is not None:
        offer = _child(made, "offer", {"comment": block.offer.comment})
        _write_text(offer, block.offer.text, ())
        _write_sources(offer, block.offer.sources)
    for before in block.earlier:
        node = _child(made, "earlier", {})
        _write_text(node, before.text, before.row_keys, before.note_keys)
        _write_sources(node, before.sources)
    return made


def _write_sources(parent: Element, sources: Iterable[Source]) -> None:
    for source in sources:
        held = {name: str(getattr(source, name)) for name in Source.__slots__}
        _child(parent, "source", {name: value for name, value in held.items() if value})


def _write_text(
    parent: Element, text: RegionText, keys: tuple[str, ...], note_keys: tuple[str, ...] = ()
) -> None:
    for style, line in text.paragraphs:
        _child(parent, "p", {"style": style}).text = line
    for table in text.tables:
        _write_table(parent, table, keys)
    for index, (kind, line) in enumerate(text.notes):
        key = {"key": note_keys[index]} if index < len(note_keys) else {}
        _child(parent, "note", {"kind": kind, **key}).text = line
    for box in text.boxes:
        _child(parent, "box", {}).text = box


def _write_table(parent: Element, rows: tuple[tuple[str, ...], ...], keys: tuple[str, ...]) -> None:
    table = _child(parent, "table", {})
    for index, row in enumerate(rows):
        key = keys[index - 1] if 0 < index <= len(keys) else ""
        made = _child(table, "row", {"key": key} if key else {})
        for cell in row:
            _child(made, "c", {}).text = cell


def _child(parent: Element, name: str, attributes: Mapping[str, str]) -> Element:
    return etree.SubElement(parent, _m(name), dict(attributes))


def read_manifest(xml: bytes) -> Manifest | None:
    """A manifest from its XML; None when it is damaged or of another kind."""
    try:
        root = parse(xml)
    except etree.XMLSyntaxError:
        return None
    if root.tag != _m("manifest"):
        return None
    blocks = [_read_block(node) for node in root.iter(_m("block"))]
    carried = [node.get("digest", "") for node in root.iterchildren(_m("carried"))]
    about = (root.get("review", ""), root.get("version", ""), root.get("date", ""))
    made = replace(make_manifest(*about, blocks, carried), previous=root.get("previous", ""))
    if any(block.kept_digest for block in blocks):  # its sum was made when the texts were still there
        return replace(made, id=root.get("id", ""))
    return made if made.id == root.get("id") else None


def _read_block(node: Element) -> ManifestBlock:
    offer = node.find(_m("offer"))
    return ManifestBlock(
        node.get("id", ""),
        node.get("anchor", ""),
        node.get("title", ""),
        _read_text(node),
        _row_keys(node),
        _read_sources(node),
        node.get("label", ""),
        tuple(comment.text or "" for comment in node.iterchildren(_m("comment"))),
        tuple((n.get("name", ""), n.get("digest", "")) for n in node.iterchildren(_m("beneath"))),
        Offer(_read_text(offer), offer.get("comment", ""), _read_sources(offer))
        if offer is not None
        else None,
        node.get("digest", "") if node.get("withheld") else "",
        _note_keys(node),
        read_plot(node, NAMESPACE),
        tuple(
            Earlier(_read_text(told), _row_keys(told), _note_keys(told), _read_sources(told))
            for told in node.iterchildren(_m("earlier"))
        ),
        node.get("wording", ""),
    )


def _row_keys(node: Element) -> tuple[str, ...]:
    rows = (row for table in node.iterchildren(_m("table")) for row in table.iter(_m("row")))
    return tuple(row.get("key", "") for row in rows if row.get("key"))


def _note_keys(node: Element) -> tuple[str, ...]:
    return tuple(note.get("key", "") for note in node.iterchildren(_m("note")) if note.get("key"))


def _read_sources(node: Element) -> tuple[Source, ...]:
    return tuple(
        Source(**{name: source.get(name, "") for name in Source.__slots__})
        for source in node.iterchildren(_m("source"))
    )


def _read_text(node: Element) -> RegionText:
    paragraphs = tuple((p.get("style", ""), p.text or "") for p in node.iterchildren(_m("p")))
    tables = tuple(
        tuple(tuple(cell.text or "" for cell in row.iter(_m("c"))) for row in table.iter(_m("row")))
        for table in node.iterchildren(_m("table"))
    )
    notes = tuple((note.get("kind", ""), note.text or "") for note in node.iterchildren(_m("note")))
    return RegionText(paragraphs, tables, notes, tuple(n.text or "" for n in node.iterchildren(_m("box"))))
