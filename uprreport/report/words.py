"""Chapters in words: foreword, summary, developments, conclusion.

Their sentences are made from counts alone, and say no more than those; the coordinator's own text stands
beside them (register.xlsx, tab Texts), or a mark for editors where one is expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from uprreport.counts import Tally, unit_of
from uprreport.findings import Finding, Location
from uprreport.model import NO_INFORMATION, UNDER_CLARIFICATION, Block, Look, Paragraph, Register
from uprreport.report import phrases
from uprreport.report.given import Given
from uprreport.report.tongues import of_register
from uprreport.report.voice import in_sequence, lines

_DONE, _NOT_DONE = "implemented", "not implemented"
_THEMES = 5
"""Themes that a sentence names at most."""


def foreword(given: Given) -> Iterator[Block]:
    """The coordinator's foreword; nothing where there is none."""
    yield from _own(given, "foreword", phrases.FOREWORD, "continued")


def developments(given: Given) -> Iterator[Block]:
    """The coordinator's text on developments since the review, or a mark for it."""
    mark = Paragraph(given.say(phrases.MARK_DEVELOPMENTS), placeholder=True)
    title, label = given.say(phrases.DEVELOPMENTS), f"[{given.say(phrases.DEVELOPMENTS_LABEL)}]"
    told = tuple(Paragraph(line) for line in lines(given.register.own_text("developments")))
    comments = () if told else (given.say(phrases.COMMENT_DEVELOPMENTS),)
    sources = given.own("texts", "developments", "text", given.register.own_text("developments"))
    yield Block("text:developments", title, label, told or (mark,), sources=sources, comments=comments)


def summary(given: Given) -> Iterator[Block]:
    """What was achieved and what remains: sentences from the counts, then the coordinator's own words."""
    told = [in_sequence(_achieved(given)), in_sequence(_remaining(given))]
    yield from _sentences(given, "text:summary", phrases.SUMMARY, told)
    yield from _expected(given, "summary", phrases.SUMMARY, phrases.MARK_SUMMARY)


def conclusion(given: Given) -> Iterator[Block]:
    """What follows: sentences from what was answered, then the coordinator's own words."""
    yield from _sentences(given, "text:conclusion", phrases.CONCLUSION, [in_sequence(_ahead(given))])
    yield from _expected(given, "conclusion", phrases.CONCLUSION, phrases.MARK_CONCLUSION)


def unplaced_texts(register: Register, unplaced: Iterable[str], template: str) -> tuple[Finding, ...]:
    """The coordinator's own texts that a template has no place for; ``unplaced`` are its missing sections."""
    missing = [name for name in unplaced if register.own_text(name)]
    if not missing:
        return ()
    places = ", ".join(f"{{{{ blocks.{name} }}}}" for name in missing)
    return (
        Finding("text-unplaced", Location(template), value=", ".join(missing), details={"places": places}),
    )


# Blocks -----------------------------------------------------------------------------------------------


def _sentences(given: Given, block_id: str, title: str, told: Iterable[str]) -> Iterator[Block]:
    foreign = of_register(given, given.counts.themes)
    paragraphs = tuple(Paragraph(text, foreign=foreign) for text in told if text)
    if paragraphs:
        yield Block(block_id, given.say(title), f"[{given.say(title)}]", paragraphs)


def _own(given: Given, part: str, title: str, look: Look = "numbered") -> Iterator[Block]:
    """The coordinator's own text for a part of the report."""
    text = given.register.own_text(part)
    paragraphs = tuple(Paragraph(line, look) for line in lines(text))
    if paragraphs:
        label = f"[{given.say(title)} · register.xlsx]"
        sources = given.own("texts", part, "text", text)
        yield Block(f"text:{part}-own", given.say(title), label, paragraphs, sources=sources)


def _expected(given: Given, part: str, title: str, mark: str) -> Iterator[Block]:
    """The coordinator's own text, or a mark where it is expected."""
    told = tuple(_own(given, part, title))
    if told:
        yield from told
        return
    missing = Paragraph(given.say(mark), placeholder=True)
    comments = (given.say(phrases.COMMENT_TEXTS),)
    yield Block(f"text:{part}-own", given.say(title), f"[{given.say(title)}]", (missing,), comments=comments)


# Sentences --------------------------------------------------------------------------------------------


def _achieved(given: Given) -> Iterator[str]:
    whole = given.counts.whole
    done = whole.count(_DONE)
    if done:
        yield given.say(phrases.SUMMARY_IMPLEMENTED, count=done)
        yield _themes(given, _DONE)
    others = [
        given.say(phrases.LEVEL_COUNT, level=given.status_label(key), count=str(whole.count(key)))
        for key in _levels(given, whole)
        if key not in (_DONE, _NOT_DONE)
    ]
    if others:
        form = phrases.SUMMARY_OTHER_LEVELS if done else phrases.SUMMARY_LEVELS
        yield given.say(form, levels=given.enumerated(others))


def _remaining(given: Given) -> Iterator[str]:
    whole = given.counts.whole
    if count := whole.count(_NOT_DONE):
        yield given.say(phrases.SUMMARY_NOT_IMPLEMENTED, count=count)
        yield _themes(given, _NOT_DONE)
    if count := whole.count(UNDER_CLARIFICATION):
        yield given.say(phrases.SUMMARY_UNDER_CLARIFICATION, count=count)
    if count := whole.count(NO_INFORMATION):
        yield given.say(phrases.SUMMARY_NO_INFORMATION, count=count)


def _levels(given: Given, whole: Tally) -> list[str]:
    """The levels that agencies reported, in the order of the list."""
    listed = (choice.key for choice in given.schema("progress").column("status").choices)
    return [key for key in listed if whole.count(key)]


def _themes(given: Given, level: str) -> str:
    """The themes of the recommendations at a level, those with most of them first."""
    counts = {theme: tally.count(level) for theme, tally in given.counts.themes.items()}
    ordered = sorted((theme for theme in counts if counts[theme]), key=lambda theme: -counts[theme])
    named = [
        given.say(
            phrases.THEME_COUNT, theme=theme or given.say(phrases.OTHER_THEMES), count=str(counts[theme])
        )
        for theme in ordered[:_THEMES]
    ]
    form = phrases.SUMMARY_THEMES if len(ordered) > 1 else phrases.SUMMARY_THEME
    form = phrases.SUMMARY_FIRST_THEMES if len(ordered) > _THEMES else form
    return given.say(form, themes=given.listed_apart(named))


def _ahead(given: Given) -> Iterator[str]:
    told: Mapping[str, int] = {
        phrases.CONCLUSION_STEPS: _described(given, "next_steps"),
        phrases.CONCLUSION_CHALLENGES: _described(given, "challenges"),
        phrases.CONCLUSION_NEEDS: len(given.records.tables.get("assistance", ())),
        phrases.CONCLUSION_ACTIONS: len(given.records.tables.get("actions", ())),
    }
    return (given.say(form, count=count) for form, count in told.items() if count)


def _described(given: Given, field: str) -> int:
    """For how many recommendations an answer in the report describes something; a group counts as a whole."""
    outcomes = given.records.of_kind("recommendation")
    units = {unit_of(o.item) for o in outcomes if any(answer.text(field) for answer in o.answers)}
    return sum(unit_of(outcome.item) in units for outcome in outcomes)
