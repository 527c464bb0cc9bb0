"""What is left of a merge that carried only a part in: the base that moves on, and what a comment says.

The base takes over what came in; where the data clash with an editor's words it stays, so that the next
update still knows what the editor changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uprreport.files.word.fields import readable
from uprreport.files.word.tokens import Token, keys, tokenise
from uprreport.revise.merge import Change, Merge, merge
from uprreport.revise.sentences import sentences

Paragraphs = Sequence[tuple[str, str]]

GONE = "No longer in the answers: "
NEW, INSTEAD, WITHOUT = "new", "for", "without"


def merge_texts(
    base: Paragraphs, theirs: Paragraphs, ours: Paragraphs, fixed: Sequence[tuple[int, int, int]] = ()
) -> Merge:
    """The merge of three texts, each given as pairs of style and text.

    ``fixed`` are characters of theirs (paragraph, start, end) that must stay.
    """
    there = tokenise(theirs)
    return merge(keys(tokenise(base)), keys(there), keys(tokenise(ours)), _stretches(there, fixed))


def _stretches(there: Sequence[Token], fixed: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The words that hold some characters, as stretches; neighbours are one."""
    at = [
        index
        for index, token in enumerate(there)
        if any(p == token.paragraph and token.start < e and s < token.end for p, s, e in fixed)
    ]
    found: list[tuple[int, int]] = []
    for index in at:
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def move_on(base: Paragraphs, ours: Paragraphs, changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """A base after some of the changes that lead to ours were made."""
    before, now = tokenise(base), tokenise(ours)
    texts = ([text for _, text in base], [text for _, text in ours])
    pieces: list[tuple[Token, str]] = []
    at = 0
    for change in sorted(changes, key=lambda change: change.start):
        pieces += _spaced(before[at : change.start], texts[0])
        pieces += _spaced(now[change.other_start : change.other_end], texts[1])
        at = change.end
    pieces += _spaced(before[at:], texts[0])
    return tuple(_paragraphs(pieces))


def _spaced(tokens: Sequence[Token], texts: Sequence[str]) -> Iterator[tuple[Token, str]]:
    """Some words, each with the blanks before it."""
    for token in tokens:
        text = texts[token.paragraph][: token.start]
        yield token, text[len(text.rstrip()) :]


def _paragraphs(pieces: Sequence[tuple[Token, str]]) -> Iterator[tuple[str, str]]:
    line = ""
    for token, gap in pieces:
        if not token.is_end:
            line += f"{gap or _seam(line, token)}{token.text}"
            continue
        if line.strip():
            yield token.style, line.strip()
        line = ""
    if line.strip():
        yield "", line.strip()


def _seam(line: str, token: Token) -> str:
    """A blank where a word that began a paragraph would grow together with the one before it."""
    before = tokenise([("", line)])
    grown = tokenise([("", line + token.text)])
    return "" if len(grown) > len(before) else " "


# What a comment says ------------------------------------------------------------------------------------


def clashes_of(base: Paragraphs, ours: Paragraphs, changes: Sequence[Change]) -> str:
    """What the data say where they clash with an editor's words: the sentences of ours that changed, below
    each its new words in quotation marks; what is gone is told with its words."""
    before, now = tokenise(base), tokenise(ours)
    lines: list[str] = []
    for (start, end), own in _by_sentence(now, changes):
        if start == end:
            lines += [f"{GONE}{quoted}" for change in own if (quoted := _quote(base, before, change))]
            continue
        lines.append(_text(ours, now[start:end]))
        told = [_told(base, before, ours, now, change) for change in own]
        is_whole = any(change.other_start <= start and change.other_end >= end for change in own)
        lines += [f"({'; '.join(told)})"] if not is_whole else []
    return readable("\n".join(lines))


def _by_sentence(
    now: Sequence[Token], changes: Sequence[Change]
) -> list[tuple[tuple[int, int], list[Change]]]:
    """The sentences of ours that changes alter, with those changes; an empty one where words only went."""
    spans = [(a, b) for a, b in sentences(keys(now)) if not now[a].is_end]
    found: list[tuple[tuple[int, int], list[Change]]] = []
    for change in changes:
        own = [(a, b) for a, b in spans if _touches(change, a, b)]
        span = (own[0][0], own[-1][1]) if own else (change.other_start, change.other_start)
        if found and own and found[-1][0][1] > span[0]:
            found[-1] = ((found[-1][0][0], max(span[1], found[-1][0][1])), [*found[-1][1], change])
        else:
            found.append((span, [change]))
    return found


def _touches(change: Change, start: int, end: int) -> bool:
    if change.other_start == change.other_end:
        return start < change.other_start < end
    return change.other_start < end and change.other_end > start


def _told(
    base: Paragraphs, before: Sequence[Token], ours: Paragraphs, now: Sequence[Token], change: Change
) -> str:
    added = _quoted(_text(ours, now[change.other_start : change.other_end]))
    gone = _quote(base, before, change)
    if not added:
        return f"{WITHOUT} {gone}"
    return f"{NEW}: {added} {INSTEAD} {gone}" if gone else f"{NEW}: {added}"


def _quote(base: Paragraphs, before: Sequence[Token], change: Change) -> str:
    return _quoted(_text(base, before[change.start : change.end]))


def _quoted(text: str) -> str:
    return f'"{" ".join(text.split())}"' if text else ""


def _text(paragraphs: Paragraphs, tokens: Sequence[Token]) -> str:
    """Words as they were written, those of each paragraph on a line."""
    lines: dict[int, tuple[int, int]] = {}
    for token in tokens:
        if not token.is_end:
            lines[token.paragraph] = (lines.get(token.paragraph, (token.start, 0))[0], token.end)
    return "\n".join(paragraphs[at][1][start:end] for at, (start, end) in lines.items())
