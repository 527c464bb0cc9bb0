"""Which answers a draft does not hold: on offer in a comment, or turned down by an editor."""

from __future__ import annotations

from drafts import draft, manifest, report, submission
from editors import LATER, Editor
from oracle import reject
from test_revise_update import (
    BLOCK,
    FIRST,
    FORTY,
    MEASURES,
    clash,
    first,
    partly,
    update,
    with_measures,
    without_comments,
)
from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.manifest import read_manifest, without_text, write_manifest
from uprreport.files.word.revised import Revised
from uprreport.model import Source
from uprreport.revise.offers import Offered, read_offers

ID = "rec:140.7/measures"


def offers(content: bytes) -> list[Offered]:
    return list(read_offers(Revised(content, "x.docx", LATER), manifest(content)))


def told(content: bytes) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(offer.state, offer.block, offer.numbers, offer.agencies) for offer in offers(content)]


def test_offers__fresh_draft_and_plain_edits__none() -> None:
    editor = Editor(draft(first()).content)
    editor.replace(BLOCK, "twelve", "a dozen")
    assert offers(editor.save()) == []


def test_offers__clash__is_open_by_number_and_agency_until_it_is_settled() -> None:
    done = update(*clash())
    assert told(done.content) == [("open", ID, ("140.7",), ("moh",))]
    assert "thirty midwives" in offers(done.content)[0].text
    assert offers(without_comments(done.content)) == []


def test_offers__partly_carried__holds_the_rest_alone() -> None:
    (offer,) = offers(update(*partly()).content)
    assert "thirty" in offer.text
    assert "forty" not in offer.text


def test_offers__late_answer_to_a_deleted_passage__is_open() -> None:
    editor = Editor(draft(report(submission("moe", {}))).content)
    editor.delete("rec_140_12_measures")
    late = report(submission("moe", {"140.12": {"status": "planned", "measures": "Meals start."}}))
    done = update(editor.save(), late)
    assert ("open", "rec:140.12/measures", ("140.12",), ("moe",)) in told(done.content)
    assert update(done.content, late).content == done.content
    settled = update(without_comments(done.content), late)
    assert offers(settled.content) == []
    assert [plan.id for plan in update(settled.content, late).plans if plan.touches] == []


def test_offers__change_taken_back__is_rejected_and_accepted_ones_are_not() -> None:
    done = update(draft(first()).content, with_measures(f"{MEASURES} {FORTY}"))
    assert offers(done.content) == []  # still pending
    back = reject(done.content, AUTHOR)
    assert ("rejected", ID, ("140.7",), ("moh",)) in told(back)
    assert [offer.text for offer in offers(back) if offer.block == ID] == [FORTY]
    assert {plan.change for plan in update(back, with_measures(f"{MEASURES} {FORTY}")).plans} <= {
        "same",
        "kept",
    }


def test_offers__two_generations_taken_back__both_are_told() -> None:
    one = update(draft(first()).content, with_measures(f"{MEASURES} {FORTY}"))
    two = update(one.content, with_measures(f"{MEASURES.replace('twelve', 'thirty')} {FORTY}"))
    text = " ".join(offer.text for offer in offers(reject(two.content, AUTHOR)) if offer.block == ID)
    assert "thirty" in text
    assert FORTY in text


def test_offers__new_passage_taken_back__is_rejected() -> None:
    done = update(draft(first()).content, with_measures(MEASURES, challenges="Few apply."))
    back = reject(done.content, AUTHOR)
    (offer,) = [offer for offer in offers(back) if offer.block.endswith("/challenges")]
    assert (offer.state, "Few apply." in offer.text) == ("rejected", True)


def test_offers__source_withheld_later__history_forgets_offer_and_earlier_text() -> None:
    def is_moh(source: Source) -> bool:
        return source.agency == "moh"

    for content in (update(*clash()).content, update(draft(first()).content, with_measures(FORTY)).content):
        held = manifest(content)
        less = without_text(held, is_moh)
        xml = write_manifest(less)
        assert b"midwives in two" not in xml
        assert b"thirty" not in xml
        back = read_manifest(xml)
        assert back is not None
        assert back.blocks == less.blocks


def test_manifest__with_offers_and_earlier_texts__reads_back_as_it_was_written() -> None:
    answers = {"140.7": {**FIRST["140.7"], "measures": FORTY}}
    content = update(update(*partly()).content, report(submission("moh", {**FIRST, **answers}))).content
    held = manifest(content)
    assert any(block.earlier for block in held.blocks)
    assert read_manifest(write_manifest(held)) == held
