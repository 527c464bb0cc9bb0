"""Words that people type in place of a list's own labels, in every shipped language.

They stand in ``locale/synonyms.json`` under the English label that each one means. A word that could mean two
labels stands there as ``unclear``: it is never read, and its labels are offered. ``x-synonyms`` of a schema
replace the words of that list.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from uprreport.text import fold, unaccented


@functools.cache
def shipped_words() -> Mapping[str, Any]:
    """``synonyms``: label -> code -> words; ``unclear``: word -> labels that it may mean."""
    path = resources.files("uprreport") / "locale" / "synonyms.json"
    read: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def synonyms_by_language(label: str) -> Mapping[str, tuple[str, ...]]:
    """The further words for an English label by the code of their language; empty where it has none."""
    told: Mapping[str, list[str]] = shipped_words()["synonyms"].get(label, {})
    return {code: tuple(words) for code, words in told.items()}


def synonyms_of(label: str) -> tuple[str, ...]:
    """The further words for an English label, of all languages."""
    return tuple(word for words in synonyms_by_language(label).values() for word in words)


def unclear_labels(text: str) -> tuple[str, ...]:
    """The English labels that a word may mean, where it may mean several or asks a person."""
    return _unclear().get(unaccented(fold(text)), ())


@functools.cache
def _unclear() -> Mapping[str, tuple[str, ...]]:
    return {unaccented(fold(word)): tuple(labels) for word, labels in shipped_words()["unclear"].items()}
