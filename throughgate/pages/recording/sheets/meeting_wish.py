"""Where, and with whom, somebody wants to be seen."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Field, Line, Words, all_of
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules
from throughgate.team.rules import MeetingWish
from throughgate.team.told import MeetingWishLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Where and with whom they want to be seen"),
        purpose=_("Their choice of place and of worker, for everybody who meets them."),
        heading=_("Where and with whom they want to be seen"),
        button=_("Save their choice"),
        kept=_("Their choice is on the record"),
    )


def _fields(_permit: Permit) -> Sequence[Field]:
    empty = _("You can leave it empty.")
    return [
        Choice(name="setting", label=_("Where?"), options=all_of("meeting_settings")),
        Line(
            name="worker",
            label=_("With whom, or with whom not?"),
            hint=_("Such as a woman, or somebody who has been there. You can leave it empty."),
            width="30",
        ),
        Words(name="text", label=_("Anything else"), hint=empty, rows=3),
    ]


def _wish(typed: Typed) -> MeetingWish:
    return MeetingWish(setting=typed.text("setting"), worker=typed.text("worker"), text=typed.text("text"))


def _wrong(_permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_meeting_wish(_wish(typed))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.wish_for_meetings(permit, _wish(typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: MeetingWishLine) -> Mapping[str, str]:
    return line._asdict()


SHEET = Sheet(
    what="meeting-wish",
    kinds=frozenset({"meeting_wish"}),
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
    leads_to="team",
)
