"""A review of the size of a real one: 254 recommendations, 21 agencies, an answer for every row."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

from uprreport.collect.expected import Expected
from uprreport.collect.sheet import sheet_properties, sheet_tabs
from uprreport.files.excel.write import write_workbook
from uprreport.model import Agency, Cells, Filled, Recommendation, Register, Theme
from uprreport.register.workbook import RegisterFile, register_tabs
from uprreport.review import open_review

TODAY = datetime.date(2026, 4, 20)
SETTINGS = """[review]
id = "lar-upr4"
state = "Largeland"
cycle = 4
session = 51

[collection]
due = 2026-04-15
publication = "public"
"""
WORDS = str.split(
    "the ministry adopted a plan opened centres trained officers published figures together "
    "with municipalities after a public consultation in every district and reached more people "
    "than in the year before"
)
STATUSES = ("implemented", "in progress", "planned", "continuous")


def make_large(folder: Path, recommendations: int = 254, agencies: int = 21, supporting: int = 1) -> Path:
    """Write the review folder; the same numbers give the same files.

    Each recommendation has a lead and some supporting agencies, which all answer it.
    """
    rng = random.Random(recommendations)
    folder.mkdir(parents=True)
    (folder / "review.toml").write_text(SETTINGS, encoding="utf-8")
    review, _ = open_review(folder)
    register = _register(rng, recommendations, agencies, supporting)
    review.register.write_bytes(
        write_workbook(
            register_tabs(RegisterFile(register=register), review.schema), properties={}, created=TODAY
        )
    )
    expected = Expected(review.settings, register, review.schema, TODAY)
    review.submissions.mkdir()
    for agency in register.agencies:
        answers = {item.number: _answer(rng) for item in register.assigned_to(agency.id)}
        tabs = sheet_tabs(expected, agency, Filled(progress=answers, cover={"approved_by": "A. Director"}))
        content = write_workbook(tabs, properties=sheet_properties(expected, agency), created=TODAY)
        (review.submissions / f"{agency.id}.xlsx").write_bytes(content)
    return folder


def _register(rng: random.Random, recommendations: int, agencies: int, supporting: int) -> Register:
    ids = [f"a{index:02d}" for index in range(1, agencies + 1)]
    themes = [f"Theme {index}" for index in range(1, 41)]
    items = tuple(
        Recommendation(
            number=f"140.{index}",
            text=f"{_text(rng, 25).capitalize()} ({index})",
            recommending_states=("Chile",),
            position="supported" if index <= recommendations * 0.85 else "noted",
            theme=themes[index % len(themes)],
            themes=(themes[index % len(themes)],),
            sdgs=(str(index % 17 + 1),),
            lead=ids[index % agencies],
            supporting=tuple(ids[(index + step) % agencies] for step in range(1, supporting + 1)),
        )
        for index in range(1, recommendations + 1)
    )
    return Register(items, tuple(Theme(t) for t in themes), tuple(Agency(i, f"Agency {i}") for i in ids))


def _answer(rng: random.Random) -> Cells:
    return {
        "status": rng.choice(STATUSES),
        "measures": f"{_text(rng, 40).capitalize()}.",
        "legal_act": "Act No. 5 of 2025",
        "challenges": f"{_text(rng, 15).capitalize()}.",
        "next_steps": f"{_text(rng, 12).capitalize()}.",
    }


def _text(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(count))
