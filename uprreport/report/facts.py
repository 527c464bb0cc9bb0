"""What a template's placeholders may name, such as ``{{ review.state }}`` or ``{{ counts.supported }}``."""

from __future__ import annotations

from typing import Any

from uprreport.counts import Tally
from uprreport.model import NO_INFORMATION, UNDER_CLARIFICATION
from uprreport.report import phrases
from uprreport.report.given import Given
from uprreport.report.locales import show_date, show_ordinal


def facts_of(given: Given) -> dict[str, Any]:
    """``review``, ``report`` and ``counts``; every name of them is documented in ``docs/templates.md``."""
    settings = given.settings
    return {
        "review": {
            "state": settings.state,
            "cycle": cycle_of(given),
            "session": show_ordinal(settings.session, settings.language) if settings.session else "",
            "report_symbol": settings.report_symbol,
            "addendum_symbol": settings.addendum_symbol,
        },
        "report": {
            "today": show_date(given.today, settings.language),
            "cut_off": show_date(settings.cut_off, settings.language),
            "due": show_date(settings.due, settings.language),
        },
        "counts": _counts(given),
    }


def cycle_of(given: Given) -> str:
    """The number of the cycle in words, as they stand beside *cycle* in the report's language."""
    return given.say(phrases.CYCLES[given.settings.cycle - 1])


def _counts(given: Given) -> dict[str, Any]:
    """Every number that a sentence may tell; parts of one whole add up (see ``uprreport.counts``)."""
    counts = given.counts
    positions = [choice.key for choice in given.schema("recommendations").column("position").choices]
    return {
        "recommendations": counts.whole.total,
        "informed": counts.whole.informed,
        "settled": counts.whole.settled,
        "under_clarification": counts.whole.count(UNDER_CLARIFICATION),
        "no_information": counts.whole.count(NO_INFORMATION),
        "withheld": len(counts.withheld) if counts.tells_apart else 0,
        "unanswered": len(counts.unanswered) if counts.tells_apart else 0,
        "themes": len(counts.themes),
        "agencies": len(counts.asked),
        "returned": len(counts.informing),
        "pledges": counts.pledges.total,
        "observations": counts.observations.total,
        "changed_positions": len(counts.moved),
        "position_not_known": counts.at_review.get("", 0),
        **{_name(key): counts.at_review.get(key, 0) for key in positions},
        "now": {
            "position_not_known": counts.positions.get("", Tally({})).total,
            **{_name(key): counts.positions.get(key, Tally({})).total for key in positions},
        },
        **{
            _name(choice.key): counts.whole.count(choice.key)
            for choice in given.schema("progress").column("status").choices
        },
    }


def _name(key: str) -> str:
    return key.replace(" ", "_")
