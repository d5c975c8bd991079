"""What the entries of a team say, in words. In each function `_` is the wording of the page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from throughgate.pages.names import Names
from throughgate.pages.person.said import Words, sentences
from throughgate.pages.wording import Wording
from throughgate.team.rules import WHOLE
from throughgate.team.told import (
    ContentLine,
    DisagreementLine,
    GoalLine,
    GoalWordLine,
    HardDayLine,
    LeadLine,
    MeetingWishLine,
    MembershipLine,
    MessageLine,
    OutsideLine,
    PressureLine,
    ReasonLine,
    ReferralLine,
    ReferralWordLine,
    TaskLine,
    TaskWordLine,
    UnmetLine,
    WishLine,
)


def of_membership(what: str, line: MembershipLine, names: Names) -> Words:
    _ = names.wording
    kind = {"joined": _("Joined the team"), "left": _("Left the team")}[what]
    return Words(kind, sentences([names.post(line.post), line.why, agreement(line.agreed, _)]))


def of_lead(domain: str, line: LeadLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Who leads: %(what)s") % {"what": led(domain, _)}
    return Words(kind, sentences([names.post(line.post), agreement(line.agreed, _), line.text]))


def of_task(domain: str, line: TaskLine, names: Names) -> Words:
    """Of what serves a goal, the domain of that; of what serves none, nothing."""
    _ = names.wording
    kind = _("For a goal: %(domain)s") % {"domain": _.label("need_domains", domain)}
    of_whom = _("Of %(worker)s") % {"worker": actor(line, names)}
    said = sentences([of_whom, line.text, by(line.by_on, _)])
    return Words(kind if domain else _("Asked of the team"), said)


def actor(line: TaskLine, names: Names) -> str:
    """Who does it."""
    if line.post:
        return names.post(line.post)
    return line.who or names.wording("the person themself")


def of_task_word(line: TaskWordLine, names: Names) -> Words:
    _ = names.wording
    state = _.label("task_states", line.state)
    return Words(_("What became of something asked"), sentences([state, line.text]))


def of_message(_topic: str, line: MessageLine, names: Names) -> Words:
    _ = names.wording
    to_whom = names.post(line.post) if line.post else _("the whole team")
    return Words(_("Message"), sentences([_("To %(whom)s") % {"whom": to_whom}, line.text]))


def of_goal(domain: str, line: GoalLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Goal: %(domain)s") % {"domain": _.label("need_domains", domain)}
    agreed = _.label("goal_agreements", line.agreed)
    return Words(kind, sentences([quoted(line, _), agreed, by(line.by_on, _)]))


def of_goal_word(domain: str, line: GoalWordLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Goal: %(domain)s") % {"domain": _.label("need_domains", domain)}
    return Words(kind, sentences([_.label("goal_states", line.state), line.text]))


def of_disagreement(_category: str, line: DisagreementLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Disagrees"), quoted(line, _))


def of_content(_category: str, line: ContentLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("May be hard to read"), speaks_of(line, _))


def of_pressure(line: PressureLine, names: Names) -> Words:
    _ = names.wording
    plan = _("To stay safe: %(plan)s") % {"plan": line.plan} if line.plan else ""
    return Words(_("Debt or pressure"), sentences([quoted_words(line.text, _), plan]))


def of_wish(sign: str, line: WishLine, names: Names) -> Words:
    _ = names.wording
    kind = _("What helps: %(sign)s") % {"sign": _.label("support_signs", sign)}
    return Words(kind, quoted_words(line.text, _))


def of_reason(part: str, line: ReasonLine, names: Names) -> Words:
    _ = names.wording
    kind = _("A reason: %(part)s") % {"part": _.label("reason_parts", part)}
    said = quoted_words(line.text, _) if line.text else ""
    return Words(kind, sentences([_.label("reasons", line.reason), said]))


def of_hard_day(line: HardDayLine, names: Names) -> Words:
    _ = names.wording
    helps = _("What helps: %(what)s") % {"what": line.helps} if line.helps else ""
    each_year = _("Each year") if line.is_yearly else ""
    return Words(
        _("A hard day: %(day)s") % {"day": _.day(line.falls_on)},
        sentences([quoted_words(line.text, _), each_year, helps]),
    )


def of_unmet(domain: str, line: UnmetLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Does not exist: %(domain)s") % {"domain": _.label("need_domains", domain)}
    return Words(kind, sentences([line.place, line.text]))


def of_referral(domain: str, line: ReferralLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Referred: %(domain)s") % {"domain": _.label("need_domains", domain)}
    asked = _("to answer by %(day)s") % {"day": _.day(line.answer_by)}
    return Words(kind, sentences([line.who, line.text, asked]))


def of_referral_word(domain: str, line: ReferralWordLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Referred: %(domain)s") % {"domain": _.label("need_domains", domain)}
    return Words(kind, sentences([_.label("referral_states", line.state), line.text]))


def of_outside(line: OutsideLine, names: Names) -> Words:
    _ = names.wording
    kind = _("On the team, without an account") if line.holds else _("On the team no more")
    agreed = agreement(line.agreed, _)
    return Words(kind, sentences([line.name, line.works_for, line.reach, line.text, agreed]))


def of_meeting_wish(line: MeetingWishLine, names: Names) -> Words:
    _ = names.wording
    setting = _.label("meeting_settings", line.setting)
    worker = _("With whom: %(who)s") % {"who": line.worker} if line.worker else ""
    return Words(_("Where and with whom they want to be seen"), sentences([setting, worker, line.text]))


def quoted(line: GoalLine | DisagreementLine, _: Wording) -> str:
    """The person's own words in quotation marks; a worker's without."""
    return quoted_words(line.text, _) if line.whose == "person" else line.text


def quoted_words(text: str, _: Wording) -> str:
    return _("In their words: “%(words)s”") % {"words": text} if text else ""


def speaks_of(line: ContentLine, _: Wording) -> str:
    """ "It speaks of violence, an overdose."."""
    about = ", ".join(_.label("content_notes", code) for code in line.about)
    return _("It speaks of %(what)s.") % {"what": about}


def agreement(agreed: str, _: Wording) -> str:
    """How the person agreed, or that nobody could ask."""
    return _.label("team_agreements", agreed) or _("Nobody could ask the person")


def by(on: date | None, _: Wording) -> str:
    return _("by %(day)s") % {"day": _.day(on)} if on else ""


def led(domain: str, _: Wording) -> str:
    """What is led."""
    return _("All of it") if domain == WHOLE else _.label("need_domains", domain)


SAYERS: dict[type, Callable[[Any, Names], Words]] = {
    HardDayLine: of_hard_day,
    MeetingWishLine: of_meeting_wish,
    OutsideLine: of_outside,
    TaskWordLine: of_task_word,
    PressureLine: of_pressure,
}
SAYERS_ABOUT: dict[type, Callable[[str, Any, Names], Words]] = {
    MembershipLine: of_membership,
    LeadLine: of_lead,
    MessageLine: of_message,
    GoalLine: of_goal,
    GoalWordLine: of_goal_word,
    DisagreementLine: of_disagreement,
    ContentLine: of_content,
    ReasonLine: of_reason,
    ReferralLine: of_referral,
    ReferralWordLine: of_referral_word,
    TaskLine: of_task,
    UnmetLine: of_unmet,
    WishLine: of_wish,
}
