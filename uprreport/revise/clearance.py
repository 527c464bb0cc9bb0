"""Clearance rounds: what each agency signs off, what it changed, and whether a sign-off still holds.

A sign-off is for the digest of a text as it stood in the file that the agency returned, its own changes
included. It holds while the passage reads so in the revised draft; any other wording opens it again.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uprreport.files.word.clearance import KIND
from uprreport.files.word.document import comments_of
from uprreport.files.word.manifest import Manifest, ManifestBlock
from uprreport.files.word.package import write_parts
from uprreport.files.word.regions import Region, RegionText
from uprreport.files.word.returned import (
    CLEARED,
    DATE,
    NAME,
    SHOWN,
    TEXT,
    Line,
    SignOffTable,
    lay_out,
    open_word,
    read_sign_off,
)
from uprreport.files.word.revised import Revised
from uprreport.files.word.wording import wording_digest
from uprreport.findings import Finding, Location, UprReportError
from uprreport.revise.edited import without_label
from uprreport.revise.join import Copy
from uprreport.revise.locate import locate
from uprreport.revise.signoffs import Pair, SignOff
from uprreport.revise.update import read_lines, regions_by_block
from uprreport.schema import Column
from uprreport.text import fold
from uprreport.values import read_value

Recall = Callable[[str], Manifest | None]
"""Finds a manifest by its id, for files that lost theirs."""

_YES = frozenset(
    ("yes", "y", "ok", "cleared", "x", "✓", "✔", "oui", "sí", "si", "да", "نعم", "是", "bəli", "hə")
)
_NO = frozenset(("no", "n", "not cleared", "non", "нет", "لا", "否", "xeyr"))
_NO_DAY = datetime.date(2000, 1, 1)  # nothing is written into a file that came back


# The draft as it stands -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """A passage of a revised draft as it reads; several blocks where they share a paragraph."""

    blocks: tuple[ManifestBlock, ...]
    text: RegionText


def read_standing(revised: Revised, manifest: Manifest) -> tuple[Standing, ...]:
    """The passages of a revised draft that say anything, in its order, with all changes accepted."""
    blocks = {block.id: block for block in manifest.blocks}
    regions = regions_by_block(revised, locate(manifest, read_lines(revised)))
    shared: dict[int, list[str]] = {}
    for block_id, region in regions.items():
        shared.setdefault(id(region), []).append(block_id)
    texts = {
        id(region): _standing_text(revised, region, blocks[block_id]) for block_id, region in regions.items()
    }
    return tuple(
        Standing(tuple(blocks[block_id] for block_id in ids), texts[key])
        for key, ids in shared.items()
        if texts[key] != RegionText()
    )


def _standing_text(revised: Revised, region: Region, block: ManifestBlock) -> RegionText:
    """What a region says, without the label where a program dropped the style that tells it."""
    text = revised.read(region)
    return text if revised.label(region, block.anchor) else without_label(text, block.label)


def digests(standing: Iterable[Standing]) -> Mapping[str, str]:
    """The digest of each block's present text: what ``judge_sign_offs`` takes."""
    return {block.id: wording_digest(told.text) for told in standing for block in told.blocks}


def agencies_of(standing: Iterable[Standing]) -> Mapping[str, tuple[Standing, ...]]:
    """For each agency the passages that it is to clear, with those of their blocks that it is a source of.

    A table is an agency's only where all that it holds came from that agency; charts are nobody's: they count
    what stands in tables.
    """
    found: dict[str, list[Standing]] = {}
    for told in standing:
        for agency in dict.fromkeys(s.agency for block in told.blocks for s in block.sources if s.agency):
            own = tuple(block for block in told.blocks if _is_of(block, agency))
            others = any(source.agency != agency for block in own for source in block.sources)
            if own and not (told.text.tables and others):
                found.setdefault(agency, []).append(Standing(own, told.text))
    return {agency: tuple(passages) for agency, passages in found.items()}


def _is_of(block: ManifestBlock, agency: str) -> bool:
    return block.plot is None and any(source.agency == agency for source in block.sources)


def asked_pairs(standing: Iterable[Standing]) -> frozenset[Pair]:
    """Every agency and block that a clearance round is to cover."""
    own = agencies_of(standing).items()
    return frozenset((a, block.id) for a, passages in own for told in passages for block in told.blocks)


# A file that came back --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cleared:
    """One passage as it came back; ``text`` is None when it was deleted, ``cleared`` for no answer."""

    blocks: tuple[str, ...]
    title: str
    exported: str
    text: RegionText | None
    cleared: bool | None = None
    remark: str = ""

    @property
    def digest(self) -> str:
        """The digest of the text as it came back; empty when it was deleted."""
        return wording_digest(self.text) if self.text is not None else ""

    @property
    def changed(self) -> bool:
        """Whether the agency changed the text in its file."""
        return self.digest != self.exported


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clearance file that came back: whose, against which manifest, its passages, and who signed."""

    file: str
    agency: str
    manifest: Manifest
    document: Revised
    passages: tuple[Cleared, ...]
    name: str = ""
    post: str = ""
    date: datetime.date | None = None

    def copy(self, author: str = "") -> Copy:
        """The file as another copy of the draft, for ``join_copy``; changes are authored by ``author``."""
        anchors = {block.anchor for block in self.manifest.blocks}
        marked = any(
            name in anchors for node in self.document.nodes() for name in self.document.anchors(node)
        )
        return Copy(self.document, self.manifest, author or self.agency, is_marked=marked)

    def sign_offs(self) -> tuple[SignOff, ...]:
        """What the agency signed: nothing without a name."""
        day = self.date.isoformat() if self.date else ""
        return tuple(
            SignOff(self.agency, block, told.digest, told.cleared, self.name, self.post, day)
            for told in self.passages
            if told.cleared is not None and self.name
            for block in told.blocks
        )


def is_clearance(content: bytes, shown: str) -> bool:
    """Whether a .docx is a clearance file. Raises ``UprReportError`` when it cannot be read at all."""
    return _document(content, shown).held().get("uprreport kind") == KIND


def read_clearance(
    content: bytes, shown: str, recall: Recall | None = None
) -> tuple[Clearance, tuple[Finding, ...]]:
    """A clearance file that came back, and what is wrong in its sign-off.

    ``recall`` finds its manifest where a program dropped the part. Raises ``UprReportError`` when the file
    cannot be read, is no clearance file, or does not say what it was made from.
    """
    document = _document(content, shown)
    held = document.held()
    if held.get("uprreport kind") != KIND or not held.get("uprreport agency"):
        raise UprReportError(
            f"{shown} is not a clearance file",
            "take the file that was sent out by uprreport export clearance",
        )
    name = held.get("uprreport manifest", "")
    manifest = document.manifest() or (recall(name) if recall is not None and name else None)
    if manifest is None:
        raise UprReportError(
            f"{shown} does not say what it was made from, so it cannot be compared",
            "put the folder history/ of this review back, or ask for the file as it was saved last by Word",
        )
    table = read_sign_off(open_word(content, shown))
    findings: list[Finding] = []
    passages = tuple(_cleared(document, manifest, table, shown, findings))
    day = _signed_on(table, shown, findings)
    signer = table.signed.get(NAME, "")
    if any(told.cleared is not None for told in passages) and not signer:
        because = {"because": ", so the sign-off does not count"}
        findings.append(Finding("value-missing", Location(shown), heading=NAME, details=because))
    post = table.signed.get("Post", "")
    agency = held["uprreport agency"]
    told = (dataclasses.replace(finding, agency=agency) for finding in findings)
    return Clearance(shown, agency, manifest, document, passages, signer, post, day), tuple(told)


def _document(content: bytes, shown: str) -> Revised:
    return Revised(write_parts(lay_out(open_word(content, shown))), shown, _NO_DAY)


def _cleared(
    document: Revised, manifest: Manifest, table: SignOffTable, shown: str, findings: list[Finding]
) -> Iterator[Cleared]:
    regions = regions_by_block(document, locate(manifest, read_lines(document)))
    threads = document.threads()
    lines = {(fold(line.title), line.digest): line for line in table.lines}
    for blocks in _passages(manifest):
        first = blocks[0]
        region = regions.get(first.id)
        text = document.read(region) if region is not None else RegionText()
        exported = wording_digest(first.text)
        title = title_of(blocks)
        line = lines.get((fold(title), exported[:SHOWN]))
        findings += _other_text(line, title, table, shown)
        said = [threads[n].text for n in comments_of(region) if n in threads] if region is not None else []
        yield Cleared(
            tuple(block.id for block in blocks),
            title,
            exported,
            text if text != RegionText() else None,
            _answer(line, title, shown, findings) if line is not None else None,
            "\n".join(filter(None, [line.remark if line is not None else "", *said])),
        )


def _passages(manifest: Manifest) -> Iterator[tuple[ManifestBlock, ...]]:
    """Blocks that shared a paragraph when the file was made stand together in its manifest."""
    held: list[ManifestBlock] = []
    for block in manifest.blocks:
        if held and (held[-1].text, held[-1].label) != (block.text, block.label):
            yield tuple(held)
            held = []
        held.append(block)
    if held:
        yield tuple(held)


def title_of(blocks: Sequence[ManifestBlock]) -> str:
    """How a passage is called."""
    return "; ".join(dict.fromkeys(block.title for block in blocks))


def _other_text(line: Line | None, title: str, table: SignOffTable, shown: str) -> Iterator[Finding]:
    """A line of the sign-off that is about another wording: it was changed, or comes from another file."""
    if line is None:
        for other in table.lines:
            if fold(other.title) == fold(title) and other.cleared:
                details = {
                    "expected": "the sum of the text that was sent",
                    "example": "nothing there: leave it",
                }
                yield Finding("value-wrong-type", Location(shown), "", title, other.digest, TEXT, details)


def _answer(line: Line, title: str, shown: str, findings: list[Finding]) -> bool | None:
    told = fold(line.cleared).rstrip("!")
    if told in _YES or told in _NO:
        return told in _YES
    if told:
        details = {"choices": "yes or no"}
        at = Location(shown)
        findings.append(Finding("value-not-in-list", at, "", title, line.cleared, CLEARED, details))
    return None


def _signed_on(table: SignOffTable, shown: str, findings: list[Finding]) -> datetime.date | None:
    typed = table.signed.get(DATE, "")
    if not typed:
        return None
    value, problems = read_value(Column("date", DATE, "date"), typed)
    findings += [
        Finding(found.code, Location(shown), "", "", found.value, DATE, found.details) for found in problems
    ]
    return value if isinstance(value, datetime.date) else None
