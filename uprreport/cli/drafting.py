"""Commands that write the draft: build."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from uprreport.cli.collecting import parts_text, words_text
from uprreport.cli.main import main
from uprreport.cli.options import finish, make_talk, options, today_or
from uprreport.console import counts_text
from uprreport.text import above_limit


@main.command()
@click.option(
    "--template", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="A Word template in place of the one that review.toml names.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="WORDS",
    help="A word limit of the body in place of that in review.toml; lists the longest texts.",
)  # fmt: skip
@options("format", "strict", "today")
@click.pass_obj
def build(folder: Path, template: Path | None, limit: int | None, form: str, strict: bool,
          today: datetime.date | None, quiet: bool, no_color: bool) -> None:  # fmt: skip
    """Check, merge, and write the Word draft."""
    from uprreport.flows import draft

    talk = make_talk(quiet, no_color)
    wish = draft.Wish(template, limit)
    result = draft.build(folder, today_or(today), wish, strict=strict, watch=talk.watch)
    if form == "json":
        talk.json(result.document)
    else:
        told = result.document
        talk.data(parts_text(told["recommendations"], told["printed"]))
        words = told["words"]
        talk.data(words_text(words))
        if told.get("longest") and (limit is not None or above_limit(words, words["limit"])):
            talk.data(lengths_text(told))
        talk.findings(result.own)
        counts = counts_text(told["counts"])
        talk.data(f"findings: {counts} in all (uprreport check lists those of the submissions)")
        talk.data(f"draft: {told['draft'] or 'not written, because there are errors'}")
    finish(talk, result)


def lengths_text(told: dict[str, Any]) -> str:
    """Where the words are: by section, and the longest texts."""
    sections = ", ".join(f"{name} {count}" for name, count in told["sections"].items())
    longest = "; ".join(f"{text['title']}: {text['words']}" for text in told["longest"])
    return f"by section: {sections}\nlongest texts: {longest}"
