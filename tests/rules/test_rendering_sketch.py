"""The small map: drawn from directions and minutes, and never from words."""

import re
from xml.etree import ElementTree as ET

import pytest

from throughgate.packs.content import Landmark
from throughgate.packs.rendering import sketch

NUMBERED = re.compile(r'<g transform="translate\((\d+) (\d+)\)"><circle')


def spots(*landmarks: Landmark) -> list[tuple[int, int]]:
    """Where each number stands: east and south of the upper left corner."""
    return [(int(east), int(south)) for east, south in NUMBERED.findall(sketch.drawn(landmarks))]


@pytest.mark.parametrize(
    ("direction", "spot"),
    [
        ("n", (100, 178)),
        ("ne", (45, 155)),
        ("e", (22, 100)),
        ("se", (45, 45)),
        ("s", (100, 22)),
        ("sw", (155, 45)),
        ("w", (178, 100)),
        ("nw", (155, 155)),
    ],
)
def test_whoever_walks_north_sets_out_in_the_south(direction: str, spot: tuple[int, int]) -> None:
    assert spots(Landmark("the bus station", direction, 6)) == [spot]


def test_a_longer_way_is_drawn_longer() -> None:
    (_, far), (_, near) = spots(Landmark("far", "n", 10), Landmark("near", "n", 1))
    assert far > near > 100 + 34


def test_numbers_stay_within_the_frame() -> None:
    for direction in sketch.BEARINGS:
        for minutes in (0, 1, 99):
            for east, south in spots(Landmark("x", direction, minutes), Landmark("y", "n", 99)):
                assert 16 <= min(east, south) <= max(east, south) <= 184


def test_no_more_ways_than_have_a_number() -> None:
    many = [Landmark("x", direction, 5) for direction in sketch.BEARINGS]
    assert len(spots(*many)) == sketch.MOST == len(sketch.DIGITS)


def test_a_drawing_holds_nothing_that_was_typed() -> None:
    hostile = Landmark('"/><script>alert(1)</script><image href="file:///etc/passwd"/>', "n", 6)
    drawn = sketch.drawn([hostile])
    assert "script" not in drawn
    assert {element.tag.split("}")[1] for element in ET.fromstring(drawn).iter()} == {  # noqa: S314 - ours
        *("svg", "g", "rect", "path", "circle")
    }
    assert list(ET.fromstring(drawn).itertext()) == []  # noqa: S314 - ours
