"""Who must not know of them, or may again."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Field, Line, Listed, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.sheets import named
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.sharing import actions, queries, rules
from throughgate.sharing.rules import MustNotKnow, MustNotKnowLine

SOMEBODY_ELSE = "somebody_else"
MUST_NOT, MAY = "must_not", "may"


def _words() -> SheetWords:
    return SheetWords(
        title=_("Who must not know of them"),
        purpose=_("A worker, an organisation, or somebody by name. For them there is no record."),
        heading=_("Who must not know of them"),
        button=_("Save who must not know"),
        kept=_("Who must not know is on the record, and holds from now on"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Listed(
            name="who",
            label=_("Who is it?"),
            hint=_("Somebody who works here, or an organisation, finds no record of theirs any more."),
            look_up=partial(_who, permit),
        ),
        Line(
            name="name",
            label=_("What are they called?"),
            hint=_("Only for somebody who is not in the list: whoever opens the record is warned."),
            width="30",
        ),
        Choice(
            name="holds",
            label=_("What do they want?"),
            options=[
                Option(MUST_NOT, _("They must not know")),
                Option(MAY, _("They may know again")),
            ],
        ),
        Words(name="text", label=_("Why"), hint=_("Nobody has to say. You can leave it empty."), rows=3),
    ]


def _who(permit: Permit) -> list[Option]:
    somebody_else = Option(SOMEBODY_ELSE, _("Somebody else, whose name I write below"))
    return [somebody_else, *named.options(queries.named(permit))]


def _said(permit: Permit, typed: Typed) -> MustNotKnow:
    found = named.chosen(typed.text("who"), queries.named(permit))
    return MustNotKnow(
        holds={MUST_NOT: True, MAY: False}.get(typed.text("holds")),
        worker=next(iter(named.workers(found)), None),
        organisation=next(iter(named.organisations(found)), None),
        name="" if found else typed.text("name"),
        text=typed.text("text"),
    )


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_must_not_know(_said(permit, typed), own=permit.as_who)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.name_must_not_know(permit, _said(permit, typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: MustNotKnowLine) -> Mapping[str, str]:
    who = str(line.worker or line.organisation or SOMEBODY_ELSE)
    return {"who": who, "name": line.name, "holds": MUST_NOT if line.holds else MAY, "text": line.text}


SHEET = Sheet(
    what="must-not-know",
    kinds=frozenset({"must_not_know"}),
    words=_words,
    fields=_fields,
    is_offered=queries.records_sharing,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    leads_to="sharing",
)
