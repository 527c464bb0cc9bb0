"""The command line: parse, call a flow, show, exit; nothing else.

Heavy modules are imported inside the commands, so that ``--help`` and completion stay quick.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uprreport import __version__
from uprreport.findings import UprReportError

if TYPE_CHECKING:
    from uprreport.console import Talk
    from uprreport.flows.base import Result

Command = Callable[..., Any]


class _Date(click.ParamType[datetime.date]):
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


def _today(given: datetime.date | None) -> datetime.date:
    """``--today``, else ``SOURCE_DATE_EPOCH``, else the system's date: the only clock of the tool."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given is not None:
        return given
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date()
    return datetime.datetime.now().astimezone().date()


class _Group(click.Group):
    """Shows what stops the run as one line with a hint, exit status 2; anything else keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn ``UprReportError`` into its line."""
        try:
            return super().invoke(ctx)
        except UprReportError as problem:
            from uprreport.console import CANNOT_RUN, Talk

            Talk(color=_color(no_color=False)).error(problem)
            ctx.exit(CANNOT_RUN)


def _color(*, no_color: bool) -> bool:
    return not no_color and not os.environ.get("NO_COLOR")


def _options(*names: str) -> Callable[[Command], Command]:
    """The options that several commands share, by name."""
    known = {
        "format": click.option(
            "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
            help="How results are printed on stdout."),
        "strict": click.option("--strict", is_flag=True, help="Write nothing when there are errors."),
        "today": click.option(
            "--today", type=_Date(), help="The date to take as today's, as 2026-06-30."),
        "talk": click.option("-q", "--quiet", is_flag=True, help="Only data and errors."),
        "color": click.option("--no-color", is_flag=True, help="No colour (NO_COLOR works too)."),
    }  # fmt: skip

    def decorate(command: Command) -> Command:
        for name in (*reversed(names), "color", "talk"):
            command = known[name](command)
        return command

    return decorate


def _talk(quiet: bool, no_color: bool) -> Talk:
    from uprreport.console import Talk

    return Talk(quiet=quiet, color=_color(no_color=no_color))


def _finish(talk: Talk, result: Result, *, status: int | None = None) -> None:
    """Say what was written and what comes next, and leave with the exit status."""
    from uprreport.console import exit_status

    for path in result.left:
        talk.say(f"left as it is: {_shown(path)} (it was opened or changed after it was made)")
    for path in result.written:
        talk.say(f"written: {_shown(path)}")
    talk.next(str(result.steps[0]) if result.steps else "uprreport shows where the review stands")
    sys.exit(exit_status(result.findings) if status is None else status)


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


@click.group(
    cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "-C", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(),
    help="The review folder; the current one without it.")  # fmt: skip
@click.version_option(__version__, "--version")
@click.pass_context
def main(ctx: click.Context, folder: Path) -> None:
    """Make a voluntary mid-term report: from OHCHR's list of recommendations to a Word draft.

    Alone, in a review folder, uprreport says where the review stands and the next three steps.
    """
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        ctx.invoke(status, form="text", today=None, quiet=False, no_color=False)


@main.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--example", is_flag=True, help="The shipped example, with filled submissions, ready for build."
)
@click.option("--sample", type=click.Choice(["demo", "azerbaijan"]), help="Begin from a shipped sample.")
@click.option("--state", help="The State under review.")
@click.option("--cycle", type=click.IntRange(1, 9), help="The cycle, such as 4.")
@click.option("--session", type=click.IntRange(1, 200), help="The Working Group's session, such as 44.")
@click.option("--id", "review_id", help="A short name of the review, such as aze-upr4.")
@click.option("--language", help="Of the report, as a code such as en.")
@click.option("--sheet-language", help="Of the progress sheets.")
@click.option("--due", type=_Date(), help="When the report is due.")
@click.option("--sheets-due", type=_Date(), help="When the sheets are due back.")
@_options("today")
def new(target: Path, example: bool, sample: str | None, today: datetime.date | None, quiet: bool,
        no_color: bool, **answers: Any) -> None:  # fmt: skip
    """Make a review folder; asks its questions in a terminal."""
    from uprreport.flows import begin

    talk = _talk(quiet, no_color)
    if example or sample:
        result = begin.new_example(target, sample or "demo", _today(today))
        talk.data(str(target))
        talk.say(f"made from the shipped sample {sample or 'demo'}")
    else:
        result = begin.new(target, _ask(answers), _today(today))
        talk.data(str(target))
    step = str(result.steps[0]) if result.steps else "uprreport"
    talk.next(step.replace("uprreport ", f"uprreport -C {target} "))


def _ask(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers to the questions of ``new``: options first, a terminal's answers for the rest."""
    from uprreport.text import slug

    asks = sys.stdin.isatty()
    given = {name: value for name, value in answers.items() if value is not None}
    given["id"] = given.pop("review_id", None)

    def ask(name: str, question: str, default: Any, kind: Any = str) -> None:
        if given.get(name) is None:
            value = click.prompt(question, default=default, type=kind, err=True) if asks else default
            given[name] = value or None

    ask("state", "State under review", None if asks else "")
    if not given["state"]:
        raise UprReportError(
            "the State under review is not named", "name it with --state, or answer in a terminal"
        )
    ask("cycle", "Cycle", 4, click.IntRange(1, 9))
    ask("session", "Session of the Working Group (0 if not known)", 0, click.IntRange(0, 200))
    ask("id", "Short name of the review", f"{slug(given['state'], 20) or 'review'}-upr{given['cycle']}")
    ask("language", "Language of the report", "en")
    ask("sheet_language", "Language of the progress sheets", given["language"])
    for name, question in (("due", "Report due"), ("sheets_due", "Sheets due back")):
        ask(name, f"{question} (year-month-day, empty if not known)", "", _OptionalDate())
    return given


class _OptionalDate(_Date):
    """A date, or nothing."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the date; an empty answer is no date."""
        return super().convert(value, param, ctx) if value else ""


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_options("format", "today")
@click.pass_obj
def import_(folder: Path, file: Path, form: str, today: datetime.date | None, quiet: bool,
            no_color: bool) -> None:  # fmt: skip
    """Read OHCHR's matrix of recommendations (.docx) into register.xlsx."""
    from uprreport.flows import begin

    talk = _talk(quiet, no_color)
    result = begin.import_matrix(folder, file, _today(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.findings)
        talk.data(_import_text(result.document))
    _finish(talk, result)


def _import_text(told: dict[str, Any]) -> str:
    positions = ", ".join(f"{count} {position}" for position, count in told["positions"].items())
    lines = [
        (
            f"{told['rows']} rows: {told['headings']} heading, {told['themes']} themes, "
            f"{told['recommendations']} recommendations, {len(told['unread'])} unread"
        ),
        f"positions: {positions}",
        f"register: {told['new']} new, {told['changed']} changed, {told['gone']} no longer in the list",
    ]
    return "\n".join(lines + [f"unread row {row['row']}: {row['text']}" for row in told["unread"]])


@main.command()
@_options("format", "today")
@click.pass_obj
def assign(folder: Path, form: str, today: datetime.date | None, quiet: bool, no_color: bool) -> None:
    """Give each recommendation its theme's agencies; list what stays unassigned."""
    from uprreport.flows import begin

    talk = _talk(quiet, no_color)
    result = begin.assign(folder, _today(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.data(f"assigned from their themes: {len(result.document['assigned'])}")
        talk.data(f"without an agency: {', '.join(result.document['unassigned']) or 'none'}")
    _finish(talk, result)


@main.command()
@click.argument("agencies", nargs=-1, metavar="[AGENCY]...")
@_options("format", "today")
@click.pass_obj
def sheets(folder: Path, agencies: Sequence[str], form: str, today: datetime.date | None, quiet: bool,
           no_color: bool) -> None:  # fmt: skip
    """Write one progress sheet for each agency, or for the named ones."""
    from uprreport.flows import gather

    talk = _talk(quiet, no_color)
    result = gather.sheets(folder, agencies, _today(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.data("\n".join(result.document["sheets"]))
    _finish(talk, result)


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path, exists=True))
@_options("format", "today")
@click.pass_obj
def check(folder: Path, files: Sequence[Path], form: str, today: datetime.date | None, quiet: bool,
          no_color: bool) -> None:  # fmt: skip
    """Check submissions: what is wrong in them, where, and what to do about it."""
    from uprreport.console import check_document
    from uprreport.flows import gather

    talk = _talk(quiet, no_color)
    result = gather.check(folder, files, _today(today))
    if form == "json":
        talk.json(check_document(result.findings))
    else:
        talk.findings(result.findings)
        if not result.findings:
            talk.data("nothing found")
    _finish(talk, result)


@main.command()
@_options("format", "strict", "today")
@click.pass_obj
def merge(folder: Path, form: str, strict: bool, today: datetime.date | None, quiet: bool,
          no_color: bool) -> None:  # fmt: skip
    """Merge all submissions into one record set; open questions go to decisions.xlsx."""
    from uprreport.flows import gather

    talk = _talk(quiet, no_color)
    result = gather.write_merged(folder, _today(today), strict=strict)
    if form == "json":
        talk.json(result.document)
    else:
        talk.data(_parts_text(result.document["counts"]))
        talk.data(f"open questions: {len(result.document['open_questions'])}")
    _finish(talk, result)


def _parts_text(parts: dict[str, int]) -> str:
    told = ", ".join(f"{count} {part}" for part, count in parts.items() if part != "total" and count)
    return f"{parts['total']} recommendations: {told or 'none'}"


@main.command()
@_options("format", "strict", "today")
@click.pass_obj
def build(folder: Path, form: str, strict: bool, today: datetime.date | None, quiet: bool,
          no_color: bool) -> None:  # fmt: skip
    """Check, merge, and write the Word draft."""
    from uprreport.flows import draft

    talk = _talk(quiet, no_color)
    result = draft.build(folder, _today(today), strict=strict)
    if form == "json":
        talk.json(result.document)
    else:
        told = result.document
        talk.data(_parts_text(told["recommendations"]))
        words = told["words"]
        talk.data(f"words: {words['body']} of {words['limit']} in the body, {words['annexes']} in annexes")
        talk.findings(result.own)
        counts = ", ".join(f"{count} {name}s" for name, count in told["counts"].items())
        talk.data(f"findings: {counts} in all (uprreport check tells those of the submissions)")
        talk.data(f"draft: {told['draft'] or 'not written, because there are errors'}")
    _finish(talk, result)


@main.command()
@_options("format", "today")
@click.pass_obj
def status(folder: Path, form: str, today: datetime.date | None, quiet: bool, no_color: bool) -> None:
    """Say where the review stands, who is late, and the next three steps."""
    from uprreport.console import OK
    from uprreport.flows import gather

    talk = _talk(quiet, no_color)
    result = gather.status(folder, _today(today))
    if form == "json":
        talk.json(result.document)
        _finish(talk, result, status=OK)
    told = result.document
    talk.data(_parts_text(told["recommendations"]))
    if told["agencies"]:
        columns = ("id", "assigned", "answered", "empty", "errors", "state")
        headings = [column.capitalize() for column in columns]
        talk.table(["Agency", *headings[1:]], [[str(a[c]) for c in columns] for a in told["agencies"]])
    for number, step in enumerate(result.steps, start=1):
        where = f" ({step.file})" if step.file and not step.command else ""
        talk.data(
            f"{number}. {step}{where}: {step.why}" if not step.command else f"{number}. {step} ({step.why})"
        )
    _finish(talk, result, status=OK)
