"""The timeline as ready rows: one line of time, with gaps, groups, and who said what when."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import ngettext

from throughgate.foundation import clock
from throughgate.pages.components.shapes import Link, Mark, TimelineRow
from throughgate.pages.names import Names
from throughgate.pages.person import team_words, words
from throughgate.pages.person.said import Words
from throughgate.pages.wording import MOMENTS_KEPT, Wording, time
from throughgate.record.bodies import WITHDRAWN
from throughgate.record.queries import Spine
from throughgate.team.told import ContentLine, DisagreementLine, Said

GAP_DAYS = 14  # a longer silence is marked: it is where people are lost

# Which shape an entry has on the line, and which filter shows it.
TOPICS = {
    "movement": "custody",
    "location": "custody",
    "expected_date": "custody",
    "alert_custody": "custody",
    "legal_status": "law",
    "recall_issued": "law",
    "alert_licence_supervision": "law",
    "treatment_episode": "treatment",
    "intervention": "treatment",
    "prescription": "treatment",
    "dose": "treatment",
    "naloxone": "treatment",
    "treatment_unread": "treatment",
    "attendance": "contact",
    "appointment": "contact",
    "appointment_outcome": "contact",
    "contact": "contact",
    "unread": "custody",
    "death": "safety",
}
NOTED = (
    *("note", "ready", "step", "need", "before", "answers", "entered", "pack", "text", "passed"),
    *("book", "own", "reach", "help", "told", "trigger", "story"),
    *("team", "task", "message", "goal", "disagrees", "content", "lead", "wish"),
    *("sharing", "must_not", "limited", "trusted", "protected"),
)


@cache
def topic_of(kind: str) -> str:
    """Which shape of the line an entry of that kind has."""
    if kind in TOPICS:
        return TOPICS[kind]
    return "note" if kind.startswith(NOTED) else "safety"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the rows are made of."""

    entries: Sequence[Spine]
    lines: Mapping[UUID, Any]
    names: Names
    above: date | None  # the day the page above ended with, or the day the page is looked at
    link: str = ""  # the address of an entry's history, with {} for its id
    may_correct: Callable[[Spine], bool] = lambda _entry: False
    may_answer: Collection[str] = ()  # categories: beside an entry of these something may be said
    beside: Mapping[str, Sequence[Said]] = field(default_factory=dict)


def rows(told: Told) -> list[TimelineRow]:
    """Ready rows, newest first. What is still to come makes no silence: that is counted back from today."""
    made: list[TimelineRow] = []
    above, shown = told.above, None
    for group in _groups(told.entries, told.lines):
        day = clock.day_of(group[0].happened_at)
        row = _row(group, told, day=day, is_same_day=day == shown)
        gap = _gap((above - day).days) if above else ""
        made.append(row._replace(gap=gap) if gap else row)
        above, shown = min(above or day, day), day
    return made


def _groups(entries: Sequence[Spine], lines: Mapping[UUID, Any]) -> Iterator[list[Spine]]:
    """Expected dates that one document told stand together; anything else stands alone."""

    def together(entry: Spine) -> object:
        alone = entry.kind != "expected_date" or entry.supersedes_id or entry.id not in lines
        return object() if alone else (entry.as_at, entry.organisation_id, entry.happened_at)

    return (list(group) for _key, group in groupby(entries, key=together))


def _row(group: list[Spine], told: Told, *, day: date, is_same_day: bool) -> TimelineRow:
    entry, _ = group[0], told.names.wording
    entry_id, said = str(entry.id), _said(group, told)
    return TimelineRow(
        moment=_machine(entry, day),
        day="" if is_same_day else _.day(day),
        time=_time(entry, _),
        topic=topic_of(entry.kind),
        kind=said.kind,
        text=said.text,
        said_by=said_by(entry, told.names),
        known=known(entry, _),
        marks=(*said.marks, *_marks(entry, _)),
        links=_links(entry, told, told.link.format(entry_id)),
        **beside(told.beside.get(entry_id, ()), told.names),
    )


def beside(said: Sequence[Said], names: Names) -> dict[str, Any]:
    """Who disagrees with an entry, and what it speaks of where it may be hard to read."""
    if not said:
        return {}
    _ = names.wording
    closed = [team_words.speaks_of(each.line, _) for each in said if isinstance(each.line, ContentLine)]
    disagree = [team_words.quoted(each.line, _) for each in said if isinstance(each.line, DisagreementLine)]
    return {"closed": " ".join(closed), "beside": tuple(disagree)}


def _said(group: list[Spine], told: Told) -> Words:
    entry, _ = group[0], told.names.wording
    if entry.is_redacted:
        return Words(_("Removed"), _("What stood here was removed. That it stood here is kept."))
    if entry.kind == WITHDRAWN:
        return Words(_("Taken back"), _("What was said here does not stand any more."))
    if len(group) > 1:
        dated = ", ".join(words.expected(told.lines[each.id], _) for each in group)
        return Words(_("Expected dates"), f"{dated}.")
    return words.of_entry(entry.kind, told.lines[entry.id], told.names)


def said_by(entry: Spine, names: Names) -> str:
    """Who said so: a worker by name, a feed by what it is."""
    _ = names.wording
    organisation = names.organisation(entry.organisation_id)
    if entry.recorded_by:
        return f"{names.worker(entry.recorded_by)}, {organisation}"
    return f"{organisation}, {_sources(_).get(entry.source, entry.source)}"


@cache
def _sources(_: Wording) -> Mapping[str, str]:
    """What a feed is called."""
    return {
        "prisoner-search": _("prison record"),
        "prison-events": _("event of the prison"),
        "treatment": _("treatment record"),
        "people": _("list of people"),
    }


def known(entry: Spine, _: Wording) -> str:
    """When we knew; and of when the source's word was, where that is another day."""
    return _known(entry.recorded_at, entry.as_at, _)


@lru_cache(MOMENTS_KEPT)  # a source says many things at once
def _known(recorded_at: datetime, as_at: datetime, _: Wording) -> str:
    told, said = clock.day_of(recorded_at), clock.day_of(as_at)
    moment = _.moment(recorded_at)
    if said == told:
        return _("known %(moment)s") % {"moment": moment}
    return _("as at %(day)s, known %(moment)s") % {"day": _.day(said), "moment": moment}


def _machine(entry: Spine, day: date) -> str:
    if entry.dated_by != "time":
        return day.isoformat()
    return f"{day.isoformat()}T{time(entry.happened_at)}"


def _time(entry: Spine, _: Wording) -> str:
    if entry.dated_by == "time":
        return time(entry.happened_at)
    return _("or before") if entry.dated_by == "by" else ""


def _marks(entry: Spine, _: Wording) -> Iterator[Mark]:
    if entry.restricted:
        yield Mark(_("restricted: do not let this be known"), "red")
    if entry.supersedes_id:
        yield Mark(_("corrected: %(why)s") % {"why": entry.reason}, "amber")


def _links(entry: Spine, told: Told, address: str) -> tuple[Link, ...]:
    """Where its history is, what there is to do about it; none where there is no address of it."""
    if not address:
        return ()
    _ = told.names.wording
    before = (Link(_("What it said before"), address),) if entry.supersedes_id else ()
    if told.may_correct(entry):
        before = (*before, Link(_("Correct"), f"{address}correct/"))
    if entry.category in told.may_answer:
        return (*before, Link(_("Add beside it"), f"{address}beside/"))
    return before


def _gap(days: int) -> str:
    if days <= GAP_DAYS:
        return ""
    return ngettext("%(days)s day with nothing here", "%(days)s days with nothing here", days) % {
        "days": days
    }
