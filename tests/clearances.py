"""Clearance files in tests: made from a draft, filled in and edited as an agency does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from drafts import TODAY, draft, report, submission
from uprreport.files.word.anchors import PREFIX, anchors_in
from uprreport.files.word.clearance import ClearanceFile, Form, Passage, write_clearance
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.regions import cells_of
from uprreport.files.word.returned import CLEARED, REMARK
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import Element, element, parse, run, serialise, w
from uprreport.model import Report
from uprreport.review import shipped
from uprreport.revise.clearance import Standing, agencies_of, read_standing, title_of

TEMPLATE = (shipped("templates") / "midterm-report.docx").read_bytes()
HEALTH = {
    "140.7": {
        "status": "in progress",
        "measures": "The ministry trained twelve midwives in two districts.",
        "challenges": "Few apply.",
        "remark": "Do not print this remark.",
    },
    "140.1": {"status": "planned", "measures": "Sites are chosen."},
}
SCHOOLS = {
    "140.7": {"status": "in progress", "measures": "The college of nursing opened a course."},
    "140.12": {"status": "planned", "measures": "Meals start in autumn."},
}


def two(health: Mapping[str, Mapping[str, object]] = HEALTH) -> Report:
    """A report of two agencies, one recommendation of which both answered."""
    return report(submission("moh", health), submission("moe", SCHOOLS))


def standing(content: bytes) -> tuple[Standing, ...]:
    """The passages of a draft as they read."""
    revised = Revised(content, "revised.docx", TODAY)
    base = revised.manifest()
    assert base is not None
    return read_standing(revised, base)


def made(content: bytes | None = None, agency: str = "moh") -> ClearanceFile:
    """An agency's clearance file of a draft."""
    own = agencies_of(standing(content or draft(two()).content))[agency]
    passages = tuple(
        Passage(
            title_of(t.blocks), (), (("Measures taken", "Sent."),), t.text, f"[{t.blocks[0].title}]", t.blocks
        )
        for t in own
    )
    form = Form(agency, agency.upper(), "Examplia", "exa-upr4", "Examplia", "en", "0.1", TODAY, passages)
    return write_clearance(TEMPLATE, form)


class Hand:
    """A clearance file in an agency's hands."""

    def __init__(self, content: bytes) -> None:
        self.parts = read_parts(content)
        self.root = parse(self.parts["word/document.xml"])

    def save(self) -> bytes:
        self.parts["word/document.xml"] = serialise(self.root)
        return write_parts(self.parts)

    def paragraph(self, anchor: str) -> Element:
        return next(p for p in self.root.iter(w("p")) if PREFIX + anchor in anchors_in(p))

    def replace(self, anchor: str, old: str, new: str) -> None:
        for text in self.paragraph(anchor).iter(w("t")):
            if old in (text.text or ""):
                text.text = (text.text or "").replace(old, new, 1)
                return
        raise AssertionError(old)

    def track(self, anchor: str, words: str) -> None:
        """Type at the end of a passage with tracking on."""
        mark = element("ins", run(words), id="9001", author="An official", date="2026-04-26T00:00:00Z")
        self.paragraph(anchor).append(mark)

    def add_paragraph(self, anchor: str, words: str) -> None:
        self.paragraph(anchor).addnext(element("p", run(words)))

    def empty(self, anchor: str) -> None:
        """Delete all that stands in a cell, label and all."""
        node = self.paragraph(anchor)
        cell = node.getparent()
        assert cell is not None
        for child in [c for c in cell if c.tag == w("p")][1:]:
            cell.remove(child)
        for child in list(node):
            node.remove(child)

    def sign(self, answers: Mapping[str, str] | str = "yes", **signed: str) -> None:
        """Fill in the table at the end: an answer for all passages, or by title; name, post and date."""
        for table in self.root.iter(w("tbl")):
            rows = [cells_of(row) for row in table.iter(w("tr"))]
            heads = [_text(cell) for cell in rows[0]]
            if CLEARED in heads:
                for row in rows[1:]:
                    given = answers if isinstance(answers, str) else answers.get(_text(row[0]), "")
                    _type(row[heads.index(CLEARED)], given)
            for row in rows:
                label = _text(row[0]).partition(" ")[0].lower()
                if len(row) == 2 and label in signed:
                    _type(row[1], signed[label])

    def answer(self, title: str, cleared: str, remark: str = "") -> None:
        """Answer on one passage only, with a remark to the coordinator."""
        (row,) = self.rows(lambda cells: len(cells) > 2 and cells[0] == title)
        heads = next(iter(self.rows(lambda cells: CLEARED in cells)))
        titles = [_text(cell) for cell in heads]
        _type(row[titles.index(CLEARED)], cleared)
        _type(row[titles.index(REMARK)], remark)

    def rows(self, is_wanted: Callable[[Sequence[str]], bool]) -> list[tuple[Element, ...]]:
        found = [cells_of(row) for row in self.root.iter(w("tr"))]
        return [row for row in found if is_wanted([_text(cell) for cell in row])]


SIGNED = {"name": "A. Minister", "post": "Minister", "date": "2026-05-02"}


def _text(cell: Element) -> str:
    return "".join(t.text or "" for t in cell.iter(w("t")))


def _type(cell: Element, text: str) -> None:
    node = next(cell.iter(w("p")))
    for one in list(node.iterchildren(w("r"))):
        node.remove(one)
    node.append(run(text))
