"""Commands that write what goes out for others: export."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uprreport.cli.main import main
from uprreport.cli.options import finish, make_talk, options, today_or

if TYPE_CHECKING:
    from uprreport.flows.base import Result

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT = click.option(
    "-o", "out", type=click.Path(path_type=Path, file_okay=False), help="The folder to write into."
)

_PLACE = click.option(
    "-o", "out", type=click.Path(path_type=Path), help="The file to write, or the folder to write into."
)


@main.group()
def export() -> None:
    """Write what others are sent: companions of the report, clearance files, a copy for consultation."""


@export.command()
@click.argument("revised", metavar="REVISED", type=_FILE)
@click.argument("agencies", nargs=-1, metavar="[AGENCY]...")
@_OUT
@options("format", "today")
@click.pass_obj
def clearance(folder: Path, revised: Path, agencies: Sequence[str], out: Path | None, form: str,
              today: datetime.date | None, quiet: bool, no_color: bool) -> None:  # fmt: skip
    """Write for each agency its passages as they now read, for sign-off, or for the named agencies."""
    from uprreport.flows import rounds

    talk = make_talk(quiet, no_color)
    result = rounds.export_clearance(folder, revised, agencies, out, today_or(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.own)
        for agency, told in result.document["clearance"].items():
            talk.data(f"{agency}: {told['passages']} passages, {told['file']}")
    finish(talk, result, status=1 if result.own else 0)


@export.command()
@click.argument("revised", metavar="REVISED", type=_FILE)
@_OUT
@options("format", "today")
@click.pass_obj
def consultation(folder: Path, revised: Path, out: Path | None, form: str, today: datetime.date | None,
                 quiet: bool, no_color: bool) -> None:  # fmt: skip
    """Write a marked copy for consultation and a comment form for those who are consulted."""
    from uprreport.flows import rounds

    talk = make_talk(quiet, no_color)
    result = rounds.export_consultation(folder, revised, out, today_or(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.own)
        told = result.document
        talk.data(f"document: {told['document'] or 'not written, because of what stands above'}")
        talk.data(f"comment form: {told['form'] or 'not written'}, {told['passages']} passages")
        if told["marks"]:
            talk.say(f"marks for texts that are still missing: {told['marks']}; they stand in the copy too")
    finish(talk, result, status=1 if result.own else 0)


# Companions of the report -------------------------------------------------------------------------------


def _tell(result: Result, form: str, quiet: bool, no_color: bool) -> None:
    """Say which files a companion is, and what of it a person should look at."""
    talk = make_talk(quiet, no_color)
    told = result.document
    if form == "json":
        talk.json(told)
    else:
        talk.findings(result.own)
        for numbers in filter(None, [told.get("without_action")]):
            talk.data(f"supported, not implemented, and without a planned action: {', '.join(numbers)}")
        for title in told.get("long", ()):
            talk.data(f"may take more than one page: {title}")
        for file in told["files"]:
            talk.data(file)
    finish(talk, result, status=1 if result.own else 0)


@export.command("json")
@_PLACE
@options("format", "today")
@click.pass_obj
def json_(folder: Path, out: Path | None, form: str, today: datetime.date | None, quiet: bool,
          no_color: bool) -> None:  # fmt: skip
    """Write all answers for other programs, as schemas/export.schema.json describes them."""
    from uprreport.flows import exporting

    _tell(exporting.export_json(folder, out, today_or(today)), form, quiet, no_color)


@export.command("csv")
@_PLACE
@options("format", "today")
@click.pass_obj
def csv_(folder: Path, out: Path | None, form: str, today: datetime.date | None, quiet: bool,
         no_color: bool) -> None:  # fmt: skip
    """Write one row for each recommendation as .csv."""
    from uprreport.flows import exporting

    _tell(exporting.export_csv(folder, out, today_or(today)), form, quiet, no_color)


@export.command()
@_PLACE
@options("format", "today")
@click.pass_obj
def xlsx(folder: Path, out: Path | None, form: str, today: datetime.date | None, quiet: bool,
         no_color: bool) -> None:  # fmt: skip
    """Write one row for each recommendation as a workbook."""
    from uprreport.flows import exporting

    _tell(exporting.export_xlsx(folder, out, today_or(today)), form, quiet, no_color)


@export.command()
@click.argument("file", metavar="[FILE]", type=_FILE, required=False)
@_PLACE
@options("format", "today")
@click.pass_obj
def matrix(folder: Path, file: Path | None, out: Path | None, form: str, today: datetime.date | None,
           quiet: bool, no_color: bool) -> None:  # fmt: skip
    """Write OHCHR's list back, filled in: status and measures beside each recommendation.

    FILE is the list; without it, the one in sources/.
    """
    from uprreport.flows import exporting

    _tell(exporting.export_matrix(folder, file, out, today_or(today)), form, quiet, no_color)


@export.command()
@_PLACE
@options("format", "today")
@click.pass_obj
def vnr(folder: Path, out: Path | None, form: str, today: datetime.date | None, quiet: bool,
        no_color: bool) -> None:  # fmt: skip
    """Write an extract by goal and target, for the Voluntary National Review."""
    from uprreport.flows import exporting

    _tell(exporting.export_vnr(folder, out, today_or(today)), form, quiet, no_color)


@export.command()
@_PLACE
@options("format", "today")
@click.pass_obj
def assistance(folder: Path, out: Path | None, form: str, today: datetime.date | None, quiet: bool,
               no_color: bool) -> None:  # fmt: skip
    """Write the request for assistance, for the Voluntary Fund for UPR Implementation."""
    from uprreport.flows import exporting

    _tell(exporting.export_assistance(folder, out, today_or(today)), form, quiet, no_color)


@export.command()
@_PLACE
@options("format", "today")
@click.pass_obj
def plan(folder: Path, out: Path | None, form: str, today: datetime.date | None, quiet: bool,
         no_color: bool) -> None:  # fmt: skip
    """Write the implementation plan, as a document and as a workbook."""
    from uprreport.flows import exporting

    _tell(exporting.export_plan(folder, out, today_or(today)), form, quiet, no_color)


@export.command()
@_PLACE
@options("format", "today")
@click.pass_obj
def practices(folder: Path, out: Path | None, form: str, today: datetime.date | None, quiet: bool,
              no_color: bool) -> None:  # fmt: skip
    """Write good practices, each on a page of its own."""
    from uprreport.flows import exporting

    _tell(exporting.export_practices(folder, out, today_or(today)), form, quiet, no_color)
