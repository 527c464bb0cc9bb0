"""Revised drafts in tests of finishing: every kind of tracked change, comments, and marks of programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafts import manifest
from editors import WHEN, Editor
from uprreport.files.word import properties
from uprreport.files.word.package import Parts, read_parts
from uprreport.files.word.regions import run_style
from uprreport.files.word.styles import Styles
from uprreport.files.word.xml import Element, element, get, parse, run, serialise, style_of, w

AUTHOR = "Zbigniew Q. Redactor"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_numbers = iter(range(20_000, 10**9))


def change(kind: str, *content: Element) -> Element:
    """A tracking element of one kind, by the author of these tests."""
    return element(kind, *content, id=str(next(_numbers)), author=AUTHOR, date=WHEN)


def struck(words: str) -> Element:
    """A run of deleted text."""
    made = run(words)
    for text in made.iter(w("t")):
        text.tag = w("delText")
    return change("del", made)


def look_of(node: Element, inner: str = "rPr") -> Element:
    """The properties of a paragraph's end (``rPr``) or of a run, made where there are none."""
    outer = node.find(w("pPr"))
    if outer is None:
        outer = element("pPr")
        node.insert(0, outer)
    found = outer.find(w(inner))
    if found is None:
        found = element(inner)
        outer.append(found)
    return found


def strike_end(node: Element, kind: str = "del") -> None:
    """Delete a paragraph's end with tracking on."""
    look_of(node).insert(0, change(kind))


def strike_row(row: Element) -> None:
    """Delete a row with tracking on."""
    found = row.find(w("trPr"))
    if found is None:
        found = element("trPr")
        row.insert(0, found)
    found.append(change("del"))
    for node in row.iter(w("p")):
        strike_runs(node)


def strike_runs(node: Element) -> None:
    """Delete the runs of a paragraph with tracking on."""
    for one in [one for one in node.iter(w("r")) if one.find(w("t")) is not None]:
        mark = change("del")
        one.addprevious(mark)
        mark.append(one)
        for text in one.iter(w("t")):
            text.tag = w("delText")


def comment(editor: Editor, node: Element, words: str, *, resolved: bool = False) -> None:
    """A comment on a paragraph, with all the parts that Word writes."""
    name = "word/comments.xml"
    root = parse(editor.parts[name])
    number = str(next(_numbers))
    told = element("p", run(words))
    told.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"{int(number):08X}")
    root.append(element("comment", told, id=number, author=AUTHOR, date=WHEN, initials="ZQR"))
    editor.parts[name] = serialise(root)
    node.append(element("commentRangeStart", id=number))
    node.append(element("commentRangeEnd", id=number))
    node.append(element("r", element("commentReference", id=number)))
    done = "1" if resolved else "0"
    extended = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="{int(number):08X}"'
        f' w15:done="{done}"/></w15:commentsEx>'
    )
    people = f'<w15:people xmlns:w15="{W15}"><w15:person w15:author="{AUTHOR}"/></w15:people>'
    for short, xml in (("commentsExtended", extended), ("people", people)):
        properties.add_part(editor.parts, f"word/{short}.xml", xml.encode(), "application/xml")
        kind = f"http://schemas.microsoft.com/office/2011/relationships/{short}"
        properties.relate(editor.parts, "word/document.xml", kind, f"word/{short}.xml")


def wear(editor: Editor) -> None:
    """What Word leaves behind of a session: revision ids, who saved last, tracking switched on."""
    for node in editor.root.iter(w("p"), w("r")):
        node.set(w("rsidR"), "00AB12CD")
    settings = parse(editor.parts["word/settings.xml"])
    settings.insert(1, element("trackRevisions"))
    settings.append(element("rsids", element("rsid", val="00AB12CD")))
    settings.append(element("docVars", element("docVar", name="drafter", val=AUTHOR)))
    editor.parts["word/settings.xml"] = serialise(settings)
    core = editor.parts["docProps/core.xml"].decode()
    told = f"<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy></cp:coreProperties>"
    editor.parts["docProps/core.xml"] = core.replace("</cp:coreProperties>", told).encode()
    xml = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Manager>{AUTHOR}</Manager><Company>{AUTHOR}</Company></Properties>"
    )
    properties.add_part(editor.parts, "docProps/app.xml", xml.encode(), "application/xml")
    properties.relate(editor.parts, "", f"{OFFICE}/extended-properties", "docProps/app.xml")


def bytes_of(content: bytes) -> bytes:
    """All parts of a file, unpacked, with their names."""
    return b"\n".join(name.encode() + b"\n" + part for name, part in sorted(read_parts(content).items()))


def labels_of(content: bytes) -> dict[str, frozenset[str]]:
    """The labels that were generated in a draft, by anchor."""
    return {block.anchor: frozenset({block.label} - {""}) for block in manifest(content).blocks}


# Reading, apart from the code that is tested -----------------------------------------------------------


def reads(
    content: bytes, labels: Mapping[str, frozenset[str]] | None = None, *, in_body: bool = False
) -> list[str]:
    """The words that somebody sees in a document with all its changes accepted, part by part.

    Without the contents, the draft mark, and the ``labels`` that stand as they were generated; ``in_body``
    leaves out headers, footers and notes.
    """
    parts = read_parts(content)
    styles = Styles(parse(parts["word/styles.xml"]))
    known = {label for several in (labels or {}).values() for label in several}
    names = ["word/document.xml"] if in_body else _stories(parts)
    return [word for name in names for word in _words(parse(parts[name]), styles, known)]


def _stories(parts: Parts) -> list[str]:
    names = ("word/document.xml", "word/header", "word/footer", "word/footnotes", "word/endnotes")
    return sorted(name for name in parts if name.startswith(names) and name.endswith(".xml"))


def _words(root: Element, styles: Styles, known: set[str]) -> Iterator[str]:
    held = ""
    for node in root.iter(w("p")):
        row = next(node.iterancestors(w("tr")), None)
        if row is not None and row.find(f"{w('trPr')}/{w('del')}") is not None:
            continue
        style = styles.name(style_of(node))
        if style != "draft mark":
            held += _text(node, styles, known)
            end = node.find(f"{w('pPr')}/{w('rPr')}")
            is_struck = end is not None and any(end.find(w(k)) is not None for k in ("del", "moveFrom"))
            following = node.getnext()
            if is_struck and following is not None and following.tag == w("p"):
                continue  # it reads on, in the style of the next one
        if style not in ("toc 1", "toc 2"):
            yield from held.split()
        held = ""


def _computed(node: Element) -> dict[Element, str]:
    """What stands in fields that count or refer, but those that lead nowhere: the final numbers them anew."""
    if next(node.iter(w("fldChar")), None) is None:
        return {}
    body = next(node.iterancestors(w("body")), None)
    there = _there(body if body is not None else node)
    found: dict[Element, str] = {}
    code, is_result = "", False
    for one in node.iter(w("fldChar"), w("instrText"), w("t")):
        kind = get(one, "fldCharType")
        if kind in ("begin", "end"):
            code, is_result = "", False
        elif kind == "separate":
            is_result = True
        elif one.tag == w("instrText"):
            code += one.text or ""
        elif is_result and _is_live(code.split(), there):
            found[one] = "#"
    return found


def _there(body: Element) -> set[str]:
    """The bookmarks of a document, but those around numbers of captions that were deleted."""
    opened: dict[str, str] = {}
    found: set[str] = set()
    for one in body.iter(w("bookmarkStart"), w("bookmarkEnd"), w("t")):
        name = get(one, "name")
        if name.startswith("_Ref_"):
            opened[get(one, "id")] = name
        elif name:
            found.add(name)
        elif one.tag == w("bookmarkEnd"):
            opened.pop(get(one, "id"), None)
        elif opened and one.text and not any(p.tag in (w("del"), w("moveFrom")) for p in one.iterancestors()):
            found |= set(opened.values())
    return found


def _is_live(code: list[str], there: set[str]) -> bool:
    return bool(code) and (code[0] == "SEQ" or (code[0] == "REF" and code[1] in there))


def _text(node: Element, styles: Styles, known: set[str]) -> str:
    label = styles.id("UPR Label") if not styles.missing(["UPR Label"]) else None
    words = styles.id("UPR Draft Mark") if not styles.missing(["UPR Draft Mark"]) else None
    told = ""
    numbers = _computed(node)
    for one in node.iter(w("r")):
        if any(parent.tag in (w("del"), w("moveFrom")) for parent in one.iterancestors()):
            continue
        kinds = (w("t"), w("tab"), w("br"))
        text = "".join(" " if t.tag != w("t") else numbers.get(t, t.text or "") for t in one.iter(*kinds))
        is_label = label is not None and run_style(one) == label and text.strip() in known
        if not is_label and (words is None or run_style(one) != words):
            told += text
    return told
