"""An unmet need: that nothing exists to meet it, where, and since when that is known."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Field, Line, Words, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.rules import Unmet
from throughgate.team.told import UnmetLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("Something that does not exist"),
        purpose=_(
            "Nothing is there to meet a need: where, and what is missing. It is counted, and not lost."
        ),
        heading=_("Nothing exists to meet a need"),
        button=_("Save what is missing"),
        kept=_("What is missing is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="domain",
            label=_("What is it about?"),
            hint=_("This decides who can read it."),
            options=options("need_domains", queries.goal_domains(permit)),
        ),
        Line(name="place", label=_("Where?"), hint=_("A town, a prison, a service."), width="30"),
        Words(
            name="text",
            label=_("What is not there?"),
            hint=_("Such as: no place for women with children within 40 miles."),
            rows=3,
        ),
    ]


def _unmet(typed: Typed) -> Unmet:
    return Unmet(domain=typed.text("domain"), place=typed.text("place"), text=typed.text("text"))


def _is_offered(permit: Permit) -> bool:
    return bool(queries.goal_domains(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return rules.wrong_with_unmet(_unmet(typed), offered=queries.goal_domains(permit))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.find_unmet(permit, _unmet(typed), at=typed.at, form=form)


def _typed_from(entry: Spine, line: UnmetLine) -> Mapping[str, str]:
    return {"domain": told.about(entry), **line._asdict()}


SHEET = Sheet(
    what="unmet",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is UnmetLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    leads_to="plan",
)
