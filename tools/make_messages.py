"""Bring the catalogues of uprreport/locale/ up to date with the texts of the code and the schemas.

Translations are kept; texts that are gone are dropped. ``--check`` only says whether anything would change.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from uprreport.catalogue import CATALOGUE, OF_DECISIONS, OF_DRAFTS, OF_THE_REGISTER
from uprreport.language import LANGUAGES
from uprreport.review import load_shipped_schema

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "uprreport" / "locale"
TABS = ("cover", "progress", "assistance", "actions", "practices", "consultations")
"""The tables that agencies see; those of the coordinator are in English."""


_ENGLISH = OF_DRAFTS | OF_DECISIONS | OF_THE_REGISTER
"""Codes that no agency is ever told of."""


def messages() -> dict[str, str]:
    """Every text that is told in the agencies' languages, and where it comes from."""
    found: dict[str, str] = {}
    for tab in TABS:
        schema = load_shipped_schema(tab)
        for text in _texts(schema.document):
            found.setdefault(text, f"schemas/{tab}.schema.json")
    for code, entry in CATALOGUE.items():
        for text in (entry.message, entry.hint) if code not in _ENGLISH else ():
            found.setdefault(text, f"finding {code}")
    for text, place in sorted(_in_code()):
        found.setdefault(text, place)
    return found


def _texts(document: dict[str, Any]) -> Iterator[str]:
    """The texts of a schema: its title, and titles, help, labels, definitions and reasons of its columns."""
    for name, value in document.items():
        if name in ("title", "description", "x-because"):
            yield value
        elif name in ("x-labels", "x-definitions"):
            yield from value.values()
        elif name == "properties":
            for spec in value.values():
                yield from _texts(spec)
        elif name in ("allOf", "anyOf", "oneOf"):
            for part in value:
                yield from _texts(part)
        elif name in ("if", "then", "else", "not"):
            yield from _texts(value)


def _in_code() -> Iterator[tuple[str, str]]:
    methods = [("make_*.py", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]
    options = {"**.html": {"silent": "false", "trimmed": "true"}}
    for folder in ("uprreport", "templates", "tools"):
        found = extract_from_dir(ROOT / folder, methods, options, keywords={"phrase": None, "_": None})
        for file, _line, text, _comments, _context in found:
            yield (text if isinstance(text, str) else text[0]), f"{folder}/{file}"


def updated(code: str) -> bytes:
    """The catalogue of a language with all messages of today, as bytes."""
    path = LOCALE / f"{code}.po"
    known: dict[str, str] = {}
    if path.is_file():
        with path.open("rb") as file:
            known = {m.id: m.string for m in read_po(file) if m.id and isinstance(m.id, str)}  # type: ignore[misc]
    catalogue = Catalog(locale=code, project="uprreport", charset="utf-8")
    for text, place in messages().items():
        catalogue.add(text, known.get(text, ""), auto_comments=[place])
    target = io.BytesIO()
    write_po(target, catalogue, width=110, sort_output=False, omit_header=True)
    header = f'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return header.encode() + target.getvalue().strip() + b"\n"


def main() -> int:
    stale = 0
    for code in LANGUAGES:
        path = LOCALE / f"{code}.po"
        if code == "en":
            continue
        content = updated(code)
        if path.is_file() and path.read_bytes() == content:
            continue
        stale = 1
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv:
            path.write_bytes(content)
    return stale if "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
