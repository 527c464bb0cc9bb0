"""Commands that begin a review: new, import, assign."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import click

from uprreport.cli.main import main
from uprreport.cli.options import Date, finish, make_talk, options, today_or
from uprreport.findings import UprReportError


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
@click.option("--due", type=Date(), help="When the report is due.")
@click.option("--sheets-due", type=Date(), help="When the sheets are due back.")
@options("today")
def new(target: Path, example: bool, sample: str | None, today: datetime.date | None, quiet: bool,
        no_color: bool, **answers: Any) -> None:  # fmt: skip
    """Make a review folder; asks its questions in a terminal."""
    from uprreport.flows import begin

    talk = make_talk(quiet, no_color)
    if example or sample:
        result = begin.new_example(target, sample or "demo", today_or(today))
        talk.data(str(target))
        talk.say(f"made from the shipped sample {sample or 'demo'}")
    else:
        result = begin.new(target, _ask(answers), today_or(today))
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
        ask(name, f"{question} (year-month-day, empty if not known)", "", OptionalDate())
    return given


class OptionalDate(Date):
    """A date, or nothing."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the date; an empty answer is no date."""
        return super().convert(value, param, ctx) if value else ""


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@options("format", "today")
@click.pass_obj
def import_(folder: Path, file: Path, form: str, today: datetime.date | None, quiet: bool,
            no_color: bool) -> None:  # fmt: skip
    """Read OHCHR's matrix of recommendations (.docx) into register.xlsx."""
    from uprreport.flows import begin

    talk = make_talk(quiet, no_color)
    result = begin.import_matrix(folder, file, today_or(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.findings)
        talk.data(_import_text(result.document))
    finish(talk, result)


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
@options("format", "today")
@click.pass_obj
def assign(folder: Path, form: str, today: datetime.date | None, quiet: bool, no_color: bool) -> None:
    """Give each recommendation its theme's agencies; list what stays unassigned."""
    from uprreport.flows import begin

    talk = make_talk(quiet, no_color)
    result = begin.assign(folder, today_or(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.findings)
        talk.data(f"assigned from their themes: {len(result.document['assigned'])}")
        talk.data(f"without an agency: {', '.join(result.document['unassigned']) or 'none'}")
    finish(talk, result)
