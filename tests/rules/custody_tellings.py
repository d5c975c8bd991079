"""Movements as a feed told them, and stays in one line each, for the tests of custody."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from throughgate.custody.rules import DatedBy, Movement, MovementKind, PlacedMovement, Stay, StayResult

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
Kind = MovementKind


def day(text: str) -> date:
    """A day of 2026, written "4 Mar"."""
    return datetime.strptime(f"{text} 2026 +0000", "%d %b %Y %z").date()


def told(
    what: MovementKind,
    on: str,
    places: str,
    *,
    by: str = "",
    feed: str = "MDI",
    known: str = "",
    order: int = 0,
    **more: Any,
) -> PlacedMovement:
    """One movement ("MDI>LEI"), known at nine on the day it happened unless said otherwise."""
    from_prison, _, to_prison = places.partition(">")
    movement = Movement(
        what=what,
        happened_on=day(on),
        dated_by=DatedBy(by or "movement_date"),
        from_prison=from_prison,
        to_prison=to_prison,
        booking=more.pop("booking", "1"),
        **more,
    )
    known_at = datetime.combine(day(known or on), datetime.min.time(), tzinfo=UTC) + timedelta(hours=9)
    return PlacedMovement(
        movement=movement, identity="A0000ZZ", organisation=feed, known_at=known_at, order=order
    )


def lines(result: StayResult) -> list[str]:
    return [_line(stay) for stay in result.stays]


def _line(stay: Stay) -> str:
    start = f"{'' if stay.start_is_exact else 'by '}{stay.start:%d %b}"
    end = (
        f"{stay.end:%d %b} {stay.ended_by and stay.ended_by.value}"
        if stay.end
        else f"now {stay.out_now.value}"
    )
    return f"{stay.prison or '?'} {start} {stay.started_by.value} to {end}".rstrip()


def keys(result: StayResult) -> list[str]:
    return [flag.key for flag in result.flags]


RECEIVED = told(Kind.RECEIVED, "5 Jan", ">MDI")
