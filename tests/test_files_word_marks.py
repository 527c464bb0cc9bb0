"""Marks of missing texts, labels and drafts are found by style or by words, and are in no final."""

from __future__ import annotations

import datetime
import functools

import pytest

from drafts import TODAY, draft, report, submission
from editors import Editor
from finals import bytes_of, labels_of
from uprreport.files.word import marks
from uprreport.files.word.consultation import clean_copy
from uprreport.files.word.final import Colophon, make_final, read_final
from uprreport.files.word.marks import CONSULTATION
from uprreport.files.word.package import read_parts
from uprreport.files.word.pending import MISSING, read_marks
from uprreport.files.word.xml import Element, element, parse, run, serialise, w
from uprreport.language import LANGUAGES, bracketed, load_language, phrase

WORDS = {"numbers": "140.27, 140.30–140.33", "number": "140.27", "count": "3", "total": "9"}
DAY = datetime.date(2026, 6, 29)


class _Any(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "Examplia"


def filled(template: str) -> str:
    return template.format_map(_Any(WORDS))


ALL = sorted({filled(template) for template in bracketed()})


@functools.cache
def base() -> bytes:
    answers = {"140.7": {"status": "implemented", "measures": "Twelve midwives were trained.",
                         "publication": "public"}}  # fmt: skip
    return draft(report(submission("moh", answers))).content


def with_paragraphs(*nodes: Element) -> bytes:
    editor = Editor(base())
    for node in nodes:
        editor.paragraphs()[-1].addnext(node)
    return editor.save()


def plain(text: str) -> Element:
    return element("p", run(text))


def found(content: bytes) -> list[str]:
    editor = Editor(content)
    return [mark.where for mark in read_marks(editor.parts, {}) if mark.kind == MISSING]


def own() -> int:
    return len(found(base()))


def test_bracketed__holds_every_mark_in_every_language() -> None:
    own_marks = [
        phrase("[{numbers}: information is awaited.]"),
        phrase("[{numbers}: no agency has been asked.]"),
    ]
    for code in LANGUAGES:
        for mark in own_marks:
            assert load_language(code)(mark).format(**WORDS) in ALL


@pytest.mark.parametrize("text", ALL)
def test_mark__without_its_style__is_told_by_its_words(text: str) -> None:
    bare = text[1:-1]
    assert list(marks.marks_of(text)) == [text]
    assert list(marks.marks_of(f"Before it. {text} Behind it.")) == [text]
    assert list(marks.marks_of(text.upper()))
    assert list(marks.marks_of(text.replace(" ", "\u00a0")))
    assert list(marks.marks_of(text.replace("’", "'").rstrip("]") + " ]"))
    assert list(marks.marks_of(bare)), "brackets taken away"
    assert list(marks.marks_of(bare.rstrip(".。")))


@pytest.mark.parametrize(
    "text",
    [
        "Information is awaited from two regions.",
        "No information was received by the court.",
        "The court [in 2025] found that no information was received.",
        "In 2024: no one was detained.",
        "[sic]",
        "[140.7]",
        "Recommendation 140.7: the ministry published information.",
    ],
)
def test_mark__other_sentences__are_none(text: str) -> None:
    assert list(marks.marks_of(text)) == []
    assert not marks.stands_in(text)


def test_marks__anywhere_in_a_draft__are_told_and_left_out_of_a_final_only_when_asked() -> None:
    editor = Editor(base())
    style = editor.styles.id("UPR Placeholder")
    last = editor.paragraphs()[-1]
    for text in ALL:
        half = len(text) // 2
        bold = run(text[half:])
        bold.insert(0, element("rPr", element("b")))
        cell = element("tc", element("p", run(text)))
        last.addnext(element("tbl", element("tblPr"), element("tblGrid"), element("tr", cell)))
        last.addnext(element("p", run(text[:half]), bold))
        last.addnext(element("p", run("Before it. "), run(text, style), run(" Behind it.")))
    content = editor.save()
    told = found(content)
    assert len(told) - own() == 3 * len(ALL)
    kept = make_final(content, Colophon("Examplia", DAY, labels_of(base())))
    assert sum(marks.stands_in(line) for line in read_final(kept.content)) == 3 * len(ALL) + own()
    made = make_final(content, Colophon("Examplia", DAY, labels_of(base()), drops=True))
    lines = list(read_final(made.content))
    assert [line for line in lines if marks.stands_in(line)] == []
    assert lines.count("Before it. Behind it.") == len(ALL)
    assert len(made.dropped) == 3 * len(ALL) + own()


def test_marks__in_headers_and_notes__are_told_and_left_out() -> None:
    editor = Editor(base())
    (name, *_) = [name for name in editor.parts if name.startswith("word/header")]
    root = parse(editor.parts[name])
    root.append(plain("[140.27: no information for publication.]"))
    editor.parts[name] = serialise(root)
    content = editor.save()
    assert len(found(content)) == own() + 1
    made = make_final(content, Colophon("Examplia", DAY, labels_of(base()), drops=True))
    assert b"140.27: no information" not in bytes_of(made.content)


def test_mark__words_typed_into_it__is_still_one() -> None:
    editor = Editor(base())
    style = editor.styles.id("UPR Placeholder")
    node = element(
        "p", run("[140.27: information ", style), run("(two regions) "), run("is awaited.]", style)
    )
    editor.paragraphs()[-1].addnext(node)
    assert found(editor.save())[-1] == "[140.27: information (two regions) is awaited.]"


def test_mark__of_a_language_that_nobody_ships__is_told_as_the_manifest_has_it() -> None:
    text = "[140.27: cha habari.]"
    content = with_paragraphs(plain(text))
    editor = Editor(content)
    generated = frozenset({marks.flat(text)})
    told = [m.where for m in read_marks(editor.parts, {}, generated) if m.kind == MISSING]
    assert text in told
    assert text not in found(content)
    colophon = Colophon("Examplia", DAY, labels_of(base()), generated=generated, drops=True)
    assert b"cha habari" not in bytes_of(make_final(content, colophon).content)


# Labels and marks of drafts -----------------------------------------------------------------------------


def test_label__retyped_without_style__is_told_and_left_out_only_when_asked() -> None:
    content = with_paragraphs(plain("[140.7 · Implemented · moh] Twelve were trained."))
    made = make_final(content, Colophon("Examplia", DAY, labels_of(base())))
    assert made.kept == ("[140.7 · Implemented · moh]",)
    made = make_final(content, Colophon("Examplia", DAY, labels_of(base()), drops=True))
    assert "Twelve were trained." in list(read_final(made.content))
    assert made.kept == ()
    assert "[140.7 · Implemented · moh]" in made.dropped


@pytest.mark.parametrize("code", LANGUAGES)
def test_draft_mark__in_ordinary_style__is_taken_out_in_every_language(code: str) -> None:
    texts = ("DRAFT of {{ report.today }} – not for circulation", "Draft of {{ report.today }}")
    day = f"{TODAY.day} May 2026"
    told = [load_language(code)(text).replace("{{ report.today }}", day) for text in texts]
    content = with_paragraphs(*map(plain, told), plain("Draft laws of 12 May 2026 were passed."))
    lines = list(read_final(make_final(content, Colophon("Examplia", DAY)).content))
    assert not set(told) & set(lines)
    assert "Draft laws of 12 May 2026 were passed." in lines


def test_consultation_mark__of_a_copy_that_was_sent_out__is_taken_out() -> None:
    mark = CONSULTATION.format(date="20 April 2026")
    header = next(iter(sorted(n for n in read_parts(base()) if n.startswith("word/header"))))
    sent = clean_copy(base(), Colophon("Examplia", DAY), mark)
    editor = Editor(with_paragraphs(plain(mark)))
    editor.parts[header] = read_parts(sent)[header]
    assert mark.encode() in bytes_of(editor.save())
    assert mark.encode() not in bytes_of(make_final(editor.save(), Colophon("Examplia", DAY)).content)


def test_marks__paragraph_of_nothing_else__goes_with_its_number_and_the_note_that_cites_it() -> None:
    editor = Editor(base())
    nodes = [node for node in editor.body.iter(w("p")) if marks.marks_in(node, editor.styles)]
    cited = [node for node in nodes if next(node.iter(w("endnoteReference")), None) is not None]
    assert cited
    before, after = (
        read_parts(make_final(base(), Colophon("Examplia", DAY, labels_of(base()), drops=drops)).content)
        for drops in (False, True)
    )
    counts = [len(list(parse(p["word/document.xml"])[0].iterchildren(w("p")))) for p in (before, after)]
    assert counts[0] - counts[1] == own()
    notes = [len(list(parse(p["word/endnotes.xml"]).iter(w("endnote")))) for p in (before, after)]
    assert notes[0] - notes[1] == len(cited)
