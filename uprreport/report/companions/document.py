"""The record set for other programs: what ``schemas/export.schema.json`` describes.

Recommendations hold answers, answers hold fields; where a value was read stands only under ``sources``. What
only the coordinator is to know is not part of it: open questions, who withholds, who is late.
"""

from __future__ import annotations

from typing import Any

from uprreport.model import Link, Outcome
from uprreport.model.as_json import item_to_json, record_to_json
from uprreport.report.given import Given

VERSION = 1
"""Goes up when a reader of the last version would misread the next one."""


def export_document(given: Given) -> dict[str, Any]:
    """The record set as JSON values; it holds no withheld text and no remark."""
    settings, records = given.settings, given.records
    links = [link for link in given.register.links if link.confirmed != "no"]
    tables = ("assistance", "actions", "practices", "consultations")
    return {
        "format": "uprreport export",
        "version": VERSION,
        "as_of": given.today.isoformat(),
        "review": {
            "id": settings.id,
            "state": settings.state,
            "cycle": settings.cycle,
            "session": settings.session,
            "report_symbol": settings.report_symbol,
            "addendum_symbol": settings.addendum_symbol,
        },
        "agencies": [{"id": a.id, "name": a.name, "role": a.role} for a in given.register.agencies],
        "recommendations": [_outcome(outcome, links) for outcome in records.of_kind("recommendation")],
        "pledges": [_outcome(outcome, links) for outcome in records.of_kind("pledge")],
        "observations": [_outcome(outcome, links) for outcome in records.of_kind("observation")],
        **{name: [record_to_json(record) for record in records.tables.get(name, ())] for name in tables},
    }


def _outcome(outcome: Outcome, links: list[Link]) -> dict[str, Any]:
    return {
        **item_to_json(outcome.item),
        "status": outcome.status,
        "answers": [{"role": answer.role, **record_to_json(answer)} for answer in outcome.answers],
        "links": [_link(link) for link in links if link.number == outcome.item.number],
    }


def _link(link: Link) -> dict[str, Any]:
    names = ("mechanism", "symbol", "paragraph", "text", "year", "url")
    return {name: getattr(link, name) for name in names}
