"""Annexes II to VI: the recommendations by goal, by agency and in figures; an index by recommending State.

They answer "what happened to our recommendation?" from each side. None repeats a text of the body.
"""

from __future__ import annotations

from collections.abc import Sequence

from uprreport.counts import Tally
from uprreport.model import Block, TableColumn
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
        mine = (outcome for outcome in outcomes if goal in outcome.item.sdgs)
        for outcome in sorted(mine, key=lambda outcome: natural_key(outcome.item.number)):
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
    rows = []
    for agency, body in given.counts.bodies.items():
        cells = [given.agency(agency), given.ranges(body.leads) or "–", given.ranges(body.supports) or "–"]
        rows.append(Row(agency, [*cells, str(body.asked), str(len(body.informed))]))
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
    counts = given.counts
    used = [key for key in statuses(given) if counts.whole.count(key)]
    rows = []
    for theme in order_themes(given, given.records.of_kind("recommendation")):
        cells = [theme.theme or given.say(phrases.OTHER_THEMES), *_counts(counts.themes[theme.theme], used)]
        rows.append(Row(theme.theme, cells, of_register(given, (theme.theme,))))
    if rows:
        rows.append(Row("total", [given.say(phrases.TOTAL), *_counts(counts.whole, used)]))
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_THEME), 4.5),
        *(TableColumn(given.status_label(key), 1.5, digits=True) for key in used),
        TableColumn(say(phrases.TOTAL), 1, digits=True),
    )
    return table_block(given, "annex-4", columns, rows)


def states_annex(given: Given) -> tuple[Block, ...]:
    """Annex VI: the recommendations of each recommending State, with their levels of implementation."""
    states = given.counts.states
    rows = [
        Row(state, [state, *_of_state(given, states[state])], of_register(given, (state,)))
        for state in sorted(states, key=lambda state: (fold(state), state))
    ]
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_STATE), 3),
        TableColumn(say(phrases.COLUMN_RECOMMENDATIONS_LEVEL), 8, fact=True),
        TableColumn(say(phrases.COLUMN_NUMBER), 1, digits=True),
    )
    return table_block(given, "annex-6", columns, rows)


def _of_state(given: Given, tally: Tally) -> list[str]:
    told = given.listed_apart(
        given.say(
            phrases.STATUS_NUMBERS, status=given.status_label(key), numbers=given.ranges(tally.numbers[key])
        )
        for key in statuses(given)
        if tally.count(key)
    )
    return [told, str(tally.total)]


def _counts(tally: Tally, keys: Sequence[str]) -> list[str]:
    return [*(str(tally.count(key)) for key in keys), str(tally.total)]
