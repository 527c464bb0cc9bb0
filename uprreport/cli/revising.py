"""Commands on a revised draft: update, trace."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from uprreport.cli.main import main
from uprreport.cli.options import finish, make_talk, options, today_or

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@main.command()
@click.argument("revised", metavar="REVISED", type=_FILE)
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write; never over an existing file.",
)
@click.option(
    "--with",
    "copies",
    type=_FILE,
    multiple=True,
    help="Another copy whose changes are carried in; may be given again.",
)
@click.option(
    "--from-final",
    "final",
    type=_FILE,
    help="A final whose later edits are carried back into the working copy.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@options("format", "today")
@click.pass_obj
def update(folder: Path, revised: Path, out: Path | None, copies: tuple[Path, ...], final: Path | None,
           dry_run: bool, form: str, today: datetime.date | None, quiet: bool,
           no_color: bool) -> None:  # fmt: skip
    """Carry late answers into a revised draft as tracked changes; no word of an editor is lost."""
    from uprreport.flows import revision

    talk = make_talk(quiet, no_color)
    asked = revision.Asked(out, copies, final, dry_run)
    result = revision.update(folder, revised, asked, today_or(today))
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.own)
        for line in revision.told_lines(result.document):
            talk.data(line)
    finish(talk, result)


@main.command()
@click.argument("draft", metavar="DRAFT", type=_FILE)
@click.argument("blocks", nargs=-1, metavar="[BLOCK]...")
@click.option("--edited", is_flag=True, help="Only blocks that an editor changed or deleted.")
@click.option("--html", "page", is_flag=True, help="Write a page with both texts side by side.")
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the page; build/trace.html without it.",
)
@options("format", "today")
@click.pass_obj
def trace(folder: Path, draft: Path, blocks: tuple[str, ...], edited: bool, page: bool, out: Path | None,
          form: str, today: datetime.date | None, quiet: bool, no_color: bool) -> None:  # fmt: skip
    """Say where each block of a draft came from, and who edited it.

    BLOCK is a block's id, the number of a recommendation, the id of an agency, or a theme; without it the
    whole draft is listed.
    """
    from uprreport.console import OK
    from uprreport.flows import tracing

    talk = make_talk(quiet, no_color)
    told = tracing.trace(folder, draft, tracing.Asked(blocks, edited, page, out), today_or(today))
    if form == "json":
        talk.json(told.result.document)
    else:
        talk.data("\n".join(told.lines))
    finish(talk, told.result, status=OK)
