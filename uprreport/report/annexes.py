"""Annexes II to VI: the recommendations by goal, by agency and in figures; an index by recommending State.

They answer "what happened to our recommendation?" from each side. None repeats a text of the body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from uprreport.model import Block, Outcome, Recommendation, TableColumn
from uprreport.report import phrases
from uprreport.report.given import Given
from uprreport.report.tables import Row, statuses, table_block
from uprreport.report.themes import order_themes
from uprreport.report.tongues import of_item, of_register
from uprreport.text import fold, natural_key


def goals_annex(given: Given) -> tuple[Block, ...]:
    """Annex II: each recommendation under each of its Sustainable Development Goals, with targets."""
    rows = []
    outcomes = given.records.of_kind("recommendation")
    goals = sorted({goal for outcome in outcomes for goal in outcome.item.sdgs}, key=natural_key)
    for goal in goals:
        for outcome in _in_order(outcome for outcome in outcomes if goal in outcome.item.sdgs):
            item = outcome.item
            targets = [target for target in item.sdg_targets if target.partition(".")[0] == goal]
            shown = given.numbers(sorted(targets, key=natural_key)) or "–"
            cells = [goal, shown, item.number, given.wording(item), given.status(outcome)]
            rows.append(Row(f"{goal}/{item.number}", cells, of_item(given, item)))
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_GOAL), 0.7),
        TableColumn(say(phrases.COLUMN_TARGETS), 1.2),
        TableColumn(say(phrases.COLUMN_RECOMMENDATION), 1.7),
        TableColumn(say(phrases.COLUMN_TEXT), 7),
        TableColumn(say(phrases.COLUMN_LEVEL), 2, fact=True),
    )
    return table_block(given, "annex-2", columns, rows)


def agencies_annex(given: Given) -> tuple[Block, ...]:
    """Annex III: which body answers for which recommendations, and for how many information was received."""
    items = [outcome.item for outcome in given.records.of_kind("recommendation")]
    informed = {o.item.number: {a.agency for a in o.answers} for o in given.records.of_kind("recommendation")}
    rows = []
    for agency in given.register.agencies:
        led = _numbers(item for item in items if item.lead == agency.id)
        supported = _numbers(item for item in items if agency.id in item.supporting)
        if led or supported:
            told = sum(agency.id in agencies for agencies in informed.values())
            cells = [given.agency(agency.id), given.ranges(led) or "–", given.ranges(supported) or "–"]
            rows.append(Row(agency.id, [*cells, str(len(led) + len(supported)), str(told)]))
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_BODY), 3),
        TableColumn(say(phrases.COLUMN_ANSWERS_FOR), 4.5),
        TableColumn(say(phrases.COLUMN_SUPPORTS), 4.5),
        TableColumn(say(phrases.COLUMN_NUMBER), 1, digits=True),
        TableColumn(say(phrases.COLUMN_INFORMED), 1.7, digits=True),
    )
    return table_block(given, "annex-3", columns, rows)


def statistics_annex(given: Given) -> tuple[Block, ...]:
    """Annex IV: themes by level of implementation, and positions; rows and columns add up."""
    outcomes = given.records.of_kind("recommendation")
    used = [key for key in statuses(given) if any(outcome.status == key for outcome in outcomes)]
    rows = []
    for theme in order_themes(given, outcomes):
        mine = [outcome for outcome in outcomes if outcome.item.theme == theme.theme]
        cells = [theme.theme or given.say(phrases.OTHER_THEMES), *_counts(mine, used)]
        rows.append(Row(theme.theme, cells, of_register(given, (theme.theme,))))
    if rows:
        rows.append(Row("total", [given.say(phrases.TOTAL), *_counts(outcomes, used)]))
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_THEME), 4.5),
        *(TableColumn(given.status_label(key), 1.5, digits=True) for key in used),
        TableColumn(say(phrases.TOTAL), 1, digits=True),
    )
    return table_block(given, "annex-4", columns, rows)


def states_annex(given: Given) -> tuple[Block, ...]:
    """Annex VI: the recommendations of each recommending State, with their levels of implementation."""
    by_state: dict[str, list[Outcome]] = {}
    for outcome in given.records.of_kind("recommendation"):
        for state in dict.fromkeys(outcome.item.recommending_states):
            by_state.setdefault(state, []).append(outcome)
    rows = [
        Row(state, [state, *_of_state(given, by_state[state])], of_register(given, (state,)))
        for state in sorted(by_state, key=lambda state: (fold(state), state))
    ]
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_STATE), 3),
        TableColumn(say(phrases.COLUMN_RECOMMENDATIONS_LEVEL), 8, fact=True),
        TableColumn(say(phrases.COLUMN_NUMBER), 1, digits=True),
    )
    return table_block(given, "annex-6", columns, rows)


def _of_state(given: Given, outcomes: Sequence[Outcome]) -> list[str]:
    by_status: dict[str, list[str]] = {}
    for outcome in _in_order(outcomes):
        by_status.setdefault(given.status(outcome), []).append(outcome.item.number)
    told = given.listed_apart(
        given.say(phrases.STATUS_NUMBERS, status=status, numbers=given.ranges(numbers))
        for status, numbers in by_status.items()
    )
    return [told, str(len(outcomes))]


def _in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda outcome: natural_key(outcome.item.number))


def _numbers(items: Iterable[Recommendation]) -> list[str]:
    return [item.number for item in items]


def _counts(outcomes: Sequence[Outcome], keys: Sequence[str]) -> list[str]:
    counts = Counter(outcome.status for outcome in outcomes)
    return [*(str(counts[key]) for key in keys), str(len(outcomes))]
