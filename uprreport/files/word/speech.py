"""Texts as runs: each in the direction of its letters, and in its language where that is another one.

Word sets letters from right to left by what their run says, and wants the directions of a text apart.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping

from uprreport.files.word.fields import runs_of
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import FIELD, Element, element, plain_text, run, style_of, w
from uprreport.language import code_of, runs_from_right
from uprreport.model import Foreign
from uprreport.text import reads_from_right

TAGS: Mapping[str, str] = {
    "en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN",
    "az": "az-Latn-AZ",
}  # fmt: skip
"""How office programs call the shipped languages."""

EAST_ASIAN = frozenset({"zh", "ja", "ko"})


def write(text: str, style: str = "", *, rtl: bool = False, foreign: Foreign = ()) -> list[Element]:
    """A text as runs in a character style; ``rtl`` is the direction of its paragraph."""
    if text.isascii() and not rtl and not foreign:
        return [run(text, style)]
    fields = {found.start(): found[0] for found in FIELD.finditer(text)}
    hidden = FIELD.sub(lambda found: " " * len(found[0]), text)  # its letters are nobody's
    marks = zip(directions(hidden, rtl=rtl), languages(hidden, foreign), strict=True)
    made: list[Element] = []
    for piece, (turned, language) in _pieces(text, list(marks), fields):
        if piece in fields.values():
            made += [_marked(one, turned) for one in runs_of(piece)]
        else:
            made.append(_run(piece, style, turned, language))
    return made or [run(text, style)]


Marks = tuple[bool, str]


def _pieces(text: str, marks: list[Marks], fields: Mapping[int, str]) -> Iterator[tuple[str, Marks]]:
    """The parts of a text that are in one direction and language, and its fields by themselves."""
    at = 0
    while at < len(text):
        end = at + len(fields[at]) if at in fields else at + 1
        while at not in fields and end < len(text) and end not in fields and marks[end] == marks[at]:
            end += 1
        yield text[at:end], marks[at]
        at = end


def _marked(made: Element, turned: bool) -> Element:
    if turned:
        made.insert(0, element("rPr", element("rtl")))
    return made


def _run(text: str, style: str, turned: bool, language: str) -> Element:
    made = run(text, style)
    look = made.find(w("rPr"))
    look = element("rPr") if look is None else look
    if any(unicodedata.east_asian_width(char) == "W" for char in text):
        look.append(element("rFonts", hint="eastAsia"))
    if turned:
        look.append(element("rtl"))
    if language:
        look.append(_lang(language))
    if len(look) and look.getparent() is None:
        made.insert(0, look)
    return made


def say(made: Element, lang: Element) -> None:
    """Mark a run with a language, which stands behind all else of its look that is written here."""
    look = made.find(w("rPr"))
    if look is None:
        look = element("rPr")
        made.insert(0, look)
    look.append(lang)


def language_of(node: Element) -> Element | None:
    """The mark of the language in which a paragraph stands but for its label; None for none or several."""
    runs = (one for one in node.iter(w("r")) if plain_text(one).strip())
    own = (one for one in runs if one.find(f"{w('rPr')}/{w('rStyle')}") is None)
    told = [one.find(f"{w('rPr')}/{w('lang')}") for one in own]
    marks = {tuple(sorted(lang.attrib.items())) for lang in told if lang is not None}
    return told[0] if told and None not in told and len(marks) == 1 else None


def put_style(made: Element, style: str) -> None:
    """Give a run a character style, in the place of any other."""
    look = made.find(w("rPr"))
    if look is None:
        look = element("rPr")
        made.insert(0, look)
    for node in look.findall(w("rStyle")):
        look.remove(node)
    look.insert(0, element("rStyle", val=style))


def dress(made: Element, look: Element) -> None:
    """Give a run another's look, but its own direction; a language goes with the letters it is for."""
    own = made.find(w("rPr"))
    turned = own is not None and own.find(w("rtl")) is not None
    was = look.find(w("rtl")) is not None
    for node in [*look.iter(w("rtl"))] + ([*look.iter(w("lang"))] if turned != was else []):
        look.remove(node)
    if turned:
        behind = (node for node in look if node.tag in _BEHIND_RTL)
        look.insert(next((look.index(node) for node in behind), len(look)), element("rtl"))
    if own is not None:
        made.remove(own)
    if len(look):
        made.insert(0, look)


_BEHIND_RTL = frozenset(w(name) for name in ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"))


def _lang(language: str) -> Element:
    code = code_of(language)
    kind = "bidi" if runs_from_right(code) else "eastAsia" if code in EAST_ASIAN else "val"
    return element("lang", **{kind: TAGS.get(code, language)})


def languages(text: str, foreign: Foreign) -> list[str]:
    """The language of each character, where it is another than the document's: empty elsewhere.

    Longer pieces come first: a short one may also stand in one of them.
    """
    found = [""] * len(text)
    for piece, language in sorted(foreign, key=lambda one: -len(one[0])):
        at = text.find(piece) if piece else -1
        while at >= 0:
            end = at + len(piece)
            if not any(found[at:end]):
                found[at:end] = [language] * len(piece)
            at = text.find(piece, end)
    return found


def directions(text: str, *, rtl: bool) -> list[bool]:
    """Whether each character stands from right to left: digits and signs as the letters around them do.

    Digits behind a letter from left to right belong to it, as in *Act 5*; what stands between letters of two
    directions, or at an end, follows the paragraph.
    """
    strong = list(_strong(text))
    before = list(itertools.accumulate(strong, lambda last, now: last if now is None else now, initial=rtl))
    reverse = itertools.accumulate(
        reversed(strong), lambda last, now: last if now is None else now, initial=rtl
    )
    after = list(reverse)[::-1]
    told = zip(strong, before[1:], after[:-1], strict=True)
    return [kind if kind is not None else one if one == other else rtl for kind, one, other in told]


def _strong(text: str) -> Iterator[bool | None]:
    last: bool | None = None
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            last = kind != "L"
            yield last
        else:
            yield False if kind == "EN" and last is False else None


# Paragraphs -------------------------------------------------------------------------------------------


def reads(text: str, foreign: Foreign, *, rtl: bool) -> bool:
    """Whether a paragraph runs from right to left: by its own words, else by those in other languages."""
    marks = languages(text, foreign) if foreign else ()
    own = "".join(char for char, language in zip(text, marks, strict=True) if not language) if marks else text
    return reads_from_right(own if any(char.isalpha() for char in own) else text, default=rtl)


def direct(node: Element, styles: Styles, *, turned: bool) -> None:
    """Turn a paragraph in a direction, where its style has another one."""
    style = style_of(node)
    if turned != styles.is_rtl(style):
        about = node.find(w("pPr"))
        if about is None:
            about = element("pPr")
            node.insert(0, about)
        at = 1 if style else 0
        about.insert(at, element("bidi") if turned else element("bidi", val="0"))
