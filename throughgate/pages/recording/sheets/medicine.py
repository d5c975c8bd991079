"""A medicine that is prescribed, or was stopped."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.directory import places
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.recording.days import wrong_with_days
from throughgate.pages.recording.fields import Choice, Day, Field, Line, all_of, day_typed
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.treatment import actions, queries, rules
from throughgate.treatment.queries import PrescriptionLine
from throughgate.treatment.rules import Prescribed

DAYS = ("started_on", "until_on", "stopped_on")


def _words() -> SheetWords:
    return SheetWords(
        title=_("A medicine"),
        purpose=_("What is prescribed, until when it lasts, who prescribes it, or that it was stopped."),
        heading=_("Record a medicine"),
        button=_("Save the medicine"),
        kept=_("The medicine is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Line(
            name="medicine",
            label=_("Which medicine?"),
            hint=_(
                "Its name and strength. It takes the place of what your organisation last wrote of it here."
            ),
            width="30",
        ),
        *dose(),
        Line(
            name="frequency",
            label=_("How often?"),
            hint=_("Such as daily, or twice a day. You can leave it empty."),
        ),
        Choice(
            name="supervised",
            label=_("How is it taken?"),
            hint=_("You can leave it empty."),
            options=all_of("supervision"),
        ),
        Day(name="started_on", label=_("From which day?"), hint=_("You can leave it empty.")),
        Day(
            name="until_on",
            label=_("Until which day does it last?"),
            hint=_(
                "The last day that the supply or the prescription covers. Of an injection, the day the next"
                " is due. Leave it empty if you do not know."
            ),
        ),
        Day(
            name="stopped_on", label=_("If it was stopped: on which day?"), hint=_("You can leave it empty.")
        ),
        Line(
            name="prescriber",
            label=_("Who prescribes it?"),
            hint=_("You can leave it empty."),
            width="30",
        ),
        Line(
            name="pharmacy",
            label=_("From which pharmacy?"),
            hint=_("By the name it has here: only then is it known when it opens. You can leave it empty."),
            width="30",
            suggestions=places.pharmacies(),
        ),
    ]


def dose() -> Sequence[Field]:
    """How much, as it is written, and of what."""
    return [
        Line(
            name="dose",
            label=_("The dose"),
            hint=_("As it is written, such as 60 or 0.5. Leave it empty if you do not know."),
            width="10",
        ),
        Choice(
            name="unit",
            label=_("Measured in"),
            hint=_("A number alone can be read in two ways."),
            options=all_of("dose_units"),
        ),
    ]


def _prescribed(typed: Typed) -> Prescribed:
    return Prescribed(
        medicine=typed.text("medicine"),
        dose=typed.text("dose"),
        unit=typed.text("unit"),
        frequency=typed.text("frequency"),
        supervised=typed.text("supervised"),
        started_on=typed.day("started_on").on,
        until_on=typed.day("until_on").on,
        stopped_on=typed.day("stopped_on").on,
        prescriber=typed.text("prescriber"),
        pharmacy=typed.text("pharmacy"),
    )


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    today = clock.day_of(permit.at)
    return rules.wrong_with_prescription(_prescribed(typed), today=today) | wrong_with_days(typed, *DAYS)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.record_prescription(permit, _prescribed(typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: PrescriptionLine) -> Mapping[str, str]:
    return {
        "medicine": line.medicine,
        "dose": line.dose_as_written,
        "unit": line.unit,
        "frequency": line.frequency,
        "supervised": line.supervised,
        "prescriber": line.prescriber,
        "pharmacy": line.pharmacy,
        **day_typed("started_on", line.started_on),
        **day_typed("until_on", line.until_on),
        **day_typed("stopped_on", line.stopped_on),
    }


SHEET = Sheet(
    what="medicine",
    kinds={"prescription"},
    words=_words,
    fields=_fields,
    is_offered=queries.records_medicines,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
