"""PDF files as LibreOffice writes them: on which page each bookmark of the document stands.

Read from the list of named destinations, without any library. LibreOffice is asked for PDF/A-1, which is
PDF 1.4, so that this list and the pages stand in the file as plain objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_KIDS = re.compile(rb"/Type\s*/Pages\b[^>]*?/Kids\s*\[([\d\sR]*)\]")
_LIST = re.compile(rb"/Dests\s+(\d+)\s+0\s+R")
_DESTINATION = re.compile(rb"/([^\s/\[\]<>()]+)\s*\[\s*(\d+)\s+0\s+R")


def pages_of_bookmarks(content: bytes, names: tuple[str, ...]) -> Mapping[str, int]:
    """The pages, from 1, of the bookmarks of those names; nothing unless every one of them is found."""
    pages, places = _pages(content), _places(content)
    found = {name: pages.get(places.get(_written(name), -1), 0) for name in names}
    return found if all(found.values()) else {}


def _written(name: str) -> str:
    """A bookmark's name as LibreOffice writes it into a PDF: signs as their two hexadecimal digits."""
    return re.sub(r"[^A-Za-z0-9]", lambda found: f"{ord(found[0]):02X}", name)


def _pages(content: bytes) -> Mapping[int, int]:
    """The page of each object that is one; nothing where pages stand in several lists."""
    lists = _KIDS.findall(content)
    if len(lists) != 1:
        return {}
    return {int(number): page for page, number in enumerate(re.findall(rb"(\d+)\s+0\s+R", lists[0]), 1)}


def _places(content: bytes) -> Mapping[str, int]:
    """The object of the page of each named destination."""
    link = _LIST.search(content)
    if link is None:
        return {}
    start = content.find(b"\n%d 0 obj" % int(link[1]))
    told = content[start : content.find(b"endobj", start)] if start >= 0 else b""
    return {
        name.decode("ascii", "replace").replace("#", ""): int(number)
        for name, number in _DESTINATION.findall(told)
    }
