"""The page of ``trace --html``: escaped, of one piece, the same each time, nothing withheld in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uprreport.findings import UprReportError
from uprreport.model import Source
from uprreport.review import shipped
from uprreport.revise.trace import CellEdit, Editor, Traced, TracedSource
from uprreport.revise.trace_page import MADE_BY, trace_page
from uprreport.revise.trace_report import About

TEMPLATE = ("trace.html", (shipped("templates") / "trace.html").read_text(encoding="utf-8"))
ABOUT = About("revised.docx", "0123456789abcdef", "2026-04-20", "A. Editor")
SOURCE = Source("submissions/moh.xlsx", "Progress", "S4", "moh", "next_steps", "", "140.7", "2026-04-01")
BLOCK = Traced(
    "rec:140.7/measures", "140.7", "anchor", label="[140.7 · Planned · moh]", section="Supported",
    generated="Twelve midwives.", text="Twelve midwives.", sources=(TracedSource(SOURCE, changed=False),),
)  # fmt: skip
EDITED = replace(
    BLOCK, edited=True, text="A dozen midwives.",
    editors=(Editor("B. Reader", "2026-04-10", "2026-04-12", 2, 1, 1),),
)  # fmt: skip


class Outline(HTMLParser):
    """Tags that are never closed or closed twice, what is loaded from elsewhere, and all text."""

    VOID = ("meta", "input", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [
            name for name, _ in attrs if name in ("src", "href", "srcset") or name.startswith("on")
        ]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def page(*blocks: Traced) -> str:
    return trace_page(TEMPLATE, ABOUT, blocks)


def articles(text: str) -> list[str]:
    return re.findall(r"<article.*?</article>", text, re.DOTALL)


def test_page__edited_block__both_texts_with_the_words_that_differ() -> None:
    (article,) = articles(page(EDITED))
    assert '<article class="edited">' in article
    assert "<del>Twelve</del> midwives." in article
    assert "<ins>A dozen</ins> midwives." in article
    assert "B. Reader, 2026-04-10 to 2026-04-12: 2 words in, 1 word out, 1 comment" in article
    for told in ("submissions/moh.xlsx, Progress", "S4 next steps", "2026-04-01", ">140.7<"):
        assert told in article


def test_page__block_as_generated__says_so_once() -> None:
    (article,) = articles(page(BLOCK))
    assert article.count("Twelve midwives.") == 1
    assert "reads as generated" in article
    assert "<del>" not in article


def test_page__found_by_text_and_not_edited__is_not_told_as_gone() -> None:
    (article,) = articles(page(replace(BLOCK, found="by text")))
    assert '<article class="by-text">' in article
    assert "reads as generated" in article
    assert ">gone<" not in article


def test_page__deleted__is_struck_whole() -> None:
    (article,) = articles(page(replace(BLOCK, found="deleted", edited=True, text=None)))
    assert '<article class="deleted">' in article
    assert "<del>Twelve midwives.</del>" in article
    assert "gone" in article


def test_page__table__shows_the_cells_that_differ() -> None:
    cells = (
        CellEdit("140.7", "Measures", "Twelve", "A dozen"),
        CellEdit("140.8", "", "140.8 | Old", None),
        CellEdit("140.9", "", None, "140.9 | New"),
    )
    table = replace(
        EDITED, id="table:annex-1", generated="Caption\nlong table", text="Caption\nlong table", cells=cells
    )
    (article,) = articles(page(table))
    assert "long table" not in article
    assert [place for place in ("140.7, Measures", ">140.8<", ">140.9<") if place not in article] == []
    assert "<del>140.8 | Old</del>" in article
    assert "<ins>140.9 | New</ins>" in article


def test_page__source_changed_or_gone__is_told() -> None:
    changed = replace(BLOCK, sources=(TracedSource(SOURCE, changed=True),))
    assert "changed since: S4" in page(changed)
    assert "the file is gone" in page(replace(BLOCK, sources=(TracedSource(SOURCE, None),)))
    assert "the file is gone" not in page(BLOCK)
    assert "changed since" not in page(BLOCK)


def test_page__filter__counts_and_offers_only_what_there_is() -> None:
    told = page(BLOCK, EDITED, replace(EDITED, found="deleted", text=None))
    assert re.findall(r"<label [^>]*>([^<]*)</label>", told) == ["All: 3", "Edited: 1", "Deleted: 1"]
    assert "<script" not in told


NASTY = '<script>alert("x")</script> & <b onclick=go()> {{ 7*7 }} \u05d0'


def test_page__markup_in_any_text__is_shown_as_text() -> None:
    source = Source(NASTY, NASTY, "S4", NASTY, NASTY, "", NASTY, NASTY)
    block = Traced(
        NASTY, NASTY, "anchor", edited=True, label=NASTY, section=NASTY, generated=NASTY, text=f"New {NASTY}",
        editors=(Editor(NASTY, NASTY, NASTY, 1),), sources=(TracedSource(source, changed=True),),
    )  # fmt: skip
    cell = replace(block, cells=(CellEdit(NASTY, NASTY, NASTY, f"{NASTY} more"),))
    told = trace_page(TEMPLATE, About(NASTY, NASTY, NASTY, NASTY), [block, cell])
    outline = Outline(told)
    assert {"script", "b onclick"} & set(outline.tags) == set()
    assert outline.loaded == []
    assert outline.text.count(NASTY) > 8
    assert "49" not in outline.text


@given(st.text(max_size=40), st.text(max_size=40))
def test_page__any_texts__is_well_formed_and_says_them(was: str, now: str) -> None:
    told = page(replace(EDITED, generated=was, text=now))
    outline = Outline(told)
    assert outline.open == []
    flat = "".join(outline.text.replace("\r", "\n").split())
    assert "".join(was.replace("\r", "\n").split()) in flat


def test_page__nothing_from_elsewhere__and_the_same_bytes_each_time() -> None:
    told = page(BLOCK, EDITED)
    assert Outline(told).loaded == []
    assert "http" not in told
    assert "@import" not in told
    assert "url(" not in told
    assert told == page(BLOCK, EDITED)
    assert MADE_BY in told[:500]


def test_page__text_from_right_to_left__stands_in_cells_of_its_direction() -> None:
    told = page(replace(EDITED, generated="تدريب", text="تدريب القابلات"))
    assert '<td dir="auto">تدريب</td>' in told
    assert '<td dir="auto">تدريب <ins>القابلات</ins></td>' in told


def test_page__withheld_block__shows_where_it_came_from_and_no_text() -> None:
    secret = replace(
        EDITED, withheld=True, id="practice:quiet-lantern@moh", title="Quiet lantern", label="[moh]",
        generated=None, text=None,
    )  # fmt: skip
    told = page(secret)
    assert "not for publication any more" in told
    assert "submissions/moh.xlsx" in told
    assert "lantern" not in told.lower()  # titles and ids of practices are agencies' words
    assert "rec:140.7/measures" in page(replace(EDITED, withheld=True, generated=None, text=None))


def test_page__own_template_that_cannot_be_used__is_refused_in_plain_words() -> None:
    for text in ("{{ nothing }}", "{% if %}", "{{ about.draft.__class__.__mro__ }}", "{{ 1 / 0 }}"):
        with pytest.raises(UprReportError, match=r"the template own\.html cannot be used"):
            trace_page(("own.html", text), ABOUT, [BLOCK])
