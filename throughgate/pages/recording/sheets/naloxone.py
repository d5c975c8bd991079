"""How far somebody is with naloxone to take home."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Field, Moment, Words, moment_typed
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.treatment import actions, queries, rules
from throughgate.treatment.queries import NaloxoneLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Naloxone"),
        purpose=_("That it was offered, that they know how it is used, that they have it."),
        heading=_("Record how far they are with naloxone"),
        button=_("Save how far they are"),
        kept=_("How far they are with naloxone is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(name="state", label=_("How far are they?"), options=_states()),
        Words(name="text", label=_("A few words"), hint=_("You can leave it empty."), rows=3),
        Moment(name="at", label=_("It was not just now")),
    ]


def _states() -> list[Option]:
    return [
        Option(row["code"], wording.label("naloxone_states", row["code"]), hint=_(row["meaning"]))
        for row in code_set("naloxone_states").rows
    ]


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_naloxone(
        state=typed.text("state"), text=typed.text("text"), at=typed.moment("at").at, now=permit.at
    )


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    moment = typed.moment("at")
    return actions.record_naloxone(
        permit,
        state=typed.text("state"),
        text=typed.text("text"),
        at=moment.at or typed.at,
        dated_by=moment.dated_by,
        form=form,
    )


def _typed_from(entry: Spine, line: NaloxoneLine) -> Mapping[str, str]:
    return {**line._asdict(), **moment_typed("at", entry)}


SHEET = Sheet(
    what="naloxone",
    kinds={"naloxone"},
    words=_words,
    fields=_fields,
    is_offered=queries.records_medicines,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
