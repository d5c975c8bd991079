"""A reason: what started it, keeps it going, protects, or would make it worth it for them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Field, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.rules import Reason
from throughgate.team.told import ReasonLine

WHICH = "which"  # a sheet has a reason of its own: why it corrects an entry


def _words() -> SheetWords:
    return SheetWords(
        title=_("A reason"),
        purpose=_("What started it, keeps it going, protects, or would make it worth it for them."),
        heading=_("Record a reason"),
        button=_("Save the reason"),
        kept=_("The reason is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    parts = {row["code"]: row["question"] for row in code_set("reason_parts").rows}
    return [
        Choice(
            name="part",
            label=_("What does it do?"),
            options=[
                Option(code, wording.label("reason_parts", code), hint=_(parts[code]))
                for code in queries.reason_parts(permit)
            ],
        ),
        Choice(
            name=WHICH,
            label=_("Which is nearest?"),
            options=[
                Option(row["code"], wording.label("reasons", row["code"])) for row in code_set("reasons").rows
            ],
        ),
        Words(name="text", label=_("In their words"), hint=_("You can leave it empty."), rows=3),
    ]


def _reason(typed: Typed) -> Reason:
    return Reason(part=typed.text("part"), reason=typed.text(WHICH), text=typed.text("text"))


def _is_offered(permit: Permit) -> bool:
    return bool(queries.reason_parts(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_reason(_reason(typed), parts=queries.reason_parts(permit))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.give_reason(permit, _reason(typed), at=typed.at, form=form)


def _typed_from(entry: Spine, line: ReasonLine) -> Mapping[str, str]:
    return {"part": told.about(entry), WHICH: line.reason, "text": line.text}


SHEET = Sheet(
    what="reason",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is ReasonLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    leads_to="plan",
)
