from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Convert
from matrices import _MAIN, archive, document, matrix, paragraph, row, table
from uprreport.files.word.plain import write_table_document
from uprreport.files.word.tables import WordTables, read_tables
from uprreport.text import clean_text

LIST = matrix("Theme: Right to health\n140.1 Open a clinic (Chile); | Supported | Right to health | 3")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ELSEWHERE = '<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>'
ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'


def read(content: bytes, folder: Path) -> WordTables:
    path = folder / "list.docx"
    path.write_bytes(content)
    document, findings = read_tables(path, "list.docx")
    assert document is not None, [finding.message for finding in findings]
    assert findings == ()
    return document


def texts(content: bytes, folder: Path) -> list[list[list[str]]]:
    """The text of each cell of each row of each table."""
    return [[[cell.text for cell in line] for line in rows] for rows in read(content, folder).tables]


def cell(content: str, folder: Path) -> str:
    """The text of the only cell of a document with this XML in it."""
    return texts(document(table(row([content]))), folder)[0][0][0]


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts: dict[str, str | bytes] = {entry: package.read(entry) for entry in package.namelist()}
    return archive({**parts, name: part})


def part_of(content: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


# What is no Word file ---------------------------------------------------------------------------------

NOT_WORD = {
    "empty": (b"", "it is empty"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "old format (.doc)"),
    "pdf": (b"%PDF-1.7 ...", "a PDF file"),
    "plain text": (b"140.1 Open a clinic (Chile);", "not a Word document"),
    "web page": (b"<html><table>", "not a Word document"),
    "workbook": (
        archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
        "not a Word document",
    ),
    "workbook that says where its main part is": (
        archive({"_rels/.rels": ELSEWHERE, "xl/workbook.xml": "<workbook/>"}),
        "not a Word document",
    ),
    "odt": (
        archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        "OpenDocument",
    ),
    "zip": (archive({"list.docx": LIST}), "not a Word document"),
    "cut off": (LIST[: len(LIST) // 2], "cut off or damaged"),
    "cut off at the end": (LIST[:-10], "cut off or damaged"),
    "damaged text": (repacked(LIST, "word/document.xml", part_of(LIST)[:-20]), "damaged"),
    "entities": (document("", parts={"word/document.xml": f"{ENTITIES}{BODY}"}), "no office program writes"),
    "outside entity": (
        document("", parts={"word/header1.xml": f'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>{BODY}'}),
        "no office program writes",
    ),
    "nested without end": (document("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_WORD)
def test_read_tables__no_word_file__document_unreadable_in_plain_words(name: str, tmp_path: Path) -> None:
    content, words = NOT_WORD[name]
    path = tmp_path / "list.docx"
    path.write_bytes(content)
    document, (finding,) = read_tables(path, "sources/list.docx")
    assert document is None
    assert finding.code == "document-unreadable"
    assert finding.at.file == "sources/list.docx"
    assert words in finding.message
    assert "{" not in finding.message + finding.hint


def test_read_tables__no_such_file_or_a_folder__is_said(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "a.docx", "no such file"), (tmp_path, "directory")):
        document, (finding,) = read_tables(path, "a.docx")
        assert document is None
        assert words in finding.message.lower()


def test_read_tables__unpacks_to_many_megabytes__is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(repacked(LIST, "word/media/zeros.bin", bytes(60 * 1024 * 1024)))
    assert path.stat().st_size < 200_000
    found, (finding,) = read_tables(path, "bomb.docx")
    assert found is None
    assert "more than 50 MB" in finding.message


def test_read_tables__large_but_within_the_limit__is_read(tmp_path: Path) -> None:
    large = repacked(LIST, "word/media/zeros.bin", bytes(45 * 1024 * 1024))
    assert read(large, tmp_path) == read(LIST, tmp_path)


def test_read_tables__directory_announces_less_than_comes_out__stops_there(tmp_path: Path) -> None:
    large = part_of(LIST) + b" " * (40 * 1024 * 1024)
    content = repacked(LIST, "word/document.xml", large)
    lying = content.replace(len(large).to_bytes(4, "little"), (2000).to_bytes(4, "little"))
    assert lying != content
    path = tmp_path / "lying.docx"
    path.write_bytes(lying)
    found, (finding,) = read_tables(path, "lying.docx")
    assert found is None
    assert "damaged" in finding.message


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """Some bytes cut off, cut out, or replaced."""
    return st.builds(
        lambda first, length, new, cut: content[:first] + (new if cut else new + content[first + length :]),
        st.integers(0, len(content)),
        st.integers(0, 200),
        st.one_of(st.binary(max_size=8), st.sampled_from([b"<", b'"', b"&a;", b"9999999999"])),
        st.booleans(),
    )


@given(damaged(LIST))
def test_read_tables__damaged_file__a_finding_or_tables_but_no_traceback(
    tmp_path: Path, content: bytes
) -> None:
    assert_readable_or_told(content, tmp_path)


@given(damaged(part_of(LIST)))
def test_read_tables__damaged_part__a_finding_or_tables_but_no_traceback(
    tmp_path: Path, content: bytes
) -> None:
    assert_readable_or_told(repacked(LIST, "word/document.xml", content), tmp_path)


def assert_readable_or_told(content: bytes, folder: Path) -> None:
    path = folder / "list.docx"
    path.write_bytes(content)
    found, findings = read_tables(path, "list.docx")
    assert (found is None) == bool(findings)
    assert all(finding.code == "document-unreadable" and finding.message for finding in findings)


# Tables -----------------------------------------------------------------------------------------------


def test_read_tables__list__rows_cells_and_paragraphs(tmp_path: Path) -> None:
    found = read(LIST, tmp_path)
    assert found.headers == ("UPR of Examplia (4th Cycle - 51st Session)\tThematic list of recommendations*",)
    ((heading, theme, item),) = found.tables
    assert [cell.text for cell in heading][1:] == [
        "Position of the State under review",
        "Human rights themes and groups of persons",
        "Relevant SDGs",
    ]
    assert [(cell.text, cell.span) for cell in theme] == [("Theme: Right to health", 4)]
    assert [cell.paragraphs for cell in item] == [
        ("140.1 Open a clinic (Chile);",),
        ("Supported",),
        ("- Right to health",),
        ("- 3 - GOOD HEALTH AND WELL-BEING",),
    ]
    assert {cell.span for cell in item} == {1}


def test_read_tables__strict_document__is_read_the_same(tmp_path: Path) -> None:
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(LIST)) as source, zipfile.ZipFile(strict, "w") as copy:
        for name in source.namelist():
            xml = source.read(name)
            for kind, rest in (("wordprocessingml", "main"), ("officeDocument", "relationships")):
                usual = f"http://schemas.openxmlformats.org/{kind}/2006/{rest}"
                xml = xml.replace(usual.encode(), f"http://purl.oclc.org/ooxml/{kind}/{rest}".encode())
            copy.writestr(name, xml)
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in part_of(strict.getvalue())
    assert read(strict.getvalue(), tmp_path) == read(LIST, tmp_path)


def test_read_tables__main_part_under_another_name__is_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(LIST)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b'"word/document.xml"', b'"/word/document2.xml"')
    assert read(archive(parts), tmp_path) == read(LIST, tmp_path)


def test_read_tables__relationships_of_other_kinds_or_none_at_all__the_usual_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(LIST)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    relations = parts.pop("_rels/.rels")
    assert read(archive(parts), tmp_path) == read(LIST, tmp_path)
    others = b'<Relationship Id="r2" Type="x/core-properties" Target="docProps/core.xml"/><Relationship/>'
    parts["_rels/.rels"] = relations.replace(b"<Relationship ", others + b"<Relationship ", 1)
    assert read(archive(parts), tmp_path) == read(LIST, tmp_path)


def test_read_tables__page_headers__one_text_each_in_lines(tmp_path: Path) -> None:
    header = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'
    parts = {
        "word/header1.xml": header.format(paragraph("a") + paragraph("b")),
        "word/header2.xml": header.format(paragraph("c")),
    }
    assert read(document("", parts=parts), tmp_path).headers == ("a\nb", "c")


def test_read_tables__no_table__none(tmp_path: Path) -> None:
    assert read(document(paragraph("A letter")), tmp_path).tables == ()


def test_read_tables__nested_table__is_text_of_its_cell_and_a_table_of_its_own(tmp_path: Path) -> None:
    inner = table(row([paragraph("inner 1"), paragraph("inner 2")]))
    outer = table(row([paragraph("before") + inner + paragraph("after"), paragraph("beside")]))
    assert texts(document(outer), tmp_path) == [
        [["before\ninner 1\ninner 2\nafter", "beside"]],
        [["inner 1", "inner 2"]],
    ]


def test_read_tables__spans__count_columns(tmp_path: Path) -> None:
    wide = row([paragraph("a")], span=3) + row([paragraph("b")])
    ((first, second),) = read(document(table(wide)), tmp_path).tables
    assert (first[0].span, second[0].span) == (3, 1)


@pytest.mark.parametrize("span", ["²", "", "-1", "x"])
def test_read_tables__span_that_is_no_number__counts_as_one(span: str, tmp_path: Path) -> None:
    xml = row([paragraph("a")], span=7).replace('"7"', f'"{span}"')
    assert read(document(table(xml)), tmp_path).tables[0][0][0].span == 1


def test_read_tables__rows_and_cells_in_content_controls__are_rows_and_cells(tmp_path: Path) -> None:
    line = row([paragraph("a"), paragraph("b")])
    boxed = f"<w:sdt><w:sdtPr/><w:sdtContent>{line}</w:sdtContent></w:sdt>"
    marked = f"<w:customXml>{line}</w:customXml><w:ins>{line}</w:ins>"
    boxed_cell = re.sub(
        "(<w:tc>.*?</w:tc>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", line, count=1
    )
    assert texts(document(table(boxed, marked, boxed_cell)), tmp_path) == [[["a", "b"]] * 4]


def test_read_tables__row_deleted_with_changes_tracked__is_no_row(tmp_path: Path) -> None:
    kept, deleted, inserted = (
        row([paragraph(text)], properties=properties)
        for text, properties in (
            ("kept", ""),
            ("{-gone-}", '<w:del w:id="1" w:author="A"/>'),
            ("{+new+}", '<w:ins w:id="2" w:author="A"/>'),
        )
    )
    assert texts(document(table(kept, deleted, inserted)), tmp_path) == [[["kept"], ["new"]]]


# Text -------------------------------------------------------------------------------------------------


def test_read_tables__insertions_and_controls__are_seen_and_deletions_not(tmp_path: Path) -> None:
    text = "Ratify {+the +}{-an old -}{=Convention=} and"
    assert cell(paragraph(text), tmp_path) == "Ratify the Convention and"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
        ("<w:r><w:t>follow</w:t><w:noBreakHyphen/><w:t>up</w:t></w:r>", "follow\u2011up"),
        ("<w:r><w:t>co</w:t><w:softHyphen/><w:t>operation</w:t></w:r>", "cooperation"),
        ("<w:r><w:t>a\u00a0b</w:t></w:r>", "a b"),
        ("<w:r><w:t>1</w:t></w:r><w:r><w:t>40</w:t></w:r><w:r><w:t>.7</w:t></w:r>", "140.7"),
        ('<w:hyperlink r:id="x"><w:r><w:t>linked</w:t></w:r></w:hyperlink>', "linked"),
        ('<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>', "7"),
        ("<w:del><w:r><w:t>a</w:t><w:tab/></w:r></w:del><w:r><w:t>b</w:t></w:r>", "b"),
        ("<w:r><w:t>a</w:t><w:t/><w:ptab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r>", "7"),
        ("<w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>b</w:t></w:r></w:moveTo>", "b"),
        ('<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>', "a"),
        ("<w:r><w:t>a</w:t></w:r><!-- b --><w:r><w:t>c</w:t></w:r>", "ac"),
    ],
)
def test_read_tables__inside_a_paragraph__text_as_it_is_shown(xml: str, text: str, tmp_path: Path) -> None:
    assert cell(f"<w:p>{xml}</w:p>", tmp_path) == text


def ended(text: str, mark: str) -> str:
    """A paragraph whose end is deleted or moved away."""
    return f'<w:p><w:pPr><w:rPr><w:{mark} w:id="1"/></w:rPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_read_tables__paragraph_whose_end_was_deleted__reads_on_in_the_next(
    mark: str, tmp_path: Path
) -> None:
    several = ended("Abolish the death pen", mark) + ended("", mark) + paragraph("alty") + paragraph("Next")
    assert cell(several, tmp_path) == "Abolish the death penalty\nNext"
    assert cell(paragraph("One") + ended(" two ", mark), tmp_path) == "One\ntwo"


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="1"/>', True),
        ('<w:vanish w:val="0"/>', False),
        ("<w:specVanish/>", True),
        ('<w:rStyle w:val="Secret"/>', True),
        ('<w:rStyle w:val="Plain"/>', False),
        ("<w:b/>", False),
    ],
)
def test_read_tables__hidden_words__are_left_out_and_told(look: str, hidden: bool, tmp_path: Path) -> None:
    seen, run = paragraph("seen"), f"<w:r><w:rPr>{look}</w:rPr><w:t>not for print</w:t></w:r>"
    styles = (
        f'<w:styles xmlns:w="{_MAIN}"><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Plain"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>'
    ).encode()
    content = document(table(row([f"{seen}<w:p>{run}</w:p>"])))
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("word/styles.xml", styles)
    found = read(target.getvalue(), tmp_path)
    ((((cell_found,),),)) = found.tables
    assert cell_found.text == ("seen" if hidden else "seen\nnot for print")
    assert found.hidden == (("not for print",) if hidden else ())


def test_read_tables__reading_aid_above_a_word__is_no_part_of_it(tmp_path: Path) -> None:
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>aid</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>word</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert cell(f"<w:p>{ruby}</w:p>", tmp_path) == "word"


def test_read_tables__blank_paragraphs__are_left_out(tmp_path: Path) -> None:
    several = "".join((paragraph("a"), "<w:p/>", paragraph("  "), paragraph("b")))
    ((cell,),) = read(document(table(row([several]))), tmp_path).tables[0]
    assert cell.paragraphs == ("a", "b")


def test_read_tables__text_box__is_seen_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    twice = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    xml = f"<w:p><w:r><w:t>before </w:t>{twice}<w:t>after</w:t></w:r></w:p>"
    assert cell(xml, tmp_path) == "before after\nin the box"


# A plain document of our own --------------------------------------------------------------------------

WRITABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=30)


def opened(content: bytes) -> tuple[str, list[list[list[str]]]]:
    """The page header and the paragraphs of each cell, as python-docx reads them."""
    document = docx.Document(io.BytesIO(content))
    (found,) = document.tables
    rows = [[[p.text for p in cell.paragraphs] for cell in line.cells] for line in found.rows]
    return document.sections[0].header.paragraphs[0].text, rows


def test_write_table_document__cells_and_header__open_in_another_reader(tmp_path: Path) -> None:
    rows = [[["A"], ["B"]], [["across"]], [["one", "two & <three>"], []]]
    content = write_table_document("State\tList", rows, widths=(2000, 3000))
    header, found = opened(content)
    assert header == "State\tList"
    assert found == [[["A"], ["B"]], [["across"], ["across"]], [["one", "two & <three>"], [""]]]
    assert [[cell.text for cell in line] for line in read(content, tmp_path).tables[0]] == [
        ["A", "B"],
        ["across"],
        ["one\ntwo & <three>", ""],
    ]


def test_write_table_document__first_row__repeats_on_every_page() -> None:
    xml = part_of(write_table_document("", [[["A"]], [["B"]]], widths=(100,)))
    assert xml.count(b"<w:tblHeader/>") == 1
    assert xml.index(b"<w:tblHeader/>") < xml.index(b">A<")


def test_write_table_document__tabs_and_line_breaks__are_those_of_word() -> None:
    xml = part_of(write_table_document("", [[["a\tb\nc"]]], widths=(100,)))
    assert re.findall(rb"<w:(?:tab|br)/>|(?<=>)[abc](?=<)", xml) == [
        b"a",
        b"<w:tab/>",
        b"b",
        b"<w:br/>",
        b"c",
    ]


def test_write_table_document__row_with_too_few_cells__is_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        write_table_document("", [[["a"], ["b"]]], widths=(100, 100, 100))


@given(WRITABLE)
def test_write_table_document__any_text__a_file_that_opens_with_it(tmp_path: Path, text: str) -> None:
    content = write_table_document(text, [[[text]]], widths=(100,))
    printable = clean_text(text)[0]
    assert opened(content) == (printable, [[[printable]]])
    assert read(content, tmp_path).tables


@pytest.mark.apps
def test_read_tables__list_saved_by_libreoffice__is_read_the_same(tmp_path: Path, soffice: Convert) -> None:
    path = tmp_path / "list.docx"
    path.write_bytes(LIST)
    saved = soffice(path, "docx")
    assert read(saved.read_bytes(), tmp_path).tables == read(LIST, tmp_path).tables


@pytest.mark.parametrize("content", [b"number,text\n140.1,Open a clinic", b"%PDF-1.7", b""])
def test_read_tables__what_word_makes_no_list_of__is_not_sent_to_word(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    _, (finding,) = read_tables(path, "list.csv")
    assert "open it in Word" not in finding.hint
