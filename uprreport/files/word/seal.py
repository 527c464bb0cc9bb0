"""A draft's sum of its own content, to know later whether anybody touched it.

Any program that saves the file writes its parts anew, so a draft that was opened and saved counts as edited
even when no word changed: it is never overwritten.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping

from uprreport.files.word.package import read_parts
from uprreport.files.word.properties import CUSTOM, read_custom

PROPERTY = "uprreport digest"


def digest(content: bytes) -> str:
    """A sum of some bytes: 16 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:16]


def content_digest(parts: Mapping[str, bytes]) -> str:
    """A sum of every part but the custom properties, which hold it."""
    whole = hashlib.sha256()
    for name in sorted(parts):
        if name != CUSTOM:
            whole.update(name.encode() + b"\0" + hashlib.sha256(parts[name]).digest())
    return whole.hexdigest()[:16]


def is_edited(content: bytes) -> bool:
    """Whether a draft is anything but exactly what was written; True for what cannot be read."""
    try:
        parts = read_parts(content)
    except (zipfile.BadZipFile, OSError):
        return True
    return read_custom(parts).get(PROPERTY) != content_digest(parts)
