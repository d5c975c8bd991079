"""What a prison's system sends out on the day itself: a message for each time somebody comes or leaves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from throughgate.wiring.population.draws import Draw
from throughgate.wiring.population.journeys import (
    AT_LARGE,
    COURT,
    DEAD,
    GONE,
    INSIDE,
    LEAVE,
    ON_THE_WAY,
    State,
)

OLDER, NEWER = "prison-offender-events.prisoner", "prisoner-offender-search.prisoner"
NOT_USED = "prison.case-note.published"
OUT = {
    COURT: "SENT_TO_COURT",
    LEAVE: "TEMPORARY_ABSENCE_RELEASE",
    ON_THE_WAY: "TRANSFERRED",
    GONE: "RELEASED",
    AT_LARGE: "RELEASED",
    DEAD: "RELEASED",
}
BACK_FROM = {COURT: "RETURN_FROM_COURT", LEAVE: "TEMPORARY_ABSENCE_RETURN"}
BY_ADMISSION = {"ADM N": "NEW_ADMISSION", "ADM I": "NEW_ADMISSION", "ADM INT": "TRANSFERRED"}


def rows(told: Sequence[State], draw: Draw) -> Iterator[tuple[State, Mapping[str, Any]]]:
    """A message with the state it tells of; and some of a kind that is of no use here."""
    was = ""
    for state in told:
        kind, reason = _kind_and_reason(was, state)
        if state.moved_on == state.on and reason:
            yield state, _message(state, f"{_sender(state, draw)}.{kind}", reason, draw)
            if draw.happens("event_not_used"):
                yield state, _message(state, NOT_USED, "", draw)
        was = state.where


def _kind_and_reason(was: str, state: State) -> tuple[str, str]:
    """Received or released, and how; no reason for a day at court that was over by night."""
    if state.where != INSIDE:
        return "released", OUT.get(state.where, "")
    if state.move.startswith("ADM"):
        return "received", BY_ADMISSION.get(state.move, "READMISSION")
    return "received", BACK_FROM.get(was, "")


def _sender(state: State, draw: Draw) -> str:
    """Only the older kind carries the movement code, without which a death looks like a release."""
    return OLDER if state.where in {AT_LARGE, DEAD} or draw.happens("event_with_code") else NEWER


def _message(state: State, kind: str, reason: str, draw: Draw) -> dict[str, Any]:
    code = {"nomisMovementReasonCode": state.move.split()[1]} if kind.startswith(OLDER) else {}
    return {
        "eventType": kind,
        "version": 1,
        "occurredAt": f"{state.on}T{draw.whole(8, 17):02}:{draw.whole(0, 59):02}:00",
        "personReference": {"identifiers": [{"type": "NOMS", "value": state.number}]},
        "additionalInformation": {
            "nomsNumber": state.number,
            "reason": reason,
            "prisonId": state.prison,
            **code,
        },
    }
