"""Commands that collect answers: check, merge, status."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uprreport.cli.main import main
from uprreport.cli.options import finish, make_talk, options, today_or
from uprreport.findings import UprReportError

if TYPE_CHECKING:
    from uprreport.console import Talk


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path, exists=True))
@options("format or html", "today")
@click.pass_obj
def check(folder: Path, files: Sequence[Path], form: str, today: datetime.date | None, quiet: bool,
          no_color: bool) -> None:  # fmt: skip
    """Check submissions, a draft or decisions.xlsx: what is wrong in them, where, and what to do about it."""
    from uprreport.console import check_document
    from uprreport.flows import deciding, drafts, gather

    talk = make_talk(quiet, no_color)
    documents = tuple(f for f in files if drafts.is_draft(f) and not gather.is_returned(folder, f))
    if documents and len(documents) == len(files):
        result = drafts.check_drafts(folder, documents, today_or(today))
    elif documents:
        raise UprReportError("sheets and drafts are not checked at once", "run the command once for each")
    elif decided := [file for file in files if deciding.is_decisions(folder, file)]:
        if len(decided) < len(files):
            raise UprReportError(
                "sheets and decisions are not checked at once", "run the command once for each"
            )
        result = deciding.check_decision_files(folder, files, today_or(today), watch=talk.watch)
    else:
        result = gather.check(folder, files, today_or(today), pages=form == "html", watch=talk.watch)
    if form == "json":
        drafts_told = {"drafts": result.document["drafts"]} if documents else {}
        talk.json({**check_document(result.findings), **drafts_told})
    elif form == "html":
        talk.data("\n".join(result.document.get("pages", ())) or "nothing found")
    else:
        talk.findings(result.findings)
        if not result.findings:
            talk.data("nothing found")
        for told in result.document.get("drafts", ()):
            _tell_words(talk, told)
    finish(talk, result)


def _tell_words(talk: Talk, told: dict[str, Any]) -> None:
    """Where the words of a draft are: chapter by chapter, themes with a budget, its longest passages."""
    rows = [[c["heading"], str(c["words"])] for c in told["chapters"] if c["part"] == "body"]
    talk.table([f"Chapters of {told['file']}", "Words"], rows)
    themes = [[t["theme"], str(t["words"]), str(t["budget"])] for t in told["themes"] if t["budget"]]
    if themes:
        talk.table(["Themes with a budget", "Words", "Budget"], themes)
    talk.data(words_text(told["words"]))
    longest = "; ".join(f"{text['title']}: {text['words']}" for text in told["longest"])
    talk.data(f"longest texts: {longest or 'none'}")


@main.command()
@options("format", "strict", "today")
@click.pass_obj
def merge(folder: Path, form: str, strict: bool, today: datetime.date | None, quiet: bool,
          no_color: bool) -> None:  # fmt: skip
    """Merge all submissions into one record set; open questions go to decisions.xlsx."""
    from uprreport.flows import gather

    talk = make_talk(quiet, no_color)
    result = gather.write_merged(folder, today_or(today), strict=strict, watch=talk.watch)
    if form == "json":
        talk.json(result.document)
    else:
        talk.findings(result.findings)
        talk.data(parts_text(result.document["counts"], result.document["printed"]))
        talk.data(f"open questions: {len(result.document['open_questions'])}")
    finish(talk, result)


def words_text(words: dict[str, int]) -> str:
    """How long a draft is, by part, and by the two ways in which its limit is counted."""
    hidden = f", {words['hidden']} hidden" if words["hidden"] else ""
    return (
        f"words: {words['body']} of {words['limit']} in the body (of these {words['headings']} in headings"
        f"{hidden}), {words['footnotes']} in footnotes, {words['endnotes']} in endnotes, "
        f"{words['annexes']} in annexes\n"
        f"against the limit: {words['with_notes']} with all notes, as the Editorial Manual counts; "
        f"{words['without_endnotes']} without endnotes, as is usual"
    )


def untaken_text(told: dict[str, Any]) -> str:
    """An answer that is not in a draft: number, agency, and what became of it."""
    who = f" ({', '.join(told['agencies'])})" if told["agencies"] else ""
    words = told["text"].split()
    more = " …" if len(words) > FEW_WORDS else ""
    return f"{told['where']}{who}: {told['told']}: {' '.join(words[:FEW_WORDS])}{more}"


FEW_WORDS = 12
"""Words by which an answer is known again."""


def parts_text(parts: Mapping[str, int], printed: Mapping[str, int]) -> str:
    """The ledger in one line, and in another what the report prints: each says what it counts."""
    lines = [f"{parts['total']} recommendations"]
    for about, counts in (("by their lead agencies' answers", parts), ("in the report", printed)):
        told = (
            f"{count} {PARTS.get(part, part)}" for part, count in counts.items() if part != "total" and count
        )
        lines.append(f"  {about}: {', '.join(told) or 'none'}")
    return "\n".join(lines)


PARTS = {
    "settled": "with a level of implementation",
    "under_clarification": "under clarification",
    "not_for_publication": "not for publication",
}
"""How parts are called that are no plain word."""


@main.command()
@click.argument("draft", metavar="[DRAFT]", required=False,
                type=click.Path(path_type=Path, exists=True, dir_okay=False))  # fmt: skip
@options("format", "today")
@click.pass_obj
def status(folder: Path, draft: Path | None, form: str, today: datetime.date | None, quiet: bool,
           no_color: bool) -> None:  # fmt: skip
    """Say where the review stands, who is late, and the next three steps.

    Answers that were offered to DRAFT and not taken are named, too; without DRAFT those of the draft that was
    updated last.
    """
    from uprreport.console import OK
    from uprreport.flows import gather

    talk = make_talk(quiet, no_color)
    result = gather.status(folder, today_or(today), draft=draft, watch=talk.watch)
    if form == "json":
        talk.json(result.document)
        finish(talk, result, status=OK)
    told = result.document
    talk.data(parts_text(told["recommendations"], result.printed))
    if told["agencies"]:
        columns = ("id", "assigned", "answered", "empty", "errors", "state")
        headings = [column.capitalize() for column in columns]
        talk.table(["Agency", *headings[1:]], [[str(a[c]) for c in columns] for a in told["agencies"]])
        talk.data("Assigned, answered and empty count recommendations, pledges and observations.")
    for one in told["unread"]:
        talk.data(f"{one['file']}: {one['message']}")
        talk.data(f"  hint: {one['hint']}")
    if told["not_taken"]:
        talk.data(f"answers that were not taken into {told['draft']}:")
        for one in told["not_taken"]:
            talk.data(f"  {untaken_text(one)}")
    for number, step in enumerate(result.steps, start=1):
        where = f" ({step.file})" if step.file and not step.command else ""
        talk.data(
            f"{number}. {step}{where}: {step.why}" if not step.command else f"{number}. {step} ({step.why})"
        )
    finish(talk, result, status=OK)
