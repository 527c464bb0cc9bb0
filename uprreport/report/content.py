"""From the record set to the report: the blocks of every chapter, whatever the template makes of them."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from uprreport.model import Block, Kind, Paragraph, RecordSet, Register, Report, number_of
from uprreport.report import added, annexes, charts, phrases, tables, words
from uprreport.report.abbreviations import abbreviations_list
from uprreport.report.annex import annex_table
from uprreport.report.budgets import words_by_theme
from uprreport.report.facts import cycle_of, facts_of
from uprreport.report.gathered import with_gathered
from uprreport.report.given import Given, Schemas, sources_of
from uprreport.report.ids import name_themes, row_keys, short_name
from uprreport.report.notes import acts, cited, front_notes, noted
from uprreport.report.recommendations import numbered, unit_blocks
from uprreport.report.sentences import paragraphs_of
from uprreport.report.themes import by_position, theme_blocks
from uprreport.report.tongues import of_answers, untranslated
from uprreport.report.units import make_units
from uprreport.report.voice import in_sequence
from uprreport.review import Settings


def build_report(
    settings: Settings, register: Register, records: RecordSet, schema: Schemas, today: datetime.date
) -> Report:
    """The report: facts for the template's placeholders, and the blocks of each section.

    A section without anything to say is empty, and the template leaves its chapter out.
    """
    given = Given(settings, register, records, functools.cache(schema), today)
    title = given.say(phrases.TITLE, state=settings.state, cycle=cycle_of(given))
    sections = {name: tuple(make(given)) for name, make in SECTIONS.items()}
    own = {"tables": _numbers(sections), "notes": front_notes(given)}
    sections["abbreviations"] = abbreviations_list(given, sections)
    facts = {**facts_of(given), **own}
    facts["paragraphs"] = paragraphs_of(given, facts)
    return Report(facts, _with_budgets(given, sections), title)


def _with_budgets(given: Given, sections: Mapping[str, tuple[Block, ...]]) -> Mapping[str, tuple[Block, ...]]:
    """A comment below the heading of each theme that is longer than the coordinator wants it."""
    counts, names = words_by_theme(sections), name_themes(t.theme for t in given.register.themes)
    told: dict[str, str] = {}
    for theme in given.register.themes:
        name, limit = names[theme.theme], theme.word_budget
        if limit is not None and counts.get(name, 0) > limit:
            comment = given.say(phrases.COMMENT_BUDGET, limit=str(limit))
            told |= {f"{prefix}:{name}/reference": comment for prefix in ("theme", "noted")}
    return {
        section: tuple(
            replace(block, comments=(*block.comments, told[block.id])) if block.id in told else block
            for block in blocks
        )
        for section, blocks in sections.items()
    }


TABLES = ("status", "themes", "definitions", "consultations", "changes", "links", "goals", "challenges",
          "assistance", "plan", "annex-1", "annex-2", "annex-3", "annex-4", "annex-6")  # fmt: skip
"""The tables that a template's own text may name by their numbers (``{{ tables.annex_1 }}``)."""


def _numbers(sections: Mapping[str, tuple[Block, ...]]) -> Mapping[str, str]:
    """The numbers of the tables by their names; empty for those that have nothing to say."""
    there = {block.id for blocks in sections.values() for block in blocks}
    return {
        name.replace("-", "_"): number_of(f"table:{name}") if f"table:{name}" in there else ""
        for name in TABLES
    }


def _implementation(given: Given) -> tuple[Block, ...]:
    return theme_blocks(given, "theme", by_position(given)[0])


def _noted(given: Given) -> tuple[Block, ...]:
    return theme_blocks(given, "noted", by_position(given)[1])


def _answered(kind: Kind) -> Callable[[Given], Iterator[Block]]:
    def blocks(given: Given) -> Iterator[Block]:
        units = make_units(given.records.of_kind(kind), {})
        yield from with_gathered(given, [b for unit in units for b in unit_blocks(given, unit)], units)

    return blocks


_PRACTICE = ("challenge", "practice", "result", "factors")


def _practices(given: Given) -> Iterator[Block]:
    """One numbered paragraph for each good practice, below its title."""
    records = given.records.tables.get("practices", ())
    keys = row_keys(f"practice:{short_name(r.text('title'), 24) or 'untitled'}@{r.agency}" for r in records)
    for key, record in zip(keys, records, strict=True):
        title = record.text("title")
        text = in_sequence(record.text(name) for name in _PRACTICE)
        foreign = of_answers(given, [record])
        numbers = [n for n in record.text("numbers").split("\n") if n]
        yield Block(
            id=key,
            title=title,
            label=f"[{' · '.join(part for part in (given.ranges(numbers), record.agency) if part)}]",
            paragraphs=(
                Paragraph(title, "heading2", foreign=foreign),
                *noted(numbered(text, foreign), acts(given, [record]), cited(given, numbers)),
            ),
            sources=sources_of(record, record.fields),
            comments=tuple(untranslated(given, [record], ("title", *_PRACTICE))),
        )


SECTIONS: Mapping[str, Callable[[Given], tuple[Block, ...] | Iterator[Block]]] = {
    "foreword": words.foreword,
    "summary": lambda given: (
        *words.summary(given),
        *tables.status_table(given),
        *charts.positions_chart(given),
        *tables.themes_table(given),
        *charts.status_chart(given),
    ),
    "definitions": tables.definitions_table,
    "consultations": added.consultations_table,
    "developments": words.developments,
    "implementation": _implementation,
    "changes": tables.changes_table,
    "noted": _noted,
    "pledges": _answered("pledge"),
    "observations": _answered("observation"),
    "links": tables.links_table,
    "goals": tables.goals_table,
    "challenges": tables.challenges_table,
    "assistance": lambda given: (*charts.assistance_chart(given), *added.assistance_table(given)),
    "practices": _practices,
    "plan": added.plan_table,
    "conclusion": words.conclusion,
    "annex_1": annex_table,
    "annex_2": annexes.goals_annex,
    "annex_3": lambda given: (*annexes.agencies_annex(given), *charts.coverage_chart(given)),
    "annex_4": annexes.statistics_annex,
    "annex_6": annexes.states_annex,
}
"""The sections that a template may place (``{{ blocks.summary }}``), and what makes their blocks."""
