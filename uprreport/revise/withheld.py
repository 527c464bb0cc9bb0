"""What is no longer for publication: told by its source, and looked for by its words.

A text that was drafted and is withdrawn later must leave draft, comments and manifests for good. Most of it
goes block by block (``update``); here is what may be left elsewhere: struck text, comments, copied passages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from uprreport.files.word.everywhere import NOTE, TEXT, Said
from uprreport.files.word.tokens import tokenise
from uprreport.model import Source, Submission

RUN = 6
"""Words in a row by which a passage counts as one of a withheld text; a shorter text counts as a whole."""

LEAST = 3
"""Words that a text must have to be looked for at all: shorter ones stand everywhere."""

Scope = frozenset[tuple[str, str]]
"""Pairs of an agency and what it withheld: a recommendation's number, or the title of another tab."""


def in_scope(scope: Scope) -> Callable[[Source], bool]:
    """Whether a source belongs to what is withheld."""
    return lambda source: (source.agency, source.number or source.sheet) in scope


def withheld_texts(
    submissions: Iterable[Submission], scope: Scope, printed: Collection[str]
) -> tuple[str, ...]:
    """The texts of withheld rows, of every round; but those that other answers print word for word."""
    kept = {_flat(text) for text in printed}
    found: dict[str, None] = {}
    for submission in submissions:
        for rows in submission.rows.values():
            for row in rows:
                name = row.text("number") or row.sheet
                if (submission.agency, name) in scope:
                    texts = (row.text(field) for field in row.values if field != "number")
                    found.update(dict.fromkeys(text for text in texts if _flat(text) not in kept))
    return tuple(found)


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


class Passages:
    """Finds passages of withheld texts in other texts."""

    def __init__(self, withheld: Iterable[str], printed: Iterable[str] = ()) -> None:
        """``printed`` are texts that may stand: a passage that they hold too is no passage."""
        self._runs: set[tuple[str, ...]] = set()
        for text in withheld:
            self._runs |= set(_runs(text))
        for text in printed:
            self._runs -= set(_runs(text, exact=True))
        self._sizes = {len(run) for run in self._runs}

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._runs)

    def is_in(self, text: str) -> bool:
        """Whether a text holds a passage of what is withheld."""
        words = _words(text)
        sizes = self._sizes
        return any(words[i : i + size] in self._runs for size in sizes for i in range(len(words) - size + 1))


def places_of(
    said: Iterable[Said], holds: Callable[[str], bool], known: Iterable[str] = ()
) -> tuple[str, ...]:
    """The places at which a document holds withheld words; lines that are told already (``known``) are left
    out. What the page shows comes first. No word of them is given."""
    told = frozenset(_flat(line) for text in known for line in text.split("\n")) - {""}
    found = (one for one in said if holds(one.text))
    others = (
        one.place
        for one in found
        if one.place not in (TEXT, NOTE) or not any(line in _flat(one.text) for line in told)
    )
    return tuple(sorted(dict.fromkeys(others), key=lambda place: place not in (TEXT, NOTE)))


_SIGNS = ".,;:!?…()[]\"'"


def _words(text: str) -> tuple[str, ...]:
    """The words of a text without the signs around them, which a report may add or change."""
    found = (token.key.casefold().strip(_SIGNS) for token in tokenise([("", text.replace("\n", " "))]))
    return tuple(word for word in found if word.strip())


def _runs(text: str, *, exact: bool = False) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    if len(words) < LEAST:
        return
    if len(words) <= RUN and not exact:
        yield words
    for size in {RUN, *range(LEAST, RUN)} if exact else {RUN}:
        for start in range(len(words) - size + 1):
            yield words[start : start + size]
