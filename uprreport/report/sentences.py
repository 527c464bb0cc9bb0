"""The report's own sentences: paragraphs that a template places (``{{ paragraphs.positions }}``).

Each sentence stands only where rows say so, and names only what occurs in them. None names the State: no
language could decline every name. How numbers stand in them is told in ``numerals``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from uprreport.language import Phrase, phrase
from uprreport.model import Outcome, Record
from uprreport.report import phrases
from uprreport.report.given import Given

Facts = Mapping[str, Any]
Sentences = Iterator[str]

RECEIVED = phrase(
    "The Government received {count:# recommendation|# recommendations} in the {cycle} cycle of the "
    "Universal Periodic Review."
)
AT_REVIEW = phrase("At the time of the review, {told}.")
POSITIONS = {
    "supported": phrase("{count:# was|# were} supported"),
    "supported in part": phrase("{count:# was|# were} supported in part"),
    "noted": phrase("{count:# was|# were} noted"),
    "under consideration": phrase("{count:# was|# were} under consideration"),
    "": phrase("no position was recorded on {count}"),
}
"""What was said of recommendations by their position, as parts of ``AT_REVIEW`` and ``REVISED``."""
REVISED = phrase("After the position on {count:# recommendation|# recommendations} had been revised, {told}.")
COVERED = phrase("This report covers supported and noted recommendations alike.")
STATUS_TABLE = phrase("Table {table} shows the levels of implementation by present position.")

ASSIGNED = phrase("Responsibility for the recommendations rests with {count:# body|# bodies}.")
ASSIGNED_SOME = phrase(
    "Responsibility for {assigned} of the {all} recommendations rests with {count:# body|# bodies}."
)
INFORMED = phrase(
    "This report contains information on {all:the recommendation|each of the # recommendations}."
)
INFORMED_SOME = phrase("This report contains information on {informed} of the {all} recommendations.")
SETTLED = phrase(
    "The level of implementation is given for {settled} of them and is under clarification for {open}."
)
UNSETTLED = phrase("The level of implementation is under clarification.")
WITHHELD = phrase(
    "Of the other {count:# recommendation|# recommendations}, {withheld:# was|# were} answered, but not for "
    "publication."
)
PROVIDED = phrase("The information was provided by {count:# body|# bodies}.")
CONCERNS = phrase("It concerns {told}.")
ASPECTS = {
    "status": phrase("the level of implementation"),
    "measures": phrase("the measures taken"),
    "challenges": phrase("the challenges met"),
    "next_steps": phrase("the next steps"),
    "assistance_needed": phrase("the need for assistance"),
}
"""What answers are about, by the cell that says so, as parts of ``CONCERNS``."""
CUT_OFF = phrase("The cut-off date for information is {day}.")

CONSULTED = phrase("{count:A consultation was|Consultations were} held with {told}.")
CONSULTED_UNNAMED = phrase("{count:A consultation was|Consultations were} held.")
CONSULTATIONS_TABLE = phrase("Details are given in table {table}.")
PARTNERS = {
    "parliament": phrase("parliament"),
    "judiciary": phrase("the judiciary"),
    "nhri": phrase("the national human rights institution"),
    "local": phrase("local authorities"),
    "civil society": phrase("civil society"),
    "un": phrase("the United Nations"),
    "other": phrase("other partners"),
}
"""Who was consulted, by kind, as parts of ``CONSULTED``."""

BY_THEME = phrase("The recommendations are presented by theme in the following paragraphs.")
INCLUDED = phrase("They include {told}.")
INCLUDED_KINDS = {
    "supported in part": phrase("{count:# recommendation|# recommendations} supported in part"),
    "under consideration": phrase("{count:# recommendation|# recommendations} under consideration"),
    "": phrase("{count:# recommendation|# recommendations} without a recorded position"),
}
"""What the chapter on supported recommendations covers besides, as parts of ``INCLUDED``."""
ANNEX_TABLE = phrase("Table {table} lists every recommendation with its level of implementation.")

NOTED = phrase(
    "The following paragraphs concern {count:the recommendation that is|the # recommendations that are} "
    "noted at present."
)
REASONS = phrase("Where a reason for the position was stated, it is given.")
RELEVANT = phrase("Relevant measures are described without prejudice to that position.")
CHANGED = phrase(
    "Since the review, the position on the following {count:recommendation|# recommendations} has been "
    "revised."
)
OBSERVED = phrase(
    "The following paragraphs set out {count:the observation|the # observations} of the Office of the United "
    "Nations High Commissioner for Human Rights."
)
LINKED = phrase(
    "Table {table} relates {count:# recommendation|# recommendations} to corresponding recommendations of "
    "other human rights mechanisms."
)
GOALS = phrase(
    "Table {table} relates {count:# recommendation|# recommendations} to the Sustainable Development Goals."
)
TARGETS = phrase(
    "Table {table} relates {count:# recommendation|# recommendations} to the Sustainable Development Goals "
    "and their targets."
)
TYPES = phrase("The type of challenge was indicated for {count:# recommendation|# recommendations}.")
SEVERAL_TYPES = phrase("One recommendation may be counted under several types.")
NEEDS = phrase(
    "The following {count:need|# needs} for technical assistance and capacity-building {count:has|have} been "
    "identified."
)
PLANNED = phrase("Table {table} sets out {count:# planned action|# planned actions}.")


def paragraphs_of(given: Given, facts: Facts) -> Mapping[str, str]:
    """The paragraphs by name, in the report's language; empty where no row has anything to say."""
    between = given.say(phrases.SENTENCES, first="", second="")
    return {name: between.join(tell(given, facts)) for name, tell in PARAGRAPHS.items()}


def clauses(told: Sequence[Phrase]) -> Phrase:
    """``a, b and c`` of several clauses, as a part of one sentence."""
    *before, last = told
    joined = before[0] if before else last
    for clause in before[1:]:
        joined = phrase("{clause}, {another}", clause=joined, another=clause)
    return phrase("{clause} and {another}", clause=joined, another=last) if before else joined


def _counted(kinds: Mapping[str, Phrase], counts: Mapping[str, int]) -> Phrase | None:
    told = [Phrase(text, {"count": counts[key]}) for key, text in kinds.items() if counts.get(key)]
    return clauses(told) if told else None


def _now(given: Given) -> Mapping[str, int]:
    """The recommendations by their present position."""
    return {key: tally.total for key, tally in given.counts.positions.items()}


def _recommendations(given: Given) -> tuple[Outcome, ...]:
    return tuple(given.records.of_kind("recommendation"))


def _answers(outcomes: Iterable[Outcome]) -> Iterator[Record]:
    return (answer for outcome in outcomes for answer in outcome.answers)


# Summary and method -------------------------------------------------------------------------------------


def _positions(given: Given, facts: Facts) -> Sentences:
    outcomes, notes = _recommendations(given), facts["notes"]
    if not outcomes:
        return
    yield given.say(RECEIVED, count=len(outcomes), cycle=facts["review"]["cycle"]) + notes["report"]
    if told := _counted(POSITIONS, given.counts.at_review):
        yield given.say(AT_REVIEW, told=told) + notes["positions"]
    now = _counted(POSITIONS, _now(given))
    if given.counts.moved and now:
        yield given.say(REVISED, count=len(given.counts.moved), told=now)
    if {"supported", "noted"} <= given.counts.positions.keys():
        yield given.say(COVERED)
    if table := facts["tables"]["status"]:
        yield given.say(STATUS_TABLE, table=table)


def _responsibility(given: Given, _facts: Facts) -> Sentences:
    outcomes = _recommendations(given)
    assigned = sum(bool(outcome.item.agencies) for outcome in outcomes)
    bodies = len({agency for outcome in outcomes for agency in outcome.item.agencies})
    if assigned == len(outcomes) and bodies:
        yield given.say(ASSIGNED, count=bodies)
    elif bodies:
        yield given.say(ASSIGNED_SOME, assigned=assigned, all=len(outcomes), count=bodies)


def _coverage(given: Given, facts: Facts) -> Sentences:
    counts = given.counts
    informed, settled = counts.whole.informed, counts.whole.settled
    if informed and informed == counts.whole.total:
        yield given.say(INFORMED, all=informed)
    elif informed:
        yield given.say(INFORMED_SOME, informed=informed, all=counts.whole.total)
    if 0 < settled < informed:
        yield given.say(SETTLED, settled=settled, open=informed - settled)
    elif informed and not settled:
        yield given.say(UNSETTLED)
    if informed and counts.tells_apart:
        yield given.say(WITHHELD, count=counts.whole.total - informed, withheld=len(counts.withheld))
    answers = tuple(_answers(_recommendations(given)))
    if counts.informing:
        yield given.say(PROVIDED, count=len(counts.informing))
    aspects = [text for name, text in ASPECTS.items() if any(_says(answer, name) for answer in answers)]
    if aspects:
        yield given.say(CONCERNS, told=given.enumerated(given.say(text) for text in aspects))
    if day := facts["report"]["cut_off"]:
        yield given.say(CUT_OFF, day=day)


def _says(answer: Record, name: str) -> bool:
    text = answer.text(name)
    return text == "yes" if name == "assistance_needed" else bool(text)


def _consultations(given: Given, facts: Facts) -> Sentences:
    records = given.records.tables.get("consultations", ())
    if not records:
        return
    kinds = {record.text("kind") for record in records}
    named = [text for key, text in PARTNERS.items() if key in kinds]
    if named:
        told = given.enumerated(given.say(text) for text in named)
        yield given.say(CONSULTED, count=len(records), told=told)
    else:
        yield given.say(CONSULTED_UNNAMED, count=len(records))
    yield given.say(CONSULTATIONS_TABLE, table=facts["tables"]["consultations"])


# Recommendations ----------------------------------------------------------------------------------------


def _implementation(given: Given, facts: Facts) -> Sentences:
    yield given.say(BY_THEME)
    if told := _counted(INCLUDED_KINDS, _now(given)):
        yield given.say(INCLUDED, told=told)
    if table := facts["tables"]["annex_1"]:
        yield given.say(ANNEX_TABLE, table=table)


def _noted(given: Given, _facts: Facts) -> Sentences:
    noted = [o for o in _recommendations(given) if o.item.current_position == "noted"]
    if noted:
        yield given.say(NOTED, count=len(noted))
    if any(outcome.item.position_reason for outcome in noted):
        yield given.say(REASONS)
    if any(answer.text("measures") for answer in _answers(noted)):
        yield given.say(RELEVANT)


def _changes(given: Given, facts: Facts) -> Sentences:
    if count := facts["counts"]["changed_positions"]:
        yield given.say(CHANGED, count=count)


def _observations(given: Given, facts: Facts) -> Sentences:
    if count := facts["counts"]["observations"]:
        yield given.say(OBSERVED, count=count)


# Tables -------------------------------------------------------------------------------------------------


def _links(given: Given, facts: Facts) -> Sentences:
    linked = {link.number for link in given.register.links if link.confirmed != "no"}
    if linked:
        yield given.say(LINKED, table=facts["tables"]["links"], count=len(linked))


def _goals(given: Given, facts: Facts) -> Sentences:
    related = [outcome.item for outcome in _recommendations(given) if outcome.item.sdgs]
    shown = any(t.partition(".")[0] in item.sdgs for item in related for t in item.sdg_targets)
    if related:
        sentence = TARGETS if shown else GOALS
        yield given.say(sentence, table=facts["tables"]["goals"], count=len(related))


def _challenges(given: Given, _facts: Facts) -> Sentences:
    types = Counter(number for numbers in given.counts.challenges.values() for number in numbers)
    if types:
        yield given.say(TYPES, count=len(types))
    if any(several > 1 for several in types.values()):
        yield given.say(SEVERAL_TYPES)


def _assistance(given: Given, _facts: Facts) -> Sentences:
    if records := given.records.tables.get("assistance", ()):
        yield given.say(NEEDS, count=len(records))


def _plan(given: Given, facts: Facts) -> Sentences:
    if records := given.records.tables.get("actions", ()):
        yield given.say(PLANNED, table=facts["tables"]["plan"], count=len(records))


PARAGRAPHS: Mapping[str, Callable[[Given, Facts], Sentences]] = {
    "positions": _positions,
    "responsibility": _responsibility,
    "coverage": _coverage,
    "consultations": _consultations,
    "implementation": _implementation,
    "noted": _noted,
    "changes": _changes,
    "observations": _observations,
    "links": _links,
    "goals": _goals,
    "challenges": _challenges,
    "assistance": _assistance,
    "plan": _plan,
}
"""The paragraphs that a template may place, and what makes their sentences."""
