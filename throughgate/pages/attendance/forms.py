"""What the page of attendance is asked for and sent: which session, whom to look for, who came.

With whom a session is, and where, stands in the address sealed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from uuid import UUID

from throughgate.foundation import clock, sealed
from throughgate.foundation.ids import new_id
from throughgate.pages.everyone import forms as everyone
from throughgate.pages.typed import PARTS, TypedDay, day_in, id_in, time_of
from throughgate.record.rules import Form
from throughgate.referral.sessions import Session

SESSION = ("what", "with_whom", "place", *(f"on_{part}" for part in PARTS), "at_time")
SEALED = "of"
CAME = "came_"  # and the person's id: the control of one person


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The session as it was typed, and whom to look for."""

    typed: Mapping[str, str] = field(default_factory=dict)
    words: str = ""  # of a name, a number or a birth date
    kept: int = 0  # back from keeping that of so many people

    @property
    def is_given(self) -> bool:
        return bool(self.typed)

    @property
    def day(self) -> TypedDay:
        return day_in(self.typed, "on")

    @property
    def at_time(self) -> time | None:
        return time_of(self.typed.get("at_time", ""))

    @property
    def is_time_unread(self) -> bool:
        return bool(self.typed.get("at_time")) and self.at_time is None

    @property
    def at(self) -> datetime | None:
        return clock.wall(self.day.on, self.at_time or time.min) if self.day.on else None

    @property
    def session(self) -> Session | None:
        """None while it is not told when."""
        if self.at is None:
            return None
        return Session(
            what=self.typed.get("what", ""),
            at=self.at,
            dated_by="time" if self.at_time else "day",
            with_whom=self.typed.get("with_whom", ""),
            place=self.typed.get("place", ""),
        )


@dataclass(frozen=True, kw_only=True)
class Taking:
    """What is about to be kept, and why some of it was not."""

    asked: Asked
    form: Form
    marks: Mapping[UUID, str] = field(default_factory=dict)  # person -> code set attendance_outcomes
    refused: Mapping[UUID, str] = field(default_factory=dict)  # person -> why
    hidden: int = 0  # of those marked, how many this hat is shown no more
    problem: str = ""


def read(given: Mapping[str, str], *, post_id: UUID) -> Asked:
    """What the address asks for; what nobody sealed for this hat asks nothing."""
    typed = json.loads(sealed.opened(given.get(SEALED, ""), owner=post_id) or "{}")
    return asked({**typed, "kept": given.get("kept", "")})


def in_address(typed: Mapping[str, str], *, post_id: UUID) -> dict[str, str]:
    """A session as an address holds it."""
    return {SEALED: sealed.seal(json.dumps(dict(typed)), owner=post_id)}


def asked(given: Mapping[str, str]) -> Asked:
    """The session, and nobody's name."""
    typed = {name: given[name].strip() for name in SESSION if given.get(name, "").strip()}
    kept = given.get("kept", "")
    return Asked(typed=typed, kept=int(kept) if kept.isdecimal() and len(kept) < 5 else 0)


def opened(asked: Asked) -> Taking:
    return Taking(asked=asked, form=Form(str(new_id())))


def sent(given: Mapping[str, str]) -> Taking:
    """Who is left as they are is not marked."""
    marks = {
        person_id: outcome
        for name, outcome in given.items()
        if name.startswith(CAME) and outcome and (person_id := id_in({CAME: name[len(CAME) :]}, CAME))
    }
    wanted = replace(asked(given), words=given.get(everyone.SOUGHT, "").strip())
    return Taking(asked=wanted, form=Form(given.get("form_key", "")[:80]), marks=marks)


def as_typed(session: Session) -> dict[str, str]:
    """A session that is known, as it would be typed."""
    at = session.at.astimezone(clock.LONDON)
    day: date = at.date()
    return {
        "what": session.what,
        "with_whom": session.with_whom,
        "place": session.place,
        **{f"on_{part}": str(getattr(day, part)) for part in PARTS},
        "at_time": f"{at:%H:%M}" if session.dated_by == "time" else "",
    }
