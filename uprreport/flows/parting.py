"""Sheets for departments: an agency's rows divided by the unit that each of them names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from uprreport.collect.fill import Refill
from uprreport.collect.submissions import read_submission
from uprreport.collect.units import Units, split, units_in
from uprreport.findings import UprReportError
from uprreport.flows.base import Result, Review, collect, judge, load, sheet_path
from uprreport.flows.sending import Out, Sheet, asked, refill_of, write_sheet
from uprreport.model import Agency, Filled
from uprreport.steps import Step


def by_unit(path: Path, agencies: Sequence[str], units: Path | None, today: datetime.date) -> Result:
    """Split the sheets of the agencies that name departments, or of the named ones, into their parts.

    Departments are those of the column Unit: of what was returned; before that of the sheets in
    ``sheets/`` and of the file ``units``, of which nothing else is read. Raises ``UprReportError`` when a
    named agency, or all of them, name none.
    """
    review = load(path, today)
    collected = collect(review)
    findings = judge(review, collected)[1]
    out = Out()
    told: list[dict[str, Any]] = []
    for agency in asked(review, agencies):
        made = refill_of(review, collected, agency, findings)
        named = _units(review, agency, made, units)
        if named:
            told += _write_parts(review, agency, replace(made, filled=_with_units(made.filled, named)), out)
        elif agency.id in agencies:
            raise _without_units(agency.id, sheet_path(review, agency))
    if not told:
        raise _without_units("no agency", review.folder.sheets / "AGENCY-r1.xlsx")
    step = Step("send each part to its department, and put what comes back into submissions/", "", "",
                "sheets/")  # fmt: skip
    return out.result(review, {"units": told}, step)


def _without_units(who: str, sheet: Path) -> UprReportError:
    return UprReportError(
        f"{who} names no department for any of its rows",
        f"fill in the column Unit in sheets/{sheet.name}, save it, and run this again; or name another "
        "file in which it is filled in with --units FILE",
    )


def _units(review: Review, agency: Agency, made: Refill, extra: Path | None) -> Units:
    """The departments of each number: as answered, unless a sheet that was edited for this says otherwise."""
    answered = ((n, str(cells.get("unit", ""))) for n, cells in made.filled.progress.items())
    named = {n: tuple(filter(None, map(str.strip, told.split("\n")))) for n, told in answered}
    paths = sorted(review.folder.sheets.glob(f"{agency.id}-*.xlsx"))
    for path in (*paths, *([extra] if extra else [])):
        submission, _ = read_submission(path, review.folder.show(path), review.expected)
        if submission is None:
            if path is extra:
                raise UprReportError(
                    f"{path.name} is not a progress sheet of this review", "name a sheet that uprreport made"
                )
        elif submission.agency == agency.id and not submission.unit:
            named |= units_in(submission.rows["progress"])
    assigned = {item.number for item in review.register.assigned_to(agency.id)}
    return {number: units for number, units in named.items() if units and number in assigned}


def _with_units(filled: Filled, units: Units) -> Filled:
    named = {n: {**filled.progress.get(n, {}), "unit": "\n".join(told)} for n, told in units.items()}
    return replace(filled, progress={**filled.progress, **named})


def _write_parts(review: Review, agency: Agency, made: Refill, out: Out) -> Iterator[dict[str, Any]]:
    """A sheet for each department; the one of the rest has the free tables, too."""
    numbers = [item.number for item in review.register.assigned_to(agency.id)]
    units = {n: tuple(str(cells.get("unit", "")).split("\n")) for n, cells in made.filled.progress.items()}
    units = {n: tuple(filter(None, told)) for n, told in units.items()}
    longer = {
        a.id[len(agency.id) + 1 :] for a in review.register.agencies if a.id.startswith(f"{agency.id}-")
    }
    shared = {name: made.filled.cover[name] for name in ("publication_all",) if name in made.filled.cover}
    for part in split(numbers, units, longer):
        own = {n: cells for n, cells in made.filled.progress.items() if n in part.numbers}
        filled = Filled(shared, own)
        if not part.unit:
            filled = replace(filled, tables=made.filled.tables)
            if not part.numbers and not made.filled.tables:
                continue
        stem = f"{agency.id}-{part.slug}-r{review.folder.settings.round}"
        sheet = write_sheet(review, agency, Sheet(filled, made.edition, part, stem), out)
        yield {
            "agency": agency.id,
            "unit": part.unit or None,
            "file": review.folder.show(sheet),
            "numbers": list(part.numbers),
        }
