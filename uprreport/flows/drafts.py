"""The check of a draft: what contradicts the data in it, refers to nothing, or is still open."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from uprreport.files.word.foreign import find_closed
from uprreport.files.word.marks import marks_as_generated
from uprreport.files.word.numbers import paragraph_numbers
from uprreport.files.word.passages import Passage, chapters, count_words, read_passages
from uprreport.files.word.pending import read_marks
from uprreport.files.word.renewing import find_dead
from uprreport.files.word.styles import ANNEX_HEADING
from uprreport.files.word.xml import Element, style_of
from uprreport.findings import Finding
from uprreport.flows.base import Result
from uprreport.flows.history import withheld_passages, withheld_scope
from uprreport.flows.rounds import Opened, open_draft, withheld_left
from uprreport.flows.untaken import untaken_findings, untaken_in
from uprreport.report.abbreviations import unknown_abbreviations
from uprreport.report.content import build_report
from uprreport.report.ids import name_themes
from uprreport.revise.citing import Citable
from uprreport.revise.copies import find_copies
from uprreport.revise.draft_check import Checked, Known, check_draft
from uprreport.revise.draft_words import Lengths, Theme, count_themes, longest
from uprreport.revise.locate import locate
from uprreport.revise.trace import Present, Traced, read_blocks, trace_blocks
from uprreport.revise.update import read_lines, regions_by_block
from uprreport.revise.withheld import in_scope


def is_draft(path: Path) -> bool:
    """Whether a file is a Word document, whatever its name."""
    try:
        content = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "word/document.xml" in package.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def check_drafts(path: Path, files: tuple[Path, ...], today: datetime.date) -> Result:
    """The findings of drafts of this review, revised or not, and how long each is.

    Raises ``UprReportError`` when a file is no draft of this review.
    """
    found: list[Finding] = []
    told: list[dict[str, Any]] = []
    for file in files:
        opened = open_draft(path, file, today)
        untaken = untaken_in(opened)
        draft = _read(opened, file, {thread for told in untaken for thread in told.threads})
        found += untaken_findings(draft.shown, untaken)
        found += check_draft(draft, _known(opened))
        found += _abbreviations(opened, draft)
        told.append({"file": draft.shown, **draft.lengths.document()})
    return Result({"pages": [], "drafts": told}, tuple(found))


def _abbreviations(opened: Opened, draft: Checked) -> Iterator[Finding]:
    """Abbreviations of the body that nothing explains, those in an editor's own words among them."""
    language, part = opened.folder.settings.language, ""
    texts: list[str] = []
    for passage, block in draft.passages:
        if passage.kind == "heading" and opened.revised.styles.heading_level(style_of(passage.node)) == 1:
            is_annex = passage.style == ANNEX_HEADING.lower()
            part = "annexes" if is_annex or part == "annexes" else "body"
        if part == "body" and not (block is not None and block.withheld):
            texts.append(passage.text)
    yield from unknown_abbreviations(texts, opened.review.register, language, draft.shown)


def _read(opened: Opened, file: Path, apart: Collection[str]) -> Checked:
    base, revised = opened.base, opened.revised
    readings = read_blocks(revised, base)
    passages = withheld_passages(opened.collected, opened.merged)
    present = Present(is_withheld=in_scope(withheld_scope(opened.merged)), in_text=passages.is_in)
    traced = trace_blocks(base, readings, present)
    owned = _owned(opened, traced)
    titles = {block.anchor: block.title for block in base.blocks}
    told = tuple(chapters(revised.body, revised.styles))
    lengths = Lengths(
        chapters=told,
        words=count_words(told, revised.notes.read(revised.body)),
        limit=opened.folder.settings.word_limit,
        themes=count_themes(owned, _themes(opened)),
        longest=longest(owned),
    )
    return Checked(
        shown=opened.folder.show(file),
        passages=owned,
        traced=traced,
        readings=readings,
        base={block.id: block for block in base.blocks},
        marks=read_marks(revised.parts, titles, marks_as_generated(base), apart),
        lengths=lengths,
        dead=find_dead(revised.body),
        withheld=withheld_left(opened),
        closed=find_closed(revised.parts),
        twice=dict(_twice(opened, owned)),
    )


def _twice(opened: Opened, owned: Sequence[tuple[Passage, Traced | None]]) -> Iterator[tuple[int, str]]:
    """The places of passages that open a further copy of a block, each with that block."""
    revised, base = opened.revised, opened.base
    lines, nodes = read_lines(revised), revised.nodes()
    first = {passage.node: at for at, (passage, _) in reversed(list(enumerate(owned)))}
    for block, places in find_copies(base, lines, locate(base, lines)).items():
        yield from ((first[nodes[at]], block) for at in places if nodes[at] in first)


def _owned(opened: Opened, traced: Sequence[Traced]) -> list[tuple[Passage, Traced | None]]:
    """The passages with the block in whose stretch each stands; of several in one paragraph a withheld one
    goes before the others."""
    revised, base = opened.revised, opened.base
    regions = regions_by_block(revised, locate(base, read_lines(revised)))
    owners: dict[Element, Traced] = {}
    for block in sorted(traced, key=lambda block: not block.withheld):
        for node in regions[block.id].elements if block.id in regions else ():
            owners.setdefault(node, block)
    found = read_passages(
        revised.body, revised.styles, revised.numbering(), revised.notes.read, marks_as_generated(base)
    )
    return [(passage, owners.get(passage.node)) for passage in found]


def _themes(opened: Opened) -> dict[str, Theme]:
    themes = opened.review.register.themes
    names = name_themes(theme.theme for theme in themes)
    return {names[theme.theme]: Theme(theme.theme, theme.word_budget) for theme in themes}


def _known(opened: Opened) -> Known:
    settings, register, revised = opened.folder.settings, opened.review.register, opened.revised
    report = build_report(
        settings, register, opened.merged.records, opened.folder.schema, opened.review.expected.today
    )
    links = (link.symbol for link in register.links)
    own = (settings.report_symbol, settings.addendum_symbol, *links)
    sources = (item.source_of_position.partition(" ")[0] for item in register.recommendations)
    numbers = paragraph_numbers(revised.body, revised.styles, revised.numbering())
    return Known(
        citable=Citable(
            frozenset(item.number for item in register.items),
            frozenset(symbol for symbol in (*own, *sources) if symbol),
            frozenset(numbers.values()),
            settings.language,
        ),
        state=settings.state,
        positions={
            item.number: frozenset({item.position, item.position_now} - {""})
            for item in register.recommendations
        },
        blocks={block.id: block for blocks in report.sections.values() for block in blocks},
    )
