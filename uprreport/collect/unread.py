"""Files in ``submissions/`` that are not read, named with the agency that they seem to be of; and copies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from uprreport.files.told import words_of
from uprreport.findings import Finding, Location
from uprreport.model import Agency, Submission
from uprreport.text import fold

LETTERS = {
    "pdf": "a PDF file",
    "doc": "a Word document",
    "docx": "a Word document",
    "odt": "a text document",
    "rtf": "a text document",
    "pages": "a document of Apple Pages",
    "txt": "a text",
    "md": "a text",
    "eml": "a message",
    "msg": "a message",
    "ics": "an appointment",
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "heic", "heif", "webp"), "a picture"),
}
"""What agencies send in place of a sheet, or along with one, by the endings of the names."""

_UNPACK = "unpack it into submissions/"
_DOWNLOAD = "open it there, choose File > Download > Microsoft Excel (.xlsx), and put that file here"
_COPY = "it holds one table without the Cover; copy the answers into the sheet that was sent out"
_SAVE = "ask for the file itself, saved as .xlsx"
WRAPPED = {
    **dict.fromkeys(("zip", "7z", "rar", "gz", "tar"), ("a packed archive", _UNPACK)),
    "numbers": ("a table of Apple Numbers", "in Numbers choose File > Export To > Excel"),
    **dict.fromkeys(("gsheet", "gdoc", "gslides"), ("only a link to Google Drive", _DOWNLOAD)),
    **dict.fromkeys(("url", "webloc", "lnk"), ("only a link", _SAVE)),
    **dict.fromkeys(("csv", "tsv"), ("a plain table", _COPY)),
    **dict.fromkeys(("p7m", "p7s"), ("a signed package", _SAVE)),
}
"""What holds or stands for a sheet and must be turned into one, by the endings: what it is, what to do."""

_SYSTEM = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_OWNER = re.compile(r"~\$|\.~lock\.")


def is_system(path: Path) -> bool:
    """Whether a file is one that an operating system leaves in folders."""
    return path.name.lower() in _SYSTEM or path.name.startswith("._")


def is_owner_file(path: Path) -> bool:
    """Whether an office program left the file beside one that it has open, or had when it crashed."""
    return bool(_OWNER.match(path.name))


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def is_unread(path: Path) -> bool:
    """Whether a file is never tried as a workbook, by its name."""
    return is_owner_file(path) or _ending(path) in LETTERS or _ending(path) in WRAPPED


def tell_unread(
    path: Path, shown: str, agencies: Sequence[Agency], submissions: Iterable[Submission] = ()
) -> Finding | None:
    """What is to be said of a file that is not read; None for the attachment that a sheet names."""
    if is_owner_file(path):
        return Finding("owner-file", Location(shown))
    agency = _agency_of(path, shown, agencies)
    name = agency.id if agency is not None else ""
    whose = f"; it seems to be of {agency.name or agency.id}" if agency is not None else ""
    if _ending(path) in WRAPPED:
        what, way = WRAPPED[_ending(path)]
        return Finding(
            "file-wrapped", Location(shown), name, details={"what": what, "whose": whose, "way": way}
        )
    if any(_names(submission, path.name) for submission in submissions):
        return None
    details = {"what": LETTERS[_ending(path)], "whose": whose, "agency": name or "AGENCY"}
    return Finding("file-not-read", Location(shown), name, details=details)


def _names(submission: Submission, name: str) -> bool:
    """Whether a sheet says that a file is attached to it."""
    wanted = fold(name)
    return any(
        wanted in fold(value)
        for rows in submission.rows.values()
        for row in rows
        for column, value in row.values.items()
        if column == "link" and isinstance(value, str)
    )


def _agency_of(path: Path, shown: str, agencies: Sequence[Agency]) -> Agency | None:
    """Whose a file seems to be, by its name and folder, else by what it says; None where nobody knows."""
    for text in (shown, words_of(path)):
        found = [agency for agency in agencies if _is_named(agency, text)]
        if len(found) == 1:
            return found[0]
    return None


def _is_named(agency: Agency, text: str) -> bool:
    """Whether a text names an agency: its id as a word, its whole name, or its address."""
    words = f" {' '.join(_words(text))} "
    names = (agency.id, agency.name, agency.name_local)
    told = (" ".join(_words(name)) for name in names if name)
    return any(f" {name} " in words for name in told) or (
        bool(agency.email) and fold(agency.email) in fold(text)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text.replace("\n", " ")))


# Copies -----------------------------------------------------------------------------------------------

_SHEET = re.compile(r"[a-z][a-z0-9-]*-r\d+\w*\.")
_COPY_MARK = re.compile(
    r"\(\d+\)|\b(?:copy|copie|copia|kopie|kopiya|nüsxə|surət|копия|副本|نسخة)\b", re.IGNORECASE
)


def name_order(file: str) -> tuple[bool, bool, int, str]:
    """Which of equal files gives its name to what is printed: the first in this order, wherever they lie.

    First the name of a sheet as it was sent out, then one without the mark of a copy, then the shortest,
    then the first by its letters.
    """
    name = file.rpartition("/")[2]
    return (not _SHEET.match(name), bool(_COPY_MARK.search(name)), len(name), file)


def copies_of(files: Sequence[tuple[Path, str]]) -> dict[Path, str]:
    """Files that are equal to another one, byte by byte, and the shown name of that one."""
    by_size: dict[int, list[tuple[Path, str]]] = {}
    for path, shown in files:
        by_size.setdefault(path.stat().st_size, []).append((path, shown))
    found: dict[Path, str] = {}
    for alike in by_size.values():
        first: dict[bytes, str] = {}
        for path, shown in sorted(alike, key=lambda file: name_order(file[1])) if len(alike) > 1 else ():
            kept = first.setdefault(path.read_bytes(), shown)
            if kept != shown:
                found[path] = kept
    return found
