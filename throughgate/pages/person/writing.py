"""The forms of a record in words."""

from typing import Any

from django.urls import reverse

from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.person import banners
from throughgate.pages.person.forms import TypedDeath
from throughgate.pages.wording import words as _
from throughgate.people.queries import Banner
from throughgate.staff.queries import Hat


def death(
    hat: Hat, permit: Permit, who: Banner, lookalikes: int, typed: TypedDeath, *, why: str
) -> dict[str, Any]:
    """The form that settles a reported death."""
    return {
        **frame(hat, permit, who, lookalikes),
        "problems": [Problem(why, "finding")] if why else [],
        "why": why,
        "typed": typed,
        "findings": [
            Option(finding, words, hint=hint, is_chosen=typed.finding == finding)
            for finding, words, hint in _findings()
            if finding != who.death
        ],
        "is_reported": who.death == "reported",
        "is_confirmed": who.death == "confirmed",
    }


def _findings() -> list[tuple[str, str, str]]:
    return [
        ("confirmed", _("They have died"), _("The record closes, but for late entries that a review needs.")),
        ("mistaken", _("It was a mistake: they are alive"), _("The record goes on as before.")),
    ]


def check_death(typed: TypedDeath) -> None:
    """Refuse a form that leaves out what is needed to settle a death."""
    if typed.finding not in {"confirmed", "mistaken"}:
        raise Refused(_("Choose what you found out."))
    if typed.finding == "confirmed" and typed.died.on is None:
        raise Refused(_("Enter the day they died, with day, month and year."))
    if not typed.reason:
        raise Refused(_("Say how you know, so that whoever reads this later can ask."))


def frame(hat: Hat, permit: Permit, who: Banner, lookalikes: int) -> dict[str, Any]:
    """Whose record a form writes on, and the way back to it."""
    return {
        "who": banners.banner(who, lookalikes, hat, on=clock.day_of(permit.at)),
        "back_url": reverse("person", args=[hat.post_id, permit.person_id]),
    }
