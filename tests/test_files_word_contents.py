"""The contents of a final: headings as they now read, links that work, page numbers where they are known."""

from __future__ import annotations

import re

import pytest

from drafts import document, draft, report, submission
from editors import Editor
from finals import labels_of
from test_files_word_final import ANSWERS, DAY
from uprreport.files.word.contents import listed_bookmarks, number
from uprreport.files.word.final import Colophon, make_final
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.regions import paragraph_text
from uprreport.files.word.xml import Element, element, get, parse, plain_text, run, serialise, style_of, w


def first() -> bytes:
    return draft(report(submission("moh", ANSWERS))).content


def finished(content: bytes) -> bytes:
    return make_final(content, Colophon("Examplia", DAY, labels_of(first()))).content


def lines(content: bytes) -> list[str]:
    """The entries as they read; a tab as a bar."""
    body, styles = document(content)
    nodes = [p for p in body.iter(w("p")) if styles.name(style_of(p)).startswith("toc ")]
    texts = [paragraph_text(node, styles, ()).replace("\t", " | ") for node in nodes]
    return [text for text in texts if text != "Contents"]


def heading(editor: Editor, text: str) -> Element:
    styles = editor.styles
    return next(
        p
        for p in editor.paragraphs()
        if plain_text(p) == text and styles.name(style_of(p)).startswith("heading")
    )


def asks(content: bytes) -> bool:
    """Whether Word is asked to renew fields."""
    return b"updateFields" in read_parts(content)["word/settings.xml"]


def test_contents__untouched__are_as_they_were_and_word_is_asked_for_numbers() -> None:
    base = first()
    assert lines(finished(base)) == lines(base) != []
    assert asks(finished(base))


def test_contents__heading_changed_added_and_deleted__are_written_anew() -> None:
    editor = Editor(first())
    changed = heading(editor, "Summary")
    for text in changed.iter(w("t")):
        text.text = (text.text or "").replace("Summary", "Executive summary")
    style = style_of(changed)
    changed.addprevious(element("p", element("pPr", element("pStyle", val=style)), run("Foreword")))
    editor.body.remove(heading(editor, "Developments since the review"))
    made = finished(editor.save())
    before, after = lines(first()), lines(made)
    assert after[:3] == ["I. | Foreword", "II. | Executive summary", "III. | Introduction and methodology"]
    assert not any("Developments" in line for line in after)
    assert len(after) == len(before)
    root, _ = document(made)
    targets = {get(n, "name"): next(n.iterancestors(w("p"))) for n in root.iter(w("bookmarkStart"))}
    links = [n for n in root.iter(w("hyperlink")) if get(n, "anchor").startswith("_Toc")]
    assert len(links) == len(after)
    for link in links:
        assert plain_text(targets[get(link, "anchor")]) in plain_text(link)


def test_contents__caption_joined_to_a_heading__is_counted_once() -> None:
    base = first()
    editor = Editor(base)
    node = next(p for p in editor.paragraphs() if editor.styles.name(style_of(p)) == "annex heading")
    following = node.getnext()
    assert following is not None
    node.extend([child for child in following if child.tag != w("pPr")])
    editor.body.remove(following)
    made = finished(editor.save())
    numbers = re.findall(
        r"Table (\d+)\. ", " ".join(plain_text(p) for p in document(made)[0].iterchildren(w("p")))
    )
    assert [line for line in lines(made) if "implementationTable 5. Recommendations one by one" in line]
    assert numbers.count("5") == 2  # in the contents and where it stands
    assert finished(made) == made


def test_contents__paragraph_of_somebody_between_the_entries__is_left_to_word() -> None:
    editor = Editor(first())
    styles = editor.styles
    entry = [p for p in editor.paragraphs() if styles.name(style_of(p)) == "toc 1"][1]
    entry.addnext(element("p", run("A note of the editor.")))
    made = finished(editor.save())
    assert listed_bookmarks(made) == ()
    assert "A note of the editor." in [plain_text(p) for p in document(made)[0].iter(w("p"))]
    assert asks(made)


def test_contents__set_up_otherwise__are_left_as_they_are() -> None:
    editor = Editor(first())
    (code,) = [n for n in editor.root.iter(w("instrText")) if (n.text or "").strip().startswith("TOC")]
    code.text = ' TOC \\o "1-3" \\h '
    heading(editor, "Summary").append(run(" of all"))
    made = finished(editor.save())
    assert "I. | Summary" in lines(made)
    assert listed_bookmarks(made) == ()


def test_number__pages__stand_behind_the_entries_in_fields_that_word_renews() -> None:
    made = finished(first())
    names = listed_bookmarks(made)
    assert len(names) == len(lines(made))
    numbered = number(made, {name: str(page) for page, name in enumerate(names, 3)})
    assert lines(numbered) == [f"{line} | {page}" for page, line in enumerate(lines(made), 3)]
    codes = [
        (n.text or "").split() for n in parse(read_parts(numbered)["word/document.xml"]).iter(w("instrText"))
    ]
    assert [code[1] for code in codes if code[0] == "PAGEREF"] == list(names)
    assert not asks(numbered)
    assert asks(number(made, dict.fromkeys(names, "00"), is_final=False))


@pytest.mark.parametrize("start", ["1", "5"])
def test_number__pages_counted_anew_in_a_section__are_not_guessed(start: str) -> None:
    parts = read_parts(finished(first()))
    root = parse(parts["word/document.xml"])
    next(root.iter(w("sectPr"))).append(element("pgNumType", start=start))
    parts["word/document.xml"] = serialise(root)
    assert listed_bookmarks(write_parts(parts)) == ()
