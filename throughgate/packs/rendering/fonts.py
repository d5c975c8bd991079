"""The print font, which comes with the program, and the letters it has."""

import struct
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from throughgate.packs.rendering.typesetting import FONTS

UNICODE = 4  # the format of the table of characters that every font of today has


@cache
def letters() -> frozenset[str]:
    """What every weight of the font can show."""
    return frozenset.intersection(*(_letters(path) for path in sorted(FONTS.glob("*.ttf"))))


def _letters(path: Path) -> frozenset[str]:
    """Read from the table `cmap`, format 4 (OpenType specification, "cmap")."""
    font = path.read_bytes()
    at = _character_table(font)
    twice_segments = struct.unpack_from(">H", font, at + 6)[0]
    count = twice_segments // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + twice_segments)
    spans = (range(start, end + 1) for start, end in zip(starts, ends, strict=True))
    return frozenset(chr(code) for code in chain.from_iterable(spans)) - {"\uffff"}


def _character_table(font: bytes) -> int:
    """Where the subtable begins that tells the characters of Unicode's first plane."""
    tables: dict[bytes, int] = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    cmap = tables[b"cmap"]
    offsets: Iterator[int] = (
        cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * number)[0]
        for number in range(struct.unpack_from(">H", font, cmap + 2)[0])
    )
    return next(at for at in offsets if struct.unpack_from(">H", font, at)[0] == UNICODE)
