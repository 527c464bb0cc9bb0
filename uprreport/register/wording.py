"""How OHCHR's list prints a recommendation: slips of the source put right, States told from the text."""

from __future__ import annotations

import html
import re
from html.entities import html5

from uprreport.register.states import is_state, split_states
from uprreport.text import clean_text

_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_PULLED_APART = re.compile(r"(?<=\w)\s*\u2011\s*(?=\w)|(?<=\w)\s*’\s+(?=s\b)|(?<=\w)\s+’\s*(?=s\b)")
_SPEAKS_ON = re.compile(r"[;./]|[^\W\d_]")


def plain(text: str) -> str:
    """A text as it was meant: single blanks, entities as characters, without what cannot be printed.

    The source pulls ``custom‑designed`` and ``system’s`` apart where a sign is not the keyboard's own.
    """
    decoded = _ENTITY.sub(_character, text)
    words = " ".join(clean_text(decoded.replace("\u00a0", " "))[0].split())
    return _PULLED_APART.sub(lambda match: match[0].strip(), words)


def _character(entity: re.Match[str]) -> str:
    """The character of an entity; ``&regulations;`` is none, though a browser would see ``&reg`` in it."""
    known = entity[0].startswith("&#") or entity[0][1:] in html5
    return html.unescape(entity[0]) if known else entity[0]


def split_text(text: str) -> tuple[str, tuple[str, ...]]:
    """A recommendation's text and its States: ``… (State A) (State B);`` gives the text and both names.

    Parentheses at the end that hold no State belong to the text. Where States also stand inside the text
    (two texts under one number), the text stays whole and all States are given.
    """
    rest = _balanced(text.rstrip(" ;.,"))
    groups: list[str] = []
    while rest.endswith(")"):
        start = _opening(rest)
        group = rest[start + 1 : -1].strip()
        if start <= 0 or not (_names_states(group) or (not groups and _looks_like_names(group))):
            break
        groups.append(group)
        rest = rest[:start].rstrip(" ;,(")
        rest = rest.removesuffix(".") if rest.endswith(").") else rest
    states = tuple(dict.fromkeys(name for group in reversed(groups) for name in split_states(group)))
    if not states and (told := _said_behind(text)):
        return told
    inner = _inner_states(rest)
    if inner:
        return text.rstrip(" ;."), tuple(dict.fromkeys((*inner, *states)))
    return (rest, states) if states else (text.rstrip(" ;"), ())


_BEHIND = re.compile(r"((?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))+)\s*;\s*(?=\S)")


def _said_behind(text: str) -> tuple[str, tuple[str, ...]] | None:
    """A text with words behind its States, ``… (A) (B); as orally revised``; None for any other."""
    found = [*_BEHIND.finditer(text)]
    if not found or _inner_states(text[found[-1].end() :]):
        return None
    groups = [group[1:-1] for group in _groups(found[-1][1].strip())]
    if not all(map(_names_states, groups)) or _inner_states(text[: found[-1].start()]):
        return None
    before, behind = text[: found[-1].start()].rstrip(" ;,"), text[found[-1].end() :].rstrip(" ;")
    states = (name for group in groups for name in split_states(group))
    return (f"{before}; {behind}", tuple(dict.fromkeys(states))) if before and behind else None


def _groups(text: str) -> list[str]:
    """The parentheses that stand one behind the other."""
    found: list[str] = []
    while text.endswith(")") and (start := _opening(text)) >= 0:
        found.insert(0, text[start:])
        text = text[:start].rstrip()
    return found


def _balanced(text: str) -> str:
    """The text with a closing parenthesis too many or too few at its end put right."""
    if text.endswith("))") and _opening(text) < 0:
        return text[:-1]
    opened: list[int] = []
    for position, sign in enumerate(text):
        if sign == "(":
            opened.append(position)
        elif sign == ")" and opened:
            opened.pop()
    return f"{text})" if opened and _names_states(text[opened[-1] + 1 :]) else text


def _opening(text: str) -> int:
    """The position of the parenthesis that the last one closes; -1 when there is none."""
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return -1


def _names_states(group: str) -> bool:
    return all(is_state(name) for name in split_states(group))


def _looks_like_names(group: str) -> bool:
    """Whether a group at the very end may be States that the table of names does not have.

    Abbreviations in capitals are treaties and bodies.
    """
    words = [word.strip("(),") for word in group.split() if word.lower() not in ("and", "of", "the")]
    return bool(words) and all(word[:1].isupper() and not word[1:].isupper() for word in words)


def _inner_states(text: str) -> tuple[str, ...]:
    """States between parentheses that end a sentence inside the text: ``(A) (B); …``."""
    found: list[str] = []
    follows, ends = len(text), False
    for match in reversed(list(re.finditer(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", text))):
        between = text[match.end() : follows].lstrip()
        speaks_on = _SPEAKS_ON.match(between)
        new_sentence = speaks_on is not None and not speaks_on[0].islower()
        ends = (new_sentence or (not between and ends)) and _names_states(match[0][1:-1])
        if ends:
            found.append(match[0][1:-1])
        follows = match.start()
    return tuple(name for group in reversed(found) for name in split_states(group))
