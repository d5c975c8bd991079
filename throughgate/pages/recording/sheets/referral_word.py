"""What a service answers to a referral, or what came of it."""

from collections.abc import Sequence

from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages.recording.fields import Choice, Field, Found, Words, options
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.recording.sheets import last_word
from throughgate.pages.wording import words as _
from throughgate.team import actions, queries, rules, told
from throughgate.team.told import ReferralWordLine, Thing


def _words() -> SheetWords:
    return SheetWords(
        title=_("What a service answered"),
        purpose=_("They take it on, have met the person, cannot and why, or what was needed is there."),
        heading=_("What they answered"),
        button=_("Save what they answered"),
        kept=_("What they answered is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Found(
            name="about",
            label=_("Which referral?"),
            look_up=lambda: [
                last_word.option(each, _words_of(each), states="referral_states")
                for each in queries.referrals(permit).values()
            ],
            none=_("No referral that you can see is on the plan yet."),
        ),
        Choice(name="state", label=_("How far is it?"), options=options("referral_states", _said())),
        Words(name="text", label=_("A few words"), hint=_("If they cannot take part, why."), rows=3),
    ]


def _said() -> list[str]:
    return [row["code"] for row in code_set("referral_states").rows if row["is_said"] == "yes"]


def _words_of(referral: Thing) -> str:
    return f"{referral.said.line.who}: {referral.said.line.text}"


def _is_offered(permit: Permit) -> bool:
    return bool(queries.goal_domains(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    is_known = typed.text("about") in queries.referrals(permit)
    return rules.wrong_with_answer(is_known=is_known, state=typed.text("state"), text=typed.text("text"))


SHEET = Sheet(
    what="referral_word",
    kinds=frozenset(kind for kind, shape in told.SHAPES.items() if shape is ReferralWordLine),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=last_word.keep_by(actions.say_of_referral),
    typed_from=last_word.typed_from,
    takes_late_entries=False,
    leads_to="plan",
)
