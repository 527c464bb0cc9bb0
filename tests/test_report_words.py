from __future__ import annotations

import re

import pytest

from drafts import REGISTER, TEMPLATE, draft, report, submission
from editors import Editor, accepted, tracked
from reviews import TODAY, register
from test_revise_update import changes, update
from uprreport.files.word.draft import Imprint, render_draft
from uprreport.files.word.final import Colophon, make_final, read_final
from uprreport.files.word.package import read_parts, write_parts
from uprreport.language import LANGUAGES
from uprreport.model import Block, Draft, Report
from uprreport.report.words import unplaced_texts

DONE = {
    "status": "implemented",
    "measures": "It was done.",
    "next_steps": "More follows.",
    "challenges": "Few.",
}
ANSWERS = {
    "140.1": DONE,
    "140.7": {"status": "in progress", "measures": "A course opened."},
    "140.11": {"status": "not implemented", "measures": "Fees remain."},
}
TEXTS = """
## Texts

| Part of the report | Text |
| --- | --- |
| Foreword | First words.<br>More of them. |
| Summary | Our own summary. |
| Developments since the review | A new Government took office. |
| Conclusion | Our last words. |
"""


def blocks(told: Report, section: str) -> dict[str, Block]:
    return {block.id: block for block in told.sections[section]}


def lines(block: Block) -> list[str]:
    return [paragraph.text for paragraph in block.paragraphs]


def test_summary__tells_what_was_achieved_and_what_remains_and_adds_up() -> None:
    achieved, remaining = lines(blocks(report(submission("moh", ANSWERS)), "summary")["text:summary"])
    assert achieved == (
        "In all, one recommendation has been implemented. The theme concerned is Right to health (1). "
        "Other levels of implementation were reported as follows: “In progress” (1)."
    )
    assert remaining == (
        "So far, one recommendation has not been implemented. The theme concerned is Right to health (1). "
        "This report holds no information on two recommendations."
    )


def test_summary__nothing_answered__says_only_that() -> None:
    assert lines(blocks(report(), "summary")["text:summary"]) == [
        "This report holds no information on five recommendations."
    ]


def test_summary__withheld_answers__are_told_of_like_those_that_nobody_gave() -> None:
    hidden = {number: {**answer, "publication": "internal"} for number, answer in ANSWERS.items()}
    told = [blocks(made, "summary")["text:summary"] for made in (report(), report(submission("moh", hidden)))]
    assert told[0] == told[1]


def test_summary__themes__the_most_concerned_first_and_not_all_of_many() -> None:
    rows = "".join(
        f"| 140.{n} | Do it | Chile | Supported | Theme {n % 7 if n > 2 else 1} | moh | | 3 |\n"
        for n in range(1, 9)
    )
    head, _, rest = REGISTER.partition("## Recommendations")
    table, _, after = rest.partition("\n## ")
    top = "\n".join([line for line in table.splitlines() if line.startswith("|")][:2])
    text = f"{head}## Recommendations\n\n{top}\n{rows}\n## {after}"
    answers = {f"140.{n}": DONE for n in range(1, 9)}
    achieved = lines(blocks(report(submission("moh", answers), register=text), "summary")["text:summary"])[0]
    assert achieved.startswith("In all, eight recommendations have been implemented. ")
    assert "The themes most concerned are Theme 1 (3); " in achieved
    assert len(re.findall(r"Theme \d \(", achieved)) == 5


def test_conclusion__tells_only_what_rows_show() -> None:
    need = {"numbers": ("140.1",), "kind": "training", "description": "Trainers"}
    told = report(submission("moh", ANSWERS, assistance=[need]))
    assert lines(blocks(told, "conclusion")["text:conclusion"]) == [
        (
            "The responsible bodies have set out next steps for one recommendation. Challenges were met in "
            "implementing one recommendation. This report sets out one need for technical assistance and "
            "capacity-building."
        )
    ]
    assert "text:conclusion" not in blocks(report(), "conclusion")


def test_own_texts__missing__are_marked_where_expected_and_absent_where_not() -> None:
    told = report()
    for part in ("summary", "conclusion"):
        (paragraph,) = blocks(told, part)[f"text:{part}-own"].paragraphs
        assert paragraph.placeholder
        assert paragraph.text.startswith("[")
    assert told.sections["foreword"] == ()
    assert "Foreword" not in str(read_parts(draft(told).content)["word/document.xml"])


def test_own_texts__given__stand_in_their_chapters_without_marks() -> None:
    told = report(register=REGISTER + TEXTS)
    assert lines(blocks(told, "foreword")["text:foreword-own"]) == ["First words.", "More of them."]
    assert lines(blocks(told, "summary")["text:summary-own"]) == ["Our own summary."]
    assert lines(blocks(told, "developments")["text:developments"]) == ["A new Government took office."]
    assert lines(blocks(told, "conclusion")["text:conclusion-own"]) == ["Our last words."]
    own = [b for part in ("foreword", "developments", "conclusion") for b in told.sections[part]]
    assert not any(paragraph.placeholder for block in own for paragraph in block.paragraphs)


def test_foreword__has_a_heading_without_a_number_and_counts() -> None:
    made = draft(report(register=REGISTER + TEXTS))
    xml = read_parts(made.content)["word/document.xml"].decode()
    heading = next(p for p in re.findall(r"<w:p>.*?</w:p>", xml) if ">Foreword<" in p and "Heading1" in p)
    assert '<w:numId w:val="0"/>' in heading
    assert made.words["body"] > draft(report()).words["body"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_sentences__in_every_language__are_filled_in(code: str) -> None:
    told = report(submission("moh", ANSWERS), language=code)
    for section in ("summary", "conclusion"):
        for block in told.sections[section]:
            for text in lines(block) if block.id.startswith("text:") else ():
                assert "{" not in text
                assert not text[0].isdigit()
    names = {piece for p in blocks(told, "summary")["text:summary"].paragraphs for piece, _ in p.foreign}
    assert names == ({"Right to health", "Right to education"} if code != "en" else set())


def test_older_template__builds_and_says_which_own_texts_have_no_place() -> None:
    parts = read_parts(TEMPLATE.read_bytes())
    xml = parts["word/document.xml"].decode()
    for name in ("foreword", "conclusion", "abbreviations"):
        xml = re.sub(
            rf"<w:p>(?:(?!</w:p>).)*if blocks\.{name} %.*?endif %}}</w:t></w:r></w:p>",
            "",
            xml,
            count=1,
            flags=re.DOTALL,
        )
    parts["word/document.xml"] = xml.encode()
    own = REGISTER + TEXTS
    made = render(write_parts(parts), report(register=own))
    assert set(made.unplaced) >= {"foreword", "conclusion"}
    (finding,) = unplaced_texts(register(own), made.unplaced, "own.docx")
    assert (finding.code, finding.value) == ("text-unplaced", "foreword, conclusion")
    assert "{{ blocks.foreword }}" in finding.hint
    assert unplaced_texts(register(REGISTER), made.unplaced, "own.docx") == ()
    assert unplaced_texts(register(own), draft(report(register=own)).unplaced, "own.docx") == ()


def render(template: bytes, told: Report) -> Draft:
    imprint = Imprint("own.docx", "exa-upr4", "Examplia: report", "Examplia", "en", "1.0", TODAY)
    return render_draft(template, told, imprint)


# On the way back ----------------------------------------------------------------------------------------


def test_update__own_text_and_counts_change__come_in_tracked_apart_from_each_other() -> None:
    first = report(submission("moh", ANSWERS), register=REGISTER + TEXTS)
    editor = Editor(draft(first).content)
    editor.replace("text_conclusion_own", "Our last words", "Our very last words")
    more = {**ANSWERS, "140.10": DONE}
    later = report(
        submission("moh", more), register=REGISTER + TEXTS.replace("Our own summary", "Our new summary")
    )
    done = update(editor.save(), later)
    told = changes(done)
    assert (told["text:summary"], told["text:summary-own"]) == ("replaced", "replaced")
    assert told["text:conclusion"] == "replaced"
    assert told["text:conclusion-own"] == "kept"
    assert "text:foreword-own" not in told
    now = accepted(done.content)
    assert now["text_summary_own"] == ["Our new summary."]
    assert now["text_summary"][0].startswith("In all, two recommendations have been implemented.")
    assert now["text_conclusion_own"] == ["Our very last words."]
    assert update(done.content, later).content == done.content


def test_update__text_given_where_a_mark_stood__takes_its_place() -> None:
    editor = Editor(draft(report()).content)
    later = report(register=REGISTER + TEXTS)
    now = accepted(update(editor.save(), later).content)
    assert now["text_developments"] == ["A new Government took office."]
    assert now["text_foreword_own"] == ["First words.", "More of them."]


def test_update__abbreviation_comes__is_a_row_in_its_place() -> None:
    editor = Editor(
        draft(report(submission("moh", {"140.7": {**DONE, "measures": "The WHO came."}}))).content
    )
    later = report(submission("moh", {"140.7": {**DONE, "measures": "The ILO and the WHO came."}}))
    done = update(editor.save(), later)
    assert changes(done)["list:abbreviations"] == "replaced"
    assert ("ins", "uprreport", "ILO") in tracked(done.content)


def test_final__holds_no_label_and_no_file_name_of_these_texts() -> None:
    told = report(submission("moh", ANSWERS), register=REGISTER + TEXTS)
    final = "\n".join(read_final(make_final(draft(told).content, Colophon("Examplia", TODAY)).content))
    assert "First words." in final
    for mark in ("[Summary", "[Foreword", "[Conclusion", "[Abbreviations", "register.xlsx"):
        assert mark not in final
