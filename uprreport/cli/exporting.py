"""Commands that write what goes out for others: export."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from uprreport.cli.main import main
from uprreport.cli.options import finish, make_talk, options, today_or

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT = click.option(
    "-o", "out", type=click.Path(path_type=Path, file_okay=False), help="The folder to write into."
)


@main.group()
def export() -> None:
    """Write what others are sent: clearance files, a copy for consultation."""


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
