"""What a row of a sheet still needs, by the rules of its schema: as a test on values, and for formulas.

The rules are read from the JSON Schema: ``required`` of the whole, and ``required`` below ``then`` with its
``if``. A review folder's own schema is served as the shipped one is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from uprreport.model import Cells
from uprreport.schema import TabSchema


@dataclass(frozen=True, slots=True)
class Condition:
    """That a column holds one of these keys, with no keys anything; or, ``absent``, that it does not."""

    column: str
    keys: tuple[str, ...] = ()
    absent: bool = False

    def holds(self, row: Cells) -> bool:
        """Whether a row fulfils it; a row holds keys of lists, as they are read."""
        value = row.get(self.column)
        held = value not in (None, "", ()) and (not self.keys or value in self.keys)
        return held is not self.absent


@dataclass(frozen=True, slots=True)
class Need:
    """A column that must be filled in where any one of ``when`` holds wholly; always, where one is empty."""

    column: str
    when: tuple[tuple[Condition, ...], ...]

    def is_open(self, row: Cells) -> bool:
        """Whether a row needs the column and does not have it."""
        needed = any(all(condition.holds(row) for condition in case) for case in self.when)
        return needed and not Condition(self.column).holds(row)


EVIDENCE = ("legal_act", "end", "link")
"""Any one of these shows that a recommendation is implemented."""

NOT_OURS = Condition("not_ours", ("yes",))
"""A row that another agency should answer needs nothing more from this one."""


def needs_of(schema: TabSchema) -> tuple[Need, ...]:
    """The needs of a schema's rows, in the order of its columns.

    Progress has two beyond its schema: a row without a status is not answered (DESIGN: the ledger), while
    the schema lets it pass, since an agency may leave what it cannot answer; and what is implemented names an
    act, an end or a link (``rules.check_evidence``), of which the act stands for all three. Rules that are
    written in other words than ``required``, ``if`` and ``then`` are left to the check.
    """
    cases: dict[str, list[tuple[Condition, ...]]] = {}
    always = [*schema.document.get("required", ()), *(["status"] if schema.name == "progress" else [])]
    for name in always:
        cases.setdefault(name, []).append(())
    for rule in schema.document.get("allOf", ()):
        conditions = _conditions(rule.get("if"))
        for name in rule.get("then", {}).get("required", ()) if conditions else ():
            cases.setdefault(name, []).append(conditions)
    if schema.name == "progress" and {"status", *EVIDENCE} <= {column.name for column in schema.columns}:
        others = (Condition(name, absent=True) for name in EVIDENCE[1:])
        cases.setdefault(EVIDENCE[0], []).append((Condition("status", ("implemented",)), *others))
    return tuple(
        Need(column.name, ((),) if () in cases[column.name] else tuple(cases[column.name]))
        for column in schema.columns
        if column.name in cases and not column.locked
    )


def _conditions(test: Mapping[str, Any] | None) -> tuple[Condition, ...]:
    """The conditions of an ``if``; none where it says more than which columns hold what."""
    if test is None or set(test) - {"properties", "required"}:
        return ()
    keys = {name: _keys(spec) for name, spec in test.get("properties", {}).items()}
    if None in keys.values():
        return ()
    return tuple(Condition(name, keys.get(name) or ()) for name in test.get("required", ()))


def _keys(spec: Mapping[str, Any]) -> tuple[str, ...] | None:
    if set(spec) == {"enum"}:
        return tuple(spec["enum"])
    return (spec["const"],) if set(spec) == {"const"} else None


def missing(needs: tuple[Need, ...], row: Cells) -> Iterator[str]:
    """The columns that a row still needs."""
    if not NOT_OURS.holds(row):
        yield from (need.column for need in needs if need.is_open(row))
