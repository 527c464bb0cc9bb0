from __future__ import annotations

import pytest

from uprreport.files.pdf import pages_of_bookmarks

PDF = b"""%PDF-1.4
1 0 obj
<</Type/Page/Parent 9 0 R>>
endobj
4 0 obj
<</Type/Page/Parent 9 0 R>>
endobj
7 0 obj
<</5FToc000000001[4 0 R/XYZ 70.9 578.1 0]
/5FToc000000002[1 0 R/XYZ 70.9 20 0]
/#5FRef3[4 0 R/XYZ 70.9 20 0]
>>
endobj
9 0 obj
<</Type/Pages
/Resources 12 0 R
/Kids[ 1 0 R 4 0 R ]
/Count 2>>
endobj
10 0 obj
<</Type/Catalog/Pages 9 0 R
/Dests 7 0 R
>>
endobj
"""


def test_pages__of_bookmarks__are_counted_from_one() -> None:
    names = ("_Toc000000001", "_Toc000000002", "_Ref3")
    assert pages_of_bookmarks(PDF, names) == {"_Toc000000001": 2, "_Toc000000002": 1, "_Ref3": 2}
    assert pages_of_bookmarks(PDF, ()) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no pdf",
        PDF.replace(b"/Dests 7 0 R", b""),
        PDF.replace(b"/Dests 7 0 R", b"/Dests 8 0 R"),
        PDF.replace(b"/5FToc000000001[4 0 R", b"/5FToc000000001[5 0 R"),
        PDF.replace(b"/5FToc000000001", b"/other"),
        PDF + b"11 0 obj\n<</Type/Pages\n/Kids[ 13 0 R ]>>\nendobj\n",
    ],
    ids=["empty", "other", "no-list", "list-gone", "no-page", "no-name", "several-lists"],
)
def test_pages__anything_unclear__is_told_for_none(content: bytes) -> None:
    assert pages_of_bookmarks(content, ("_Toc000000001", "_Toc000000002")) == {}
