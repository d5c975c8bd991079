"""How far a goal of the shared plan is."""

from collections.abc import Sequence

from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Field, Found, Words, all_of
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.sheets import last_word
from throughgate.pages.wording import words as _
from throughgate.team import actions, queries, rules, told
from throughgate.team.told import GoalWordLine


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
            look_up=lambda: [
                last_word.option(each, each.said.line.text, states="goal_states")
                for each in queries.goals(permit).values()
            ],
            none=_("No goal that you can see is on the plan yet."),
        ),
        Choice(name="state", label=_("How far is it?"), options=all_of("goal_states")),
        Words(name="text", label=_("A few words"), hint=_("You can leave it empty."), rows=3),
    ]


def _is_offered(permit: Permit) -> bool:
    return bool(queries.goal_domains(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_word(
        is_known=typed.text("about") in queries.goals(permit),
        state=typed.text("state"),
        states="goal_states",
        text=typed.text("text"),
    )


SHEET = Sheet(
    what="goal_word",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is GoalWordLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=last_word.keep_by(actions.say_of_goal),
    typed_from=last_word.typed_from,
    takes_late_entries=False,
)
