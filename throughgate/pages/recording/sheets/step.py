"""That a step of the pathway is done, or is not needed."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Field, Listed, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.steps import what
from throughgate.pages.wording import current
from throughgate.pages.wording import words as _
from throughgate.pathway import actions, queries
from throughgate.pathway.queries import StepWordLine
from throughgate.pathway.rows import known_steps
from throughgate.pathway.rules import wrong_with_word
from throughgate.record.queries import Spine
from throughgate.record.rules import Form


def _words() -> SheetWords:
    return SheetWords(
        title=_("A step that is done or not needed"),
        purpose=_("Anything the pathway asks for that has no form of its own."),
        heading=_("A step that is done or not needed"),
        button=_("Save what you say of the step"),
        kept=_("What you said of the step is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Listed(name="step", label=_("Which step?"), look_up=partial(_steps, permit)),
        Choice(name="state", label=_("What is so?"), options=_states()),
        Words(name="text", label=_("A few words"), hint=_("What was done, or why it is not needed."), rows=3),
    ]


def _steps(permit: Permit) -> list[Option]:
    """Those that are open first, the soonest at the head."""
    found = sorted(queries.steps_to_settle(permit).items(), key=lambda each: not each[1].is_open)
    return [
        Option("", _("Choose a step")),
        *(Option(key, what(step, current())) for key, step in found),
    ]


def _states() -> list[Option]:
    return [
        Option("done", _("It is done"), hint=_("Whoever did it has said so.")),
        Option(
            "not_needed", _("It is not needed"), hint=_("It stands on the record, with why, and is closed.")
        ),
    ]


def _is_offered(permit: Permit) -> bool:
    return queries.settles_steps(permit)


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    step = queries.steps_to_settle(permit).get(typed.text("step"))
    if step is None:
        return {"step": _("Choose which step it is.")}
    return wrong_with_word(known_steps()[step.code], state=typed.text("state"), text=typed.text("text"))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.settle_step(
        permit,
        step=typed.text("step"),
        state=typed.text("state"),
        text=typed.text("text"),
        at=typed.at,
        form=form,
    )


def _typed_from(_entry: Spine, line: StepWordLine) -> Mapping[str, str]:
    return {"step": line.step, "state": line.state, "text": line.text}


SHEET = Sheet(
    what="step",
    kinds=frozenset(kind for kind, shape in queries.SHAPES.items() if shape is StepWordLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,  # nobody who has died has a pathway
)
