"""Who leads what: a domain of need, or all of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Choice, Field, Words, all_of
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import AGREED, POST
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.told import LeadLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Who leads what"),
        purpose=_("One of the team answers for a need, or for all of it; or hands it on."),
        heading=_("Who leads what"),
        button=_("Save who leads"),
        kept=_("Who leads it is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    whole = Option(rules.WHOLE, _("All of it"), hint=_("The one to turn to, whatever it is about."))
    return [
        Choice(name="domain", label=_("What is led?"), options=[whole, *all_of("need_domains")]),
        team_fields.member(permit, _("Who leads it from now on?")),
        team_fields.agreed(),
        Words(name="text", label=_("A few words"), hint=_("You can leave it empty."), rows=2),
    ]


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    is_member = team_fields.post_id(typed) in queries.members(permit)
    return rules.wrong_with_lead(
        domain=typed.text("domain"), is_member=is_member, agreed=typed.text(AGREED), text=typed.text("text")
    )


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.hand_lead(
        permit,
        domain=typed.text("domain"),
        post_id=team_fields.post_id(typed),
        agreed=typed.text(AGREED),
        text=typed.text("text"),
        at=typed.at,
        form=form,
    )


def _typed_from(entry: Spine, line: LeadLine) -> Mapping[str, str]:
    return {
        "domain": entry.kind.removeprefix("lead_"),
        POST: str(line.post),
        AGREED: line.agreed,
        "text": line.text,
    }


SHEET = Sheet(
    what="lead",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is LeadLine),
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
