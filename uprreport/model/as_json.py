"""Values, recommendations and records as every JSON document of the tool has them."""

from __future__ import annotations

import datetime
from typing import Any

from uprreport.model.cells import Value
from uprreport.model.records import Record
from uprreport.model.register import Recommendation


def to_json(value: Value) -> Any:
    """A value as JSON has it: dates as ISO text, several values as an array."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def item_to_json(item: Recommendation) -> dict[str, Any]:
    """A recommendation, pledge or observation as every JSON document of the tool has it."""
    return {
        "number": item.number,
        "text": item.text,
        "text_local": item.text_local,
        "recommending_states": list(item.recommending_states),
        "position": item.position,
        "position_now": item.position_now,
        "position_reason": item.position_reason,
        "source_of_position": item.source_of_position,
        "theme": item.theme,
        "themes": list(item.themes),
        "persons": list(item.persons),
        "sdgs": list(item.sdgs),
        "sdg_targets": list(item.sdg_targets),
        "lead": item.lead,
        "supporting": list(item.supporting),
        "group": item.group,
    }


def record_to_json(record: Record) -> dict[str, Any]:
    """A record's fields; where each was read stands only under ``sources``."""
    sources = [
        {"field": s.field, "file": s.file, "sheet": s.sheet, "cell": s.cell, "agency": s.agency}
        for s in record.sources
    ]
    fields = {name: to_json(value) for name, value in record.fields.items()}
    return {"agency": record.agency, "fields": fields, "sources": sources}
