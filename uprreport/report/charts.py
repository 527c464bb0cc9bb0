"""The charts of the chapters: counts that a table prints as well, drawn for whoever reads in passing.

A chart stands only where it shows a difference: two bars at least, and something that is known. It has no
numbers that the report does not print anyway, so it tells nothing of what is withheld.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from uprreport.counts import Body, Tally
from uprreport.model import Block, Chart, Paragraph, Series, Source, counted
from uprreport.report import phrases
from uprreport.report.given import Given, sources_of
from uprreport.report.tables import positions, statuses
from uprreport.report.themes import order_themes

MOST = 20
"""Bars that one chart may have: so many fit on a page in landscape, too."""

LONG = 600
"""Characters that an alternative text may have before it is cut down to what is most."""

_TOLD = 3

Bars = Mapping[str, Sequence[Tally]]
"""What each bar counts, by its name."""


def chart_block(given: Given, name: str, chart: Chart, sources: Iterable[Source] = ()) -> tuple[Block, ...]:
    """A chart as a block, or nothing where it would show no difference."""
    if len(chart.categories) < 2 or not any(any(series.values) for series in chart.series):
        return ()
    block_id, title = f"chart:{name}", given.say(phrases.CHARTS[name])
    text = given.say(phrases.CAPTION_FIGURE, number=counted("Figure"), title=title)
    paragraphs = (Paragraph(text, "caption"),)
    return (Block(block_id, title, f"[{block_id}]", paragraphs, sources=tuple(sources), chart=chart),)


# Levels of implementation -------------------------------------------------------------------------------


def status_chart(given: Given) -> tuple[Block, ...]:
    """Levels of implementation, a bar for each theme; many themes are gathered."""
    return _levels(given, "status", _by_theme(given))


def positions_chart(given: Given) -> tuple[Block, ...]:
    """Levels of implementation, a bar for each present position."""
    counts = given.counts.positions
    return _levels(
        given, "positions", {given.position_counted(key): [counts[key]] for key in positions(given)}
    )


def _levels(given: Given, name: str, bars: Bars) -> tuple[Block, ...]:
    """A stacked bar for each group; nothing where no level of implementation is known at all."""
    if not given.counts.whole.settled:
        return ()
    keys = statuses(given)
    tones = {key: index / (len(keys) - 2) for index, key in enumerate(keys[:-1])}
    series = [
        Series(
            key,
            given.status_label(key),
            tuple(sum(tally.count(key) for tally in bar) for bar in bars.values()),
            tones.get(key),
        )
        for key in keys
        if given.counts.whole.count(key)
    ]
    return chart_block(given, name, _chart(given, name, tuple(bars), series))


def _by_theme(given: Given) -> Bars:
    """The recommendations of each theme; of more themes than fit those of one chapter are together, then the
    smallest ones."""
    themes = order_themes(given, given.records.of_kind("recommendation"))
    names = {theme.theme: theme.theme or given.say(phrases.OTHER_THEMES) for theme in themes}
    if len(themes) > MOST:
        names = {theme.theme: theme.chapter or names[theme.theme] for theme in themes}
    groups: dict[str, list[Tally]] = {}
    for theme in themes:
        groups.setdefault(names[theme.theme], []).append(given.counts.themes[theme.theme])
    sizes = {name: sum(tally.total for tally in told) for name, told in groups.items()}
    bars = _bars(given, sizes, phrases.CHART_OTHER_THEMES)
    return {bar: [tally for name in names for tally in groups[name]] for bar, names in bars.items()}


def _bars(given: Given, sizes: Mapping[str, int], others: str) -> Mapping[str, Sequence[str]]:
    """The bars in which groups are drawn: one each, and the smallest ones together where they are many."""
    if len(sizes) <= MOST:
        return {name: [name] for name in sizes}
    ranked = sorted(sizes, key=lambda name: -sizes[name])  # stable: else in their order
    kept = set(ranked[: MOST - 1])
    rest = [name for name in sizes if name not in kept]
    return {
        **{name: [name] for name in sizes if name in kept},
        given.say(others, count=str(len(rest))): rest,
    }


# Who answered, and what is needed -----------------------------------------------------------------------


def coverage_chart(given: Given) -> tuple[Block, ...]:
    """For each body, how many of its recommendations it gave information on: the counts of Annex III."""
    groups: dict[str, list[Body]] = {}
    for agency, body in given.counts.bodies.items():
        groups.setdefault(given.agency(agency), []).append(body)
    asked = {name: sum(body.asked for body in told) for name, told in groups.items()}
    named = _bars(given, asked, phrases.CHART_OTHER_BODIES)
    bars = {bar: [body for name in names for body in groups[name]] for bar, names in named.items()}
    informed = tuple(sum(len(body.informed) for body in bodies) for bodies in bars.values())
    silent = tuple(sum(body.silent for body in bodies) for bodies in bars.values())
    if not any(informed):
        return ()
    series = [
        Series("informed", given.say(phrases.CHART_INFORMED), informed),
        Series("silent", given.say(phrases.CHART_SILENT), silent, None),
    ]
    return chart_block(given, "coverage", _chart(given, "coverage", tuple(bars), series))


def assistance_chart(given: Given) -> tuple[Block, ...]:
    """Needs for assistance, a bar for each kind."""
    records = given.records.tables.get("assistance", ())
    counts = Counter(record.text("kind") for record in records)
    shown = [c for c in given.column("assistance", "kind").choices if counts[c.key]]
    needs = tuple(counts[choice.key] for choice in shown)
    series = Series("needs", given.say(phrases.CHART_NEEDS), needs, 0.2)
    chart = _chart(given, "assistance", tuple(choice.label for choice in shown), [series])
    sources = (source for record in records for source in sources_of(record, ("kind",)))
    return chart_block(given, "assistance", chart, sources)


# What a chart says --------------------------------------------------------------------------------------


def _chart(given: Given, name: str, categories: tuple[str, ...], series: Sequence[Series]) -> Chart:
    kind: Literal["bars", "stacked"] = "bars" if name == "assistance" else "stacked"
    return Chart(kind, categories, tuple(series), _alternative(given, name, categories, series))


def _alternative(given: Given, name: str, categories: Sequence[str], series: Sequence[Series]) -> str:
    """Every number where they are few; else the sums and the longest bars."""
    told = given.listed_apart(_bar_told(given, bar, series, index) for index, bar in enumerate(categories))
    if len(told) > LONG:
        sums = given.listed(f"{one.name} {sum(one.values)}" for one in series if any(one.values))
        whole = given.say(phrases.CHART_IN_ALL, told=sums)
        told = given.say(phrases.CHART_BOTH, first=whole, second=_longest(given, categories, series))
    return given.say(phrases.CHART_ALTERNATIVE, title=given.say(phrases.CHARTS[name]), told=told)


def _bar_told(given: Given, category: str, series: Sequence[Series], index: int) -> str:
    if not series[1:]:
        return f"{category} {series[0].values[index]}"
    pieces = given.listed(f"{one.name} {one.values[index]}" for one in series if one.values[index])
    return given.say(phrases.STATUS_NUMBERS, status=category, numbers=pieces or "0")


def _longest(given: Given, categories: Sequence[str], series: Sequence[Series]) -> str:
    sums = [sum(one.values[index] for one in series) for index in range(len(categories))]
    longest = sorted(range(len(categories)), key=lambda index: -sums[index])[:_TOLD]
    told = given.listed_apart(f"{categories[index]} {sums[index]}" for index in longest)
    return given.say(phrases.CHART_LONGEST, told=told)
