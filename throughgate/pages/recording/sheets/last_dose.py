"""The last dose that was taken, with its time if that is known."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.recording import due
from throughgate.pages.recording.fields import Field, Line
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.sheets import medicine
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.treatment import actions, queries, rules
from throughgate.treatment.queries import DoseLine
from throughgate.treatment.rules import Taken

CONTROLS = {"taken_on": due.ON, "taken_at": due.AT_TIME}  # where a part of a dose has another name


def _words() -> SheetWords:
    return SheetWords(
        title=_("A last dose"),
        purpose=_("What was last taken, how much, and when: whoever prescribes next needs it."),
        heading=_("Record a last dose"),
        button=_("Save the dose"),
        kept=_("The dose is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Line(name="medicine", label=_("Which medicine?"), width="30"),
        *medicine.dose(),
        *due.fields(_("On which day was it taken?"), _("Such as 27 3 2026.")),
    ]


def _taken(typed: Typed) -> Taken:
    when = due.due(typed)
    return Taken(
        medicine=typed.text("medicine"),
        dose=typed.text("dose"),
        unit=typed.text("unit"),
        taken_on=when.on,
        taken_at=when.at if when.at_time else None,
    )


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    wrong = rules.wrong_with_dose(_taken(typed), now=permit.at, today=clock.day_of(permit.at))
    named = {CONTROLS.get(part, part): why for part, why in wrong.items()}
    return named | due.wrong_with_time(typed) | _left_out(due.due(typed))


def _left_out(when: due.Due) -> dict[str, str]:
    """A time that never was is not taken for one that is not known."""
    if when.on is None or when.at_time is None or when.at is not None:
        return {}
    return {due.AT_TIME: _("The clocks go forward that night, and there is no such time. Enter another.")}


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.record_dose(permit, _taken(typed), at=typed.at, form=form)


def _typed_from(entry: Spine, line: DoseLine) -> Mapping[str, str]:
    return {
        "medicine": line.medicine,
        "dose": line.amount_as_written,
        "unit": line.unit,
        **due.as_typed(entry),
    }


SHEET = Sheet(
    what="last-dose",
    kinds={"dose"},
    words=_words,
    fields=_fields,
    is_offered=queries.records_medicines,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
