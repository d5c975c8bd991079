"""How far a pack is, and what may be done with it. Pure."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from throughgate.foundation import wrong
from throughgate.foundation.errors import Refused


class PackState(StrEnum):
    MADE = "made"
    AGREED = "agreed"  # the person agrees what both sheets say
    GIVEN = "given"  # their own sheet is in their hands
    REVOKED = "revoked"
    REPLACED = "replaced"  # there is a newer version, which holds
    LAPSED = "lapsed"  # there was a newer version, which was taken back
    OVER = "over"  # of an earlier time in custody


HOLDING = frozenset({PackState.MADE, PackState.AGREED, PackState.GIVEN})


def state_of(
    *,
    is_newest: bool,
    is_over: bool,
    is_agreed: bool,
    is_given: bool,
    is_revoked: bool,
    newer_holds: bool = False,
) -> PackState:
    """What was replaced does not hold again once the newer one is taken back: it is the older word still."""
    if is_revoked:
        return PackState.REVOKED
    if newer_holds:
        return PackState.REPLACED
    if is_over:
        return PackState.OVER
    if not is_newest:
        return PackState.LAPSED
    if is_given:
        return PackState.GIVEN
    return PackState.AGREED if is_agreed else PackState.MADE


def check_holds(state: PackState) -> None:
    """Refuse to go on with a pack that holds no more."""
    if state is PackState.REVOKED:
        raise Refused("This pack was taken back. Make a new one.")
    if state is PackState.REPLACED:
        raise Refused("There is a newer version of this pack. Go on with that one.")
    if state is PackState.LAPSED:
        raise Refused("The version after this one was taken back. Make a new one.")
    if state is PackState.OVER:
        raise Refused("This pack is of an earlier time in custody. Make a new one.")


def check_giving(state: PackState, sheets: Collection[object], text: str) -> None:
    """Refuse to give what holds no more, nothing at all, or more words than there is room for."""
    check_holds(state)
    said = {"sheets": "" if sheets else "Choose which sheets were given.", "text": wrong.too_long(text)}
    wrong.refuse(wrong.parts(said))


def check_revoking(why: str) -> None:
    """Refuse to take a pack back without a reason, or with more words than there is room for."""
    wrong.refuse(wrong.parts({"why": wrong.too_long(why) if why else "Say why it is taken back."}))


def left_out(asked: Iterable[str], *, before: Iterable[str], seen: Collection[str]) -> list[str]:
    """What stays out from now on: what is asked, of all that could be seen.

    A wish about something that this worker cannot see was told to another, and stands.

    Raises: Refused for something the sheet does not tell.
    """
    wanted = set(asked)
    if not wanted <= set(seen):
        raise Refused("This sheet has changed since you opened it. Load the page again.")
    return sorted(wanted | (set(before) - set(seen)))
