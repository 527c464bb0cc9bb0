"""The oracle for tracked changes tells what any program does: small documents worked out by hand."""

from __future__ import annotations

import io
import zipfile

import pytest

from oracle import W, accept, canonical, differences, reject

A, B = "uprreport", "A. Editor"


def docx(body: str) -> bytes:
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", xml)
    return target.getvalue()


def ins(text: str, author: str = A) -> str:
    return f'<w:ins w:id="1" w:author="{author}"><w:r><w:t>{text}</w:t></w:r></w:ins>'


def gone(text: str, author: str = A) -> str:
    return f'<w:del w:id="2" w:author="{author}"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def p(*content: str, end: str = "") -> str:
    mark = f'<w:pPr><w:rPr><w:{end} w:id="3" w:author="{A}"/></w:rPr></w:pPr>' if end else ""
    return f"<w:p>{mark}{''.join(content)}</w:p>"


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def row(content: str, properties: str = "") -> str:
    return f"<w:tr>{properties}<w:tc>{p(content)}</w:tc></w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


@pytest.mark.parametrize(
    ("changed", "rejected", "accepted"),
    [
        (p(r("a "), gone("b"), ins("c")), p(r("a b")), p(r("a c"))),
        (p(r("a "), ins("x", B), gone("b")), p(r("a "), ins("x", B), r("b")), p(r("a "), ins("x", B))),
        (p(r("a"), end="ins") + p(r("b")), p(r("ab")), p(r("a")) + p(r("b"))),
        (p(r("a"), end="del") + p(r("b")), p(r("a")) + p(r("b")), p(r("ab"))),
        (p(ins("new"), end="ins") + p(r("b")), p(r("b")), p(r("new")) + p(r("b"))),
        (p(r("a"), gone("x", B)), p(r("a"), gone("x", B)), p(r("a"), gone("x", B))),
        (
            table(row(ins("c"), f'<w:trPr><w:ins w:id="4" w:author="{A}"/></w:trPr>'), row(r("d"))),
            table(row(r("d"))),
            table(row(r("c")), row(r("d"))),
        ),
    ],
)
def test_oracle__changes_of_one_author__are_settled_and_those_of_others_stay(
    changed: str, rejected: str, accepted: str
) -> None:
    content = docx(changed)
    assert canonical(reject(content, A), A) == canonical(docx(rejected), A)
    assert canonical(accept(content, A), A) == canonical(docx(accepted), A)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (p(r("a"), r("b")), p(r("ab")), True),
        (p(r("a"), "<w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>"), p(r("ab")), False),
        (p(ins("a", B), ins("b", B)), p(ins("ab", B)), True),
        (p(ins("a", A), ins("b", B)), p(ins("ab", B)), False),
        (p(r("ab")), p(r("a b")), False),
        (p(r("a")), p(r("a")) + p(r("b")), False),
        ("<w:p><w:pPr><w:rPr/></w:pPr><w:r><w:t/></w:r></w:p>", p(), True),
    ],
)
def test_canonical__where_runs_are_cut__is_seen_by_nobody_and_all_else_is(
    one: str,
    other: str,
    same: bool,
) -> None:
    told = differences(canonical(docx(one), A), canonical(docx(other), A))
    assert (told == []) is same
