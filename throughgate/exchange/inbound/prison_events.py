"""Events that prison systems send out: that somebody came, left, or has one number where there were two.

A message stands by itself or in the envelopes of the services that carry it, mostly as text within text.
The kinds that are used are a code set, `prison_events`; any other is counted by its name, and nothing of it
is kept.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from typing import IO, Any
from uuid import UUID

from throughgate.custody import actions as custody
from throughgate.exchange.inbound import prisoner_search, sequence
from throughgate.exchange.inbound.fields import as_written, placeholders, shown
from throughgate.exchange.inbound.reading import json_documents
from throughgate.exchange.inbound.rows import Flag, Reject, Row, as_text
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import FeedPermit
from throughgate.people import rules
from throughgate.people.actions import Details
from throughgate.people.rules import Identifier, State, System
from throughgate.record.rules import Change

name = "prison-events"
refresh = prisoner_search.refresh  # stays, standing and relationships follow, as from a prison's documents
ENVELOPES = ("Message", "Body")  # of a topic, and of a queue that listens to it
DEEPEST = 3  # envelopes within each other
LONGEST = 80
LONGEST_REASON = 40
LONGEST_CODE = 12
FIRST_YEAR, LAST_YEAR = 1990, 2199  # a year outside is a slip
EVENT = "event:"
MOVEMENTS = frozenset({"arrival", "leaving"})
# The true code may stand in a text beside a coarser one: "ADM-24".
CODE_IN_TEXT = re.compile(r"([A-Z]{3})-([A-Z0-9]{1,12})")
NOT_AN_EVENT = (
    "The row is not an event that can be read.",
    "Ask the source for the messages as they were sent.",
)
NO_PERSON = (
    "The event has no prison number that can be read, so nobody can tell whose it is.",
    "Look it up at the source. The prison's next extract tells where everybody is.",
)
NO_MOMENT = (
    "The event does not say when it happened in a way that can be read.",
    "Look it up at the source. The prison's next extract tells where everybody is.",
)
TO_COME = (
    "The event says that it happened after this file was true.",
    "Check the time given with the file, and the clock of the source.",
)
# What becomes of an event that tells of no movement and joins no numbers.
FLAGS = {"changed": "event_tells_no_more", "by_hand": "event_by_hand", "": "event_not_used"}


def read(file: IO[bytes], *, as_at: datetime) -> Iterator[Row | Reject]:
    """Events of an array, of JSON lines, or one after another."""
    for number, document in json_documents(file):
        yield _row(number, _opened(document), as_at)


def details(said: Mapping[str, Any]) -> Details:
    """An event names nobody."""
    return Details(**said)


def hear(_permit: FeedPermit, _identity_ids: Collection[UUID]) -> Collection[UUID]:
    """Nothing follows from being told the same again."""
    return ()


def take_in(permit: FeedPermit, changes: Sequence[Change]) -> int:
    """Movements become entries; numbers that were joined are joined by whoever settles who is who."""
    told = [change for change in changes if _does(change.after.get("type", "")) in MOVEMENTS]
    heard = sequence.newest(permit, {change.identity_id for change in told}, item="")
    return custody.take_in_events(permit, told, heard=heard)


def _opened(document: Mapping[str, Any] | str) -> Mapping[str, Any] | str:
    """The message without its envelopes, or the text of what cannot be opened."""
    for _ in range(DEEPEST):
        if isinstance(document, str):
            break
        held = (document.get(name) for name in ENVELOPES)
        inner = next((each for each in held if isinstance(each, str | dict)), None)
        if inner is None:
            break
        document = _object(inner) if isinstance(inner, str) else inner
    return document


def _object(text: str) -> Mapping[str, Any] | str:
    """The JSON object that stands in a text, or the text if it holds none."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):  # no JSON, or nested too deep
        return text
    return read if isinstance(read, dict) else text


def _row(line: int, event: Mapping[str, Any] | str, as_at: datetime) -> Row | Reject:
    kind = "" if isinstance(event, str) else as_written(event, "eventType")[:LONGEST]
    if isinstance(event, str) or not kind:
        return _reject(line, "eventType", NOT_AN_EVENT, str(event))
    does = _does(kind)
    if does in FLAGS:
        return Row(
            line=line, key="", identifiers=(), said={}, flags=(Flag("_".join(kind.split()), FLAGS[does]),)
        )
    more = event.get("additionalInformation")
    more = more if isinstance(more, Mapping) else {}
    number, happened_at = _person(event, more, as_at), _moment(event)
    if number is None:
        return _reject(line, "personReference", NO_PERSON, as_written(more, "nomsNumber"))
    if happened_at is None or happened_at > as_at:
        why = TO_COME if happened_at else NO_MOMENT
        return _reject(line, "occurredAt", why, as_written(event, "occurredAt"))
    said = {"type": kind, **(_told(more) if does in MOVEMENTS else {})}
    retired = _number(more.get("removedNomsNumber"), as_at) if does == "merge" else None
    return Row(
        line=line,
        key=number.value,
        identifiers=(number, retired) if retired else (number,),
        said={"mention": {"details": {}}, _item(said, happened_at, retired): said},
        flags=tuple(_odd(does, said, retired)),
        as_at=happened_at,
    )


def _does(kind: str) -> str:
    """What becomes of an event of that kind; "" for one that is not used."""
    known = code_set("prison_events").get(kind)
    return known["does"] if known else ""


def _item(said: Mapping[str, Any], happened_at: datetime, retired: Identifier | None) -> str:
    """A name for the event that comes out alike by whatever message, and however often, it is told."""
    whole = f"{happened_at.astimezone(UTC).isoformat()} {retired.value if retired else ''} {as_text(said)}"
    return EVENT + blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _told(more: Mapping[str, Any]) -> dict[str, str]:
    """What the event says of the movement, with the code in its text before the coarser one beside it."""
    found = CODE_IN_TEXT.fullmatch(as_written(more, "details"))
    in_text = found.groups() if found and found.groups() in code_set("movement_reasons") else None
    movement_type, code = in_text or ("", as_written(more, "nomisMovementReasonCode")[:LONGEST_CODE])
    return {
        "reason": as_written(more, "reason")[:LONGEST_REASON],
        "movement_type": movement_type,
        "movement_reason": code,
        "prison": as_written(more, "prisonId")[:10],
    }


def _odd(does: str, said: Mapping[str, str], retired: Identifier | None) -> Iterator[Flag]:
    """What somebody has to look at, though it went in."""
    if does == "merge":
        if retired is None:
            yield Flag("removedNomsNumber", "identifier_shape")
        return
    reason = code_set("prison_event_reasons").get(does, said["reason"])
    if reason is None:
        yield Flag("reason", "unknown_code", said["reason"])
    elif reason["what"] == "released" and not said["movement_reason"]:
        yield Flag("nomisMovementReasonCode", "release_without_reason")
    if said["movement_reason"] and said["movement_reason"] not in _codes():
        yield Flag("nomisMovementReasonCode", "unknown_code", said["movement_reason"])


@cache
def _codes() -> frozenset[str]:
    return frozenset(row["code"] for row in code_set("movement_reasons").rows)


def _person(event: Mapping[str, Any], more: Mapping[str, Any], as_at: datetime) -> Identifier | None:
    """The prison number of the person: of the reference, else from where older events have it."""
    reference = event.get("personReference")
    listed = reference.get("identifiers") if isinstance(reference, Mapping) else None
    numbers = [
        each.get("value")
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, Mapping) and each.get("type") == "NOMS"
    ]
    written = [*numbers, more.get("nomsNumber"), event.get("offenderIdDisplay")]
    return next((found for each in written if (found := _number(each, as_at))), None)


def _number(written: object, as_at: datetime) -> Identifier | None:
    if not isinstance(written, str) or len(written) > LONGEST:
        return None
    found = rules.read_identifier(
        System.prison, written, placeholders=placeholders("identifier"), pivot_year=as_at.year
    )
    return found if found and found.state is State.checked else None


def _moment(event: Mapping[str, Any]) -> datetime | None:
    """When it happened: by the clock in London unless it says how far from UTC it is."""
    written = event.get("occurredAt") or event.get("eventDatetime")
    try:
        read = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    if read is None or not FIRST_YEAR <= read.year <= LAST_YEAR:
        return None
    return read if read.tzinfo else clock.wall(read.date(), read.time())


def _reject(line: int, field: str, why: tuple[str, str], written: str) -> Reject:
    return Reject(line, field, *why, shown(written)[:200])
