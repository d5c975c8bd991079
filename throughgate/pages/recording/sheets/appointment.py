"""An appointment: they are expected somewhere."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.pages.recording import due
from throughgate.pages.recording.fields import Choice, Field, Line, Words, all_of
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.referral import actions, queries, rules
from throughgate.referral.actions import Meeting
from throughgate.referral.queries import AppointmentLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("An appointment"),
        purpose=_("They are expected somewhere: by a prescriber, probation, a court, a group."),
        heading=_("Book an appointment"),
        button=_("Save the appointment"),
        kept=_("The appointment is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="what",
            label=_("What is it about?"),
            hint=_("Everybody who shares the plan can read it."),
            options=all_of("appointment_kinds"),
        ),
        *due.fields(_("On which day?"), _("Such as 27 3 2027.")),
        Line(name="with_whom", label=_("With whom?"), hint=_("A person, a service, the name of a group.")),
        Line(name="place", label=_("Where?")),
        Choice(name="mode", label=_("How will they meet?"), options=all_of("contact_modes")),
        Words(name="text", label=_("What they have to know or bring"), rows=3),
    ]


def _meeting(typed: Typed) -> Meeting:
    return Meeting(**{part: typed.text(part) for part in Meeting._fields})


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    when = due.due(typed)
    wrong = rules.wrong_with_appointment(
        _meeting(typed)._asdict(), on=when.on, at_time=when.at_time, at=when.at, today=clock.day_of(permit.at)
    )
    return wrong | due.wrong_with_time(typed)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    when = due.due(typed)
    if when.on is None:
        raise Refused(_("Enter the day, such as 27 3 2027."))
    return actions.book(permit, _meeting(typed), on=when.on, at_time=when.at_time, form=form)


def _typed_from(entry: Spine, line: AppointmentLine) -> Mapping[str, str]:
    return {**line._asdict(), **due.as_typed(entry)}


SHEET = Sheet(
    what="appointment",
    kinds={"appointment"},
    words=_words,
    fields=_fields,
    is_offered=queries.records_appointments,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
