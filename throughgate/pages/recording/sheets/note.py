"""A note: anything else that a worker saw, did or heard."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.contacts import actions, queries, rules
from throughgate.contacts.queries import NoteLine
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording import readers
from throughgate.pages.recording.fields import Choice, Field, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form


def _words() -> SheetWords:
    return SheetWords(
        title=_("A note"),
        purpose=_("Anything else that you saw, did or heard."),
        heading=_("Add a note"),
        button=_("Save the note"),
        kept=_("Your note is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="kind",
            label=_("What is it about?"),
            hint=_("This decides who can read the note."),
            options=[
                Option(kind, wording.label("categories", about))
                for kind, about in queries.note_kinds(permit).items()
            ],
        ),
        Words(
            name="text",
            label=_("The note"),
            hint=_("What you saw, did or heard. Nothing can be changed later, only corrected."),
            rows=8,
        ),
        Choice(
            name=readers.NAME,
            label=_("Who may read it?"),
            hint=readers.hint(),
            options=readers.options(),
        ),
    ]


def _is_offered(permit: Permit) -> bool:
    return bool(queries.note_kinds(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_note(
        kind=typed.text("kind"), text=typed.text("text"), kinds=queries.note_kinds(permit)
    )


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.write_note(
        permit,
        kind=typed.text("kind"),
        text=typed.text("text"),
        at=typed.at,
        form=form,
        only_for=readers.named(permit, typed.text(readers.NAME)),
    )


def _typed_from(entry: Spine, line: NoteLine) -> Mapping[str, str]:
    return {"kind": entry.kind, "text": line.text, readers.NAME: readers.before(entry)}


SHEET = Sheet(
    what="note",
    kinds=frozenset(kind for kind in queries.SHAPES if kind.startswith("note_")),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
