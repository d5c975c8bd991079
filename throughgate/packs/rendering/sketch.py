"""A small map of how to walk somewhere: the place in the middle, and around it where one sets out.

It holds numbers and no words: the words beside it say which is which, and nothing that somebody typed gets
into a drawing.
"""

from collections.abc import Sequence
from math import cos, radians, sin
from typing import NamedTuple

from throughgate.packs.content import Landmark

BEARINGS = {"n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "w": 270, "nw": 315}  # clockwise
MIDDLE = 100
NEAREST, FURTHEST = 56, 78  # from the middle, so that numbers keep clear of the place and of the edge
NUMBER, PLACE = 16, 34  # how far a way stays from the middle of what it joins
MOST = 4  # landmarks: more would lie on each other

FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200">'
    '<g fill="none" stroke="#1b2430" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">'
    '<rect x="2" y="2" width="196" height="196" rx="8" fill="#fff"/>'
    '<path d="M181 52V36l-6 6m6-6 6 6M176 28V16l10 12V16"/>'
    "{ways}"
    '<path d="M82 118V98l18-16 18 16v20H106v-12H94v12z" fill="#1b2430"/></g></svg>'
)
WAY = (
    '<path d="M{begin.east:.0f} {begin.south:.0f}L{end.east:.0f} {end.south:.0f}" stroke-dasharray="6 7"/>'
    '<path d="M0 -8 7 5H-7z" fill="#1b2430"'
    ' transform="translate({end.east:.0f} {end.south:.0f}) rotate({bearing})"/>'
    '<g transform="translate({spot.east:.0f} {spot.south:.0f})">'
    '<circle r="14" fill="#fff"/><path d="{digit}"/></g>'
)
DIGITS = ("M-4-4 0-7V7", "M-4-4C-4-9 5-9 4-3 3 1-4 4-4 7H5", "M-4-7H4L0-2C7-2 5 9-4 6", "M3 7V-7L-5 3H6")


class _Spot(NamedTuple):
    east: float
    south: float


def drawn(landmarks: Sequence[Landmark]) -> str:
    """An SVG, north up; a way is the longer, the longer it takes."""
    shown = landmarks[:MOST]
    longest = max(1, *(landmark.minutes for landmark in shown))
    ways = (_way(landmark, longest, digit) for landmark, digit in zip(shown, DIGITS, strict=False))
    return FRAME.format(ways="".join(ways))


def _way(landmark: Landmark, longest: int, digit: str) -> str:
    """Whoever walks north to a place sets out south of it."""
    bearing = BEARINGS[landmark.direction]
    far = NEAREST + (FURTHEST - NEAREST) * landmark.minutes / longest
    begin, end, spot = (_spot(bearing + 180, distance) for distance in (far - NUMBER, PLACE, far))
    return WAY.format(begin=begin, end=end, spot=spot, bearing=bearing, digit=digit)


def _spot(bearing: float, distance: float) -> _Spot:
    angle = radians(bearing)
    return _Spot(MIDDLE + distance * sin(angle), MIDDLE - distance * cos(angle))
