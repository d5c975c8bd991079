"""The record page in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import dates
from throughgate.pages.components.shapes import Mark, PersonBanner, Tab
from throughgate.pages.names import category, code_label, language
from throughgate.pages.person import forms, held_at, medicines, timeline
from throughgate.pages.person.forms import Asked
from throughgate.pages.person.reading import Record
from throughgate.people.queries import Banner, KnownAs
from throughgate.staff.queries import Hat

BANNER_SYSTEMS = ("prison", "nhs", "pnc", "crn")  # in the order people read them; the rest stand below


def record(hat: Hat, permit: Permit, asked: Asked, read: Record) -> dict[str, Any]:
    """Everything the template of a record prints."""
    today = clock.day_of(permit.at)
    address = reverse("person", args=[hat.post_id, permit.person_id])
    as_known = {"known_on": asked.known_on.isoformat()} if asked.known_on else {}
    told = timeline.Told(
        entries=read.page.entries,
        lines=read.lines,
        names=read.names,
        above=_above(asked, today),
    )
    return {
        "who": banner(read.who, read.lookalikes, hat, on=today),
        "custody": held_at.panel(read.panel, read.who, read.names, on=asked.known_on or today),
        "medicines": medicines.card(read.medicines, read.names),
        "rows": timeline.rows(told),
        "tabs": _tabs(address, asked, as_known),
        "older_url": _older(address, asked, read),
        "is_later_page": asked.before is not None,
        "address": address,
        "known_on": dates.day(asked.known_on) if asked.known_on else "",
        "sharing": sharing(permit),
        "as_at": dates.moment(permit.at),
    }


def banner(who: Banner, lookalikes: int, hat: Hat, *, on: date) -> PersonBanner:
    """Whose record this is, with what must be noticed before anything else."""
    return PersonBanner(
        name=who.name or _("Name not recorded"),
        born=_born(who, on=on),
        identifiers=tuple(_identifiers(who.known_as)),
        marks=tuple(_marks(who)),
        lookalike=_lookalike(lookalikes),
        lookalike_link=None,
    )


def _born(who: Banner, *, on: date) -> str:
    """Every birth date that is told, the newest first, each with who told it where they differ."""
    told = list(dict.fromkeys(each.birth_date for each in who.known_as if each.birth_date))
    if not told:
        return ""
    words = [f"{dates.born(day)} ({dates.age(day, on=on)})" for day in told]
    if len(words) == 1:
        return words[0]
    return _("%(first)s, or %(others)s: sources differ") % {
        "first": words[0],
        "others": _(" or ").join(words[1:]),
    }


def _identifiers(known_as: tuple[KnownAs, ...]) -> list[tuple[str, str]]:
    """Each number once, under the name of its system; one that breaks its rules says so."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for known in known_as:
        for number in known.numbers:
            found.setdefault((number.system, number.value), (number.as_written, number.state))
    return [
        (code_label("identifier_systems", system), _number(system, value, *written))
        for wanted in BANNER_SYSTEMS
        for (system, value), written in found.items()
        if system == wanted
    ]


def _number(system: str, value: str, as_written: str, state: str) -> str:
    if state == "unusable":
        return _("%(number)s (not a real number: check)") % {"number": as_written}
    return f"{value[:3]} {value[3:6]} {value[6:]}" if system == "nhs" else value


def _marks(who: Banner) -> list[Mark]:
    marks = []
    if who.death == "reported":
        marks.append(Mark(_("Reported to have died: to be confirmed"), "red"))
    if who.death == "confirmed":
        marks.append(Mark(_("Has died: this record is closed"), "red"))
    if who.language and who.language != "en":
        marks.append(Mark(_("Speaks %(language)s") % {"language": language(who.language)}, "deep"))
    if any(known.interpreter == "yes" for known in who.known_as):
        marks.append(Mark(_("Needs an interpreter"), "deep"))
    return marks


def _lookalike(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "Another person here has this name, or this surname and birth date.",
        "%(count)s other people here have this name, or this surname and birth date.",
        count,
    ) % {"count": count}


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
    known_on = asked.known_on.isoformat() if asked.known_on else ""
    return _address(address, topic=asked.topic, known_on=known_on, before=forms.place(read.page.next))


def _address(address: str, **asked: str) -> str:
    """The page with what is asked for, leaving out what is not."""
    given = {name: value for name, value in asked.items() if value}
    return f"{address}?{urlencode(given)}#timeline" if given else f"{address}#timeline"


def _above(asked: Asked, today: date) -> date:
    if asked.before:
        return clock.day_of(asked.before[0])
    return asked.known_on or today


def sharing(permit: Permit) -> dict[str, list[str]]:
    """Which kinds of information this role is shown and which not: by its permit, whatever the record holds."""
    known = code_set("categories").labels()
    return {
        "shared": [category(each) for each in known if each in permit.read],
        "not_shared": [category(each) for each in known if each not in permit.read],
    }
