"""Extract by Sustainable Development Goal and target, for the Voluntary National Review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from uprreport.files.word.letter import Grid, Line, Page
from uprreport.language import phrase
from uprreport.report import phrases
from uprreport.report.companions.entries import Entry
from uprreport.report.companions.pages import NONE, make_page, opening
from uprreport.report.given import Given
from uprreport.report.tables import statuses
from uprreport.text import natural_key

TITLE = phrase("Human rights recommendations by Sustainable Development Goal")
ABOUT = phrase(
    "An extract of the follow-up to the Universal Periodic Review for the Voluntary National Review: under "
    "each goal and target, the recommendations that concern it, their status, and of the measures the first "
    "sentence of each agency's answer. A recommendation can concern several goals and targets. Goals are "
    "those of OHCHR's list and of the targets; targets are proposals where no agency corrected them."
)
WITHOUT = phrase("Without a goal")


def vnr_page(given: Given, entries: Sequence[Entry]) -> Page:
    """The extract as a document."""
    by_goal = {
        str(n): [e for e in entries if str(n) in goals_of(e)] for n in range(1, len(phrases.GOAL_NAMES) + 1)
    }
    told = {goal: found for goal, found in by_goal.items() if found}
    parts: list[Line | Grid] = [*opening(given, TITLE), Line(given.say(ABOUT))]
    if told:
        head = (phrases.COLUMN_GOAL, phrases.COLUMN_NUMBER, phrases.COLUMN_LEVEL)
        rows = [tuple(given.say(heading) for heading in head)]
        rows += [(goal_title(given, g), str(len(found)), _counts(given, found)) for g, found in told.items()]
        parts += [Line(given.say(phrase("Overview")), "Heading1"), Grid(rows, (6, 2, 8), head=True)]
    for goal, found in told.items():
        table = Grid(list(_rows(given, goal, found)), (2, 8, 4, 9), head=True)
        parts += [Line(goal_title(given, goal), "Heading1"), table]
    without = [entry.number for entry in entries if not goals_of(entry)]
    if without:
        parts += [Line(given.say(WITHOUT), "Heading1"), Line(given.numbers(without))]
    return make_page(given, TITLE, parts)


def goals_of(entry: Entry) -> frozenset[str]:
    """The goals of a recommendation: those of the list, and those of its targets."""
    return frozenset((*entry.outcome.item.sdgs, *(target.partition(".")[0] for target in entry.targets)))


def goal_title(given: Given, goal: str) -> str:
    """``Goal 16: Peace, justice and strong institutions``."""
    return given.say(phrase("Goal {number}: {name}"), number=goal, name=phrases.GOAL_NAMES[int(goal) - 1])


def _counts(given: Given, entries: Sequence[Entry]) -> str:
    tally = given.counts.whole.among(entry.number for entry in entries)
    return given.listed_apart(
        given.say(phrases.STATUS_NUMBERS, status=given.status_label(key), numbers=str(tally.count(key)))
        for key in statuses(given)
        if tally.count(key)
    )


def _rows(given: Given, goal: str, entries: Sequence[Entry]) -> Iterator[tuple[str, ...]]:
    """The heading row, then the recommendations of each target, and last those without one."""
    head = (
        phrase("Target"),
        phrases.COLUMN_RECOMMENDATION,
        phrases.COLUMN_STATUS,
        phrase("Measures in short"),
    )
    yield tuple(given.say(heading) for heading in head)
    targets = sorted({t for e in entries for t in e.targets if t.partition(".")[0] == goal}, key=natural_key)
    for target in targets:
        for entry in (entry for entry in entries if target in entry.targets):
            yield _row(given, target, entry)
    for entry in entries:
        if not set(entry.targets) & set(targets):
            yield _row(given, NONE, entry)


def _row(given: Given, target: str, entry: Entry) -> tuple[str, ...]:
    told = f"{entry.number} {given.wording(entry.outcome.item)}"
    return target, told, entry.status, in_short(entry) or NONE


def in_short(entry: Entry) -> str:
    """The first sentence of each agency's measures, one a line."""
    if entry.see:
        return entry.measures[0]
    texts = (answer.text("measures") for answer in entry.outcome.answers)
    return "\n".join(dict.fromkeys(first_sentence(text) for text in texts if text.strip()))


_END = re.compile(r"[.!?…؟][\"'»”’)\]]*(?=\s)|[。！？]")
_SHORT = 3


def first_sentence(text: str) -> str:
    """The first sentence of a text's first line; a point after a short word, as in ``No. 3``, ends none."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    for match in _END.finditer(line):
        word = re.split(r"[\s(\[]", line[: match.start()])[-1]
        following = line[match.end() :].lstrip()[:1]
        is_word = len(word) > _SHORT or any(sign.isdigit() for sign in word) or match[0] in "。！？"
        if is_word and not following.islower():
            return line[: match.end()]
    return line
