"""A day that is hard for them: when it is, and what helps then."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Day, Field, Words, day_typed
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules
from throughgate.team.rules import HardDay
from throughgate.team.told import HardDayLine

ON, YEARLY, ONCE = "falls_on", "yes", "no"


def _words() -> SheetWords:
    return SheetWords(
        title=_("A hard day"),
        purpose=_(
            "A day known to be hard for them, and what helps then. The plan asks who looks in on them."
        ),
        heading=_("A day that is hard for them"),
        button=_("Save the day"),
        kept=_("The hard day is on the record"),
    )


def _fields(_permit: Permit) -> Sequence[Field]:
    return [
        Words(name="text", label=_("What day is it?"), hint=_("In their words."), rows=2),
        Day(name=ON, label=_("When is it?"), hint=_("Such as 27 3 2027.")),
        Choice(
            name="is_yearly",
            label=_("Does it come each year?"),
            options=[Option(ONCE, _("Once")), Option(YEARLY, _("Each year"))],
        ),
        Words(name="helps", label=_("What helps then?"), hint=_("You can leave it empty."), rows=3),
    ]


def _day(typed: Typed) -> HardDay:
    return HardDay(
        falls_on=typed.day(ON).on,
        is_yearly=typed.text("is_yearly") == YEARLY,
        text=typed.text("text"),
        helps=typed.text("helps"),
    )


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    wrong = rules.wrong_with_hard_day(_day(typed), today=clock.day_of(permit.at))
    is_chosen = typed.text("is_yearly") in {YEARLY, ONCE}
    return wrong if is_chosen else wrong | {"is_yearly": _("Choose whether it comes each year.")}


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.name_hard_day(permit, _day(typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: HardDayLine) -> Mapping[str, str]:
    is_yearly = YEARLY if line.is_yearly else ONCE
    return {"text": line.text, "helps": line.helps, "is_yearly": is_yearly, **day_typed(ON, line.falls_on)}


SHEET = Sheet(
    what="hard-day",
    kinds=frozenset({"hard_day"}),
    words=_words,
    fields=_fields,
    is_offered=queries.writes_hard_days,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
    leads_to="plan",
)
