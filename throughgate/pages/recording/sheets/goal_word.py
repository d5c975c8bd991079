"""How far a goal of the shared plan is."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Field, Found, Words, all_of
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.told import GoalWordLine, Thing


def _words() -> SheetWords:
    return SheetWords(
        title=_("How far a goal is"),
        purpose=_("On the way, waiting, reached, or they want something else now."),
        heading=_("How far a goal is"),
        button=_("Save how far it is"),
        kept=_("How far the goal is, is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Found(
            name="about",
            label=_("Which goal?"),
            look_up=lambda: [_option(each) for each in queries.goals(permit).values()],
            none=_("No goal that you can see is on the plan yet."),
        ),
        Choice(name="state", label=_("How far is it?"), options=all_of("goal_states")),
        Words(name="text", label=_("A few words"), hint=_("You can leave it empty."), rows=3),
    ]


def _option(thing: Thing) -> Option:
    state = wording.label("goal_states", thing.word.line.state) if thing.word else ""
    return Option(thing.key, thing.said.line.text, hint=state)


def _is_offered(permit: Permit) -> bool:
    return bool(queries.goal_domains(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_word(
        is_known=typed.text("about") in queries.goals(permit),
        state=typed.text("state"),
        states="goal_states",
        text=typed.text("text"),
    )


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.say_of_goal(
        permit,
        key=typed.text("about"),
        state=typed.text("state"),
        text=typed.text("text"),
        at=typed.at,
        form=form,
    )


def _typed_from(entry: Spine, line: GoalWordLine) -> Mapping[str, str]:
    return {"about": entry.item, **line._asdict()}


SHEET = Sheet(
    what="goal_word",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is GoalWordLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
