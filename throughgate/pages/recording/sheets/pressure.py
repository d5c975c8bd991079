"""Debt or pressure, told to one worker: nobody else learns that it was."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Field, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules
from throughgate.team.told import PressureLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Debt or pressure, told in private"),
        purpose=_("For one worker of their choice, and how they stay safe."),
        heading=_("Debt or pressure, told in private"),
        button=_("Keep it in private"),
        kept=_("It is kept, for you and for whom they chose"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        team_fields.may_be_told(permit, _("Whom do they want to know?")),
        Words(
            name="text",
            label=_("What do they say?"),
            hint=_(
                "In their words. You and whom they choose can read it, and the person. No list says that it"
                " is there. Tell them before: what would get somebody badly hurt has to be passed on."
            ),
            rows=4,
        ),
        Words(
            name="plan",
            label=_("How do they stay safe?"),
            hint=_(
                "Where they are safe, whom to ring, what they want done and not done. You can leave it empty."
            ),
            rows=4,
        ),
    ]


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    is_receiver = team_fields.post_id(typed) in queries.may_be_told(permit)
    return rules.wrong_with_pressure(
        is_receiver=is_receiver, text=typed.text("text"), plan=typed.text("plan")
    )


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.tell_of_pressure(
        permit,
        post_id=team_fields.post_id(typed),
        text=typed.text("text"),
        plan=typed.text("plan"),
        at=typed.at,
        form=form,
    )


def _typed_from(_entry: Spine, line: PressureLine) -> Mapping[str, str]:
    """Whom they chose stays as it was, and is chosen again."""
    return line._asdict()


SHEET = Sheet(
    what="pressure",
    kinds={"pressure"},
    words=_words,
    fields=_fields,
    is_offered=queries.hears_of_pressure,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
