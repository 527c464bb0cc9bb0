"""The ledger: every recommendation is in exactly one part, and every agency's part is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, get_args

from uprreport.collect.expected import Expected
from uprreport.model import (
    NO_INFORMATION,
    Agency,
    AgencyLedger,
    Outcome,
    Part,
    Recommendation,
    Record,
    RecordSet,
)
from uprreport.text import natural_key

PARTS: tuple[Part, ...] = get_args(Part)


def outcome_of(
    item: Recommendation,
    answers: tuple[Record, ...],
    withheld_by: tuple[str, ...],
    came: Collection[str],
    decided: tuple[str, str] | Literal["open"] | None,
) -> Outcome:
    """Where one recommendation stands.

    ``answers`` are the publishable ones, ``withheld_by`` the agencies whose answer is not, ``came`` the
    agencies whose sheet has come. ``decided`` is the status and reason of a decision on different
    statuses, ``"open"`` while there is none, None when the agencies agree.
    """
    lead = item.agencies[0] if item.agencies else ""
    awaited = tuple(agency for agency in item.agencies if agency not in came)
    of_lead = next((answer for answer in answers if answer.agency == lead and answer.is_answer), None)
    status = of_lead.text("status") if of_lead else ""
    reason = ""
    part: Part
    if not item.agencies:
        part = "unassigned"
    elif decided == "open":
        part, status = "contested", ""
    elif decided is not None:
        part = "answered"
        status, reason = decided
    elif of_lead is not None:
        part = "answered"
    elif lead in withheld_by:
        part = "withheld"
    else:
        part = "awaited" if lead in awaited else "empty"
    return Outcome(item, part, status or NO_INFORMATION, answers, withheld_by, awaited, reason)


def share_groups(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """A group is answered once: members without an answer stand where the answered one stands."""
    answered: dict[str, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda o: natural_key(o.item.number)):
        if outcome.item.group and outcome.part == "answered":
            answered.setdefault(outcome.item.group, outcome)
    return tuple(_shared(outcome, answered.get(outcome.item.group)) for outcome in outcomes)


def _shared(outcome: Outcome, other: Outcome | None) -> Outcome:
    if other is None or outcome.part not in ("awaited", "empty"):
        return outcome
    told = f"see {other.item.number}"
    return Outcome(outcome.item, "answered", other.status, outcome.answers, outcome.withheld_by, (), told)


def agency_ledgers(
    expected: Expected,
    answered: Mapping[str, Collection[str]],
    came: Collection[str],
    errors: Mapping[str, int],
) -> tuple[AgencyLedger, ...]:
    """Each agency's part: ``answered`` maps its id to the numbers it answered, withheld ones included."""
    agencies = expected.register.agencies
    returned = {agency.id: (agency.id in came, errors.get(agency.id, 0)) for agency in agencies}
    return tuple(_agency_ledger(a, expected, answered.get(a.id, ()), returned[a.id]) for a in agencies)


def _agency_ledger(
    agency: Agency, expected: Expected, answered: Collection[str], returned: tuple[bool, int]
) -> AgencyLedger:
    came, errors = returned
    assigned = expected.register.assigned_to(agency.id)
    own = sum(item.number in answered for item in assigned)
    empty = len(assigned) - own if came else 0
    due = expected.settings.sheets_due
    state: Literal["returned", "partial", "late", "awaited"] = "awaited"
    if came:
        state = "partial" if empty else "returned"
    elif due is not None and expected.today > due and assigned:
        state = "late"
    return AgencyLedger(agency.id, agency.name, len(assigned), len(answered), empty, errors, state)


def count_parts(records: RecordSet) -> dict[str, int]:
    """``{"total": n, "answered": n, …}`` of the recommendations; the parts add up to the total."""
    outcomes = records.of_kind("recommendation")
    parts = Counter(outcome.part for outcome in outcomes)
    order: tuple[Part, ...] = ("answered", "contested", "withheld", "empty", "awaited", "unassigned")
    return {"total": len(outcomes), **{part: parts[part] for part in order}}


def status_document(records: RecordSet, steps: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What ``status --format json`` prints (DESIGN: JSON on stdout)."""
    agencies = [
        {
            "id": agency.id,
            "name": agency.name,
            "assigned": agency.assigned,
            "answered": agency.answered,
            "empty": agency.empty,
            "errors": agency.errors,
            "state": agency.state,
        }
        for agency in records.agencies
    ]
    late = [agency.id for agency in records.agencies if agency.state == "late"]
    return {"recommendations": count_parts(records), "agencies": agencies, "late": late, "next": list(steps)}
