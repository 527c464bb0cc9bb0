"""The Word draft of a report, in the look of a template."""

from __future__ import annotations

import datetime
from pathlib import Path

from uprreport import __version__
from uprreport.files.word.draft import Imprint, render_draft
from uprreport.findings import UprReportError
from uprreport.model import Draft, Report
from uprreport.review import Settings


def build_draft(template: Path, report: Report, settings: Settings, today: datetime.date) -> Draft:
    """Render a report with a template. Raises ``UprReportError`` when the template cannot be used."""
    try:
        content = template.read_bytes()
    except OSError as problem:
        raise UprReportError(
            f"the template {template.name} could not be read ({problem.strerror})",
            "correct the name in review.toml, or put the file into the folder templates/",
        ) from None
    imprint = Imprint(
        template=template.name,
        review=settings.id,
        title=report.title,
        author=settings.state,
        language=settings.language,
        version=__version__,
        today=today,
    )
    return render_draft(content, report, imprint)
