"""What a check found in one agency's files, as one printable page in its language.

The page quotes what stands in the agency's cells, so it goes to that agency only. It is laid out by
``templates/check.html``; a review folder's own one wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uprreport.findings import Finding, Severity, count_severities, group_findings
from uprreport.language import Language, listed, phrase

PLACES = 8
"""Further places of an equal problem that are named one by one; beyond them only their number is told."""

WEIGHTS = {
    Severity.ERROR: phrase("Must be corrected"),
    Severity.WARNING: phrase("Please look at it"),
    Severity.NOTE: phrase("For information"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One problem as the page shows it; ``also`` names the other places where it stands equally."""

    severity: str
    weight: str
    place: str
    heading: str
    message: str
    hint: str
    also: str


@dataclass(frozen=True, slots=True)
class File:
    """The problems of one file, the gravest first."""

    name: str
    lines: tuple[Line, ...]


def check_page(name: str, findings: Sequence[Finding], language: Language, template: str) -> str:
    """A page of its own: ``name`` says whose files these are, ``template`` is a Jinja template."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    counts = count_severities(findings)
    told = phrase(
        "To be corrected: {errors}. To be looked at: {warnings}. For information: {notes}.",
        errors=str(counts["error"]),
        warnings=str(counts["warning"]),
        notes=str(counts["note"]),
    )
    if not findings:
        told = phrase("Nothing was found. Thank you.")
    return environment.from_string(template).render(
        code=language.code,
        direction="rtl" if language.is_rtl else "ltr",
        title=language(phrase("Check of the answers of {agency}", agency=name)),
        about=language(
            phrase(
                "What must be corrected cannot be used as it stands; it stays out of the report until then. "
                "Everything else is used, but a person should look at it."
            )
        ),
        counts=language(told),
        headings={
            "place": language(phrase("Where")),
            "weight": language(phrase("Importance")),
            "what": language(phrase("What was found")),
            "hint": language(phrase("What to do")),
        },
        files=_files(findings, language),
    )


def _files(findings: Sequence[Finding], language: Language) -> tuple[File, ...]:
    files: dict[str, list[Line]] = {}
    for group in group_findings(findings):
        files.setdefault(group[0].at.file, []).append(line_of(group, language))
    return tuple(File(name, tuple(lines)) for name, lines in files.items())


def line_of(group: Sequence[Finding], language: Language) -> Line:
    """Equal problems as one line in a language; they differ in nothing but their places."""
    first = group[0]
    message, hint = first.tell(language)
    return Line(
        severity=first.severity.value,
        weight=language(WEIGHTS[first.severity]),
        place=_place(first, language),
        heading=language(first.heading),
        message=message,
        hint=hint,
        also=language(_also(group)) if any(_others(group)) else "",
    )


def _place(finding: Finding, language: Language) -> str:
    at = finding.at
    place = "!".join(part for part in (at.sheet, at.cell) if part)
    about = " · ".join(part for part in (place, finding.recommendation) if part)
    return about or language(phrase("The file as a whole"))


def _also(group: Sequence[Finding]) -> str:
    places = list(_others(group))
    shown, more = places[:PLACES], len(places) - PLACES
    if more > 0:
        return phrase("also in {places} and {count} more", places=listed(shown), count=str(more))
    return phrase("also in {places}", places=listed(shown))


def _others(group: Sequence[Finding]) -> Iterator[str]:
    for finding in group[1:]:
        if told := finding.at.cell or finding.recommendation or finding.value:
            yield told
