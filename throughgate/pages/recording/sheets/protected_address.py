"""Where they live and must not be found."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Field, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.sharing import actions, queries, rules
from throughgate.sharing.rules import ProtectedLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("An address that must not be known"),
        purpose=_("Where they live or stay. Only those they chose read it, and no paper prints it."),
        heading=_("An address that must not be known"),
        button=_("Save the address"),
        kept=_("The address is on the record, for those they chose"),
    )


def _fields(_permit: Permit) -> Sequence[Field]:
    return [
        Words(
            name="text",
            label=_("Where is it, and how is it written to?"),
            hint=_("From now on no paper says where they live, this address or another."),
            rows=4,
        )
    ]


def _wrong(_permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_address(typed.text("text"))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.protect(permit, typed.text("text"), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: ProtectedLine) -> Mapping[str, str]:
    return {"text": line.text}


SHEET = Sheet(
    what="protected-address",
    kinds=frozenset({"protected_address"}),
    words=_words,
    fields=_fields,
    is_offered=queries.records_addresses,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
