from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from uprreport.files.word.manifest import (
    ManifestBlock,
    digest_text,
    make_manifest,
    read_manifest,
    write_manifest,
)
from uprreport.files.word.regions import RegionText
from uprreport.model import Source

# What XML can hold; a lone carriage return is read back as a line break, and never generated.
TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], include_characters="\n\t", exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
)
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
TEXTS = st.builds(
    RegionText,
    st.lists(st.tuples(CELLS, TEXT), max_size=3).map(tuple),
    st.lists(
        st.lists(st.lists(CELLS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple),
        max_size=1,
    ).map(tuple),
)
SOURCES = st.lists(st.builds(Source, *[CELLS] * 8), max_size=2).map(tuple)


@st.composite
def blocks(pick: st.DrawFn) -> ManifestBlock:
    text = pick(TEXTS)
    count = len(text.tables[0]) - 1 if text.tables else 0
    keys = tuple(f"row{index}" for index in range(count))
    return ManifestBlock(pick(CELLS), pick(CELLS), pick(CELLS), text, keys, pick(SOURCES))


@given(st.lists(blocks(), max_size=4), CELLS)
def test_manifest__written_and_read__is_the_same(found: list[ManifestBlock], review: str) -> None:
    made = make_manifest(review, "1.0", "2026-04-20", found)
    assert read_manifest(write_manifest(made)) == made


def test_manifest__same_blocks__same_id_whatever_the_day() -> None:
    block = ManifestBlock(
        "rec:1.1/measures", "upr_rec_1_1_measures", "1.1", RegionText((("numbered", "A"),), ())
    )
    one = make_manifest("exa", "1.0", "2026-04-20", [block])
    other = make_manifest("exa", "2.0", "2026-05-20", [block])
    assert one.id == other.id


def test_manifest__one_word_or_source_different__another_id() -> None:
    text = RegionText((("numbered", "A"),), ())
    block = ManifestBlock("rec:1.1/measures", "upr_rec_1_1_measures", "1.1", text)
    changed = ManifestBlock(
        "rec:1.1/measures", "upr_rec_1_1_measures", "1.1", RegionText((("numbered", "B"),), ())
    )
    sourced = ManifestBlock(
        "rec:1.1/measures",
        "upr_rec_1_1_measures",
        "1.1",
        text,
        (),
        (Source("f", "s", "A1", "moh", "status"),),
    )
    ids = {make_manifest("exa", "1.0", "", [found]).id for found in (block, changed, sourced)}
    assert len(ids) == 3


def test_manifest__damaged_or_changed_by_hand__is_none() -> None:
    made = write_manifest(
        make_manifest("exa", "1.0", "", [ManifestBlock("a", "upr_a", "A", RegionText((("", "text"),), ()))])
    )
    assert read_manifest(made) is not None
    assert read_manifest(made.replace(b"text", b"other")) is None
    assert read_manifest(made[:-20]) is None
    assert read_manifest(b"<other/>") is None


def test_digest_text__cells_moved_between_rows__differs() -> None:
    one = RegionText((), ((("a", "b"), ("c",)),))
    other = RegionText((), ((("a",), ("b", "c")),))
    assert digest_text(one) != digest_text(other)


def test_manifest__source__keeps_its_day_and_reads_without_one() -> None:
    source = Source("submissions/moh.xlsx", "Progress", "S4", "moh", "measures", "ab", "140.7", "2026-04-02")
    block = ManifestBlock("rec:140.7/measures", "upr_x", "140.7", RegionText((("", "a"),)), sources=(source,))
    made = make_manifest("exa-upr4", "0.1", "2026-04-20", [block])
    xml = write_manifest(made)
    assert b'date="2026-04-02"' in xml
    assert read_manifest(xml) == made
    # A manifest that was written before sources had a day is the same one, and stays readable.
    older = read_manifest(xml.replace(b' date="2026-04-02"', b""))
    assert older is not None
    assert older.id == made.id
    assert older.blocks[0].sources == (replace(source, date=""),)
