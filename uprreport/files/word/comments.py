"""Word comments for editors: the part that holds them, and the marks in the text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from uprreport.files.word.speech import direct, write
from uprreport.files.word.styles import COMMENT_REFERENCE, COMMENT_TEXT, Styles
from uprreport.files.word.xml import Element, element, get, paragraph, w
from uprreport.text import reads_from_right

AUTHOR, INITIALS = "uprreport", "UPR"


class Comments:
    """The comments of a document, those that it has and those that are added."""

    def __init__(self, root: Element, styles: Styles, day: datetime.date) -> None:
        """``root`` is the root of ``word/comments.xml``; ``day`` dates what is added."""
        self.root = root
        self._styles = styles
        self._date = f"{day.isoformat()}T00:00:00Z"
        used = (get(node, "id") for node in root.iter(w("comment")))
        self._next = max((int(number) for number in used if number.isdigit()), default=-1) + 1

    def around(self, content: Iterable[Element], texts: Iterable[str]) -> list[Element]:
        """Some runs with one comment on them for each text."""
        starts: list[Element] = []
        ends: list[Element] = []
        for text in texts:
            number = str(self._next)
            self._next += 1
            self.root.append(self._comment(number, text))
            starts.append(element("commentRangeStart", id=number))
            ends += [element("commentRangeEnd", id=number), self._reference(number)]
        return [*starts, *content, *ends]

    def _comment(self, number: str, text: str) -> Element:
        style = self._styles.id(COMMENT_TEXT)
        mark = element("r", self._reference_style(), element("annotationRef"))
        first, *more = text.split("\n")
        body = [paragraph(style, mark, *_runs(first)), *(paragraph(style, *_runs(line)) for line in more)]
        for node, line in zip(body, (first, *more), strict=True):
            direct(node, self._styles, turned=reads_from_right(line, default=False))
        return element("comment", *body, id=number, author=AUTHOR, date=self._date, initials=INITIALS)

    def _reference(self, number: str) -> Element:
        return element("r", self._reference_style(), element("commentReference", id=number))

    def _reference_style(self) -> Element:
        return element("rPr", element("rStyle", val=self._styles.id(COMMENT_REFERENCE)))


def _runs(text: str) -> list[Element]:
    return write(text, rtl=reads_from_right(text, default=False))
