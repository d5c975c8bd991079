"""What a plan is made of, and what has to be said before anything of it is kept. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set
from throughgate.team.rules import said
from throughgate.team.rules.said import LONGEST, LONGEST_LINE


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What the person wants, or what a worker suggests."""

    domain: str  # of the code set need_domains
    whose: str  # of voices
    text: str
    by_on: date | None = None
    agreed: str = ""  # of goal_agreements; "" it is their own
    reason: str = ""  # the key of the reason it is tied to


@dataclass(frozen=True, kw_only=True)
class Task:
    """What somebody is asked to do: one of the team, somebody without an account, or the person."""

    text: str
    post_id: UUID | None = None
    who: str = ""
    is_theirs: bool = False  # the person does it themself
    by_on: date | None = None
    serves: str = ""  # the key of a goal, or of a hard day


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What started it, keeps it going, protects, or would make it worth it."""

    part: str  # of reason_parts
    reason: str  # of reasons
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class HardDay:
    """A day that is hard for them, and what helps then."""

    falls_on: date | None
    text: str
    is_yearly: bool = False
    helps: str = ""


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """That nothing exists to meet a need."""

    domain: str
    place: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Referral:
    """That a service is asked to take part, for a need, and by when it has to answer."""

    domain: str
    who: str
    text: str
    answer_by: date | None


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Somebody who is on the team without an account, or is no more."""

    holds: bool | None  # None: not said
    name: str
    works_for: str = ""
    reach: str = ""
    text: str = ""
    agreed: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingWish:
    """Where, and with whom, they want to be seen."""

    setting: str  # of meeting_settings
    worker: str = ""
    text: str = ""


def wrong_with_goal(
    goal: Goal, *, offered: Collection[str], reasons: Collection[str], today: date
) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept.

    `offered` are the domains this role records, `reasons` those it reads. What a worker suggests is kept with
    what the person says to it.
    """
    sentences = {
        "domain": "" if goal.domain in offered else "Choose what it is about.",
        "whose": said.wrong_with_voice(goal.whose),
        "text": said.wordless(goal.text, "Write what they want, as they say it."),
        "agreed": _wrong_with_agreement(goal),
        "tied_to": "" if not goal.reason or goal.reason in reasons else "Choose which reason it is tied to.",
        "by": said.wrong_with_day(goal.by_on, today),
    }
    return wrong.parts(sentences)


def wrong_with_task(
    task: Task, *, members: Collection[UUID], served: Collection[str], today: date
) -> dict[str, str]:
    """A sentence for each part of a task that has to be put right.

    `served` are the keys of the goals and hard days that this role reads.
    """
    sentences = {
        "post": _wrong_with_actor(task, members),
        "who": wrong.too_long(task.who, LONGEST_LINE),
        "text": said.wordless(task.text, "Say what is to be done."),
        "serves": "" if not task.serves or task.serves in served else "Choose what it is for.",
        "by": said.wrong_with_day(task.by_on, today),
    }
    return wrong.parts(sentences)


def wrong_with_word(*, is_known: bool, state: str, states: str, text: str) -> dict[str, str]:
    """A sentence for each part of a word on a task or a goal that has to be put right.

    `states` names the code set of its states.
    """
    sentences = {
        "about": "" if is_known else "Choose which one it is.",
        "state": "" if state in code_set(states) else "Choose how far it is.",
        "text": wrong.too_long(text),
    }
    return wrong.parts(sentences)


def wrong_with_reason(reason: Reason, *, parts: Collection[str]) -> dict[str, str]:
    """A sentence for each part of a reason that has to be put right; `parts` are those this role records."""
    sentences = {
        "part": "" if reason.part in parts else "Choose what it does.",
        "which": _wrong_with_code(reason),
        "text": wrong.too_long(reason.text, LONGEST) or _wordless_other(reason),
    }
    return wrong.parts(sentences)


def wrong_with_hard_day(day: HardDay, *, today: date) -> dict[str, str]:
    """A sentence for each part of a hard day that has to be put right."""
    sentences = {
        "falls_on": _wrong_with_hard(day, today),
        "text": said.wordless(day.text, "Write what day it is, in their words."),
        "helps": wrong.too_long(day.helps, LONGEST),
    }
    return wrong.parts(sentences)


def wrong_with_unmet(unmet: Unmet, *, offered: Collection[str]) -> dict[str, str]:
    """A sentence for each part of what does not exist that has to be put right.

    `offered` are the domains that this role records.
    """
    sentences = {
        "domain": "" if unmet.domain in offered else "Choose what it is about.",
        "place": _line(unmet.place, "Write where: a town, a prison, a service."),
        "text": said.wordless(unmet.text, "Write what is not there."),
    }
    return wrong.parts(sentences)


def wrong_with_referral(referral: Referral, *, offered: Collection[str], today: date) -> dict[str, str]:
    """A sentence for each part of a referral that has to be put right.

    `offered` are the domains that this role records.
    """
    no_day = "Enter by when they have to answer, such as 27 3 2027."
    sentences = {
        "domain": "" if referral.domain in offered else "Choose what it is about.",
        "who": _line(referral.who, "Write which service is asked, and who there."),
        "text": said.wordless(referral.text, "Say what they are asked for."),
        "by": said.wrong_with_day(referral.answer_by, today) if referral.answer_by else no_day,
    }
    return wrong.parts(sentences)


def wrong_with_answer(*, is_known: bool, state: str, text: str) -> dict[str, str]:
    """A sentence for each part of a service's answer that has to be put right.

    Who cannot take part says why, so that somebody else can be asked.
    """
    row = code_set("referral_states").get(state)
    is_said = row is not None and row["is_said"] == "yes"
    sentences = wrong_with_word(
        is_known=is_known, state=state if is_said else "", states="referral_states", text=text
    )
    if row and row["needs_words"] == "yes" and not text:
        return {**sentences, "text": "Write why, as they say it."}
    return sentences


def referral_state(said: str, *, answer_by: date, today: date) -> str:
    """How far a referral is, of referral_states: what was last said of it, or what silence means.

    `said` is "" where nothing has been. On the day itself they may still answer.
    """
    return said or ("unanswered" if answer_by < today else "asked")


def wrong_with_outside(outside: Outside) -> dict[str, str]:
    """A sentence for each part of what is said of somebody without an account that has to be put right.

    They may have to leave without the person having been asked.
    """
    must_be_asked = outside.holds is not False or outside.agreed
    sentences = {
        "name": _line(outside.name, "Write what they are called."),
        "holds": "" if outside.holds is not None else "Choose whether they are on the team.",
        "works_for": wrong.too_long(outside.works_for, LONGEST_LINE),
        "reach": wrong.too_long(outside.reach, LONGEST_LINE),
        "text": said.wordless(outside.text, "Say what they are on the team for, or why they leave."),
        "agreed": said.wrong_with_agreement(outside.agreed) if must_be_asked else "",
    }
    return wrong.parts(sentences)


def wrong_with_meeting_wish(wish: MeetingWish) -> dict[str, str]:
    """A sentence for each part of a wish, where and with whom to be seen, that has to be put right."""
    sentences = {
        "setting": ""
        if wish.setting in code_set("meeting_settings")
        else "Choose where they want to be seen.",
        "worker": wrong.too_long(wish.worker, LONGEST_LINE),
        "text": wrong.too_long(wish.text),
    }
    return wrong.parts(sentences)


def next_of(on: date, *, is_yearly: bool, today: date) -> date | None:
    """The day it is next, today included; None where it is over. Of 29 February, 28 in a common year."""
    if on >= today:
        return on
    if not is_yearly:
        return None
    return min(day for day in (_in_year(on, today.year), _in_year(on, today.year + 1)) if day >= today)


def prompts(known: Collection[str]) -> list[str]:
    """What the plan suggests, of the code set plan_prompts, for what is known.

    Such as "need:family", "worth:home", or what was answered: "answer:pregnancy:yes".

    What raises a prompt stands in its row: any of several, each of them one thing or several at once.
    """
    return [
        row["code"]
        for row in code_set("plan_prompts").rows
        if any(set(together.split("+")) <= set(known) for together in row["raised_by"].split("|"))
    ]


def is_tied(goals: Iterable[str], causes: Collection[str]) -> bool:
    """Whether a goal is tied to one of their own causes; given are the reasons of goals, and the causes."""
    return any(reason in causes for reason in goals)


def is_cause(part: str) -> bool:
    """Whether a reason of that part is a cause: it started it, or keeps it going."""
    row = code_set("reason_parts").get(part)
    return row is not None and row["is_cause"] == "yes"


def by_aim(domains: Sequence[str]) -> dict[str, int]:
    """How many of these domains serve each aim, in the order of the code set."""
    served = [row["aim"] for domain in domains if (row := code_set("need_domains").get(domain))]
    return {code: served.count(code) for code in code_set("aims").labels()}


def _wrong_with_agreement(goal: Goal) -> str:
    if goal.agreed:
        return "" if goal.agreed in code_set("goal_agreements") else "Choose whether they agree."
    return "Say whether they agree with what you suggest." if goal.whose == "worker" else ""


def _wrong_with_actor(task: Task, members: Collection[UUID]) -> str:
    chosen = [task.post_id is not None, bool(task.who), task.is_theirs]
    if sum(chosen) > 1:
        return "You choose somebody, and write another name. Leave one of the two."
    if not any(chosen) or (task.post_id and task.post_id not in members):
        return "Choose who is asked."
    return ""


def _wrong_with_code(reason: Reason) -> str:
    row = code_set("reasons").get(reason.reason)
    if row is None:
        return "Choose the reason."
    if reason.part and reason.part not in row["parts"].split("|"):
        return "This reason does not do that. Choose another, or “Something else” in their words."
    return ""


def _wordless_other(reason: Reason) -> str:
    return "Write it in their words." if reason.reason == "other" and not reason.text else ""


def _wrong_with_hard(day: HardDay, today: date) -> str:
    if day.falls_on is None:
        return "Enter the day, such as 27 3 2027."
    if next_of(day.falls_on, is_yearly=day.is_yearly, today=today) is None:
        return "This day is past. Say that it comes each year, or choose one that is still to come."
    return "" if day.falls_on < today else said.wrong_with_day(day.falls_on, today)


def _line(text: str, why: str) -> str:
    return wrong.too_long(text, LONGEST_LINE) if text else why


def _in_year(on: date, year: int) -> date:
    try:
        return on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
