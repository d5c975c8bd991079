"""A goal: what the person wants, on the plan that the team shares."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Choice, Field, Words, all_of, day_typed, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import BY
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules
from throughgate.team.queries import GoalLine


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
        team_fields.by(_("By when?")),
    ]


def _is_offered(permit: Permit) -> bool:
    return bool(queries.goal_domains(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    wrong = rules.wrong_with_goal(
        domain=typed.text("domain"),
        offered=queries.goal_domains(permit),
        whose=typed.text("whose"),
        text=typed.text("text"),
        by_on=typed.day(BY).on,
        today=clock.day_of(permit.at),
    )
    return wrong | team_fields.wrong_with_by(typed)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.set_goal(
        permit,
        domain=typed.text("domain"),
        whose=typed.text("whose"),
        text=typed.text("text"),
        by_on=typed.day(BY).on,
        at=typed.at,
        form=form,
    )


def _typed_from(entry: Spine, line: GoalLine) -> Mapping[str, str]:
    domain = entry.kind.removeprefix("goal_")
    return {"domain": domain, "whose": line.whose, "text": line.text, **day_typed(BY, line.by_on)}


SHEET = Sheet(
    what="goal",
    kinds=frozenset(kind for kind, shape in queries.SHAPES.items() if shape is GoalLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
