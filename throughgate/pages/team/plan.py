"""The plan in words: needs beside goals, why, when it is hard, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from throughgate.assessment.needs.queries import Standing, Word
from throughgate.assessment.rules import needs as need_rules
from throughgate.assessment.rules.asking import given
from throughgate.foundation import clock
from throughgate.foundation.codesets import Row, code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.assessment import asking
from throughgate.pages.components.shapes import Column, Link
from throughgate.pages.person import appointments, kept, team_words, writing
from throughgate.pages.person.said import sentences
from throughgate.pages.recording import sheets
from throughgate.pages.team import things
from throughgate.pages.team.reading import ReadPlan
from throughgate.pages.team.things import ThingRow
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat
from throughgate.team import rules, told
from throughgate.team.domains import DOMAINS
from throughgate.team.told import Said

OF_THE_PLAN = ("need", "goal", "task", "reason", "hard-day", "referral", "unmet")
(WORTH,) = (row for row in code_set("reason_parts").rows if row["code"] == "worth")


class NeedRow(NamedTuple):
    level: str
    matters: str  # to the person; "" nobody asked
    said: str
    sees: str
    source: str
    before: str  # what it was; "" the first word on it
    stale: str  # that it is asked again; "" it is not due
    link: Link | None


class GoalRow(NamedTuple):
    goal: ThingRow
    reason: str  # their own, that it is tied to
    tasks: tuple[ThingRow, ...]
    link: Link | None  # to say what is to be done for it


class PromptRow(NamedTuple):
    label: str
    why: str
    booked: tuple[str, ...]  # what has been booked of it, and what came of that
    links: tuple[Link, ...]


class AnsweredRow(NamedTuple):
    """What they said when they were asked, which nobody has to ask again."""

    words: Sequence[tuple[str, str]]  # and who heard it, how and when
    link: Link | None  # to make it a reason of the plan


class DomainRow(NamedTuple):
    code: str
    label: str
    aim: str
    need: NeedRow | None
    goals: tuple[GoalRow, ...]
    prompts: tuple[PromptRow, ...]
    unmet: tuple[tuple[str, str], ...]  # what is missing, and who said so
    referrals: tuple[ThingRow, ...]
    refer: Link | None  # to refer them, or to somebody else


class DayRow(NamedTuple):
    day: str
    text: str
    helps: str
    source: str
    looked_in: tuple[str, ...]
    link: Link | None  # to ask somebody to look in


def plan(hat: Hat, permit: Permit, read: ReadPlan, *, kept_id: UUID | None) -> dict[str, Any]:
    """Everything the page of a plan prints."""
    page = _Page(hat, permit, read)
    domains = page.domains()
    shown = {row.code for row in domains}
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "kept": kept.notice(hat, permit, kept_id, read.names),
        "worth": page.worth(),
        "domains": domains,
        "untold": [_label(each) for each in DOMAINS if each not in shown and DOMAINS[each] in permit.read],
        "not_shared": [_label(each) for each, category in DOMAINS.items() if category not in permit.read],
        "reads_reasons": permit.read >= told.REASON_CATEGORIES,
        "reasons": [(_(row["label"]), page.reasons(row["code"]), page.answered(row)) for row in _parts()],
        "untied": page.untied(),
        "hard_days": page.hard_days(),
        "columns": [
            Column(_("What for")),
            Column(_("Goals"), is_number=True),
            Column(_("Reached"), is_number=True),
        ],
        "aims": page.aims(),
        "deeds": page.deeds(),
        "team_url": reverse("team", args=[hat.post_id, permit.person_id]),
        "as_at": wording.moment(permit.at),
    }


class _Page:
    """What each part of the page is made of, for one worker and one person."""

    def __init__(self, hat: Hat, permit: Permit, read: ReadPlan) -> None:
        self.hat, self.permit, self.names = hat, permit, read.names
        self.plan, self.needs, self.care, self.booked = read.plan, read.needs, read.care, read.booked
        self.answers = read.answers
        self.today = clock.day_of(permit.at)
        self.offered = {each.what: each for each in sheets.offered(permit, death=read.who.death)}

    def domains(self) -> list[DomainRow]:
        """What is said of each domain, in the person's own order, then whatever else there is."""
        prompts = self._prompts()
        needs = {each.domain: each for each in self.needs}
        goals = _by_domain(self.plan.goals, lambda goal: told.about(goal.said.entry))
        missing = _by_domain(self.plan.unmet, lambda said: told.about(said.entry))
        referred = _by_domain(self.plan.referrals, lambda each: told.about(each.said.entry))
        found = {*goals, *missing, *prompts, *referred}
        order = [*needs, *(each for each in DOMAINS if each in found and each not in needs)]
        return [
            DomainRow(
                code=domain,
                label=_label(domain),
                aim=_aim(domain),
                need=self._need(needs[domain]) if domain in needs else None,
                goals=tuple(self._goal(each) for each in goals.get(domain, ())),
                prompts=tuple(prompts.get(domain, ())),
                unmet=tuple(self._unmet(each) for each in missing.get(domain, ())),
                referrals=tuple(self._referral(each) for each in referred.get(domain, ())),
                refer=self._refer(domain),
            )
            for domain in order
        ]

    def reasons(self, part: str) -> list[tuple[str, str]]:
        """The reasons of that part, and who said so."""
        return [
            (_reason(each), things.source(each, self.names))
            for each in self.plan.reasons
            if told.about(each.entry) == part
        ]

    def answered(self, part: Row) -> AnsweredRow | None:
        """What they answered of that part when somebody asked; None where nothing of it stands."""
        said = [self.answers[each] for each in part["asked_as"].split("|") if each in self.answers]
        if not said:
            return None
        words = [(asking.words(each), ", ".join(asking.source(each, self.names))) for each in said]
        url = self._sheet("reason", urlencode({"part": part["code"]}))
        link = Link(_("Write it as a reason"), url) if "reason" in self.offered else None
        return AnsweredRow(words, link)

    def worth(self) -> list[str]:
        """What would make it worth it for them: as the plan has it, or as they answered."""
        written = [text for text, _source in self.reasons("worth")]
        answered = self.answered(WORTH)
        return written or [text for text, _source in (answered.words if answered else ())]

    def untied(self) -> str:
        """That no goal is tied to their own causes, or that nobody knows them; "" where one is."""
        if not self.permit.read >= told.REASON_CATEGORIES:
            return ""
        causes = [each.entry.item for each in self.plan.reasons if rules.is_cause(told.about(each.entry))]
        if not causes and any(self.answered(row) for row in _parts() if rules.is_cause(row["code"])):
            return _("They have answered what is behind it. Write it as a reason, and tie a goal to it.")
        if not causes:
            return _(
                "What started it, and what keeps it going, is not recorded. Ask them when they are ready."
            )
        if rules.is_tied((each.said.line.reason for each in self.plan.goals), causes):
            return ""
        return _("No goal that you can see is tied to what they say started it or keeps it going.")

    def hard_days(self) -> list[DayRow]:
        """The days to come, the next first."""
        days = [(self._next(each.line), each) for each in self.plan.hard_days]
        return [self._day(on, each) for on, each in sorted(_to_come(days), key=lambda day: day[0])]

    def aims(self) -> list[list[str]]:
        """How many goals serve each aim, and how many of them are reached."""
        every = rules.by_aim([told.about(each.said.entry) for each in self.plan.goals])
        reached = rules.by_aim(
            [
                told.about(each.said.entry)
                for each in self.plan.goals
                if each.word and each.word.line.state == "reached"
            ]
        )
        return [
            [wording.label("aims", code), str(every[code]), str(reached[code])]
            for code in every
            if every[code]
        ]

    def deeds(self) -> list[Link]:
        return [
            Link(self.offered[what].words().title, self._sheet(what))
            for what in OF_THE_PLAN
            if what in self.offered
        ]

    def _sheet(self, what: str, typed: str = "") -> str:
        url = things.sheet_url(self.hat, self.permit, what)
        return f"{url}?{typed}" if typed else url

    def _need(self, need: Standing) -> NeedRow:
        line, entry = need.word.line, need.word.entry
        may_say = "need" in self.offered and DOMAINS[need.domain] in self.permit.write
        asked = urlencode({"domain": need.domain})
        return NeedRow(
            level=_level(need.word),
            matters=wording.label("need_importance", line.matters) if line.matters else "",
            said=line.said,
            sees=line.text,
            source=things.source(Said(entry=entry, line=line), self.names),
            before=self._before(need),
            stale=self._stale(need),
            link=Link(_("Say how it is now"), self._sheet("need", asked)) if may_say else None,
        )

    def _before(self, need: Standing) -> str:
        if need.before is None:
            return ""
        said = {"level": _level(need.before), "day": wording.day(clock.day_of(need.before.entry.happened_at))}
        return _("Before: %(level)s, on %(day)s.") % said

    def _stale(self, need: Standing) -> str:
        said_on = clock.day_of(need.word.entry.happened_at)
        if not need_rules.is_stale(need.domain, said_on, on=self.today):
            return ""
        return _("Said %(days)s days ago. Ask again.") % {"days": (self.today - said_on).days}

    def _goal(self, goal: told.Thing) -> GoalRow:
        reasons = {each.entry.item: each for each in self.plan.reasons}
        tied = reasons.get(goal.said.line.reason)
        may_ask = goal.is_open and "task" in self.offered and goal.said.entry.category in self.permit.write
        asked = urlencode({"serves": goal.key})
        return GoalRow(
            goal=things.goal(goal, self.hat, self.permit, self.names),
            reason=_reason(tied) if tied else "",
            tasks=tuple(self._task(each) for each in self.plan.tasks if each.said.line.serves == goal.key),
            link=Link(_("Say what is to be done for it"), self._sheet("task", asked)) if may_ask else None,
        )

    def _task(self, task: told.Thing) -> ThingRow:
        return things.task(task, self.hat, self.permit, self.names)

    def _prompts(self) -> dict[str, list[PromptRow]]:
        known = {
            *(
                f"need:{each.domain}"
                for each in self.needs
                if need_rules.stands_in_the_way(each.word.line.how_far)
            ),
            *(f"{told.about(each.entry)}:{each.line.reason}" for each in self.plan.reasons),
            *(f"care:{each}" for each in self.care),
            *(
                f"answer:{concept}:{value}"
                for concept, known in self.answers.items()
                for value in given(concept, {concept: known.answer})
            ),
        }
        rows = [row for code in rules.prompts(known) if (row := code_set("plan_prompts").get(code))]
        return {
            domain: [self._prompt(row) for row in each]
            for domain, each in _by_domain(rows, lambda row: row["domain"]).items()
        }

    def _prompt(self, row: Row) -> PromptRow:
        """What this worker may do of it; where they may do nothing, it still says what to think of."""
        deeds = [each for each in code_set("plan_prompt_deeds").rows if each["prompt"] == row["code"]]
        links = tuple(
            Link(_(each["label"]), self._sheet(each["sheet"], each["typed"].replace(" ", "+")))
            for each in deeds
            if each["sheet"] in self.offered
        )
        return PromptRow(_(row["label"]), _(row["why"]), tuple(self._booked(deeds)), links)

    def _booked(self, deeds: Sequence[Row]) -> Iterator[str]:
        """When somebody expects them about it, and what came of that, the soonest first."""
        asked = {each["typed"].removeprefix("what=") for each in deeds if each["sheet"] == "appointment"}
        here = wording.current()
        for each in self.booked:
            if each.what in asked:
                came = here.label("attendance_outcomes", each.outcome) or _("Booked")
                yield f"{came}: {appointments.when(each, here)}, {appointments.what(each, here)}"

    def _unmet(self, said: Said) -> tuple[str, str]:
        return sentences([said.line.place, said.line.text]), things.source(said, self.names)

    def _referral(self, referral: told.Thing) -> ThingRow:
        return things.referral(referral, self.hat, self.permit, self.names)

    def _refer(self, domain: str) -> Link | None:
        """What is missing here, or refused, may be there elsewhere."""
        if "referral" not in self.offered or DOMAINS[domain] not in self.permit.write:
            return None
        return Link(_("Refer them to a service"), self._sheet("referral", urlencode({"domain": domain})))

    def _next(self, line: told.HardDayLine) -> date | None:
        return rules.next_of(line.falls_on, is_yearly=line.is_yearly, today=self.today)

    def _day(self, on: date, said: Said) -> DayRow:
        asked = [each for each in self.plan.tasks if each.said.line.serves == said.entry.item]
        typed = {"serves": said.entry.item, "text": _("Look in on them"), **_typed_day(on)}
        return DayRow(
            day=wording.day(on),
            text=said.line.text,
            helps=said.line.helps,
            source=things.source(said, self.names),
            looked_in=tuple(self._looks_in(each) for each in asked),
            link=Link(_("Ask somebody to look in on them"), self._sheet("task", urlencode(typed)))
            if "task" in self.offered
            else None,
        )

    def _looks_in(self, task: told.Thing) -> str:
        row = self._task(task)
        return f"{row.about}: {row.text} {row.state_words}."


def _by_domain(found: Iterable[Any], about: Any) -> Mapping[str, list[Any]]:
    """In the order in which they stand."""
    by: dict[str, list[Any]] = {}
    for each in found:
        by.setdefault(about(each), []).append(each)
    return by


def _to_come(days: Iterable[tuple[date | None, Said]]) -> list[tuple[date, Said]]:
    return [(on, said) for on, said in days if on]


def _typed_day(on: date) -> dict[str, int]:
    return {"by_day": on.day, "by_month": on.month, "by_year": on.year}


def _parts() -> list[Row]:
    return [row for row in code_set("reason_parts").rows if row is not WORTH]


def _label(domain: str) -> str:
    return wording.label("need_domains", domain)


def _aim(domain: str) -> str:
    row = code_set("need_domains").get(domain)
    return wording.label("aims", row["aim"]) if row else ""


def _level(word: Word) -> str:
    return wording.label("need_levels", word.line.how_far)


def _reason(said: Said) -> str:
    words = team_words.quoted_words(said.line.text, wording.current()) if said.line.text else ""
    return sentences([wording.label("reasons", said.line.reason), words])
