"""Somebody who is on the team without an account: who it is, how to reach them, and what for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Choice, Field, Line, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules
from throughgate.team.rules import Outside
from throughgate.team.told import OutsideLine

ON, NO_MORE = "on", "no_more"
PARTS = ("name", "works_for", "reach", "text", "agreed")


def _words() -> SheetWords:
    return SheetWords(
        title=_("Somebody without an account, on the team"),
        purpose=_("A sponsor, a volunteer, a landlord: they stand on the team, and see nothing here."),
        heading=_("Somebody on the team who has no account"),
        button=_("Save who it is"),
        kept=_("Who it is, is on the record"),
    )


def _fields(_permit: Permit) -> Sequence[Field]:
    empty = _("You can leave it empty.")
    return [
        Line(name="name", label=_("What are they called?"), width="30"),
        Choice(
            name="holds",
            label=_("Are they on the team?"),
            options=[Option(ON, _("They are on it")), Option(NO_MORE, _("They are on it no more"))],
        ),
        Line(name="works_for", label=_("For whom do they work, or who are they?"), hint=empty, width="30"),
        Line(name="reach", label=_("How are they reached?"), hint=empty, width="30"),
        Words(name="text", label=_("What for, or why do they leave?"), rows=3),
        replace(team_fields.agreed(), hint=_("Whoever leaves may have to without the person being asked.")),
    ]


def _outside(typed: Typed) -> Outside:
    holds = {ON: True, NO_MORE: False}.get(typed.text("holds"))
    return Outside(holds=holds, **{name: typed.text(name) for name in PARTS})


def _wrong(_permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_outside(_outside(typed))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.name_outside(permit, _outside(typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: OutsideLine) -> Mapping[str, str]:
    said = {name: getattr(line, name) for name in PARTS}
    return {**said, "holds": ON if line.holds else NO_MORE}


SHEET = Sheet(
    what="outside",
    kinds=frozenset({"outside"}),
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
    leads_to="team",
)
