"""A contact: somebody spoke with the person, or tried to."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.contacts import actions, queries, rules
from throughgate.contacts.queries import ContactLine
from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Field, Moment, Words, all_of, moment_typed
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form


def _words() -> SheetWords:
    return SheetWords(
        title=_("A contact"),
        purpose=_("You reached them, or tried to, or it could not be."),
        heading=_("Record a contact"),
        button=_("Save the contact"),
        kept=_("The contact is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(name="mode", label=_("How was it done, or tried?"), options=all_of("contact_modes")),
        Choice(name="outcome", label=_("What came of it?"), options=all_of("contact_outcomes")),
        Words(
            name="text",
            label=_("A few words"),
            hint=_(
                "You can leave it empty. Everybody who shares the plan can read it:"
                " what is about health goes into a note."
            ),
        ),
        Moment(name="at", label=_("It was not just now")),
    ]


def _is_offered(permit: Permit) -> bool:
    return queries.records_contacts(permit)


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_contact(
        mode=typed.text("mode"),
        outcome=typed.text("outcome"),
        text=typed.text("text"),
        at=typed.moment("at").at,
        now=permit.at,
    )


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    moment = typed.moment("at")
    return actions.record_contact(
        permit,
        mode=typed.text("mode"),
        outcome=typed.text("outcome"),
        text=typed.text("text"),
        at=moment.at or typed.at,
        dated_by=moment.dated_by,
        form=form,
    )


def _typed_from(entry: Spine, line: ContactLine) -> Mapping[str, str]:
    return {**line._asdict(), **moment_typed("at", entry)}


SHEET = Sheet(
    what="contact",
    kinds={"contact"},
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
