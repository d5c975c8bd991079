"""Attendance in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from throughgate.custody.queries import Everyone
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import ListPermit
from throughgate.pages import wording
from throughgate.pages.attendance import forms
from throughgate.pages.attendance.forms import CAME, Asked, Taking
from throughgate.pages.components.shapes import Link, Option, Problem
from throughgate.pages.wording import Wording
from throughgate.pages.wording import words as _
from throughgate.referral import rules
from throughgate.referral.sessions import Attending, Session
from throughgate.staff.queries import Hat

USUAL = "group"  # what attendance is taken of most


class Row(NamedTuple):
    """One person, and what came of the session for them."""

    control: str
    name: str
    hint: str  # when they were born; what was said of them before
    options: list[Option]
    error: str


def wrong(asked: Asked, permit: ListPermit) -> dict[str, str]:
    """A sentence for each part of a session that has to be put right."""
    said = {part: asked.typed.get(part, "") for part in ("what", "with_whom", "place")}
    found = rules.wrong_with_appointment(
        {**said, "mode": ""},
        on=asked.day.on,
        at_time=asked.at_time,
        at=asked.at,
        today=clock.day_of(permit.at),
    )
    if asked.is_time_unread:
        found["at_time"] = _("Enter a time such as 14:05, or leave it empty.")
    return found


def nobody_marked() -> str:
    return _("Choose what came of it for at least one person.")


def choose(
    hat: Hat, permit: ListPermit, asked: Asked, known: Sequence[Session], wrong: Mapping[str, str]
) -> dict[str, Any]:
    """Which session: one that people are booked on today, or one that is typed."""
    address, today = reverse("attendance", args=[hat.post_id]), clock.day_of(permit.at)
    parts = (
        asked.day.parts if asked.is_given else {"day": today.day, "month": today.month, "year": today.year}
    )
    return {
        "address": address,
        "known": [
            Link(
                _session(each, wording.current()),
                f"{address}?{urlencode(forms.in_address(forms.as_typed(each), post_id=hat.post_id))}",
            )
            for each in known
        ],
        "kinds": [
            Option(
                code,
                wording.label("appointment_kinds", code),
                is_chosen=code == asked.typed.get("what", USUAL),
            )
            for code in code_set("appointment_kinds").labels()
        ],
        "typed": {name: asked.typed.get(name, "") for name in forms.SESSION},
        "day": dict(parts),
        "wrong": {name: wrong.get(name, "") for name in ("what", "with_whom", "place", "on", "at_time")},
        "problems": [Problem(why, "on_day" if part == "on" else part) for part, why in wrong.items()],
    }


def take(
    hat: Hat, taking: Taking, session: Session, attending: Sequence[Attending], found: Everyone
) -> dict[str, Any]:
    """Those booked first, then others of this hat's people; what was not kept stands as it was marked."""
    _ = wording.current()
    asked, there = taking.asked, {each.person_id for each in attending}
    address = reverse("attendance", args=[hat.post_id])
    booked = [
        _row(*each[:3], each.outcome, taking, _) for each in attending if each.is_booked or each.outcome
    ]
    others = [
        *(_row(*each[:3], "", taking, _) for each in attending if not (each.is_booked or each.outcome)),
        *(
            _row(each.person_id, each.name, each.birth_date, "", taking, _)
            for each in found.people
            if each.person_id not in there
        ),
    ]
    return {
        "address": address,
        "title": _session(session, _),
        "groups": [group for group in ((_("Booked on it"), booked), (_("Others here"), others)) if group[1]],
        "typed": dict(asked.typed),
        "search": asked.words,
        "has_more": found.next is not None,
        "form_key": taking.form.key,
        "kept": _kept(asked.kept, _) if asked.kept else "",
        "problems": list(_problems(taking, [*booked, *others], _)),
    }


def _session(session: Session, _: Wording) -> str:
    """ "A group, Breakfast, Library, Mon 9 Nov 2026, 10:00"."""
    when = _.day(clock.day_of(session.at)) if session.dated_by == "day" else _.moment(session.at)
    what = _.label("appointment_kinds", session.what)
    return ", ".join(part for part in (what, session.with_whom, session.place, when) if part)


def _row(
    person_id: UUID, name: str, birth_date: date | None, outcome: str, taking: Taking, _: Wording
) -> Row:
    said = _.label("attendance_outcomes", outcome)
    born = _("born %(day)s") % {"day": _.born(birth_date)} if birth_date else ""
    return Row(
        control=f"{CAME}{person_id}",
        name=name or _("Name not recorded"),
        hint=" · ".join(part for part in (born, said) if part),
        options=list(_outcomes(taking.marks.get(person_id, ""), said, _)),
        error=taking.refused.get(person_id, ""),
    )


def _outcomes(chosen: str, said: str, _: Wording) -> Iterator[Option]:
    """To leave it stands first; a move of one person is for their own record."""
    yield Option("", _("As it is: %(outcome)s") % {"outcome": said} if said else _("Leave open"))
    for code in code_set("attendance_outcomes").labels():
        if code != rules.MOVED:
            yield Option(code, _.label("attendance_outcomes", code), is_chosen=code == chosen)


def _kept(number: int, _: Wording) -> str:
    return _("What came of it is kept for %(number)s of them") % {"number": number}


def _problems(taking: Taking, rows: Sequence[Row], _: Wording) -> Iterator[Problem]:
    if taking.problem:
        yield Problem(taking.problem)
    if taking.hidden:
        said = {"number": taking.hidden}
        yield Problem(
            _("Of %(number)s whom you marked nothing was kept: they are not shown to you any more.") % said
        )
    for row in rows:
        if row.error:
            yield Problem(f"{row.name}: {row.error}", row.control)
