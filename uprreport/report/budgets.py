"""Word budgets: of each theme, as the register gives it, and of the whole body, as the settings give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uprreport.findings import Finding, Location
from uprreport.model import Block, Register, Report
from uprreport.report.ids import name_themes
from uprreport.text import words


def check_budgets(
    report: Report, counted: Mapping[str, int], register: Register, limit: int, draft: str
) -> tuple[Finding, ...]:
    """Themes above their budget, and a body above the limit; ``counted`` are the draft's words by part."""
    found = list(_themes(report, register))
    if counted["body"] > limit:
        found.append(_exceeded(Location(draft), "The body of the report", counted["body"], limit))
    return tuple(found)


def _themes(report: Report, register: Register) -> Iterator[Finding]:
    counts = words_by_theme(report)
    names = name_themes(theme.theme for theme in register.themes)
    for theme in register.themes:
        count = counts.get(names[theme.theme], 0)
        if theme.word_budget is not None and count > theme.word_budget:
            at = Location("register.xlsx", "Themes", "", "word_budget")
            yield _exceeded(at, f"The theme {theme.theme}", count, theme.word_budget)


def _exceeded(at: Location, heading: str, count: int, limit: int) -> Finding:
    details = {"count": str(count), "limit": str(limit)}
    return Finding("word-budget-exceeded", at, heading=heading, value=str(count), details=details)


def words_by_theme(report: Report) -> Mapping[str, int]:
    """The words of each theme's paragraphs, by its name in ids, in all chapters together."""
    counts: dict[str, int] = {}
    for section in ("implementation", "noted"):
        name = ""
        for block in report.sections.get(section, ()):
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
