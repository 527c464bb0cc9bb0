"""Each kind of tracked change, accepted: given and expected as short XML."""

from __future__ import annotations

import re

import pytest

from uprreport.files.word.accept import TRACKED, accept
from uprreport.files.word.xml import W, parse, serialise

BY = 'w:id="1" w:author="A. Editor" w:date="2026-04-10T09:00:00Z"'


def body(xml: str) -> str:
    """The inside of a body, its names without their prefix."""
    told = re.sub(r"<(/?)(\w)", r"<\1w:\2", xml).replace("BY", BY)
    return f'<w:body xmlns:w="{W}">{told}</w:body>'


def accepted(xml: str) -> str:
    root = parse(body(xml).encode())
    accept(root)
    assert next(root.iter(*TRACKED), None) is None
    return serialise(root).decode().partition("\n")[2]


def given(xml: str) -> str:
    return serialise(parse(body(xml).encode())).decode().partition("\n")[2]


def p(text: str, end: str = "") -> str:
    mark = f"<pPr><rPr><{end} BY/></rPr></pPr>" if end else ""
    return f"<p>{mark}{r(text) if text else ''}</p>"


def r(text: str) -> str:
    return f"<r><t>{text}</t></r>"


def row(*cells: str, mark: str = "") -> str:
    told = f"<trPr><{mark} BY/></trPr>" if mark else ""
    return f"<tr>{told}{''.join(f'<tc>{cell}</tc>' for cell in cells)}</tr>"


def cell(text: str, properties: str) -> str:
    return f"<tcPr>{properties}</tcPr>{p(text)}"


END_KEPT = "<p><pPr><rPr/></pPr><r><t>a</t></r></p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p><ins BY>{r('a')}</ins></p>", p("a")),
        (f"<p>{r('a')}<del BY><r><delText>b</delText></r></del></p>", p("a")),
        (f"<p><ins BY><del BY><r><delText>b</delText></r></del>{r('a')}</ins></p>", p("a")),
        (
            (
                f'<p><moveFromRangeStart BY/><moveFrom BY>{r("b")}</moveFrom><moveFromRangeEnd w:id="1"/></p>'
                f'<p><moveToRangeStart BY/><moveTo BY>{r("b")}</moveTo><moveToRangeEnd w:id="1"/></p>'
            ),
            p("") + p("b"),
        ),
        (p("a", "ins"), END_KEPT),
        (p("a", "del") + p("b"), f"<p>{r('a')}{r('b')}</p>"),
        (p("a", "moveFrom") + p("b"), f"<p>{r('a')}{r('b')}</p>"),
        (p("a", "del") + p("b", "del") + p("c"), f"<p>{r('a')}{r('b')}{r('c')}</p>"),
        (p("", "del") + "<tbl>" + row(p("x")) + "</tbl>" + p("b"), "<tbl>" + row(p("x")) + "</tbl>" + p("b")),
        (p("a", "del"), END_KEPT),
        (
            f"<p><pPr><jc/></pPr>{r('z')}</p>" + p("a", "del") + f"<p><pPr><ind/></pPr>{r('b')}</p>",
            f"<p><pPr><jc/></pPr>{r('z')}</p><p><pPr><ind/></pPr>{r('a')}{r('b')}</p>",
        ),
        (
            f"<p><pPr><jc/><pPrChange BY><pPr/></pPrChange></pPr>{r('a')}</p>",
            f"<p><pPr><jc/></pPr>{r('a')}</p>",
        ),
        (
            "<p><r><rPr><b/><rPrChange BY><rPr/></rPrChange></rPr><t>a</t></r></p>",
            "<p><r><rPr><b/></rPr><t>a</t></r></p>",
        ),
        ("<p><pPr><numPr><ins BY/></numPr></pPr></p>", "<p><pPr><numPr/></pPr></p>"),
        ("<p><pPr><numPr><numberingChange BY/></numPr></pPr></p>", "<p><pPr><numPr/></pPr></p>"),
        ("<sectPr><pgSz/><sectPrChange BY><sectPr/></sectPrChange></sectPr>", "<sectPr><pgSz/></sectPr>"),
        (
            "<tbl><tblPr><tblPrChange BY><tblPr/></tblPrChange></tblPr>"
            '<tblGrid><tblGridChange w:id="1"/></tblGrid>' + row(p("a")) + "</tbl>",
            "<tbl><tblPr/><tblGrid/>" + row(p("a")) + "</tbl>",
        ),
        ("<tbl>" + row(p("a")) + row(p("b"), mark="del") + "</tbl>", "<tbl>" + row(p("a")) + "</tbl>"),
        ("<tbl>" + row(p("a"), mark="ins") + "</tbl>", "<tbl><tr><trPr/><tc>" + p("a") + "</tc></tr></tbl>"),
        ("<tbl>" + row(p("a"), mark="del") + "</tbl>" + p("b"), p("b")),
        (
            "<tbl>" + row(cell("a", "<cellDel BY/>"), cell("b", "<cellIns BY/>")) + "</tbl>",
            "<tbl>" + row(cell("b", "")) + "</tbl>",
        ),
        (
            "<tbl>" + row(p("a")) + row(cell("b", "<cellDel BY/>")) + "</tbl>",
            "<tbl>" + row(p("a")) + "</tbl>",
        ),
        (
            "<tbl>" + row(cell("a", '<tcW/><cellMerge BY w:vMerge="rest"/>'))
            + row(cell("b", '<tcW/><cellMerge BY w:vMerge="cont"/>')) + "</tbl>",
            "<tbl>" + row(cell("a", '<tcW/><vMerge w:val="restart"/>'))
            + row(cell("b", '<tcW/><vMerge w:val="continue"/>')) + "</tbl>",
        ),
        (
            (
                f'<p>{r("a")}<del BY><bookmarkStart w:id="7" w:name="x"/><r><delText>b</delText></r></del>'
                '<bookmarkEnd w:id="7"/></p>'
            ),
            f'<p>{r("a")}<bookmarkStart w:id="7" w:name="x"/><bookmarkEnd w:id="7"/></p>',
        ),
        ("<tbl>" + row(p("", "del")) + "</tbl>", "<tbl>" + row("<p><pPr><rPr/></pPr></p>") + "</tbl>"),
        (
            "<tbl>" + row(p("a")) + "</tbl>" + p("", "del"),
            "<tbl>" + row(p("a")) + "</tbl><p><pPr><rPr/></pPr></p>",
        ),
    ],
    ids=[
        "insertion", "deletion", "deletion-in-insertion", "move", "end-inserted", "end-deleted", "end-moved",
        "ends-deleted", "emptied-before-a-table", "last-end-deleted", "joined-in-the-next-ones-look",
        "look-of-a-paragraph", "look-of-words", "number-inserted", "number-changed", "section", "table",
        "row-deleted", "row-inserted", "all-rows-deleted", "cells", "only-cell-deleted", "cells-merged",
        "bookmark-in-deleted-text", "only-paragraph-of-a-cell", "paragraph-behind-a-table",
    ],
)  # fmt: skip
def test_accept__one_kind_of_change__reads_as_if_it_had_never_been_tracked(before: str, after: str) -> None:
    assert accepted(before) == given(after)


def test_accept__nothing_tracked__nothing_changes() -> None:
    told = p("a") + "<tbl>" + row(p("b")) + "</tbl>" + p("c")
    assert accepted(told) == given(told)
