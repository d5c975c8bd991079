"""A referral: which service is asked to take part, for what, and by when it has to answer."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Day, Field, Line, Words, day_typed, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.team_fields import BY
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions, queries, rules, told
from throughgate.team.rules import Referral
from throughgate.team.told import ReferralLine


def _words() -> SheetWords:
    return SheetWords(
        title=_("A referral"),
        purpose=_("Which service is asked to take part, for what, and by when it has to answer."),
        heading=_("Refer them to a service"),
        button=_("Save the referral"),
        kept=_("The referral is on the record. Nothing has been sent: ask the service as you usually do."),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="domain",
            label=_("What is it about?"),
            hint=_("This decides who can read it."),
            options=options("need_domains", queries.goal_domains(permit)),
        ),
        Line(name="who", label=_("Which service?"), hint=_("And who there, if you know."), width="30"),
        Words(name="text", label=_("What are they asked for?"), rows=3),
        Day(name=BY, label=_("By when do they have to answer?"), hint=_("Such as 27 3 2027.")),
    ]


def _referral(typed: Typed) -> Referral:
    said = {name: typed.text(name) for name in ("domain", "who", "text")}
    return Referral(**said, answer_by=typed.day(BY).on)


def _is_offered(permit: Permit) -> bool:
    return bool(queries.goal_domains(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    offered, today = queries.goal_domains(permit), clock.day_of(permit.at)
    return rules.wrong_with_referral(_referral(typed), offered=offered, today=today)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.refer(permit, _referral(typed), at=typed.at, form=form)


def _typed_from(entry: Spine, line: ReferralLine) -> Mapping[str, str]:
    said = {"domain": told.about(entry), "who": line.who, "text": line.text}
    return said | day_typed(BY, line.answer_by)


SHEET = Sheet(
    what="referral",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is ReferralLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    takes_late_entries=False,
    leads_to="plan",
)
