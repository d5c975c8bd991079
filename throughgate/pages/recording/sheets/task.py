"""A task: somebody is asked to do something."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Field, Found, Line, Words, day_typed
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import BY, POST
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.rules import Task
from throughgate.team.told import TaskLine

THEIRS = "theirs"  # the person does it themself


def _words() -> SheetWords:
    return SheetWords(
        title=_("Something to do, and who does it"),
        purpose=_("For a goal, or by itself. It stands on the page of whoever is asked."),
        heading=_("What is to be done, and by whom"),
        button=_("Ask it"),
        kept=_("What is to be done is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        team_fields.member(permit, _("Who does it?"), also=[Option(THEIRS, _("The person themself"))]),
        Line(
            name="who",
            label=_("Or somebody who does not work with throughgate"),
            hint=_("Their name and where they work. You can leave it empty."),
        ),
        Words(
            name="text",
            label=_("What is to be done?"),
            hint=_("Whoever shares what it is for can read it. What is for nothing named, the whole team."),
            rows=3,
        ),
        Found(
            name="serves",
            label=_("What is it for?"),
            hint=_("You can leave it empty."),
            look_up=lambda: _served(permit),
            none=_("No goal that you can see is on the plan yet."),
        ),
        team_fields.by(_("By when?")),
    ]


def _served(permit: Permit) -> list[Option]:
    goals, days = queries.to_serve(permit)
    hint = _("A hard day. Only that they are to be looked in on is told.")
    return [
        *(
            Option(goal.key, goal.said.line.text, wording.label("need_domains", told.about(goal.said.entry)))
            for goal in goals
            if goal.is_open
        ),
        *(Option(day.entry.item, day.line.text, hint) for day in days),
    ]


def _task(typed: Typed) -> Task:
    return Task(
        text=typed.text("text"),
        post_id=team_fields.post_id(typed),
        who=typed.text("who"),
        is_theirs=typed.text(POST) == THEIRS,
        by_on=typed.day(BY).on,
        serves=typed.text("serves"),
    )


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    task = _task(typed)
    wrong = rules.wrong_with_task(
        task,
        members=queries.members(permit),
        served=queries.served(permit, task.serves),
        today=clock.day_of(permit.at),
    )
    return wrong | team_fields.wrong_with_by(typed)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.ask(permit, _task(typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: TaskLine) -> Mapping[str, str]:
    by_whom = str(line.post) if line.post else "" if line.who else THEIRS
    said = {"who": line.who, "text": line.text, "serves": line.serves}
    return {POST: by_whom, **said, **day_typed(BY, line.by_on)}


SHEET = Sheet(
    what="task",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is TaskLine),
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
