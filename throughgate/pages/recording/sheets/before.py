"""What they had before custody that can be kept, or taken up again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.assessment import actions, queries
from throughgate.assessment.queries import BeforeLine
from throughgate.assessment.rules import needs
from throughgate.assessment.rules.needs import Before
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.days import wrong_with_days
from throughgate.pages.recording.fields import Choice, Day, Field, Line, Words, day_typed, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form

HAD = {"yes": True, "no": False}


def _words() -> SheetWords:
    return SheetWords(
        title=_("What they had before custody"),
        purpose=_("A keyworker, a prescription, a tenancy, benefits, mental-health care, a GP."),
        heading=_("Record what they had before custody"),
        button=_("Save what they had"),
        kept=_("What they had before custody is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="topic",
            label=_("What is it about?"),
            hint=_("This decides who can read it."),
            options=options("before_custody", queries.before_topics(permit)),
        ),
        Choice(
            name="had",
            label=_("Did they have it?"),
            options=[Option("yes", _("They had one")), Option("no", _("They had none"))],
        ),
        Line(
            name="who",
            label=_("With whom, or what?"),
            hint=_("A name, a service, a landlord. You can leave it empty."),
            width="30",
        ),
        Line(
            name="reach",
            label=_("How to reach them"),
            hint=_("You can leave it empty. Write no address here that must not be known."),
            width="30",
        ),
        Day(name="since_on", label=_("Since when?"), hint=_("You can leave it empty.")),
        Day(
            name="last_on",
            label=_("The last day of it that is known"),
            hint=_("When they were last seen, paid or prescribed for. You can leave it empty."),
        ),
        Words(name="text", label=_("A few words"), hint=_("You can leave it empty."), rows=3),
    ]


def _before(typed: Typed) -> Before:
    return Before(
        topic=typed.text("topic"),
        had=HAD.get(typed.text("had")),
        who=typed.text("who"),
        reach=typed.text("reach"),
        since_on=typed.day("since_on").on,
        last_on=typed.day("last_on").on,
        text=typed.text("text"),
    )


def _is_offered(permit: Permit) -> bool:
    return bool(queries.before_topics(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    on = clock.day_of(permit.at)
    wrong = needs.wrong_with_before(_before(typed), offered=queries.before_topics(permit), on=on)
    return wrong | wrong_with_days(typed, "since_on", "last_on")


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.record_before(permit, _before(typed), at=typed.at, form=form)


def _typed_from(entry: Spine, line: BeforeLine) -> Mapping[str, str]:
    return {
        "topic": entry.kind.removeprefix("before_"),
        "had": "yes" if line.had else "no",
        "who": line.who,
        "reach": line.reach,
        "text": line.text,
        **day_typed("since_on", line.since_on),
        **day_typed("last_on", line.last_on),
    }


SHEET = Sheet(
    what="before",
    kinds=frozenset(kind for kind in queries.SHAPES if kind.startswith("before_")),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
