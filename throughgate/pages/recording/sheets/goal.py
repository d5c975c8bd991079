"""A goal: what the person wants, on the plan that the team shares."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Choice, Field, Found, Words, all_of, day_typed, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import BY
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.rules import Goal
from throughgate.team.told import GoalLine, Said

TIED_TO = "tied_to"  # a sheet has a reason of its own: why it corrects an entry


def _words() -> SheetWords:
    return SheetWords(
        title=_("A goal"),
        purpose=_("What the person wants, in their words, on the plan that the team shares."),
        heading=_("What they want"),
        button=_("Save the goal"),
        kept=_("The goal is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="domain",
            label=_("What is it about?"),
            hint=_("This decides who can read it."),
            options=options("need_domains", queries.goal_domains(permit)),
        ),
        Choice(name="whose", label=_("Whose words are these?"), options=all_of("voices")),
        Words(name="text", label=_("What do they want?"), hint=_("As they say it."), rows=3),
        Choice(
            name="agreed",
            label=_("Do they agree with it?"),
            hint=_("You can leave it empty where it is their own."),
            options=all_of("goal_agreements"),
        ),
        Found(
            name=TIED_TO,
            label=_("Which of their own reasons is it tied to?"),
            hint=_("You can leave it empty."),
            look_up=lambda: [_reason(each) for each in queries.reasons(permit).values()],
            none=_("No reason that you can see is on the record yet."),
        ),
        team_fields.by(_("By when?")),
    ]


def _reason(said: Said) -> Option:
    part = wording.label("reason_parts", told.about(said.entry))
    return Option(said.entry.item, wording.label("reasons", said.line.reason), hint=part)


def _goal(typed: Typed) -> Goal:
    said = {name: typed.text(name) for name in ("domain", "whose", "text", "agreed")}
    return Goal(**said, reason=typed.text(TIED_TO), by_on=typed.day(BY).on)


def _is_offered(permit: Permit) -> bool:
    return bool(queries.goal_domains(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    wrong = rules.wrong_with_goal(
        _goal(typed),
        offered=queries.goal_domains(permit),
        reasons=queries.reasons(permit),
        today=clock.day_of(permit.at),
    )
    return wrong | team_fields.wrong_with_by(typed)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.set_goal(permit, _goal(typed), at=typed.at, form=form)


def _typed_from(entry: Spine, line: GoalLine) -> Mapping[str, str]:
    said = line._asdict()
    tied_to = {TIED_TO: said.pop("reason")}
    return {"domain": told.about(entry), **day_typed(BY, said.pop("by_on")), **tied_to, **said}


SHEET = Sheet(
    what="goal",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is GoalLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
