"""Commands that begin a review: new, import, assign."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from uprreport.cli.main import main
from uprreport.cli.options import Date, finish, make_talk, options, today_or
from uprreport.findings import UprReportError


class Setting(click.ParamType[str]):
    """A text of ``review.toml``, judged as the file itself is."""

    name = "text"

    def __init__(self, table: str, key: str) -> None:
        """The place of the setting in the file."""
        self.place = (table, key)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the text, or fail with what is expected."""
        from uprreport.flows import begin

        text = str(value).strip()
        expected = begin.expected_of(*self.place, text)
        if expected:
            self.fail(f"{value!r} cannot be used; type {expected}", param, ctx)
        return text


class LanguageCode(click.ParamType[str]):
    """A language that texts are shipped in, by its code or its name."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the code, or fail with the list."""
        from uprreport.flows import begin
        from uprreport.text import fold

        typed = fold(str(value))
        named = (code for code, name in begin.LANGUAGES.items() if typed in (code, fold(name)))
        code = next(named, "")
        if not code:
            self.fail(
                f"{value!r} is not one of the languages: {_languages()}; for any other choose en, and "
                "type its code into review.toml",
                param,
                ctx,
            )
        return code


def _languages() -> str:
    """The shipped languages, each as its code and its own name."""
    from uprreport.flows import begin

    return ", ".join(f"{code} {name}" for code, name in begin.LANGUAGES.items())


class OptionalDate(Date):
    """A date, or nothing."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the date; an empty answer is no date."""
        return super().convert(value, param, ctx) if value else ""


_CYCLE, _SESSION = click.IntRange(1, 9), click.IntRange(1, 200)
_COORDINATOR = {
    "coordinator": ("name", "Coordinator's name"),
    "coordinator_post": ("post", "Coordinator's post"),
    "coordinator_email": ("email", "Coordinator's e-mail address"),
    "coordinator_phone": ("phone", "Coordinator's telephone number"),
}
"""The options about the coordinator: the setting, and the question."""


@main.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--example", is_flag=True, help="The shipped example, with filled submissions, ready for build."
)
@click.option("--sample", type=click.Choice(["demo", "azerbaijan"]), help="Begin from a shipped sample.")
@click.option("--state", type=Setting("review", "state"), help="The State under review.")
@click.option("--cycle", type=_CYCLE, help="The cycle, such as 4.")
@click.option("--session", type=_SESSION, help="The Working Group's session, such as 44.")
@click.option(
    "--id", "review_id", type=Setting("review", "id"), help="A short name of the review, such as aze-upr4."
)
@click.option("--language", type=LanguageCode(), help="Of the report, as a code such as en.")
@click.option("--sheet-language", type=LanguageCode(), help="Of the progress sheets.")
@click.option("--due", type=Date(), help="When the report is due.")
@click.option("--sheets-due", type=Date(), help="When the sheets are due back.")
@click.option("--coordinator", type=Setting("coordinator", "name"), help="Whom agencies ask: the name.")
@click.option("--coordinator-post", type=Setting("coordinator", "post"), help="The coordinator's post.")
@click.option("--coordinator-email", type=Setting("coordinator", "email"), help="The coordinator's e-mail.")
@click.option("--coordinator-phone", type=Setting("coordinator", "phone"), help="The coordinator's phone.")
@options("today")
def new(target: Path, example: bool, sample: str | None, today: datetime.date | None, quiet: bool,
        no_color: bool, **answers: Any) -> None:  # fmt: skip
    """Make a review folder; asks its questions in a terminal."""
    from uprreport.flows import begin

    talk = make_talk(quiet, no_color)
    begin.refuse_existing(target)
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
    """The answers to the questions of ``new``: options first, a terminal's answers for the rest.

    Each answer is judged when it is typed, and one that cannot be used is asked for again by itself.
    """
    from uprreport.text import slug

    asks = sys.stdin.isatty()
    given = {name: value for name, value in answers.items() if value is not None}
    given["id"] = given.pop("review_id", None)

    def ask(name: str, question: str, default: Any, kind: Any = str) -> None:
        if given.get(name) is None:
            shows = default not in ("", 0)
            value = (
                click.prompt(question, default=default, type=kind, err=True, show_default=shows)
                if asks
                else default
            )
            given[name] = value or None

    ask("state", "State under review", None if asks else "", Setting("review", "state"))
    if not given["state"]:
        raise UprReportError(
            "the State under review is not named", "name it with --state, or answer in a terminal"
        )
    ask("cycle", "Cycle", 4, _CYCLE)
    ask("session", "Session of the Working Group (0 if not known)", 0, click.IntRange(0, 200))
    short = f"{slug(given['state'], 20) or 'review'}-upr{given['cycle']}"
    ask("id", "Short name of the review", short, Setting("review", "id"))
    ask("language", f"Language of the report ({_languages()})", "en", LanguageCode())
    ask("sheet_language", "Language of the progress sheets", given["language"], LanguageCode())
    for name, question in (("due", "Report due"), ("sheets_due", "Sheets due back")):
        ask(name, f"{question} (year-month-day, empty if not known)", "", OptionalDate())
    for name, (key, question) in _COORDINATOR.items():
        ask(name, f"{question} (for letters and sheets, may stay empty)", "", Setting("coordinator", key))
    contact = {key: given.pop(name) or "" for name, (key, _) in _COORDINATOR.items()}
    return {**given, "contact": contact}


@main.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--anyway", is_flag=True, help="Take the list of another State, cycle or session, too.")
@options("format", "today")
@click.pass_obj
def import_(folder: Path, files: Sequence[Path], anyway: bool, form: str, today: datetime.date | None,
            quiet: bool, no_color: bool) -> None:  # fmt: skip
    """Read OHCHR's matrix of recommendations (.docx, or several that make up one list) into register.xlsx."""
    from uprreport.flows import importing

    talk = make_talk(quiet, no_color)
    result = importing.import_lists(folder, files, today_or(today), anyway=anyway)
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.findings)
        talk.data(_import_text(result.document))
    finish(talk, result)


def _import_text(told: dict[str, Any]) -> str:
    positions = ", ".join(f"{count} {position}" for position, count in told["positions"].items())
    lists = [f"{told_of['file']}: {told_of['list']}" for told_of in told["files"]]
    lines = [
        *lists,
        (
            f"{told['rows']} rows: {told['headings']} heading, {told['themes']} themes, "
            f"{told['recommendations']} recommendations, {len(told['unread'])} unread"
        ),
        f"positions: {positions}",
        f"register: {told['new']} new, {told['changed']} changed, {told['gone']} no longer in the list",
    ]
    if told["repeated"]:
        lines.append(f"in more than one of the files: {told['repeated']}")
    several = len(told["files"]) > 1
    unread = [
        f"unread row {row['row']}{' of ' + row['file'] if several else ''}: {row['text']}"
        for row in told["unread"]
    ]
    return "\n".join(lines + unread)


@main.command()
@options("format", "today")
@click.pass_obj
def assign(folder: Path, form: str, today: datetime.date | None, quiet: bool, no_color: bool) -> None:
    """Give each recommendation its theme's agencies; list what was typed otherwise and what has none."""
    from uprreport.flows import assigning

    talk = make_talk(quiet, no_color)
    result = assigning.assign(folder, today_or(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.findings)
        for line in _assign_lines(result.document):
            talk.data(line)
    finish(talk, result)


def _assign_lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"assigned from their themes: {len(told['assigned'])}"
    if told["changed"]:
        yield f"changed as their themes were: {len(told['changed'])}"
    for row in told["changed"]:
        yield f"  {row['number']}: {row['before']['lead'] or 'nobody'}, now {row['lead'] or 'nobody'}"
    if told["kept"]:
        yield f"kept, since a person typed another lead than the theme's: {len(told['kept'])}"
    for row in told["kept"]:
        yield f"  {row['number']}: {row['lead']} ({row['theme']}: {row['theme_lead']})"
    yield f"without an agency: {', '.join(told['unassigned']) or 'none'}"
