"""Nothing of anybody's machine is in a final: paths, names of users, files inside, what cameras wrote."""

from __future__ import annotations

import datetime
import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import pytest
from lxml import etree

from drafts import draft, report, submission
from editors import Editor
from finals import OFFICE, labels_of
from uprreport.files.pictures import bare_picture
from uprreport.files.word import properties
from uprreport.files.word.final import Colophon, Final, make_final, read_final
from uprreport.files.word.foreign import find_closed, is_private, is_private_target
from uprreport.files.word.package import read_parts, write_parts
from uprreport.files.word.xml import Element, R, W, element, parse, run, serialise, w

WHO = "jcanary"
PATH = f"C:\\Users\\{WHO}\\Documents\\secret.docx"
URL = f"file:///C:/Users/{WHO}/Documents/secret.docx"
DAY = datetime.date(2026, 6, 29)
DOCUMENT = "word/document.xml"
V, OFF = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@functools.cache
def base() -> bytes:
    answers = {
        "140.7": {"status": "implemented", "measures": "Twelve were trained.", "publication": "public"}
    }
    return draft(report(submission("moh", answers))).content


def finished(editor: Editor) -> Final:
    return make_final(editor.save(), Colophon("Examplia", DAY, labels_of(base())))


def everything(content: bytes) -> bytes:
    """All bytes of a package, files inside it too, and what stands in them as UTF-16."""
    found = []
    for name, part in read_parts(content).items():
        found += [name.encode(), part, part.replace(b"\x00", b"")]
        if zipfile.is_zipfile(io.BytesIO(part)):
            found.append(everything(part))
    return b"\n".join(found)


def put(editor: Editor, *nodes: Element) -> None:
    editor.body.insert(0, element("p", run("Before. "), *nodes, run(" Behind.")))


def outside(editor: Editor, kind: str, target: str, part: str = DOCUMENT) -> str:
    """A relationship that leads out of the package."""
    number = properties.relate(editor.parts, part, f"{OFFICE}/{kind}", "x.xml")
    name = f"{part.rpartition('/')[0]}/_rels/{part.rpartition('/')[2]}.rels"
    root = parse(editor.parts[name])
    (node,) = [node for node in root if node.get("Id") == number]
    node.set("Target", target)
    node.set("TargetMode", "External")
    editor.parts[name] = serialise(root)
    return number


def inside(editor: Editor, kind: str, name: str, content: bytes, part: str = DOCUMENT) -> str:
    properties.add_part(editor.parts, name, content, "application/octet-stream")
    return properties.relate(editor.parts, part, f"{OFFICE}/{kind}", name)


def xml(text: str) -> Element:
    spaces = {"w": W, "r": R, "v": V, "o": OFF, "a": A, "pic": PIC, "wp": WP}
    told = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return parse(f"<x {told}>{text}</x>".encode())[0]


# What is taken out ----------------------------------------------------------------------------------------


def link(editor: Editor) -> None:
    for target in (
        URL,
        PATH,
        f"\\\\server\\{WHO}\\a.docx",
        f"../{WHO}/a.docx",
        f"https://{WHO}:pw@example.org/",
        f"https://gov-my.sharepoint.com/personal/{WHO}/a.docx",
    ):
        node = element("hyperlink", run("the law"))
        node.set(f"{{{R}}}id", outside(editor, "hyperlink", target))
        node.set(w("tooltip"), URL)
        put(editor, node)


FIELDS = (
    "FILENAME \\p",
    "AUTHOR",
    "LASTSAVEDBY",
    "USERNAME",
    "USERADDRESS",
    "TEMPLATE \\p",
    "DOCPROPERTY Manager",
    "INFO Author",
)
PLAIN = (
    f'INCLUDETEXT "{PATH}"',
    f'LINK Excel.Sheet.12 "{PATH}" "A1"',
    f'HYPERLINK "{URL}" \\o "{WHO}"',
    f"ADDIN ZOTERO_ITEM {{{WHO}}}",
    f"DOCVARIABLE {WHO}",
    f'DDEAUTO Excel "{PATH}"',
    f'HYPERLINK "{WHO}.docx"',
)


def fields(editor: Editor) -> None:
    for code in FIELDS:
        put(editor, *_field(code, f"{WHO} shown"))
        put(editor, _simple(code, f"{WHO} shown"))
    for code in PLAIN:
        put(editor, *_field(code, "what it shows"))
        put(editor, _simple(code, "what it shows"))
    nested = _field("INCLUDETEXT ", "inner words")
    nested[2:2] = _field(f'DOCPROPERTY "{WHO}"', URL)
    put(editor, *nested)


def _field(code: str, shown: str) -> list[Element]:
    told = element("instrText")
    told.text = f" {code} "
    begin = element("fldChar", element("fldData"), fldCharType="begin")
    begin[0].text = f"{WHO}"
    nodes = (begin, told, element("fldChar", fldCharType="separate"))
    return [
        *(element("r", node) for node in nodes),
        run(shown),
        element("r", element("fldChar", fldCharType="end")),
    ]


def _simple(code: str, shown: str) -> Element:
    return element("fldSimple", run(shown), instr=f" {code} ")


def _chunk(kind: bytes, told: bytes) -> bytes:
    return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))


def png() -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    told = _chunk(b"tEXt", f"Author\x00{WHO}".encode()) + _chunk(b"eXIf", f"MM{WHO}".encode())
    return b"\x89PNG\r\n\x1a\n" + head + told + data + _chunk(b"IEND", b"")


def jpeg(direction: int = 6) -> bytes:
    def segment(kind: int, told: bytes) -> bytes:
        return b"\xff" + bytes([kind]) + struct.pack(">H", len(told) + 2) + told

    entry = struct.pack("<HHIHH", 0x0112, 3, 1, direction, 0)
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00" + entry + b"\x00\x00\x00\x00" + WHO.encode()
    told = segment(0xE1, exif) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + WHO.encode())
    told += segment(0xED, b"Photoshop 3.0\x00" + WHO.encode()) + segment(0xFE, WHO.encode())
    jfif, icc = segment(0xE0, b"JFIF\x00\x01\x01"), segment(0xE2, b"ICC_PROFILE\x00\x01\x01abc")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + jfif + told + icc + segment(0xDB, b"\x00" * 65) + scan + b"\xff\xd9" + WHO.encode()


def gif() -> bytes:
    comment = b"\x21\xfe" + bytes([len(WHO)]) + WHO.encode() + b"\x00"
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(WHO)]) + WHO.encode() + b"\x00"
    image = b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    return b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + b"\x00" * 6 + comment + loop + xmp + image + b"\x3b"


def webp() -> bytes:
    def chunk(kind: bytes, told: bytes) -> bytes:
        return kind + struct.pack("<I", len(told)) + told + b"\x00" * (len(told) % 2)

    told = b"WEBP" + chunk(b"VP8X", b"\x0c" + b"\x00" * 9) + chunk(b"VP8L", b"\x2f\x00")
    told += chunk(b"EXIF", WHO.encode()) + chunk(b"XMP ", WHO.encode())
    return b"RIFF" + struct.pack("<I", len(told)) + told


def svg() -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
    return (
        f'<svg {spaces} inkscape:export-filename="{PATH}"><!-- {WHO} --><metadata>{WHO}</metadata>'
        '<rect width="1" height="1"/></svg>'
    ).encode()


def emf() -> bytes:
    told = f"Draw\x00{WHO}\x00\x00".encode("utf-16-le")
    head = struct.pack("<II", 1, 108 + len(told)) + b"\x00" * 32 + b" EMF" + b"\x00" * 16
    return head + struct.pack("<II", len(told) // 2, 108) + b"\x00" * 40 + told


PICTURES = {"png": png, "jpeg": jpeg, "gif": gif, "webp": webp, "svg": svg, "emf": emf}


def drawn(editor: Editor, number: str, more: str = "", descr: str = PATH) -> Element:
    return element(
        "r",
        xml(
            f'<w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
            f'<wp:docPr id="9001" name="{WHO}.jpg" descr="{descr}"/>'
            f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="0" name="{PATH}">{more}'
            f'</pic:cNvPr></pic:nvPicPr><pic:blipFill><a:blip r:embed="{number}" r:link="'
            f'{outside(editor, "image", URL)}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        ),
    )


def pictures(editor: Editor) -> None:
    for kind, made in PICTURES.items():
        number = inside(editor, "image", f"word/media/own.{kind}", made())
        click = f'<a:hlinkClick r:id="{outside(editor, "hyperlink", URL)}"/>'
        put(editor, drawn(editor, number, click))


def objects(editor: Editor) -> None:
    number = inside(editor, "image", "word/media/shown.png", png())
    file = inside(
        editor, "oleObject", "word/embeddings/oleObject1.bin", f"\xd0\xcf\x11\xe0{WHO}".encode("latin-1")
    )
    for name in (file, outside(editor, "oleObject", URL)):
        put(
            editor,
            element(
                "r",
                xml(
                    f'<w:object><v:shape id="a" o:ole="" alt="{PATH}" o:gfxdata="{WHO}">'
                    f'<v:imagedata r:id="{number}" '
                    f'o:title="{PATH}" o:href="{URL}"/></v:shape>'
                    '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" '
                    f'r:id="{name}"/></w:object>'
                ),
            ),
        )
    control = inside(editor, "control", "word/activeX/activeX1.xml", f"<ax><p>{WHO}</p></ax>".encode())
    put(
        editor,
        element(
            "r",
            xml(
                f'<w:object><v:shape id="b"><v:imagedata r:id="{number}"/></v:shape>'
                f'<w:control r:id="{control}"/>'
                "</w:object>"
            ),
        ),
    )
    put(
        editor,
        element(
            "r",
            xml(
                f'<w:pict><v:shape id="c" href="{URL}"><v:imagedata r:id="{number}"/><o:signatureline '
                f'o:suggestedsigner="{WHO}"/></v:shape></w:pict>'
            ),
        ),
    )


def settings(editor: Editor) -> None:
    part = "word/settings.xml"
    root = parse(editor.parts[part])
    root.insert(0, etree.Comment(WHO))
    template = element("attachedTemplate")
    template.set(f"{{{R}}}id", outside(editor, "attachedTemplate", URL, part))
    merge = element("mailMerge", element("dataSource"), element("query", val=PATH))
    merge[0].set(f"{{{R}}}id", outside(editor, "mailMergeSource", URL, part))
    through = element("saveThroughXslt", solutionID=WHO)
    through.set(f"{{{R}}}id", outside(editor, "transform", URL, part))
    told = (element("docVars", element("docVar", name=WHO, val=PATH)), element("attachedSchema", val=URL))
    root.extend([template, merge, through, *told, element("activeWritingStyle", appName=WHO)])
    editor.parts[part] = serialise(root)


def parts(editor: Editor) -> None:
    """Parts that nobody sees."""
    told = f"<x><w>{WHO} {PATH}</w></x>".encode()
    for kind, name in (
        ("webSettings", "word/webSettings2.xml"),
        ("glossaryDocument", "word/glossary/document.xml"),
        ("printerSettings", "word/printerSettings1.bin"),
        ("vbaProject", "word/vbaProject.bin"),
        ("keyMapCustomizations", "word/customizations.xml"),
        ("people", "word/people.xml"),
        ("customXml", "customXml/item77.xml"),
        ("commentsIds", "word/commentsIds.xml"),
    ):
        inside(editor, kind, name, told)
    for kind, name in (
        ("extensibility", "customUI/customUI.xml"),
        ("thumbnail", "docProps/thumbnail.jpeg"),
        ("webextensiontaskpanes", "word/webextensions/taskpanes.xml"),
    ):
        inside(editor, kind, name, told, "")
    types = editor.parts["[Content_Types].xml"].replace(
        b"wordprocessingml.document.main+xml", b"wordprocessingml.document.main+xml"
    )
    editor.parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    core = editor.parts["docProps/core.xml"].decode()
    editor.parts["docProps/core.xml"] = core.replace(
        "</cp:coreProperties>",
        f"<cp:keywords>{PATH}</cp:keywords><cp:lastModifiedBy>{WHO}</cp:lastModifiedBy></cp:coreProperties>",
    ).encode()
    properties.update_custom(editor.parts, {"Path": PATH})


def workbooks(editor: Editor) -> None:
    """A chart with a workbook that Excel saved, and one whose workbook lies elsewhere."""
    chart, book = "word/charts/chart901.xml", "word/embeddings/book901.xlsx"
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    made = openpyxl.Workbook()
    made.properties.creator = WHO
    made.active["A1"] = "Examplia"
    made.active["A1"].hyperlink = URL
    made.active["B1"] = f"='[{1}]Sheet1'!A1"
    held = io.BytesIO()
    made.save(held)
    inner = read_parts(held.getvalue())
    inner["xl/media/image1.jpeg"] = jpeg()
    workbook = inner["xl/workbook.xml"].decode()
    inner["xl/workbook.xml"] = (
        workbook.replace("<sheets>", f'<fileSharing userName="{WHO}"/><sheets>')
        .replace(
            "</workbook>",
            f'<externalReferences><externalReference xmlns:r="{R}" r:id="ext1"/>'
            "</externalReferences>"
            f"</workbook>",
        )
        .encode()
    )
    properties.add_part(
        inner, "xl/externalLinks/externalLink1.xml", f"<x>{PATH}</x>".encode(), "application/xml"
    )
    properties.relate(
        inner, "xl/workbook.xml", f"{OFFICE}/externalLink", "xl/externalLinks/externalLink1.xml"
    )
    properties.add_part(inner, "xl/connections.xml", f"<x>{PATH}</x>".encode(), "application/xml")
    properties.relate(inner, "xl/workbook.xml", f"{OFFICE}/connections", "xl/connections.xml")
    for name, inside_it in ((chart, True), (chart.replace("901", "902"), False)):
        root = f'<c:chartSpace xmlns:c="{space}" xmlns:r="{R}"><c:v>7</c:v>'
        root += '<c:externalData r:id="R1"/></c:chartSpace>'
        number = inside(editor, "chart", name, root.encode())
        told = (
            inside(editor, "package", book, write_parts(inner), name)
            if inside_it
            else outside(editor, "oleObject", URL, name)
        )
        editor.parts[name] = editor.parts[name].replace(b'"R1"', f'"{told}"'.encode())
        node = element(
            "r",
            xml(
                f'<w:drawing><wp:inline><wp:docPr id="9002" name="Chart"/>'
                f'<a:graphic><a:graphicData uri="{space}">'
                f'<c:chart xmlns:c="{space}" r:id="{number}"/></a:graphicData>'
                "</a:graphic></wp:inline></w:drawing>"
            ),
        )
        put(editor, node)


HOLDERS: tuple[Callable[[Editor], None], ...] = (link, fields, pictures, objects, settings, parts, workbooks)


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: holder.__name__)
def test_final__of_a_draft_that_tells_of_somebodys_machine__tells_nothing_of_it(
    holder: Callable[[Editor], None],
) -> None:
    editor = Editor(base())
    before = len([line for line in read_final(base()) if line.startswith("Before.")])
    holder(editor)
    assert WHO.encode() in everything(editor.save())
    put_in = [node for node in editor.body.iter(w("p")) if "Before. " in "".join(node.itertext())]
    made = finished(editor)
    assert WHO.encode() not in everything(made.content)
    assert b"Users" not in everything(made.content).replace(b"UsersGuide", b"")
    lines = [line for line in read_final(made.content) if line.startswith("Before.")]
    assert len(lines) - before == len(put_in)
    assert all(line.endswith("Behind.") for line in lines)
    assert made.closed == ()


def test_final__links_fields_and_objects__what_they_show_stays() -> None:
    editor = Editor(base())
    for holder in (link, fields, objects):
        holder(editor)
    made = finished(editor)
    lines = list(read_final(made.content))
    assert lines.count("Before. the law Behind.") == 6
    assert lines.count("Before. what it shows Behind.") == 2 * len(PLAIN)
    assert lines.count("Before.  Behind.") >= 2 * len(FIELDS)
    assert "Before. inner words Behind." in lines
    root = parse(read_parts(made.content)[DOCUMENT])
    assert len(list(root.iter("{*}imagedata"))) == 4, "the pictures of the objects"
    assert not list(root.iter(w("object"), "{*}OLEObject", w("control")))
    assert 'an object of another program is a picture now, by "Before. Behind."' in made.settled


def test_final__links_of_the_web_and_fields_of_the_document__stay() -> None:
    editor = Editor(base())
    node = element("hyperlink", run("the law"))
    node.set(f"{{{R}}}id", outside(editor, "hyperlink", "https://example.org/law"))
    put(editor, node)
    put(editor, *_field('HYPERLINK "https://example.org/act"', "the act"))
    put(editor, *_field("PAGE", "3"))
    made = finished(editor)
    assert b"https://example.org/law" in everything(made.content)
    assert b"https://example.org/act" in everything(made.content)
    assert b" PAGE " in everything(made.content)
    assert made.settled == ()


# What can be neither read nor cleaned ---------------------------------------------------------------------


def whole_file(editor: Editor) -> None:
    node = element("altChunk")
    node.set(f"{{{R}}}id", inside(editor, "aFChunk", "word/afchunk1.docx", base()))
    editor.body.insert(1, node)


def linked_document(editor: Editor) -> None:
    node = element("subDoc")
    node.set(f"{{{R}}}id", outside(editor, "subDocument", URL))
    put(editor, node)


def linked_picture(editor: Editor) -> None:
    node = drawn(editor, "none")
    blip = next(node.iter(f"{{{A}}}blip"))
    del blip.attrib[f"{{{R}}}embed"]
    put(editor, node)


def linked_old_picture(editor: Editor) -> None:
    number = outside(editor, "image", URL)
    put(
        editor,
        element("r", xml(f'<w:pict><v:shape id="d"><v:imagedata r:id="{number}"/></v:shape></w:pict>')),
    )


def object_without_picture(editor: Editor) -> None:
    number = inside(editor, "oleObject", "word/embeddings/oleObject9.bin", b"\xd0\xcf\x11\xe0")
    put(editor, element("r", xml(f'<w:object><o:OLEObject ProgID="Package" r:id="{number}"/></w:object>')))


CLOSED = {
    whole_file: "a whole file that was put in",
    linked_document: "a document that is only linked",
    linked_picture: "a picture that is only linked",
    linked_old_picture: "a picture that is only linked",
    object_without_picture: "an object of another program without a picture of it",
}


@pytest.mark.parametrize("holder", CLOSED, ids=lambda holder: holder.__name__)
def test_closed__what_can_be_neither_read_nor_cleaned__is_named_with_its_place(
    holder: Callable[[Editor], None],
) -> None:
    editor = Editor(base())
    put(editor, run("in the sample"))
    holder(editor)
    content = editor.save()
    (told,) = find_closed(read_parts(content))
    assert told.startswith(CLOSED[holder])
    assert 'by "Before.' in told
    assert make_final(content, Colophon("Examplia", DAY)).closed == (told,)


def test_closed__draft_as_built__has_none() -> None:
    assert find_closed(read_parts(base())) == ()


# Paths and pictures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        PATH,
        URL,
        f"\\\\server\\share\\{WHO}",
        "file:a.docx",
        f"see C:/Users/{WHO}",
        f"/home/{WHO}/a.png",
        f"file:///C:/Users/{WHO}%20x",
    ],
)
def test_is_private__paths_of_machines__are(text: str) -> None:
    assert is_private(text)
    assert is_private_target(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/users-guide",
        "http://www.w3.org/2000/svg",
        "A/HRC/58/15",
        "Act No. 5: a law",
        "rec: 140.7/measures",
        "9:30",
        "100 %",
        "mailto:a@example.org",
    ],
)
def test_is_private__anything_else__is_not(text: str) -> None:
    assert not is_private(text)


@pytest.mark.parametrize("kind", PICTURES)
def test_picture__what_is_seen__stays(kind: str) -> None:
    content = PICTURES[kind]()
    bare = bare_picture(content)
    assert bare is not None
    assert WHO.encode() not in bare.replace(b"\x00", b"")
    assert bare_picture(bare) == bare
    seen = {
        "png": b"IDAT",
        "jpeg": b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9",
        "gif": b"\x02\x02\x44\x01\x00\x3b",
        "webp": b"VP8L",
        "svg": b"<rect",
        "emf": b" EMF",
    }
    assert seen[kind] in bare


def test_picture__photograph_held_upright_or_not__keeps_its_direction() -> None:
    turned, upright = bare_picture(jpeg(6)), bare_picture(jpeg(1))
    assert turned is not None
    assert upright is not None
    assert b"Exif\x00\x00MM\x00*" in turned
    assert b"Exif" not in upright
    assert b"ICC_PROFILE" in upright
    assert b"NETSCAPE2.0" in (bare_picture(gif()) or b"")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"II*\x00",
        b"\x00" * 50,
        jpeg()[:60],
        png()[:40],
        gif()[:20],
    ],
)
def test_picture__damaged_or_of_another_kind__is_no_error(content: bytes) -> None:
    bare_picture(content)
