"""Booking appointments, moving them, and saying what came of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple, cast
from uuid import UUID

from django.db import transaction

from throughgate.foundation import clock, wrong
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.record import actions as record
from throughgate.record import history
from throughgate.record.rules import Draft, Form
from throughgate.referral import queries, rules, sessions
from throughgate.referral.queries import Booked
from throughgate.referral.sessions import Session

LONGEST_KEY = 120  # characters of a form's key, and so of an appointment's, that the record holds


class Meeting(NamedTuple):
    """What an appointment is about, with whom, where and how."""

    what: str  # code set appointment_kinds
    with_whom: str = ""
    place: str = ""
    mode: str = ""  # code set contact_modes
    text: str = ""


def book(permit: Permit, meeting: Meeting, *, on: date, at_time: time | None, form: Form) -> UUID:
    """Write down that they are expected, at that time by the clocks of London or at some time of that day.

    Raises: Refused for one that says too little or too much, or a time that night does not have.
    """
    at = clock.wall(on, at_time or time.min)
    said = {part: words.strip() for part, words in meeting._asdict().items()}
    today = clock.day_of(permit.at)
    wrong.refuse(rules.wrong_with_appointment(said, on=on, at_time=at_time, at=at, today=today))
    with transaction.atomic():
        draft = Draft(
            identity_id=own.identity(permit),
            kind="appointment",
            item=_key(permit, form),
            happened_at=cast(datetime, at),  # a time that night does not have has just been refused
            dated_by="time" if at_time else "day",
            as_at=permit.at,
            body=said,
        )
        return record.keep(permit, draft, form)


def say_what_came_of_it(permit: Permit, key: str, *, outcome: str, text: str, form: Form) -> UUID:
    """Write what came of an appointment; the last word counts.

    Raises: NotFound when no such appointment stands; Refused for an outcome that cannot be yet; Overtaken
    when somebody else has said it since the form was opened.
    """
    booked = queries.appointment(permit, key)
    said = text.strip()
    wrong.refuse(rules.wrong_with_outcome(outcome=outcome, text=said, due_at=booked.at, now=permit.at))
    with transaction.atomic():
        draft = _outcome(booked, key, outcome, said, identity_id=own.identity(permit), now=permit.at)
        return record.keep_last_word(permit, draft, form)


def move(permit: Permit, key: str, *, on: date, at_time: time | None, text: str, form: Form) -> UUID:
    """Move an appointment to another time: what came of this one is that it was moved, and a new one stands.

    Raises: as `say_what_came_of_it`, and as `book`.
    """
    booked = queries.appointment(permit, key)
    meeting = Meeting(booked.what, booked.with_whom, booked.place, booked.mode, booked.text)
    with transaction.atomic():
        moved = say_what_came_of_it(permit, key, outcome=rules.MOVED, text=text, form=form)
        again = f"moved {form.key}"[:LONGEST_KEY]
        book(permit, meeting, on=on, at_time=at_time, form=Form(again, reason=form.reason))
        return moved


def take_attendance(
    permits: Sequence[Permit], session: Session, *, outcomes: Mapping[UUID, str], form: Form
) -> dict[UUID, Refused]:
    """Write what came of a session for each of these people, in as many queries as for one of them.

    Where it was an appointment of theirs, that is what it says it came to. Gives back, by person, why nothing
    was written of them; nobody else's waits for that.
    """
    booked = sessions.attending_of(permits, session)
    identities = own.identities(permits)
    drafts: dict[UUID, Draft] = {}
    refused: dict[UUID, Refused] = {}
    for person_id, identity_id in identities.items():
        outcome, now = outcomes[person_id], permits[0].at
        try:
            wrong.refuse(rules.wrong_with_outcome(outcome=outcome, text="", due_at=session.at, now=now))
        except Refused as why:
            refused[person_id] = why
            continue
        key = booked[person_id].key if person_id in booked else session.key
        drafts[person_id] = _outcome(session, key, outcome, "", identity_id=identity_id, now=now)
    if drafts:
        fit = [permit for permit in permits if permit.person_id in drafts]
        refused |= record.keep_last_words(fit, [drafts[permit.person_id] for permit in fit], form)
    return refused


def _key(permit: Permit, form: Form) -> str:
    """Which appointment it is: that of the entry it corrects, or a new one."""
    return history.versions(permit, form.corrects)[0].item if form.corrects else form.key


def _outcome(
    booked: Booked | Session, key: str, outcome: str, text: str, *, identity_id: UUID, now: datetime
) -> Draft:
    """It came to that when it was due; what is said beforehand, when it is said."""
    is_due = booked.at <= now
    return Draft(
        identity_id=identity_id,
        kind="appointment_outcome",
        item=key,
        happened_at=booked.at if is_due else now,
        dated_by=booked.dated_by if is_due else "time",
        as_at=now,
        body={
            "what": booked.what,
            "with_whom": booked.with_whom,
            "place": booked.place,
            "due_on": clock.day_of(booked.at),
            "outcome": outcome,
            "text": text,
        },
    )
