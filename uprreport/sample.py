"""Shipped samples, kept as TOML so that a diff can show them: read into the values that stages take.

``register.toml`` holds agencies, themes, recommendations, pledges, observations and links;
``submissions/<agency>.toml`` what an agency typed, by the labels that it saw, mistakes included.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uprreport.model import (
    Abbreviation,
    Agency,
    ErrorCell,
    Filled,
    Kind,
    Link,
    OwnText,
    Recommendation,
    Register,
    Theme,
)

FREE_TABLES = ("assistance", "actions", "practices", "consultations")


@dataclass(frozen=True, slots=True)
class SampleSubmission:
    """A sheet as an agency filled it, and the name under which it came back."""

    file: str
    agency: str
    round: int
    filled: Filled


def read_register(path: Path) -> Register:
    """The register of a sample, as typed: blank leads stay blank."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return Register(
        recommendations=_items(document, "recommendations", "recommendation"),
        themes=tuple(Theme(**_tuples(entry)) for entry in document.get("themes", ())),
        agencies=tuple(Agency(**entry) for entry in document.get("agencies", ())),
        links=tuple(Link(**entry) for entry in document.get("links", ())),
        abbreviations=tuple(Abbreviation(**entry) for entry in document.get("abbreviations", ())),
        texts=tuple(OwnText(**entry) for entry in document.get("texts", ())),
        pledges=_items(document, "pledges", "pledge"),
        observations=_items(document, "observations", "observation"),
    )


def _items(document: Mapping[str, Any], table: str, kind: Kind) -> tuple[Recommendation, ...]:
    return tuple(Recommendation(kind=kind, **_tuples(entry)) for entry in document.get(table, ()))


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def read_submissions(folder: Path) -> tuple[SampleSubmission, ...]:
    """What the agencies of a sample sent back, in the order of their files."""
    return tuple(_submission(path) for path in sorted(folder.glob("*.toml")))


def _submission(path: Path) -> SampleSubmission:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    filled = Filled(
        cover=_cells(document.get("cover", {})),
        progress={row["number"]: _progress_cells(row) for row in document.get("progress", ())},
        tables={tab: tuple(_cells(row) for row in document.get(tab, ())) for tab in FREE_TABLES},
    )
    return SampleSubmission(document["file"], document["agency"], document["round"], filled)


def _progress_cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of one row; ``overwrite`` names those in which the agency damaged what was pre-filled."""
    typed = {name: value for name, value in row.items() if name not in ("number", "overwrite")}
    return _cells({**typed, **row.get("overwrite", {})})


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return ErrorCell(value["error"]) if isinstance(value, dict) else value
