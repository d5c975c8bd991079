"""The pages about an organisation's workers, in words."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext

from throughgate.access import policy
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.wording import words as _
from throughgate.pages.workers import forms
from throughgate.pages.workers.forms import Invited
from throughgate.staff.members import Member, Waiting
from throughgate.staff.queries import Hat


def workers(hat: Hat, held: Sequence[Member], waiting: Sequence[Waiting], idle: timedelta) -> dict[str, Any]:
    """Everybody with a post here, and who is invited."""
    minutes = str(int(idle.total_seconds() // 60))
    return {
        "organisation": hat.organisation_name,
        "members": [_member(each, hat) for each in held],
        "waiting": [_waiting(each) for each in waiting],
        "minutes": [
            Option(each, _("%(count)s minutes") % {"count": each}, is_chosen=each == minutes)
            for each in forms.MINUTES
        ],
        "addresses": {
            name: reverse(name, args=[hat.post_id])
            for name in (
                "invite",
                "withdraw_invitation",
                "end_post",
                "sign_worker_out",
                "hand_out_card",
                "let_worker_in",
                "idle_limit",
                "programs",
            )
        },
    }


def _member(each: Member, hat: Hat) -> dict[str, Any]:
    return {
        "post": each.post_id,
        "worker": each.worker_id,
        "name": each.name,
        "what": f"{role(each.role)}, {each.team}",
        "email": each.email,
        "is_me": each.worker_id == hat.worker_id,
        "state": _state(each),
    }


def _state(each: Member) -> str:
    factor = (
        _("signs in with a key, a phone or a card beside the password")
        if each.has_second_factor
        else _("signs in with a password alone so far")
    )
    if not each.sessions:
        return factor
    where = ngettext("signed in at %(num)s place", "signed in at %(num)s places", each.sessions)
    return f"{factor}, {where % {'num': each.sessions}}"


def _waiting(each: Waiting) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "what": f"{role(each.role)}, {each.team}" if each.role else _("a new way in"),
        "until": _("until %(when)s") % {"when": wording.moment(each.expires_at)},
    }


def role(code: str) -> str:
    """What somebody does, in words."""
    known = policy.roles().get(code)
    return _(known.label) if known else code


def invite(hat: Hat, typed: Invited, wrong: Mapping[str, str]) -> dict[str, Any]:
    """Whom to invite, as what."""
    return {
        "back_url": reverse("workers", args=[hat.post_id]),
        "typed": typed,
        "wrong": dict.fromkeys(Invited._fields, "") | dict(wrong),
        "problems": [Problem(text, name) for name, text in wrong.items()],
        "roles": [
            Option("", _("Choose")),
            *(Option(each, role(each), is_chosen=each == typed.role) for each in forms.roles(hat)),
        ],
    }


def code(hat: Hat, given: str) -> dict[str, Any]:
    """What to hand over; the address is this installation's own, whatever the browser calls it."""
    return {
        "back_url": reverse("workers", args=[hat.post_id]),
        "code": given,
        "address": settings.ADDRESS + reverse("invitation"),
    }


def card(hat: Hat, codes: Sequence[str]) -> dict[str, Any]:
    return {"codes": codes, "back_url": reverse("workers", args=[hat.post_id])}
