"""Alternative texts in a PDF that LibreOffice printed: it reads those of pictures, and loses those of charts.

They are put into the structure by an addition at the end of the file, as the format provides: nothing that
stands in it is changed. Where the figures of the file cannot be told for certain, it is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_FIGURE = re.compile(
    rb"(?<=\n)(\d+) 0 obj\s*<<(/Type\s*/StructElem\s*/S\s*/Figure\b.*?)>>\s*endobj", re.DOTALL
)
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)
_DROPPED = re.compile(rb"/(?:DocChecksum\s*/[0-9A-F]+|Prev\s+\d+)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or picture of a document: its alternative text, and whether it is a chart."""

    alternative: str
    is_chart: bool = False


def describe_figures(content: bytes, figures: Sequence[Figure]) -> bytes:
    """The same PDF with the alternative texts of charts that it lacks; ``figures`` are in their order."""
    found = list(_FIGURE.finditer(content))
    end = _TRAILER.search(content[-4000:])
    if end is None or len(found) != len(figures):
        return content
    missing: dict[int, bytes] = {}
    for match, figure in zip(found, figures, strict=True):
        has_own = b"/Alt" in match[2]
        if not figure.is_chart and has_own is not bool(figure.alternative):
            return content  # another order than was thought
        if figure.is_chart and not has_own and figure.alternative:
            missing[int(match[1])] = match[2]
    told = {int(match[1]): figure.alternative for match, figure in zip(found, figures, strict=True)}
    return _with_objects(content, {n: _told(body, told[n]) for n, body in missing.items()}, end)


def _told(body: bytes, alternative: str) -> bytes:
    text = alternative.encode("utf-16-be", "replace").hex().upper()
    return b"<<%s/Alt<FEFF%s>\n>>" % (body, text.encode())


def _with_objects(content: bytes, objects: Mapping[int, bytes], end: re.Match[bytes]) -> bytes:
    """A PDF with other versions of some objects added at its end."""
    if not objects:
        return content
    made = bytearray(content if content.endswith(b"\n") else content + b"\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n"
    for number, place in places.items():
        made += b"%d 1\n%010d 00000 n \n" % (number, place)
    kept = _DROPPED.sub(b"", end[1]).strip()
    made += b"trailer\n<<%s\n/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (kept, end[2], start)
    return bytes(made)
