"""What one document of a prison feed says about one person, and where that puts them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from throughgate.foundation.values import value

LONDON = ZoneInfo("Europe/London")
NOT_A_PRISON = frozenset({"", "OUT", "TRN"})
GHOST_PRISON = "ZZGHI"  # a record kept for bookkeeping; nobody is held there
NO_PRISON = NOT_A_PRISON | {GHOST_PRISON}


@value(frozen=True, kw_only=True)
class CustodyState:
    """What one source said about one person as at a moment. Missing text is "", missing days are None."""

    as_at: datetime
    status: str = ""  # ACTIVE IN, ACTIVE OUT, INACTIVE OUT, INACTIVE TRN, as written
    in_out: str = ""  # IN, OUT, TRN
    movement_type: str = ""
    movement_reason: str = ""
    movement_on: date | None = None
    prison: str = ""  # three letters, OUT or TRN
    last_prison: str = ""
    booking: str = ""
    reception_on: date | None = None  # start of the booking, not of the time in this prison
    legal_status: str = ""
    status_code: str = ""
    recall: bool | None = None
    restricted_patient: bool = False
    hospital: str = ""


@dataclass(frozen=True, kw_only=True)
class MovementCode:
    """One row of the code set `movement_reasons`."""

    movement_type: str
    code: str
    category: str
    true_release: bool
    starts_clock: bool
    notice: str  # planned, short-notice, unplanned, or "" where it says nothing
    meaning: str = ""


MovementCodes = Mapping[tuple[str, str], MovementCode]


def movement_codes(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], MovementCode]:
    """The code set by type and code together: N, R and I mean several things alone."""
    return {
        (row["movement_type"], row["code"]): MovementCode(
            movement_type=row["movement_type"],
            code=row["code"],
            category=row["throughgate_category"],
            true_release=row["true_release"] == "yes",
            starts_clock=row["starts_continuity_clock"] == "yes",
            notice=row["notice"],
            meaning=row["meaning"],
        )
        for row in rows
    }


class Where(StrEnum):
    INSIDE = "inside"
    COURT = "court"
    LEAVE = "leave"
    IN_TRANSIT = "in_transit"
    HOSPITAL = "hospital"  # discharged from prison to a secure hospital: not in the community
    GONE = "gone"
    AT_LARGE = "at_large"  # escaped or absconded
    RECALLED = "recalled"  # in the community or at large with a recall issued, and not yet back
    DEAD = "dead"
    ON_PAPER = "on_paper"  # a merged or ghost record: nobody stands behind it
    UNCLEAR = "unclear"


IN_CUSTODY = frozenset({Where.INSIDE, Where.COURT, Where.LEAVE, Where.IN_TRANSIT, Where.HOSPITAL})
HELD = IN_CUSTODY - {Where.IN_TRANSIT} | {Where.AT_LARGE}  # a prison answers for them

SIDES = {"ACTIVE IN": "IN", "ACTIVE OUT": "OUT", "INACTIVE OUT": "OUT", "INACTIVE TRN": "TRN"}
OUTINGS = {"CRT": Where.COURT, "TAP": Where.LEAVE}
# Leaving a prison is not always leaving custody; a category that is not here is an ordinary release.
OUTSIDE = {
    "administrative_merge": Where.ON_PAPER,
    "administrative_other": Where.ON_PAPER,
    "administrative_transfer": Where.IN_TRANSIT,
    "intermittent_absence": Where.LEAVE,
    "transfer_to_hospital": Where.HOSPITAL,
    "unlawfully_at_large": Where.AT_LARGE,
}
RETURNS = frozenset({"return_late", "return_other", "recapture"})
TRANSFERS = frozenset({"transfer_in", "transfer_stopover", "transfer_out"})


@value(frozen=True)
class Sighting:
    """A state read with the code table."""

    state: CustodyState
    code: MovementCode | None

    @property
    def category(self) -> str:
        return self.code.category if self.code else ""

    @property
    def day(self) -> date:
        return self.state.as_at.astimezone(LONDON).date()

    @property
    def side(self) -> str:
        """IN, OUT, TRN or "": the status says it best, then the in-out field, then the prison."""
        state = self.state
        if state.status in SIDES:
            return SIDES[state.status]
        if state.in_out in SIDES.values():
            return state.in_out
        return state.prison if state.prison in NOT_A_PRISON else "IN"

    @property
    def prison(self) -> str:
        """The prison they are in, or were in last; "" if the document names none."""
        named = (self.state.prison, self.state.last_prison)
        return next((each for each in named if each not in NO_PRISON), "")

    @cached_property
    def where(self) -> Where:
        if self.state.legal_status == "DEAD" or self.category == "death":
            return Where.DEAD
        if self.state.prison == GHOST_PRISON:
            return Where.ON_PAPER
        known = {"IN": Where.INSIDE, "TRN": Where.IN_TRANSIT, "": Where.UNCLEAR}
        return known[self.side] if self.side in known else self._outside()

    def _outside(self) -> Where:
        state = self.state
        if self.category in OUTSIDE:
            return OUTSIDE[self.category]
        if state.restricted_patient:
            return Where.HOSPITAL
        if state.status == "INACTIVE OUT":
            return Where.GONE
        if state.movement_type in OUTINGS:
            return OUTINGS[state.movement_type]
        if self.is_on_recall:
            return Where.RECALLED
        if state.movement_type == "REL" or (not state.status and state.movement_type):
            return Where.GONE
        return Where.UNCLEAR

    @property
    def is_on_recall(self) -> bool:
        return bool(self.state.recall) or self.state.legal_status == "RECALL"

    @property
    def is_recall_told_two_ways(self) -> bool:
        if self.state.recall is None or not self.state.legal_status:
            return False
        return self.state.recall != (self.state.legal_status == "RECALL")

    @property
    def is_admission(self) -> bool:
        """Whether the last movement brought them into custody, and not only from one prison to another."""
        return self.state.movement_type == "ADM" and not (self.is_transfer or self.is_return)

    @property
    def is_transfer(self) -> bool:
        return self.category in TRANSFERS or self.state.movement_type == "TRN"

    @property
    def is_return(self) -> bool:
        return self.category in RETURNS

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody must look: the code is unknown, or does not fit where they are said to be."""
        state = self.state
        if self.where is Where.DEAD:
            return state.legal_status != "DEAD" or self.category != "death"
        if (
            self.where is Where.UNCLEAR
            or state.prison == GHOST_PRISON
            or self.category == "administrative_other"
        ):
            return True
        if self.code is None:
            return bool(state.movement_type or state.movement_reason) or self.where is not Where.INSIDE
        if self.where is Where.GONE:
            return state.movement_type != "REL" or state.status == "ACTIVE OUT"
        return self.where is Where.INSIDE and state.movement_type == "REL"


def see(state: CustodyState, codes: MovementCodes) -> Sighting:
    return Sighting(state, codes.get((state.movement_type, state.movement_reason)))
