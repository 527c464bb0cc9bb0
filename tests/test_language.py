"""The catalogues: complete, with the same places, and every label read back to the key it stands for."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import template_texts
from make_messages import TABS, messages

from uprreport.language import LANGUAGES, Language, Phrase, english_of, listed, load_language, phrase
from uprreport.numerals import Number, plural_forms
from uprreport.report import phrases, sentences
from uprreport.review import load_shipped_schema
from uprreport.schema import Column, localise
from uprreport.text import fold, unaccented
from uprreport.values import choice_of, read_value

TOOLS = Path(__file__).parent.parent / "tools"
OTHERS = [code for code in LANGUAGES if code != "en"]
MESSAGES = tuple(messages())


def places(text: str) -> list[str]:
    """What is filled in: by the code, and in templates by ``build``, whatever its filters."""
    words = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return sorted([*words, *re.findall(r"\{\{ ([\w.]+)", text)])


def texts(code: str) -> dict[str, str]:
    return dict(load_language(code).texts)


@pytest.mark.parametrize("code", OTHERS)
def test_catalogue__every_text__is_translated(code: str) -> None:
    missing = [text for text in MESSAGES if text not in load_language(code).texts]
    assert not missing


def test_catalogues__messages_of_the_code__are_theirs() -> None:
    command = [sys.executable, str(TOOLS / "make_messages.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run `make messages`: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("code", OTHERS)
def test_catalogue__places__are_those_of_the_english_text(code: str) -> None:
    wrong = {text: told for text, told in texts(code).items() if places(text) != places(told)}
    assert not wrong


def specs(text: str) -> list[str]:
    """How a text wants its numbers said: what stands behind a colon in its places."""
    return [spec for _, name, spec, _ in string.Formatter().parse(text) if name and spec]


@pytest.mark.parametrize("code", LANGUAGES)
def test_catalogue__forms_of_numbers__are_as_many_as_the_language_has(code: str) -> None:
    told = texts(code).values() if code != "en" else MESSAGES
    asked = [(text, spec) for text in told for spec in specs(text)]
    for text, spec in asked:
        for number in range(1, 30):
            said = format(Number(number, code), spec)  # an unknown row of words is a KeyError
            assert said.strip("#") == said != "", text
        if "|" in spec:
            assert spec.count("|") + 1 == len(plural_forms(code)), text


@pytest.mark.parametrize("code", OTHERS)
def test_catalogue__no_text__has_lost_its_line_breaks(code: str) -> None:
    told = texts(code)
    assert all(text.count("\n") == told[text].count("\n") for text in told)


def columns(tab: str) -> list[Column]:
    return [column for column in load_shipped_schema(tab).columns if column.choices]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_labels__in_a_language__read_back_to_their_keys(code: str, tab: str) -> None:
    language = load_language(code)
    for column in columns(tab):
        for choice in column.choices:
            told = language(choice.label)
            for typed in (told, told.upper(), f" {told}. ", unaccented(told), choice.label):
                assert choice_of(column, typed) == choice.key, (column.name, typed)


@pytest.mark.parametrize("tab", TABS)
def test_labels__synonyms__read_back_to_their_keys(tab: str) -> None:
    for column in columns(tab):
        for choice in column.choices:
            assert [choice_of(column, word) for word in choice.synonyms] == [choice.key] * len(
                choice.synonyms
            )


@pytest.mark.parametrize("code", LANGUAGES)
def test_labels__word_of_no_list__is_never_added(code: str) -> None:
    column = load_shipped_schema("progress").column("status")
    unknown = f"{load_language(code)('Implemented')} 80 %"
    value, problems = read_value(column, unknown)
    assert choice_of(column, unknown) == ""
    assert value not in {choice.key for choice in column.choices}
    assert not problems  # the schema's own list is what refuses it


@pytest.mark.parametrize("code", LANGUAGES)
def test_headings__of_one_tab__differ(code: str) -> None:
    for tab in TABS:
        schema = localise(load_shipped_schema(tab), load_language(code))
        titles = [fold(column.title) for column in schema.columns]
        assert len(set(titles)) == len(titles), tab


@pytest.mark.parametrize("code", LANGUAGES)
def test_titles_of_tabs__differ_and_fit(code: str) -> None:
    language = load_language(code)
    titles = [language(load_shipped_schema(tab).title) for tab in TABS]
    titles += [language(title) for title in ("Instructions", "Lists", "Findings")]
    assert len({fold(title) for title in titles}) == len(titles)
    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)


def test_english_of__label_of_another_language__is_found() -> None:
    assert "Planned" in english_of(load_language("az")("Planned").upper())
    assert english_of("no label at all") == frozenset()


def test_listed__words__are_joined_as_the_language_does() -> None:
    comma = Language("xx", {"{first}, {second}": "{first}· {second}"})
    assert comma(listed(["a", "b", "c"])) == "a· b· c"
    assert (listed([]), listed(["a"]), listed(["a", "b"])) == ("", "a", "a, b")


def test_load_language__codes_of_regions_and_scripts__are_the_language() -> None:
    assert load_language("az-Latn").code == load_language("az_AZ").code == "az"
    assert load_language("tlh").code == "en"


@pytest.mark.parametrize("module", [phrases, sentences, template_texts], ids=lambda module: module.__name__)
def test_fixed_words__each__is_a_phrase_of_the_catalogues(module: ModuleType) -> None:
    values = [value for name, value in vars(module).items() if name.isupper()]
    found = list(_leaves(values))
    assert len(found) > 40
    assert [text for text in found if not isinstance(text, Phrase) or text not in MESSAGES] == []


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _leaves(list(value.values()))
    elif isinstance(value, (list, tuple)):
        is_sentence = len(value) == 2 and isinstance(value[1], Phrase) and type(value[0]) is str
        for one in value[1:] if is_sentence else value:
            yield from _leaves(one)
    elif not callable(value):
        yield value


def test_phrase__place_that_is_missing__is_a_bug() -> None:
    with pytest.raises(KeyError):
        phrase("{a} and {b}", a="x")
