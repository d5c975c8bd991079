"""What a prison's system would answer: somebody as they stand that night, as a Prisoner Search document."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from throughgate.foundation.codesets import code_set
from throughgate.wiring.population.journeys import (
    AT_LARGE,
    COURT,
    DEAD,
    GONE,
    INSIDE,
    LEAVE,
    ON_THE_WAY,
    RECALLED,
    State,
)
from throughgate.wiring.population.people import Who

# Status, in or out, and what stands for the prison; "" is the prison's own code.
STATUSES = {
    INSIDE: ("ACTIVE IN", "IN", ""),
    COURT: ("ACTIVE OUT", "OUT", ""),
    LEAVE: ("ACTIVE OUT", "OUT", ""),
    ON_THE_WAY: ("INACTIVE TRN", "TRN", "TRN"),
    AT_LARGE: ("INACTIVE OUT", "OUT", "OUT"),
    GONE: ("INACTIVE OUT", "OUT", "OUT"),
    DEAD: ("INACTIVE OUT", "OUT", "OUT"),
    RECALLED: ("ACTIVE OUT", "OUT", "OUT"),
}
LANGUAGES = {"en": "ENG", "cy": "WEL", "pl": "POL", "ro": "ROM"}


def document(who: Who, state: State) -> dict[str, Any]:
    status, side, elsewhere = STATUSES[state.where]
    kind, reason = state.move.split()
    legal, code = state.legal.split()
    return {
        "prisonerNumber": state.number,
        **({"pncNumber": who.pnc} if who.pnc else {}),
        "bookingId": str(state.booking),
        "firstName": who.called.name.upper(),
        "lastName": who.last.upper(),
        "dateOfBirth": who.born.isoformat(),
        "gender": who.sex,
        "ethnicity": who.ethnicity,
        "languages": [_language(who)],
        "aliases": list(_aliases(who)),
        "status": status,
        "inOutStatus": side,
        "lastMovementTypeCode": kind,
        "lastMovementReasonCode": reason,
        "lastMovementDate": state.moved_on.isoformat(),
        "prisonId": elsewhere or state.prison,
        "lastPrisonId": state.prison,
        "receptionDate": state.received_on.isoformat(),
        "legalStatus": legal,
        "imprisonmentStatus": code,
        "recall": legal == "RECALL",
        **{_date_fields()[kind]: day.isoformat() for kind, day in state.dates},
        "cellLocation": state.cell,
    }


@cache
def _date_fields() -> Mapping[str, str]:
    return {row["code"]: row["field"] for row in code_set("release_date_types").rows}


def _language(who: Who) -> dict[str, Any]:
    return {
        "type": "PREF_SPEAK",
        "code": LANGUAGES[who.language],
        "interpreterRequested": who.needs_interpreter,
    }


def _aliases(who: Who) -> Iterator[dict[str, str]]:
    """The other surname, with the other first name: whoever asks by either finds them."""
    if who.alias:
        yield {
            "firstName": who.called.also.upper(),
            "lastName": who.alias.upper(),
            "dateOfBirth": who.born.isoformat(),
        }
