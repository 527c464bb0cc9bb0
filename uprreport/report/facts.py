"""What a template's placeholders may name, such as ``{{ review.state }}`` or ``{{ counts.supported }}``."""

from __future__ import annotations

from collections import Counter
from typing import Any

from uprreport.model import NO_INFORMATION
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


def _counts(given: Given) -> dict[str, int]:
    records = given.records
    outcomes = records.of_kind("recommendation")
    counts = {
        "recommendations": len(outcomes),
        "informed": sum(outcome.status != NO_INFORMATION for outcome in outcomes),
        "themes": len({outcome.item.theme for outcome in outcomes}),
        "agencies": sum(agency.assigned > 0 for agency in records.agencies),
        "returned": sum(
            agency.assigned > 0 and agency.state in ("returned", "partial") for agency in records.agencies
        ),
        "pledges": len(records.of_kind("pledge")),
        "observations": len(records.of_kind("observation")),
        "changed_positions": sum(
            bool(o.item.position_now) and o.item.position_now != o.item.position for o in outcomes
        ),
    }
    at_review = Counter(outcome.item.position for outcome in outcomes)
    for choice in given.schema("recommendations").column("position").choices:
        counts[choice.key.replace(" ", "_")] = at_review[choice.key]
    status = Counter(outcome.status for outcome in outcomes)
    for choice in given.schema("progress").column("status").choices:
        counts[choice.key.replace(" ", "_")] = status[choice.key]
    return counts
