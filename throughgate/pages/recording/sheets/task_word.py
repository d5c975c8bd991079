"""What became of something that one of the team was asked."""

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
from throughgate.team.told import TaskWordLine, Thing


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
            look_up=lambda: [_option(each) for each in queries.tasks(permit).values()],
            none=_("Nothing has been asked of the team yet."),
        ),
        Choice(name="state", label=_("How far is it?"), options=all_of("task_states")),
        Words(name="text", label=_("A few words"), hint=_("You can leave it empty."), rows=3),
    ]


def _option(thing: Thing) -> Option:
    state = wording.label("task_states", thing.word.line.state) if thing.word else ""
    return Option(thing.key, thing.said.line.text, hint=state)


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_word(
        is_known=typed.text("about") in queries.tasks(permit),
        state=typed.text("state"),
        states="task_states",
        text=typed.text("text"),
    )


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.say_of_task(
        permit,
        key=typed.text("about"),
        state=typed.text("state"),
        text=typed.text("text"),
        at=typed.at,
        form=form,
    )


def _typed_from(entry: Spine, line: TaskWordLine) -> Mapping[str, str]:
    return {"about": entry.item, **line._asdict()}


SHEET = Sheet(
    what="task_word",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is TaskWordLine),
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
