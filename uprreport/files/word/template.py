"""A Word template filled in: its placeholders replaced by facts, and marks left where blocks will stand.

Templates are people's files: they run in Jinja's sandbox, everything is escaped, an unknown name is an error.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from uprreport.files.word.template_faults import name_fault, name_unclosed
from uprreport.findings import UprReportError
from uprreport.text import clean_text

MARK = "\ue000"
"""Opens and closes the mark of a section; a private character, which no other text of a template holds."""

_WRITE_ANEW = "look for {{ … }} or {% … %} that are not closed, and write them anew in one go"


def mark(name: str) -> str:
    """The text that stands in a paragraph of its own where a section's blocks go."""
    return f"{MARK}{name}{MARK}"


def fill_template(template: bytes, name: str, facts: Mapping[str, Any]) -> bytes:
    """The template as a .docx with its placeholders filled in.

    Raises ``UprReportError`` when the file is no Word document, or a placeholder cannot be understood.
    """
    import docxtpl
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printed)
    target = io.BytesIO()
    if unclosed := name_unclosed(template):
        raise UprReportError(
            f"the template {name} has a placeholder that cannot be understood{unclosed}", _WRITE_ANEW
        )
    try:
        document = docxtpl.DocxTemplate(io.BytesIO(template))
        document.render(dict(facts), environment, autoescape=True)
        document.save(target)
    except UndefinedError as problem:
        raise UprReportError(
            f"the template {name} has a placeholder that is not known"
            + (name_fault(template, facts, environment) or f": {problem.message}"),
            "docs/templates.md lists the placeholders; correct it in Word",
        ) from None
    except (TemplateSyntaxError, SecurityError, TemplateError) as problem:
        raise UprReportError(
            f"the template {name} has a placeholder that cannot be understood"
            + (name_fault(template, facts, environment) or f": {problem}"),
            _WRITE_ANEW,
        ) from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as problem:
        raise UprReportError(
            f"the template {name} could not be read as a Word document ({problem})",
            "open it in Word and save it as .docx, or delete it to use the shipped one",
        ) from None
    return target.getvalue()


def _printed(value: object) -> object:
    """What is put in: nothing for None, texts without what XML cannot hold."""
    if value is None:
        return ""
    return clean_text(value)[0] if type(value) is str and MARK not in value else value
