"""What an agency that returned a sheet still owes: its rows without an answer, by number and topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from uprreport.collect.combine import combine_answers
from uprreport.collect.expected import Expected
from uprreport.language import Language, phrase
from uprreport.model import Agency, Kind, Recommendation, Submission
from uprreport.text import number_runs

_KINDS: Mapping[Kind, str] = {
    "recommendation": phrase("Recommendations"),
    "pledge": phrase("Voluntary pledges"),
    "observation": phrase("Observations of the High Commissioner"),
}


def unanswered(expected: Expected, agency: Agency, own: Sequence[Submission]) -> tuple[Recommendation, ...]:
    """The items assigned to an agency that none of its submissions answers, in the register's order.

    ``own`` are the agency's submissions; without one, all its items. Not among them are rows that it marked
    as not its own (that is the coordinator's to decide), members of a group of which it answered one, and
    anything once its latest sheet declares that there is nothing to report.
    """
    if declares_nothing(own):
        return ()
    answers = combine_answers(own)[0]
    done = {a.number for a in answers if a.is_answer or a.values.get("not_ours") == "yes"}
    items = expected.register.assigned_to(agency.id)
    groups = {item.group for item in items if item.group and item.number in done}
    return tuple(item for item in items if item.number not in done and item.group not in groups)


def declares_nothing(own: Sequence[Submission]) -> bool:
    """Whether the latest of an agency's submissions declares that there is nothing to report."""
    last = max(own, key=lambda s: (s.rank, s.file), default=None)
    return last is not None and last.cover.values.get("nothing_to_report") == "yes"


def by_topic(items: Sequence[Recommendation], language: Language) -> tuple[str, ...]:
    """The items as lines of a letter, ``Right to education: 140.7, 140.11–140.14``, in their order.

    The topic is the primary theme; of pledges, observations and items without a theme it is what they are.
    """
    topics: dict[str, list[str]] = {}
    for item in items:
        topics.setdefault(item.theme or language(_KINDS[item.kind]), []).append(item.number)
    return tuple(f"{topic}: {', '.join(number_runs(found))}" for topic, found in topics.items())
