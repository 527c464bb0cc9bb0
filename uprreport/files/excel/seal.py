"""A workbook's digest of its own content, to know later whether anybody touched it.

Any program that saves the file again writes its worksheets differently, so a file that was opened and
saved counts as touched even when no value changed: it is never overwritten.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from uprreport.files.excel.read import read_properties
from uprreport.files.excel.workbook import Tab
from uprreport.files.excel.write import write_workbook

PROPERTY = "uprreport digest"
_UNKNOWN = "0" * 16


def write_sealed(
    tabs: Sequence[Tab],
    *,
    properties: Mapping[str, str],
    created: datetime.date,
    lists_title: str = "Lists",
    right_to_left: bool = False,
) -> bytes:
    """A workbook that carries the digest of its worksheets among its properties; see ``write_workbook``."""
    content = write_workbook(
        tabs,
        properties={**properties, PROPERTY: _UNKNOWN},
        created=created,
        lists_title=lists_title,
        right_to_left=right_to_left,
    )
    digest = _digest(content).encode()  # of the worksheets, which the property is no part of
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "docProps/custom.xml":
                part = part.replace(b">" + _UNKNOWN.encode() + b"<", b">" + digest + b"<")
            copy.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def is_untouched(path: Path) -> bool:
    """Whether a sealed workbook is exactly as it was written; False for anything that cannot be read."""
    try:
        content = path.read_bytes()
        return read_properties(content).get(PROPERTY) == _digest(content)
    except (OSError, zipfile.BadZipFile):
        return False


def _digest(content: bytes) -> str:
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                digest.update(name.encode() + b"\0" + package.read(name))
    return digest.hexdigest()[:16]
