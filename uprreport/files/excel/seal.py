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


def write_sealed(tabs: Sequence[Tab], *, properties: Mapping[str, str], created: datetime.date) -> bytes:
    """A workbook that carries the digest of its worksheets among its properties."""
    digest = _digest(write_workbook(tabs, properties=properties, created=created))
    return write_workbook(tabs, properties={**properties, PROPERTY: digest}, created=created)


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
