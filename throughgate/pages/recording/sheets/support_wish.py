"""What the person asks for when something shows: for whoever responds first."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Field, Words, all_of
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.told import WishLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("What helps when something shows"),
        purpose=_("What the person asks others to do first, in their words."),
        heading=_("What helps when something shows"),
        button=_("Save what helps"),
        kept=_("What helps is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(name="sign", label=_("When what shows?"), options=all_of("support_signs")),
        Words(
            name="text",
            label=_("What do they ask for?"),
            hint=_(
                "In their words. Officers read it before they respond, and so does everybody who shares the"
                " plan: write no diagnosis and no medicine."
            ),
            rows=3,
        ),
    ]


def _wrong(_permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_wish(sign=typed.text("sign"), text=typed.text("text"))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.wish(permit, sign=typed.text("sign"), text=typed.text("text"), at=typed.at, form=form)


def _typed_from(entry: Spine, line: WishLine) -> Mapping[str, str]:
    return {"sign": entry.kind.removeprefix("wish_"), "text": line.text}


SHEET = Sheet(
    what="support_wish",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is WishLine),
    words=_words,
    fields=_fields,
    is_offered=queries.writes_teams,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
