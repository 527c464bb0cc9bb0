"""The check of a draft: what contradicts the data in it, refers to nothing, or is still open."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

from uprreport.files.word.draft import count_words
from uprreport.files.word.pending import read_marks
from uprreport.findings import Finding
from uprreport.flows.base import Result
from uprreport.flows.history import withheld_passages, withheld_scope
from uprreport.flows.rounds import Opened, open_draft
from uprreport.report.content import build_report
from uprreport.revise.draft_check import Checked, Known, check_draft
from uprreport.revise.trace import Present, read_blocks, trace_blocks
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
    """The findings of drafts of this review, revised or not.

    Raises ``UprReportError`` when a file is no draft of this review.
    """
    found: list[Finding] = []
    for file in files:
        found += _check(open_draft(path, file, today), file)
    return Result({"pages": []}, tuple(found))


def _check(opened: Opened, file: Path) -> tuple[Finding, ...]:
    folder, revised = opened.folder, opened.revised
    readings = read_blocks(revised, opened.base)
    passages = withheld_passages(opened.collected, opened.merged)
    present = Present(is_withheld=in_scope(withheld_scope(opened.merged)), in_text=passages.is_in)
    traced = trace_blocks(opened.base, readings, present)
    titles = {block.anchor: block.title for block in opened.base.blocks}
    draft = Checked(
        shown=folder.show(file),
        traced=traced,
        readings=readings,
        marks=read_marks(revised.parts, titles),
        words=count_words(revised.body, revised.styles, revised.notes),
    )
    return check_draft(draft, _known(opened))


def _known(opened: Opened) -> Known:
    settings, register = opened.folder.settings, opened.review.register
    report = build_report(
        settings, register, opened.merged.records, opened.folder.schema, opened.review.expected.today
    )
    links = (link.symbol for link in register.links)
    own = (settings.report_symbol, settings.addendum_symbol, *links)
    sources = (item.source_of_position.partition(" ")[0] for item in register.recommendations)
    return Known(
        numbers=frozenset(item.number for item in register.items),
        symbols=frozenset(symbol for symbol in (*own, *sources) if symbol),
        blocks={block.id: block for blocks in report.sections.values() for block in blocks},
        word_limit=settings.word_limit,
    )
