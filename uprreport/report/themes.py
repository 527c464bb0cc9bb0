"""The chapters that follow the themes: supported recommendations, and noted ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from uprreport.model import Block, Look, Outcome, Paragraph, Theme
from uprreport.report import phrases
from uprreport.report.gathered import with_gathered
from uprreport.report.given import Given, sources_of
from uprreport.report.ids import name_themes, short_name
from uprreport.report.notes import cited, noted
from uprreport.report.recommendations import PRINTED, first_block, numbered, unit_blocks
from uprreport.report.tongues import of_answers, of_register
from uprreport.report.units import Unit, group_members, make_units
from uprreport.report.voice import in_sequence, is_sentence, lines
from uprreport.text import fold, natural_key, words

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
    told: list[Unit] = []
    chapter = ""
    for place in _places(given, prefix, outcomes):
        if place.theme.chapter != chapter:
            chapter = place.theme.chapter
            if chapter:
                blocks.append(_heading(given, f"{prefix}-chapter:{short_name(chapter, 60)}", chapter, 0))
        blocks += _blocks_of(given, place)
        told += () if place.theme.narrative else place.units
    return with_gathered(given, blocks, told)


@dataclass(frozen=True, slots=True)
class Told:
    """Where the body tells of a recommendation: under which theme, in which block, and its challenges.

    ``in_own_words`` says that the coordinator wrote of it in a narrative, ``goes_on`` that this has several
    paragraphs, ``challenges_follow`` that its challenges do not stand in the first one of theirs.
    """

    theme: str
    block: str
    challenges: str
    in_own_words: bool = False
    goes_on: bool = False
    challenges_follow: bool = False


def told_where(given: Given) -> Mapping[str, Told]:
    """Where the body tells of each recommendation, by its number."""
    supported, noted = by_position(given)
    found: dict[str, Told] = {}
    homes: dict[str, str] = {}
    for prefix, outcomes in (("theme", supported), ("noted", noted)):
        for place in _places(given, prefix, outcomes):
            met = _met(place)
            for unit in place.units:
                told = _told(given, place, met, unit)
                found |= {outcome.item.number: told for outcome in unit.outcomes}
                homes |= {outcome.item.number: unit.see for outcome in unit.outcomes if unit.see}
    return found | {number: found[home] for number, home in homes.items() if home in found}


def _told(given: Given, place: _Place, met: Sequence[Sequence[Met]], unit: Unit) -> Told:
    title, narrative = _title(given, place.theme), lines(place.theme.narrative)
    if narrative:
        block = f"{place.id}/narrative"
        several = len(narrative) > 1
        return Told(title, block, block, in_own_words=True, goes_on=several, challenges_follow=several)
    follows = bool(met) and not any(unit in units for _, units in met[0])
    return Told(title, first_block(given, unit), f"{place.id}/challenges", challenges_follow=follows)


def by_position(given: Given) -> tuple[list[Outcome], list[Outcome]]:
    """The recommendations that are not noted at present, and those that are: a chapter each."""
    outcomes = given.records.of_kind("recommendation")
    noted = [outcome for outcome in outcomes if outcome.item.current_position == "noted"]
    return [outcome for outcome in outcomes if outcome.item.current_position != "noted"], noted


def _places(given: Given, prefix: str, outcomes: Sequence[Outcome]) -> Iterator[_Place]:
    groups = group_members(given.records.of_kind("recommendation"))
    themes = _without_own_chapters(order_themes(given, outcomes))
    names = name_themes(theme.theme for theme in _all_themes(given))
    for theme in themes:
        mine = [outcome for outcome in outcomes if outcome.item.theme == theme.theme]
        level = 1 if theme.chapter else 0
        here = theme if prefix == "theme" else _without_told_narrative(given, theme)
        yield _Place(f"{prefix}:{names[theme.theme]}", level, here, make_units(mine, groups))


def _without_own_chapters(themes: Sequence[Theme]) -> list[Theme]:
    """A chapter that holds one theme and is called like it would be the same heading twice."""
    held = Counter(theme.chapter for theme in themes)
    return [
        replace(theme, chapter="")
        if held[theme.chapter] == 1 and fold(theme.chapter) == fold(theme.theme)
        else theme
        for theme in themes
    ]


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
    yield from _challenges(given, place)


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


Met = tuple[str, tuple[Unit, ...]]
"""A challenge as it was described, and the units that met it."""


def _met(place: _Place) -> list[list[Met]]:
    """The challenges of a theme by paragraph; units that met the same ones stand together.

    Where each is one sentence they read on as running text, else each has a paragraph.
    """
    texts: dict[str, list[Unit]] = {}
    for unit in place.units:
        if text := in_sequence(answer.text("challenges") for answer in unit.answers):
            texts.setdefault(text, []).append(unit)
    found: list[list[Met]] = []
    runs_on = all(is_sentence(text) for text in texts)
    for text, units in texts.items():
        length = sum(words(told) for told, _ in found[-1]) if found else 0
        if not runs_on or not found or length + words(text) > RUNNING:
            found.append([])
        found[-1].append((text, tuple(units)))
    return found


RUNNING = 120
"""Words up to which a paragraph of challenges runs on."""


def _challenges(given: Given, place: _Place) -> Iterator[Block]:
    """The challenges under a theme, below their heading: agencies describe them by recommendation."""
    met = _met(place)
    if not met:
        return
    units = [unit for told in met for _, several in told for unit in several]
    answers = [answer for unit in units for answer in unit.answers]
    heading = Paragraph(given.say(phrases.CHALLENGES), _HEADINGS[place.level + 1])
    yield Block(f"{place.id}/challenges-heading", given.say(phrases.CHALLENGES), "", (heading,))
    yield Block(
        id=f"{place.id}/challenges",
        title=given.say(phrases.TITLE_CHALLENGES, theme=_title(given, place.theme)),
        label=f"[{given.ranges([o.item.number for unit in units for o in unit.outcomes])}]",
        paragraphs=tuple(paragraph for told in met for paragraph in _told_together(given, told)),
        sources=tuple(source for answer in answers for source in sources_of(answer, ("challenges",))),
    )


def _told_together(given: Given, met: Sequence[Met]) -> tuple[Paragraph, ...]:
    """Challenges in one paragraph, with one endnote that names all who met them."""
    units = [unit for _, several in met for unit in several]
    numbers = [outcome.item.number for unit in units for outcome in unit.outcomes]
    answers = [answer for unit in units for answer in unit.answers]
    text = in_sequence(text for text, _ in met)
    told = numbered(text, of_answers(given, answers, ("challenges",)))
    return noted(told, cited(given, numbers, f"numbers:{numbers[0]}"))
