from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from uprreport.findings import UprReportError
from uprreport.review import ReviewFolder, Settings, open_review, shipped, write_file, write_folder

GOOD = """
[review]
id = "exa-upr4"
state = "Examplia"
cycle = 4

[collection]
due = 2026-04-15
agree = [["in progress", "planned"]]
"""


def opened(folder: Path, text: str) -> tuple[object, list[str]]:
    (folder / "review.toml").write_text(text, encoding="utf-8")
    review, findings = open_review(folder)
    return review.settings, [f"{f.code}: {f.message}" for f in findings]


def test_open_review__good_settings__with_defaults(tmp_path: Path) -> None:
    settings, findings = opened(tmp_path, GOOD)
    assert findings == []
    assert settings.sheets_due == datetime.date(2026, 4, 15)  # type: ignore[attr-defined]
    assert settings.word_limit == 10700  # type: ignore[attr-defined]
    assert settings.publication == "needs clearance"  # type: ignore[attr-defined]
    assert settings.agree == frozenset({frozenset({"in progress", "planned"})})  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("own", "language", "expected"),
    [
        (("one.fr.docx", "one.docx"), "fr", "own/one.fr.docx"),
        (("one.docx",), "fr", "own/one.docx"),
        ((), "fr", "shipped/one.fr.docx"),
        ((), "ru", "shipped/one.docx"),
        (("one.ru.docx",), "fr", "shipped/one.fr.docx"),
        ((), "en", "shipped/one.docx"),
    ],
)
def test_template__language__its_variant_first_and_the_folder_s_own_before_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: tuple[str, ...], language: str, expected: str
) -> None:
    places = {"own": tmp_path / "templates", "shipped": tmp_path / "elsewhere"}
    for place in places.values():
        place.mkdir()
    for name in own:
        (places["own"] / name).write_bytes(b"")
    for name in ("one.docx", "one.fr.docx"):
        (places["shipped"] / name).write_bytes(b"")
    monkeypatch.setattr("uprreport.review.shipped", lambda _kind: places["shipped"])
    settings = Settings("exa-upr4", "Examplia", 4, language=language, template="one.docx")
    where, _, name = expected.partition("/")
    assert ReviewFolder(tmp_path, settings).template() == places[where] / name


def test_template__that_is_nowhere__is_looked_for_where_it_would_be_shipped(tmp_path: Path) -> None:
    settings = Settings("exa-upr4", "Examplia", 4, template="none.docx")
    assert ReviewFolder(tmp_path, settings).template() == shipped("templates") / "none.docx"


def test_open_review__unknown_key__setting_unknown_names_the_nearest(tmp_path: Path) -> None:
    _, findings = opened(tmp_path, GOOD + 'languag = "en"\n')
    assert findings == [
        "setting-unknown: [collection] languag is not a setting of this file; did you mean language?"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cycle = 4", 'cycle = "four"', "review.toml: [review] cycle = 'four' cannot be used"),
        ("cycle = 4", "", "review.toml: [review] cycle is missing"),
        ('id = "exa-upr4"', 'id = "Exa 4"', "review.toml: [review] id = 'Exa 4' cannot be used"),
        ("due = 2026-04-15", 'due = "soon"', "review.toml: [collection] due = 'soon' cannot be used"),
        ('"planned"]]', '"done"]]', "review.toml: [collection] agree = 'done' cannot be used"),
        ("[review]", "", "review.toml: the table [review] is missing"),
    ],
)
def test_open_review__unusable_value__stops_with_what_is_expected(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(UprReportError) as stopped:
        opened(tmp_path, GOOD.replace(old, new))
    assert stopped.value.message == message
    assert stopped.value.hint


def test_open_review__no_folder_or_damaged__stops(tmp_path: Path) -> None:
    with pytest.raises(UprReportError, match="is not a review folder"):
        open_review(tmp_path)
    with pytest.raises(UprReportError, match="cannot be read"):
        opened(tmp_path, "[review\n")


def test_review_folder__own_schema__wins(tmp_path: Path) -> None:
    (tmp_path / "review.toml").write_text(GOOD, encoding="utf-8")
    folder, _ = open_review(tmp_path)
    text = folder.data("schemas", "progress.schema.json").read_text(encoding="utf-8")
    (tmp_path / "schemas").mkdir()
    own = tmp_path / "schemas" / "progress.schema.json"
    own.write_text(text.replace('"title": "Measures taken"', '"title": "What was done"'), encoding="utf-8")
    assert folder.schema("progress").heading("measures") == "What was done"
    own.write_text("{", encoding="utf-8")
    with pytest.raises(UprReportError, match="is damaged"):
        open_review(tmp_path)[0].schema("progress").heading("measures") if _forget() else None


def _forget() -> bool:
    from uprreport.review import _load_schema

    _load_schema.cache_clear()
    return True


def test_write_file__fails__leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    write_file(target, b"old")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UprReportError, match="cannot be written"):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]  # noqa: PTH208 - the plain list of names is what matters


def test_write_folder__is_there_whole_with_its_subfolders(tmp_path: Path) -> None:
    target = tmp_path / "archive" / "2026-06-29"
    write_folder(target, {"inputs/review.toml": b"one", "final/a.docx": b"two"})
    assert (target / "inputs" / "review.toml").read_bytes() == b"one"
    assert (target / "final" / "a.docx").read_bytes() == b"two"
    assert os.listdir(target.parent) == ["2026-06-29"]  # noqa: PTH208 - the plain list of names is what matters


def test_write_folder__fails__leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(UprReportError, match="cannot be written"):
        write_folder(tmp_path / "archive", {"a.txt": b"one"})
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - the plain list of names is what matters
