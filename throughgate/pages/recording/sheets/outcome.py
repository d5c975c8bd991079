"""What came of an appointment, or to which day it was moved."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.person import appointments
from throughgate.pages.recording import due
from throughgate.pages.recording.fields import Choice, Field, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import Wording
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.referral import actions, queries, rules
from throughgate.referral.queries import Booked, OutcomeLine

ASKED = timedelta(days=84)  # for so long after an appointment it is offered here
ANSWERED = 20  # and of those that somebody has answered for, so many


def _words() -> SheetWords:
    return SheetWords(
        title=_("What came of an appointment"),
        purpose=_("They came, or did not and whose miss it was, or it was moved or cancelled."),
        heading=_("What came of an appointment"),
        button=_("Save what came of it"),
        kept=_("What came of the appointment is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="appointment",
            label=_("Which appointment?"),
            hint=_(
                "Those that a worker told of. Where a service's own system tells of one,"
                " it tells what came of it too."
            ),
            options=[_option(booked, wording.current()) for booked in _asked(permit).values()],
        ),
        Choice(name="outcome", label=_("What came of it?"), options=_outcomes()),
        *due.fields(
            _("If it was moved: to which day?"),
            _("A new appointment is booked then. Leave it empty if there is no new day yet."),
        ),
        Words(name="text", label=_("A few words"), hint=_("You can leave it empty."), rows=3),
    ]


def _asked(permit: Permit) -> dict[str, Booked]:
    """What workers told of, by its key: all of which nothing is said yet, then the last few of the others."""
    found = queries.appointments(permit, since=clock.day_of(permit.at) - ASKED) or []
    by_hand = [each for each in found if each.key]
    answered = [each for each in reversed(by_hand) if each.outcome][:ANSWERED]
    return {each.key: each for each in (*(each for each in by_hand if not each.outcome), *answered)}


def _option(booked: Booked, _: Wording) -> Option:
    label = f"{appointments.when(booked, _)}: {appointments.what(booked, _)}"
    return Option(booked.key, label, hint=_.label("attendance_outcomes", booked.outcome))


def _outcomes() -> list[Option]:
    """Each with whose miss it counts as."""
    misses = {
        "person": _("Counts as their own miss."),
        "service": _("Counts as the service's miss, not theirs."),
        "prison": _("Counts as the prison's miss, not theirs."),
        "not_known": _("Counts as nobody's miss until it is known."),
    }
    return [
        Option(
            row["code"],
            wording.label("attendance_outcomes", row["code"]),
            hint=misses.get(row["missed_by"], ""),
        )
        for row in code_set("attendance_outcomes").rows
    ]


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    booked = _asked(permit).get(typed.text("appointment"))
    if booked is None:
        return {"appointment": _("Choose which appointment it was.")}
    wrong = rules.wrong_with_outcome(
        outcome=typed.text("outcome"), text=typed.text("text"), due_at=booked.at, now=permit.at
    )
    return wrong | _wrong_with_move(permit, typed)


def _wrong_with_move(permit: Permit, typed: Typed) -> dict[str, str]:
    when, day = due.due(typed), typed.day(due.ON)
    if day.is_unread:
        return {due.ON: _("Enter a day such as 27 3 2027, or leave it empty.")}
    if when.on is None:
        return due.wrong_with_time(typed)
    if typed.text("outcome") != rules.MOVED:
        return {due.ON: _("A new day is for what was moved. Leave it empty, or choose that it was.")}
    wrong = rules.wrong_with_due(when.on, when.at_time, when.at, today=clock.day_of(permit.at))
    return wrong | due.wrong_with_time(typed)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    key, text, when = typed.text("appointment"), typed.text("text"), due.due(typed)
    if when.on:
        return actions.move(permit, key, on=when.on, at_time=when.at_time, text=text, form=form)
    return actions.say_what_came_of_it(permit, key, outcome=typed.text("outcome"), text=text, form=form)


def _typed_from(entry: Spine, line: OutcomeLine) -> Mapping[str, str]:
    return {"appointment": entry.item, "outcome": line.outcome, "text": line.text}


SHEET = Sheet(
    what="outcome",
    kinds={"appointment_outcome"},
    words=_words,
    fields=_fields,
    is_offered=queries.records_appointments,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
