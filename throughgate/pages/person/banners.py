"""Whose record this is: the head of every page about a person."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import ngettext

from throughgate.foundation import sealed
from throughgate.pages import addresses, wording
from throughgate.pages.components.shapes import Link, Mark, PersonBanner
from throughgate.pages.wording import words as _
from throughgate.people.queries import Banner, KnownAs
from throughgate.staff.queries import Hat

BANNER_SYSTEMS = ("prison", "nhs", "pnc", "crn")  # in the order people read them; the rest stand below


def banner(who: Banner, lookalikes: int, hat: Hat, *, on: date, also: Sequence[Mark] = ()) -> PersonBanner:
    """Whose record this is, with what must be noticed before anything else: `also` stands there, too."""
    return PersonBanner(
        name=who.name or _("Name not recorded"),
        born=_born(who, on=on),
        identifiers=tuple(_identifiers(who.known_as)),
        marks=(*_marks(who), *also),
        lookalike=_lookalike(lookalikes),
        lookalike_link=_everybody_called_that(who, hat) if lookalikes else None,
    )


def _born(who: Banner, *, on: date) -> str:
    """Every birth date that is told, the newest first, each with who told it where they differ."""
    told = list(dict.fromkeys(each.birth_date for each in who.known_as if each.birth_date))
    if not told:
        return ""
    words = [f"{wording.born(day)} ({wording.age(day, on=on)})" for day in told]
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
        (wording.label("identifier_systems", system), _number(system, value, *written))
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
        marks.append(
            Mark(_("Speaks %(language)s") % {"language": wording.label("languages", who.language)}, "deep")
        )
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


def _everybody_called_that(who: Banner, hat: Hat) -> Link | None:
    """To the list of everybody with the surname, where who is who can be seen side by side."""
    surname = next((known.last_name for known in who.known_as if known.last_name), "")
    if not surname:
        return None
    sought = sealed.seal(surname, owner=hat.post_id)
    return Link(
        _("See both"), f"{addresses.to('everyone', hat.post_id)}?{urlencode({addresses.SEALED: sought})}"
    )
