"""What a prison's document says of one person, and the drafts of entries that follow from a change in it.

A document is kept as plain JSON (`said`), so that what a source said can be compared for ever. Each part of
it is compared with the same part of the document before; only what differs becomes an entry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from throughgate.custody.rules.kinds import MovementKind
from throughgate.custody.rules.movements import DatedBy, Movement, movements_between
from throughgate.custody.rules.states import CustodyState, MovementCodes, Where, movement_codes, see
from throughgate.custody.rules.told import ToldEvent, movement_told
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.record.rules import Change, Draft

Said = Mapping[str, Any]
CORRECTS = "corrects"  # marks a movement that tells the one before it again; never stored


@cache
def codes() -> MovementCodes:
    """The movement table, read once."""
    return movement_codes(code_set("movement_reasons").rows)


def state(said: Said, as_at: datetime) -> CustodyState:
    """The custody part of a document."""
    custody = said["custody"]
    days = {
        name: date.fromisoformat(custody[name])
        for name in ("movement_on", "reception_on")
        if custody.get(name)
    }
    return CustodyState(as_at=as_at, **{**custody, **days})


def drafts(change: Change) -> Iterator[Draft]:
    """Every entry that follows from the change, in the order things happened."""
    yield from _movements(change)
    yield from _legal(change)
    yield from _dates(change)
    yield from _cell(change)
    yield from _alerts(change)
    yield from _needs(change)
    yield from _unread(change)


def told(change: Change) -> Draft:
    """The entry of a movement that an event told: see `rules.told`."""
    said = change.after
    does = code_set("prison_events").get(said["type"])
    reason = code_set("prison_event_reasons").get(does["does"], said["reason"]) if does else None
    event = ToldEvent(
        occurred_at=change.as_at,
        what=MovementKind(reason["what"]) if reason else MovementKind.UNCLEAR,
        movement_type=said["movement_type"] or (reason["movement_type"] if reason else ""),
        movement_reason=said["movement_reason"],
        prison=said["prison"],
    )
    return replace(_movement(change, movement_told(event, codes())), item=change.item)


def booking(change: Change) -> str:
    """The number of the custody period the later document is about."""
    return str(change.after["custody"].get("booking", ""))


def _by(change: Change, kind: str, *, item: str = "", restricted: bool = False, **body: Any) -> Draft:
    """An entry of something that was so by the as-at; the document does not say since when."""
    return Draft(
        identity_id=change.identity_id,
        episode_id=change.episode_id,
        kind=kind,
        item=item,
        happened_at=change.as_at,
        dated_by="by",
        as_at=change.as_at,
        body=body,
        restricted=restricted,
    )


def _movements(change: Change) -> Iterator[Draft]:
    before = None
    if change.before is not None and change.before_as_at is not None:
        if change.before["custody"] == change.after["custody"]:
            return
        before = state(change.before, change.before_as_at)
    for movement in movements_between(before, state(change.after, change.as_at), codes()):
        yield _movement(change, movement)


def _movement(change: Change, movement: Movement) -> Draft:
    is_by = movement.dated_by == DatedBy.AS_AT
    return Draft(
        identity_id=change.identity_id,
        episode_id=change.episode_id,
        kind="movement",
        item=CORRECTS if movement.corrects else "",
        happened_at=change.as_at if is_by else clock.start_of(movement.happened_on),
        dated_by="by" if is_by else "day",
        as_at=change.as_at,
        body={
            "what": movement.what.value,
            "happened_on": movement.happened_on,
            "dated_by": movement.dated_by.value,
            "from_prison": movement.from_prison,
            "to_prison": movement.to_prison,
            "movement_type": movement.movement_type,
            "movement_reason": movement.reason,
            "booking": movement.booking,
            "true_release": movement.true_release,
            "starts_clock": movement.starts_clock,
            "notice": movement.notice,
            "check_by_hand": movement.check_by_hand,
            "missed": movement.missed,
        },
    )


LEGAL = ("legal_status", "status_code", "recall")


def _legal(change: Change) -> Iterator[Draft]:
    now = {name: change.after["custody"].get(name) for name in LEGAL}
    then = {name: change.before["custody"].get(name) for name in LEGAL} if change.before else None
    is_at_large = _is_recall_at_large(change.after, change.as_at)
    was_at_large = _is_recall_at_large(change.before, change.before_as_at)
    if (now == then and is_at_large == was_at_large) or not any(now.values()):
        return
    # A recall of somebody who is still out may tip them off: an entry of its own, restricted. Once they are
    # back, the same words are no secret any more, and are told again.
    kind = "recall_issued" if is_at_large else "legal_status"
    yield _by(change, kind, restricted=is_at_large, **now)


def _is_recall_at_large(said: Said | None, as_at: datetime | None) -> bool:
    return said is not None and as_at is not None and see(state(said, as_at), codes()).where == Where.RECALLED


def _dates(change: Change) -> Iterator[Draft]:
    now, then = change.after.get("dates", {}), (change.before or {}).get("dates", {})
    # Dates of a recall tell of it: restricted like the recall itself, and told again once they are back.
    is_at_large = _is_recall_at_large(change.after, change.as_at)
    is_back = not is_at_large and _is_recall_at_large(change.before, change.before_as_at)
    for date_type in sorted({*now, *then}):
        given = now.get(date_type)
        if given != then.get(date_type) or (is_back and given):
            yield _by(
                change,
                "expected_date",
                item=date_type,
                restricted=is_at_large,
                date_type=date_type,
                expected_on=date.fromisoformat(given) if given else None,
            )


def _cell(change: Change) -> Iterator[Draft]:
    now, then = _placed(change.after), _placed(change.before)
    if now != then and now is not None:
        yield _by(change, "location", prison=now[0], cell=now[1])


def _placed(said: Said | None) -> tuple[str, str] | None:
    return (said["custody"]["prison"], said["cell"]) if said and said.get("cell") else None


def _alerts(change: Change) -> Iterator[Draft]:
    now = {tuple(alert) for alert in change.after.get("alerts", ())}
    then = {tuple(alert) for alert in (change.before or {}).get("alerts", ())}
    for alert_type, alert_code in sorted(now ^ then):
        row = code_set("alert_codes").get(alert_code)
        category = row["category"] if row else "custody_legal"
        yield _by(
            change,
            f"alert_{category}",
            item=alert_code,
            restricted=row is None or row["restricted"] == "yes",
            alert_type=alert_type,
            alert_code=alert_code,
            is_active=(alert_type, alert_code) in now,
        )


def _needs(change: Change) -> Iterator[Draft]:
    now = {(need["need_type"], need["need_code"]): need for need in change.after.get("needs", ())}
    then = {(need["need_type"], need["need_code"]): need for need in (change.before or {}).get("needs", ())}
    for key in sorted({*now, *then}):
        if now.get(key) == then.get(key):
            continue
        need = now.get(key) or {**then[key], "status": "gone"}
        days = {
            name: date.fromisoformat(need[name]) if need[name] else None
            for name in ("started_on", "ended_on")
        }
        kind = "care_need_mind" if need["need_type"] == "PSYCH" else "care_need"
        yield _by(change, kind, item="/".join(key), **{**need, **days})


def _unread(change: Change) -> Iterator[Draft]:
    now, then = change.after.get("unread", {}), (change.before or {}).get("unread", {})
    for field, (as_written, problem) in sorted(now.items()):
        if then.get(field) != [as_written, problem]:
            yield _by(change, "unread", item=field, field=field, as_written=as_written, problem=problem)
