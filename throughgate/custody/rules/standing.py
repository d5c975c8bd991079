"""In what standing somebody is held, or not held, on a day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from throughgate.custody.rules.kinds import MovementKind
from throughgate.custody.rules.spans import PlacedMovement
from throughgate.custody.rules.states import (
    LONDON,
    CustodyState,
    MovementCodes,
    Sighting,
    Where,
    see,
)
from throughgate.foundation.values import value


class StandingKind(StrEnum):
    REMAND = "remand"
    AWAITING_SENTENCE = "awaiting_sentence"  # convicted
    SENTENCED = "sentenced"
    INDETERMINATE = "indeterminate"
    RECALL_ISSUED = "recall_issued"  # not back yet; restricted, because it may tip somebody off
    BACK_ON_RECALL = "back_on_recall"
    CIVIL = "civil"
    IMMIGRATION = "immigration"
    NOT_IN_CUSTODY = "not_in_custody"
    DIED_REPORTED = "died_reported"  # until a named person confirms it
    UNKNOWN = "unknown"


@value(frozen=True, kw_only=True)
class Standing:
    kind: StandingKind
    where: Where
    is_restricted: bool
    check_by_hand: bool
    told_by: str  # the organisation whose word this is


@value(frozen=True, kw_only=True)
class PlacedState:
    """The newest state one source gives for one identity."""

    state: CustodyState
    identity: str
    organisation: str


LEFT = frozenset({Where.GONE, Where.ON_PAPER})
LEGAL = {
    "REMAND": StandingKind.REMAND,
    "CONVICTED_UNSENTENCED": StandingKind.AWAITING_SENTENCE,
    "SENTENCED": StandingKind.SENTENCED,
    "INDETERMINATE_SENTENCE": StandingKind.INDETERMINATE,
    "RECALL": StandingKind.BACK_ON_RECALL,
    "CIVIL_PRISONER": StandingKind.CIVIL,
    "IMMIGRATION_DETAINEE": StandingKind.IMMIGRATION,
}


def standing(
    states: Iterable[PlacedState],
    movements: Iterable[PlacedMovement],
    *,
    on: date,
    codes: MovementCodes,
    legal_statuses: Mapping[str, str],
) -> Standing | None:
    """Their standing as told up to the end of that day; None if custody has told nothing.

    Of several states the newest of each booking counts, and one that holds them before one that does not: an
    old prison number that says they have left does not free them. `legal_statuses` gives the legal status of
    a status code, for a document that carries the code only.
    """
    known = [placed for placed in states if _day(placed.state.as_at) <= on]
    deaths = [each for each in movements if _is_death(each) and _day(each.known_at) <= on]
    if not known:
        return _dead(deaths[0].organisation) if deaths else None
    placed = _telling(known, codes)
    seen = see(placed.state, codes)
    if seen.where is Where.DEAD or any(death.known_at >= placed.state.as_at for death in deaths):
        return _dead(placed.organisation)
    kind = _kind(seen, legal_statuses)
    return Standing(
        kind=kind,
        where=seen.where,
        is_restricted=kind is StandingKind.RECALL_ISSUED,
        check_by_hand=bool(deaths) or kind is StandingKind.UNKNOWN or _is_contested(seen),
        told_by=placed.organisation,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _is_death(placed: PlacedMovement) -> bool:
    return placed.movement.what is MovementKind.DIED


def _dead(organisation: str) -> Standing:
    return Standing(
        kind=StandingKind.DIED_REPORTED,
        where=Where.DEAD,
        is_restricted=False,
        check_by_hand=True,
        told_by=organisation,
    )


def _telling(known: Iterable[PlacedState], codes: MovementCodes) -> PlacedState:
    """The state to go by: of the newest for each booking, one that holds them, then the newest."""
    ordered = sorted(known, key=lambda placed: (placed.state.as_at, placed.identity, placed.organisation))
    newest = {placed.state.booking or placed.identity: placed for placed in ordered}
    told = sorted(newest.values(), key=ordered.index)
    return max(told, key=lambda placed: see(placed.state, codes).where not in LEFT)


def _kind(seen: Sighting, legal_statuses: Mapping[str, str]) -> StandingKind:
    if seen.where in LEFT:
        return StandingKind.NOT_IN_CUSTODY
    if seen.where is Where.RECALLED:
        return StandingKind.RECALL_ISSUED
    if seen.is_on_recall:
        return StandingKind.BACK_ON_RECALL
    legal = seen.state.legal_status or legal_statuses.get(seen.state.status_code, "")
    return LEGAL.get(legal, StandingKind.UNKNOWN)


def _is_contested(seen: Sighting) -> bool:
    """Whether the document says two things about being held, or about a recall."""
    if seen.where in LEFT:
        return False
    return seen.where is Where.UNCLEAR or seen.is_recall_told_two_ways
