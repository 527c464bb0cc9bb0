"""The words that people type in place of a list's labels: each means one value of its list, or is offered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from uprreport.language import LANGUAGES, load_language
from uprreport.review import load_shipped_schema
from uprreport.schema import Column, RowPlace, read_row, read_schema
from uprreport.text import fold, unaccented
from uprreport.values import choice_of, choices_near
from uprreport.vocabulary import synonyms_by_language, unclear_labels

TABS = (
    "progress",
    "assistance",
    "consultations",
    "cover",
    "agencies",
    "recommendations",
    "practices",
    "links",
)
LISTS = {
    f"{tab}.{column.name}": column
    for tab in TABS
    for column in load_shipped_schema(tab).columns
    if column.choices and (tab, column.name) != ("progress", "role")  # which the tool fills in
}
STATUS = LISTS["progress.status"]
SHIPPED = json.loads(
    (Path(__file__).parent.parent / "uprreport" / "locale" / "synonyms.json").read_text(encoding="utf-8")
)

lists = pytest.mark.parametrize("column", LISTS.values(), ids=LISTS)


@lists
def test_synonyms__every_list__has_some_in_every_language(column: Column) -> None:
    missing = {"fr", "es"} if {choice.key for choice in column.choices} == {"yes", "no"} else set()
    for code in set(LANGUAGES) - missing:
        told = [
            word for choice in column.choices for word in synonyms_by_language(choice.label).get(code, ())
        ]
        assert told, code


@lists
def test_synonyms__each__means_one_value_of_its_list(column: Column) -> None:
    for choice in column.choices:
        for word in choice.synonyms:
            for typed in (word, word.upper(), unaccented(word), f" {word}. "):
                assert choice_of(column, typed) == choice.key, typed


@lists
def test_synonyms__none__is_the_label_of_another_value(column: Column) -> None:
    labels = {
        unaccented(fold(load_language(code)(choice.label))): choice.key
        for code in LANGUAGES
        for choice in column.choices
    }
    for choice in column.choices:
        for word in choice.synonyms:
            assert labels.get(unaccented(fold(word)), choice.key) == choice.key, word


@lists
def test_unclear__each_word__is_offered_and_never_read(column: Column) -> None:
    labels = [choice.label for choice in column.choices]
    for word in SHIPPED["unclear"]:
        if offered := [label for label in unclear_labels(word) if label in labels]:
            assert choice_of(column, word) == "", word
            assert list(choices_near(column, word)) == offered


def test_synonyms__every_label__is_one_of_the_lists() -> None:
    labels = {choice.label for column in LISTS.values() for choice in column.choices}
    assert set(SHIPPED["synonyms"]) <= labels
    assert {label for offered in SHIPPED["unclear"].values() for label in offered} <= labels


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Fully implemented", "implemented"),
        ("Completed", "implemented"),
        ("Ongoing", "in progress"),
        ("In the process of implementation", "in progress"),
        ("No action", "not implemented"),
        ("Continuing", "continuous"),
        ("выполнено", "implemented"),
        ("Частично выполнено", "partially implemented"),
        ("İcra olunub", "implemented"),
        ("ICRA OLUNUB", "implemented"),
        ("Qismen icra olunub", "partially implemented"),
        ("İcra olunur", "in progress"),
        ("Mise en œuvre partiellement", "partially implemented"),
        ("Partiellement mis en oeuvre", "partially implemented"),
        ("En proceso de implementación", "in progress"),
        ("منفذ جزئيا", "partially implemented"),
        ("部分落实", "partially implemented"),
        ("in progess", ""),
        ("Davam edir", ""),
        ("Pending", ""),
    ],
)
def test_choice_of__status_as_people_type_it(typed: str, key: str) -> None:
    assert choice_of(STATUS, typed) == key


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("in progess", "; did you mean In progress?"),
        ("Davam edir", "; did you mean In progress or Continuous?"),
        ("Not fully implemented", "; did you mean Partially implemented, In progress or Not implemented?"),
        ("Implementd", "; did you mean Implemented?"),
        ("See the annex", ""),
    ],
)
def test_hint__near_miss__offers_the_choice_and_takes_nothing(typed: str, offered: str) -> None:
    place = RowPlace("f", "Progress", 2, {"status": "C2"})
    row, (finding,) = read_row(load_shipped_schema("progress"), place, {"number": "140.1", "status": typed})
    assert "status" not in row.values
    assert finding.code == "value-not-in-list"
    assert (
        finding.hint.removeprefix(
            "choose Implemented, Partially implemented, In progress, Planned, Continuous or Not implemented"
        )
        == offered
    )


def test_schema_of_a_review__own_list__wins_over_the_shipped_words() -> None:
    spec = {
        "title": "Status",
        "enum": ["done", "ongoing", "closed"],
        "x-labels": {"done": "Implemented", "ongoing": "Ongoing", "closed": "In progress"},
        "x-synonyms": {"done": ["ready"]},
    }
    own = read_schema({"$id": "x/own.schema.json", "title": "Own", "properties": {"status": spec}})
    column = own.column("status")
    read = [choice_of(column, word) for word in ("Ongoing", "ready", "Completed", "under way")]
    assert read == ["ongoing", "done", "", "closed"]
