"""The ledger: every recommendation is in exactly one part, and every agency's part is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from uprreport.collect.expected import Expected
from uprreport.model import (
    NO_INFORMATION,
    UNDER_CLARIFICATION,
    Agency,
    AgencyLedger,
    Outcome,
    Part,
    Recommendation,
    Record,
    RecordSet,
    Submission,
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
        part = "contested"
    elif decided is not None:
        part = "answered"
        status, reason = decided
    elif of_lead is not None:
        part = "answered"
    elif lead in withheld_by:
        part = "withheld"
    else:
        part = "awaited" if lead in awaited else "empty"
    if decided == "open" or (not status and answers):
        status = UNDER_CLARIFICATION
    return Outcome(item, part, status or NO_INFORMATION, answers, withheld_by, awaited, reason)


_HAS_ANSWER: tuple[Part, ...] = ("answered", "contested", "withheld")


def share_groups(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """A group is answered once: members without an answer stand where the answered one stands."""
    answered: dict[str, Outcome] = {}
    with_answer = [o for o in outcomes if o.item.group and o.part in _HAS_ANSWER]
    for outcome in sorted(with_answer, key=lambda o: (_HAS_ANSWER.index(o.part), natural_key(o.item.number))):
        answered.setdefault(outcome.item.group, outcome)
    statuses = _group_statuses(outcomes)
    told = (replace(o, status=_group_status(o, statuses.get(o.item.group, ""))) for o in outcomes)
    return tuple(_shared(outcome, answered.get(outcome.item.group)) for outcome in told)


def _shared(outcome: Outcome, other: Outcome | None) -> Outcome:
    if other is None or outcome.part not in ("awaited", "empty"):
        return outcome
    told = f"see {other.item.number}"
    withheld_by = outcome.withheld_by
    if other.part == "withheld":
        withheld_by = tuple(dict.fromkeys((*withheld_by, *other.withheld_by)))
    return replace(outcome, part=other.part, withheld_by=withheld_by, awaited_from=(), reason=told)


_UNSETTLED = (UNDER_CLARIFICATION, NO_INFORMATION)


def _group_statuses(outcomes: Sequence[Outcome]) -> Mapping[str, str]:
    """The status of each group as a whole: the first that is settled, in the order of numbers."""
    found: dict[str, str] = {}
    grouped = (o for o in outcomes if o.item.group and o.status != NO_INFORMATION)
    for outcome in sorted(grouped, key=lambda o: (o.status in _UNSETTLED, natural_key(o.item.number))):
        found.setdefault(outcome.item.group, outcome.status)
    return found


def _group_status(outcome: Outcome, of_group: str) -> str:
    """What stands for one member: its own lead's answer, else the group's.

    Whether its lead is silent or its answer withheld makes no difference: nobody can tell one from the other
    by what is printed.
    """
    lead = outcome.item.agencies[:1]
    is_own = outcome.part == "contested" or any((answer.agency,) == lead for answer in outcome.answers)
    return outcome.status if is_own or outcome.status not in _UNSETTLED else of_group or outcome.status


def agency_ledgers(
    expected: Expected,
    answered: Mapping[str, Collection[str]],
    submissions: Sequence[Submission],
    errors: Mapping[str, int],
) -> tuple[AgencyLedger, ...]:
    """Each agency's part: ``answered`` maps its id to the numbers it answered, withheld ones included.

    Only what is assigned to an agency counts, and a group that it answered once counts for all members: so
    ``assigned`` is ``answered`` and ``empty`` together once its sheet has come.
    """
    came = {submission.agency: _has_nothing_to_report(submission) for submission in _by_rank(submissions)}
    return tuple(
        _agency_ledger(agency, expected, answered.get(agency.id, ()), came.get(agency.id), errors)
        for agency in expected.register.agencies
    )


def _by_rank(submissions: Sequence[Submission]) -> list[Submission]:
    return sorted(submissions, key=lambda s: (s.rank, s.file))


def _has_nothing_to_report(submission: Submission) -> bool:
    return submission.cover.values.get("nothing_to_report") == "yes"


def _agency_ledger(
    agency: Agency,
    expected: Expected,
    answered: Collection[str],
    nothing: bool | None,
    errors: Mapping[str, int],
) -> AgencyLedger:
    """``nothing`` says whether its sheet declares that there is nothing to report; None: none has come."""
    came = nothing is not None
    assigned = expected.register.assigned_to(agency.id)
    groups = {item.group for item in expected.register.items if item.group and item.number in answered}
    own = sum(item.number in answered or item.group in groups for item in assigned)
    empty = len(assigned) - own if came else 0
    due = expected.settings.sheets_due
    state: Literal["returned", "partial", "late", "awaited"] = "awaited"
    if came:
        state = "partial" if empty and not nothing else "returned"
    elif due is not None and expected.today > due and assigned:
        state = "late"
    errors_of = errors.get(agency.id, 0)
    return AgencyLedger(agency.id, agency.name, len(assigned), own, empty, errors_of, state)


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
