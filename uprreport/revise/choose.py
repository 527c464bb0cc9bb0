"""Which blocks of a traced draft somebody means: by id, recommendation, agency or theme."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from uprreport.findings import UprReportError
from uprreport.model import Source
from uprreport.revise.trace import Traced
from uprreport.text import fold, natural_key

Keeps = Callable[[Source], bool]
"""Which sources of a block were asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the register names beside what stands in the draft; ``themes`` are titles by short name."""

    numbers: Collection[str] = ()
    agencies: Collection[str] = ()
    themes: Mapping[str, str] = field(default_factory=dict)


def choose(blocks: Sequence[Traced], names: Iterable[str], known: Known) -> tuple[Traced, ...]:
    """The blocks that some names mean, in the order of the draft; all of them without a name.

    A name is a block's id, the number of a recommendation (groups and tables in which it stands included), an
    agency's id, a theme (its short name or its title), or the last part of an id. Of a table only the sources
    of what was asked for are given. Raises ``UprReportError`` for a name that nothing has.
    """
    kept: dict[str, list[Keeps]] = {}
    asked = list(names)
    for name in asked:
        found = _matching(blocks, name.strip(), known)
        if found is None:
            raise _unknown(blocks, name, known)
        for block, keeps in found:
            kept.setdefault(block.id, []).append(keeps)
    if not asked:
        return tuple(blocks)
    return tuple(_narrowed(block, kept[block.id]) for block in blocks if block.id in kept)


def _all(_source: Source) -> bool:
    return True


def _matching(blocks: Sequence[Traced], name: str, known: Known) -> Sequence[tuple[Traced, Keeps]] | None:
    """The blocks that a name means, none where the register knows it; None where nothing does."""
    whole: tuple[Callable[[Traced], bool], ...] = (
        lambda block: block.id == name,
        lambda block: fold(block.id) == fold(name),
    )
    parts: tuple[Callable[[Traced], bool], ...] = (
        lambda block: bool(block.theme) and fold(name) in _theme_names(block.theme, known),
        lambda block: fold(block.id.partition(":")[2]) == fold(name),
        lambda block: fold(block.title) == fold(name),
    )
    for test in whole:
        if found := [(block, _all) for block in blocks if test(block)]:
            return found
    for about in (_about_number, _about_agency):
        if listed := list(about(blocks, name)):
            return listed
    for test in parts:
        if found := [(block, _all) for block in blocks if test(block)]:
            return found
    return [] if fold(name) in {fold(other) for other in (*known.numbers, *known.agencies)} else None


def _theme_names(theme: str, known: Known) -> tuple[str, ...]:
    names = (theme, f"theme:{theme}", f"noted:{theme}", known.themes.get(theme, theme))
    return tuple(fold(name) for name in names)


# A recommendation, an agency ------------------------------------------------------------------------------


def _about_number(blocks: Sequence[Traced], name: str) -> Iterator[tuple[Traced, Keeps]]:
    if not re.fullmatch(r"[A-Za-z]?\d[\w.]*", name):
        return
    number = name.upper() if name[0].isalpha() else name
    for block in blocks:
        if _is_about(block, number):
            yield block, (lambda source: source.number == number) if block.is_table else _all


def _is_about(block: Traced, number: str) -> bool:
    return (
        any(told.source.number == number for told in block.sources)
        or any(key.partition("/")[0] == number for key in block.row_keys)
        or number in _numbers_of(block.label.strip("[]").partition(" · ")[0], number)
        or block.id.startswith(f"rec:{number}/")
    )


def _numbers_of(text: str, number: str) -> Iterator[str]:
    """The given number, where a list of numbers and ranges names it: ``140.7, 140.11–140.14``."""
    for part in re.split("[,،、]", text):
        first, dash, last = part.strip().partition("–")
        if first == number or (
            dash and natural_key(first) <= natural_key(number) <= natural_key(last) and _alike(first, number)
        ):
            yield number


def _alike(one: str, other: str) -> bool:
    """Whether two numbers count in one row: 140.7 and 140.9, not 140.7 and 141.9 or P1."""
    return one.rpartition(".")[0] == other.rpartition(".")[0] and other.rpartition(".")[2].isdigit()


def _about_agency(blocks: Sequence[Traced], name: str) -> Iterator[tuple[Traced, Keeps]]:
    for block in blocks:
        found = {told.source.agency for told in block.sources if fold(told.source.agency) == fold(name)}
        if found - {""}:
            yield block, (lambda source: fold(source.agency) == fold(name)) if block.is_table else _all


def _narrowed(block: Traced, keeps: Sequence[Keeps]) -> Traced:
    return replace(block, sources=tuple(t for t in block.sources if any(keep(t.source) for keep in keeps)))


# A name that nothing has ----------------------------------------------------------------------------------


def _unknown(blocks: Sequence[Traced], name: str, known: Known) -> UprReportError:
    names = dict.fromkeys(_names(blocks, known))
    folded = {fold(other): other for other in names}
    near = [folded[other] for other in difflib.get_close_matches(fold(name), folded, n=3, cutoff=0.5)]
    hint = (
        f"did you mean {', '.join(near[:-1]) + ' or ' if near[1:] else ''}{near[-1]}?"
        if near
        else "without a name, uprreport trace lists every block of the draft"
    )
    return UprReportError(f"nothing in the draft is called {name}", hint)


def _names(blocks: Sequence[Traced], known: Known) -> Iterator[str]:
    yield from known.numbers
    yield from known.agencies
    for block in blocks:
        yield block.id
        yield block.id.partition(":")[2]
        if block.theme:
            yield block.theme
        yield from (told.source.agency for told in block.sources if told.source.agency)
