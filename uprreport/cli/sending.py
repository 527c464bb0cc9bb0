"""The command that sends sheets out, in its several ways: sheets."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uprreport.cli.main import main
from uprreport.cli.options import finish, make_talk, options, today_or
from uprreport.console import counts_text
from uprreport.findings import UprReportError

if TYPE_CHECKING:
    from uprreport.flows.base import Result

MODES = ("corrections", "by_unit", "combine", "to_sign", "mail", "remind", "on_behalf")


@main.command()
@click.argument("agencies", nargs=-1, metavar="[AGENCY]...")
@click.option("--corrections", is_flag=True, help="The agency's own answers, with what was found marked.")
@click.option("--by-unit", is_flag=True, help="Split the sheet for the agency's departments.")
@click.option(
    "--units", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="With --by-unit: a sheet whose column Unit is filled in.")  # fmt: skip
@click.option("--combine", is_flag=True, help="One fresh sheet from all that the agency returned.")
@click.option("--to-sign", is_flag=True, help="The agency's answers as a Word document for signature.")
@click.option("--mail", is_flag=True, help="Covering letters, and unsent messages with the sheet.")
@click.option("--remind", is_flag=True, help="The same for who returned nothing or left rows unanswered.")
@click.option(
    "--on-behalf", metavar="LETTER",
    help='A sheet for what came as an official letter: its number and date, as "No. 5 of 3 March 2026".',
)  # fmt: skip
@options("format", "today")
@click.pass_obj
def sheets(folder: Path, /, agencies: Sequence[str], form: str, today: datetime.date | None, quiet: bool,
           no_color: bool, **asked: Any) -> None:  # fmt: skip
    """Write one progress sheet for each agency, or for the named ones."""
    talk = make_talk(quiet, no_color)
    result = _run(folder, agencies, asked, today_or(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.findings)
        for line in _lines(result.document):
            talk.data(line)
    finish(talk, result)


def _run(folder: Path, agencies: Sequence[str], asked: dict[str, Any], today: datetime.date) -> Result:
    """The flow of the one way that was asked for; two at once are refused in plain words."""
    from uprreport.flows import correcting, mailing, papers, parting, sending

    modes = [name for name in MODES if asked[name] not in (None, False)]
    shown = [f"--{name.replace('_', '-')}" for name in modes]
    if len(modes) > 1:
        raise UprReportError(
            f"{' and '.join(shown)} cannot be done at once", "run the command once for each of them"
        )
    if asked["units"] and modes != ["by_unit"]:
        raise UprReportError("--units says which rows are whose", "use it together with --by-unit")
    ways: dict[str, Callable[[], Result]] = {
        "corrections": lambda: correcting.write_corrections(folder, agencies, today),
        "by_unit": lambda: parting.by_unit(folder, agencies, asked["units"], today),
        "combine": lambda: sending.combine(folder, agencies, today),
        "to_sign": lambda: papers.to_sign(folder, agencies, today),
        "mail": lambda: mailing.mail(folder, agencies, today),
        "remind": lambda: mailing.remind(folder, agencies, today),
        "on_behalf": lambda: sending.on_behalf(folder, agencies, asked["on_behalf"], today),
    }
    return ways[modes[0]]() if modes else sending.sheets(folder, agencies, today)


def _found(told: dict[str, Any]) -> str:
    return counts_text({name: told[name] for name in ("error", "warning")})


def _lines(told: dict[str, Any]) -> Sequence[str]:
    """What was made, a line each."""
    if "units" in told:
        return [
            f"{part['file']}: {part['unit'] or 'rows without a department'} ({len(part['numbers'])} rows)"
            for part in told["units"]
        ]
    if "corrections" in told:
        return [f"{c['sheet']}: {_found(c)}" for c in told["corrections"]]
    if "mails" in told:
        return list(_mail_lines(told))
    if "papers" in told:
        return [
            f"{paper['file']}: {paper['answers']} answers, code {paper['digest']}" for paper in told["papers"]
        ]
    lines = list(told["sheets"])
    for sheet in told.get("combined", ()):
        lines += [_dispute(sheet["agency"], dispute) for dispute in sheet["disputed"]]
    return lines


def _mail_lines(told: dict[str, Any]) -> Iterator[str]:
    for mail in told["mails"]:
        to = ", ".join(mail["to"]) or "no address on the tab Agencies"
        count = len(mail["missing"])
        missing = f", {count} row{'' if count == 1 else 's'} without an answer" if count else ""
        yield f"{mail['message']}: {mail['kind']}{missing}, to {to}, with {', '.join(mail['sheets'])}"
    if told.get("returned"):
        yield f"returned already, not written to: {', '.join(told['returned'])}"
    if told.get("partial"):
        yield f"  of these with rows unanswered (sheets --remind): {', '.join(told['partial'])}"
    if told.get("complete"):
        yield f"nothing is missing, not written to: {', '.join(told['complete'])}"


def _dispute(agency: str, told: dict[str, Any]) -> str:
    kept = "both texts stand, one below the other" if told["kept"] else "left blank"
    field = told["field"].replace("_", " ")
    return f"  {agency} {told['number']}: {field} differs ({', '.join(told['places'])}); {kept}"
