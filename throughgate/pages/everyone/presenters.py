"""The list of everyone here in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from throughgate.custody.queries import Everyone, Here
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import ListPermit
from throughgate.pages import addresses, wording
from throughgate.pages.components.shapes import Mark, Option, PersonRow
from throughgate.pages.everyone import forms
from throughgate.pages.everyone.forms import Asked
from throughgate.pages.person.held_at import outing, standing
from throughgate.pages.wording import Wording
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat


def everyone(
    hat: Hat, permit: ListPermit, asked: Asked, found: Everyone, quiet: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Everything the template prints; `quiet` are feeds that stopped: since when, and whose."""
    address = reverse("everyone", args=[hat.post_id])
    link = addresses.to("person", hat.post_id, "{}")
    today = clock.day_of(permit.at)
    return {
        "address": address,
        "search_url": reverse("search", args=[hat.post_id]),
        "typed": {name: asked.typed.get(name, "") for name in forms.NAMES},
        "leaving": _leaving(asked),
        "standings": _standings(asked),
        "languages": _languages(asked),
        "arrived": [Option("1", _("Arrived in the last 7 days"), is_chosen=bool(asked.typed.get("arrived")))],
        "is_filtered": asked.is_filtered,
        "shows_custody": "custody_legal" in permit.categories,
        "quiet": quiet,
        "people": [_row(person, link, today, wording.current()) for person in found.people],
        "previous_url": _page(hat, asked, before=found.previous),
        "next_url": _page(hat, asked, after=found.next),
        "as_at": wording.moment(permit.at),
    }


def _row(person: Here, link: str, today: date, _: Wording) -> PersonRow:
    who = [_("born %(day)s") % {"day": _.born(person.birth_date)}] if person.birth_date else []
    if person.prison_number:
        who.append(person.prison_number)
    return PersonRow(
        state="",
        name=person.name or _("Name not recorded"),
        url=link.format(person.person_id),
        who=" · ".join(who),
        what=_what(person, _),
        when=_when(person, today, _),
        marks=tuple(_marks(person, _)),
    )


def _what(person: Here, _: Wording) -> str:
    """Where they are and in what standing, as far as the list shows it."""
    # A reported death stands in a mark; a recall issued is not for lists.
    kind = {"recall_issued": "not_in_custody", "died_reported": ""}.get(
        person.standing or "", person.standing
    )
    parts = [person.cell or "", standing(kind or "", _), outing(person.out_now or "", _)]
    return " · ".join(part for part in parts if part)


def _when(person: Here, today: date, _: Wording) -> str:
    if person.left_on:
        return _("left %(day)s") % {"day": _.near(person.left_on, today)}
    if not person.release_on or not person.prison:
        return ""
    day = {"day": _.near(person.release_on, today)}
    return _("leaving date %(day)s is past") % day if person.release_on < today else _("leaves %(day)s") % day


def _marks(person: Here, _: Wording) -> list[Mark]:
    marks = []
    if person.death:
        marks.append(
            Mark(_("Has died") if person.death == "confirmed" else _("Reported to have died"), "red")
        )
    if person.language and person.language != "en":
        marks.append(
            Mark(_("Speaks %(language)s") % {"language": _.label("languages", person.language)}, "deep")
        )
    return marks


def _leaving(asked: Asked) -> list[Option]:
    labels = {
        7: _("In the next 7 days"),
        28: _("In the next 4 weeks"),
        84: _("In the next 12 weeks"),
    }
    return [
        Option("", _("Any time")),
        *(
            Option(str(days), labels[days], is_chosen=asked.typed.get("leaving") == str(days))
            for days in forms.LEAVING_DAYS
        ),
    ]


def _standings(asked: Asked) -> list[Option]:
    return [
        Option("", _("Any")),
        *(
            Option(kind, standing(kind, wording.current()), is_chosen=asked.typed.get("standing") == kind)
            for kind in forms.offered_standings()
        ),
    ]


def _languages(asked: Asked) -> list[Option]:
    words, chosen = wording.current(), asked.typed.get("language")
    return [
        Option("", _("Any")),
        *(
            Option(code, words.label("languages", code), is_chosen=code == chosen)
            for code in code_set("languages").labels()
        ),
    ]


def _page(hat: Hat, asked: Asked, **place: UUID | None) -> str:
    """The address of another page with the same filters; "" where there is none."""
    if not any(place.values()):
        return ""
    filters = forms.in_address(asked.typed, post_id=hat.post_id)
    return f"{reverse('everyone', args=[hat.post_id])}?{urlencode({**filters, **place})}"
