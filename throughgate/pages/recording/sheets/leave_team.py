"""Somebody leaves the team around the person."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Field, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import AGREED, POST
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules
from throughgate.team.told import MembershipLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Somebody leaves the team"),
        purpose=_("Their part is done, they change their job, or the person wants somebody else."),
        heading=_("Who leaves the team"),
        button=_("Save who leaves"),
        kept=_("Who left the team is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        team_fields.ever_member(permit, _("Who leaves?")),
        Words(
            name="why",
            label=_("Why?"),
            hint=_(
                "Everybody on the team can read it. What they led is led by nobody until it is handed on."
            ),
            rows=2,
        ),
        team_fields.agreed(_("Leave it empty if nobody could ask.")),
    ]


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    is_member = team_fields.post_id(typed) in queries.ever_members(permit)
    return rules.wrong_with_leaving(is_member=is_member, why=typed.text("why"), agreed=typed.text(AGREED))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    post_id = team_fields.post_id(typed)
    return actions.leave(
        permit, post_id=post_id, why=typed.text("why"), agreed=typed.text(AGREED), at=typed.at, form=form
    )


def _typed_from(_entry: Spine, line: MembershipLine) -> Mapping[str, str]:
    return {POST: str(line.post), "why": line.why, AGREED: line.agreed}


SHEET = Sheet(
    what="leave_team",
    kinds={"team_left"},
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
