"""What a file really is, before any reader sees it; and its parts, unpacked within bounds.

The readers get nothing of the file but the parts that were measured here: a reader that trusts what a
damaged or hostile file says of itself can take gigabytes, or end the whole program.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from uprreport.files.excel.workbook import Limits
from uprreport.findings import Finding, Location

ENTRIES = 10_000
"""More entries than any workbook has: each costs memory before a single one is read."""

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,  # a compression method that Python was built without; NotImplementedError is one too
)
"""What the standard library raises on damaged archives."""


class Package:
    """The entries of a zip file; names are compared without case, ``\\`` and a leading ``/`` as ``/``."""

    def __init__(self, data: bytes) -> None:
        """Read the directory of an archive; one of ``DAMAGE`` when it has none."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries: Mapping[str, zipfile.ZipInfo] = {
            plain_name(entry.filename): entry for entry in self._archive.infolist()
        }

    def __contains__(self, name: str) -> bool:
        """Whether there is an entry of that name."""
        return plain_name(name) in self._entries

    @property
    def unpacked(self) -> int:
        """The bytes that all entries take up, by what the directory announces."""
        return sum(entry.file_size for entry in self._archive.infolist())

    @property
    def encrypted(self) -> bool:
        """Whether an entry needs a password."""
        return any(entry.flag_bits & 1 for entry in self._archive.infolist())

    def __len__(self) -> int:
        """The number of entries."""
        return len(self._archive.infolist())

    def read(self, name: str) -> bytes:
        """One entry; empty when there is none. One of ``DAMAGE`` when it is not what was announced.

        Nothing beyond the announced size is unpacked: a bomb ends there, with a wrong checksum.
        """
        entry = self._entries.get(plain_name(name))
        if entry is None:
            return b""
        with self._archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
        if len(content) != entry.file_size:
            raise zipfile.BadZipFile("not the announced size")
        return content


def plain_name(name: str) -> str:
    """The name of an entry as it is compared: some programs write ``\\`` or another case."""
    return name.replace("\\", "/").lstrip("/").lower()


def open_package(path: Path, shown: str, limits: Limits) -> tuple[Package | None, tuple[Finding, ...]]:
    """The archive of an .xlsx or .xlsm workbook; or None, and what the file is instead.

    ``shown`` is the file's name in findings.
    """
    at = Location(shown)
    if owner := _owner_program(path.name):
        problem = f"it is a temporary file that {owner} leaves beside a workbook while it is open"
        return None, (_unreadable(at, problem),)
    data, problem = _load(path, limits)
    if problem:
        return None, (_unreadable(at, problem),)
    if not data:
        return None, (Finding("workbook-empty", at),)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return None, (_judge_compound(data, at),)
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return None, (_unreadable(at, _foreign(data)),)
    return _open_zip(data, at, limits)


def _unreadable(at: Location, problem: str) -> Finding:
    return Finding("workbook-unreadable", at, details={"problem": problem})


def _owner_program(name: str) -> str:
    if name.startswith("~$"):
        return "Excel"
    return "LibreOffice" if name.startswith(".~lock.") else ""


def _load(path: Path, limits: Limits) -> tuple[bytes, str]:
    """The bytes of a file, or why there are none."""
    try:
        if path.is_dir():
            return b"", "it is a folder"
        if (size := path.stat().st_size) > limits.unpacked:
            return b"", f"it has {_megabytes(size)}, and at most {_megabytes(limits.unpacked)} are read"
        return path.read_bytes(), ""
    except FileNotFoundError:
        return b"", "there is no such file"
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "its name cannot be used"
        return b"", f"it could not be opened ({reason}); perhaps another program holds it open"


def _megabytes(size: int) -> str:
    return f"{max(1, round(size / 1024 / 1024)):,} MB"


def _open_zip(data: bytes, at: Location, limits: Limits) -> tuple[Package | None, tuple[Finding, ...]]:
    try:
        package = Package(data)
        finding = _judge_archive(package, at, limits)
    except DAMAGE:
        problem = "it is cut off or damaged; perhaps it was not copied or downloaded to the end"
        return None, (_unreadable(at, problem),)
    return (None, (finding,)) if finding else (package, ())


def _judge_archive(package: Package, at: Location, limits: Limits) -> Finding | None:
    if package.encrypted:
        return Finding("workbook-encrypted", at)
    if package.unpacked > limits.unpacked or len(package) > ENTRIES:
        size, most = _megabytes(package.unpacked), _megabytes(limits.unpacked)
        problem = f"unpacked it would take up {size} in {len(package):,} parts, and at most {most} are read"
        return _unreadable(at, problem)
    if known := _container(package):
        return Finding("workbook-old-format", at, details={"format": known})
    if other := _other_document(package):
        return _unreadable(at, other)
    return None


def _container(package: Package) -> str:
    if "xl/workbook.bin" in package:
        return "the binary Excel format (.xlsb)"
    kind = package.read("mimetype") if "mimetype" in package else b""
    if b"opendocument.spreadsheet" in kind:
        return "the OpenDocument format (.ods)"
    return "the format of Apple Numbers" if "Index/Document.iwa" in package else ""


def _other_document(package: Package) -> str:
    if "xl/workbook.xml" in package:
        return ""
    if "word/document.xml" in package:
        return "it is a Word document"
    if "ppt/presentation.xml" in package:
        return "it is a presentation"
    if "mimetype" in package:
        return "it is another kind of document, not a workbook"
    if "_rels/.rels" in package:
        return ""  # the workbook may stand under an unusual name
    return (
        "it is a zip archive, not a workbook; take the workbook out of it" if len(package) else "it is empty"
    )


def _judge_compound(data: bytes, at: Location) -> Finding:
    """What a compound file holds (password-protected and old Office files): its streams have UTF-16 names."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return Finding("workbook-encrypted", at)
    if has("WordDocument"):
        return _unreadable(at, "it is an old Word document (.doc)")
    if has("PowerPoint Document"):
        return _unreadable(at, "it is an old presentation (.ppt)")
    if has("Workbook") or has("Book"):
        return Finding("workbook-old-format", at, details={"format": "the old Excel format (.xls)"})
    return _unreadable(at, "it is an old Office file, or damaged")


_SIGNATURES = (
    (b"%PDF", "it is a PDF file"),
    (b"{\\rtf", "it is a text document (.rtf)"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"Rar!", "it is a packed archive (.rar); take the workbook out of it"),
    (b"7z\xbc\xaf", "it is a packed archive (.7z); take the workbook out of it"),
    (b"\x09\x08\x10\x00", "it is a very old Excel file"),
    (b"\x09\x04\x06\x00", "it is a very old Excel file"),
    (b"\x09\x02\x06\x00", "it is a very old Excel file"),
)


def _foreign(data: bytes) -> str:
    """What a file is that is neither a zip archive nor a compound file."""
    for signature, problem in _SIGNATURES:
        if data.startswith(signature):
            return problem
    top = data[:2048].lower()
    if b"<html" in top or b"<!doctype html" in top or b"<table" in top:
        return "it is a web page under the name of a workbook"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in top:
        return "it is an XML table of Excel 2003, not a workbook"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(byte < 9 for byte in top):
        return "it is plain text, such as a .csv file"
    return "it is none of the known formats, or damaged"
