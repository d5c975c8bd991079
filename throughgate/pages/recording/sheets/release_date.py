"""A day to leave on, as somebody told a worker."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.custody import actions, queries, rules
from throughgate.custody.queries import DateLine
from throughgate.custody.rules import ToldDate
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Day, Field, Line, all_of, day_typed, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form


def _words() -> SheetWords:
    return SheetWords(
        title=_("A release date"),
        purpose=_("A day to leave on that you were told. The prison's own record stays beside it."),
        heading=_("Record a release date that you were told"),
        button=_("Save the date"),
        kept=_("The release date is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="date_type",
            label=_("What kind of date is it?"),
            options=options("release_date_types", queries.told_types(permit)),
        ),
        Day(name="expected_on", label=_("Which day?"), hint=_("Such as 27 3 2026.")),
        Choice(name="certainty", label=_("How certain is it?"), options=all_of("date_certainties")),
        Line(
            name="told_by",
            label=_("Who told you?"),
            hint=_("A name, or an office such as the offender management unit."),
            width="30",
        ),
    ]


def _told(typed: Typed) -> ToldDate:
    return ToldDate(
        date_type=typed.text("date_type"),
        expected_on=typed.day("expected_on").on,
        certainty=typed.text("certainty"),
        told_by=typed.text("told_by"),
    )


def _is_offered(permit: Permit) -> bool:
    return bool(queries.told_types(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    on = clock.day_of(permit.at)
    return rules.wrong_with_date(_told(typed), offered=queries.told_types(permit), on=on)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.tell_release_date(permit, _told(typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: DateLine) -> Mapping[str, str]:
    return {
        "date_type": line.date_type,
        "certainty": line.certainty,
        "told_by": line.told_by,
        **day_typed("expected_on", line.expected_on),
    }


SHEET = Sheet(
    what="release-date",
    kinds={"expected_date"},
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,  # nobody who has died leaves
)
