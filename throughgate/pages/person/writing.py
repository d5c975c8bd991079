"""The forms of a record in words."""

from typing import Any

from django.urls import reverse

from throughgate.contacts import queries as contacts
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.person import banners
from throughgate.pages.person.forms import TypedDeath, TypedNote
from throughgate.pages.wording import words as _
from throughgate.people.queries import Banner
from throughgate.staff.queries import Hat


def note(
    hat: Hat, permit: Permit, who: Banner, lookalikes: int, typed: TypedNote, *, why: str
) -> dict[str, Any]:
    """The form of a note; a new one gets its key here, so that sending it twice makes one note."""
    offered = contacts.note_kinds(permit)
    return {
        **_frame(hat, permit, who, lookalikes, why=why, field="text" if typed.kind in offered else "kind"),
        "typed": typed,
        "form_key": typed.form_key or str(new_id()),
        "kinds": [
            Option(kind, wording.label("categories", about), is_chosen=typed.kind == kind)
            for kind, about in offered.items()
        ],
        "is_late": who.death == "confirmed",
        "kind_error": why if typed.kind not in offered else "",
        "text_error": why if typed.kind in offered else "",
    }


def death(
    hat: Hat, permit: Permit, who: Banner, lookalikes: int, typed: TypedDeath, *, why: str
) -> dict[str, Any]:
    """The form that settles a reported death."""
    day, month, year = typed.parts
    return {
        **_frame(hat, permit, who, lookalikes, why=why, field="finding"),
        "typed": typed,
        "died_on": {"day": day, "month": month, "year": year},
        "findings": [
            Option(
                "confirmed",
                _("They have died"),
                hint=_("The record closes, but for late entries that a review needs."),
                is_chosen=typed.finding == "confirmed",
            ),
            Option(
                "mistaken",
                _("It was a mistake: they are alive"),
                hint=_("The record goes on as before."),
                is_chosen=typed.finding == "mistaken",
            ),
        ],
        "is_reported": who.death == "reported",
    }


def check_death(typed: TypedDeath) -> None:
    """Refuse a form that leaves out what is needed to settle a death."""
    if typed.finding not in {"confirmed", "mistaken"}:
        raise Refused(_("Choose what you found out."))
    if typed.finding == "confirmed" and typed.died_on is None:
        raise Refused(_("Enter the day they died, with day, month and year."))
    if not typed.reason:
        raise Refused(_("Say how you know, so that whoever reads this later can ask."))


def _frame(hat: Hat, permit: Permit, who: Banner, lookalikes: int, *, why: str, field: str) -> dict[str, Any]:
    return {
        **frame(hat, permit, who, lookalikes),
        "problems": [Problem(why, field)] if why else [],
        "why": why,
    }


def frame(hat: Hat, permit: Permit, who: Banner, lookalikes: int) -> dict[str, Any]:
    """Whose record a form writes on, and the way back to it."""
    return {
        "who": banners.banner(who, lookalikes, hat, on=clock.day_of(permit.at)),
        "back_url": reverse("person", args=[hat.post_id, permit.person_id]),
    }
