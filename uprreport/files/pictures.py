"""Pictures without what cameras and programs wrote into them: places, persons, programs, moments.

What is seen stays as it was, byte for byte; of Exif only the direction in which a photograph is held.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from lxml import etree

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_STAYS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP pHYs bKGD sBIT hIST acTL fcTL fdAT".split()
)
_JPEG_STAYS = {0xE0: b"JFIF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}
_SVG_GOES = ("inkscape", "sodipodi", "adobe", "xmp", "corel", "serif")


def bare_picture(content: bytes) -> bytes | None:
    """A picture without what was written into it; None for a kind that cannot be looked into, or a damaged
    file."""
    try:
        return _bare(content)
    except (struct.error, IndexError, ValueError, etree.XMLSyntaxError):
        return None


def _bare(content: bytes) -> bytes | None:
    kinds = (
        (content[:2] == b"\xff\xd8", _jpeg),
        (content[:8] == _PNG, _png),
        (content[:4] == b"GIF8", _gif),
        (content[:4] == b"RIFF" and content[8:12] == b"WEBP", _webp),
        (content[:4] == b"\x01\x00\x00\x00" and content[40:44] == b" EMF", _emf),
        (content[:2] == b"BM" or content[:4] in _SIMPLE, _as_it_is),
        (b"<svg" in content[:4000], _svg),
    )
    read = next((read for is_one, read in kinds if is_one), None)
    return b"".join(read(content)) if read is not None else None


_SIMPLE = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
"""How Windows metafiles begin: like bitmaps they hold nothing but what is seen."""


def _as_it_is(content: bytes) -> Iterator[bytes]:
    yield content


# Photographs ------------------------------------------------------------------------------------------


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The segments of a JPEG but comments and what programs wrote; what stands behind its end is left."""
    yield content[:2]
    at = 2
    while content[at + 1] != 0xD9:
        kind, size = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        end = at + 2 + size
        if kind == 0xDA:
            end = _end_of_scan(content, end)
        segment = content[at:end]
        if kind == 0xE1:
            yield _direction(segment[4:])
        elif kind != 0xFE and (not 0xE0 <= kind <= 0xEF or _stays(kind, segment)):
            yield segment
        at = end
    yield b"\xff\xd9"


def _stays(kind: int, segment: bytes) -> bool:
    start = _JPEG_STAYS.get(kind)
    return start is not None and segment[4:].startswith(start)


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is not part of the picture's own data."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7 and content[at + 1] != 0xFF:
            return at
        at += 1


def _direction(told: bytes) -> bytes:
    """An Exif segment with nothing but the direction of a photograph; empty where it is upright."""
    if told[:6] != b"Exif\x00\x00":
        return b""
    tiff = told[6:]
    order = "<" if tiff[:2] == b"II" else ">"
    first = struct.unpack(f"{order}I", tiff[4:8])[0]
    for index in range(struct.unpack(f"{order}H", tiff[first : first + 2])[0]):
        entry = tiff[first + 2 + 12 * index :][:12]
        tag, _, _, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == 0x0112 and 1 < value <= 8:
            made = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"
            made += struct.pack(">HH", value, 0) + b"\x00\x00\x00\x00"
            return b"\xff\xe1" + struct.pack(">H", len(made) + 2) + made
    return b""


# Drawn pictures ---------------------------------------------------------------------------------------


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG
    at, kind = 8, b""
    while kind != b"IEND":
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind in _PNG_STAYS:
            told = kind + content[at + 8 : at + 8 + size]
            yield struct.pack(">I", size) + told + struct.pack(">I", zlib.crc32(told))
        at += 12 + size


def _gif(content: bytes) -> Iterator[bytes]:
    """The blocks of a GIF but comments, and of programs' own blocks the one that repeats a moving picture."""
    at = 13 + (3 * (2 << (content[10] & 7)) if content[10] & 0x80 else 0)
    yield content[:at]
    while content[at] != 0x3B:
        start = at
        if content[at] == 0x2C:
            at += 10 + (3 * (2 << (content[at + 9] & 7)) if content[at + 9] & 0x80 else 0) + 1
            goes = False
        else:
            is_named = content[at + 1] == 0xFF
            goes = content[at + 1] == 0xFE or (is_named and content[at + 3 : at + 14] != b"NETSCAPE2.0")
            at += 2
        while content[at]:
            at += content[at] + 1
        at += 1
        if not goes:
            yield content[start:at]
    yield b"\x3b"


def _webp(content: bytes) -> Iterator[bytes]:
    kept: list[bytes] = []
    at = 12
    while at + 8 <= len(content):
        kind, size = struct.unpack("<4sI", content[at : at + 8])
        chunk = content[at : at + 8 + size + size % 2]
        if kind == b"VP8X":  # it says which others follow
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        kept += [chunk] if kind not in (b"EXIF", b"XMP ") else []
        at += 8 + size + size % 2
    told = b"WEBP" + b"".join(kept)
    yield b"RIFF" + struct.pack("<I", len(told)) + told


def _emf(content: bytes) -> Iterator[bytes]:
    """A drawing whose header names a program and a title."""
    count, start = struct.unpack("<II", content[60:68])
    end = start + 2 * count
    yield content[:start] + bytes(end - start) + content[end:] if count and end <= len(content) else content


def _svg(content: bytes) -> Iterator[bytes]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    etree.strip_elements(root, "{*}metadata", etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for node in list(root.iter(etree.Element)):
        space = etree.QName(node).namespace or ""
        parent = node.getparent()
        if parent is not None and any(name in space for name in _SVG_GOES):
            parent.remove(node)
            continue
        for key in list(node.attrib):
            if any(name in str(key) for name in _SVG_GOES) or str(key).endswith("}docname"):
                del node.attrib[key]
    etree.cleanup_namespaces(root)
    yield etree.tostring(root, encoding="UTF-8", xml_declaration=True)
