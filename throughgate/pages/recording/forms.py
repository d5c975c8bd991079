"""What the pages of recording send: shapes only; what may be kept is decided elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from throughgate.foundation import clock
from throughgate.pages.person.forms import day, typed_day

TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})")


@dataclass(frozen=True, kw_only=True)
class TypedDay:
    """A day as it was typed; `on` is None where it was left empty, or is no day."""

    parts: Mapping[str, str]  # day, month, year
    on: date | None

    @property
    def is_given(self) -> bool:
        return any(self.parts.values())

    @property
    def is_unread(self) -> bool:
        return self.is_given and self.on is None


@dataclass(frozen=True, kw_only=True)
class TypedContact:
    """A contact as it was typed; `form_key` is the same however often the form is sent."""

    mode: str
    outcome: str
    text: str
    day: TypedDay
    time: str
    at: datetime | None  # None: what was typed is no day or no time of day
    dated_by: str  # time, day
    reason: str
    form_key: str


@dataclass(frozen=True, kw_only=True)
class TypedReady:
    """How far something is, as it was typed."""

    item: str
    state: str
    day: TypedDay
    text: str
    form_key: str


def contact(given: Mapping[str, str], *, now: datetime) -> TypedContact:
    on, at_time = _day(given, "at"), given.get("at_time", "").strip()
    return TypedContact(
        mode=given.get("mode", ""),
        outcome=given.get("outcome", ""),
        text=given.get("text", ""),
        day=on,
        time=at_time,
        at=_moment(on, at_time, now=now),
        dated_by="day" if on.is_given and not at_time else "time",
        reason=given.get("reason", "").strip(),
        form_key=_form_key(given),
    )


def ready(given: Mapping[str, str]) -> TypedReady:
    return TypedReady(
        item=given.get("item", ""),
        state=given.get("state", ""),
        day=_day(given, "on"),
        text=given.get("text", ""),
        form_key=_form_key(given),
    )


def _form_key(given: Mapping[str, str]) -> str:
    return given.get("form_key", "")[:120]


def _day(given: Mapping[str, str], name: str) -> TypedDay:
    parts = {part: given.get(f"{name}_{part}", "").strip() for part in ("day", "month", "year")}
    return TypedDay(parts=parts, on=day(typed_day(given, name)))


def _moment(typed: TypedDay, at_time: str, *, now: datetime) -> datetime | None:
    """Nothing typed is now; a time alone is today's; a day alone is its first moment."""
    if not typed.is_given and not at_time:
        return now
    on = typed.on if typed.is_given else clock.day_of(now)
    at = _time(at_time) if at_time else time.min
    return datetime.combine(on, at, tzinfo=clock.LONDON) if on and at else None


def _time(text: str) -> time | None:
    """ "9:30", "09.30" and "0930" are one time; None for what is none."""
    found = TIME.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
