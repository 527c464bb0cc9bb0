"""Word budgets: of each theme, as the register gives it, and of the whole body, as the settings give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from uprreport.findings import Finding, Location
from uprreport.model import Block, Register, Report
from uprreport.report.ids import name_themes
from uprreport.text import above_limit, words


def check_budgets(
    report: Report, counted: Mapping[str, int], register: Register, limit: int, draft: str
) -> tuple[Finding, ...]:
    """Themes above their budget, and a body above the limit; ``counted`` are the draft's words by part."""
    found = list(_themes(report, register))
    if above := above_limit(counted, limit):
        found.append(_exceeded(Location(draft), *above, limit))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Where the words of a report are: of each section that has any, and its longest texts, longest first."""

    sections: Mapping[str, int]
    longest: tuple[tuple[Block, int], ...]


def measure(report: Report, most: int = 5) -> Lengths:
    """The words of the sections' paragraphs, and at most ``most`` of the longest blocks.

    Tables are not paragraphs: their words are counted in the draft as a whole only.
    """
    counts = {
        name: sum(count_block(block) for block in blocks)
        for name, blocks in report.sections.items()
        if not name.startswith("annex")
    }
    blocks = [block for name in counts for block in report.sections[name]]
    longest = sorted(((block, count_block(block)) for block in blocks), key=lambda pair: -pair[1])
    sections = {name: count for name, count in counts.items() if count}
    return Lengths(sections, tuple((block, count) for block, count in longest[:most] if count))


def _themes(report: Report, register: Register) -> Iterator[Finding]:
    counts = words_by_theme(report.sections)
    names = name_themes(theme.theme for theme in register.themes)
    for theme in register.themes:
        count = counts.get(names[theme.theme], 0)
        if theme.word_budget is not None and count > theme.word_budget:
            at = Location("register.xlsx", "Themes", "", "word_budget")
            yield _exceeded(at, f"The theme {theme.theme}", count, theme.word_budget)


def _exceeded(at: Location, heading: str, count: int, limit: int) -> Finding:
    details = {"count": str(count), "limit": str(limit)}
    return Finding("word-budget-exceeded", at, heading=heading, value=str(count), details=details)


def words_by_theme(sections: Mapping[str, tuple[Block, ...]]) -> Mapping[str, int]:
    """The words of each theme's paragraphs, by its name in ids, in all chapters together."""
    counts: dict[str, int] = {}
    for section in ("implementation", "noted"):
        name = ""
        for block in sections.get(section, ()):
            if block.id.endswith("/heading"):
                name = block.id.partition(":")[2].removesuffix("/heading")
            elif name:
                counts[name] = counts.get(name, 0) + count_block(block)
    return counts


def count_block(block: Block) -> int:
    """The words of a block's paragraphs; headings, lines of references and placeholders are not counted."""
    return sum(
        words(paragraph.text)
        for paragraph in block.paragraphs
        if paragraph.look in ("numbered", "continued", "quote") and not paragraph.placeholder
    )
