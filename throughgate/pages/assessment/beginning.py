"""The guard before a sitting: what was asked lately, the shorter path, and what may be begun."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from throughgate.access import policy
from throughgate.assessment import instruments, queries
from throughgate.assessment.rules import asking, guard
from throughgate.assessment.rules.answers import Sitting as Had
from throughgate.foundation import clock, wrong
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.assessment import filling, offering, presenters, sittings
from throughgate.pages.assessment.offering import Offer
from throughgate.pages.assessment.reading import Read
from throughgate.pages.assessment.sittings import Sitting
from throughgate.pages.components.shapes import Cell, Column, Link, Mark, Option, Problem
from throughgate.pages.person import writing
from throughgate.pages.typed import id_in
from throughgate.pages.wording import words as _
from throughgate.pathway import queries as pathway
from throughgate.record import drafts
from throughgate.staff.queries import Hat

STANDARD = "standard"
PAPER = "paper"  # of the code set assessment_ways
SHORTER = "update"  # the stage that says what has changed since
WHOLE = "comprehensive"
SETTING = {"inside": "custody", "governing": "custody"}  # by the home of a role; others meet people outside


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The form as it was sent; opening it makes the id of the sitting, so that twice sent is begun once."""

    sitting_id: UUID
    offer: Offer | None  # None: nothing that this worker may ask
    is_paper: bool  # named by the code that its paper bears
    way: str
    setting: str
    for_court: bool
    why: str


class Row(NamedTuple):
    """What may be asked."""

    title: str
    what: str
    paper_url: str
    value: str
    mark: Mark | None
    is_first: bool


def typed(given: Mapping[str, str], permit: Permit) -> Typed:
    is_paper = given.get("deed") == "paper"
    return Typed(
        sitting_id=id_in(given, "sitting") or new_id(),
        offer=_offer_in(permit, given, is_paper=is_paper),
        is_paper=is_paper,
        way=PAPER if is_paper else given.get("way", "") or queries.ways(permit)[0],
        setting=given.get("setting", "") or usual_setting(permit),
        for_court=bool(given.get("for_court")),
        why=given.get("why", "").strip(),
    )


def _offer_in(permit: Permit, given: Mapping[str, str], *, is_paper: bool) -> Offer | None:
    if is_paper:
        return offering.by_code(permit, given.get("code", ""))
    return next((offer for offer in offering.offers(permit) if offer.value == given.get("what")), None)


def usual_setting(permit: Permit) -> str:
    """Where this role meets people."""
    return SETTING.get(policy.roles()[permit.role].home, "community")


def faults(permit: Permit, read: Read, given: Typed) -> dict[str, str]:
    """Why nothing is begun; a control -> a sentence."""
    sentences = {
        "code": _("No form has this code. Read it again from the foot of the paper.")
        if given.is_paper and not given.offer
        else "",
        "what": "" if given.is_paper or given.offer else _("Choose what to ask."),
        "way": "" if given.way in queries.ways(permit) else _("Choose who fills it in."),
        "why": wrong.too_long(given.why) or _unexplained(permit, read, given),
    }
    return wrong.parts(sentences)


def sitting(given: Typed, offer: Offer) -> Sitting:
    return Sitting(
        id=given.sitting_id,
        instrument=offer.form.code,
        version=offer.form.version,
        stage=offer.stage,
        way=given.way,
        setting=given.setting,
        for_court=given.for_court,
        again_because=given.why,
    )


def page(hat: Hat, permit: Permit, read: Read, given: Typed, why_not: Mapping[str, str]) -> dict[str, Any]:
    """What was asked lately, and everything this role may ask."""
    lately = guard.asked_lately(read.had, on=clock.day_of(permit.at))
    here = [hat.post_id, permit.person_id]
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "columns": [Column(_("What")), Column(_("When")), Column(_("By whom")), Column(_("Answered"))],
        "asked": [_row(hat, permit, read, each) for each in lately],
        "is_partly_hidden": bool(queries.not_shared(permit)),
        "known_url": reverse("ask_known", args=here),
        "over_time_url": reverse("ask_over_time", args=here),
        "shorter": _shorter(lately),
        "unfinished": _unsaved(hat, permit, read) or _unfinished(hat, permit, lately),
        "needs_reason": bool(lately),
        "why": given.why,
        "wrong": why_not.get("why", ""),
        "problems": [Problem(why, name) for name, why in why_not.items()],
        "sitting_id": given.sitting_id,
        "is_way_open": bool(why_not.get("way")) or given.for_court,
        "ways": _options("assessment_ways", queries.ways(permit), given.way),
        "settings": _options("assessment_settings", ["custody", "court", "community"], given.setting),
        "purposes": [Option("yes", _("It is asked for a court"), is_chosen=given.for_court)],
        "offers": list(_groups(hat, permit, read)),
        "code_wrong": why_not.get("code", ""),
        "as_at": wording.moment(permit.at),
    }


def _unexplained(permit: Permit, read: Read, given: Typed) -> str:
    if given.why or not (given.offer and _is_repeated(permit, read, given.offer)):
        return ""
    return _("This was asked a short time ago. Say why it has to be asked again, or take the shorter path.")


def _is_repeated(permit: Permit, read: Read, offer: Offer) -> bool:
    on = clock.day_of(permit.at)
    return guard.is_repeated(read.had, instrument=offer.form.code, stage=offer.stage, on=on)


def _groups(hat: Hat, permit: Permit, read: Read) -> Iterator[tuple[str, list[Row], bool]]:
    """Under their headings, and whether they are folded away; one leads."""
    offers = list(offering.offers(permit))
    advised = _advised(permit, read, [each.stage for each in offers])
    rows = [(each.form.code, _offer(hat, permit, read, each, advised=advised)) for each in offers]
    for heading, is_standard in ((_("The standard assessment"), True), (_("Other forms"), False)):
        found = [row for code, row in rows if (code == STANDARD) == is_standard]
        if found:
            yield heading, found, len(found) < len(rows) and not is_standard


def _advised(permit: Permit, read: Read, offered: Collection[str]) -> str:
    """The stage that leads: the shorter path where something was asked lately, or what the pathway awaits."""
    if guard.asked_lately(read.had, on=clock.day_of(permit.at)):
        return SHORTER
    return next((stage for stage in pathway.stages_awaited(permit) if stage in offered), WHOLE)


def _offer(hat: Hat, permit: Permit, read: Read, offer: Offer, *, advised: str) -> Row:
    form, stage = offer
    is_repeated = _is_repeated(permit, read, offer)
    paper = reverse("ask_paper", args=[hat.post_id, permit.person_id, offer.value])
    return Row(
        title=wording.label("assessment_stages", stage) if stage else _(form.title),
        what=_what(permit, offer),
        paper_url="" if form.needs_paper else paper,
        value=offer.value,
        mark=Mark(_("asked lately: say why"), "amber") if is_repeated else None,
        is_first=stage == advised,
    )


def _what(permit: Permit, offer: Offer) -> str:
    """How much it is for this role, before it is begun."""
    form, topics = offer.form, offering.asked(permit, offer)
    number = sum(len(each.questions) for each in topics)
    minutes = offering.minutes(topics)
    questions = ngettext("At most %(number)s question", "At most %(number)s questions", number)
    time = ngettext("about a minute", "about %(minutes)s minutes", minutes) % {"minutes": minutes}
    parts = [
        "" if offer.stage else _(form.purpose),
        f"{questions % {'number': number}}, {time}.",
        _("Its words stand on its own paper form only.") if form.needs_paper else "",
        ""
        if form.verified == "yes" or offer.stage
        else _("Its words are not yet checked against their source."),
    ]
    return " ".join(part for part in parts if part)


def _shorter(lately: Sequence[Had]) -> str:
    if not lately:
        return ""
    return _("They have answered already. Ask only what has changed: what is known is shown beside it.")


def _unsaved(hat: Hat, permit: Permit, read: Read) -> Link | None:
    """Where what they typed last, and did not save, can be gone on with."""
    drafted = drafts.last(permit, filling.DRAFTED).removeprefix(filling.DRAFTED)
    sitting_id, _space, rest = drafted.partition(" ")
    if not (drafted and sittings.is_found(permit, UUID(sitting_id), read.had)):
        return None
    topic = rest.partition(" ")[0]
    url = reverse("topic", args=[hat.post_id, permit.person_id, sitting_id, topic])
    return Link(_("What you typed last is kept as a draft, and not saved yet."), url)


def _unfinished(hat: Hat, permit: Permit, lately: Sequence[Had]) -> Link | None:
    """The newest sitting of theirs of which this role has not begun all that it asks."""
    for had in lately:
        left, whole = _left(permit, had)
        if left and had.first.organisation_id == permit.organisation_id:
            form = instruments.instrument(had.first.instrument, had.first.version)
            title = presenters.title(form.title, had.first.stage)
            said = {"sitting": title, "done": whole - left, "whole": whole}
            url = reverse("sitting", args=[hat.post_id, permit.person_id, had.id])
            return Link(_("Begun, and not finished: %(sitting)s, %(done)s of %(whole)s topics.") % said, url)
    return None


def _left(permit: Permit, had: Had) -> tuple[int, int]:
    """How many of the open topics that this role asks are not begun, and how many there are."""
    form = instruments.instrument(had.first.instrument, had.first.version)
    stage = asking.at_stage(form, had.first.stage)
    topics = {each.code for each in stage if not each.closed and filling.asked_of(permit, each)}
    return len(topics.difference(had.topics)), len(topics)


def _row(hat: Hat, permit: Permit, read: Read, had: Had) -> list[str | Cell]:
    first = had.first
    form = instruments.instrument(first.instrument, first.version)
    who = [read.names.worker(first.recorded_by)] if first.recorded_by else []
    is_ours = first.organisation_id == permit.organisation_id
    url = reverse("sitting", args=[hat.post_id, permit.person_id, had.id]) if is_ours else ""
    return [
        Cell(presenters.title(form.title, first.stage), url),
        wording.day(had.last.said_on),
        Cell(", ".join([*who, read.names.organisation(first.organisation_id)]), source=_ways(had)),
        _("%(number)s answers") % {"number": sum(len(had.answers(topic)) for topic in had.topics)},
    ]


def _ways(had: Had) -> str:
    return ", ".join(wording.label("assessment_ways", way) for way in had.ways)


def _options(table: str, codes: Sequence[str], chosen: str) -> list[Option]:
    return [Option(code, wording.label(table, code), is_chosen=code == chosen) for code in codes]
