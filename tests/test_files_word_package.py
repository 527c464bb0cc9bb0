from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrices import archive
from uprreport.files.word.package import read_parts, write_parts

NAMES = st.from_regex(r"\A(word|docProps|_rels)/[a-z]{1,8}\.(xml|rels|png)\Z")
PARTS = st.dictionaries(st.one_of(NAMES, st.just("[Content_Types].xml")), st.binary(max_size=200))


@given(PARTS)
def test_write_parts__any_parts__read_back_the_same(parts: dict[str, bytes]) -> None:
    assert read_parts(write_parts(parts)) == parts


@given(PARTS)
def test_write_parts__other_order__same_bytes(parts: dict[str, bytes]) -> None:
    assert write_parts(dict(reversed(parts.items()))) == write_parts(parts)


def test_write_parts__content_types__come_first_as_office_programs_expect() -> None:
    names = ["[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "word/document.xml"]
    with zipfile.ZipFile(io.BytesIO(write_parts(dict.fromkeys(reversed(names), b"a")))) as package:
        assert package.namelist() == names
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_read_parts__folders_in_the_archive__are_no_parts() -> None:
    assert read_parts(archive({"word/": b"", "word/document.xml": b"a"})) == {"word/document.xml": b"a"}


def test_read_parts__no_package__raises_what_it_says() -> None:
    with pytest.raises(zipfile.BadZipFile):
        read_parts(b"not a package")
