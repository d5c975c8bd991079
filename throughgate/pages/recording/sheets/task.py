"""A task: one of the team is asked to do something."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Field, Words, day_typed
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import BY, POST
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules
from throughgate.team.queries import TaskLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Something to ask of one of the team"),
        purpose=_("It stands on their own page until they say what became of it."),
        heading=_("What you ask of one of the team"),
        button=_("Ask it"),
        kept=_("What you ask is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        team_fields.member(permit, _("Of whom do you ask it?")),
        Words(
            name="text",
            label=_("What is to be done?"),
            hint=_("Everybody who shares the plan can read it: what is about health goes into a message."),
            rows=3,
        ),
        team_fields.by(_("By when?")),
    ]


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    is_member = team_fields.post_id(typed) in queries.members(permit)
    wrong = rules.wrong_with_task(
        is_member=is_member,
        text=typed.text("text"),
        by_on=typed.day(BY).on,
        today=clock.day_of(permit.at),
    )
    return wrong | team_fields.wrong_with_by(typed)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    post_id = team_fields.post_id(typed)
    return actions.ask(
        permit, post_id=post_id, text=typed.text("text"), by_on=typed.day(BY).on, at=typed.at, form=form
    )


def _typed_from(_entry: Spine, line: TaskLine) -> Mapping[str, str]:
    return {POST: str(line.post), "text": line.text, **day_typed(BY, line.by_on)}


SHEET = Sheet(
    what="task",
    kinds={"task"},
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
