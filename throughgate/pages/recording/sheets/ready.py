"""How far something is that has to be ready for the day somebody leaves."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock, wrong
from throughgate.foundation.permits import Permit
from throughgate.pages import steps, wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.days import wrong_with_days
from throughgate.pages.recording.fields import Choice, Day, Field, Words, day_typed, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.pathway import actions, queries
from throughgate.pathway.queries import ReadyLine
from throughgate.record.queries import Spine
from throughgate.record.rules import Form


def _words() -> SheetWords:
    return SheetWords(
        title=_("Something to be ready for the day they leave"),
        purpose=_("An appointment, medicines, a home for the night, somebody to meet them."),
        heading=_("Something to be ready for the day they leave"),
        button=_("Save how far it is"),
        kept=_("How far it is, is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="item",
            label=_("What is it about?"),
            hint=_("This decides who can read it."),
            options=options("readiness_items", list(queries.ready_items(permit))),
        ),
        Choice(name="state", label=_("How far is it?"), options=_states()),
        Day(
            name="on",
            label=_("For which day?"),
            hint=_("Such as the day of an appointment. You can leave it empty."),
        ),
        Words(
            name="text",
            label=_("A few words"),
            hint=_(
                "Who sees to it, where, or what stands in the way. About their home, and who meets them,"
                " it is printed on the sheet they carry: write it for them to read. You can leave it empty."
            ),
            rows=3,
        ),
    ]


def _states() -> list[Option]:
    hints = {
        "in_hand": _("Somebody is seeing to it."),
        "confirmed": _("Whoever has to do it has said so."),
    }
    said = steps.state_words(wording.current())
    return [Option(state, said[state].capitalize(), hint=hints.get(state, "")) for state in actions.TOLD]


def _is_offered(permit: Permit) -> bool:
    return bool(queries.ready_items(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    """What is left unsaid here is for the pathway to refuse."""
    sentences = {
        "item": "" if typed.text("item") in queries.ready_items(permit) else _("Choose what it is about."),
        "state": "" if typed.text("state") in actions.TOLD else _("Choose how far it is."),
        "on": wrong.too_far(typed.day("on").on, clock.day_of(permit.at)),
    }
    return wrong.parts(sentences) | wrong_with_days(typed, "on")


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.record_ready(
        permit,
        item=typed.text("item"),
        state=typed.text("state"),
        on_day=typed.day("on").on,
        text=typed.text("text"),
        at=typed.at,
        form=form,
    )


def _typed_from(entry: Spine, line: ReadyLine) -> Mapping[str, str]:
    item = entry.kind.removeprefix("ready_")
    return {"item": item, "state": line.state, "text": line.text, **day_typed("on", line.on_day)}


SHEET = Sheet(
    what="ready",
    kinds=frozenset(kind for kind, shape in queries.SHAPES.items() if shape is ReadyLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,  # nobody who has died is made ready to leave
)
