"""Who answers: the themes' agencies written into the register."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from uprreport.flows.assigned import load_assigned, save_assigned
from uprreport.flows.base import Result, load
from uprreport.flows.begin import write_register
from uprreport.model import Recommendation, Register
from uprreport.register.assign import assign as assign_agencies
from uprreport.register.assign import effective, moved, unassigned
from uprreport.steps import Facts, Step, next_steps


def assign(path: Path, today: datetime.date) -> Result:
    """Write the themes' agencies into the recommendations that have none of their own.

    Lists what changed, where a person typed another lead than the theme's, and what stays unassigned.
    """
    review = load(path, today)
    before = review.file.register
    earlier = load_assigned(review.folder)
    made = assign_agencies(before, earlier)
    written = write_register(review.folder, review.file.with_register(made.register), today)
    save_assigned(review.folder, made.written)
    changed = moved(before, made.register)
    open_numbers = [item.number for item in unassigned(effective(made.register))]
    document = {
        "assigned": [new.number for old, new in changed if old.number not in earlier],
        "changed": [_told(old, new) for old, new in changed if old.number in earlier],
        "kept": [_beside_theme(item, made.register) for item in made.kept],
        "unassigned": open_numbers,
    }
    facts = Facts(len(made.register.recommendations), len(made.register.agencies), len(open_numbers))
    steps = next_steps(facts)
    if any(item.agencies for item in made.register.recommendations):
        steps = (*steps, _sheets_step(made.register, [pair for pair in changed if pair[0].number in earlier]))
    return Result(document, review.findings, written, steps=steps)


def _told(old: Recommendation, new: Recommendation) -> dict[str, Any]:
    return {
        "number": new.number,
        "lead": new.lead,
        "supporting": list(new.supporting),
        "before": {"lead": old.lead, "supporting": list(old.supporting)},
    }


def _beside_theme(item: Recommendation, register: Register) -> dict[str, str]:
    theme = next(theme for theme in register.themes if theme.theme == item.theme)
    return {"number": item.number, "lead": item.lead, "theme": theme.theme, "theme_lead": theme.lead}


def _sheets_step(register: Register, changed: list[tuple[Recommendation, Recommendation]]) -> Step:
    """Sheets are next: of everybody, or of those whose rows another agency took over."""
    touched = {agency for old, new in changed for agency in {*old.agencies} ^ {*new.agencies}}
    ids = [agency.id for agency in register.agencies if agency.id in touched]
    if not ids:
        return Step(
            "make the progress sheets", "the recommendations are assigned", "uprreport sheets", "sheets/"
        )
    why = f"their rows changed: {', '.join(ids)}"
    return Step("make these progress sheets again", why, f"uprreport sheets {' '.join(ids)}", "sheets/")
