"""What a file that is no workbook says, as far as it takes to tell whose it is: its words, nothing more."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from email import message_from_bytes, policy
from email.errors import MessageError
from pathlib import Path

MOST = 2_000_000
"""Bytes that are looked at of one file, or of one part of it: a letter says on its first page whose it is."""

_PARTS = ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml", "content.xml")


def words_of(path: Path) -> str:
    """The text of a letter, message or note; empty where it cannot be read, as of a picture or a PDF file."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST)
        if content.startswith(b"PK"):
            return _in_package(path)
        if path.suffix.lower() in (".eml", ".mht"):
            return _in_message(content)
        if path.suffix.lower() == ".msg":  # its texts stand there in letters of two bytes
            return "\n".join(part.decode("utf-16-le", "ignore") for part in (content, content[1:]))
        if path.suffix.lower() in (".txt", ".md", ".rtf", ".htm", ".html"):
            return content.decode("utf-8", "replace")
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        EOFError,
        MessageError,
        ValueError,
        LookupError,
    ):
        return ""  # it is told as a file that is not read, whatever it holds
    return ""


def _in_package(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        names = [name for name in _PARTS if name in package.namelist()]
        parts = [package.open(name).read(MOST).decode("utf-8", "replace") for name in names]
    return html.unescape(re.sub(r"<[^>]*>", " ", " ".join(part.replace("</w:p>", "\n") for part in parts)))


def _in_message(content: bytes) -> str:
    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain", "html"))
    heads = (str(message.get(name, "")) for name in ("from", "subject"))
    return "\n".join((*heads, body.get_content() if body is not None else ""))
