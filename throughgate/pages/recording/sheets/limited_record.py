"""Who alone may know that there is a record."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Field, Listed, Several, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.sheets import named
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.sharing import actions, queries, rules
from throughgate.sharing.queries import Named
from throughgate.sharing.rules import LimitedLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Who alone may know of this record"),
        purpose=_("For somebody in danger: to all others the record is not there."),
        heading=_("Who alone may know of this record"),
        button=_("Save who alone may know"),
        kept=_("Who alone may know is on the record, and holds from now on"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Several(
            name="who",
            label=_("Who may know?"),
            hint=_("Nobody ticked: everybody who could see it before may see it again."),
            look_up=partial(_offered, permit),
        ),
        Listed(
            name="worker",
            label=_("Another colleague who may know"),
            hint=_("You can leave it empty. To name one more, correct this once it is saved."),
            look_up=partial(_colleagues, permit),
        ),
        Words(name="text", label=_("Why"), hint=_("You can leave it empty."), rows=3),
    ]


def _offered(permit: Permit) -> list[Option]:
    """Organisations concerned with them, whoever writes this, and whoever is named already."""
    return named.options(each for each in queries.named(permit) if _is_offered_first(permit, each))


def _colleagues(permit: Permit) -> list[Option]:
    """Every other worker of those organisations."""
    found = queries.named(permit)
    nobody = Option("", _("Nobody else"))
    return [
        nobody,
        *named.options(each for each in found if each.works_for and not _is_offered_first(permit, each)),
    ]


def _is_offered_first(permit: Permit, each: Named) -> bool:
    return each.id in permit.as_who or each.is_named or bool(each.is_concerned and each.code)


def _named(permit: Permit, typed: Typed) -> list[Named]:
    return named.chosen(f"{typed.text('who')} {typed.text('worker')}", queries.named(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    found = {each.id for each in _named(permit, typed)}
    was_limited = queries.was_limited(permit)
    return rules.wrong_with_limit(found, typed.text("text"), own=permit.as_who, was_limited=was_limited)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    found = _named(permit, typed)
    return actions.limit(
        permit,
        workers=named.workers(found),
        organisations=named.organisations(found),
        text=typed.text("text"),
        at=typed.at,
        form=form,
    )


def _begins_with(permit: Permit) -> Mapping[str, str]:
    """Who alone may know now: whoever opens the sheet to name one more does not let everybody in again."""
    return {"who": " ".join(str(each.id) for each in queries.named(permit) if each.is_named)}


def _typed_from(_entry: Spine, line: LimitedLine) -> Mapping[str, str]:
    return {"who": " ".join([*line.workers, *line.organisations]), "text": line.text}


SHEET = Sheet(
    what="limited-record",
    kinds=frozenset({"limited_record"}),
    words=_words,
    fields=_fields,
    is_offered=queries.records_sharing,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    begins_with=_begins_with,
    leads_to="sharing",
)
