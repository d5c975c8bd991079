"""A picture that is kept tells what it shows, and nothing of where it was taken."""

import pytest

from tests.pictures import SCAN, WHERE, chunk, exif, jpeg, png, segment, webp
from throughgate.story import pictures
from throughgate.story.rules import NotKept, Why

JFIF, COLOURS = segment(0xE0, b"JFIF\x00"), segment(0xE2, b"ICC_PROFILE\x00\x01\x01")
SECOND = jpeg(exif(1))  # behind the first, as phones put it
TURNED = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" + bytes(6)
TALL = segment(0xE1, b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01" + TURNED)


@pytest.mark.parametrize(
    ("content", "file_type", "kept"),
    [
        pytest.param(jpeg(), "image/jpeg", jpeg(), id="a plain photograph stays as it is"),
        pytest.param(jpeg(JFIF, COLOURS), "image/jpeg", jpeg(JFIF, COLOURS), id="with its colours"),
        pytest.param(jpeg(exif(1)), "image/jpeg", jpeg(), id="without where it was taken"),
        pytest.param(jpeg(exif(6)), "image/jpeg", jpeg(TALL), id="but the right way up"),
        pytest.param(jpeg(exif(6, "II")), "image/jpeg", jpeg(TALL), id="whichever way a camera writes"),
        pytest.param(jpeg(exif(9)), "image/jpeg", jpeg(), id="which is one of eight"),
        pytest.param(jpeg(segment(0xFE, WHERE)), "image/jpeg", jpeg(), id="without a remark"),
        pytest.param(jpeg(segment(0xE1, b"http" + WHERE)), "image/jpeg", jpeg(), id="in any other form"),
        pytest.param(jpeg(segment(0xE1, b"Exif\x00\x00")), "image/jpeg", jpeg(), id="or that says nothing"),
        pytest.param(jpeg(after=SECOND), "image/jpeg", jpeg(), id="without the one behind it"),
        pytest.param(jpeg()[:-4], "image/jpeg", jpeg()[:-4] + b"\xff\xd9", id="one that breaks off is shown"),
        pytest.param(png(), "image/png", png(), id="a plain drawing stays as it is"),
        pytest.param(png(chunk(b"eXIf", WHERE)), "image/png", png(), id="without where it was taken too"),
        pytest.param(png(chunk(b"tEXt", WHERE)) + WHERE, "image/png", png(), id="said inside or behind it"),
        pytest.param(
            webp((b"VP8X", b"\x2c" + bytes(9)), (b"VP8 ", b"dot"), (b"EXIF", WHERE), (b"XMP ", WHERE)),
            "image/webp",
            webp((b"VP8X", b"\x20" + bytes(9)), (b"VP8 ", b"dot")),
            id="and so a picture of the web",
        ),
        pytest.param(b"ID3\x04", "audio/mpeg", b"ID3\x04", id="a recording stays whole"),
    ],
)
def test_of_a_picture_what_it_shows_is_kept(content: bytes, file_type: str, kept: bytes) -> None:
    assert pictures.alone(content, file_type) == kept
    assert WHERE not in kept


@pytest.mark.parametrize(
    ("content", "file_type"),
    [
        pytest.param(jpeg()[: -2 - 2 * len(SCAN)], "image/jpeg", id="a photograph without its end"),
        pytest.param(b"\xff\xd8\xff", "image/jpeg", id="or without any picture"),
        pytest.param(b"\xff\xd8" + bytes(8), "image/jpeg", id="or with something else in it"),
        pytest.param(png()[:-4], "image/png", id="a drawing without its end"),
        pytest.param(webp((b"VP8 ", b"dot"))[:-2], "image/webp", id="a picture of the web without its end"),
    ],
)
def test_what_cannot_be_gone_through_is_not_kept(content: bytes, file_type: str) -> None:
    with pytest.raises(NotKept) as refused:
        pictures.alone(content, file_type)
    assert refused.value.why == Why.NOT_A_FILE
