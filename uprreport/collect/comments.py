"""Comment forms of a consultation: written, read back, and turned into questions for the coordinator."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from uprreport.collect.decisions import Decisions
from uprreport.collect.questions import ACCEPT, REMOVE
from uprreport.files.excel.cells import address
from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.table import Table, find_table
from uprreport.files.excel.workbook import FormTab, Passage, Tab, TableTab, TextTab, Workbook
from uprreport.findings import Finding, Location
from uprreport.model import AnswerText, Question, Raw, Row, Value
from uprreport.schema import Column, RowPlace, TabSchema, read_row
from uprreport.text import clean_text, fold, slug

KIND = "comments"
SENDER = "Sender"
WHOLE = "report"
"""The block of a comment on the report as a whole."""


_IDENTITY = ("review", "from", "kind", "contact")
_LONGEST = 30_000  # UTF-16 units: a cell holds 32,767


@dataclass(frozen=True, slots=True)
class Asked:
    """A passage that a form asks about; ``paragraph`` is its number in print."""

    block: str
    title: str
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One row of a form that came back: on which block, by whom, what, and in which cell.

    ``text`` is what was asked about.
    """

    block: str
    title: str
    paragraph: str
    text: str
    comment: str
    proposed_text: str
    sender: str
    kind: str
    contact: str
    place: str


# Writing ------------------------------------------------------------------------------------------------


def form_tabs(
    asked: Sequence[Asked], schema: TabSchema, review: str, heading: str, document: str
) -> list[Tab]:
    """The tabs of a comment form: instructions, who sends it, and one row for each passage.

    ``document`` names the file that is sent with it.
    """
    rows: list[Mapping[str, Value | Raw]] = [
        {
            "block": WHOLE,
            "title": "The report as a whole",
            "text": "Anything that is not about one passage.",
        },
        *(_row(told) for told in asked),
    ]
    sender = replace(schema, columns=tuple(map(_filled_in, _some(schema, _IDENTITY))))
    table = replace(schema, columns=tuple(c for c in schema.columns if c.name != "review"))
    return [
        _instructions(schema, heading, document),
        FormTab(schema=sender, title=SENDER, heading=heading, values={"review": review}, protected=True),
        TableTab(schema=table, title=schema.title, rows=rows, protected=True),
    ]


def form_properties(review: str, manifest: str) -> dict[str, str]:
    """What travels inside a form: its kind, its review, and the draft that it asks about."""
    return {"uprreport kind": KIND, "uprreport review": review, "uprreport manifest": manifest}


def _some(schema: TabSchema, names: Iterable[str]) -> list[Column]:
    return [schema.column(name) for name in names]


def _filled_in(column: Column) -> Column:
    """A column as the line of a form: the help of the table's cells says what holds there only."""
    return replace(column, help="") if column.name == "from" else column


def _row(told: Asked) -> dict[str, Value | Raw]:
    text = told.text
    if len(text.encode("utf-16-le", "replace")) > 2 * _LONGEST:
        text = "(This passage is longer than a cell can hold: please read it in the document.)"
    return {"block": told.block, "paragraph": told.paragraph, "title": told.title, "text": text}


def _instructions(schema: TabSchema, heading: str, document: str) -> TextTab:
    columns = {name: schema.heading(name) for name in ("comment", "proposed_text", "text")}
    steps = (
        (SENDER, "Say once which organisation comments, of what kind it is, and whom to ask."),
        (
            schema.title,
            f"One row for each passage of {document}, with its number in print.",
        ),
        (columns["comment"], "What should be changed, and why."),
        (
            columns["proposed_text"],
            f"The whole passage as it should read: copy {columns['text']}, change it.",
        ),
        ("Leave blank", "every row that you have nothing to say about."),
    )
    passages = (
        Passage("title", "Comments on the draft"),
        Passage("text", f"{heading}. Every comment is read by the coordinator, and answered."),
        Passage("heading", "How to fill it in"),
        *(Passage("item", text, term) for term, text in steps),
        Passage("heading", "Whom to ask"),
        Passage("text", "The coordinator who sent you this form; please answer to the same address."),
    )
    return TextTab(title="Instructions", passages=passages, protected=True)


# Reading ------------------------------------------------------------------------------------------------


def read_comments(
    path: Path, shown: str, schema: TabSchema, review: str = ""
) -> tuple[tuple[Comment, ...], tuple[Finding, ...]]:
    """The comments of a form that came back, and what is wrong in it; rows without a comment are left out.

    The file is guarded and bounded as submissions are. With ``review`` a form of another one is refused.
    """
    workbook, findings = read_workbook(path, shown)
    if workbook is None:
        return (), findings
    found = list(findings)
    table = next((t for grid in workbook.grids if (t := _table(find_table(grid, schema))) is not None), None)
    if table is None:
        return (), (*found, Finding("sheet-missing", Location(shown), details={"expected": schema.title}))
    sender = _read_sender(workbook, schema, shown, found)
    other = workbook.properties.get("uprreport review", "") or sender.text("review")
    if review and other and fold(other) != fold(review):
        problem = f"it holds comments on the review {other}, not on {review}"
        return (), (*found, Finding("workbook-wrong", Location(shown), details={"problem": problem}))
    return tuple(_read_rows(table, shown, sender, found)), tuple(found)


def _table(table: Table | None) -> Table | None:
    """A table in which anybody could have commented."""
    return table if table is not None and {"comment", "proposed_text"} & set(table.columns) else None


def _read_sender(workbook: Workbook, schema: TabSchema, shown: str, findings: list[Finding]) -> Row:
    """The tab Sender: each label with the value to its right; an empty row where the tab is gone."""
    grid = next((grid for grid in workbook.grids if fold(grid.name) == fold(SENDER)), None)
    if grid is None:
        return Row(schema.name, shown, SENDER, 0, {}, {})
    labels = {fold(column.title): column.name for column in _some(schema, _IDENTITY)}
    raw: dict[str, Raw] = {}
    cells: dict[str, str] = {}
    for (line, column), label in sorted(grid.cells.items(), key=lambda cell: cell[0]):
        name = labels.get(fold(label)) if isinstance(label, str) else None
        if name is not None and name not in cells:
            cells[name] = address(line, column + 1)
            if (line, column + 1) in grid.cells:
                raw[name] = grid.cells[line, column + 1]
    row, found = read_row(schema, RowPlace(shown, grid.name, 0, cells), raw)
    findings += found
    return row


def _read_rows(table: Table, shown: str, sender: Row, findings: list[Finding]) -> Iterator[Comment]:
    is_told = False
    for place, raw in table.rows(shown):
        row, found = read_row(table.schema, place, raw)
        if not (row.text("comment") or row.text("proposed_text")):
            continue
        findings += found
        name = row.text("from") or sender.text("from")
        if not name and not is_told:
            is_told = True
            at = sender.at("from") if "from" in sender.cells else row.at("from")
            heading = table.schema.heading("from")
            findings.append(Finding("value-missing", at, heading=heading))
        yield _comment(row, sender, name or Path(shown).stem)


def _comment(row: Row, sender: Row, name: str) -> Comment:
    block = row.text("block") or (f"paragraph {row.text('paragraph')}" if row.text("paragraph") else WHOLE)
    told = next(column for column in ("comment", "proposed_text") if row.text(column))
    return Comment(
        block=block,
        title=row.text("title"),
        paragraph=row.text("paragraph"),
        text=row.text("text"),
        comment=row.text("comment"),
        proposed_text=clean_text(row.text("proposed_text"))[0],
        sender=name,
        kind=row.text("kind") or sender.text("kind"),
        contact=row.text("contact") or sender.text("contact"),
        place=str(row.at(told)),
    )


# Questions and answers ------------------------------------------------------------------------------------


def comment_questions(comments: Iterable[Comment]) -> tuple[Question, ...]:
    """One question for each block and sender, in the order of their ids; equal comments are one."""
    return tuple(comment_question(own) for _, own in sorted(_grouped(comments).items()))


def comment_question(comments: Sequence[Comment]) -> Question:
    """What one sender says on one block, for the coordinator to accept or remove; with the reply.

    ``edited_text``, or else ``reason``, is the reply. A comment that changes later opens it again.
    """
    first = comments[0]
    texts = tuple(AnswerText(told.sender, _told(told), told.place) for told in comments)
    sender = (_sender_slug(first.sender),)
    return Question(question_id(first), "comment", _number(first.block), sender, texts, (ACCEPT, REMOVE))


def question_id(comment: Comment) -> str:
    """``comment:<number or id of the block>@<sender>``."""
    return f"comment:{_number(comment.block)}@{_sender_slug(comment.sender)}"


def _number(block: str) -> str:
    """The recommendation's number where a block is the whole answer to one; else the block's id."""
    found = re.fullmatch(r"rec:([^/@]+)/measures", block)
    return found[1] if found else block


def _sender_slug(sender: str) -> str:
    """A sender's name as part of an id: of names that Latin letters cannot tell apart, a sum as well."""
    plain = slug(sender, 40)
    if len(plain) >= 0.5 * len("".join(c for c in sender if c.isalnum())) and len(sender) <= 60:
        return plain
    return f"{plain[:30]}-{hashlib.sha256(fold(sender).encode('utf-8', 'replace')).hexdigest()[:8]}".lstrip(
        "-"
    )


def _told(comment: Comment) -> str:
    about = f"on paragraph {comment.paragraph}" if comment.paragraph else "on"
    lines = [f"{about} ({comment.title or comment.block}): {comment.comment or '(no comment)'}"]
    if comment.proposed_text:
        lines.append(f"Proposed text: {comment.proposed_text}")
    return "\n".join(lines)


def _grouped(comments: Iterable[Comment]) -> Mapping[str, list[Comment]]:
    """The comments by question; equal ones once, in an order that does not depend on their files' order."""
    groups: dict[str, dict[tuple[str, str], Comment]] = {}
    for told in sorted(comments, key=lambda c: (c.comment, c.proposed_text, c.place)):
        groups.setdefault(question_id(told), {}).setdefault((told.comment, told.proposed_text), told)
    return {question: list(own.values()) for question, own in groups.items()}


@dataclass(frozen=True, slots=True)
class Answered:
    """A comment that the coordinator decided on; ``reply`` is what its sender is told."""

    comment: Comment
    accepted: bool
    reply: str
    decided_by: str


def answered_comments(comments: Iterable[Comment], decisions: Decisions) -> tuple[Answered, ...]:
    """The comments with a decision that counts, in the order of their questions."""
    found: list[Answered] = []
    for _, own in sorted(_grouped(comments).items()):
        decision = decisions.on(comment_question(own))
        if decision is not None:
            reply = decision.edited_text or decision.reason
            accepted = decision.decision == ACCEPT.key
            found += [Answered(told, accepted, reply, decision.decided_by) for told in own]
    return tuple(found)
