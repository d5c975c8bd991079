"""What a voice is given to say, so that nobody mishears a number, a code or a time."""

import pytest

from throughgate.packs.content import Language
from throughgate.packs.rendering.spoken import spoken
from throughgate.packs.words.wording import wording


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("01632 960002", "0 1 6 3 2, 9 6 0, 0 0 2", id="a telephone number, by its groups"),
        pytest.param("01632960002", "0 1 6 3 2, 9 6 0 0 0 2", id="written as one"),
        pytest.param("020 7946 0018", "0 2 0, 7 9 4 6, 0 0 1 8", id="of London"),
        pytest.param("116 123 or 999", "1 1 6, 1 2 3 or 9 9 9", id="short ones"),
        pytest.param("NHS number: 999 000 0018", "NHS number: 9 9 9, 0 0 0, 0 0 1 8", id="an NHS number"),
        pytest.param("Anywhere, ZZ99 3VZ.", "Anywhere, Z, Z, 9, 9, 3, V, Z.", id="a postcode"),
        pytest.param("ZZ99\N{NO-BREAK SPACE}3VZ", "Z, Z, 9, 9, 3, V, Z", id="a postcode that does not break"),
        pytest.param("Prison number: A1010ZZ", "Prison number: A, 1, 0, 1, 0, Z, Z", id="a prison number"),
        pytest.param("4 May 1989", "4 May 1989", id="a day"),
        pytest.param("10:00", "10 o'clock in the morning", id="a full hour"),
        pytest.param("09:05", "9 oh 5 in the morning", id="five past"),
        pytest.param("14:30", "2 30 in the afternoon", id="half past"),
        pytest.param("18:00", "6 o'clock in the evening", id="evening"),
        pytest.param("12:00", "noon", id="noon"),
        pytest.param("12:15", "12 15 in the afternoon", id="after noon"),
        pytest.param("00:30", "12 30 in the morning", id="after midnight"),
        pytest.param("18:00 - 24:00", "6 o'clock in the evening until midnight", id="until midnight"),
        pytest.param(
            "Open that day: 09:00 - 12:30, 13:30 - 17:00",
            "Open that day: 9 o'clock in the morning until 12 30 in the afternoon,"
            " 1 30 in the afternoon until 5 o'clock in the afternoon",
            id="opening hours",
        ),
        pytest.param("HMP/YOI Sampleford", "HMP YOI Sampleford", id="no slash"),
        pytest.param("and/or 1/2", "and/or 1/2", id="other strokes stay"),
        pytest.param("Buprenorphine", "bue prenorphine", id="a medicine that the voice says wrongly"),
        pytest.param("[[D]]", "[ [D]]", id="no sounds by letters"),
    ],
)
def test_in_english(text: str, said: str) -> None:
    assert spoken(text, wording(Language.ENGLISH)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dydd Mawrth 24 Tachwedd, 10:00", "Dydd Mawrth 24 Tachwedd, 10 o\u2019r gloch y bore"),
        ("09:05 - 17:30", "9 dim 5 y bore tan 5 30 y prynhawn"),
        ("19:00 - 24:00", "7 o\u2019r gloch yr hwyr tan hanner nos"),
        ("12:00", "hanner dydd"),
        ("Methadone", "methadon"),
        ("01632 960002", "0 1 6 3 2, 9 6 0, 0 0 2"),
    ],
)
def test_in_welsh(text: str, said: str) -> None:
    assert spoken(text, wording(Language.WELSH)) == said


def test_a_language_of_which_nothing_is_said_wrongly_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("throughgate.packs.rendering.spoken._words", lambda _language: {})
    assert spoken("Buprenorphine", wording(Language.ENGLISH)) == "Buprenorphine"
