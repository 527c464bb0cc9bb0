"""From ``schemas/<tab>.schema.json`` to columns, and from one flat row of raw cells to a checked row.

The schemas are the one source of columns, types, lists and headings. Besides standard JSON Schema
(draft 2020-12) a property may carry annotations, all optional:

``x-labels``      label of each ``enum`` key, as cells show it
``x-definitions`` one sentence for each ``enum`` key
``x-synonyms``    further words for each ``enum`` key that are read as it, in place of the shipped ones of its
                  label (``locale/synonyms.json``)
``x-width``       width of the column in characters
``x-locked``      pre-filled by the tool, not for the agency to change
``x-hidden``      not shown at first
``x-separators``  characters that separate several values in one cell, beside the line break
``x-max-words``   word limit of a text
``x-reference``   the table whose ids or names the cell refers to
``x-essential``   belongs to the narrow set of columns that is printed
``x-none-counts`` a dash, ``n/a`` and ``none`` are answers here; elsewhere they are blanks

and a subschema with ``required`` may carry ``x-because``, the reason shown when the value is missing.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from uprreport.findings import Finding, Location, shorten
from uprreport.language import Language, label, listed, phrase
from uprreport.model import Choice, Raw, Row, Value
from uprreport.model.as_json import to_json
from uprreport.text import fold
from uprreport.values import Problem, as_text, choices_near, expected_of, names_unit, read_value
from uprreport.vocabulary import synonyms_of

ColumnKind = Literal["text", "texts", "integer", "number", "date", "choice", "link"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, as its schema's property describes it. ``width`` is in characters."""

    name: str
    title: str
    kind: ColumnKind
    help: str = ""
    choices: tuple[Choice, ...] = ()
    width: float = 14
    locked: bool = False
    hidden: bool = False
    separators: str = ""
    max_words: int | None = None
    reference: str = ""
    essential: bool = False
    none_counts: bool = False

    def label(self, key: str) -> str:
        """The label that cells show for a key; the key itself when it is none of the list's."""
        return next((choice.label for choice in self.choices if choice.key == key), key)

    def show(self, value: Value | None) -> Value | None:
        """A value as a cell shows it: labels for keys, several values one a line."""
        if isinstance(value, tuple):
            return "\n".join(value)
        return self.label(value) if isinstance(value, str) and self.choices else value


@dataclass(frozen=True, slots=True)
class TabSchema:
    """A table's schema: its name, its English title, its columns in order, and the JSON Schema itself."""

    name: str
    title: str
    help: str
    columns: tuple[Column, ...]
    document: Mapping[str, Any]

    def column(self, name: str) -> Column:
        """The column of that name; ``KeyError`` when the schema has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def heading(self, name: str) -> str:
        """The English heading of a column, or the name where there is none."""
        return next((column.title for column in self.columns if column.name == name), name)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands: ``cells`` maps each column's name to its address."""

    file: str
    sheet: str
    line: int
    cells: Mapping[str, str]
    agency: str = ""

    def at(self, name: str) -> Location:
        """The place of one column in this row."""
        return Location(self.file, self.sheet, self.cells.get(name, ""), name)


def read_schema(document: Mapping[str, Any]) -> TabSchema:
    """The columns of a parsed schema, in the order of its properties."""
    name = str(document["$id"]).rsplit("/", 1)[-1].removesuffix(".schema.json")
    columns = tuple(_column(key, spec) for key, spec in document["properties"].items())
    return TabSchema(name, document["title"], document.get("description", ""), columns, document)


def _column(name: str, spec: Mapping[str, Any]) -> Column:
    labels, definitions = spec.get("x-labels", {}), spec.get("x-definitions", {})
    synonyms = spec.get("x-synonyms", {})
    return Column(
        name=name,
        title=spec["title"],
        kind=_kind(spec),
        help=spec.get("description", ""),
        choices=tuple(
            _choice(k, labels.get(k, k), definitions.get(k, ""), synonyms.get(k))
            for k in spec.get("enum", ())
        ),
        width=spec.get("x-width", 14),
        locked=spec.get("x-locked", False),
        hidden=spec.get("x-hidden", False),
        separators=spec.get("x-separators", ""),
        max_words=spec.get("x-max-words"),
        reference=spec.get("x-reference", ""),
        essential=spec.get("x-essential", False),
        none_counts=spec.get("x-none-counts", False),
    )


def _choice(key: str, label: str, definition: str, synonyms: Iterable[str] | None) -> Choice:
    """One value of a list; a schema's own synonyms replace the shipped ones of its label."""
    return Choice(key, label, definition, synonyms_of(label) if synonyms is None else tuple(synonyms))


def localise(schema: TabSchema, language: Language) -> TabSchema:
    """A schema as people see it in a language: its titles, help texts, labels and definitions."""
    columns = tuple(localise_column(column, language) for column in schema.columns)
    return replace(schema, title=language(schema.title), help=language(schema.help), columns=columns)


def localise_column(column: Column, language: Language) -> Column:
    """A column as people see it in a language."""
    choices = tuple(
        replace(choice, label=language(choice.label), definition=language(choice.definition))
        for choice in column.choices
    )
    return replace(column, title=language(column.title), help=language(column.help), choices=choices)


def _kind(spec: Mapping[str, Any]) -> ColumnKind:
    if "enum" in spec:
        return "choice"
    if spec.get("type") == "array":
        return "texts"
    if spec.get("type") in ("integer", "number"):
        return "integer" if spec["type"] == "integer" else "number"
    return {"date": "date", "link": "link"}.get(spec.get("format", ""), "text")  # type: ignore[return-value]


# One row ----------------------------------------------------------------------------------------------


def read_row(schema: TabSchema, place: RowPlace, raw: Mapping[str, Raw]) -> tuple[Row, tuple[Finding, ...]]:
    """Read and check one row.

    ``raw`` holds the filled cells by column name. The row that comes back holds every value that can be
    used; a value with an error finding is left out of it, one with a warning stays.
    """
    findings: list[Finding] = []
    values: dict[str, Value] = {}
    for column in schema.columns:
        if column.name not in raw:
            continue
        value, problems = read_value(column, raw[column.name])
        if value is not None:
            values[column.name] = value
        findings += [_finding(schema, place, column.name, problem) for problem in problems]
    findings = [f for f in findings if f.code != "number-unit" or not names_unit(f.details["unit"], values)]
    unreadable = {finding.at.field for finding in findings}
    values = {name: value for name, value in values.items() if name not in _without_unit(findings)}
    for problem, name, wrong in _judge(schema, values):
        if name in unreadable and problem.code == "value-missing":
            continue  # it is there, and has its own finding
        if wrong:
            values.pop(name, None)
        findings.append(_finding(schema, place, name, problem))
    return Row(schema.name, place.file, place.sheet, place.line, values, place.cells), tuple(findings)


def _without_unit(findings: Iterable[Finding]) -> set[str]:
    return {finding.at.field for finding in findings if finding.code == "number-unit"}


def _finding(schema: TabSchema, place: RowPlace, name: str, problem: Problem) -> Finding:
    heading = schema.heading(name)
    return Finding(problem.code, place.at(name), place.agency, "", problem.value, heading, problem.details)


def _judge(schema: TabSchema, values: Mapping[str, Value]) -> Iterator[tuple[Problem, str, bool]]:
    """What the JSON Schema says of a row: ``(problem, column, whether the value must be left out)``."""
    instance = {name: to_json(value) for name, value in values.items()}
    seen: set[tuple[str, str]] = set()
    for error in validator(schema.document).iter_errors(instance):
        if error.validator == "required":
            because = label(error.schema.get("x-because", ""))
            for name in error.validator_value:
                if name not in instance and ("required", name) not in seen:
                    seen.add(("required", name))
                    yield Problem("value-missing", "", {"because": because}), name, False
        elif error.absolute_path:
            name = str(error.absolute_path[0])
            if (error.validator, name) in seen:
                continue
            seen.add((error.validator, name))
            shown = error.instance if isinstance(error.instance, str) else instance[name]
            problem = _violation(schema.column(name), error.validator, shorten(as_text(shown)))
            if error.validator in ("minimum", "maximum"):
                problem = _out_of_range(schema.column(name), error.schema, problem.value)
            yield problem, name, True


def _out_of_range(column: Column, spec: Mapping[str, Any], value: str) -> Problem:
    """What a number must be, by the bounds of its column."""
    first, last = spec.get("minimum"), spec.get("maximum")
    told = phrase("at least {first} and at most {last}", first=str(first), last=str(last))
    if first is None:
        told = phrase("at most {last}", last=str(last))
    elif last is None:
        told = phrase("at least {first}", first=str(first))
    words = {"expected": expected_of(column)["expected"], "bounds": told}
    expected = phrase("{expected} of {bounds}", **words)
    return Problem("value-wrong-type", value, {"expected": expected, "example": expected})


def _violation(column: Column, keyword: str, value: str) -> Problem:
    if keyword in ("enum", "const"):
        choices = join_or(label(c.label) for c in column.choices)
        near = meant(label(told) for told in choices_near(column, value))
        return Problem("value-not-in-list", value, {"choices": choices, "near": near})
    if keyword == "format" and column.kind == "link":
        return Problem("link-unsafe", value, {})
    details = expected_of(column)
    if column.help:
        details["example"] = phrase("it as described: {help}", help=label(column.help))
    return Problem("value-wrong-type", value, details)


def join_or(words: Iterable[str]) -> str:
    """``A, B or C``."""
    *most, last = words
    return phrase("{most} or {last}", most=listed(most), last=last) if most else last


def meant(words: Iterable[str]) -> str:
    """``; did you mean A or B?``, or nothing where there is no word."""
    told = [*words]
    return phrase("; did you mean {name}?", name=join_or(told)) if told else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean X?`` for the known word that is most like this one, or nothing."""
    near = nearest_of(word, known)
    return phrase("; did you mean {name}?", name=label(near)) if near else ""


def nearest_of(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one; empty where none is."""
    by_fold = {fold(name): name for name in known}
    close = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=0.7)
    return by_fold[close[0]] if close else ""


# JSON Schema ------------------------------------------------------------------------------------------


_VALIDATORS: dict[int, tuple[Mapping[str, Any], Any]] = {}


def validator(document: Mapping[str, Any]) -> Any:
    """A validator of draft 2020-12 for a parsed schema, made once for each document."""
    from jsonschema import Draft202012Validator, FormatChecker

    known = _VALIDATORS.get(id(document))
    if known is None:
        checker = FormatChecker(formats=["date"])
        checker.checks("link")(_is_safe_link)
        known = (document, Draft202012Validator(document, format_checker=checker))
        _VALIDATORS[id(document)] = known
    return known[1]


def _is_safe_link(value: object) -> bool:
    """A web address, or a plain name of an attachment: nothing that a click could run."""
    if not isinstance(value, str):
        return True
    for line in value.split("\n"):
        try:
            scheme = urlsplit(line.strip()).scheme
        except ValueError:
            return False
        if scheme not in ("", "http", "https") or line.strip().startswith(("\\\\", "//")):
            return False
    return True
