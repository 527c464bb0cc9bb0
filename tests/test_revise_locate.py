"""Where blocks are found in a revised draft: by anchor, by label, by text, and where they are not."""

from __future__ import annotations

from uprreport.files.word.manifest import Manifest, ManifestBlock, make_manifest
from uprreport.files.word.regions import RegionText
from uprreport.revise.locate import Line, locate

AWAITED = "no information was received.]"
TWICE = ("Health", "Law one.", "Health", "Two.")


def manifest(*blocks: tuple[str, str, list[str]]) -> Manifest:
    """A manifest of blocks: id, label, paragraphs."""
    entries = [
        ManifestBlock(
            id=name,
            anchor=f"upr_{name}",
            title=name,
            text=RegionText(tuple(("numbered paragraph", text) for text in texts)),
            label=label,
        )
        for name, label, texts in blocks
    ]
    return make_manifest("examplia-upr4", "1", "2026-04-20", entries)


def line(text: str, anchor: str = "", label: str = "") -> Line:
    return Line((f"upr_{anchor}",) if anchor else (), label, "numbered paragraph", text)


def places(told: Manifest, *lines: Line) -> dict[str, int]:
    return dict(locate(told, lines).places)


# Found by text ------------------------------------------------------------------------------------------


def test_locate__anchor_lost_and_text_edited__is_found_by_similar_text() -> None:
    told = manifest(("a", "", ["Clinics opened in all twelve districts."]), ("b", "", ["Fees were dropped."]))
    found = locate(told, [line("Clinics opened in nearly all twelve districts."), line("Fees went.", "b")])
    assert (dict(found.places), found.by_text) == ({"a": 0, "b": 1}, {"a"})


def test_locate__all_anchors_lost_and_one_text_twice__each_is_found_in_its_place() -> None:
    told = manifest(*((name, "", [text]) for name, text in zip("abcd", TWICE, strict=True)))
    lines = [line(text) for text in TWICE]
    assert places(told, *lines) == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_locate__deleted_block__is_not_found_in_the_similar_paragraph_of_another_block() -> None:
    told = manifest(
        ("a", "[140.1]", [f"[140.1: {AWAITED}"]),
        ("b", "[P1]", ["P1. Host a forum", f"[P1: {AWAITED}"]),
    )
    lines = (line("P1. Host a forum", "b", "[P1]"), line(f"[P1: {AWAITED}"))
    assert places(told, *lines) == {"b": 0}
    edited = line(f"[P1: no news {AWAITED}")
    assert places(told, lines[0], edited) == {"b": 0}


def test_locate__deleted_block__is_not_found_in_the_equal_paragraph_of_another_block() -> None:
    told = manifest(("a", "", ["A law was made."]), ("b", "", ["Clinics opened.", "A law was made."]))
    assert places(told, line("Clinics opened.", "b"), line("A law was made.")) == {"b": 0}


def test_locate__equal_paragraph_in_another_block__leaves_the_second_one_to_be_found() -> None:
    told = manifest(("b", "", ["Clinics opened.", "A law was made."]), ("a", "", ["A law was made."]))
    lines = (line("Clinics opened.", "b"), line("A law was made."), line("A law was made."))
    assert places(told, *lines) == {"b": 0, "a": 2}


# Found by label -----------------------------------------------------------------------------------------


def test_locate__label_of_its_own__finds_a_block_whose_text_was_rewritten() -> None:
    told = manifest(("a", "[140.1]", ["Clinics opened."]), ("b", "[140.2]", ["Fees were dropped."]))
    assert places(told, line("All is new.", label="[140.1]"), line("Fees.", "b")) == {"a": 0, "b": 1}


def test_locate__label_that_several_blocks_have__is_not_enough() -> None:
    told = manifest(("a", "[references]", ["Goal 3."]), ("b", "[references]", ["Goal 4, target 4.1."]))
    copied = line("Goal 4, target 4.1.", label="[references]")
    assert places(told, line("Goal 4, target 4.1.", "b", "[references]"), copied) == {"b": 0}
