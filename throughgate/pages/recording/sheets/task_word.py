"""What became of something that one of the team was asked."""

from collections.abc import Sequence

from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Field, Found, Words, all_of
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.sheets import last_word
from throughgate.pages.wording import words as _
from throughgate.team import actions, queries, rules, told
from throughgate.team.told import TaskWordLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("What became of something that was asked"),
        purpose=_("It is done, in hand, could not be done, or is not needed any more."),
        heading=_("What became of it"),
        button=_("Save what became of it"),
        kept=_("What became of it is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Found(
            name="about",
            label=_("What was asked?"),
            look_up=lambda: [
                last_word.option(each, each.said.line.text, states="task_states")
                for each in queries.tasks(permit).values()
            ],
            none=_("Nothing has been asked of the team yet."),
        ),
        Choice(name="state", label=_("How far is it?"), options=all_of("task_states")),
        Words(name="text", label=_("A few words"), hint=_("You can leave it empty."), rows=3),
    ]


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_word(
        is_known=typed.text("about") in queries.tasks(permit),
        state=typed.text("state"),
        states="task_states",
        text=typed.text("text"),
    )


SHEET = Sheet(
    what="task_word",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is TaskWordLine),
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=last_word.keep_by(actions.say_of_task),
    typed_from=last_word.typed_from,
    takes_late_entries=False,
)
