"""The chapters that follow the themes: supported recommendations, and noted ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from uprreport.model import Block, Look, Outcome, Paragraph, Theme
from uprreport.report import phrases
from uprreport.report.given import Given, sources_of
from uprreport.report.ids import name_themes, short_name
from uprreport.report.notes import cited, noted
from uprreport.report.recommendations import PRINTED, first_block, numbered, unit_blocks
from uprreport.report.tongues import of_answers, of_register, untranslated
from uprreport.report.units import Unit, group_members, make_units
from uprreport.report.voice import in_sequence, lines
from uprreport.text import natural_key

_HEADINGS: tuple[Look, ...] = ("heading2", "heading3", "heading4")


@dataclass(frozen=True, slots=True)
class _Place:
    """A theme in a chapter: the first part of its blocks' ids, its level of headings, its units."""

    id: str
    level: int
    theme: Theme
    units: tuple[Unit, ...]


def theme_blocks(given: Given, prefix: str, outcomes: Sequence[Outcome]) -> tuple[Block, ...]:
    """The blocks of one chapter, theme by theme; ``prefix`` opens their ids (``theme`` or ``noted``).

    Themes that the coordinator gathered under a chapter of their own stand one level below its heading.
    """
    blocks: list[Block] = []
    chapter = ""
    for place in _places(given, prefix, outcomes):
        if place.theme.chapter != chapter:
            chapter = place.theme.chapter
            if chapter:
                blocks.append(_heading(given, f"{prefix}-chapter:{short_name(chapter, 60)}", chapter, 0))
        blocks += _blocks_of(given, place)
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class Told:
    """Where the body tells of a recommendation: under which theme, in which block.

    ``in_text`` says whether its answers' own words stand there: not where the coordinator wrote a narrative.
    """

    theme: str
    block: str
    in_text: bool


def told_where(given: Given) -> Mapping[str, Told]:
    """Where the body tells of each recommendation, by its number."""
    supported, noted = by_position(given)
    found: dict[str, Told] = {}
    homes: dict[str, str] = {}
    for prefix, outcomes in (("theme", supported), ("noted", noted)):
        for place in _places(given, prefix, outcomes):
            title = _title(given, place.theme)
            for unit in place.units:
                told = Told(title, first_block(given, unit), not place.theme.narrative)
                found |= {outcome.item.number: told for outcome in unit.outcomes}
                homes |= {outcome.item.number: unit.see for outcome in unit.outcomes if unit.see}
    return found | {number: found[home] for number, home in homes.items() if home in found}


def by_position(given: Given) -> tuple[list[Outcome], list[Outcome]]:
    """The recommendations that are not noted at present, and those that are: a chapter each."""
    outcomes = given.records.of_kind("recommendation")
    noted = [outcome for outcome in outcomes if outcome.item.current_position == "noted"]
    return [outcome for outcome in outcomes if outcome.item.current_position != "noted"], noted


def _places(given: Given, prefix: str, outcomes: Sequence[Outcome]) -> Iterator[_Place]:
    groups = group_members(given.records.of_kind("recommendation"))
    themes = order_themes(given, outcomes)
    names = name_themes(theme.theme for theme in _all_themes(given))
    for theme in themes:
        mine = [outcome for outcome in outcomes if outcome.item.theme == theme.theme]
        level = 1 if theme.chapter else 0
        here = theme if prefix == "theme" else _without_told_narrative(given, theme)
        yield _Place(f"{prefix}:{names[theme.theme]}", level, here, make_units(mine, groups))


def _without_told_narrative(given: Given, theme: Theme) -> Theme:
    """A theme of the noted ones: its narrative stands here only where no supported one prints it."""
    others = (o for o in given.records.of_kind("recommendation") if o.item.current_position != "noted")
    return replace(theme, narrative="") if any(o.item.theme == theme.theme for o in others) else theme


def _all_themes(given: Given) -> tuple[Theme, ...]:
    """Every theme of the register, and those that only a recommendation names."""
    known = {theme.theme: theme for theme in given.register.themes}
    for outcome in given.records.of_kind("recommendation"):
        known.setdefault(outcome.item.theme, Theme(outcome.item.theme))
    return tuple(known.values())


def order_themes(given: Given, outcomes: Sequence[Outcome]) -> tuple[Theme, ...]:
    """The themes that some outcomes have, as the coordinator ordered them, else as the list has them.

    Themes of one chapter stay together, where the first of them stands.
    """
    used = {outcome.item.theme for outcome in outcomes}
    themes = [theme for theme in _all_themes(given) if theme.theme in used]
    themes.sort(key=lambda theme: (theme.order is None, theme.order or 0))  # stable: else the list's order
    first: dict[str, int] = {}
    for index, theme in enumerate(themes):
        if theme.chapter:
            first.setdefault(theme.chapter, index)
    at = {theme.theme: first.get(theme.chapter, index) for index, theme in enumerate(themes)}
    return tuple(sorted(themes, key=lambda theme: at[theme.theme]))


def _blocks_of(given: Given, place: _Place) -> Iterator[Block]:
    yield _heading(given, f"{place.id}/heading", _title(given, place.theme), place.level)
    yield _reference(given, place)
    if place.theme.narrative:
        yield _narrative(given, place)
        return
    for unit in place.units:
        yield from unit_blocks(given, unit)
    challenges = _challenges(given, place)
    if challenges is not None:
        yield challenges


def _title(given: Given, theme: Theme) -> str:
    return theme.theme or given.say(phrases.OTHER_THEMES)


def _heading(given: Given, block_id: str, title: str, level: int) -> Block:
    told = Paragraph(title, _HEADINGS[level], foreign=of_register(given, (title,)))
    return Block(block_id, title, "", (told,))


def _reference(given: Given, place: _Place) -> Block:
    """The line under a theme's heading: numbers as ranges, goals."""
    items = [outcome.item for unit in place.units for outcome in unit.outcomes]
    numbers = given.ranges([item.number for item in items])
    text = given.say(phrases.REFERENCE if len(items) > 1 else phrases.REFERENCE_ONE, numbers=numbers)
    goals = sorted({goal for item in items for goal in item.sdgs}, key=natural_key)
    if goals:
        text += given.say(phrases.GOALS if len(goals) > 1 else phrases.GOAL, goals=given.numbers(goals))
    title = given.say(phrases.TITLE_REFERENCES, theme=_title(given, place.theme))
    label = f"[{given.say(phrases.REFERENCES_LABEL)}]"
    return Block(f"{place.id}/reference", title, label, (Paragraph(text, "reference"),))


def _narrative(given: Given, place: _Place) -> Block:
    """The coordinator's own text for a theme; the answers beneath it are its sources."""
    answers = [answer for unit in place.units for answer in unit.answers]
    told = [outcome.item.number for unit in place.units for outcome in unit.outcomes]
    written = [Paragraph(line) for line in lines(place.theme.narrative)]
    return Block(
        id=f"{place.id}/narrative",
        title=given.say(phrases.TITLE_NARRATIVE, theme=_title(given, place.theme)),
        label=f"[{given.ranges(told)} · register.xlsx]",
        paragraphs=noted(written, cited(given, told)),
        sources=(
            *given.own("themes", place.theme.theme, "narrative", place.theme.narrative),
            *(s for answer in answers for s in sources_of(answer, ("status", *PRINTED, "challenges"))),
        ),
        beneath=tuple((unit.numbers, _told_beneath(given, unit)) for unit in place.units),
    )


def _told_beneath(given: Given, unit: Unit) -> str:
    """What the agencies answered on a unit, for an editor who writes the text about it."""
    statuses = given.listed(dict.fromkeys(given.status(outcome) for outcome in unit.outcomes))
    texts = in_sequence(a.text(name) for name in (*PRINTED, "challenges") for a in unit.answers)
    return f"{statuses}. {texts}" if texts else statuses


def _challenges(given: Given, place: _Place) -> Block | None:
    """The challenges of a theme below a heading of their own: a paragraph for each unit that met any.

    Units that met the same ones share a paragraph.
    """
    texts: dict[str, list[Unit]] = {}
    for unit in place.units:
        if text := in_sequence(answer.text("challenges") for answer in unit.answers):
            texts.setdefault(text, []).append(unit)
    met = [unit for units in texts.values() for unit in units]
    if not met:
        return None
    numbers = given.ranges([outcome.item.number for unit in met for outcome in unit.outcomes])
    heading = Paragraph(given.say(phrases.CHALLENGES), _HEADINGS[place.level + 1])
    answers = [answer for unit in met for answer in unit.answers]
    return Block(
        id=f"{place.id}/challenges",
        title=given.say(phrases.TITLE_CHALLENGES, theme=_title(given, place.theme)),
        label=f"[{numbers}]",
        paragraphs=(
            heading,
            *(told for text, units in texts.items() for told in _met(given, text, units)),
        ),
        sources=tuple(source for answer in answers for source in sources_of(answer, ("challenges",))),
        comments=tuple(untranslated(given, answers, ("challenges",))),
    )


def _met(given: Given, text: str, units: Sequence[Unit]) -> tuple[Paragraph, ...]:
    """The challenges that some units met, with an endnote that names them."""
    numbers = [outcome.item.number for unit in units for outcome in unit.outcomes]
    answers = [answer for unit in units for answer in unit.answers]
    told = numbered(text, of_answers(given, answers, ("challenges",)))
    return noted(told, cited(given, numbers, f"numbers:{numbers[0]}"))
