"""The record set as JSON: ``build/records.json``, held against ``schemas/records.schema.json``.

Recommendations hold answers, answers hold fields; where a value was read from stands only under ``sources``.
"""

from __future__ import annotations

from typing import Any

from uprreport.collect.ledger import count_parts
from uprreport.counts import count_printed
from uprreport.model import Outcome, RecordSet
from uprreport.model.as_json import item_to_json, record_to_json
from uprreport.review import Settings


def records_document(settings: Settings, records: RecordSet) -> dict[str, Any]:
    """The record set as JSON values; it holds no withheld text and no remark."""
    return {
        "review": {
            "id": settings.id,
            "state": settings.state,
            "cycle": settings.cycle,
            "session": settings.session,
            "report_symbol": settings.report_symbol,
            "addendum_symbol": settings.addendum_symbol,
            "round": settings.round,
        },
        "counts": count_parts(records),
        "printed": count_printed(records),
        "recommendations": [_outcome(outcome) for outcome in records.of_kind("recommendation")],
        "pledges": [_outcome(outcome) for outcome in records.of_kind("pledge")],
        "observations": [_outcome(outcome) for outcome in records.of_kind("observation")],
        **{name: [record_to_json(record) for record in rows] for name, rows in records.tables.items()},
        "withheld": dict(records.withheld),
        "open_questions": list(records.open_questions),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        **item_to_json(outcome.item),
        "part": outcome.part,
        "status": outcome.status,
        "reason": outcome.reason,
        "awaited_from": list(outcome.awaited_from),
        "withheld_by": list(outcome.withheld_by),
        "answers": [{"role": answer.role, **record_to_json(answer)} for answer in outcome.answers],
    }
