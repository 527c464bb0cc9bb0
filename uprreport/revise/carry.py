"""Carry a merge of words into a story: deletions and insertions at their places, last to first."""

from __future__ import annotations

from collections.abc import Sequence

from uprreport.files.word.story import Story
from uprreport.files.word.tokens import Token, tokenise
from uprreport.revise.merge import Change

Paragraphs = Sequence[tuple[str, str]]


def carry_out(story: Story, ours: Paragraphs, changes: Sequence[Change]) -> None:
    """Make the changes of a merge in a story; ``ours`` are the paragraphs that the new words come from."""
    theirs, new = tokenise(story.paragraphs), tokenise(ours)
    texts = story.paragraphs
    for change in reversed(changes):
        _Step(story, texts, theirs, change).make(ours, new[change.other_start : change.other_end])
    story.finish()


class _Step:
    """One change in one story."""

    def __init__(self, story: Story, texts: Paragraphs, theirs: Sequence[Token], change: Change) -> None:
        self._story, self._texts = story, texts
        self._removed = theirs[change.start : change.end]
        self._before = theirs[change.start - 1] if change.start else None
        self._after = theirs[change.end] if change.end < len(theirs) else None
        first = theirs[change.start] if change.start < len(theirs) else None
        self._paragraph = first.paragraph if first is not None else len(texts)
        self._at = first.start if first is not None else 0

    def make(self, ours: Paragraphs, added: Sequence[Token]) -> None:
        """Delete what goes, then insert what comes."""
        left = self._before if self._before is not None and not self._before.is_end else None
        if not added and self._removed and not any(token.is_end for token in self._removed):
            self._close_gap(left)
            return
        for paragraph, start, end in reversed(_ranges(self._removed)):
            self._story.delete(paragraph, start, end)
        for token in self._removed:
            if token.is_end:
                self._story.delete_end(token.paragraph)
        self._insert(ours, added, left)

    def _close_gap(self, left: Token | None) -> None:
        """Words that go take the blank beside them along."""
        start, end = self._removed[0].start, self._removed[-1].end
        if left is not None:
            start = left.end
        elif self._after is not None and not self._after.is_end:
            end = self._after.start
        self._story.delete(self._paragraph, start, end)

    def _insert(self, ours: Paragraphs, added: Sequence[Token], left: Token | None) -> None:
        """Put the new words in, with blanks to the words on both sides where none are left there."""
        *whole, (_, rest) = _pieces(ours, added)
        at, before, after = self._at, "", ""
        if added and left is not None and (not self._removed or self._removed[0].is_end):
            at, before = left.end, _gap_before(ours, added[0])
        follows = self._after is not None and not self._after.is_end
        joins = bool(self._removed) and self._removed[-1].is_end
        if follows and (joins or (not before and not self._removed) or (whole and not self._removed)):
            after = _gap_after(ours, added[-1]) if added and rest else (" " if joins else "")
        if not whole:
            self._story.insert(self._paragraph, at, f"{before}{rest}{after}")
            return
        style, first = whole[0]
        start = (style, f"{before}{first}" if first else "")
        self._story.insert_paragraphs(self._paragraph, at, [start, *whole[1:]], f"{rest}{after}")


def _ranges(removed: Sequence[Token]) -> list[tuple[int, int, int]]:
    """The characters that go, paragraph by paragraph."""
    found: dict[int, tuple[int, int]] = {}
    for token in removed:
        if not token.is_end:
            start = found.get(token.paragraph, (token.start, 0))[0]
            found[token.paragraph] = (start, token.end)
    return [(paragraph, start, end) for paragraph, (start, end) in sorted(found.items())]


def _pieces(ours: Paragraphs, added: Sequence[Token]) -> list[tuple[str, str]]:
    """The new words between paragraphs' ends, as they were written: (style of the end, text)."""
    pieces: list[tuple[str, str]] = []
    current: list[Token] = []
    for token in added:
        if token.is_end:
            pieces.append((token.style, _text(ours, current)))
            current = []
        else:
            current.append(token)
    return [*pieces, ("", _text(ours, current))]


def _text(ours: Paragraphs, tokens: Sequence[Token]) -> str:
    if not tokens:
        return ""
    return ours[tokens[0].paragraph][1][tokens[0].start : tokens[-1].end]


def _gap_before(ours: Paragraphs, token: Token) -> str:
    text = ours[token.paragraph][1][: token.start]
    return text[len(text.rstrip()) :] if text.strip() else " "


def _gap_after(ours: Paragraphs, token: Token) -> str:
    text = ours[token.paragraph][1][token.end :]
    return text[: len(text) - len(text.lstrip())] if text.strip() else " "
