"""Write the pages of docs/ that are made from the code: commands, findings, columns."""

from __future__ import annotations

import functools
import itertools
import sys
from pathlib import Path

import click

from uprreport.cli import main
from uprreport.findings import CATALOGUE, Severity
from uprreport.language import LANGUAGES, load_language
from uprreport.review import load_shipped_schema
from uprreport.vocabulary import shipped_words, synonyms_by_language

DOCS = Path(__file__).parent.parent / "docs"
TABS = (
    (
        "register.xlsx",
        (
            "recommendations",
            "themes",
            "agencies",
            "links",
            "pledges",
            "observations",
            "abbreviations",
            "texts",
        ),
    ),
    (
        "A progress sheet",
        ("cover", "progress", "assistance", "actions", "practices", "consultations"),
    ),
    ("decisions.xlsx", ("decisions",)),
    ("A comment form", ("comments",)),
)


def commands() -> str:
    parts = ["# Commands", "", "Made from the code by `make docs`.", ""]
    context = click.Context(
        main,
        info_name="uprreport",
        terminal_width=100,
        max_content_width=100,
        help_option_names=["-h", "--help"],
    )
    parts += ["```text", main.get_help(context), "```"]
    listed = dict(main.commands)
    for name, group in main.commands.items():
        if isinstance(group, click.Group):
            listed |= {f"{name} {sub}": command for sub, command in group.commands.items()}
    for name in sorted(listed):
        command = listed[name]
        own = click.Context(
            command, info_name=name, parent=context, terminal_width=100, max_content_width=100
        )
        parts += ["", f"## {name}", "", "```text", command.get_help(own), "```"]
    return "\n".join(line.rstrip() for line in "\n".join(parts).splitlines()) + "\n"


def findings() -> str:
    told = {
        Severity.ERROR: "Errors: cannot be used as it stands, and is left out",
        Severity.WARNING: "Warnings: used, but a person should look",
        Severity.NOTE: "Notes: repaired, or only told",
    }
    parts = [
        "# Findings",
        "",
        "Made from the catalogue by `make docs`. Words in braces stand for what was found.",
    ]
    for severity, title in told.items():
        parts += ["", f"## {title}"]
        for code, entry in CATALOGUE.items():
            if entry.severity is severity:
                parts += [
                    "",
                    f"### {code}",
                    "",
                    f"{_sentence(entry.message)}",
                    "",
                    f"*What to do:* {entry.hint}.",
                ]
    return "\n".join(parts) + "\n"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def columns() -> str:
    parts = ["# Columns", "", "Made from `schemas/` by `make docs`."]
    for title, tabs in TABS:
        parts += ["", f"## {title}"]
        for tab in tabs:
            schema = load_shipped_schema(tab)
            parts += ["", f"### {schema.title}", "", schema.help, ""]
            parts += ["| Heading | Name | Kind | What it holds |", "| --- | --- | --- | --- |"]
            for column in schema.columns:
                choices = ", ".join(choice.label for choice in column.choices)
                what = " ".join(
                    part for part in (column.help, f"One of: {choices}." if choices else "") if part
                )
                kind = {"texts": "texts, one a line"}.get(column.kind, column.kind)
                locked = ", pre-filled" if column.locked else ""
                parts.append(f"| {column.title} | `{column.name}` | {kind}{locked} | {what} |")
    return "\n".join(parts) + "\n"


def words() -> str:
    """The words that are read in place of labels, by label and language; and those that never are."""
    parts = ["# Words of lists", "", "Made from `uprreport/locale/synonyms.json` by `make docs`.", ""]
    parts += [
        "A list is read by its labels, in any shipped language, and by these words. A review folder's own"
    ]
    parts += ["`schemas/` replace them with `x-synonyms`. Capitals, accents and a full stop do not count."]
    for label in shipped_words()["synonyms"]:
        parts += ["", f"## {label}", "", "| Language | Words |", "| --- | --- |"]
        for code, told in synonyms_by_language(label).items():
            parts.append(f"| {LANGUAGES[code]} | {' · '.join((load_language(code)(label), *told))} |")
    parts += ["", "## Words that are never read", ""]
    parts += [
        "They may mean more than one value, or need a decision: the finding offers what they may mean.",
        "",
    ]
    parts += ["| Words | May mean |", "| --- | --- |"]
    for offered, group in itertools.groupby(shipped_words()["unclear"].items(), lambda pair: pair[1]):
        parts.append(f"| {' · '.join(word for word, _ in group)} | {' · '.join(offered)} |")
    return "\n".join(parts) + "\n"


def guide(code: str) -> str:
    """The guide for agencies in a language: two printed pages."""
    from jinja2 import Environment, StrictUndefined

    template = (Path(__file__).parent / "guide.html").read_text(encoding="utf-8")
    progress, language = load_shipped_schema("progress"), load_language(code)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(template).render(
        _=language,
        code=language.code,
        direction="rtl" if language.is_rtl else "ltr",
        statuses=progress.column("status").choices,
        publications=progress.column("publication").choices,
    )


PAGES = {
    "commands.md": commands,
    "findings.md": findings,
    "columns.md": columns,
    "words.md": words,
    **{f"agencies/guide-{code}.html": functools.partial(guide, code) for code in LANGUAGES},
}


def run() -> None:
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    run()
