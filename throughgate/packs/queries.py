"""Packs as far as a worker may read them, and what their entries say."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.packs.models import Agreed, Given, Pack, Revoked
from throughgate.record import lines as record_lines


class PackLine(NamedTuple):
    version: int


class AgreedLine(NamedTuple):
    pack: UUID
    reader: str  # of content.Reader
    left_out: list[str]  # keys of facts


class GivenLine(NamedTuple):
    pack: UUID
    readers: list[str]
    language: str
    layout: str
    is_discreet: bool
    text: str


class RevokedLine(NamedTuple):
    pack: UUID
    text: str  # why


Line = PackLine | AgreedLine | GivenLine | RevokedLine
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Pack.kinds, PackLine),
    **dict.fromkeys(Agreed.kinds, AgreedLine),
    **dict.fromkeys(Given.kinds, GivenLine),
    **dict.fromkeys(Revoked.kinds, RevokedLine),
}


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def makes_packs(permit: Permit) -> bool:
    """Whether this worker may make a pack and hand it over."""
    return Pack.kinds["pack"] in permit.write
