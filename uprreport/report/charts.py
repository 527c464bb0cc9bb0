"""The charts of the chapters: counts that a table prints as well, drawn for whoever reads in passing.

A chart stands only where it shows a difference: two bars at least, and something that is known. It has no
numbers that the report does not print anyway, so it tells nothing of what is withheld.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from uprreport.model import NO_INFORMATION, Block, Chart, Outcome, Paragraph, Series, Source, counted
from uprreport.report import phrases
from uprreport.report.given import Given, sources_of
from uprreport.report.tables import positions, statuses
from uprreport.report.themes import order_themes

MOST = 20
"""Bars that one chart may have: so many fit on a page in landscape, too."""

LONG = 600
"""Characters that an alternative text may have before it is cut down to what is most."""

_TOLD = 3

Groups = Mapping[str, Sequence[Outcome]]


def chart_block(name: str, caption: str, chart: Chart, sources: Iterable[Source] = ()) -> tuple[Block, ...]:
    """A chart as a block, or nothing where it would show no difference."""
    if len(chart.categories) < 2 or not any(any(series.values) for series in chart.series):
        return ()
    block_id = f"chart:{name}"
    text = phrases.CAPTION_FIGURE.format(number=counted("Figure"), title=caption)
    paragraphs = (Paragraph(text, "caption"),)
    return (Block(block_id, caption, f"[{block_id}]", paragraphs, sources=tuple(sources), chart=chart),)


# Levels of implementation -------------------------------------------------------------------------------


def status_chart(given: Given) -> tuple[Block, ...]:
    """Levels of implementation, a bar for each theme; many themes are gathered."""
    groups = _by_theme(given, given.records.of_kind("recommendation"))
    return _levels(given, ("status", phrases.CHART_STATUS), groups)


def positions_chart(given: Given) -> tuple[Block, ...]:
    """Levels of implementation, a bar for each position."""
    outcomes = given.records.of_kind("recommendation")
    groups = {
        given.position(key): [outcome for outcome in outcomes if outcome.item.current_position == key]
        for key in positions(given)
    }
    return _levels(given, ("positions", phrases.CHART_POSITIONS), groups)


def _levels(given: Given, about: tuple[str, str], groups: Groups) -> tuple[Block, ...]:
    """A stacked bar for each group; nothing where no level of implementation is known at all."""
    name, caption = about
    used = {outcome.status for outcomes in groups.values() for outcome in outcomes}
    if used <= {NO_INFORMATION, ""}:
        return ()
    keys = statuses(given)
    tones = {key: index / (len(keys) - 2) for index, key in enumerate(keys[:-1])}
    counts = [Counter(outcome.status for outcome in outcomes) for outcomes in groups.values()]
    series = [
        Series(key, given.status_label(key), tuple(count[key] for count in counts), tones.get(key))
        for key in keys
        if key in used
    ]
    return chart_block(name, caption, _chart("stacked", caption, tuple(groups), series))


def _by_theme(given: Given, outcomes: Sequence[Outcome]) -> Groups:
    """The recommendations of each theme; of more themes than fit those of one chapter are together, then the
    smallest ones."""
    themes = order_themes(given, outcomes)
    names = {theme.theme: theme.theme or phrases.OTHER_THEMES for theme in themes}
    if len(themes) > MOST:
        names = {theme.theme: theme.chapter or names[theme.theme] for theme in themes}
    groups: dict[str, list[Outcome]] = {}
    for theme in themes:
        mine = (outcome for outcome in outcomes if outcome.item.theme == theme.theme)
        groups.setdefault(names[theme.theme], []).extend(mine)
    bars = _bars({name: len(told) for name, told in groups.items()}, phrases.CHART_OTHER_THEMES)
    return {bar: [o for name in names for o in groups[name]] for bar, names in bars.items()}


def _bars(sizes: Mapping[str, int], others: str) -> Mapping[str, Sequence[str]]:
    """The bars in which groups are drawn: one each, and the smallest ones together where they are many."""
    if len(sizes) <= MOST:
        return {name: [name] for name in sizes}
    ranked = sorted(sizes, key=lambda name: -sizes[name])  # stable: else in their order
    kept = set(ranked[: MOST - 1])
    rest = [name for name in sizes if name not in kept]
    return {**{name: [name] for name in sizes if name in kept}, others.format(count=len(rest)): rest}


# Who answered, and what is needed -----------------------------------------------------------------------


def coverage_chart(given: Given) -> tuple[Block, ...]:
    """For each body, how many of its recommendations it gave information on: the counts of Annex III."""
    outcomes = given.records.of_kind("recommendation")
    asked: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for agency in given.register.agencies:
        mine = [outcome for outcome in outcomes if agency.id in outcome.item.agencies]
        if mine:
            name = given.agency(agency.id)
            asked[name] += len(mine)
            told[name] += sum(any(a.agency == agency.id for a in o.answers) for o in mine)
    if not any(told.values()):
        return ()
    bars = _bars(asked, phrases.CHART_OTHER_BODIES)
    informed = tuple(sum(told[name] for name in names) for names in bars.values())
    silent = tuple(sum(asked[name] - told[name] for name in names) for names in bars.values())
    series = [
        Series("informed", phrases.CHART_INFORMED, informed),
        Series("silent", phrases.CHART_SILENT, silent, None),
    ]
    caption = phrases.CHART_COVERAGE
    return chart_block("coverage", caption, _chart("stacked", caption, tuple(bars), series))


def assistance_chart(given: Given) -> tuple[Block, ...]:
    """Needs for assistance, a bar for each kind."""
    records = given.records.tables.get("assistance", ())
    counts = Counter(record.text("kind") for record in records)
    shown = [c for c in given.schema("assistance").column("kind").choices if counts[c.key]]
    series = Series("needs", phrases.CHART_NEEDS, tuple(counts[choice.key] for choice in shown), 0.2)
    labels = tuple(choice.label for choice in shown)
    caption = phrases.CHART_ASSISTANCE
    chart = _chart("bars", caption, labels, [series])
    sources = (source for record in records for source in sources_of(record, ("kind",)))
    return chart_block("assistance", caption, chart, sources)


# What a chart says --------------------------------------------------------------------------------------


def _chart(
    kind: Literal["bars", "stacked"], title: str, categories: tuple[str, ...], series: Sequence[Series]
) -> Chart:
    return Chart(kind, categories, tuple(series), _alternative(title, categories, series))


def _alternative(title: str, categories: Sequence[str], series: Sequence[Series]) -> str:
    """Every number where they are few; else the sums and the longest bars."""
    told = "; ".join(_bar_told(category, series, index) for index, category in enumerate(categories))
    if len(told) > LONG:
        sums = ", ".join(f"{one.name} {sum(one.values)}" for one in series if any(one.values))
        told = f"{phrases.CHART_IN_ALL.format(told=sums)}. {_longest(categories, series)}"
    return phrases.CHART_ALTERNATIVE.format(title=title, told=told)


def _bar_told(category: str, series: Sequence[Series], index: int) -> str:
    if not series[1:]:
        return f"{category} {series[0].values[index]}"
    pieces = [f"{one.name} {one.values[index]}" for one in series if one.values[index]]
    return f"{category}: {', '.join(pieces) or '0'}"


def _longest(categories: Sequence[str], series: Sequence[Series]) -> str:
    sums = [sum(one.values[index] for one in series) for index in range(len(categories))]
    longest = sorted(range(len(categories)), key=lambda index: -sums[index])[:_TOLD]
    told = "; ".join(f"{categories[index]} {sums[index]}" for index in longest)
    return phrases.CHART_LONGEST.format(told=told)
