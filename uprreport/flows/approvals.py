"""Signatures: what was offered for signature, kept in ``history/approvals.json``, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from uprreport.collect.fill import Refill
from uprreport.collect.signing import load_offers, settle_approvals, signatures
from uprreport.findings import Finding
from uprreport.model import Submission
from uprreport.review import ReviewFolder


def offers_path(folder: ReviewFolder) -> Path:
    """Where offers are kept."""
    return folder.history / "approvals.json"


def settle_with(
    folder: ReviewFolder,
    submissions: Sequence[Submission],
    findings: Sequence[Finding],
    refill: Callable[[Sequence[Submission]], Refill],
) -> tuple[Finding, ...]:
    """The findings of the submissions once signatures are taken into account.

    ``refill`` gives the present answers of one agency from its submissions.
    """
    offers = load_offers(offers_path(folder))
    if not offers:
        return tuple(findings)
    agencies = {offer.agency for offer in offers}
    own = {name: refill([s for s in submissions if s.agency == name]) for name in agencies}
    return settle_approvals(submissions, offers, own, findings)


def signed_agencies(folder: ReviewFolder, submissions: Sequence[Submission]) -> frozenset[str]:
    """The agencies of which any offer came back signed."""
    offers = load_offers(offers_path(folder))
    return frozenset(signature.submission.agency for signature in signatures(submissions, offers))
