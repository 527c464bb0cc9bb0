"""The command that ends a review: finish."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uprreport.cli.collecting import untaken_text
from uprreport.cli.main import main
from uprreport.cli.options import finish as leave
from uprreport.cli.options import make_talk, options, today_or

if TYPE_CHECKING:
    from uprreport.console import Talk
    from uprreport.flows.finishing import Finished


@main.command()
@click.argument("revised", metavar="REVISED", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the final .docx; the .pdf is written beside it. Never over an existing file.",
)
@click.option(
    "--anyway",
    is_flag=True,
    help="Write although something is pending: tracked changes are accepted, comments and marks left out.",
)
@options("format", "today")
@click.pass_obj
def finish(folder: Path, revised: Path, out: Path | None, anyway: bool, form: str,
           today: datetime.date | None, quiet: bool, no_color: bool) -> None:  # fmt: skip
    """Write what is sent, as .docx and .pdf; refuses while something is pending."""
    from uprreport.flows import finishing

    talk = make_talk(quiet, no_color)
    asked = finishing.Asked(out, anyway)
    finished = finishing.finish(folder, revised, asked, today_or(today))
    if form == "json":
        talk.json(finished.result.document)
    else:
        _tell(talk, finished)
    leave(talk, finished.result, status=0 if finished.result.written else 1)


def _tell(talk: Talk, finished: Finished) -> None:
    told = finished.result.document
    if told["pending"]:
        is_written = bool(told["output"])
        talk.data(
            "written although this is pending:" if is_written else "not written, because this is pending:"
        )
        for line in finished.lines:
            talk.data(f"  {line}")
    if told["not_taken"]:
        talk.say(
            "answers that the final does not hold:" if told["output"] else "answers that were not taken:"
        )
        for one in told["not_taken"]:
            talk.say(f"  {untaken_text(one)}")
    if told["marks_removed"]:
        talk.data(f"left out, because nothing stands in its place: {'; '.join(told['marks_removed'])}")
    if told["made_plain"] and told["output"]:
        talk.say(f"made plain, or not looked into: {'; '.join(told['made_plain'])}")
    if told["labels_kept"]:
        talk.data(f"labels that somebody changed, and that stay as text: {'; '.join(told['labels_kept'])}")
    if not told["output"]:
        return
    talk.data(f"final: {told['output']}")
    missing = "LibreOffice could not print it" if finished.has_office else "LibreOffice is not installed here"
    talk.data(f"pdf: {told['pdf'] or f'not written, because {missing}; save the final as PDF in Word'}")
    if not finished.paged:
        talk.data(
            "page numbers in the contents: Word fills them in when it opens the final and asks; say yes"
        )
    talk.data(f"archive: {told['archive']}")
