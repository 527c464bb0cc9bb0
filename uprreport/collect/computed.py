"""The columns of a sheet that count: what a row still needs, how many words a text has.

They are formulas, written with the value that they have, and are never read back. Only functions that Excel
2010, LibreOffice and Google Sheets share are used; see ``docs/decisions/0008-computed-columns.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uprreport.collect.needs import NOT_OURS, Condition, Need, missing, needs_of
from uprreport.files.excel.formulas import Formula, Ref, quote
from uprreport.files.excel.workbook import Computed, Mark
from uprreport.language import Language, english_of, phrase
from uprreport.model import Cells
from uprreport.schema import Column, TabSchema
from uprreport.text import words
from uprreport.values import as_text, choice_of

STILL_MISSING = phrase("Still missing")
COMPLETE = phrase("Complete")
WORDS = phrase("Words")
TOO_LONG = "\u25b2"
"""Stands before a number of words above the limit."""

HEADINGS = (STILL_MISSING, WORDS)

BLANKS = "\u00a0\u202f\u2003\u3000"
"""Blanks beside the space, the tab and the line break that pasted text holds and that part words."""


def is_computed(heading: str) -> bool:
    """Whether a heading is that of a column that counts, in any shipped language."""
    known = english_of(heading) | {heading.strip()}
    return any(name in known for name in HEADINGS)


def computed_columns(
    schema: TabSchema, rows: Sequence[Cells], language: Language, *, always: bool
) -> tuple[Computed, ...]:
    """The counting columns of a table whose schema is in ``language`` already.

    ``always`` tells whether a row is there before anything is typed (Progress), or by being filled in.
    """
    needs = needs_of(schema)
    limited = [column for column in schema.columns if column.max_words and not column.locked]
    return (
        *([_still_missing(schema, needs, rows, language, always=always)] if needs else []),
        *(_words(column, rows, language) for column in limited),
    )


# What is still missing ------------------------------------------------------------------------------------


def _still_missing(
    schema: TabSchema, needs: tuple[Need, ...], rows: Sequence[Cells], language: Language, *, always: bool
) -> Computed:
    joint = language("{first}, {second}").format(first="", second="")
    tests = _open_cells(schema, needs, always=True)
    pieces = [("IF(", *test, f',{quote(joint + schema.heading(name))},"")') for name, test in tests.items()]
    told: Formula = tuple(part for piece in pieces for part in ("&", *piece))[1:]
    found: Formula = (
        "IF(",
        *told,
        '=""',
        f",{quote(language(COMPLETE))},MID(",
        *told,
        f",{len(joint) + 1},500))",
    )
    if not always:
        found = ("IF(", *_nothing_in(schema), '=0,"",', *found, ")")
    opened = [column for column in schema.columns if not column.locked]
    first = next((column for column in opened if column.essential), opened[0])
    values = [_missing_value(schema, needs, row, language, always=always) for row in rows]
    return Computed(
        heading=language(STILL_MISSING),
        before=first.name,
        width=16,
        formula=("IFERROR(", *found, ',"")'),
        values=values,
        marks=(
            Mark("good", ("AND(", Ref(""), f"={quote(language(COMPLETE))})")),
            Mark("open", ("LEN(", Ref(""), ")>0")),
        ),
        cells=_open_cells(schema, needs, always=always),
    )


def _open_cells(schema: TabSchema, needs: tuple[Need, ...], *, always: bool) -> dict[str, Formula]:
    """The columns that may be open, and when: where something is missing, or is none of the list."""
    tests: dict[str, list[Formula]] = {}
    for need in needs:
        tests.setdefault(need.column, []).append(_is_open(schema, need, always=always))
    for column in schema.columns:
        if column.choices and not column.locked:
            tests.setdefault(column.name, []).append(_is_unlisted(column))
    return {column.name: _any(tests[column.name]) for column in schema.columns if column.name in tests}


def _is_unlisted(column: Column) -> Formula:
    labels = [("TRIM(", Ref(column.name), f")<>{quote(choice.label)}") for choice in column.choices]
    return _all([("LEN(TRIM(", Ref(column.name), "))>0"), *labels])


def _is_open(schema: TabSchema, need: Need, *, always: bool) -> Formula:
    blank: Formula = ("LEN(TRIM(", Ref(need.column), "))=0")
    tests: list[Formula] = [blank]
    if any(column.name == NOT_OURS.column for column in schema.columns):
        ours = schema.column(NOT_OURS.column).label(NOT_OURS.keys[0])
        tests.append(("TRIM(", Ref(NOT_OURS.column), f")<>{quote(ours)}"))
    if not always:
        tests.append((*_nothing_in(schema), ">0"))
    cases = [_all([_holds(schema, condition) for condition in case]) for case in need.when if case]
    if cases:
        tests.append(_any(cases))
    return _all(tests)


def _holds(schema: TabSchema, condition: Condition) -> Formula:
    if not condition.keys:
        return ("LEN(TRIM(", Ref(condition.column), "))=0" if condition.absent else "))>0")
    column = schema.column(condition.column)
    return _any([("TRIM(", Ref(column.name), f")={quote(column.label(key))}") for key in condition.keys])


def _all(tests: Sequence[Formula]) -> Formula:
    return tests[0] if len(tests) == 1 else ("AND(", *_joined(tests), ")")


def _any(tests: Sequence[Formula]) -> Formula:
    return tests[0] if len(tests) == 1 else ("OR(", *_joined(tests), ")")


def _joined(tests: Sequence[Formula]) -> Iterator[str | Ref]:
    for index, test in enumerate(tests):
        yield from ((",", *test) if index else test)


def _nothing_in(schema: TabSchema) -> Formula:
    """How many cells of a row are filled in, but Publication, which is often filled in down the column."""
    filled = [
        ("COUNTA(", Ref(c.name), ")") for c in schema.columns if c.name != "publication" and not c.locked
    ]
    return tuple(part for index, count in enumerate(filled) for part in (("+", *count) if index else count))


def _missing_value(
    schema: TabSchema, needs: tuple[Need, ...], row: Cells, language: Language, *, always: bool
) -> str:
    keyed = {name: _key(schema.column(name), raw) for name, raw in row.items()}
    if not always and not any(value for name, value in keyed.items() if name != "publication"):
        return ""
    told = {*missing(needs, keyed), *(column.name for column in schema.columns if _unlisted(column, row))}
    names = [column.title for column in schema.columns if column.name in told]
    joint = language("{first}, {second}").format(first="", second="")
    return joint.join(names) if names else language(COMPLETE)


def _unlisted(column: Column, row: Cells) -> bool:
    """Whether a cell holds what is none of the labels that its list offers, as the formula compares them."""
    if column.locked or not column.choices or column.name not in row:
        return False
    shown = " ".join(column.label(as_text(row[column.name])).split())
    return bool(shown) and shown.casefold() not in {choice.label.casefold() for choice in column.choices}


def _key(column: Column, raw: object) -> str:
    """A cell as a rule sees it: the key of a label, other texts as they are."""
    text = ("\n".join(raw) if isinstance(raw, tuple) else as_text(raw)).strip()
    return choice_of(column, text) or text if column.choices else text


# How many words -------------------------------------------------------------------------------------------


def _words(column: Column, rows: Sequence[Cells], language: Language) -> Computed:
    """A number whose format tells the limit, and in words that it is passed."""
    limit = column.max_words or 0
    text: Formula = (Ref(column.name),)
    for blank in ("CHAR(9)", "CHAR(10)", *(quote(sign) for sign in BLANKS)):
        text = ("SUBSTITUTE(", *text, f',{blank}," ")')
    trimmed: Formula = ("TRIM(", *text, ")")
    of_limit = quote(f"/{limit}")
    count: Formula = ("LEN(", *trimmed, ")-LEN(SUBSTITUTE(", *trimmed, '," ",""))+(LEN(', *trimmed, ")>0)")
    return Computed(
        heading=language(WORDS),
        after=column.name,
        width=9,
        formula=("IFERROR(", *count, ",0)"),
        values=[words(as_text(row.get(column.name, ""))) for row in rows],
        number_format=f'[>{limit}]"{TOO_LONG} "0{of_limit};[=0]"";0{of_limit}',
        marks=(Mark("wrong", (Ref(""), f">{limit}")),),
    )
