"""Which placeholder of a template is at fault, and in which paragraph: asked when it cannot be rendered.

Jinja names neither, since it sees the whole document as one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from uprreport.files.word.package import read_parts
from uprreport.files.word.xml import parse, plain_text, w
from uprreport.findings import shorten

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PLACEHOLDER = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<tag>.*?)%\}", re.DOTALL)
_CONDITION = re.compile(r"[-+]?\s*(?:[a-z]{1,2} )?\s*(?:el)?if (?P<test>.*?)[-+]?\s*$", re.DOTALL)
_OPENERS = ("{{", "}}", "{%", "%}")


def name_fault(template: bytes, facts: Mapping[str, Any], environment: SandboxedEnvironment) -> str:
    """``: {{ review.sate }}, in the paragraph "Report of …"``; nothing where no single place is at fault."""
    return next(
        (
            f': {placeholder}, in the paragraph "{shorten(text, 80)}"'
            for text in _paragraphs(template)
            for placeholder in (*_unknown(text, facts, environment), *_unclosed(text))
        ),
        "",
    )


def name_unclosed(template: bytes) -> str:
    """The same for a placeholder that its paragraph does not close; nothing where all are closed.

    Jinja would read on to the end of the next one, and lose without a word what stands between.
    """
    return next(
        (
            f': {placeholder}, in the paragraph "{shorten(text, 80)}"'
            for text in _paragraphs(template)
            for placeholder in _unclosed(text)
        ),
        "",
    )


def _paragraphs(template: bytes) -> Iterator[str]:
    try:
        parts = read_parts(template)
    except Exception:  # noqa: BLE001  # the file as a whole has its own message
        return
    for name in sorted(part for part in parts if _PARTS.fullmatch(part)):
        yield from (plain_text(node) for node in parse(parts[name]).iter(w("p")))


def _unknown(text: str, facts: Mapping[str, Any], environment: SandboxedEnvironment) -> Iterator[str]:
    for placeholder in _PLACEHOLDER.finditer(text):
        expression = placeholder["value"]
        if expression is None:
            condition = _CONDITION.match(placeholder["tag"])
            expression = condition["test"] if condition else None
        if expression is not None and not _can_be_told(expression, facts, environment):
            yield placeholder[0]


def _unclosed(text: str) -> Iterator[str]:
    rest = _PLACEHOLDER.sub("", text)
    if any(sign in rest for sign in _OPENERS):
        yield shorten(rest[min(rest.find(sign) for sign in _OPENERS if sign in rest) :], 40)


def _can_be_told(expression: str, facts: Mapping[str, Any], environment: SandboxedEnvironment) -> bool:
    from jinja2.exceptions import TemplateError

    try:
        str(environment.compile_expression(expression.strip(), undefined_to_none=False)(**facts))
    except (TemplateError, TypeError):
        return False
    return True
