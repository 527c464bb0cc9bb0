"""LibreOffice, where it is installed: Word files printed to PDF.

It runs without a window and with a profile of its own, so that one that is in use does not matter.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SECONDS = 300
"""How long one document may take."""

PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
"""Where it stands on systems that do not put it on the path."""

ACCESSIBLE: Mapping[str, object] = {"UseTaggedPDF": True, "PDFUACompliance": True, "ExportBookmarks": True}
"""A file with its structure marked up, for screen readers (PDF/UA)."""

MEASURED: Mapping[str, object] = {"SelectPdfVersion": 1, "ExportBookmarksToPDFDestination": True}
"""A file in which ``pdf.pages_of_bookmarks`` finds every bookmark."""


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice: the program, and a folder for its profile and files."""

    program: str
    folder: Path

    def print(self, content: bytes, options: Mapping[str, object]) -> bytes | None:
        """A Word file as PDF; None when LibreOffice fails. ``options`` are those of its filter."""
        source = self.folder / "report.docx"
        target = source.with_suffix(".pdf")
        source.write_bytes(content)
        target.unlink(missing_ok=True)
        typed = {name: {"type": _kind(value), "value": str(value).lower()} for name, value in options.items()}
        command = [
            *(self.program, f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"),
            *("--headless", "--norestore", "--convert-to", f"pdf:writer_pdf_Export:{json.dumps(typed)}"),
            *("--outdir", str(self.folder), str(source)),
        ]
        try:  # nothing in the command comes from a document
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            return None
        return target.read_bytes() if target.is_file() else None


def _kind(value: object) -> str:
    return "boolean" if isinstance(value, bool) else "long"


@contextlib.contextmanager
def open_office() -> Iterator[Office | None]:
    """LibreOffice for a while; None where it is not installed."""
    program = find_office()
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="uprreport-", ignore_cleanup_errors=True) as folder:
        yield Office(program, Path(folder))


def find_office() -> str | None:
    """The program, on the path or where it is usually installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in PLACES if Path(place).is_file()), None)
