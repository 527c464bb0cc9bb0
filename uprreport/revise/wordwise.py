"""Two texts side by side: which words of each the other one does not have."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from uprreport.files.word.tokens import END, tokenise

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: words that both have, that only the first one has, or only the second."""

    kind: Kind
    text: str


def compare(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; together the pieces of each are that text, blanks and line ends included.

    What office programs correct by themselves, as quotes and dashes, is no difference.
    """
    left, right = _words(one), _words(other)
    if [key for key, _ in left] == [key for key, _ in right]:
        return _pieces([("same", 0, len(left))], left), _pieces([("same", 0, len(right))], right)
    matcher = SequenceMatcher(None, [k for k, _ in left], [k for k, _ in right], autojunk=False)
    codes = matcher.get_opcodes()
    gone = [("same" if tag == "equal" else "gone", a, b) for tag, a, b, _, _ in codes]
    new = [("same" if tag == "equal" else "new", c, d) for tag, _, _, c, d in codes]
    return _pieces(gone, left), _pieces(new, right)


def _words(text: str) -> list[tuple[str, str]]:
    """Pairs of what is compared and the word with the blanks before it; a line's end is a word too."""
    found: list[tuple[str, str]] = []
    lines = text.split("\n")
    for index, line in enumerate(lines):
        at = 0
        for token in tokenise([("", line)]):
            if token.key != END:
                found.append((token.key, line[at : token.end]))
                at = token.end
        end = "\n" if index < len(lines) - 1 else ""
        if line[at:] or end:
            found.append((END, line[at:] + end))
    return found


def _pieces(spans: list[tuple[str, int, int]], words: list[tuple[str, str]]) -> tuple[Piece, ...]:
    """The stretches of a text; blanks before a word that differs stand outside of it."""
    pieces: list[Piece] = []
    for kind, start, end in spans:
        text = "".join(word for _, word in words[start:end])
        if kind == "same" or not text.strip():
            _add(pieces, "same", text)
            continue
        bare = text.strip()
        before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
        _add(pieces, "same", before)
        _add(pieces, "gone" if kind == "gone" else "new", bare)
        _add(pieces, "same", after)
    return tuple(pieces)


def _add(pieces: list[Piece], kind: Kind, text: str) -> None:
    if not text:
        return
    if pieces and pieces[-1].kind == kind:
        pieces[-1] = Piece(kind, pieces[-1].text + text)
    else:
        pieces.append(Piece(kind, text))
