"""What a prison's system would answer on a night: HMPPS Prisoner Search documents as a paged answer."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from throughgate.foundation.codesets import code_set
from throughgate.wiring.demo.stories import Story, Word, born, day_of

# By the type of the last movement: status, in or out, and where the prison's own code then stands.
STATUSES = {
    "ADM": ("ACTIVE IN", "IN", ""),
    "CRT": ("ACTIVE OUT", "OUT", ""),
    "TAP": ("ACTIVE OUT", "OUT", ""),
    "REL": ("INACTIVE OUT", "OUT", "OUT"),
    "TRN": ("INACTIVE TRN", "TRN", "TRN"),
}
BACK = ("ACTIVE IN", "IN", "")


def write(path: Path, told: Sequence[Story], *, by: str, day: int, today: date) -> None:
    """Everybody this prison's system answers with on that night."""
    documents = [document for story in told if (document := _document(story, by=by, day=day, today=today))]
    answer = {"content": documents, "totalElements": len(documents), "number": 0, "last": True}
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")


def _document(story: Story, *, by: str, day: int, today: date) -> dict[str, Any] | None:
    """None where another prison's system answers for them by then, or none yet."""
    words = [word for word in story.prison if word.day <= day]
    if not words or words[-1].by != by:
        return None
    state = _state(words)
    return {
        **_who(story, today),
        **_where(state, by, today),
        **_law(state, today),
        "cellLocation": state.get("cell", "") if "back" in state or state["move"].startswith("ADM") else "",
        "bookingId": f"{story.number}{state['booking']:02}",
        "receptionDate": _day(state["received"], today),
        "alerts": [_alert(alert) for alert in state.get("alerts", ())],
        "personalCareNeeds": [_need(need, today) for need in state.get("needs", ())],
        **state.get("fields", {}),
    }


def _state(words: Sequence[Word]) -> dict[str, Any]:
    """All that stands after these words; a booking begins, and a movement happens, on the day of its word."""
    state: dict[str, Any] = {}
    for word in words:
        if "booking" in word.says:
            state["received"] = word.day
        if "move" in word.says:
            state = {name: said for name, said in state.items() if name not in {"back", "status"}}
            state["moved"] = word.day
        state.update(word.says)
    return state


def _who(story: Story, today: date) -> dict[str, Any]:
    who = story.who
    language = {
        "type": "PREF_SPEAK",
        "code": who.get("language"),
        "interpreterRequested": "interpreter" in who,
    }
    return {
        "prisonerNumber": story.numbers["prison"],
        "pncNumber": story.numbers.get("pnc"),
        "firstName": who["first_name"].upper(),
        "middleNames": who.get("middle_names"),
        "lastName": who["last_name"].upper(),
        "dateOfBirth": born(who, today).isoformat(),
        "gender": who["sex"],
        "ethnicity": who.get("ethnicity"),
        "languages": [language] if who.get("language") else [],
    }


def _where(state: Mapping[str, Any], by: str, today: date) -> dict[str, Any]:
    kind, reason = state["move"].split()
    status, side, elsewhere = BACK if state.get("back") else STATUSES[kind]
    return {
        "status": state.get("status", status),
        "inOutStatus": side,
        "lastMovementTypeCode": kind,
        "lastMovementReasonCode": reason,
        "lastMovementDate": _day(state["moved"], today),
        "prisonId": elsewhere or by,
        "lastPrisonId": by,
    }


def _law(state: Mapping[str, Any], today: date) -> dict[str, Any]:
    legal, code = state["legal"].split()
    fields = {row["code"]: row["field"] for row in code_set("release_date_types").rows}
    dates = {fields[kind]: _day(when, today) for kind, when in state.get("dates", {}).items()}
    return {
        "legalStatus": legal,
        "imprisonmentStatus": code,
        "recall": state.get("recall", False),
        **dates,
    }


def _day(when: int | str, today: date) -> str:
    return day_of(today, when).isoformat()


def _alert(alert: str) -> dict[str, Any]:
    kind, code = alert.split()
    return {"alertType": kind, "alertCode": code, "active": True, "expired": False}


def _need(need: Mapping[str, Any], today: date) -> dict[str, Any]:
    return {
        "problemType": need["type"],
        "problemCode": need["code"],
        "problemStatus": need["status"],
        "problemDescription": need["description"],
        "startDate": _day(need["started"], today),
    }
