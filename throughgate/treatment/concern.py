"""From when to when an episode concerns its provider with a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from throughgate.access import policy
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set

Span = tuple[date, date | None]  # the first day, and the first day it no longer holds


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider's newest word on an episode says of when it was."""

    as_at: datetime
    referred_on: date | None
    triaged_on: date | None
    started_on: date | None
    ended_on: date | None
    end_reason: str


def span(told: Told) -> Span:
    """From the earliest day told, and no later than the provider told of it; to some days after the end."""
    days = (told.referred_on, told.triaged_on, told.started_on, told.ended_on, clock.day_of(told.as_at))
    return min(day for day in days if day), _closes_on(told)


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that touch become one, so that a provider is concerned with a person once on any day."""
    opened_on, closed_on = None, None
    for first, last in sorted(spans, key=lambda span: span[0]):
        if opened_on is None:
            opened_on, closed_on = first, last
        elif closed_on is None or first <= closed_on:
            closed_on = None if closed_on is None or last is None else max(closed_on, last)
        else:
            yield opened_on, closed_on
            opened_on, closed_on = first, last
    if opened_on is not None:
        yield opened_on, closed_on


def is_death(end_reason: str) -> bool:
    """Did the episode end because the person died?"""
    reason = code_set("discharge_reasons").get(end_reason)
    return reason is not None and reason["ending"] == "death"


def _closes_on(told: Told) -> date | None:
    if told.ended_on is None:
        return None
    event = "died" if is_death(told.end_reason) else "ended"
    return policy.closes_on(told.ended_on, kind="treatment", event=event)
