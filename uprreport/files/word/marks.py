"""The tool's marks in a text: of missing words, of a draft, of labels, however they came to stand there.

Each has a style. Where a program dropped the style, or an editor typed the mark anew, it is found by what it
says: the words of every mark in every shipped language, and what the manifest holds as generated.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator

from uprreport.files.word.containers import own
from uprreport.files.word.manifest import Manifest
from uprreport.files.word.regions import is_deleted, raw_text, run_style
from uprreport.files.word.styles import PLACEHOLDER, Styles
from uprreport.files.word.xml import Element, plain_text, w
from uprreport.language import LANGUAGES, bracketed, load_language, phrase

CONSULTATION = "Draft for consultation – {date}"
"""What stands across the pages of a copy for consultation."""

_OPEN, _CLOSE = "[\\[［【]", "[\\]］】]"
_IN = "[^\\[\\]［］【】]"
_PLACE = re.compile(r"\{\{[^{}]*\}\}|\{\w+\}")
_EVERY_SIGN = "[［【:："
"""One of these stands in every mark."""

_BEGUN = 4
"""Characters by which a mark is known again that an editor wrote words into."""
_STYLED = re.compile(rf"{_OPEN}{_IN}*{_CLOSE}?")
_GENERATED = re.compile(rf"\s*{_OPEN}{_IN}*{_CLOSE}\s*")
_SHORT = 160
"""Characters that what a cover or header says of a draft never has."""
_LABEL = re.compile(rf"{_OPEN}\s*[A-Za-z]?\d{_IN}*?\s·\s{_IN}*{_CLOSE}")


def flat(text: str) -> str:
    """A text to be compared: blanks, case and the form of apostrophes set aside."""
    return " ".join(text.replace("’", "'").split()).casefold()


def marks_as_generated(base: Manifest) -> frozenset[str]:
    """The marks of missing text as a draft was generated, flat: blocks that say nothing else."""
    told = (block.text.paragraphs[0][1] for block in base.blocks if len(block.text.paragraphs) == 1)
    return frozenset(flat(text) for text in told if _GENERATED.fullmatch(text))


def marks_in(node: Element, styles: Styles, generated: Collection[str] = ()) -> list[str]:
    """The marks of missing text in a paragraph, as they read; one that was written over is none.

    ``generated`` are marks as they were generated, flat.
    """
    if not any(sign in plain_text(node) for sign in _EVERY_SIGN):
        return []  # most paragraphs
    text = raw_text(node, styles)
    styled = [plain_text(run) for run in placeholder_runs(node, styles) if not is_deleted(run)]
    found = _styled("".join(styled).strip(), text)
    return [*found, *(told for told in marks_of(text, generated) if not any(told in one for one in found))]


def _styled(styled: str, text: str) -> list[str]:
    """The brackets of a text that begin as the words in the style of marks do."""
    if styled[:1] not in ("[", "［", "【"):
        return []
    if styled in text:
        return _STYLED.findall(styled)
    return [told for told in _STYLED.findall(text) if told[:_BEGUN] == styled[:_BEGUN]]


def marks_of(text: str, generated: Collection[str] = ()) -> Iterator[str]:
    """The marks of missing text that are told by their words alone."""
    if generated and flat(text) in generated:
        yield text.strip()
    elif any(sign in text for sign in _EVERY_SIGN):
        yield from (found[0].strip() for found in _phrases().finditer(text))


def stands_in(text: str, generated: Collection[str] = ()) -> bool:
    """Whether a line of a final holds any mark of the tool."""
    return bool(labels_of(text)) or is_draft_mark(text) or any(True for _ in marks_of(text, generated))


def labels_of(text: str) -> list[str]:
    """What reads like a label: a number, a dot in the middle of the line, more, all of it in brackets."""
    return _LABEL.findall(text) if "·" in text else []


def is_draft_mark(text: str) -> bool:
    """Whether a paragraph says nothing but that this is a draft, in any shipped language."""
    return 0 < len(text) < _SHORT and _drafts().fullmatch(text.strip()) is not None


def placeholder_runs(node: Element, styles: Styles) -> list[Element]:
    """The runs of a paragraph in the style of marks of missing text."""
    if styles.missing([PLACEHOLDER]):
        return []
    style = styles.id(PLACEHOLDER)
    return [run for run in own(node, w("r")) if run_style(run) == style]


# What marks say ---------------------------------------------------------------------------------------


@functools.cache
def _phrases() -> re.Pattern[str]:
    """Every mark of missing text in every language: in brackets, or without them behind numbers.

    A mark whose words are no more than a note of its own counts without brackets only as a whole paragraph.
    """
    templates = [(template, template.strip()[1:-1].rstrip(" .。")) for template in bracketed()]
    cores = "|".join(_words(inner) for _, inner in templates)
    behind = "|".join(_words(inner) for _, inner in templates if inner.startswith("{"))
    alone = "|".join(_words(inner) for _, inner in templates if not _PLACE.search(inner))
    numbers = r"[A-Za-z]?\d[\d.,;–—\-\s]*"
    ways = [rf"{_OPEN}{_IN}*?(?:{cores}){_IN}*{_CLOSE}?"]
    ways += [rf"{numbers}[:：]\s*(?:{behind})[.。]?"] if behind else []
    ways += [rf"^\s*(?:{alone})[.。]?\s*$"] if alone else []
    return re.compile("|".join(ways), re.IGNORECASE)


def _words(inner: str) -> str:
    """What a mark says but for its numbers, with blanks and apostrophes of any kind."""
    pieces = _PLACE.split(inner)
    if not pieces[0].strip():
        pieces = [pieces[1].lstrip(" \u00a0\u202f:："), *pieces[2:]] if len(pieces) > 1 else pieces
    return f"{_IN}*?".join(map(_loose, pieces))


def _loose(text: str) -> str:
    told = r"\s+".join(re.escape(part) for part in text.split())
    led, ended = (r"\s+" if text[:1].isspace() else ""), (r"\s+" if text[-1:].isspace() and told else "")
    return re.sub("['’]", "['’]", f"{led}{told}{ended}")


@functools.cache
def _drafts() -> re.Pattern[str]:
    """What covers and headers say of drafts, with any date."""
    own = (phrase("DRAFT of {{ report.today }} – not for circulation"), phrase("Draft of {{ report.today }}"))
    told = {load_language(code)(text) for code in LANGUAGES for text in own} | {CONSULTATION}
    ways = (r".{0,40}?".join(map(_loose, _PLACE.split(text))) for text in sorted(told))
    return re.compile("|".join(f"(?:{way})" for way in ways), re.IGNORECASE)
