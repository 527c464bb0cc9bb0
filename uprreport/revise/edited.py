"""Whether an editor changed a passage: the judgement that update, withdrawal, trace, check and finish share.

Compared is the text as it reads (``files.word.wording``). Where the manifest had to forget a text, the sum
of its words tells.
"""

from __future__ import annotations

from dataclasses import replace

from uprreport.files.word.fields import lasting
from uprreport.files.word.manifest import ManifestBlock, digest_text
from uprreport.files.word.regions import RegionText
from uprreport.files.word.tokens import tokenise
from uprreport.files.word.wording import same_wording, wording, wording_digest
from uprreport.revise.blocks import Paragraphs, Theirs
from uprreport.revise.charts import is_chart_edited, same_data


def is_edited(base: ManifestBlock, theirs: Theirs) -> bool | None:
    """Whether a passage or its chart reads otherwise than it was generated; of one that shares a paragraph
    with others, whether its words no longer stand there. None where nobody can tell."""
    words = is_reworded(base, theirs)
    return True if is_chart_edited(base, theirs.drawn) else words


def is_reworded(base: ManifestBlock, theirs: Theirs) -> bool | None:
    """The same of its words alone: text, tables and notes."""
    there = text_of(base, theirs)
    if base.kept_digest:
        return _is_other_than_kept(base, there)
    if theirs.shared:
        return not stands_in(base.text, there)
    return not same_wording(there, base.text)


def _is_other_than_kept(base: ManifestBlock, there: RegionText) -> bool | None:
    if base.kept_wording:
        return wording_digest(there) != base.kept_wording
    return False if digest_text(there) == base.kept_digest else None


def text_of(base: ManifestBlock, theirs: Theirs) -> RegionText:
    """What stands in a block's place, without the label where a program dropped the style that tells it."""
    text = RegionText(theirs.paragraphs, theirs.tables, theirs.notes, theirs.boxes)
    return text if theirs.label else without_label(text, base.label)


def without_label(text: RegionText, label: str) -> RegionText:
    """A text that opens with a label as plain words, without it."""
    first = text.paragraphs[0][1].lstrip() if text.paragraphs else ""
    if not label or not first.startswith(label):
        return text
    rest = first.removeprefix(label).lstrip()
    kept = [(text.paragraphs[0][0], rest)] if rest else []
    return replace(text, paragraphs=(*kept, *text.paragraphs[1:]))


def stands_in(text: RegionText, there: RegionText) -> bool:
    """Whether every word of a text stands in a shared paragraph, in order, with its tables and notes."""
    wanted, held = _bare(text.paragraphs), _bare(there.paragraphs)
    _, tables, notes = wording(text)
    _, other_tables, other_notes = wording(there)
    if not all(table in other_tables for table in tables) or not all(note in other_notes for note in notes):
        return False
    return any(held[i : i + len(wanted)] == wanted for i in range(len(held) - len(wanted) + 1))


def _bare(paragraphs: Paragraphs) -> tuple[str, ...]:
    return tuple(token.key for token in tokenise(paragraphs) if not token.is_end)


def same_block(one: ManifestBlock, other: ManifestBlock) -> bool:
    """Whether two generations of a block say the same, and their charts show the same."""
    if one.kept_digest:
        same = bool(one.kept_wording) and one.kept_wording == wording_digest(other.text)
        return same or (not one.kept_wording and digest_text(other.text) == one.kept_digest)
    return same_wording(one.text, other.text) and same_plot(one, other)


def same_plot(one: ManifestBlock, other: ManifestBlock) -> bool:
    """Whether the charts of two generations of a block show the same."""
    rows = [block.plot.rows if block.plot is not None else () for block in (one, other)]
    return same_data(*rows)


def first_line(block: ManifestBlock) -> str:
    """The first paragraph of a block as it was generated, without the numbers that its fields show."""
    return lasting(block.text.paragraphs[0][1]) if block.text.paragraphs else ""
