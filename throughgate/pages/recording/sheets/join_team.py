"""Somebody joins the team around the person."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Field, Line, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import AGREED
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules
from throughgate.team.told import MembershipLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Somebody joins the team"),
        purpose=_("A worker, peer or volunteer whom the person wants to have with them."),
        heading=_("Who joins the team"),
        button=_("Save who joins"),
        kept=_("Who joined the team is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Line(
            name="who",
            label=_("Who joins?"),
            hint=_(
                "Their name as they sign in with it, or their e-mail address. From then on the record opens"
                " to their organisation, as far as each role there may read."
            ),
            width="30",
        ),
        Words(name="why", label=_("What for?"), hint=_("Everybody on the team can read it."), rows=2),
        team_fields.agreed(_("Nobody joins whom the person does not want.")),
    ]


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    found = [each for _post, each in queries.candidates(permit, typed.text("who"))]
    return rules.wrong_with_joining(found, why=typed.text("why"), agreed=typed.text(AGREED))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.join(
        permit,
        who=typed.text("who"),
        why=typed.text("why"),
        agreed=typed.text(AGREED),
        at=typed.at,
        form=form,
    )


def _typed_from(_entry: Spine, line: MembershipLine) -> Mapping[str, str]:
    """Who it was is typed again: a name may mean somebody else by now."""
    return {"why": line.why, AGREED: line.agreed}


SHEET = Sheet(
    what="join_team",
    kinds={"team_joined"},
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
