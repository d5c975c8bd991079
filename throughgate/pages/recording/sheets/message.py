"""A message to one of the team, or to all of it, that stays in the record."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording import team_fields
from throughgate.pages.recording.fields import Choice, Field, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import POST
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.told import MessageLine

ALL = "all"


def _words() -> SheetWords:
    return SheetWords(
        title=_("A message to the team"),
        purpose=_("To one of them or to all; it stays in the record, and says who has opened it."),
        heading=_("Write to the team"),
        button=_("Send the message"),
        kept=_("The message is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    everybody = Option(ALL, _("The whole team"))
    return [
        Choice(
            name="kind",
            label=_("What is it about?"),
            hint=_("This decides who can read it, whoever it is for."),
            options=[
                Option(kind, wording.label("categories", about))
                for kind, about in queries.message_kinds(permit).items()
            ],
        ),
        team_fields.member(permit, _("Whom is it for?"), also=[everybody]),
        Words(
            name="text",
            label=_("The message"),
            hint=_("It stays in the record, and the person can read it."),
            rows=4,
        ),
    ]


def _is_offered(permit: Permit) -> bool:
    return bool(queries.message_kinds(permit)) and queries.reads_teams(permit)


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    is_receiver = typed.text(POST) == ALL or team_fields.post_id(typed) in queries.members(permit)
    return rules.wrong_with_message(
        kind=typed.text("kind"),
        kinds=queries.message_kinds(permit),
        is_receiver=is_receiver,
        text=typed.text("text"),
    )


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.write(
        permit,
        kind=typed.text("kind"),
        post_id=team_fields.post_id(typed),
        is_to_all=typed.text(POST) == ALL,
        text=typed.text("text"),
        at=typed.at,
        form=form,
    )


def _typed_from(entry: Spine, line: MessageLine) -> Mapping[str, str]:
    return {"kind": entry.kind, POST: str(line.post or ALL), "text": line.text}


SHEET = Sheet(
    what="message",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is MessageLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
)
