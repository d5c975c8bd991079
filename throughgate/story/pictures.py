"""A picture without what its file tells beside it: where and when it was taken, with which phone, by whom.

What is drawn stays bit by bit as it was; of the rest only what the drawing needs is kept. Pure.
Sources: ITU-T T.81 annex B and CIPA DC-008 (JPEG), W3C PNG section 11, RFC 9649 (WebP).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

from throughgate.story.rules import NotKept, Why

JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
# Tables, frames and scans; and of what programs add, JFIF's and Adobe's.
IN_JPEG = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0), 0xE0, 0xEE})
AFTER_A_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
COLOURS = b"ICC_PROFILE\x00"
EXIF = b"Exif\x00\x00"
TURNED: Final = 0x0112  # the tag that says which side is up
TURNS = range(2, 9)  # what it may say, beside that it stands as it is
# A segment with that tag alone, up to its value.
UPRIGHT = (
    b"\xff\xe1\x00\x22" + EXIF + b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + b"\x01\x12\x00\x03\x00\x00\x00\x01"
)
IN_PNG = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
IN_WEBP = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
TOLD_IN_WEBP: Final = 0x0C  # flags of VP8X: that EXIF and XMP follow


def alone(content: bytes, file_type: str) -> bytes:
    """The picture alone; what is no picture stays as it is. Raises: NotKept for one that cannot be read."""
    keep = KEEPERS.get(file_type)
    if keep is None:
        return content
    try:
        return b"".join(keep(content))
    except (IndexError, ValueError):
        raise NotKept(Why.NOT_A_FILE) from None


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Segments up to the end of the picture: phones put a second one behind it, which tells all again."""
    yield JPEG_START
    at = len(JPEG_START)
    while content[at : at + 2] != JPEG_END:
        end = at + 2 + _number(content, at + 2, 2)
        marker, segment = content[at + 1], _part(content, at, end)
        if segment[0] != 0xFF:
            raise ValueError
        if marker in IN_JPEG or (marker == 0xE2 and segment[4:].startswith(COLOURS)):
            yield segment
        elif marker == 0xE1 and segment[4:].startswith(EXIF):
            yield from _upright(segment[10:])
        at = end
        if marker == 0xDA:
            found = AFTER_A_SCAN.search(content, at)
            at = found.start() if found else len(content)
            yield content[end:at]
            if not found:  # it breaks off: what is there is shown
                break
    yield JPEG_END


def _upright(told: bytes) -> Iterator[bytes]:
    """Of all that a camera told, which side is up; nothing where that goes without saying."""
    order: Literal["little", "big"] = "little" if told[:2] == b"II" else "big"
    start = int.from_bytes(told[4:8], order)
    for number in range(int.from_bytes(told[start : start + 2], order)):
        field = told[start + 2 + 12 * number :][:12]
        way = int.from_bytes(field[8:10], order)
        if int.from_bytes(field[:2], order) == TURNED and way in TURNS:
            yield UPRIGHT + way.to_bytes(2) + bytes(6)
            return


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    at, name = 8, b""
    while name != b"IEND":
        name = content[at + 4 : at + 8]
        end = at + 12 + _number(content, at, 4)
        chunk = _part(content, at, end)
        if name in IN_PNG:
            yield chunk
        at = end


def _webp(content: bytes) -> Iterator[bytes]:
    chunks = b"".join(_chunks(content))
    yield b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


def _chunks(content: bytes) -> Iterator[bytes]:
    at = 12
    while at < len(content):
        size = int.from_bytes(_part(content, at + 4, at + 8), "little")
        end = at + 8 + size + size % 2
        name, chunk = content[at : at + 4], _part(content, at, end)
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~TOLD_IN_WEBP]) + chunk[9:]
        if name in IN_WEBP:
            yield chunk
        at = end


def _number(content: bytes, at: int, length: int) -> int:
    return int.from_bytes(_part(content, at, at + length))


def _part(content: bytes, at: int, end: int) -> bytes:
    """Raises: ValueError where the file ends before."""
    if end > len(content):
        raise ValueError
    return content[at:end]


KEEPERS: Mapping[str, Callable[[bytes], Iterator[bytes]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
