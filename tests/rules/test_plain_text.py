"""Words cut to what another system takes at once."""

from hypothesis import given
from hypothesis import strategies as some

from throughgate.pages.recording.plain_text import parts


def test_short_words_stay_whole() -> None:
    assert parts("Rang twice.\nNo answer.") == ["Rang twice.\nNo answer."]


def test_long_words_are_cut_between_words() -> None:
    assert parts("one two three four", limit=9) == ["one two", "three", "four"]


def test_a_word_longer_than_a_piece_is_cut_anywhere() -> None:
    assert parts("abcdefgh", limit=3) == ["abc", "def", "gh"]


@given(text=some.text(alphabet="ab \n", max_size=60), limit=some.integers(min_value=1, max_value=20))
def test_nothing_but_space_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    pieces = parts(text, limit=limit)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(len(piece) <= limit for piece in pieces)
