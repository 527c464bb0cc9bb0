"""What people see: findings and tables as text or JSON, the next step, the exit status.

Data go to stdout, talk to stderr. Everything is readable without colour.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from uprreport.findings import (
    Finding,
    Severity,
    UprReportError,
    count_severities,
    group_findings,
    has_errors,
    shorten,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}

T = TypeVar("T")

PATIENCE = 1.0
"""Seconds that may pass before a bar shows how far a command has come."""

OK, FINDINGS, CANNOT_RUN = 0, 1, 2
SHOWN_PLACES = 5


def counts_text(counts: Mapping[str, int]) -> str:
    """``2 errors, 1 warning``, in the order given."""
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())


class Talk:
    """Where a command says what it does: ``out`` for data, ``err`` for talk."""

    def __init__(self, *, quiet: bool = False, color: bool = True) -> None:
        """``quiet`` leaves out talk, never data or errors; ``color`` is off for ``NO_COLOR`` too."""
        self.quiet = quiet
        self.color = color

    def data(self, text: str) -> None:
        """Print data to stdout."""
        sys.stdout.write(f"{text}\n")

    def json(self, document: Mapping[str, Any]) -> None:
        """Print one JSON document to stdout."""
        self.data(json.dumps(document, ensure_ascii=False, indent=2))

    def say(self, text: str) -> None:
        """Say something to stderr, unless told to be quiet."""
        if not self.quiet:
            sys.stderr.write(f"{text}\n")

    def next(self, step: str) -> None:
        """The last line of every command: what to do next."""
        self.say(f"Next: {step}")

    def watch(self, items: Sequence[T]) -> Iterator[T]:
        """The items one after the other, with a bar on stderr once they take longer than a second.

        In a terminal only, and not when quiet. The bar is gone when the last item is done.
        """
        if self.quiet or not sys.stderr.isatty():
            yield from items
            return
        with contextlib.ExitStack() as stack:
            begun, bar = time.monotonic(), None
            for done, item in enumerate(items):
                if bar is None and time.monotonic() - begun > PATIENCE:
                    bar = stack.enter_context(self._bar())
                    bar.add_task("reading", total=len(items))
                if bar is not None:
                    bar.update(bar.task_ids[0], completed=done)
                yield item

    def _bar(self) -> Progress:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        return Progress(*columns, console=self._rich(sys.stderr), transient=True)

    def error(self, problem: UprReportError) -> None:
        """The one line that says why the run stopped, and the hint."""
        self._rich(sys.stderr).print(f"[bold red]error[/]: {_plain(problem.message)}", highlight=False)
        if problem.hint:
            sys.stderr.write(f"  hint: {problem.hint}\n")

    def findings(self, findings: Sequence[Finding]) -> None:
        """Findings as text, grouped by file and by what is equal in them, the gravest first."""
        console = self._rich(sys.stdout)
        for group in group_findings(findings):
            first = group[0]
            style = _STYLES[first.severity]
            console.print(_line(group, style), highlight=False)
            if first.hint:
                console.print(f"  hint: {_plain(first.hint)}", highlight=False)
        if findings:
            console.print(f"\n{counts_text(count_severities(findings))}", highlight=False)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A plain table to stdout; the first column is text, further columns of digits stand right."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        content = [tuple(row) for row in rows]
        for index, heading in enumerate(headings):
            digits = bool(content) and all(row[index].isdigit() for row in content)
            table.add_column(heading, justify="right" if digits else "left")
        for row in content:
            table.add_row(*(_plain(cell) for cell in row))
        self._rich(sys.stdout).print(table)

    def _rich(self, file: Any) -> Console:
        from rich.console import Console

        return Console(file=file, no_color=not self.color, soft_wrap=True)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _line(group: Sequence[Finding], style: str) -> str:
    first = group[0]
    heading = f" ({first.heading})" if first.heading else ""
    place = _plain(f"{first.at}{heading}")
    line = f"{place} [{style}]{first.severity.value}[/] {first.code}: {_plain(first.message)}"
    if len(group) == 1:
        return line
    told = (finding.at.cell or finding.recommendation or finding.value for finding in group[1:])
    others = [other for other in told if other]
    if not others:
        return f"{line}\n  {len(group)} times in all"
    more = f" and {len(others) - SHOWN_PLACES} more" if len(others) > SHOWN_PLACES else ""
    shown = _plain(", ".join(shorten(other) for other in others[:SHOWN_PLACES]))
    return f"{line}\n  also in {shown}{more} ({len(group)} in all)"


def finding_document(finding: Finding) -> dict[str, str | None]:
    """One finding as JSON has it (DESIGN: JSON on stdout); keys are present even when null."""
    at = finding.at
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "agency": finding.agency or None,
        "file": at.file or None,
        "sheet": at.sheet or None,
        "cell": at.cell or None,
        "field": at.field or None,
        "recommendation": finding.recommendation or None,
        "value": finding.value or None,
        "message": finding.message,
        "hint": finding.hint,
    }


def error_document(problem: UprReportError) -> dict[str, dict[str, str]]:
    """What every command prints with ``--format json`` when it cannot run."""
    return {"error": {"message": problem.message, "hint": problem.hint}}


def check_document(findings: Sequence[Finding]) -> dict[str, Any]:
    """What ``check --format json`` prints; never grouped."""
    return {
        "findings": [finding_document(finding) for finding in findings],
        "counts": count_severities(findings),
    }


def exit_status(findings: Iterable[Finding]) -> int:
    """0 without error findings, 1 with."""
    return FINDINGS if has_errors(findings) else OK
