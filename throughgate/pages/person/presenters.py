"""The record page in words."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from throughgate.book import queries as book
from throughgate.contacts import queries as contacts
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import addresses, quiet, wording
from throughgate.pages.components.shapes import Problem, Tab
from throughgate.pages.person import (
    appointments,
    banners,
    before,
    elsewhere,
    forms,
    held_at,
    looking,
    medicines,
    pathway,
    timeline,
    writing,
)
from throughgate.pages.person.forms import Asked
from throughgate.pages.person.reading import History, Record
from throughgate.pages.recording import sheets
from throughgate.pages.story import presenters as story
from throughgate.pages.wording import words as _
from throughgate.pathway.queries import PlanLine
from throughgate.people.queries import Banner, KnownAs
from throughgate.people.rules import readable
from throughgate.staff.queries import Hat


def record(hat: Hat, permit: Permit, asked: Asked, read: Record) -> dict[str, Any]:
    """Everything the template of a record prints."""
    today = clock.day_of(permit.at)
    address = addresses.to("person", hat.post_id, permit.person_id)
    as_known = {"known_on": asked.known_on.isoformat()} if asked.known_on else {}
    reader = pathway.reader(hat, permit, death=read.who.death)
    told = timeline.Told(
        entries=read.page.entries,
        lines=read.lines,
        beside=read.beside,
        names=read.names,
        above=_above(asked, today),
        link=addresses.to("history", hat.post_id, permit.person_id, "{}"),
        may_correct=partial(sheets.is_correctable, permit),
        may_answer=permit.write,
    )
    return {
        "who": banners.banner(read.who, read.lookalikes, hat, on=today, also=story.how_to_reach(read.told)),
        "about_me": story.about_me(read.told, hat, permit),
        "pathway": pathway.pathway(read.plan, reader, read.names.wording) if read.plan else None,
        "custody": held_at.panel(read.panel, read.names, death=read.who.death),
        "appointments": None if asked.known_on else appointments.panel(read.booked, hat, permit, read.names),
        "medicines": medicines.card(read.medicines, read.names),
        "before": before.panel(read, hat, permit),
        "quiet": {
            name: quiet.said([feed for feed in read.quiet if feed.format == name])
            for name in ("prisoner-search", "treatment")
        },
        "rows": timeline.rows(told),
        "tabs": _tabs(address, asked, as_known),
        "older_url": _older(address, asked, read),
        "longer_url": _longer(address, asked, read),
        "is_later_page": asked.before is not None,
        "address": address,
        "known_on": wording.day(asked.known_on) if asked.known_on else "",
        "problems": _problems(asked),
        **_addresses(hat, permit, death=read.who.death),
        "recording_url": reader.sheets.get("any", ""),
        "looking": looking.links(hat, permit),
        "also_known": _also_known(read),
        "sharing": sharing(permit),
        "as_at": wording.moment(permit.at),
    }


def _addresses(hat: Hat, permit: Permit, *, death: str) -> dict[str, str]:
    """Where this page leads besides; "" where this worker cannot go there."""

    def to(page: str, *rest: str) -> str:
        return addresses.to(page, hat.post_id, permit.person_id, *rest)

    shows_plans = "plan_appointments" in permit.read
    settles_death = "identity_contact" in permit.write
    return {
        "note_url": to("sheet", "note") if contacts.note_kinds(permit) else "",
        "packs_url": to("packs") if shows_plans else "",
        "texts_url": to("texts") if shows_plans else "",
        "book_url": to("book") if book.gives_codes(permit) or book.sits_beside(permit) else "",
        "team_url": to("team") if shows_plans else "",
        "ask_url": to("ask"),
        "plan_url": to("plan") if shows_plans else "",
        "respond_url": to("respond"),
        "sharing_url": to("sharing") if "sharing" in permit.read else "",
        "death_url": to("death") if death == "reported" and settles_death else "",
        "alive_url": to("death") if death == "confirmed" and settles_death else "",
    }


def steps(hat: Hat, permit: Permit, who: Banner, lookalikes: int, plan: PlanLine | None) -> dict[str, Any]:
    """Every step of the pathway; `pathway` is None where there is none to show."""
    reader = pathway.reader(hat, permit, death=who.death)
    words = wording.current()
    return {
        **writing.frame(hat, permit, who, lookalikes),
        "pathway": pathway.pathway(plan, reader, words) if plan else None,
        "steps": pathway.every_step(plan, reader, words) if plan else [],
        "as_at": wording.moment(permit.at),
    }


def history(hat: Hat, permit: Permit, read: History, entered: History) -> dict[str, Any]:
    """Every version of an entry, the one that holds first."""
    beside = {str(version.id): read.beside for version in read.versions}
    told = timeline.Told(entries=read.versions, lines=read.lines, names=read.names, above=None, beside=beside)
    rows = timeline.rows(told)
    return {
        "who": banners.banner(read.who, read.lookalikes, hat, on=clock.day_of(permit.at)),
        "rows": [rows[0], *(row._replace(is_replaced=True) for row in rows[1:])],
        "entered": elsewhere.rows(read, entered),
        "back_url": f"{addresses.to('person', hat.post_id, permit.person_id)}#timeline",
        "as_at": wording.moment(permit.at),
    }


def _also_known(read: Record) -> list[tuple[str, str, str]]:
    """What each source calls them beyond the banner: what, how it is written, and who says so."""
    sources: dict[str, dict[str, list[str]]] = {}
    for known in read.who.known_as:
        for label, value in _known_as(known):
            said_by = sources.setdefault(label, {}).setdefault(value, [])
            said_by.append(read.names.organisation(known.organisation_id))
    return [
        (label, value, ", ".join(dict.fromkeys(said_by)))
        for label, values in sources.items()
        for value, said_by in values.items()
    ]


def _known_as(known: KnownAs) -> Iterator[tuple[str, str]]:
    names = (known.title, known.first_name, known.middle_names, known.last_name)
    if name := " ".join(part for part in names if part):
        yield _("Name"), readable(name)
    for alias in known.aliases:
        yield _("Also known as"), readable(" ".join(part for part in alias[:3] if part))
    for number in known.numbers:
        if number.system not in banners.BANNER_SYSTEMS or number.value != number.as_written:
            yield wording.label("identifier_systems", number.system), number.as_written
    if known.language:
        yield _("Language"), wording.label("languages", known.language)
    if known.ethnicity:
        yield _("Ethnic group"), wording.label("ethnicities", known.ethnicity)


def _tabs(address: str, asked: Asked, as_known: Mapping[str, str]) -> list[Tab]:
    topics = {
        "": _("All"),
        "custody": _("Custody"),
        "law": _("Court and law"),
        "treatment": _("Treatment"),
        "contact": _("Contacts"),
        "safety": _("Safety and health"),
        "note": _("Notes"),
    }
    return [
        Tab(label, _address(address, topic=topic, **as_known), is_current=topic == asked.topic)
        for topic, label in topics.items()
    ]


def _older(address: str, asked: Asked, read: Record) -> str:
    if read.page.next is None:
        return ""
    return _address(address, **_kept(asked), before=forms.place(read.page.next))


def _longer(address: str, asked: Asked, read: Record) -> str:
    """The same page with more on it, to read on or to print; "" where it would hold no more."""
    if read.page.next is None or asked.length == forms.LONG:
        return ""
    before = forms.place(asked.before) if asked.before else ""
    return _address(address, **{**_kept(asked), "entries": str(forms.LONG)}, before=before)


def _kept(asked: Asked) -> dict[str, str]:
    """What goes along from page to page."""
    return {
        "topic": asked.topic,
        "known_on": asked.known_on.isoformat() if asked.known_on else "",
        "entries": str(asked.length) if asked.length == forms.LONG else "",
    }


def _address(address: str, **asked: str) -> str:
    """The page with what is asked for, leaving out what is not."""
    given = {name: value for name, value in asked.items() if value}
    return f"{address}?{urlencode(given)}#timeline" if given else f"{address}#timeline"


def _problems(asked: Asked) -> list[Problem]:
    why = _("Enter a day up to today, such as 27 3 2026: here stands what is known now.")
    return [Problem(why, "known_on_day")] if asked.unread_day else []


def _above(asked: Asked, today: date) -> date:
    if asked.before:
        return min(clock.day_of(asked.before[0]), today)
    return asked.known_on or today


def sharing(permit: Permit) -> dict[str, list[str]]:
    """Which kinds of information this role is shown, and which not: by its permit, never by the record."""
    known = code_set("categories").labels()
    return {
        "shared": [wording.label("categories", each) for each in known if each in permit.read],
        "not_shared": [wording.label("categories", each) for each in known if each not in permit.read],
    }
