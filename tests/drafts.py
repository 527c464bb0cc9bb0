"""Drafts in tests: made from answers in few words, and read as an outline of (style, block, text)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reviews import CASES, SETTINGS, TODAY, expected
from uprreport.collect.decisions import NO_DECISIONS, Decisions
from uprreport.collect.merge import merge
from uprreport.files.word.containers import body_of
from uprreport.files.word.manifest import NAMESPACE, Manifest, read_manifest
from uprreport.files.word.notes import Notes
from uprreport.files.word.package import read_parts
from uprreport.files.word.properties import find_custom_xml
from uprreport.files.word.regions import Region, read_regions, read_text
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, parse
from uprreport.model import Draft, Report, Row, Submission
from uprreport.report.content import build_report
from uprreport.report.draft import build_draft
from uprreport.review import load_shipped_schema, shipped

REGISTER = (CASES / "register.md").read_text(encoding="utf-8")
TEMPLATE = shipped("templates") / "midterm-report.docx"

Answers = Mapping[str, Mapping[str, Any]]


def submission(
    agency: str, answers: Answers, language: str = "", **tables: list[dict[str, Any]]
) -> Submission:
    """A sheet that came back: answers by number, rows of other tabs by their names."""
    file = f"submissions/{agency}.xlsx"

    def row(tab: str, line: int, values: Mapping[str, Any]) -> Row:
        cells = {name: f"{chr(65 + index % 26)}{line}" for index, name in enumerate(values)}
        return Row(tab, file, tab.title(), line, dict(values), cells)

    progress = [row("progress", line, {"number": n, **a}) for line, (n, a) in enumerate(answers.items(), 2)]
    rows = {tab: tuple(row(tab, i, v) for i, v in enumerate(values, 2)) for tab, values in tables.items()}
    cover = Row("cover", file, "Cover", 0, {"language": language} if language else {}, {})
    return Submission(file, SETTINGS.id, agency, 1, "1", cover, {"progress": tuple(progress), **rows})


def report(
    *submissions: Submission, register: str = REGISTER, decisions: Decisions = NO_DECISIONS, **settings: Any
) -> Report:
    """The report of some submissions to the small review of the tests."""
    want = expected(register, **settings)
    records = merge(submissions, want, decisions, {}).records
    return build_report(want.settings, want.register, records, load_shipped_schema, TODAY)


def draft(told: Report, *, today: datetime.date = TODAY, language: str = "en") -> Draft:
    """A report in the shipped template of a language."""
    name = TEMPLATE.name if language == "en" else f"{TEMPLATE.stem}.{language}.docx"
    return build_draft(TEMPLATE.with_name(name), told, replace(SETTINGS, language=language), today)


def document(content: bytes) -> tuple[Element, Styles]:
    """The body of a .docx and its styles."""
    parts = read_parts(content)
    return body_of(parse(parts["word/document.xml"])), Styles(parse(parts["word/styles.xml"]))


def manifest(content: bytes) -> Manifest:
    """The manifest that a draft carries."""
    parts = read_parts(content)
    (name,) = find_custom_xml(parts, NAMESPACE)
    found = read_manifest(parts[name])
    assert found is not None
    return found


def regions(content: bytes) -> dict[str, Region]:
    """The regions of a draft by the ids of their blocks."""
    body, _ = document(content)
    ids = {block.anchor: block.id for block in manifest(content).blocks}
    return {ids[region.anchors[0]]: region for region in read_regions(body) if region.anchors}


def notes_of(content: bytes) -> Notes:
    """The notes of a .docx."""
    parts = read_parts(content)
    return Notes(parts, Styles(parse(parts["word/styles.xml"])))


def notes(content: bytes, block: str) -> list[tuple[str, str]]:
    """Kind and text of the notes of one block."""
    found = notes_of(content)
    return [told for node in regions(content)[block].elements for told in found.read(node)]


def outline(content: bytes) -> list[tuple[str, str, str]]:
    """(style, block, text) of every paragraph; the rows of a table with ``row`` for a style."""
    _, styles = document(content)
    lines: list[tuple[str, str, str]] = []
    for block, region in regions(content).items():
        text = read_text(region, styles)
        lines += [(style, block, told) for style, told in text.paragraphs]
        lines += [("row", block, " | ".join(cells)) for table in text.tables for cells in table]
    return lines


def texts(content: bytes, block: str) -> list[str]:
    """The paragraphs of one block."""
    return [text for style, owner, text in outline(content) if owner == block and style != "row"]


def rows(content: bytes, block: str) -> list[str]:
    """The rows of one block's table, headings first."""
    return [text for style, owner, text in outline(content) if owner == block and style == "row"]
