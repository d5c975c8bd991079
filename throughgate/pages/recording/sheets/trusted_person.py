"""Somebody they trust: who it is, how to reach them safely, and what they may be told."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Field, Line, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.sharing import actions, queries, rules
from throughgate.sharing.rules import Trusted, TrustedLine

TRUSTED, NO_MORE = "trusted", "no_more"
LINES = ("name", "relation", "reach", "may_be_told", "text")


def _words() -> SheetWords:
    return SheetWords(
        title=_("Somebody they trust"),
        purpose=_("Who it is, how to reach them safely, and what they may be told."),
        heading=_("Somebody they trust"),
        button=_("Save whom they trust"),
        kept=_("Whom they trust is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    empty = _("You can leave it empty.")
    return [
        Line(name="name", label=_("What are they called?"), width="30"),
        Line(
            name="relation",
            label=_("Who are they to them?"),
            hint=_("Such as a sister, or a sponsor."),
            width="30",
        ),
        Choice(
            name="holds",
            label=_("What do they want?"),
            options=[
                Option(TRUSTED, _("They trust them")),
                Option(NO_MORE, _("They do not trust them any more")),
            ],
        ),
        Line(
            name="reach",
            label=_("How are they reached safely?"),
            hint=_("Such as a number, and when. Write only what they may be rung on."),
            width="30",
        ),
        Line(
            name="may_be_told",
            label=_("What may they be told?"),
            hint=_("Left empty, they may be told nothing."),
            width="30",
        ),
        Words(name="text", label=_("Anything else"), hint=empty, rows=3),
    ]


def _said(typed: Typed) -> Trusted:
    lines = {name: typed.text(name) for name in LINES}
    return Trusted(holds={TRUSTED: True, NO_MORE: False}.get(typed.text("holds")), **lines)


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_trusted(_said(typed))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.trust(permit, _said(typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: TrustedLine) -> Mapping[str, str]:
    said = {name: getattr(line, name) for name in LINES}
    return {**said, "holds": TRUSTED if line.holds else NO_MORE}


SHEET = Sheet(
    what="trusted-person",
    kinds=frozenset({"trusted_person"}),
    words=_words,
    fields=_fields,
    is_offered=queries.records_sharing,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    leads_to="sharing",
)
