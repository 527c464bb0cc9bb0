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
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from uprreport.files.excel.workbook import Limits
from uprreport.findings import Finding, Location
from uprreport.language import phrase

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


EMPTY = Package(b"PK\x05\x06" + bytes(18))
"""An archive with nothing in it."""


def plain_name(name: str) -> str:
    """The name of an entry as it is compared: some programs write ``\\`` or another case."""
    return name.replace("\\", "/").lstrip("/").lower()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is a workbook: what kind of one, and its archive, or all its bytes where it is none."""

    kind: Literal["xlsx", "xlsb", "ods", "xls"]
    package: Package
    content: bytes = b""


def open_workbook(path: Path, shown: str, limits: Limits) -> tuple[Opened | None, tuple[Finding, ...]]:
    """A workbook of any kind that is read, by its content whatever its name; or None, and what it is instead.

    ``shown`` is the file's name in findings.
    """
    at = Location(shown)
    if owner := _owner_program(path.name):
        told = phrase(
            "it is a temporary file that {program} leaves beside a workbook while it is open", program=owner
        )
        return None, (_unreadable(at, told),)
    data, problem = _load(path, limits)
    if problem:
        return None, (_unreadable(at, problem),)
    if not data:
        return None, (Finding("workbook-empty", at),)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _open_zip(data, at, limits)
    finding = _judge_bytes(data, at)
    return (None, (finding,)) if finding else (Opened("xls", EMPTY, data), ())


def _judge_bytes(data: bytes, at: Location) -> Finding | None:
    """What a file is that is no zip archive; None for an old workbook."""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _judge_compound(data, at)
    if data.startswith(_BARE_WORKBOOKS):
        return None
    if old := _old_format(data):
        return Finding("workbook-old-format", at, details={"format": old})
    return _unreadable(at, _foreign(data))


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
            return b"", phrase("it is a folder")
        if (size := path.stat().st_size) > limits.unpacked:
            return b"", _too_large(size, limits)
        return path.read_bytes(), ""
    except FileNotFoundError:
        return b"", phrase("there is no such file")
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or phrase("its name cannot be used")
        told = phrase(
            "it could not be opened ({reason}); perhaps another program holds it open", reason=reason
        )
        return b"", told


def _too_large(size: int, limits: Limits) -> str:
    most = _megabytes(limits.unpacked)
    return phrase("it has {size}, and at most {most} are read", size=_megabytes(size), most=most)


def _megabytes(size: int) -> str:
    return f"{max(1, round(size / 1024 / 1024)):,} MB"


def _open_zip(data: bytes, at: Location, limits: Limits) -> tuple[Opened | None, tuple[Finding, ...]]:
    try:
        package = Package(data)
        finding = _judge_archive(package, at, limits)
        return (None, (finding,)) if finding else (Opened(_kind(package), package), ())
    except DAMAGE:
        problem = phrase("it is cut off or damaged; perhaps it was not copied or downloaded to the end")
        return None, (_unreadable(at, problem),)


def _judge_archive(package: Package, at: Location, limits: Limits) -> Finding | None:
    if package.encrypted:
        return Finding("workbook-encrypted", at)
    if package.unpacked > limits.unpacked or len(package) > ENTRIES:
        problem = phrase(
            "unpacked it would take up {size} in {count} parts, and at most {most} are read",
            size=_megabytes(package.unpacked),
            count=str(len(package)),
            most=_megabytes(limits.unpacked),
        )
        return _unreadable(at, problem)
    if "Index/Document.iwa" in package:
        return Finding("workbook-old-format", at, details={"format": phrase("the format of Apple Numbers")})
    if "encrypted-package" in package or b"encryption-data" in package.read("META-INF/manifest.xml"):
        return Finding("workbook-encrypted", at)  # an OpenDocument file, whose entries keep their names
    if other := _other_document(package):
        return _unreadable(at, other)
    return None


def _kind(package: Package) -> Literal["xlsx", "xlsb", "ods"]:
    if _is_spreadsheet(package):
        return "ods"
    return "xlsb" if "xl/workbook.bin" in package else "xlsx"


def _is_spreadsheet(package: Package) -> bool:
    """Whether it is an OpenDocument spreadsheet, or a template for one."""
    if package.read("mimetype").startswith(_OPEN_DOCUMENT):
        return True
    return "content.xml" in package and _OPEN_DOCUMENT in package.read("META-INF/manifest.xml")


_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


def _other_document(package: Package) -> str:
    if "xl/workbook.xml" in package or "xl/workbook.bin" in package or _is_spreadsheet(package):
        return ""
    if "word/document.xml" in package:
        return phrase("it is a Word document")
    if "ppt/presentation.xml" in package:
        return phrase("it is a presentation")
    if "_rels/.rels" in package and "mimetype" not in package:
        return ""  # the workbook may stand under an unusual name
    return _no_office_document(package)


def _no_office_document(package: Package) -> str:
    if "mimetype" in package:
        return phrase("it is another kind of document, not a workbook")
    if not len(package):
        return phrase("it is empty")
    return phrase("it is a zip archive, not a workbook; take the workbook out of it")


def _judge_compound(data: bytes, at: Location) -> Finding | None:
    """What a compound file holds, unless it is an old workbook: its streams have names in UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return Finding("workbook-encrypted", at)
    if has("WksSSWorkBook") or has("MatOST"):
        return Finding("workbook-old-format", at, details={"format": phrase("the format of Microsoft Works")})
    if has("Workbook") or has("Book"):
        return None  # which may hold a Word document
    if has("WordDocument"):
        return _unreadable(at, phrase("it is an old Word document (.doc)"))
    if has("PowerPoint Document"):
        return _unreadable(at, phrase("it is an old presentation (.ppt)"))
    return _unreadable(at, phrase("it is an old Office file, or damaged"))


_SIGNATURES = (
    (b"%PDF", phrase("it is a PDF file")),
    (b"{\\rtf", phrase("it is a text document (.rtf)")),
    (b"\x89PNG", phrase("it is a picture")),
    (b"\xff\xd8\xff", phrase("it is a picture")),
    (b"Rar!", phrase("it is a packed archive (.rar); take the workbook out of it")),
    (b"7z\xbc\xaf", phrase("it is a packed archive (.7z); take the workbook out of it")),
)

_OLD_FORMATS = (
    (b"\x00\x00\x02\x00", phrase("the format of Lotus 1-2-3 (.wk1)")),
    (b"\x00\x00\x1a\x00", phrase("the format of Lotus 1-2-3 (.wk3)")),
    (b"\xff\x00\x02\x00", phrase("the format of Microsoft Works (.wks)")),
    (b"\x00\x00\x01\x00\x02\x00\x20\x51", phrase("the format of Quattro Pro (.wq1)")),
    (b"ID;P", phrase("the format SYLK (.slk)")),
    (b"TABLE\r\n0,1", phrase("the format DIF (.dif)")),
)
"""Workbooks and tables of programs that hardly anybody has any more."""

_BARE_WORKBOOKS = (b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
"""How Excel files of versions 2 to 4 begin, and later ones that are not in a compound file."""


def _old_format(data: bytes) -> str:
    top = data[:2048]
    if b"office:document " in top and b"opendocument.spreadsheet" in top:
        return phrase("the format of one XML file of OpenDocument (.fods)")
    return next((name for signature, name in _OLD_FORMATS if data.startswith(signature)), "")


def _foreign(data: bytes) -> str:
    """What a file is that is neither a zip archive nor a compound file."""
    for signature, problem in _SIGNATURES:
        if data.startswith(signature):
            return problem
    top = data[:2048].lower()
    if b"<html" in top or b"<!doctype html" in top or b"<table" in top:
        return phrase("it is a web page under the name of a workbook")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in top:
        return phrase("it is an XML table of Excel 2003, not a workbook")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(byte < 9 for byte in top):
        return phrase("it is plain text, such as a .csv file")
    return phrase("it is none of the known formats, or damaged")
