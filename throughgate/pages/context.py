"""What the frame of every page shows: who is signed in, under which hat, and where they can go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject

from throughgate.access import emergency, policy
from throughgate.foundation.permits import Permit
from throughgate.pages import addresses, homes, names, way_back, wording
from throughgate.pages.wording import words as _
from throughgate.staff import sessions
from throughgate.staff.queries import Hat


@dataclass(frozen=True)
class Me:
    """Whoever is signed in, as the head of the page names them."""

    name: str
    hat_label: str
    organisation: str
    change_hat_url: str
    sign_in_url: str  # what they sign in with, and where
    sign_out_url: str
    idle_minutes: float  # after which the session ends
    awake_url: str


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Context of every page. Runs no query but in an emergency: the door has read the hat already."""
    hat = getattr(request, "hat", None)
    permit = getattr(request, "permit", None)
    return {
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),  # made once, for every form on the page
        "demo": settings.DEMO,
        "me": _me(request, hat),
        "nav": _places(request, hat),
        "opening": _opening(hat, permit),
        "stated": _stated(hat, permit),
    }


def _me(request: HttpRequest, hat: Hat | None) -> Me | None:
    if hat is None:
        return None
    return Me(
        name=hat.worker_name,
        hat_label=names.of_hat(hat),
        organisation=hat.organisation_name,
        change_hat_url=addresses.to("hats"),
        sign_in_url=addresses.to("mfa_index"),
        sign_out_url=addresses.to("sign_out"),
        idle_minutes=request.session.get(sessions.IDLE, 0),
        awake_url=addresses.to("awake"),
    )


def _opening(hat: Hat | None, permit: Permit | None) -> dict[str, str] | None:
    """The emergency opening that the page rests on, and how it is ended; None on nearly every page."""
    found = emergency.opening(permit) if permit else None
    if not (hat and found):
        return None
    return {
        "until": wording.moment(found.until),
        "end_url": addresses.to("end_emergency", hat.post_id, found.person_id),
    }


def _stated(hat: Hat | None, permit: Permit | None) -> dict[str, str] | None:
    """What the record is open for, and where that is changed; None where it is what the role usually does."""
    if not (hat and permit) or permit.purpose == policy.roles()[hat.role].purpose:
        return None
    return {
        "purpose": _(policy.purpose_labels()[permit.purpose]),
        "url": addresses.to("purpose", hat.post_id, permit.person_id),
    }


def _places(request: HttpRequest, hat: Hat | None) -> list[tuple[str, str, bool]]:
    found = [(_(place.label), place.url(hat)) for place in homes.places(hat)] if hat else []
    if hat and emergency.may_open(hat.role):
        found.append((_("Emergency"), addresses.to("emergency", hat.post_id)))
    within = [address for _label, address in found if request.path.startswith(address)]
    here = max(within, key=len, default="")  # a start stands above all the rest
    return [(label, way_back.to(request.session, address), address == here) for label, address in found]
