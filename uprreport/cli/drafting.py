"""Commands that write the draft: build."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from uprreport.cli.collecting import parts_text
from uprreport.cli.main import main
from uprreport.cli.options import finish, make_talk, options, today_or


@main.command()
@options("format", "strict", "today")
@click.pass_obj
def build(folder: Path, form: str, strict: bool, today: datetime.date | None, quiet: bool,
          no_color: bool) -> None:  # fmt: skip
    """Check, merge, and write the Word draft."""
    from uprreport.flows import draft

    talk = make_talk(quiet, no_color)
    result = draft.build(folder, today_or(today), strict=strict, watch=talk.watch)
    if form == "json":
        talk.json(result.document)
    else:
        told = result.document
        talk.data(parts_text(told["recommendations"]))
        words = told["words"]
        talk.data(f"words: {words['body']} of {words['limit']} in the body, {words['annexes']} in annexes")
        talk.findings(result.own)
        counts = ", ".join(f"{count} {name}s" for name, count in told["counts"].items())
        talk.data(f"findings: {counts} in all (uprreport check tells those of the submissions)")
        talk.data(f"draft: {told['draft'] or 'not written, because there are errors'}")
    finish(talk, result)
