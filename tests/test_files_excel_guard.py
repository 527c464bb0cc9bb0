from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from uprreport.files.excel.read import read_workbook
from uprreport.files.excel.workbook import Limits
from workbooks import workbook

PLAIN = workbook(Progress="| Number | Status |\n|---|---|\n| 140.7 | Planned |")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive_of(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(name: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(PLAIN)
    assert old in parts[name]
    return archive_of({**parts, name: parts[name].replace(old, new)})


def in_utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


NOT_WORKBOOKS = {
    "empty": (b"", "workbook-empty", "holds nothing"),
    "no filled cell": (workbook(Progress=""), "workbook-empty", "holds nothing"),
    "password": (OLE + in_utf16("EncryptedPackage"), "workbook-encrypted", "password"),
    "old workbook cut off": (OLE + in_utf16("Workbook"), "workbook-unreadable", "damaged"),
    "works": (OLE + in_utf16("WksSSWorkBook"), "workbook-old-format", "Microsoft Works"),
    "lotus": (b"\x00\x00\x1a\x00\x00\x10", "workbook-old-format", "Lotus 1-2-3"),
    "sylk": (b"ID;PWXL;N;E\r\n", "workbook-old-format", "SYLK"),
    "one xml file of opendocument": (
        b'<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">',
        "workbook-old-format",
        ".fods",
    ),
    "doc": (OLE + in_utf16("WordDocument"), "workbook-unreadable", "Word"),
    "unknown compound": (OLE, "workbook-unreadable", "old Office file"),
    "ods": (
        archive_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "workbook-unreadable",
        "contents are missing",
    ),
    "odt": (
        archive_of({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "workbook-unreadable",
        "another kind",
    ),
    "xlsb": (archive_of({"xl/workbook.bin": b""}), "workbook-unreadable", "no worksheets"),
    "xlsb cut off": (archive_of({"xl/workbook.bin": b"\x9c\x01\xff"}), "workbook-unreadable", "damaged"),
    "ods with a password": (
        archive_of(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            }
        ),
        "workbook-encrypted",
        "password",
    ),
    "ods with entities": (
        archive_of(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><document-content>&a;</document-content>',
            }
        ),
        "workbook-unreadable",
        "not safe",
    ),
    "numbers": (archive_of({"Index/Document.iwa": b""}), "workbook-old-format", "Numbers"),
    "docx": (archive_of({"word/document.xml": b"<w/>"}), "workbook-unreadable", "Word document"),
    "pptx": (archive_of({"ppt/presentation.xml": b"<p/>"}), "workbook-unreadable", "presentation"),
    "zip": (archive_of({"sheet.xlsx": PLAIN}), "workbook-unreadable", "zip archive"),
    "pdf": (b"%PDF-1.7 ...", "workbook-unreadable", "PDF"),
    "csv": (b"Number;Status\n140.7;Planned\n", "workbook-unreadable", "plain text"),
    "csv in utf-16": ("Number\t".encode("utf-16"), "workbook-unreadable", "plain text"),
    "html under the name of xls": (b"\n<HTML><table>", "workbook-unreadable", "web page"),
    "xml of 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "workbook-unreadable",
        "2003",
    ),
    "noise": (bytes(range(256)), "workbook-unreadable", "none of the known formats"),
    "cut off": (PLAIN[: len(PLAIN) // 2], "workbook-unreadable", "cut off"),
    "cut off at the end": (PLAIN[:-10], "workbook-unreadable", "cut off"),
    "no tabs": (
        changed("xl/workbook.xml", b"<sheet ", b"<nothing "),
        "workbook-unreadable",
        "no worksheets",
    ),
    "damaged tab": (
        changed("xl/worksheets/sheet1.xml", b"</sheetData>", b""),
        "workbook-unreadable",
        "damaged",
    ),
    "entities": (
        changed(
            "xl/worksheets/sheet1.xml",
            b"<worksheet",
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet',
        ),
        "workbook-unreadable",
        "not safe",
    ),
    "entities among the styles": (
        changed("xl/styles.xml", b"<styleSheet", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><styleSheet'),
        "workbook-unreadable",
        "not safe",
    ),
}


@pytest.mark.parametrize("name", NOT_WORKBOOKS)
def test_read_workbook__not_a_workbook__is_named_in_plain_words(name: str, tmp_path: Path) -> None:
    content, code, words = NOT_WORKBOOKS[name]
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    book, (finding,) = read_workbook(path, "submissions/sheet.xlsx")
    assert book is None
    assert finding.code == code
    assert words in finding.message
    assert finding.at.file == "submissions/sheet.xlsx"


@pytest.mark.parametrize(("name", "program"), [("~$health.xlsx", "Excel"), (".~lock.a.xlsx#", "LibreOffice")])
def test_read_workbook__owner_file__is_called_temporary(name: str, program: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x05Name" + bytes(160))
    book, (finding,) = read_workbook(tmp_path / name, name)
    assert book is None
    assert f"temporary file that {program} leaves" in finding.message


def test_read_workbook__no_such_file_or_a_folder__is_said(tmp_path: Path) -> None:
    assert "no such file" in read_workbook(tmp_path / "a.xlsx", "a.xlsx")[1][0].message
    assert "folder" in read_workbook(tmp_path, "a")[1][0].message


def test_read_workbook__unpacks_to_more_than_the_limit__is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(archive_of({**parts_of(PLAIN), "xl/media/zeros.bin": bytes(60 * 1024 * 1024)}))
    assert path.stat().st_size < 200_000
    book, (finding,) = read_workbook(path, "bomb.xlsx")
    assert book is None
    assert "unpacked it would take up 60 MB" in finding.message


def test_read_workbook__directory_announces_less_than_comes_out__stops_there(tmp_path: Path) -> None:
    parts = parts_of(PLAIN)
    sheet = parts["xl/worksheets/sheet1.xml"] + b" " * (40 * 1024 * 1024)
    content = archive_of({**parts, "xl/worksheets/sheet1.xml": sheet})
    lying = content.replace(len(sheet).to_bytes(4, "little"), (2000).to_bytes(4, "little"))
    path = tmp_path / "lying.xlsx"
    path.write_bytes(lying)
    book, (finding,) = read_workbook(path, "lying.xlsx", Limits(unpacked=1024 * 1024))
    assert book is None
    assert "damaged" in finding.message


def test_read_workbook__file_larger_than_the_limit__is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(PLAIN)
    assert "at most 1 MB" in read_workbook(path, "large.xlsx", Limits(unpacked=1000))[1][0].message
