"""The command group, and what it does alone."""

from __future__ import annotations

from pathlib import Path

import click

from uprreport import __version__
from uprreport.cli.options import Group


@click.group(cls=Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
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
        from uprreport.cli.collecting import status

        ctx.invoke(status, form="text", today=None, quiet=False, no_color=False)
