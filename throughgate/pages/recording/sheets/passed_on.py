"""That what was told to treatment was passed on: to whom, on which ground, and how the person learns it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.oversight import passing_on, rules
from throughgate.oversight.passing_on import PassedOnLine
from throughgate.oversight.rules import Passing
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Day, Field, Line, Words, day_typed, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form

TELLINGS = ["in_person", "book", "letter", "unsafe"]


def _words() -> SheetWords:
    return SheetWords(
        title=_("Something passed on"),
        purpose=_("You told somebody outside treatment what was told to you, because the law lets you."),
        heading=_("Something that was told to you was passed on"),
        button=_("Save that it was passed on"),
        kept=_("It is on the record that this was passed on"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Line(
            name="to_whom",
            label=_("Who did you tell?"),
            hint=_("Their role and organisation, such as safer custody, HMP Exampleton."),
        ),
        Words(name="text", label=_("What did you tell them?"), hint=_("No more than they needed."), rows=3),
        Choice(name="ground", label=_("What makes it lawful?"), options=_grounds()),
        Words(name="why", label=_("Why?"), hint=_("Who would have come to harm, and how."), rows=3),
        Choice(
            name="telling",
            label=_("How do they learn that you passed it on?"),
            options=options("oversight_telling", TELLINGS),
        ),
        Words(
            name="why_unsafe",
            label=_("If telling them is not safe now: why?"),
            hint=_("You can leave it empty otherwise."),
            rows=2,
        ),
        Day(name="ask_again_on", label=_("And on which day is that asked again?")),
    ]


def _grounds() -> list[Option]:
    rows = code_set("lawful_grounds").rows
    return [
        Option(row["code"], wording.label("lawful_grounds", row["code"]), hint=row["basis"]) for row in rows
    ]


def _passing(typed: Typed) -> Passing:
    return Passing(
        to_whom=typed.text("to_whom"),
        text=typed.text("text"),
        ground=typed.text("ground"),
        why=typed.text("why"),
        telling=typed.text("telling"),
        why_unsafe=typed.text("why_unsafe"),
        ask_again_on=typed.day("ask_again_on").on,
    )


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_passing(_passing(typed), on=clock.day_of(permit.at))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return passing_on.pass_on(permit, _passing(typed), form=form)


def _typed_from(_entry: Spine, line: PassedOnLine) -> Mapping[str, str]:
    said = {name: value for name, value in line._asdict().items() if name != "ask_again_on"}
    return {**said, **day_typed("ask_again_on", line.ask_again_on)}


SHEET = Sheet(
    what="passed-on",
    kinds=frozenset({"passed_on"}),
    words=_words,
    fields=_fields,
    is_offered=passing_on.passes_on,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
