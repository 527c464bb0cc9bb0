"""The manifest: what was generated in a draft, block by block; the base of every later update.

It travels as a custom XML part inside the draft, and a copy is kept in the review folder's history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from uprreport.files.word.regions import RegionText
from uprreport.files.word.xml import Element, nsmap, parse, serialise
from uprreport.model import Block, Source

NAMESPACE = "urn:uprreport:manifest:1"


def _m(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


@dataclass(frozen=True, slots=True)
class ManifestBlock:
    """One block as generated: its anchor, its text, the keys of its table's rows, its sources."""

    id: str
    anchor: str
    title: str
    text: RegionText
    row_keys: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def digest(self) -> str:
        """A sum of the text: equal for blocks that read the same."""
        return digest_text(self.text)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a draft was generated from; ``id`` is a sum of its blocks, so equal drafts have equal ids."""

    id: str
    review: str
    version: str
    date: str
    blocks: tuple[ManifestBlock, ...] = field(default=())


def digest_text(text: RegionText) -> str:
    """A sum of what a region says, 16 hexadecimal digits."""
    told = "\x1d".join(
        ("\x1e".join(f"{style}\x1f{line}" for style, line in text.paragraphs),
         "\x1e".join("\x1f".join(row) for table in text.tables for row in table))
    )  # fmt: skip
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def block_of(block: Block | None, block_id: str, anchor: str, text: RegionText) -> ManifestBlock:
    """A region's entry; ``block`` is None for a heading of the template."""
    if block is None:
        title = text.paragraphs[0][1] if text.paragraphs else block_id
        return ManifestBlock(block_id, anchor, title, text)
    keys = tuple(row.key for row in block.table.rows) if block.table else ()
    return ManifestBlock(block_id, anchor, block.title, text, keys, block.sources)


def make_manifest(review: str, version: str, date: str, blocks: Iterable[ManifestBlock]) -> Manifest:
    """A manifest with its id, which depends on the review and on every block."""
    found = tuple(blocks)
    told = "\x1d".join([review, *(f"{b.id}\x1f{b.anchor}\x1f{b.digest}\x1f{_sources_sum(b)}" for b in found)])
    return Manifest(hashlib.sha256(told.encode()).hexdigest()[:16], review, version, date, found)


def _sources_sum(block: ManifestBlock) -> str:
    return "\x1e".join(f"{s.file}!{s.sheet}!{s.cell}!{s.digest}" for s in block.sources)


# As XML -----------------------------------------------------------------------------------------------


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as XML in the namespace ``urn:uprreport:manifest:1``."""
    root = etree.Element(
        _m("manifest"),
        {"id": manifest.id, "review": manifest.review, "version": manifest.version, "date": manifest.date},
        nsmap=nsmap(NAMESPACE),
    )
    for block in manifest.blocks:
        root.append(_write_block(block))
    return serialise(root)


def _write_block(block: ManifestBlock) -> Element:
    attributes = {"id": block.id, "anchor": block.anchor, "digest": block.digest, "title": block.title}
    made = etree.Element(_m("block"), attributes)
    for style, text in block.text.paragraphs:
        _child(made, "p", {"style": style}).text = text
    for table in block.text.tables:
        _write_table(made, table, block.row_keys)
    for source in block.sources:
        _child(made, "source", {name: getattr(source, name) for name in Source.__slots__})
    return made


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
    made = make_manifest(root.get("review", ""), root.get("version", ""), root.get("date", ""), blocks)
    return made if made.id == root.get("id") else None


def _read_block(node: Element) -> ManifestBlock:
    paragraphs = tuple((p.get("style", ""), p.text or "") for p in node.iter(_m("p")))
    tables = tuple(
        tuple(tuple(cell.text or "" for cell in row.iter(_m("c"))) for row in table.iter(_m("row")))
        for table in node.iter(_m("table"))
    )
    keys = tuple(row.get("key", "") for row in node.iter(_m("row")) if row.get("key"))
    sources = tuple(
        Source(**{name: source.get(name, "") for name in Source.__slots__})
        for source in node.iter(_m("source"))
    )
    names = (node.get("id", ""), node.get("anchor", ""), node.get("title", ""))
    return ManifestBlock(*names, RegionText(paragraphs, tables), keys, sources)
