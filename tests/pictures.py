"""Small pictures, made by hand, that tell more than they show."""

import zlib

WHERE = b"52 degrees north, 12 Lantern Row"


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def png(*told: bytes) -> bytes:
    """One grey dot."""
    head = chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")
    dot = chunk(b"IDAT", zlib.compress(b"\x00\x7f"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(told) + dot + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def exif(way: int, order: str = "MM") -> bytes:
    """What a camera tells: which side is up, and then where."""
    little = order == "II"
    byteorder = "little" if little else "big"

    def number(value: int, length: int) -> bytes:
        return value.to_bytes(length, byteorder)  # type: ignore[arg-type]

    head = order.encode() + number(42, 2) + number(8, 4) + number(2, 2)
    other = number(0x0110, 2) + number(2, 2) + number(4, 4) + b"cam\x00"
    turned = number(0x0112, 2) + number(3, 2) + number(1, 4) + number(way, 2) + bytes(2)
    return segment(0xE1, b"Exif\x00\x00" + head + other + turned + number(0, 4) + WHERE)


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"


def jpeg(*told: bytes, after: bytes = b"") -> bytes:
    """The parts of one, in their order; nobody could draw it."""
    frame = segment(0xDB, bytes(65)) + segment(0xC0, bytes(15))
    return b"\xff\xd8" + b"".join(told) + frame + SCAN + SCAN + b"\xff\xd9" + after


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + len(said).to_bytes(4, "little") + said + bytes(len(said) % 2) for name, said in chunks
    )
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body
