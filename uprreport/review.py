"""The review folder: its settings, where its files lie, how they are written; templates and schemas.

A review folder is plain files. Its own ``templates/`` and ``schemas/`` win over the shipped ones.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from uprreport.findings import Finding, Location, UprReportError
from uprreport.schema import TabSchema, nearest, read_schema, validator

SETTINGS_FILE = "review.toml"


@dataclass(frozen=True, slots=True)
class Contact:
    """The coordinator, as letters and sheets name them; what is blank is not printed."""

    name: str = ""
    post: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``review.toml`` says, with the defaults for what it leaves out.

    ``publication`` is what a blank Publication means; ``agree`` holds pairs of statuses that do not
    contradict each other. ``annex_text`` says whether Annex I refers to the text of the body or repeats it,
    ``no_information`` what it prints of a recommendation about which nothing can be printed; blank for a
    sentence in the report's language.
    """

    id: str
    state: str
    cycle: int
    session: int | None = None
    report_symbol: str = ""
    addendum_symbol: str = ""
    language: str = "en"
    template: str = "midterm-report.docx"
    cut_off: datetime.date | None = None
    due: datetime.date | None = None
    word_limit: int = 10700
    voice: Literal["government", "agencies"] = "government"
    annex_text: Literal["reference", "full"] = "reference"
    no_information: str = ""
    round: int = 1
    sheet_language: str = "en"
    sheets_due: datetime.date | None = None
    period_start: datetime.date | None = None
    publication: str = "needs clearance"
    agree: frozenset[frozenset[str]] = frozenset()
    coordinator: Contact = Contact()


@dataclass(frozen=True, slots=True)
class ReviewFolder:
    """A review folder and its settings."""

    path: Path
    settings: Settings

    @property
    def register(self) -> Path:
        """``register.xlsx``: what was recommended and who answers."""
        return self.path / "register.xlsx"

    @property
    def decisions(self) -> Path:
        """``decisions.xlsx``: open questions and the coordinator's decisions."""
        return self.path / "decisions.xlsx"

    @property
    def sources(self) -> Path:
        """Where the imported originals are kept."""
        return self.path / "sources"

    @property
    def sheets(self) -> Path:
        """The generated progress sheets, to send out."""
        return self.path / "sheets"

    @property
    def submissions(self) -> Path:
        """What came back."""
        return self.path / "submissions"

    @property
    def history(self) -> Path:
        """Manifests of every draft and earlier registers; never deleted by the tool."""
        return self.path / "history"

    @property
    def build(self) -> Path:
        """What can be made again at any time."""
        return self.path / "build"

    @property
    def archive(self) -> Path:
        """What finals were made from, by date; nothing reads it again."""
        return self.path / "archive"

    @property
    def draft(self) -> Path:
        """The Word draft."""
        return self.build / "draft.docx"

    @property
    def records(self) -> Path:
        """The record set as JSON."""
        return self.build / "records.json"

    def show(self, path: Path) -> str:
        """A path as people and JSON see it: relative to the folder with ``/``, absolute outside it."""
        try:
            return path.resolve().relative_to(self.path.resolve()).as_posix()
        except ValueError:
            return path.resolve().as_posix()

    def data(self, kind: Literal["templates", "schemas"], name: str) -> Path:
        """The folder's own template or schema of that name, else the shipped one."""
        own = self.path / kind / name
        return own if own.is_file() else shipped(kind) / name

    def template(self) -> Path:
        """The template that the settings name, in the report's language where there is such a one.

        ``midterm-report.fr.docx`` goes before ``midterm-report.docx``, the folder's own before shipped ones.
        """
        stem, language = self.settings.template.removesuffix(".docx"), self.settings.language
        names = (f"{stem}.{language}.docx", self.settings.template)
        places = (self.path / "templates", shipped("templates"))
        found = (place / name for place in places for name in names)
        return next((path for path in found if path.is_file()), places[1] / self.settings.template)

    def schema(self, tab: str) -> TabSchema:
        """The schema of a table; the folder's own wins. Raises ``UprReportError`` when it is damaged."""
        return _load_schema(self.data("schemas", f"{tab}.schema.json"))


def shipped(kind: Literal["templates", "schemas", "samples"]) -> Path:
    """The folder of shipped templates, schemas or samples: inside the wheel, or beside the package."""
    package = Path(str(resources.files("uprreport")))
    inside = package / "_shipped" / kind
    return inside if inside.is_dir() else package.parent / kind


def load_shipped_schema(tab: str) -> TabSchema:
    """The shipped schema of a table."""
    return _load_schema(shipped("schemas") / f"{tab}.schema.json")


@functools.cache
def _load_schema(path: Path) -> TabSchema:
    try:
        return read_schema(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise UprReportError(f"the schema {path.name} was not found", "install uprreport again") from None
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as problem:
        raise UprReportError(
            f"the schema {path} is damaged: {problem}", "correct it, or delete it to use the shipped one"
        ) from None


# review.toml ------------------------------------------------------------------------------------------


def open_review(path: Path) -> tuple[ReviewFolder, tuple[Finding, ...]]:
    """The review folder at ``path``, and warnings about unknown settings.

    Raises ``UprReportError`` when there is no ``review.toml`` or a setting cannot be used.
    """
    settings_path = path / SETTINGS_FILE
    try:
        document = tomllib.loads(settings_path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UprReportError(
            f"{path} is not a review folder: it has no {SETTINGS_FILE}",
            "make one with: uprreport new FOLDER, or name it with -C FOLDER",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UprReportError(
            f"{settings_path} cannot be read: {problem}",
            "correct that line; a text stands between quotation marks, a date without: due = 2026-06-30",
        ) from None
    except OSError as problem:
        raise UprReportError(f"{settings_path} cannot be read: {problem.strerror}") from None
    findings = tuple(_unknown_settings(document))
    _refuse_unusable(document, settings_path)
    return ReviewFolder(path, _settings(document)), findings


def _settings_schema() -> Mapping[str, Any]:
    return load_settings_schema(shipped("schemas") / "review.schema.json")


@functools.cache
def load_settings_schema(path: Path) -> Mapping[str, Any]:
    """The JSON Schema of ``review.toml``, as shipped."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _unknown_settings(document: Mapping[str, Any]) -> list[Finding]:
    tables = _settings_schema()["properties"]
    unknown = [(name, "", tables) for name in document if name not in tables]
    for table, spec in tables.items():
        content = document.get(table)
        if isinstance(content, Mapping):
            known = spec["properties"]
            unknown += [(f"[{table}] {key}", key, known) for key in content if key not in known]
    return [
        Finding(
            "setting-unknown",
            Location(SETTINGS_FILE),
            value=shown,
            details={"near": nearest(key or shown, known)},
        )
        for shown, key, known in unknown
    ]


def _refuse_unusable(document: Mapping[str, Any], path: Path) -> None:
    for error in validator(_settings_schema()).iter_errors(_json_dates(document)):
        names = [str(part) for part in error.absolute_path]
        spec: Any = _settings_schema()
        for name in names[:2]:
            spec = spec["properties"][name]
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            place = f"[{names[0]}] {missing[0]}" if names else f"the table [{missing[0]}]"
            raise UprReportError(f"{path.name}: {place} is missing", "add it; the README shows an example")
        place = f"[{names[0]}] {names[1]}" if len(names) > 1 else f"[{names[0]}]"
        expected = spec.get("description", "a table of settings")
        raise UprReportError(f"{path.name}: {place} = {error.instance!r} cannot be used", f"type {expected}")


def expected_of(table: str, key: str, value: object) -> str:
    """What a setting expects, where ``value`` cannot be used for it; empty where it can."""
    spec: Mapping[str, Any] = _settings_schema()["properties"][table]["properties"][key]
    return "" if validator(spec).is_valid(_json_dates(value)) else str(spec["description"])


def _json_dates(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _json_dates(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value


_RENAMED = {("collection", "language"): "sheet_language", ("collection", "due"): "sheets_due"}


def _settings(document: Mapping[str, Any]) -> Settings:
    found: dict[str, Any] = {}
    for table in ("review", "report", "collection"):
        for key, value in document.get(table, {}).items():
            name = _RENAMED.get((table, key), key)
            if name in Settings.__slots__:
                found[name] = datetime.date.fromisoformat(value) if _is_date_text(name, value) else value
    contact = {key: value.strip() for key, value in document.get("coordinator", {}).items()}
    found["coordinator"] = Contact(**{key: contact[key] for key in Contact.__slots__ if key in contact})
    if "agree" in found:
        found["agree"] = frozenset(frozenset(pair) for pair in found["agree"])
    return Settings(**found)


def _is_date_text(name: str, value: object) -> bool:
    """Whether somebody put a date between quotation marks, which is read all the same."""
    return name in ("cut_off", "due", "sheets_due", "period_start") and isinstance(value, str)


# Writing ----------------------------------------------------------------------------------------------


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: to a temporary file in the same folder, then renamed.

    Raises ``UprReportError`` when the folder cannot be written to or another program holds the file.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".uprreport-", suffix=path.suffix, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_usual_mode())
        Path(temporary).replace(path)
    except PermissionError:
        raise UprReportError(
            f"{path} cannot be written",
            f"close {path.name} in Excel, Word or LibreOffice, and check that the folder is not read-only",
        ) from None
    except OSError as problem:
        raise UprReportError(f"{path} cannot be written: {problem.strerror}") from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files whole or not at all, by their names inside it; ``path`` must not exist.

    Raises ``UprReportError`` when the place cannot be written to.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = tempfile.mkdtemp(prefix=".uprreport-", dir=path.parent)
        for name, content in files.items():
            write_file(Path(temporary) / name, content)
        Path(temporary).chmod(_usual_mode() | 0o111 & ~_mask())
        Path(temporary).rename(path)
    except OSError as problem:
        raise UprReportError(f"{path} cannot be written: {problem.strerror}") from None
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)


@functools.cache
def _usual_mode() -> int:
    """The mode that a new file gets here: ``mkstemp`` makes files that only their owner can read."""
    return 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
