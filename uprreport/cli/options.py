"""What all commands share: options, the clock, how a command ends."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uprreport.findings import UprReportError

if TYPE_CHECKING:
    from uprreport.console import Talk
    from uprreport.flows.base import Result

Command = Callable[..., Any]


class Date(click.ParamType[datetime.date]):
    """A date as year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Read the date, or fail with what is expected."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; type year-month-day, for example 2026-06-30", param, ctx)


def today_or(given: datetime.date | None) -> datetime.date:
    """``--today``, else ``SOURCE_DATE_EPOCH``, else the system's date: the only clock of the tool."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given is not None:
        return given
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date()
    return datetime.datetime.now().astimezone().date()


class Group(click.Group):
    """Shows what stops the run as one line with a hint, exit status 2; anything else keeps its traceback.

    With ``--format json`` the same stands on stdout as ``{"error": {"message", "hint"}}``, bad usage too.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; note whether JSON is asked for, also where what follows is bad usage."""
        joined = (f"{one}={two}" for one, two in itertools.pairwise(args))
        ctx.meta[_JSON] = _JSON in (*args, *joined)
        with _usage_told(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn ``UprReportError`` into its line."""
        try:
            with _usage_told(ctx):
                return super().invoke(ctx)
        except UprReportError as problem:
            from uprreport.console import CANNOT_RUN, Talk

            _tell_json(ctx, problem)
            Talk(color=_color(no_color=False)).error(problem)
            ctx.exit(CANNOT_RUN)


@contextlib.contextmanager
def _usage_told(ctx: click.Context) -> Iterator[None]:
    """Tell bad usage as JSON, too, where that is asked for; click tells it on stderr."""
    try:
        yield
    except click.UsageError as problem:
        about = problem.ctx or ctx
        hint = f"{about.command_path} --help shows what it takes"
        _tell_json(ctx, UprReportError(problem.format_message(), hint))
        raise


def _tell_json(ctx: click.Context, problem: UprReportError) -> None:
    if ctx.meta[_JSON]:
        from uprreport.console import Talk, error_document

        Talk().json(error_document(problem))


_JSON = "--format=json"
"""The option of all commands that report something; also the key under which a context notes it."""


def _color(*, no_color: bool) -> bool:
    return not no_color and not os.environ.get("NO_COLOR")


def options(*names: str) -> Callable[[Command], Command]:
    """The options that several commands share, by name."""
    known = {
        "format": click.option(
            "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
            help="How results are printed on stdout."),
        "format or html": click.option(
            "--format", "form", type=click.Choice(["text", "json", "html"]), default="text",
            show_default=True, help="How results are printed; html writes a printable page for each agency."),
        "strict": click.option("--strict", is_flag=True, help="Write nothing when there are errors."),
        "today": click.option(
            "--today", type=Date(), help="The date to take as today's, as 2026-06-30."),
        "talk": click.option("-q", "--quiet", is_flag=True, help="Only data and errors."),
        "color": click.option("--no-color", is_flag=True, help="No colour (NO_COLOR works too)."),
    }  # fmt: skip

    def decorate(command: Command) -> Command:
        for name in (*reversed(names), "color", "talk"):
            command = known[name](command)
        return command

    return decorate


def make_talk(quiet: bool, no_color: bool) -> Talk:
    """Where a command says what it does."""
    from uprreport.console import Talk

    return Talk(quiet=quiet, color=_color(no_color=no_color))


def finish(talk: Talk, result: Result, *, status: int | None = None) -> None:
    """Say what was written and what comes next, and leave with the exit status."""
    from uprreport.console import exit_status

    for path in result.left:
        talk.say(f"left as it is: {shown_path(path)} (it was changed, sent, or holds something else)")
    for path in result.removed:
        talk.say(f"removed: {shown_path(path)} (an answer was withheld after it was written)")
    for path in result.written:
        talk.say(f"written: {shown_path(path)}")
    talk.next(str(result.steps[0]) if result.steps else "uprreport shows where the review stands")
    sys.exit(exit_status(result.findings) if status is None else status)


def shown_path(path: Path) -> str:
    """A path as people see it: short where it lies below the current folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
