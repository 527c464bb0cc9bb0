"""The container of a Word file: its parts by name, read whole and written so that the same parts give the
same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

UNPACKED = 300 * 1024 * 1024
"""Bytes that the parts of one document may take up; photographs in a report are large."""

Parts = dict[str, bytes]
"""The parts of a package by name, such as ``word/document.xml``."""

_FIRST = ("[Content_Types].xml", "_rels/.rels")


def read_parts(content: bytes) -> Parts:
    """All parts of a package. Raises ``zipfile.BadZipFile`` when it is none, or would grow beyond bounds."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(entry.file_size for entry in package.infolist()) > UNPACKED:
            raise zipfile.BadZipFile("too large when unpacked")
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A package with fixed dates and entries in a fixed order, the list of content types first."""
    names = [*(name for name in _FIRST if name in parts), *sorted(set(parts) - set(_FIRST))]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, parts[name])
    return target.getvalue()


def rewrite_parts(original: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A package with other parts in the place of some, in the order and with the dates that it had."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as source, zipfile.ZipFile(target, "w") as copied:
        seen: set[str] = set()
        for entry in source.infolist():
            if entry.filename in parts and entry.filename not in seen:
                seen.add(entry.filename)
                copied.writestr(_entry(entry.filename, entry.date_time), parts[entry.filename])
        for name in sorted(set(parts) - seen):
            copied.writestr(_entry(name, (1980, 1, 1, 0, 0, 0)), parts[name])
    return target.getvalue()


def _entry(name: str, date: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=date)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
